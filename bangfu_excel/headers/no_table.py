"""Sheets that are no table: empty, instructions, drop-down lists; and tables without a header that anybody knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages import headers as say
from bangfu_excel.core.raw import CellType
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.label import header_key
from bangfu_excel.headers.lexicon import Lexicon
from bangfu_excel.headers.regions import Stretch
from bangfu_excel.headers.report import Reporter

_CHOICE_NAMES = re.compile("下拉|选项|字典|代码|码表|数据源|数据有效性|hidden", re.IGNORECASE)
_INSTRUCTION_NAMES = re.compile("说明|须知|指南|要求|封面|目录")
_CHOICE_LENGTH = 12  # the usual longest option; longer texts are prose
_MOST_CHOICES = 200
_LISTED = 5  # names of columns below one another that make a guide
_VALUE_LENGTH = 12  # the average length of cells up to which they are values and not explanations


def why_no_table(grid: Grid, lexicon: Lexicon, reporter: Reporter, scan_rows: int) -> Finding:
    """The finding on a sheet on which no header was found."""
    if not grid.used_columns:
        return reporter.of_sheet(say.EMPTY_SHEET)
    if _looks_like_choices(grid, grid.used_columns, 0, grid.sheet.height):
        return reporter.of_sheet(say.CHOICES)
    if _INSTRUCTION_NAMES.search(grid.sheet.name):
        return reporter.of_sheet(say.INSTRUCTIONS)
    tables = [t.table for t in lexicon.tables]
    known, others = _words(grid, lexicon, scan_rows)
    if len(known) >= 3 and sum(map(len, others)) <= _VALUE_LENGTH * len(others):  # a form: label and value side by side
        return reporter.no_header(known, tables)
    dense = np.flatnonzero(grid.counts >= 3)
    if len(dense) < 3 or 2 * len(dense) < int((grid.counts > 0).sum()):
        return reporter.of_sheet(say.INSTRUCTIONS)
    return reporter.no_header([text for _, text in grid.cells(int(dense[0]))], tables)


def is_guide(grid: Grid, lexicon: Lexicon) -> bool:
    """Whether the sheet explains the columns of a form, one a line, as 填表说明 does: their names stand below one another."""
    return bool(_INSTRUCTION_NAMES.search(grid.sheet.name)) and any(
        _lists_headers(grid, index, lexicon) for index in grid.used_columns
    )


def _lists_headers(grid: Grid, index: int, lexicon: Lexicon) -> bool:
    raw = grid.sheet.columns[index]
    texts = [str(value) for value, kind in zip(raw.values, raw.types, strict=True) if kind == CellType.TEXT]
    known = sum(len(text) <= _VALUE_LENGTH and lexicon.knows(header_key(text)) for text in texts)
    return known >= _LISTED and 2 * known > len(texts)


def _words(grid: Grid, lexicon: Lexicon, scan_rows: int) -> tuple[list[str], list[str]]:
    """The cells of the first rows that are headers of some table, and the others."""
    known: list[str] = []
    others: list[str] = []
    for row in range(min(scan_rows, grid.sheet.height)):
        for _, text in grid.cells(row):
            (known if len(text) <= _VALUE_LENGTH and lexicon.knows(header_key(text)) else others).append(text)
    return known, others


def is_choice_list(grid: Grid, stretch: Stretch) -> bool:
    """Whether a header that makes no table stands over lists of options."""
    columns = [c.index for c in stretch.columns]
    return _looks_like_choices(grid, columns, stretch.header.bottom + 1, stretch.stop)


def _looks_like_choices(grid: Grid, columns: Sequence[int], start: int, stop: int) -> bool:
    """Columns of short texts without a gap or a repetition; of different lengths, or the sheet's name says so."""
    lengths = []
    for index in columns:
        raw, filled = grid.sheet.columns[index], grid.filled[index][start:stop]
        length = int(filled.sum())
        codes = raw.codes[start : start + length]
        if length > _MOST_CHOICES or not filled[:length].all() or len(np.unique(codes)) < length:
            return False
        if any(raw.types[c] != CellType.TEXT or len(str(raw.values[c])) > _CHOICE_LENGTH for c in codes.tolist()):
            return False
        lengths.append(length)
    uneven = len(set(lengths)) > 1 or len(lengths) == 1
    return max(lengths, default=0) >= 2 and (uneven or bool(_CHOICE_NAMES.search(grid.sheet.name)))
