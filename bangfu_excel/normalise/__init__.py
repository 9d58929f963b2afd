"""Mapped regions to typed rows."""

from __future__ import annotations

from bangfu_excel.normalise.settings import NormaliseSettings
from bangfu_excel.normalise.single import read_value
from bangfu_excel.normalise.stage import normalise

__all__ = ["NormaliseSettings", "normalise", "read_value"]
