"""The only room that joins the stages: what the commands and the notebook call."""

from bangfu_excel.pipeline.checking import check
from bangfu_excel.pipeline.outputs import (
    Assessment,
    assess,
    ledgers,
    rule_book,
    schema,
    tables,
    template,
)
from bangfu_excel.pipeline.running import RunResult, run

__all__ = [
    "Assessment",
    "RunResult",
    "assess",
    "check",
    "ledgers",
    "rule_book",
    "run",
    "schema",
    "tables",
    "template",
]
