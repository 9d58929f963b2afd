"""`label：value` lines above and below a table: 填报单位, 填报时间, 填表人 …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from bangfu_excel.core.fold import fold
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.label import header_key
from bangfu_excel.headers.lexicon import Lexicon

_LABELS: dict[str, tuple[str, ...]] = {
    "填报单位": ("填报单位", "单位(盖章)", "报送单位", "上报单位", "填表单位", "制表单位", "编制单位", "呈报单位", "填报乡镇", "报送乡镇", "填报村", "填报学校"),
    "填报时间": ("填报时间", "填报日期", "报送时间", "报送日期", "上报时间", "上报日期", "填表时间", "填表日期", "制表时间", "制表日期", "截止日期", "截止时间"),
    "填表人": ("填表人", "制表人", "填报人", "填写人", "经办人", "制表"),
    "审核人": ("审核人", "复核人", "审核", "复核", "审批人"),
    "单位负责人": ("单位负责人", "负责人", "主要负责人", "分管领导", "单位领导", "主管领导"),
    "联系电话": ("联系电话", "电话", "电话号码", "联系方式"),
    "日期": ("日期", "时间"),
    "县": ("县", "县(市、区)", "县(区)", "县市区", "县区", "区县"),
    "乡镇": ("乡镇", "乡(镇)", "镇", "乡", "乡镇名称", "街道", "镇(街道)", "乡镇(街道)", "乡(镇、街道)", "镇(街)", "所属乡镇"),
    "村": ("村", "行政村", "村(社区)", "村名", "村名称", "村委会", "村(居)", "贫困村"),
    "组": ("组", "村民小组", "村民组", "组别"),
    "年月": ("年月", "年度", "年份", "月份", "季度", "统计月份", "所属月份"),
    "帮扶单位": ("帮扶单位", "挂钩单位", "结对单位"),
}  # fmt: skip

FORM_LABELS = frozenset({"填报单位", "填报时间", "填表人", "审核人", "单位负责人", "联系电话", "日期", "年月"})
"""Labels about the form itself, never about its rows."""

_CANONICAL = {fold(text): label for label, texts in _LABELS.items() for text in texts}
_STAMP = re.compile(r"\((?:盖章|公章|签字|签名|签章|章|印章|手写)\)$")
_SPACED = re.compile(
    "|".join(r"[ \u3000]*".join(map(re.escape, t)) for t in sorted(_CANONICAL, key=len, reverse=True) if len(t) > 1)
)
_PAIR = re.compile(r"([^\s:：;；,，。、\d(（][^\s:：;；,，。]{0,15}?)[ \u3000]*[:：]")
_NOT_LABELS = re.compile(r"^(?:附件|附表|表|附|关于|http)")


class Pair(NamedTuple):
    """One label and its value, "" if nothing is filled in. `label` is canonical where it is known."""

    label: str
    value: str


def canonical_label(text: str) -> str | None:
    """The canonical label that `text` is (填报单位（盖章） → 填报单位), or None."""
    folded = fold(text)
    return _CANONICAL.get(folded) or _CANONICAL.get(_STAMP.sub("", folded))


def parse_pairs(text: str) -> tuple[Pair, ...]:
    """The `label：value` pairs of one cell, split by ； or runs of spaces; () if it is no such cell.

    >>> parse_pairs("填报单位（盖章）：清水镇    填报时间：")
    (Pair(label='填报单位', value='清水镇'), Pair(label='填报时间', value=''))
    """
    text = _SPACED.sub(lambda match: re.sub(r"[ \u3000]", "", match[0]), text)
    found = [m for m in _PAIR.finditer(text) if not _NOT_LABELS.match(m[1])]
    pairs: list[Pair] = []
    for match, following in zip_longest(found, found[1:]):
        label, head = _split_label(match[1])
        if head and pairs and not pairs[-1].value:
            pairs[-1] = Pair(pairs[-1].label, head)
        value = text[match.end() : following.start() if following else len(text)]
        pairs.append(Pair(label, value.strip(" \u3000\t\r\n;；,，。_")))
    return tuple(pairs)


def _split_label(text: str) -> tuple[str, str]:
    """Canonical label, and what stood before it without a space (清水镇填报时间 → 填报时间, 清水镇)."""
    if label := canonical_label(text):
        return label, ""
    for start in range(1, len(text) - 2):
        if len(text) - start >= 3 and (label := canonical_label(text[start:])):
            return label, text[:start]
    return text, ""


def row_pairs(grid: Grid, row: int, lexicon: Lexicon) -> tuple[Pair, ...]:
    """The pairs of a row, with values that stand in the next cell; () if the row is no metadata line."""
    cells = [text for _, text in grid.cells(row)]
    alternates = _alternates(grid, row, lexicon)
    pairs: list[Pair] = []
    position = 0
    while position < len(cells):
        text, position = cells[position], position + 1
        found = parse_pairs(text)
        label = canonical_label(text)
        if alternates and position % 2:
            found = (Pair(label or text, ""),)
        elif not found and label and not lexicon.knows(header_key(text)):
            found = (Pair(label, ""),)
        if found and not found[-1].value and _is_value(cells, position, lexicon):
            found = (*found[:-1], Pair(found[-1].label, cells[position]))
            position += 1
        pairs += found
    return tuple(pairs)


def _is_value(cells: Sequence[str], position: int, lexicon: Lexicon) -> bool:
    if position >= len(cells):
        return False
    text = cells[position]
    return not parse_pairs(text) and not _is_label(text, lexicon)


def _is_label(text: str, lexicon: Lexicon) -> bool:
    """Whether a cell names something: a value beside it is none of these, and a group heading (家庭成员情况) is no value."""
    key = header_key(text)
    return canonical_label(text) is not None or lexicon.knows(key) or lexicon.heading(key)


def _alternates(grid: Grid, row: int, lexicon: Lexicon) -> bool:
    """Whether every first cell of two is a label and every second one its value: 乡镇 | 青石镇 | 村 | 柳溪村."""
    labels = [_is_label(text, lexicon) for _, text in grid.cells(row)]
    paired = len(labels) >= 2 and len(labels) % 2 == 0 and labels == [True, False] * (len(labels) // 2)
    return paired and not _goes_on_below(grid, row, lexicon)


def _goes_on_below(grid: Grid, row: int, lexicon: Lexicon) -> bool:
    """Whether the next row is the lower level of a header that begins here: 户码 over nothing, 成员信息 over 姓名 and 性别."""
    if row + 1 >= grid.sheet.height:
        return False
    here, below = dict(grid.cells(row)), dict(grid.cells(row + 1))
    known = sum(lexicon.knows(header_key(text)) for text in below.values())
    return known >= 2 and any(column not in below and lexicon.knows(header_key(here[column])) for column in here)


def is_pair_row(grid: Grid, row: int, lexicon: Lexicon) -> bool:
    """Whether the row is a line of labels and values: a header such as 乡镇 | 村 | 户主姓名 is none."""
    cells = [text for _, text in grid.cells(row)]
    if _alternates(grid, row, lexicon):
        return True
    pairs = row_pairs(grid, row, lexicon)
    return len(pairs) > 0 and 2 * sum(1 for text in cells if parse_pairs(text) or canonical_label(text)) >= len(cells)
