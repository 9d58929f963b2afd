"""The samples: exactly what is promised is found, and the script that made them makes them again."""

import csv
import hashlib
import subprocess
import sys
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


def test_the_script_makes_the_same_files(tmp_path):
    subprocess.run([sys.executable, str(SAMPLES / "make.py"), str(tmp_path)], check=True)
    assert digests(tmp_path) == digests(SAMPLES / "default")


def digests(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
