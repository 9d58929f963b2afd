"""What is done under a plan: measures, how often, papers, money, what is written out of it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bangfu_excel.core.file_names import FileTitle
from bangfu_excel.core.scheme.element import Coded, Declared, Element, Fields, KindOfTable, Tables
from bangfu_excel.core.scheme.issuing import Due

Unit = Literal["week", "month", "quarter", "half-year", "year"]
Per = Literal[
    "day", "3-days", "week", "half-month", "month", "quarter", "half-year", "year",
    "term", "vacation", "festival", "birthday", "event", "programme",
]  # fmt: skip
PaperPer = Literal["month", "quarter", "half-year", "year", "term", "vacation", "programme"]
PaperWho = Literal["helper", "group", "unit", "school", "teacher", "class-teacher", "office"]
Who = Literal["helper", "group", "unit", "school", "teacher", "class-teacher", "pupil", "office"]
Whom = Literal[
    "household", "person", "child", "guardian", "class-teacher", "village", "school", "unit", "group", "public"
]
Counter = Literal[
    "recipient", "group-village", "unit-village", "unit-recipient", "villager-group", "helper", "class", "unit", "programme"
]  # fmt: skip
BULLETINS = ("month", "quarter", "half-year", "year", "phase")
EVALUATED: tuple[Unit, ...] = ("week", "month", "quarter", "half-year", "year")


class Measure(Element):
    """Something that helpers do for recipients, and the county-wide category under which it is counted."""

    category: Annotated[str, Coded("help_category")] = Field(default="", title="帮扶类别")
    fields: Fields = Field(default=(), title="记在")


class CauseFamily(Element):
    """Causes of hardship and the family of measures that answers them."""

    causes: Annotated[tuple[str, ...], Coded("poverty_cause")] = Field(default=(), title="原因")
    capacity: Annotated[str, Coded("labour_capacity")] = Field(default="", title="劳动能力")
    family: Annotated[str, Coded("help_category")] = Field(title="措施")


class Cadence(Element):
    """Who does what to whom how often: at least `count` (and at most `most`) records of `table` per `per`.

    modes, kinds: which ways and kinds count, empty for any · counter: what the number is counted for · unset: the plan says
    “regularly” and gives no number; nothing is due until the county sets one · days: within how many days of a festival or
    birthday (before or after it), or after an event · events: kinds of 民情问题 that are such events · within, phase: only
    in the terms or vacations of the county's calendar, only in a phase of the plan (its title) · since, until: the days between which
    it holds (both inclusive), where a number changes on a day: the old one until then, another cadence since.
    """

    id: str = Field(title="代号")
    title: str = Field(title="名称")
    who: Who = Field(default="helper", title="谁")
    whom: Whom = Field(default="household", title="对谁")
    table: Annotated[str, Declared("table")] = Field(default="visit", title="看哪张表")
    kinds: Annotated[tuple[str, ...], KindOfTable()] = Field(default=(), title="类别")
    modes: Annotated[tuple[str, ...], Coded("visit_mode")] = Field(default=(), title="方式")
    count: int = Field(default=1, ge=1, title="至少几次")
    most: int | None = Field(default=None, ge=1, title="至多几次")
    per: Per = Field(default="month", title="每")
    counter: Counter | None = Field(default=None, title="按什么计数")
    festivals: Annotated[tuple[str, ...], Coded("festival")] = Field(default=(), title="节日")
    days: int | None = Field(default=None, ge=1, title="几天以内")
    events: Annotated[tuple[str, ...], Coded("problem_kind")] = Field(default=(), title="什么事之后")
    within: Literal["term", "vacation"] | None = Field(default=None, title="只在")
    phase: str = Field(default="", title="只在哪一阶段")
    since: dt.date | None = Field(default=None, title="自")
    until: dt.date | None = Field(default=None, title="至")
    unset: bool = Field(default=False, title="次数未设定")
    least_share: float = Field(default=0.5, ge=0, le=1, title="不足整段时至少占几成才要求")

    @model_validator(mode="after")
    def _countable(self) -> Cadence:
        if self.counter is None and (self.who, self.whom) != ("helper", "household"):
            raise ValueError("没有写按什么计数（counter），如 recipient 每个对象、group-village 每组每村")
        if self.unset and "count" in self.model_fields_set:
            raise ValueError("既写了次数（count）又写未设定（unset），只留一项")
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"自（since）{self.since}晚于至（until）{self.until}")
        if self.per == "festival" and not self.festivals:
            raise ValueError("按节日计的要写明是哪些节日（festivals）")
        if self.per == "event" and not self.unset and not (self.events and self.days):
            raise ValueError("遇事要办的要写明是哪些事（events，民情台账的问题类别）和几天以内（days）")
        if self.most is not None and self.most < self.count:
            raise ValueError("至多（most）小于至少（count）")
        return self

    @property
    def is_evaluated(self) -> bool:
        """Whether the levels of the assessment are made of it: a helper's visits to each household in spans of the calendar."""
        return (
            (self.who, self.whom, self.table) == ("helper", "household", "visit")
            and self.counter in (None, "recipient")
            and self.per in EVALUATED
            and self.most is None
            and not (self.kinds or self.unset)
        )


