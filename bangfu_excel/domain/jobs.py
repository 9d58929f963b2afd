"""Whether somebody works away from home, by whatever a row of 家庭成员 says of it."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.kinds.clean import NOTHING

WORKS_BY = ("works", "work_place", "work_months", "employer", "monthly_wage")
"""What `has_job` reads; a rule names them in `reads` and in `optional`."""

_NO_WORK = r"(?:未|没有?|无|不)(?:外出)?(?:务工|打工|就业|工作)|未外出|在家|(?:在?本?[村地])?务农|否$"


def stated(texts: pd.Series) -> pd.Series:
    """Whether a text names something: neither blank, nor 无, 否, 未务工, 在家务农."""
    return texts.notna() & ~texts.isin(NOTHING) & ~texts.str.match(_NO_WORK).eq(True)


def has_job(rows: pd.DataFrame) -> pd.Series:
    """Whether each works: as 是否务工 says, else where a place, months, an employer or wages are filled in."""
    shown = stated(rows["work_place"]) | stated(rows["employer"])
    counted = (rows["work_months"] > 0).fillna(False) | (rows["monthly_wage"] > 0).fillna(False)
    return (shown | counted).mask(rows["works"].notna(), rows["works"].eq(True).fillna(False)).astype("bool")
