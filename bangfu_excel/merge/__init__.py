"""Rows and the registry to current tables, conflicts and changes."""

from bangfu_excel.merge.conflicts import find_conflicts
from bangfu_excel.merge.duplicates import find_duplicates
from bangfu_excel.merge.importing import Merge, merge
from bangfu_excel.merge.registry import Registry

__all__ = ["Merge", "Registry", "find_conflicts", "find_duplicates", "merge"]
