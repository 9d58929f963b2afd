"""Units of quantities, and what one of them is of another."""

from __future__ import annotations

import re
from fractions import Fraction

MONEY = {
    "元": Fraction(1), "块": Fraction(1), "块钱": Fraction(1), "元整": Fraction(1), "圆": Fraction(1), "rmb": Fraction(1),
    "角": Fraction(1, 10), "百元": Fraction(100), "千元": Fraction(1000), "万元": Fraction(10**4), "万": Fraction(10**4),
    "十万元": Fraction(10**5), "百万元": Fraction(10**6), "千万元": Fraction(10**7), "亿元": Fraction(10**8), "亿": Fraction(10**8),
}  # fmt: skip
"""In yuan."""

AREA = {
    "平方米": Fraction(1), "平米": Fraction(1), "平方": Fraction(1), "m2": Fraction(1), "㎡": Fraction(1), "m²": Fraction(1),
    "亩": Fraction(2000, 3), "分地": Fraction(200, 3), "万亩": Fraction(2000, 3) * 10**4,
    "公顷": Fraction(10**4), "ha": Fraction(10**4), "平方公里": Fraction(10**6), "平方千米": Fraction(10**6), "km2": Fraction(10**6),
}  # fmt: skip
"""In square metres; 1 公顷 = 15 亩."""

_LENGTH = {
    "米": Fraction(1), "m": Fraction(1), "公里": Fraction(1000), "千米": Fraction(1000), "km": Fraction(1000),
    "里": Fraction(500),
}  # fmt: skip
_WEIGHT = {
    "公斤": Fraction(1), "千克": Fraction(1), "kg": Fraction(1), "斤": Fraction(1, 2), "吨": Fraction(1000), "t": Fraction(1000),
}  # fmt: skip
_SAME = (
    ("人", "名", "口", "个", "位", "口人", "个人", "人次"), ("户", "家", "户次"), ("次", "回", "趟"), ("天", "日"), ("个月", "月"),
    ("岁", "周岁"), ("间", "个"), ("头", "只"), ("小时", "时"), ("年",), ("万人",),
)  # fmt: skip
MEASURE = re.compile(
    r"公斤|千克|kg|平方米|立方米|袋|桶|床|瓶|盒|包|箱|件|条|双|副|套|壶|台|个|只|头|斤|份|本|册|张|把|块|提|组|辆|株|棵|吨|升|米|支|部|羽|匹|对|盏|棚|捆|罐|听|根|尾|吊|幅|间|座|车"
)
"""In what things are counted or weighed."""

_ONE = Fraction(1)
_SYSTEMS = (MONEY, AREA, _LENGTH, _WEIGHT)


def factor(unit: str, base: str) -> Fraction | None:
    """How many `base` one `unit` is; 1 where either is not said, None where they measure different things."""
    if not unit or not base or unit == base:
        return _ONE
    for system in _SYSTEMS:
        if unit in system and base in system:
            return system[unit] / system[base]
    if any(unit in group and base in group for group in _SAME):
        return Fraction(1)
    if unit[0] == "万" and len(unit) > 1:
        rest = factor(unit[1:], base)
        return None if rest is None else rest * 10**4
    return None
