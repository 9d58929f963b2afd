"""The ledgers of three invented households, compared with tests/golden/ledgers/, which an officer can read.

After a wanted change: BANGFU_GOLDEN=write python -m pytest tests/golden, and review the difference.
"""

import os
import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "unit" / "write")]

# ruff: noqa: E402
from ledger_data import LEDGERS, OCCASION, PUBLIC, ledger_rows, tables
from workbook_text import workbook_text

from bangfu_excel.core.finding import Effect, Finding, Findings, Place, Severity
from bangfu_excel.write.ledgers import Waiting, write_ledgers

EXPECTED = Path(__file__).parent / "ledgers"
FINDINGS = Findings.of(
    [
        Finding(
            "ID16",
            Severity.ERROR,
            Effect.FIELD,
            Place("六月.xlsx", "帮扶对象户", "Z4", 4, "household", "phone", "联系电话", "1390001"),
            "第4行“联系电话”填的是“1390001”，应为11位手机号",
            "请核对后重新填写",
        )
    ]
)
CASES = {"全县": ("全县", False), "清水镇": ("清水镇", False), "公开": ("全县", True)}


@pytest.mark.parametrize("case", CASES)
def test_ledgers_are_as_reviewed(case, tmp_path):
    area, public = CASES[case]
    declared = PUBLIC if public else LEDGERS
    written = write_ledgers(
        declared, ledger_rows(tables()), tmp_path, OCCASION, waiting=Waiting(FINDINGS), areas=(area,)
    )
    found = {path.stem: workbook_text(path) for path in written if ("公开" in path.parts) == public}
    folder = EXPECTED / case
    if os.environ.get("BANGFU_GOLDEN") == "write":
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in found.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
    expected = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    assert sorted(found) == sorted(expected)
    for name, text in found.items():
        assert text == expected[name], name
