"""Finding the header: one to four rows, merged or not, anywhere on the sheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from bangfu_excel.headers.grid import Grid, texts_of
from bangfu_excel.headers.label import HeaderText, read_header, shown, units_in
from bangfu_excel.headers.lexicon import Lexicon
from bangfu_excel.headers.metadata import is_pair_row

_LONGEST = 40  # a header cell with more characters (without white space) is prose
_FEW_DISTINCT = 500  # columns with more distinct texts are not searched for header words below the first header


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """One column's header. `label`: levels joined with `/` · `leaf`: the lowest level · `groups`: keys above it, outermost first."""

    index: int
    label: str
    leaf: HeaderText
    groups: tuple[str, ...] = ()
    row: int = 0  # of the leaf

    @property
    def levels(self) -> tuple[str, str]:
        """The levels above the lowest one, joined with `/`, and that one, as written."""
        *above, lowest = self.label.split("/", len(self.groups))
        return "/".join(above), lowest

    @property
    def full_key(self) -> str:
        """Matching form of all levels in one: what a county's alias of this header is."""
        return "".join((*self.groups, self.leaf.key))


@dataclass(frozen=True, slots=True)
class Block:
    """A header: rows `top` … `bottom`, the columns that have a label."""

    top: int
    bottom: int
    columns: tuple[HeaderColumn, ...]

    @property
    def keys(self) -> frozenset[tuple[str, ...]]:
        return frozenset((*c.groups, c.leaf.key) for c in self.columns)


def find_blocks(grid: Grid, lexicon: Lexicon, scan_rows: int, levels: int) -> tuple[Block, ...]:
    """Every header on the sheet from the top, a repeated one (page break) as often as it stands there."""
    blocks: list[Block] = []
    for row in _candidates(grid, lexicon, scan_rows):
        if blocks and row <= blocks[-1].bottom:
            continue
        floor = blocks[-1].bottom + 1 if blocks else 0
        blocks.append(_block_at(grid, lexicon, row, floor, levels))
    return tuple(blocks)


def known_count(grid: Grid, lexicon: Lexicon, row: int) -> int:
    """How many cells of a row are headers that some table knows."""
    return sum(1 for _, text in grid.cells(row) if _is_known(text, lexicon))


def _known_or_value(grid: Grid, lexicon: Lexicon, row: int) -> int:
    """`known_count`, with cells that are values of one field (方案 计划 总结), if they are several: beside two known ones, or where one
    known one and they are the whole row.
    """
    known = known_count(grid, lexicon, row)
    others = [text for _, text in grid.cells(row) if not _is_known(text, lexicon)]
    values = sum(len(text) <= _LONGEST and read_header(text).key in lexicon.spread for text in others)
    beside = known >= 2 or (known == 1 and values == len(others))
    return known + values if beside and values >= 2 else known


def _is_known(text: str, lexicon: Lexicon) -> bool:
    if len(text) > 2 * _LONGEST:
        return False
    header = read_header(text)
    return lexicon.knows(header.key) or bool(header.base and lexicon.knows(header.base))


def _candidates(grid: Grid, lexicon: Lexicon, scan_rows: int) -> list[int]:
    """Rows that read like a header: at least two known headers, and at least a third of the cells.

    The first of them gives way to one just below it that has more than twice as many (a line of 乡镇 清水镇 村 石桥村).
    """
    height = grid.sheet.height
    top = [(row, _known_or_value(grid, lexicon, row)) for row in range(min(height, scan_rows)) if grid.counts[row] >= 2]
    top = [(row, known) for row, known in top if _reads_like_header(grid, lexicon, row, known)]
    first = next((row for row, known in top if not any(0 < r - row <= 2 and k > 2 * known for r, k in top)), None)
    below = range((first if first is not None else scan_rows - 1) + 1, height)
    found = [] if first is None else [first]
    above = frozenset() if first is None else frozenset(text for _, text in grid.cells(first))
    for row in _suspects(grid, lexicon, below, above):
        known = known_count(grid, lexicon, row)
        if _reads_like_header(grid, lexicon, row, known) and (known >= 3 or not _dense(grid, row - 1)):
            found.append(row)
    return found


def _dense(grid: Grid, row: int) -> bool:
    return row >= 0 and bool(grid.counts[row] >= 2)


def _reads_like_header(grid: Grid, lexicon: Lexicon, row: int, known: int) -> bool:
    return known >= 2 and 3 * known >= _without_markers(grid, row) and not is_pair_row(grid, row, lexicon)


def _without_markers(grid: Grid, row: int) -> int:
    """How many cells a row has but for lone ones between columns that are empty all the way down (FYI in column IV)."""
    run_of = {index: place - index for place, index in enumerate(grid.used_columns)}  # the same without a gap
    runs = Counter(run_of[column] for column, _ in grid.cells(row))
    return sum(size for size in runs.values() if size > 1 or len(runs) == 1)


