"""What came, changed and went is told of every table, in that table's own words."""

import openpyxl
import pytest

import bangfu_excel as bf
from bangfu_excel import pipeline

SIGNED = "填报单位：青石镇\n"
HOMES = SIGNED + "乡镇,村,户编号,户主姓名,家庭人口数\n青石镇,石桥村,QS001,赵大山,2\n"
HELPERS = SIGNED + "帮扶责任人,帮扶单位,帮扶人类型,职务,联系电话\n"
LI, ZHOU = "李明,县水利局,机关干部,科员,13900020001\n", "周敏,县水利局,机关干部,股长,13900020002\n"
CHILDREN = SIGNED + "乡镇,村,姓名,证件号码,就读学校,年级\n"
YU, MIN = "青石镇,石桥村,张小雨,,中心小学,五年级\n", "青石镇,石桥村,周小敏,,中心小学,四年级\n"
MEASURES = SIGNED + "乡镇,村,户编号,户主姓名,实施时间,措施类别,措施内容,帮扶责任人\n"
DONE = "青石镇,石桥村,QS001,赵大山,2024-06-05,产业帮扶,发放鸡苗五十只,李明\n"


def run(folder, month, day, **files):
    inbox = folder / month
    inbox.mkdir()
    for name, text in files.items():
        (inbox / f"{name}.csv").write_text(text, encoding="utf-8-sig")
    return bf.run(inbox, folder / f"结果{month}", registry=folder / "台账库", as_of=day)


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    folder = tmp_path_factory.mktemp("变更")
    run(folder, "六月", "2024-06-30", 户=HOMES, 帮扶人=HELPERS + LI, 儿童=CHILDREN + YU + MIN, 措施=MEASURES + DONE)
    later = run(folder, "七月", "2024-07-31", 帮扶人=HELPERS + LI.replace("科员", "股长") + ZHOU, 儿童=CHILDREN + MIN)
    return bf.Registry(folder / "台账库"), later


def test_what_is_no_longer_reported_is_counted_and_named_in_its_own_words(registry):
    (told,) = [f for f in registry[1].merge.findings if f.code == "MG10"]
    assert "少了1名儿童：张小雨；" in told.message


def test_the_changes_are_counted_table_by_table(registry, tmp_path):
    changes = bf.changes(registry[0], tmp_path, since="2024-06-30")
    (row,) = changes.counts[changes.counts["乡镇"] == "青石镇"].to_dict("records")
    (other,) = changes.counts[changes.counts["乡镇"] != "青石镇"].to_dict("records")  # a helper is of no township
    assert (row["减少儿童"], other["新增帮扶人"], other["变更（处）"]) == (1, 1, 1)
    assert [name for name in changes.counts if name.startswith("新增")] == [
        "新增户", "新增成员", "新增结对", "新增走访", "新增帮扶人", "新增儿童",
    ]  # fmt: skip


def test_each_line_says_which_record_it_is(registry, tmp_path):
    bf.changes(registry[0], tmp_path, since="2024-06-30")
    book = openpyxl.load_workbook(tmp_path / "变更台账.xlsx")

    def lines(sheet):
        rows = [[str(cell or "") for cell in row] for row in book[sheet].iter_rows(values_only=True)]
        return ["|".join(row) for row in rows]

    assert any("帮扶人名册|周敏" in line for line in lines("新增"))
    assert any("儿童档案|张小雨" in line for line in lines("减少"))
    assert any("帮扶人名册|李明|职务|科员|股长" in line for line in lines("变更"))


def test_a_households_life_tells_what_was_done_for_it(registry):
    told = pipeline.life(registry[0], "QS001")
    assert told.visits == (
        "帮扶措施：共1条（2024-06 1条）",
        f"2024-06-05　李明　产业帮扶　发放鸡苗五十只（措施.csv第3行，批次{registry[0].batches()['id'].iloc[0]}）",
    )


def test_where_no_household_was_ever_reported_there_are_changes_too(tmp_path):
    run(tmp_path, "六月", "2024-06-30", 儿童=CHILDREN + YU + MIN)
    run(tmp_path, "七月", "2024-07-31", 儿童=CHILDREN + MIN.replace("石桥村", "柳溪村"))
    counts = bf.changes(tmp_path / "台账库", tmp_path / "变更", since="2024-06-30").counts
    (row,) = counts.to_dict("records")
    assert (row["减少儿童"], row["变更（处）"]) == (1, 1)


PAIRED = (
    SIGNED + "学生姓名,就读学校,班级,帮扶教师,帮扶人电话,结对时间\n张小雨,中心小学,{},周老师,13900020003,2024-03-01\n"
)
UP = SIGNED + "姓名,证件号码,就读学校,班级\n"


def counts_between(folder, first, second, **more):
    """What changed of children between two rosters; more: other files of both months, their class to be filled in."""
    (tmp := folder / "升级").mkdir()
    for month, day, rows, grade in (
        ("六月", "2024-06-30", first, "三年级1班"),
        ("九月", "2024-09-30", second, "四年级1班"),
    ):
        run(tmp, month, day, 儿童=UP + rows, **{name: text.format(grade) for name, text in more.items()})
    (line,) = bf.changes(bf.Registry(tmp / "台账库"), tmp, since="2024-06-30").counts.to_dict("records")
    return {name: line.get(name, 0) for name in ("新增儿童", "减少儿童", "新增结对", "减少结对", "变更（处）")}


def test_a_child_that_moves_up_a_class_is_the_same_child(tmp_path):
    counts = counts_between(tmp_path, "张小雨,,中心小学,三年级1班\n", "张小雨,,中心小学,四年级1班\n", 结对=PAIRED)
    assert (counts["新增儿童"], counts["减少儿童"], counts["新增结对"], counts["减少结对"]) == (0, 0, 0, 0)


def test_a_namesake_with_another_number_is_another_child(tmp_path):
    first, second = "990101201503054011,中心小学,三年级1班\n", "990101201203054028,中心小学,六年级1班\n"
    counts = counts_between(tmp_path, "张小雨," + first, "张小雨," + second)
    assert (counts["新增儿童"], counts["减少儿童"]) == (1, 1)


def test_of_two_namesakes_in_a_school_nobody_guesses(tmp_path):
    twice = "张小雨,,中心小学,三年级1班\n张小雨,,中心小学,二年级1班\n"
    counts = counts_between(tmp_path, twice, "张小雨,,中心小学,四年级1班\n张小雨,,中心小学,三年级2班\n")
    assert (counts["新增儿童"], counts["减少儿童"]) == (2, 2)
