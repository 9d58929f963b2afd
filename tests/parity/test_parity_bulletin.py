"""The workbook of a bulletin: what is written beside every formula is what LibreOffice makes of it, and its sums are the bulletin's."""

from pathlib import Path

import openpyxl
import pytest
from recalculate import differences

import bangfu_excel as bf

INBOX = Path(__file__).parents[2] / "samples" / "xiajiceng" / "inbox"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    bf.run(INBOX, folder / "out", scheme="xiajiceng", registry=folder / "库", as_of="2013-06-30", engine="serial")
    (path,) = (folder / "out" / "考核").glob("*月通报*.xlsx")
    return path


def test_every_formula_gives_what_was_written(book, tmp_path):
    count, found = differences(book, tmp_path)
    assert found == []
    assert count > 20


def test_the_sums_are_those_of_the_visits(book):
    sheet = openpyxl.load_workbook(book, data_only=True)["走访情况"]
    head = [str(cell.value).replace("\n", "") for cell in sheet[3]]
    total = next(row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0] == "合计")
    said = dict(zip(head, total, strict=True))
    assert {name: said[name] for name in ("结对户数", "入户次数", "走到户数", "进村天次", "应进村周数")} == {
        "结对户数": 5, "入户次数": 5, "走到户数": 4, "进村天次": 4, "应进村周数": 10,
    }  # fmt: skip
