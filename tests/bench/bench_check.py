"""How much `check` costs beside the bare reading of the file: python tests/bench/bench_check.py [rows]

Ratios within one process; peak memory of a process of its own and of the one that parses for it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import python_calamine
from rosters import write_roster

import bangfu_excel as bf

ROUNDS = 3
MB = 1024 * 1024


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def bare(path: Path) -> None:
    python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def checked(path: Path) -> bf.Batch:
    return bf.check(path, as_of="2024-06-30")


def peak_memory(path: Path) -> str:
    """MB at most, of a process that does nothing but `check`, and of the one that parses for it: together, and each."""
    code = f"import sys, bangfu_excel as bf; bf.check({str(path)!r}, as_of='2024-06-30')"
    process = subprocess.Popen([sys.executable, "-c", code])
    together, each = 0, Counter[str]()
    while process.poll() is None:
        held = held_by(psutil.Process(process.pid))
        together = max(together, held.total())
        each |= held
        time.sleep(0.005)
    assert process.returncode == 0
    return f"{together / MB:.0f} MB (" + ", ".join(f"{name} {size / MB:.0f}" for name, size in each.items()) + ")"


def held_by(process: psutil.Process) -> Counter[str]:
    """Bytes resident of `process` and of its children; those of one that has just ended are not counted."""
    held = Counter[str]()
    with suppress(psutil.Error):
        held["checks"] = process.memory_info().rss
        held["parses"] = sum(child.memory_info().rss for child in process.children())
    return held


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clean, faulty, small = (Path(folder) / f"{name}.xlsx" for name in ("clean", "faulty", "small"))
        write_roster(clean, 0, count, "清水镇")
        write_roster(faulty, 0, count, "清水镇", faulty_share=0.3)
        write_roster(small, 0, 50, "清水镇")
        checked(small)  # imports and caches are warm
        times: dict[str, list[float]] = {"calamine": [], "check": [], "check, 30 % faulty": []}
        for _ in range(ROUNDS):
            times["calamine"].append(seconds(lambda: bare(clean)))
            times["check"].append(seconds(lambda: checked(clean)))
            times["check, 30 % faulty"].append(seconds(lambda: checked(faulty)))
        median = {name: statistics.median(values) for name, values in times.items()}
        print(f"{count} rows × 20 columns, median of {ROUNDS}")
        for name, value in median.items():
            print(f"{name:20} {value:7.2f} s   {value / median['calamine']:5.2f} × calamine")
        print(f"faulty / clean: {median['check, 30 % faulty'] / median['check']:.2f}")
        print(f"peak memory: clean {peak_memory(clean)}, faulty {peak_memory(faulty)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
