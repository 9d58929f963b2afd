"""领导参阅: one page that says how the month went beside the last, who has not reported, who was not visited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bangfu_excel.core.assessment import MODES, Assessment
from bangfu_excel.core.ledger import Seen
from bangfu_excel.core.submitters import submitter_key
from bangfu_excel.domain.deadlines import RED, problem_light
from bangfu_excel.pipeline.printed.desk import Desk, day_of, said
from bangfu_excel.pipeline.printed.left_undone import Undone
from bangfu_excel.pipeline.printed.reports import expected, nil_reported, not_reported, townships
from bangfu_excel.write.assessment_scope import scope_of
from bangfu_excel.write.layout import chinese_date
from bangfu_excel.write.papers.paper import write_papers
from bangfu_excel.write.papers.parts import DAY, NUMBER, RATE, Head, Paper, Part, Said, Signed, Table, Value
from bangfu_excel.write.whom import Whom

TITLE = "领导参阅"
_WIDTHS = (8, 16, 14, 14, 14, 14, 14)
_LONGEST, _TOWNSHIPS = 5, 15  # what one page has room for
_OF_HOUSEHOLDS = "pairing_rate"
_RATES = ("cadence_rate", _OF_HOUSEHOLDS)
_LINES = {
    "visits": "走访（次）",
    "entered": "{going}的{visited}数",
    "cadence_rate": "走访达标率",
    _OF_HOUSEHOLDS: "结对率",
}
_PROBLEMS = {"opened": "新发现的问题", "closed": "办结的问题", "late": "逾期未办结的问题"}
_PERIODS = {1: "月", 3: "季", 6: "半年", 12: "年"}


@dataclass(frozen=True)
class _Line:
    """A figure of two periods; a rate is a share of 1. None where there was nothing to measure."""

    title: str
    now: float | None
    then: float | None
    rate: bool = False

    @property
    def cells(self) -> tuple[Value, ...]:
        form = "{:.1%}".format if self.rate else "{:,.0f}".format
        shown = ["—" if value is None else form(value) for value in (self.now, self.then)]
        return (self.title, *shown, self.change)

    @property
    def told(self) -> bool:
        """Whether there is anything to tell."""
        return self.now is not None or self.then is not None

    @property
    def change(self) -> str:
        if self.now is None or self.then is None:
            return "—"
        by = self.now - self.then
        if self.rate:
            return "持平" if abs(by) < 0.0005 else f"{'上升' if by > 0 else '下降'}{abs(by) * 100:.1f}个百分点"
        return "持平" if not by else f"{'增加' if by > 0 else '减少'}{abs(by):,.0f}"


def write_brief(desk: Desk, before: Assessment | None, undone: list[Undone]) -> Path:
    """The page of a county. before: the figures of the period before, None where nothing is known of it."""
    brief = _Brief(desk, before, undone)
    paper = Paper(
        name=TITLE, title=f"{desk.county}{desk.label}结对帮扶领导参阅",
        lead=("编报：县办", f"截至{chinese_date(desk.day)}", _standing(desk)),
        widths=_WIDTHS, parts=tuple(brief.parts()), footer=desk.footer, one_page=True,
    )  # fmt: skip
    return write_papers(
        desk.path(TITLE, desk.county, apart=False), [paper], as_of=desk.settings.spec.as_of, title=paper.title
    )


def _standing(desk: Desk) -> str:
    announced = desk.figures.announced
    return "已印发" if announced and announced.batch else "未印发，数以印发为准"


class _Brief:
    def __init__(self, desk: Desk, before: Assessment | None, undone: list[Undone]) -> None:
        self.desk, self.before, self.undone = desk, before, undone
        self.compared = before if _county(before).get("visits") else None
        """The period before; None where nobody reported a visit of it, which is no measure."""
        months = desk.figures.period.end.month - desk.figures.period.start.month + 1
        self.this, self.last = f"本{_PERIODS[months]}", f"上{_PERIODS[months]}"
        self.absent, self.nil = not_reported(desk), nil_reported(desk)
        self.whom, self.scope = Whom.of(desk.settings.scheme), scope_of(desk.settings.scheme)

    def parts(self) -> Iterator[Part]:
        lines = self._lines()
        yield Said(tuple(self._sentences(lines)))
        heads = (Head("指标", 2), Head(self.this, 2), Head(self.last, 1), Head("增减", 2))
        yield Table(f"{self.this}与{self.last}", heads, [line.cells for line in lines.values() if line.told])
        if townships(self.desk):
            yield self._townships()
        yield self._longest()
        yield Signed(("编报人：", "审核人：", "签发：　　　　　　　年　　月　　日"))

    def _lines(self) -> dict[str, _Line]:
        now = _county(self.desk.figures)
        then = {**_county(self.compared), _OF_HOUSEHOLDS: _county(self.before).get(_OF_HOUSEHOLDS)}
        told = [name for name in _LINES if name != _OF_HOUSEHOLDS or self.scope.only_homes]
        titles = {name: _LINES[name].format(going=self.whom.going, visited=self.scope.whom) for name in told}
        found = {name: _Line(title, now.get(name), then.get(name), name in _RATES) for name, title in titles.items()}
        if now.get("duty_rate") is not None:
            found["duty_rate"] = _Line("各项频次完成率", now["duty_rate"], then.get("duty_rate"), True)
        if len(self.desk.tables.get("problem", ())):
            ours, theirs = (problems_of(self.desk, a) if a else {} for a in (self.desk.figures, self.before))
            found |= {name: _Line(title, ours[name], theirs.get(name)) for name, title in _PROBLEMS.items()}
        return found

    def _sentences(self, lines: dict[str, _Line]) -> Iterator[str]:
        measured = [
            lines[name] for name in ("cadence_rate", "duty_rate") if name in lines and lines[name].now is not None
        ]
        rates = "".join(
            f"，{line.title}{line.now:.1%}" + ("" if line.change == "—" else f"，比{self.last}{line.change}")
            for line in measured
        )
        entered = f"{self.whom.going}{lines['entered'].now:,.0f}{self.scope.each}"
        yield f"一、{self.this}各种方式走访{lines['visits'].now:,.0f}次，{entered}{rates}。"
        yield f"二、{self._reports()}{self._unvisited()}。"
        told = "、".join(
            f"{lines[name].title}{lines[name].now:,.0f}件" for name in ("opened", "closed", "late") if name in lines
        )
        items = sum(one.total for one in self.undone)
        orders = f"督办{len(self.undone)}个单位{items}项" if self.undone else "没有需要督办的事项"
        yield f"三、{told + '；' if told else ''}{orders}。"

    def _reports(self) -> str:
        """Who handed in; nothing where no townships are asked to."""
        if not (asked := len(expected(self.desk))):
            return ""
        absent = f"有{len(self.absent)}个没有报送（{'、'.join(self.absent)}）" if self.absent else "都已报送"
        absent += f"，{len(self.nil)}个是零报告" if self.nil else ""
        return f"{asked}个乡镇{absent}；"

    def _unvisited(self) -> str:
        a, whom = self.desk.figures, self.whom
        rows, months = a.unvisited, a.scheme.reporting.unvisited_months
        if rows.empty:
            return f"没有连续{months}个月未{whom.going}的{whom.noun}"
        most = rows["township"][rows["township"].isin(townships(self.desk))].value_counts(sort=True)
        where = f"，最多的是{most.index[0]}（{most.iloc[0]}{whom.each}）" if len(most) else ""
        return f"连续{months}个月没有{whom.going}的有{len(rows)}{whom.unit}{where}"

    def _townships(self) -> Table:
        a, then = self.desk.figures, _rates(self.compared) if self.compared else {}
        rates, unvisited = _rates(a), a.unvisited["township"].value_counts()
        paired = _of_townships(a, "paired")
        names = sorted(
            townships(self.desk),
            key=lambda name: (-int(unvisited.get(name, 0)), rates.get(name) or 0.0, name),
        )
        rows: list[tuple[Value, ...]] = [
            (
                number, name, self._reported(name), paired.get(name, 0.0),
                *("—" if of.get(name) is None else of[name] for of in (rates, then) if self.scope.windows),
                int(unvisited.get(name, 0)),
            )
            for number, name in enumerate(names[:_TOWNSHIPS], start=1)
        ]  # fmt: skip
        months, whom = a.scheme.reporting.unvisited_months, self.whom
        of_rates = [Head(f"{span}达标率", number_format=RATE) for span in (self.this, self.last) if self.scope.windows]
        heads = (
            Head("序号", number_format=NUMBER), Head("乡镇"), Head(f"{self.this}报送"),
            Head(f"结对{whom.number}", number_format=NUMBER), *of_rates,
            Head(f"连续{months}个月\n未{whom.going}的{whom.number}", len(_WIDTHS) - 4 - len(of_rates), number_format=NUMBER),
        )  # fmt: skip
        more = f"（共{len(names)}个，列出未{whom.going}最多的{_TOWNSHIPS}个）" if len(names) > _TOWNSHIPS else ""
        return Table(f"各乡镇{more}", heads, rows)

    def _reported(self, township: str) -> str:
        key = submitter_key(township)
        if key in map(submitter_key, self.absent):
            return "未报"
        return "零报告" if key in self.nil else "已报"

    def _longest(self) -> Table:
        desk, rows, whom = self.desk, self.desk.figures.unvisited, self.whom
        since = rows["last_home"].fillna(rows["since"])
        chosen = rows.assign(days=(pd.Timestamp(desk.day) - since).dt.days)
        chosen = chosen.sort_values("days", ascending=False, kind="stable", na_position="first").head(_LONGEST)
        heads = (
            Head("序号", number_format=NUMBER), Head("乡镇、村"), Head(whom.head), Head("帮扶人", 2),
            Head(f"最近{whom.going}", number_format=DAY),
            Head("至今天数", number_format=NUMBER),
        )  # fmt: skip
        cells: list[tuple[Value, ...]] = [
            (
                number, f"{said(row['township'])}{said(row['village'])}", desk.name(row["head_name"]), desk.name(row["helpers"]),
                day_of(row["last_home"]) or f"没有{whom.going}记录", "—" if pd.isna(row["days"]) else int(row["days"]),
            )
            for number, row in enumerate(chosen.to_dict("records"), start=1)
        ]  # fmt: skip
        many = f"{len(cells)}{whom.unit}" if cells else whom.noun
        title = f"最久没有{whom.going}的{many}（没有{whom.going}记录的从结对起算）"
        return Table(title, heads, cells, f"没有这样的{whom.noun}")


def problems_of(desk: Desk, a: Assessment) -> dict[str, float]:
    """Problems opened and closed in the days of an assessment, and those past their deadline on its last."""
    rows, last = desk.tables["problem"], pd.Timestamp(a.day)
    inside = [rows[name].between(pd.Timestamp(a.period.start), last) for name in ("found_on", "closed_on")]
    then = rows[~(rows["found_on"] > last)]
    since = (then["closed_on"] > last).to_numpy(dtype=bool)
    then = then.assign(closed_on=then["closed_on"].mask(since), status=then["status"].mask(since))
    late = problem_light(then, Seen(a.day, a.period, desk.tables)) == RED
    return {"opened": float(inside[0].sum()), "closed": float(inside[1].sum()), "late": float(late.sum())}


def _county(a: Assessment | None) -> dict[str, float | None]:
    if a is None:
        return {}
    values = _values(a.indicators[a.indicators["level"] == "county"], "indicator")
    done = (a.duties["count"] >= a.duties["target"]).mean() if len(a.duties) else None
    return {**values, "visits": sum(values[f"{mode}_visits"] or 0.0 for mode in MODES), "duty_rate": done}


def _of_townships(a: Assessment, indicator: str) -> dict[str, float | None]:
    chosen = (a.indicators["level"] == "township") & (a.indicators["indicator"] == indicator)
    return _values(a.indicators[chosen], "subject")


def _rates(a: Assessment) -> dict[str, float | None]:
    return _of_townships(a, "cadence_rate")


def _values(rows: pd.DataFrame, by: str) -> dict[str, float | None]:
    pairs = zip(rows[by], rows["value"], strict=True)
    return {str(name): None if pd.isna(value) else float(value) for name, value in pairs}
