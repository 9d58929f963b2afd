"""更正单.xlsx given back: every line is one record of one entry, or the workbook is refused and says where."""

import datetime as dt
import shutil

import openpyxl
import pytest
from office_county import HEAD_1, PHONE, WHO, filled, records, registered

import bangfu_excel as bf

DAY = "2024-07-10"


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return registered(tmp_path_factory.mktemp("县"))


@pytest.fixture
def registry(county, tmp_path):
    """The county's registry for one test alone."""
    shutil.copytree(county.path, tmp_path / "台账库")
    return bf.Registry(tmp_path / "台账库")


def corrected(registry, path, *lines, **more):
    return bf.correct(filled(path, lines, **more), registry, received=DAY)


def refusal(registry, path, *lines, **more):
    with pytest.raises(bf.UsageError) as raised:
        corrected(registry, path, *lines, **more)
    assert registry.state.office == ()
    return str(raised.value)


def test_a_line_is_a_record_with_both_values_and_who_said_so(registry, tmp_path):
    done = corrected(registry, tmp_path / "更正单.xlsx", PHONE)
    assert (done.corrections, done.events, done.known, len(done.batches)) == (1, 0, 0, 1)
    (entry,) = registry.state.office
    assert (entry.kind, entry.content["file"], entry.content["received"]) == ("correct", "更正单.xlsx", DAY)
    (record,) = entry.content["records"]
    assert record.pop("line")
    assert record == {
        "table": "household", "key": "H1", "field": "phone", "old": "13900010001", "new": "13900010002", "precision": "",
        "old_precision": "",
        "source": "电话", "told_by": "村支书", "entered_by": "王芳", "date": "2024-07-03", "place": "更正!L4",
    }  # fmt: skip


def test_the_same_workbook_again_says_nothing_new(registry, tmp_path):
    path = filled(tmp_path / "更正单.xlsx", [PHONE])
    bf.correct(path, registry, received=DAY)
    again = bf.correct(path, registry, received="2024-07-11")
    assert (again.batches, again.corrections, again.known) == ((), 0, 1)
    assert len(registry.state.office) == 1


def test_a_line_added_below_is_all_that_is_taken_the_next_time(registry, tmp_path):
    more = {"报表": "帮扶对象户", "户编号": "H3", "栏目": "家庭人口数", "原值": 1, "新值": "2人", **WHO}
    corrected(registry, tmp_path / "一.xlsx", PHONE)
    done = corrected(registry, tmp_path / "二.xlsx", {}, PHONE, {}, more)
    assert (done.corrections, done.known) == (1, 1)
    assert records(registry)[-1] == {"table": "household", "key": "H3", "field": "member_count", "old": 1, "new": 2}


def test_after_an_undo_the_workbook_counts_again(registry, tmp_path):
    path = filled(tmp_path / "更正单.xlsx", [PHONE])
    registry.undo(*bf.correct(path, registry, received=DAY).batches)
    assert bf.correct(path, registry, received=DAY).corrections == 1


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"报表": "帮扶对象户", "证件号码": HEAD_1}, "H1"),
        ({"报表": "帮扶对象户", "户主姓名": "王 大山", "行政村": "枫树村委会"}, "H4"),
        ({"报表": "household", "户编号": "h1", "乡镇": "清水镇人民政府"}, "H1"),
    ],
)  # fmt: skip
def test_a_household_is_found_by_whatever_is_given_of_it(registry, tmp_path, given, key):
    count = {"栏目": "劳动力人数", "新值": "1", **WHO}
    corrected(registry, tmp_path / "更正单.xlsx", {**given, **count})
    assert [record["key"] for record in records(registry)] == [key]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"报表": "家庭成员", "户主姓名": "张建国", "姓名（家庭成员）": "周桂芳", "栏目": "健康状况", "原值": "健康", "新值": "残疾"}, ("member", "health")),
        ({"报表": "结对帮扶", "行政村": "枫树村", "帮扶人": "陈芳", "栏目": "职务", "新值": "股长"}, ("pairing", "helper_position")),
        ({"报表": "走访记录", "帮扶人": "李明", "走访日期": "2024.6.20", "栏目": "走访方式", "原值": "入户", "新值": "电话"}, ("visit", "mode")),
    ],
)  # fmt: skip
def test_so_are_persons_pairings_and_visits_also_by_their_household(registry, tmp_path, given, said):
    corrected(registry, tmp_path / "更正单.xlsx", {**given, **WHO})
    assert [(record["table"], record["field"]) for record in records(registry)] == [said]


