"""What a file that came says against the office: the old value of a correction, a record that was removed, something else still."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.masking import Disclosure
from bangfu_excel.core.message import Message
from bangfu_excel.core.messages import merge as says
from bangfu_excel.merge.amending import stated, text_of
from bangfu_excel.merge.current import stated_rows
from bangfu_excel.merge.draft import Amended
from bangfu_excel.merge.events import EVENTS, Said
from bangfu_excel.merge.located import Cells
from bangfu_excel.merge.office import amendments
from bangfu_excel.merge.state import State

EACH = 3
"""Up to so many cells of a file of which the same is to be said are told one by one; more, in one sentence."""


class _Case(NamedTuple):
    """A row (position) and field that speak against the office, in which way, what it says and what stands."""

    message: Message
    at: int
    field: str
    said: Said
    written: str
    stands: str


def contradictions(
    folder: Path, state: State, submissions: Sequence[str], before: int, disclosed: Disclosure
) -> Iterator[Finding]:
    """Findings on the rows of these submissions that contradict what entries with a number below `before` have said.

    state: the one in which they count · disclosed: how far they may quote values.
    """
    if not any(entry.kind in ("correct", "event") and entry.seq < before for entry in state.office):
        return
    cells = Cells(folder)
    for table in state.tables:
        rows = stated_rows(folder, state, table)
        rows = rows[among(rows["_submission"], submissions)].reset_index(drop=True)
        found = amendments(folder, state, rows, table) if len(rows) else None
        if found is None:
            continue
        told: dict[tuple[str, ...], list[tuple[_Case, Place]]] = defaultdict(list)
        for case in sorted(_cases(found, rows), key=lambda case: (case.at, case.field)):
            if case.said.seq < before:
                where = {"submission": rows["_submission"].iat[case.at], "region": rows["_region"].iat[case.at], "row": rows["_row"].iat[case.at]}  # fmt: skip
                place = cells.place(where, table, case.field)
                written, stands = disclosed.told_apart((case.written, case.stands), table, case.field)
                shown = case._replace(written=written, stands=stands)
                told[shown.message.code, place.file, shown.field, *_words(shown).values()].append((shown, place))
        for group in told.values():
            yield from _findings(group)


def _cases(found: Amended, rows: pd.DataFrame) -> Iterator[_Case]:
    last = {(at, one.field): one.said for one in found.touched for at in one.positions if at < len(rows)}
    for (at, field), said in last.items():
        written, stands = (text_of(*stated(frame, at, field)) for frame in (rows, found.all_rows))
        if at not in found.gone and written != stands and (written or said.kind == "helper"):
            yield _Case(says.CORRECTED_BEFORE, at, field, said, written, stands)
    for at, removal in found.gone.items():
        if at < len(rows):
            stands = "并入别的户" if removal.into else "删除"
            yield _Case(says.REMOVED_BEFORE, at, "", removal.said, "", stands)
    for at, change in found.differing:
        written = text_of(*stated(rows, at, change.field)) if at < len(rows) else ""
        if at not in found.gone and written and change.said.kind == "correct":
            stands = text_of(change.new, change.precision)
            yield _Case(says.OTHERWISE_THAN_CORRECTED, at, change.field, change.said, written, stands)


def _findings(group: Sequence[tuple[_Case, Place]]) -> Iterator[Finding]:
    if len(group) <= EACH:
        for case, place in group:
            yield case.message.finding(place, many="", **_words(case))
        return
    case, first = group[0]
    related = dict.fromkeys(_beside(place, first) for _, place in group[1:])
    yield case.message.finding(
        first, related=tuple(related), count=len(group), many=f"等{len(group)}处", **_words(case)
    )


def _words(case: _Case) -> dict[str, Any]:
    act = EVENTS.get(case.said.kind)
    return {
        "act": f"登记了“{act}”" if act else "更正过",
        "day": case.said.received,
        "written": case.written or "空白",
        "stands": case.stands or "空白",
    }


def _beside(place: Place, first: Place) -> str:
    cell = place.cell or f"A{place.row}"
    return cell if place.sheet == first.sheet else f"{place.sheet}!{cell}"
