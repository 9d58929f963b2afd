"""Which way money and goods went, and the columns of cash books: what came in and what went out, side by side."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from bangfu_excel.core.ledger import Derived, Seen

_RECEIVER = ("receiver", "receiver_unit", "recipient_count")
_READS = ("direction", "donor", *_RECEIVER)


def which_way(funds: pd.DataFrame) -> pd.Series:
    """收入 or 支出: as stated, else by who is named, giver or receiver; missing where both are, for then nothing was kept."""
    given, taken = funds["donor"].notna(), _taken(funds)
    named = pd.Series(None, index=funds.index, dtype="str").mask(given & ~taken, "收入").mask(taken & ~given, "支出")
    return funds["direction"].fillna(named)


def _taken(funds: pd.DataFrame) -> pd.Series:
    return funds[list(_RECEIVER)].notna().any(axis=1)


def _way(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    return which_way(rows)


def _came_in(field: str) -> Callable[[pd.DataFrame, Seen], pd.Series]:
    """`field` of what came in, and of what was handed on at once."""
    return lambda rows, _: rows[field].where(which_way(rows).ne("支出").fillna(True))


def _went_out(field: str) -> Callable[[pd.DataFrame, Seen], pd.Series]:
    def out(rows: pd.DataFrame, _: Seen) -> pd.Series:
        way = which_way(rows)
        return rows[field].where((way.eq("支出") | way.isna() & _taken(rows)).fillna(False))

    return out


FUND_COLUMNS = (
    Derived("way", "收支方向", "fund", _READS, _way, width=8),
    Derived("money_in", "收入金额", "fund", ("amount", *_READS), _came_in("amount"), unit="元", width=12, number_format="#,##0.00"),
    Derived("money_out", "支出金额", "fund", ("amount", *_READS), _went_out("amount"), unit="元", width=12, number_format="#,##0.00"),
    Derived("goods_in", "收入数量", "fund", ("quantity", *_READS), _came_in("quantity"), width=9, number_format="#,##0.00"),
    Derived("goods_out", "发放数量", "fund", ("quantity", *_READS), _went_out("quantity"), width=9, number_format="#,##0.00"),
)  # fmt: skip
"""The columns of ledgers that tell what came in from what went out."""
