"""How one row speaks of another: as short as can be, and never of another township's people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.rows import Rows


def sheet_words(place: Place, seen_from: Place) -> str:
    """The sheet of `place` for a reader at `seen_from`: 本表前面的行, 表“二组”, 文件“a.xlsx”表“二组”."""
    sheet = f"表“{place.sheet}”" if place.sheet else ""
    if place.file != seen_from.file:
        return f"文件“{place.file}”{sheet}"
    return "本表前面的行" if place.sheet == seen_from.sheet else sheet


def row_words(place: Place, seen_from: Place) -> str:
    """The row of `place` for a reader at `seen_from`: 第5行, 表“二组”第5行, 文件“a.xlsx”表“二组”第5行."""
    here = (place.file, place.sheet) == (seen_from.file, seen_from.sheet)
    return f"{'' if here else sheet_words(place, seen_from)}第{place.row}行"


def row_cells(rows: Rows, table: str, indexes: Iterable[int], seen_from: Place) -> tuple[str, ...]:
    """The first cell of each of these rows, as `Rows.cell` would say it; quick for thousands."""
    origin = rows[table][["_region", "_row"]].loc[list(indexes)]
    prefixes: dict[int, tuple[str, str]] = {}
    cells = []
    for region, row in zip(origin["_region"].tolist(), origin["_row"].tolist(), strict=True):
        if region not in prefixes:
            prefixes[region] = _prefix(rows.sources[region].place(row), seen_from)
        before, letters = prefixes[region]
        cells.append(f"{before}{letters}{row}")
    return tuple(cells)


def _prefix(place: Place, seen_from: Place) -> tuple[str, str]:
    letters = place.cell.rstrip("0123456789")
    if place.file != seen_from.file:
        return f"{place.file}|{place.sheet}!", letters
    return ("" if place.sheet == seen_from.sheet else f"{place.sheet}!"), letters


def within_reach(finding: Finding, rows: Rows, table: str, one: int, other: int) -> Finding:
    """The finding without its words for strangers, where both rows belong to one submitter."""
    return replace(finding, told="") if same_submitter(rows, table, one, other) else finding


def same_submitter(rows: Rows, table: str, one: int, other: int) -> bool:
    """True where two rows stand in one file or name one township, in the row or in the sheet's 填报单位."""
    frame = rows[table]
    if frame.at[one, "_file"] == frame.at[other, "_file"]:
        return True
    townships = (_township(rows, table, one), _township(rows, table, other))
    return bool(townships[0]) and townships[0] == townships[1]


def _township(rows: Rows, table: str, index: int) -> str:
    frame = rows[table]
    named = frame.at[index, "township"] if "township" in frame else None
    if isinstance(named, str) and named:
        return named
    return rows.sources[int(frame.at[index, "_region"])].metadata.get("填报单位", "")
