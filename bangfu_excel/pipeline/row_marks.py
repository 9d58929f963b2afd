"""补报, said of a single row: in its 备注, or in a column such as 是否补报 or 填报类型."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.fold import fold
from bangfu_excel.core.raw import Cell, CellType, cell_text
from bangfu_excel.core.region import MappedColumn, MappedRegion, TypedRegion
from bangfu_excel.core.rows import ADDS

_REMARKS = re.compile(r"备注|说明|其他备注|备注说明|情况说明|备注\(说明\)")
_KINDS = re.compile(r"(?:填报|报送|上报|报表|数据|记录|走访)?(?:类型|类别|性质|方式)")
_ASKED = re.compile(r"(?:是否)?(?:为|属于?)?(?:补报|增补)(?:标[志识记])?")
_BREAKS = re.compile(r"[,;:。、!/()\[\]]")
_FILLING = re.compile(
    r"(?:20\d\d年?)?\d{1,2}月(?:份|\d{1,2}[日号])?|20\d\d年(?:度)?|上(?:个)?(?:月|季度|期)|漏报|迟报|漏填|属于?|系|为|是|此条|本条|该条|本次|的"
    r"|走访|入户|数据|记录|信息"
)


def with_marks(region: MappedRegion, typed: Sequence[TypedRegion]) -> tuple[TypedRegion, ...]:
    """The typed regions of `region`, those that have rows which say 补报 with the column `_adds`."""
    rows = marked_rows(region)
    if not len(rows):
        return tuple(typed)
    return tuple(replace(one, frame=one.frame.assign(**{ADDS: one.frame["_row"].isin(rows)})) for one in typed)


def marked_rows(region: MappedRegion) -> NDArray[np.int64]:
    """Excel's numbers of the data rows that say of themselves that they are 补报."""
    data = region.data_rows
    marked = np.zeros(len(data), dtype=bool)
    for column in _columns(region):
        raw = region.sheet.columns[column.index]
        header = fold(column.label.rpartition("/")[2])
        says = [_says(cell_text(Cell(CellType(int(t)), v)), header) for t, v in zip(raw.types, raw.values, strict=True)]
        if any(says):
            marked |= np.array(says, dtype=bool)[raw.codes[data]]
    return data[marked] + 1


def _columns(region: MappedRegion) -> Iterator[MappedColumn]:
    """The columns that may say it, each once."""
    mapped = (column for part in region.parts for column in part.columns)
    seen: set[int] = set()
    for column in (*mapped, *region.unmapped):
        header = fold(column.label.rpartition("/")[2])
        asked = any(form.fullmatch(header) for form in (_REMARKS, _KINDS, _ASKED))
        if (asked or column.field == "remark") and column.index not in seen:
            seen.add(column.index)
            yield column


def _says(text: str, header: str) -> bool:
    """补报, 6月补报, 补报（上月漏报）; a column 是否补报 may say 是. Not 照片待补报, 不是补报."""
    folded = fold(text)
    if folded in ("是", "√", "y") and _ASKED.fullmatch(header):
        return True
    return any(_FILLING.sub("", part) in ("补报", "增补") for part in _BREAKS.split(folded))
