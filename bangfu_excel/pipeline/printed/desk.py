"""What every paper of one making has in common: the figures, what may be seen, how it is named and dated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from bangfu_excel.assess.facts import NO_UNIT
from bangfu_excel.core.assessment import COUNTY, Assessment
from bangfu_excel.core.kinds import TEXT
from bangfu_excel.core.ledger import Seen
from bangfu_excel.core.masking import without_numbers
from bangfu_excel.core.table import Field, Privacy
from bangfu_excel.merge import Registry
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.write.layout import chinese_date
from bangfu_excel.write.names import file_name

_NAME = Field("name", "姓名", TEXT, privacy=Privacy.NAME)


@dataclass(frozen=True)
class Desk:
    """figures: of the period · tables: current rows · batch: up to which the registry stands, the version of every paper."""

    registry: Registry
    settings: Settings
    figures: Assessment
    tables: Mapping[str, pd.DataFrame] = field(compare=False)
    batch: str
    folder: Path

    @property
    def day(self) -> dt.date:
        """The reference day of the figures."""
        return self.figures.day

    @property
    def label(self) -> str:
        """The period in Chinese."""
        return self.figures.period.label

    @property
    def county(self) -> str:
        return self.settings.county or COUNTY

    @property
    def seen(self) -> Seen:
        """The tables as they are seen on the reference day, for what is past its deadline."""
        return Seen(self.day, self.figures.period, self.tables)

    @property
    def footer(self) -> str:
        """Left text of every printed page: the plan, the period, the batch and the day of making."""
        batch = f"　批次 {self.batch}" if self.batch else ""
        return f"{self.settings.scheme.title}　{self.label}{batch}　{self.settings.spec.as_of:%Y-%m-%d}"

    @property
    def due(self) -> str:
        """The day by which an answer is asked for."""
        days = self.settings.scheme.reporting.correction_days
        return chinese_date(self.settings.spec.as_of + dt.timedelta(days=days))

    def path(self, title: str, area: str, *, apart: bool = True) -> Path:
        """Where a paper is written: named by plan, title, whose it is, period, version and day; a folder for each title."""
        spec = self.settings.spec
        parts = (
            self.settings.scheme.short or "", title, area, spec.period.text, self.batch, f"{spec.as_of:%Y%m%d}",
        )  # fmt: skip
        name = "_".join(file_name(part) for part in parts if part) + ".xlsx"
        return self.folder / title / name if apart else self.folder / name

    def name(self, text: object) -> str:
        """A person's name as it may be seen outside the office."""
        return self.settings.masking.shown(said(text), _NAME)

    def number(self, text: object) -> str:
        """A household's number, without the digits of an identity number that some villages use for it."""
        return without_numbers(said(text))

    @cached_property
    def households(self) -> pd.DataFrame:
        """The households of the figures as they may be shown: key, household_id, head_name, place, township."""
        rows = self.figures.households
        place = rows["village"].fillna("") + rows["group"].fillna("")
        return pd.DataFrame(
            {
                "key": rows["key"],
                "household_id": rows["household_id"].map(self.number),
                "head_name": rows["head_name"].map(self.name),
                "place": place,
                "township": [self.figures.townships[number] for number in rows["town"]],
            }
        )

    @cached_property
    def unit_of(self) -> dict[str, str]:
        """Helper → the unit that pairings or visits name for him, else the roster of helpers."""
        helpers, roster = self.figures.helpers, self.tables.get("helper", pd.DataFrame(columns=["_helper", "unit"]))
        stated = roster[roster["unit"].notna() & roster["_helper"].notna()]
        units = [self.figures.units[number] for number in helpers["unit"]]
        named = {key: unit for key, unit in zip(helpers["key"], units, strict=True) if unit != NO_UNIT}
        return dict(zip(stated["_helper"], stated["unit"], strict=True)) | named


def said(value: object) -> str:
    """A text of a frame, "" where it is missing."""
    return "" if pd.isna(value) else str(value)


def day_of(value: object) -> dt.date | None:
    """A day of a frame."""
    return None if pd.isna(value) else pd.Timestamp(value).date()
