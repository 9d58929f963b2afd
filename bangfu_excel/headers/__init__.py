"""Raw sheets to mapped regions: which tables stand on a sheet, which column is which field, which rows are data."""

from __future__ import annotations

from bangfu_excel.headers.lexicon import shared_headers
from bangfu_excel.headers.match import match_headers
from bangfu_excel.headers.settings import HeaderSettings
from bangfu_excel.headers.survey import UnknownHeader, unknown_headers
from bangfu_excel.headers.whom import whom

__all__ = ["HeaderSettings", "UnknownHeader", "match_headers", "shared_headers", "unknown_headers", "whom"]
