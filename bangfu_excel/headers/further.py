"""Further helpers in the same row (第二责任人 with 单位 and 电话): columns of their own, told apart before any header is resolved."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bangfu_excel.core.region import MappedColumn, TablePart
from bangfu_excel.headers.block import HeaderColumn
from bangfu_excel.headers.label import unnumbered
from bangfu_excel.headers.lexicon import HELPER, Lexicon
from bangfu_excel.headers.resolve import resolve

_NUMBERS = "1一2二3三4四5五"
_ORDINAL = re.compile(
    rf"^第([{_NUMBERS[2:]}])|(?<=[\u3400-\u9fff])\(?([{_NUMBERS}])\)?(?=(?:的?(?:单位|职务|联系|电话|手机).*)?$)"
)


@dataclass(frozen=True)
class Helpers:
    """The columns of a header without those of further helpers, and these, one group a helper, as if under 帮扶责任人."""

    columns: tuple[HeaderColumn, ...]
    further: tuple[tuple[HeaderColumn, ...], ...] = ()


def part_helpers(columns: Sequence[HeaderColumn], lexicon: Lexicon) -> Helpers:
    """Columns that are counted (帮扶责任人2, 帮扶人2电话, anything under 第二责任人), and what follows such a name as it followed the first.

    Nothing is parted where no first helper stands before them.
    """
    heading = next((key for key, facet in lexicon.parties.items() if facet == HELPER), "")
    further: defaultdict[int, list[HeaderColumn]] = defaultdict(list)
    kept: list[HeaderColumn] = []
    after_first: list[str] | None = None  # what follows the first helper's name
    open_to = 0
    for written in columns:
        number, plain = _counted(written, lexicon, further.keys())
        # 帮扶人1电话 is 帮扶人电话
        column = replace(written, leaf=replace(written.leaf, key=plain)) if number == 1 else written
        if number > 1 and after_first is not None:
            further[number].append(_as_helpers(column, plain, heading))
            open_to = number if lexicon.names_helper(column.leaf.key) else 0
            continue
        if open_to and column.leaf.key in (after_first or ()) and _may_be_helpers(column.leaf.key, lexicon):
            further[open_to].append(_as_helpers(column, column.leaf.key, heading))
            continue
        kept.append(column)
        open_to = 0
        if not further:
            if _names_first(column, lexicon):
                after_first = []
            elif after_first is not None:
                after_first.append(column.leaf.key)
    return Helpers(tuple(kept), tuple(tuple(further[number]) for number in sorted(further)))


def further_part(part: TablePart, columns: Sequence[HeaderColumn], lexicon: Lexicon) -> TablePart | None:
    """`part` with the helper's columns replaced by those of a further one, None where these name nobody."""
    table = lexicon[part.table]
    resolution = resolve(columns, lexicon, [part.table])
    own = [
        MappedColumn(claim.field.name, c.index, c.label, c.leaf.unit)
        for c in columns
        if (claim := resolution.assigned.get(c.index)) and claim.field.facet == HELPER
    ]
    if not any(table.table[c.field].kind.name == "person" for c in own):
        return None
    shared = [c for c in part.columns if table.table[c.field].facet != HELPER]
    constants = tuple(c for c in part.constants if table.table[c.field].facet != HELPER)
    return replace(part, columns=tuple(sorted((*own, *shared), key=lambda c: c.index)), constants=constants)


def _counted(column: HeaderColumn, lexicon: Lexicon, named: Collection[int]) -> tuple[int, str]:
    """Which helper a column is counted as (0: it is not), and its header without the count.

    A telephone or unit that only counts (联系电话2) is his who is already `named`.
    """
    for key in (*column.groups, column.leaf.key):
        match = _ORDINAL.search(key)
        if match is None:
            continue
        start, stop = match.span(1) if match[1] else match.span(2)
        plain = unnumbered(key) if match[1] else re.sub(r"\(\)$", "", key[:start] + key[stop:])
        number = _NUMBERS.index(match[1] or match[2]) // 2 + 1
        sure = lexicon.names_helper(key) or _is_helpers_heading(plain, lexicon) or _is_helpers(plain, lexicon)
        if sure or (number in named and _may_be_helpers(plain, lexicon)):
            return number, plain if key == column.leaf.key else column.leaf.key
    return 0, ""


def _names_first(column: HeaderColumn, lexicon: Lexicon) -> bool:
    """Whether a column is the first helper's name: 帮扶责任人, 帮扶责任人1, 姓名 under 第一责任人."""
    if lexicon.names_helper(column.leaf.key):
        return True
    under = any(_is_helpers_heading(group, lexicon) for group in column.groups[-1:])
    return under and any(f.kind.name == "person" for f in lexicon.of_helper(column.leaf.key))


def _as_helpers(column: HeaderColumn, plain: str, heading: str) -> HeaderColumn:
    return replace(column, groups=(heading,), leaf=replace(column.leaf, key=plain))


def _is_helpers(key: str, lexicon: Lexicon) -> bool:
    return any(key in t.certain and t.certain[key].facet == HELPER for t in lexicon.assisting)


def _may_be_helpers(key: str, lexicon: Lexicon) -> bool:
    return any(f.kind.name != "person" for f in lexicon.of_helper(key))


def _is_helpers_heading(key: str, lexicon: Lexicon) -> bool:
    return any(t.headings.get(key) == HELPER for t in lexicon.assisting)
