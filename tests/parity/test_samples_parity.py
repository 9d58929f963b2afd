"""Every workbook of a run over the samples, opened and recalculated by LibreOffice."""

from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from recalculate import all_recalculated, compared, contents, error_cells

import bangfu_excel as bf

INBOX = Path(__file__).parents[2] / "samples" / "default" / "inbox"
ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    bf.run(INBOX, folder / "out", registry=folder / "台账库", as_of="2024-06-30", engine="serial")
    return folder / "out"


@pytest.fixture(scope="module")
def copies(out, tmp_path_factory):
    return all_recalculated(sorted(out.rglob("*.xlsx")), tmp_path_factory.mktemp("copies"))


def made(copies):
    """The workbooks that are wholly ours: not the submitters' own, marked."""
    return {book: copy for book, copy in copies.items() if "退回" not in book.parts}


def test_the_run_writes_every_kind_of_workbook(copies):
    kinds = {book.stem.split("_")[0] for book in made(copies)}
    assert {"问题清单", "帮扶对象台账", "结对帮扶台账", "走访台账", "走访考核"} <= kinds
    assert len(copies) - len(made(copies)) >= 5


def test_every_formula_gives_what_was_written(copies):
    results = {book.name: compared(book, copy) for book, copy in made(copies).items()}
    assert {name: found for name, (_, found) in results.items() if found} == {}
    assert sum(count for count, _ in results.values()) > 400


def test_nothing_is_lost_when_libreoffice_opens_a_workbook(copies):
    for book, copy in copies.items():
        before, after = contents(book), contents(copy)
        assert before.keys() - after.keys() == set(), book.name
        texts = {at: value for at, value in before.items() if isinstance(value, str) and value not in ERRORS}
        assert {at: after[at] for at in texts} == texts, book.name


def test_no_cell_of_ours_shows_an_error(copies):
    for book, copy in made(copies).items():
        assert error_cells(copy) == [], book.name


def test_the_submitters_own_error_is_still_there(copies):
    found = {book.name: error_cells(copy) for book, copy in copies.items()}
    assert {name: cells for name, cells in found.items() if cells} == {"帮扶对象花名册.xlsx": [("花名册", "K8")]}


def test_every_link_leads_to_a_sheet_of_a_returned_workbook(out):
    sheet = openpyxl.load_workbook(out / "问题清单.xlsx")["问题清单"]
    links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links
    for link in links:
        place, cell = link.location.rsplit("!", 1)
        target = openpyxl.load_workbook(out / unquote(link.target))
        assert target[place.strip("'").replace("''", "'")][cell] is not None
