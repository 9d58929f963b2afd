"""Windows met, by hand and as the other figures of the assessment have them."""

from __future__ import annotations

import pandas as pd
from assess_case import households, pairings, scheme, visits
from metrics_case import measuring, share

HOMES = households(("H1", "清水镇"), ("H2", "清水镇"), ("H3", "青石镇"))
PAIRED = pairings(
    ("甲@水利局", "H1", None, None), ("乙@水利局", "H1", None, None), ("丙@民政局", "H1", None, None),
    ("甲@水利局", "H2", None, None), ("丙@民政局", "H3", None, None),
)  # fmt: skip
WENT = visits(("甲@水利局", "H1", "2024-06-05", "入户"), ("丙@民政局", "H3", "2024-06-06", "入户"))


def test_a_helper_answers_for_himself_a_unit_for_its_people_and_a_township_for_its_households():
    result = measuring("cadence_rate", household=HOMES, pairing=PAIRED, visit=WENT)
    assert share(result, "cadence_rate", "helper", "甲@水利局") == (1, 2)
    assert share(result, "cadence_rate", "helper", "乙@水利局") == (0, 1)
    assert share(result, "cadence_rate", "unit", "水利局") == (1, 2)
    assert share(result, "cadence_rate", "unit", "民政局") == (1, 2)
    assert share(result, "cadence_rate", "township", "清水镇") == (1, 2)
    assert share(result, "cadence_rate", "county", "全县") == (2, 3)


def test_windows_come_to_the_same_as_the_indicators_of_the_assessment():
    result = measuring("cadence_rate", household=HOMES, pairing=PAIRED, visit=WENT, period="2024Q2")
    own = result.indicators[result.indicators["indicator"] == "cadence_rate"]
    both = own.merge(result.metrics, on=["level", "subject", "indicator"])
    assert len(both) == len(own)
    for name in ("numerator", "denominator", "value"):
        pd.testing.assert_series_equal(both[f"{name}_x"], both[f"{name}_y"], check_names=False)


def test_nothing_handed_in_is_nothing_to_say_for_anybody():
    result = measuring("cadence_rate", household=HOMES)
    assert share(result, "cadence_rate", "township", "清水镇") == (0, 0)
    assert result.metrics["value"].isna().all()


def test_a_household_is_entered_by_its_helper_by_his_unit_or_by_anybody():
    went = visits(
        ("甲@水利局", "H1", "2024-06-05", "入户"),
        ("甲@水利局", "H2", "2024-06-06", "电话"),
        ("乙@水利局", "H3", "2024-06-06", "入户"),
    )
    result = measuring("entered_rate", household=HOMES, pairing=PAIRED, visit=went)
    assert share(result, "entered_rate", "helper", "甲@水利局") == (1, 2)
    assert share(result, "entered_rate", "helper", "乙@水利局") == (0, 1)
    assert share(result, "entered_rate", "helper", "丙@民政局") == (0, 2)
    assert share(result, "entered_rate", "unit", "水利局") == (1, 2)
    assert share(result, "entered_rate", "township", "青石镇") == (1, 1)
    assert share(result, "entered_rate", "county", "全县") == (2, 3)


def test_other_cadences_are_of_those_who_owe_them_and_of_the_township_of_whom():
    weekly = {
        "id": "weekly",
        "title": "每组每周进村",
        "who": "group",
        "whom": "village",
        "counter": "group-village",
        "per": "week",
    }
    homes = HOMES.assign(village=["柳溪村", "柳溪村", "上庄村"])
    paired = PAIRED.assign(group=["第一组", "第一组", "第二组", "第一组", "第二组"])
    result = measuring(
        "duty_rate", plan=scheme(tables=("household", "pairing", "visit"), cadences=(weekly,)),
        household=homes, pairing=paired, visit=WENT, as_of="2024-06-16",
    )  # fmt: skip
    # the weeks that end by the 16th: 27 May–2 June, 3–9 and 10–16 June; in the second group one went to H1, two to H3
    assert share(result, "duty_rate", "group", "第一组") == (1, 3)
    assert share(result, "duty_rate", "group", "第二组") == (1, 6)
    assert share(result, "duty_rate", "township", "清水镇") == (1, 3)
    assert share(result, "duty_rate", "village", "青石镇上庄村") == (1, 3)
    assert share(result, "duty_rate", "county", "全县") == (2, 6)
