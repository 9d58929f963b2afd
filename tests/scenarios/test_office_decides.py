"""What only the county office can decide is asked in one workbook, answered there, and not asked again."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from office_answers import answer, questions

import bangfu_excel as bf
from bangfu_excel.core.kinds.numbering import check_digit
from bangfu_excel.profile import start_profile


def number(birth: str, sequence: int) -> str:
    first = f"990101{birth}{sequence:03d}"
    return first + check_digit(first)


MAN, OTHER = number("19680512", 301), number("19720308", 113)
HOUSEHOLD = "乡镇,村,村民组,户编号,户主姓名,户主身份证号,家庭纯收入\n"
ROSTER = HOUSEHOLD + f"青石镇,石桥村,一组,QS1,赵大山,{MAN},36000\n青石镇,石桥村,二组,QS2,赵大山,{OTHER},41000\n"
VISIT = "乡镇,村,户主姓名,走访人,走访时间,走访内容,谁的单子\n"
VISITS = (
    VISIT
    + "青石镇,石桥村,赵大山,李明,2024-06-05,看望慰问并送药上门,甲\n青石镇,石桥村,赵大山,李明,2024-06-19,看望慰问并送药上门,乙\n"
)
CLAIM = HOUSEHOLD + f"白水乡,上河村,一组,QS1,赵大山,{MAN},38500\n"


@pytest.fixture
def county(tmp_path):
    return start_profile(tmp_path / "县")


@pytest.fixture
def run(tmp_path, county):
    """A run over an inbox of these files (name → csv text); what it writes lies in 结果."""

    def once(received="2024-07-01", **files):
        inbox = tmp_path / "报来"
        inbox.mkdir(exist_ok=True)
        for name, text in files.items():
            (inbox / f"{name}.csv").write_text(text, encoding="utf-8-sig")
        return bf.run(inbox, tmp_path / "结果", profile=county, as_of="2024-06-30", engine="serial")

    return once


@pytest.fixture
def book(tmp_path):
    return tmp_path / "结果/冲突裁决.xlsx"


@pytest.fixture
def registry(county):
    return bf.Registry(county / "台账库")


def test_nothing_to_decide_and_no_workbook(run, book):
    run(户=ROSTER)
    assert not book.exists()


def test_two_townships_that_claim_one_household_are_asked_about_value_by_value(run, book, registry):
    run(户=ROSTER)
    run(白水=CLAIM)
    asked = questions(book, "数据冲突")
    assert [(row["栏目"], row["甲：值"], row["乙：值"], row["暂用"]) for row in asked] == [
        ("乡镇", "白水乡", "青石镇", "白水乡"), ("村", "上河村", "石桥村", "上河村"), ("家庭纯收入", "38500", "36000", "38500"),
    ]  # fmt: skip
    income = asked[2]
    assert income["记录"] == "赵大山（QS1，上河村，一组）"
    assert (income["乙：来自"], income["乙：位置"], income["乙：收件日期"]) == ("青石镇", "户.csvG2", "2024-06-30")
    assert MAN not in str(asked)

    cells = answer(book, "数据冲突", "采用", "白水乡", "上河村", "37000")
    decided = bf.decide(book, registry, received="2024-07-02")
    assert (decided.values, decided.left) == (3, 0)
    assert decided_household(registry) == ("白水乡", "上河村", 37000)
    place = registry.provenance("household", "QS1", "net_income")
    assert (place.file, place.sheet, place.cell) == ("冲突裁决.xlsx", "数据冲突", cells[2])

    again = bf.decide(book, registry, received="2024-07-02")
    assert (again.batch, again.values, again.repeated) == ("", 0, 3)

    run()
    assert not book.exists()
    registry.undo(decided.batch)
    assert decided_household(registry) == ("白水乡", "上河村", 38500)
    run()
    assert len(questions(book, "数据冲突")) == 3


def test_a_file_that_another_contradicts_stays_as_old_as_it_is(run, book, registry):
    run(户=ROSTER)
    run(白水=CLAIM)
    run()
    assert [entry.content["submissions"][0]["file"] for entry in registry.state.imports] == ["户.csv", "白水.csv"]
    assert decided_household(registry) == ("白水乡", "上河村", 38500)
    assert registry.verify().intact


def test_what_the_office_has_decided_is_not_told_the_townships_again(run, book, registry):
    run(户=ROSTER)
    assert "MG03" in codes(run(白水=CLAIM))
    answer(book, "数据冲突", "采用", "白水乡", "上河村", "37000")
    bf.decide(book, registry)
    assert "MG03" not in codes(run())
    changed = run(白水=CLAIM.replace("38500", "39000"))
    (told,) = {f.message for f in changed.batch.findings if f.code == "MG03" and f.place.file == "白水.csv"}
    assert "家庭纯收入" in told
    assert "乡镇" not in told


def codes(result):
    return {finding.code for finding in result.batch.findings}


def decided_household(registry):
    rows = registry.current("household")
    return tuple(rows.loc[rows["_key"] == "QS1", ["township", "village", "net_income"]].iloc[0])


def test_what_was_decided_is_asked_again_only_when_a_stated_value_changes(run, book, registry):
    run(户=ROSTER)
    run(白水=CLAIM)
    answer(book, "数据冲突", "采用", "青石镇", "石桥村", "36000")
    old = book.read_bytes()
    bf.decide(book, registry)
    run(白水=CLAIM.replace("一组", "二组"))
    assert [row["栏目"] for row in questions(book, "数据冲突")] == ["组"]
    run(白水=CLAIM.replace("38500", "39000"))
    assert [(row["栏目"], row["甲：值"]) for row in questions(book, "数据冲突")] == [("家庭纯收入", "39000")]
    book.write_bytes(old)
    (_, _, cell) = answer(book, "数据冲突", "采用", "青石镇", "石桥村", "36001")
    with pytest.raises(bf.UsageError, match=f"数据冲突表{cell}.*已经变了"):
        bf.decide(book, registry)


@pytest.mark.parametrize(
    ("typed", "said"), [("三万多", "约数"), ("很多", "家庭纯收入"), ("约37000", "约数"), ("=1/0", "家庭纯收入")]
)
def test_a_value_that_cannot_be_read_refuses_the_whole_workbook(run, book, registry, typed, said):
    run(户=ROSTER)
    run(白水=CLAIM)
    *_, cell = answer(book, "数据冲突", "采用", "青石镇", None, typed)
    with pytest.raises(bf.UsageError, match=f"数据冲突表{cell}：.*{said}"):
        bf.decide(book, registry)
    assert registry.batches()["kind"].tolist() == ["import", "import"]


@pytest.mark.parametrize(("column", "typed"), [(2, "3"), (3, "-5")])
def test_a_typed_value_is_held_against_the_rules_of_its_field(run, book, registry, column, typed):
    run(户=ROSTER)
    run(白水=CLAIM)
    cells = answer(book, "数据冲突", "采用", *[None] * (column - 1), typed)
    with pytest.raises(bf.UsageError, match=f"数据冲突表{cells[-1]}：.*填的是“{typed}”"):
        bf.decide(book, registry)
    assert registry.state.office == ()


def test_a_workbook_of_another_registry_is_told_so(run, book, tmp_path):
    run(
        户=ROSTER,
        走访=VISITS,
        白水=CLAIM.replace("QS1", "BS1").replace("38500", "1"),
        青石=ROSTER.replace("41000", "42000"),
    )
    (tmp_path / "别县.csv").write_text(HOUSEHOLD + "绿水镇,平地村,一组,LS1,王小河,,1\n", encoding="utf-8-sig")
    other = bf.Registry(tmp_path / "别的台账库")
    bf.merge(bf.check(tmp_path / "别县.csv", as_of="2024-06-30", engine="serial"), other)
    answer(book, "数据冲突", "采用", "青石镇")
    answer(book, "待匹配姓名", "是哪一户", "赵大山（户编号QS2，石桥村二组）")
    with pytest.raises(bf.UsageError) as refused:
        bf.decide(book, other)
    assert "所说的记录台账库里没有：这份表不是从这个台账库来的" in str(refused.value)
    assert "选的户已经不在台账库里，或者这份表不是从这个台账库来的" in str(refused.value)


def happened(registry, event, **said):
    record = {"event": event, "date": "2024-07-01", "basis": "核实", "place": "变动!A4", **said}
    registry.record("event", [record], received=dt.date(2024, 7, 1), file="更正单.xlsx")


def test_what_is_asked_of_a_household_that_was_joined_is_passed_over(run, book, registry):
    run(户=ROSTER)
    run(白水=CLAIM)
    answer(book, "数据冲突", "采用", "青石镇", "石桥村", "36000")
    happened(registry, "join", key="QS1", into="QS2")
    decided = bf.decide(book, registry, received="2024-07-02")
    assert (decided.values, decided.gone, decided.batch) == (0, 3, "")


def test_a_name_that_was_a_household_since_joined_means_the_other(run, book, registry):
    run(户=ROSTER, 走访=VISITS)
    answer(book, "待匹配姓名", "是哪一户", "赵大山（户编号QS1，石桥村一组）")
    happened(registry, "join", key="QS1", into="QS2")
    assert bf.decide(book, registry, received="2024-07-02").names == 1
    run()
    assert registry.current("visit")["_recipient"].tolist() == ["QS2", "QS2"]


def test_what_is_asked_of_a_household_that_got_another_number_is_decided(run, book, registry):
    run(户=ROSTER)
    run(白水=CLAIM)
    answer(book, "数据冲突", "采用", "青石镇", "石桥村", "37000")
    happened(registry, "renumber", key="QS1", household_id=["QS1", "QS7"])
    assert bf.decide(book, registry).values == 3
    rows = registry.current("household").set_index("_key")
    assert rows.loc["QS7", ["township", "net_income"]].tolist() == ["青石镇", 37000]


def test_a_row_that_was_copied_is_one_question_and_two_answers_are_refused(run, book, registry):
    run(户=ROSTER)
    run(白水=CLAIM)
    answer(book, "数据冲突", "采用", "青石镇", "石桥村", "36000")
    sheets = openpyxl.load_workbook(book)
    page = sheets["数据冲突"]
    page.append([cell.value for cell in page[6]])
    sheets.save(book)
    same = book.read_bytes()
    answer(book, "数据冲突", "采用", "青石镇", "石桥村", "36000", "38500")
    with pytest.raises(bf.UsageError, match="“数据冲突”第6行和第7行问的是同一处，填的不一样"):
        bf.decide(book, registry)
    book.write_bytes(same)
    assert bf.decide(book, registry).values == 3


def test_a_value_may_be_emptied_and_what_is_left_open_stays_asked(run, book, registry):
    run(户=ROSTER)
    run(白水=CLAIM)
    answer(book, "数据冲突", "采用", None, None, "空白")
    decided = bf.decide(book, registry)
    assert (decided.values, decided.left) == (1, 2)
    rows = registry.current("household").set_index("_key")
    assert rows["net_income"].isna().to_dict() == {"QS1": True, "QS2": False}
    run()
    assert [row["栏目"] for row in questions(book, "数据冲突")] == ["乡镇", "村"]


def test_a_name_with_two_households_waits_is_answered_and_counts(run, book, county, registry):
    done = run(户=ROSTER, 走访=VISITS)
    assert done.counts.returned == 2
    (asked,) = questions(book, "待匹配姓名")
    assert (asked["报表"], asked["乡镇或单位"], asked["原来的写法"], asked["行数"]) == (
        "走访记录",
        "青石镇",
        "赵大山（石桥村）",
        "2",
    )
    assert asked["可能是"].splitlines() == ["赵大山（户编号QS1，石桥村一组）", "赵大山（户编号QS2，石桥村二组）"]
    assert MAN not in str(asked)
    assert asked["出现的位置"].splitlines() == ["走访.csvC2", "走访.csvC3"]

    answer(book, "待匹配姓名", "是哪一户", "赵大山（户编号QS2，石桥村二组）")
    decided = bf.decide(book, registry, received="2024-07-02")
    assert (decided.names, decided.values, decided.left) == (1, 0, 1)  # the header is left

    again = run()
    assert again.counts.returned == 0
    visits = registry.current("visit")
    assert (visits["_recipient"].tolist(), visits["_link"].tolist()) == (["QS2", "QS2"], ["confirmed"] * 2)
    assert "待匹配姓名" not in sheets(book)

    registry.undo(decided.batch)
    assert run().counts.returned == 2
    assert len(questions(book, "待匹配姓名")) == 1


def test_none_of_the_candidates_sends_the_row_back_and_is_not_asked_again(run, book, registry):
    run(户=ROSTER, 走访=VISITS)
    answer(book, "待匹配姓名", "是哪一户", "都不是")
    assert bf.decide(book, registry).names == 1
    done = run()
    assert [f.code for f in done.batch.findings if f.code.startswith("LK")] == ["LK07"]
    assert (done.counts.returned, "待匹配姓名" in sheets(book)) == (2, False)
    run(户=ROSTER + f"青石镇,石桥村,三组,QS3,赵大山,{number('19800101', 115)},1\n")
    assert len(questions(book, "待匹配姓名")) == 1


def test_a_household_may_be_told_by_its_number(run, book, registry):
    run(户=ROSTER, 走访=VISITS)
    answer(book, "待匹配姓名", "是哪一户", "QS1")
    bf.decide(book, registry)
    run()
    assert registry.current("visit")["_recipient"].tolist() == ["QS1", "QS1"]


def test_what_is_confirmed_for_one_submitter_says_nothing_of_another(run, book, registry):
    unplaced = "填报单位：{0},,\n户主姓名,走访人,走访时间\n赵大山,李明,2024-06-05\n"
    run(户=ROSTER, 甲=unplaced.format("水利局"), 乙=unplaced.format("教育局"))
    asked = questions(book, "待匹配姓名")
    assert [row["乡镇或单位"] for row in asked] == ["教育局", "水利局"]
    answer(book, "待匹配姓名", "是哪一户", None, "QS1")
    bf.decide(book, registry)
    run()
    assert [row["乡镇或单位"] for row in questions(book, "待匹配姓名")] == ["教育局"]


def test_an_answer_that_is_no_household_refuses_the_whole_workbook(run, book, registry):
    run(户=ROSTER, 走访=VISITS)
    (cell,) = answer(book, "待匹配姓名", "是哪一户", "QS9")
    with pytest.raises(bf.UsageError, match=f"待匹配姓名表{cell}.*户编号"):
        bf.decide(book, registry)
    assert registry.batches()["kind"].tolist() == ["import"]


def test_unknown_headers_are_confirmed_in_the_same_workbook(run, book, county, registry):
    run(户=ROSTER, 走访=VISITS)
    (asked,) = questions(book, "表头")
    assert asked["表头原文"] == "谁的单子"
    answer(book, "表头", "或者改选栏目", "备注")
    with pytest.raises(bf.UsageError, match="--profile"):
        bf.decide(book, registry)
    answer(book, "待匹配姓名", "是哪一户", "QS1")
    decided = bf.decide(book, registry, profile=county)
    assert (decided.headers, decided.names, decided.left) == (1, 1, 0)
    done = run()
    assert done.batch.tables["visit"]["remark"].tolist() == ["甲", "乙"]
    assert not book.exists()


def test_the_same_workbook_twice_says_nothing_new(run, book, registry):
    run(户=ROSTER, 走访=VISITS)
    answer(book, "待匹配姓名", "是哪一户", "QS1")
    first, second = bf.decide(book, registry), bf.decide(book, registry)
    assert (second.batch, second.names, second.repeated) == ("", 0, 1)
    answer(book, "待匹配姓名", "是哪一户", "QS2")
    third = bf.decide(book, registry)
    assert (third.names, third.batch != first.batch) == (1, True)
    run()
    assert registry.current("visit")["_recipient"].tolist() == ["QS2", "QS2"]


def sheets(book: Path) -> list[str]:
    if not book.exists():
        return []
    import openpyxl

    return openpyxl.load_workbook(book).sheetnames
