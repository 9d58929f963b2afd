"""Workbooks drawn as Markdown tables, taken through `check`."""

import datetime as dt
import tempfile
from pathlib import Path

import openpyxl

import bangfu_excel as bf


def check(*, merges=(), change=lambda book: None, **sheets):
    """What `check` makes of a workbook of these sheets: Markdown tables (all text) or lists of rows.

    merges: ranges of the first sheet · change: what else is done to the workbook before it is saved.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, drawing in sheets.items():
        page = book.create_sheet(name)
        for row in cells(drawing) if isinstance(drawing, str) else drawing:
            page.append(list(row))
    for merge in merges:
        book.worksheets[0].merge_cells(merge)
    change(book)
    with tempfile.TemporaryDirectory() as folder:
        book.save(Path(folder) / "甲.xlsx")
        return bf.check(folder, as_of=dt.date(2024, 6, 30), engine="serial")


def cells(drawing):
    """The rows of a Markdown table; empty cells are None, \\n is a line break."""
    lines = [line.strip().strip("|") for line in drawing.strip().splitlines()]
    return [[cell.strip(" ").replace("\\n", "\n") or None for cell in line.split("|")] for line in lines]


def at(batch, *codes):
    """(code, cell) of the findings of these codes, or of all that are more than a notice."""
    chosen = [f for f in batch.findings if (f.code in codes if codes else f.severity != "info")]
    return [(f.code, f.place.cell) for f in chosen]


def column(batch, table, field):
    """The values of a field, accepted or not, in their order; None where missing."""
    values = batch.rows[table][field]
    return [None if missing else value for value, missing in zip(values.tolist(), values.isna(), strict=True)]


def account(batch, sheet=None):
    """Kind of row → how many, of one sheet or of all."""
    lines = batch.reconciliation
    lines = lines[lines["sheet"] == sheet] if sheet else lines
    return {kind: int(lines[kind].sum()) for kind in ("title", "header", "blank", "total", "note", "data")}
