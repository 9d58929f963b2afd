"""Rows that may be one person under two keys: proposed with the reasons, never merged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from bangfu_excel.merge.blocks import Codes, Mask, Pairs, pairs_within
from bangfu_excel.merge.persons import Persons, persons_of

CAP = 50
"""A block of more rows than this says nothing of any two of them: a default date, a village where all have one name."""

PAIR_COLUMNS = (
    "table_a", "label_a", "key_a", "village_a", "place_a", "table_b", "label_b", "key_b", "village_b", "place_b", "reasons", "strength",
)  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """Why two rows may be one person: what a clerk reads, and how much it weighs (0–1)."""

    name: str
    words: str
    strength: float


SAME_NUMBER = Reason("same_number", "证件号码相同", 0.95)
CHECK_DIGIT = Reason("check_digit", "证件号码只差末位", 0.9)
NEAR_NUMBER = Reason("near_number", "同村同名，证件号码只差一位或有两位颠倒", 0.85)
SAME_HOUSEHOLD = Reason("same_household", "同一户同名", 0.8)
SAME_BIRTH = Reason("same_birth", "同村同名，出生日期相同", 0.7)
SAME_PHONE = Reason("same_phone", "姓名和电话都相同", 0.6)
REASONS = (SAME_NUMBER, CHECK_DIGIT, NEAR_NUMBER, SAME_HOUSEHOLD, SAME_BIRTH, SAME_PHONE)


@dataclass(frozen=True)
class Candidates:
    """pairs: `PAIR_COLUMNS`, strongest first · crowded: reason, blocks, rows of what was too common to be compared.

    table, label, key, village (township|village in matching form), place (文件|表!A行): of the two rows, members before
    heads · reasons: names joined with 、, the strongest first · strength: of the strongest.
    """

    pairs: pd.DataFrame
    crowded: pd.DataFrame


def find_candidates(
    members: pd.DataFrame,
    households: pd.DataFrame,
    *,
    asked: Callable[[pd.DataFrame], pd.Series] | None = None,
    cap: int = CAP,
) -> Candidates:
    """Two rows with different keys that may be one person, among members and heads of households.

    members, households: one row a key, columns as in `Rows`; what is written in a cell whose number is withheld may stand
    in `id_number__stated` and `head_id__stated`. A head who is among the members of his household counts as a member
    only. asked: True for the rows that are asked about (those of this run); pairs of two others are left out.
    """
    persons = persons_of(members, households, asked)
    found: dict[int, Codes] = {}
    crowded = []
    for position, reason in enumerate(REASONS):
        pairs = _FINDERS[reason.name](persons, cap)
        apart = persons.key[pairs.first] != persons.key[pairs.second]
        found[position] = np.unique(pairs.first[apart] * len(persons) + pairs.second[apart])
        if len(pairs.crowded):
            crowded.append((reason.name, len(pairs.crowded), int(pairs.crowded.sum())))
    return Candidates(
        _framed(persons, found, members, households), pd.DataFrame(crowded, columns=["reason", "blocks", "rows"])
    )


def _same_number(p: Persons, cap: int) -> Pairs:
    pairs = pairs_within([p.stem], cap, p.asked)
    return pairs.chosen(_one_number(p, pairs))


def _check_digit(p: Persons, cap: int) -> Pairs:
    pairs = pairs_within([p.stem], cap, p.asked)
    return pairs.chosen(~_one_number(p, pairs))


def _one_number(p: Persons, pairs: Pairs) -> Mask:
    """Equal check digits, or one of the two is an old number of 15 digits, which has none."""
    one, other = p.check[pairs.first], p.check[pairs.second]
    same: Mask = (one == other) | (one < 0) | (other < 0)
    return same


def _near_number(p: Persons, cap: int) -> Pairs:
    """Two places that differ leave one third of the digits alike: so three sorts find every such pair."""
    found = [pairs_within([p.name, p.village, third], cap, p.asked) for third in _thirds(p.stem)]
    both = Pairs(
        *(np.concatenate(parts) for parts in zip(*((f.first, f.second, f.crowded) for f in found), strict=True))
    )
    return both.chosen(_nearly_equal(p.stem[both.first], p.stem[both.second]))


def _same_household(p: Persons, cap: int) -> Pairs:
    return _unlike_numbers(p, pairs_within([p.home, p.name], cap, p.asked))


def _same_birth(p: Persons, cap: int) -> Pairs:
    return _unlike_numbers(p, pairs_within([p.name, p.village, p.birth], cap, p.asked))


def _same_phone(p: Persons, cap: int) -> Pairs:
    """A telephone of more than `cap` persons is an office's, or was filled down: it says nothing of any two of them."""
    stated = p.phone >= 0
    size = np.bincount(p.phone[stated], minlength=1)
    asked = size if p.asked is None else np.bincount(p.phone[stated & p.asked], minlength=len(size))
    own = np.where(stated & (size[p.phone] <= cap), p.phone, -1)
    found = _unlike_numbers(p, pairs_within([p.name, own], cap, p.asked))
    return replace(found, crowded=np.concatenate([found.crowded, size[(size > cap) & (asked > 0)]]))