def _suspects(grid: Grid, lexicon: Lexicon, rows: range, above: frozenset[str]) -> list[int]:
    """Rows below the first header that may be another: several known words in columns of few distinct texts.

    above: the texts of that header. Other words that are entries of a code list (党员, 父亲) are what cells hold.
    """
    if not len(rows):
        return []
    known = np.zeros(grid.sheet.height, dtype=np.int16)
    for index in grid.used_columns:
        column = grid.sheet.columns[index]
        if len(column.values) > _FEW_DISTINCT:
            continue
        hits = np.zeros(len(column.values), dtype=bool)
        codes, texts = texts_of(column)
        hits[codes] = [
            _is_known(text, lexicon) and (text in above or read_header(text).key not in lexicon.values)
            for text in texts
        ]
        if hits.any():
            known += hits[column.codes]
    sparse_above = np.concatenate([[True], grid.counts[:-1] <= 1])
    suspects = (known >= 3) | ((known >= 2) & sparse_above)
    suspects |= sparse_above & (grid.counts >= 3) & (len(rows) < 5000)
    suspects[: rows.start] = False
    return [int(row) for row in np.flatnonzero(suspects)]


def _block_at(grid: Grid, lexicon: Lexicon, row: int, floor: int, levels: int) -> Block:
    top, bottom = _merged_top(grid, row, floor, levels), row
    while top > floor and bottom - top + 1 < levels and _is_group_row(grid, lexicon, top - 1, bottom):
        top -= 1
    if bottom - top + 2 < levels and _heads_over_a_gap(grid, lexicon, top, floor):
        top -= 2
    while bottom + 1 < grid.sheet.height and bottom - top + 1 < levels and _goes_on(grid, lexicon, top, bottom):
        bottom += 1
    columns = tuple(_columns(grid, lexicon, top, bottom))
    units = _units_below(grid, bottom)
    if units:
        columns = tuple(_measured(column, units.get(column.index, "")) for column in columns)
    return Block(top, bottom + bool(units), columns)


def block_of(grid: Grid, lexicon: Lexicon, top: int, bottom: int) -> Block:
    """The header that these rows are."""
    return Block(top, bottom, tuple(_columns(grid, lexicon, top, bottom)))


def _units_below(grid: Grid, bottom: int) -> dict[int, str]:
    """Column → unit of a row right below the header that holds nothing but units; empty where there is none."""
    row = bottom + 1
    if row >= grid.sheet.height:
        return {}
    units = {column: units_in(text) if grid.is_text(row, column) else () for column, text in grid.cells(row)}
    return {c: found[0] for c, found in units.items()} if all(len(found) == 1 for found in units.values()) else {}


def _measured(column: HeaderColumn, unit: str) -> HeaderColumn:
    return replace(column, leaf=replace(column.leaf, unit=column.leaf.unit or unit))


def _merged_top(grid: Grid, row: int, floor: int, levels: int) -> int:
    """The uppermost row from which a cell is merged down into a header row."""
    tops = range(max(floor, row - levels + 1), row)
    return next((top for top in tops if any(m.bottom >= row and m.left == m.right for m in grid.merges_from(top))), row)


