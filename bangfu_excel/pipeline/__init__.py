"""The only room that joins the stages: what the commands and the notebook call."""

from bangfu_excel.pipeline.announcing import issue
from bangfu_excel.pipeline.books import Assessment
from bangfu_excel.pipeline.bulletins import bulletin
from bangfu_excel.pipeline.card_forms import CARDS, Cards, cards, copy_form
from bangfu_excel.pipeline.changing import Changes, changes
from bangfu_excel.pipeline.checking import check
from bangfu_excel.pipeline.comparing import compare
from bangfu_excel.pipeline.confirmation import confirm_headers, is_header_book
from bangfu_excel.pipeline.confirming import Confirmation, confirm
from bangfu_excel.pipeline.correcting import Corrected, correct
from bangfu_excel.pipeline.deciding import DECISIONS
from bangfu_excel.pipeline.decisions import Decided, decide
from bangfu_excel.pipeline.form_filling import FilledIn, fill_form, fill_form_by_township, mapping_book
from bangfu_excel.pipeline.headers import survey_headers
from bangfu_excel.pipeline.life import Life, life
from bangfu_excel.pipeline.objecting import Objected, record_objections
from bangfu_excel.pipeline.outputs import (
    CORRECTIONS,
    assess,
    assessment_book,
    ledger_titles,
    ledgers,
    masking,
    metric_titles,
    rule_book,
    schema,
    scheme,
    schemes,
    tables,
    template,
)
from bangfu_excel.pipeline.printed import PAPERS, papers
from bangfu_excel.pipeline.resubmitted import HELD
from bangfu_excel.pipeline.running import RunResult, run
from bangfu_excel.pipeline.target import Kept

__all__ = [
    "CARDS",
    "CORRECTIONS",
    "DECISIONS",
    "HELD",
    "PAPERS",
    "Assessment",
    "Cards",
    "Changes",
    "Confirmation",
    "Corrected",
    "Decided",
    "FilledIn",
    "Kept",
    "Life",
    "Objected",
    "RunResult",
    "assess",
    "assessment_book",
    "bulletin",
    "cards",
    "changes",
    "check",
    "compare",
    "confirm",
    "confirm_headers",
    "copy_form",
    "correct",
    "decide",
    "fill_form",
    "fill_form_by_township",
    "is_header_book",
    "issue",
    "ledger_titles",
    "ledgers",
    "life",
    "mapping_book",
    "masking",
    "metric_titles",
    "papers",
    "record_objections",
    "rule_book",
    "run",
    "schema",
    "scheme",
    "schemes",
    "survey_headers",
    "tables",
    "template",
]
