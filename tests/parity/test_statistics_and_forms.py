"""统计 and a superior's form filled in: LibreOffice opens them without repair and its formulas give what was written."""

import sys
from pathlib import Path

import openpyxl
import pytest
from recalculate import all_recalculated, compared, error_cells

import bangfu_excel as bf
from bangfu_excel import pipeline

sys.path.insert(0, str(Path(__file__).parents[1] / "scenarios"))

from provincial_form import write_form, write_mapping

SAMPLES = Path(__file__).parents[2] / "samples"
FORM = [
    [sheet, cell, "帮扶对象户", field, where, method]
    for sheet, cell, field, where, method in (
        ("表1", "B5", "", "", "计数"),
        ("表1", "C5", "", "致贫原因=因病", "计数"),
        ("表1", "D6", "家庭人口数", "", "求和"),
        ("表1", "F5", "家庭人口数", "", "平均"),
        ("表2", "C4", "户主姓名", "", "逐行"),
    )
]


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    given = {"scheme": "xiajiceng", "as_of": "2014-06-30"}
    bf.run(SAMPLES / "xiajiceng" / "inbox", folder / "out", registry=folder / "台账库", engine="serial", **given)
    form, mapping = write_form(folder / "省表.xlsx"), write_mapping(folder / "对应.xlsx", FORM)
    done = pipeline.fill_form(form, mapping, folder / "台账库", folder / "out", **given)
    statistics = sorted((folder / "out" / "台账").rglob("*统计_*.xlsx"))
    return all_recalculated([*statistics, done.path], tmp_path_factory.mktemp("copies"))


def test_every_formula_gives_what_was_written(books):
    """But for a form's own formulas that are no plain sums: these are left to be computed on opening, without a stale value."""
    results = {book.name: compared(book, copy) for book, copy in books.items()}
    wrong = {name: [one for one in found if one.written is not None] for name, (_, found) in results.items()}
    assert {name: found for name, found in wrong.items() if found} == {}
    assert [one.cell for _, found in results.values() for one in found] == ["F7"]
    assert all(count for count, _ in results.values())


def test_no_cell_shows_an_error(books):
    assert {book.name: error_cells(copy) for book, copy in books.items() if error_cells(copy)} == {}


def test_a_picture_and_the_merged_headings_are_there_after_opening(books):
    copy = next(copy for book, copy in books.items() if book.name.startswith("省表"))
    sheet = openpyxl.load_workbook(copy)["表1"]
    assert len(sheet._images) == 1
    assert {"A1:F1", "B3:C3", "A3:A4"} <= {str(one) for one in sheet.merged_cells.ranges}
