"""Rules about cells that should not be blank."""

from __future__ import annotations

from functools import partial

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule

_REASON = r"证|户口|上户|落户|入户|新生|出生|补办|遗失|丢失|外籍|号"
"""Words of a remark that says why there is no number."""


def is_blank(rows: pd.DataFrame, given: Given, *, name: str) -> pd.Series:
    """True where nothing stands in the column `name`."""
    return rows[name].isna()


def no_number(rows: pd.DataFrame, given: Given, *, name: str, explained: bool) -> pd.Series:
    """True where there is no identity number, nor a certificate that holds it, and the remark says why (or does not)."""
    says_why = rows["remark"].str.contains(_REASON).eq(True)
    held = rows["disability_cert"].notna() if "disability_cert" in rows else False
    return rows[name].isna() & ~held & (says_why == explained)


def blank_amount(field: str) -> Rule:
    """EC13: a blank amount is not 0. Told once a region."""
    return Rule(
        code="EC13", title="数字栏空白", severity=Severity.WARNING, effect=Effect.NONE, reads=(field,), blanks=(field,),
        at=(field,), test=partial(is_blank, name=field), repeats=1,
        says="第{row}行“{label}”没有填，空白不等于0", suggests="没有的请填0，不清楚的请核实后补填",
        basis="DOMAIN EC13", subject=Subject.ECONOMY,
    )  # fmt: skip


def blank_contact(code: str, title: str, field: str, suggests: str, subject: Subject) -> Rule:
    """A 疑点 for a blank telephone, unit or post. Told once a region."""
    return Rule(
        code=code, title=title, severity=Severity.WARNING, effect=Effect.NONE, reads=(field,), blanks=(field,),
        at=(field,), test=partial(is_blank, name=field), repeats=1,
        says="第{row}行“{label}”没有填", suggests=suggests, basis=f"DOMAIN {code}", subject=subject,
    )  # fmt: skip


def missing_number(field: str, *optional: str) -> tuple[Rule, Rule]:
    """ID01: no identity number is an error, and a 疑点 where the remark says why."""
    reads = (field, "remark", *optional)
    return (
        Rule(
            code="ID01", title="缺证件号码", severity=Severity.ERROR, effect=Effect.FIELD, reads=reads,
            blanks=(field,), optional=("remark", *optional), at=(field,),
            test=partial(no_number, name=field, explained=False),
            says="第{row}行“{label}”没有填", suggests="请对照身份证或户口簿补填；确实没有的请在备注里写明原因",
            basis="DOMAIN ID01", subject=Subject.IDENTITY,
        ),
        Rule(
            code="ID01b", title="缺证件号码（已说明原因）", severity=Severity.WARNING, effect=Effect.NONE, reads=reads,
            blanks=(field,), optional=("remark", *optional), at=(field,),
            test=partial(no_number, name=field, explained=True),
            says="第{row}行“{label}”没有填，备注说明是“{remark}”", suggests="请核实，能补的尽快补填",
            basis="DOMAIN ID01", subject=Subject.IDENTITY,
        ),
    )  # fmt: skip
