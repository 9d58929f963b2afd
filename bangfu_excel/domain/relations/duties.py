"""Who is to help by the plan, and is paired with nobody."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.columns import among, each_once
from bangfu_excel.core.finding import Severity
from bangfu_excel.core.fold import fold
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Relation, relation
from bangfu_excel.core.spans import in_force
from bangfu_excel.domain.relations.groups import a_sheet, nothing

_Frames = Mapping[str, pd.DataFrame]


@relation(
    "PV02", "应帮扶的人没有结对对象", on="helper", by="_helper", severity=Severity.WARNING,
    reads={
        "helper": ("name", "politics", "helper_kind", "disqualified_on"),
        "pairing": ("helper_name", "started_on", "ended_on"), "leave": ("kind", "approved_by", "started_on", "ended_on"),
    },
    at=("name",),
    says="第{row}行起应结对的人里有{number}人还没有结对对象（{others}）", suggests="请安排结对，已经结对的补报结对名单",
    basis="DOMAIN PV02", subject=Subject.PAIRING,
)  # fmt: skip
def helper_without_recipient(tables: _Frames, given: Given) -> pd.DataFrame:
    """Those of the roster who must help by the plan and whom no pairing in force names: told once a sheet.

    Nobody is asked who is disqualified or excused (免考核) at the report's date, and nobody where no pairing is known.
    """
    rows = tables["helper"]
    pairings = tables["pairing"]
    if pairings.empty or given.scheme is None:
        return nothing()
    asked = pd.Series(False, index=rows.index)
    for helper in given.scheme.helpers:
        if helper.must and not helper.civil_levels:
            kind = (rows["helper_kind"] == helper.kind) if helper.kind else pd.Series(True, index=rows.index)
            politics = rows["politics"]
            fits = kind if not helper.politics else politics.isin(helper.politics) | (kind & politics.isna())
            asked |= fits.fillna(False).astype(bool)
    asked &= ~(rows["disqualified_on"] <= pd.Timestamp(given.as_of))
    helping = pairings[in_force(pairings, given.as_of)]["_helper"].dropna().tolist()
    asked &= ~among(rows["_helper"], [*helping, *_excused(tables["leave"], given)])
    return a_sheet(rows[asked], "name", "人")


def _excused(leave: pd.DataFrame, given: Given) -> list[str]:
    """Keys of the helpers who need not be assessed on the report's date, with approval."""
    if leave.empty:
        return []
    day = pd.Timestamp(given.as_of)
    now = (leave["started_on"] <= day) & ~(leave["ended_on"] < day)
    excused = leave[now & leave["kind"].eq("免考核").fillna(False) & leave["approved_by"].notna()]
    return [str(key) for key in excused["_helper"].dropna()]


@relation(
    "PV02b", "应帮扶的单位没有结对", on="unit", by="unit", severity=Severity.WARNING,
    reads={"unit": ("unit", "civil_level"), "pairing": ("helper_unit", "started_on", "ended_on")}, at=("unit", "civil_level"),
    says="第{row}行起应帮扶的文明单位里有{number}个还没有结对（{others}）", suggests="请安排结对，已经结对的补报结对名单",
    basis="DOMAIN PV02", subject=Subject.PAIRING,
)  # fmt: skip
def unit_without_recipient(tables: _Frames, given: Given) -> pd.DataFrame:
    """Units of a level that must help by the plan and that no pairing in force names: told once a sheet."""
    rows, pairings = tables["unit"], tables["pairing"]
    levels = [level for h in (given.scheme.helpers if given.scheme else ()) if h.must for level in h.civil_levels]
    if pairings.empty or not levels:
        return nothing()
    helping = pairings[in_force(pairings, given.as_of)]
    named = [*helping["_helper"].dropna(), *each_once(helping["helper_unit"].dropna(), fold)]
    free = ~among(rows["_helper"], named) & ~among(each_once(rows["unit"], fold), named)
    return a_sheet(rows[rows["civil_level"].isin(levels) & free], "unit", "个")


RELATIONS: tuple[Relation, ...] = (helper_without_recipient, unit_without_recipient)
