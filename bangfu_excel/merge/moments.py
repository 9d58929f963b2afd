"""The registry as it was: what was known on a day, or had been said up to a batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

from bangfu_excel.errors import RegistryError
from bangfu_excel.merge.journal import Entry

Moment = dt.date | str
"""A day (the date, or written 2024-06-30), at its end; or a batch, right after it."""


def entries_at(entries: Sequence[Entry], moment: Moment) -> tuple[Entry, ...]:
    """The entries that had been made at `moment`; `RegistryError` where it names a batch that is not there.

    On a day: what was received on it or before. An entry without a day counts always; an event with a later date has not
    happened yet, though it may have been told. At a batch: it and what stands before it in the journal.
    """
    day = day_of(moment)
    if day is not None:
        return tuple(_without_later_events(entry, day) for entry in entries if _received(entry) <= day.isoformat())
    last = next((entry.seq for entry in entries if moment in (_own_batch(entry), entry.content.get("id"))), None)
    if last is None:
        raise RegistryError(
            f"“{moment}”既不是日期（写成 2024-06-30），也不是台账库里的批次，用 bangfu batches 可以看到全部批次"
        )
    return tuple(entry for entry in entries if entry.seq <= last)


def day_of(moment: Moment) -> dt.date | None:
    """The day that is meant; None where it is a batch."""
    if not isinstance(moment, str):
        return moment
    with suppress(ValueError):
        return dt.date.fromisoformat(moment.strip())
    return None


def _received(entry: Entry) -> str:
    return str(entry.content.get("received", ""))


def _own_batch(entry: Entry) -> str:
    """The batch that the entry made; "" of an act that turns another."""
    return "" if entry.kind in ("withdraw", "restore") else entry.batch


def _without_later_events(entry: Entry, day: dt.date) -> Entry:
    if entry.kind != "event":
        return entry
    happened = [record for record in entry.content["records"] if str(record.get("date", "")) <= day.isoformat()]
    return Entry(entry.seq, entry.kind, {**entry.content, "records": happened})
