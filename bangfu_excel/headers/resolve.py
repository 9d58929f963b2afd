"""Which column is which field: certain headers first, weak ones by group, neighbours and elimination, never by similarity."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bangfu_excel.core.table import Field
from bangfu_excel.headers.block import HeaderColumn
from bangfu_excel.headers.label import unnumbered
from bangfu_excel.headers.lexicon import MAYBE_SERIAL, SERIAL, Lexicon, TableLexicon

_FIRST = re.compile(r"^第[一1]|[1一]\)?$|^(?!第).*(?:及其?|和|与|、|/|\()(?:联系)?(?:电话|手机|方式)(?:号码?)?\)?$")
_WHOLE = frozenset({"总数", "合计", "总计", "共计", "小计", "数量"})
_OF_ITS_GROUP = frozenset({"户数", "人数"})
_NAMING = frozenset({"place", "person", "persons", "organisation"})
_HEADS = frozenset({"人", "名", "户", "人次", "户次"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A field that a column may be. `rank`: 0 by group and leaf, 1 by a certain header, 2 by a weak one."""

    table: str
    field: Field
    rank: int

    @property
    def target(self) -> tuple[str, str]:
        return (self.table, self.field.name)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Column → claim, for the columns that are decided; what could not be; which only count the rows."""

    assigned: Mapping[int, Claim]
    ambiguous: Mapping[int, tuple[Claim, ...]]
    twice: tuple[tuple[Claim, tuple[int, ...]], ...]
    serial: frozenset[int]


@dataclass
class _State:
    columns: Sequence[HeaderColumn]
    claims: dict[int, tuple[Claim, ...]]
    assigned: dict[int, Claim] = field(default_factory=dict)
    sides: dict[int, frozenset[str]] = field(default_factory=dict)
    twice: list[tuple[Claim, tuple[int, ...]]] = field(default_factory=list)

    @property
    def open(self) -> list[int]:
        """Undecided columns, from the left, with the claims on fields that are still free."""
        taken = {c.target for c in self.assigned.values()} | {c.target for c, _ in self.twice}
        for index, claims in self.claims.items():
            self.claims[index] = tuple(c for c in claims if c.target not in taken)
        return [c.index for c in self.columns if c.index not in self.assigned and self.claims.get(c.index)]


def resolve(
    columns: Sequence[HeaderColumn],
    lexicon: Lexicon,
    names: Sequence[str],
    *,
    counting: frozenset[int] = frozenset(),
    lent: Mapping[str, Mapping[str, str]] | None = None,
    same_cells: Callable[[int, int], bool] = lambda _a, _b: False,
) -> Resolution:
    """The fields of tables `names` (the primary one first) that `columns` are.

    counting: columns whose cells count the rows (编号 is then a serial number) · lent: companion → its fields that share the
    primary's column → the primary's field, which is claimed in their place · same_cells: whether two columns hold the same.
    """
    serial = frozenset(
        c.index for c in columns if c.leaf.key in SERIAL or (c.leaf.key in MAYBE_SERIAL and c.index in counting)
    )
    tables = [lexicon[name] for name in names]
    over_all = frozenset.intersection(*(frozenset(c.groups) for c in columns)) if len(columns) > 1 else frozenset()
    claims = {
        c.index: _settled(c, _claims(c, tables, lexicon, over_all), tables[0], lent or {})
        for c in columns
        if c.index not in serial
    }
    state = _State(columns, claims)
    _assign_certain(state, tables, same_cells)
    state.sides = {i: frozenset(_side(k.field.facet) for k in found) for i, found in state.claims.items()}
    while _assign_weak(state, strict=True) or _assign_weak(state, strict=False):
        pass
    ambiguous = {index: state.claims[index] for index in state.open}
    return Resolution(state.assigned, ambiguous, tuple(state.twice), serial)


def _claims(
    column: HeaderColumn, tables: Sequence[TableLexicon], lexicon: Lexicon, over_all: frozenset[str]
) -> tuple[Claim, ...]:
    """The fields that a column may be. over_all: headings over every column: a title, which excludes nobody's columns."""
    leaf, groups = column.leaf.key, column.groups
    if not lexicon.knows(leaf) and _FIRST.search(leaf) and lexicon.knows(unnumbered(leaf)):
        leaf = unnumbered(leaf)  # 帮扶责任人1, 帮扶干部及电话
    if column.leaf.remark and not lexicon.knows(leaf):
        leaf, groups = column.leaf.base, (*groups, column.leaf.remark)
        if not any(lexicon.heading(g) or lexicon.knows(g + leaf) for g in groups[-1:]):
            return ()
    composed = [group + leaf for group in reversed(groups)] + ["".join(groups) + leaf] * (len(groups) > 1)
    composed += [*groups[-1:]] * (leaf in _WHOLE)  # 参训人数 over 总数 and 其中贫困户
    for key in composed:
        for table in tables:
            if key in table.certain:
                return (Claim(table.table.name, table.certain[key], 0),)
    if leaf in _OF_ITS_GROUP and not over_all.issuperset(groups) and not any(map(lexicon.heading, groups)):
        return ()  # 户数 under 低收入户 is not how many households there are
    party = _party(groups, tables, lexicon)
    found = [claim for table in tables for claim in _of_leaf(leaf, table, party, lexicon)]
    if party and not any(claim.field.facet == party for claim in found):
        found = [claim for table in tables for claim in _of_party(leaf, table, party)] or found
    if not found and over_all.issuperset(groups):
        found = [claim for table in tables for claim in _of_leaf(leaf, table, None, lexicon)]
    if column.leaf.unit:  # 村委会(个), 参加学生(人): how many there are, not which
        found = [claim for claim in found if not _is_counted(claim.field, column.leaf.unit)]
    certain = [c for c in found if c.rank < 2]
    first = tables[0].table.name
    taken = {_side(c.field.facet) for c in found if c.table == first}  # a companion does not dispute the primary's own
    return tuple(certain[:1] or (c for c in found if c.table == first or _side(c.field.facet) not in taken))


