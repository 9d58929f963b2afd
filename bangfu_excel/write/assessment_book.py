"""The assessment workbook (走访考核): every derived cell a live formula over the workbook's own data, with its value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import pandas as pd

from bangfu_excel.core.assessment import COUNTY, Assessment
from bangfu_excel.errors import OutputError
from bangfu_excel.write.announced_sheets import announced_sheets
from bangfu_excel.write.assessment_charts import write_charts
from bangfu_excel.write.assessment_data import DataSheet, Look, data_sheets, name_columns
from bangfu_excel.write.assessment_duties import TARGETS, duty_data, duty_sheets
from bangfu_excel.write.assessment_levels import level_sheets
from bangfu_excel.write.assessment_notes import write_notes, write_parameters
from bangfu_excel.write.assessment_overview import write_overview
from bangfu_excel.write.assessment_papers import paper_sheets
from bangfu_excel.write.assessment_scope import Scope, scope_of
from bangfu_excel.write.book import MAX_ROWS, READ, Book
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, chinese_date, write_sheet
from bangfu_excel.write.metric_data import metric_data
from bangfu_excel.write.metric_places import MetricPlaces
from bangfu_excel.write.metric_sheets import metric_sheets
from bangfu_excel.write.score_entries import write_entries
from bangfu_excel.write.score_grades import write_grades
from bangfu_excel.write.score_levels import score_levels
from bangfu_excel.write.score_lines import lines_sheet
from bangfu_excel.write.score_places import Places
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Styles

_DATE = "yyyy-mm-dd"
_NOT_DATA = 10  # rows of a sheet: title, header, what stands below


def write_assessment(assessment: Assessment, path: Path, *, area: str = COUNTY, masked: bool = False) -> Path:
    """总览, 图表, 得分-<级别>, 乡镇, 帮扶单位, 帮扶人, 未达标清单, 未走访户, 累计核对, 补报核减明细, 各项频次, 频次明细, 频次未完成, 未报材料, 指标一览, 疑点, 加减分及一票否决, 指标明细, 等次标准, 参数, 说明 and the data sheets, at `path`; of these only
    the sheets that the plan has anything to say in (see `assessment_scope`).

    area: whose assessment it is, for the titles · masked: names and household numbers as outsiders may see them.
    `OutputError` where there are more visits or due windows than a sheet can hold.
    """
    look = Look(area, masked)
    period, scope = assessment.period.label, scope_of(assessment.scheme)
    lead = (f"填报单位：{area}", f"统计期：{period}", f"截止日期：{chinese_date(assessment.day)}")
    levels = level_sheets(assessment, look, lead)
    metrics = MetricPlaces(assessment)
    places = Places(assessment, assessment.sheet) if assessment.sheet else None
    data = (*data_sheets(assessment, look), *duty_data(assessment, look), *metric_data(metrics, look))
    _refuse_what_does_not_fit(data)
    use = "assess --manual" if places and places.entries else READ
    with Book(path, as_of=assessment.as_of, title=f"{area}{period}结对帮扶走访考核", use=use) as book:
        styles = Styles(book)
        scored = score_levels(places, look) if places else ()
        write_overview(book, styles, assessment, look, levels, scored=scored)
        write_charts(book, styles, assessment, look, levels[0])
        for one in scored:
            one.write(book, styles, lead)
        for level in levels:
            level.write(book, styles)
        if scope.windows:
            write_sheet(book, _missed(assessment, look, lead, scope), styles)
        if scope.homes:
            write_sheet(book, _unvisited(assessment, look, lead, scope), styles)
        for table in chain(
            announced_sheets(assessment, look, lead), duty_sheets(assessment, look, lead),
            paper_sheets(assessment, look, lead), metric_sheets(metrics, look, lead),
        ):  # fmt: skip
            write_sheet(book, table, styles)
            if table.name == TARGETS:
                name_columns(book, "频次", TARGETS, ["", "", "", "", "至少"], len(table.rows))
        if places:
            write_entries(book, styles, places, look)
            write_sheet(book, lines_sheet(places, look, lead), styles)
            write_grades(book, styles, places, look)
        write_parameters(book, styles, assessment)
        write_notes(book, styles, assessment)
        for sheet in data:
            sheet.write(book, styles)
    return path


def _refuse_what_does_not_fit(data: Sequence[DataSheet]) -> None:
    """Raises `OutputError`: formulas count over one range, so their rows cannot go on in a second sheet."""
    for sheet in data:
        if len(sheet.rows) > MAX_ROWS - _NOT_DATA:
            raise OutputError(
                f"“{sheet.sheet_name}”有{len(sheet.rows)}行，超过一张工作表所能容纳，请分乡镇或缩短统计期后再生成"
            )


def _missed(a: Assessment, look: Look, lead: tuple[str, ...], scope: Scope) -> Sheet:
    """Who missed which windows: a row a helper and household, the windows joined with 、."""
    by = ["rule", "who", "household"]
    grouped = a.missed.groupby(by, sort=False, dropna=False)
    rows = grouped.agg(
        township=("township", "first"), village=("village", "first"), unit=("unit", "first"), helper=("helper", "first"),
        household_id=("household_id", "first"), head_name=("head_name", "first"), times=("label", "size"),
        labels=("label", "、".join),
    ).reset_index()  # fmt: skip
    others = a.missed[a.missed["household_met"]].groupby(by, sort=False, dropna=False)["label"].agg("、".join)
    rows["others"] = pd.Series(pd.MultiIndex.from_frame(rows[by]).map(others.to_dict()), dtype="str")
    rows["helper"], rows["head_name"] = look.names(rows["helper"]), look.names(rows["head_name"])
    rows["household_id"] = look.numbers(rows["household_id"])
    columns = (
        _short("乡镇", "township"), _short("村", "village"), Column("帮扶单位", "unit", widest=24),
        _short("帮扶人", "helper"), _short(f"{scope.whom}编号", "household_id", 20), _short(scope.head, "head_name"),
        Column("未达标\n时段数", "times", CellForm.NUMBER, "0", "center", width=8),
        Column("未达标的时段", "labels", width=40), Column(f"其中本{scope.whom}已由他人走访", "others", width=26),
    )  # fmt: skip
    title = f"{look.area}{a.period.label}走访未达标清单"
    empty = "没有未达标的时段" if len(a.windows) else "统计期内没有应走访的时段"
    return Sheet("未达标清单", title, columns, rows, lead=lead, empty=empty, footer=_footer(a))


def _unvisited(a: Assessment, look: Look, lead: tuple[str, ...], scope: Scope) -> Sheet:
    rows = a.unvisited.copy()
    for name in ("head_name", "helpers"):
        rows[name] = look.names(rows[name])
    rows["household_id"] = look.numbers(rows["household_id"])
    columns = (
        _short("乡镇", "township"), _short("村", "village"), _short("组", "group", 12),
        _short(f"{scope.whom}编号", "household_id", 20), _short(scope.head, "head_name"), Column("现帮扶人", "helpers", width=24),
        Column("结对起", "since", CellForm.DATE, _DATE, "center", width=12),
        Column("最近入户", "last_home", CellForm.DATE, _DATE, "center", width=12),
    )  # fmt: skip
    months = a.scheme.reporting.unvisited_months
    if a.records_from:
        short = "，不足所需月数，仅供参考" if a.records_from > a.cutoff + dt.timedelta(days=1) else ""
        lead = (lead[0], f"（现有走访记录自{chinese_date(a.records_from)}起{short}）", *lead[2:])
    title = f"{look.area}连续{months}个月未入户走访的帮扶{scope.whom}"
    return Sheet(
        f"未走访{scope.whom}", title, columns, rows, lead=lead, empty=f"没有这样的{scope.whom}", footer=_footer(a)
    )


def _short(title: str, source: str, widest: float = 16) -> Column:
    return Column(title, source, align="center", widest=widest)


def _footer(a: Assessment) -> str:
    return f"{a.scheme.title}　{a.period.label}"
