"""What changed in the registry between two states: one line a record that came or went, and one a value that changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge.changes import differing, value_text
from bangfu_excel.merge.events import MEMBER
from bangfu_excel.merge.former_heads import concerned, is_he, successions
from bangfu_excel.merge.happenings import event_lines, new_office
from bangfu_excel.merge.journal import Entry
from bangfu_excel.merge.leaving import UNSAID, last_said, reasons
from bangfu_excel.merge.matching import Sides, sides_of
from bangfu_excel.merge.moments import Moment, day_of, entries_at
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.said import Office
from bangfu_excel.merge.sources import from_elsewhere, with_sources
from bangfu_excel.merge.state import State
from bangfu_excel.merge.succeeding import SINCE, UNTIL
from bangfu_excel.merge.units import months_among

LOG_COLUMNS = (
    "table", "key", "former", "kind", "field", "before", "after", "reason", "batch", "received", "file", "sheet", "cell",
)  # fmt: skip
CAME, CHANGED, WENT, REPLACED = "新增", "变更", "减少", "更换帮扶人"
KEY = "_key"
"""The field of a line that says that a record has another key now."""

_HOUSEHOLD = "household"
_ORIGIN = ("_submission", "_region", "_row", "_file", "_sheet", "_batch")
_CELL = "_cell"  # of what the office says
_LINE = ("table", "key", "former", "kind", "field", "before", "after", "reason", *_ORIGIN, _CELL)


@dataclass(frozen=True, repr=False)
class ChangeLog:
    """lines: `LOG_COLUMNS` (`Registry.changes` explains them) · sides: table → its rows before and after, where they differ."""

    lines: pd.DataFrame
    sides: Mapping[str, Sides]


def between(
    entries: Sequence[Entry], since: Moment | None, until: Moment | None
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The entries at two moments (none at the beginning, all by now); `RegistryError` where the first is later than the second."""
    first = entries_at(entries, since) if since is not None else ()
    last = entries_at(entries, until) if until is not None else tuple(entries)
    if since is not None and until is not None:
        days = day_of(since), day_of(until)
        if (days[0] and days[1] and days[0] > days[1]) or (not any(days) and len(first) > len(last)):
            raise RegistryError(f"“{since}”在“{until}”之后，请把前后两个时点对调")
    return first, last


def change_log(folder: Path, since: State, until: State) -> ChangeLog:
    """What is different at `until` from what was at `since`; tables in alphabetical order, within them by kind."""
    told = _Telling(folder, since, until, sides_of(folder, since, until))
    parts = [_nothing()]
    for side in told.sides.values():
        parts += [*_replaced(side, told.said), *_came(side, told.office), _changed(side, told.said), *told.went(side)]
    parts.append(_happened(event_lines(told.office, told.renames, _names(told.homes))))
    lines = pd.concat(parts, ignore_index=True)
    return ChangeLog(with_sources(lines, folder, since, until)[list(LOG_COLUMNS)], told.sides)


@dataclass(frozen=True)
class _Telling:
    """Two states, and what stands between them."""

    folder: Path
    since: State
    until: State
    sides: dict[str, Sides]

    @cached_property
    def office(self) -> tuple[Entry, ...]:
        return new_office(self.since, self.until)

    @cached_property
    def renames(self) -> Renames:
        return Renames.of(self.folder, self.until)

    @cached_property
    def said(self) -> Office:
        return Office.of(self.office, self.until, self.renames)

    @property
    def homes(self) -> Sides | None:
        return self.sides.get(_HOUSEHOLD)

    @cached_property
    def gone(self) -> frozenset[str]:
        """Keys of the households that are there no longer."""
        return frozenset(self.homes.was["_key"].take(self.homes.gone)) if self.homes else frozenset()

    def went(self, side: Sides) -> list[pd.DataFrame]:
        """The rows that are there no longer, without those of a household that is itself among them or was joined to another."""
        rows = side.was.take(np.setdiff1d(side.gone, side.predecessors, assume_unique=True))
        removed = [self.said.removals.get((side.table, str(key))) for key in rows["_key"]]
        apart = np.array([not (one and one.into) for one in removed], dtype=bool)
        if side.table != _HOUSEHOLD and "_recipient" in rows and not months_among(rows["_unit"].dropna().unique()):
            apart &= ~among(rows["_recipient"], self.gone).to_numpy()
        if not apart.any():
            return []
        lines = _told(side, rows[apart], WENT, key=rows["_former"][apart], reason=self._reasons(side, rows[apart]))
        told = [one for one, kept in zip(removed, apart, strict=True) if kept]
        at = [position for position, one in enumerate(told) if one]
        return [self.said.marked(lines, at, [one.said for one in told if one])]

    def _reasons(self, side: Sides, rows: pd.DataFrame) -> pd.Series:
        later = last_said(self.folder, self.since, self.until, side.table, set(rows["_key"]))
        if side.table == _HOUSEHOLD or not self.homes or "_recipient" not in rows:
            found = reasons(rows, later, ())
        else:
            homes = last_said(self.folder, self.since, self.until, _HOUSEHOLD, set(rows["_recipient"].dropna()))
            found = reasons(rows, later, (homes, self.homes.now, self.homes.was))
        return found if side.table != MEMBER else self._with_heads(found, rows)

    def _with_heads(self, found: pd.Series, members: pd.DataFrame) -> pd.Series:
        """The reasons, of a head of before that of the event which says so, where no list says any."""
        of_heads = {
            at: one.reason
            for at, row, one in concerned(members, successions(self.until.office, self.renames))
            if is_he(row, one.old)
        }
        return pd.Series(
            [of_heads.get(at, said) if said == UNSAID else said for at, said in enumerate(found)],
            index=found.index,
            dtype="str",
        )


