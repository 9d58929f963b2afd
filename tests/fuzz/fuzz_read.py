"""Damages small valid files for a while and watches what the reading layer makes of them.

    python tests/fuzz/fuzz_read.py --minutes 10 --seed 1 --finds /tmp/finds

A find is an exception that leaves the verb, a process that dies, more than 10 s of processor time or 1 GB, a workbook that breaks what
`core.raw` promises, or neither sheets nor a finding. Each is saved once, as small as it could be made, with what was seen.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from child import PATIENCE, Child
from mutations import mutate
from seeds import seeds
from shrinking import shrink

_LARGEST = 200_000  # bytes of an input worth going on from
_SUFFIX = {"locked": "xlsx", "mht": "xls"}  # what the file is called when it is read


def main() -> int:
    """Exit code 1 where anything was found."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Child(given.verb), Path(folder), given.finds, Random(given.seed), given.only)
        try:
            run.for_minutes(given.minutes)
        finally:
            run.close()
    print(run.account(), flush=True)
    return 1 if run.found else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--finds", type=Path, default=Path(tempfile.gettempdir()) / "bangfu_finds")
    parser.add_argument("--verb", choices=("read_here", "read_file"), default="read_here")
    parser.add_argument("--only", default="", help="only seeds whose name holds this")
    return parser.parse_args()


class Run:
    """One run: what it starts from, what it has seen, what it found."""

    def __init__(self, child: Child, folder: Path, finds: Path, random: Random, only: str) -> None:
        self._child, self._folder, self._finds, self._random = child, folder, finds, random
        self._corpus = {name: [data] for name, data in seeds().items() if only in name}
        # decrypting takes longer than everything else together
        self._names = [n for n in self._corpus for _ in range(1 if n.endswith("locked") else 10)]
        self._shapes: set[tuple[str, str]] = set()
        self._tried: Counter[str] = Counter()
        self._start = time.monotonic()
        self.found: Counter[str] = Counter()

    def for_minutes(self, minutes: float) -> None:
        """Tries the seeds, then damaged ones until the time is over."""
        for name, (data,) in self._corpus.items():
            answer = self.ask(name, data)
            if answer["faults"]:
                self._keep(name, data, answer)
        told = 0.0
        while (gone := time.monotonic() - self._start) < minutes * 60:
            self._step()
            if gone > told + 60:
                told = gone
                print(self.account(), flush=True)

    def _step(self) -> None:
        name = self._random.choice(self._names)
        data = mutate(name, self._random.choice(self._corpus[name]), self._random)
        answer = self.ask(name, data)
        self._tried[name] += 1
        if answer["faults"]:
            self._keep(name, data, answer)
        elif (name, answer["shape"]) not in self._shapes and len(data) <= _LARGEST:
            self._shapes.add((name, answer["shape"]))
            self._corpus[name].append(data)

    def ask(self, name: str, data: bytes, patience: float = PATIENCE) -> dict[str, Any]:
        """What the reading layer makes of these bytes."""
        suffix = name.rpartition(".")[2]
        path = self._folder / f"a.{_SUFFIX.get(suffix, suffix)}"
        path.write_bytes(data)
        return self._child.ask(path, patience)

    def _keep(self, name: str, data: bytes, answer: dict[str, Any]) -> None:
        what = answer["faults"][0]
        key = re.sub(r"[^\w.]+", "_", re.sub(r"\d+", "N", f"{name} {what}"))[:100]
        self.found[key] += 1
        if self.found[key] > 1:
            return
        print(f"FOUND {key}", flush=True)
        patience = 1.0 if what in ("hang", "slow") else PATIENCE
        small = shrink(name, data, lambda smaller: what in self.ask(name, smaller, patience)["faults"])
        place = self._finds / key
        place.mkdir(parents=True, exist_ok=True)
        (place / name.replace("locked", "xlsx")).write_bytes(small)
        (place / "whole.bin").write_bytes(data)
        (place / "seen.json").write_text(json.dumps(answer, ensure_ascii=False, indent=1), encoding="utf-8")

    def account(self) -> str:
        """How much was tried and found."""
        gone = (time.monotonic() - self._start) / 60
        return f"{gone:.1f} min, {self._tried.total()} files, {len(self._shapes)} shapes, finds {dict(self.found)}"

    def close(self) -> None:
        """Ends the reading process."""
        self._child.close()


if __name__ == "__main__":
    sys.exit(main())
