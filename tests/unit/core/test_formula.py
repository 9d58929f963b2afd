"""Sums over cells as a clerk or a form writes them."""

import pytest

from bangfu_excel.core.formula import CellRef, FormulaError, cell_at, cells_of, computed, parsed

NUMBERS = {"C5": 10, "D5": 4, "E5": 6, "C6": 2.5, "A1": None, "表 2!B2": 7, "上期!表1!C5": 9}


def given(text, blank=0.0):
    def look(ref):
        return NUMBERS.get(str(ref).removeprefix("表1!") if not ref.last else str(ref))

    return computed(parsed(text, "表1"), look, lambda ref: blank)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("C5", 10),
        ("=D5+E5", 10),
        ("表1!D5＋表1!E5", 10),
        ("$C$5-D5-E5", 0),
        ("C5-(D5-E5)", 12),
        ("2*D5+E5/3", 10),
        ("D5×2÷4", 2),
        ("-D5+C5", 6),
        ("SUM(C5:E5)", 20),
        ("sum(C5:E6,1)", 23.5),
        ("合计(C5:D5)", 14),
        ("ROUND(C6/3,2)", 0.83),
        ("MAX(C5:E5)-MIN(C5:E5)", 6),
        ("AVERAGE(C5:E5)", pytest.approx(20 / 3)),
        ("C5*5%", 0.5),
        ("'表 2'!B2+1", 8),
        ("C5-上期!表1!C5", 1),
        ("A1+1", 1),
        ("SUM(A1:A9)", 0),
    ],
)
def test_it_gives(text, value):
    assert given(text) == value


def test_a_blank_cell_that_is_named_alone_is_asked_about_one_in_a_span_is_not():
    assert given("A1+1", blank=5.0) == 6
    assert given("SUM(A1:A1)+1", blank=5.0) == 1


@pytest.mark.parametrize("text", ["", "C5+", "(C5", "C5:D6 C7", "VLOOKUP(C5,A1:B2,2)", "合格", "C5;D5", "C5:3", "1:2"])
def test_what_is_no_sum_over_cells_is_refused(text):
    with pytest.raises(FormulaError):
        given(text)


def test_a_span_alone_is_no_number():
    with pytest.raises(FormulaError, match="SUM"):
        given("C5:D5")


def test_every_cell_is_named_with_its_sheet_and_period():
    assert list(cells_of(parsed("SUM(B2:C2)-上期!表3!D9", "表1"))) == [
        CellRef("表1", 2, 2), CellRef("表1", 2, 3), CellRef("表3", 9, 4, last=True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "at"), [("C5", (5, 3)), ("$AA$10", (10, 27)), ("ｃ５", (5, 3)), ("C0", None), ("5C", None)]
)
def test_an_address_is_a_row_and_a_column(text, at):
    assert cell_at(text) == at
