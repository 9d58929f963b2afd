"""The superior's blank workbook, looked at: what stands in a cell, what it is merged with, whether it may be filled in."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Mapping
from functools import cached_property
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bangfu_excel.core.formula import CellRef
from bangfu_excel.errors import UsageError

_ENCRYPTED = b"\xd0\xcf\x11\xe0"
_LARGEST = 100_000_000  # bytes
_SUFFIXES = (".xlsx", ".xlsm")


class FormSheet:
    """One worksheet; rows and columns count from 1."""

    def __init__(self, sheet: Worksheet, cached: Worksheet | None) -> None:
        self.name = sheet.title
        self._sheet = sheet
        self._cached = cached

    def content(self, row: int, column: int) -> object:
        """The constant in a cell, the formula as text (=SUM(C5:C9)), None for a blank one."""
        found = self._cells.get((row, column))
        value = getattr(found, "text", found)  # an array formula is an object with its text
        return None if isinstance(value, str) and not value.strip() else value

    def is_formula(self, row: int, column: int) -> bool:
        return (row, column) in self._formulas

    def shown(self, row: int, column: int) -> object:
        """The value that was last computed of a formula, the constant of any other cell."""
        if not self.is_formula(row, column):
            return self.content(row, column)
        return self._cached.cell(row, column).value if self._cached is not None else None

    def merged(self, row: int, column: int) -> tuple[str, int, int] | None:
        """The merged range that a cell lies in, and its first row and column."""
        for text, (left, top, right, bottom) in self._merges.items():
            if top <= row <= bottom and left <= column <= right:
                return text, top, left
        return None

    def locked(self, row: int, column: int) -> bool:
        """Whether the sheet is protected and the cell is not among those that may be filled in."""
        return bool(self._sheet.protection.sheet and self._sheet.cell(row, column).protection.locked)

    def number_format(self, row: int, column: int) -> str:
        return str(self._sheet.cell(row, column).number_format)

    def is_date(self, row: int, column: int) -> bool:
        return bool(is_date_format(self.number_format(row, column)))

    @property
    def print_bottom(self) -> int | None:
        """The last row of the print area, None where there is none."""
        area = self._sheet.print_area
        ends = [range_boundaries(part.rpartition("!")[2])[3] for part in area.split(",")] if area else []
        return max((int(end) for end in ends if end), default=None)

    def formulas(self) -> Iterator[tuple[int, int]]:
        yield from sorted(self._formulas)

    @cached_property
    def _cells(self) -> Mapping[tuple[int, int], object]:
        lines = enumerate(self._sheet.iter_rows(min_row=1, min_col=1), start=1)
        return {
            (row, at): cell.value
            for row, line in lines
            for at, cell in enumerate(line, start=1)
            if cell.value is not None
        }

    @cached_property
    def _typed(self) -> Mapping[tuple[int, int], str]:
        lines = enumerate(self._sheet.iter_rows(min_row=1, min_col=1), start=1)
        return {(row, at): cell.data_type for row, line in lines for at, cell in enumerate(line, start=1)}

    @cached_property
    def _formulas(self) -> frozenset[tuple[int, int]]:
        return frozenset(at for at, cell in self._typed.items() if cell == "f")

    @cached_property
    def _merges(self) -> Mapping[str, tuple[int, int, int, int]]:
        return {str(one): one.bounds for one in self._sheet.merged_cells.ranges}


class FormBook:
    """A workbook of the superior's: its bytes and its sheets."""

    def __init__(self, source: bytes, sheets: Mapping[str, FormSheet]) -> None:
        self.source = source
        self.sheets = sheets

    @classmethod
    def opened(cls, path: Path) -> FormBook:
        """The workbook at `path`; `UsageError` where it is not there, of another kind, protected or damaged."""
        if not path.is_file():
            raise UsageError(f"找不到文件“{path}”，请核对路径")
        if path.suffix.lower() not in _SUFFIXES:
            raise UsageError(f"“{path.name}”不是 xlsx 文件，请用 Excel 或 WPS 打开，另存为 xlsx 再用")
        source = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
        if source.startswith(_ENCRYPTED):
            raise UsageError(f"“{path.name}”有打开密码，或者是旧格式改了后缀；请取消密码，另存为 xlsx 再用")
        try:
            with (
                warnings.catch_warnings()
            ):  # of what openpyxl would lose on saving: nothing is saved from what it reads
                warnings.simplefilter("ignore")
                formulas, cached = (load_workbook(BytesIO(source), data_only=only) for only in (False, True))
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
            raise UsageError(f"“{path.name}”打不开，可能已经损坏；请用 Excel 打开、修复、另存后再用") from error
        return cls(source, dict(_sheets(formulas, cached)))

    def shown(self, ref: CellRef) -> object:
        """What a cell shows, None where it is blank or its sheet is not there."""
        sheet = self.sheets.get(ref.sheet)
        return sheet.shown(ref.row, ref.column) if sheet else None


def _sheets(formulas: Workbook, cached: Workbook) -> Iterator[tuple[str, FormSheet]]:
    for sheet in formulas.worksheets:
        yield sheet.title, FormSheet(sheet, cached[sheet.title])


def as_number(value: object) -> float | None:
    """The number that a cell holds, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)
