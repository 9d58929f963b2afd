"""Who was to hand in and did not, and who did though nobody knows that township: against the county's list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bangfu_excel.core.batch import Batch
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import pipeline as says
from bangfu_excel.core.spelling import nearest
from bangfu_excel.core.submitters import submitter_key, submitter_keys
from bangfu_excel.merge import Registry
from bangfu_excel.merge.state import State
from bangfu_excel.pipeline.settings import Settings

_NAMED = 10  # townships that one sentence names
_RELATED = 50  # cells that one finding stands for


def who_reported(batch: Batch, settings: Settings, registry: Registry | None) -> Iterator[Finding]:
    """One 提示 of the townships that neither these files nor what is registered for the period come from, and a 疑点 for
    each township of a file that is not on the list. Nothing where the county has no list.
    """
    expected = {submitter_key(name): name for name in settings.townships}
    if not expected:
        return
    there = {
        key for record in batch.files if record.status == "read" for key in _keys(record.submitter, *record.townships)
    }
    there |= reported(registry, batch.scheme, batch.period.text) if registry is not None else set()
    absent = [name for key, name in expected.items() if key not in there]
    if absent:
        named = "、".join(absent[:_NAMED]) + ("等" if len(absent) > _NAMED else "")
        yield says.NOT_HANDED_IN.finding(Place(""), period=batch.period.label, number=len(absent), names=named)
    yield from _unknown(batch, expected)


def _keys(*names: str) -> set[str]:
    return {submitter_key(name) for name in names if name}


def reported(registry: Registry, scheme: str, period: str) -> set[str]:
    """Who has handed in for a scheme and period, as `submitter_key`: by their names, by the townships of the rosters' rows, and
    those who have signed that there was nothing.
    """
    state = registry.state
    ours = [one for one in (*state.standing, *state.waiting) if (one.scheme, one.period) == (scheme, period)]
    units = {unit for one in ours for found in one.units.values() for unit in found if "|" in unit}
    nil = {submitter_key(name) for name in nothing_to_report(state, scheme, period)}
    return {one.submitter for one in ours} | {unit.partition("|")[0] for unit in units} | nil


def nothing_to_report(state: State, scheme: str, period: str) -> tuple[str, ...]:
    """The townships whose signed 零报告 for a scheme and period the office has recorded."""
    records = [record for entry in state.office if entry.kind == "nil" for record in entry.content["records"]]
    return tuple(one["township"] for one in records if (one["scheme"], one["period"]) == (scheme, period))


def _unknown(batch: Batch, expected: dict[str, str]) -> Iterator[Finding]:
    """One 疑点 a file and township, at its first cell; the table that is read first tells it."""
    told: set[tuple[str, str]] = set()
    for table, frame in batch.rows.frames.items():
        if "township" not in frame:
            continue
        stated = frame["township"].dropna()
        strange = stated[~submitter_keys(stated).isin(list(expected))]
        for (file, name), rows in strange.groupby([frame["_file"], strange], sort=False):
            if (file, name) in told:
                continue
            told.add((file, name))
            first, *others = rows.index.tolist()
            place = batch.rows.place(table, first, "township")
            related = tuple(batch.rows.cell(table, i, "township", seen_from=place) for i in others[:_RELATED])
            near = nearest(name, list(expected.values()))
            finding = says.NOT_EXPECTED.finding(place, township=f"“{name}”", hint=f"，是不是“{near}”" if near else "")
            yield replace(finding, related=related, count=len(rows))
