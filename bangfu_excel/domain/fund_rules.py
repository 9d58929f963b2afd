"""Rules about money and goods: who gave, who signed, and sums that do not add up."""

from __future__ import annotations

from functools import partial

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule, rule
from bangfu_excel.domain.signatures import is_unsigned

_SOURCES = ("poverty_fund", "cadre_fund", "public_fund", "other_fund")
_USES = ("to_households", "to_village")
_RECEIVER = ("receiver", "household_id", "receiver_unit", "recipient_count")
_COSTS = r"餐费|聚餐|食宿|住宿费|交通费|车费|租车|油费|活动费|活动开支|活动经费|门票|服装费|横幅"
_LIMITS = {"yuan": 1, "share": 0.005}


def _rough(rows: pd.DataFrame, *sums: str) -> pd.Series:
    """True where one of the sums is approximate, by its own words or by 是否约数."""
    said = rows["approximate"].eq(True).fillna(False).astype(bool)
    return said | rows[[f"{name}__approx" for name in sums]].eq(True).any(axis=1)


def _apart(stated: pd.Series, computed: pd.Series, limits: dict[str, float]) -> pd.Series:
    """True where the two differ by more than some yuan or a share."""
    allowed = (computed.abs() * limits["share"]).clip(lower=limits["yuan"])
    return (stated - computed).abs() > allowed