def test_a_record_that_should_not_be_there_is_removed(registry, tmp_path):
    visit = {"报表": "走访记录", "户编号": "H3", "走访日期": dt.date(2024, 6, 5), "栏目": "整条删除", **WHO}
    corrected(registry, tmp_path / "更正单.xlsx", visit)
    assert [(r["table"], r["field"], r["old"], r["new"]) for r in records(registry)] == [("visit", "", "", "")]


def test_a_date_keeps_what_is_known_of_it(registry, tmp_path):
    line = {"报表": "家庭成员", "姓名（家庭成员）": "张小雨", "栏目": "出生日期", "新值": "2009.6", **WHO}
    corrected(registry, tmp_path / "更正单.xlsx", line)
    (record,) = registry.state.office[0].content["records"]
    assert (record["old"], record["new"], record["precision"]) == (None, "2009-06-01", "month")


def test_a_value_is_emptied_by_the_word_for_it(registry, tmp_path):
    corrected(registry, tmp_path / "更正单.xlsx", {**PHONE, "新值": "空白"})
    assert [record["new"] for record in records(registry)] == [None]


def test_columns_may_stand_in_another_order_and_numbers_be_numbers(registry, tmp_path):
    order = [
        "日期", "经办人", "告知人", "依据", "新值", "原值", "栏目", "报表", "户编号", "乡镇", "行政村", "户主姓名", "姓名(家庭成员)", "证件号码",
        "帮扶人", "走访日期",
    ]  # fmt: skip
    line = {**PHONE, "原值": 13900010001, "新值": 13900010002.0, "日期": "2024.7.3"}
    corrected(registry, tmp_path / "更正单.xlsx", line, order=order)
    assert [(r["old"], r["new"]) for r in records(registry)] == [("13900010001", "13900010002")]


