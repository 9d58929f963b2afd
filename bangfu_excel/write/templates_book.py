"""Blank submission workbooks: headings, drop-downs, checks while typing, help beside every column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from bangfu_excel.core.address import column_letters
from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.table import Field, Table
from bangfu_excel.write.book import AUTHOR, SUBMIT, Book, GuardedSheet
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, write_sheet
from bangfu_excel.write.lines import merged_line
from bangfu_excel.write.stream import CellColumn, CellForm, write_rows
from bangfu_excel.write.styles import Styles
from bangfu_excel.write.widths import text_width

BLANK_ROWS = 500
_FIRST = 3  # title, 填报单位 line, header
_LISTS = "下拉选项"
_GUIDE = "填表说明"
_LINE = ("填报单位：", "填报时间：", "填表人：")
_LONGEST_LIST = 255
_LONGEST_MESSAGE = 255
_GUIDE_COLUMNS = (
    Column("报表", "table", align="center", width=14),
    Column("栏目", "label", align="center", width=18),
    Column("必填", "needed", align="center", width=7),
    Column("填写要求", "help", width=48),
    Column("可填内容", "choices", width=48),
    Column("示例", "example", width=26),
)


def write_template(
    tables: Sequence[Table], codelists: Mapping[str, CodeList], path: Path, *, scheme_title: str, as_of: dt.date
) -> Path:
    """A workbook for one township to fill in: a sheet a table, then 填表说明; 500 prepared rows a sheet."""
    with Book(path, as_of=as_of, title=scheme_title, use=SUBMIT) as book:
        styles = Styles(book)
        lists = _Lists(book, codelists, tables)
        for table in tables:
            _write_table(book, table, lists, styles)
        write_sheet(book, _guide(tables, codelists, scheme_title), styles)
        lists.write()
    return path


def needed(table: Table) -> frozenset[str]:
    """Fields marked with *: without them a row cannot be taken (of alternatives, those that are expected)."""
    marked = {
        name
        for group in table.needs_among(table.names)
        for name in group
        if len(group) == 1 or table[name].expected or not any(table[other].expected for other in group)
    }
    return frozenset(marked)


def template_header(table: Table, declared: Field) -> str:
    """The heading of a column: *, label, unit."""
    unit = f"（{declared.unit}）" if declared.unit and declared.unit not in declared.label else ""
    return f"{'*' if declared.name in needed(table) else ''}{declared.label}{unit}"


def _write_table(book: Book, table: Table, lists: _Lists, styles: Styles) -> None:
    sheet = book.add_sheet(table.label)
    last = len(table.fields) - 1
    sheet.set_row(0, 32)
    sheet.merge_range(0, 0, 0, last, f"{table.label}报送表", styles.title())
    sheet.set_row(1, 22)
    widths = [max(f.width + 2, text_width(template_header(table, f)) / 2 + 3) for f in table.fields]
    merged_line(sheet, 1, widths, _LINE, styles, last_align="left")
    sheet.set_row(_FIRST - 1, 36)
    for index, declared in enumerate(table.fields):
        header = template_header(table, declared)
        sheet.set_column(index, index, widths[index])
        sheet.write_string(_FIRST - 1, index, header, styles.header())
        sheet.write_comment(_FIRST - 1, index, _comment(declared), {"author": AUTHOR, "x_scale": 1.6})
    columns = [_blank_column(declared, styles) for declared in table.fields]
    end = write_rows(sheet, _FIRST, columns)
    for index, declared in enumerate(table.fields):
        rule = _validation(declared, lists)
        if rule:
            sheet.data_validation(_FIRST, index, end - 1, index, rule)
    _set_page(sheet)


def _blank_column(declared: Field, styles: Styles) -> CellColumn:
    blank = pa.nulls(BLANK_ROWS, pa.string())
    return CellColumn(blank, CellForm.TEXT, (styles.entry(declared.kind.number_format),))


def _comment(declared: Field) -> str:
    example = f"\n例如：{declared.example}" if declared.example else ""
    return f"{declared.label}\n{declared.help}{example}"


def _set_page(sheet: GuardedSheet) -> None:
    sheet.freeze_panes(_FIRST, 0)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3: these tables are wide
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST - 1)
    sheet.set_footer("&C&9第 &P 页 共 &N 页")


@dataclass(frozen=True)
class _Lists:
    """Choices of the coded fields: in the drop-down itself, or on a hidden sheet where they are too long for it."""

    book: Book
    codelists: Mapping[str, CodeList]
    tables: Sequence[Table]

    def source(self, name: str) -> list[str] | str:
        """What a drop-down of this code list takes its choices from."""
        labels = self.codelists[name].labels
        return f"={_defined_name(name)}" if self._too_long(labels) else list(labels)

    def write(self) -> None:
        """The hidden sheet, if any list needs it."""
        used = {f.codelist for table in self.tables for f in table.fields if f.codelist in self.codelists}
        long = [name for name in sorted(used) if self._too_long(self.codelists[name].labels)]
        if not long:
            return
        sheet = self.book.add_sheet(_LISTS)
        columns = [self.codelists[name].labels for name in long]
        for row in range(max(map(len, columns))):
            for index, labels in enumerate(columns):
                if row < len(labels):
                    sheet.write_string(row, index, labels[row])
        for index, name in enumerate(long):
            letters = column_letters(index)
            area = f"='{_LISTS}'!${letters}$1:${letters}${len(columns[index])}"
            self.book.workbook.define_name(_defined_name(name), area)
        sheet.hide()

    @staticmethod
    def _too_long(labels: Sequence[str]) -> bool:
        return len(",".join(labels)) > _LONGEST_LIST or any("," in label for label in labels)


def _defined_name(codelist: str) -> str:
    return f"list_{codelist}"


def _validation(declared: Field, lists: _Lists) -> dict[str, Any]:
    """What Excel checks while the cell is typed; nothing for free text, of which only the help is shown."""
    help_text = _cut(declared.help)
    shown = {"input_title": declared.label[:32], "input_message": help_text} if help_text else {}
    if declared.codelist in lists.codelists:
        one = declared.kind.name == "code"
        told = "请从下拉框里选择" if one else "可选下拉框里的内容，几项的用顿号隔开"
        # several values in a cell are none of the list: told, not refused
        kind = "stop" if one else "information"
        rule = {"validate": "list", "source": lists.source(declared.codelist), "error_type": kind}
        return {**rule, **shown, "error_title": "请核对", "error_message": told}
    if declared.kind.dtype == "boolean":
        refused = {"error_title": "请核对", "error_message": "请填“是”或“否”"}
        return {"validate": "list", "source": ["是", "否"], **shown, **refused}
    if declared.kind.dtype in ("Int64", "Float64"):
        return {**_bounds(declared), **shown}
    return {"validate": "any", **shown} if shown else {}


def _bounds(declared: Field) -> dict[str, Any]:
    low = declared.low if declared.low is not None else -1e12
    high = declared.high if declared.high is not None else 1e12
    whole = declared.kind.dtype == "Int64"
    unit = f"，单位是{declared.unit}" if declared.unit else ""
    limits = f"{low:,.0f}至{high:,.0f}" if abs(low) < 1e12 and abs(high) < 1e12 else ""
    return {
        "validate": "integer" if whole else "decimal", "criteria": "between",
        "minimum": int(low) if whole else low, "maximum": int(high) if whole else high,
        "error_type": "warning", "error_title": "请核对",
        "error_message": f"“{declared.label}”请填{limits}的{'整数' if whole else '数字'}{unit}",
    }  # fmt: skip


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_MESSAGE else text[: _LONGEST_MESSAGE - 1] + "…"


def _guide(tables: Sequence[Table], codelists: Mapping[str, CodeList], scheme_title: str) -> Sheet:
    records = [
        (
            table.label, template_header(table, f).removeprefix("*"), "是" if f.name in needed(table) else "",
            f.help, "、".join(codelists[f.codelist].labels) if f.codelist in codelists else "", f.example,
        )
        for table in tables for f in table.fields
    ]  # fmt: skip
    names = [column.source for column in _GUIDE_COLUMNS]
    rows = pd.DataFrame.from_records(records, columns=names).astype("str")
    lead = ("带*的栏目必须填写；身份证号、电话按文本填写；不要改动表头。",)
    return Sheet(_GUIDE, f"{scheme_title}填表说明", _GUIDE_COLUMNS, rows, lead, numbered=False, signature=())
