"""A household's cover, risk and the end of its risk against its members and measures; most ships switched off, as few rosters say."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.finding import Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Relation, relation
from bangfu_excel.domain.identity import GONE
from bangfu_excel.domain.relations.groups import listed, nothing, present

_Frames = Mapping[str, pd.DataFrame]
_ABLE = ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力")
_KEPT = "低保|特困供养|五保"
_NO_PUPIL = ("非在校生", "学龄前儿童")


def _all(people: pd.DataFrame, mark: pd.Series) -> pd.Series:
    """Household → whether all its members are so."""
    return mark.fillna(False).astype(bool).groupby(people["_recipient"]).all()


def _homes(found: pd.Series) -> list[str]:
    return [str(home) for home in found.index[found]]


@relation(
    "PC08", "整户没有劳动力而没有低保", on="household", by="_key", needs=("member",), severity=Severity.WARNING,
    reads={"household": ("head_name", "household_type", "recipient_category", "safety_net", "status"), "member": ("labour_ability", "dibao", "tekun", "status")}, at=("head_name",),
    says="第{row}行{head_name}一户的成员都没有劳动力，也没有一人享受低保", suggests="请核对；符合条件的帮助申请低保或特困供养",
    basis="DOMAIN PC08", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def unable_and_without_dibao(tables: _Frames, given: Given) -> pd.DataFrame:
    """None of the members can work and each says that he has no minimum living allowance; nor is the household called kept."""
    households, people = tables["household"], present(tables["member"])
    unable = people["labour_ability"].notna() & ~people["labour_ability"].isin(_ABLE)
    without = people["dibao"].eq(False) & ~people["tekun"].eq(True).fillna(False)
    alone = among(households["_key"], _homes(_all(people, unable) & _all(people, without)))
    called = households["household_type"].fillna("") + "、" + households["recipient_category"].fillna("")
    kept = called.str.contains(_KEPT) | households["safety_net"].eq(True).fillna(False)
    return households.loc[alone & ~kept & ~households["status"].isin(GONE), []]


@relation(
    "MO02", "风险与家庭成员不符", on="household", by="_key", needs=("member",), severity=Severity.WARNING, enabled=False,
    reads={
        "household": ("cause", "head_name"),
        "member": ("health", "disability_cert", "disability_grade", "school_status", "labour_ability", "work_place", "status"),
    },
    at=("cause",), limits={"share": 0.25},
    says="第{row}行“{label}”填的是“{value}”，从家庭成员表看不出{lacking}", suggests="请核对原因，以及成员的健康、在校和劳动能力",
    basis="DOMAIN MO02", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def risk_of_which_no_member_knows(tables: _Frames, given: Given) -> pd.DataFrame:
    """A risk that the members, where all say how they are, do not bear out."""
    households, people = tables["household"], present(tables["member"])
    refuted = _refuted(people, given.limits(risk_of_which_no_member_knows)["share"])
    stated = households[households["cause"].notna()]
    lacking = pd.DataFrame(
        {
            risk: pd.Series(risk, index=stated.index, dtype="str").where(
                among(stated["_key"], _homes(homes)) & stated["cause"].str.contains(risk)
            )
            for risk, homes in refuted.items()
        }
    ).dropna(how="all")
    return lacking.agg(listed, axis=1).to_frame("lacking") if len(lacking) else nothing()


def _refuted(people: pd.DataFrame, share: float) -> Mapping[str, pd.Series]:
    """Risk → household → whether all its members say how they are, and by that it has no such risk."""
    health, ability, school = people["health"], people["labour_ability"], people["school_status"]
    disabled = (
        people["disability_cert"].notna() | people["disability_grade"].notna() | health.str.contains("残疾").eq(True)
    )
    able = ability.isin(_ABLE)
    many = able.groupby(people["_recipient"]).mean() > share
    return {
        "因残": _all(people, health.notna() & ~disabled),
        "因病": _all(people, health.notna() & ~health.str.contains("慢性病|大病").eq(True)),
        "因学": _all(people, school.isin(_NO_PUPIL)),
        "缺劳动力": _all(people, ability.notna()) & many,
        "因务工就业不稳": _all(people, ability.notna() & ~able & people["work_place"].isna()),
    }


@relation(
    "MO05", "帮扶消除而没有措施", on="household", by="_key", needs=("measure",), severity=Severity.ERROR, enabled=False,
    reads={"household": ("removal_way", "head_name"), "measure": ("category",)}, at=("removal_way", "head_name"),
    says="第{row}行“{label}”填的是“{value}”，而这一户没有报一项帮扶措施", suggests="请补报措施，或核对消除方式", basis="DOMAIN MO05",
    subject=Subject.HOUSEHOLD,
)  # fmt: skip
def removed_by_no_measure(tables: _Frames, given: Given) -> pd.DataFrame:
    """A risk removed by help, and no help."""
    households = tables["household"]
    helped = among(households["_key"], tables["measure"]["_recipient"].dropna().tolist())
    return households.loc[households["removal_way"].eq("帮扶消除").fillna(False).astype(bool) & ~helped, []]


@relation(
    "MO08c", "风险已消除而成员没有医疗保险", on="household", by="_key", needs=("member",), severity=Severity.ERROR, enabled=False,
    reads={"household": ("risk_removed", "head_name"), "member": ("resident_medical", "employee_medical", "status", "name")},
    at=("risk_removed", "head_name"),
    says="第{row}行“{label}”填的是“{value}”，而{who}没有参加医疗保险", suggests="请核对；没有参保的请先落实", basis="DOMAIN MO08",
    subject=Subject.HOUSEHOLD,
)  # fmt: skip
def removed_and_uninsured(tables: _Frames, given: Given) -> pd.DataFrame:
    """The risk is removed, and a member says that he is in no basic medical insurance."""
    households, people = tables["household"], present(tables["member"])
    bare = people[
        people["resident_medical"].eq(False).fillna(False) & ~people["employee_medical"].eq(True).fillna(False)
    ]
    who = bare.groupby("_recipient")["name"].agg(listed)
    told = households[households["risk_removed"].eq(True).fillna(False) & among(households["_key"], who.index.tolist())]
    return told["_key"].map(who).to_frame("who")


RELATIONS: tuple[Relation, ...] = (
    unable_and_without_dibao,
    risk_of_which_no_member_knows,
    removed_by_no_measure,
    removed_and_uninsured,
)
