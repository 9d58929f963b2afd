"""What a run over the samples hands up and hands back, compared with tests/golden/samples/, which an officer can read.

After a wanted change: BANGFU_GOLDEN=write python -m pytest tests/golden, and review the difference.
"""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from workbook_text import workbook_text

import bangfu_excel as bf

INBOX = Path(__file__).parents[2] / "samples" / "default" / "inbox"
EXPECTED = Path(__file__).parent / "samples"
REVIEWED = (
    "问题清单.xlsx",
    "考核/走访考核_全县_2024-06_试算_20240630.xlsx",
    "台账/柳溪镇/帮扶对象台账_柳溪镇_2024-06_20240630.xlsx",
    "退回/柳溪镇/帮扶对象花名册.xlsx",
    "退回/通知_柳溪镇.txt",
)


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    bf.run(INBOX, folder / "out", registry=folder / "台账库", as_of="2024-06-30", engine="serial")
    return folder / "out"


@pytest.mark.parametrize("name", REVIEWED)
def test_the_deliverable_is_as_reviewed(name, out):
    path = out / name
    found = workbook_text(path) if path.suffix == ".xlsx" else path.read_text(encoding="utf-8-sig")
    expected = EXPECTED / f"{path.stem}.txt"
    if os.environ.get("BANGFU_GOLDEN") == "write":
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(found, encoding="utf-8", newline="\n")
    assert found == expected.read_text(encoding="utf-8")
