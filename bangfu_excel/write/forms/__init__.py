"""Cards and forms: a workbook with placeholders, filled for each person as often as there are persons, unchanged otherwise."""

from bangfu_excel.write.forms.data import Card, Day, Value
from bangfu_excel.write.forms.form import Form, read_form
from bangfu_excel.write.forms.names import COUNT, Link, Named, Source, Vocabulary, link_between
from bangfu_excel.write.forms.values import text_of
from bangfu_excel.write.forms.workbook import FormJob, form_jobs, write_form

__all__ = [
    "COUNT", "Card", "Day", "Form", "FormJob", "Link", "Named", "Source", "Value", "Vocabulary", "form_jobs",
    "link_between", "read_form", "text_of", "write_form",
]  # fmt: skip
