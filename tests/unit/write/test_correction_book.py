"""更正单.xlsx as it goes to the clerk's desk: what may be chosen, what stays text, how it prints."""

import datetime as dt

import openpyxl
import pytest

from bangfu_excel.write import correction_book as book

DAY = dt.date(2024, 6, 30)
LABELS = {"帮扶对象户": ("户编号", "户主姓名", "户联系电话"), "走访记录": ("走访时间", "走访人")}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    path = book.write_correction_book(tmp_path_factory.mktemp("更正") / book.FILE, LABELS, as_of=DAY)
    return openpyxl.load_workbook(path)


def headers(sheet):
    return [cell.value for cell in sheet[book.HEADER_ROW + 1]]


def rules(sheet):
    """Header of the column → its validation."""
    return {
        headers(sheet)[next(iter(rule.sqref.ranges)).min_col - 1]: rule for rule in sheet.data_validations.dataValidation
    }  # fmt: skip


def test_it_has_a_page_of_guidance_and_two_to_be_filled_in(written):
    shown = [sheet.title for sheet in written if sheet.sheet_state == "visible"]
    assert shown == ["说明", "更正", "变动"]
    assert [written[name]["A1"].value for name in shown] == [book.TITLE, book.CORRECTIONS_TITLE, book.EVENTS_TITLE]


def test_a_correction_says_which_record_what_and_on_what_ground(written):
    assert headers(written["更正"]) == [
        "报表", "乡镇", "行政村", "户编号", "户主姓名", "姓名（家庭成员）", "证件号码", "帮扶人", "走访日期", "栏目", "原值", "新值", "依据",
        "告知人", "经办人", "日期",
    ]  # fmt: skip
    groups = {cell.value for cell in written["变动"][2] if cell.value}
    assert {"原", "现", "帮扶人"} <= groups


def test_every_heading_of_the_events_is_another_one(written):
    assert len(set(headers(written["变动"]))) == len(headers(written["变动"]))


def test_the_choices_are_those_of_the_scheme(written):
    chosen = rules(written["更正"])
    assert chosen["报表"].formula1 == '"帮扶对象户,走访记录"'
    assert chosen["依据"].formula1 == '"电话,微信,核实,文件,其他"'
    assert rules(written["变动"])["变动种类"].formula1 == f'"{",".join(book.KINDS)}"'


def test_the_columns_to_choose_from_are_those_of_the_table_chosen_beside(written):
    lists = written["下拉选项"]
    assert lists.sheet_state == "hidden"
    columns = [[cell.value for cell in column if cell.value] for column in lists.columns]
    assert columns[1:] == [[table, *labels, book.REMOVE] for table, labels in LABELS.items()]
    assert set(columns[0][1:]) == {label for labels in LABELS.values() for label in labels} | {book.REMOVE}
    assert "MATCH($A4,下拉选项!$B$1:$C$1,0)" in rules(written["更正"])["栏目"].formula1


def test_numbers_stay_text_and_days_are_days(written):
    for name, text, day in (("更正", "证件号码", "走访日期"), ("变动", "现帮扶人电话", "结对时间")):
        sheet = written[name]
        first = {header: sheet.cell(book.HEADER_ROW + 2, index + 1) for index, header in enumerate(headers(sheet))}
        assert (first[text].number_format, first[day].number_format) == ("@", "yyyy-mm-dd")
        assert rules(sheet)[day].type == "date"


@pytest.mark.parametrize("name", ["更正", "变动"])
def test_it_prints_across_with_its_headings_on_every_page(written, name):
    sheet = written[name]
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$3:$3")
    assert sheet.freeze_panes == "B4"


def test_the_same_bytes_again(tmp_path):
    first, second = (book.write_correction_book(tmp_path / name, LABELS, as_of=DAY) for name in ("a.xlsx", "b.xlsx"))
    assert first.read_bytes() == second.read_bytes()
