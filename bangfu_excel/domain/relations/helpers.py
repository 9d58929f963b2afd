"""Helpers who are of those helped, and plans that came after the help."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.columns import among, each_once
from bangfu_excel.core.finding import Severity
from bangfu_excel.core.fold import fold
from bangfu_excel.core.message import Subject
from bangfu_excel.core.names import name_keys
from bangfu_excel.core.rule import Given, Relation, relation
from bangfu_excel.core.spans import last_day, precision_of
from bangfu_excel.domain.identity import GONE, citizen_number
from bangfu_excel.domain.relations.groups import nothing, present

_Frames = Mapping[str, pd.DataFrame]


@relation(
    "PV08", "帮扶人是这一户的成员", on="pairing", by="_recipient", severity=Severity.WARNING,
    reads={"pairing": ("helper_name", "recipient_name", "remark"), "member": ("name", "status")}, at=("helper_name", "recipient_name"),
    says="第{row}行“{label}”填的是“{value}”，与{recipient_name}家的一名成员同名", suggests="请核对；本户的人不能帮扶本户，是同名的请在备注说明",
    basis="DOMAIN PV08", subject=Subject.PAIRING,
)  # fmt: skip
def helper_of_his_own_household(tables: _Frames, given: Given) -> pd.DataFrame:
    """A helper called like a member of the household, other than its head, whom the row names itself; no remark explains it."""
    people, pairings = present(tables["member"]), tables["pairing"]
    asked = pairings[pairings["_recipient"].notna() & pairings["helper_name"].notna() & pairings["remark"].isna()]
    called = name_keys(asked["helper_name"])
    inside = among(
        asked["_recipient"] + "|" + called, (people["_recipient"] + "|" + name_keys(people["name"])).dropna().tolist()
    )
    itself = called.eq(name_keys(asked["recipient_name"])).fillna(False).astype(bool)
    return asked.loc[inside & ~itself, []]


@relation(
    "PV08b", "帮扶人也是被帮扶的人", on="helper", by="id_number", severity=Severity.WARNING,
    reads={"helper": ("id_number", "name"), "household": ("head_id", "status"), "member": ("id_number", "status")},
    at=("id_number", "name"),
    says="第{row}行{name}的证件号码“{value}”，也在帮扶对象的名册里", suggests="请核对号码；确是帮扶对象的请另外安排帮扶人", basis="DOMAIN PV08",
    subject=Subject.PAIRING,
)  # fmt: skip
def helper_who_is_helped(tables: _Frames, given: Given) -> pd.DataFrame:
    """A helper whose number is that of a head or member of a household that is helped."""
    helpers, households = tables["helper"], tables["household"]
    households = households[~households["status"].isin(GONE)]
    numbers = pd.concat([households["head_id"], present(tables["member"])["id_number"]])
    return helpers.loc[among(citizen_number(helpers["id_number"]), citizen_number(numbers).dropna().tolist()), []]


@relation(
    "PV27", "方案晚于结对", on="document", by="unit", severity=Severity.WARNING,
    reads={"document": ("kind", "unit", "signed_on", "filed_on"), "pairing": ("helper_unit", "started_on")}, at=("kind", "unit"),
    limits={"days": 30},
    says="第{row}行{unit}的{kind}是{planned}的，比本单位当年最早的结对时间{started}晚了{days}天以上", suggests="请核对方案和结对的时间", basis="DOMAIN PV27",
    subject=Subject.WORK,
)  # fmt: skip
def plan_after_pairing(tables: _Frames, given: Given) -> pd.DataFrame:
    """A unit's first plan, dated long after its first pairing, of the same year: told at that plan."""
    documents, pairings = tables["document"], tables["pairing"]
    date = documents["signed_on"].fillna(documents["filed_on"])
    plans = pd.DataFrame({"unit": each_once(documents["unit"], fold), "planned": date})
    plans = (
        plans[documents["kind"].eq("工作方案").fillna(False).astype(bool)]
        .dropna()
        .sort_values("planned", kind="stable")
    )
    starts = pairings[["started_on"]].assign(unit=each_once(pairings["helper_unit"], fold))
    starts["started_on"] = last_day(starts["started_on"], precision_of(pairings, "started_on"))
    if plans.empty or starts["unit"].isna().all():
        return nothing()
    plans = plans[~plans["unit"].duplicated()]
    plans["started"] = plans["unit"].map(starts.dropna().groupby("unit")["started_on"].min())
    grace = pd.Timedelta(days=given.limits(plan_after_pairing)["days"])
    late = (plans["planned"] > plans["started"] + grace) & (plans["planned"].dt.year == plans["started"].dt.year)
    return plans.loc[late, ["planned", "started"]].sort_index()


RELATIONS: tuple[Relation, ...] = (helper_of_his_own_household, helper_who_is_helped, plan_after_pairing)
