"""Random layouts around random faults: a roster, how it is laid out, and what must be found where."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from io import BytesIO

import openpyxl
from hypothesis import strategies as st

from bangfu_excel.core.address import cell_name

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

COLUMNS = {
    # field: headers that mean it, of which a layout picks one; None: the group heading over it
    "household_id": ("户编号", "户码", " 户 号*"),
    "head_name": ("户主姓名", "户主", "户主\n姓名"),
    "head_id": ("户主身份证号码", "户主证件号码"),
    "village": ("村", "行政村", "所在村"),
    "member_count": ("家庭人口数", "家庭人口（人）", "1.家庭人口"),
    "labour_count": ("劳动力人数", "劳动力数"),
    "cause": ("致贫原因", "主要致贫原因", "致貧原因"),
    "net_income": ("家庭纯收入（元）", "家庭纯收入(元)"),
    "phone": ("联系电话", "联系方式", "电话号码"),
}
REQUIRED = ("household_id", "head_name", "village")
CAUSES = ("因病", "因残", "因学", "缺技术", "缺资金")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "伟芳娜敏静丽强磊军洋"


def citizen(number: int) -> str:
    """A valid number of the invented area 990101."""
    body = f"990101{1950 + number % 50}{1 + number % 12:02d}{1 + number % 28:02d}{number % 1000:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def honest_row(number: int) -> dict[str, object]:
    """One household in which nothing is wrong; different for each number."""
    return {
        "household_id": f"HH{number:05d}",
        "head_name": SURNAMES[number % 10] + GIVEN[number // 10 % 10] + GIVEN[number // 100 % 10],
        "head_id": citizen(number * 37 + 11),
        "village": f"{'东西南北'[number % 4]}山村",
        "member_count": 2 + number % 5,
        "labour_count": 1 + number % 2,
        "cause": CAUSES[number % 5],
        "net_income": 20000 + number,
        "phone": f"138{number:08d}",
    }


@dataclass(frozen=True)
class Fault:
    """A wrong value for one field, and the code of the finding that it must bring."""

    field: str
    value: object
    code: str


FAULTS = (
    Fault("head_id", 990101195001011230.0, "ID23"),
    Fault("head_id", "99010119500101123", "ID02"),
    Fault("head_id", "990101195013011236", "ID03"),
    Fault("member_count", 99, "VL01"),
    Fault("labour_count", 30, "HH08"),
    Fault("cause", "因为穷", "HH06"),
    Fault("phone", "1380000", "ID16"),
    Fault("net_income", "不清楚", "NV22"),
    Fault("head_name", "张3", "ID14"),
)


@dataclass
class Layout:
    """A workbook in memory, and what must be found in it."""

    content: bytes
    expected: set[tuple[str, str]] = field(default_factory=set)  # cell, code
    rows: int = 0
    data: int = 0


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """A roster of 1–8 households under any title rows, header levels, order, blank, total and note rows, with faults."""
    optional = draw(st.lists(st.sampled_from([f for f in COLUMNS if f not in REQUIRED]), unique=True))
    fields = draw(st.permutations([*REQUIRED, *optional]))
    headers = {name: draw(st.sampled_from(COLUMNS[name])) for name in fields}
    households = draw(st.integers(1, 8))
    book = openpyxl.Workbook()
    sheet = book.active
    offset = draw(st.integers(0, 2))  # empty columns at the left
    row = _write_top(draw, sheet, len(fields) + offset)
    row = _write_header(draw, sheet, row, [headers[name] for name in fields], offset)
    layout = Layout(b"")
    for number in range(households):
        row += draw(st.sampled_from((0, 0, 0, 1)))  # a blank row now and then
        values = honest_row(draw(st.integers(0, 99)) + 100 * number)
        fault = draw(st.one_of(st.none(), st.sampled_from([f for f in FAULTS if f.field in fields])))
        if fault:
            values[fault.field] = fault.value
            layout.expected.add((cell_name(row, offset + fields.index(fault.field)), fault.code))
        for column, name in enumerate(fields, start=offset + 1):
            sheet.cell(row, column, values[name])
        row += 1
        layout.data += 1
        if draw(st.integers(0, 5)) == 0:
            sheet.cell(row, offset + 1, draw(st.sampled_from(("小计", "合 计"))))
            row += 1
    if draw(st.booleans()):
        sheet.cell(row, offset + 1, draw(st.sampled_from(("填表人：某某    审核人：某某", "注：本表一式两份。"))))
        row += 1
    stream = BytesIO()
    book.save(stream)
    layout.content, layout.rows = stream.getvalue(), row - 1
    return layout


def _write_top(draw: st.DrawFn, sheet: openpyxl.worksheet.worksheet.Worksheet, width: int) -> int:
    """Title and metadata rows; the number of the first header row."""
    row = 1 + draw(st.integers(0, 2))  # empty rows above everything
    for text in draw(
        st.lists(
            st.sampled_from(("东山乡脱贫户花名册", "填报单位：东山乡    填报时间：2024年6月", "（2024年度）")),
            max_size=3,
            unique=True,
        )
    ):
        sheet.cell(row, 1, text)
        if width > 1 and draw(st.booleans()):
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
        row += 1
    return row


def _write_header(
    draw: st.DrawFn, sheet: openpyxl.worksheet.worksheet.Worksheet, row: int, headers: list[str], offset: int
) -> int:
    """One to three header rows; the number of the row after them."""
    levels = draw(st.integers(1, 3))
    last = row + levels - 1
    for column, text in enumerate(headers, start=offset + 1):
        if levels == 1 or draw(st.booleans()):
            sheet.cell(row, column, text)
            if levels > 1:
                sheet.merge_cells(start_row=row, start_column=column, end_row=last, end_column=column)
        else:
            sheet.cell(row, column, "基本情况")
            sheet.cell(last, column, text)
    return last + 1


AS_OF = dt.date(2024, 6, 30)
