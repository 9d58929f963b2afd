"""What the county office itself says, from its workbook into the registry: corrections and events, all of them or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bangfu_excel.errors import RegistryError, UsageError
from bangfu_excel.merge import Registry, opened
from bangfu_excel.merge.recording import Record
from bangfu_excel.pipeline.corrections import correction_records
from bangfu_excel.pipeline.handed_in import refuse
from bangfu_excel.pipeline.happenings import event_records
from bangfu_excel.pipeline.office_book import Line, read_lines
from bangfu_excel.pipeline.registered_rows import RegisteredRows
from bangfu_excel.pipeline.settings import Settings, load_settings, make_spec
from bangfu_excel.write import correction_book as book


@dataclass(frozen=True)
class Corrected:
    """What a 更正单 brought in.

    batches: ids of the entries, each of which can be undone (none where everything was known) · corrections, events: lines
    that were new · known: lines that an entry in force has said already.
    """

    batches: tuple[str, ...]
    corrections: int
    events: int
    known: int


def correct(
    file: str | Path,
    registry: Registry | str | Path,
    *,
    scheme: str | Path = "default",
    profile: str | Path | None = None,
    received: dt.date | str | None = None,
) -> Corrected:
    """Take a filled-in 更正单.xlsx (in whatever format it was saved) into the registry: corrected values, and what happened.

    received: the day on which it was given to the program; today where it is not given. All lines count or none: `UsageError`
    names the cells that have to be put right. A line that was taken before is passed over, so the same workbook again does
    nothing. The entries can be undone (`Registry.undo`).
    """
    path = Path(file)
    store = opened(registry)
    settings = load_settings(make_spec(scheme, profile, received, None))
    lines = read_lines(path)
    if not lines:
        raise UsageError(f"“{path.name}”里一行也没有填，请在“{book.CORRECTIONS}”或“{book.EVENTS}”表里填好再运行")
    said = {str(record.get("line", "")) for entry in store.state.office for record in entry.content["records"]}
    new = [line for line in lines if line.digest not in said]
    corrections, events = _records(path.name, new, RegisteredRows(store, settings.tables), settings)
    batches = _recorded(store, path.name, corrections, events, settings.spec.as_of)
    return Corrected(batches, len(corrections), len(events), len(lines) - len(new))


def _recorded(
    store: Registry, file: str, corrections: Sequence[Record], events: Sequence[Record], day: dt.date
) -> tuple[str, ...]:
    """The ids of the entries. Where the registry refuses the second, the first is taken back."""
    first = store.record("correct", corrections, received=day, file=file) if corrections else ""
    try:
        second = store.record("event", events, received=day, file=file) if events else ""
    except RegistryError as error:
        if first:
            store.undo(first, received=day)
        raise UsageError(
            f"“{file}”里更正和变动合在一起办不了，一处也没有记：{error}；可以先只留更正，记好以后再登记变动"
        ) from error
    return tuple(filter(None, (first, second)))


def _records(
    file: str, lines: Sequence[Line], registered: RegisteredRows, settings: Settings
) -> tuple[list[Record], list[Record]]:
    """The records of both sheets, found right before anything is written."""
    of = {form: [line for line in lines if line.form == form] for form in (book.CORRECTIONS, book.EVENTS)}
    corrections, wrong = correction_records(of[book.CORRECTIONS], registered, settings)
    events, also = event_records(of[book.EVENTS], registered, settings)
    refuse(file, [*wrong, *also, *_repeated(lines)], "一处也没有记")
    return corrections, events


def _repeated(lines: Sequence[Line]) -> list[str]:
    """Lines of events that say the same as an earlier one."""
    first: dict[str, Line] = {}
    mistakes = []
    for line in lines:
        earlier = first.setdefault(line.digest, line)
        if earlier is not line and line.form == book.EVENTS:
            mistakes.append(f"{line.place(book.KIND)}和第{earlier.row}行写的一样，请只留一行")
    return mistakes
