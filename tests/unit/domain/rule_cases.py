"""What the cases of row rules have in common: a row as a rule sees it, and whether the rule finds it broken."""

import datetime as dt

import pandas as pd

from bangfu_excel.core.period import Period
from bangfu_excel.core.rule import Given
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.domain import TABLES

AS_OF = dt.date(2024, 6, 30)
PLAN = {"id": "own", "title": "方案", "version": "1", "tables": (), "start": "2020-03-01", "end": "2026-12-31",
        "cadences": ({"id": "b", "title": "生日", "whom": "child", "per": "birthday", "counter": "recipient"},),
        "records": ({"fields": ("measure.person_in_charge", "measure.duty", "measure.standard")},)}  # fmt: skip
GIVEN = Given(AS_OF, Period.parse("2024-06"), scheme=Scheme.model_validate(PLAN))
MAN = "990101196805123015"  # 1968-05-12
WOMAN = "990101197008233021"  # 1970-08-23
OLD = "990101190001013019"


def with_check_digit(digits):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


def row(table, **values):
    """A frame of one row as the validate stage hands it to a rule; what is not given is missing."""
    columns = {}
    for name, value in values.items():
        dtype = TABLES[table][name].kind.dtype if name in TABLES[table] else None
        dtype = dtype or ("bool" if name.endswith("__approx") else "str")
        columns[name] = pd.Series([value], dtype=dtype)
    return pd.DataFrame(columns)


def rule_at(table, code, field):
    (found,) = [r for r in TABLES[table].rules if r.code == code and r.at[0] == field]
    return found


def breaks(table, code, field, values):
    rule = rule_at(table, code, field)
    absent = {name: False if name.endswith("__approx") else None for name in rule.optional}
    blank = dict.fromkeys(rule.blanks)
    return bool(rule.test(row(table, **{**absent, **blank, **values}), GIVEN).fillna(False).iloc[0])


def cases(table, code, field, fires, passes):
    return [(table, code, field, fires, True), (table, code, field, passes, False)]
