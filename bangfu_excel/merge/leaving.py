"""Why a record is there no longer, as far as its last status and remark say."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

import pandas as pd

from bangfu_excel.core.columns import among, each_once
from bangfu_excel.merge.parquet import to_frame
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import State
from bangfu_excel.merge.submission import read_table

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


def last_said(folder: Path, since: State, until: State, table: str, keys: Collection[str]) -> pd.DataFrame:
    """What rosters that came after `since` last said of these records, though later ones no longer list them: `_key`, status, remark."""
    known = {(one.id, one.seq) for one in since.standing}
    renames = Renames.of(folder, until)
    parts = [pd.DataFrame({name: pd.Series(dtype="str") for name in ("_key", *_SAID)})]
    for one in reversed(until.standing):
        if keys and table in one.accepted and (one.id, one.seq) not in known:
            rows = read_table(folder / one.id, table)
            names = [name for name in ("_key", "_recipient", *_SAID) if name in rows.column_names]
            stated = renames.rows(to_frame(rows.select(names)), table).reindex(columns=["_key", *_SAID])
            parts.append(stated[among(stated["_key"], keys)].astype("str"))
    return pd.concat(parts, ignore_index=True).drop_duplicates("_key")


def reasons(gone: pd.DataFrame, later: pd.DataFrame, households: Sequence[pd.DataFrame]) -> pd.Series:
    """Why each of these rows is gone: what its own status and remark say, else those of its household, else `UNSAID`.

    later: what was said last of them (`last_said`) · households: rows of the household roster, the newest first.
    """
    found = gone["_key"].map(dict(zip(later["_key"], _own(later), strict=True))).astype("str").fillna("")
    found = found.where(found != "", _own(gone))
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
