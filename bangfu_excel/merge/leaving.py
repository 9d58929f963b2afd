"""Why a record is there no longer, as far as its last status and remark say."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from bangfu_excel.core.columns import each_once

UNSAID = "未说明"
_SAID = ("status", "remark")
_NOT = r"(?<![未没不无防非])"
_WORDS = (
    ("死亡", re.compile(_NOT + "(死亡|去世|病故|亡故|过世|病逝|身故)")),
    ("重复", re.compile(_NOT + "重复")),
    ("迁出", re.compile(_NOT + "(迁出|迁走|外迁|搬走|搬离|出嫁|嫁出|嫁到)")),
    ("脱贫", re.compile(_NOT + "脱贫(?!户|人口|不稳定|攻坚)")),
    ("退出", re.compile(_NOT + "(退出|清退|注销|销户|剔除|风险消除|消除风险|自愿放弃)")),
)


def stated_reason(text: str) -> str:
    """The reason that a remark gives: 死亡, 重复, 迁出, 脱贫 or 退出, the first in this order; "" where it gives none."""
    return next((reason for reason, words in _WORDS if words.search(text)), "")


def reasons(gone: pd.DataFrame, households: Sequence[pd.DataFrame]) -> pd.Series:
    """Why each of these rows is gone: what its own status and remark say, else those of its household, else `UNSAID`.

    households: rows of the household roster, those of now before those of before.
    """
    found = _own(gone)
    for rows in households:
        known = _own(rows)
        of_key = dict(zip(rows["_key"], known, strict=True))
        theirs = gone["_recipient"].map(of_key) if "_recipient" in gone else pd.Series("", index=gone.index)
        found = found.where(found != "", theirs.fillna("").astype("str"))
    return found.where(found != "", UNSAID)


def _own(rows: pd.DataFrame) -> pd.Series:
    found = pd.Series("", index=rows.index, dtype="str")
    for name in _SAID:
        if name in rows:
            found = found.where(found != "", each_once(rows[name], stated_reason).fillna(""))
    return found
