"""What a county may vary in how headers are looked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bangfu_excel.core.codelist import CodeList


@dataclass(frozen=True)
class HeaderSettings:
    """scan_rows: how far down the first header is looked for · levels: of a header · near_miss: similarity (0–100) from which an
    unknown header is shown as a possible misspelling (never used) · codelists: by name · form_rows: sheets with more rows
    are not looked at as forms · ignored: table → headers (matching form) of columns that the county does not want to hear
    of · preferred: tables that are waited for; a sheet that may as well be one of them is no other.
    """

    scan_rows: int = 60
    levels: int = 4
    near_miss: int = 70
    codelists: Mapping[str, CodeList] = field(default_factory=dict)
    form_rows: int = 5000
    ignored: Mapping[str, frozenset[str]] = field(default_factory=dict)
    preferred: frozenset[str] = frozenset()
