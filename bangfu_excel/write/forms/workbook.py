"""A workbook of filled cards: the parts of the form, its sheets as often as there are cards, nothing else changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bangfu_excel.errors import ConfigError
from bangfu_excel.write.archive import pack
from bangfu_excel.write.forms.copied import Copied, Placing
from bangfu_excel.write.forms.data import Card
from bangfu_excel.write.forms.form import SAVE_AGAIN, Form
from bangfu_excel.write.forms.frame import Frame, Shown
from bangfu_excel.write.forms.laid_out import LaidOut, Writer, lay_out
from bangfu_excel.write.forms.paper import page_breaks
from bangfu_excel.write.forms.rows_moved import Moved
from bangfu_excel.write.forms.sheet import SheetForm
from bangfu_excel.write.forms.tail import SheetMoved, tail_of
from bangfu_excel.write.names import sheet_name
from bangfu_excel.write.package import UnusualPackage, require_sound

PAGES = 200
"""Pages (or sheets) of one workbook: more open slowly, and Excel takes 1,026 page breaks a sheet."""


@dataclass(frozen=True)
class FormJob:
    """One workbook to be written."""

    form: Form
    cards: tuple[Card, ...] = field(repr=False)
    path: Path
    as_of: dt.date


def form_jobs(form: Form, cards: Sequence[Card], path: Path, as_of: dt.date) -> tuple[FormJob, ...]:
    """The workbooks of these cards: one at `path`, or, where they are many, `path`_1, `path`_2 …"""
    size = PAGES * form.settings.per_page if form.stacked else max(PAGES // len(form.sheets), 1)
    groups = [tuple(cards[start : start + size]) for start in range(0, len(cards), size)]
    if len(groups) == 1:
        return (FormJob(form, groups[0], path, as_of),)
    return tuple(
        FormJob(form, group, path.with_stem(f"{path.stem}_{number}"), as_of)
        for number, group in enumerate(groups, start=1)
    )


def write_form(job: FormJob) -> Path:
    """The workbook, whole or not at all; the same bytes for the same form, cards and day."""
    parts = _parts(job)
    try:
        for name, content in parts.items():
            if name.endswith((".xml", ".rels", ".vml")):
                require_sound(name, content)
    except UnusualPackage as error:
        raise ConfigError(f"表样“{job.form.path.name}”的内部写法不常见（{error}），没有写出；{SAVE_AGAIN}") from error
    return pack(parts.items(), job.path, job.as_of)


@dataclass(frozen=True)
class _Group:
    """Cards that share their sheets: titles: how the form's sheets are called for them."""

    cards: tuple[Card, ...]
    titles: Mapping[str, str]


def _parts(job: FormJob) -> dict[str, bytes]:
    """Every part of the workbook by name."""
    form = job.form
    copied = Copied(form.package)
    shown: list[Shown] = []
    for group in _groups(form, job.cards):
        laid = {sheet.name: _laid_out(sheet, group.cards) for sheet in form.sheets}
        for sheet in form.sheets:
            shown.append(_written(_Sheet(form, sheet, group, laid, len(shown) + 1), copied))
    frame = Frame(form, tuple(shown), job.as_of)
    return frame.parts(copied)


def _groups(form: Form, cards: tuple[Card, ...]) -> Iterator[_Group]:
    taken = {name for name, _ in form.kept}
    if form.stacked:
        yield _Group(cards, {sheet.name: sheet.name for sheet in form.sheets})
        return
    for card in cards:
        titles = {}
        for sheet in form.sheets:
            wanted = card.title if len(form.sheets) == 1 else f"{card.title}_{sheet.name}"
            titles[sheet.name] = sheet_name(wanted, taken)
            taken.add(titles[sheet.name])
        yield _Group((card,), titles)


def _laid_out(sheet: SheetForm, cards: tuple[Card, ...]) -> list[LaidOut]:
    found: list[LaidOut] = []
    for card in cards:
        found.append(lay_out(sheet, card, found[-1].last if found else 0))
    return found


@dataclass(frozen=True)
class _Sheet:
    """One sheet of the output. laid: sheet of the form → its rows for each card of the group."""

    form: Form
    sheet: SheetForm
    group: _Group
    laid: Mapping[str, list[LaidOut]]
    number: int


def _written(one: _Sheet, copied: Copied) -> Shown:
    """Puts the sheet and what it refers to among the parts; how it is shown."""
    sheet, titles = one.sheet, one.group.titles
    writer = Writer(sheet, titles, one.form.package.from_1904)
    rows: list[str] = []
    heights: list[float] = []
    copies: list[tuple[LaidOut, SheetMoved]] = []
    for position, own in enumerate(one.laid[sheet.name]):
        there = {name: placed[position].moved for name, placed in one.laid.items()}
        texts, height = writer.rows(own, there.get)
        rows += texts
        heights.append(height)
        copies.append((own, there.get))
    breaks = [one.laid[sheet.name][at].last for at in page_breaks(sheet, heights, one.form.settings.per_page)]
    tail = tail_of(sheet, copies, titles, breaks)
    head = _selected(sheet.head) if one.number == 1 else sheet.head
    first, last = copies[0][0].moved, copies[-1][0].moved
    moved = {name: placed[0].moved for name, placed in one.laid.items()}
    moved[sheet.name] = Moved(first.starts, last.ends, last.growth)
    placing = Placing(one.number, [own.moved for own, _ in copies], moved.get, titles)
    xml = f"{head}<sheetData>{''.join(rows)}</sheetData>{tail}</worksheet>"
    part = copied.sheet(xml, sheet.related.links, sheet.part, placing)
    return Shown(part, sheet.name, titles, moved, first)


def _selected(head: str) -> str:
    """The first sheet is the one that is opened."""
    return head.replace("<sheetView ", '<sheetView tabSelected="1" ', 1)
