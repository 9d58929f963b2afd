"""Ledgers (台账) as they are declared, for the county and for each smaller area; and those that anybody may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from bangfu_excel.core.finding import Findings
from bangfu_excel.core.ledger import Ledger
from bangfu_excel.core.scheme import AreaLevel
from bangfu_excel.write.layout import Page, write_book
from bangfu_excel.write.ledger_areas import Area, areas_of, positions, with_areas
from bangfu_excel.write.ledger_rows import TOWNSHIP, LedgerRows
from bangfu_excel.write.ledger_sheets import AreaSheets, prepared
from bangfu_excel.write.occasion import Occasion
from bangfu_excel.write.pending import pending_rows, pending_sheet
from bangfu_excel.write.sources_sheet import sources_sheet

FOLDER, PUBLIC = "台账", "公开"
_NOTHING = Findings()
LEVELS: tuple[AreaLevel, ...] = ("county", "township")


@dataclass(frozen=True)
class LedgerJob:
    """One ledger workbook to be written: plain values, so that any process can do it.

    ledger, area: whose it is · public: as anybody may see it.
    """

    path: Path
    title: str
    as_of: dt.date
    sheets: tuple[Page, ...] = field(compare=False)
    ledger: Ledger
    area: Area
    public: bool = False

    @property
    def size(self) -> int:
        """Cells to write: the largest job is best begun first."""
        return sum(sheet.cells for sheet in self.sheets)


def write_job(job: LedgerJob) -> Path:
    """The ledger of `job`, written."""
    return write_book(job.path, job.sheets, as_of=job.as_of, title=job.title)


def write_ledgers(
    ledgers: Iterable[Ledger], rows: LedgerRows, out: Path, occasion: Occasion, **more: object
) -> tuple[Path, ...]:
    """All ledgers written below `out`/台账, one after the other; `more` as for `ledger_jobs`."""
    return tuple(write_job(job) for job in ledger_jobs(ledgers, rows, out, occasion, **more))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Waiting:
    """What waits for correction: findings, returned rows by table, and the townships of each file."""

    findings: Findings = _NOTHING
    returned: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    townships: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def rows(self, ledgers: LedgerRows, tables: Iterable[str]) -> pd.DataFrame:
        frames = {name: ledgers.base(name).assign(_area=lambda rows: rows[TOWNSHIP]) for name in tables}
        return pending_rows(self.findings, frames, self.returned, ledgers.terms.tables, self.townships)


def ledger_jobs(
    ledgers: Iterable[Ledger],
    rows: LedgerRows,
    out: Path,
    occasion: Occasion,
    *,
    waiting: Waiting | None = None,
    levels: Sequence[AreaLevel] = LEVELS,
    areas: Sequence[str] | None = None,
) -> tuple[LedgerJob, ...]:
    """The ledgers to be written below `out`/台账, largest first: 全县/…xlsx, <township>/…xlsx and 公开/<the same>.

    A ledger whose first table is not among the rows is left out, and so are its sheets of such tables, or whose condition no
    row meets. An area gets those in which it has a record or something that waits, a township also those in which others have and
    that are about people: that nothing was done there is to be seen. areas: only those of these names. A row whose township is not
    established stands in the county's ledger only.
    """
    held = [one for ledger in ledgers if (one := ledger.of_tables(rows.tables)) is not None]
    tables = dict.fromkeys(sheet.table for ledger in held for sheet in ledger.sheets)
    whose = [positions(with_areas(rows, name, rows.base(name), levels), levels) for name in tables]
    found = [area for area in areas_of(whose, levels) if areas is None or area.name in areas]
    pending = (waiting or Waiting()).rows(rows, tables)
    jobs: list[LedgerJob] = []
    for ledger in held:
        if (ready := prepared(ledger, rows, levels)) is not None:
            for area in found:
                jobs += _jobs(AreaSheets(ready, rows.terms, area, occasion), pending, out)
    return tuple(sorted(jobs, key=lambda job: -job.size))


def _jobs(made: AreaSheets, pending: pd.DataFrame, out: Path) -> Iterator[LedgerJob]:
    """The workbook of one area, and the public one; none where the area has nothing to show."""
    ledger, waits = made.ready.ledger, _waiting(made, pending)
    if not (made.holds_something or made.is_expected or (waits is not None and len(waits))):
        return
    yield _job(made, (*made.sheets(), *_further(made, pending, waits)), out / FOLDER)
    if ledger.public:
        shown = replace(made, public=True)
        yield _job(shown, shown.sheets(), out / FOLDER / PUBLIC)


def _job(made: AreaSheets, sheets: tuple[Page, ...], out: Path) -> LedgerJob:
    title = f"{made.ready.ledger.title}（公开）" if made.public else made.ready.ledger.title
    occasion, area = made.occasion, made.area
    path = out / area.folder / occasion.file(title, area.name)
    return LedgerJob(path, f"{area.name}{title}", occasion.as_of, sheets, made.ready.ledger, area, made.public)


def _waiting(made: AreaSheets, pending: pd.DataFrame) -> pd.DataFrame | None:
    """What waits of the ledger's tables; None below the townships, which is who corrects."""
    if made.area.level not in LEVELS:
        return None
    labels = {made.terms.tables[name].label for name in made.tables}
    own = pending[pending["table"].isin(labels)]
    return own if made.area.level == "county" else own[own["_area"] == made.area.name]


def _further(made: AreaSheets, pending: pd.DataFrame, waits: pd.DataFrame | None) -> Iterator[Page]:
    occasion, area = made.occasion, made.area
    if waits is not None:
        of_sheets = pending[pending["table"] == ""]  # a whole sheet or file: of which table nobody knows
        if area.level != "county":
            of_sheets = of_sheets[of_sheets["_area"] == area.name]
        listed = pd.concat([waits, of_sheets]).sort_index().reset_index(drop=True)
        yield pending_sheet(listed, occasion.shown(area.name), occasion.lead(area.name), occasion.footer)
    title = f"{occasion.shown(area.name)}{made.ready.ledger.title}"
    yield from sources_sheet(made.listed(), title, occasion.lead(area.name), occasion.footer)
