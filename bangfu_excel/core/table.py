"""What a table is: declared once, projected everywhere (headers, schema, templates, ledgers, dictionary)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from bangfu_excel.core.kinds.base import Kind
from bangfu_excel.core.precedence import Conflict
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.rule import Rule
from bangfu_excel.core.spread import Spread
from bangfu_excel.core.statistic import Statistic
from bangfu_excel.errors import DeclarationError


class Privacy(StrEnum):
    """How a value is masked where it leaves the office (GB/T 35273-2020)."""

    NONE = "none"
    NAME = "name"
    IDENTITY = "identity"
    PHONE = "phone"
    HIDDEN = "hidden"  # health, accounts, addresses: not shown at all


class Retention(StrEnum):
    """How a later submission relates to an earlier one of the same submitter."""

    ROSTER = "roster"  # a full later roster supersedes
    LOG = "log"  # supersedes only its own period
    REGISTER = "register"  # supersedes the records that it names; what it leaves out stands


class Reporter(StrEnum):
    """Whose name on the sheet (填报单位, title) a field takes where it has no column."""

    NOBODY = ""
    UNIT = "unit"  # a department, school or company; never a township, which gathers the lists of others
    SCHOOL = "school"
    ANYBODY = "anybody"


@dataclass(frozen=True)
class Field:
    """One column of a table.

    aliases: headers that mean this field in this table, whatever stands beside them (the label itself is one).
    weak: headers that may mean it (姓名, 单位, 时间): only where the group heading above or the neighbouring columns,
          which belong to the same `facet`, decide for it.
    facet: which party of the table the field describes: "" (the record itself), "household", "person", "head",
           "recipient", "helper".
    unit: unit of the stored value (元, 亩, 人 …) · low, high: inclusive bounds in that unit.
    expected: a table without this column gets a notice, unless it has one of the fields `unless`.
    tail: the field that a villagers' group behind this value belongs to (石桥村3组), where that has no column of its own.
    counted_in: the field of the unit that may be written behind this number (3台).
    names: the fields of township, village and group (none in a table of villages) that one text may name (青石镇石桥村3组), as
           far as they have no column.
    until: the field that the last day of a span belongs to that is written in this one's cell (3月15日-17日); "" where a cell
           holds one day only.
    reporter: whose name it takes where it has no column, because the sheet is their own list.
    in_title: where it has no column, the title or the sheet's name says it, if exactly one label of its code list is in there.
    in_field: where it has no column, the words of this field say it row by row, if exactly one label is in there.
    spare: headers of another field that are this one's where that field has another column as well (责任人 beside 帮扶干部).
    example: one value, as a clerk would type it; the examples of all tables form one coherent household.
    conflict: whose word stands where several units state different values (None: by kind, see `core.precedence`).
    """

    name: str
    label: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    facet: str = ""
    codelist: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    expected: bool = False
    unless: tuple[str, ...] = ()
    privacy: Privacy = Privacy.NONE
    tail: str = ""
    counted_in: str = ""
    names: tuple[str, ...] = ()
    until: str = ""
    reporter: Reporter = Reporter.NOBODY
    in_title: bool = False
    in_field: str = ""
    spare: tuple[str, ...] = ()
    help: str = ""
    example: str = ""
    width: int = 10  # of a ledger column, in Chinese half-widths
    conflict: Conflict | None = None

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or self.name.startswith("_"):
            raise DeclarationError(f"字段名不合规：{self.name!r}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise DeclarationError(f"字段{self.name}：下限大于上限")

    @property
    def headers(self) -> tuple[str, ...]:
        """The label and every certain alias."""
        return (self.label, *self.aliases)


@dataclass(frozen=True)
class Companion:
    """A second table that stands in some columns of this one's regions (helper columns inside a household roster).

    triggers: fields of the companion, one of which must be among the columns left over by the primary table.
    shares: companion field → primary field whose column it reuses.
    beside: groups of primary fields; the columns of one group must be there (none needed where empty).
    per: ladder of companion fields: rows that agree in the first complete rung are one record, whether it is repeated on
         each of them or written on one. Empty: a record a row.
    led: companion field → primary field that gives its value on the leading row (`Table.lead`), where it has no column.
    """

    table: str
    triggers: tuple[str, ...]
    shares: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[tuple[str, ...], ...] = ()
    per: tuple[tuple[str, ...], ...] = ()
    led: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lead:
    """How the first row of several that belong together shows itself: a code in a field, and how it may be written."""

    field: str
    value: str
    written: frozenset[str]


@dataclass(frozen=True)
class Table:
    """A table: its fields, its key ladder, its rules.

    keys: rungs of field names; the first rung that is complete in a row is its key.
    needs: groups of fields that establish who, whom and when. A sheet needs a column of every group to be this table,
           a row needs a value in one field of every group, else it is returned.
    unclear: field of `needs` → what nobody knows of a row without it, where that is not who and when.
    shown_by: fields, one of which must have a column for a sheet to be this table, where `needs` is met by many another list (姓名,
              村, 单位). A sheet whose title or name says what it is does without.
    titles: words in a title or a sheet's name that say that it is this table; the label always does.
    noun, counted: what one of its records is called in a sentence (结对; the label if it is not said), and what it is counted in
                   (条), the usual word first.
    told_by: fields that tell one of its records from the others in a sentence, beside whom it means.
    stand_ins: those of `needs` that count only where no other field of their group has a column (村 where nobody in it is
               named, 帮扶单位 where no person is).
    dated_by: of a log or register, the field of a row's date; the month of a log is what a later file replaces.
    facets: facet → group headings (帮扶责任人, 帮扶对象 …) that put a column under it.
    block: facet whose columns may be filled in the first of several rows that belong together only ("" if none may).
    lead: what tells that first row (与户主关系: 户主).
    refers: the fields that say whom a row means; None for tables whose rows mean nobody. The link step finds `_recipient`.
    helper: the field that names who helped, of one or several people (their unit, where stated, is `helper_unit`); "" if
            none does. The link step finds `_helper`.
    explodes: a row may name several recipients, and is one record for each.
    titled: field → value → words of a title or a sheet's name that say it of all rows, where no column of another field says who.
    spreads: fields that may stand as a column for each of their values.
    statistics: figures that plans quote over its rows.
    """

    name: str
    label: str
    fields: tuple[Field, ...]
    keys: tuple[tuple[str, ...], ...]
    needs: tuple[tuple[str, ...], ...]
    retention: Retention = Retention.ROSTER
    unclear: Mapping[str, str] = field(default_factory=dict)
    shown_by: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    noun: str = ""
    counted: tuple[str, ...] = ("条",)
    told_by: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()
    dated_by: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    companions: tuple[Companion, ...] = ()
    block: str = ""
    lead: Lead | None = None
    refers: Reference | None = None
    helper: str = ""
    explodes: bool = False
    titled: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    spreads: tuple[Spread, ...] = ()
    rules: tuple[Rule, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    help: str = ""

    def __post_init__(self) -> None:
        names = [f.name for f in self.fields]
        if len(names) != len(set(names)):
            raise DeclarationError(f"表{self.name}有重名字段")
        mentioned = {
            *(n for rung in self.keys for n in rung),
            *(n for group in self.needs for n in group),
            *self.shown_by,
            *self.told_by,
            *self.stand_ins,
            *(name for f in self.fields for name in (f.tail, f.counted_in) if name),
            *(f.until for f in self.fields if f.until),
            *(n for f in self.fields for n in f.unless),
            *(f.in_field for f in self.fields if f.in_field),
            *((self.dated_by,) if self.dated_by else ()),
            *((self.helper,) if self.helper else ()),
            *(n for f in self.fields for n in f.names),
            *self.titled,
            *self.unclear,
            *(n for s in self.spreads for n in (*s.fields, *((s.balance,) if s.balance else ()))),
            *(n for rule in self.rules for n in (*rule.reads, *rule.at)),
            *(n for statistic in self.statistics for n in statistic.reads),
        }
        unknown = sorted(n for n in mentioned - set(names) if not n.startswith("_") and "__" not in n)
        if unknown:
            raise DeclarationError(f"表{self.name}没有字段：{'、'.join(unknown)}")
        if (self.retention is Retention.ROSTER) == bool(self.dated_by):
            raise DeclarationError(f"表{self.name}：按日期登记的表必须写明哪个字段是日期，花名册不写")
        if self.explodes and self.refers is None:
            raise DeclarationError(f"表{self.name}：一行可写几个对象的表必须写明哪些字段是对象")

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}

    def __getitem__(self, name: str) -> Field:
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    @property
    def called(self) -> str:
        """What one of its records is called in a sentence."""
        return self.noun or self.label

    @property
    def counting(self) -> str:
        """What stands behind a number of its records: 户, 条结对."""
        return self.counted[0] if self.counted[0] == self.called else self.counted[0] + self.called

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.fields)

    def needs_among(self, there: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """`needs` of a region that has the fields `there`: without stand-ins in the groups that another field meets."""
        own = [tuple(n for n in group if n not in self.stand_ins) for group in self.needs]
        return tuple(
            first if any(n in there for n in first) else group for first, group in zip(own, self.needs, strict=True)
        )

    def stood_for(self, there: Collection[str]) -> frozenset[str]:
        """The fields that nobody asks of a region that has the fields `there`: those of the sides for which a stand-in has to do.

        A list of units has neither name nor telephone of a helper, a list of villages no head of a household.
        """
        doing = {
            name for group in self.needs_among(there) for name in group if name in self.stand_ins and name in there
        }
        sides = {self[name].facet for name in doing}
        return frozenset(f.name for f in self.fields if f.facet in sides)

    def with_field(self, changed: Field) -> Table:
        """This table with one field replaced (a county's label, bounds, aliases)."""
        return replace(self, fields=tuple(changed if f.name == changed.name else f for f in self.fields))
