"""Rules on schooling, of members and children: all off until a county wants them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule, rule
from bangfu_excel.domain.ages import AGED_BY, between, fewest_years, most_years
from bangfu_excel.domain.codelists import CODELISTS

_BEFORE_SCHOOL = "学前"
_STAGE = {
    label: stage
    for codes in (CODELISTS["school_status"], CODELISTS["child_stage"])
    for label in codes.labels
    if (stage := codes.attribute(label, "stage"))
}
_AWAY = tuple(
    label for codes in (CODELISTS["school_status"], CODELISTS["child_stage"]) for label in codes.labels if label not in _STAGE
)  # fmt: skip
_NOT_YET = "未入园"
_ILL = r"(?:因|本人)?(?:患|生|有)?(?:大|重)?(?:疾病|病|残)|身体"
_WHY = r"学|病|残|疾|送教"
"""Words of a remark that says why a child is not at school."""
_VOCATIONAL = ("中职", "高职")
_LITTLE = ("文盲或半文盲", "学前教育", "小学")
_SUBJECT = Subject.LIVELIHOOD


def stage_of(statuses: pd.Series) -> pd.Series:
    """The stage that each label of 在校生状况 or 就学情况 is; missing where it is none or not filled in."""
    return statuses.map(_STAGE).astype("str")


def at_school(statuses: pd.Series) -> pd.Series:
    """Whether each is at school; a kindergarten is none, and nothing said is not at school."""
    stage = stage_of(statuses)
    return stage.notna() & (stage != _BEFORE_SCHOOL)


@rule(
    "EL01", "文化程度和在校生状况都填了", severity=Severity.ERROR, effect=Effect.FIELD, reads=("education", "school_status"),
    at=("education", "school_status"), enabled=False,
    says="第{row}行在校生状况填的是“{school_status}”，“{label}”又填了“{value}”",
    suggests="在校的只填在校生状况，不在校的只填文化程度", basis="DOMAIN EL01；全国防返贫监测信息系统", subject=_SUBJECT,
)  # fmt: skip
def schooled_and_at_school(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The national system wants one of them: what a pupil has finished is not asked."""
    return at_school(rows["school_status"])


