"""What counts now held against what was announced."""

import datetime as dt

import pandas as pd

from bangfu_excel.merge.announced import Span, differences, held_against

JULY = Span(dt.date(2024, 1, 1), dt.date(2024, 7, 1), dt.date(2024, 7, 31), dt.date(2024, 6, 30))


def visits(*rows):
    """(key, township, day) each."""
    keys, towns, days = zip(*rows, strict=True) if rows else ((), (), ())
    texts = {"_key": pd.Series(keys, dtype="str"), "township": pd.Series(towns, dtype="str")}
    return pd.DataFrame({**texts, "visited_on": pd.to_datetime(pd.Series(days, dtype="str"))})


def shown(held):
    return [tuple(row) for row in held.balance.to_numpy().tolist()]


def listed(held):
    rows = differences(held)
    return list(zip(rows["kind"], rows["township"], rows["_key"], strict=True))


JUNE = visits(("a", "甲镇", "2024-06-05"), ("b", "甲镇", "2024-06-06"), ("old", "甲镇", "2023-12-30"))


def test_nothing_announced_before_is_neither_added_nor_deducted():
    now = visits(("a", "甲镇", "2024-06-05"), ("c", "乙镇", "2024-07-01"), ("z", "甲镇", "2024-08-01"))
    held = held_against(now, now.iloc[:0], Span(JULY.since, JULY.start, JULY.until))
    assert shown(held) == [("乙镇", 0, 1, 0, 0, 1), ("甲镇", 1, 0, 0, 0, 1)]
    assert listed(held) == []


def test_what_came_late_and_what_went_is_listed():
    now = visits(("a", "甲镇", "2024-06-05"), ("late", "甲镇", "2024-05-05"), ("c", "甲镇", "2024-07-01"))
    held = held_against(now, JUNE, JULY)
    assert shown(held) == [("甲镇", 2, 1, 1, 1, 3)]
    assert listed(held) == [("补报", "甲镇", "late"), ("核减", "甲镇", "b")]


def test_a_visit_with_a_date_of_this_month_now_is_deducted_and_counts_in_this_month():
    held = held_against(visits(("a", "甲镇", "2024-06-05"), ("b", "甲镇", "2024-07-06")), JUNE, JULY)
    assert shown(held) == [("甲镇", 2, 1, 0, 1, 2)]


def test_a_visit_that_belongs_to_another_township_now_is_on_both_sides():
    held = held_against(visits(("a", "甲镇", "2024-06-05"), ("b", "乙镇", "2024-06-06")), JUNE, JULY)
    assert shown(held) == [("乙镇", 0, 0, 1, 0, 1), ("甲镇", 2, 0, 0, 1, 1)]


def test_a_month_that_nobody_announced_counts_as_before():
    """May was announced, June was not, July is asked for."""
    may = Span(JULY.since, JULY.start, JULY.until, dt.date(2024, 5, 31))
    held = held_against(JUNE, JUNE.iloc[2:], may)
    assert shown(held) == [("甲镇", 2, 0, 0, 0, 2)]
