"""What each row of a region is: title, header, blank, total, note or data."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.fold import fold
from bangfu_excel.core.raw import RawColumn
from bangfu_excel.core.region import RowKind
from bangfu_excel.headers.block import Block, is_column_numbers, is_hint_row, is_type_row
from bangfu_excel.headers.grid import Grid, texts_of
from bangfu_excel.headers.totals import bare_totals

_TELLING = np.zeros(0x10000, dtype=bool)
_TELLING[[ord(char) for char in "计汇总均共注说盖例范:："]] = True
"""Characters of which TOTAL, SIGNED, NOTE and SAMPLE need one: texts without any are passed over at once."""

TOTAL = re.compile(
    r"^(?:.{0,12}(?:合计|小计|总计|共计|累计|汇总|总和|平均值?|均值)(?:数|值|户数|人数|金额)?:?|共)(?:共?\d+(?:\.\d+)?(?:户|人|口|行|条|个|元|万元|亩|次)[,、]?)*$"
)
SIGNED = re.compile(
    r"^(?:(?:填表|填报|填写|制表|审核|复核|经办|单位负责|主要负责|负责|审批)人?(?:\([^()]*\))?:"
    r"|(?:班主任|校长|园长|(?:村|支部|党支部)书记|村主任|组长|联络员|监督人|见证人)(?:\([^()]*\))?:"
    r"|(?:分管|主管|单位|主要)领导(?:\([^()]*\))?:|(?:户主)?签[字名章](?:\([^()]*\))?:"
    r"|(?:填表|填报|制表|报送|上报|截止)(?:日期|时间):|(?:填报|报送|上报|填表)?单位(?:\([^()]*\))?:|盖章)"
)
NOTE = re.compile(
    r"^[*※]?(?:(?:备?注|(?:填表|填报|填写)?说明)(?:\d*[:.、]|$)|联系(?:人|电话|方式)(?:\([^()]*\))?:|(?:日期|时间):)"
)
SAMPLE = re.compile(r"^\(?(?:填写|填表)?(?:示例|样例|范例|举例|例如|例|范本)\)?(?:\d{0,2}(?:[:.、]|$)|\d{0,2}\))")
_CONTINUED = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)]|^\(|^[*※·]")
_A_COUNT = re.compile(r"^共?\d{1,5}(?:\.\d+)?(?:户|人|口|行|条|个|元|次)?$")


@dataclass(frozen=True)
class Layout:
    """A region's rows `start` … `stop - 1`, its headers (repeated ones too), its columns, the columns of each need, and those
    that only count the rows.
    """

    start: int
    stop: int
    blocks: tuple[Block, ...]
    columns: tuple[int, ...]
    needs: tuple[tuple[int, ...], ...]
    serial: tuple[int, ...] = ()
    scanned: int = 8


@dataclass(frozen=True)
class RowKinds:
    """`RowKind` of each row, and the rows that were left out for being samples, numbering or section titles."""

    kinds: NDArray[np.uint8]
    left_out: tuple[int, ...]


def classify(grid: Grid, layout: Layout) -> RowKinds:
    """The kind of each row of the region; every row that is not clearly something else is data."""
    kinds = np.full(grid.sheet.height, RowKind.DATA, dtype=np.uint8)
    first = layout.blocks[0]
    kinds[layout.start : first.top] = RowKind.TITLE
    inside = grid.count_in(layout.columns)
    below = np.arange(grid.sheet.height) > first.bottom
    kinds[below & (inside == 0)] = RowKind.NOTE
    for row in _flagged(grid, layout):
        kinds[row] = _kind_of(grid, layout, row)
    left_out = [row for row in _after_headers(grid, layout) if kinds[row] == RowKind.DATA]
    left_out += [r for r in np.flatnonzero(kinds == _SAMPLE).tolist() if layout.start <= r < layout.stop]
    left_out += [row for row in _section_titles(grid, layout, inside) if kinds[row] == RowKind.DATA]
    left_out += [row for row in _stating_nothing(grid, layout, inside) if kinds[row] == RowKind.DATA]
    kinds[left_out] = RowKind.NOTE
    kinds[_unnamed_sums(grid, layout, inside, kinds)] = RowKind.TOTAL
    _continue_notes(grid, layout, kinds, frozenset(left_out))
    for block in layout.blocks:
        kinds[block.top : block.bottom + 1] = RowKind.HEADER
    _repeated_titles(grid, layout, kinds)
    kinds[grid.counts == 0] = RowKind.BLANK
    return RowKinds(
        kinds[layout.start : layout.stop], tuple(row for row in sorted(set(left_out)) if kinds[row] == RowKind.NOTE)
    )


_SAMPLE = 255
_FEW = 50  # rows without a name among which sums are looked for
_PLAIN, _WEAK, _STRONG = 0, 1, 2


def _flagged(grid: Grid, layout: Layout) -> list[int]:
    """Data rows with a cell among the first columns that reads like a total, a footer or a sample.

    A cell that only begins like a note (注：外出) says nothing in a row that is complete without it.
    """
    strong = np.zeros(grid.sheet.height, dtype=bool)
    weak = strong.copy()
    stated = {index: grid.filled[index] for group in layout.needs for index in group}
    for index in layout.columns[: layout.scanned]:
        tone = _tone(grid.sheet.columns[index])
        if tone.any():
            tones = tone[grid.sheet.columns[index].codes]
            strong |= tones == _STRONG
            weak |= tones == _WEAK
            if index in stated:
                stated[index] = stated[index] & (tones == _PLAIN)
    groups = [np.logical_or.reduce([stated[index] for index in group]) for group in layout.needs if group]
    flagged = strong | (weak & ~np.logical_and.reduce(groups)) if groups else strong | weak
    flagged[: layout.blocks[0].bottom + 1] = False
    flagged[layout.stop :] = False
    return [int(row) for row in np.flatnonzero(flagged)]


def _tone(column: RawColumn) -> NDArray[np.uint8]:
    """Distinct value → how strongly it reads like something that is no data."""
    codes, texts = texts_of(column)
    tones = np.zeros(len(column.values), dtype=np.uint8)
    for position in _containing(texts):
        folded = fold(texts[position][:60])
        if TOTAL.match(folded) or SIGNED.match(folded) or SAMPLE.match(folded):
            tones[codes[position]] = _STRONG
        elif NOTE.match(folded):
            tones[codes[position]] = _WEAK
    return tones


def _containing(texts: list[str]) -> list[int]:
    """Positions of the texts that hold a telling character, found in one long array: a loop over all would be slow."""
    joined = "\0".join(texts)
    if joined.isascii() and ":" not in joined:
        return []
    units = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    ends = np.flatnonzero(units == 0)
    return [int(position) for position in np.unique(np.searchsorted(ends, np.flatnonzero(_TELLING[units])))]


def _kind_of(grid: Grid, layout: Layout, row: int) -> int:
    cells = [(column, fold(text[:60]), grid.is_text(row, column)) for column, text in grid.cells(row)]
    cells = [cell for cell in cells if cell[0] in layout.columns]
    words = [(column, text) for column, text, is_text in cells if is_text and not _A_COUNT.match(text)]
    if not words:
        return RowKind.DATA
    first = words[0][1]
    near = any(block.bottom < row <= block.bottom + 3 for block in layout.blocks)
    if SAMPLE.match(first) or (near and any(SAMPLE.match(text) for _, text in words[:2])):
        return _SAMPLE
    if TOTAL.match(first):
        return RowKind.TOTAL
    if SIGNED.match(first):
        return RowKind.NOTE
    telling = {column for column, text in words if TOTAL.match(text) or NOTE.match(text)}
    if _complete(layout, {c for c, text, _ in cells if c not in telling and not _A_COUNT.match(text)}):
        return RowKind.DATA
    if NOTE.match(first):
        return RowKind.NOTE
    return RowKind.TOTAL if any(TOTAL.match(text) for _, text in words) else RowKind.DATA


def _complete(layout: Layout, stated: set[int]) -> bool:
    """Whether the row says who, whom and when, whatever else stands in it."""
    return bool(layout.needs) and all(not group or stated & set(group) for group in layout.needs)


def _after_headers(grid: Grid, layout: Layout) -> list[int]:
    """Rows right below a header that number its columns, say what type they are or how to fill them in."""
    found = []
    for block in layout.blocks:
        for row in range(block.bottom + 1, min(block.bottom + 3, layout.stop)):
            texts = [text for _, text in grid.cells(row)]
            if not (is_column_numbers(texts) or is_type_row(texts) or is_hint_row(texts)):
                break
            found.append(row)
    return found


def _section_titles(grid: Grid, layout: Layout, inside: NDArray[np.int32]) -> list[int]:
    """Rows whose only cell is merged over several columns: 一、清水村."""
    rows = range(layout.blocks[0].bottom + 1, layout.stop)
    return [
        m.top
        for m in grid.sheet.merges
        if m.right - m.left >= 2 and m.top in rows and inside[m.top] == 1 and grid.is_text(m.top, m.left)
    ]


def _stating_nothing(grid: Grid, layout: Layout, inside: NDArray[np.int32]) -> list[int]:
    """Rows with a preprinted serial number only, or with one text at their beginning that says neither who nor when."""
    counted = grid.count_in(layout.serial)
    below = np.arange(grid.sheet.height) > layout.blocks[0].bottom
    below[layout.stop :] = False
    below &= ~_naming(grid, layout)
    lone = np.flatnonzero(below & (inside == 1) & (counted == 0)).tolist()
    return [
        *np.flatnonzero(below & (inside > 0) & (inside == counted)).tolist(),
        *(r for r in lone if _heads(grid, layout, r)),
    ]


def _unnamed_sums(grid: Grid, layout: Layout, inside: NDArray[np.int32], kinds: NDArray[np.uint8]) -> list[int]:
    """Rows that name nobody and hold the sums of the rows above, with no word that they do."""
    data = np.flatnonzero(kinds == RowKind.DATA)
    data = data[(data > layout.blocks[0].bottom) & (data < layout.stop)]
    nameless = data[~_naming(grid, layout)[data] & (inside[data] > 0)]
    if not 0 < len(nameless) <= _FEW:
        return []
    return bare_totals(grid, nameless.tolist(), np.setdiff1d(data, nameless))


def _naming(grid: Grid, layout: Layout) -> NDArray[np.bool_]:
    """True for rows that say who or when, if only by a merged cell that reaches down to them."""
    naming = np.zeros(grid.sheet.height, dtype=bool)
    columns = {index for group in layout.needs for index in group}
    for index in columns:
        naming |= grid.filled[index]
    for merge in grid.sheet.merges:
        if merge.left in columns:
            naming[merge.top : merge.bottom + 1] = True
    return naming


def _heads(grid: Grid, layout: Layout, row: int) -> bool:
    """Whether the row's only cell heads those below it: words in one of the first two columns, such as 石桥村, （低保户）."""
    cells = [(column, text) for column, text in grid.cells(row) if column in layout.columns]
    return all(c in layout.columns[:2] and grid.is_text(row, c) and not _A_COUNT.match(fold(t[:60])) for c, t in cells)


