"""Quantities as people write them: number, 万 or 亿, unit, 每…, and words such as 约."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from bangfu_excel.core.kinds.clean import SPACE

SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}

_NUMERAL = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿半]")
_SPACES = re.compile(f"[{SPACE}]+")
_APPROXIMATE = r"约为?|大约|大概|近|将近|接近|超过?|至少|不足|不到"
_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_CHINESE = r"[零〇一二两三四五六七八九十百千万亿半]+"
_UNIT = r"[a-z%²㎡/]+[23]?|平方公里|平方千米|平方米|平方|[一-龥]{1,3}?"
_PER = r"半年|学年|学期|季度|[年月周天日次季期人户口亩只头个]"
_QUANTITY = re.compile(
    rf"(?P<before>{_APPROXIMATE})?[¥￥]?(?:(?P<number>{_NUMBER})|(?P<chinese>{_CHINESE}))"
    r"(?P<few>[余多来几]|好几)?(?P<scale>[十百千万亿]*)(?P<more>[余多])?"
    rf"(?P<unit>(?:{_UNIT}))??(?P<after>左右|上下|以上|以下|多|余)?(?:(?:/|每)(?P<per>{_PER}))?"
    r"(?=$|[,，、;；。和及])"
)
SEPARATORS = ",，、;；。和及"
_SEPARATOR = re.compile(f"[{SEPARATORS}]")
_PER_FIRST = re.compile(r"^(每[一-龥]{1,2})(?=[\d约])")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity as written: 1.2万元/月 is value 12000, unit 元, per 月, scaled; 十二 is spelled."""

    value: Decimal
    unit: str = ""
    per: str = ""
    approx: bool = False
    scaled: bool = False
    spelled: bool = False


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities that make up `text` wholly; none where it says anything else.

    A comma before exactly three digits groups thousands, else it separates: 452户,1,468人 is two quantities.
    """
    if not _NUMERAL.search(text):
        return ()
    rest = _SPACES.sub("", unicodedata.normalize("NFKC", text)).replace("−", "-").replace("人民币", "").lower()
    per = ""
    leading = _PER_FIRST.match(rest)
    if leading:
        per, rest = leading[1][1:], rest[leading.end() :]
    found: list[Quantity] = []
    while rest:
        match = _QUANTITY.match(rest)
        quantity = _quantity(match, per) if match else None
        if match is None or quantity is None:
            return ()
        found.append(quantity)
        rest = _SEPARATOR.sub("", rest[match.end() :], count=1)
    return tuple(found)


def exact(value: Decimal, factor: Fraction) -> float:
    """`value` times `factor`, computed without binary rounding: 1.1 万 is 11000, not 11000.000000000002."""
    return float(value) if factor == 1 else float(Fraction(value) * factor)


def _quantity(match: re.Match[str], per: str) -> Quantity | None:
    value = _value(match)
    if value is None or (match["chinese"] == "半" and not match["unit"]):
        return None  # a half of what?
    scale = 1
    for character in match["scale"]:
        scale *= SCALES[character]
    approx = any(match[name] for name in ("before", "few", "more", "after"))
    return Quantity(value * scale, match["unit"] or "", match["per"] or per, approx, scale > 1, bool(match["chinese"]))


def _value(match: re.Match[str]) -> Decimal | None:
    if match["number"]:
        try:
            return Decimal(match["number"].replace(",", ""))
        except InvalidOperation:  # pragma: no cover - the pattern admits numbers only
            return None
    return chinese_number(match["chinese"])


def chinese_number(text: str) -> Decimal | None:
    """The number that Chinese numerals say (十二, 一千二百, 两万, 二〇二四), or None."""
    import cn2an  # 0.15 s to import, and few sheets need it

    if text == "半":
        return Decimal("0.5")
    try:
        return Decimal(str(cn2an.cn2an(text.replace("〇", "零").replace("两", "二"), "smart")))
    except ValueError:
        return None
