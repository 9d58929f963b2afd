"""Promises 1–3: whatever stands around a table, every fault is found at its address and every row is accounted for."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from layouts import AS_OF, layouts

import bangfu_excel as bf
from bangfu_excel.core.finding import Severity


def checked(content):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "东山乡.xlsx").write_bytes(content)
        return bf.check(folder, as_of=AS_OF, engine="serial")


@given(layouts())
def test_every_fault_is_found_at_its_address_and_nothing_else(layout):
    batch = checked(layout.content)
    errors = {(f.place.cell, f.code) for f in batch.findings if f.severity is Severity.ERROR}
    assert errors == layout.expected


@given(layouts())
def test_the_accounts_balance(layout):
    account = checked(layout.content).reconciliation
    kinds = ["title", "header", "blank", "total", "note", "data"]
    assert (account["rows"] == account[kinds].sum(axis="columns")).all()
    assert (account["data"] == account[["accepted", "returned", "duplicate"]].sum(axis="columns")).all()
    assert account["data"].sum() == layout.data
    assert account["rows"].sum() == layout.rows


@given(layouts())
def test_the_same_workbook_gives_the_same_findings(layout):
    first, second = checked(layout.content), checked(layout.content)
    assert first.findings == second.findings
    assert all(first.tables[name].equals(second.tables[name]) for name in first.tables)


def test_a_misplaced_address_would_be_noticed(monkeypatch):
    """The property can fail: an address one row off is not the address."""
    import bangfu_excel.core.region as region

    monkeypatch.setattr(region, "cell_name", lambda row, column: f"A{row + 1}")
    with pytest.raises(AssertionError):
        test_every_fault_is_found_at_its_address_and_nothing_else()