def _continue_notes(grid: Grid, layout: Layout, kinds: NDArray[np.uint8], left_out: frozenset[int]) -> None:
    """Lines below a note that only go on with it: one cell, numbered or long."""
    for note in np.flatnonzero(kinds[layout.start : layout.stop] == RowKind.NOTE).tolist():
        row = note + layout.start + 1
        if row - 1 in left_out:
            continue
        while row < layout.stop and grid.counts[row] == 1 and kinds[row] == RowKind.DATA:
            ((column, text),) = grid.cells(row)
            if not (grid.is_text(row, column) and (_CONTINUED.match(fold(text[:60])) or len(text) > 15)):
                break
            kinds[row] = RowKind.NOTE
            row += 1


def _repeated_titles(grid: Grid, layout: Layout, kinds: NDArray[np.uint8]) -> None:
    """Title and metadata lines that a page break repeats above a repeated header."""
    top = layout.blocks[0].top
    titles = {tuple(text for _, text in grid.cells(row)) for row in range(layout.start, top) if grid.counts[row]}
    for block in layout.blocks[1:]:
        for row in range(max(block.top - (top - layout.start) - 1, layout.start), block.top):
            if kinds[row] in (RowKind.DATA, RowKind.NOTE) and tuple(text for _, text in grid.cells(row)) in titles:
                kinds[row] = RowKind.TITLE
