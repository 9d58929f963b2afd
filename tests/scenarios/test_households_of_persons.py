"""Rosters of persons that carry their households' columns (DOMAIN §1.1, M12): both tables, and what the rows disagree on."""

import openpyxl
from drawn_books import account, at, cells, check, column

import bangfu_excel as bf

A, B, C = "990101196805123015", "990101197008233021", "99010119551120224X"


def test_columns_repeated_on_each_row_are_one_household():
    batch = check(成员=f"""
        | 户编号 | 户主姓名 | 户主证件号码 | 家庭人口 | 致贫原因 | 姓名   | 与户主关系 | 性别 | 身份证号 |
        | H1     | 张建国   | {A}          | 2        | 因病     | 张建国 | 户主       | 男   | {A}      |
        | H1     | 张建国   | {A}          | 2        | 因病     | 王秀英 | 配偶       | 女   | {B}      |
    """)  # fmt: skip
    assert column(batch, "household", "member_count") == [2]
    assert column(batch, "household", "cause") == ["因病"]
    assert len(column(batch, "member", "name")) == 2
    assert account(batch)["data"] == 2
    assert int(batch.reconciliation["accepted"].sum()) == 2
    assert not at(batch, "HH07", "LK01", "MG01", "LY52")


def test_columns_filled_in_the_heads_row_only_wherever_that_stands():
    batch = check(成员=f"""
        | 户编号 | 家庭人口 | 人均纯收入 | 姓名   | 与户主关系 | 性别 | 身份证号 |
        | H1     |          |            | 王秀英 | 配偶       | 女   | {B}      |
        | H1     | 2        | 5千        | 张建国 | 户主       | 男   | {A}      |
    """)  # fmt: skip
    assert column(batch, "household", "member_count") == [2]
    assert column(batch, "household", "head_name") == ["张建国"]
    assert column(batch, "household", "head_id") == [A]
    assert column(batch, "household", "_row") == [3]


def test_a_value_below_the_row_of_the_head_keeps_its_own_cell():
    batch = check(成员=f"""
        | 户编号 | 家庭人口 | 姓名   | 与户主关系 | 性别 | 身份证号 |
        | H1     |          | 张建国 | 户主       | 男   | {A}      |
        | H1     | 三十五人 | 王秀英 | 配偶       | 女   | {B}      |
        | H2     |          | 周桂花 | 户主       | 女   | {C}      |
        | H2     | 4        | 周小明 | 之子       |      |          |
    """)  # fmt: skip
    errors = [(f.code, f.place.cell, f.place.value) for f in batch.findings if f.place.field == "member_count"]
    assert ("HH07", "B5", "4") in errors
    assert {cell for _, cell, _ in errors} <= {"B3", "B5"}


def test_what_the_rows_of_a_household_disagree_on_is_told_once_with_both_values_and_withheld():
    batch = check(成员=f"""
        | 户编号 | 家庭人口 | 致贫原因 | 姓名   | 与户主关系 | 性别 | 身份证号 |
        | H1     | 2        | 因病     | 张建国 | 户主       | 男   | {A}      |
        | H1     | 2        | 因残     | 王秀英 | 配偶       | 女   | {B}      |
        | H1     | 2        | 缺技术   | 周桂花 | 之母       | 女   | {C}      |
    """)  # fmt: skip
    assert at(batch, "LY52", "MG03") == [("LY52", "C3")]
    finding = next(f for f in batch.findings if f.code == "LY52")
    assert finding.related == ("C2", "C4")
    assert "“因残”" in finding.message
    assert "第2行填的是“因病”" in finding.message
    assert column(batch, "household", "cause") == [None]
    assert column(batch, "household", "_withheld") == ["cause"]


def test_a_bad_value_repeated_on_the_rows_of_a_household_is_one_finding():
    batch = check(成员=f"""
        | 户编号 | 家庭人口 | 户联系电话 | 姓名   | 与户主关系 | 性别 | 身份证号 |
        | H1     | 若干   | 1390001    | 张建国 | 户主       | 男   | {A}      |
        | H1     | 若干   | 1390001    | 王秀英 | 配偶       | 女   | {B}      |
    """)  # fmt: skip
    told = [(f.code, f.place.cell, f.related) for f in batch.findings if f.effect == "field"]
    assert told == [("NV22", "B2", ("B3",)), ("ID16", "C2", ())]


