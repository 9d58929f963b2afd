"""What a scheme (帮扶方案) is: the typed model of one file under templates/schemes/."""

from bangfu_excel.core.scheme.element import Coded, Declared, Element, KindOfTable, Strict
from bangfu_excel.core.scheme.indicator import Indicator, Scored
from bangfu_excel.core.scheme.issuing import due_words, issue_day
from bangfu_excel.core.scheme.people import Bounds, Helper, Pattern
from bangfu_excel.core.scheme.plan import AreaLevel, Phase, Reporting, Scheme
from bangfu_excel.core.scheme.scoring import Assessing, DatedAssessing, Grade
from bangfu_excel.core.scheme.work import Cadence, Output, Per

__all__ = [
    "AreaLevel", "Assessing", "Bounds", "Cadence", "Coded", "DatedAssessing", "Declared", "Element", "Grade", "Helper",
    "Indicator", "KindOfTable", "Output", "Pattern", "Per", "Phase", "Reporting", "Scheme", "Scored", "Strict",
    "due_words", "issue_day",
]  # fmt: skip
