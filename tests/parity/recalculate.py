"""Every formula of a workbook, recalculated by LibreOffice, against the value that was written beside it."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
_AT_ONCE = 100  # of several hundred files LibreOffice leaves out the last without a word


@dataclass(frozen=True)
class Difference:
    """A formula cell whose written value is not what LibreOffice makes of it."""

    sheet: str
    cell: str
    formula: str
    written: object
    recalculated: object


def soffice() -> str:
    """The LibreOffice program; the test is skipped where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("LibreOffice (soffice) is not installed: formulas cannot be recalculated")
    return found


def recalculated(workbook: Path, scratch: Path) -> Path:
    """A copy of the workbook below `scratch` in which LibreOffice computed every formula anew on loading."""
    return all_recalculated([workbook], scratch)[workbook]


def all_recalculated(workbooks: Sequence[Path], scratch: Path) -> dict[Path, Path]:
    """Workbook → its recalculated copy, of each."""
    return _converted(workbooks, scratch, "xlsx:Calc MS Excel 2007 XML")


def printed_pages(workbook: Path, scratch: Path) -> list[str]:
    """The text of each page that the workbook is printed on."""
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext (poppler) is not installed: what is printed cannot be read")
    pdf = _converted([workbook], scratch, "pdf")[workbook]
    text = subprocess.run([reader, "-layout", str(pdf), "-"], check=True, capture_output=True).stdout
    return text.decode().split("\f")[:-1]


def _converted(workbooks: Sequence[Path], scratch: Path, form: str) -> dict[Path, Path]:
    """Workbook → what LibreOffice makes of it; it is started for many at once: that takes longest."""
    user = scratch / "libreoffice" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    given, out = scratch / "given", scratch / "converted"
    given.mkdir(exist_ok=True)
    names = {book: f"{number:03d}{book.suffix}" for number, book in enumerate(workbooks)}  # in many folders, one name
    for book, name in names.items():
        shutil.copyfile(book, given / name)
    copies = {book: out / Path(name).with_suffix(f".{form.split(':', maxsplit=1)[0]}") for book, name in names.items()}
    files = [str(given / name) for name in names.values()]
    for start in range(0, len(files), _AT_ONCE):
        subprocess.run(
            [
                soffice(), f"-env:UserInstallation={user.parent.as_uri()}", "--headless", "--norestore",
                "--convert-to", form, "--outdir", str(out), *files[start : start + _AT_ONCE],
            ],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    assert [book.name for book, copy in copies.items() if not copy.is_file()] == [], "could not be opened"
    return copies


def formula_cells(workbook: Path) -> Iterator[tuple[str, str, str]]:
    """Sheet, cell and formula of every formula cell."""
    for sheet in openpyxl.load_workbook(workbook).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, str(cell.value)


def differences(workbook: Path, scratch: Path) -> tuple[int, list[Difference]]:
    """How many formulas there are, and those whose written value differs: numbers by more than 1e-9, text at all.

    A formula that gives an error differs whatever was written; the empty text and no value are the same.
    """
    return compared(workbook, recalculated(workbook, scratch))


def compared(workbook: Path, copy: Path) -> tuple[int, list[Difference]]:
    """`differences` to a copy that has been recalculated."""
    if not _says(workbook, b"<f"):
        return 0, []
    written = openpyxl.load_workbook(workbook, data_only=True)
    computed = openpyxl.load_workbook(copy, data_only=True)
    count, found = 0, []
    for sheet, cell, formula in formula_cells(workbook):
        count += 1
        before, after = written[sheet][cell].value, computed[sheet][cell].value
        if not _equal(before, after):
            found.append(Difference(sheet, cell, formula, before, after))
    return count, found


def sheet_names(workbook: Path) -> list[str]:
    """Of all its sheets, in their order."""
    return openpyxl.load_workbook(workbook, read_only=True).sheetnames


def contents(workbook: Path) -> dict[tuple[str, str], object]:
    """Sheet and cell → value, of every cell that holds something (a formula: the value beside it)."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in openpyxl.load_workbook(workbook, data_only=True).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def error_cells(workbook: Path) -> list[tuple[str, str]]:
    """Sheet and cell of every error value (not of a text that quotes one)."""
    if not _says(workbook, b't="e"'):
        return []
    sheets = openpyxl.load_workbook(workbook, data_only=True).worksheets
    return [
        (sheet.title, cell.coordinate) for sheet in sheets for row in sheet.iter_rows() for cell in row
        if cell.data_type == "e"
    ]  # fmt: skip


def _says(workbook: Path, mark: bytes) -> bool:
    """Whether the mark-up of any of its sheets holds `mark`: seen at once, where reading all cells takes a second."""
    with zipfile.ZipFile(workbook) as package:
        return any(mark in package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/"))


def _equal(before: object, after: object) -> bool:
    if isinstance(after, str) and after.startswith("#"):
        return False
    if isinstance(before, int | float) and isinstance(after, int | float):
        return abs(before - after) <= 1e-9 * max(1.0, abs(before))
    blank = (None, "")
    return before == after or (before in blank and after in blank)
