"""A stored number is said as Excel shows it, with no digit that Excel does not keep."""

import pytest

from bangfu_excel.core.raw import Cell, CellType, cell_text


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (990101196905050911.0, "990101196905051000"),
        (13800000000.0, "13800000000"),
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (1234567.89, "1234567.89"),
        (-5.5, "-5.5"),
        (0.0, "0"),
    ],
)
def test_numbers(number, said):
    assert cell_text(Cell(CellType.NUMBER, number)) == said
