"""The arithmetic of identity numbers: check digit, birth date, placeholders; for one number and for 100,000 at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bangfu_excel.core.kinds.clean import text_array

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
"""By the weighted sum modulo 11."""

_FIRST_YEAR = 1900
_MONTH_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] + [0] * 87)
_CHECK_BYTES = np.frombuffer(CHECK_DIGITS.encode(), dtype=np.uint8)
_WEIGHTS = np.array(WEIGHTS, dtype=np.int32)
_X = ord("X") - ord("0")
_B = ord("B") - ord("0")

Matrix = NDArray[np.uint8]
"""Numbers of one length, one a row, one digit a column: 0–9, 40 for X, 18 for B, anything else for another character."""


Find = Callable[[pa.Array], NDArray[np.uint8]]
"""Column → the `Fault` of each value."""


class Fault(IntEnum):
    """What is wrong with a number; the first that applies."""

    NONE = 0
    PLACEHOLDER = 1
    LENGTH = 2
    CHECKSUM = 3
    BIRTH = 4
    CERTIFICATE = 5


def check_digit(first17: str) -> str:
    """The 18th character that belongs to the first 17 digits."""
    return CHECK_DIGITS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first17, strict=True)) % 11]


def upgrade(number15: str) -> str:
    """The 18-digit form of a 15-digit number: 19 before the year of birth, and the check digit."""
    first17 = f"{number15[:6]}19{number15[6:]}"
    return first17 + check_digit(first17)


def birth_exists(digits: str) -> bool:
    """Whether YYYYMMDD is a day."""
    try:
        dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def is_certificate(text: str) -> bool:
    """Whether `text` is a disability certificate's number with a valid check digit, class and grade."""
    numbers = pa.array([text], type=pa.large_string())
    return not _find_certificate(numbers)[0]


@dataclass(frozen=True, slots=True)
class Faults:
    """Which fault, if any, each value of a column has."""

    find: Find

    def none(self, fault: Fault) -> Callable[[pd.Series], pd.Series]:
        """A check that passes every value that does not have `fault` as its first."""

        def passes(values: pd.Series) -> pd.Series:
            return pd.Series(self.find(text_array(values)) != fault, index=values.index)

        return passes


def citizen_faults(as_of: dt.date | None) -> Faults:
    """Faults of citizen identity numbers; a birth after `as_of` is one."""
    return Faults(_once(lambda numbers: _find_citizen(numbers, as_of)))


def certificate_faults() -> Faults:
    """Faults of disability certificates: PLACEHOLDER, LENGTH, CHECKSUM (identity part, class or grade)."""
    return Faults(_once(_find_certificate))


def either_faults(as_of: dt.date | None) -> Faults:
    """Faults of numbers that are either; a certificate's own fault is CERTIFICATE."""

    def find(numbers: pa.Array) -> NDArray[np.uint8]:
        faults = _find_citizen(numbers, as_of)
        lengths = _lengths(numbers)
        longer = np.flatnonzero((lengths == 20) | (lengths == 22))
        if len(longer):
            own = _find_certificate(numbers.take(pa.array(longer)))
            faults[longer] = np.where(own == Fault.CHECKSUM, Fault.CERTIFICATE, own)
        return faults

    return Faults(_once(find))


def _once(find: Find) -> Find:
    """`find` that looks at a column once, however many checks ask for its faults one after the other."""
    last: list[tuple[pa.Array, NDArray[np.uint8]]] = []

    def found(numbers: pa.Array) -> NDArray[np.uint8]:
        if not (last and last[0][0].equals(numbers)):
            last[:] = [(numbers, find(numbers))]
        return last[0][1]

    return found