def _settled(
    column: HeaderColumn, claims: Sequence[Claim], primary: TableLexicon, lent: Mapping[str, Mapping[str, str]]
) -> tuple[Claim, ...]:
    """Claims without those of fields that share the primary's column; where only such are left, the primary's in their place.

    (姓名 under 户主信息 in a list of persons is no field of a person; to the household beside it is the head's name.)
    """
    own = tuple(c for c in claims if c.field.name not in lent.get(c.table, ()))
    if own:
        return own
    sure = [c for c in claims if c.rank < 2 or column.groups]
    names = dict.fromkeys(lent[c.table][c.field.name] for c in sure)
    return tuple(Claim(primary.table.name, primary.table[name], 2) for name in names)


def _party(groups: Sequence[str], tables: Sequence[TableLexicon], lexicon: Lexicon) -> str | None:
    """The facet that the innermost known group heading stands for."""
    for group in reversed(groups):
        for headings in (*(table.headings for table in tables), lexicon.parties):
            if group in headings:
                return headings[group]
    return None


def _of_leaf(leaf: str, table: TableLexicon, party: str | None, lexicon: Lexicon) -> list[Claim]:
    name = table.table.name
    certain, weak = table.certain.get(leaf), table.weak.get(leaf, ())
    if party is None:
        return [Claim(name, certain, 1)] if certain else [Claim(name, f, 2) for f in weak]
    inside = [f for f in (*((certain,) if certain else ()), *weak) if f.facet == party]
    if inside:
        return [Claim(name, f, 0) for f in inside]
    if certain and _may_stand_under(certain, leaf, party, lexicon):
        return [Claim(name, certain, 1)]
    return [Claim(name, f, 2) for f in weak if _may_stand_under(f, leaf, party, lexicon)]


def _of_party(leaf: str, table: TableLexicon, party: str) -> list[Claim]:
    """The field of this party that a leaf is by the name of another heading of it: 外出务工地点 under 父亲情况 is 父亲外出务工地点."""
    headed = (table.certain.get(heading + leaf) for heading, facet in table.headings.items() if facet == party)
    return [Claim(table.table.name, f, 0) for f in dict.fromkeys(headed) if f is not None and f.facet == party][:1]


def _is_counted(field: Field, unit: str) -> bool:
    """Whether a column measured in `unit` counts what the field names: it holds numbers, and no names."""
    kind = field.kind.name
    return kind in _NAMING or (kind == "text" and unit in _HEADS)


def _side(facet: str) -> str:
    """A household, its head and a recipient are one side of an assistance; a person in it and a helper are others."""
    return "recipient" if facet in ("household", "head", "recipient") else facet


def _may_stand_under(field: Field, leaf: str, party: str, lexicon: Lexicon) -> bool:
    """Whether a column under the heading of `party` can be a field of another facet.

    A field of the record itself can, unless some table has such a field for that party; a field of another party can
    only on the same side: 身份证号 under 家庭情况 is the head's, but never a helper's or a member's.
    """
    if field.facet:
        return _side(field.facet) == _side(party)
    return not party or not lexicon.claimed(leaf, party)


def _assign_certain(state: _State, tables: Sequence[TableLexicon], same_cells: Callable[[int, int], bool]) -> None:
    """Assign what is certain. Headers that stand there twice become weak where another field could have them."""
    wanted: defaultdict[tuple[str, str], list[tuple[int, Claim]]] = defaultdict(list)
    for column in state.columns:
        claims = state.claims.get(column.index, ())
        if len(claims) == 1 and claims[0].rank < 2:
            wanted[claims[0].target].append((column.index, claims[0]))
    by_index = {c.index: c for c in state.columns}
    for claimants in [_without_spare(found, by_index, tables, wanted, state) for found in wanted.values()]:
        best = min(claim.rank for _, claim in claimants)
        first = [(index, claim) for index, claim in claimants if claim.rank == best]
        if len(first) == 1:
            state.assigned[first[0][0]] = first[0][1]
            continue
        for index, claim in claimants:
            state.claims[index] = _weakened(by_index[index], claim, tables)
        if any(len(state.claims[index]) > 1 for index, _ in claimants):
            continue
        if all(same_cells(first[0][0], index) for index, _ in first[1:]):
            state.assigned[first[0][0]] = first[0][1]
        else:
            state.twice.append((first[0][1], tuple(index for index, _ in first)))