def _is_group_row(grid: Grid, lexicon: Lexicon, row: int, below: int) -> bool:
    """Whether a row above a header row is part of the header: merged down into it, or group headings over it."""
    cells = list(grid.cells(row))
    if not cells or is_pair_row(grid, row, lexicon):
        return False
    merges = {m.left: m for m in grid.merges_from(row)}
    if any(m.bottom > row and m.bottom <= below and m.right == m.left for m in merges.values()):
        return True
    if any(not grid.is_text(row, column) or len(shown(text)) > _LONGEST for column, text in cells):
        return False
    if any(lexicon.heading(read_header(text).key) for _, text in cells):
        return True
    if len(cells) > 1 and any(_is_known(text, lexicon) and not grid.filled[column][below] for column, text in cells):
        return True  # a column of one level beside others of two: 户码 over an empty cell
    width = int(grid.counts[below])
    spans = [merges[column].right - column + 1 if column in merges else 1 for column, _ in cells]
    return len(cells) >= 2 and (sum(spans) > len(cells) or len(cells) <= width // 2) and max(spans) < width


def _heads_over_a_gap(grid: Grid, lexicon: Lexicon, top: int, floor: int) -> bool:
    """Whether nothing but known group headings stands above an empty row over the header: a level that is blank throughout."""
    if top - 2 < floor or grid.counts[top - 1]:
        return False
    cells = list(grid.cells(top - 2))
    return len(cells) >= 2 and all(lexicon.heading(read_header(text).key) for _, text in cells)


def _goes_on(grid: Grid, lexicon: Lexicon, top: int, bottom: int) -> bool:
    """Whether the row below `bottom` is a further level of the header."""
    row = bottom + 1
    cells = list(grid.cells(row))
    merges = [m for r in range(top, bottom + 1) for m in grid.merges_from(r)]
    if any(m.bottom >= row and m.right == m.left for m in merges):
        return True
    if not cells or any(not grid.is_text(row, column) or len(shown(text)) > _LONGEST for column, text in cells):
        return False
    known = sum(1 for _, text in cells if _is_known(text, lexicon))
    if any(m.right > m.left and m.bottom == bottom for m in merges) and known:
        filled = {column for column, _ in cells}  # a merged range may reach beyond the last cell that holds something
        return all({m.left, m.right} <= filled for m in merges if m.bottom == bottom)
    above = {column for column, _ in grid.cells(bottom)}
    beside = [column for column, _ in cells if column not in above]
    return bool(beside) and known >= 2 and 2 * known >= len(cells) and len(cells) < len(above) + len(beside)


def _columns(grid: Grid, lexicon: Lexicon, top: int, bottom: int) -> Iterator[HeaderColumn]:
    levels = [_level(grid, row, bottom) for row in range(top, bottom + 1)]
    for index in grid.used_columns:
        texts: list[tuple[int, str]] = []
        for row, level in enumerate(levels, start=top):
            text = level.get(index, "")
            if text and (not texts or read_header(texts[-1][1]).key != read_header(text).key):
                texts.append((row, text))
        if texts:
            yield _column(index, texts)


def _column(index: int, texts: list[tuple[int, str]]) -> HeaderColumn:
    leaf = read_header(texts[-1][1])
    groups = [read_header(text) for _, text in texts[:-1]]
    unit = leaf.unit or next((g.unit for g in reversed(groups) if g.unit), "")
    return HeaderColumn(
        index=index,
        label="/".join(shown(text) for _, text in texts),
        leaf=HeaderText(leaf.key, unit, leaf.base, leaf.remark),
        groups=tuple(g.key for g in groups),
        row=texts[-1][0],
    )


def _level(grid: Grid, row: int, bottom: int) -> dict[int, str]:
    """Column → text of one header row, merged cells and unmerged group headings spread over their columns."""
    level = dict(grid.cells(row))
    merged = {m.left: m for m in grid.merges_from(row)}
    for left, merge in merged.items():
        if left in level:
            level.update(dict.fromkeys(range(left, merge.right + 1), level[left]))
    if row == bottom:
        return level
    covered = {c for m in merged.values() for c in range(m.left, m.right + 1)}
    group = ""
    for column in range(grid.sheet.width):
        has_leaf = any(bool(grid.filled[column][r]) for r in range(row + 1, bottom + 1))
        if column in level:
            group = level[column] if column not in covered and has_leaf else ""
        elif has_leaf and group:
            level[column] = group
        else:
            group = ""
    return level


_NUMBER_CELL = re.compile(
    r"^[(（]?\d{1,3}(?:\.0)?[)）]?栏?(?:\s*=.*)?$|^[甲乙丙丁戊己庚辛]$|^[A-Za-z]{1,2}$|^[①-⑳]$|^栏次$|^[-—/]$"
)
_TYPE_CELL = re.compile(
    r"^(?:[CNDTL]|文本型?|文字|字符型?|数字|数值型?|整数|小数|日期型?|必填|选填|可选|非必填|下拉|下拉选择|选择|单选|多选|自动|公式)$"
)


_HINT_CELL = re.compile(
    r"^(?:请|必须|不要|不填|按.{0,12}填|填|格式|例如|如[:：]|从.{0,4}(?:下拉|选)|与.{1,10}一致|\d{1,2}位|(?:是|有)[/／或](?:否|无)$)"
    r"|(?:填写|填报|选填|必填|文本格式|下拉|单选|多选|为准|可不填)"
)


def is_column_numbers(texts: list[str]) -> bool:
    """Whether a row below a header only numbers the columns: 1 2 3, (1)(2)(3), 甲 乙 1 2."""
    plain = [text for text in texts if text not in ("-", "—", "/")]
    if len(texts) < 3 or len(set(plain)) < len(plain) or not all(_NUMBER_CELL.match(text) for text in texts):
        return False
    numbers = [int(m[0]) for text in texts if (m := re.search(r"\d+", text))]
    return all(b - a == 1 for a, b in pairwise(numbers)) and (not numbers or numbers[0] <= 1)


def is_type_row(texts: list[str]) -> bool:
    """Whether a row below a header only says what kind of value goes where: C N D, 文本 数字, 必填 选填."""
    return all(_TYPE_CELL.match(text) for text in texts) and (len(texts) >= 2 or texts[0:1] in (["C"], ["N"], ["D"]))


def is_hint_row(texts: list[str]) -> bool:
    """Whether a row below a header says how to fill it in: 18位，文本格式 | 填数字 | 与身份证一致."""
    hints = sum(bool(_HINT_CELL.search(text)) for text in texts)
    return hints >= 2 and 2 * hints >= len(texts)