@rule(
    "PV20c", "没有写明捐赠方", severity=Severity.ERROR, effect=Effect.FIELD, reads=("donor", "direction", "source"), blanks=("donor",),
    optional=("source",), at=("donor", "direction"), repeats=1,
    says="第{row}行是收到的钱物，“{label}”没有填，资金来源也没有填", suggests="请补填是谁给的；不愿留名的写匿名",
    basis="DOMAIN PV20；捐赠台账", subject=Subject.WORK,
)  # fmt: skip
def given_by_nobody(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Something came in, and nothing says from whom."""
    return (rows["direction"] == "收入") & rows["donor"].isna() & rows["source"].isna()


@rule(
    "PV20d", "领取没有签字", severity=Severity.ERROR, effect=Effect.FIELD, reads=("signed", "direction", *_RECEIVER), blanks=("signed",),
    optional=("direction", *_RECEIVER), at=("signed",), repeats=1,
    says="第{row}行的钱物已发给对象，“{label}”没有签字", suggests="请补签后填签字人的姓名；没有发的不要填报",
    basis="DOMAIN PV20；捐赠台账", subject=Subject.WORK,
)  # fmt: skip
def handed_out_unsigned(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Something was given to somebody, who did not sign for it."""
    to_somebody = rows[list(_RECEIVER)].notna().any(axis=1)
    return to_somebody & (rows["direction"] != "收入").fillna(True) & is_unsigned(rows["signed"])


@rule(
    "PV20e", "有数量没有计量单位", severity=Severity.ERROR, effect=Effect.FIELD, reads=("unit", "quantity"), blanks=("unit",),
    at=("unit", "quantity"), repeats=1,
    says="第{row}行的数量是{quantity}，“{label}”没有填", suggests="请补填单位，例如台、床、袋", basis="DOMAIN PV20", subject=Subject.WORK,
)  # fmt: skip
def quantity_of_what(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A number of things, and nothing says what is counted."""
    return rows["unit"].isna()


def _not_the_sum(rows: pd.DataFrame, given: Given, *, code: str, parts: tuple[str, ...]) -> pd.Series:
    """At least two parts are stated, and the amount is not their sum; rough sums are not asked."""
    several = rows[list(parts)].notna().sum(axis=1) > 1
    limits = {**_LIMITS, **given.thresholds.get(code, {})}
    return several & _apart(rows["amount"], rows[list(parts)].sum(axis=1), limits) & ~_rough(rows, "amount", *parts)


def _adds_up(code: str, title: str, parts: tuple[str, ...], said: str) -> Rule:
    """PV21: the amount is the sum of these parts, where several are stated."""
    optional = (*parts, *(f"{name}__approx" for name in ("amount", *parts)), "approximate")
    return Rule(
        code=code, title=title, severity=Severity.ERROR, effect=Effect.FIELD, reads=("amount", *optional), optional=optional,
        at=("amount",), limits=_LIMITS, test=partial(_not_the_sum, code=code, parts=parts),
        says=f"第{{row}}行“{{label}}”填的是“{{value}}”，与{said}之和不同", suggests="请核对这几栏的金额和单位",
        basis="DOMAIN PV21；公开的帮扶资金统计表", subject=Subject.WORK,
    )  # fmt: skip


@rule(
    "FD01", "金额与数量乘单价不符", severity=Severity.WARNING,
    reads=("amount", "quantity", "unit_price", "amount__approx", "quantity__approx", "unit_price__approx", "approximate"),
    optional=("amount__approx", "quantity__approx", "unit_price__approx", "approximate"),
    at=("amount", "quantity", "unit_price"), limits=_LIMITS,
    says="第{row}行“{label}”填的是“{value}”，而数量{quantity}、单价{unit_price}元，两者相乘的结果不同", suggests="请核对数量、单价和金额",
    basis="DOMAIN EC03", subject=Subject.WORK,
)  # fmt: skip
def amount_is_not_the_product(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The amount is not quantity times price."""
    product = rows["quantity"] * rows["unit_price"]
    return _apart(rows["amount"], product, given.limits(amount_is_not_the_product)) & ~_rough(
        rows, "amount", "quantity", "unit_price"
    )


@rule(
    "FD02", "总保额与每人保额不符", severity=Severity.WARNING,
    reads=(
        "insurance_sum", "insurance_each", "recipient_count", "insurance_sum__approx", "insurance_each__approx", "recipient_count__approx",
        "approximate",
    ),
    optional=("insurance_sum__approx", "insurance_each__approx", "recipient_count__approx", "approximate"),
    at=("insurance_sum", "insurance_each", "recipient_count"), limits=_LIMITS,
    says="第{row}行“{label}”填的是“{value}”，而每人保额{insurance_each}元、受赠{recipient_count}人，两者相乘的结果不同",
    suggests="请核对人数和保额，这两栏都以元为单位", basis="关爱留守儿童方案：保险保额", subject=Subject.WORK,
)  # fmt: skip
def insurance_is_not_the_product(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The sum insured is not that of each times their number."""
    product = rows["insurance_each"] * rows["recipient_count"]
    return _apart(rows["insurance_sum"], product, given.limits(insurance_is_not_the_product)) & ~_rough(
        rows, "insurance_sum", "insurance_each", "recipient_count"
    )


@rule(
    "FD03", "捐款用于活动开支", severity=Severity.WARNING, reads=("project", "direction", *_RECEIVER), optional=_RECEIVER,
    at=("project", "direction"), says="第{row}行“{label}”填的是“{value}”，像是活动本身的开支", suggests="活动费用由参加的人自付，不从捐款里开支；确有规定的请在备注写明",
    basis="义工帮扶方案：活动费用由参加者分摊", subject=Subject.WORK,
)  # fmt: skip
def spent_on_the_activity_itself(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Money that went out for meals, buses and the like, to nobody in particular."""
    to_nobody = rows[list(_RECEIVER)].isna().all(axis=1)
    return to_nobody & (rows["direction"] == "支出") & rows["project"].str.contains(_COSTS)


@rule(
    "EC14", "金额单位可能填错", severity=Severity.WARNING, reads=("amount",), at=("amount",), limits={"yuan": 10}, repeats=1,
    says="第{row}行“{label}”填的是“{value}”，不到{yuan}元，可能是按万元填的", suggests="请核对单位，这一栏以元为单位",
    basis="DOMAIN EC14", subject=Subject.ECONOMY,
)  # fmt: skip
def amount_in_ten_thousands(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A gift of a few yuan."""
    return (rows["amount"] > 0) & (rows["amount"] < given.limits(amount_in_ten_thousands)["yuan"])


RULES: tuple[Rule, ...] = (
    given_by_nobody,
    handed_out_unsigned,
    quantity_of_what,
    _adds_up("PV21", "金额与各项来源之和不符", _SOURCES, "各项来源"),
    _adds_up("PV21b", "金额与到户、到村之和不符", _USES, "到户、到村资金"),
    amount_is_not_the_product,
    insurance_is_not_the_product,
    spent_on_the_activity_itself,
    amount_in_ten_thousands,
)
