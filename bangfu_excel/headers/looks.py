"""How the cells of a column look, whatever its header says: identity numbers, telephones, dates, names …"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.kinds.clean import NOTHING, bare, trim
from bangfu_excel.core.kinds.written_date import read_span
from bangfu_excel.core.names import begins_with_surname
from bangfu_excel.core.places import Placed, split_place
from bangfu_excel.core.raw import Cell, CellType, RawColumn, cell_text
from bangfu_excel.core.table import Field

SAMPLED = 200  # rows, spread over the column
_MOST = 0.8  # share of the cells that makes the look of a column
_LONG = 16  # characters from which a text is prose

_IDENTITY = re.compile(
    r"\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])\d{2}\d{3}[\dXx](?:\d{2}(?:[Bb]\d)?)?|\d{8}(?:0[1-9]|1[0-2])[0-3]\d{4}"
)
_PHONE = re.compile(r"(?:\+?86-?)?1[3-9]\d[-]?\d{4}[-]?\d{4}|\(?0\d{2,3}\)?-?[2-9]\d{6,7}")
_DATE = re.compile(r"(?:19|20)\d{2}(?:年|[-./])(?:0?[1-9]|1[0-2])(?:月|[-./])(?:[0-3]?\d日?)?(?:00:00:00)?")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:%|万?元|亩|人|口|岁|㎡|平方米|m2|公里|斤|次|户)?")
_YES_NO = frozenset({"是", "否", "有", "无", "√", "×", "x", "y", "n", "yes", "no", "☑", "□", "true", "false"})
_PLACE = re.compile(r".{1,10}(?:村|组|镇|乡|社区|街道|社|队|村委会|居委会)")
_DOTTED = re.compile(r"[\u3400-\u9fff]{2,}(?:·[\u3400-\u9fff]{2,})+")
_KEY = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z0-9_-]{2,24}")
_PLAIN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")


class Look(StrEnum):
    """What most cells of a column look like; the value is the word for it in a sentence (像……)."""

    IDENTITY = "身份证号"
    PHONE = "电话号码"
    DATE = "日期"
    NUMBER = "数字"
    SERIAL = "顺序号"
    YES_NO = "是或否"
    NAME = "姓名"
    PLACE = "地名"
    KEY = "编号"
    PROSE = "一段文字"
    OTHER = ""


_OF_KIND: Mapping[Look, frozenset[str]] = {
    Look.IDENTITY: frozenset({"identity", "certificate", "identity_or_certificate"}),
    Look.PHONE: frozenset({"phone"}),
    Look.DATE: frozenset({"date"}),
    Look.NUMBER: frozenset({"integer", "number", "money", "area", "rate"}),
    Look.YES_NO: frozenset({"yes_no"}),
    Look.NAME: frozenset({"person", "persons"}),
    Look.PLACE: frozenset({"place"}),
    Look.KEY: frozenset({"key", "keys"}),
}  # fmt: skip
"""The kinds of fields whose values look so."""

_NUMERIC = _OF_KIND[Look.NUMBER]
_CHOICES = frozenset({"code", "codes", "yes_no"})
_NAMES = _OF_KIND[Look.NAME]
_PLACES = frozenset({"place", "organisation"})
_NEVER: Mapping[Look, frozenset[str]] = {
    Look.IDENTITY: _NUMERIC | _CHOICES | _NAMES | _PLACES | {"phone", "date"},
    Look.PHONE: _NUMERIC | _CHOICES | _NAMES | _PLACES | {"date"} | _OF_KIND[Look.IDENTITY],
    Look.DATE: _NUMERIC | _CHOICES | _NAMES | {"phone", "key"} | _OF_KIND[Look.IDENTITY],
    Look.KEY: _NUMERIC | _NAMES | {"phone", "date", "yes_no"},
    Look.NUMBER: _NAMES,
    Look.SERIAL: _NAMES,
    Look.NAME: _NUMERIC | {"key", "phone", "date", "yes_no"} | _OF_KIND[Look.IDENTITY],
    Look.PROSE: _NUMERIC | _NAMES | {"phone", "date"} | _OF_KIND[Look.IDENTITY],
    Look.PLACE: _NUMERIC | {"phone", "date", "yes_no"} | _OF_KIND[Look.IDENTITY],
    Look.YES_NO: _NAMES | {"phone", "date"} | _OF_KIND[Look.IDENTITY],
}  # fmt: skip
"""The kinds of fields that a column of this look cannot be. Free text and codes of a household may look like anything."""

MISPLACED = (Look.IDENTITY, Look.PHONE, Look.DATE, Look.NUMBER, Look.SERIAL, Look.NAME, Look.KEY)
"""Looks so characteristic that under the header of another kind they show a column in the wrong place."""


def contradicts(look: Look, declared: Field) -> bool:
    """Whether a column of this look cannot be that field."""
    return declared.kind.name in _NEVER.get(look, ())


def agrees(look: Look, declared: Field) -> bool:
    """Whether a column of this look is what that field holds."""
    return declared.kind.name in _OF_KIND.get(look, ())


@dataclass(frozen=True)
class Contents:
    """The cells below the header of one table, looked at when asked. `rows`: positions of its data rows in the sheet."""

    columns: Sequence[RawColumn]
    rows: NDArray[np.int64]
    codelists: Mapping[str, CodeList] = field(default_factory=dict)

    def texts(self, index: int) -> list[str]:
        """The texts of some cells of a column that hold something, from top to bottom."""
        step = max(1, len(self.rows) // SAMPLED)
        column = self.columns[index]
        cells = (_text(column, code) for code in column.codes[self.rows[::step]].tolist())
        return [text for text in cells if text and text not in NOTHING]

    def look(self, index: int, least: int = 1) -> Look:
        """The look of a column with at least that many cells, else OTHER."""
        texts = self.texts(index)
        return look_of(texts) if len(texts) >= least else Look.OTHER

    def exceeds(self, index: int, declared: Field) -> bool:
        """Whether every cell of a column is a number that the field cannot have (2024 is no age)."""
        high = declared.high
        numbers = [_number(text) for text in self.texts(index)] if high is not None else []
        return high is not None and bool(numbers) and all(n is not None and n > high for n in numbers)

    def holds_labels(self, index: int, codelist: str) -> bool:
        """Whether most cells of a column are labels of that code list."""
        codes, texts = self.codelists.get(codelist), self.texts(index)
        return codes is not None and bool(texts) and _share(codes.label_of(t) is not None for t in texts) >= _MOST

    def places(self, index: int, declared: Field) -> frozenset[str]:
        """The fields of places that most cells of a column name beside its own (青石镇柳溪村三组)."""
        texts = [text for text in self.texts(index) if declared.names]
        placed = [p if (p := split_place(bare(text))) and p.village else Placed() for text in texts]
        shares = (_share(bool(one[i]) for one in placed) if texts else 0 for i in range(len(declared.names)))
        return frozenset(name for name, share in zip(declared.names, shares, strict=True) if share >= _MOST)

    def spans(self, index: int, declared: Field) -> frozenset[str]:
        """The field of the last day, where a cell holds a span of two days."""
        there = declared.until and any(read_span(bare(t), 2024, 2024, dotted=True) for t in self.texts(index))
        return frozenset({declared.until} if there else ())

    def stated(self, index: int) -> NDArray[np.int64]:
        """The data rows (positions in the sheet) that hold something in a column."""
        column = self.columns[index]
        holds = np.array([bool(_text(column, code)) for code in range(len(column.values))], dtype=bool)
        return np.asarray(self.rows[holds[column.codes[self.rows]]], dtype=np.int64)


def _text(column: RawColumn, code: int) -> str:
    kind = CellType(int(column.types[code]))
    if kind in (CellType.ERROR, CellType.FORMULA):
        return ""
    return trim(cell_text(Cell(kind, column.values[code])))


def look_of(texts: Sequence[str]) -> Look:
    """What most of `texts` look like, OTHER where they differ."""
    if not texts:
        return Look.OTHER
    look, count = Counter(map(look_of_text, texts)).most_common(1)[0]
    if count < _MOST * len(texts):
        return Look.OTHER
    return Look.SERIAL if look is Look.NUMBER and _counts(texts) else look


@lru_cache(maxsize=65536)
def look_of_text(text: str) -> Look:
    """What one text looks like."""
    plain = bare(text)
    for look, pattern in ((Look.IDENTITY, _IDENTITY), (Look.PHONE, _PHONE), (Look.DATE, _DATE), (Look.NUMBER, _NUMBER)):
        if pattern.fullmatch(plain):
            return look
    if _KEY.fullmatch(plain):
        return Look.KEY
    if plain.casefold() in _YES_NO:
        return Look.YES_NO
    if _PLACE.fullmatch(plain):
        return Look.PLACE
    if is_name(plain):
        return Look.NAME
    return Look.PROSE if len(plain) >= _LONG else Look.OTHER


def is_name(text: str) -> bool:
    """Whether a text reads like a person's name: a surname and one or two characters, or parts joined with ·."""
    return bool(_DOTTED.fullmatch(text) or (_PLAIN_NAME.fullmatch(text) and begins_with_surname(text)))


def _counts(texts: Sequence[str]) -> bool:
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= 5]
    return len(numbers) == len(texts) > 1 and all(b > a for a, b in pairwise(numbers))


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else None


def _share(marks: Iterable[bool]) -> float:
    found = list(marks)
    return sum(found) / len(found)
