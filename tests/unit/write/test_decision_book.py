"""冲突裁决.xlsx: a sheet for each kind of question, the sources side by side, the answer unlocked, the mark hidden."""

import datetime as dt

import openpyxl

from bangfu_excel.write.decision_book import ConflictRow, NameRow, SourceCell, Undecided, write_decisions

DAY = dt.date(2024, 7, 1)
UNITS = ("清水镇", "石桥镇", "白水乡", "县民政局", "县残联")


def source(text, submitter="清水镇"):
    return SourceCell(text, submitter, f"{submitter}.xlsx“户”C5", "2024-07-01")


def conflict(*texts):
    sources = tuple(source(text, submitter) for text, submitter in zip(texts, UNITS, strict=False))
    return ConflictRow(
        "帮扶对象户", "赵大山（QS1，石桥村）", "家庭纯收入", sources, texts[-1], tuple(dict.fromkeys(texts)), "{}"
    )


def written(tmp_path, **parts):
    path = write_decisions(Undecided(**parts), tmp_path / "冲突裁决.xlsx", as_of=DAY)
    return openpyxl.load_workbook(path)


def lines(page):
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]


def test_two_sources_stand_side_by_side(tmp_path):
    page = written(tmp_path, conflicts=(conflict("36000", "38500"),))["数据冲突"]
    header, row = lines(page)
    assert header == [
        "报表", "记录", "栏目", "甲：值", "甲：来自", "甲：位置", "甲：收件日期", "乙：值", "乙：来自", "乙：位置", "乙：收件日期",
        "暂用", "采用", "程序用，请勿改动",
    ]  # fmt: skip
    assert row[3:12] == [
        "36000", "清水镇", "清水镇.xlsx“户”C5", "2024-07-01", "38500", "石桥镇", "石桥镇.xlsx“户”C5", "2024-07-01", "38500",
    ]  # fmt: skip
    assert row[12] is None
    assert (page["M4"].protection.locked, page["D4"].protection.locked) == (False, True)
    assert page.column_dimensions["N"].hidden
    assert (page.freeze_panes, page.sheet_properties.pageSetUpPr.fitToPage) == ("D4", True)


def test_more_than_three_sources_are_counted(tmp_path):
    page = written(tmp_path, conflicts=(conflict("1", "2"), conflict("1", "2", "3", "4", "4")))["数据冲突"]
    header, short, long = lines(page)
    assert [title for title in header if title.endswith("：值")] == ["甲：值", "乙：值", "丙：值"]
    assert (short[11], long[11], long[13]) == (None, "3", "白水乡.xlsx“户”C5\n另有2处")


def test_a_name_offers_its_households_and_none_of_them(tmp_path):
    row = NameRow(
        "走访记录", "青石镇", "赵大山（石桥村）", "走访.csvC2", 1, ("赵大山（户编号QS1）", "赵大山（户编号QS2）"), "{}"
    )
    book = written(tmp_path, names=(row,))
    (rule,) = book["待匹配姓名"].data_validations.dataValidation
    assert (rule.formula1, rule.errorStyle) == ('"赵大山（户编号QS1）,赵大山（户编号QS2）,都不是"', "warning")
    assert book.sheetnames[0] == "待匹配姓名"


def test_the_same_questions_give_the_same_bytes(tmp_path):
    found = Undecided(conflicts=(conflict("36000", "38500"),))
    one, other = (write_decisions(found, tmp_path / name, as_of=DAY).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert one == other
