"""What validation is told beside the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.rule import Given


@dataclass(frozen=True)
class ValidateSettings:
    """The code lists by name, and the date, period and thresholds of the run."""

    codelists: Mapping[str, CodeList]
    given: Given
