"""The ledgers of three invented households, compared with tests/golden/ledgers/, which an officer can read.

After a wanted change: BANGFU_GOLDEN=write python -m pytest tests/golden, and review the difference.
"""

import os
import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "unit" / "write")]

# ruff: noqa: E402
from ledger_data import DECLARED, OCCASION, tables
from workbook_text import workbook_text

from bangfu_excel.core.finding import Effect, Finding, Findings, Place, Severity
from bangfu_excel.write.ledger_rows import Exposure
from bangfu_excel.write.ledgers import write_ledgers

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
CASES = {
    "全县": {"areas": ("全县",), "findings": FINDINGS},
    "清水镇": {"areas": ("清水镇",), "findings": FINDINGS},
    "公开": {"areas": ("全县",), "findings": FINDINGS, "exposure": Exposure.PUBLIC},
}


@pytest.mark.parametrize("case", CASES)
def test_ledgers_are_as_reviewed(case, tmp_path):
    found = {
        path.stem: workbook_text(path) for path in write_ledgers(tables(), DECLARED, tmp_path, OCCASION, **CASES[case])
    }
    folder = EXPECTED / case
    if os.environ.get("BANGFU_GOLDEN") == "write":
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in found.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
    expected = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    assert sorted(found) == sorted(expected)
    for name, text in found.items():
        assert text == expected[name], name
