"""Of what and when a county's books are: what every page says of its making, and how the files are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bangfu_excel.core.period import Period
from bangfu_excel.write.layout import chinese_date
from bangfu_excel.write.ledger_areas import COUNTY
from bangfu_excel.write.names import file_name

Labels = Mapping[str, Sequence[str]]
"""Code list → its labels in their order."""


@dataclass(frozen=True)
class Occasion:
    """What every page says of its making.

    county: its name, for titles; files and folders are named 全县 · remark: under every table · short: of the scheme, before the
    names of files · labels: of code lists.
    """

    scheme_title: str
    period: Period
    as_of: dt.date
    batch_id: str = ""
    county: str = ""
    remark: str = ""
    short: str = ""
    labels: Labels = field(default_factory=dict)

    def shown(self, area: str) -> str:
        return self.county or area if area == COUNTY else area

    def lead(self, area: str) -> tuple[str, ...]:
        return (
            f"填报单位：{self.shown(area)}",
            f"统计期：{self.period.label}",
            f"截止日期：{chinese_date(self.as_of)}",
        )

    def file(self, title: str, area: str) -> str:
        """The name of a workbook: scheme, title, area, period and day."""
        parts = (self.short, title, area, self.period.text, f"{self.as_of:%Y%m%d}")
        return "_".join(file_name(part) for part in parts if part) + ".xlsx"

    @property
    def footer(self) -> str:
        batch = f"　批次 {self.batch_id}" if self.batch_id else ""
        return f"{self.scheme_title}　{self.period.label}{batch}"
