"""Visits against one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from bangfu_excel.core.columns import RELATED_SHOWN, among
from bangfu_excel.core.finding import Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Relation, relation
from bangfu_excel.core.spans import precision_of
from bangfu_excel.domain.relations.groups import joined, listed, nothing, one_a_group, sharing

_Frames = Mapping[str, pd.DataFrame]
_GATHERING = "集中"
_NOT_IN_PERSON = ("电话", "书信")
_NO_HOUSEHOLDS = ("儿童", "学生", "村", "学校")
_Call = tuple[int, str, str, str]  # label of the row, visitor, household, village


def _each_helper(visits: pd.DataFrame) -> pd.DataFrame:
    """One row a visit and visitor: columns `helper` (key, else name and file), `visitor` (name) and those of `visits`."""
    visits = visits[visits["visitors"].notna()]
    linked = visits["_helper"].str.count("、") == visits["visitors"].str.count("、")
    helper = visits["_helper"].where(linked, visits["visitors"]).str.split("、")
    each = visits.assign(helper=helper, visitor=visits["visitors"].str.split("、"), linked=linked)
    each = each.explode(["helper", "visitor"]).astype({"helper": "str", "visitor": "str"})
    each["helper"] = each["helper"].where(each["linked"], each["visitor"] + "@" + each["_file"])
    return each


def _days(visits: pd.DataFrame) -> pd.Series:
    """The day of each visit; missing where only the month or year is known."""
    return visits["visited_on"].where(~precision_of(visits, "visited_on").isin(["month", "year"]))


def _whom(visits: pd.DataFrame) -> pd.Series:
    """The household visited: as linked, else as written."""
    return visits["_recipient"].fillna(visits["household_id"]).fillna(visits["head_name"])


@relation(
    "PV11", "走访重复填报", on="visit", by="_recipient", severity=Severity.ERROR,
    reads={"visit": ("visited_on", "visitors", "mode", "household_id", "head_name")}, at=("visited_on", "visitors"),
    says="第{row}行{visitor}在{visited_on}走访{whom}，同一天同一人走访同一户另有一行", suggests="请只留一行，日期填错的请更正",
    basis="DOMAIN PV11", subject=Subject.PAIRING,
)  # fmt: skip
def visit_told_twice(tables: _Frames, given: Given) -> pd.DataFrame:
    """The same visitor with the same household on the same day in the same mode: told at each row but the first."""
    visits = tables["visit"]
    visits = visits.assign(day=_days(visits), whom=_whom(visits), mode=visits["mode"].fillna(""))
    each = _each_helper(visits[visits["day"].notna() & visits["whom"].notna()])
    each = each.assign(label=each.index).sort_values("_region", key=lambda region: region >= 0, kind="stable")
    key = joined(each, "day", "whom", "mode", "helper")
    each = each.assign(first=each.groupby(key.to_numpy())["label"].transform("first"))
    repeated = each[each["label"] != each["first"]].drop_duplicates("label")
    related = pd.Series([(int(first),) for first in repeated["first"]], index=repeated.index, dtype="object")
    return pd.DataFrame(
        {"visitor": repeated["visitor"], "whom": repeated["head_name"].fillna(repeated["whom"]), "_related": related}
    )


@relation(
    "PV12", "一人一天走访过多", on="visit", by="_helper", severity=Severity.WARNING,
    reads={
        "visit": ("visited_on", "visitors", "mode", "village", "household_id", "head_name"),
        "pairing": ("recipient_kind",), "child": ("name",),
    },
    at=("visitors", "visited_on"), limits={"households": 4, "villages": 1},
    says="第{row}行起，{visitor}在{visited_on}一天走访了{number}户（{where}）", suggests="请核对日期；集中走访的请在走访方式填集中",
    basis="DOMAIN PV12", subject=Subject.PAIRING,
)  # fmt: skip
def many_visits_on_a_day(tables: _Frames, given: Given) -> pd.DataFrame:
    """More households, or more villages, than one helper can visit on a day: told once a helper and day."""
    limits = given.limits(many_visits_on_a_day)
    visits = tables["visit"]
    visits = visits.assign(day=_days(visits), whom=_whom(visits))
    in_person = ~visits["mode"].isin([_GATHERING, *_NOT_IN_PERSON])
    each = _each_helper(visits[in_person & visits["day"].notna() & ~_no_household(visits, tables)])
    by = joined(each, "helper", "day")
    counts = each.groupby(by.to_numpy())[["whom", "village"]].nunique()
    many = counts[(counts["whom"] > limits["households"]) | (counts["village"] > limits["villages"])]
    each = each.assign(by=by)[among(by, many.index.tolist())]
    days: dict[str, list[_Call]] = {}
    submitted_first = each.sort_values("_region", key=lambda region: region < 0, kind="stable")
    for label, *call, key in submitted_first[["visitor", "whom", "village", "by"]].itertuples(name=None):
        days.setdefault(key, []).append((label, *call))
    told = set(each["by"][each["_region"] >= 0])
    days = {key: calls for key, calls in days.items() if key in told}
    return pd.DataFrame.from_dict({calls[0][0]: _day_of(calls) for calls in days.values()}, orient="index")


def _no_household(visits: pd.DataFrame, tables: _Frames) -> pd.Series:
    """True where it is no household that was visited: a pupil, a village or a school, of which one may see many on a day."""
    others: list[str] = []
    if "child" in tables:
        others += tables["child"]["_recipient"].dropna().tolist()
    if "pairing" in tables:
        pairings = tables["pairing"]
        others += pairings.loc[pairings["recipient_kind"].isin(_NO_HOUSEHOLDS), "_recipient"].dropna().tolist()
    return among(visits["_recipient"], others)


def _day_of(calls: Sequence[_Call]) -> dict[str, object]:
    labels, visitors, households, villages = zip(*calls, strict=True)
    distinct = dict.fromkeys(village for village in villages if not pd.isna(village))
    where = listed(distinct, "个村") + (f"，涉及{len(distinct)}个村" if len(distinct) > 1 else "")
    return {
        "visitor": visitors[0],
        "number": len(set(households)),
        "where": where or "未填村",
        "_related": tuple(dict.fromkeys(labels[1 : RELATED_SHOWN + 1])),
    }


@relation(
    "PV13b", "走访内容雷同", on="visit", by="content", severity=Severity.WARNING,
    reads={"visit": ("content", "mode", "visited_on", "household_id", "head_name")}, at=("content",),
    limits={"shortest": 8},
    says="第{row}行“{label}”与另外{number}次走访一字不差：{whom}", suggests="请按每次走访的实际情况填写",
    told="第{row}行“{label}”与外镇的走访内容一字不差，请联系县办", basis="DOMAIN PV13", subject=Subject.PAIRING,
)  # fmt: skip
def same_words_for_all(tables: _Frames, given: Given) -> pd.DataFrame:
    """The same words for other households or days: told once a text. What is too short has its own finding."""
    shortest = given.limits(same_words_for_all)["shortest"]
    visits = tables["visit"]
    visits = visits[visits["mode"].ne(_GATHERING).fillna(True) & visits["content"].notna()]
    visits = visits.drop_duplicates(["_file", "_sheet", "_row"])  # one row about several households is written once
    bare = visits["content"].str.replace(r"\s+", "", regex=True)
    bare = bare[bare.str.len() >= shortest]
    visits = visits.loc[bare.index].assign(whom=_whom(visits))
    occasion = visits["whom"].astype("str").fillna("") + "|" + visits["visited_on"].astype("str")
    found = sharing(bare, apart=occasion)
    if found.empty:
        return nothing()
    told = one_a_group(found, visits)
    called = visits["head_name"].fillna(visits["whom"]).to_dict()
    size = found["by"].map(found["by"].value_counts())
    return pd.DataFrame(
        {
            "number": size.loc[told.index] - 1,
            "whom": [listed((called[i] for i in (label, *others)), "户") for label, others in told["_related"].items()],
            "_related": told["_related"],
        },
        index=told.index,
    )


RELATIONS: tuple[Relation, ...] = (visit_told_twice, many_visits_on_a_day, same_words_for_all)
