"""The general samples: exactly what is promised is found. (test_samples_of_plans shows that the script makes them again.)"""

import csv
from pathlib import Path

import pytest

import bangfu_excel as bf

SAMPLES = Path(__file__).parents[2] / "samples"
ACCOUNT = ["title", "header", "blank", "total", "note", "data"]


@pytest.fixture(scope="module")
def batch():
    return bf.check(SAMPLES / "default" / "inbox", as_of="2024-06-30", engine="serial")


def test_exactly_the_promised_findings(batch):
    with (SAMPLES / "default" / "expected.csv").open(encoding="utf-8", newline="") as file:
        promised = [tuple(line.values()) for line in csv.DictReader(file)]
    found = [(f.place.file, f.place.sheet, f.place.cell, f.code) for f in batch.findings]
    assert sorted(found) == sorted(promised)


def test_every_row_is_accounted_for(batch):
    account = batch.reconciliation
    assert (account["rows"] == account[ACCOUNT].sum(axis="columns")).all()
    assert (account["data"] == account[["accepted", "returned", "duplicate"]].sum(axis="columns")).all()
    assert account["data"].sum() == 104


def test_nothing_is_wrong_with_the_clean_township(batch):
    own = [f for f in batch.findings if f.place.file.startswith("清水镇/")]
    assert {f.severity for f in own} == {"info"}
