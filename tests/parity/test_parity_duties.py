"""The sheets on a plan's other cadences, recalculated by LibreOffice: as they were written, and after a number was changed."""

from pathlib import Path

import openpyxl
import pytest
from recalculate import compared, error_cells, recalculated

import bangfu_excel as bf
from bangfu_excel.profile.templates import templates

SAMPLES = Path(__file__).parents[2] / "samples"
FIRST = 4  # row of the first line of 各项频次


@pytest.fixture(
    scope="module", params=[("aixin-mama", "2014-06-30"), ("xiajiceng", "2013-06-30")], ids=lambda one: one[0]
)
def merged(request, tmp_path_factory):
    scheme, day = request.param
    registry = tmp_path_factory.mktemp("r") / "台账库"
    bf.merge(bf.check(SAMPLES / scheme / "inbox", scheme=scheme, as_of=day, registry=registry), bf.Registry(registry))
    return scheme, day, registry


def line(workbook: Path, row: int) -> tuple[object, ...]:
    """至少几次, 应办时段数, 完成时段数 of a line of 各项频次."""
    sheet = openpyxl.load_workbook(workbook, data_only=True)["各项频次"]
    return tuple(sheet.cell(row, column).value for column in (5, 7, 8))


def test_every_formula_gives_what_was_written(merged, tmp_path):
    scheme, day, registry = merged
    book = bf.assess(registry, scheme=scheme, as_of=day).write(tmp_path / "考核.xlsx")
    copy = recalculated(book, tmp_path / "copy")
    count, differences = compared(book, copy)
    assert (differences, error_cells(copy)) == ([], [])
    assert count > 50


def test_a_changed_number_gives_what_the_plan_with_that_number_gives(merged, tmp_path):
    scheme, day, registry = merged
    book = bf.assess(registry, scheme=scheme, as_of=day).write(tmp_path / "考核.xlsx")
    changed = openpyxl.load_workbook(book)
    changed["各项频次"].cell(FIRST, 5).value = 2
    changed.save(tmp_path / "改.xlsx")
    text = (templates() / "schemes" / f"{scheme}.toml").read_text(encoding="utf-8")
    before, at, after = text.partition("[[cadences]]")
    plan = tmp_path / f"{scheme}.toml"
    plan.write_text(before + at + after.replace("count = 1", "count = 2", 1), encoding="utf-8")
    other = bf.assess(registry, scheme=plan, as_of=day).write(tmp_path / "另.xlsx")
    assert line(recalculated(tmp_path / "改.xlsx", tmp_path / "copy"), FIRST) == line(other, FIRST)
    assert line(other, FIRST)[0] == 2
    assert line(other, FIRST)[2] < line(book, FIRST)[2]
