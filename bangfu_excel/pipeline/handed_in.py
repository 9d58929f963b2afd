"""A workbook that the office hands in filled in: its sheets, and the one way in which it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bangfu_excel.core.raw import RawSheet
from bangfu_excel.errors import UsageError
from bangfu_excel.read import read_file

_SHOWN = 5  # mistakes that one sentence names


def sheets_of(path: Path) -> tuple[RawSheet, ...]:
    """The sheets of the workbook at `path`, whatever wrote it. `UsageError` where it is not there or cannot be read."""
    if not path.is_file():
        raise UsageError(f"找不到文件“{path}”，请核对路径")
    raw, said = read_file(path, path.name)
    if raw is None:
        raise UsageError(f"“{path.name}”读不出来：{'；'.join(finding.message for finding in said)}")
    return raw.sheets


def refuse(file: str, mistakes: Sequence[str], so: str) -> None:
    """`UsageError` that names the first mistakes, if there are any, and says what was not done: nothing of it is taken."""
    if mistakes:
        more = f"；等{len(mistakes)}处" if len(mistakes) > _SHOWN else ""
        raise UsageError(f"“{file}”要先改正，{so}：{'；'.join(mistakes[:_SHOWN])}{more}")
