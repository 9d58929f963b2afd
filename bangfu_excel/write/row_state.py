"""What a row of a ledger says of itself: 待裁决, 待更正, 已更正, 待匹配."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.table import Table

STATE = "_state"
WITHHELD = "_withheld_"
"""Before a field's name: the column that is True where the value is withheld."""
_UNMATCHED = ("none", "ambiguous")


def withheld_names(rows: pd.DataFrame) -> tuple[str, ...]:
    """The fields that are withheld in some row."""
    if "_withheld" not in rows:
        return ()
    texts = rows["_withheld"].fillna("").unique()
    return tuple(sorted({name for text in texts for name in str(text).split("、") if name}))


def state_of(rows: pd.DataFrame, table: Table) -> pd.Series:
    """The remark of each row, missing where there is none."""
    waiting = _joined(_conflicts(rows), _labelled(rows, "_withheld", "待更正", table))
    state = _joined(waiting, _labelled(rows, "_corrected", "已更正", table))
    if table.helper and "_link" in rows:
        lone = pd.Series("待匹配", index=rows.index, dtype="str").where(rows["_link"].isin(_UNMATCHED))
        state = _joined(lone, state)
    return state


def _labelled(rows: pd.DataFrame, column: str, state: str, table: Table) -> pd.Series:
    """`state` and the labels of the fields that a column names."""
    if column not in rows:
        return pd.Series(pd.NA, index=rows.index, dtype="str")
    said = rows[column].fillna("").astype("str")
    labels = {text: _labels(table, text, state) for text in said.unique()}
    return said.map(labels).astype("str")


def _labels(table: Table, fields: str, state: str) -> str | None:
    names = [table[name].label for name in fields.split("、") if name in table]
    return f"{state}：{'、'.join(names)}" if names else None


def _conflicts(rows: pd.DataFrame) -> pd.Series:
    """待裁决 where the row's key is in conflict (`_pending`, yes/no or a text that says why)."""
    pending = rows["_pending"] if "_pending" in rows else pd.Series(False, index=rows.index)
    marked = pending.fillna(False).astype(bool) if pending.dtype != "str" else pending.fillna("") != ""
    return pd.Series("待裁决", index=rows.index, dtype="str").where(marked)


def _joined(first: pd.Series, second: pd.Series) -> pd.Series:
    """Two remarks in one, with ； between where there are both."""
    both = first.notna() & second.notna()
    return first.fillna(second).mask(both, first + "；" + second)
