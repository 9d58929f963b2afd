"""One inbox a plan, run as a clerk runs it: exactly what is promised is found, and every table of the plan is used."""

import csv
import hashlib
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest

from bangfu_excel.cli.app import run_app

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
SCHEMES = sorted(path.name for path in SAMPLES.iterdir() if (path / "inbox").is_dir())
PLANS = [scheme for scheme in SCHEMES if scheme != "default"]  # which has tests of its own
KINDS = ("title", "header", "blank", "total", "note", "data")


@pytest.fixture(scope="module", params=PLANS)
def scheme(request):
    return request.param


@pytest.fixture(scope="module")
def out(scheme, tmp_path_factory):
    """What the command wrote; it ended with a code that says whether a submitter has to correct something."""
    folder = tmp_path_factory.mktemp(scheme)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SAMPLES))
        as_of = import_module(f"plans.{scheme.replace('-', '_')}").AS_OF
        words = ["run", SAMPLES / scheme / "inbox", "--scheme", scheme, "--as-of", as_of, "-o", folder / "out"]
        words += ["--registry", folder / "台账库", "--engine", "serial", "--no-progress"]
        patch.setattr(sys, "argv", ["bangfu", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            run_app()
    assert left.value.code in (0, 1)
    return folder / "out"


@pytest.fixture(scope="module")
def account(out):
    return lines_of(out / "data" / "reconciliation.csv")


def test_exactly_the_promised_findings(scheme, out):
    promised = [tuple(line.values()) for line in lines_of(SAMPLES / scheme / "expected.csv")]
    found = lines_of(out / "data" / "findings.csv")
    assert sorted((f["file"], f["sheet"], f["cell"], f["code"]) for f in found) == sorted(promised)


def test_every_row_is_accounted_for(account):
    for line in account:
        assert number(line, "rows") == sum(number(line, kind) for kind in KINDS)
        assert number(line, "data") == sum(number(line, fate) for fate in ("accepted", "returned", "duplicate"))
    assert sum(number(line, "data") for line in account) >= 12


def test_every_table_of_the_scheme_has_an_accepted_row(scheme, out):
    tables = tomllib.loads((ROOT / "templates/schemes" / f"{scheme}.toml").read_text(encoding="utf-8"))["tables"]
    assert [name for name in tables if not (out / "data" / f"{name}.parquet").is_file()] == []


def test_the_workbooks_are_written(out):
    assert (out / "问题清单.xlsx").is_file()
    assert list((out / "台账").rglob("*.xlsx"))
    assert list((out / "考核").rglob("*.xlsx"))


def test_the_books_agree(out):
    """Row by row of 核对.xlsx: what differs without a known reason would be a fault of the program."""
    rows = openpyxl.load_workbook(out / "台账" / "核对.xlsx", data_only=True).active.iter_rows(
        min_row=3, values_only=True
    )
    head, *checks = [row for row in rows if row[0] == "序号" or isinstance(row[0], int)]
    verdict = head.index("结论")
    assert checks
    assert [check for check in checks if check[verdict] != "相符"] == []


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    subprocess.run([sys.executable, str(SAMPLES / "make.py"), str(folder)], check=True)
    return folder


@pytest.mark.parametrize("name", SCHEMES)
def test_the_script_makes_the_same_files(name, made):
    assert digests(made / name) == digests(SAMPLES / name)


def test_the_script_makes_every_folder_and_no_other(made):
    assert sorted(path.name for path in made.iterdir()) == SCHEMES


def lines_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(line, column):
    return int(line[column] or 0)


def digests(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
