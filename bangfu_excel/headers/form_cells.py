"""A sheet as a form is read: cells with their merged extent, and what stands right of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np

from bangfu_excel.core.fold import fold
from bangfu_excel.core.raw import Cell, Merge
from bangfu_excel.headers.form_marks import without_options
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.label import HeaderText, read_header
from bangfu_excel.headers.lexicon import Lexicon
from bangfu_excel.headers.rows import NOTE, SIGNED
from bangfu_excel.headers.whom import Elsewhere

_LONGEST = 40  # a label has no more characters, options aside
_WIDEST = 200  # columns that a form may use
_EMPTIER = 4  # a sheet with many times the rows has a stray cell far below, and takes long to walk
_SMALL = 100  # rows up to which one label outside the header is enough to look closer
_AUTOGRAPH = re.compile(r"^.{0,10}签(?:字|名|章)(?:(?:或|和|并|、)?盖章)?(?:\([^()]*\))?$")
_GUIDANCE = re.compile(r"^[*※]?(?:注|(?:填表|填报|填写)?说明)(?:\d*[:.、]|$)")
_SECTION = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\))")
PREPRINTED = re.compile(
    r"^(?=.*[_＿年月日省市县乡镇村组元亩人])[\s\u3000_＿:：/／.、,，()（）省市县区乡镇村组年月日元亩人]*$", re.S
)
"""What is printed where something is to be filled in: 　年　月　日, ____乡（镇）____村."""

_WORDS = frozenset(("code", "codes", "text", "yes_no", "organisation", "place"))
"""Kinds whose values are words, which may happen to be a header's as well (户类型：低保)."""


@dataclass(frozen=True, slots=True)
class Token:
    """A cell that holds something. Rows and columns count from 0, `bottom` and `right` are those of its merged range."""

    row: int
    column: int
    bottom: int
    right: int
    text: str
    cell: Cell
    is_text: bool
    header: HeaderText
    known: bool  # whether it reads as a header of some table
    heading: bool  # whether it reads as a group heading of some table

    @property
    def section(self) -> bool:
        """Whether it is numbered as a section: 一、基本情况."""
        return bool(_SECTION.match(fold(self.text)))

    @property
    def note(self) -> bool:
        """Whether it is a remark on the form: 注：本表一式两份."""
        return bool(NOTE.match(fold(self.text[:60])))

    @property
    def guidance(self) -> bool:
        """Whether it says how the form is to be filled in: 说明：本表一式两份."""
        return bool(_GUIDANCE.match(fold(self.text[:60])))

    @property
    def signed(self) -> bool:
        """Whether it begins a line that says who filled the form in: 填表人：."""
        return bool(SIGNED.match(fold(self.text[:60])))

    @property
    def autograph(self) -> bool:
        """Whether it asks for a signature, or holds one: 走访人签名：李明."""
        return is_autograph(re.split("[:：]", self.text, maxsplit=1)[0])


