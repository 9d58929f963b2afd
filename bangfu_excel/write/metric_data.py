"""数据-<指标>: the rows that each metric counts, under names that 指标明细 and 指标一览 sum over."""

from __future__ import annotations

from bangfu_excel.core.metric import Metric
from bangfu_excel.core.score_sheet import LEVEL_WORDS
from bangfu_excel.write.assessment_data import DataSheet, Look
from bangfu_excel.write.cells import Column
from bangfu_excel.write.metric_places import WINDOWS_METRIC, MetricPlaces, name_of
from bangfu_excel.write.stream import CellForm


def metric_data(places: MetricPlaces, look: Look) -> tuple[DataSheet, ...]:
    """A sheet a metric, but of the one whose rows stand in 数据-应访."""
    measures = places.assessment.measures.values()
    return tuple(_sheet(places, look, metric) for metric in measures if metric.id != WINDOWS_METRIC)


def _sheet(places: MetricPlaces, look: Look, metric: Metric) -> DataSheet:
    items = places.assessment.items
    levels = places.levels_of(metric)
    counted = (items[[f"at_{level}" for level in levels]] == 1).any(axis=1)
    rows = items[(items["metric"] == metric.id) & counted].reset_index(drop=True)
    columns: list[tuple[str, Column]] = []
    for level in levels:
        numbers = rows[level].map(places.numbers[level]).astype("Int64")
        rows[f"no_{level}"] = numbers.mask(rows[f"at_{level}"] != 1)
        if level == "helper":
            rows[level] = look.names(rows[level].map(places.assessment.names).astype("str"))
        word = LEVEL_WORDS[level]
        columns.append((word, Column(f"{word}\n编号", f"no_{level}", CellForm.NUMBER, "0", "center", width=7)))
        columns.append(("", Column(word, level, align="center", widest=24)))
    rows["whom"] = look.names(rows["whom"])
    title = f"{metric.title}（计数的每一项）"
    footer = f"{places.assessment.scheme.title}　{metric.title}"
    return DataSheet(name_of(metric), title, (*columns, *_columns(metric)), rows, footer, f"注：{metric.says}")


def _columns(metric: Metric) -> tuple[tuple[str, Column], ...]:
    figure = "General" if metric.kind in ("sum", "mean") else "0"
    return (
        ("", Column("对象", "whom", align="center", widest=20)), ("", Column("内容", "what", widest=30)),
        ("", Column("日期", "date", CellForm.DATE, "yyyy-mm-dd", "center", width=11.5)),
        ("分子", Column(metric.top, "top", CellForm.NUMBER, figure, "center", width=10)),
        ("分母", Column(metric.bottom or "分母", "bottom", CellForm.NUMBER, figure, "center", width=10)),
        ("", Column("来源文件", "file", widest=24, wrap=False)), ("", Column("工作表", "sheet", widest=16, wrap=False)),
        ("", Column("行", "row", CellForm.NUMBER, "0", "center")),
    )  # fmt: skip
