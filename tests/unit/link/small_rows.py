"""Rows of a run, told as small tables: one region a call of `sheet`, its header in row 1."""

import numpy as np
import pandas as pd

from bangfu_excel.core.raw import CellType, RawColumn
from bangfu_excel.core.region import Source, SourceColumn, TypedRegion
from bangfu_excel.core.rows import assemble
from bangfu_excel.domain import TABLES
from bangfu_excel.link import link


def sheet(table, header, *lines, file="a.xlsx", name="", columns=None, tables=TABLES):
    """A region of `table`; `header` and each line are texts split at white space, `-` is an empty cell."""
    fields = header.split()
    values = [[None if cell == "-" else cell for cell in line.split()] for line in lines]
    frame, raws = {}, {}
    for index, field in enumerate(fields):
        cells = [row[index] for row in values]
        frame[field] = pd.Series(cells, dtype=tables[table][field].kind.dtype)
        stored = [None, *["" if cell is None else cell for cell in cells]]
        codes = np.array([0, *range(1, len(cells) + 1)], dtype=np.int32)
        raw = RawColumn(codes, stored, np.array([0] + [CellType.TEXT] * len(cells), dtype=np.uint8))
        at = columns[index] if columns else index
        raws[field] = SourceColumn(at, tables[table][field].label, raw)
    frame["_row"] = np.arange(2, 2 + len(values), dtype=np.int64)
    source = Source(file, name or tables[table].label, table, raws)
    return TypedRegion(source, pd.DataFrame(frame), {}, {}, np.zeros(len(values), dtype=bool))


def linked(*regions, known=None, tables=TABLES):
    return link(assemble(regions, tables), known or {}, tables)


def column(rows, table, name):
    return [None if pd.isna(value) else value for value in rows[table][name]]


def told(findings):
    return [(f.code, str(f.effect), f.place.sheet, f.place.cell) for f in findings]


HOUSEHOLDS = sheet(
    "household", "township village group household_id head_name head_id member_count",
    "青石镇 柳溪村 三组 H1 张建国 990101196805123015 4",
    "青石镇 柳溪村 五组 H2 张建国 - 2",
    "青石镇 柳溪村 三组 H3 李秀英 - 3",
    "青石镇 松林村 一组 H4 王小明 - 5",
    "青石镇 柳溪村 一组 - 赵大勇 990101197003034019 1",
)  # fmt: skip
