"""`_helper` of every table: who is paired, who is on the rosters of helpers and units, who came."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.columns import each_once, only_key
from bangfu_excel.core.rows import Rows
from bangfu_excel.core.succession import Succession
from bangfu_excel.core.table import Table
from bangfu_excel.link.helpers import ROSTER_FIELDS, HelperBook, pairing_helpers, persons_of, stated_helpers
from bangfu_excel.link.recipients import AMBIGUOUS
from bangfu_excel.link.references import stated_column, unit_keys
from bangfu_excel.link.visitors import PAIR_COLUMNS, Paired, visit_helpers

PAIRING, HELPER, UNIT = "pairing", "helper", "unit"


def with_helpers(
    rows: Rows, known: Mapping[str, pd.DataFrame], tables: Mapping[str, Table], succession: Succession
) -> tuple[Rows, list[tuple[str, str, pd.Series]]]:
    """The rows with `_helper`, and for each table the field and the names that are not certain ("" where they are).

    On the rosters of helpers and units it is who the row is about, as pairings name him or it.
    """
    submitted, registered = rows.frames.get(PAIRING), known.get(PAIRING)
    stated = [stated_helpers(frame, succession) for frame in (submitted, registered) if frame is not None]
    rosters = [frame for frame in (rows.frames.get(HELPER), known.get(HELPER)) if frame is not None and len(frame)]
    listed = [stated_helpers(frame, succession, ROSTER_FIELDS) for frame in rosters]
    book = HelperBook.of(person for part in (*stated, *listed) for person in persons_of(part) if person.name)
    kept = _registered_keys(registered, stated[-1], book, bool(listed)) if registered is not None else {}
    book = book.renamed(kept) if kept else book
    unclear: list[tuple[str, str, pd.Series]] = []
    pairs: list[pd.DataFrame] = []
    if registered is not None:
        pairs.append(_pairs(registered, stated[-1]))
    if submitted is not None:
        keys, doubtful = pairing_helpers(stated[0], book)
        keys = keys.replace(kept) if kept else keys
        rows = rows.with_frame(PAIRING, _helped(submitted, keys, doubtful))
        pairs.append(_pairs(rows[PAIRING], stated[0]))
        unclear.append((PAIRING, "helper_name", stated[0]["name"].where(doubtful, "")))
    rows = _with_rosters(rows, book, kept, succession)
    helping = [name for name in rows.frames if tables[name].helper and name not in (PAIRING, HELPER, UNIT)]
    if helping:
        paired = Paired.of(pd.concat(pairs, ignore_index=True) if pairs else _no_pairs(), book)
    for name in helping:
        found = visit_helpers(rows[name], tables[name].helper, paired, succession)
        rows = rows.with_frame(name, _helped(rows[name], found["key"], found["unclear"] != ""))
        unclear.append((name, tables[name].helper, found["unclear"]))
    return rows, unclear


def _with_rosters(rows: Rows, book: HelperBook, kept: Mapping[str, str], succession: Succession) -> Rows:
    if HELPER in rows:
        stated = stated_helpers(rows[HELPER], succession, ROSTER_FIELDS)
        keys, _ = pairing_helpers(stated.assign(unit=stated["unit"].where(stated["name"] != "", "")), book)
        rows = rows.with_frame(HELPER, rows[HELPER].assign(_helper=keys.replace(kept) if kept else keys))
    if UNIT in rows:
        units = each_once(unit_keys(stated_column(rows[UNIT], "unit")), succession.unit)
        rows = rows.with_frame(UNIT, rows[UNIT].assign(_helper=units))
    return rows


def _registered_keys(registered: pd.DataFrame, stated: pd.DataFrame, book: HelperBook, listed: bool) -> dict[str, str]:
    """Key that a helper has now → the one under which he is registered, where that is by a former name, or a roster says more of him.

    listed: there is a roster of helpers.
    """
    otherwise = stated["renamed"] | listed
    if not otherwise.any():
        return {}
    keys, _ = pairing_helpers(stated, book)
    every = pd.DataFrame({"now": keys, "key": registered["_helper"]})
    pairs, same = every[otherwise].dropna().drop_duplicates(), every[~otherwise].dropna()
    taken = [*same["now"], *every.loc[every["now"] == every["key"], "now"]]
    pairs = pairs[~pairs["now"].isin(taken) & (pairs["now"] != pairs["key"])]
    kept: dict[str, str] = only_key(pairs, "now").to_dict()
    return kept


def _helped(frame: pd.DataFrame, keys: pd.Series, doubtful: pd.Series) -> pd.DataFrame:
    return frame.assign(_helper=keys, _link=frame["_link"].mask(doubtful, AMBIGUOUS))


def _pairs(pairings: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    pairs = stated[["name", "unit"]].assign(recipient=pairings["_recipient"], key=pairings["_helper"])
    return pairs.dropna()[list(PAIR_COLUMNS)]


def _no_pairs() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="str") for name in PAIR_COLUMNS})
