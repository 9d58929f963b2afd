"""待更正: what in a ledger waits for its township — values withheld and rows returned, where and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from bangfu_excel.core.finding import EFFECT_LABELS, Effect, Finding, Findings
from bangfu_excel.core.table import Table
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Tint

_FIELDS = (
    "_area", "state", "table", "file", "sheet", "cell", "row", "label", "value", "message", "suggestion", "_tint",
)  # fmt: skip
_WAITING = (Effect.ROW, Effect.FIELD, Effect.SHEET)
_TINTS = {Effect.ROW: Tint.ERROR, Effect.FIELD: Tint.WITHHELD, Effect.SHEET: Tint.ERROR}
COLUMNS = (
    Column("状态", "state", align="center", width=8, tint="_tint"),
    Column("报表", "table", width=11),
    Column("文件", "file", widest=20),
    Column("工作表", "sheet", widest=10),
    Column("单元格", "cell", align="center", width=8),
    Column("行", "row", CellForm.NUMBER, "0", "center", width=6),
    Column("栏目", "label", widest=12),
    Column("填写内容", "value", widest=18),
    Column("问题", "message", width=40),
    Column("怎样更正", "suggestion", width=26),
)


def pending_rows(
    findings: Findings,
    tables: Mapping[str, pd.DataFrame],
    returned: Mapping[str, pd.DataFrame],
    declared: Mapping[str, Table],
    townships: Mapping[str, tuple[str, ...]],
) -> pd.DataFrame:
    """One row a value or row that waits for correction, with `_area` (its township, "" where not established).

    The township is that of the row (accepted or returned), else the only one of its file (`townships`: file → names).
    A withheld value that no finding speaks of (its finding was made in an earlier run) is listed from its row.
    """
    places = _areas({**returned}, tables)
    records = [_record(f, places, declared, townships) for f in findings if f.effect in _WAITING]
    told = {
        (f.place.file, f.place.sheet, f.place.record or f.place.row, f.place.field)
        for f in findings
        if f.effect == Effect.FIELD
    }
    records += [record for name, rows in tables.items() for record in _untold(rows, declared[name], told)]
    frame = pd.DataFrame.from_records(records, columns=list(_FIELDS))
    text = {name: "str" for name in _FIELDS if name != "row"}
    return frame.astype({**text, "row": "Int64"})


def pending_sheet(rows: pd.DataFrame, area: str, lead: tuple[str, ...], footer: str) -> Sheet:
    """The sheet 待更正 of a ledger."""
    return Sheet("待更正", f"{area}待更正和退回清单", COLUMNS, rows, lead=lead, footer=footer)


def _areas(*groups: Mapping[str, pd.DataFrame]) -> dict[tuple[str, str, str, int], str]:
    """(table, file, sheet, row) → township, for rows that need looking up: those returned or with a withheld value."""
    found: dict[tuple[str, str, str, int], str] = {}
    for group in groups:
        for name, rows in group.items():
            area = next((c for c in ("_area", "township") if c in rows), None)
            if area is None or not {"_file", "_sheet", "_row"} <= set(rows):
                continue
            known = rows if "_withheld" not in rows or group is groups[0] else rows[rows["_withheld"].fillna("") != ""]
            cells = zip(known["_file"], known["_sheet"], known["_row"], known[area].fillna(""), strict=True)
            found.update({(name, file, sheet, int(row)): town for file, sheet, row, town in cells if town})
    return found


def _record(
    finding: Finding, areas: Mapping[tuple[str, str, str, int], str], declared: Mapping[str, Table],
    townships: Mapping[str, tuple[str, ...]],
) -> tuple[object, ...]:  # fmt: skip
    place = finding.place
    own = townships.get(place.file, ())
    area = areas.get((place.table, place.file, place.sheet, place.record or place.row)) or (
        own[0] if len(own) == 1 else ""
    )
    # what stands in a ledger is read by the township: cells of other files may show people who are not its own
    foreign = any("|" in related for related in finding.related)
    message = finding.told if finding.told and foreign else finding.message
    table = declared[place.table].label if place.table in declared else ""
    return (
        area, EFFECT_LABELS[finding.effect], table, place.file, place.sheet, place.cell, place.row or None,
        place.label, place.value, message, finding.suggestion, str(_TINTS[finding.effect]),
    )  # fmt: skip


def _untold(rows: pd.DataFrame, table: Table, told: set[tuple[str, str, int, str]]) -> Iterator[tuple[object, ...]]:
    if not {"_withheld", "_file", "_sheet", "_row"} <= set(rows):
        return
    waiting = rows[rows["_withheld"].fillna("") != ""]
    areas = waiting["_area"].fillna("") if "_area" in waiting else [""] * len(waiting)
    cells = zip(waiting["_file"], waiting["_sheet"], waiting["_row"], waiting["_withheld"], areas, strict=True)
    for file, sheet, row, names, area in cells:
        for name in names.split("、"):
            if (file, sheet, int(row), name) not in told and name in table:
                yield (
                    area, EFFECT_LABELS[Effect.FIELD], table.label, file, sheet, "", int(row), table[name].label, "",
                    "所填内容有误，未采用", "请按以前退回的说明更正", str(Tint.WITHHELD),
                )  # fmt: skip
