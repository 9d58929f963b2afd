"""What becomes of the pairings of a helper who left: they end, and somebody succeeds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.columns import among
from bangfu_excel.core.fold import fold
from bangfu_excel.core.names import name_key, name_keys
from bangfu_excel.merge.draft import Draft, Touched
from bangfu_excel.merge.events import Transfer
from bangfu_excel.merge.succeeding import CLOSED

_OWN_OF_PAIRING = ("started_on", "ended_on", "filed_on", "remark", "_pending", "_withheld")


def apply_transfers(draft: Draft, transfers: Sequence[Transfer]) -> None:
    """The pairings in `draft` as they are after these transfers, one after the other."""
    for one in transfers:
        if not {"_helper", "started_on", "ended_on"} <= set(draft.rows.columns):
            return
        his = _pairings_of(draft.rows, one)
        open_still = his & (draft.rows["ended_on"].isna() | _closed(draft.rows)).to_numpy()
        at = np.flatnonzero(open_still).tolist()
        if at:
            draft.put("ended_on", dict.fromkeys(at, (one.ended_on, "")))
            draft.touched.append(Touched("ended_on", tuple(at), one.said))
        if one.successor:
            new = _successors(draft.rows, np.flatnonzero(his).tolist(), one)
            if new:
                draft.add(new, one.said)


def _pairings_of(rows: pd.DataFrame, one: Transfer) -> NDArray[np.bool_]:
    """True for the pairings of the helper, of the households concerned, that lasted until he left."""
    day = pd.Timestamp(one.ended_on)
    his = (rows["_helper"] == one.helper).fillna(False).to_numpy(dtype=bool)
    if one.households:
        his = his & among(rows["_recipient"], one.households).to_numpy()
    later = (rows["started_on"] > day).fillna(False).to_numpy(dtype=bool)
    before = ((rows["ended_on"] < day) & ~_closed(rows)).fillna(False).to_numpy(dtype=bool)
    return np.asarray(his & ~later & ~before, dtype=bool)


def _closed(rows: pd.DataFrame) -> pd.Series:
    """True for pairings of which only a successor tells that they ended."""
    return (rows[CLOSED].fillna("") != "") if CLOSED in rows else pd.Series(False, index=rows.index)


def _successors(rows: pd.DataFrame, ended: Sequence[int], one: Transfer) -> list[dict[str, object]]:
    """A pairing with the successor for each household, like the one that ended; none where one was submitted."""
    name = name_key(str(one.successor["helper_name"]))
    paired = rows.loc[(name_keys(rows["helper_name"]) == name).fillna(False).to_numpy(dtype=bool)]
    open_with = set(paired.loc[paired["ended_on"].isna(), "_recipient"].dropna())
    helper = f"{name}|{one.successor.get('helper_phone') or fold(str(one.successor.get('helper_unit') or ''))}"
    started = str(one.successor.get("started_on") or "")
    found = {}
    for at in ended:
        household = rows["_recipient"].iat[at]
        if isinstance(household, str) and household not in open_with and household not in found:
            kept = {n: v for n, v in rows.iloc[at].items() if not str(n).startswith(("helper_", *_OWN_OF_PAIRING))}
            key = "|".join(part for part in (household, helper, started) if part)
            said = {n: v for n, v in one.successor.items() if v not in (None, "")}
            found[household] = {**kept, **said, "_helper": helper, "_key": key}
    return list(found.values())