REFUSED = {
    "unknown table": ({"报表": "帮扶户"}, "更正!A4填的是“帮扶户”，没有这张报表，可以填：帮扶对象户、家庭成员"),
    "label of another table": ({"栏目": "走访人"}, "更正!J4填的是“走访人”，帮扶对象户没有这个栏目，它是走访记录的栏目"),
    "misspelt label": ({"栏目": "户联系电活"}, "是不是“户联系电话”"),
    "wrong old value": ({"原值": "13900010009"}, "更正!K4填的是“139****0009”，而台账库里“户联系电话”现在是“139****0001”"),
    "old value left out": ({"原值": None}, "更正!K4没有填：“户联系电话”现在是“139****0001”"),
    "new value left out": ({"新值": None}, "更正!L4没有填：请填“户联系电话”的新值；要清空它，请写“空白”"),
    "no change": ({"新值": "13900010001"}, "更正!L4和台账库里“户联系电话”现在的一样"),
    "nobody": ({"户编号": "H9"}, "更正!D4在台账库的帮扶对象户里找不到"),
    "two clues at odds": ({"户主姓名": "冯德福"}, "“户编号”、“户主姓名”在帮扶对象户里对不到同一条记录上"),
    "no clue": ({"户编号": None}, "更正!D4没有填：请写清是哪一条帮扶对象户"),
    "clue of another table": ({"走访日期": "2024-06-05"}, "更正!I4填了“走访日期”，帮扶对象户不用它认记录"),
    "no basis": ({"依据": None}, "更正!M4没有填"),
    "unknown basis": ({"依据": "听说"}, "更正!M4填的是“听说”，请从下拉框里选：电话、微信、核实、文件、其他"),
    "nobody entered it": ({"经办人": None}, "更正!O4没有填"),
    "a month": ({"日期": "2024-07"}, "更正!P4填的是“2024-07”，没有写到日"),
    "a day to come": ({"日期": "2024-08-03"}, "更正!P4填的是“2024-08-03”，这一天还没有到"),
    "no date": ({"日期": "昨天"}, "不是日期"),
    "the day of a visit": ({"报表": "走访记录", "户编号": "H3", "走访日期": "2024-06-05", "栏目": "走访时间", "原值": None, "新值": "2024-06-06"}, "更正!J4是“走访时间”，它决定这是哪一次、算谁的、归哪个月，不在这里改：请选“整条删除”"),
    "who visited": ({"报表": "走访记录", "户编号": "H3", "走访日期": "2024-06-05", "栏目": "走访人", "原值": None, "新值": "陈芳"}, "更正!J4是“走访人”，它决定这是哪一次"),
    "who is paired": ({"报表": "结对帮扶", "栏目": "帮扶责任人", "原值": None, "新值": "陈芳"}, "换了人的，请在“变动”表登记“帮扶人调动”；姓名写错了的，请乡镇改好后重报"),
    "a village that is a number": ({"栏目": "村", "原值": "石桥村", "新值": "3"}, "更正!L4：“村”填的是“3”，不是名称，请写全名"),
    "out of bounds": ({"栏目": "家庭人口数", "原值": 3, "新值": 99}, "更正!L4：第4行“家庭人口数”填的是“99”，应为1–30人"),
    "no number": ({"栏目": "家庭人口数", "原值": 3, "新值": "很多"}, "更正!L4：第4行“家庭人口数”填的是“很多”"),
    "about": ({"栏目": "家庭纯收入", "原值": None, "新值": "约5000"}, "写的是约数，请填确切的数"),
    "number of nobody": ({"栏目": "户主证件号码", "原值": HEAD_1, "新值": HEAD_1[:17] + "6"}, "“户主证件号码”填的是“990101********3016”"),
    "row rule": ({"栏目": "劳动力人数", "原值": None, "新值": 5}, "更正!L4：第4行“劳动力人数”填的是“5”"),
    "values beside a removal": ({"栏目": "整条删除"}, "更正!K4不用填"),
    "number of the household": ({"栏目": "户编号", "原值": "H1", "新值": "H7"}, "请在“变动”表登记“户编号变更”"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED)
def test_a_mistake_is_named_with_its_cell_and_what_to_do(registry, tmp_path, change, said):
    assert said in refusal(registry, tmp_path / "更正单.xlsx", {**PHONE, **change})


def test_of_several_that_fit_it_says_what_would_tell_them_apart(registry, tmp_path):
    line = {"报表": "帮扶对象户", "户主姓名": "王大山", "栏目": "家庭人口数", "原值": 2, "新值": 3, **WHO}
    said = refusal(registry, tmp_path / "更正单.xlsx", line)
    assert "更正!E4对上了2条帮扶对象户，分不清是哪一条，请再填“行政村”或“户编号”或“证件号码”" in said


def test_one_wrong_line_holds_all_back_and_the_first_five_are_named(registry, tmp_path):
    said = refusal(registry, tmp_path / "更正单.xlsx", PHONE, *({**PHONE, "户编号": f"X{n}"} for n in range(6)))
    assert said.startswith("“更正单.xlsx”要先改正，一处也没有记：更正!D5")
    assert said.endswith("；等6处")
    assert "D10" not in said


def test_one_value_is_corrected_once_in_a_workbook(registry, tmp_path):
    assert "更正!J5和第4行改的是同一条记录的同一处" in refusal(
        registry, tmp_path / "更正单.xlsx", PHONE, {**PHONE, "新值": "13900010008"}
    )
    removal = {**PHONE, "栏目": "整条删除", "原值": None, "新值": None}
    assert "更正!J5和第4行" in refusal(registry, tmp_path / "更正单.xlsx", PHONE, removal)


def test_values_that_belong_together_are_judged_together(registry, tmp_path):
    labour = {**PHONE, "栏目": "劳动力人数", "原值": None, "新值": 5}
    people = {**PHONE, "栏目": "家庭人口数", "原值": 3, "新值": 6}
    assert corrected(registry, tmp_path / "更正单.xlsx", labour, people).corrections == 2


def test_what_is_no_such_workbook_is_said_to_be_none(registry, tmp_path):
    openpyxl.Workbook().save(tmp_path / "别的.xlsx")
    with pytest.raises(bf.UsageError, match="不是更正单"):
        bf.correct(tmp_path / "别的.xlsx", registry)
    with pytest.raises(bf.UsageError, match="找不到文件"):
        bf.correct(tmp_path / "没有.xlsx", registry)
    with pytest.raises(bf.UsageError, match="一行也没有填"):
        bf.correct(filled(tmp_path / "空.xlsx"), registry)


def test_a_heading_that_was_removed_is_missed(registry, tmp_path):
    path = filled(tmp_path / "更正单.xlsx", [PHONE])
    book = openpyxl.load_workbook(path)
    book["更正"].delete_cols(15)
    book.save(path)
    with pytest.raises(bf.UsageError, match="“更正”表第3行缺少表头“经办人”"):
        bf.correct(path, registry, received=DAY)