def test_two_spellings_are_no_disagreement():
    batch = check(成员=f"""
        | 户编号 | 户主姓名 | 家庭纯收入 | 姓名   | 与户主关系 | 性别 | 身份证号 |
        | H1     | 张建国   | 12000      | 张建国 | 户主       | 男   | {A}      |
        | H1     | 张 建 国 | 1.2万元    | 王秀英 | 配偶       | 女   | {B}      |
    """)  # fmt: skip
    assert column(batch, "household", "net_income") == [12000]
    assert not at(batch, "LY52")


def test_households_without_a_number_are_told_apart_by_their_heads():
    batch = check(成员=f"""
        | 村     | 户主姓名 | 家庭人口 | 姓名   | 与户主关系 | 性别 | 身份证号 |
        | 柳溪村 | 张建国   | 2        | 王秀英 | 配偶       | 女   | {B}      |
        | 柳溪村 | 张建国   | 2        | 张建国 | 户主       | 男   | {A}      |
        | 上河村 | 张建国   | 1        | 张建国 | 户主       | 女   | {C}      |
    """)  # fmt: skip
    assert column(batch, "household", "head_id") == [A, C]
    assert column(batch, "household", "member_count") == [2, 1]


def test_helper_columns_are_one_pairing_a_household():
    batch = check(成员=f"""
        | 户编号 | 家庭人口 | 姓名   | 与户主关系 | 性别 | 身份证号 | 帮扶责任人 | 帮扶单位 | 帮扶人电话  |
        | H1     | 2        | 张建国 | 户主       | 男   | {A}      | 李明       | 农业局   | 13900020002 |
        | H1     | 2        | 王秀英 | 配偶       | 女   | {B}      | 李明       | 农业局   | 13900020002 |
        | H2     | 1        | 周桂花 | 户主       | 女   | {C}      |            |          |             |
    """)  # fmt: skip
    assert column(batch, "pairing", "helper_name") == ["李明"]
    assert column(batch, "pairing", "_recipient") == ["H1"]
    assert column(batch, "pairing", "recipient_name") == ["张建国"]


def test_a_row_that_is_sent_back_says_nothing_of_a_household():
    batch = check(成员=f"""
        | 户编号 | 家庭人口 | 姓名   | 与户主关系 | 身份证号 |
        | H1     | 1        | 张建国 | 户主       | {A}      |
        |        |          |        | 配偶       | {B}      |
    """)  # fmt: skip
    assert column(batch, "household", "household_id") == ["H1"]
    assert at(batch, "RQ01")


def test_a_household_told_by_its_roster_and_by_its_persons_is_one_where_they_agree():
    batch = check(
        户="| 户编号 | 户主姓名 | 户主身份证号 | 家庭人口 |\n| H1 | 张建国 | 990101196805123015 | 1 |",
        成员=f"| 户编号 | 户主姓名 | 户主身份证号 | 姓名 | 与户主关系 | 性别 | 身份证号 |\n| H1 | 张建国 | {A} | 张建国 | 户主 | 男 | {A} |",
    )
    assert not [f for f in batch.findings if f.severity == "error"]


def test_the_returned_workbook_marks_both_kinds_of_cell(tmp_path):
    book = openpyxl.Workbook()
    for line in cells(f"""
        | 户编号 | 家庭人口 | 致贫原因 | 姓名   | 与户主关系 | 性别 | 身份证号 |
        | H1     | 2        | 因病     | 张建国 | 户主       | 男   | {A}      |
        | H1     | 2        | 因残     | 王秀英 | 配偶       | 男   | {B}      |
    """):
        book.active.append(line)
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "甲.xlsx")
    bf.run(tmp_path / "in", tmp_path / "out", as_of="2024-06-30", registry=tmp_path / "台账库", engine="serial")
    back = openpyxl.load_workbook(tmp_path / "out" / "退回" / "甲.xlsx").worksheets[0]
    assert "致贫原因" in back["C3"].comment.text
    assert "性别" in back["F3"].comment.text
