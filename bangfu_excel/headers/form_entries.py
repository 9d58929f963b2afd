"""Labels of a form with their values: beside, below, or in the same cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bangfu_excel.core.raw import EMPTY_CELL, Cell, CellType, cell_text
from bangfu_excel.headers.form_cells import PREPRINTED, Page, Token, is_autograph, read_label
from bangfu_excel.headers.form_marks import options_in, picked, ticked
from bangfu_excel.headers.label import HeaderText, shown, units_in
from bangfu_excel.headers.metadata import canonical_label, parse_pairs

_COLON = re.compile(r"[:：]")
_INSTRUCTION = re.compile(r"^\s*\d{1,2}[.、．].*[。；;]\s*$", re.S)
_NO_LABEL = re.compile(r"[，。；！？]|^[\d\s年月日.,/-]+$")


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a sheet: rows `top` … `bottom`, columns `left` … `right`, all inclusive and counted from 0."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One label of a form with its value.

    label: as written · row, column: where the label stands · at: where the value stands (or would), row and column from 0 ·
    value: the cell to be read, EMPTY where nothing is filled in · written: its text as stored · groups: headings above it.
    """

    label: str
    header: HeaderText
    known: bool
    groups: tuple[str, ...]
    row: int
    column: int
    value: Cell
    at: tuple[int, int]
    written: str
    unit: str = ""

    @property
    def filled(self) -> bool:
        return self.value.type is not CellType.EMPTY

    @property
    def marked(self) -> bool:
        """Whether the value was ticked or picked, and so reads otherwise than it is written."""
        return self.filled and cell_text(self.value).strip() != self.written.strip()


@dataclass(frozen=True, slots=True)
class Inside:
    """A header row inside a form. `rows`: those below it that may be its data; `side`: columns of a heading at its left."""

    tokens: tuple[Token, ...]
    groups: tuple[str, ...]
    rows: tuple[int, ...]

    @property
    def top(self) -> int:
        return self.tokens[0].row

    @property
    def bottom(self) -> int:
        return max(t.bottom for t in self.tokens)

    @property
    def stop(self) -> int:
        """The row after its last."""
        return max((self.bottom, *self.rows)) + 1


@dataclass
class Reading:
    """What the rows of a form hold."""

    entries: list[Entry] = field(default_factory=list)
    insides: list[Inside] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)  # rows
    metadata: dict[str, str] = field(default_factory=dict)


def above_entries(page: Page, inside: Inside) -> tuple[Entry, ...]:
    """The header's cells as labels above their values; () unless one row of values is right below, and half of them are one table's."""
    known = page.lexicon.known_together([token.header for token in inside.tokens if token.known])
    if inside.rows != (inside.bottom + 1,) or 2 * known < len(inside.tokens):
        return ()
    return tuple(
        entry_of(page, t, (inside.bottom + 1, t.column), page.at(inside.bottom + 1, t.column), inside.groups)
        for t in inside.tokens
    )


def is_inline(page: Page, token: Token) -> bool:
    """Whether a cell holds a label and its value: 户主姓名：张三."""
    if not token.is_text or not _COLON.search(token.text) or _INSTRUCTION.match(token.text):
        return False
    return any(_names_field(page, label) or canonical_label(label) for label, _ in _pairs(page, token.text))


def _names_field(page: Page, label: str) -> bool:
    return page.knows(read_label(label)) and not is_autograph(label)


def _pairs(page: Page, text: str) -> list[tuple[str, str]]:
    """Labels and values of a cell; a single label may have spaces in it (姓　名：张三)."""
    if options_in(text):
        return []
    if len(_COLON.findall(text)) == 1:
        label, value = _COLON.split(text)
        return [(label.strip(), value.strip(" \u3000\t\r\n_＿"))]
    pairs = [(pair.label, pair.value) for pair in parse_pairs(text)]
    labels: list[str] = []
    in_text = False
    for label, _ in pairs:
        if _names_field(page, label):
            labels, in_text = [*labels, label], page.takes_text(read_label(label))
        elif canonical_label(label):
            return pairs
        elif not in_text:
            labels.append(label)
    return pairs if len(labels) == len(pairs) else _parted(text, labels) or pairs


def _parted(text: str, labels: Sequence[str]) -> list[tuple[str, str]]:
    """The text parted at these labels only: what has a colon besides is part of a text (查看住房：屋顶漏雨)."""
    spaced = "|".join(r"[ \u3000]*".join(map(re.escape, label)) for label in labels)
    parts = re.split(rf"({spaced})[ \u3000]*[:：]", text)
    return [
        (label, value.strip(" \u3000\t\r\n;；,，_＿")) for label, value in zip(parts[1::2], parts[2::2], strict=True)
    ]


def read_pairs(page: Page, tokens: Sequence[Token], groups: tuple[str, ...], reading: Reading) -> None:
    """The labels of a row with the values beside them, and the labels and values that share a cell."""
    taken: set[tuple[int, int]] = set()
    for token in tokens:
        if (token.row, token.column) in taken:
            continue
        if is_inline(page, token):
            used = _read_inline(page, token, groups, reading)
        elif not token.is_text or (not token.known and canonical_label(token.text) is None and _no_label(token)):
            continue
        else:
            used = _read_beside(page, token, groups, reading)
        taken |= {(cell.row, cell.column) for cell in used}


