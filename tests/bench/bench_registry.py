"""Twelve monthly full resubmissions of one township, imported one after another: python tests/bench/bench_registry.py [rows]

Each month's roster has other incomes for 1 % of the households and leaves 0.1 % of them out. An import is what `bangfu run`
does with it as far as the registry: `check` against what is registered, in a process of its own (its memory is not the
registry's), then `merge`. What must hold: the twelfth import ≤ 1.5 × the first, `current` ≤ 3 s, at most 1 GB of memory.
"""

from __future__ import annotations

import pickle
import resource  # not on Windows
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rosters import write_roster

import bangfu_excel as bf

MONTHS = 12
MB = 1024 * 1024
CHECK = """
import pickle, sys, time, bangfu_excel as bf
roster, registry, day, result = sys.argv[1:]
started = time.perf_counter()
batch = bf.check(roster, registry=registry, as_of=day)
pickle.dump((time.perf_counter() - started, batch), open(result, "wb"))
"""


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def checked(roster: Path, registry: Path, month: int) -> tuple[float, bf.Batch]:
    """How long the check of a month's roster took, and its batch."""
    result = roster.with_suffix(".batch")
    subprocess.run([sys.executable, "-c", CHECK, roster, registry, f"2024-{month:02d}-28", result], check=True)
    seconds, batch = pickle.loads(result.read_bytes())
    return seconds, batch


def resident() -> float:
    """MB resident at most, ever."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / MB


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        roster, registry = Path(folder) / "花名册.xlsx", bf.Registry(Path(folder) / "台账库")
        whole, merged = [], []
        for month in range(1, MONTHS + 1):
            write_roster(roster, 0, count, "清水镇", month=month)
            checking, batch = checked(roster, registry.path, month)
            merged.append(seconds(lambda batch=batch: bf.merge(batch, registry)))
            whole.append(checking + merged[-1])
            print(
                f"import {month:2}: {whole[-1]:6.2f} s, of which merge {merged[-1]:5.2f} s   {resident():5.0f} MB",
                flush=True,
            )
        print(f"tables {', '.join(registry.tables)}; {len(registry.current('household'))} households current")
        print(f"twelfth / first: {whole[-1] / whole[0]:.2f}, of merge alone {merged[-1] / merged[0]:.2f}")
        print(f"current {seconds(lambda: registry.current('household')):.2f} s, known {seconds(registry.known):.2f} s")
        print(f"undo {seconds(lambda: registry.undo(registry.batches()['id'].iloc[-1])):.2f} s")
        print(f"peak memory {resident():.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