@dataclass(frozen=True)
class Page:
    """A sheet with its cells as tokens, each asked for once. preferred: tables that are waited for."""

    grid: Grid
    lexicon: Lexicon
    elsewhere: Elsewhere = field(default_factory=dict)
    preferred: frozenset[str] = frozenset()

    @cached_property
    def _merges(self) -> dict[tuple[int, int], Merge]:
        return {(m.top, m.left): m for m in self.grid.sheet.merges}

    @cached_property
    def rows(self) -> tuple[tuple[Token, ...], ...]:
        """The tokens of every row, from the left; a merged cell stands in its first row."""
        return tuple(tuple(self._tokens(row)) for row in range(self.grid.sheet.height))

    def _tokens(self, row: int) -> list[Token]:
        return [self._token(row, column, text) for column, text in self.grid.cells(row)]

    def _token(self, row: int, column: int, text: str) -> Token:
        merge = self._merges.get((row, column), Merge(row, column, row, column))
        is_text = self.grid.is_text(row, column)
        header = read_label(text) if is_text else HeaderText("")
        template = PREPRINTED.match(text) is not None and re.search(r"[\s_＿]", text) is not None
        known = bool(header.key) and self.knows(header) and not template and not is_autograph(text)
        heading = bool(header.key) and self.lexicon.heading(header.key)
        cell = self.grid.sheet.cell(row, column)
        return Token(row, column, merge.bottom, merge.right, text, cell, is_text, header, known, heading)

    def knows(self, header: HeaderText) -> bool:
        """Whether some table has a field of this header."""
        return self.lexicon.knows(header.key) or bool(header.base and self.lexicon.knows(header.base))

    def takes_words(self, token: Token) -> bool:
        """Whether a value of the field that a label names may be a word."""
        return bool(self._kinds(token.header) & _WORDS)

    def takes_text(self, header: HeaderText) -> bool:
        """Whether the field that a label names may be free text, which goes on for lines."""
        return "text" in self._kinds(header)

    def _kinds(self, header: HeaderText) -> set[str]:
        """The kinds of the fields that a label may be."""
        return self.lexicon.kinds(header.key) | self.lexicon.kinds(header.base)

    @cached_property
    def covered(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Cell inside a merged range → its first cell, for ranges of a size that forms have."""
        cells: dict[tuple[int, int], tuple[int, int]] = {}
        for m in self.grid.sheet.merges:
            if (m.bottom - m.top + 1) * (m.right - m.left + 1) <= 2000:
                cells.update(
                    {(r, c): (m.top, m.left) for r in range(m.top, m.bottom + 1) for c in range(m.left, m.right + 1)}
                )
        return cells

    @cached_property
    def _by_cell(self) -> dict[tuple[int, int], Token]:
        return {(t.row, t.column): t for row in self.rows for t in row}

    def at(self, row: int, column: int) -> Token | None:
        """The token that stands in a cell or is merged over it."""
        return self._by_cell.get(self.covered.get((row, column), (row, column)))

    def right_of(self, token: Token) -> Token | None:
        """The token in the cell right of `token`, if it begins in the same row."""
        beside = self.at(token.row, token.right + 1)
        return beside if beside is not None and beside.row == token.row else None

    def beyond(self, token: Token) -> Token | None:
        """The token in the next cell but one, where the values of this sheet stand there and the next cell is empty."""
        if not self._apart or self.at(token.row, token.right + 1) is not None:
            return None
        return self._by_cell.get((token.row, token.right + 2))

    @cached_property
    def _apart(self) -> bool:
        """Whether an empty cell stands between labels and values: 户主姓名 |  | 张三 | 家庭人口 |  | 3."""
        pairs = [(one, two) for row in self.rows for one, two in pairwise(row) if one.known and not two.known]
        if any(two.column == one.right + 1 for one, two in pairs):
            return False
        followed = ((two, self.right_of(two)) for one, two in pairs if two.column == one.right + 2)
        return any(following is not None and following.known for _, following in followed)

    def slot(self, row: int, column: int) -> tuple[int, int]:
        """The cell, or the first one of the merged range that covers it."""
        return self.covered.get((row, column), (row, column))


def is_autograph(label: str) -> bool:
    """Whether a label asks for a signature: who signs (户主签字：) may be another than who the form is about."""
    return bool(_AUTOGRAPH.match(fold(label).rstrip(":").replace("(签", "签").removesuffix(")")))


def read_label(text: str) -> HeaderText:
    """What a cell names as a label, without the options that it declares; an empty key for prose."""
    bare = without_options(text)
    return read_header(bare) if len(re.sub(r"\s", "", bare)) <= _LONGEST else HeaderText("")


def may_be_form(grid: Grid, lexicon: Lexicon, headers: frozenset[int], most_rows: int) -> bool:
    """Whether enough rows begin with labels, outside the rows `headers`, for the sheet to be read as a form.

    Asked of every sheet: one look at the distinct texts of each column.
    """
    height = np.count_nonzero(grid.counts)
    if not 1 < height <= most_rows or grid.sheet.height > _EMPTIER * most_rows or len(grid.used_columns) > _WIDEST:
        return False  # one row alone is a header over nothing
    enough = 1 if height <= _SMALL else 3
    before = np.zeros(grid.sheet.height, dtype=np.int32)
    found: set[str] = set()
    skipped = np.isin(np.arange(grid.sheet.height), list(headers))
    for index in grid.used_columns:
        raw, leading = grid.sheet.columns[index], grid.filled[index] & (before < 3) & ~skipped
        for code in np.unique(raw.codes[leading]).tolist():
            value = raw.values[code]
            if isinstance(value, str) and len(value) <= 10 * _LONGEST:
                found |= {h.key for h in _labels(value) if lexicon.knows(h.key) or (h.base and lexicon.knows(h.base))}
        before += grid.filled[index]
        if len(found) >= enough:
            return True
    return False


def _labels(text: str) -> list[HeaderText]:
    parts = [text, *re.findall(r"([^\s:：;；,，。]{1,20})[ \u3000]*[:：]", text)]
    return [header for part in parts if (header := read_label(part)).key]