def _no_label(token: Token) -> bool:
    """Whether a cell that nobody knows is prose, a date or a unit (3 | 人) rather than a label."""
    if not token.header.key or _INSTRUCTION.match(token.text):
        return True
    return bool(_NO_LABEL.search(_COLON.split(token.text)[0]) or units_in(token.text))


def _read_inline(page: Page, token: Token, groups: tuple[str, ...], reading: Reading) -> list[Token]:
    """The pairs of one cell; the last may have its value in the next cell, which is then returned."""
    pairs, beside = _pairs(page, token.text), None
    for number, (label, text) in enumerate(pairs, start=1):
        header = read_label(label)
        if not text and number == len(pairs):
            beside = _value_beside(page, token)
        if not _names_field(page, label):
            name = canonical_label(label) or label
            reading.metadata[name] = reading.metadata.get(name) or text or (beside.text if beside else "")
        elif beside is not None:
            reading.entries.append(
                entry_of(page, replace(token, header=header, text=label), (beside.row, beside.column), beside, groups)
            )
        else:
            value = Cell(CellType.TEXT, text) if text and not PREPRINTED.match(text) else EMPTY_CELL
            value = _answered(value, {})
            beyond = page.slot(token.row, token.right + 1)
            free = not text and number == len(pairs) and beyond[1] < page.grid.sheet.width and page.at(*beyond) is None
            at = beyond if free else (token.row, token.column)
            reading.entries.append(
                Entry(shown(label), header, True, groups, token.row, token.column, value, at, text, header.unit)
            )
    return [beside] if beside is not None else []


def _read_beside(page: Page, token: Token, groups: tuple[str, ...], reading: Reading) -> list[Token]:
    """The entry of a label whose value stands in the next cell; the cells of the value and of its unit are returned."""
    value = _value_beside(page, token)
    following = page.right_of(value) if value is not None else None
    used = [value] if value is not None else []
    unit = ""
    if value is not None and value.is_text and units_in(value.text) and not page.takes_text(token.header):
        unit, value = units_in(value.text)[0], _measured(following)
        used += [value] if value is not None else []
    elif following is not None and following.is_text and not following.known and units_in(following.text):
        unit = units_in(following.text)[0]
        used.append(following)
    label = canonical_label(token.text)
    if (label is not None and not token.known) or is_autograph(token.text):
        name = label or shown(token.text)
        reading.metadata[name] = reading.metadata.get(name) or (value.text if value else "")
        return used
    at = (value.row, value.column) if value is not None else page.slot(token.row, (used or [token])[-1].right + 1)
    entry = entry_of(page, token, at, value, groups)
    reading.entries.append(replace(entry, unit=entry.unit or unit))
    return used


def _measured(token: Token | None) -> Token | None:
    """The cell behind a unit, if it holds a number."""
    return token if token is not None and re.search(r"\d", token.text) else None


def _value_beside(page: Page, token: Token) -> Token | None:
    """The cell right of a label, unless that is a label of its own."""
    beside = page.right_of(token) or page.beyond(token)
    if beside is None or is_inline(page, beside):
        return None
    if not beside.known or (token.known and page.takes_words(token)):
        return beside
    return beside if not token.known and len(run_from(page, token)) % 2 == 0 else None


def run_from(page: Page, token: Token) -> list[Token]:
    """The tokens side by side from this one on."""
    run = [token]
    while (following := page.right_of(run[-1])) is not None:
        run.append(following)
    return run


def entry_of(page: Page, label: Token, at: tuple[int, int], value: Token | None, groups: tuple[str, ...]) -> Entry:
    """The entry of a label whose value stands, or would stand, in the cell `at`."""
    cell, written = (value.cell, cell_text(value.cell)) if value is not None else (EMPTY_CELL, "")
    if value is not None and value.is_text and PREPRINTED.match(value.text):
        cell = EMPTY_CELL
    cell = _answered(cell, options_in(label.text))
    known = page.knows(label.header)
    return Entry(
        shown(label.text), label.header, known, groups, label.row, label.column, cell, at, written, label.header.unit
    )  # fmt: skip


def _answered(cell: Cell, options: Mapping[str, str]) -> Cell:
    """The cell as it is to be read: the options ticked in it, or those whose numbers it gives."""
    if cell.type not in (CellType.TEXT, CellType.NUMBER):
        return cell
    text = cell_text(cell)
    words = ticked(text) if cell.type is CellType.TEXT else None
    if words is None:
        words = picked(text, options)
    if words is None:
        return cell
    return Cell(CellType.TEXT, words) if words else EMPTY_CELL


def read_signature(tokens: Sequence[Token], reading: Reading) -> None:
    """Who filled the form in: 填表人：王五 审核人：."""
    texts = [t.text for t in tokens]
    for position, text in enumerate(texts):
        pairs = parse_pairs(text)
        for label, value in pairs:
            following = (
                texts[position + 1] if not value and position + 1 < len(texts) and label == pairs[-1].label else ""
            )
            stated = value or ("" if parse_pairs(following) else following)
            name = canonical_label(label) or label
            reading.metadata[name] = reading.metadata.get(name) or stated
