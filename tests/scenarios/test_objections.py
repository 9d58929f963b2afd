"""异议复核 and 零报告: the office writes down what came of them; figures stay until they are reported or corrected."""

import pytest
from office_county import PAIRINGS, VISITS, save
from paper_county import County, below, filled, lines, text

import bangfu_excel as bf
from bangfu_excel import pipeline

BOOK = "异议复核和零报告登记簿_全县"
OBJECTION = {
    "帮扶人": "李明", "户编号": "H2", "涉及日期": "2024-06-12", "异议事项": "走访没有计入", "异议内容": "6月12日到过王大山家，走访记录漏报",
    "佐证材料": "走访照片2张", "复核结论": "成立", "复核说明": "村干部证实", "复核人": "王芳", "复核日期": "2024-07-05",
}  # fmt: skip
NIL = {"签报人": "赵乡长", "收到日期": "2024-07-04", "经办人": "王芳"}
DAY = "2024-07-06"


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return County(tmp_path_factory.mktemp("县办"))


@pytest.fixture(scope="module")
def book(county):
    return county.papers("空白")[BOOK]


def taken(county, path):
    return pipeline.record_objections(path, county.registry, profile=county.folder / "县", received=DAY)


@pytest.fixture(scope="module")
def story(county, book):
    """Before; with both recorded; after the visit came as 补报."""
    before = county.papers("前")
    done = taken(county, filled(book, [OBJECTION], [NIL]))
    recorded = county.papers("登记后")
    late = (
        "走访",
        [(*VISITS[0], "备注"), ("H2", "王大山", "2024-06-12", "李明", "入户", "查看住房安全情况和饮水", "补报")],
    )
    save(county.folder / "补报/清水镇.xlsx", ("结对", PAIRINGS[:1]), late)
    county.sends("补报", "2024-06-30")
    return before, done, recorded, county.papers("补报后")


def test_an_objection_stands_beside_what_it_is_about_and_changes_no_figure(story):
    before, done, recorded, _ = story
    assert (done.objections, done.nil, len(done.batches)) == (1, 1, 2)
    window = below(lines(recorded["履职明细_县农业农村局"], "李明"), "应走访的和计入的")[1]
    assert window[5:] == ["1", "0", "未达标", "异议（6月12日走访没有计入）成立，须补报后才计入"]
    (objected,) = [row for row in lines(recorded["履职明细_县农业农村局"], "李明") if "走访没有计入" in row]
    assert objected[1:] == [
        "2024-06-12", "H2", "王大山", "走访没有计入", "6月12日到过王大山家，走访记录漏报", "成立，须补报后才计入",
        "走访照片2张；村干部证实；王芳 2024-07-05",
    ]  # fmt: skip
    missed = below(lines(recorded["督办单_县农业农村局"]), "没有达标的走访")[0]
    assert missed[-1] == "H2；异议（6月12日走访没有计入）成立，须补报后才计入"
    rate = [row for row in lines(recorded["领导参阅_全县"]) if row[0] == "走访达标率"]
    assert rate == [row for row in lines(before["领导参阅_全县"]) if row[0] == "走访达标率"]


def test_once_the_visit_is_reported_it_counts_and_the_objection_says_so(story):
    later = story[3]
    assert "督办单_县农业农村局" not in later
    window = below(lines(later["履职明细_县农业农村局"], "李明"), "应走访的和计入的")[1]
    assert window[6:] == ["1", "达标", "6月12日；异议（6月12日走访没有计入）成立，已经计入"]


def test_a_township_that_signed_that_there_was_nothing_has_reported(story):
    before, _, recorded, _ = story
    assert "零报告_石桥乡" in before and "零报告_石桥乡" not in recorded
    assert "石桥乡2024年6月没有应当报送的新增、变动和走访记录" in text(before["零报告_石桥乡"])
    (line,) = [row for row in lines(recorded["领导参阅_全县"]) if "石桥乡" in row]
    assert line[2] == "零报告"
    assert ["本期零报告"] in lines(recorded["数据核对单_石桥乡"])


def test_who_signed_is_asked_for_no_more_by_a_run(story, county):
    again = county.sends("六月", "2024-06-30")
    assert [f.code for f in again.batch.findings if f.code == "PV30c"] == []


def test_what_was_recorded_is_listed_and_can_be_undone(tmp_path):
    county = County(tmp_path)
    done = taken(county, filled(county.papers("空白")[BOOK], [OBJECTION], [NIL]))
    registry = bf.Registry(county.registry)
    assert registry.batches()["kind"].tolist() == ["import", "objection", "nil"]
    assert registry.verify().intact
    again = taken(county, county.folder / "空白/考核/登记簿_已填.xlsx")
    assert (again.batches, again.known) == ((), 2)
    for batch in done.batches:
        registry.undo(batch)
    papers = county.papers("撤回后")
    assert "零报告_石桥乡" in papers
    assert "异议" not in text(papers["履职明细_县农业农村局"]).replace("有异议的", "").replace("没有异议的", "")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"户编号": None}, "异议复核!C4没有填：异议成立、要计入一次走访的，请写明是哪一户"),
        ({"户编号": "H9"}, "异议复核!C4在台账库的帮扶对象户里找不到，请核对"),
        ({"帮扶人": "李大明"}, "异议复核!A4填的是“李大明”，台账库里没有这名帮扶人"),
        ({"涉及日期": "2024-06"}, "异议复核!E4填的是“2024-06”，没有写到日"),
        ({"佐证材料": None}, "异议复核!H4没有填：请填“佐证材料”"),
        ({"复核结论": "属实"}, "异议复核!I4填的是“属实”，请从下拉框里选：成立、不成立、待核实"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_by_its_cell_and_nothing_is_recorded(county, book, changed, said):
    before = len(bf.Registry(county.registry).batches())
    with pytest.raises(bf.UsageError, match="一行也没有记") as refused:
        taken(county, filled(book, [OBJECTION | changed], [NIL]))
    assert said in str(refused.value)
    assert len(bf.Registry(county.registry).batches()) == before


def test_a_rejected_objection_needs_no_household(county, book):
    line = OBJECTION | {
        "户编号": None,
        "佐证材料": None,
        "复核结论": "不成立",
        "异议事项": "其他",
        "涉及日期": "2024-05-01",
    }
    assert taken(county, filled(book, [line])).objections == 1


def test_the_assessment_says_how_many_objections_there_were_and_what_came_of_them(county, story, tmp_path):
    given = {"profile": county.folder / "县", "period": "2024-06"}
    told = text(bf.assess(county.registry, **given).write(tmp_path / "考核.xlsx"))
    assert "本期收到异议1件：成立1件，逐件情况见履职明细。" in told
    july = text(bf.assess(county.registry, **given | {"period": "2024-07"}).write(tmp_path / "七月.xlsx"))
    assert "本期收到异议" not in july
