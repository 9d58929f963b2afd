"""The headers of a sheet that nobody knows, each with what a clerk needs to say what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bangfu_excel.core.address import cell_name
from bangfu_excel.core.masking import mask
from bangfu_excel.core.raw import RawSheet
from bangfu_excel.core.table import Privacy, Table
from bangfu_excel.headers.attempts import Attempt
from bangfu_excel.headers.candidates import doubts
from bangfu_excel.headers.choose import Choice
from bangfu_excel.headers.looks import Contents, Look, is_name, look_of_text
from bangfu_excel.headers.match import try_headers
from bangfu_excel.headers.report import Reporter
from bangfu_excel.headers.settings import HeaderSettings

_EXAMPLES = 3
_LONGEST = 12  # characters of an example
_PRIVACY = {Look.IDENTITY: Privacy.IDENTITY, Look.PHONE: Privacy.PHONE, Look.NAME: Privacy.NAME}
_PLAIN = frozenset({Look.DATE, Look.NUMBER, Look.SERIAL, Look.YES_NO, Look.PLACE})
_WORD = re.compile(r"[\u3400-\u9fff·]+")
_DIGITS = re.compile(r"(?<=\d{3})\d{4,}")


@dataclass(frozen=True, slots=True)
class UnknownHeader:
    """A header that no table knows, under the table that its sheet is, or is nearest to.

    key: its matching form, all levels in one · header, above: as written, the lowest level and those above it · examples: of its
    values, masked · likely: name of the field that it may be, "" if none is alike, and `why` · taken: fields that have a
    column on this sheet.
    """

    table: str
    key: str
    header: str
    above: str
    file: str
    sheet: str
    cell: str
    examples: tuple[str, ...]
    look: str
    likely: str
    why: str
    taken: frozenset[str]


def unknown_headers(
    file: str, sheet: RawSheet, tables: Sequence[Table], settings: HeaderSettings
) -> tuple[UnknownHeader, ...]:
    """Every header of the sheet that is no field of its table; () for a sheet without any header that is known."""
    reporter, attempts = try_headers(file, sheet, tables, settings)
    return tuple(unknown for attempt in attempts for unknown in _of_attempt(attempt, reporter))


def _of_attempt(attempt: Attempt, reporter: Reporter) -> Iterator[UnknownHeader]:
    choice = attempt.chosen or next((c for c in attempt.choices if c.weight[0]), None)
    if choice is None:
        return
    columns = reporter.unknown(attempt.stretch, choice)
    found = reporter.candidates(columns, choice, attempt.contents)
    for column in columns:
        likely = found.get(column.index)
        above, header = column.levels
        yield UnknownHeader(
            table=choice.table.name,
            key=column.full_key,
            header=header,
            above=above,
            file=reporter.file,
            sheet=reporter.sheet,
            cell=cell_name(column.row + 1, column.index),
            examples=_examples(attempt.contents, column.index),
            look=str(attempt.contents.look(column.index)),
            likely=likely.field.name if likely else "",
            why="，".join(filter(None, (doubts(header).strip("（）"), likely.why if likely else ""))),
            taken=_taken(choice),
        )


def _taken(choice: Choice) -> frozenset[str]:
    return frozenset(c.field for c in choice.parts[0].columns)


def _examples(contents: Contents, index: int) -> tuple[str, ...]:
    """The first different values of a column, as somebody may see them who need not know the people."""
    look = contents.look(index)
    shown = dict.fromkeys(_masked(text, look) for text in contents.texts(index))
    return tuple(shown)[:_EXAMPLES]


def _masked(text: str, column: Look) -> str:
    if column in _PLAIN:
        return text[:_LONGEST]
    own = look_of_text(text)
    if own in _PRIVACY:
        return mask(text, _PRIVACY[own])
    cut = text if len(text) <= _LONGEST else text[: _LONGEST // 2] + "…"
    hidden = _DIGITS.sub(lambda match: "*" * len(match[0]), cut)
    return _WORD.sub(lambda match: mask(match[0], Privacy.NAME) if is_name(match[0]) else match[0], hidden)
