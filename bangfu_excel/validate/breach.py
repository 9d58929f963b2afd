"""Breaches: rows of a region that break one check or rule, and the findings that tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Effect, Finding, Severity
from bangfu_excel.core.message import Message
from bangfu_excel.core.region import TypedRegion

_COLUMN_WIDE = 20  # more rows than this, and more than a fifth of the region: said once
_COLUMN_WIDE_SHARE = 0.2


@dataclass(frozen=True)
class Breach:
    """Rows (positions in the region's frame) that break what `message` says of the fields `at`.

    words: placeholders, one mapping a row · repeats: more rows than this are one finding with a count (0: never).
    """

    message: Message
    at: tuple[str, ...]
    rows: NDArray[np.int64]
    words: Sequence[Mapping[str, object]]
    repeats: int = 0


def apply_effects(typed: TypedRegion, breaches: Iterable[Breach]) -> TypedRegion:
    """The region with the values of FIELD breaches withheld and the rows of ROW breaches returned."""
    frame, faulty, returned = typed.frame, dict(typed.faulty), typed.returned
    for breach in breaches:
        if breach.message.effect is Effect.ROW:
            returned = returned | _mask(breach, len(frame))
        elif breach.message.effect is Effect.FIELD:
            field, mask = breach.at[0], _mask(breach, len(frame))
            frame = frame.assign(**{field: frame[field].mask(mask)}) if field in frame else frame
            faulty[field] = faulty.get(field, np.zeros(len(frame), dtype=bool)) | mask
    return replace(typed, frame=frame, faulty=faulty, returned=returned)


def tell(typed: TypedRegion, breach: Breach) -> Iterator[Finding]:
    """The findings of a breach: one a row, or one for all where it repeats."""
    numbers = typed.frame["_row"].to_numpy()[breach.rows]
    if _is_grouped(breach, len(typed.frame)):
        yield _tell_once(typed, breach, numbers)
        return
    others = [name for name in breach.at[1:] if _has_column(typed, name)]
    for number, words in zip(numbers.tolist(), breach.words, strict=True):
        related = tuple(typed.source.place(number, name).cell for name in others)
        yield breach.message.finding(typed.source.place(number, breach.at[0]), related=related, count=1, **words)


def _tell_once(typed: TypedRegion, breach: Breach, numbers: NDArray[np.int64]) -> Finding:
    first, *further = numbers.tolist()
    cells = tuple(typed.source.place(number, breach.at[0]).cell for number in further[:RELATED_SHOWN])
    finding = breach.message.finding(
        typed.source.place(first, breach.at[0]), related=cells, count=len(numbers), **breach.words[0]
    )
    return replace(finding, message=f"{finding.message}（本列同样的情况共{len(numbers)}处）")


def _is_grouped(breach: Breach, rows: int) -> bool:
    hits = len(breach.rows)
    if 0 < breach.repeats < hits:
        return True
    sure = breach.message.severity is Severity.ERROR
    return not sure and hits > _COLUMN_WIDE and hits > _COLUMN_WIDE_SHARE * rows


def _has_column(typed: TypedRegion, name: str) -> bool:
    column = typed.source.columns.get(name)
    return column is not None and column.raw is not None


def _mask(breach: Breach, length: int) -> NDArray[np.bool_]:
    mask = np.zeros(length, dtype=bool)
    mask[breach.rows] = True
    return mask
