"""Promises 1–3: whatever stands around a table, every fault is found at its address and every row is accounted for."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from layouts import AS_OF, layouts

import bangfu_excel as bf
from bangfu_excel.core.account import region_account
from bangfu_excel.core.address import cell_name
from bangfu_excel.core.finding import Severity

quickly = settings(max_examples=40, phases=[Phase.generate], derandomize=True, database=None)
"""For showing that a property can fail: the first failing example is enough, and is not shrunk."""


def checked(layout):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / layout.file).write_bytes(layout.content())
        return bf.check(folder, as_of=AS_OF, engine="serial")


def cells(finding):
    """Sheet and cell of everything that a finding stands for."""
    further = finding.related if finding.count > 1 else ()
    for cell in (finding.place.cell, *further):
        sheet, _, name = cell.rpartition("!")
        yield sheet.rpartition("|")[2] or finding.place.sheet, name


def assert_exactly_the_faults(layout, batch):
    errors = [f for f in batch.findings if f.severity is Severity.ERROR]
    found = {(sheet, cell, f.code) for f in errors for sheet, cell in cells(f)}
    assert found == layout.expected
    assert len({(f.place, f.code) for f in errors}) == len(errors), "a bad cell is told once per rule"


def assert_told_as_written(layout, batch):
    """The label and the value of each finding are what the submitter's cell and its header hold."""
    grids = {sheet.name: sheet for sheet in layout.sheets}
    for finding in batch.findings:
        place = finding.place
        if finding.severity is not Severity.INFO and place.cell and place.field and finding.code != "PV29":
            written = grids[place.sheet].at(place.cell)
            assert place.value == written or float(place.value) == float(written)
            assert place.label and f"第{place.row}行" in finding.message
            *groups, leaf = place.label.split("/")
            assert leaf in ["".join(text.split()) for text in grids[place.sheet].headers(place.cell)]
            assert {*groups} <= {text for line in grids[place.sheet].grid for text in line}


def assert_balanced(layout, batch):
    account = batch.reconciliation
    kinds = ["title", "header", "blank", "total", "note", "data"]
    assert (account["rows"] == account[kinds].sum(axis="columns")).all()
    assert (account["data"] == account[["accepted", "returned", "duplicate"]].sum(axis="columns")).all()
    for sheet in layout.sheets:
        line = account[account["sheet"] == sheet.name]
        counted = {name: int(line[name].sum()) for name in ("rows", "data", "total")}
        assert counted == {"rows": sheet.height, "data": sheet.data, "total": sheet.totals}, sheet.name
    rows = sum(len(frame) for frame in (*batch.tables.values(), *batch.returned.values()))
    assert rows + int(account["duplicate"].sum()) == sum(sheet.data for sheet in layout.sheets)


def assert_promises(layout):
    batch = checked(layout)
    assert_exactly_the_faults(layout, batch)
    assert_told_as_written(layout, batch)
    assert_balanced(layout, batch)


@settings(phases=[Phase.generate])  # a layout is small enough to be read as it is
@given(layouts())
def test_every_fault_is_found_at_its_address_and_every_row_is_accounted_for(layout):
    assert_promises(layout)


@pytest.mark.parametrize(
    ("module", "name", "broken"),
    [
        ("bangfu_excel.core.region", "cell_name", lambda row, column: cell_name(row + 1, column)),
        ("bangfu_excel.pipeline.files", "validate", lambda typed, table, wanted, notes: (typed, ())),
        (
            "bangfu_excel.pipeline.files",
            "region_account",
            lambda *args: replace(region_account(*args), counts=(0,) * 6),
        ),
    ],
    ids=["an address one row off", "a stage that keeps silent", "rows that are not counted"],
)
def test_a_broken_line_would_be_noticed(monkeypatch, module, name, broken):
    """The property can fail."""
    monkeypatch.setattr(f"{module}.{name}", broken)
    with pytest.raises((AssertionError, IndexError)):
        quickly(given(layouts())(assert_promises))()
