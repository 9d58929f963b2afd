"""The papers of some plans' samples, compared with tests/golden/papers/, which an officer can read.

After a wanted change: BANGFU_GOLDEN=write python -m pytest tests/golden, and review the difference.
"""

import os
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from workbook_text import workbook_text

import bangfu_excel as bf

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED = Path(__file__).parent / "papers"
BATCH = re.compile(r"[0-9]{4}-[0-9a-f]{6}")
REVIEWED = {
    "default": (
        "2024-06-30",
        (
            "领导参阅", "督办单/督办单_县林业局", "履职明细/履职明细_县林业局", "数据核对单/数据核对单_柳溪镇", "数据核对单/数据核对单_云岭乡", "零报告/零报告_石桥乡",
            "异议复核和零报告登记簿",
        ),
    ),
    "xiajiceng": ("2013-06-30", ("*领导参阅", "督办单/*第一帮扶小组", "督办单/*县林业局")),
    "wenming-danwei": (
        "2024-12-31", ("*领导参阅", "数据核对单/*桃源乡", "督办单/*云岭县市场监督管理局", "督办单/*云岭县供电公司"),
    ),
    "aixin-mama": ("2014-06-30", ("履职明细/*柏树镇中心小学",)),
}  # fmt: skip
"""Scheme → its day, and the papers that are compared."""
TOWNSHIPS = '[reporting]\ntownships = ["云岭乡", "柳溪镇", "清水镇", "石桥乡"]\n'


@pytest.fixture(scope="module", params=REVIEWED)
def scheme(request):
    return request.param


@pytest.fixture(scope="module")
def out(scheme, tmp_path_factory):
    folder = tmp_path_factory.mktemp(scheme)
    asked = {"scheme": scheme, "as_of": REVIEWED[scheme][0]}
    if scheme == "default":
        (folder / "county.toml").write_text(TOWNSHIPS, encoding="utf-8")
        asked["profile"] = folder
    bf.run(SAMPLES / scheme / "inbox", folder / "run", registry=folder / "台账库", engine="serial", **asked)
    bf.papers(folder / "台账库", folder / "out", **asked)
    return folder / "out" / "考核"


def test_the_papers_are_as_reviewed(scheme, out):
    found = {}
    for name in REVIEWED[scheme][1]:
        (path,) = out.glob(f"{name}_*.xlsx")
        found[BATCH.sub("批次", path.stem)] = BATCH.sub("批次", workbook_text(path))
    folder = EXPECTED / scheme
    if os.environ.get("BANGFU_GOLDEN") == "write":
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in found.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
    expected = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    assert sorted(found) == sorted(expected)
    for name, text in found.items():
        assert text == expected[name], name
