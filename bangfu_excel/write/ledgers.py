"""Ledgers (台账) for the county and for each township: 帮扶对象, 结对帮扶, 走访."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from bangfu_excel.core.finding import Findings
from bangfu_excel.core.period import Period
from bangfu_excel.core.table import Table
from bangfu_excel.write.layout import Sheet, chinese_date, write_book
from bangfu_excel.write.ledger_columns import HOUSEHOLDS, MEMBERS, PAIRINGS, VISITS, Plan, ledger_columns
from bangfu_excel.write.ledger_rows import AREA, Exposure, LedgerRows
from bangfu_excel.write.names import file_name
from bangfu_excel.write.pending import pending_rows, pending_sheet
from bangfu_excel.write.sources_sheet import sources_sheet

COUNTY = "全县"
HOUSEHOLD_LEDGER, PAIRING_LEDGER, VISIT_LEDGER = "帮扶对象台账", "结对帮扶台账", "走访台账"
_NOTHING = Findings()
LEDGERS = (HOUSEHOLD_LEDGER, PAIRING_LEDGER, VISIT_LEDGER)


@dataclass(frozen=True)
class LedgerJob:
    """One ledger workbook to be written: plain values, so that any process can do it."""

    path: Path
    title: str
    as_of: dt.date
    sheets: tuple[Sheet, ...] = field(compare=False)

    @property
    def size(self) -> int:
        """Cells to write: the largest job is best begun first."""
        return sum(len(sheet.rows) * len(sheet.columns) for sheet in self.sheets)


@dataclass(frozen=True)
class Occasion:
    """What every page says of its making."""

    scheme_title: str
    period: Period
    as_of: dt.date
    batch_id: str = ""
    county: str = ""  # its name, for titles; files and folders are named 全县
    remark: str = ""  # under every table

    def shown(self, area: str) -> str:
        return self.county or area if area == COUNTY else area

    def lead(self, area: str) -> tuple[str, ...]:
        return (
            f"填报单位：{self.shown(area)}",
            f"统计期：{self.period.label}",
            f"截止日期：{chinese_date(self.as_of)}",
        )

    @property
    def footer(self) -> str:
        batch = f"　批次 {self.batch_id}" if self.batch_id else ""
        return f"{self.scheme_title}　{self.period.label}{batch}"


def write_job(job: LedgerJob) -> Path:
    """The ledger of `job`, written."""
    return write_book(job.path, job.sheets, as_of=job.as_of, title=job.title)


def write_ledgers(
    tables: Mapping[str, pd.DataFrame], declared: Mapping[str, Table], out: Path, occasion: Occasion, **more: object
) -> tuple[Path, ...]:
    """All ledgers written below `out`/台账, one after the other; `more` as for `ledger_jobs`."""
    return tuple(write_job(job) for job in ledger_jobs(tables, declared, out, occasion, **more))  # type: ignore[arg-type]


def ledger_jobs(
    tables: Mapping[str, pd.DataFrame],
    declared: Mapping[str, Table],
    out: Path,
    occasion: Occasion,
    *,
    findings: Findings = _NOTHING,
    returned: Mapping[str, pd.DataFrame] | None = None,
    townships: Mapping[str, tuple[str, ...]] | None = None,
    ledgers: Sequence[str] = LEDGERS,
    areas: Sequence[str] | None = None,
    exposure: Exposure = Exposure.FULL,
) -> tuple[LedgerJob, ...]:
    """The ledgers to be written below `out`/台账, largest first: 全县/…xlsx and <township>/…xlsx.

    tables, returned: accepted and returned rows as `Batch` and `Registry.current` give them · findings, townships
    (file → townships): for the sheet 待更正 · areas: only these (全县 or townships). A row whose township is not
    established stands in the county's ledger only.
    """
    frames = LedgerRows(tables, declared, occasion.period.end).frames(exposure)
    # what waits for correction shows values as they were written: not for the public
    internal = exposure is Exposure.FULL
    waiting = pending_rows(findings, frames, returned or {}, declared, townships or {}) if internal else None
    wanted = tuple(areas) if areas is not None else (COUNTY, *_townships(frames))
    jobs = [
        LedgerJob(
            out / "台账" / file_name(area) / f"{name}_{file_name(area)}_{occasion.period.text}.xlsx",
            f"{area}{name}",
            occasion.as_of,
            _MAKERS[name](_Area(area, frames, waiting, declared, occasion)),
        )
        for area in wanted
        for name in ledgers
        if _TABLE_OF[name] in frames
    ]
    return tuple(sorted(jobs, key=lambda job: -job.size))


def _townships(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """Townships in the order of the households, then of the other tables."""
    found = [frame[AREA].dropna().unique().tolist() for frame in frames.values() if AREA in frame]
    return [name for name in dict.fromkeys(name for names in found for name in names) if name]


@dataclass(frozen=True)
class _Area:
    """What one area's ledgers are made of."""

    area: str
    frames: Mapping[str, pd.DataFrame]
    waiting: pd.DataFrame | None
    declared: Mapping[str, Table]
    occasion: Occasion

    @property
    def is_county(self) -> bool:
        return self.area == COUNTY

    def own(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows if self.is_county else rows[rows[AREA] == self.area].reset_index(drop=True)

    def sheet(self, plan: Plan, name: str, title: str = "") -> Sheet:
        rows = self.own(self.frames[plan.table])
        whole = self.frames[plan.table]
        columns = ledger_columns(plan, self.declared[plan.table], whole, one_township=not self.is_county)
        needed = dict.fromkeys(
            name for c in columns for name in (c.source, c.precision, c.approx, c.withheld) if name in rows
        )
        return Sheet(
            name, f"{self.occasion.shown(self.area)}{title or name}", columns, rows[list(needed)], lead=self.lead(rows),
            frozen=plan.frozen - (not self.is_county), total=True, footer=self.occasion.footer, remark=self.occasion.remark,
        )  # fmt: skip

    def lead(self, rows: pd.DataFrame) -> tuple[str, ...]:
        """Of visits the days they were made on: what is registered may begin before the period."""
        unit, period, day = self.occasion.lead(self.area)
        days = rows["visited_on"].dropna() if "visited_on" in rows else rows.index[:0]
        if len(days):
            period = f"走访日期：{chinese_date(days.min())}至{chinese_date(days.max())}"
        return unit, period, day

    def pending(self, *tables: str) -> tuple[Sheet, ...]:
        if self.waiting is None:
            return ()
        labels = [self.declared[name].label for name in tables if name in self.declared] + [""]
        rows = self.own(self.waiting[self.waiting["table"].isin(labels)])
        return (
            pending_sheet(rows, self.occasion.shown(self.area), self.occasion.lead(self.area), self.occasion.footer),
        )

    def sources(self, listed: Mapping[str, str]) -> tuple[Sheet, ...]:
        """数据来源 of the rows of these sheets (name → table), where it is asked for."""
        rows = {name: self.own(self.frames[table]) for name, table in listed.items() if table in self.frames}
        title = f"{self.occasion.shown(self.area)}{next(iter(listed))}"
        return sources_sheet(rows, title, self.occasion.lead(self.area), self.occasion.footer)


def _households(area: _Area) -> tuple[Sheet, ...]:
    members = (area.sheet(MEMBERS, "家庭成员", "帮扶对象家庭成员台账"),) if "member" in area.frames else ()
    listed = {HOUSEHOLD_LEDGER: "household", "家庭成员": "member"}
    own = (area.sheet(HOUSEHOLDS, HOUSEHOLD_LEDGER), *members)
    return (*own, *area.pending("household", "member"), *area.sources(listed))


def _pairings(area: _Area) -> tuple[Sheet, ...]:
    return (area.sheet(PAIRINGS, PAIRING_LEDGER), *area.pending("pairing"), *area.sources({PAIRING_LEDGER: "pairing"}))


def _visits(area: _Area) -> tuple[Sheet, ...]:
    return (area.sheet(VISITS, VISIT_LEDGER), *area.pending("visit"), *area.sources({VISIT_LEDGER: "visit"}))


_MAKERS: Mapping[str, Callable[[_Area], tuple[Sheet, ...]]] = {
    HOUSEHOLD_LEDGER: _households, PAIRING_LEDGER: _pairings, VISIT_LEDGER: _visits,
}  # fmt: skip
_TABLE_OF = {HOUSEHOLD_LEDGER: "household", PAIRING_LEDGER: "pairing", VISIT_LEDGER: "visit"}
