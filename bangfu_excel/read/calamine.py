"""The one door to calamine: its errors and panics come out as `EngineError`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from bangfu_excel.core.raw import Merge, RawColumn, RawSheet
from bangfu_excel.read.encode import encode_rows
from bangfu_excel.read.package import Source
from bangfu_excel.read.sheetxml import SheetFacts

T = TypeVar("T")

_ROWS, _COLUMNS = 1_048_576, 16_384  # of a sheet in Excel


class EngineError(Exception):
    """calamine cannot read this."""


class EncryptedError(EngineError):
    """calamine found a password."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A worksheet of a workbook; `index` counts all sheets, charts too."""

    index: int
    name: str
    hidden: bool


class CalamineBook:
    """A workbook opened with calamine."""

    def __init__(self, source: Source) -> None:
        self._book = _guarded(lambda: CalamineWorkbook.from_object(source))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all sheets, charts too, in workbook order."""
        return tuple(sheet.name for sheet in self._book.sheets_metadata)

    @property
    def sheets(self) -> tuple[SheetEntry, ...]:
        """The worksheets in workbook order; charts, dialogs and macro sheets hold no cells."""
        return tuple(
            SheetEntry(index, sheet.name, sheet.visible is not SheetVisibleEnum.Visible)
            for index, sheet in enumerate(self._book.sheets_metadata)
            if sheet.typ is SheetTypeEnum.WorkSheet
        )

    def read(self, entry: SheetEntry, facts: SheetFacts) -> RawSheet:
        """The sheet with `facts` laid over it. calamine's own copy lives only during this call."""
        return _guarded(lambda: _encode(self._book.get_sheet_by_index(entry.index), entry, facts))


def _encode(sheet: CalamineSheet, entry: SheetEntry, facts: SheetFacts) -> RawSheet:
    if sheet.end and (sheet.end[0] >= _ROWS or sheet.end[1] >= _COLUMNS):
        raise EngineError("cells where Excel has none")
    left = sheet.start[1] if sheet.start else 0
    columns = encode_rows(sheet.iter_rows(), sheet.end[0] + 1 if sheet.end else 0, sheet.width, left, facts.marks)
    merges = tuple(Merge.between(*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return raw_sheet(entry, columns=columns, facts=facts, merges=merges)


def raw_sheet(
    entry: SheetEntry, columns: tuple[RawColumn, ...], facts: SheetFacts, merges: tuple[Merge, ...]
) -> RawSheet:
    """The sheet; hidden rows and columns only where it holds something."""
    height = len(columns[0].codes) if columns else 0
    return RawSheet(
        entry.name,
        height,
        columns,
        hidden=entry.hidden,
        hidden_rows=frozenset(row for row in facts.hidden_rows if row < height),
        hidden_columns=frozenset(column for column in facts.hidden_columns if column < len(columns)),
        merges=merges,
    )


def _guarded(call: Callable[[], T]) -> T:
    try:
        return call()
    except PasswordError as error:
        raise EncryptedError(str(error)) from error
    except Exception as error:
        raise EngineError(str(error)) from error
    except BaseException as error:
        # pyo3's PanicException cannot be imported and derives from BaseException so that nobody swallows it by chance
        if type(error).__name__ != "PanicException":
            raise
        raise EngineError(str(error)) from error
