"""The lines above and below a table are seen whole, however narrow it is."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from bangfu_excel.write.book import Book
from bangfu_excel.write.lines import merged_line
from bangfu_excel.write.styles import Styles
from bangfu_excel.write.widths import text_width

LEAD = ("填报单位：全县", "走访日期：2024年2月28日至2024年5月31日", "截止日期：2024年6月30日")


def written(tmp_path, widths):
    with Book(tmp_path / "a.xlsx", as_of=dt.date(2024, 6, 30)) as book:
        sheet = book.add_sheet("表")
        sheet.set_row(1, 20)
        merged_line(sheet, 1, widths, LEAD, Styles(book))
    return openpyxl.load_workbook(tmp_path / "a.xlsx")["表"]


def spans(sheet):
    """Text → the columns over which it stands."""
    merged = {(area.min_row, area.min_col): (area.min_col, area.max_col) for area in sheet.merged_cells.ranges}
    return {
        cell.value: merged.get((cell.row, cell.column), (cell.column, cell.column)) for cell in sheet[2] if cell.value
    }


@pytest.mark.parametrize("widths", [[6, 12, 10, 40, 12, 12, 20], [6, 12, 8, 8, 50, 14, 14]])
def test_each_text_has_the_room_that_it_needs(tmp_path, widths):
    found = spans(written(tmp_path, widths))
    assert list(found) == list(LEAD)
    assert all(sum(widths[first - 1 : last]) >= text_width(text) for text, (first, last) in found.items())


@pytest.mark.parametrize("widths", [[5.5, 16, 8], [5.5, 30], [5.5, 12, 12, 12], [5.5, 16, 24, 24, 12]])
def test_a_narrow_table_has_them_one_after_the_other_in_a_higher_row(tmp_path, widths):
    sheet = written(tmp_path, widths)
    assert spans(sheet) == {"　　".join(LEAD): (1, len(widths))}
    lines = sheet.row_dimensions[2].height / 18
    assert lines * sum(widths) >= text_width("　　".join(LEAD))
    assert sheet["A2"].alignment.wrap_text
