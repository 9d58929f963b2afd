"""What every part of a scheme is made of: a strict record that says what it is called and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """A record that cannot change and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Element(Strict):
    """One thing that a plan asks for: its name, what it rests on, and the ids of the checklist that it implements."""

    title: str = Field(default="", title="名称")
    note: str = Field(default="", title="说明")
    basis: str = Field(default="", title="依据")
    checklist: tuple[str, ...] = Field(default=(), title="要求编号")


@dataclass(frozen=True)
class Coded:
    """Marks words of a scheme that must be labels (or synonyms) of a code list."""

    codelist: str


@dataclass(frozen=True)
class KindOfTable:
    """Marks words that must be labels of the column `kind` of the table which the same record names."""


@dataclass(frozen=True)
class Declared:
    """Marks words of a scheme that must name a table (`household`), a field (`household.cause`), a rule (`PV03`), a ledger (`visit`)
    a statistic (`child-age`), a form (`联系卡`) or a metric of the assessment (`close_rate`).

    A field may say which of its labels is meant: `measure.way=带项目`.
    """

    what: Literal["table", "field", "rule", "ledger", "statistic", "form", "metric"]


Tables = Annotated[tuple[str, ...], Declared("table")]
Ledgers = Annotated[tuple[str, ...], Declared("ledger")]
Fields = Annotated[tuple[str, ...], Declared("field")]
