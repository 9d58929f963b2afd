"""Which table a header belongs to, with the tables that share its rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bangfu_excel.core.fold import fold
from bangfu_excel.core.region import MappedColumn, TablePart
from bangfu_excel.core.table import Companion, Table
from bangfu_excel.headers.block import HeaderColumn
from bangfu_excel.headers.further import further_part
from bangfu_excel.headers.label import units_in
from bangfu_excel.headers.lexicon import HELPER, Lexicon
from bangfu_excel.headers.looks import Contents
from bangfu_excel.headers.resolve import Resolution, resolve
from bangfu_excel.headers.spread import NOT_SPREAD, Spreading, find_spread, without_spread
from bangfu_excel.headers.surroundings import IMPLIED, Disagreement, constants
from bangfu_excel.headers.whom import Elsewhere

_CLEARLY = 2  # columns by which a table that lacks something may not explain more than the one that the header is
_SHARE = 3  # a table that many a list may be explains at least every third column


@dataclass(frozen=True)
class Evidence:
    """What there is to judge by (spread: the fields of the table tried that are spread over columns): the columns, those of further helpers apart, what stands around the table, and what is asked about cells."""

    columns: tuple[HeaderColumn, ...]
    metadata: Mapping[str, str]
    titles: tuple[str, ...]
    sheet_name: str
    counting: frozenset[int] = frozenset()
    same_cells: Callable[[int, int], bool] = field(default=lambda _a, _b: False, repr=False)
    further: tuple[tuple[HeaderColumn, ...], ...] = ()
    elsewhere: Elsewhere = field(default_factory=dict)
    contents: Contents | None = field(default=None, repr=False)
    spread: frozenset[str] = frozenset()
    file: str = ""


@dataclass(frozen=True)
class Choice:
    """One table tried on a header. `parts`: it first, then its companions; `missing`: groups of `needs` without a column.

    further: columns of further helpers, each of whom is a part of its own · titled: the title or the sheet's name says that it
    is this table · shown: that, or its columns do · mostly: it explains more than half of the columns · spread: columns that are
    values of one of its fields.
    """

    table: Table
    resolution: Resolution
    parts: tuple[TablePart, ...]
    missing: tuple[tuple[str, ...], ...]
    disagreements: tuple[Disagreement, ...]
    further: frozenset[int] = frozenset()
    titled: bool = False
    shown: bool = True
    mostly: bool = True
    spread: Spreading = NOT_SPREAD

    @property
    def weight(self) -> tuple[int, int, int]:
        """Columns that this table explains, those of them by a certain header, and all that are explained."""
        own = [c for c in self.resolution.assigned.values() if c.table == self.table.name]
        more = len(self.spread.columns)
        return len(own) + more, sum(1 for c in own if c.rank < 2) + more, len(self.resolution.assigned) + more

    @property
    def there(self) -> frozenset[str]:
        """The fields of this table that have a column, or several."""
        return self.spread.fields.union(c.field for c in self.parts[0].columns)

    def has(self, tables: Collection[str]) -> bool:
        """Whether it or one that stands beside it is among these."""
        return any(part.table in tables for part in self.parts)

    @property
    def undecided(self) -> frozenset[int]:
        """Columns that could be a field of this table, but which one is not established."""
        return frozenset(self.resolution.ambiguous) | {i for _, columns in self.resolution.twice for i in columns}


def try_tables(evidence: Evidence, lexicon: Lexicon) -> tuple[Choice, ...]:
    """Every table tried on the header, the one that explains most columns first; last those that it is not shown to be."""
    tried = [_try(t.table, evidence, lexicon) for t in lexicon.tables]
    tried.sort(key=lambda choice: (choice.shown, choice.weight), reverse=True)
    first, sure = tried[0], next((c for c in tried if c.shown and not c.missing), tried[0])
    roster = _roster_of(sure, tried)
    best = roster if roster.weight[2] >= first.weight[2] else _roster_of(first, tried)
    return (best, *(choice for choice in tried if choice is not best))


def _roster_of(choice: Choice, tried: Sequence[Choice]) -> Choice:
    """The table whose rows hold those of `choice`: pairings stand beside households, which stand beside persons."""
    best = choice
    for _ in tried:
        best = next((one for one in tried if one is not best and _is_roster_with(one, best)), best)
    return best


def fitting(choices: Sequence[Choice], preferred: Collection[str]) -> tuple[Choice, ...]:
    """Of tables tried, the one that the header is; several where it is each of them as well, () where it is none.

    preferred: tables that are waited for. Another must explain clearly more than they do, unless the title speaks for it alone;
    where none of them is shown, what many a list may be is the one that is waited for, if it explains most of the columns.
    """
    satisfied = [c for c in choices if not c.missing and c.weight[1] and not _is_aside(c, choices)]
    shown = [c for c in satisfied if c.shown]
    near = _near([c for c in shown if c.has(preferred)], shown) or _near(
        [c for c in satisfied if c.table.name in preferred and c.mostly], shown
    )
    found = near or shown
    rivals = [c for c in choices if c.has(preferred)] if near else choices
    if not found or (rivals[0].shown and rivals[0].weight[0] - found[0].weight[0] >= _CLEARLY):
        return ()
    equal = tuple(c for c in found if c.weight == found[0].weight)
    named = tuple(c for c in equal if c.titled)
    return named if len(named) == 1 else equal


def _is_aside(choice: Choice, choices: Sequence[Choice]) -> bool:
    """Whether it is no more than the names in a sheet that is something else by its title: pupils, and what each was given."""
    loose = choice.table.shown_by and not choice.mostly and not choice.titled
    return bool(loose) and any(c.titled and not choice.has({c.table.name}) for c in choices)


def _near(waited: Sequence[Choice], shown: Sequence[Choice]) -> list[Choice]:
    """Those of `waited` that the best of `shown` does not outweigh; none where its title speaks for it alone."""
    near = [c for c in waited if not shown or not _outweighs(shown[0], c)]
    return [] if shown and shown[0].titled and not any(c.titled for c in near) else near


def _outweighs(choice: Choice, other: Choice) -> bool:
    """Whether it explains clearly more, with the tables beside it: two columns, and half as many again."""
    more, own = choice.weight[2], other.weight[2]
    return more - own >= _CLEARLY and 2 * more >= 3 * own


def _is_roster_with(roster: Choice, companion: Choice) -> bool:
    """Whether the header is `roster` with columns of `companion` rather than a list of the latter.

    So it is if together they explain more than `companion` alone, and nothing but the parties of `companion` is told
    (no 结对时间), or the roster adds at least as much as it does.
    """
    if roster.missing or all(part.table != companion.table.name for part in roster.parts[1:]):
        return False
    theirs = [c for c in roster.resolution.assigned.values() if c.table == companion.table.name]
    added = len(roster.resolution.assigned) - len(companion.resolution.assigned)
    return added > 0 and (all(c.field.facet for c in theirs) or added >= len(theirs))


def _try(table: Table, evidence: Evidence, lexicon: Lexicon) -> Choice:
    companions = [c for c in table.companions if c.table in lexicon and c.table != table.name]
    while True:
        resolution = _resolve(table, companions, evidence, lexicon)
        spread = _spread(table, resolution, evidence)
        resolution = without_spread(resolution, table, spread)
        parts, differing = _parts(table, companions, resolution, replace(evidence, spread=spread.fields), lexicon)
        idle = [c for c in companions if not _lives(c, resolution, parts, lexicon)]
        if not idle:
            break
        companions = [c for c in companions if c not in idle]
    parts, further = _with_further(parts, resolution, evidence, lexicon)
    titled = _is_titled(table, evidence)
    missing = _missing(table, parts[0], spread.fields, implied=titled)
    choice = Choice(table, resolution, parts, missing, differing, further, spread=spread)
    count = len(evidence.columns)
    mostly = 2 * (len(resolution.assigned) + len(spread.columns) + len(resolution.serial)) > count
    return replace(choice, titled=titled, shown=titled or _is_shown(choice, count), mostly=mostly)


def _spread(table: Table, resolution: Resolution, evidence: Evidence) -> Spreading:
    if not table.spreads or evidence.contents is None:
        return NOT_SPREAD
    return find_spread(table, evidence.columns, resolution, evidence.contents, titled=_is_titled(table, evidence))


def _is_titled(table: Table, evidence: Evidence) -> bool:
    above = fold(" ".join((*evidence.titles, evidence.sheet_name)))
    return any(fold(word) in above for word in (table.label, *table.titles))


def _is_shown(choice: Choice, columns: int) -> bool:
    """Whether the columns show that the header is this table, and not just a list of persons, places or units."""
    table = choice.table
    told = not choice.there.isdisjoint(table.shown_by)
    return not table.shown_by or (told and _SHARE * len(choice.resolution.assigned) >= columns)


def _with_further(
    parts: tuple[TablePart, ...], resolution: Resolution, evidence: Evidence, lexicon: Lexicon
) -> tuple[tuple[TablePart, ...], frozenset[int]]:
    """The parts with one more for every further helper, where a first one is read; and the columns of these."""
    named = {c.table for c in resolution.assigned.values() if c.field.facet == HELPER and c.field.kind.name == "person"}
    first = next((part for part in parts if part.table in named), None)
    if first is None:
        return parts, frozenset()
    found = [(further_part(first, columns, lexicon), columns) for columns in evidence.further]
    indices = (c.index for part, columns in found if part is not None for c in columns)
    return (*parts, *(part for part, _ in found if part is not None)), frozenset(indices)


def _resolve(table: Table, companions: Sequence[Companion], evidence: Evidence, lexicon: Lexicon) -> Resolution:
    return resolve(
        evidence.columns,
        lexicon,
        [table.name, *(c.table for c in companions)],
        counting=evidence.counting,
        lent={c.table: c.shares for c in companions},
        same_cells=evidence.same_cells,
    )


def _parts(
    table: Table, companions: Sequence[Companion], resolution: Resolution, evidence: Evidence, lexicon: Lexicon
) -> tuple[tuple[TablePart, ...], tuple[Disagreement, ...]]:
    own = _columns_of(table.name, resolution, evidence)
    primary, differing = _with_constants(table, own, evidence, lexicon)
    parts = [primary]
    for companion in companions:
        by_field = {c.field: c for c in own}
        shared = [
            MappedColumn(name, by_field[source].index, by_field[source].label, by_field[source].unit)
            for name, source in companion.shares.items()
            if source in by_field
        ]
        columns = sorted((*_columns_of(companion.table, resolution, evidence), *shared), key=lambda c: c.index)
        parts.append(_with_constants(lexicon[companion.table].table, columns, evidence, lexicon)[0])
    return tuple(parts), differing


def _columns_of(name: str, resolution: Resolution, evidence: Evidence) -> list[MappedColumn]:
    units = units_in(evidence.metadata.get("单位", ""))
    return [
        MappedColumn(
            claim.field.name, column.index, column.label, column.leaf.unit or _sheet_unit(claim.field.unit, units)
        )
        for column in evidence.columns
        if (claim := resolution.assigned.get(column.index)) and claim.table == name
    ]


def _sheet_unit(unit: str, units: Sequence[str]) -> str:
    """The unit that a line such as 单位：万元、亩 above the table gives to a column measured in `unit`, "" if none."""
    fitting = [written for written in units if unit and written.endswith(unit)]
    return fitting[0] if len(fitting) == 1 else ""


def _with_constants(
    table: Table, columns: Sequence[MappedColumn], evidence: Evidence, lexicon: Lexicon
) -> tuple[TablePart, tuple[Disagreement, ...]]:
    mapped = evidence.spread.union(c.field for c in columns)
    found, differing = constants(
        lexicon[table.name],
        mapped,
        evidence.metadata,
        evidence.titles,
        evidence.sheet_name,
        elsewhere=evidence.elsewhere,
        file=evidence.file,
        codelists=lexicon.codelists or {},
    )
    return TablePart(table.name, tuple(columns), found), differing


def _lives(companion: Companion, resolution: Resolution, parts: Sequence[TablePart], lexicon: Lexicon) -> bool:
    """Whether the companion is shown by a column of its own (not one weak header alone) or by a line, and has all it needs."""
    part = next(p for p in parts if p.table == companion.table)
    own = [c for c in resolution.assigned.values() if c.table == companion.table]
    shown = any(c.field.name in companion.triggers for c in own) and (len(own) > 1 or own[0].rank < 2)
    # 帮扶责任人：李明 above a list of households; what a form says above a list of persons is the form's
    said = not companion.per and any(c.field in companion.triggers for c in part.constants)
    primary = {c.field for c in parts[0].columns}
    beside = not companion.beside or any(primary.issuperset(group) for group in companion.beside)
    return (shown or said) and beside and not _missing(lexicon[companion.table].table, part, companion.led)


def _missing(
    table: Table, part: TablePart, more: Iterable[str] = (), *, implied: bool = True
) -> tuple[tuple[str, ...], ...]:
    """Groups of `needs` that nothing meets. implied: whether what only the name of whoever reports tells counts."""
    said = {c.field for c in part.constants}.difference(table.stand_ins)  # a village in the title is where, not whom
    if not implied:  # else every list of a unit would have what its documents need
        said -= {
            c.field
            for c in part.constants
            if c.source in IMPLIED and (table[c.field].reporter or table[c.field].in_title)
        }
    there = {c.field for c in part.columns} | said | {*more}
    return tuple(group for group in table.needs if not there & set(group))
