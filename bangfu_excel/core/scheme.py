"""What a scheme (帮扶方案) is: the typed model of one file under templates/schemes/."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Unit = Literal["week", "month", "quarter", "half-year", "year"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Cadence(_Model):
    """Who does what to whom how often: at least `count` visits of one of `modes` per `per` to each paired recipient."""

    id: str
    title: str
    who: Literal["helper"] = "helper"
    whom: Literal["household"] = "household"
    modes: tuple[str, ...] = ()  # empty: any mode
    count: int = Field(default=1, ge=1)
    per: Unit = "month"
    least_share: float = Field(default=0.5, ge=0, le=1)  # a window that the pairing covers less of is not due
    basis: str = ""


class Reporting(_Model):
    """How findings go back: days that a township has to correct, and when a household counts as long unvisited."""

    correction_days: int = Field(default=5, ge=1)
    unvisited_months: int = Field(default=2, ge=1)
    rank_from_pairings: int = Field(default=5, ge=1)


class Scheme(_Model):
    """One assistance plan."""

    id: str
    title: str
    plan: str = ""
    version: str
    start: dt.date | None = None
    end: dt.date | None = None
    tables: tuple[str, ...]
    default_mode: str = "入户"
    cadences: tuple[Cadence, ...] = ()
    reporting: Reporting = Reporting()
    ledgers: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Scheme:
        if self.start and self.end and self.start > self.end:
            raise ValueError("方案的开始日期晚于结束日期")
        if len({cadence.id for cadence in self.cadences}) < len(self.cadences):
            raise ValueError("有两条走访频次（cadences）用了同一个 id")
        return self
