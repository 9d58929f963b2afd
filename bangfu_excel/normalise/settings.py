"""What the stage is told beside the region and its table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from bangfu_excel.core.codelist import CodeList


@dataclass(frozen=True)
class NormaliseSettings:
    """codelists: by name · year: of the reporting period, for dates without one · as_of: the report's date."""

    codelists: Mapping[str, CodeList] = field(default_factory=dict)
    year: int | None = None
    as_of: dt.date | None = None
