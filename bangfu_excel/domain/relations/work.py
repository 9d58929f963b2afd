"""How many problems and courses there are, against the number that the plan asks for; without such a plan, nothing is told."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.finding import Severity
from bangfu_excel.core.fold import fold
from bangfu_excel.core.message import Subject
from bangfu_excel.core.places import place_keys
from bangfu_excel.core.rule import Given, Relation, relation
from bangfu_excel.core.scheme import Cadence
from bangfu_excel.domain.problem_rules import PERSONALLY
from bangfu_excel.domain.relations.groups import listed, nothing

_Frames = Mapping[str, pd.DataFrame]
_SOLVED_BY = "problem.solved_by"
"""What a plan names that has some problems solved personally."""


@relation(
    "PV19", "选定由个人解决的问题不是一两项", on="problem", by="_recipient", severity=Severity.WARNING,
    reads={"problem": ("recipient_name", "solved_by", "description")}, at=("solved_by", "recipient_name"), limits={"least": 1, "most": 2},
    says="第{row}行起{whom}的问题中，由个人解决的有{number}项，按本方案每对选{least}至{most}项实际困难由个人解决",
    suggests="请核对“{label}”；选定的填个人，报支部统筹的填支部",
    basis="DOMAIN PV19；党员干部一对一结对方案", subject=Subject.WORK,
)  # fmt: skip
def personal_problems_beyond_number(tables: _Frames, given: Given) -> pd.DataFrame:
    """Fewer or more problems of a recipient that are to be solved personally than the limits, where the plan asks who solves them.

    Told once a recipient, at the first submitted row that says who solves it.
    """
    asked = given.scheme is not None and any(_SOLVED_BY in record.fields for record in given.scheme.records)
    problems = tables["problem"]
    stated = problems[problems["solved_by"].notna() & problems["_recipient"].notna()]
    if not asked or stated.empty:
        return nothing()
    limits = given.limits(personal_problems_beyond_number)
    number = (stated["solved_by"] == PERSONALLY).groupby(stated["_recipient"]).sum()
    broken = (number < limits["least"]) | (number > limits["most"])
    told = _first_of_each(stated, stated["_recipient"], number[broken])
    return told.assign(whom=stated.loc[told.index, "recipient_name"].fillna("这个对象"))


@relation(
    "PV25", "培训期数多于方案", on="training", by="village", severity=Severity.WARNING,
    reads={"training": ("unit", "township", "village", "title", "topic", "session", "held_on")}, at=("title", "held_on"),
    says="第{row}行起，{where}的培训共有{number}期（{which}），按本方案最多办{most}期",
    suggests="请核对：同一期分几行报的期次填得一样，不属于本方案的不在这里报",
    basis="DOMAIN PV25；实用技术培训1至2期", subject=Subject.WORK,
)  # fmt: skip
def courses_beyond_number(tables: _Frames, given: Given) -> pd.DataFrame:
    """More courses of a unit in a village than the plan has for its whole duration: told once, at the first submitted row.

    Rows of one course and session are one; where no session is said, each day is one.
    """
    most = (
        min((c.most for c in given.scheme.cadences if c.most and _counts_courses(c)), default=0) if given.scheme else 0
    )
    training = tables["training"]
    if not most or training.empty:
        return nothing()
    whose = (
        _form(training["unit"]) + "|" + place_keys(training["township"]).fillna("") + "|" + _form(training["village"])
    )
    called = training["title"].fillna(training["topic"]).fillna("培训")
    session = training["session"].fillna(training["held_on"].dt.strftime("%Y-%m-%d")).fillna("")
    number = (called.astype("str") + "|" + session.astype("str")).groupby(whose).nunique()
    told = _first_of_each(training, whose, number[number > most])
    which = called.groupby(whose).agg(lambda names: listed(names, "种"))
    where = training["village"].fillna(training["unit"]).fillna("这里")
    return told.assign(where=where.loc[told.index], which=whose.loc[told.index].map(which), most=most)


def _counts_courses(cadence: Cadence) -> bool:
    return (cadence.table, cadence.per) == ("training", "programme")


def _form(texts: pd.Series) -> pd.Series:
    return each_once(texts.astype("str"), fold).fillna("")


def _first_of_each(rows: pd.DataFrame, by: pd.Series, numbers: pd.Series) -> pd.DataFrame:
    """The first submitted row of each value of `by` that has a number: number, and `_related`, the other rows of that value."""
    of_these = by[by.isin(numbers.index)]
    submitted = of_these[rows.loc[of_these.index, "_region"] >= 0]
    first = submitted[~submitted.duplicated()]
    labels = {value: list(group.index) for value, group in of_these.groupby(of_these)}
    related = [tuple(int(o) for o in labels[value] if o != label) for label, value in first.items()]
    return pd.DataFrame(
        {"number": first.map(numbers), "_related": pd.Series(related, index=first.index, dtype="object")}
    )


RELATIONS: tuple[Relation, ...] = (personal_problems_beyond_number, courses_beyond_number)
