"""Columns that are values of one field: which of a header's columns they are, and what each says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.kinds.clean import bare
from bangfu_excel.core.kinds.quantity import read_quantities
from bangfu_excel.core.kinds.units import MEASURE
from bangfu_excel.core.spread import Spread
from bangfu_excel.core.table import Table
from bangfu_excel.headers.block import HeaderColumn
from bangfu_excel.headers.label import header_key
from bangfu_excel.headers.lexicon import spread_words
from bangfu_excel.headers.looks import Contents, Look, look_of_text
from bangfu_excel.headers.resolve import Claim, Resolution

TICKS = frozenset({"√", "✓", "✔", "☑", "●", "■", "★", "是", "有", "对", "v", "y", "1"})
CROSSES = frozenset(
    {"×", "✗", "✘", "☒", "x", "n", "否", "无", "没有", "未", "□", "○", "0", "-", "—", "/", "未报", "没报"}
)
_MOST = 0.5  # share of the cells that fit: the header says what the column is, and mistakes in it are to be told
_MONEY = re.compile(r"金额|资金|现金|红包|慰问金|补助金|款|元$|钱")
_GOODS = re.compile(r"数量|件数|数$|库")


@dataclass(frozen=True, slots=True)
class SpreadColumn:
    """A column that is a value. value: of the field, as the header says it · number: the field that a number below it gives."""

    column: HeaderColumn
    value: str
    number: str = ""
    unit: str = ""

    @property
    def index(self) -> int:
        return self.column.index


@dataclass(frozen=True)
class Spreading:
    """The columns over which a field is spread; none where it is not."""

    by: Spread
    columns: tuple[SpreadColumn, ...] = ()

    @property
    def indices(self) -> frozenset[int]:
        return frozenset(c.index for c in self.columns)

    @property
    def fields(self) -> frozenset[str]:
        """The fields that these columns give."""
        if not self.columns:
            return frozenset()
        by = self.by
        said = {by.field, *(c.number for c in self.columns), by.text, by.date}
        return frozenset((said | ({by.unit} if any(c.unit for c in self.columns) else set())) - {""})


NOT_SPREAD = Spreading(Spread(""))


def find_spread(
    table: Table, columns: Sequence[HeaderColumn], resolution: Resolution, contents: Contents, *, titled: bool
) -> Spreading:
    """The first of the table's spreads that stands in these columns. titled: the title says that it is this table."""
    for by in table.spreads:
        found = tuple(_found(table, by, columns, resolution, contents))
        if by.free:
            signed = any(claim.field.name == "signed" for claim in resolution.assigned.values())
            sure = bool(found) and (titled or signed) and by.field not in _fields(resolution, table)
        else:
            sure = len({c.value for c in found}) > 1 and len({c.value for c in found}) == len(found)
        units = {c.unit for c in found if c.number and c.number == by.money}
        if sure and len(units) <= 1:
            return Spreading(by, found)
    return NOT_SPREAD


def without_spread(resolution: Resolution, table: Table, spreading: Spreading) -> Resolution:
    """The resolution without these columns, and without others that would be a field of which they say the value."""
    by, taken = spreading.by, spreading.indices
    if not taken:
        return resolution
    said = spreading.fields - {by.text, by.date, by.unit}

    def stays(index: int, claim: Claim) -> bool:
        return index not in taken and (claim.table != table.name or claim.field.name not in said)

    return replace(
        resolution,
        assigned={i: claim for i, claim in resolution.assigned.items() if stays(i, claim)},
        ambiguous={i: claims for i, claims in resolution.ambiguous.items() if i not in taken},
        twice=tuple((claim, of) for claim, of in resolution.twice if taken.isdisjoint(of)),
    )


def _fields(resolution: Resolution, table: Table) -> set[str]:
    return {claim.field.name for claim in resolution.assigned.values() if claim.table == table.name}


def _found(
    table: Table, by: Spread, columns: Sequence[HeaderColumn], resolution: Resolution, contents: Contents
) -> Iterator[SpreadColumn]:
    words = {header_key(text): value for text, value in spread_words(table, by, contents.codelists).items()}
    known = {header_key(text) for field in table.fields for text in (*field.headers, *field.weak)}
    own = {by.number, by.money, by.text, by.date, by.field} - {""}
    counted = bool(by.unit) and by.unit in _fields(resolution, table)
    for column in columns:
        claim = resolution.assigned.get(column.index)
        if column.index in resolution.serial or (claim and (claim.table != table.name or claim.field.name not in own)):
            continue
        if by.free and column.leaf.key in known:
            continue  # 金额(元) is no thing
        value, unit = (_thing(table, by, column) if by.free else _said(column, words)), _unit(column)
        if value and _fit(by, contents.texts(column.index), contents.codelists, table):
            number = _number(by, column, unit, counted=counted) if by.number or by.money else ""
            yield SpreadColumn(column, value, number, column.leaf.unit if number == by.money else unit)


def _said(column: HeaderColumn, words: Mapping[str, str]) -> str:
    keys = (column.leaf.key, column.leaf.base, *("".join((*column.groups[-1:], column.leaf.key)),))
    return next((words[key] for key in keys if key in words), "")


def _thing(table: Table, by: Spread, column: HeaderColumn) -> str:
    """What a header names that measures it (米(袋), 现金(元)), or that stands under a heading of such things (慰问品)."""
    heads = {header_key(text) for text in table[by.field].headers}
    named = column.leaf.base if column.leaf.remark and _unit(column) else column.leaf.key
    headed = any(group in heads for group in column.groups)
    return named if headed or (_unit(column) and column.leaf.key) else ""


def _unit(column: HeaderColumn) -> str:
    leaf = column.leaf
    if leaf.unit:
        return leaf.unit if MEASURE.fullmatch(leaf.unit) or leaf.unit.endswith("元") else ""
    return leaf.remark if MEASURE.fullmatch(leaf.remark) else ""


def _number(by: Spread, column: HeaderColumn, unit: str, *, counted: bool) -> str:
    """The field that a number under a header is. counted: the rows say in what unit things are counted."""
    name = column.leaf.base or column.leaf.key
    if unit.endswith("元") or (_MONEY.search(name) and not unit):
        return by.money or by.number
    counts = bool(unit) or by.free or counted or bool(_GOODS.search(name))
    return by.number or by.money if counts else by.money or by.number


def _fit(by: Spread, texts: Sequence[str], codelists: Mapping[str, CodeList], table: Table) -> bool:
    """Whether what stands below is what such cells hold: no column of prose is a tick."""
    codes = codelists.get(table[by.text].codelist) if by.text else None
    fitting = sum(_fits(by, text, codes) for text in texts)
    return fitting >= _MOST * len(texts)


def _fits(by: Spread, text: str, codes: CodeList | None) -> bool:
    if bare(text).lower() in TICKS | CROSSES:
        return True
    look = look_of_text(text)
    if look is Look.DATE:
        return bool(by.date or (by.text and codes is None))
    if look is Look.NUMBER or read_quantities(bare(text)):
        return bool(by.number or by.money)
    if not by.text:
        return False
    return codes is None or codes.label_of(text) is not None
