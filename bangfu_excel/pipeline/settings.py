"""What a run is asked to do, resolved once: scheme, county, date, period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from bangfu_excel.assess.metrics import METRICS
from bangfu_excel.core.bulletin import Issuer
from bangfu_excel.core.calendar import Calendar
from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.ledger import Ledger
from bangfu_excel.core.limits import Limits
from bangfu_excel.core.masking import Disclosure, Masking
from bangfu_excel.core.period import Period
from bangfu_excel.core.precedence import Policy
from bangfu_excel.core.rule import Given, Relation
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.core.submitters import DueDay, Expected
from bangfu_excel.core.succession import Succession
from bangfu_excel.core.table import Table
from bangfu_excel.domain import CODELISTS, DERIVED, RELATIONS, TABLES
from bangfu_excel.domain.festivals import festival_days
from bangfu_excel.errors import ConfigError, UsageError
from bangfu_excel.headers import HeaderSettings
from bangfu_excel.normalise import NormaliseSettings
from bangfu_excel.profile import Known, Profile, ledger_ids, load_ledgers, load_profile, load_scheme
from bangfu_excel.validate import ValidateSettings


@dataclass(frozen=True, slots=True)
class Spec:
    """A run in a few words: small enough to send to a worker, which builds the `Settings` itself.

    supplement: all its files are 补报.
    """

    scheme: str
    profile: str
    as_of: dt.date
    period: Period
    supplement: bool = False


@dataclass(frozen=True)
class Settings:
    """Tables, code lists and rules of a scheme in a county, at a date.

    tables: all that are read, whether the scheme uses them or not · relations: between those that it uses · policy: how conflicts are settled, in the tables of every scheme: they share the registry ·
    thresholds: limits of rules as they hold on the last day that an assessment counts · ledgers: that are written, under the titles that the scheme gives them.
    """

    spec: Spec
    scheme: Scheme
    county: str
    tables: Mapping[str, Table]
    codelists: Mapping[str, CodeList]
    relations: tuple[Relation, ...]
    given: Given
    thresholds: Mapping[str, Mapping[str, float]]
    limits: Limits
    ignored: Mapping[str, frozenset[str]]
    succession: Succession
    policy: Policy
    masking: Masking
    townships: tuple[str, ...]
    due: tuple[DueDay, ...]
    calendar: Calendar
    issuer: Issuer
    ledgers: tuple[Ledger, ...]

    @property
    def expected(self) -> Expected:
        """Who is to hand in every month, and by when."""
        return Expected(self.townships, self.due)

    @property
    def disclosed(self) -> Disclosure:
        return Disclosure(self.tables, self.masking)

    @property
    def used(self) -> Mapping[str, Table]:
        """The tables that the scheme uses."""
        return {name: table for name, table in self.tables.items() if name in self.scheme.tables}

    @property
    def to_match(self) -> HeaderSettings:
        everything = len(self.used) == len(self.tables)  # whoever waits for all waits for none
        preferred = frozenset(() if everything else self.used)
        return HeaderSettings(codelists=self.codelists, ignored=self.ignored, preferred=preferred)

    @property
    def to_normalise(self) -> NormaliseSettings:
        return NormaliseSettings(self.codelists, self.given.period.start.year, self.given.as_of)

    @property
    def to_validate(self) -> ValidateSettings:
        return ValidateSettings(self.codelists, self.given)


def make_spec(
    scheme: str | Path,
    profile: str | Path | None,
    as_of: dt.date | str | None,
    period: Period | str | None,
    supplement: bool = False,
) -> Spec:
    """`as_of`: given, else the end of the period, else today; `period`: given, else the month of `as_of`.

    `UsageError` where one of them is not written as it should be, or the day lies before the period.
    """
    span = Period.parse(period) if isinstance(period, str) else period
    day = day_of(as_of, "截止日期")
    if day is None:
        day = span.end if span else dt.date.today()
    if span and day < span.start:
        raise UsageError(f"截止日期{day}早于统计期（{span.label}）的第一天，请核对")
    return Spec(str(scheme), str(profile or ""), day, span or Period.month_of(day), supplement)


def month_over(as_of: dt.date | str | None) -> Period:
    """The last month that is over by `as_of` (given, else today)."""
    day = day_of(as_of, "截止日期") or dt.date.today()
    month = Period.month_of(day)
    return month if month.end == day else month.before


def day_of(said: dt.date | str | None, what: str) -> dt.date | None:
    """The day that was said, if any; `UsageError` where it is not written as it should be. what: 截止日期, 收件日期."""
    if not isinstance(said, str):
        return said
    try:
        return dt.date.fromisoformat(said.strip())
    except ValueError as error:
        raise UsageError(f"{what}“{said}”写法不对，应写成 2024-06-30") from error


@lru_cache(maxsize=4)
def load_settings(spec: Spec) -> Settings:
    """The settings that a spec stands for; `ConfigError` where the scheme or the county's folder is wrong."""
    profile_dir = Path(spec.profile) if spec.profile else None
    profile = load_profile(profile_dir, TABLES, CODELISTS, RELATIONS)
    scheme = load_scheme(spec.scheme, profile_dir, Known.of(profile, METRICS))
    return Settings(
        spec=spec,
        scheme=scheme,
        county=profile.county,
        tables=profile.tables,
        codelists=profile.codelists,
        relations=tuple(r for r in profile.relations if {r.on, *r.needs} <= set(scheme.tables)),
        given=Given(
            spec.as_of, spec.period, profile.thresholds_on(spec.as_of), scheme, profile.county, profile.province
        ),
        thresholds=profile.thresholds_on(min(spec.as_of, spec.period.end)),
        limits=profile.limits,
        ignored=profile.ignored,
        succession=profile.succession,
        policy=profile.policy,
        masking=profile.masking,
        townships=profile.townships,
        due=profile.due,
        calendar=replace(profile.calendar, festivals={**festival_days(), **profile.calendar.festivals}),
        issuer=profile.issuer,
        ledgers=_ledgers(profile_dir, profile, scheme),
    )


def _ledgers(profile_dir: Path | None, profile: Profile, scheme: Scheme) -> tuple[Ledger, ...]:
    """Those that the scheme names, and the county's own; a county's word for a title goes before the scheme's.

    `ConfigError` where two have one title: they would be one file.
    """
    loaded = load_ledgers(profile_dir, profile, DERIVED)
    own = {name: "" for name in loaded if name not in ledger_ids()}
    found: dict[str, Ledger] = {}
    for name, title in {**scheme.written, **own}.items():
        changed = name in profile.ledgers and profile.ledgers[name].title
        ledger = loaded[name].model_copy(update={"title": title} if title and not changed else {})
        file = ledger.title.casefold()
        if file in found:
            raise ConfigError(
                f"方案“{scheme.id}”的两本台账（{found[file].id}、{name}）都叫“{ledger.title}”，请改其中一本的名称"
            )
        found[file] = ledger
    return tuple(found.values())
