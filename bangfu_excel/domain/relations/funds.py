"""Money and goods over time: what came in, went out and is left of each thing that one unit keeps."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.finding import Severity
from bangfu_excel.core.fold import fold
from bangfu_excel.core.message import Subject
from bangfu_excel.core.places import place_keys
from bangfu_excel.core.rule import Given, Relation, relation
from bangfu_excel.core.spans import last_day, precision_of
from bangfu_excel.domain.fund_ways import which_way

_Frames = Mapping[str, pd.DataFrame]
_READS = (
    "moved_on", "direction", "item", "spec", "unit", "quantity", "amount", "stock", "keeper", "township", "approximate",
    "donor", "receiver", "receiver_unit", "recipient_count",
)  # fmt: skip
_YUAN = "元"


def _moves(funds: pd.DataFrame) -> pd.DataFrame:
    """The rows that say which way how much went, oldest first, what came in on a day before what went out.

    Columns `purse` (one thing, in one unit, of one keeper), `in`, `out` (of the purse so far, this row included), `day`, `went`.
    A day that is known to the month is its first for what came in and its last for what went out. Rough numbers leave no balance.
    """
    much = funds["quantity"].fillna(funds["amount"])
    direction = which_way(funds)
    known = direction.notna() & much.notna() & funds["moved_on"].notna()
    rows = funds[known].assign(much=much[known], purse=_purse(funds[known]))
    went = direction[known] == "支出"
    day = rows["moved_on"].mask(went, last_day(rows["moved_on"], precision_of(rows, "moved_on")))
    rows = rows.assign(day=day, went=went, order=range(len(rows)))
    rows = rows[~rows["purse"].isin(rows["purse"][_rough(rows)].tolist())]
    rows = rows.sort_values(["day", "went", "order"], kind="stable")
    rows = rows.assign(**{"in": rows["much"].where(~rows["went"], 0.0), "out": rows["much"].where(rows["went"], 0.0)})
    rows[["in", "out"]] = rows.groupby("purse")[["in", "out"]].cumsum()
    return rows


def _purse(funds: pd.DataFrame) -> pd.Series:
    """What is kept, in what unit, by whom: the unit that keeps it, else the township, else whoever handed in the file."""
    township = place_keys(funds["township"])
    keeper = each_once(funds["keeper"].astype("str"), fold).fillna("乡镇" + township).fillna("文件" + funds["_file"])
    goods = funds["quantity"].notna()
    unit = each_once(funds["unit"].astype("str"), fold).fillna("").where(goods, _YUAN)
    item = each_once(funds["item"].astype("str"), fold).fillna("资金")
    spec = each_once(funds["spec"].astype("str"), fold).fillna("")
    return keeper + "|" + item + "|" + spec + "|" + unit


def _rough(rows: pd.DataFrame) -> pd.Series:
    """True where what the purse counts is rough: the number of goods, where there is one, else the money."""
    said = rows["approximate"].eq(True).fillna(False).astype(bool)
    goods = rows["quantity"].notna()
    for name, counts in (("quantity__approx", goods), ("amount__approx", ~goods)):
        if name in rows:
            said |= rows[name].eq(True).fillna(False).astype(bool) & counts
    return said


def _received(moves: pd.DataFrame) -> pd.Series:
    """True for the rows of purses into which something is known to have come: of others nothing can be said."""
    return moves.groupby("purse")["in"].transform("max") > 0


def _said(moves: pd.DataFrame) -> pd.DataFrame:
    """What came in and went out, in words."""
    return pd.DataFrame({"received": moves["in"].map(_number), "handed_out": moves["out"].map(_number)})


def _number(value: float) -> str:
    return f"{value:.15g}"


@relation(
    "PV20", "收到、发出与结存不符", on="fund", by="item", severity=Severity.WARNING, reads={"fund": _READS}, at=("stock", "quantity", "amount"),
    says="第{row}行“{label}”填的是“{value}”，而到这一笔为止收到{received}、发出{handed_out}，应剩{left}",
    suggests="请核对结存数，漏报的收入和支出请补报；以前就有结存的请在备注说明",
    basis="DOMAIN PV20；捐赠台账", subject=Subject.WORK,
)  # fmt: skip
def stock_is_not_what_is_left(tables: _Frames, given: Given) -> pd.DataFrame:
    """What is said to be left is not what came in less what went out, after the last row of that day."""
    moves = _moves(tables["fund"])
    left = (moves["in"] - moves["out"]).round(6)
    of_day = moves.groupby(["purse", "day", "went"])["out"].transform("size") > 1
    wrong = moves["stock"].notna() & (moves["stock"] != left) & _received(moves) & ~of_day
    found = moves[wrong.fillna(False).astype(bool)]
    return _said(found).assign(left=left.loc[found.index].map(_number))


@relation(
    "PV20b", "发出多于收到", on="fund", by="item", severity=Severity.WARNING, reads={"fund": _READS}, at=("moved_on", "quantity", "amount"),
    says="到第{row}行（{moved_on}）为止，{what}发出{handed_out}，而收到的只有{received}", suggests="请核对日期和数量；先发后到的请改正日期，漏报的收入请补报",
    basis="DOMAIN PV20；义工帮扶方案：先清点后发放", subject=Subject.WORK,
)  # fmt: skip
def handed_out_more_than_received(tables: _Frames, given: Given) -> pd.DataFrame:
    """More went out than had come in by that day: told at the first such row of a thing."""
    moves = _moves(tables["fund"])
    over = moves[(moves["out"] > moves["in"] + 1e-6) & _received(moves) & (moves["_region"] >= 0) & moves["went"]]
    first = over[~over["purse"].duplicated()]
    return _said(first).assign(what=first["item"].fillna("资金"))


RELATIONS: tuple[Relation, ...] = (stock_is_not_what_is_left, handed_out_more_than_received)
