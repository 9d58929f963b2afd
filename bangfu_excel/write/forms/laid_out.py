"""Where the rows of one card stand, and the card's rows as text."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bangfu_excel.errors import OutputError
from bangfu_excel.write.book import MAX_ROWS
from bangfu_excel.write.forms.cells import Condition, Filled, Fixed, Formula, Row, Slot
from bangfu_excel.write.forms.data import Card, Day, Value
from bangfu_excel.write.forms.names import COUNT, NO, Named, Source
from bangfu_excel.write.forms.parts import Part
from bangfu_excel.write.forms.placeholder import End
from bangfu_excel.write.forms.rows_moved import Moved, moved_formula
from bangfu_excel.write.forms.sheet import Area, SheetForm
from bangfu_excel.write.forms.values import number_cell, text_cell, text_of
from bangfu_excel.write.package import escaped
from bangfu_excel.write.package_sheet import serial
from bangfu_excel.write.widths import text_width

_LINE = 1.32  # height of a line of letters, of their size
_MARGIN = 3.0
_BODY = 11.0  # the size of letters in which widths of columns are counted
_HIGHEST = 409.0  # Excel's limit


@dataclass(frozen=True)
class Placed:
    """A row of the form where it stands now; record: of the row that it repeats for (None: stands once) · line: its number ·
    own: row of the form → row, within this copy of the repeated rows.
    """

    row: Row
    number: int
    record: Mapping[str, Value] | None = None
    line: int = 0
    own: Mapping[int, int] | None = None


@dataclass(frozen=True)
class LaidOut:
    """A card's rows in their places."""

    card: Card
    rows: tuple[Placed, ...]
    moved: Moved
    last: int


def lay_out(sheet: SheetForm, card: Card, after: int) -> LaidOut:
    """The card's rows from the one after `after` on."""
    placed: list[Placed] = []
    starts, ends = [0] * (sheet.last + 1), [0] * (sheet.last + 1)
    number = after
    for part in sheet.parts:
        for row in _placed(part, card, number):
            number = row.number
            placed.append(row)
            ends[row.row.number] = number
            starts[row.row.number] = starts[row.row.number] or number
    for below in range(sheet.written + 1, sheet.last + 1):  # drawn or merged, but never written
        number += 1
        starts[below] = ends[below] = number
    if number > MAX_ROWS:
        raise OutputError(
            f"“{card.title}”这一份有{number}行，一张工作表放不下（最多{MAX_ROWS}行），请在“设置”里分得细一些"
        )
    return LaidOut(card, tuple(placed), Moved(tuple(starts), tuple(ends), number - sheet.last), number)


def _placed(part: Part, card: Card, after: int) -> list[Placed]:
    if any(not is_there(named, card) for named in part.needs):
        return []
    if not part.table:
        return [Placed(row, after + position) for position, row in enumerate(part.rows, start=1)]
    records: list[Mapping[str, Value]] = list(card.many.get(part.table, ()))
    records += [{}] * (max(part.least, 1) - len(records))
    found = []
    for line, record in enumerate(records, start=1):
        own = {row.number: after + position for position, row in enumerate(part.rows, start=1)}
        found += [Placed(row, own[row.number], record, line, own) for row in part.rows]
        after += len(part.rows)
    return found


def is_there(named: Named, card: Card) -> bool:
    """Whether the card has the value."""
    if named.source is Source.COMMON and named.name == COUNT:
        return bool(card.many.get(named.table))
    return card.one.get(named.key) not in (None, "")


