"""What a sheet says of itself above and below its table: when it was filled in, and by which unit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

import pandas as pd

from bangfu_excel.core.batch import Batch
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.kinds.written_date import Written, read_date
from bangfu_excel.core.messages import pipeline as says
from bangfu_excel.core.spelling import nearest
from bangfu_excel.core.submitters import submitter_key
from bangfu_excel.pipeline.settings import Settings

_EARLY = 366  # days before the period: a roster may stand for a year, what is older is last year's file
_LATE = 31  # days after it: a month is reported in the next
_ABOVE = re.compile(r"^.{2,12}?(?:镇|乡|街道|苏木)(?=.{2,})")
"""The township that a village or a school writes before its own name."""
_NAMES = (
    "unit",
    "township",
    "village",
    "helper_unit",
    "school",
    "inspected_unit",
    "owner_unit",
    "receiver_unit",
    "keeper",
    "managed_by",
    "filed_with",
)
"""Columns that name units, schools, villages and townships, and the offices above them, which hand in the lists of pairs."""


def how_signed(batch: Batch, settings: Settings, known: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """A 疑点 a sheet that was filled in far from the period, and one for a 填报单位 that no roster of units and no row names.

    Nobody asks for the unit where no roster of units is submitted or registered.
    """
    units = _units(batch, settings, known)
    told: set[tuple[str, str]] = set()
    for source in batch.rows.sources:
        if (source.file, source.sheet) in told:
            continue
        told.add((source.file, source.sheet))
        place = Place(source.file, source.sheet)
        written = source.metadata.get("填报时间", "")
        if written and _far(written, batch):
            yield says.SIGNED_ELSEWHEN.finding(place, written=written, period=batch.period.label)
        unit = source.metadata.get("填报单位", "")
        if unit and units and not {submitter_key(unit), submitter_key(_ABOVE.sub("", unit))} & units.keys():
            near = nearest(unit, units.values())
            yield says.SIGNED_BY_NOBODY.finding(place, unit=unit, hint=f"，是不是“{near}”" if near else "")


def _far(written: str, batch: Batch) -> bool:
    """Whether a date that can be read lies long before or after the period of the report."""
    found = read_date("".join(written.split()), batch.period.start.year, batch.period.start.year)
    if not isinstance(found, Written) or found.precision == "year":
        return False
    first, last = batch.period.start - dt.timedelta(_EARLY), max(batch.period.end, batch.as_of) + dt.timedelta(_LATE)
    return not first <= found.day <= last


def _units(batch: Batch, settings: Settings, known: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Matching form → name of everybody who may hand in; nobody where there is no roster of units."""
    frames = [*batch.rows.frames.values(), *known.values()]
    if "unit" not in batch.rows.frames and not len(known.get("unit", ())):
        return {}
    named = dict.fromkeys(settings.townships)
    for frame in frames:
        for column in _NAMES:
            if column in frame:
                named |= dict.fromkeys(frame[column].dropna().unique().tolist())
    return {submitter_key(str(name)): str(name) for name in named}
