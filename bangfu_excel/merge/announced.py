"""What counts now held against what was announced: 上期累计 + 本期 + 补报 − 核减 = 本期累计."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.announced import BALANCE_COLUMNS, DEDUCTION, FIGURES, SUPPLEMENT

TWICE = "_twice"
"""Column of what is gone: True where a record counts once that was announced as two."""
WHAT = ["_key", "township"]


@dataclass(frozen=True)
class Span:
    """The days that a 累计 counts: `since` (of the year or the scheme) … `start` (of the period) … `until`.

    announced: the last day of the period that was announced before, None where none was.
    """

    since: dt.date
    start: dt.date
    until: dt.date
    announced: dt.date | None = None


@dataclass(frozen=True)
class Held:
    """balance: one row a township (`BALANCE_COLUMNS`) · come, gone: the rows that are 补报 and 核减."""

    balance: pd.DataFrame
    come: pd.DataFrame
    gone: pd.DataFrame


def held_against(counting: pd.DataFrame, issued: pd.DataFrame, span: Span) -> Held:
    """The rows that count now beside those of the announcement before (none: an empty frame).

    Both: one row a record with `_key`, `township` and `visited_on`; the columns of each stay in `come` and `gone`. A record
    that has another township now is 核减 of the one and 补报 of the other. 本期累计 is counted, not computed.
    """
    now = _within(counting, span.since, span.until)
    of_period = now["visited_on"] >= pd.Timestamp(span.start)
    if span.announced is None:
        then, told = issued.iloc[:0], pd.Series(False, index=now.index)
    else:
        then, told = _within(issued, span.since, span.announced), now["visited_on"] <= pd.Timestamp(span.announced)
    settled = now[told]
    twice = then[WHAT].duplicated()  # of two households that were joined since
    come, gone = settled[~_among(settled, then)], then.assign(**{TWICE: twice})[twice | ~_among(then, settled)]
    untold = now[~told & ~of_period]  # of months between, which nobody announced
    parts = {
        "previous": pd.concat([then["township"], untold["township"]]),
        "current": now.loc[of_period, "township"],
        "supplement": come["township"],
        "deduction": gone["township"],
        "total": now["township"],
    }
    return Held(_balance(parts), come.reset_index(drop=True), gone.reset_index(drop=True))


def differences(held: Held) -> pd.DataFrame:
    """The rows of both kinds one below the other, with `kind`, by township, kind, day, key."""
    found = pd.concat([held.come.assign(kind=SUPPLEMENT), held.gone.assign(kind=DEDUCTION)], ignore_index=True)
    ordered = found.assign(_kind=found["kind"] == DEDUCTION)
    return ordered.sort_values(["township", "_kind", "visited_on", "_key"], kind="stable", ignore_index=True)


def _within(rows: pd.DataFrame, first: dt.date, last: dt.date) -> pd.DataFrame:
    inside = (rows["visited_on"] >= pd.Timestamp(first)) & (rows["visited_on"] <= pd.Timestamp(last))
    return rows[inside]


def _among(rows: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    """True for rows whose key and township one of `others` has."""
    return pd.Series(pd.MultiIndex.from_frame(rows[WHAT]).isin(pd.MultiIndex.from_frame(others[WHAT])), rows.index)


def _balance(parts: dict[str, pd.Series]) -> pd.DataFrame:
    counts = {name: part.value_counts() for name, part in parts.items()}
    balance = pd.DataFrame(counts, columns=list(FIGURES)).fillna(0).astype("Int64").sort_index()
    return balance.rename_axis("township").reset_index().astype({"township": "str"})[list(BALANCE_COLUMNS)]
