"""The lines of the sheet 更正 as records of the journal: which record, which value, from what to what, on whose word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.fold import fold
from bangfu_excel.core.table import Field, Table
from bangfu_excel.merge.duplicates import matching_form
from bangfu_excel.merge.recording import Record
from bangfu_excel.pipeline.corrected_values import Value, objections, value_of
from bangfu_excel.pipeline.office_book import Line, each_line
from bangfu_excel.pipeline.office_words import day_of, one_of, required, value_under
from bangfu_excel.pipeline.registered_rows import RegisteredRows
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.pipeline.which_record import position_of
from bangfu_excel.profile.toml import did_you_mean
from bangfu_excel.write import correction_book as book

_IDENTIFYING = "household_id"


@dataclass(frozen=True)
class _Correction:
    """A line understood. field: None where the record is to be removed."""

    line: Line
    table: Table
    at: int
    field: Field | None
    old: Value
    new: Value


def correction_records(
    lines: Sequence[Line], registered: RegisteredRows, settings: Settings
) -> tuple[list[Record], list[str]]:
    """The records of the lines, in their order, and everything that is wrong with them."""
    found, mistakes = each_line(lines, lambda line: _understood(line, registered, settings))
    mistakes += _twice(found)
    mistakes += _refused_by_rules(found, registered, settings)
    if mistakes:
        return [], mistakes
    return [_record(one, registered, settings) for one in found], []


def _understood(line: Line, registered: RegisteredRows, settings: Settings) -> _Correction:
    for heading in (book.TABLE, book.FIELD, book.ENTERED_BY):
        required(line, heading)
    one_of(line, book.BASIS, book.SOURCES)
    day_of(line, book.DATE, settings)
    table = _table(line, settings.tables)
    declared = _field(line, table, settings)
    at = position_of(line, table, registered, settings)
    if declared is None:
        for heading in (book.OLD, book.NEW):
            if line.text(heading):
                raise line.mistake(
                    heading, f"不用填：整条删除的，请把“{heading}”空着；只改一个值的，请在“{book.FIELD}”里选那一栏"
                )
        return _Correction(line, table, at, None, Value(), Value())
    now = value_of(registered.rows(table.name), at, declared.name)
    new = _new(line, declared, now, settings)
    _check_old(line, declared, now, settings)
    return _Correction(line, table, at, declared, now, new)


def _table(line: Line, tables: Mapping[str, Table]) -> Table:
    wanted = {fold(name): table for table in tables.values() for name in (table.label, table.name)}
    text = line.text(book.TABLE)
    if fold(text) not in wanted:
        labels = [table.label for table in tables.values()]
        raise line.mistake(book.TABLE, f"填的是“{text}”，没有这张报表，可以填：{'、'.join(labels)}")
    return wanted[fold(text)]


def _field(line: Line, table: Table, settings: Settings) -> Field | None:
    text = line.text(book.FIELD)
    if fold(text) == fold(book.REMOVE):
        return None
    labels = {fold(declared.label): declared for declared in table.fields}
    if fold(text) not in labels:
        raise line.mistake(book.FIELD, f"填的是“{text}”，{table.label}没有这个栏目{_hint(text, table, settings)}")
    declared = labels[fold(text)]
    if declared.name == _IDENTIFYING:
        raise line.mistake(
            book.FIELD,
            f"是“{declared.label}”，它决定记录归哪一户，不在这里改：户编号变了的，请在“{book.EVENTS}”表登记“户编号变更”；归错了户的，请选“{book.REMOVE}”，再由乡镇重报",
        )
    if sentence := _followed(declared, table):
        raise line.mistake(book.FIELD, f"是“{declared.label}”，{sentence}")
    return declared


def _followed(declared: Field, table: Table) -> str:
    """What to do instead where a field decides which event a record is, and whose: a value alone would not move it; "" elsewhere."""
    if table.dated_by and declared.name in (table.dated_by, table.helper):
        return f"它决定这是哪一次、算谁的、归哪个月，不在这里改：请选“{book.REMOVE}”，再请乡镇把对的那一次报来（按补报，原来的不用重报）"
    if declared.name == table.helper:
        return f"它决定是谁的结对，不在这里改：换了人的，请在“{book.EVENTS}”表登记“帮扶人调动”；姓名写错了的，请乡镇改好后重报"
    return ""


def _hint(text: str, table: Table, settings: Settings) -> str:
    """Where the column that was chosen belongs, or which one may be meant."""
    others = [one.label for one in settings.tables.values() if any(fold(f.label) == fold(text) for f in one.fields)]
    if others:
        return f"，它是{'、'.join(others)}的栏目"
    return did_you_mean(text, [declared.label for declared in table.fields])


def _new(line: Line, declared: Field, now: Value, settings: Settings) -> Value:
    text = line.text(book.NEW)
    if not text:
        raise line.mistake(book.NEW, f"没有填：请填“{declared.label}”的新值；要清空它，请写“{book.EMPTY}”")
    new = Value() if text == book.EMPTY else value_under(line, book.NEW, declared, settings)
    if text != book.EMPTY and not new.text:
        raise line.mistake(book.NEW, f"填的是“{text}”，读不出内容；要清空它，请写“{book.EMPTY}”")
    if new.text == now.text:
        raise line.mistake(book.NEW, f"和台账库里“{declared.label}”现在的一样，不用更正")
    return new


def _check_old(line: Line, declared: Field, now: Value, settings: Settings) -> None:
    """原值 must be what the registry has, or blank where it has nothing: who copies the old value has looked at the record."""
    text = line.text(book.OLD)
    said = Value() if text in ("", book.EMPTY) else value_under(line, book.OLD, declared, settings)
    if said.text == now.text or _alike(declared, said.text, now.text):
        return
    written, stored = settings.masking.told_apart((text, now.text), declared)
    if not text:
        raise line.mistake(book.OLD, f"没有填：“{declared.label}”现在是“{stored}”，请核对后抄在原值里")
    if not now.text:
        raise line.mistake(
            book.OLD, f"填的是“{written}”，而台账库里“{declared.label}”现在是空的；请核对是不是这一条，是的话把原值空着"
        )
    raise line.mistake(book.OLD, f"填的是“{written}”，而台账库里“{declared.label}”现在是“{stored}”，请核对是不是这一条")


def _alike(declared: Field, one: str, other: str) -> bool:
    if declared.kind.dtype != "str" or not (one and other):
        return False
    forms = matching_form(pd.Series([one, other], dtype="str"), declared)
    return bool(forms.iat[0] == forms.iat[1])


def _twice(found: Iterable[_Correction]) -> list[str]:
    """Lines that speak of what an earlier line has spoken of."""
    first: dict[tuple[str, int], dict[str, Line]] = defaultdict(dict)
    mistakes = []
    for one in found:
        earlier = first[one.table.name, one.at]
        name = one.field.name if one.field else ""
        same = earlier.get(name) or earlier.get("") or (next(iter(earlier.values()), None) if not name else None)
        if same:
            mistakes.append(f"{one.line.place(book.FIELD)}和第{same.row}行改的是同一条记录的同一处，请只留一行")
        earlier.setdefault(name, one.line)
    return mistakes


def _refused_by_rules(found: Iterable[_Correction], registered: RegisteredRows, settings: Settings) -> list[str]:
    """What the rules have against records as corrected, all corrections of a record together."""
    by_record: dict[tuple[str, int], list[_Correction]] = defaultdict(list)
    for one in found:
        if one.field is not None:
            by_record[one.table.name, one.at].append(one)
    mistakes = []
    for (table, at), corrections in by_record.items():
        record = registered.rows(table).iloc[[at]].reset_index(drop=True)
        lines = {one.field.name: one.line for one in corrections if one.field}
        changed = {one.field.name: one.new for one in corrections if one.field}
        last = corrections[-1].line
        for name, sentence in objections(corrections[0].table, record, changed, last.row, settings):
            mistakes.append(f"{lines.get(name, last).place(book.NEW)}：{sentence}")
    return mistakes


def _record(one: _Correction, registered: RegisteredRows, settings: Settings) -> Record:
    line = one.line
    return {
        "table": one.table.name,
        "key": registered.rows(one.table.name)["_key"].iat[one.at],
        "field": one.field.name if one.field else "",
        "old": one.old.natural if one.field else "",
        "new": one.new.natural if one.field else "",
        "precision": one.new.precision,
        "old_precision": one.old.precision,
        "source": one_of(line, book.BASIS, book.SOURCES),
        "told_by": line.text(book.TOLD_BY),
        "entered_by": line.text(book.ENTERED_BY),
        "date": day_of(line, book.DATE, settings),
        "place": line.place(book.NEW if one.field else book.FIELD),
        "line": line.digest,
    }
