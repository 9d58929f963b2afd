"""What the run says of rows that may be one person: proposed to the clerk, never merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import candidates as says
from bangfu_excel.core.rows import Outcome, Rows
from bangfu_excel.core.standing import replaced_rows
from bangfu_excel.core.table import Table
from bangfu_excel.merge.candidates import CHECK_DIGIT, REASONS, SAME_HOUSEHOLD, SAME_NUMBER, SAME_PHONE, find_candidates
from bangfu_excel.merge.duplicates import MANY
from bangfu_excel.merge.wording import row_words, sheet_words

MEMBER, HOUSEHOLD = "member", "household"
_NUMBER = {MEMBER: "id_number", HOUSEHOLD: "head_id"}
_NAME = {MEMBER: "name", HOUSEHOLD: "head_name"}
_ORIGIN = ("_key", "_file", "_sheet", "_row")
_WORDS = {reason.name: reason.words for reason in REASONS}


def propose_candidates(
    rows: Rows, tables: Mapping[str, Table], known: Mapping[str, pd.DataFrame]
) -> tuple[Finding, ...]:
    """One 疑点 for each pair of which one row is of this run, one for a whole sheet where it is many.

    Left out is what rules on identity numbers tell: one number in two households, one that differs in the last digit, two
    numbers of one name in a household. Returned and duplicate rows, and registered ones that are replaced, take no part.
    """
    frames = {name: _frame(rows, tables, known, name) for name in (MEMBER, HOUSEHOLD)}
    if not any((frame["_region"] >= 0).any() for frame in frames.values() if len(frame)):
        return ()
    found = find_candidates(frames[MEMBER], frames[HOUSEHOLD], asked=_submitted)
    teller = _Teller(rows, frames)
    cases = list(teller.cases(found.pairs))
    return (*teller.tell(cases), *teller.crowded(found.crowded))


def _submitted(frame: pd.DataFrame) -> pd.Series:
    return frame["_region"] >= 0


def _frame(rows: Rows, tables: Mapping[str, Table], known: Mapping[str, pd.DataFrame], name: str) -> pd.DataFrame:
    """The rows that take part, one a key: labels below the number of submitted rows are theirs."""
    parts = []
    if name in rows:
        own = rows[name]
        stated = rows.written(own, _NUMBER[name])
        own = own.assign(**{f"{_NUMBER[name]}__stated": stated})
        parts.append(own[(own["_outcome"] == Outcome.ACCEPTED) & own["_key"].notna()].drop_duplicates("_key"))
    if name in known and name in tables:
        registered = known[name]
        left = registered[(registered["_outcome"] == Outcome.ACCEPTED) & registered["_key"].notna()]
        left = left[~replaced_rows(rows, name, left, roster=True)]
        first = len(rows[name]) if name in rows else 0
        parts.append(left.assign(_region=np.int32(-1)).set_axis(np.arange(first, first + len(left)), axis=0))
    filled = [part for part in parts if len(part)]
    if not filled:
        return pd.DataFrame({"_region": pd.Series(dtype="int32"), **dict.fromkeys(_ORIGIN, pd.Series(dtype="str"))})
    return pd.concat(filled) if len(filled) > 1 else filled[0]


@dataclass(frozen=True)
class _Spot:
    """A row that takes part: its table, and its label there."""

    table: str
    label: int


@dataclass(frozen=True)
class _Case:
    """A pair as it is told: the row of this run, the other one, the reasons, whether it crosses townships."""

    row: _Spot
    other: _Spot
    reasons: str
    abroad: bool


@dataclass(frozen=True)
class _Teller:
    rows: Rows
    frames: Mapping[str, pd.DataFrame]

    def cases(self, pairs: pd.DataFrame) -> Iterator[_Case]:
        """The pairs that no other rule tells of, each seen from the row of this run that comes later."""
        numbered = {
            name: frame.get(_NUMBER[name], pd.Series(dtype="str")).notna() for name, frame in self.frames.items()
        }
        for pair in pairs.itertuples(index=False):
            one, other = _Spot(pair.table_a, pair.label_a), _Spot(pair.table_b, pair.label_b)
            both = numbered[one.table].get(one.label, False) and numbered[other.table].get(other.label, False)
            if one.table == other.table and _told_elsewhere(pair.reasons.split("、"), both):
                continue
            if self._is_own(other):
                one, other = other, one
            township, theirs = (text.partition("|")[0] for text in (str(pair.village_a), str(pair.village_b)))
            yield _Case(one, other, pair.reasons, township != theirs)

    def tell(self, cases: list[_Case]) -> Iterator[Finding]:
        by_sheets: dict[tuple[tuple[str, str], tuple[str, str]], list[_Case]] = {}
        for case in cases:
            sheets = (self._sheet(case.row), self._sheet(case.other))
            by_sheets.setdefault(sheets, []).append(case)
        for (own, other), found in by_sheets.items():
            if own != other and len(found) > MANY:
                yield self._tell_sheet(found)
            else:
                yield from map(self._tell_pair, found)

    def crowded(self, crowded: pd.DataFrame) -> Iterator[Finding]:
        """One notice for each reason of which blocks were too large; of telephones a rule of their own tells."""
        told = crowded[crowded["reason"] != SAME_PHONE.name]
        for reason, _, rows in told.itertuples(index=False, name=None):
            yield says.TOO_COMMON.finding(Place(self.rows.sources[0].file), rows=rows, reason=_WORDS[reason])

    def _tell_pair(self, case: _Case) -> Finding:
        place, there = self._place(case.row), self._place(case.other)
        finding = says.ONE_PERSON.finding(
            place, related=(self._cell(case.other, place),), count=2,
            name=self._name(case.row), other=self._where(case.other, there, place), other_name=self._name(case.other),
            reasons="，".join(_WORDS[name] for name in case.reasons.split("、")),
        )  # fmt: skip
        return finding if case.abroad else replace(finding, told="")

    def _tell_sheet(self, cases: list[_Case]) -> Finding:
        cases = sorted(cases, key=lambda case: case.row.label)
        first = cases[0]
        place, there = self._place(first.row), self._place(first.other)
        reasons = dict.fromkeys(name for case in cases for name in case.reasons.split("、"))
        finding = says.ONE_LIST.finding(
            place, related=tuple(dict.fromkeys(self._cell(case.row, place) for case in cases[1:])),
            count=len(cases), rows=len(cases), other=sheet_words(there, place),
            reasons="，或".join(_WORDS[name] for name in reasons),
        )  # fmt: skip
        return finding if any(case.abroad for case in cases) else replace(finding, told="")

    def _is_own(self, spot: _Spot) -> bool:
        return spot.table in self.rows and spot.label < len(self.rows[spot.table])

    def _sheet(self, spot: _Spot) -> tuple[str, str]:
        place = self._place(spot)
        return place.file, place.sheet

    def _place(self, spot: _Spot) -> Place:
        if self._is_own(spot):
            return self.rows.place(spot.table, spot.label, _NAME[spot.table])
        row = self.frames[spot.table].loc[spot.label]
        return Place(row["_file"], row["_sheet"], f"A{row['_row']}", int(row["_row"]), spot.table)

    def _cell(self, spot: _Spot, seen_from: Place) -> str:
        if self._is_own(spot):
            return self.rows.cell(spot.table, spot.label, _NAME[spot.table], seen_from=seen_from)
        place = self._place(spot)
        return f"{place.file}|{place.sheet}!{place.cell}"

    def _where(self, spot: _Spot, there: Place, seen_from: Place) -> str:
        words = row_words(there, seen_from)
        return f"{words}的" if self._is_own(spot) else f"已入库的{words}的"

    def _name(self, spot: _Spot) -> str:
        name = self.frames[spot.table].at[spot.label, _NAME[spot.table]]
        return "（未填姓名）" if pd.isna(name) else str(name)


def _told_elsewhere(reasons: list[str], numbered: bool) -> bool:
    """Whether a rule on identity numbers tells of two rows of one table."""
    by_number = SAME_NUMBER.name in reasons or CHECK_DIGIT.name in reasons
    return by_number or (SAME_HOUSEHOLD.name in reasons and numbered)
