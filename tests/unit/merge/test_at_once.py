"""Several processes at one registry: all that they bring lands, in some order, once; a reader sees before or after."""

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from racing import brought

from bangfu_excel.merge import Registry, merge

UTF8 = {**os.environ, "PYTHONIOENCODING": "utf-8"}
PROGRAM = Path(__file__).with_name("racing.py")


@pytest.fixture(params=["links", "none"])
def mode(request):
    """Whether the file system can make a file appear in one step."""
    return request.param


@pytest.fixture
def registry(tmp_path):
    return Registry(tmp_path / "台账库")


def started(registry, mode, *tasks):
    """A process for each list of tasks; they are let go once all are ready."""
    running = [
        subprocess.Popen(
            [sys.executable, PROGRAM, str(number), registry.path, mode, *own],
            stdout=subprocess.PIPE, text=True, encoding="utf-8", env=UTF8,
        )
        for number, own in enumerate(tasks)
    ]  # fmt: skip
    beside = registry.path.parent
    while not all((beside / f"{number}.ready").exists() for number in range(len(running))):
        assert all(process.poll() is None for process in running)
        time.sleep(0.01)
    (beside / "go").touch()
    return running


def told(running):
    """What each process said, line by line."""
    said = [process.communicate(timeout=120)[0].splitlines() for process in running]
    assert [process.returncode for process in running] == [0] * len(running)
    return said


def numbers(registry):
    return [entry.seq for entry in registry.journal.entries()]


def test_different_batches_and_the_same_batch_all_land_once(registry, mode):
    mine = [[f"bring:{name}{n}" for n in range(4)] for name in "ABCD"]
    said = told(started(registry, mode, *([*own[:2], "bring:X", *own[2:]] for own in mine)))
    assert numbers(registry) == list(range(1, 18))
    files = Counter(one["file"] for entry in registry.journal.entries() for one in entry.content["submissions"])
    assert files == dict.fromkeys([*(f"{task[6:]}.xlsx" for own in mine for task in own), "X.xlsx"], 1)
    assert [line for lines in said for line in lines].count("nothing new") == 3
    assert len(registry.current("household")) == 2 * 17
    assert registry.verify().problems.values.tolist() == []


def test_a_reader_sees_before_or_after(registry, mode):
    running = started(registry, mode, *([f"bring:{name}{n}" for n in range(6)] for name in "AB"))
    seen = [0]
    while any(process.poll() is None for process in running):
        rows = registry.current("household")
        files = Counter(rows["_file"]) if len(rows) else {}
        assert set(files.values()) <= {2}
        assert len(files) >= seen[-1]
        seen.append(len(files))
    told(running)
    assert numbers(registry) == list(range(1, 13))
    assert len(registry.current("household")) == 24
    assert len(set(seen)) > 2


def test_what_can_be_done_once_is_done_once(registry, mode):
    merge(brought("H"), registry)
    batch = merge(brought("A"), registry).batch_id
    tasks = ["issue:2024-06", "correct", f"undo:{batch}"]
    said = told(started(registry, mode, *[tasks] * 4))
    assert [entry.kind for entry in registry.journal.entries()][2:] == ["issue", "correct", "withdraw"]
    issued, recorded, undone = zip(*said, strict=True)
    assert sum("2024-06 的通报已经印发过" in line for line in issued) == 3
    assert recorded.count("nothing new") == 3
    assert undone.count(f"批次“{batch}”已经撤回过了，不能再撤回") == 3
    assert registry.verify().intact
