"""Rules about what was done for whom."""

from __future__ import annotations

from functools import partial

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule, rule
from bangfu_excel.domain.signatures import is_unsigned

_SCHOOLING = "教育帮扶"


def _is_asked_for(given: Given, field: str) -> bool:
    """Whether the plan wants this column of measures to be kept."""
    return given.scheme is not None and any(f"measure.{field}" in record.fields for record in given.scheme.records)


def _not_fixed(rows: pd.DataFrame, given: Given, *, name: str) -> pd.Series:
    """Help with schooling of which this is not fixed, where the plan asks for it."""
    asked = (rows["category"] == _SCHOOLING) & rows[name].isna()
    return asked & _is_asked_for(given, name)


def _fixed(field: str, what: str) -> Rule:
    """MS02: help with schooling has a person, a duty and a standard, where the plan says so."""
    return Rule(
        code="MS02", title=f"教育救助没有{what}", severity=Severity.ERROR, effect=Effect.FIELD, reads=(field, "category"), blanks=(field,),
        at=(field, "category"), test=partial(_not_fixed, name=field), repeats=1,
        says="第{row}行是{category}，“{label}”没有填", suggests="教育救助要定人、定责、定标准，请补填",
        basis="结对帮扶方案：教育救助定人、定责、定标准", subject=Subject.PAIRING,
    )  # fmt: skip


def _blank(rows: pd.DataFrame, given: Given, *, name: str) -> pd.Series:
    return is_unsigned(rows[name]) if name == "signed" else rows[name].isna()


def _incomplete(field: str, what: str) -> Rule:
    """MO12: the national system asks for it; off until a county does."""
    return Rule(
        code="MO12", title=f"措施没有{what}", severity=Severity.WARNING, effect=Effect.NONE, reads=(field,), blanks=(field,), at=(field,),
        test=partial(_blank, name=field), repeats=1, enabled=False,
        says="第{row}行“{label}”没有填", suggests="请补填；没有花钱的填0", basis="DOMAIN MO12", subject=Subject.PAIRING,
    )  # fmt: skip


@rule(
    "MS03", "有数量没有计量单位", severity=Severity.WARNING, reads=("quantity_unit", "quantity"), blanks=("quantity_unit",),
    at=("quantity_unit", "quantity"), repeats=1,
    says="第{row}行的数量是{quantity}，“{label}”没有填", suggests="请补填单位，例如头、袋、册", basis="DOMAIN PV20", subject=Subject.PAIRING,
)  # fmt: skip
def quantity_of_what(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A number of things, and nothing says what is counted."""
    return rows["quantity_unit"].isna()


@rule(
    "MS04", "已完成但没有完成时间", severity=Severity.WARNING, reads=("status", "ended_on"), blanks=("ended_on",), at=("status", "ended_on"),
    repeats=1, says="第{row}行“{label}”填的是“{value}”，没有填完成时间", suggests="请补填办完的日期", basis="DOMAIN MO12", subject=Subject.PAIRING,
)  # fmt: skip
def finished_at_an_unknown_time(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Finished, but not when."""
    return (rows["status"] == "已完成") & rows["ended_on"].isna()


@rule(
    "EC14", "金额单位可能填错", severity=Severity.WARNING, reads=("amount",), at=("amount",), limits={"yuan": 10}, repeats=1,
    says="第{row}行“{label}”填的是“{value}”，不到{yuan}元，可能是按万元填的", suggests="请核对单位，这一栏以元为单位",
    basis="DOMAIN EC14", subject=Subject.ECONOMY,
)  # fmt: skip
def amount_in_ten_thousands(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Help that cost a few yuan."""
    return (rows["amount"] > 0) & (rows["amount"] < given.limits(amount_in_ten_thousands)["yuan"])


RULES: tuple[Rule, ...] = (
    _fixed("person_in_charge", "定人"),
    _fixed("duty", "定责"),
    _fixed("standard", "定标准"),
    quantity_of_what,
    finished_at_an_unknown_time,
    amount_in_ten_thousands,
    _incomplete("helper_unit", "帮扶单位"),
    _incomplete("amount", "金额"),
    _incomplete("signed", "对象签字"),
)
