"""How old people are, by whatever a row says of it."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.rule import Given
from bangfu_excel.core.spans import last_day
from bangfu_excel.domain.identity import age, birth

AGED_BY = ("id_number", "birth_date", "birth_date__precision", "age")
"""What the functions below read; a rule names them in `reads` and in `optional`."""


def fewest_years(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Full years at the report's date, by the number, else the birth date, else as stated (Int64); the fewest they may be."""
    latest = last_day(rows["birth_date"], rows["birth_date__precision"])
    return _years(rows, age(latest, given.as_of), given)


def most_years(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The same, the most they may be: of a birth date that is known to the year only, its first day."""
    return _years(rows, age(rows["birth_date"], given.as_of), given)


def _years(rows: pd.DataFrame, by_date: pd.Series, given: Given) -> pd.Series:
    return age(birth(rows["id_number"]), given.as_of).fillna(by_date).fillna(rows["age"])


def between(rows: pd.DataFrame, given: Given, youngest: float, oldest: float) -> pd.Series:
    """Whether each is certainly so many full years old, both limits included."""
    return (fewest_years(rows, given) >= youngest) & (most_years(rows, given) <= oldest)


def years_on(dates: pd.Series, precision: pd.Series, rows: pd.DataFrame) -> pd.Series:
    """Full years on a date of each row, the most they may be; missing where no day of birth is known."""
    born, on = birth(rows["id_number"]).fillna(rows["birth_date"]), last_day(dates, precision)
    before_birthday = (on.dt.month * 100 + on.dt.day) < (born.dt.month * 100 + born.dt.day)
    return on.dt.year - born.dt.year - before_birthday