class Document(Element):
    """A paper that is due: which kind, from whom, how often or when (月-日), and with whom it is filed.

    due: where nothing is said the end of the span, of the phase that wants it, or of the programme.
    """

    kind: Annotated[str, Coded("document_kind")] = Field(title="材料")
    who: PaperWho = Field(default="unit", title="谁报")
    per: PaperPer = Field(default="programme", title="每")
    due: tuple[str, ...] = Field(default=(), title="期限（月-日）")
    filed_with: str = Field(default="", title="报给谁")
    contents: tuple[str, ...] = Field(default=(), title="要写明")


class Fund(Element):
    """A source of money or goods that is told apart from others."""

    source: Annotated[str, Coded("fund_source")] = Field(title="来源")


class Target(Element):
    """A rate that is to be reached. indicator: id of the metric."""

    indicator: Annotated[str, Declared("metric")] = Field(title="指标")
    rate: float = Field(ge=0, le=1, title="目标")


class Output(Element):
    """A ledger, card, form or report that is written from the records of `tables`; ledger: id of the one that it is; form: name
    of the workbook that is filled for it. A report that is no ledger and says `per` what it is made is a bulletin (通报, 小结, 总结).
    """

    id: str = Field(title="代号")
    title: FileTitle = Field(default="", title="名称")
    kind: Literal["ledger", "card", "form", "report", "statistics", "file"] = Field(title="种类")
    tables: Tables = Field(default=(), title="取自")
    ledger: Annotated[str, Declared("ledger")] = Field(default="", title="哪本台账")
    form: Annotated[str, Declared("form")] = Field(default="", title="哪份表样")
    per: Per | Literal["phase"] | None = Field(default=None, title="每")
    due: Due = Field(default="", title="出的时间")
    masked: bool = Field(default=False, title="公开的要隐去个人信息")
    statistics: Annotated[tuple[str, ...], Declared("statistic")] = Field(default=(), title="统计指标")

    @model_validator(mode="after")
    def _statistics_named(self) -> Output:
        if (self.kind == "statistics") != bool(self.statistics):
            raise ValueError("种类是 statistics 的要写明是哪些统计指标（statistics），别的种类不写")
        return self

    @model_validator(mode="after")
    def _made_of_spans(self) -> Output:
        if self.is_bulletin and self.per not in BULLETINS:
            raise ValueError(f"报告（report）按什么出（per）可以写：{'、'.join(BULLETINS)}")
        return self

    @property
    def is_bulletin(self) -> bool:
        """Whether it is written as a bulletin of each span of its."""
        return self.kind == "report" and not self.ledger and self.per is not None


class Requirement(Element):
    """What the plan asks of the records themselves, and where it is held to: columns, and numbers of rules."""

    fields: Fields = Field(default=(), title="记在")
    rules: Annotated[tuple[str, ...], Declared("rule")] = Field(default=(), title="规则")
    unset: bool = Field(default=False, title="数量未设定")
