"""Whether the cells of a form stand to each other, and to the last period's, as they are to: before anything is written."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bangfu_excel.core.formula import CellRef, Expression, FormulaError, computed, parsed
from bangfu_excel.pipeline.form_asked import Asked
from bangfu_excel.pipeline.form_mapping import FormMapping, Related
from bangfu_excel.pipeline.form_places import Place
from bangfu_excel.write.form_filled import Value
from bangfu_excel.write.form_sheets import FormBook, as_number

_CENT = 0.005
"""Two sums of money that differ by less are the same."""

HOLDS, BROKEN, UNCHECKED = "相符", "不符", "没有核对"


class _UnknownError(Exception):
    """Why a cell gives no number."""


@dataclass(frozen=True)
class Checked:
    """A relation and what came of it. left, right: what both sides give, None where that cannot be said."""

    related: Related
    state: str
    left: float | None = None
    right: float | None = None
    why: str = ""


@dataclass(frozen=True)
class FilledForm:
    """The form as it is going to be: what is filled in, else what it holds; the last period's beside it.

    left_out: cells that this edition does not ask for · last_day: a day on which last period's edition was in force.
    """

    form: FormBook
    values: Mapping[Place, Value]
    mapping: FormMapping
    left_out: frozenset[Place]
    last: FormBook | None
    last_day: dt.date
    _results: dict[Place, float] = field(default_factory=dict)

    def results(self) -> dict[str, dict[tuple[int, int], float]]:
        """Sheet → cell → what its formula gives now; NaN where that cannot be said here."""
        return {
            name: {place: self._result((name, *place)) for place in sheet.formulas()}
            for name, sheet in self.form.sheets.items()
        }

    def check(self, related: Related) -> Checked:
        try:
            left, right = (self._side(side) for side in (related.left, related.right))
        except _UnknownError as error:
            return Checked(related, UNCHECKED, why=str(error))
        except (ZeroDivisionError, FormulaError, ValueError) as error:
            return Checked(related, UNCHECKED, why="除数是0" if isinstance(error, ZeroDivisionError) else str(error))
        return Checked(related, HOLDS if _stands(left, related.sign, right) else BROKEN, left, right)

    def _side(self, side: Expression) -> float:
        def blank(ref: CellRef) -> float:
            raise _UnknownError(f"{ref}里没有数")

        return computed(side, self._number, blank)

    def _number(self, ref: CellRef) -> float | None:
        """The number in a cell, of this form or the last; None for a blank one."""
        if ref.last:
            return self._last_number(ref)
        place = (ref.sheet, ref.row, ref.column)
        if place in self.left_out:
            raise _UnknownError(f"{ref}在这一版表式里没有（未采集）")
        if self.form.sheets[ref.sheet].is_formula(ref.row, ref.column):
            result = self._result(place)
            if math.isnan(result):
                raise _UnknownError(f"{ref}的公式这里算不出来")
            return result
        value = self.values.get(place, self.form.sheets[ref.sheet].content(ref.row, ref.column))
        return _numeric(value, ref)

    def _last_number(self, ref: CellRef) -> float | None:
        if self.last is None:
            raise _UnknownError("没有给上期的表（--last）")
        if ref.sheet not in self.last.sheets:
            raise _UnknownError(f"上期的表里没有“{ref.sheet}”这张工作表")
        asked = self._asked.get((ref.sheet, ref.row, ref.column))
        if asked is not None and not self.mapping.asked_on(asked, self.last_day):
            raise _UnknownError(f"{ref}在上期的表式里没有（未采集）")
        return _numeric(self.last.shown(ref), ref)

    @cached_property
    def _asked(self) -> Mapping[Place, Asked]:
        return {(cell.sheet, cell.row, cell.column): cell for cell in self.mapping.cells}

    def _result(self, place: Place) -> float:
        """What a formula of the form gives, NaN where it is none that can be computed here."""
        if place not in self._results:
            self._results[place] = math.nan  # of a circle
            self._results[place] = self._evaluated(place)
        return self._results[place]

    def _evaluated(self, place: Place) -> float:
        sheet, row, column = place

        def look(ref: CellRef) -> float | None:
            if ref.sheet not in self.form.sheets:
                raise FormulaError
            at = (ref.sheet, ref.row, ref.column)
            if self.form.sheets[ref.sheet].is_formula(ref.row, ref.column):
                result = self._result(at)
                if math.isnan(result):
                    raise FormulaError
                return result
            return as_number(self.values.get(at, self.form.sheets[ref.sheet].content(ref.row, ref.column)))

        def blank(ref: CellRef) -> float:
            at = (ref.sheet, ref.row, ref.column)
            if self.values.get(at, self.form.sheets[ref.sheet].content(ref.row, ref.column)) is not None:
                raise FormulaError  # a text
            return 0.0

        try:
            return computed(parsed(str(self.form.sheets[sheet].content(row, column)), sheet), look, blank)
        except (FormulaError, ZeroDivisionError, ValueError, IndexError, RecursionError):
            return math.nan


def _numeric(value: object, ref: CellRef) -> float | None:
    number = as_number(value)
    if number is None and value is not None:
        raise _UnknownError(f"{ref}里不是数")
    return number


def _stands(left: float, sign: str, right: float) -> bool:
    same = math.isclose(left, right, rel_tol=1e-9, abs_tol=_CENT)
    return {
        "=": same, "≠": not same, "≥": same or left > right, "≤": same or left < right,
        ">": not same and left > right, "<": not same and left < right,
    }[sign]  # fmt: skip