def _without_spare(
    claimants: list[tuple[int, Claim]],
    by_index: Mapping[int, HeaderColumn],
    tables: Sequence[TableLexicon],
    wanted: Mapping[tuple[str, str], object],
    state: _State,
) -> list[tuple[int, Claim]]:
    """Claimants of one field, without those that are another field nobody claims, beside a better header (责任人, 帮扶干部)."""
    lexicon = next(t for t in tables if t.table.name == claimants[0][1].table)
    spare = {index: lexicon.spare[key] for index, _ in claimants if (key := by_index[index].leaf.key) in lexicon.spare}
    free = {i: f for i, f in spare.items() if (lexicon.table.name, f.name) not in wanted}
    if len(claimants) < 2 or len(free) == len(claimants) or len({f.name for f in free.values()}) < len(free):
        return claimants
    for index, other in free.items():
        state.claims[index] = (Claim(lexicon.table.name, other, 1),)
        state.assigned[index] = state.claims[index][0]
    return [found for found in claimants if found[0] not in free]


def _weakened(column: HeaderColumn, claim: Claim, tables: Sequence[TableLexicon]) -> tuple[Claim, ...]:
    """The claim, and the other fields of these tables that the same leaf could be."""
    leaf = column.leaf.key
    others = [
        Claim(t.table.name, f, 2)
        for t in tables
        for f in (*t.weak.get(leaf, ()), *((t.certain[leaf],) if leaf in t.certain else ()))
        if f.facet != claim.field.facet
    ]
    if column.groups:
        return (claim,)
    return (Claim(claim.table, claim.field, 2), *dict.fromkeys(others))


def _assign_weak(state: _State, *, strict: bool) -> bool:
    """One round: columns with one claim left, or whose neighbours decide, and with which no other column competes."""
    undecided = state.open
    proposals: defaultdict[tuple[str, str], list[tuple[int, Claim]]] = defaultdict(list)
    for index in undecided:
        claims = state.claims[index]
        sides = _neighbours(state, index, undecided)
        if len(claims) > 1:
            claims = _by_neighbours(claims, sides, strict=strict)
        elif not _supported(claims[0], state.sides[index], sides):
            continue
        if len(claims) == 1:
            proposals[claims[0].target].append((index, claims[0]))
    settled = {target: found[0] for target, found in proposals.items() if len(found) == 1}
    for index, claim in settled.values():
        state.assigned[index] = claim
    return bool(settled)


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """The sides of the nearest assigned columns, and whether no undecided column stands in between."""

    left: str | None
    left_near: bool
    right: str | None
    right_near: bool


def _neighbours(state: _State, index: int, undecided: Sequence[int]) -> _Neighbours:
    order = [c.index for c in state.columns]
    position = order.index(index)
    if _twin(state, position):
        return _Neighbours(None, False, None, False)
    sides = state.sides[index]
    left = _nearest(state, order[:position][::-1], sides, undecided)
    right = _nearest(state, order[position + 1 :], sides, undecided)
    return _Neighbours(*left, *right)


def _by_neighbours(claims: tuple[Claim, ...], beside: _Neighbours, *, strict: bool) -> tuple[Claim, ...]:
    """The claims of the side whose columns this one joins, all claims where that is open.

    Between two sides, attributes follow their owner (帮扶人 电话 帮扶对象), but only once nothing else decides (not strict).
    """
    if beside.left is not None and beside.right is not None and beside.left != beside.right:
        if beside.left_near and (not strict or not beside.right_near):
            chosen = beside.left
        elif beside.right_near and not beside.left_near:
            chosen = beside.right
        else:
            return claims
    else:
        chosen = beside.left if beside.left is not None else beside.right or ""
        if beside.left is None and beside.right is None:
            return claims
    return tuple(c for c in claims if _side(c.field.facet) == chosen)


def _supported(claim: Claim, sides: frozenset[str], beside: _Neighbours) -> bool:
    """Whether the last claim left may stand: between two columns of another side (户主姓名 姓名 村), it may not."""
    there = {side for side in (beside.left, beside.right) if side is not None}
    return len(sides) < 2 or not there or _side(claim.field.facet) in there


def _twin(state: _State, position: int) -> bool:
    """Whether the next column has the very same header: then which is whose cannot be told."""
    here = state.columns[position]
    beside = [state.columns[p] for p in (position - 1, position + 1) if 0 <= p < len(state.columns)]
    return any(other.leaf.key == here.leaf.key and other.groups == here.groups for other in beside)


def _nearest(
    state: _State, order: Sequence[int], facets: frozenset[str], undecided: Sequence[int]
) -> tuple[str | None, bool]:
    """The first facet of `facets` met in this direction, and whether no undecided column stands in between."""
    near = True
    for index in order:
        claim = state.assigned.get(index)
        if claim is not None and _side(claim.field.facet) in facets:
            return _side(claim.field.facet), near
        near = near and index not in undecided
    return None, near
