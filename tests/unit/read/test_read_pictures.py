"""Pictures are found, with the row that each belongs to; a cell that is a picture holds nothing else."""

import zipfile

from picture_books import write_book, write_wps_book

from bangfu_excel.core.raw import CellType
from bangfu_excel.read import read_file

HEADER = ["户主姓名", "走访时间", "照片"]
BIG = {"x_scale": 80, "y_scale": 60}  # 60 points high: four usual rows


def sheet_of(path):
    workbook, findings = read_file(path, path.name)
    return workbook.sheets[0], findings


def places(sheet):
    return [(p.row, p.column, p.in_cell) for p in sheet.pictures]


def test_a_floating_picture_belongs_to_the_row_of_its_middle(tmp_path):
    rows = [HEADER, ["甲", "2024-03-05", ""], ["乙", "2024-03-06", ""]]
    path = write_book(
        tmp_path / "a.xlsx", rows, heights={1: 90, 2: 90}, floating=[(1, 2, BIG), (1, 2, BIG | {"y_offset": 110})]
    )
    assert places(sheet_of(path)[0]) == [(1, 2, False), (2, 2, False)]


def test_pictures_of_excel_in_cells_are_no_errors(tmp_path):
    path = write_book(
        tmp_path / "a.xlsx", [HEADER, ["甲", "2024-03-05"], ["乙", "2024-03-06"]], in_cells=[(1, 2), (2, 2)]
    )
    sheet, findings = sheet_of(path)
    assert places(sheet) == [(1, 2, True), (2, 2, True)]
    assert len({p.part for p in sheet.pictures}) == 2
    assert sheet.cell(1, 2).type is CellType.EMPTY
    assert not findings


def test_pictures_of_wps_in_cells_are_no_text(tmp_path):
    rows = [HEADER, ["甲", "2024-03-05"], ["乙", "2024-03-06"]]
    sheet, _ = sheet_of(write_wps_book(tmp_path / "a.xlsx", rows, {(1, 2): "ID_A1", (2, 2): "ID_B2"}))
    assert places(sheet) == [(1, 2, True), (2, 2, True)]
    assert sheet.pictures[0].part == "xl/media/wps1.png"
    assert sheet.cell(1, 2).type is CellType.EMPTY
    assert sheet.cell(1, 0).value == "甲"


def test_a_workbook_without_pictures_has_none(tmp_path):
    assert sheet_of(write_book(tmp_path / "a.xlsx", [HEADER]))[0].pictures == ()


def test_a_drawing_that_is_damaged_costs_no_cell(tmp_path):
    path = write_book(tmp_path / "a.xlsx", [HEADER, ["甲"]], floating=[(1, 2, {})])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/drawings/drawing1.xml"] = parts["xl/drawings/drawing1.xml"][:300]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    sheet, _ = sheet_of(path)
    assert sheet.pictures == ()
    assert sheet.cell(1, 0).value == "甲"
