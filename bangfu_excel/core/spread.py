"""Columns that are values of one field: 收入 | 支出, 满意 | 基本满意 | 不满意, 米(袋) | 油(桶)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True)
class Spread:
    """How a field may be spread over columns, one for each of its values; every filled cell is a record of its row.

    field: what the headers say: one of `headers` (value → headers), else a word of the field's code list.
    free: any header says it that names the unit of a thing (米(袋)) or stands under a heading that is the field (慰问品).
    number, money, text, date: fields that the cells give: a number, one under a header in 元, words, a date. A cell of a sort
    that has no field only says that its column holds; √ always does.
    unit: the field that the header's unit gives, where that has no column.
    ticked: what √ says of `text` · one: a row has one of the values only.
    balance: the field of what is left after each row. It belongs to no record of the row, and is checked instead.
    """

    field: str
    headers: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    free: bool = False
    number: str = ""
    money: str = ""
    text: str = ""
    date: str = ""
    unit: str = ""
    ticked: str = ""
    one: bool = False
    balance: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of its records that stand in its columns."""
        named = (self.field, self.number, self.money, self.text, self.date, self.unit)
        return tuple(dict.fromkeys(name for name in named if name))
