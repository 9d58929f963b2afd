"""Small workbooks on disk, from Markdown tables or lists of rows, and what `check` says of them."""

import datetime as dt
import tempfile
from pathlib import Path

import openpyxl

import bangfu_excel as bf

AS_OF = dt.date(2024, 6, 30)


def write_book(path, **sheets):
    """An xlsx of these sheets, each a list of rows of values or a Markdown table (whose cells are text)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in drawn(rows) if isinstance(rows, str) else rows:
            page.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def drawn(table):
    """The rows of a Markdown table without its outer strokes; empty cells are None."""
    lines = [line.strip().strip("|") for line in table.strip().splitlines()]
    return [[cell.strip() or None for cell in line.split("|")] for line in lines]


def checked(**sheets):
    """What `check` makes of one workbook of these sheets."""
    with tempfile.TemporaryDirectory() as folder:
        write_book(Path(folder) / "甲.xlsx", **sheets)
        return bf.check(folder, as_of=AS_OF, engine="serial")


def told(batch, severity=None):
    """(cell, code) of the findings that stand at a cell."""
    chosen = batch.findings.filter(severity=severity) if severity else batch.findings
    return {(cell, f.code) for f in chosen if f.place.cell for cell in standing(f)}


def standing(finding):
    """Every cell that a finding stands for (of its own sheet)."""
    return (finding.place.cell, *(finding.related if finding.count > 1 else ()))
