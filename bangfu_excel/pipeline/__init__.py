"""The only room that joins the stages: what the commands and the notebook call."""

from bangfu_excel.pipeline.check import check
from bangfu_excel.pipeline.outputs import assess, ledgers, schema, template
from bangfu_excel.pipeline.run import RunResult, run

__all__ = ["RunResult", "assess", "check", "ledgers", "run", "schema", "template"]
