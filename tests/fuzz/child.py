"""The process that reads, seen from outside: it is started again whenever it dies or hangs."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil

PATIENCE = 10.0  # seconds of processor time that one small file may take
STARTING = 5.0  # that a new process may need besides
LONGEST = 300.0  # seconds on the clock: a busy machine is no find, waiting for ever is
MOST = 1 << 30  # bytes that the reading process may hold
_READER = Path(__file__).with_name("reading_child.py")


class Child:
    """A reading process. `ask` gives what it said of a file, or what became of it."""

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self._start()

    def _start(self) -> None:
        self._errors: list[str] = []
        self._answers: queue.Queue[str] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", str(_READER), self._verb],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        threading.Thread(target=self._pump, args=(self._process,), daemon=True).start()
        threading.Thread(target=self._drain, args=(self._process, self._errors), daemon=True).start()

    def _pump(self, process: subprocess.Popen[str]) -> None:
        answers = self._answers
        for line in process.stdout or ():
            answers.put(line)
        answers.put("")

    @staticmethod
    def _drain(process: subprocess.Popen[str], errors: list[str]) -> None:
        for line in process.stderr or ():
            errors.append(line)
            del errors[:-40]

    def ask(self, path: Path, patience: float = PATIENCE) -> dict[str, Any]:
        """faults (none where all is well), shape, seconds, peak, and trace or the process's last words."""
        assert self._process.stdin
        self._errors.clear()
        try:
            self._process.stdin.write(f"{path}\n")
            self._process.stdin.flush()
            line = self._wait(patience + STARTING)
        except OSError:
            line = None
        if not line:
            return self._lost(hung=line is None and self._process.poll() is None)
        answer: dict[str, Any] = json.loads(line)
        if answer["seconds"] > patience:
            answer["faults"].append("slow")
        if answer["peak"] > MOST:
            answer["faults"].append("large")
            self._restart()  # memory that is held would be blamed on the next file
        return answer

    def _wait(self, patience: float) -> str | None:
        """The answer, "" if the process died, None if it uses more than `patience` of processor time."""
        end, before = time.monotonic() + LONGEST, self._used()
        while time.monotonic() < end and self._used() - before < patience:
            try:
                return self._answers.get(timeout=1.0)
            except queue.Empty:
                pass
        return None

    def _used(self) -> float:
        """Processor seconds of the process and of those that it started."""
        try:
            process = psutil.Process(self._process.pid)
            times = [p.cpu_times() for p in (process, *process.children(recursive=True))]
        except psutil.Error:
            return 0.0
        return sum(t.user + t.system for t in times)

    def _lost(self, hung: bool) -> dict[str, Any]:
        if not hung:
            self._process.wait(5)
        code = self._process.poll()
        words = "".join(self._errors)
        self._restart()
        what = "hang" if hung else f"died with {code}"
        return {"faults": [what], "shape": what, "seconds": PATIENCE, "peak": 0, "trace": words}

    def _restart(self) -> None:
        self.close()
        self._start()

    def close(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.wait()
