"""Rules: a mask and its words in one record.

A *row rule* looks at the columns of one row; it belongs to a table. A *relation* looks at several rows or tables; it
declares the column it groups by, so that any engine can shuffle by it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message, Subject
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.errors import DeclarationError

BEFORE = "__before"
"""In `reads` of a relation, `<table>__before` is what is registered of a table, also what the submitted rows replace."""


@dataclass(frozen=True)
class Given:
    """What a rule may know beside the data: the date and period of the report, the county's thresholds, the plan.

    thresholds: rule code → name → number, defaults declared at the rule, overridden by the profile · scheme: the plan under
    which the rows are handed in, if any · county, province: what they are called, "" where a county has not said it.
    """

    as_of: dt.date
    period: Period
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    scheme: Scheme | None = None
    county: str = ""
    province: str = ""

    def limits(self, record: Rule | Relation) -> dict[str, float]:
        """The limits of a rule: as it declares them, with the county's changes."""
        return {**record.limits, **self.thresholds.get(record.code, {})}


@dataclass(frozen=True)
class Rule(Message):
    """A row rule: `test(rows, given)` is True where the row breaks it.

    reads: columns that `test` uses; rows where one of them is missing or faulty are not asked, nor are regions without
           that column. blanks: those of `reads` that may be missing (a rule about blanks).
    optional: those of `reads` that a region may lack altogether; they may be missing, and `test` finds them as columns of
           missing values of their kind's dtype (text for `<field>__precision`, False for `<field>__approx`).
    at: the fields whose cells the finding stands at, the first one first.
    limits: name → number; `given.limits(rule)` has them with the county's changes.
    repeats: group equal findings of a region into one with a count when more than this many rows break it (0: never).
    """

    reads: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    test: Callable[[pd.DataFrame, Given], pd.Series] = field(default=None, repr=False)  # type: ignore[assignment]
    limits: Mapping[str, float] = field(default_factory=dict)
    repeats: int = 0
    enabled: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.reads or not self.at or self.test is None:
            raise DeclarationError(f"规则{self.code}缺少所读列、所指单元格或判断函数")
        if not {*self.blanks, *self.optional} <= set(self.reads):
            raise DeclarationError(f"规则{self.code}：blanks 和 optional 须在 reads 之中")


@dataclass(frozen=True)
class Relation(Message):
    """A rule across rows or tables of the whole run.

    on: table whose rows it is about · needs: other tables that it looks up (no run, one notice, where one is wholly absent)
    · by: column that all rows of one decision share (the grouping key) · reads: table → columns used.
    test(tables, given): a frame whose index is the subset of `tables[on]`'s index that breaks the rule; its columns are
    further placeholders, and `_related` (optional) holds tuples of index labels of `tables[on]` (or of `related_in`).
    """

    on: str = ""
    needs: tuple[str, ...] = ()
    by: str = ""
    reads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    at: tuple[str, ...] = ()
    test: Callable[[Mapping[str, pd.DataFrame], Given], pd.DataFrame] = field(default=None, repr=False)  # type: ignore[assignment]
    related_in: str = ""
    limits: Mapping[str, float] = field(default_factory=dict)
    enabled: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if not (self.on and self.by and self.at) or self.test is None:
            raise DeclarationError(f"规则{self.code}缺少所属表、分组列、所指单元格或判断函数")


def rule(
    code: str, title: str, *, severity: Severity, effect: Effect = Effect.NONE, reads: tuple[str, ...],
    at: tuple[str, ...], says: str, suggests: str = "", basis: str, subject: Subject,
    blanks: tuple[str, ...] = (), optional: tuple[str, ...] = (), limits: Mapping[str, float] | None = None,
    repeats: int = 0, enabled: bool = True, told: str = "",
) -> Callable[[Callable[[pd.DataFrame, Given], pd.Series]], Rule]:  # fmt: skip
    """Decorator: the function below it becomes a `Rule` of that code and those words."""

    def declare(test: Callable[[pd.DataFrame, Given], pd.Series]) -> Rule:
        test.__qualname__ += ".test"  # where pickle finds it, for the record takes the function's name
        return Rule(
            code=code, title=title, severity=severity, effect=effect, reads=reads, at=at, says=says,
            suggests=suggests, basis=basis, subject=subject, blanks=blanks, optional=optional,
            limits=limits or {}, repeats=repeats, enabled=enabled, told=told, test=test,
        )  # fmt: skip

    return declare


def relation(
    code: str, title: str, *, on: str, by: str, severity: Severity, effect: Effect = Effect.NONE,
    reads: Mapping[str, tuple[str, ...]], at: tuple[str, ...], says: str, suggests: str = "", basis: str,
    subject: Subject, needs: tuple[str, ...] = (), related_in: str = "",
    limits: Mapping[str, float] | None = None, enabled: bool = True, told: str = "",
) -> Callable[[Callable[[Mapping[str, pd.DataFrame], Given], pd.DataFrame]], Relation]:  # fmt: skip
    """Decorator: the function below it becomes a `Relation` of that code and those words."""

    def declare(test: Callable[[Mapping[str, pd.DataFrame], Given], pd.DataFrame]) -> Relation:
        test.__qualname__ += ".test"  # where pickle finds it, for the record takes the function's name
        return Relation(
            code=code, title=title, on=on, by=by, severity=severity, effect=effect, reads=reads, at=at,
            says=says, suggests=suggests, basis=basis, subject=subject, needs=needs,
            related_in=related_in, limits=limits or {}, enabled=enabled, told=told, test=test,
        )  # fmt: skip

    return declare
