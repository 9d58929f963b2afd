"""What each pair is to solve itself, by a plan that says how many problems that are."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.columns import RELATED_SHOWN, among
from bangfu_excel.core.finding import Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Relation, relation
from bangfu_excel.domain.problem_rules import PERSONALLY
from bangfu_excel.domain.relations.groups import a_sheet, in_force, joined, nothing

_Frames = Mapping[str, pd.DataFrame]


def _pairs(rows: pd.DataFrame) -> pd.Series:
    """Recipient and helper of each row, as linked; missing where one of them is not known."""
    return joined(rows, "_recipient", "_helper")


@relation(
    "PV19c", "由个人解决的问题过多", on="problem", by="_recipient", severity=Severity.WARNING,
    reads={"problem": ("solved_by", "recipient_name", "helper_name")}, at=("solved_by",), limits={"most": 2},
    says="第{row}行起，{helper_name}给{recipient_name}选定由个人解决的问题有{number}个，按本方案最多{most}个",
    suggests="请核对；个人解决不了的报支部统筹", basis="DOMAIN PV19", subject=Subject.WORK,
)  # fmt: skip
def too_many_for_one(tables: _Frames, given: Given) -> pd.DataFrame:
    """A pair that took on more problems than the plan says: told once a pair."""
    if given.scheme is None or "PV19c" not in given.scheme.rules:
        return nothing()
    own = tables["problem"][tables["problem"]["solved_by"].eq(PERSONALLY).fillna(False)]
    pair = _pairs(own).dropna()
    found = {}
    for _, labels in pair.groupby(pair).groups.items():
        submitted = [label for label in labels if own.at[label, "_region"] >= 0]
        if submitted and len(labels) > given.limits(too_many_for_one)["most"]:
            others = tuple(int(label) for label in labels if label != submitted[0])
            found[int(submitted[0])] = {"number": len(labels), "_related": others[:RELATED_SHOWN]}
    return pd.DataFrame.from_dict(found, orient="index") if found else nothing()


@relation(
    "PV19d", "没有选定由个人解决的问题", on="pairing", by="_recipient", severity=Severity.WARNING,
    reads={"pairing": ("recipient_name", "helper_name", "ended_on"), "problem": ("solved_by",)}, at=("recipient_name",),
    says="第{row}行起有{number}个对象还没有选定由个人解决的问题（{others}）",
    suggests="按本方案每对选一两个实际困难由个人解决，请补报民情问题", basis="DOMAIN PV19", subject=Subject.WORK,
)  # fmt: skip
def nothing_taken_on(tables: _Frames, given: Given) -> pd.DataFrame:
    """Pairs in force for which no problem is known that may be theirs to solve: told once a sheet; none where no problem is known at all."""
    problems, pairings = tables["problem"], tables["pairing"]
    if given.scheme is None or "PV19d" not in given.scheme.rules or problems.empty:
        return nothing()
    own = problems[problems["solved_by"].isna() | problems["solved_by"].eq(PERSONALLY).fillna(False)]
    pair = _pairs(pairings)
    asked = in_force(pairings, given.as_of) & pair.notna() & ~among(pair, _pairs(own).dropna().tolist())
    return a_sheet(pairings[asked], "recipient_name", "人")


RELATIONS: tuple[Relation, ...] = (too_many_for_one, nothing_taken_on)