_FINDERS: dict[str, Callable[[Persons, int], Pairs]] = {
    SAME_NUMBER.name: _same_number,
    CHECK_DIGIT.name: _check_digit,
    NEAR_NUMBER.name: _near_number,
    SAME_HOUSEHOLD.name: _same_household,
    SAME_BIRTH.name: _same_birth,
    SAME_PHONE.name: _same_phone,
}


def _unlike_numbers(p: Persons, pairs: Pairs) -> Pairs:
    """Those whose numbers differ or of whom one has none: equal numbers are a reason of their own."""
    one, other = p.stem[pairs.first], p.stem[pairs.second]
    return pairs.chosen((one != other) | (one < 0))


def _digits(stem: Codes, place: int) -> Codes:
    digits: Codes = stem // 10**place % 10
    return digits


def _thirds(stem: Codes) -> list[Codes]:
    """For each third of the 17 places (every third one) a code of the digits there; -1 where there is no number."""
    found = []
    for start in range(3):
        code = np.zeros(len(stem), dtype=np.int64)
        for place in range(start, 17, 3):
            code = code * 10 + _digits(stem, place)
        found.append(np.where(stem >= 0, code, -1))
    return found


def _nearly_equal(one: Codes, other: Codes) -> Mask:
    """One of 17 digits differs, or two are exchanged."""
    differing = np.zeros(len(one), dtype=np.int64)
    sums = np.zeros(len(one), dtype=np.int64)
    squares = np.zeros(len(one), dtype=np.int64)
    for place in range(17):
        a, b = _digits(one, place), _digits(other, place)
        differing += a != b
        sums += a - b
        squares += a * a - b * b
    # of two places that differ, equal sums and equal sums of squares mean the same two digits
    near: Mask = (differing == 1) | ((differing == 2) & (sums == 0) & (squares == 0))
    return near


def _framed(p: Persons, found: dict[int, Codes], members: pd.DataFrame, households: pd.DataFrame) -> pd.DataFrame:
    """One row a pair, with all its reasons."""
    codes = np.unique(np.concatenate([*found.values(), np.zeros(0, dtype=np.int64)]))
    bits = np.zeros(len(codes), dtype=np.int64)
    for position, own in found.items():
        bits[np.searchsorted(codes, own)] |= 1 << position
    first, second = codes // max(len(p), 1), codes % max(len(p), 1)
    told = {value: _said(value) for value in np.unique(bits).tolist()}
    frame = pd.DataFrame(
        {
            **_side(p, first, "a", members, households),
            **_side(p, second, "b", members, households),
            "reasons": pd.Series([told[value][0] for value in bits.tolist()], dtype="str"),
            "strength": np.array([told[value][1] for value in bits.tolist()], dtype=np.float64),
        }
    )
    return frame[list(PAIR_COLUMNS)].sort_values("strength", ascending=False, kind="stable", ignore_index=True)


def _said(bits: int) -> tuple[str, float]:
    reasons = [reason for position, reason in enumerate(REASONS) if bits >> position & 1]
    return "、".join(reason.name for reason in reasons), max(reason.strength for reason in reasons)


def _side(
    p: Persons, persons: Codes, side: str, members: pd.DataFrame, households: pd.DataFrame
) -> dict[str, pd.Series | Codes]:
    rows = p.row[persons]
    labels = np.concatenate([members.index.to_numpy(), households.index.to_numpy()]).astype(np.int64)
    return {
        f"table_{side}": pd.Series(np.where(rows < len(members), "member", "household"), dtype="str"),
        f"label_{side}": labels[rows],
        f"key_{side}": _values(rows, "_key", members, households),
        f"village_{side}": p.township.texts_at(persons) + "|" + p.village_name.texts_at(persons),
        f"place_{side}": _cells(rows, members, households),
    }


def _cells(rows: Codes, members: pd.DataFrame, households: pd.DataFrame) -> pd.Series:
    file, sheet, number = (_values(rows, name, members, households) for name in ("_file", "_sheet", "_row"))
    return file + "|" + sheet + "!A" + number


def _values(rows: Codes, name: str, members: pd.DataFrame, households: pd.DataFrame) -> pd.Series:
    """Texts of a column of both frames at some positions."""
    own, theirs = rows[rows < len(members)], rows[rows >= len(members)] - len(members)
    texts = np.empty(len(rows), dtype=object)
    texts[rows < len(members)] = members[name].take(own).astype("str").to_numpy(dtype=object)
    texts[rows >= len(members)] = households[name].take(theirs).astype("str").to_numpy(dtype=object)
    return pd.Series(texts, dtype="str")
