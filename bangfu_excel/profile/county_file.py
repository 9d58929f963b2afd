"""What a county.toml may say, key by key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from bangfu_excel.core.file_names import FileTitle
from bangfu_excel.core.scheme import Coded, Strict
from bangfu_excel.profile.calendar import CalendarChange
from bangfu_excel.profile.own import OwnField, OwnList


class FieldChange(Strict):
    """What a county calls a column, and what it lets stand in it."""

    label: str | None = None
    aliases: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    expected: bool | None = None
    conflict: str | None = None


class TableChange(Strict):
    """What a county calls a table, and its columns."""

    label: str | None = None
    fields: Mapping[str, FieldChange] = Field(default_factory=dict)
    own: Mapping[str, OwnField] = Field(default_factory=dict)


class CodeChange(Strict):
    """A label that the county adds, or synonyms that it adds to a label."""

    label: str
    synonyms: tuple[str, ...] = ()
    code: str = ""


class DatedLimits(Strict):
    """Limits that hold from a day on, in place of those of before."""

    since: dt.date
    limits: Mapping[str, float]


class RuleChange(Strict):
    """Whether a rule runs, how heavy it is, and its limits: those of always, and those that change on a day."""

    enabled: bool | None = None
    severity: Literal["error", "warning", "info"] | None = None
    limits: Mapping[str, float] = Field(default_factory=dict)
    dated: tuple[DatedLimits, ...] = ()


class UnitsChange(Strict):
    """What units are called since a reform: old name → new name."""

    successors: Mapping[str, str] = Field(default_factory=dict)


class HelperWords(Strict):
    """A helper as he may be stated: name, unit, telephone."""

    name: str = ""
    unit: str = ""
    phone: str = ""


class HelperAlias(HelperWords):
    """A helper as he is stated somewhere, and what of it he is: `is = { name = … }`."""

    name: str
    meant: HelperWords = Field(alias="is")


class HelpersChange(Strict):
    """Helpers who are stated in several ways."""

    aliases: tuple[HelperAlias, ...] = ()


class DueChange(Strict):
    """By which day of the next month the reports of a month are to be there: of deadlines from a day on."""

    since: dt.date
    day: Annotated[int, Field(strict=True, ge=1, le=31)]


class ReportingChange(Strict):
    """Who is to hand in, and by when; nobody is missed where nobody is named, or late where no day is."""

    townships: tuple[str, ...] = ()
    due: tuple[DueChange, ...] = ()


class MaskingChange(Strict):
    """Kinds of private values that the office's own workbooks and listings show in full."""

    show: tuple[Literal["name", "identity", "phone", "hidden"], ...] = ("name",)


class BulletinChange(Strict):
    """Who issues bulletins (通报): the office that signs them, the word of their numbers (云帮办), and what they show in full."""

    office: str = ""
    code: str = ""
    show: tuple[Literal["name", "identity", "phone", "hidden"], ...] = ()


class SourcesChange(Strict):
    """The units whose word counts where a field is settled by source, the most trusted first."""

    rank: tuple[str, ...] = ()


class LedgerChange(Strict):
    """What a county calls a ledger, and which columns of its first sheet it wants besides, or does without."""

    title: FileTitle | None = None
    add: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()


class CountyFile(Strict):
    """The content of county.toml."""

    county: str = ""
    province: Annotated[str, Coded("province")] = ""
    tables: Mapping[str, TableChange] = Field(default_factory=dict)
    codelists: Mapping[str, tuple[CodeChange, ...]] = Field(default_factory=dict)
    own_codelists: Mapping[str, OwnList] = Field(default_factory=dict)
    rules: Mapping[str, RuleChange] = Field(default_factory=dict)
    units: UnitsChange = UnitsChange()
    helpers: HelpersChange = HelpersChange()
    sources: SourcesChange = SourcesChange()
    reporting: ReportingChange = ReportingChange()
    masking: MaskingChange = MaskingChange()
    ledgers: Mapping[str, LedgerChange] = Field(default_factory=dict)
    calendar: CalendarChange = CalendarChange()
    bulletin: BulletinChange = BulletinChange()
    limits: Mapping[str, Annotated[int, Field(strict=True, gt=0)]] = Field(default_factory=dict)
