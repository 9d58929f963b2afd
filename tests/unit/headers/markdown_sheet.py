"""A sheet drawn as a Markdown table: a reader sees what the clerk sent.

`<` is merged with the cell to its left, `^` with the cell above; digits are a number, '123 is text, #REF! an error.
A line `---` is a blank row.
"""

from __future__ import annotations

import numpy as np

from bangfu_excel.core.raw import CellType, Merge, RawColumn, RawSheet
from bangfu_excel.core.region import MappedRegion, RowKind
from bangfu_excel.domain import TABLES
from bangfu_excel.headers import match_headers


def sheet(drawing: str, name: str = "Sheet1", merges: tuple[Merge, ...] = ()) -> RawSheet:
    lines = [line.strip() for line in drawing.strip("\n").splitlines() if line.strip()]
    grid = [[] if line == "---" else [cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return from_grid(grid, name, merges)


def from_grid(grid: list[list[str]], name: str = "Sheet1", merges: tuple[Merge, ...] = ()) -> RawSheet:
    width = max((len(row) for row in grid), default=0)
    cells = [[*row, *[""] * (width - len(row))] for row in grid]
    drawn = (*_merges(cells), *merges)
    columns = tuple(_column([row[j] for row in cells]) for j in range(width))
    return RawSheet(name, len(cells), columns, merges=drawn)


def _merges(cells: list[list[str]]) -> list[Merge]:
    found = []
    for top, row in enumerate(cells):
        for left, text in enumerate(row):
            if text in ("<", "^", ""):
                continue
            right, bottom = left, top
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while bottom + 1 < len(cells) and cells[bottom + 1][left] == "^":
                bottom += 1
            if (right, bottom) != (left, top):
                found.append(Merge(top, left, bottom, right))
    return found


def _column(texts: list[str]) -> RawColumn:
    values: list[object] = [None]
    types = [CellType.EMPTY]
    known: dict[str, int] = {"": 0, "<": 0, "^": 0}
    codes = []
    for text in texts:
        if text not in known:
            known[text] = len(values)
            kind, value = _stored(text)
            types.append(kind)
            values.append(value)
        codes.append(known[text])
    return RawColumn(np.array(codes, dtype=np.int32), values, np.array(types, dtype=np.uint8))


def _stored(text: str) -> tuple[CellType, object]:
    if text.startswith("#") and text.endswith(("!", "A", "?")):
        return CellType.ERROR, text
    if text.startswith("'"):
        return CellType.TEXT, text[1:]
    try:
        return CellType.NUMBER, float(text)
    except ValueError:
        return CellType.TEXT, text.replace("\\n", "\n").replace("_", "\u3000")


def match(drawing: str, name: str = "Sheet1", merges: tuple[Merge, ...] = ()):
    """Regions and findings of a drawn sheet, with the real tables."""
    return match_headers("a.xlsx", sheet(drawing, name, merges), tuple(TABLES.values()))


def one(drawing: str, name: str = "Sheet1", merges: tuple[Merge, ...] = ()) -> MappedRegion:
    regions, findings = match(drawing, name, merges)
    assert len(regions) == 1, [f.message for f in findings]
    return regions[0]


def fields(region: MappedRegion, part: int = 0) -> dict[str, str]:
    """Field → column letter."""
    return {c.field: chr(65 + c.index) for c in region.parts[part].columns}


def rows(region: MappedRegion) -> str:
    """One letter a row: T title, H header, . blank, S total (合计), N note, D data."""
    letters = {
        RowKind.TITLE: "T",
        RowKind.HEADER: "H",
        RowKind.BLANK: ".",
        RowKind.TOTAL: "S",
        RowKind.NOTE: "N",
        RowKind.DATA: "D",
    }
    return "".join(letters[RowKind(int(kind))] for kind in region.kinds)


def codes(findings) -> list[str]:
    return sorted(f.code for f in findings)


def said(findings, code: str):
    """The only finding of this code."""
    found = [f for f in findings if f.code == code]
    assert len(found) == 1, [(f.code, f.message) for f in findings]
    return found[0]
