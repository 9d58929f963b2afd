"""One assistance plan: everything that one file under templates/schemes/ says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bangfu_excel.core.file_names import FileTitle
from bangfu_excel.core.scheme.element import Coded, Element, Ledgers, Strict, Tables
from bangfu_excel.core.scheme.people import Helper, Pattern, Recipients, Role
from bangfu_excel.core.scheme.scoring import Assessing
from bangfu_excel.core.scheme.work import Cadence, CauseFamily, Document, Fund, Measure, Output, Requirement, Target

_ROSTER_OF_SIDE = {"household": "household", "person": "household", "child": "child", "village": "village"}
_ROSTER_OF_KIND = {"儿童": "child", "学生": "child", "村": "village"}

AreaLevel = Literal["county", "township", "village", "school", "unit"]


class Reporting(Strict):
    """How findings go back: days that a township has to correct, and when a household counts as long unvisited."""

    correction_days: int = Field(default=5, ge=1, title="更正期限（天）")
    unvisited_months: int = Field(default=2, ge=1, title="几个月没有入户列入未走访户")
    rank_from_pairings: int = Field(default=5, ge=0, title="结对几户起参加排名")


class Phase(Element):
    """A stretch of the programme and what is to be there at its end."""

    title: str = Field(title="名称")
    start: dt.date = Field(title="起")
    end: dt.date = Field(title="止")
    due: tuple[str, ...] = Field(default=(), title="到期应有")

    @model_validator(mode="after")
    def _ordered(self) -> Phase:
        if self.start > self.end:
            raise ValueError("这一阶段的开始日期晚于结束日期")
        return self


class Scheme(Strict):
    """One assistance plan.

    start, end: days that count; needs_dates: the plan cannot do without them, until_announced: they are not known yet ·
    period_words: how the plan itself calls its length, from which no date is derived · issued_on: date of the notice ·
    default_pattern: id of the pattern of pairings that name none · blank: those of `tables` that are sent out to be filled in
    unless others are asked for (empty: all) · short: stands before the names of its files · ledgers: by id; those that `outputs` name
    are written too · levels: for which areas.
    """

    id: str = Field(title="代号")
    title: FileTitle = Field(title="名称")
    short: FileTitle | None = Field(default=None, title="简称")
    plan: str = Field(default="", title="对应方案")
    version: str = Field(title="版本")
    issued_on: dt.date | None = Field(default=None, title="通知日期")
    start: dt.date | None = Field(default=None, title="实施期起")
    end: dt.date | None = Field(default=None, title="实施期止")
    needs_dates: bool = Field(default=False, title="必须有实施期")
    until_announced: bool = Field(default=False, title="起止日期待公布")
    period_words: str = Field(default="", title="方案对期限的说法")
    programme: tuple[Requirement, ...] = Field(default=(), title="实施要求")
    phases: tuple[Phase, ...] = Field(default=(), title="阶段")
    tables: Tables = Field(title="要收的表")
    blank: Tables = Field(default=(), title="空白填报表里放的表")
    default_mode: Annotated[str, Coded("visit_mode")] = Field(default="入户", title="没有填走访方式时按")
    recipients: Recipients = Field(default=Recipients(), title="帮扶对象")
    helpers: tuple[Helper, ...] = Field(default=(), title="帮扶人")
    roles: tuple[Role, ...] = Field(default=(), title="职责")
    patterns: tuple[Pattern, ...] = Field(default=(), title="结对方式")
    default_pattern: str = Field(default="", title="没有写结对方式时按")
    goals: tuple[Requirement, ...] = Field(default=(), title="目标")
    measures: tuple[Measure, ...] = Field(default=(), title="帮扶措施")
    causes: tuple[CauseFamily, ...] = Field(default=(), title="因户施策")
    cadences: tuple[Cadence, ...] = Field(default=(), title="频次")
    targets: tuple[Target, ...] = Field(default=(), title="目标比率")
    records: tuple[Requirement, ...] = Field(default=(), title="要记录的内容")
    discipline: tuple[Requirement, ...] = Field(default=(), title="纪律")
    documents: tuple[Document, ...] = Field(default=(), title="要报的材料")
    funds: tuple[Fund, ...] = Field(default=(), title="资金物资来源")
    outputs: tuple[Output, ...] = Field(default=(), title="要出的台账、卡片和报告")
    assessing: Assessing = Field(default=Assessing(), title="考核")
    reporting: Reporting = Field(default=Reporting(), title="报送")
    ledgers: Ledgers = Field(default=(), title="随汇总出的台账")
    levels: tuple[AreaLevel, ...] = Field(default=("county", "township"), min_length=1, title="台账出到哪一级")

    @model_validator(mode="after")
    def _dated(self) -> Scheme:
        if self.start and self.end and self.start > self.end:
            raise ValueError("方案的开始日期晚于结束日期")
        if self.needs_dates and not self.until_announced and not (self.start and self.end):
            missing = "、".join(name for name in ("start", "end") if getattr(self, name) is None)
            raise ValueError(f"本方案须写明实施期，缺少{missing}；还没有公布的写 until_announced = true")
        for phase in self.phases:
            if (self.start and phase.start < self.start) or (self.end and phase.end > self.end):
                raise ValueError(f"阶段“{phase.title}”不在方案的实施期内")
        phases = [phase.title for phase in self.phases]
        for cadence in self.cadences:
            if cadence.phase and cadence.phase not in phases:
                raise ValueError(f"频次“{cadence.title}”只在阶段“{cadence.phase}”（phase），没有这个阶段")
        return self

    @model_validator(mode="after")
    def _blank_used(self) -> Scheme:
        if unused := [name for name in self.blank if name not in self.tables]:
            raise ValueError(f"空白填报表（blank）里的{'、'.join(unused)}不在要收的表（tables）里")
        return self

    @property
    def sent_out(self) -> tuple[str, ...]:
        """The tables of the blank workbook."""
        return self.blank or self.tables

    @model_validator(mode="after")
    def _named_once(self) -> Scheme:
        _refuse_twice("走访频次（cadences）", [cadence.id for cadence in self.cadences])
        _refuse_twice("结对方式（patterns）", [pattern.id for pattern in self.patterns])
        _refuse_twice("台账、卡片和报告（outputs）", [output.id for output in self.outputs])
        ids = {pattern.id for pattern in self.patterns}
        if self.default_pattern and self.default_pattern not in ids:
            raise ValueError(f"没有代号为“{self.default_pattern}”的结对方式（default_pattern）")
        return self

    @property
    def written(self) -> Mapping[str, str]:
        """Id of every ledger that is written → its title, "" where the plan has no word of its own for it."""
        titles = dict.fromkeys(self.ledgers, "")
        for output in self.outputs:
            if output.ledger:
                titles[output.ledger] = titles.get(output.ledger) or output.title
        return titles

    @property
    def evaluated(self) -> tuple[Cadence, ...]:
        """The cadences that the assessment counts."""
        return tuple(cadence for cadence in self.cadences if cadence.is_evaluated)

    @property
    def rosters(self) -> tuple[str, ...]:
        """The tables in which those stand whom it helps: whom its patterns pair, else the kinds of its recipients; households where it
        says nothing."""
        sides = [_ROSTER_OF_SIDE[pattern.whom] for pattern in self.patterns if pattern.whom in _ROSTER_OF_SIDE]
        kinds = [_ROSTER_OF_KIND.get(kind, "household") for kind in self.recipients.kinds if kind != "学校"]
        if not sides and self.recipients.kinds and not kinds:
            return ()
        return tuple(dict.fromkeys(sides or kinds or ["household"]))

    @property
    def metrics(self) -> tuple[str, ...]:
        """Ids of the metrics that its targets and the lines of its score sheet name."""
        lines = [line.of for line in self.assessing.indicators if line.of]
        return tuple(dict.fromkeys([*(target.indicator for target in self.targets), *lines]))

    @property
    def hints(self) -> tuple[str, ...]:
        """What does not fit together in the plan itself: told, never refused."""
        told = []
        listed, announced = len(self.recipients.categories), self.recipients.announced
        if announced is not None and announced != listed:
            told.append(f"方案称帮扶对象有{announced}类，列出的是{listed}类；以列出的为准，可以增加")
        if self.issued_on and self.phases and self.issued_on > self.phases[0].start:
            told.append(
                f"通知日期{self.issued_on}晚于“{self.phases[0].title}”的开始日期{self.phases[0].start}，按阶段日期执行"
            )
        if self.period_words and self.start and self.end:
            told.append(f"方案称“{self.period_words}”，实施期以起止日期为准：{self.start}至{self.end}")
        return tuple(told)


def _refuse_twice(what: str, ids: Sequence[str]) -> None:
    if len(set(ids)) < len(ids):
        raise ValueError(f"有两条{what}用了同一个 id")
