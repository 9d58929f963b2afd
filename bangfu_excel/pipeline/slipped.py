"""Rows whose values slipped by one column: a cell was deleted and the rest moved left, or one came in and it moved right."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Finding
from bangfu_excel.core.kinds.clean import matches, text_array, trim
from bangfu_excel.core.messages.pipeline import ROW_SLIPPED
from bangfu_excel.core.names import PLACE_ENDING
from bangfu_excel.core.raw import cell_text
from bangfu_excel.core.region import MappedRegion, TypedRegion
from bangfu_excel.core.table import Field, Table
from bangfu_excel.headers.looks import MISPLACED, Look, agrees, contradicts, look_of_text

_LEAST = 2  # cells of a row that belong one column further, all on the same side
_LEVELS = {"township": re.compile(r".+[镇乡]"), "village": re.compile(r".+(?:村|社区)"), "group": re.compile(r".+组")}
_NAMED = {"villager_group": "group"}
_STRANGE = {"person": PLACE_ENDING, "place": r"\d{11}"}
"""Of kinds that take nearly any text: what is a place's name for a person's, a number for a place's."""
_SAYS_LITTLE = frozenset({"其他", "无", "有", "是", "否", "不详", "一般", "正常"})
_SIDE = {1: "右", -1: "左"}


@dataclass(frozen=True)
class Slipped:
    """A row (Excel's number) of which the cells in `columns` hold what belongs to the column `by` beside them."""

    row: int
    by: int
    columns: tuple[int, ...]


def find_slipped(
    region: MappedRegion, typed: TypedRegion, tables: Mapping[str, Table], codelists: Mapping[str, CodeList]
) -> tuple[Slipped, ...]:
    """The rows of which at least two cells belong one column further, on the same side; `typed`: the first table's rows.

    Only rows with two cells that gave no value, or a strange one for a name, are looked at: in others nothing slipped unseen.
    """
    if region.cells:
        return ()  # of a form the columns are made up
    fields: dict[int, list[Field]] = defaultdict(list)
    for part in region.parts:
        for column in part.columns:
            if not column.misplaced:
                fields[column.index].append(tables[part.table][column.field])
    suspects = _suspects(typed, tables[region.parts[0].table])
    found = (_slipped(region, row, fields, codelists) for row in suspects)
    return tuple(slip for slip in found if slip is not None)


def tell_slipped(slipped: Iterable[Slipped], typed: TypedRegion) -> Iterator[Finding]:
    """One finding for each of these rows, at its first cell that belongs elsewhere."""
    at = {c.index: name for name, c in typed.source.columns.items() if c.raw is not None}
    for slip in slipped:
        own = [index for index in slip.columns if index in at]
        places = [typed.source.place(slip.row, at[index]) for index in own]
        labels = "、".join(f"“{place.label}”" for place in places)
        related = tuple(place.cell for place in places[1 : RELATED_SHOWN + 1])
        yield ROW_SLIPPED.finding(places[0], related=related, count=1, side=_SIDE[slip.by], labels=labels)


def without_slipped(
    typed: TypedRegion, findings: Iterable[Finding], rows: Collection[int]
) -> tuple[TypedRegion, tuple[Finding, ...]]:
    """The region with these rows returned and nothing of what their cells say, and the findings that are not about one of them."""
    gone = np.isin(typed.frame["_row"].to_numpy(), list(rows))
    frame, faulty = typed.frame, dict(typed.faulty)
    for name, column in typed.source.columns.items():
        if column.raw is not None and name in frame:
            frame = frame.assign(**{name: frame[name].mask(gone)})
            faulty[name] = faulty.get(name, np.zeros(len(frame), dtype=bool)) | gone
    left = tuple(f for f in findings if f.count > 1 or (f.place.record or f.place.row) not in rows)
    return replace(typed, frame=frame, faulty=faulty, returned=typed.returned | gone), left


def _suspects(typed: TypedRegion, table: Table) -> list[int]:
    """The rows (Excel's numbers) of which two cells or more gave no value, or a strange one for a person or a place."""
    count = np.zeros(len(typed.frame), dtype=np.int64)
    for name, column in typed.source.columns.items():
        odd = _odd(typed, table[name]) if column.raw is not None and name in table else None
        if odd is not None:
            count += odd
    numbers: list[int] = typed.frame["_row"].to_numpy()[count >= _LEAST].tolist()
    return numbers


def _odd(typed: TypedRegion, field: Field) -> NDArray[np.bool_] | None:
    faulty = typed.faulty.get(field.name)
    strange = _STRANGE.get(field.kind.name)
    if strange is None or field.name not in typed.frame:
        return faulty
    found = matches(text_array(typed.frame[field.name]), strange)
    return found if faulty is None else faulty | found


def _slipped(
    region: MappedRegion, row: int, fields: Mapping[int, Sequence[Field]], codelists: Mapping[str, CodeList]
) -> Slipped | None:
    texts = {i: trim(cell_text(region.sheet.columns[i].cell(row - 1))) for i in sorted(fields)}
    found = {
        by: tuple(
            index
            for index, text in texts.items()
            if text
            and any(_belongs(text, fields[index][0], beside, codelists) for beside in fields.get(index + by, ()))
        )
        for by in _SIDE
    }
    weights = {by: _weight([(texts[i], fields[i][0]) for i in columns]) for by, columns in found.items()}
    by = max(weights, key=lambda side: weights[side])
    return Slipped(row, by, found[by]) if weights[by] >= _LEAST and weights[by] > weights[-by] else None


def _weight(cells: Sequence[tuple[str, Field]]) -> int:
    """How many of these cells tell of a slip: a village written under 乡镇 alone does not, nor do labels without a number or a name."""
    looks = [(look_of_text(text), field) for text, field in cells]
    if not any(look in MISPLACED for look, _ in looks):
        return 0
    return sum(look is not Look.PLACE or field.kind.name != "place" for look, field in looks)


def _belongs(text: str, declared: Field, beside: Field, codelists: Mapping[str, CodeList]) -> bool:
    """Whether a text that cannot be of `declared` is what the field beside it holds."""
    look = look_of_text(text)
    level = _level(text)
    if look is Look.PLACE and level:
        return level == _level_of(beside) and (declared.kind.name == "person" or _level_of(declared) not in ("", level))
    if look in MISPLACED and contradicts(look, declared) and agrees(look, beside):
        return True
    codes, own = codelists.get(beside.codelist), codelists.get(declared.codelist)
    return (
        codes is not None
        and text not in _SAYS_LITTLE
        and codes.label_of(text) is not None
        and declared.kind.name not in ("text", "place", "organisation")
        and (own is None or own.label_of(text) is None)
    )


def _level(text: str) -> str:
    return next((name for name, pattern in _LEVELS.items() if pattern.fullmatch(text)), "")


def _level_of(field: Field) -> str:
    name = _NAMED.get(field.name, field.name)
    return name if name in _LEVELS else ""