def _find_citizen(numbers: pa.Array, as_of: dt.date | None) -> NDArray[np.uint8]:
    faults = np.full(len(numbers), Fault.LENGTH, dtype=np.uint8)
    lengths = _lengths(numbers)
    faults[lengths < 0] = Fault.NONE
    right = np.flatnonzero(lengths == 18)
    digits = _digits(numbers, right, 18)
    written = (digits[:, :17] <= 9).all(axis=1) & ((digits[:, 17] <= 9) | (digits[:, 17] == _X))
    verdict = np.where(_births_exist(digits, as_of), Fault.NONE, Fault.BIRTH).astype(np.uint8)
    verdict[~_checks(digits)] = Fault.CHECKSUM
    verdict[~written] = Fault.LENGTH
    faults[right] = verdict
    faults[_placeholders(numbers)] = Fault.PLACEHOLDER
    return faults


def _find_certificate(numbers: pa.Array) -> NDArray[np.uint8]:
    faults = np.full(len(numbers), Fault.LENGTH, dtype=np.uint8)
    lengths = _lengths(numbers)
    faults[lengths < 0] = Fault.NONE
    for length in (20, 22):
        right = np.flatnonzero(lengths == length)
        digits = _digits(numbers, right, length)
        good = (digits[:, :17] <= 9).all(axis=1) & _checks(digits)
        good &= (digits[:, 18] >= 1) & (digits[:, 18] <= 7) & (digits[:, 19] >= 1) & (digits[:, 19] <= 4)
        if length == 22:
            good &= (digits[:, 20] == _B) & (digits[:, 21] <= 9)
        faults[right] = np.where(good, Fault.NONE, Fault.CHECKSUM)
    faults[_placeholders(numbers)] = Fault.PLACEHOLDER
    return faults


def _lengths(numbers: pa.Array) -> NDArray[np.int64]:
    """Length in bytes, -1 where missing."""
    return np.asarray(pc.fill_null(pc.binary_length(numbers), -1).to_numpy(zero_copy_only=False), dtype=np.int64)


def _digits(numbers: pa.Array, rows: NDArray[np.int64], length: int) -> Matrix:
    """The numbers at `rows`, all of `length` bytes, as digits."""
    chosen = numbers if len(rows) == len(numbers) and not numbers.offset else numbers.take(pa.array(rows))
    data = chosen.buffers()[2]
    if data is None or not len(rows):
        return np.empty((0, length), dtype=np.uint8)
    content = np.frombuffer(data, dtype=np.uint8, count=len(rows) * length)
    return content.reshape(-1, length) - np.uint8(ord("0"))


def _checks(digits: Matrix) -> NDArray[np.bool_]:
    remainders = (digits[:, :17] @ _WEIGHTS) % 11
    return np.asarray(_CHECK_BYTES[remainders] - np.uint8(ord("0")) == digits[:, 17])


def _births_exist(digits: Matrix, as_of: dt.date | None) -> NDArray[np.bool_]:
    years, months, days = (_read(digits, start, stop) for start, stop in ((6, 10), (10, 12), (12, 14)))
    last = _MONTH_DAYS[np.clip(months, 0, 99)]
    leap = ((years % 4 == 0) & (years % 100 != 0)) | (years % 400 == 0)
    last = np.where((months == 2) & ~leap, 28, last)
    exists = (years >= _FIRST_YEAR) & (days >= 1) & (days <= last)
    if as_of is not None:
        exists &= years * 10000 + months * 100 + days <= as_of.year * 10000 + as_of.month * 100 + as_of.day
    return np.asarray(exists)


def _read(digits: Matrix, start: int, stop: int) -> NDArray[np.int32]:
    number = np.zeros(len(digits), dtype=np.int32)
    for column in range(start, stop):
        number = number * 10 + digits[:, column]
    return number


def _placeholders(numbers: pa.Array) -> NDArray[np.bool_]:
    """999999 or 000000 where the area code stands, or one digit throughout."""
    prefixed = pc.or_kleene(pc.starts_with(numbers, "999999"), pc.starts_with(numbers, "000000"))
    alike = pc.match_substring_regex(numbers, "^(?:1{6,}|2{6,}|3{6,}|4{6,}|5{6,}|6{6,}|7{6,}|8{6,})X?$")
    found = pc.fill_null(pc.or_kleene(prefixed, alike), False)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)
