"""One inbox a plan, run as a clerk runs it: exactly what is promised is found, and every table of the plan is used."""

import csv
import hashlib
import os
import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest

from bangfu_excel import pipeline
from bangfu_excel.cli.app import run_app
from bangfu_excel.domain import CODELISTS, DERIVED, RELATIONS, TABLES
from bangfu_excel.profile import load_ledgers, load_profile, load_scheme

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / folder) for folder in ("golden", "parity")]
from document_text import document_text  # noqa: E402
from recalculate import all_recalculated, compared, error_cells, sheet_names  # noqa: E402
from workbook_text import workbook_text  # noqa: E402

SAMPLES = ROOT / "samples"
SCHEMES = sorted(path.name for path in SAMPLES.iterdir() if (path / "inbox").is_dir())
PLANS = [scheme for scheme in SCHEMES if scheme != "default"]  # which has tests of its own
GOLDEN = ROOT / "tests" / "golden" / "plans"
LEDGERS = load_ledgers(None, load_profile(None, TABLES, CODELISTS, RELATIONS), DERIVED)
REVIEWED = {
    "jiedui": ("fund", "education-relief", "typical", "measure", "project", "helper"),
    "xiajiceng": ("group-list", "problem", "diary", "work-record", "village", "training"),
    "wusong": ("assigned", "wusong", "progress", "study-plan", "inspection"),
    "aixin-mama": ("child-pairing", "activity-log"),
    "xuexiao-cun": ("deed",),
    "xuexiao-jiedui": ("school-school", "rectification", "plan"),
    "liushou-guanai": ("child", "talk", "growth-diary", "donation"),
    "yigong-juanzeng": ("donation",),
    "dangxiao-cun": ("honour", "unit-village"),
    "liushou-jiaoshi": ("weekly-note",),
    "wenming-danwei": ("publicity", "unit", "document", "activity"),
    "yiduiyi": ("matching", "participation", "feedback", "leave"),
}
"""Scheme → ledgers that are compared with tests/golden/plans/, which an officer can read; each ledger of the program somewhere."""
BATCH = re.compile(r"批次 [0-9]{4}-[0-9a-f]{6}")
KINDS = ("title", "header", "blank", "total", "note", "data")


@pytest.fixture(scope="module", params=PLANS)
def scheme(request):
    return request.param


@pytest.fixture(scope="module")
def out(scheme, tmp_path_factory):
    """What the command wrote; it ended with a code that says whether a submitter has to correct something."""
    folder = tmp_path_factory.mktemp(scheme)
    with pytest.MonkeyPatch.context() as patch:
        words = ["run", SAMPLES / scheme / "inbox", "--scheme", scheme, "--as-of", _as_of(scheme), "-o", folder / "out"]
        words += ["--registry", folder / "台账库", "--engine", "serial", "--no-progress"]
        patch.setattr(sys, "argv", ["bangfu", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            run_app()
    assert left.value.code in (0, 1)
    return folder / "out"


def _as_of(scheme):
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SAMPLES))
        return str(import_module(f"plans.{scheme.replace('-', '_')}").AS_OF)


@pytest.fixture(scope="module")
def copies(scheme, out, tmp_path_factory):
    """Workbook → what LibreOffice made of it: all that is the program's own, the cards too (退回/ holds what was submitted)."""
    if any(output.form for output in load_scheme(scheme).outputs):
        pipeline.cards(out.parent / "台账库", None, out, scheme=scheme, as_of=_as_of(scheme))
    own = sorted(path for path in out.rglob("*.xlsx") if "退回" not in path.parts)
    return all_recalculated(own, tmp_path_factory.mktemp("copies"))


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


def test_every_workbook_opens_with_every_sheet_and_no_error(copies):
    assert {book.name for book, copy in copies.items() if sheet_names(book) != sheet_names(copy)} == set()
    assert {book.name: error_cells(copy) for book, copy in copies.items() if error_cells(copy)} == {}


def test_every_formula_gives_what_was_written(copies):
    results = {book.name: compared(book, copy) for book, copy in copies.items()}
    assert {name: found for name, (_, found) in results.items() if found} == {}
    assert sum(count for count, _ in results.values()) > 100


def test_the_books_agree(out):
    """Row by row of 核对.xlsx: what differs without a known reason would be a fault of the program."""
    rows = openpyxl.load_workbook(out / "台账" / "核对.xlsx", data_only=True).active.iter_rows(
        min_row=3, values_only=True
    )
    head, *checks = [row for row in rows if row[0] == "序号" or isinstance(row[0], int)]
    verdict = head.index("结论")
    assert checks
    assert [check for check in checks if check[verdict] != "相符"] == []


def test_the_ledgers_are_as_reviewed(scheme, out):
    """After a wanted change: BANGFU_GOLDEN=write python -m pytest tests/scenarios/test_samples_of_plans.py, and review the difference."""
    titles = [load_scheme(scheme).written[name] or LEDGERS[name].title for name in REVIEWED[scheme]]
    found = {
        path.stem: BATCH.sub("批次", workbook_text(path))
        for title in titles
        for path in (out / "台账").rglob("*_全县_*.xlsx")
        if path.stem.split("_")[1] in (title, f"{title}（公开）")
    }
    for path in (out / "考核").glob("*_试算_*.docx"):  # the bulletins
        found[path.stem] = document_text(path)
        found[f"{path.stem}（表）"] = workbook_text(path.with_suffix(".xlsx"))
    folder = GOLDEN / scheme
    if os.environ.get("BANGFU_GOLDEN") == "write":
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in found.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
    expected = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    assert sorted(found) == sorted(expected)
    assert len(found) >= len(titles)
    for name, text in found.items():
        assert text == expected[name], name


def test_every_ledger_is_reviewed_somewhere():
    elsewhere = {"household", "pairing", "visit"}  # tests/golden/ledgers
    assert {name for names in REVIEWED.values() for name in names} == set(LEDGERS) - elsewhere
    assert {path.parent.name for path in GOLDEN.rglob("*.txt")} == set(REVIEWED) == set(PLANS)


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
