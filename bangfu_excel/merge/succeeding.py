"""Pairings that a later full roster no longer lists because somebody else has come: closed the day before, not forgotten.

Only what the rosters say closes a pairing. The roster that took its place must list another helper of the same recipient, who
was not listed beside it before, and who began later than it did: one that begins on the same day is the same person under
a corrected name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from bangfu_excel.core.columns import among, one_of
from bangfu_excel.core.period import Period
from bangfu_excel.core.rows import Outcome
from bangfu_excel.core.spans import last_day, precision_of
from bangfu_excel.core.standing import SUBMITTER
from bangfu_excel.merge.parquet import to_frame
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import Registered, State
from bangfu_excel.merge.submission import read_columns
from bangfu_excel.merge.units import UNKNOWN, former_units

SINCE, UNTIL = "started_on", "ended_on"
"""The fields of a table that says from when until when a helper was there for a recipient."""
CLOSED = "_closed"
"""Column of the rows that a successor closed: where he stands, as submission, region and row (`closed_by`); "" for others."""

_PAIR = ["group", "recipient", "helper"]
_SPAN = frozenset(("_recipient", "_helper", SINCE, UNTIL))
_WHO = ("_key", "_recipient", "_helper", "_outcome")
_NEEDED = (
    "_key", "_recipient", "_helper", "_unit", "_outcome", "_region", "_row",
    SINCE, f"{SINCE}__precision", UNTIL, f"{UNTIL}__precision",
)  # fmt: skip


def with_closed(
    rows: pd.DataFrame, folder: Path, state: State, table: str, read: Callable[[Path, str], pa.Table]
) -> pd.DataFrame:
    """The current rows of `table`, and below them the superseded ones that a successor closed, with `UNTIL` and `CLOSED`.

    Unchanged where the table does not say from when until when helpers were there, or nobody succeeded anybody.
    """
    takers = _takers(state, table) if set(rows.columns) >= _SPAN else {}
    concerned = {(one.submitter, one.scheme) for one in state.standing if one.id in takers}
    rosters = [
        one for one in _oldest_first(state, table) if table in one.accepted and (one.submitter, one.scheme) in concerned
    ]
    if not rosters:
        return rows
    renames = Renames.of(folder, state)

    def read_now(one: Registered, columns: Sequence[str]) -> pd.DataFrame:
        return renames.rows(to_frame(read_columns(folder / one.id, table, columns)), table)

    left = list(_left(folder, table, rosters, takers))
    asked = _asked(rows, renames.rows(pd.concat(left, ignore_index=True), table)) if left else set()
    if not asked:
        return rows
    listed = _listed([_of(read_now(one, _NEEDED), asked) for one in rosters], rosters, takers)
    found = _succeeded(listed, set(rows["_key"].dropna()))
    closed = [
        _closed(
            renames.rows(to_frame(read(folder / rosters[int(str(at))].id, table).take(pa.array(part["place"]))), table),
            part,
            listed,
            rosters,
        )
        for at, part in found.groupby("at")
    ]
    return _stacked([rows, *closed]) if closed else rows


def _asked(rows: pd.DataFrame, left: pd.DataFrame) -> set[str]:
    """The recipients of rows that somebody left out and whose key is current no longer, if more than one helper is known of them.

    Few, where a roster comes again each month: only their rows are looked at closely.
    """
    gone = left[~one_of(left["_key"], rows["_key"])]
    here = rows.loc[one_of(rows["_recipient"], gone["_recipient"]), ["_recipient", "_helper"]]
    pairs = pd.concat([here, gone[["_recipient", "_helper"]]]).drop_duplicates()
    helpers = pairs.groupby("_recipient")["_helper"].nunique()
    return set(helpers.index[helpers > 1])


def _left(
    folder: Path, table: str, rosters: Sequence[Registered], takers: Mapping[str, Mapping[str, int]]
) -> Iterator[pd.DataFrame]:
    """Of each roster the rows that those that took its place do not list. What a record was last listed by is among them."""
    for one in (one for one in rosters if one.id in takers):
        for seq in sorted(set(takers[one.id].values())):
            units = frozenset(unit for unit, by in takers[one.id].items() if by == seq)
            later = tuple(
                folder / other.id
                for other in rosters
                if (other.seq, other.submitter, other.scheme) == (seq, one.submitter, one.scheme)
            )
            yield _left_out(folder / one.id, table, units, later)


@lru_cache(maxsize=1024)
def _left_out(roster: Path, table: str, units: frozenset[str], later: tuple[Path, ...]) -> pd.DataFrame:
    """The accepted rows of these units in a roster (`_WHO`) whose key no later one accepted: evidence, which never changes."""
    rows = _accepted(roster, table, (*_WHO, "_unit"))
    if not set(_WHO) <= set(rows.columns):
        return rows.iloc[:0].reindex(columns=list(_WHO))
    rows = rows[one_of(rows["_unit"], pd.Series(sorted(units), dtype="str"))]
    for other in later:
        rows = rows[~one_of(rows["_key"], _accepted(other, table, ("_key", "_outcome"))["_key"])]
    return rows


def _accepted(roster: Path, table: str, columns: Sequence[str]) -> pd.DataFrame:
    rows = to_frame(read_columns(roster, table, columns))
    return rows[rows["_outcome"] == Outcome.ACCEPTED]


def _of(rows: pd.DataFrame, recipients: set[str]) -> pd.DataFrame:
    """The rows of these recipients; the index is the position in the roster."""
    return rows[among(rows["_recipient"], recipients)] if "_recipient" in rows else rows


def closed_by(mark: str) -> tuple[str, int, int]:
    """Submission, region and row of the successor, from the value of `CLOSED`."""
    submission, region, row = mark.split("/")
    return submission, int(region), int(row)


def _takers(state: State, table: str) -> Mapping[str, Mapping[str, int]]:
    """Submission → unit → the number of the batch that took it first."""
    later: dict[tuple[str, str, str], int] = {}
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for seq, batch in groupby(reversed(_oldest_first(state, table)), key=lambda one: one.seq):
        members = list(batch)
        for one in members:
            for unit in state.taken[one.id].get(table, ()):
                found[one.id][unit] = later[one.submitter, one.scheme, unit]
        for one in (one for one in members if one.submitter):
            covered = (unit for unit in one.covers.get(table, ()) if unit != UNKNOWN)
            units = {former for unit in covered for former in former_units(state.merged_units, unit, seq)}
            later.update({(one.submitter, one.scheme, unit): seq for unit in units})
    return found


def _oldest_first(state: State, table: str) -> list[Registered]:
    return sorted(state.standing, key=lambda one: state.precedence(one, table))


def _listed(
    tables: Sequence[pd.DataFrame], rosters: Sequence[Registered], takers: Mapping[str, Mapping[str, int]]
) -> pd.DataFrame:
    """Every row of these rosters that names recipient and helper: group, recipient, helper (codes), seq, at and place (its
    roster and position there), by (the batch that took it, -1: none), accepted, key, since, last, until, region, number.

    last: the last day on which it may have begun; the end of the roster's period where it says no day.
    """
    parts = [
        _spans(rows, one, takers.get(one.id, {})).assign(at=at)
        for at, (rows, one) in enumerate(zip(tables, rosters, strict=True))
        if set(rows.columns) >= _SPAN
    ]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows[rows["recipient"].notna() & rows["helper"].notna()].reset_index(drop=True)
    return rows.assign(**{name: pd.factorize(rows[name])[0] for name in _PAIR})


def _spans(rows: pd.DataFrame, one: Registered, takers: Mapping[str, int]) -> pd.DataFrame:
    reported = pd.Timestamp(Period.parse(one.period).end)
    return pd.DataFrame(
        {
            "group": f"{one.submitter}\n{one.scheme}", "seq": one.seq, "place": rows.index,
            "by": rows["_unit"].map(takers).fillna(-1).astype("int64"), "accepted": rows["_outcome"] == Outcome.ACCEPTED,
            "key": rows["_key"], "recipient": rows["_recipient"], "helper": rows["_helper"], "since": rows[SINCE],
            "last": _last_day(rows, SINCE).fillna(reported), "until": _last_day(rows, UNTIL),
            "region": rows["_region"], "number": rows["_row"],
        }
    )  # fmt: skip


def _last_day(frame: pd.DataFrame, name: str) -> pd.Series:
    return last_day(frame[name].astype("datetime64[ns]"), precision_of(frame, name))


def _succeeded(rows: pd.DataFrame, keys: set[str]) -> pd.DataFrame:
    """Of the superseded rows those that somebody succeeded, with the position of his row (`successor`) and its day (`begun`)."""
    old = rows[(rows["by"] >= 0) & rows["accepted"]]
    old = old[~among(old["key"], keys)]
    listed = rows[[*_PAIR, "seq"]].drop_duplicates()
    old = old[~_found(old, listed, [*_PAIR, "by"])]
    newest = rows[rows["accepted"] & rows["since"].notna()].drop_duplicates(_PAIR, keep="last")
    newest = newest.assign(successor=newest.index, begun=newest["since"])[[*_PAIR, "successor", "begun"]]
    pairs = old.assign(own=old.index, former=old["helper"]).drop(columns="helper").rename(columns={"seq": "before"})
    pairs = pairs.merge(listed.rename(columns={"seq": "by"}), on=["group", "recipient", "by"])
    pairs = pairs[pairs["helper"] != pairs["former"]].merge(newest, on=_PAIR)
    new = ~_found(pairs, listed, [*_PAIR, "before"])
    told = (pairs["until"] < pairs["begun"]).fillna(False)
    pairs = pairs[(pairs["begun"] > pairs["last"]) & (new | told)]
    pairs = pairs.sort_values(["own", "begun", "successor"], kind="stable").drop_duplicates("own")
    return pairs[pairs["key"].isna() | ~pairs["key"].duplicated(keep="last")]


def _found(rows: pd.DataFrame, listed: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """True for rows whose columns `names` stand in `listed` (pair and number of the batch)."""
    there = pd.MultiIndex.from_frame(listed[[*_PAIR, "seq"]])
    return pd.Series(pd.MultiIndex.from_frame(rows[list(names)]).isin(there), index=rows.index)


def _closed(
    rows: pd.DataFrame, found: pd.DataFrame, listed: pd.DataFrame, rosters: Sequence[Registered]
) -> pd.DataFrame:
    """These rows of a roster (those of `found`); those that say no end end on the day before the successor began."""
    one = rosters[int(found["at"].iloc[0])]
    eve = pd.Series((found["begun"] - pd.Timedelta(days=1)).to_numpy(), dtype=rows[UNTIL].dtype)
    where = listed.loc[found["successor"], ["at", "region", "number"]].itertuples(index=False)
    marks = pd.Series([f"{rosters[at].id}/{region}/{number}" for at, region, number in where], dtype="str")
    origin = {"_submission": one.id, "_batch": one.batch, SUBMITTER: one.submitter}
    return rows.assign(
        **{UNTIL: rows[UNTIL].fillna(eve), CLOSED: marks.mask(rows[UNTIL].notna(), "")},
        **{name: pd.Series(value, index=rows.index, dtype="str") for name, value in origin.items()},
    )


def _stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The frames one below the other, with the columns and dtypes of the first, and `CLOSED`."""
    names = {**dict(frames[0].dtypes), CLOSED: "str"}
    columns = {
        name: pd.concat([_column(frame, name, dtype) for frame in frames], ignore_index=True)
        for name, dtype in names.items()
    }
    return pd.DataFrame(columns)


def _column(frame: pd.DataFrame, name: str, dtype: object) -> pd.Series:
    """The column, or what says nothing in its place."""
    if name in frame:
        return frame[name]
    plain = isinstance(dtype, np.dtype) and dtype.kind in "iub"
    return pd.Series("" if name == CLOSED else 0 if plain else None, index=frame.index, dtype=dtype)
