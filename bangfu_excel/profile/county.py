"""A county's differences: labels, aliases, bounds, codes, weights of rules and thresholds, from its county.toml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from bangfu_excel.core.bulletin import Issuer
from bangfu_excel.core.calendar import Calendar
from bangfu_excel.core.codelist import CodeEntry, CodeList
from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.fold import fold
from bangfu_excel.core.limits import Limits
from bangfu_excel.core.masking import Masking
from bangfu_excel.core.precedence import Conflict, Policy
from bangfu_excel.core.rule import Relation, Rule
from bangfu_excel.core.submitters import DueDay
from bangfu_excel.core.succession import HelperName, Succession
from bangfu_excel.core.table import Field as TableField
from bangfu_excel.core.table import Privacy, Table
from bangfu_excel.errors import ConfigError, DeclarationError
from bangfu_excel.profile.aliases import ignored_headers, load_aliases, with_aliases
from bangfu_excel.profile.calendar import county_calendar
from bangfu_excel.profile.county_file import (
    BulletinChange,
    CountyFile,
    DatedLimits,
    FieldChange,
    HelperWords,
    LedgerChange,
    TableChange,
)
from bangfu_excel.profile.forms import form_files
from bangfu_excel.profile.own import OwnField, with_own
from bangfu_excel.profile.templates import declared_files
from bangfu_excel.profile.toml import complain, did_you_mean, load_model

FILE_NAME = "county.toml"


@dataclass(frozen=True)
class Profile:
    """Tables, code lists and rules as the county wants them.

    thresholds: code of every rule that has limits → name → number, the county's or else the rule's own · dated: code → the
    limits that hold from a day on (`thresholds_on`), by day ·
    limits: how large a submitted file may be · ignored: table → headers of columns that the county does not want to hear of ·
    succession: what helpers and units are called now · masking: what the office's own workbooks show in full ·
    townships: those that are to hand in every period; due: by which day of the next month · ledger_ids: of every ledger that there is; ledgers: what the county changes of them ·
    forms: names of every form that there is · calendar: terms, vacations, and the days of festivals that it has set itself ·
    issuer: who signs bulletins.
    """

    county: str
    province: str
    tables: Mapping[str, Table]
    codelists: Mapping[str, CodeList]
    relations: tuple[Relation, ...]
    thresholds: Mapping[str, Mapping[str, float]]
    dated: Mapping[str, tuple[DatedLimits, ...]]
    limits: Limits
    ignored: Mapping[str, frozenset[str]]
    succession: Succession
    policy: Policy
    masking: Masking
    townships: tuple[str, ...]
    due: tuple[DueDay, ...]
    ledger_ids: tuple[str, ...]
    ledgers: Mapping[str, LedgerChange]
    forms: tuple[str, ...]
    calendar: Calendar
    issuer: Issuer

    def thresholds_on(self, day: dt.date) -> Mapping[str, Mapping[str, float]]:
        """The thresholds that hold on a day."""
        found = {code: dict(limits) for code, limits in self.thresholds.items()}
        for code, dated in self.dated.items():
            for change in (one for one in dated if one.since <= day):
                found.setdefault(code, {}).update(change.limits)
        return found


def load_profile(
    folder: Path | None,
    tables: Mapping[str, Table],
    codelists: Mapping[str, CodeList],
    relations: Sequence[Relation],
) -> Profile:
    """The profile in a county's folder (county.toml, 表头别名.toml); without a folder or these files, everything as declared.

    `ConfigError` where the folder is missing, or a file names a table, column, label, rule or limit that is not there.
    """
    file = _file_in(folder)
    wanted = load_model(CountyFile, file) if file else CountyFile()
    book = _Book(file or Path(FILE_NAME), wanted)
    codelists = book.codelists(codelists)
    changed = {name: book.table(table, codelists) for name, table in tables.items()}
    aliases = load_aliases(folder, changed)
    changed = {name: with_aliases(table, aliases) for name, table in changed.items()}
    related = tuple(book.rule(relation) for relation in relations)
    rules: list[Rule | Relation] = [*related, *(rule for table in changed.values() for rule in table.rules)]
    book.refuse_unknown(tables, codelists, rules)
    every = {name: book.codelist(codes) for name, codes in codelists.items()}
    return Profile(
        county=wanted.county,
        province=book.province(codelists),
        tables=changed,
        codelists=every,
        relations=related,
        thresholds=_limits(rules),
        dated={code: book.dated(code) for code, change in wanted.rules.items() if change.dated},
        limits=Limits(**wanted.limits),
        ignored=ignored_headers(aliases),
        succession=book.succession(),
        policy=Policy.of(changed, wanted.sources.rank),
        masking=Masking(frozenset(Privacy(kind) for kind in wanted.masking.show)),
        townships=wanted.reporting.townships,
        due=tuple(DueDay(one.since, one.day) for one in wanted.reporting.due),
        ledger_ids=tuple(declared_files("ledgers", folder)),
        ledgers=wanted.ledgers,
        forms=tuple(form_files(folder)),
        calendar=county_calendar(wanted.calendar, every.get("festival"), book.file),
        issuer=_issuer(wanted.bulletin),
    )


def _issuer(wanted: BulletinChange) -> Issuer:
    return Issuer(wanted.office, wanted.code, frozenset(Privacy(kind) for kind in wanted.show))


def _helper(words: HelperWords) -> HelperName:
    return HelperName.of(words.name, words.unit, words.phone)


def _file_in(folder: Path | None) -> Path | None:
    if folder is None:
        return None
    if not folder.is_dir():
        raise ConfigError(f"找不到本县配置文件夹：{folder}")
    file = folder / FILE_NAME
    return file if file.is_file() else None


def _limits(rules: Sequence[Rule | Relation]) -> dict[str, dict[str, float]]:
    """Code → name → number, of all rules of that code (one rule may be declared in several tables)."""
    found: dict[str, dict[str, float]] = {}
    for rule in rules:
        if rule.limits:
            found.setdefault(rule.code, {}).update(rule.limits)
    return found


AnyRule = TypeVar("AnyRule", Rule, Relation)


@dataclass(frozen=True)
class _Book:
    """A county's file, applied to what is declared."""

    file: Path
    wanted: CountyFile

    def province(self, codelists: Mapping[str, CodeList]) -> str:
        """The province as the list of provinces has it, "" where none is named."""
        said, provinces = self.wanted.province, codelists["province"]
        label = provinces.label_of(said) if said else ""
        if label is None:
            raise complain(self.file, "province", f"没有“{said}”这个省{did_you_mean(said, provinces.labels)}")
        return label

    def codelists(self, declared: Mapping[str, CodeList]) -> Mapping[str, CodeList]:
        """The lists that are declared, and the county's own."""
        own = {}
        for name, wanted in self.wanted.own_codelists.items():
            key = f"own_codelists.{name}"
            if name in declared:
                raise complain(self.file, key, f"已经有这个代码表，增加选项写在 [[codelists.{name}]]")
            try:
                own[name] = wanted.declared(name)
            except DeclarationError as error:
                raise complain(self.file, key, str(error)) from error
        return {**declared, **own}

    def table(self, table: Table, codelists: Mapping[str, CodeList]) -> Table:
        change = self.wanted.tables.get(table.name, TableChange())
        for name in change.fields:
            if name not in table:
                raise self._unknown(f"tables.{table.name}.fields.{name}", "这个字段", name, table.names)
        fields = tuple(self._field(f, change.fields.get(f.name), table.name) for f in table.fields)
        fields = with_own(fields, [self._own(table, name, change.own[name], codelists) for name in change.own])
        self._refuse_shared_headers(table, fields, change)
        rules = tuple(self.rule(rule) for rule in table.rules)
        return replace(table, label=change.label or table.label, fields=fields, rules=rules)

    def _own(self, table: Table, name: str, wanted: OwnField, codelists: Mapping[str, CodeList]) -> TableField:
        key = f"tables.{table.name}.own.{name}"
        if name in table:
            raise complain(self.file, key, f"已经有这个字段（{table[name].label}），要改它写在 fields 下")
        try:
            return wanted.declared(name, codelists)
        except DeclarationError as error:
            raise complain(self.file, key, str(error)) from error

    def _refuse_shared_headers(self, table: Table, fields: Sequence[TableField], change: TableChange) -> None:
        """Raises `ConfigError` where a county's word for one column is another column's certain header."""
        added = [
            *(("fields", name, (*one.aliases, one.label or "")) for name, one in change.fields.items()),
            *(("own", name, (*one.aliases, one.label)) for name, one in change.own.items()),
        ]
        for section, name, said in added:
            words = {fold(word) for word in said if word}
            for other in fields:
                taken = [word for word in other.headers if fold(word) in words]
                if taken and other.name != name:
                    reason = f"“{taken[0]}”已经是“{other.label}”的叫法，不能再用"
                    raise complain(self.file, f"tables.{table.name}.{section}.{name}", reason)

    def _field(self, field: TableField, change: FieldChange | None, table: str) -> TableField:
        if change is None:
            return field
        aliases = dict.fromkeys((field.label, *field.aliases, *change.aliases))
        try:
            return replace(
                field,
                label=change.label or field.label,
                aliases=tuple(word for word in aliases if word != (change.label or field.label)),
                low=field.low if change.low is None else change.low,
                high=field.high if change.high is None else change.high,
                expected=field.expected if change.expected is None else change.expected,
                conflict=self._conflict(change.conflict, f"tables.{table}.fields.{field.name}") or field.conflict,
            )
        except DeclarationError as error:
            raise complain(self.file, f"tables.{table}.fields.{field.name}", str(error)) from error

    def _conflict(self, word: str | None, key: str) -> Conflict | None:
        if word is None:
            return None
        if word not in list(Conflict):
            raise self._unknown(f"{key}.conflict", f"“{word}”这种处理办法", word, list(Conflict))
        return Conflict(word)

    def rule(self, rule: AnyRule) -> AnyRule:
        change = self.wanted.rules.get(rule.code)
        if change is None:
            return rule
        severity = Severity(change.severity) if change.severity else rule.severity
        try:
            return replace(
                rule,
                enabled=rule.enabled if change.enabled is None else change.enabled,
                severity=severity,
                effect=rule.effect if severity is Severity.ERROR else Effect.NONE,  # only what is certainly wrong acts
                limits={name: change.limits.get(name, number) for name, number in rule.limits.items()},
            )
        except DeclarationError as error:
            raise complain(self.file, f"rules.{rule.code}", str(error)) from error

    def dated(self, code: str) -> tuple[DatedLimits, ...]:
        """The limits of a rule that hold from a day on, by day; `ConfigError` where two begin on one day."""
        found = tuple(sorted(self.wanted.rules[code].dated, key=lambda one: one.since))
        days = [one.since for one in found]
        twice = next((day for day, later in pairwise(days) if day == later), None)
        if twice:
            raise complain(self.file, f"rules.{code}.dated", f"有两段都从{twice:%Y-%m-%d}起，只能留一段")
        return found

    def codelist(self, codes: CodeList) -> CodeList:
        entries = {entry.label: entry for entry in codes.entries}
        for change in self.wanted.codelists.get(codes.name, ()):
            entry = entries.get(change.label, CodeEntry(change.label, code=change.code))
            entries[change.label] = replace(
                entry,
                synonyms=tuple(dict.fromkeys((*entry.synonyms, *change.synonyms))),
                code=change.code or entry.code,
            )
        try:
            return replace(codes, entries=tuple(entries.values()))
        except DeclarationError as error:
            raise complain(self.file, f"codelists.{codes.name}", str(error)) from error

    def succession(self) -> Succession:
        """What helpers and units are called now; `ConfigError` where units succeed one another in a circle."""
        aliases = [(_helper(alias), _helper(alias.meant)) for alias in self.wanted.helpers.aliases]
        try:
            return Succession.of(self.wanted.units.successors, aliases)
        except ValueError as error:
            raise complain(self.file, "units.successors", f"“{error}”几经更名又回到了它自己") from error

    def refuse_unknown(
        self, tables: Mapping[str, Table], codelists: Mapping[str, CodeList], rules: Sequence[Rule | Relation]
    ) -> None:
        """Raises `ConfigError` for the first table, code list, rule or limit that is not declared."""
        limits = _limits(rules)
        sections: list[tuple[str, str, Iterable[str], Collection[str]]] = [
            ("tables", "这张表", self.wanted.tables, tables),
            ("codelists", "这个代码表", self.wanted.codelists, codelists),
            ("rules", "这条规则", self.wanted.rules, {rule.code for rule in rules}),
            ("limits", "这个限值", self.wanted.limits, {limit.name for limit in fields(Limits)}),
        ]
        for code, change in self.wanted.rules.items():
            said = {"limits": change.limits, **{f"dated[{n}].limits": d.limits for n, d in enumerate(change.dated, 1)}}
            sections += [
                (f"rules.{code}.{key}", "这个限值", named, limits.get(code, {})) for key, named in said.items()
            ]
        for section, what, named, known in sections:
            for name in named:
                if name not in known:
                    raise self._unknown(f"{section}.{name}", what, name, known)

    def _unknown(self, key: str, what: str, name: str, known: Iterable[str]) -> ConfigError:
        return complain(self.file, key, f"没有{what}{did_you_mean(name, known)}")
