"""Rules on the state of health and certificates of disability, of members and children: all off until a county wants them."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule, rule

_SUBJECT = Subject.LIVELIHOOD
_BASIS = "DOMAIN EL15；残疾人证号在公民身份号码后加残疾类别和等级"
_CERTIFIED = 20


def certificate(rows: pd.DataFrame) -> pd.Series:
    """The number of a disability certificate, of its own column or that of numbers; missing where there is none."""
    numbers = rows["id_number"].where(rows["id_number"].str.len() >= _CERTIFIED)
    return rows["disability_cert"].fillna(numbers) if "disability_cert" in rows else numbers


def _disabled(rows: pd.DataFrame) -> pd.Series:
    return rows["health"].str.contains("残疾")


@rule(
    "EL15", "残疾人没有残疾证号", severity=Severity.WARNING, reads=("health", "id_number", "disability_cert"), optional=("disability_cert",),
    at=("health", "id_number"), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，没有填残疾证号，证件号码也不是残疾人证号", suggests="有残疾人证的请补填证号，没有的请核实健康状况",
    basis=_BASIS, subject=_SUBJECT,
)  # fmt: skip
def disabled_without_certificate(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Disabled, and no number of a certificate."""
    return _disabled(rows) & certificate(rows).isna()


@rule(
    "EL15b", "有残疾证号而健康状况不是残疾", severity=Severity.WARNING, reads=("health", "id_number", "disability_cert"),
    optional=("id_number", "disability_cert"), at=("health", "disability_cert"), enabled=False,
    says="第{row}行填了残疾证号，“{label}”填的却是“{value}”", suggests="请核对残疾人证，健康状况请加填残疾", basis=_BASIS, subject=_SUBJECT,
)  # fmt: skip
def certificate_without_disability(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The number of a certificate, and a state of health that knows of no disability."""
    return ~_disabled(rows) & certificate(rows).notna()


_SAID = ("disability_kind", "disability_grade", "id_number")


@rule(
    "EL15", "残疾儿童没有残疾类别", severity=Severity.WARNING, reads=("health", *_SAID), blanks=("disability_kind",),
    optional=("disability_grade", "id_number"), at=("health", "disability_kind"), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，没有填残疾类别，证件号码也不是残疾人证号", suggests="请对照残疾人证补填，没有的请核实身体情况",
    basis=_BASIS, subject=_SUBJECT,
)  # fmt: skip
def disabled_child_of_no_kind(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Disabled, and neither the kind, the grade nor a certificate is known."""
    return _disabled(rows) & rows[["disability_kind", "disability_grade"]].isna().all(axis=1) & certificate(rows).isna()


@rule(
    "EL15b", "有残疾类别而身体情况不是残疾", severity=Severity.WARNING, reads=("health", *_SAID), optional=_SAID,
    at=("health", "disability_kind"), enabled=False,
    says="第{row}行填了残疾类别、等级或残疾证号，“{label}”填的却是“{value}”", suggests="请对照残疾人证核对，身体情况请加填残疾",
    basis=_BASIS, subject=_SUBJECT,
)  # fmt: skip
def child_of_a_kind_without_disability(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A kind, grade or certificate of disability, and a state of health that knows of none."""
    said = rows[["disability_kind", "disability_grade"]].notna().any(axis=1) | certificate(rows).notna()
    return ~_disabled(rows) & said


@rule(
    "EL18", "健康与患病、残疾同时填写", severity=Severity.ERROR, effect=Effect.FIELD, reads=("health",), at=("health",), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，健康不能和别的情况同时填", suggests="请核实后只留实际的情况", basis="DOMAIN EL18", subject=_SUBJECT,
)  # fmt: skip
def healthy_and_not(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Healthy, together with an illness or a disability."""
    return rows["health"].str.contains(r"(?:^|、)健康(?:、|$)") & rows["health"].str.contains("、")


def of_members() -> tuple[Rule, ...]:
    """The rules of the table of members."""
    return (disabled_without_certificate, certificate_without_disability, healthy_and_not)


def of_children() -> tuple[Rule, ...]:
    """The rules of the table of children."""
    return (disabled_child_of_no_kind, child_of_a_kind_without_disability, healthy_and_not)
