"""Forms drawn in a few lines, and what became of them when they were filled."""

import datetime as dt
from io import BytesIO
from pathlib import Path

import openpyxl

from bangfu_excel.domain import TABLES
from bangfu_excel.write.forms import Card, Day, form_jobs, read_form, write_form

USED = ("household", "member", "pairing", "visit", "helper", "village", "document")


def drawn(path, cells, *, settings=(("表", "帮扶对象户"),), change=None, sheet="卡"):
    """A form at `path`: address → text on one sheet, and its sheet 设置."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for place, text in cells.items():
        book.active[place] = text
    said = book.create_sheet("设置")
    for row in settings:
        said.append(row)
    if change:
        change(book)
    book.save(path)
    return path


def form_of(path, **more):
    return read_form(path, TABLES, more.pop("used", USED), "默认方案")


def filled(path, cards, out=None):
    """The first workbook of these cards, opened."""
    out = out or path.with_name("out.xlsx")
    jobs = form_jobs(form_of(path), cards, Path(out), dt.date(2024, 6, 30))
    return openpyxl.load_workbook(BytesIO(write_form(jobs[0]).read_bytes()), rich_text=True)


def card(title="张三", many=None, **one):
    """own__head_name="张三" is the value of the card's own column."""
    return Card(title, {name.replace("__", "."): value for name, value in one.items()}, many or {})


def day(text, precision=""):
    return Day(dt.date.fromisoformat(text), precision)


def texts(sheet):
    """Every row of the sheet as texts."""
    return [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
