"""What every line of the office's workbook must say: a choice, a day, who entered it."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu_excel.core.fold import fold
from bangfu_excel.core.kinds import DATE
from bangfu_excel.core.table import Field
from bangfu_excel.pipeline.corrected_values import UnfitError, Value, value_in
from bangfu_excel.pipeline.office_book import Line
from bangfu_excel.pipeline.settings import Settings


def required(line: Line, heading: str) -> str:
    """What is written under `heading`; `MistakeError` where nothing is."""
    text = line.text(heading)
    if not text:
        raise line.mistake(heading, f"没有填：请填“{heading}”")
    return text


def one_of(line: Line, heading: str, choices: Sequence[str]) -> str:
    """Which of the choices is written under `heading`; `MistakeError` where none is."""
    text = required(line, heading)
    known = {fold(choice): choice for choice in choices}
    if fold(text) not in known:
        raise line.mistake(heading, f"填的是“{text}”，请从下拉框里选：{'、'.join(choices)}")
    return known[fold(text)]


def day_of(line: Line, heading: str, settings: Settings) -> str:
    """The day under `heading`, as ISO text; `MistakeError` where none is, only a month, or one that is still to come."""
    required(line, heading)
    day = value_under(line, heading, Field("day", heading, DATE), settings)
    if not isinstance(day.natural, str) or day.precision:
        raise line.mistake(heading, f"填的是“{line.text(heading)}”，没有写到日，请按“2024-08-03”的样子填写")
    if day.natural > settings.spec.as_of.isoformat():
        raise line.mistake(heading, f"填的是“{line.text(heading)}”，这一天还没有到，请核对年月日")
    return day.natural


def value_under(line: Line, heading: str, declared: Field, settings: Settings) -> Value:
    """What is written under `heading`, read as a value of a field; `MistakeError` where it cannot be."""
    if heading not in line.cells:
        return Value()
    try:
        return value_in(line.cells[heading], declared, settings, line.row)
    except UnfitError as error:
        raise line.mistake(heading, f"：{error}") from error
