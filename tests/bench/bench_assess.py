"""A county's year: python tests/bench/bench_assess.py [visits] [pairings]

100,000 households with a helper each, 1,000,000 visits, a monthly duty to each household and a weekly one of each group to each village,
twelve months. What must hold: ≤ 10 s; the same tables with a tenth of the visits tell what a visit costs.
"""

from __future__ import annotations

import datetime as dt
import sys
import time

import numpy as np
import pandas as pd

from bangfu_excel.assess import assess
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.domain import TABLES

PLAN = {
    "id": "bench", "title": "年度", "version": "1", "tables": ("household", "pairing", "visit"),
    "cadences": (
        {"id": "monthly", "title": "每月入户", "modes": ("入户",)},
        {"id": "weekly", "title": "每组每周进村", "who": "group", "whom": "village", "counter": "group-village", "per": "week"},
    ),
}  # fmt: skip


def tables(visits: int, pairings: int) -> dict[str, pd.DataFrame]:
    random = np.random.default_rng(1)
    home = np.arange(pairings)
    key = pd.Series("H" + pd.Series(home).astype("str"), dtype="str")
    helper = pd.Series("帮扶人" + pd.Series(home // 5).astype("str"), dtype="str")
    village = pd.Series("村" + pd.Series(home // 200).astype("str"), dtype="str")
    days = pd.date_range("2024-01-01", "2024-12-31").to_numpy("datetime64[ns]")
    of = random.integers(0, pairings, visits)
    household = pd.DataFrame({"_key": key, "head_name": key, "township": "清水镇", "village": village})
    pairing = pd.DataFrame({"_recipient": key, "_helper": helper, "helper_name": helper, "helper_unit": "县水利局"})
    pairing["group"] = pd.Series("第" + pd.Series(home // 1000).astype("str") + "组", dtype="str")
    pairing["started_on"] = pd.Timestamp("2023-01-01")
    visit = pd.DataFrame({"_recipient": key.to_numpy()[of], "_helper": helper.to_numpy()[of]}, dtype="str")
    visit = visit.assign(visitors=visit["_helper"], visited_on=days[random.integers(0, len(days), visits)], mode="入户")
    visit["_file"], visit["_sheet"], visit["_row"] = "走访.xlsx", "走访", np.arange(visits)
    return {"household": household, "pairing": pairing, "visit": visit}


def seconds(visits: int, pairings: int) -> float:
    found = tables(visits, pairings)
    started = time.perf_counter()
    result = assess(found, Scheme.model_validate(PLAN), Period.parse("2024"), dt.date(2024, 12, 31), declared=TABLES)
    took = time.perf_counter() - started
    print(f"{visits:>9,} visits × {pairings:,} pairings: {took:5.1f} s, {len(result.due):,} windows due", flush=True)
    return took


def main(visits: int, pairings: int) -> None:
    small, large = seconds(visits // 10, pairings), seconds(visits, pairings)
    print(f"ten times the visits: × {large / small:.1f}")


if __name__ == "__main__":
    main(*(int(n) for n in sys.argv[1:3]) if len(sys.argv) > 2 else (1_000_000, 100_000))
