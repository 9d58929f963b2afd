"""What numbers stand for, where the sheet itself says so: 致贫原因（1.因病 2.因残 3.缺技术）, or a note with such a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.fold import fold
from bangfu_excel.core.region import MappedColumn, TablePart
from bangfu_excel.core.table import Field, Table

_ENTRY = r"[(]?(\d{1,2})(?:[.、:=)-]|(?=[\u3400-\u9fff]))([^\d(),;、:.。]{1,15}(?:\([^()]*\))?)[,;、.。]?"
_LIST = re.compile(rf"(?:{_ENTRY}){{2,}}")
_ONE = re.compile(_ENTRY)

Legend = tuple[tuple[str, str], ...]


def legends_in(text: str) -> Iterator[tuple[str, Legend]]:
    """The numbered lists in a text, each with the words before it; numbers go up by one from 0 or 1.

    >>> list(legends_in("致贫原因：1.因病 2.因残"))
    [('致贫原因:', (('1', '因病'), ('2', '因残')))]
    """
    folded, end = fold(text), 0
    for found in _LIST.finditer(folded):
        entries = [(int(number), label) for number, label in _ONE.findall(found[0])]
        first = entries[0][0]
        if first in (0, 1) and [number for number, _ in entries] == list(range(first, first + len(entries))):
            yield folded[end : found.start()], tuple((str(number), label) for number, label in entries)
        end = found.end()


def with_legends(part: TablePart, table: Table, notes: Sequence[str], codelists: Mapping[str, CodeList]) -> TablePart:
    """The part with what its header cells, or the notes around the table, declare of the numbers in its coded columns."""
    coded = {c: codelists[table[c.field].codelist] for c in part.columns if table[c.field].codelist in codelists}
    declared = [found for note in notes for found in legends_in(note)] if coded else []
    legends = {c.index: _legend_of(c, table[c.field], coded, declared) for c in coded}
    if not any(legends.values()):
        return part
    return replace(part, columns=tuple(replace(c, legend=legends.get(c.index, ())) for c in part.columns))


def _legend_of(
    column: MappedColumn,
    field: Field,
    coded: Mapping[MappedColumn, CodeList],
    declared: Sequence[tuple[str, Legend]],
) -> Legend:
    """The one list that is this column's: in its header, else in a note that names it or that fits no other column."""
    own = next((legend for _, legend in legends_in(column.label)), None)
    if own is not None:
        return own if _fits(own, coded[column]) else ()
    fitting = {
        legend
        for words, legend in declared
        if _fits(legend, coded[column])
        and (_named(words, field, column) or sum(_fits(legend, codes) for codes in coded.values()) == 1)
    }
    return fitting.pop() if len(fitting) == 1 else ()


def _fits(legend: Legend, codes: CodeList) -> bool:
    """Whether a list is of this code list: nearly all of its entries are labels there."""
    known = sum(codes.label_of(label) is not None for _, label in legend)
    return known >= 2 and known >= 0.8 * len(legend)


def _named(words: str, field: Field, column: MappedColumn) -> bool:
    return any(words.rstrip("(: ").endswith(fold(text)) for text in (*field.headers, column.label))


def without_legend(folded: str) -> str:
    """A folded header without the list behind it: 致贫原因(1.因病2.因残) → 致贫原因."""
    found = _LIST.search(folded) if "1" in folded else None
    if found is None or found.end() < len(folded.rstrip(")")) or not any(legends_in(folded)):
        return folded
    head = folded[: found.start()].rstrip("(:")
    return head if len(head) >= 2 else folded
