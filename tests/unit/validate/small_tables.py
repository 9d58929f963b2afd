"""Small tables, regions and rows that the specifications of validation are told with."""

import datetime as dt

import numpy as np
import pandas as pd

from bangfu_excel.core.codelist import CodeEntry, CodeList
from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.kinds import code, date, key, number, person, phone, text
from bangfu_excel.core.message import Subject
from bangfu_excel.core.period import Period
from bangfu_excel.core.raw import CellType, RawColumn
from bangfu_excel.core.region import Source, SourceColumn, TypedRegion
from bangfu_excel.core.rows import Rows
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.table import Field, Table
from bangfu_excel.validate import ValidateSettings

GIVEN = Given(as_of=dt.date(2024, 6, 30), period=Period.parse("2024-06"))
TENURE = CodeList("tenure", "住房", (CodeEntry("自有"), CodeEntry("租住")))
SETTINGS = ValidateSettings({"tenure": TENURE}, GIVEN)


@rule(
    "HH08", "劳动力多于人口", severity=Severity.ERROR, effect=Effect.FIELD, reads=("labour_count", "member_count"),
    at=("labour_count", "member_count"), says="第{row}行“{label}”{labour_count}人多于{member_count}人",
    suggests="请核对", basis="HH08", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def more_labour_than_people(t, given):
    return t["labour_count"] > t["member_count"]


@rule(
    "PV06", "没有电话", severity=Severity.WARNING, reads=("head_name", "phone"), blanks=("phone",), at=("phone",),
    says="第{row}行{head_name}没有电话", basis="PV06", subject=Subject.PAIRING,
)  # fmt: skip
def no_phone(t, given):
    return t["phone"].isna()


@rule(
    "PV09", "日期在将来", severity=Severity.ERROR, effect=Effect.ROW, reads=("visited_on",), at=("visited_on",),
    says="第{row}行日期是{visited_on}", suggests="请核对", basis="PV09", subject=Subject.PAIRING,
)  # fmt: skip
def in_the_future(t, given):
    return t["visited_on"] > pd.Timestamp(given.as_of)


HOUSEHOLD = Table(
    "household", "帮扶对象户",
    fields=(
        Field("township", "乡镇", text.Place()),
        Field("village", "村", text.Place()),
        Field("household_id", "户编号", key.Key()),
        Field("head_name", "户主姓名", person.Person()),
        Field("member_count", "家庭人口数", number.Integer(), unit="人", low=1, high=30),
        Field("labour_count", "劳动力数", number.Integer()),
        Field("housing", "住房", code.Code(), codelist="tenure"),
        Field("visited_on", "时间", date.Date()),
        Field("phone", "电话", phone.Phone()),
    ),
    keys=(("household_id",),), needs=(("household_id", "head_name"),),
    rules=(more_labour_than_people, no_phone, in_the_future),
)  # fmt: skip


def typed_region(columns, *, top=2, faulty=None, file="a.xlsx", sheet="表"):
    """A region whose header stands in Excel's row `top`, one column a field from A on; `faulty`: field → row positions."""
    frame, raws = {}, {}
    height = len(next(iter(columns.values())))
    for index, (name, values) in enumerate(columns.items()):
        kind = HOUSEHOLD[name].kind
        frame[name] = pd.Series(values, dtype=kind.dtype)
        stored = [None, *[str(v) if v is not None else "" for v in values]]
        codes = np.array([0] * top + list(range(1, height + 1)), dtype=np.int32)
        raw = RawColumn(codes, stored, np.array([0] + [CellType.TEXT] * height, dtype=np.uint8))
        raws[name] = SourceColumn(index, HOUSEHOLD[name].label, raw)
    masks = {}
    for name, positions in (faulty or {}).items():
        masks[name] = np.isin(np.arange(height), positions)
        frame[name] = frame[name].mask(masks[name])
    frame["_row"] = np.arange(top + 1, top + 1 + height, dtype=np.int64)
    stated = {name: frame[name].notna().to_numpy() | masks.get(name, False) for name in columns}
    source = Source(file, sheet, "household", raws)
    return TypedRegion(source, pd.DataFrame(frame), stated, masks, np.zeros(height, dtype=bool))


def rows_of(*regions, table="household", **extra):
    """Rows of one table from `regions`, as the pipeline joins them; `extra` adds columns such as `_key`."""
    frames = [
        r.frame.assign(
            _file=r.source.file, _sheet=r.source.sheet, _region=np.int32(i), _outcome="accepted", _withheld=""
        )
        for i, r in enumerate(regions)
    ]
    frame = pd.concat(frames, ignore_index=True)
    for name, values in extra.items():
        frame[name] = pd.Series(values, dtype="str")
    return Rows({table: frame}, tuple(r.source for r in regions))
