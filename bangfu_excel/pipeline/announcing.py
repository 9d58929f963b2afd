"""What was announced stays: the tables that an assessment of a period reads, and its figures beside those of before."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from bangfu_excel.assess.facts import gather
from bangfu_excel.core.announced import Announced
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.core.submitters import SUBMISSION
from bangfu_excel.errors import UsageError
from bangfu_excel.merge import Registry, opened
from bangfu_excel.merge.announced import Span, held_against
from bangfu_excel.merge.explaining import explained
from bangfu_excel.merge.issuing import issue_before, issue_of, issued_tables, keeps_all, require_order
from bangfu_excel.merge.journal import Entry
from bangfu_excel.merge.office import renamed
from bangfu_excel.merge.state import State, state_of
from bangfu_excel.merge.submitted import submitted
from bangfu_excel.pipeline.objected import objected
from bangfu_excel.pipeline.settings import Settings, load_settings, make_spec

VISIT = "visit"
BESIDE = ("household", "pairing")
"""Rosters that announcements of before kept beside the logs; those of now keep every table of the plan and say so."""

AS_IT_IS = "注：本台账是台账库现在的数据；已印发的通报以印发时的数为准。"
"""What ledgers say of themselves once something was announced."""

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Basis:
    """The tables that an assessment reads (submissions among them), what they say beside what was announced before, those
    that are current, the batches that the tables are made of, oldest first, and outcome → objections about the period, as far as they
    are recorded now.
    """

    tables: Tables
    announced: Announced
    current: Tables
    batches: tuple[str, ...]
    objections: Mapping[str, int]


def issue(
    registry: Registry | str | Path,
    *,
    period: Period | str,
    scheme: str | Path = "default",
    profile: str | Path | None = None,
    as_of: dt.date | str | None = None,
) -> Announced:
    """The figures of a period are announced: from now on its assessment is what it is now, whatever comes later.

    The rows that it counts are kept; what comes, changes or goes later stands in the next one as 补报 and 核减. It can be
    undone under `batch`. `UsageError` where the period is not over by `as_of`, `RegistryError` where it is announced already, or
    a later one as long is.
    """
    settings = load_settings(make_spec(scheme, profile, as_of, period))
    spec = settings.spec
    if spec.period.end > spec.as_of:
        raise UsageError(f"{spec.period.label}到{spec.period.end}才结束，截止日期{spec.as_of}早于它，还不能印发")
    book = opened(registry)
    require_order(book.state.issues, settings.scheme.id, spec.period)
    batch = book.issue(spec.period, scheme=settings.scheme.id, as_of=spec.as_of, beside=tuple(settings.used))
    return replace(basis(book, settings).announced, batch=batch)


def basis(registry: Registry, settings: Settings) -> Basis:
    """What the assessment of the period is of: what was announced where it was, else what is current."""
    entries = registry.journal.entries()
    state = state_of(entries)
    current = registry.snapshot(settings.used.values())
    objections = Counter(one["outcome"] for one in objected(registry, state, settings.spec.period).values())
    own = issue_of(state.issues, settings.scheme.id, settings.spec.period)
    if own is not None:
        state = state_of(entry for entry in entries if entry.seq < own.seq)
    handed_in = {SUBMISSION: submitted(registry.submissions, state, settings.scheme.id)}
    if own is None:
        return Basis(
            current | handed_in, _announced(registry, settings, current, state), current, _batches(state), objections
        )
    tables = {**current, **_kept(registry, own, current)}
    announced = replace(_announced(registry, settings, tables, state), batch=own.batch, as_of=_day_of(own))
    return Basis(tables | handed_in, announced, current, _batches(state), objections)


def _batches(state: State) -> tuple[str, ...]:
    """Every batch of which something counts."""
    return tuple(sorted({one.batch for one in state.active} | {entry.batch for entry in state.office}))


def earlier_tables(registry: Registry, settings: Settings, period: Period, tables: Tables) -> Tables:
    """These tables as they were when an earlier period was announced; as they are where it was not, before this one was."""
    entries = registry.journal.entries()
    state = state_of(entries)
    if own := issue_of(state.issues, settings.scheme.id, settings.spec.period):
        state = state_of(entry for entry in entries if entry.seq < own.seq)
    then = issue_of(state.issues, settings.scheme.id, period)
    return tables if then is None else {**tables, **_kept(registry, then, tables)}


def _day_of(entry: Entry) -> dt.date | None:
    said = entry.content.get("as_of")
    return dt.date.fromisoformat(said) if said else None


def _kept(registry: Registry, own: Entry, current: Tables) -> Tables:
    """The tables that an announcement kept; one of before kept the period's visits alone, and what precedes is as it is now."""
    kept = issued_tables(registry.path / "issued", own)
    if keeps_all(own):
        beside = own.content.get("beside", BESIDE)
        empty = {name: current[name].iloc[:0] for name in (VISIT, *beside) if name in current}
        return {**empty, **kept}
    if VISIT not in kept or VISIT not in current:
        return kept
    earlier = current[VISIT]["visited_on"] < pd.Timestamp(Period.parse(own.content["period"]).start)
    return {**kept, VISIT: pd.concat([current[VISIT][earlier], kept[VISIT]], ignore_index=True)}


def _announced(registry: Registry, settings: Settings, tables: Tables, state: State) -> Announced:
    """The figures of the period, of these tables, beside the announcement before it that was in force in `state`."""
    spec, scheme = settings.spec, settings.scheme
    before = issue_before(state.issues, scheme.id, spec.period)
    since = max(dt.date(spec.period.start.year, 1, 1), scheme.start or dt.date.min)
    until = min(spec.period.end, spec.as_of, scheme.end or dt.date.max)
    told = Period.parse(before.content["period"]).end if before else None
    counting = _visits(tables, scheme)
    issued = counting.iloc[:0]
    if before:
        then = {**tables, **_kept(registry, before, tables)}
        then[VISIT] = renamed(registry.submissions, state, then[VISIT], VISIT)
        issued = _visits(then, scheme)
    held = held_against(counting, issued, Span(since, max(since, spec.period.start), until, told))
    rows = explained(held, state, VISIT, registry.submissions)
    return Announced(spec.period, "", before.content["period"] if before else "", held.balance, rows)


def _visits(tables: Mapping[str, pd.DataFrame], scheme: Scheme) -> pd.DataFrame:
    """The visits of which the day (or month) is known, one row a record, with `township`: where the assessment counts them."""
    facts = gather(tables, scheme.default_mode)
    records = facts.visits.drop_duplicates("record")
    rows = tables.get(VISIT, pd.DataFrame()).reset_index(drop=True)
    rows = rows.take(records["record"].to_numpy()).reset_index(drop=True)
    town = pd.Series([facts.townships[number] for number in records["town"]], index=rows.index, dtype="str")
    known = records["day"].to_numpy(dtype=bool) & records["date"].notna().to_numpy()
    return rows.assign(township=town, visited_on=records["date"].to_numpy())[known].reset_index(drop=True)
