"""Who of those registered is paired."""

from __future__ import annotations

import pandas as pd
from assess_case import households, pairings, scheme
from metrics_case import measuring, share

HOMES = households(("H1", "清水镇"), ("H2", "清水镇"), ("H3", "青石镇"))
PAIRED = pairings(
    ("甲@水利局", "H1", None, None), ("甲@水利局", "H2", None, "2024-06-10"), ("甲@水利局", "未登记", None, None)
)


def test_households_are_paired_on_the_day_or_not():
    result = measuring("pairing_rate", household=HOMES, pairing=PAIRED)
    assert share(result, "pairing_rate", "township", "清水镇") == (1, 2)
    assert share(result, "pairing_rate", "township", "青石镇") == (0, 1)
    assert share(result, "pairing_rate", "county", "全县") == (1, 3)


def test_of_a_plan_for_orphans_the_orphans_are_counted():
    plan = scheme(
        tables=("child", "pairing"),
        recipients={"kinds": ["儿童"], "categories": [{"code": "孤儿"}]},
        patterns=[{"id": "one", "code": "一对一", "whom": "child"}],
    )
    child = pd.DataFrame(
        {"_key": ["C1", "C2", "C3"], "name": ["张一", "张二", "张三"], "township": "清水镇", "school": "清水小学"}
    )
    child["category"] = pd.Series(["孤儿", "留守儿童", "留守儿童、孤儿"], dtype="str")
    result = measuring("pairing_rate", plan=plan, child=child, pairing=pairings(("甲@妇联", "C1", None, None)))
    assert share(result, "pairing_rate", "school", "清水小学") == (1, 2)
    assert set(result.items["whom"]) == {"张一", "张三"}
