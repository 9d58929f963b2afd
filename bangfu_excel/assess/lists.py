"""Lists of what did not happen: windows missed, by name, and households that nobody entered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from bangfu_excel.assess.facts import Facts


def missed_windows(windows: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """A row a due window that its helper did not meet, by township, unit, helper, household and window."""
    rows = windows[windows["count"] < windows["target"]]
    order = np.lexsort([rows[name] for name in ("due_from", "household", "helper", "unit", "town")])
    rows = rows.take(order).reset_index(drop=True)
    frame = pd.DataFrame(
        {
            "rule": rows["rule"],
            "label": rows["label"],
            "who": _taken(facts.helpers["key"], rows["helper"]),
            "helper": _taken(facts.helpers["name"], rows["helper"]),
            "unit": _words(facts.units, rows["unit"]),
            "township": _words(facts.townships, rows["town"]),
        }
    )
    for name in ("village", "key", "household_id", "head_name"):
        frame["household" if name == "key" else name] = _taken(facts.households[name], rows["household"])
    for name in ("due_from", "due_to", "count", "target"):
        frame[name] = rows[name]
    frame["household_met"] = rows["household_count"] >= rows["target"]
    return frame


def unvisited_households(households: pd.DataFrame, pairings: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """A row a paired household that nobody entered since the cutoff, with its present helpers joined with 、."""
    rows = households[households["unvisited"]]
    active = pairings[pairings["active"] & pairings["household"].isin(rows.index)]
    names = _taken(facts.helpers["name"], active["helper"]).set_axis(active["household"]).astype("object")
    helpers = names.groupby(level=0).agg("、".join)
    frame = pd.DataFrame(
        {
            "household": rows["key"],
            "township": _words(facts.townships, rows["town"]).set_axis(rows.index),
            **{name: rows[name] for name in ("village", "group", "household_id", "head_name")},
            "helpers": helpers.reindex(rows.index).astype("str"),
            "since": rows["since"],
            "last_home": rows["last_home"],
        }
    )
    return frame.take(np.argsort(rows["town"].to_numpy(), kind="stable")).reset_index(drop=True)


def _words(words: Sequence[str], numbers: pd.Series) -> pd.Series:
    return _taken(pd.Series(list(words), dtype="str"), numbers)


def _taken(values: pd.Series, numbers: pd.Series) -> pd.Series:
    return values.take(numbers.to_numpy(np.int64)).reset_index(drop=True)
