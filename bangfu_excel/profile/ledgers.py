"""Ledgers by id: those that come with the program, and a county's own in its folder ledgers/, held to the tables that there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.kinds import YES_NO
from bangfu_excel.core.ledger import AREA, PLACE, Derived, Ledger, LedgerSheet, Measure
from bangfu_excel.core.ledger_terms import Terms
from bangfu_excel.profile.county import FILE_NAME, Profile
from bangfu_excel.profile.county_file import LedgerChange
from bangfu_excel.profile.templates import declared_files
from bangfu_excel.profile.toml import complain, did_you_mean, load_model

_Named = tuple[str, str, Collection[str]]  # key path, name, what else it may be


def ledger_ids() -> tuple[str, ...]:
    """The ledgers that come with the program."""
    return tuple(declared_files("ledgers"))


def load_ledgers(profile_dir: Path | None, profile: Profile, derived: Iterable[Derived]) -> dict[str, Ledger]:
    """Every ledger by id, with what a county changes of it.

    `ConfigError`, with file, key and nearest name, where a file or the county's changes name a table, a column or a label that is
    not there.
    """
    terms = Terms(profile.tables, tuple(derived))
    files = declared_files("ledgers", profile_dir)
    county = (profile_dir or Path()) / FILE_NAME
    for name in profile.ledgers:
        if name not in files:
            raise complain(county, f"ledgers.{name}", f"没有这本台账{did_you_mean(name, files)}")
    found = {}
    for name, file in files.items():
        ledger = load_model(Ledger, file)
        if ledger.id != name:
            raise complain(file, "id", f"写的是“{ledger.id}”，与文件名“{name}”不一致")
        _Check(file, terms, profile.codelists).ledger(ledger)
        change = profile.ledgers.get(name)
        found[name] = _changed(ledger, change, county, terms) if change else ledger
    return found


def _changed(ledger: Ledger, change: LedgerChange, file: Path, terms: Terms) -> Ledger:
    """The ledger with a county's title, and its columns more and less on the first sheet."""
    first, key = ledger.sheets[0], f"ledgers.{ledger.id}"
    known = terms.names(first.table)
    shown = terms.columns(first)
    for name in change.add:
        if terms.term(first.table, name) is None:
            raise complain(file, f"{key}.add", f"没有“{name}”这个栏目{did_you_mean(name, known)}")
    for name in change.leave:
        if terms.term(first.table, name) is None:
            raise complain(file, f"{key}.leave", f"没有“{name}”这个栏目{did_you_mean(name, shown)}")
    columns = [name for name in (*shown, *change.add) if name not in change.leave]
    if not columns:
        raise complain(file, f"{key}.leave", "所有栏目都去掉了，至少留一项")
    if "remark" in columns and change.add:
        columns = [*(name for name in dict.fromkeys(columns) if name != "remark"), "remark"]
    changed = first.model_copy(
        update={
            "columns": tuple(dict.fromkeys(columns)),
            "hidden": (*first.hidden, *change.leave),
            "spare": tuple(name for name in first.spare if name not in change.add),
        }
    )
    sheets = (changed, *ledger.sheets[1:])
    ledger = ledger.model_copy(update={"title": change.title or ledger.title, "sheets": sheets})
    for position, sheet in enumerate(sheets):
        for _, name in missing_in_list(ledger, position, terms):
            raise complain(file, f"{key}.leave", f"“{name}”不能去掉，“{sheet.title}”要用它汇总")
    return ledger


