"""Metrics of visits: windows met, households entered."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.assess.facts import Ints
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.assess.metrics.items import items, of_households
from bangfu_excel.core.assessment import COUNTY
from bangfu_excel.core.metric import Metric

_COUNTS = {"helper": "count", "unit": "unit_count", "household": "household_count"}
"""By whom a window is met: by the helper, by anybody of his unit, by anybody."""
Bools = NDArray[np.bool_]


def _windows(counting: Counting) -> pd.DataFrame:
    """A row a due window of a helper; his unit and the township stand in it where it came out the same for them, else in rows of their own."""
    windows = counting.counted.windows
    met = {who: (windows[count] >= windows["target"]).to_numpy() for who, count in _COUNTS.items()}
    first = {who: windows[f"{who}_first"].to_numpy(bool) for who in ("unit", "household")}
    same = {who: first[who] & (met[who] == met["helper"]) for who in first}
    everybody = {"helper": np.ones(len(windows), dtype=bool), **same}
    parts = [_of_windows(counting, np.arange(len(windows)), met["helper"], everybody)]
    for who, counted in first.items():
        at = np.flatnonzero(counted & ~same[who])
        if len(at):
            parts.append(_of_windows(counting, at, met[who][at], {who: np.ones(len(at), dtype=bool)}))
    return pd.concat(parts, ignore_index=True)


def _of_windows(counting: Counting, at: Ints, met: Bools, whose: Mapping[str, Bools]) -> pd.DataFrame:
    """Items of the windows at these positions. whose: helper, unit, household: which rows count for them."""
    rows, facts = counting.counted.windows.take(at), counting.facts
    nobody = np.zeros(len(at), dtype=bool)
    units = np.array(facts.units, dtype=object)[rows["unit"].to_numpy()]
    helpers = facts.helpers["key"].to_numpy(dtype=object)[rows["helper"].to_numpy()]
    where = of_households(facts, rows["household"].to_numpy()) | {"county": np.full(len(at), COUNTY, dtype=object)}
    area = whose.get("household", nobody)
    said = {
        "item": at, "top": met.astype(float), "bottom": 1.0, "what": rows["label"].to_numpy(), "whom": where["whom"],
        "date": rows["due_to"].to_numpy(), "helper": np.where(whose.get("helper", nobody), helpers, ""),
        "unit": np.where(whose.get("unit", nobody), units, ""),
        **{name: np.where(area, names, "") for name, names in where.items() if name != "whom"},
    }  # fmt: skip
    return items(said, len(at))


CADENCE_RATE = Metric(
    "cadence_rate", "走访达标率", "rate", "%", "达标时段", "应走访时段",
    "每对结对每个应走访的时段为一项，走访天数达到规定次数的为达标。帮扶人按本人走访计；帮扶单位同一户同一时段只算一项，本单位任何一名帮扶人走访都算；"
    "乡镇、村和全县每户每个时段只算一项，任何一名帮扶人走访都算。", ("pairing",), _windows,
    levels=("helper", "unit", "village", "township", "county"),
)  # fmt: skip
METRICS = (CADENCE_RATE,)
