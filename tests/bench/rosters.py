"""Invented rosters of any size for the benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
_CAUSES = ("因病", "因残", "因学", "缺技术", "缺资金", "缺劳动力")

HEADER = (
    "序号", "乡镇", "村", "组", "户编号", "户主姓名", "户主身份证号码", "户类型", "家庭人口数", "劳动力人数",
    "致贫原因", "家庭纯收入（元）", "人均纯收入（元）", "耕地面积（亩）", "联系电话", "识别时间", "帮扶责任人", "帮扶单位", "帮扶人电话", "备注",
)  # fmt: skip
EXTRA = tuple(f"自定义栏{number}" for number in range(1, 11))


def citizen(number: int) -> str:
    """A valid number of the invented area 990101, different for each `number` below 8 million."""
    born = f"{1940 + number // 336 % 60}{1 + number % 12:02d}{1 + number // 12 % 28:02d}"
    body = f"990101{born}{number // 20160 % 500 * 2 + 1:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def row(number: int, township: str, faulty: bool) -> list[object]:
    """One household; a faulty one has an identity number with a wrong check digit or too many members."""
    name = _NAMES[number % 20] + _GIVEN[number // 20 % 20] + _GIVEN[number // 400 % 20]
    size = 1 + number % 6
    identity = citizen(number)
    income = 12000 + number % 30000
    helper = _NAMES[number // 50 % 20] + _GIVEN[number // 1000 % 20] + _GIVEN[number // 20000 % 20]
    if faulty and number % 2:
        identity = identity[:-1] + ("1" if identity[-1] != "1" else "2")
    elif faulty:
        size = 45
    return [
        number + 1, township, f"第{number // 400 % 25 + 1}村", f"{number % 9 + 1}组", f"HB{number:08d}", name, identity,
        "一般脱贫户", size, min(size, number % 4), _CAUSES[number % 6], income, round(income / size, 2), round(2 + number % 70 / 10, 1),
        f"138{number:08d}", "2020-03-05", helper,
        f"县第{number // 50 % 40 + 1}局", f"139{number // 50:08d}", "",
    ]  # fmt: skip


def rows(first: int, count: int, township: str, faulty_share: float) -> Iterator[list[object]]:
    """`count` households from number `first`, every n-th of them faulty."""
    for number in range(first, first + count):
        yield row(number, township, (number * 7919 % 1000) < faulty_share * 1000)


def in_month(listed: Iterator[list[object]], month: int) -> Iterator[list[object]]:
    """The households as they are in a month."""
    income = HEADER.index("家庭纯收入（元）")
    for number, values in enumerate(listed):
        if number % 1000 != month:
            yield [*values[:income], 12000 + number % 30000 + month * (number % 100 == month), *values[income + 1 :]]


def write_roster(
    path: Path, first: int, count: int, township: str, *, faulty_share: float = 0.0, extra: int = 0, month: int = 0
) -> None:
    """One workbook with a title, a header and `count` households; `extra` more columns that are no field.

    month: one household of a thousand is left out and one income of a hundred is another, each month others.
    """
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("花名册")
        sheet.write_string(0, 0, f"{township}帮扶对象花名册")
        sheet.write_row(1, 0, HEADER + EXTRA[:extra])
        more = [f"值{column}" for column in range(extra)]
        listed = rows(first, count, township, faulty_share)
        for position, values in enumerate(in_month(listed, month) if month else listed, start=2):
            sheet.write_row(position, 0, values + more)
