"""Coded lists: 代码 | 指标 | 单位 | 数量, one item a row (the survey forms of DOMAIN M09)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bangfu_excel.core.fold import fold
from bangfu_excel.headers.form_cells import Page, Token, read_label
from bangfu_excel.headers.form_entries import Area, Entry, Reading, entry_of, read_signature
from bangfu_excel.headers.label import units_in

_CODE = frozenset({"代码", "编号", "指标代码", "编码", "行次"})
_ITEM = frozenset(
    {"指标", "指标名称", "项目", "项目名称", "填表项目", "调查项目", "调查内容", "填报项目", "指标项", "栏目"}
)
_UNIT = frozenset({"单位", "计量单位"})
_VALUE = frozenset(
    {
        "数量",
        "数值",
        "数据",
        "填报数",
        "结果",
        "填写",
        "填写内容",
        "填报内容",
        "答案",
        "指标值",
        "本期数",
        "本年数",
        "内容",
        "情况",
    }
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a coded list; `code` and `unit` are -1 where there is none."""

    item: int
    value: int
    code: int = -1
    unit: int = -1


def list_columns(tokens: Sequence[Token]) -> tuple[Columns, ...]:
    """The lists that the cells of a header row begin, side by side; () where it begins none.

    A list has a column of items and one of values behind it, and a column of codes or units besides: 项目 | 内容 alone are
    the words of many tables.
    """
    found: list[Columns] = []
    code = unit = item = -1
    for token in tokens:
        word = fold(token.text) if token.is_text else ""
        if word in _CODE:
            code = token.column
        elif word in _ITEM:
            item, unit = token.column, -1
        elif word in _UNIT and item >= 0:
            unit = token.column
        elif word in _VALUE and item >= 0 and (code >= 0 or unit >= 0):
            found.append(Columns(item, token.column, code, unit))
            code = unit = item = -1
    return tuple(found)


def read_list(page: Page, area: Area, top: int, lists: Sequence[Columns], reading: Reading) -> None:
    """The items of the lists below a header that ends above row `top`, as entries."""
    groups = dict.fromkeys(lists, "")
    for row in range(top, area.bottom + 1):
        tokens = {t.column: t for t in page.rows[row]}
        first = next(iter(tokens.values()), None)
        if first is not None and first.signed:
            read_signature(list(tokens.values()), reading)
            continue
        for columns in lists:
            item = tokens.get(columns.item)
            if item is None or not item.is_text:
                continue
            if item.section and columns.value not in tokens and columns.code not in tokens:
                groups[columns] = item.header.key if item.heading else ""
                continue
            reading.entries.append(_item(page, item, columns, tokens, groups[columns]))


def _item(page: Page, item: Token, columns: Columns, tokens: dict[int, Token], group: str) -> Entry:
    """One item: by its name, else by its code where a table knows that."""
    code = tokens.get(columns.code)
    by_code = read_label(fold(page.grid.text(code.row, code.column))) if code is not None else None
    named = replace(item, header=by_code) if by_code and not page.knows(item.header) and page.knows(by_code) else item
    value = tokens.get(columns.value)
    unit = tokens.get(columns.unit)
    measured = units_in(unit.text) if unit is not None else ()
    groups = (group,) if group else ()
    entry = entry_of(page, named, page.slot(item.row, columns.value), value, groups)
    return replace(entry, unit=entry.unit or (measured[0] if measured else ""))
