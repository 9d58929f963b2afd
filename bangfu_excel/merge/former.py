"""What a household was called, numbered and where it lived before: visits and pairings still name it so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bangfu_excel.core.columns import one_of
from bangfu_excel.core.names import name_keys
from bangfu_excel.core.places import group_keys, place_keys
from bangfu_excel.core.rows import Outcome
from bangfu_excel.core.standing import WAS
from bangfu_excel.merge.events import CALLED, HOUSEHOLD, events, pair
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import State
from bangfu_excel.merge.submission import read_columns

_WHO, _WHERE = ("head_name", "head_id"), ("township", "village", "group")
FORMER_COLUMNS = ("household_id", *_WHO, *_WHERE, "_key")


def known_formerly(folder: Path, state: State, households: pd.DataFrame) -> pd.DataFrame:
    """What `households` (those that are known) were called in anything that counts or counted, and by the word of events.

    `FORMER_COLUMNS`, and below them one row a key that stands under another one now (`WAS`).
    """
    renames = Renames.of(folder, state)
    stated = pd.concat([_versions(folder, state), *_told(state)], ignore_index=True)
    if not renames:
        return former_references(stated, households).assign(**{WAS: pd.Series(dtype="str")})
    distinct = stated["_key"].dropna().unique().tolist()
    now = {key: renames.recipient(key) for key in distinct}
    old = stated.assign(_key=stated["_key"].map(now).astype("str"))
    found = former_references(old, households).assign(**{WAS: pd.Series(dtype="str")})
    own = {key: renames.household(key) for key in distinct}
    was = pd.DataFrame([{WAS: key, "_key": name} for key, name in own.items() if name != key], dtype="str")
    return pd.concat([found, was], ignore_index=True) if len(was) else found


def _versions(folder: Path, state: State) -> pd.DataFrame:
    """`FORMER_COLUMNS` of every accepted household row that a batch in force brought, equal ones once."""
    tables = []
    for one in state.standing:
        if HOUSEHOLD in one.accepted:
            rows = read_columns(folder / one.id, HOUSEHOLD, [*FORMER_COLUMNS, "_outcome"])
            rows = rows.filter(pc.equal(rows["_outcome"], str(Outcome.ACCEPTED))).drop_columns("_outcome")
            tables.append(
                rows.replace_schema_metadata().cast(pa.schema([(n, pa.large_string()) for n in rows.schema.names]))
            )
    if not tables:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in FORMER_COLUMNS})
    everything = pa.concat_tables([*_beyond(tables[-1], tables[:-1]), tables[-1]], promote_options="default")
    distinct = everything.group_by(everything.column_names, use_threads=False).aggregate([])
    columns = {name: pd.array(distinct[name].combine_chunks(), dtype="str") for name in distinct.column_names}
    return pd.DataFrame(columns).reindex(columns=list(FORMER_COLUMNS)).astype("str")


def _beyond(newest: pa.Table, others: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Of the others the rows that are not in the newest: few, where a roster comes again each month."""
    held = _texts(newest)
    for rows in others:
        yield rows.filter(pc.invert(pc.is_in(_texts(rows), value_set=held)))


def _texts(rows: pa.Table) -> pa.ChunkedArray:
    """Each row as one text, another one for other rows."""
    columns = [
        pc.fill_null(rows[name], "\0") if name in rows.column_names else pa.scalar("\0", pa.large_string())
        for name in FORMER_COLUMNS
    ]
    return pc.binary_join_element_wise(*columns, pa.scalar("\x1f", pa.large_string()))


def _told(state: State) -> Iterator[pd.DataFrame]:
    """What events say that households were called before."""
    for _, record in events(state.office):
        said = {name: pair(record, name)[0] for name in CALLED[HOUSEHOLD] if name in record and "key" in record}
        if any(said.values()):
            yield pd.DataFrame([{**said, "_key": record["key"]}], dtype="str").reindex(columns=list(FORMER_COLUMNS))


def former_references(
    versions: pd.DataFrame, current: pd.DataFrame, renamed: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """`FORMER_COLUMNS`: every head × place, and every number, that a current household had once and has no longer.

    versions: rows of the household roster that any batch in force brought, superseded ones included · current: the current
    ones · renamed: key of before → key of now, for households whose key changed. A head of before is named in the village
    of now as well as in that of before. Households that are not current have no reference.
    """
    old = versions.assign(_key=versions["_key"].replace(dict(renamed or {})))
    old = old[one_of(old["_key"], current["_key"])]
    everything = pd.concat([_stated(old), _stated(current)], ignore_index=True).drop_duplicates()
    everything = everything[everything["_key"].duplicated(keep=False)]  # the others were never called anything else
    who = everything[["_key", *_WHO]].drop_duplicates()
    where = everything[["_key", *_WHERE]].drop_duplicates()
    crossed = who.merge(where, on="_key").assign(household_id=pd.Series(dtype="str"))
    numbers = everything[["_key", "household_id"]].dropna()
    named = pd.concat([crossed, numbers], ignore_index=True).reindex(columns=list(FORMER_COLUMNS)).astype("str")
    now = everything[["_key"]].drop_duplicates().merge(_stated(current), on="_key")
    known = pd.concat([_marks(now.assign(household_id=None)), _marks(now[["_key", "household_id"]])])
    marks = _marks(named)
    return named[~one_of(marks, known) & ~marks.duplicated()].reset_index(drop=True)


def _stated(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.reindex(columns=list(FORMER_COLUMNS)).astype("str").dropna(subset="_key")


def _marks(rows: pd.DataFrame) -> pd.Series:
    """Each row in matching form, as one text."""
    forms = {"head_name": name_keys, "township": place_keys, "village": place_keys, "group": group_keys}
    stated = rows.reindex(columns=list(FORMER_COLUMNS)).astype("str")
    parts = [forms[name](stated[name]) if name in forms else stated[name] for name in FORMER_COLUMNS]
    return reduce(lambda left, right: left + "|" + right, [part.astype("str").fillna("") for part in parts])
