"""Small submissions, drawn as Markdown tables, taken through the line as far as the rules across tables."""

import datetime as dt

import numpy as np
import pandas as pd

from bangfu_excel.core.finding import Findings
from bangfu_excel.core.period import Period
from bangfu_excel.core.raw import CellType, RawColumn, RawSheet
from bangfu_excel.core.rows import Outcome, Rows
from bangfu_excel.core.rule import Given
from bangfu_excel.domain import CODELISTS, RELATIONS, TABLES
from bangfu_excel.headers import match_headers
from bangfu_excel.link import link
from bangfu_excel.merge.duplicates import find_duplicates
from bangfu_excel.normalise import NormaliseSettings, normalise
from bangfu_excel.validate import ValidateSettings, relate, validate

GIVEN = Given(dt.date(2024, 6, 30), Period.parse("2024-06"))


def sheet(name, drawing):
    """A sheet whose row 1 is the first line of `drawing`; every cell is text."""
    grid = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in drawing.strip().splitlines()]
    return RawSheet(name, len(grid), tuple(_column([row[j] for row in grid]) for j in range(len(grid[0]))))


def _column(texts):
    values = [None, *dict.fromkeys(text for text in texts if text)]
    codes = np.array([values.index(text or None) for text in texts], dtype=np.int32)
    types = np.array([CellType.EMPTY] + [CellType.TEXT] * (len(values) - 1), dtype=np.uint8)
    return RawColumn(codes, values, types)


def submit(**drawings):
    """Rows and findings of one file whose sheets are `drawings`, in the order of the line."""
    return submit_files(甲=drawings)


def submit_files(**files):
    """Rows and findings of several files, each a mapping sheet → drawing."""
    return submit_among(TABLES, **files)


def submit_among(tables, **files):
    """The same, with these tables alone."""
    regions, findings = [], []
    for file, drawings in files.items():
        for name, drawing in drawings.items():
            mapped, said = match_headers(f"{file}.xlsx", sheet(name, drawing), tuple(tables.values()))
            findings += said
            for region in mapped:
                for part in region.parts:
                    regions.append(_checked(region, part, findings, tables))
    rows, linked = link(_rows(regions, tables), {}, tables)
    rows, repeated = find_duplicates(rows, tables)
    rows, related = relate(rows, tables, RELATIONS, GIVEN, {})
    return rows, Findings.of(findings, linked, repeated, related)


def _checked(region, part, findings, tables):
    table = tables[part.table]
    typed, noted = normalise(region, part, table, NormaliseSettings(CODELISTS, GIVEN.period.start.year, GIVEN.as_of))
    typed, said = validate(typed, table, ValidateSettings(CODELISTS, GIVEN), noted)
    findings += said
    return typed


def _rows(regions, tables):
    frames = {}
    for position, typed in enumerate(regions):
        frames.setdefault(typed.source.table, []).append(_framed(position, typed, tables))
    joined = {name: pd.concat(frames[name], ignore_index=True) for name in tables if name in frames}
    return Rows(joined, tuple(typed.source for typed in regions))


def _framed(position, typed, tables):
    frame, count = typed.frame, len(typed.frame)
    absent = {f.name: pd.Series(None, index=frame.index, dtype=f.kind.dtype) for f in tables[typed.source.table].fields}
    withheld = ["、".join(name for name, bad in typed.faulty.items() if bad[i]) for i in range(count)]
    outcome = np.where(typed.returned, Outcome.RETURNED, Outcome.ACCEPTED).astype(object)
    marks = {
        "_file": pd.Series([typed.source.file] * count, dtype="str"),
        "_sheet": pd.Series([typed.source.sheet] * count, dtype="str"),
        "_region": np.full(count, position, dtype=np.int32),
        "_outcome": pd.Series([str(o) for o in outcome], dtype="str"),
        "_withheld": pd.Series(withheld, dtype="str"),
    }
    return frame.assign(**{name: column for name, column in absent.items() if name not in frame}, **marks)


def told(findings, *codes):
    """(code, sheet, cell) of the findings with one of these codes."""
    return [(f.code, f.place.sheet, f.place.cell) for f in findings if f.code in codes]


def only(findings, code):
    """The only finding of this code."""
    found = [f for f in findings if f.code == code]
    assert len(found) == 1, [(f.code, f.message) for f in findings]
    return found[0]
