"""Why a record that was announced counts no longer, and how one came that was not: as far as the journal can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from bangfu_excel.core.announced import DIFFERENCE_COLUMNS, SUPPLEMENT, no_differences
from bangfu_excel.merge.announced import TWICE, Held, differences
from bangfu_excel.merge.events import JOIN, events
from bangfu_excel.merge.located import Cells
from bangfu_excel.merge.state import Registered, State, registered_by

_SAME_VISIT = ["_recipient", "_helper", "month"]


@dataclass(frozen=True)
class Cause:
    """The batch and the day (ISO, "" unknown) that a difference came with, and why, in words."""

    batch: str
    received: str
    reason: str


@dataclass(frozen=True)
class _Journal:
    """The state that the differences are of, quick to ask."""

    state: State
    table: str

    @cached_property
    def brought(self) -> Mapping[tuple[str, str], Registered]:
        """(id, batch) → submission."""
        found = (one for entry in self.state.imports for one in registered_by(entry))
        return {(one.id, one.batch): one for one in found}

    @cached_property
    def corrected(self) -> Mapping[str, tuple[Any, Mapping[str, Any]]]:
        """Key → the office's entry and record that corrected or removed the record, the last."""
        return {
            str(record["key"]): (entry, record)
            for entry in self.state.office
            if entry.kind == "correct"
            for record in entry.content["records"]
            if record.get("table") == self.table
        }

    def taker(self, one: Registered, unit: str) -> Registered | None:
        """The later submission of the same submitter that covers a unit of this one; the last of them."""
        later = (
            other
            for other in reversed(self.state.standing)
            if other.seq > one.seq and (other.submitter, other.scheme) == (one.submitter, one.scheme)
        )
        return next((other for other in later if unit in other.covers.get(self.table, ())), None)


def explained(held: Held, state: State, table: str, folder: Path) -> pd.DataFrame:
    """`DIFFERENCE_COLUMNS` of every 补报 and 核减. folder: of the submissions, which say in which cell the date stands."""
    rows = differences(held)
    if rows.empty:
        return no_differences()
    journal, elsewhere = _Journal(state, table), _elsewhere(held)
    causes = [_cause(row, journal, elsewhere) for row in rows.to_dict("records")]
    stated = rows.reindex(columns=["household_id", "head_name", "visitors"])
    found = rows.assign(
        **stated,
        key=rows["_key"],
        file=rows["_file"],
        sheet=rows["_sheet"],
        row=rows["_row"],
        cell=list(_cells(rows, folder, table)),
        batch=[cause.batch for cause in causes],
        received=pd.to_datetime([cause.received or None for cause in causes]),
        reason=[cause.reason for cause in causes],
    )
    return found[list(DIFFERENCE_COLUMNS)].astype(dict(no_differences().dtypes))


def _elsewhere(held: Held) -> Mapping[tuple[str, str], str]:
    """(kind, key) → what became of a record that is on both sides: another township, another day of its month."""
    sides = held.come.merge(held.gone, on="_key", suffixes=("", "_old"))
    found = {}
    for key, now, before in zip(sides["_key"], sides["township"], sides["township_old"], strict=True):
        found[SUPPLEMENT, key] = f"原计在{before}，现属{now}"
        found["", key] = f"现属{now}，改在{now}统计"
    come, gone = (_alone(rows) for rows in (held.come, held.gone))
    pairs = come.merge(gone, on=_SAME_VISIT, suffixes=("", "_old"))
    days = (pairs[name].dt.strftime("%Y-%m-%d") for name in ("visited_on", "visited_on_old"))
    for key, old, now, before in zip(pairs["_key"], pairs["_key_old"], *days, strict=True):
        if key != old:
            found[SUPPLEMENT, key] = found["", old] = f"走访时间由{before}改为{now}"
    return found


def _alone(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that are the only ones of their household, helper and month."""
    named = rows.reindex(columns=["_key", "_recipient", "_helper", "visited_on"]).dropna()
    return named.assign(month=named["visited_on"].dt.strftime("%Y-%m")).drop_duplicates(_SAME_VISIT, keep=False)


def _cause(row: Mapping[Any, Any], journal: _Journal, elsewhere: Mapping[tuple[str, str], str]) -> Cause:
    comes = row["kind"] == SUPPLEMENT
    told = elsewhere.get((SUPPLEMENT if comes else "", row["_key"]))
    one = journal.brought.get((row["_submission"], row["_batch"]))
    cause = _came(row, one, journal) if comes else _went(row, one, journal)
    return Cause(cause.batch, cause.received, told) if told else cause


def _came(row: Mapping[Any, Any], one: Registered | None, journal: _Journal) -> Cause:
    if row["_key"] in journal.corrected:
        return _corrected(row["_key"], journal)
    batch, received = (one.batch, one.received) if one else (str(row["_batch"]), "")
    if row.get("_adds") is True:
        return Cause(batch, received, "标明是补报")
    held = one is not None and one.held
    return Cause(batch, received, "重报的文件里新增，已经县办确认" if held else "通报印发后才计入")


def _went(row: Mapping[Any, Any], one: Registered | None, journal: _Journal) -> Cause:
    if row.get(TWICE) is True:
        return _joined(row["_key"], journal)
    if row["_key"] in journal.corrected:
        return _corrected(row["_key"], journal)
    if one is None:
        return Cause("", "", "已不在台账库的有效记录里")
    unit = str(row["_unit"])
    standing = journal.state.standing_of(one, journal.table, unit)
    if standing == "withdrawn":
        return Cause(one.batch, "", f"报来它的批次{one.batch}已撤回")
    if standing == "superseded" and (taker := journal.taker(one, unit)):
        said = "，已经县办确认" if taker.held else ""
        return Cause(taker.batch, taker.received, f"同一单位重报的“{taker.file}”里没有这一次{said}")
    if standing in ("replaced", "held"):
        return Cause(one.batch, "", "报来它的文件重新入库后没有这一次")
    return Cause("", "", "已不在台账库的有效记录里")


def _joined(key: str, journal: _Journal) -> Cause:
    """Why two records are one: the last join into the household that the key of now begins with."""
    joins = [
        entry
        for entry, said in events(journal.state.office)
        if said["event"] == JOIN and key.startswith(f"{said['into']}|")
    ]
    last = (joins[-1].batch, str(joins[-1].content.get("received", ""))) if joins else ("", "")
    return Cause(*last, "两户已经并户，同一天的走访只计一次")


def _corrected(key: str, journal: _Journal) -> Cause:
    entry, record = journal.corrected[key]
    by = "，".join(str(record[name]) for name in ("source", "told_by") if record.get(name))
    verb = "更正" if record.get("field") else "更正删除"
    return Cause(entry.batch, str(entry.content.get("received", "")), f"县办{verb}{f'（{by}）' if by else ''}")


def _cells(rows: pd.DataFrame, folder: Path, table: str) -> Iterator[str]:
    """The cell of the date of each row; "" where it had no column of its own, or no submission states the row."""
    cells = Cells(folder)
    for submission, region, number in zip(rows["_submission"], rows["_region"], rows["_row"], strict=True):
        where = {"submission": submission, "region": region, "row": number}
        yield cells.place(where, table, "visited_on").cell if submission else ""
