"""What an identity number says of its holder: sex, birth, age. Numbers are right ones; certificates begin with one."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

GONE = ("死亡", "迁出", "注销")
"""States of somebody who is no longer of the household."""


def citizen_number(numbers: pd.Series) -> pd.Series:
    """The 18 digits of an identity number or disability certificate."""
    return numbers.str.slice(0, 18)


def sex(numbers: pd.Series) -> pd.Series:
    """男 or 女 by the 17th digit; missing where there is no number (GB 11643-1999)."""
    digit = numbers.str.slice(16, 17)
    said = np.where(digit.isin(list("13579")), "男", "女")
    return pd.Series(said, index=numbers.index, dtype="str").where(digit.isin(list("0123456789")))


def birth(numbers: pd.Series) -> pd.Series:
    """The birth date of an identity number; missing where there is none."""
    return pd.to_datetime(numbers.str.slice(6, 14), format="%Y%m%d", errors="coerce")


def age(births: pd.Series, as_of: dt.date) -> pd.Series:
    """Full years of age at `as_of` (Int64)."""
    before_birthday = (births.dt.month * 100 + births.dt.day) > (as_of.month * 100 + as_of.day)
    return (as_of.year - births.dt.year - before_birthday).astype("Int64")


_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])


def is_credit_code(codes: pd.Series) -> pd.Series:
    """Whether each is a unified social credit code with the right check character (GB 32100-2015); False where missing."""
    worth = {char: value for value, char in enumerate(_CREDIT)}

    def right(code: str) -> bool:
        if len(code) != 18 or not worth.keys() >= set(code):
            return False
        total = int(np.dot([worth[char] for char in code[:17]], _CREDIT_WEIGHTS))
        return worth[code[17]] == (31 - total % 31) % 31

    return codes.isin([code for code in codes.dropna().unique() if right(code)])
