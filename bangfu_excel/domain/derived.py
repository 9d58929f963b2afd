"""Columns of ledgers that nobody fills in: computed from a table's rows, and from what else is known."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.ledger import RECIPIENTS, Derived, Seen
from bangfu_excel.core.spans import in_force, last_day, precision_of
from bangfu_excel.core.table import Privacy
from bangfu_excel.domain.deadlines import DEADLINES
from bangfu_excel.domain.fund_ways import FUND_COLUMNS
from bangfu_excel.domain.identity import age, birth

_NAMED = ("household_id", "recipient_name", "recipient_id")


def _former_village(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """What the village of a household was called before it was merged or renamed."""
    return rows["_former_village"]


def _helpers(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """Who helps at the end of the period, a person or where none is named a unit, joined with 、 in the order of the pairings."""
    pairings = seen.tables.get("pairing")
    if pairings is None or pairings.empty or not {"_recipient", "helper_name"} <= set(pairings):
        return pd.Series(pd.NA, index=rows.index, dtype="str")
    pairings = pairings[in_force(pairings, seen.day)]
    who = (
        pairings["helper_name"].fillna(pairings["helper_unit"])
        if "helper_unit" in pairings
        else pairings["helper_name"]
    )
    named = pairings[["_recipient"]].assign(_who=who).dropna().drop_duplicates()
    joined: dict[str, str] = {}
    for recipient, helper in zip(named["_recipient"], named["_who"], strict=True):
        joined[recipient] = f"{joined[recipient]}、{helper}" if recipient in joined else helper
    return rows["_key"].map(joined).astype("str")


def _paired(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """With how many recipients a helper is paired at the end of the period (Int64); missing where pairings name no persons."""
    pairings = seen.tables.get("pairing")
    if pairings is None or pairings["helper_name"].isna().all():
        return pd.Series(pd.NA, index=rows.index, dtype="Int64")
    counts = pairings[in_force(pairings, seen.day)].groupby("_helper")["_recipient"].nunique()
    return rows["_helper"].map(counts).fillna(0).astype("Int64")


def _last_visit(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """The last day, up to that of the ledger, on which a household or child was visited; of a pairing, by that helper."""
    by = ["_recipient", "_helper"] if "helper_name" in rows else ["_recipient"]
    visits = seen.tables.get("visit")
    if visits is None or visits.empty:
        return pd.Series(pd.NaT, index=rows.index, dtype="datetime64[ns]")
    made = visits[visits["visited_on"] <= pd.Timestamp(seen.as_of)]
    latest = made.groupby(by)["visited_on"].max().rename("_latest").reset_index()
    return rows[by].merge(latest, how="left", on=by)["_latest"].set_axis(rows.index).mask(rows[by].isna().any(axis=1))


def _in_period(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """Whether a visit was made in the period of the ledger; of a month or year alone, whether all of it lies in there."""
    first, last = rows["visited_on"], last_day(rows["visited_on"], precision_of(rows, "visited_on"))
    return (first >= pd.Timestamp(seen.period.start)) & (last <= pd.Timestamp(seen.period.end))


def _year(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """The year in which a measure began: 2024年."""
    return rows["started_on"].dt.year.astype("Int64").astype("str") + "年"


def _reach(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """到户到人 where a measure names a household or person, else 全村: it was done for all who live there."""
    named = rows[list(_NAMED)].notna().any(axis=1)
    return pd.Series("全村", index=rows.index, dtype="str").mask(named, "到户到人")


def _age(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """Full years of age by the identity number, else by the day of birth (Int64); missing where neither is known."""
    return age(birth(rows["id_number"]).fillna(rows["birth_date"]), seen.as_of)


DERIVED: tuple[Derived, ...] = (
    Derived("former_village", "原村", "household", ("_former_village",), _former_village),
    *(
        Derived("helpers", "帮扶责任人", table, ("_key",), _helpers, privacy=Privacy.NAME, width=16)
        for table in RECIPIENTS
    ),
    Derived("paired", "在册结对", "helper", ("_helper",), _paired, width=8),
    *(
        Derived("last_visit", "最近走访", table, ("_recipient",), _last_visit, width=14)
        for table in ("household", "child")
    ),
    Derived("last_visit", "最近走访", "pairing", ("_recipient", "_helper"), _last_visit, width=14),
    Derived("in_period", "是否本期", "visit", ("visited_on",), _in_period, width=6),
    Derived("reach", "受益面", "measure", _NAMED, _reach, width=8),
    Derived("year", "年度", "measure", ("started_on",), _year, width=8),
    *(Derived("age_now", "周岁", table, ("id_number", "birth_date"), _age, width=6) for table in ("member", "child")),
    *DEADLINES,
    *FUND_COLUMNS,
)
"""Every computed column; a ledger names it like a field of its table."""
