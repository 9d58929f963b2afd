"""Invented batches: a table, and rows written as `(file, sheet, row, key, values)`."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bangfu_excel.core import kinds
from bangfu_excel.core.batch import Batch, FileRecord
from bangfu_excel.core.finding import Findings
from bangfu_excel.core.period import Period
from bangfu_excel.core.raw import CellType, RawColumn
from bangfu_excel.core.region import Source, SourceColumn
from bangfu_excel.core.rows import Rows
from bangfu_excel.core.table import Field, Privacy, Retention, Table
from bangfu_excel.merge import with_units

HOUSEHOLD = Table(
    "household",
    "帮扶对象户",
    fields=(
        Field("household_id", "户编号", kinds.KEY),
        Field("township", "乡镇", kinds.PLACE),
        Field("head_name", "户主姓名", kinds.PERSON),
        Field("head_id", "户主证件号码", kinds.IDENTITY, privacy=Privacy.IDENTITY),
        Field("member_count", "家庭人口数", kinds.INTEGER),
        Field("net_income", "家庭纯收入", kinds.MONEY),
        Field("identified_on", "识别时间", kinds.DATE),
        Field("phone", "联系电话", kinds.PHONE),
        Field("village", "村", kinds.PLACE),
    ),
    noun="户",
    counted=("户",),
    told_by=("head_name",),
    keys=(("household_id",), ("head_id",), ("township", "head_name")),
    needs=(("household_id", "head_name"),),
)
VISIT = Table(
    "visit",
    "走访",
    fields=(
        Field("household_id", "户编号", kinds.KEY),
        Field("visited_on", "走访日期", kinds.DATE),
        Field("visitors", "走访人", kinds.PERSONS),
        Field("content", "走访内容", kinds.TEXT),
    ),
    counted=("次",),
    told_by=("visited_on", "visitors"),
    keys=(("_recipient", "visited_on", "visitors"),),
    needs=(("visited_on",),),
    retention=Retention.LOG,
    dated_by="visited_on",
)
PAIRING = Table(
    "pairing",
    "结对",
    fields=(
        Field("recipient_id", "对象证件号码", kinds.IDENTITY, facet="recipient", privacy=Privacy.IDENTITY),
        Field("helper_name", "帮扶人", kinds.PERSON),
        Field("helper_phone", "帮扶人电话", kinds.PHONE),
        Field("village", "村", kinds.PLACE),
        Field("started_on", "结对时间", kinds.DATE),
        Field("ended_on", "结束时间", kinds.DATE),
    ),
    keys=(("recipient_id", "helper_name"),),
    needs=(("helper_name",),),
)
TABLES = {t.name: t for t in (HOUSEHOLD, VISIT, PAIRING)}


@dataclass(frozen=True)
class Line:
    """One row of a sheet; `says` in canonical names. A value that is withheld stands in `bad` as it is written."""

    file: str
    row: int
    says: dict[str, object]
    table: Table = HOUSEHOLD
    sheet: str = "花名册"
    outcome: str = "accepted"
    key: str | None = None
    recipient: str | None = None
    helper: str | None = None
    bad: dict[str, str] | None = None
    pending: bool = False


def rows_of(lines: Sequence[Line]) -> Rows:
    """Rows of a run; every sheet has one region a table with all the table's fields as columns A, B, C …"""
    origins = list(dict.fromkeys((line.file, line.sheet, line.table.name) for line in lines))
    sources = tuple(_source(lines, *origin) for origin in origins)
    frames = {}
    for table in dict.fromkeys(line.table.name for line in lines):
        own = [line for line in lines if line.table.name == table]
        frame = pd.DataFrame({f.name: _column(own, f) for f in own[0].table.fields})
        for name, values in {
            "_file": [line.file for line in own],
            "_sheet": [line.sheet for line in own],
            "_outcome": [line.outcome for line in own],
            "_withheld": ["、".join(line.bad or ()) for line in own],
            "_key": [line.key or line.says.get("household_id") for line in own],
            "_recipient": [line.recipient or line.says.get("household_id") for line in own],
            "_helper": [line.helper for line in own],
            "_link": ["exact"] * len(own),
        }.items():
            frame[name] = pd.Series(values, dtype="str")
        frame["_row"] = np.array([line.row for line in own], dtype=np.int64)
        frame["_region"] = np.array([origins.index((w.file, w.sheet, table)) for w in own], dtype=np.int32)
        frame["_pending"] = [line.pending for line in own]
        frames[table] = frame
    return Rows(frames, sources)


def batch_of(
    lines: Sequence[Line],
    *,
    period: str = "2024-06",
    version: str = "",
    submitter: str = "",
    supplement: bool = False,
) -> Batch:
    """A batch of these lines; a file's bytes are its name and `version`. supplement: all its rows only add."""
    rows = with_units(rows_of(lines), {line.table.name: line.table for line in lines})
    for name, frame in rows.frames.items():
        rows = rows.with_frame(name, frame.assign(_adds=supplement))
    records = tuple(
        FileRecord(
            file,
            hashlib.sha256((file + version).encode()).hexdigest(),
            "xlsx",
            "read",
            submitter,
        )
        for file in dict.fromkeys(line.file for line in lines)
    )
    span = Period.parse(period)
    return Batch(rows, Findings(), pd.DataFrame(), records, "default", span.end, span, TABLES)


def _column(lines: Sequence[Line], field: Field) -> pd.Series:
    values = [line.says.get(field.name) for line in lines]
    dtype = field.kind.dtype
    return pd.Series(pd.to_datetime(values) if dtype.startswith("datetime") else values, dtype=dtype)


def _source(lines: Sequence[Line], file: str, sheet: str, table: str) -> Source:
    own = [line for line in lines if (line.file, line.sheet, line.table.name) == (file, sheet, table)]
    columns = {}
    for index, field in enumerate(own[0].table.fields):
        written = {line.row: str((line.bad or {}).get(field.name) or line.says.get(field.name) or "") for line in own}
        values = (None, *dict.fromkeys(text for text in written.values() if text))
        codes = np.zeros(max(written) if written else 0, dtype=np.int32)
        for row, text in written.items():
            codes[row - 1] = values.index(text) if text else 0
        types = np.array([CellType.EMPTY] + [CellType.TEXT] * (len(values) - 1), dtype=np.uint8)
        columns[field.name] = SourceColumn(index, field.label, RawColumn(codes, values, types))
    return Source(file, sheet, table, columns)
