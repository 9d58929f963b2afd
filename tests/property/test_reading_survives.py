"""Damaged files: whatever is done to one, the reading gives sheets that keep their promises, or a reason.

The long version is `python tests/fuzz/fuzz_read.py --minutes 60`, in a process that may die.
"""

import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu_excel.read.reader import read_here

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))

from judging import faults
from mutations import mutate
from seeds import seeds

SEEDS = {name: data for name, data in seeds().items() if not name.endswith("locked")}  # decrypting takes its time


def read(folder, name, data):
    path = folder / f"a.{name.rpartition('.')[2]}"
    path.write_bytes(data)
    return read_here(path, path.name)


@pytest.mark.parametrize("name", SEEDS)
def test_what_is_not_damaged_is_read(tmp_path, name):
    workbook, findings = read(tmp_path, name, SEEDS[name])
    assert workbook is not None, [f.message for f in findings]
    assert workbook.sheets[0].height
    assert faults(workbook, findings) == []


@settings(max_examples=max(200, settings.default.max_examples))
@given(name=st.sampled_from(sorted(SEEDS)), seed=st.integers(0, 2**32))
def test_what_is_damaged_is_survived(tmp_path_factory, name, seed):
    folder = tmp_path_factory.getbasetemp()
    assert faults(*read(folder, name, mutate(name, SEEDS[name], Random(seed)))) == []
