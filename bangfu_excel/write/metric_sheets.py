"""指标一览: every metric of county, townships and schools beside its target; 疑点: what looks like visiting for the record."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.assessment import Assessment
from bangfu_excel.core.metric import Metric
from bangfu_excel.core.score_sheet import LEVEL_WORDS
from bangfu_excel.write.assessment_data import Look
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet
from bangfu_excel.write.metric_places import OVERVIEW_LEVELS, MetricPlaces, sums
from bangfu_excel.write.stream import CellForm

OVERVIEW, SIGNALS = "指标一览", "疑点"
_FIRST = 4
_REACHED, _MISSED = "达到", "未达到"


def metric_sheets(places: MetricPlaces, look: Look, lead: tuple[str, ...]) -> tuple[Sheet, ...]:
    """The two sheets; none where nothing is measured."""
    a = places.assessment
    if a.metrics.empty:
        return ()
    overview = Sheet(
        OVERVIEW, f"{look.area}{a.period.label}结对帮扶指标一览", _COLUMNS, _overview(places), lead, frozen=3, numbered=False,
        remark="注：分子、分母取自“数据-”各表；没有应办事项的不列。疑点类指标只供核实，不扣分（方案另有规定的除外）。", footer=_footer(a),
        empty="统计期内没有可以计算的指标",
    )  # fmt: skip
    signals = [metric for metric in a.measures.values() if metric.signal and metric.kind == "count"]
    if not signals:
        return (overview,)
    return (
        overview,
        Sheet(
            SIGNALS, f"{look.area}{a.period.label}走访记录疑点", _SIGNAL_COLUMNS, _signals(places, signals, look), lead,
            remark="注：疑点可能属实，核实清楚后在报送单位留存说明；不作为扣分依据。", footer=_footer(a), empty="没有疑点",
        ),
    )  # fmt: skip


def _footer(a: Assessment) -> str:
    return f"{a.scheme.title}　{a.period.label}"


def _overview(places: MetricPlaces) -> pd.DataFrame:
    """A row a metric, level and subject of which there is anything to say."""
    a = places.assessment
    rates = {target.indicator: target.rate for target in a.scheme.targets}
    order = {name: position for position, name in enumerate(a.measures)}
    ranks = {level: position for position, level in enumerate(OVERVIEW_LEVELS)}
    rows = a.metrics[a.metrics["value"].notna() & a.metrics["level"].isin(ranks)]
    rows = rows.assign(
        _metric=rows["indicator"].map(order), _level=rows["level"].map(ranks),
        number=[places.numbers[level][name] for level, name in zip(rows["level"], rows["subject"], strict=True)],
    )  # fmt: skip
    rows = rows.sort_values(["_metric", "_level", "number"], kind="stable", ignore_index=True)
    metrics = [a.measures[name] for name in rows["indicator"]]
    formulas = [_formulas(metric, row) for metric, row in zip(metrics, rows.itertuples(), strict=True)]
    target = pd.array([rates.get(name) for name in rows["indicator"]], dtype="Float64")
    reached = (
        pd.Series([_MISSED, _REACHED], dtype="str")
        .take((rows["value"] >= target).fillna(False).astype(int))
        .set_axis(rows.index)
    )
    says = pd.Series([metric.says for metric in metrics], dtype="str").mask(rows["indicator"].duplicated(), "")
    whole = pd.Series([metric.kind != "rate" for metric in metrics], dtype=bool)
    return rows.assign(
        title=pd.Series([metric.title for metric in metrics], dtype="str"),
        word=rows["level"].map(LEVEL_WORDS).astype("str"),
        unit=pd.Series([metric.unit for metric in metrics], dtype="str").mask(~whole, ""),
        says=says, rate=rows["value"].mask(whole), amount=rows["value"].mask(~whole), target=target, reached=reached.mask(pd.isna(target), ""),
        **{name: pd.Series([row[at] for row in formulas], dtype="str") for at, name in enumerate(_FORMULAS)},
    )  # fmt: skip


_FORMULAS = ("f_numerator", "f_denominator", "f_rate", "f_amount", "f_reached")


def _formulas(metric: Metric, row: object) -> tuple[str, ...]:
    at = row.Index + _FIRST  # type: ignore[attr-defined]
    top, bottom = sums(metric, row.level, f"$C{at}")  # type: ignore[attr-defined]
    reached = f'=IF(ISNUMBER($J{at}),IF(ROUND($G{at}-$J{at},9)>=0,"{_REACHED}","{_MISSED}"),"")'
    quotient = f'=IF($F{at}=0,"",$E{at}/$F{at})'
    if metric.kind == "rate":
        return top, bottom, quotient, '=""', reached
    if metric.kind == "mean":
        return top, bottom, '=""', quotient, reached
    return top, '=""', '=""', f"=$E{at}", reached


def _signals(places: MetricPlaces, metrics: list[Metric], look: Look) -> pd.DataFrame:
    a = places.assessment
    titles = {metric.id: metric.title for metric in metrics}
    rows = a.items[a.items["metric"].isin(titles) & (a.items["at_county"] == 1) & (a.items["top"] > 0)]
    rows = rows.reset_index(drop=True)
    return rows.assign(
        title=rows["metric"].map(titles).astype("str"),
        helper=look.names(rows["helper"].map(a.names).astype("str")), whom=look.names(rows["whom"]),
    )  # fmt: skip


def _text(title: str, source: str, widest: float = 20) -> Column:
    return Column(title, source, align="center", widest=widest)


def _figure(title: str, source: str, width: float = 10, shown: str = "#,##0.##") -> Column:
    return Column(title, source, CellForm.FORMULA, shown, "center", width=width, formulas=f"f_{source}")


_COLUMNS = (
    _text("指标", "title", 26), _text("级别", "word"), Column("编号", "number", CellForm.NUMBER, "0", "center", width=6),
    _text("名称", "subject", 24), _figure("分子", "numerator"), _figure("分母", "denominator"), _figure("比率", "rate", shown="0.0%"), _figure("数值", "amount"),
    _text("单位", "unit"), Column("目标", "target", CellForm.NUMBER, "0.0%", "center", width=8),
    Column("结果", "reached", CellForm.FORMULA, "@", "center", width=9, formulas="f_reached"),
    Column("口径", "says", width=50),
)  # fmt: skip
_SIGNAL_COLUMNS = (
    _text("疑点", "title"), _text("乡镇", "township"), _text("帮扶单位", "unit", 24), _text("帮扶人", "helper"), _text("对象", "whom"),
    Column("内容", "what", width=40), Column("日期", "date", CellForm.DATE, "yyyy-mm-dd", "center", width=12),
    Column("来源文件", "file", widest=24), Column("工作表", "sheet", widest=16), Column("行", "row", CellForm.NUMBER, "0", "center", width=6),
)  # fmt: skip
