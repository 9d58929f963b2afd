"""A row whose values slipped by one column is sent back as one thing, and ordinary faults are no slip."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest

import bangfu_excel as bf
from bangfu_excel.core.kinds.numbering import check_digit

HEADER = [
    "乡镇",
    "村",
    "组",
    "户编号",
    "户主姓名",
    "户主身份证号",
    "家庭人口数",
    "耕地面积",
    "联系电话",
    "识别时间",
    "帮扶责任人",
    "帮扶人电话",
]
NAMES = ["赵大山", "钱守田", "孙有福", "李春生", "周桂花", "吴秀英", "郑长根", "王二牛"]
DELETED, ADDED = "deleted", "added"


def citizen(number: int) -> str:
    first = f"990101{1950 + number % 50}{1 + number % 12:02d}{1 + number % 28:02d}{number % 1000:03d}"
    return first + check_digit(first)


def row(number: int) -> list[str]:
    return [
        "青石镇", "柳溪村", f"{number % 9 + 1}组", f"QS{number:05d}", NAMES[number % 8], citizen(number), "3", "2.5",
        f"1390001{number % 10000:04d}", "2020-03-05", NAMES[number // 8 % 8], f"1380002{number % 10000:04d}",
    ]  # fmt: skip


def slip(values: list[str], column: int, how: str) -> list[str]:
    if how == DELETED:
        return [*values[:column], *values[column + 1 :], ""]
    return [*values[:column], "", *values[column:-1]]


def check(folder: Path, rows: list[list[str]], header: list[str] = HEADER):
    with (folder / "花名册.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return bf.check(folder, as_of="2024-06-30")


def of_row(batch, number: int) -> list[tuple[str, str]]:
    return [(f.code, str(f.effect)) for f in batch.findings if f.place.row == number and f.count == 1]


@pytest.mark.parametrize("how", [DELETED, ADDED])
@pytest.mark.parametrize("column", range(7))
def test_one_slipped_row_is_one_finding_and_nothing_of_it_is_taken(column: int, how: str, tmp_path: Path):
    rows = [row(number) for number in range(12)]
    rows[5] = slip(rows[5], column, how)
    batch = check(tmp_path, rows)
    assert of_row(batch, 7) == [("LY67", "row")]
    households = batch.rows["household"].set_index("_row")
    assert households.loc[7, "_outcome"] == "returned"
    assert households.loc[7, ["township", "village", "head_name", "head_id", "phone"]].isna().all()
    assert (households.drop(index=7)["_outcome"] == "accepted").all()
    assert batch.rows["pairing"].set_index("_row")["_outcome"].get(7, "returned") == "returned"


def test_the_finding_says_where_it_begins_and_names_the_cells(tmp_path: Path):
    rows = [row(number)[:2] + row(number)[4:7] for number in range(8)]
    rows[3] = ["", *rows[3][:-1]]
    batch = check(tmp_path, rows, ["乡镇", "村", "户主姓名", "身份证号", "家庭人口数"])
    (told,) = (f for f in batch.findings if f.code == "LY67")
    assert (told.place.cell, told.related) == ("B5", ("C5", "D5", "E5"))
    assert told.message == (
        "第5行从“村”列起整行错了一格：“村”、“户主姓名”、“身份证号”、“家庭人口数”填的像是左边一列的内容，这一行没有采用"
    )


def test_a_number_under_a_village_tells_of_a_slip_too(tmp_path: Path):
    rows = [[row(number)[4], row(number)[5], "柳溪村"] for number in range(8)]
    rows[3] = ["", *rows[3][:-1]]
    assert of_row(check(tmp_path, rows, ["户主姓名", "户主身份证号", "村"]), 5) == [("LY67", "row")]


def test_two_cells_changed_round_are_no_slip(tmp_path: Path):
    rows = [row(number) for number in range(8)]
    for values, (left, right) in zip(rows, pairwise(range(3, 11)), strict=False):
        values[left], values[right] = values[right], values[left]
    assert "LY67" not in {f.code for f in check(tmp_path, rows).findings}


def test_ordinary_faults_are_no_slip(tmp_path: Path):
    faults = [
        (5, "99010119680512301"), (5, "未办理"), (5, "全家"), (8, "1390001"), (8, "无"), (8, "外出"), (6, "45"), (6, "三口之家"), (7, "约"),
        (9, "去年春天"), (9, "2020-13-40"), (4, "户主"), (4, "张某某"), (10, "水利局"), (10, "李明13900020002"), (11, "见左"), (3, "没有编号"),
        (2, "柳溪村"), (1, "青石镇"), (0, "柳溪村"), (5, "990101196805123013"), (8, "990101196805123013"), (4, ""), (5, ""),
    ]  # fmt: skip
    rows = []
    for number in range(2400):
        values = row(number)
        for step in (1, 5, 7):  # three faults a row, in ever other company
            column, text = faults[(number * step + number // 24) % len(faults)]
            values[column] = text
        rows.append(values)
    slipped = [rows[f.place.row - 2] for f in check(tmp_path, rows).findings if f.code == "LY67"]
    assert slipped == []


def test_a_person_named_like_a_place_of_the_table_is_no_person(tmp_path: Path):
    rows = [[*row(number)[:2], row(number)[4], ""] for number in range(8)]
    rows[2][2] = "柳溪村"
    rows[4][2] = "高新村"  # a place that is not in the table: who knows
    batch = check(tmp_path, rows, ["乡镇", "村", "户主姓名", "备注"])
    assert of_row(batch, 4) == [("ID28", "row")]
    assert of_row(batch, 6) == []


def test_a_household_known_by_its_number_only_loses_the_name_that_is_a_place(tmp_path: Path):
    rows = [row(number) for number in range(8)]
    rows[2][4] = "柳溪村"
    batch = check(tmp_path, rows)
    assert of_row(batch, 4) == [("ID28", "field")]


def test_a_township_written_with_the_village_is_not_missing(tmp_path: Path):
    rows = [["".join(row(number)[:3]), *row(number)[4:7]] for number in range(8)]
    batch = check(tmp_path, rows, ["所在乡镇村组", "户主姓名", "身份证号", "总人口"])
    assert {f.code for f in batch.findings} == {"LY53", "RQ02"}
    assert batch.rows["household"]["member_count"].tolist() == [3] * 8
