"""Sheets that are no table: empty, instructions, drop-down lists; and tables without a header that anybody knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from bangfu_excel.core.address import cell_name
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import headers as say
from bangfu_excel.core.raw import CellType
from bangfu_excel.headers.block import known_count
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.label import header_key
from bangfu_excel.headers.lexicon import Lexicon
from bangfu_excel.headers.locate import Located, locate_headers
from bangfu_excel.headers.looks import is_name
from bangfu_excel.headers.phrases import listed
from bangfu_excel.headers.regions import Stretch
from bangfu_excel.headers.report import Reporter

_CHOICE_NAMES = re.compile("下拉|选项|字典|代码|码表|数据源|数据有效性|hidden", re.IGNORECASE)
_INSTRUCTION_NAMES = re.compile("说明|须知|指南|要求|封面|目录")
_CHOICE_LENGTH = 12  # the usual longest option; longer texts are prose
_MOST_CHOICES = 200
_A_DAY = re.compile(r"\d月|(?:19|20)\d{2}[年./-]\d|^\d{1,2}\.\d{1,2}$")
"""What no option says: columns in which something has a date are records."""
_LISTED = 5  # names of columns below one another that make a guide
_VALUE_LENGTH = 12  # the average length of cells up to which they are values and not explanations


def why_no_table(grid: Grid, lexicon: Lexicon, reporter: Reporter, scan_rows: int) -> Finding:
    """The finding on a sheet on which no header was found."""
    if not grid.used_columns:
        return reporter.of_sheet(say.EMPTY_SHEET)
    tables = [t.table for t in lexicon.tables]
    if named := _lists_people(grid, lexicon):
        return reporter.no_header([named], tables)
    if _looks_like_choices(grid, grid.used_columns, 0, grid.sheet.height):
        return reporter.of_sheet(say.CHOICES)
    if _INSTRUCTION_NAMES.search(grid.sheet.name):
        return reporter.of_sheet(say.INSTRUCTIONS)
    known, others = _words(grid, lexicon, scan_rows)
    located = locate_headers(grid, scan_rows)
    if located and (len(known) < 3 or 2 * _known_in(grid, lexicon, located[0]) >= len(known)):
        return _unknown_table(located, lexicon, reporter)
    if len(known) >= 3 and sum(map(len, others)) <= _VALUE_LENGTH * len(others):  # a form: label and value side by side
        return reporter.no_header(known, tables)
    dense = np.flatnonzero(grid.counts >= 3)
    if len(dense) < 3 or 2 * len(dense) < int((grid.counts > 0).sum()):
        return reporter.of_sheet(say.INSTRUCTIONS)
    return reporter.no_header([text for _, text in grid.cells(int(dense[0]))], tables)


def _lists_people(grid: Grid, lexicon: Lexicon) -> str:
    """The header of a sheet that is one column of people (户主姓名 and names below it), which is no list of options; else nothing."""
    if len(grid.used_columns) != 1 or grid.sheet.hidden:
        return ""
    texts = [grid.text(row, grid.used_columns[0]) for row in np.flatnonzero(grid.counts)[:_MOST_CHOICES].tolist()]
    header, *names = texts
    people = 5 * sum(map(is_name, names)) >= 4 * len(names) > 0
    return header if people and lexicon.knows(header_key(header)) else ""


def _known_in(grid: Grid, lexicon: Lexicon, header: Located) -> int:
    """How many cells of a header some table knows."""
    return sum(known_count(grid, lexicon, row) for row in range(header.top, min(header.bottom + 1, grid.sheet.height)))


def _unknown_table(located: Sequence[Located], lexicon: Lexicon, reporter: Reporter) -> Finding:
    """A table of a kind that is not known: where its header lies and what it says; further ones are only counted up."""
    first, *others = located
    row, column = first.top + 1, first.labels[0][0]
    more = f"，另有表头在{'、'.join(map(_rows, others))}" if others else ""
    tables = "、".join(t.table.label for t in lexicon.tables)
    return say.NOT_UNDERSTOOD.finding(
        Place(reporter.file, reporter.sheet, cell_name(row, column), row),
        which=reporter.which,
        where="",
        nearest=f"表头在{_rows(first)}{more}，这种表目前不认得（能认得的有{tables}）。",
        found=f"找到的表头有：{listed([label for _, label in first.labels])}",
        near_misses="",
    )


def _rows(header: Located) -> str:
    return f"第{header.top + 1}行" if header.top == header.bottom else f"第{header.top + 1}–{header.bottom + 1}行"


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


def _is_option(text: str) -> bool:
    return len(text) <= _CHOICE_LENGTH and not _A_DAY.search(text)


def _looks_like_choices(grid: Grid, columns: Sequence[int], start: int, stop: int) -> bool:
    """Columns of short texts without a gap or a repetition; of different lengths, or the sheet's name says so."""
    lengths = []
    for index in columns:
        raw, filled = grid.sheet.columns[index], grid.filled[index][start:stop]
        length = int(filled.sum())
        codes = raw.codes[start : start + length]
        if length > _MOST_CHOICES or not filled[:length].all() or len(np.unique(codes)) < length:
            return False
        if not all(raw.types[c] == CellType.TEXT and _is_option(str(raw.values[c])) for c in codes.tolist()):
            return False
        lengths.append(length)
    uneven = len(set(lengths)) > 1 or len(lengths) == 1
    return max(lengths, default=0) >= 2 and (uneven or bool(_CHOICE_NAMES.search(grid.sheet.name)))
