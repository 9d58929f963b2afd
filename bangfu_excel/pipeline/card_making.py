"""The cards of a form: which rows get one, in which order, in which workbook, and what stands on them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bangfu_excel.core.period import Period
from bangfu_excel.core.places import place_keys
from bangfu_excel.core.schools import called_schools
from bangfu_excel.core.submitters import submitter_key
from bangfu_excel.core.table import Retention
from bangfu_excel.pipeline.card_values import Rows, Values, grouped
from bangfu_excel.write.forms import COUNT, Card, Day, Form, Link, Named, Source, Value, link_between, text_of
from bangfu_excel.write.ledger_areas import Area

NOWHERE = "未注明"
_TITLED = ("head_name", "name", "title", "unit", "village", "helper_name")


@dataclass(frozen=True)
class Occasion:
    """common: what all cards say (`as_of`, `period`, `county`, `scheme`) · period: of logs only its rows get cards (None: all up to the day)."""

    common: Mapping[str, Value]
    as_of: dt.date
    period: Period | None


@dataclass(frozen=True)
class Making:
    """Makes the cards of one form from the rows of the registry."""

    form: Form
    values: Values
    occasion: Occasion

    @property
    def rows(self) -> Rows:
        """Those that get a card each, or by groups."""
        return self.values.tables[self.form.table]

    def cards(self) -> dict[Area, list[Card]]:
        """Area → its cards, numbered within it; areas and cards in their order."""
        found: dict[Area, list[Card]] = {}
        for rows in self._groups():
            own = found.setdefault(self._area(rows[0]), [])
            own.append(self._card(rows, len(own) + 1))
        return found

    @property
    def waiting(self) -> int:
        """How many values that the form shows wait to be corrected, and are blank."""
        shown = [
            n.name for n in self.form.wanted if n.source is Source.OWN and not (n.table and n.table != self.form.table)
        ]
        return sum(self.rows.withheld(name, row) for name in shown for row in self._chosen)

    def _groups(self) -> list[list[int]]:
        """Rows of each card."""
        if self.form.each is None:
            return [[row] for row in self._chosen]
        texts = [self._of_group(self.form.each, row) for row in self._chosen]
        areas = [self._area(row).name for row in self._chosen]
        together = grouped([f"{area}\n{text}" for area, text in zip(areas, texts, strict=True)])
        return [[self._chosen[at] for at in group] for group in together.values()]

    def _of_group(self, each: Named, row: int) -> str:
        """By what rows share a card: helpers who are called alike are told apart."""
        helper = each.source is Source.OWN and each.name == self.rows.table.helper
        return (helper and self.rows.keys("_helper")[row]) or self._text(each, row) or NOWHERE

    @cached_property
    def _chosen(self) -> list[int]:
        """The rows that get cards, in order."""
        wanted = [row for row in range(len(self.rows)) if self._counts(row) and self._is_wanted(row)]
        return sorted(wanted, key=self._order)

    def _counts(self, row: int) -> bool:
        """Whether a row is of today: a pairing in force, a record of the period."""
        table = self.rows.table
        if table.name == "pairing":
            return row in self.values.in_force
        if table.retention is Retention.ROSTER:
            return True
        day = self.rows.value(table.dated_by, row)
        if not isinstance(day, Day):
            return self.occasion.period is None
        if (period := self.occasion.period) is not None:
            return period.start <= day.date <= period.end
        return day.date <= self.occasion.as_of

    def _is_wanted(self, row: int) -> bool:
        return all(set(self._text(named, row).split("、")) & set(values) for named, values in self.form.only)

    def _order(self, row: int) -> tuple[object, ...]:
        stated = tuple(_sortable(self._value(named, row)) for named in self.form.order)
        return (*stated, *(() if stated else self._official(row)), row)

    def _official(self, row: int) -> tuple[object, ...]:
        """By township and village as they first appear, group by number."""
        township, village, group = (self._places[name][row] for name in ("township", "village", "group"))
        number = re.search(r"\d+", group)
        return (
            self._first["township"][township],
            self._first["village"][village],
            int(number[0]) if number else 999,
            group,
        )

    @cached_property
    def _places(self) -> Mapping[str, Sequence[str]]:
        names = ("township", "village", "group", "school")
        found = {
            name: [text_of(self.values.recipient(self.rows, row, name)) for row in range(len(self.rows))]
            for name in names
        }
        called = called_schools({name: rows.frame for name, rows in self.values.tables.items()})
        return found | {"school": [called.get(name, name) for name in found["school"]]}

    @cached_property
    def _first(self) -> Mapping[str, Mapping[str, int]]:
        """Place → at which row it first appears; those not stated come last."""
        return {
            name: {place: row if place else len(texts) for row, place in reversed(list(enumerate(texts)))}
            for name, texts in self._places.items()
        }

    def _area(self, row: int) -> Area:
        level, township = self.form.settings.area, self._places["township"][row]
        if level == "county":
            return Area()
        if level == "unit":
            table = self.rows.table
            own = next((self.rows.text(name, row) for name in ("helper_unit", "unit") if name in table), "")
            return Area(level, own or text_of(self.values.helper(self.rows, row, "unit")) or NOWHERE)
        place = self._places[level][row]
        if level == "village":
            return Area(level, f"{township}{place}" if place else NOWHERE, township)
        return Area(level, place or NOWHERE)

    def _card(self, rows: Sequence[int], number: int) -> Card:
        first = rows[0]
        common = {f"{Source.COMMON}.{name}": value for name, value in {**self.occasion.common, "page": number}.items()}
        common[f"{Source.COMMON}.no"] = number
        once = [named for named in self.form.wanted if not named.table and named.source is not Source.COMMON]
        own = {named.key: self._value(named, first) for named in once}
        if own.get("own.county", "") is None:
            own["own.county"] = self.occasion.common["county"]
        many = {table: self._records(table, rows, named) for table, named in self._repeated.items()}
        return Card(self._title(first), {**common, **own}, many)

    @cached_property
    def _repeated(self) -> Mapping[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for named in sorted((n for n in self.form.wanted if n.table), key=lambda n: (n.table, n.key)):
            found.setdefault(named.table, []).append(named)
        return found

    def _records(self, table: str, rows: Sequence[int], wanted: Iterable[Named]) -> list[Mapping[str, Value]]:
        """The rows of `table` that belong to the card, each with what is shown of it."""
        their = self.values.tables[table]
        fields = [named for named in wanted if named.source is not Source.COMMON]
        found = list(rows) if table == self.form.table else self._linked(their, rows[0])
        return [
            {named.key: value_of(self.values, their, row, named) for named in fields} or {COUNT: 1} for row in found
        ]

    def _linked(self, their: Rows, row: int) -> list[int]:
        main = self.rows.table
        link = link_between(main, their.table)
        if link is Link.RECIPIENT:
            found = their.by_recipient.get(self.values.recipient_of(self.rows, row), ())
        elif link is Link.HELPER:
            found = their.by_helper.get(self.rows.keys("_helper")[row], ())
        else:
            own, there = self._places_or_units(link, self.rows), self._places_or_units(link, their)
            found = grouped(there).get(own[row], ()) if own[row] else ()
        return sorted((one for one in found if self._is_past(their, one)), key=lambda one: (_dated(their, one), one))

    @staticmethod
    def _places_or_units(link: Link | None, rows: Rows) -> Sequence[str]:
        if link is Link.VILLAGE:
            parts = [place_keys(rows.frame[name].astype("str")).fillna("") for name in ("township", "village")]
            return list(parts[0] + "|" + parts[1])
        name = "unit" if "unit" in rows.table else "helper_unit"
        return [submitter_key(rows.text(name, row)) for row in range(len(rows))]

    def _is_past(self, rows: Rows, row: int) -> bool:
        dated = rows.table.dated_by
        day = rows.value(dated, row) if dated else None
        return not isinstance(day, Day) or day.date <= self.occasion.as_of

    def _title(self, row: int) -> str:
        """What the card's sheet is called."""
        if self.form.each is not None:
            return self._text(self.form.each, row) or NOWHERE
        table = self.rows.table
        names = (table.refers.name if table.refers else "", *_TITLED)
        found = next((text for name in names if name in table and (text := self.rows.text(name, row))), "")
        return found or text_of(self.values.recipient(self.rows, row, "head_name")) or NOWHERE

    def _value(self, named: Named, row: int) -> Value:
        return value_of(self.values, self.rows, row, named)

    def _text(self, named: Named, row: int) -> str:
        return text_of(self._value(named, row))


def value_of(values: Values, rows: Rows, row: int, named: Named) -> Value:
    """What a placeholder shows of one row."""
    if named.source is Source.RECIPIENT:
        return values.recipient(rows, row, named.name)
    if named.source is Source.HELPER:
        return values.helper(rows, row, named.name)
    return rows.value(named.name, row)


def _sortable(value: Value) -> tuple[int, object]:
    """Numbers and days by size, texts by their characters; none comes last."""
    if value is None:
        return (2, "")
    if isinstance(value, Day):
        return (0, value.date.toordinal())
    return (0, value) if isinstance(value, int | float) else (1, value)


def _dated(rows: Rows, row: int) -> tuple[int, object]:
    name = rows.table.dated_by or ("started_on" if "started_on" in rows.table else "")
    return _sortable(rows.value(name, row) if name else None)
