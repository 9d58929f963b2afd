"""Rules of 家庭成员 on the ability to work and what it contradicts: all off until a county wants them."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule, rule
from bangfu_excel.domain.ages import AGED_BY, between, fewest_years, most_years
from bangfu_excel.domain.health_rules import certificate
from bangfu_excel.domain.jobs import WORKS_BY, has_job
from bangfu_excel.domain.schooling_rules import at_school

_ABLE, _WEAK, _LOST, _NONE = ("普通劳动力", "技能劳动力"), "弱劳动力或半劳动力", "丧失劳动力", "无劳动力"
_SEVERE = ("41", "42")
"""Kind and grade at the end of a certificate: a limb, first or second grade."""
_SUBJECT = Subject.LIVELIHOOD


@rule(
    "EL11", "未满16周岁填了劳动能力", severity=Severity.ERROR, effect=Effect.FIELD, reads=("labour_ability", *AGED_BY), optional=AGED_BY,
    at=("labour_ability",), limits={"under": 16}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，而本人未满{under}周岁", suggests="请核对出生日期；未满{under}周岁的填无劳动力", basis="DOMAIN EL11",
    subject=_SUBJECT,
)  # fmt: skip
def child_able_to_work(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A child, who counts as unable to work."""
    return (rows["labour_ability"] != _NONE) & (most_years(rows, given) < given.limits(child_able_to_work)["under"])


@rule(
    "EL12", "老年人劳动能力偏高或填了丧失", severity=Severity.WARNING, reads=("labour_ability", *AGED_BY), optional=AGED_BY,
    at=("labour_ability",), limits={"from": 60}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，而本人已满{from}周岁", suggests="请核对；已满{from}周岁的一般填弱劳动力或半劳动力、无劳动力",
    basis="DOMAIN EL12", subject=_SUBJECT,
)  # fmt: skip
def old_and_fully_able(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Old, and as able to work as the young, or said to have lost what age has taken."""
    old = fewest_years(rows, given) >= given.limits(old_and_fully_able)["from"]
    return rows["labour_ability"].isin((*_ABLE, _LOST)) & old


@rule(
    "EL13", "健康的成年人没有劳动能力", severity=Severity.WARNING,
    reads=("labour_ability", "health", "school_status", *AGED_BY), optional=("school_status", *AGED_BY), at=("labour_ability", "health"),
    limits={"youngest": 16, "oldest": 59}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，而本人健康、不在校，在{youngest}至{oldest}周岁之间", suggests="请核实劳动能力和健康状况",
    basis="DOMAIN EL13", subject=_SUBJECT,
)  # fmt: skip
def healthy_and_unable(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Of working age, healthy and not at school, and said to be unable to work."""
    limits = given.limits(healthy_and_unable)
    free = (rows["health"] == "健康") & ~at_school(rows["school_status"])
    unable = rows["labour_ability"].isin((_WEAK, _LOST, _NONE))
    return unable & free & between(rows, given, limits["youngest"], limits["oldest"])


@rule(
    "EL14", "在校生填了劳动能力", severity=Severity.WARNING, reads=("labour_ability", "school_status"), at=("labour_ability", "school_status"),
    enabled=False,
    says="第{row}行“{label}”填的是“{value}”，而在校生状况是{school_status}", suggests="在校生一般填无劳动力，已经毕业的请更正在校生状况",
    basis="DOMAIN EL14", subject=_SUBJECT,
)  # fmt: skip
def pupil_able_to_work(rows: pd.DataFrame, given: Given) -> pd.Series:
    """At school, and counted among those who work."""
    return at_school(rows["school_status"]) & rows["labour_ability"].isin((*_ABLE, _WEAK))


@rule(
    "EL16", "重度肢体残疾填了普通劳动力", severity=Severity.WARNING, reads=("labour_ability", "id_number", "disability_cert"),
    optional=("id_number", "disability_cert"), at=("labour_ability", "disability_cert"), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，而残疾证号表示肢体残疾一级或二级", suggests="请对照残疾人证核实劳动能力", basis="DOMAIN EL16；GB/T 26341-2010",
    subject=_SUBJECT,
)  # fmt: skip
def severely_disabled_and_able(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The certificate says a severe disability of a limb."""
    return rows["labour_ability"].isin(_ABLE) & certificate(rows).str.slice(18, 20).isin(_SEVERE)


@rule(
    "EL17", "患有大病填了劳动力", severity=Severity.WARNING, reads=("labour_ability", "health"), at=("labour_ability", "health"), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，而健康状况是{health}", suggests="请核实劳动能力和健康状况", basis="DOMAIN EL17", subject=_SUBJECT,
)  # fmt: skip
def gravely_ill_and_able(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Gravely ill, and able to work as anybody."""
    return rows["labour_ability"].isin(_ABLE) & rows["health"].str.contains("患有大病")


_AT_WORK = (*WORKS_BY, "plans_work")


@rule(
    "EL19", "没有劳动能力却在务工", severity=Severity.ERROR, effect=Effect.FIELD, reads=("labour_ability", *_AT_WORK), optional=_AT_WORK,
    at=("labour_ability",), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，却填了务工或者计划务工", suggests="请核实劳动能力和务工情况，更正填错的一项", basis="DOMAIN EL19",
    subject=_SUBJECT,
)  # fmt: skip
def unable_and_working(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Unable to work, and at work or about to be."""
    return rows["labour_ability"].isin((_LOST, _NONE)) & (has_job(rows) | rows["plans_work"].eq(True).fillna(False))


RULES: tuple[Rule, ...] = (
    child_able_to_work,
    old_and_fully_able,
    healthy_and_unable,
    pupil_able_to_work,
    severely_disabled_and_able,
    gravely_ill_and_able,
    unable_and_working,
)