@rule(
    "EL01b", "文化程度和在校生状况都没有填", severity=Severity.ERROR, effect=Effect.FIELD,
    reads=("education", "school_status", *AGED_BY), blanks=("education", "school_status"), optional=AGED_BY,
    at=("education", "school_status"), limits={"youngest": 6}, enabled=False,
    says="第{row}行已满{youngest}周岁，不是在校生，“{label}”没有填", suggests="请补填文化程度；在校的补填在校生状况",
    basis="DOMAIN EL01；全国防返贫监测信息系统", subject=_SUBJECT,
)  # fmt: skip
def neither_schooled_nor_at_school(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Old enough for school, and neither says which."""
    old_enough = fewest_years(rows, given) >= given.limits(neither_schooled_nor_at_school)["youngest"]
    return rows["education"].isna() & ~rows["school_status"].isin(list(_STAGE)) & old_enough


@rule(
    "EL06", "在校生文化程度与年龄不符", severity=Severity.WARNING, reads=("education", "school_status", *AGED_BY), optional=AGED_BY,
    at=("education", "school_status"), limits={"from": 6, "primary_to": 12, "middle_to": 15, "high_to": 18}, enabled=False,
    says="第{row}行在校生状况填的是“{school_status}”，“{label}”填的是“{value}”，与年龄不太相符",
    suggests="请核对出生日期和文化程度：{primary_to}岁以下一般是小学，{middle_to}岁以下是初中，{high_to}岁以下是高中", basis="DOMAIN EL06",
    subject=_SUBJECT,
)  # fmt: skip
def schooled_beyond_its_age(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A pupil whose education is that of another age, whichever of the ages it may be that it is."""
    bands = [_band(years, given) for years in (fewest_years(rows, given), most_years(rows, given))]
    apart = [band.notna() & (rows["education"] != band) for band in bands]
    return at_school(rows["school_status"]) & apart[0] & apart[1]


def _band(years: pd.Series, given: Given) -> pd.Series:
    """The education that belongs to an age; missing where none does."""
    limits = given.limits(schooled_beyond_its_age)
    ends = (limits["from"] - 1, limits["primary_to"], limits["middle_to"], limits["high_to"])
    return pd.cut(years.astype("Float64"), ends, labels=["小学", "初中", "高中"]).astype("str")


@rule(
    "EL07", "青少年文化程度偏低", severity=Severity.WARNING, reads=("education", *AGED_BY), optional=AGED_BY, at=("education",),
    limits={"youngest": 16, "oldest": 22}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，而本人在{youngest}至{oldest}周岁之间", suggests="请核对文化程度；没有完成义务教育的请核实原因",
    basis="DOMAIN EL07", subject=_SUBJECT,
)  # fmt: skip
def young_and_little_schooled(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Of an age to have finished compulsory education, and has not."""
    limits = given.limits(young_and_little_schooled)
    return rows["education"].isin(_LITTLE) & between(rows, given, limits["youngest"], limits["oldest"])


@rule(
    "EL29", "职业学校学生没有享受雨露计划", severity=Severity.WARNING, reads=("yulu", "school_status"), blanks=("yulu",),
    at=("yulu", "school_status"), enabled=False,
    says="第{row}行是{school_status}学生，“{label}”没有填是", suggests="请核实是否符合雨露计划补助条件，符合的请申报",
    basis="DOMAIN EL29；雨露计划补助中职、高职在校生", subject=_SUBJECT,
)  # fmt: skip
def vocational_without_aid(rows: pd.DataFrame, given: Given) -> pd.Series:
    """At a vocational school, without the aid that is meant for it."""
    return stage_of(rows["school_status"]).isin(_VOCATIONAL) & ~rows["yulu"].eq(True).fillna(False)


@rule(
    "EL29b", "享受雨露计划而不是职业学校学生", severity=Severity.WARNING, reads=("yulu", "school_status"), blanks=("school_status",),
    at=("yulu", "school_status"), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，在校生状况却不是中职或高职", suggests="请核对在校生状况；已经毕业的改填否",
    basis="DOMAIN EL29；雨露计划补助中职、高职在校生", subject=_SUBJECT,
)  # fmt: skip
def aid_without_vocational(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The aid of pupils of vocational schools, who it is not."""
    return rows["yulu"].eq(True) & ~stage_of(rows["school_status"]).isin(_VOCATIONAL)


def _kindergarten(rows: pd.DataFrame, given: Given, *, status: str) -> pd.Series:
    """Healthy and of an age for school, and before it."""
    late = fewest_years(rows, given) >= given.limits(_EL02)["youngest"]
    return (rows["health"] == "健康") & (stage_of(rows[status]) == _BEFORE_SCHOOL) & late


def _unlike(
    rows: pd.DataFrame, bounds: Mapping[str, tuple[float | None, float | None]], status: str, given: Given
) -> pd.Series:
    """Certainly younger or older than the bounds of its stage (stage → youngest, oldest)."""
    stage, fewest, most = stage_of(rows[status]), fewest_years(rows, given), most_years(rows, given)
    youngest = stage.map({name: low for name, (low, _) in bounds.items() if low is not None}).astype("Float64")
    oldest = stage.map({name: high for name, (_, high) in bounds.items() if high is not None}).astype("Float64")
    return (most < youngest).fillna(False) | (fewest > oldest).fillna(False)


def _other_age(rows: pd.DataFrame, given: Given, *, status: str) -> pd.Series:
    """At a school for older or younger people."""
    of = given.limits(_EL03)
    high, college = (of["high_from"], of["high_to"]), (of["college_from"], None)
    bounds = {
        "小学": (of["primary_from"], of["primary_to"]), "初中": (of["middle_from"], of["middle_to"]), "高中": high, "中职": high,
        "高职": college, "大学": college, "研究生": (of["graduate_from"], None),
    }  # fmt: skip
    return _unlike(rows, bounds, status, given)


def _far_from_age(rows: pd.DataFrame, given: Given, *, status: str) -> pd.Series:
    """Younger than anybody at that school, or a pupil at an age when nobody is."""
    of = given.limits(_EL04)
    youngest = {
        "初中": of["middle_from"], "高中": of["high_from"], "中职": of["high_from"], "高职": of["college_from"],
        "大学": of["college_from"], "研究生": of["graduate_from"],
    }  # fmt: skip
    return _unlike(rows, {name: (youngest.get(name), of["oldest"]) for name in {*_STAGE.values()}}, status, given)


def _of_no_school_age(rows: pd.DataFrame, given: Given, *, status: str) -> pd.Series:
    """At school, too young or too old for any."""
    limits = given.limits(_EL05)
    early, late = most_years(rows, given) < limits["youngest"], fewest_years(rows, given) > limits["oldest"]
    return at_school(rows[status]) & (early | late).fillna(False)


def _away_at_school_age(rows: pd.DataFrame, given: Given, limits: Mapping[str, float], status: str) -> pd.Series:
    away = rows[status].isin((*_AWAY, _NOT_YET))
    return away & between(rows, given, limits["youngest"], limits["oldest"])


def _away_for_no_reason(rows: pd.DataFrame, given: Given, *, status: str) -> pd.Series:
    """Of the age of compulsory education, not at school, and nothing says why."""
    said = rows["dropout_reason"].notna() | rows["remark"].str.contains(_WHY).eq(True)
    return _away_at_school_age(rows, given, given.limits(_EL08), status) & ~said


def _ill_but_healthy(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Not at school for an illness that the state of health does not know."""
    return rows["dropout_reason"].str.match(_ILL) & (rows["health"] == "健康")


def _healthy_and_away(rows: pd.DataFrame, given: Given, *, status: str) -> pd.Series:
    """Of the age of compulsory education, healthy, and not at school."""
    return (rows["health"] == "健康") & _away_at_school_age(rows, given, given.limits(_EL10), status)


_EL09 = Rule(
    code="EL09", title="因病残未上学而填的是健康", severity=Severity.ERROR, effect=Effect.FIELD, reads=("dropout_reason", "health"),
    at=("dropout_reason", "health"), enabled=False, test=_ill_but_healthy,
    says="第{row}行“{label}”填的是“{value}”，健康状况却填的是“{health}”", suggests="请核实后更正其中一项", basis="DOMAIN EL09", subject=_SUBJECT,
)  # fmt: skip


def _of_both(status: str) -> tuple[Rule, ...]:
    """The rules that hold for members and children alike. status: the field that says where they are at school."""
    return (
        Rule(
            code="EL02", title="已到上学年龄还在学前", severity=Severity.WARNING, effect=Effect.NONE, reads=(status, "health", *AGED_BY),
            optional=AGED_BY, at=(status, "health"), limits={"youngest": 7}, enabled=False, test=partial(_kindergarten, status=status),
            says="第{row}行“{label}”填的是“{value}”，而本人健康、已满{youngest}周岁", suggests="请核对出生日期和就学情况",
            basis="DOMAIN EL02", subject=_SUBJECT,
        ),
        Rule(
            code="EL03", title="年龄与就学阶段不符", severity=Severity.WARNING, effect=Effect.NONE, reads=(status, *AGED_BY),
            optional=AGED_BY, at=(status,), enabled=False, test=partial(_other_age, status=status),
            limits={
                "primary_from": 6, "primary_to": 14, "middle_from": 12, "middle_to": 17, "high_from": 15, "high_to": 20,
                "college_from": 18, "graduate_from": 20,
            },
            says="第{row}行“{label}”填的是“{value}”，与年龄不太相符", suggests="请核对出生日期和就学情况",
            basis="DOMAIN EL03", subject=_SUBJECT,
        ),
        Rule(
            code="EL04", title="年龄与就学阶段相差较大", severity=Severity.WARNING, effect=Effect.NONE, reads=(status, *AGED_BY),
            optional=AGED_BY, at=(status,), enabled=False, test=partial(_far_from_age, status=status),
            limits={"middle_from": 10, "high_from": 14, "college_from": 16, "graduate_from": 20, "oldest": 32},
            says="第{row}行“{label}”填的是“{value}”，与年龄相差较大", suggests="请核对出生日期和就学情况；初中一般满{middle_from}岁，高中满{high_from}岁，"
            "大学满{college_from}岁，在校生一般不超过{oldest}岁", basis="DOMAIN EL04；住户调查审核", subject=_SUBJECT,
        ),
        Rule(
            code="EL05", title="在校生年龄偏小或偏大", severity=Severity.WARNING, effect=Effect.NONE, reads=(status, *AGED_BY),
            optional=AGED_BY, at=(status,), limits={"youngest": 6, "oldest": 24}, enabled=False, test=partial(_of_no_school_age, status=status),
            says="第{row}行“{label}”填的是“{value}”，在校生一般在{youngest}至{oldest}周岁之间", suggests="请核对出生日期；已经毕业的请更正就学情况",
            basis="DOMAIN EL05", subject=_SUBJECT,
        ),
        Rule(
            code="EL08", title="适龄儿童未上学没有原因", severity=Severity.ERROR, effect=Effect.FIELD,
            reads=("dropout_reason", status, "remark", *AGED_BY), blanks=("dropout_reason",), optional=("remark", *AGED_BY),
            at=("dropout_reason", status), limits={"youngest": 6, "oldest": 15}, enabled=False, test=partial(_away_for_no_reason, status=status),
            says=f"第{{row}}行填的是“{{{status}}}”，本人在{{youngest}}至{{oldest}}周岁之间，“{{label}}”没有填",
            suggests="请核实后写明没有上学的原因；其实在校的请更正就学情况", basis="DOMAIN EL08；控辍保学", subject=_SUBJECT,
        ),
        _EL09,
        Rule(
            code="EL10", title="健康的适龄儿童未上学", severity=Severity.ERROR, effect=Effect.NONE, reads=(status, "health", *AGED_BY),
            optional=AGED_BY, at=(status, "health"), limits={"youngest": 6, "oldest": 15}, enabled=False,
            test=partial(_healthy_and_away, status=status),
            says="第{row}行“{label}”填的是“{value}”，本人健康，在{youngest}至{oldest}周岁之间", suggests="请核实就学情况；确实辍学的要劝返复学",
            basis="DOMAIN EL10；控辍保学", subject=_SUBJECT,
        ),
    )  # fmt: skip


_OF_MEMBERS, _OF_CHILDREN = _of_both("school_status"), _of_both("stage")
_EL02, _EL03, _EL04, _EL05, _EL08, _, _EL10 = _OF_MEMBERS
"""Whose limits the tests ask for: those of a code are the same for both tables."""


def of_members() -> tuple[Rule, ...]:
    """The rules of the table of members."""
    return (
        schooled_and_at_school, neither_schooled_nor_at_school, *_OF_MEMBERS, schooled_beyond_its_age, young_and_little_schooled,
        vocational_without_aid, aid_without_vocational,
    )  # fmt: skip


def of_children() -> tuple[Rule, ...]:
    """The rules of the table of children."""
    return _OF_CHILDREN
