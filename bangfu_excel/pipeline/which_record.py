"""Which current record a line of the office's workbook means: its columns as clues for `RegisteredRows.find`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bangfu_excel.core.table import Field, Table
from bangfu_excel.pipeline.office_book import Line
from bangfu_excel.pipeline.office_words import value_under
from bangfu_excel.pipeline.registered_rows import Clue, NotFoundError, RegisteredRows
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.write import correction_book as book

_CLUES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "household": {
        book.TOWNSHIP: ("township", ""), book.VILLAGE: ("village", ""), book.HOUSEHOLD: ("household_id", ""),
        book.HEAD: ("head_name", ""), book.IDENTITY: ("head_id", ""),
    },
    "member": {
        book.TOWNSHIP: ("township", "township"), book.VILLAGE: ("village", "village"),
        book.HOUSEHOLD: ("household_id", "household_id"), book.HEAD: ("head_name", "head_name"), book.MEMBER: ("name", ""),
        book.IDENTITY: ("id_number", ""),
    },
    "pairing": {
        book.TOWNSHIP: ("township", "township"), book.VILLAGE: ("village", "village"),
        book.HOUSEHOLD: ("household_id", "household_id"), book.HEAD: ("recipient_name", "head_name"),
        book.IDENTITY: ("recipient_id", "head_id"), book.HELPER: ("helper_name", ""),
    },
    "visit": {
        book.TOWNSHIP: ("township", "township"), book.VILLAGE: ("village", "village"),
        book.HOUSEHOLD: ("household_id", "household_id"), book.HEAD: ("head_name", "head_name"),
        book.IDENTITY: ("head_id", "head_id"), book.HELPER: ("visitors", ""), book.VISITED: ("visited_on", ""),
    },
}  # fmt: skip
"""Table → heading → the field of the record, and that of its household, which it is compared with."""

_WHICH = (
    book.TOWNSHIP, book.VILLAGE, book.HOUSEHOLD, book.HEAD, book.MEMBER, book.IDENTITY, book.HELPER, book.VISITED,
)  # fmt: skip


def position_of(line: Line, table: Table, registered: RegisteredRows, settings: Settings) -> int:
    """The position of the record among the current rows of `table`; `MistakeError` where it is none, or not one only."""
    known = _CLUES[table.name]
    given = [heading for heading in _WHICH if line.text(heading)]
    useless = [heading for heading in given if heading not in known]
    if useless:
        raise line.mistake(
            useless[0], f"填了“{useless[0]}”，{table.label}不用它认记录，请清空；或者核对“{book.TABLE}”选得对不对"
        )
    clues = [_clue(line, heading, table, settings) for heading in given]
    if not clues:
        raise line.mistake(book.HOUSEHOLD, f"没有填：请写清是哪一条{table.label}，例如户编号、证件号码，或姓名加村")
    more = {heading: own for heading, (own, _) in known.items() if heading not in given}
    return found(line, registered, table.name, clues, more)


def found(line: Line, registered: RegisteredRows, table: str, clues: Sequence[Clue], more: Mapping[str, str]) -> int:
    """As `RegisteredRows.find`, with what goes wrong said of the cell."""
    try:
        at = registered.find(table, clues, more)
    except NotFoundError as error:
        raise line.mistake(error.heading, error.reason) from error
    if not isinstance(registered.rows(table)["_key"].iat[at], str):
        raise line.mistake(clues[0].heading, "这条记录没有说清是谁，不能更正；请让乡镇补全后重报")
    return at


def _clue(line: Line, heading: str, table: Table, settings: Settings) -> Clue:
    own, home = _CLUES[table.name][heading]
    return Clue(heading, clue_text(line, heading, table[own], settings), own, home)


def clue_text(line: Line, heading: str, declared: Field, settings: Settings) -> str:
    """What is written under a heading, read as a value of a field."""
    value = value_under(line, heading, declared, settings)
    if not value.text:
        raise line.mistake(heading, f"填的是“{line.text(heading)}”，看不出是什么，请填写清楚或者空着")
    return value.text
