"""Visits and pairings against pairings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from bangfu_excel.core.columns import among, each_once
from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.fold import fold
from bangfu_excel.core.message import Subject
from bangfu_excel.core.names import name_keys
from bangfu_excel.core.rule import Given, Relation, relation
from bangfu_excel.core.spans import last_day, precision_of
from bangfu_excel.domain.relations.groups import joined, listed, nothing, one_a_group, sharing

_Frames = Mapping[str, pd.DataFrame]


@relation(
    "PV07c", "同一结对时间重叠", on="pairing", by="_recipient", severity=Severity.ERROR, effect=Effect.FIELD,
    reads={"pairing": ("helper_name", "started_on", "ended_on")}, at=("ended_on", "started_on"),
    says="第{row}行{helper_name}的结对没有在{next_start}之前结束，而同一结对从{next_start}起另有一行",
    suggests="请在旧的一行填结束时间，或删去多余的一行", basis="DOMAIN PV07", subject=Subject.PAIRING,
)  # fmt: skip
def pair_overlaps_itself(tables: _Frames, given: Given) -> pd.DataFrame:
    """A pair whose earlier row is not closed when a later one starts."""
    pairings = tables["pairing"]
    known = pairings[(pairings["_region"] >= 0) & pairings["started_on"].notna()]
    pair = joined(known, "_recipient", "_helper").dropna()
    rows = known.loc[pair.index, ["started_on"]].assign(pair=pair, ended=_last_end(known).loc[pair.index])
    rows = rows.sort_values(["pair", "started_on"], kind="stable")
    after = rows.groupby("pair", sort=False)
    following = after["started_on"].shift(-1)
    label = pd.Series(rows.index, index=rows.index).groupby(rows["pair"], sort=False).shift(-1)
    open_still = following.notna() & (following > rows["started_on"]) & ~(rows["ended"] < following)
    broken = rows[open_still]
    related = pd.Series([(int(other),) for other in label[open_still]], index=broken.index, dtype="object")
    return pd.DataFrame({"next_start": following[open_still], "_related": related})


def _last_end(pairings: pd.DataFrame) -> pd.Series:
    return last_day(pairings["ended_on"], precision_of(pairings, "ended_on"))


@relation(
    "PV09b", "走访时间不在结对期内", on="visit", by="_recipient", needs=("pairing",), severity=Severity.WARNING,
    reads={"visit": ("visited_on", "visitors"), "pairing": ("started_on", "ended_on")}, at=("visited_on",),
    says="第{row}行“{label}”填的是“{value}”，不在{visitors}的结对时间内（{span}）", suggests="请核对走访时间和结对时间",
    basis="DOMAIN PV09", subject=Subject.PAIRING,
)  # fmt: skip
def visited_outside_pairing(tables: _Frames, given: Given) -> pd.DataFrame:
    """None of the visitors who are paired with the household was so on that day."""
    spans = _spans(tables["pairing"])
    visits = tables["visit"]
    visits = visits[visits[["visited_on", "_recipient", "_helper"]].notna().all(axis=1)]
    latest = last_day(visits["visited_on"], precision_of(visits, "visited_on"))
    each = visits[["_recipient", "_helper", "visited_on"]].assign(latest=latest, label=visits.index)
    each = each.assign(_helper=each["_helper"].str.split("、")).explode("_helper").astype({"_helper": "str"})
    paired = each.merge(spans, on=["_recipient", "_helper"])
    outside = (paired["latest"] < paired["start"]) | (paired["visited_on"] > paired["end"])
    never = outside.groupby(paired["label"]).all()
    first = paired.drop_duplicates("label").set_index("label").loc[never.index[never]]
    span = [_say_span(start, end) for start, end in zip(first["start"], first["end"], strict=True)]
    return pd.DataFrame({"span": span}, index=pd.Index(first.index, dtype="int64"))


def _spans(pairings: pd.DataFrame) -> pd.DataFrame:
    """From when to when each helper was paired with each recipient; missing where open or not known."""
    rows = pairings.dropna(subset=["_recipient", "_helper"])
    rows = rows[["_recipient", "_helper", "started_on"]].assign(ended=_last_end(rows))
    pair = rows.groupby(["_recipient", "_helper"])
    spans = pair.agg(start=("started_on", "min"), end=("ended", "max"))
    known = pair[["started_on", "ended"]].count()
    size = pair.size()
    spans["start"] = spans["start"].where(known["started_on"] == size)
    spans["end"] = spans["end"].where(known["ended"] == size)
    return spans.reset_index()


def _say_span(start: pd.Timestamp, end: pd.Timestamp) -> str:
    first = "" if pd.isna(start) else f"{start.year}年{start.month}月{start.day}日起"
    last = "" if pd.isna(end) else f"到{end.year}年{end.month}月{end.day}日止"
    return first + last


@relation(
    "PV10", "走访人不是结对帮扶人", on="visit", by="_recipient", needs=("pairing",), severity=Severity.WARNING,
    reads={
        "visit": ("visitors", "group", "helper_unit"), "pairing": ("helper_name", "group", "helper_unit"),
        "helper": ("unit",),
    }, at=("visitors",),
    says="第{row}行“{label}”填的是“{value}”，这一户结对的是{paired}", suggests="请核对走访人；换了帮扶人的请补报结对",
    basis="DOMAIN PV10", subject=Subject.PAIRING,
)  # fmt: skip
def visitor_is_not_paired(tables: _Frames, given: Given) -> pd.DataFrame:
    """None of the visitors is paired with the recipient, in a group that is or of a unit that is: told once a recipient and visitors."""
    pairings = tables["pairing"].dropna(subset=["_recipient"])
    visits = tables["visit"]
    asked = visits["visitors"].notna() & (visits["_region"] >= 0)
    strange = visits[asked & among(visits["_recipient"], pairings["_recipient"].tolist())]
    for column, named, form in (
        ("_helper", "_helper", None),
        ("group", "group", None),
        ("visitors", "helper_name", name_keys),
    ):
        strange = strange[~_paired(strange, column, pairings, named, form)]
    strange = strange[~_of_paired_unit(strange, pairings, tables.get("helper", nothing()))]
    if strange.empty:
        return nothing()
    who = joined(strange, "_recipient", "visitors")
    found = sharing(who)["_related"]
    first = strange[~who.duplicated()]
    helpers = pairings["helper_name"].fillna(pairings["helper_unit"])
    paired = helpers.groupby(pairings["_recipient"]).agg(listed)
    related = pd.Series([found.get(label, ()) for label in first.index], index=first.index, dtype="object")
    return pd.DataFrame({"paired": first["_recipient"].map(paired), "_related": related})


def _paired(
    visits: pd.DataFrame, column: str, pairings: pd.DataFrame, named: str, form: Callable[[pd.Series], pd.Series] | None
) -> pd.Series:
    """True where one of the 、-joined values of `column` is `named` in a pairing of the same recipient."""
    each = visits[["_recipient", column]].dropna()
    each = each.assign(**{column: each[column].str.split("、")}).explode(column).astype({column: "str"})
    there = pairings[["_recipient", named]].dropna()
    if form is not None:
        each, there = each.assign(**{column: form(each[column])}), there.assign(**{named: form(there[named])})
    hit = among(joined(each, "_recipient", column), joined(there, "_recipient", named).tolist())
    return pd.Series(visits.index.isin(hit.index[hit]), index=visits.index)


def _of_paired_unit(visits: pd.DataFrame, pairings: pd.DataFrame, roster: pd.DataFrame) -> pd.Series:
    """True where one of the visitors is of a unit that is paired with the recipient as a whole.

    His unit is what the visit says, else what his key ends with, else what the roster of helpers or a pairing says of him.
    """
    whole = pairings[pairings["helper_name"].isna() & pairings["_helper"].notna()]
    nobody = pd.Series(False, index=visits.index)
    asked = visits[among(visits["_recipient"], whole["_recipient"].tolist())]
    if asked.empty:
        return nobody
    each = asked[["_recipient", "_helper", "helper_unit"]].assign(who=asked["_helper"].str.split("、")).explode("who")
    each = each.astype({"who": "str"})
    own = each["who"].str.partition("|")[2]
    paired = (whole["_recipient"] + "|" + whole["_helper"]).tolist()
    for unit in (
        each["helper_unit"],
        own,
        each["who"].map(_units(roster, "unit")),
        each["who"].map(_units(pairings, "helper_unit")),
    ):
        hit = among(each["_recipient"] + "|" + each_once(unit.astype("str"), fold), paired)
        nobody |= nobody.index.isin(each.index[hit])
    return nobody


def _units(frame: pd.DataFrame, unit: str) -> pd.Series:
    """Helper → the first unit that is stated for him."""
    if unit not in frame:
        return pd.Series(dtype="str")
    return frame[["_helper", unit]].dropna().drop_duplicates("_helper").set_index("_helper")[unit]


@relation(
    "PV33", "同一帮扶人电话不一致", on="pairing", by="helper_name", severity=Severity.WARNING,
    reads={"pairing": ("helper_name", "helper_unit", "helper_phone", "remark")}, at=("helper_phone", "helper_name"),
    says="第{row}行“{label}”填的是“{value}”，同一单位的{helper_name}另有几处填的电话不同",
    suggests="请核对电话；确是同名的几个人请在备注说明", told="第{row}行“{label}”填的是“{value}”，与外镇填报的不同，请联系县办",
    basis="本程序约定（帮扶人按姓名和电话区分，电话填错一位就成了两个人）", subject=Subject.PAIRING,
)  # fmt: skip
def one_helper_two_phones(tables: _Frames, given: Given) -> pd.DataFrame:
    """One name in one unit with several helpers' keys, and no remark: told once a name and unit."""
    pairings = tables["pairing"]
    asked = pairings[pairings["helper_phone"].notna() & pairings["remark"].isna()]
    asked = asked.assign(name=name_keys(asked["helper_name"]), unit=each_once(asked["helper_unit"], fold))
    found = sharing(joined(asked, "name", "unit"), apart=asked["_helper"])
    return nothing() if found.empty else one_a_group(found, asked)[["_related"]]


RELATIONS: tuple[Relation, ...] = (
    pair_overlaps_itself,
    one_helper_two_phones,
    visited_outside_pairing,
    visitor_is_not_paired,
)
