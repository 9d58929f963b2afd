"""结对帮扶 (paired assistance) workbooks: read, check, merge, ledgers and assessment.

    import bangfu_excel as bf

    batch = bf.check("inbox", as_of="2024-06-30")
    batch.findings.frame          # what is wrong, exactly where, and what to do
    merge = bf.merge(batch, bf.Registry("台账库"))

The names below are all there is to import from the root; each is loaded when it is first used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOMES = {
    "Assessment": "bangfu_excel.pipeline",
    "BangfuError": "bangfu_excel.errors",
    "Batch": "bangfu_excel.core.batch",
    "Comparison": "bangfu_excel.core.comparison",
    "ConfigError": "bangfu_excel.errors",
    "DeclarationError": "bangfu_excel.errors",
    "Finding": "bangfu_excel.core.finding",
    "Findings": "bangfu_excel.core.finding",
    "InboxError": "bangfu_excel.errors",
    "Merge": "bangfu_excel.merge",
    "OutputError": "bangfu_excel.errors",
    "Registry": "bangfu_excel.merge",
    "RegistryError": "bangfu_excel.errors",
    "RunResult": "bangfu_excel.pipeline",
    "UsageError": "bangfu_excel.errors",
    "assess": "bangfu_excel.pipeline",
    "bulletin": "bangfu_excel.pipeline",
    "cards": "bangfu_excel.pipeline",
    "changes": "bangfu_excel.pipeline",
    "check": "bangfu_excel.pipeline",
    "compare": "bangfu_excel.pipeline",
    "confirm": "bangfu_excel.pipeline",
    "correct": "bangfu_excel.pipeline",
    "decide": "bangfu_excel.pipeline",
    "explode": "bangfu_excel.core.multivalue",
    "issue": "bangfu_excel.pipeline",
    "ledgers": "bangfu_excel.pipeline",
    "merge": "bangfu_excel.merge",
    "papers": "bangfu_excel.pipeline",
    "record_objections": "bangfu_excel.pipeline",
    "run": "bangfu_excel.pipeline",
    "schema": "bangfu_excel.pipeline",
    "template": "bangfu_excel.pipeline",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605

if TYPE_CHECKING:
    from bangfu_excel.core.batch import Batch as Batch
    from bangfu_excel.core.comparison import Comparison as Comparison
    from bangfu_excel.core.finding import Finding as Finding
    from bangfu_excel.core.finding import Findings as Findings
    from bangfu_excel.core.multivalue import explode as explode
    from bangfu_excel.errors import BangfuError as BangfuError
    from bangfu_excel.errors import ConfigError as ConfigError
    from bangfu_excel.errors import DeclarationError as DeclarationError
    from bangfu_excel.errors import InboxError as InboxError
    from bangfu_excel.errors import OutputError as OutputError
    from bangfu_excel.errors import RegistryError as RegistryError
    from bangfu_excel.errors import UsageError as UsageError
    from bangfu_excel.merge import Merge as Merge
    from bangfu_excel.merge import Registry as Registry
    from bangfu_excel.merge import merge as merge
    from bangfu_excel.pipeline import Assessment as Assessment
    from bangfu_excel.pipeline import RunResult as RunResult
    from bangfu_excel.pipeline import assess as assess
    from bangfu_excel.pipeline import bulletin as bulletin
    from bangfu_excel.pipeline import cards as cards
    from bangfu_excel.pipeline import changes as changes
    from bangfu_excel.pipeline import check as check
    from bangfu_excel.pipeline import compare as compare
    from bangfu_excel.pipeline import confirm as confirm
    from bangfu_excel.pipeline import correct as correct
    from bangfu_excel.pipeline import decide as decide
    from bangfu_excel.pipeline import issue as issue
    from bangfu_excel.pipeline import ledgers as ledgers
    from bangfu_excel.pipeline import papers as papers
    from bangfu_excel.pipeline import record_objections as record_objections
    from bangfu_excel.pipeline import run as run
    from bangfu_excel.pipeline import schema as schema
    from bangfu_excel.pipeline import template as template


class _Package(ModuleType):
    """The package itself: loads a public name when it is first used.

    `merge` and `assess` are stages (folders) and public functions. The import system sets a subpackage as an attribute
    of its package; for these two names the function stays, and the folder is reached by `from bangfu_excel.merge import …`.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __getattr__(self, name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name]), name)
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return [*__all__, "__version__"]


sys.modules[__name__].__class__ = _Package
