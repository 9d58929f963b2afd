"""Forms as households and helpers fill them in, written as real workbooks. The people are invented."""

from __future__ import annotations

import datetime as dt

import openpyxl

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
GIVEN = ["建国", "秀英", "志强", "桂花", "德福", "春兰", "海涛", "玉梅", "永胜", "彩霞"]
CAUSES = ("因病", "因残", "因学", "缺技术", "缺劳动力")


def number(serial: int, born: str, sex: int) -> str:
    """An identity number with a valid check digit; sex: 1 a man's, 0 a woman's."""
    body = f"990101{born}{serial * 2 + sex:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def household(position: int) -> dict[str, str]:
    """The household at `position` (0 … 199), its fields by label."""
    name = SURNAMES[position % 20] + GIVEN[position // 20]
    return {
        "户编号": f"YL{position:06d}",
        "户主姓名": name,
        "性别": "男",
        "身份证号": number(position, "19680512", 1),
        "乡镇": "青石镇",
        "村": "柳溪村",
        "家庭住址": f"青石镇柳溪村三组{position + 1}号",
        "联系电话": f"139{position:08d}",
        "致贫原因": CAUSES[position % 5],
        "家庭人口": "2",
    }


def members(position: int) -> list[list[str]]:
    """The rows of its members: head and wife."""
    head = household(position)
    wife = SURNAMES[(position + 7) % 20] + "秀兰"
    born = dt.date(1970, 1, 1) + dt.timedelta(days=position)  # or they would be taken for one another
    return [
        [head["户主姓名"], "户主", "男", head["身份证号"], "健康"],
        [wife, "配偶", "女", number(position, f"{born:%Y%m%d}", 0), "健康"],
    ]


MEMBER_HEADER = ["姓名", "与户主关系", "性别", "身份证号", "健康状况"]


def registration(position: int, **changed: str) -> openpyxl.Workbook:
    """The registration form of one household with its members, as one sheet of a workbook."""
    book = openpyxl.Workbook()
    put_registration(book.active, 1, position, **changed)
    return book


def put_registration(page, top: int, position: int, **changed: str) -> int:
    """The form from row `top` of a sheet; the row after it."""
    said = {**household(position), **changed}
    page.cell(top, 1, "农村低收入户登记表")
    page.merge_cells(start_row=top, start_column=1, end_row=top, end_column=6)
    pairs = [
        [("户编号", 2, 2), ("户主姓名", 4, 4), ("性别", 6, 6)],
        [("身份证号", 2, 4), ("联系电话", 6, 6)],
        [("乡镇", 2, 2), ("村", 4, 4), ("家庭人口", 6, 6)],
        [("家庭住址", 2, 4), ("致贫原因", 6, 6)],
    ]
    row = top + 1
    for line in pairs:
        for label, first, last in line:
            page.cell(row, first - 1, label)
            page.cell(row, first, said[label] or None)
            if last > first:
                page.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
        row += 1
    page.cell(row, 1, "家庭成员情况")
    page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=6)
    for line in (MEMBER_HEADER, *members(position)):
        row += 1
        for column, text in enumerate(line, start=1):
            page.cell(row, column, text)
    return row + 1
