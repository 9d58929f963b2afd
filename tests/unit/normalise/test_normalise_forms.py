"""A form's values are typed like a table's, and every finding stands at the cell of the form."""

from __future__ import annotations

import numpy as np

from bangfu_excel.core.raw import CellType, RawColumn, RawSheet
from bangfu_excel.core.region import FormCell, MappedColumn, MappedRegion, RowKind, Source, SourceColumn, TablePart
from bangfu_excel.domain import TABLES
from bangfu_excel.normalise import NormaliseSettings, normalise


def column(*texts):
    """A column of these texts, "" being empty."""
    values = [None, *texts]
    types = np.array([CellType.EMPTY] + [CellType.TEXT] * len(texts), dtype=np.uint8)
    return RawColumn(np.array([i if t else 0 for i, t in enumerate(texts, start=1)], dtype=np.int32), values, types)


def region():
    """Two forms, whose records stand in rows 2 and 12: names in B2 and B12, their number of members in F5 and F15."""
    names = column("", "张三", *[""] * 9, "李四")
    counts = column("", "3", *[""] * 9, "无数")
    part = TablePart(
        "household", (MappedColumn("head_name", 0, "户主姓名"), MappedColumn("member_count", 1, "家庭人口"))
    )
    kinds = np.full(12, RowKind.HEADER, dtype=np.uint8)
    kinds[[1, 11]] = RowKind.DATA
    cells = {
        0: {2: FormCell(2, 1, "张三"), 12: FormCell(12, 1, "李四")},
        1: {2: FormCell(5, 5, "3"), 12: FormCell(15, 5, "无数")},
    }
    return MappedRegion("a.xlsx", RawSheet("登记表", 12, (names, counts)), (part,), kinds, cells=cells, width=6)


def test_a_problem_stands_at_the_cell_of_the_form():
    typed, findings = normalise(region(), region().parts[0], TABLES["household"], NormaliseSettings())
    assert typed.frame["_row"].tolist() == [2, 12]
    assert typed.frame["head_name"].tolist() == ["张三", "李四"]
    (wrong,) = (f for f in findings if f.severity == "error")
    place = wrong.place
    assert (place.cell, place.row, place.record, place.label, place.value) == (
        "F15",
        15,
        12,
        "家庭人口",
        "无数",
    )


def test_the_place_of_a_field_without_a_label_is_the_forms_first_cell():
    typed, _ = normalise(region(), region().parts[0], TABLES["household"], NormaliseSettings())
    assert typed.source.place(12, "cause").cell == "B12"
    assert typed.source.scattered


def test_a_form_is_marked_from_its_first_row_and_right_of_the_sheet_as_submitted():
    extent = region().extent
    assert (extent.header_row, extent.last_row, extent.width) == (1, 12, 6)


def test_a_column_of_a_table_is_no_forms():
    source = Source("a.xlsx", "Sheet1", "household", {"phone": SourceColumn(3, "电话", column("1", "2"))})
    assert (source.place(2, "phone").cell, source.place(2, "phone").record) == ("D2", 2)
    assert not source.scattered