@dataclass(frozen=True)
class _Check:
    """Refuses what a file names and nobody knows."""

    file: Path
    terms: Terms
    codelists: Mapping[str, CodeList]

    def ledger(self, ledger: Ledger) -> None:
        for number, sheet in enumerate(ledger.sheets, start=1):
            at = f"sheets[{number}]"
            if sheet.table not in self.terms.tables:
                raise complain(
                    self.file, f"{at}.table", f"没有“{sheet.table}”这张表{did_you_mean(sheet.table, self.terms.tables)}"
                )
            for key, name, more in _columns_of(sheet):
                self._known(f"{at}.{key}", name, sheet.table, more)
            for key, values in _conditions_of(sheet):
                for name, labels in values.items():
                    self._labels(f"{at}.{key}.{name}", sheet.table, name, labels)
            self._shown(at, sheet)
            self._measures(at, sheet)
            self._listed(at, ledger, number - 1)

    def _known(self, key: str, name: str, table: str, more: Collection[str]) -> None:
        if name not in more and self.terms.term(table, name) is None:
            label = self.terms.tables[table].label
            raise complain(
                self.file, key, f"“{label}”没有“{name}”这个栏目{did_you_mean(name, self.terms.names(table))}"
            )

    def _labels(self, key: str, table: str, name: str, labels: Iterable[str]) -> None:
        """A condition on a coded field names its labels, one on yes and no 是 or 否."""
        term = self.terms.term(table, name)
        declared = term.field if term else None
        if declared is None or not (declared.codelist or declared.kind is YES_NO):
            return
        known = self.codelists[declared.codelist].labels if declared.codelist else ("是", "否")
        for label in labels:
            if label and label not in known:
                raise complain(self.file, key, f"没有“{label}”这一项{did_you_mean(label, known)}")

    def _shown(self, at: str, sheet: LedgerSheet) -> None:
        """What is counted, frozen or left out when empty must be a column of the sheet."""
        shown = self.terms.columns(sheet)
        named = [("spare", name) for name in self.terms.apart(sheet.table, sheet.spare)]
        named += [("total", name) for name in sheet.total] + [("headings", name) for name in sheet.headings]
        for key, name in [*named, *([("frozen", sheet.frozen)] if sheet.frozen else [])]:
            if name not in shown:
                raise complain(self.file, f"{at}.{key}", f"“{name}”不在 columns 里{did_you_mean(name, shown)}")

    def _measures(self, at: str, sheet: LedgerSheet) -> None:
        titles: list[str] = []
        for number, measure in enumerate(sheet.measures, start=1):
            for name in (*measure.minus, *measure.share):
                if name not in titles:
                    raise complain(
                        self.file, f"{at}.measures[{number}]", f"前面没有“{name}”这一项{did_you_mean(name, titles)}"
                    )
            titles.append(measure.title)

    def _listed(self, at: str, ledger: Ledger, position: int) -> None:
        """What a summary adds up, and by what, must be columns of its list."""
        for key, name in missing_in_list(ledger, position, self.terms):
            listed = ledger.summed(position)
            assert listed is not None
            hint = did_you_mean(name, self.terms.columns(listed))
            raise complain(self.file, f"{at}.{key}", f"“{name}”不在“{listed.title}”的 columns 里{hint}")


def missing_in_list(ledger: Ledger, position: int, terms: Terms) -> Iterator[tuple[str, str]]:
    """What a summary counts on and its list does not show: the key that names it, and its name."""
    listed = ledger.summed(position) if ledger.sheets[position].kind == "summary" else None
    if listed is None:
        return
    shown = terms.columns(listed)
    for key, name, more in _columns_of(ledger.sheets[position]):
        if name == AREA and key == "by":
            yield from ((key, one) for one in terms.place(listed.table) if one not in shown)
        elif name not in more and name not in shown:
            yield key, name


def _columns_of(sheet: LedgerSheet) -> Iterator[_Named]:
    """Every name of a column, with its key and the words that may stand there beside columns."""
    groups = (PLACE, "recipient")
    for key, names, more in (
        ("columns", sheet.columns, groups), ("spare", sheet.spare, groups), ("hidden", sheet.hidden, ()),
        ("sort", [name.removeprefix("-") for name in sheet.sort], (PLACE,)), ("total", sheet.total, ()),
        ("headings", sheet.headings, ()), ("by", sheet.by, (AREA,)), ("where", sheet.where, ()),
        ("group", [sheet.group] if sheet.group else [], (AREA,)), ("frozen", [sheet.frozen] if sheet.frozen else [], ()),
    ):  # fmt: skip
        yield from ((key, name, more) for name in names)
    for number, measure in enumerate(sheet.measures, start=1):
        yield from ((f"measures[{number}].{key}", name, ()) for key, name in _measured(measure))


def _measured(measure: Measure) -> Iterator[tuple[str, str]]:
    if measure.sum:
        yield "sum", measure.sum
    yield from (("where", name) for name in measure.where)


def _conditions_of(sheet: LedgerSheet) -> Iterator[tuple[str, Mapping[str, tuple[str, ...]]]]:
    yield "where", sheet.where
    for number, measure in enumerate(sheet.measures, start=1):
        yield f"measures[{number}].where", measure.where
