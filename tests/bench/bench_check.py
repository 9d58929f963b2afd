"""How much `check` costs beside the bare reading of the file: python tests/bench/bench_check.py [rows]

Ratios within one process; peak memory of a process of its own.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine
from rosters import write_roster

import bangfu_excel as bf

ROUNDS = 3


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def bare(path: Path) -> None:
    python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def checked(path: Path) -> bf.Batch:
    return bf.check(path, as_of="2024-06-30")


def peak_memory(path: Path) -> float:
    """MB at most, of a process that does nothing but `check`."""
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import bench_check as b; print(b.memory_of({str(path)!r}))"
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def memory_of(path: str) -> float:
    """The process's own high-water mark; getrusage would count what its parent held when it was started."""
    checked(Path(path))
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


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
        print(f"peak memory: clean {peak_memory(clean):.0f} MB, faulty {peak_memory(faulty):.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
