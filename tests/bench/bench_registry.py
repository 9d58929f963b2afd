"""Twelve monthly full resubmissions of one township, imported one after another: python tests/bench/bench_registry.py [rows]

Each month is the roster that was checked once, with 1 % of the incomes changed and 0.1 % of the households gone. What must
hold: the twelfth import ≤ 1.5 × the first, `current` ≤ 3 s, at most 1 GB of memory.
"""

from __future__ import annotations

import hashlib
import pickle
import resource  # not on Windows
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from rosters import write_roster

import bangfu_excel as bf
from bangfu_excel.core.period import Period

MONTHS = 12
MB = 1024 * 1024
CHECK = """
import pickle, sys, bangfu_excel as bf
pickle.dump(bf.check(sys.argv[1], as_of="2024-01-31"), open(sys.argv[2], "wb"))
"""  # in a process of its own: its memory is not the registry's


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def month(checked: bf.Batch, number: int) -> bf.Batch:
    """The batch of a month."""
    frames = {}
    for name, frame in checked.rows.frames.items():
        kept = frame[np.arange(len(frame)) % 1000 != number].reset_index(drop=True)
        if name == "household":
            raised = kept["net_income"].mask(np.arange(len(kept)) % 100 == number, kept["net_income"] + number)
            kept = kept.assign(net_income=raised)
        frames[name] = kept
    (record,) = checked.files
    period = Period.parse(f"2024-{number:02d}")
    return replace(
        checked,
        rows=replace(checked.rows, frames=frames),
        files=(replace(record, sha256=hashlib.sha256(str(number).encode()).hexdigest()),),
        period=period,
        as_of=period.end,
    )


def resident() -> float:
    """MB resident at most, ever."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / MB


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "花名册.xlsx"
        write_roster(path, 0, count, "清水镇")
        subprocess.run([sys.executable, "-c", CHECK, str(path), f"{path}.batch"], check=True)
        checked: bf.Batch = pickle.loads(Path(f"{path}.batch").read_bytes())
        registry = bf.Registry(Path(folder) / "台账库")
        times = []
        for number in range(1, MONTHS + 1):
            batch = month(checked, number)
            times.append(seconds(lambda batch=batch: bf.merge(batch, registry)))
            print(f"import {number:2}: {times[-1]:6.2f} s   {resident():5.0f} MB", flush=True)
        print(f"tables {', '.join(registry.tables)}; {len(registry.current('household'))} households current")
        print(
            f"twelfth / first: {times[-1] / times[0]:.2f}, current {seconds(lambda: registry.current('household')):.2f} s"
        )
        print(
            f"known {seconds(registry.known):.2f} s, undo {seconds(lambda: registry.undo(registry.batches()['id'].iloc[-1])):.2f} s"
        )
        print(f"peak memory {resident():.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
