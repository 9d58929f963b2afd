"""Rows and the registry to current tables, conflicts and changes."""

from bangfu_excel.merge.change_log import ChangeLog
from bangfu_excel.merge.conflicts import find_conflicts
from bangfu_excel.merge.duplicates import find_duplicates
from bangfu_excel.merge.importing import merge
from bangfu_excel.merge.outcome import Merge
from bangfu_excel.merge.registry import Registry, opened
from bangfu_excel.merge.undoing import Effect, Undone
from bangfu_excel.merge.units import with_units
from bangfu_excel.merge.verifying import Verified

__all__ = [
    "ChangeLog",
    "Effect",
    "Merge",
    "Registry",
    "Undone",
    "Verified",
    "find_conflicts",
    "find_duplicates",
    "merge",
    "opened",
    "with_units",
]
