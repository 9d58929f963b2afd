"""Quantities with their unit in the cell: both are read, and it is said that they were parted."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scenarios"))
from drawn_books import check, column

HEADER = "| 收支时间 | 资金或物资名称 | 数量 | 受赠人 |"


def read(*written, header=HEADER, more=""):
    rows = "\n".join(f"| 2024-03-0{n} | 物资 | {text} | 张建国 | {more}" for n, text in enumerate(written, start=1))
    return check(物资=f"{header}\n{rows}")


def notes(batch):
    return {f.code: (f.place.cell, f.message) for f in batch.findings if f.code.startswith("NV02")}


@pytest.mark.parametrize(
    ("written", "quantity", "unit"),
    [
        ("3台", 3, "台"),
        ("2袋 面粉", 2, "袋"),
        ("约5袋", 5, "袋"),
        ("1.5公斤", 1.5, "公斤"),
        ("两头", 2, "头"),
        ("3", 3, None),
    ],
)
def test_a_unit_behind_a_quantity_is_that_in_which_it_is_counted(written, quantity, unit):
    batch = read(written)
    assert (column(batch, "fund", "quantity"), column(batch, "fund", "unit")) == ([quantity], [unit])


def test_one_note_says_that_they_were_parted():
    said = notes(read("3台", "2袋 面粉", "4"))
    assert said == {"NV02b": ("C2", "“数量”有2处数量后写有计量单位，数量和单位已分开，如第2行“3台”读作“3，单位台”")}


def test_a_unit_in_a_column_of_its_own_stands():
    batch = read("3台", header=HEADER + " 计量单位 |", more=" 袋 |")
    assert (column(batch, "fund", "unit"), set(notes(batch))) == (["袋"], {"NV02"})


def test_a_blank_cell_of_that_column_is_filled():
    batch = read("3台", "4", header=HEADER + " 计量单位 |", more=" |")
    assert column(batch, "fund", "unit") == ["台", None]
    assert [f.place.cell for f in batch.findings if f.code == "PV20e"] == ["E3"]


def test_a_measure_is_counted_in_its_own_unit():
    batch = check(
        措施="| 实施时间 | 帮扶对象姓名 | 措施类别 | 措施内容 | 数量 |\n| 2024-03-01 | 张建国 | 产业帮扶 | 送仔猪 | 3头 |"
    )
    assert (column(batch, "measure", "quantity"), column(batch, "measure", "quantity_unit")) == ([3], ["头"])
