"""The rate of met windows counts the rows of 数据-应访 at every level, of schools and villages too."""

import datetime as dt
import sys
from pathlib import Path

import openpyxl
import pytest
from recalculate import all_recalculated, compared, error_cells

sys.path.insert(0, str(Path(__file__).parents[1] / "unit/assess"))

from assess_case import households, pairings, visits

from bangfu_excel.assess import assess
from bangfu_excel.core.period import Period
from bangfu_excel.domain import TABLES
from bangfu_excel.profile import load_scheme
from bangfu_excel.write.assessment_book import write_assessment

HOMES = households(*((f"H{number}", f"镇{number % 2}") for number in range(12)))
HOMES["village"] = [f"村{number % 3}" for number in range(12)]
PAIRED = pairings(
    *((f"甲{number % 4}@石门小学" if number % 3 else "乙@水利局", f"H{number}", None, None) for number in range(12)),
    ("丙@石门小学", "H1", None, None),
)
WENT = visits(
    *((f"甲{number % 4}@石门小学", f"H{number}", "2024-05-15", "入户") for number in (1, 2, 4, 7)),
    ("乙@水利局", "H0", "2024-06-03", "入户"), ("丙@石门小学", "H1", "2024-06-03", "入户"),
)  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    plan = load_scheme("default")
    levels = ("school", "village", "township", "unit", "helper")
    plan = plan.model_copy(update={"assessing": plan.assessing.model_copy(update={"levels": levels})})
    tables = {"household": HOMES, "pairing": PAIRED, "visit": WENT}
    made = assess(tables, plan, Period.parse("2024Q2"), dt.date(2024, 6, 30), declared=TABLES)
    return write_assessment(made, tmp_path_factory.mktemp("考核") / "考核.xlsx")


def test_every_formula_of_every_level_gives_what_was_written(book, tmp_path):
    copy = all_recalculated([book], tmp_path)[book]
    assert compared(book, copy)[1] == []
    assert error_cells(copy) == []


def test_each_window_is_listed_once(book):
    sheets = openpyxl.load_workbook(book, data_only=True)
    assert "数据-走访达标率" not in sheets.sheetnames
    assert sheets["数据-应访"].max_row == 3 + 13 * 3  # pairs × months
    rows = {
        (row[0], row[2]): row[5:7]
        for row in sheets["指标明细"].iter_rows(min_row=4, values_only=True)
        if row[3] == "入户达标"
    }
    assert rows["学校", "石门小学"] == (5, 24)
    assert rows["村", "镇1村1"] == (3, 6)