@dataclass(frozen=True)
class Writer:
    """Writes the rows of one output sheet.

    moved: sheet of the form → where its rows went for this card · titles: how the form's sheets are called now.
    """

    sheet: SheetForm
    titles: Mapping[str, str]
    from_1904: bool

    def rows(self, laid: LaidOut, moved: Callable[[str], Moved | None]) -> tuple[list[str], float]:
        """The rows, and how high they are together."""
        heights = [self._height(placed, laid.card) for placed in laid.rows]
        texts = [self._row(placed, laid, height, moved) for placed, (height, _) in zip(laid.rows, heights, strict=True)]
        return texts, sum(height or least for height, least in heights)

    def _height(self, placed: Placed, card: Card) -> tuple[float | None, float]:
        """The row's height where it must be said, and what it is where it need not."""
        own = placed.row.height or self.sheet.height
        needed = max((_needed(cell, self._wrapped(cell, placed, card)) for cell in placed.row.cells), default=0.0)
        merged = self.sheet.merged_heights[placed.row.number] if needed > own else own
        return (min(own + needed - merged, _HIGHEST), own) if needed > merged else (None, own)

    def _row(self, placed: Placed, laid: LaidOut, height: float | None, moved: Callable[[str], Moved | None]) -> str:
        attributes = placed.row.attributes
        if height is not None:
            attributes = _without_height(attributes) + f' ht="{height:g}" customHeight="1"'
        cells = "".join(self._cell(cell, placed, laid, moved) for cell in placed.row.cells)
        start = f'<row r="{placed.number}"{attributes}'
        return f"{start}>{cells}</row>" if cells else f"{start}/>"

    def _cell(
        self, cell: Fixed | Filled | Formula, placed: Placed, laid: LaidOut, moved: Callable[[str], Moved | None]
    ) -> str:
        place = f"{cell.letters}{placed.number}"
        if isinstance(cell, Fixed):
            return f'<c r="{place}{cell.rest}'
        if isinstance(cell, Filled):
            return self._filled(cell, place, placed, laid.card)
        own = laid.moved.within(placed.own) if placed.own else laid.moved
        text = moved_formula(cell.text, lambda name: moved(name) if name else own, self.titles)
        kind = f' t="array" ref="{own.area(cell.array)}"' if cell.array else ""
        return f'<c r="{place}"{cell.style}><f{kind}>{escaped(text)}</f></c>'

    def _filled(self, cell: Filled, place: str, placed: Placed, card: Card) -> str:
        number = self._number(cell, placed, card)
        if number is not None:
            return number_cell(place, cell.style, number)
        runs = self._texts(cell, placed, card)
        if len(runs) == 1 and not runs[0][0]:
            return text_cell(place, cell.style, runs[0][1])
        return _rich_cell(place, cell.style, runs)

    def _number(self, cell: Filled, placed: Placed, card: Card) -> float | None:
        """What a cell that is nothing but a number or a day holds, to be shown by its number format; None for texts."""
        lone = cell.lone
        if lone is None or lone.hint or cell.look.text:
            return None
        value = value_of(lone.named, placed, card)
        if isinstance(value, Day):
            shown = cell.look.date and not value.precision
            return serial(value.date, from_1904=self.from_1904) if shown else None
        return value if isinstance(value, int | float) else None

    def _wrapped(self, cell: Fixed | Filled | Formula, placed: Placed, card: Card) -> str:
        """The text of a cell that takes several lines where it is long; numbers and days do not."""
        if not isinstance(cell, Filled) or not cell.look.wraps or self._number(cell, placed, card) is not None:
            return ""
        return "".join(text for _, text in self._texts(cell, placed, card))

    @staticmethod
    def _texts(cell: Filled, placed: Placed, card: Card) -> list[tuple[str, str]]:
        """Properties and text of each run, without what stands only where there is a value."""
        found, left_out = [], False
        for properties, content in cell.runs:
            text = ""
            for piece in content:
                if isinstance(piece, Condition):
                    left_out = text_of(value_of(piece.named, placed, card)) in ("", "0")
                elif isinstance(piece, End):
                    left_out = False
                elif not left_out and isinstance(piece, str):
                    text += piece
                elif not left_out and isinstance(piece, Slot):
                    text += text_of(value_of(piece.named, placed, card), piece.hint)
            found.append((properties, text))
        return found


def value_of(named: Named, placed: Placed, card: Card) -> Value:
    """The value of the card, or of the record in whose row it stands."""
    if named.source is Source.COMMON and named.name == COUNT:
        return len(card.many.get(named.table, ()))
    if named.source is Source.COMMON and named.name == NO and placed.record is not None:
        return placed.line if placed.record else None
    if named.table:
        return (placed.record or {}).get(named.key)
    return card.one.get(named.key)


def _needed(cell: Fixed | Filled | Formula, text: str) -> float:
    """The height in which the text is seen whole, wrapped to the cell's width."""
    if not isinstance(cell, Filled) or not text:
        return 0.0
    room = max((cell.width - 1) * _BODY / cell.look.size, 2.0)
    lines = sum(max(1, math.ceil(text_width(line) / room)) for line in text.split("\n"))
    return lines * cell.look.size * _LINE + _MARGIN if lines > 1 else 0.0


def _without_height(attributes: str) -> str:
    kept = (part for part in attributes.split(" ") if not part.startswith(("ht=", "customHeight=")))
    return " ".join(kept)


def _rich_cell(place: str, style: str, runs: list[tuple[str, str]]) -> str:
    written = "".join(
        f'<r>{properties}<t xml:space="preserve">{escaped(text)}</t></r>' for properties, text in runs if text
    )
    return f'<c r="{place}"{style} t="inlineStr"><is>{written}</is></c>' if written else f'<c r="{place}"{style}/>'


def areas_of(merges: tuple[Area, ...], laid: LaidOut, letters: Callable[[int], str]) -> list[str]:
    """The merged ranges of the card: those within repeated rows once for each, the others where their rows have gone."""
    found = []
    copies = {frozenset(p.own.items()): p.own for p in laid.rows if p.own}
    for top, left, bottom, right in merges:
        within = [own for own in copies.values() if top in own and bottom in own]
        spans = [(own[top], own[bottom]) for own in within] or [(laid.moved.start(top), laid.moved.end(bottom))]
        for first, last in spans:
            if first < last or (first == last and left < right):
                found.append(f"{letters(left)}{first}:{letters(right)}{last}")
    return found