def _nothing() -> pd.DataFrame:
    numbers = {"_region": "int32", "_row": "int64"}
    return pd.DataFrame({name: pd.Series(dtype=numbers.get(name, "str")) for name in _LINE})


def _happened(events: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    nothing = _nothing()
    plain: dict[str, object] = {name: 0 if dtype.kind in "iu" else "" for name, dtype in nothing.dtypes.items()}
    lines = pd.DataFrame([{**plain, "_region": -1, **event} for event in events], columns=[*nothing.columns])
    return lines.astype(dict(nothing.dtypes))


def _names(homes: Sides | None) -> Mapping[str, str]:
    """Key of a household (of then or now) → its head."""
    found: dict[str, str] = {}
    for rows, keys in ((homes.was, "_former"), (homes.now, "_key")) if homes else ():
        if "head_name" in rows:
            found.update(
                {key: name for key, name in zip(rows[keys], rows["head_name"], strict=True) if isinstance(name, str)}
            )
    return found


def _told(side: Sides, rows: pd.DataFrame, kind: str, **said: object) -> pd.DataFrame:
    """One line a row; its origin is the row's."""
    lines = rows[["_key", *_ORIGIN]].rename(columns={"_key": "key"}).reset_index(drop=True)
    texts = {
        "table": side.table,
        "kind": kind,
        "former": "",
        "field": "",
        "before": "",
        "after": "",
        "reason": "",
        _CELL: "",
        **said,
    }
    values = {name: value.array if isinstance(value, pd.Series) else value for name, value in texts.items()}
    return lines.assign(**values)[list(_LINE)].astype(dict(_nothing().dtypes))


def _came(side: Sides, office: Sequence[Entry]) -> list[pd.DataFrame]:
    """The records that were not there before; those of a split are told as such."""
    rows = side.now.take(np.setdiff1d(side.come, side.successors, assume_unique=True))
    if side.table == _HOUSEHOLD:
        rows = rows[~rows["_batch"].isin([entry.batch for entry in office if entry.kind == "event"])]
    return [_told(side, rows, CAME)] if len(rows) else []


def _changed(side: Sides, said: Office) -> pd.DataFrame:
    """One line a changed value, and one a key that became another."""
    old, new = side.was.take(side.old), side.now.take(side.new)
    names = [name for name in old.columns if not name.startswith("_") and name not in new]
    new = new.assign(**{name: pd.Series(None, index=new.index, dtype=old[name].dtype) for name in names})
    renamed = (old["_former"].to_numpy() != new["_key"].to_numpy()).nonzero()[0]
    keys = new.take(renamed)
    lines = _told(side, keys, CHANGED, field=KEY, before=old["_former"].take(renamed), after=keys["_key"])
    _, details = differing(side.table, old, new)
    rows = new.take(pd.Index(new["_key"]).get_indexer(pd.Index(details["key"])))
    texts = {"field": details["field"], "before": details["old"], "after": details["new"]}
    values = said.attributed(from_elsewhere(_told(side, rows, CHANGED, **texts), side.origins), rows)
    return pd.concat([lines, values], ignore_index=True)


def _replaced(side: Sides, said: Office) -> list[pd.DataFrame]:
    """One line for each pairing that follows another of the same recipient."""
    if not len(side.successors):
        return []
    old, new = side.preceding(), side.now.take(side.successors)
    texts = {"former": old["_key"], "before": _helpers(old), "after": _helpers(new)}
    lines = _told(side, new, REPLACED, **texts)
    ends = lines.assign(field=UNTIL, after=_days(old, UNTIL))
    return [lines.assign(reason=said.attributed(ends, old)["reason"])]


def _helpers(rows: pd.DataFrame) -> pd.Series:
    """李明（2024-01-15至2024-08-19）."""
    names = rows["helper_name"].fillna("").tolist() if "helper_name" in rows else [""] * len(rows)
    starts, ends = (_days(rows, name) for name in (SINCE, UNTIL))
    spans = [
        f"{start}至{end}" if end else f"{start}起" if start else "" for start, end in zip(starts, ends, strict=True)
    ]
    return pd.Series(
        [f"{name}（{span}）" if span else name for name, span in zip(names, spans, strict=True)], dtype="str"
    )


def _days(rows: pd.DataFrame, name: str) -> list[str]:
    precision = rows.get(f"{name}__precision", pd.Series("", index=rows.index))
    return [value_text(day, said) for day, said in zip(rows[name].tolist(), precision.tolist(), strict=True)]
