"""Rules of 儿童档案: what a child's file lacks, and who may be called left behind, in hardship or an orphan."""

from __future__ import annotations

from functools import partial

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule, rule
from bangfu_excel.domain import health_rules, schooling_rules
from bangfu_excel.domain.ages import AGED_BY, fewest_years
from bangfu_excel.domain.blanks import missing_number
from bangfu_excel.domain.codelists import CODELISTS
from bangfu_excel.domain.identity import birth
from bangfu_excel.domain.member import age_contradicts_number, birth_contradicts_number, gender_contradicts_number

_LEFT_BEHIND = r"留守|双留"
_IN_HARDSHIP = "困境儿童"
_ORPHAN = r"(?:^|、)孤儿(?:、|$)"
_STAGES = CODELISTS["child_stage"]
_AWAY_FROM_SCHOOL = frozenset(label for label in _STAGES.labels if _STAGES.attribute(label, "at_school") == "否")
_SUBJECT = Subject.CHILD
_CARD = "DOMAIN PV22；留守儿童联系卡"


@rule(
    "PC12", "留守儿童年龄偏大", severity=Severity.WARNING, reads=("category", *AGED_BY), optional=AGED_BY, at=("category",),
    limits={"under": 16},
    says="第{row}行“{label}”填的是“{value}”，按出生日期已满{under}周岁", suggests="请核对年龄；已满{under}周岁的不再算留守儿童，请更正类别",
    basis="DOMAIN PC12；国发〔2016〕13号", subject=_SUBJECT,
)  # fmt: skip
def left_behind_is_too_old(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A left-behind child is under sixteen."""
    return rows["category"].str.contains(_LEFT_BEHIND) & (
        fewest_years(rows, given) >= given.limits(left_behind_is_too_old)["under"]
    )


@rule(
    "PC12b", "困境儿童或孤儿年龄偏大", severity=Severity.WARNING, reads=("category", *AGED_BY), optional=AGED_BY, at=("category",),
    limits={"under": 18},
    says="第{row}行“{label}”填的是“{value}”，按出生日期已满{under}周岁", suggests="请核对年龄；已满{under}周岁的请更正类别或移出名册",
    basis="DOMAIN PC12；困境儿童保障范围", subject=_SUBJECT,
)  # fmt: skip
def in_hardship_is_too_old(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A child in hardship, or an orphan, is under eighteen."""
    named = rows["category"].str.contains(f"{_IN_HARDSHIP}|{_ORPHAN}|事实无人抚养儿童")
    return named & (fewest_years(rows, given) >= given.limits(in_hardship_is_too_old)["under"])


@rule(
    "PC12c", "同时填了留守儿童和孤儿", severity=Severity.WARNING, reads=("category",), at=("category",),
    says="第{row}行“{label}”填的是“{value}”，留守儿童的父母外出，孤儿的父母已经不在，两项不会同时符合",
    suggests="请核实后保留一项", basis="DOMAIN PC12", subject=_SUBJECT,
)  # fmt: skip
def left_behind_and_orphan(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Left behind by parents who are not there."""
    return rows["category"].str.contains(_LEFT_BEHIND) & rows["category"].str.contains(_ORPHAN)


def _orphan_has(rows: pd.DataFrame, given: Given, *, alive: str) -> pd.Series:
    """An orphan whose father or mother is said to be alive."""
    return rows["category"].str.contains(_ORPHAN) & rows[alive].eq(True)


def _orphan_of_living(party: str, word: str) -> Rule:
    return Rule(
        code="PC12d", title="孤儿的父亲或母亲健在", severity=Severity.WARNING, effect=Effect.NONE,
        reads=(f"{party}_alive", "category"), at=(f"{party}_alive", "category"),
        test=partial(_orphan_has, alive=f"{party}_alive"),
        says="第{row}行儿童类别填的是“{category}”，“{label}”却填的是“{value}”",
        suggests=f"请核对{word}的情况；父母有一方健在但不能抚养的，类别请填事实无人抚养儿童", basis="DOMAIN PC12", subject=_SUBJECT,
    )  # fmt: skip


_WORK_PLACES = ("father_work_place", "mother_work_place", "parent_work_place")


def _works_nowhere(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A left-behind child of whom no place of work of a parent is known."""
    return rows["category"].str.contains(_LEFT_BEHIND) & rows[list(_WORK_PLACES)].isna().all(axis=1)


def _work_place_unknown(at: str) -> Rule:
    """Told at the column that the roster has: the father's, or that of the parents."""
    others = tuple(name for name in _WORK_PLACES if name != at)
    return Rule(
        code="PC13", title="留守儿童缺父母务工地点", severity=Severity.WARNING, effect=Effect.NONE,
        reads=(at, "category", *others), blanks=(at,), optional=others, at=(at,), repeats=1, test=_works_nowhere,
        says="第{row}行是{category}，“{label}”没有填", suggests="请补填父母外出务工的地方，写到省、市",
        basis="DOMAIN PC13", subject=_SUBJECT,
    )  # fmt: skip


def _unfit(rows: pd.DataFrame, given: Given, *, name: str) -> pd.Series:
    """Younger or older than one who can look after a child."""
    limits = given.limits(_GUARDIAN_AGE)
    return (rows[name] < limits["youngest"]) | (rows[name] > limits["oldest"])


def _age_of(field: str) -> Rule:
    return Rule(
        code="PC13b", title="监护人年龄过小或过大", severity=Severity.WARNING, effect=Effect.NONE,
        reads=(field,), at=(field,), test=partial(_unfit, name=field), limits={"youngest": 18, "oldest": 75},
        says="第{row}行“{label}”填的是“{value}”，一般应在{youngest}至{oldest}岁之间",
        suggests="请核实监护人的年龄和照看能力，必要时另行落实监护人", basis="DOMAIN PC13", subject=_SUBJECT,
    )  # fmt: skip


_GUARDIAN_AGE = _age_of("guardian_age")


def _not_filed(rows: pd.DataFrame, given: Given, *, name: str, unless: tuple[str, ...]) -> pd.Series:
    """Blank in a child's file, and nothing stands in the columns that would do instead."""
    return rows[name].isna() & rows[list(unless)].isna().all(axis=1)


def _file_lacks(field: str, *unless: str) -> Rule:
    """PV22: what a child's card must say. Told once a region. unless: columns of which one filled is enough."""
    return Rule(
        code="PV22", title="儿童档案不全", severity=Severity.ERROR, effect=Effect.FIELD, reads=(field, *unless),
        blanks=(field,), optional=unless, at=(field,), test=partial(_not_filed, name=field, unless=unless), repeats=1,
        says="第{row}行“{label}”没有填", suggests="请与学校或家里核实后补填；确实没有的请在备注里写明原因",
        basis=_CARD, subject=_SUBJECT,
    )  # fmt: skip


def _guardian_lacks(rows: pd.DataFrame, given: Given, *, party: str, detail: str) -> pd.Series:
    """Somebody looks after the child, of whom the card does not say this."""
    return rows[f"{party}_name"].notna() & rows[f"{party}_{detail}"].isna()


def _card_lacks(party: str, detail: str) -> Rule:
    field, name = f"{party}_{detail}", f"{party}_name"
    return Rule(
        code="PV22", title="儿童档案不全", severity=Severity.ERROR, effect=Effect.FIELD, reads=(field, name),
        blanks=(field,), at=(field,), test=partial(_guardian_lacks, party=party, detail=detail), repeats=1,
        says="第{row}行“{label}”没有填", suggests="请向监护人核实后补填",
        basis=_CARD, subject=_SUBJECT,
    )  # fmt: skip


_ON_CARD = ("occupation", "address", "phone", "health", "age")
"""What the contact card says of a guardian or entrusted guardian."""


@rule(
    "PV23", "义务教育阶段适龄儿童不在学", severity=Severity.WARNING, reads=("stage", *AGED_BY), optional=AGED_BY, at=("stage",),
    limits={"youngest": 6, "oldest": 15},
    says="第{row}行“{label}”填的是“{value}”，而孩子在{youngest}至{oldest}周岁之间，正是上学的年龄",
    suggests="请核实；确实没有上学的写明原因，尽快劝返复学", basis="DOMAIN PV23、EL08；入学率、巩固率均达100%", subject=_SUBJECT,
)  # fmt: skip
def of_school_age_but_not_at_school(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Of the age of compulsory education, and not at school."""
    limits, years = given.limits(of_school_age_but_not_at_school), fewest_years(rows, given)
    return rows["stage"].isin(_AWAY_FROM_SCHOOL) & (years >= limits["youngest"]) & (years <= limits["oldest"])


@rule(
    "PV17", "看不出生日", severity=Severity.WARNING, reads=("birth_date", "id_number"), blanks=("birth_date", "id_number"),
    optional=("id_number",), at=("birth_date",), repeats=1,
    says="第{row}行“{label}”没有填，也没有身份证号，看不出生日；本方案要求生日上门看望，这个孩子无法考核", suggests="请补填出生日期",
    basis="DOMAIN PV17", subject=_SUBJECT,
)  # fmt: skip
def birthday_is_unknown(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The plan asks for a visit on the birthday, and nothing says when that is."""
    asked = given.scheme is not None and any(cadence.per == "birthday" for cadence in given.scheme.cadences)
    return rows["birth_date"].isna() & birth(rows["id_number"]).isna() & asked


RULES: tuple[Rule, ...] = (
    *missing_number("id_number"),
    gender_contradicts_number,
    birth_contradicts_number,
    age_contradicts_number,
    left_behind_is_too_old,
    in_hardship_is_too_old,
    left_behind_and_orphan,
    _orphan_of_living("father", "父亲"),
    _orphan_of_living("mother", "母亲"),
    _work_place_unknown("father_work_place"),
    _work_place_unknown("parent_work_place"),
    _GUARDIAN_AGE,
    _age_of("entrusted_age"),
    of_school_age_but_not_at_school,
    birthday_is_unknown,
    *schooling_rules.of_children(),
    *health_rules.of_children(),
    _file_lacks("address", "remark"),
    _file_lacks("phone", "father_phone", "mother_phone", "parent_phone", "guardian_phone", "entrusted_phone", "remark"),
    _file_lacks("parent_name", "father_name", "mother_name", "remark"),
    _file_lacks("guardian_name", "entrusted_name", "remark"),
    *(_card_lacks(party, detail) for party in ("guardian", "entrusted") for detail in _ON_CARD),
)  # fmt: skip
