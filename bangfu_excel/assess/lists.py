"""Lists of what did not happen: windows missed, by name, and households that nobody entered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.assess.facts import Facts


def missed_windows(windows: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """A row a due window that its helper did not meet, by township, unit, helper, household and window."""
    rows = windows[windows["count"] < windows["target"]]
    helper, household = rows["helper"].to_numpy(np.int64), rows["household"].to_numpy(np.int64)
    people, homes = facts.helpers.take(helper), facts.households.take(household)
    frame = pd.DataFrame(
        {
            "rule": rows["rule"].to_numpy(), "label": rows["label"].to_numpy(), "who": people["key"].to_numpy(),
            "helper": people["name"].to_numpy(), "unit": _words(facts.units, rows["unit"]),
            "township": _words(facts.townships, rows["town"]), "village": homes["village"].to_numpy(),
            "household": homes["key"].to_numpy(), "household_id": homes["household_id"].to_numpy(),
            "head_name": homes["head_name"].to_numpy(), "due_from": rows["due_from"].to_numpy(),
            "due_to": rows["due_to"].to_numpy(), "count": rows["count"].to_numpy(), "target": rows["target"].to_numpy(),
            "household_met": (rows["household_count"] >= rows["target"]).to_numpy(),
        }
    )  # fmt: skip
    order = np.lexsort((rows["due_from"], household, helper, rows["unit"], rows["town"]))
    return frame.take(order).reset_index(drop=True)


def unvisited_households(households: pd.DataFrame, pairings: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """A row a paired household that nobody entered since the cutoff, with its present helpers joined with 、."""
    rows = households[households["unvisited"]]
    active = pairings[pairings["active"] & pairings["household"].isin(rows.index)]
    names = pd.Series(
        facts.helpers["name"].take(active["helper"]).to_numpy(), index=active["household"], dtype="object"
    )
    helpers = names.groupby(level=0).agg("、".join)
    frame = pd.DataFrame(
        {"household": rows["key"], "township": _words(facts.townships, rows["town"])}, index=rows.index
    )
    for name in ("village", "group", "household_id", "head_name"):
        frame[name] = rows[name]
    frame["helpers"] = helpers.reindex(rows.index)
    frame["since"], frame["last_home"] = rows["since"], rows["last_home"]
    return frame.take(np.argsort(rows["town"].to_numpy(), kind="stable")).reset_index(drop=True)


def _words(words: Sequence[str], numbers: pd.Series) -> NDArray[np.object_]:
    chosen: NDArray[np.object_] = np.asarray(list(words), dtype=object)[numbers.to_numpy(np.int64)]
    return chosen
