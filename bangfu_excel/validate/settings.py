"""What validation is told beside the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.rule import Given


@dataclass(frozen=True)
class ValidateSettings:
    """The date, period and thresholds of the run, and its code lists by name."""

    given: Given
    codelists: Mapping[str, CodeList] = field(default_factory=dict)
