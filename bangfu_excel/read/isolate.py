"""Parsing in a process of its own: a file that makes it abort, hang or devour memory is a finding, and costs no other."""

from __future__ import annotations

import atexit
import math
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

import psutil

from bangfu_excel.core.finding import Place
from bangfu_excel.core.message import Message
from bangfu_excel.core.messages import read as say
from bangfu_excel.errors import BangfuError
from bangfu_excel.read.formats import Read
from bangfu_excel.read.limits import MB, Limits
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.transfer import assembled
from bangfu_excel.read.unzip import unzipped_size

TICK = 0.02  # seconds between two looks at a process that parses: memory grows by some 2 GB a second at most
START = 120  # seconds for Python to start: a cold disk and a virus scanner are slow
KEPT = 250 * MB  # a process grown beyond this by one file would count it against the next

_SERVE = "import sys; sys.path[:] = sys.argv[1:]; from bangfu_excel.read.worker import serve; serve()"
_APART: Mapping[str, Any]  # Ctrl-C in the console is for us: we end the process that parses
if sys.platform == "win32":
    _APART = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
else:
    _APART = {"start_new_session": True}


@cache
def shared_reader(process: int) -> Reader:
    """The reader of this process (its id is given, because a fork must not use its parent's)."""
    reader = Reader()
    atexit.register(reader.close)
    return reader


class Reader:
    """Reads files in a worker process: started when it is needed, kept for the next file, started anew after it died.

    Threads may share it; they wait for each other. command: what to start, by default this Python with `worker.serve`.
    """

    def __init__(self, command: Sequence[str] = ()) -> None:
        self._command = command
        self._owner = os.getpid()
        self._lock = threading.Lock()
        self._worker: _Worker | None = None

    def read(self, path: Path, name: str, limits: Limits, passwords: tuple[str, ...]) -> Read:
        """As `read_file`. A file that the worker dies of is read once more, without the reader that did it."""
        with self._lock:
            try:
                return self._attempt(path, name, limits, passwords, False)
            except RefusedError as refused:
                first = refused
            try:
                workbook, findings = self._attempt(path, name, limits, passwords, True)
            except RefusedError:
                return None, (first.finding(name),)
        if workbook is None:
            return None, findings
        return workbook, (say.READ_ANOTHER_WAY.finding(Place(name)), *findings)

    def close(self) -> None:
        """Ends the worker, if there is one."""
        worker, self._worker = self._worker, None
        if worker and self._owner == os.getpid():
            worker.kill()

    def _attempt(self, path: Path, name: str, limits: Limits, passwords: tuple[str, ...], careful: bool) -> Read:
        """The answer of the worker; `RefusedError` if it died or had to be killed."""
        try:
            request = (path.absolute(), name, limits, passwords, careful)
            return self._ready_worker().ask(request, _bounds(path, limits))
        except BaseException:  # Ctrl-C too: what it was doing is of no use any more
            self.close()
            raise

    def _ready_worker(self) -> _Worker:
        if self._worker is None or not self._worker.ready():
            self.close()
            self._worker = _started(self._command or _command())
        return self._worker


def _command() -> tuple[str, ...]:
    # by its path entries, not `-m`: a notebook that extended sys.path, or a source tree, is found as it was found here
    return (sys.executable, "-P", "-c", _SERVE, *map(str, sys.path))


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What one file may cost: seconds of the processor, seconds on the wall, bytes."""

    processor: float
    wall: float
    memory: int


def _bounds(path: Path, limits: Limits) -> _Bounds:
    try:
        size = path.stat().st_size
    except OSError:
        size = 0  # the worker will say why it cannot be read
    seconds = limits.seconds_for(size, unzipped_size(path, limits))
    return _Bounds(seconds, seconds * limits.patience, limits.memory)


class _Worker:
    """One process that parses, and the thread that takes in its answers.

    What was started need not be what parses: the python.exe of a virtual environment on Windows starts another one.
    """

    def __init__(self, command: Sequence[str]) -> None:
        # numpy would start one thread a core, for sums that nobody does here
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            command, stdin=pipe, stdout=pipe, stderr=nowhere, env=environment, **_APART
        )
        self._parsing: psutil.Process | None = None
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=_collect, args=(self._process.stdout, self._answers), daemon=True).start()

    def ready(self) -> bool:
        """Waits until it can take a file; not if it has ended, or an earlier file has left it large."""
        try:
            self._parsing = psutil.Process(self._next(_Bounds(math.inf, START, sys.maxsize), 0.0))
        except (RefusedError, psutil.Error):
            return False
        return self._process.poll() is None and self._usage()[1] < KEPT

    def ask(self, arguments: tuple[object, ...], bounds: _Bounds) -> Read:
        """The answer to one request, in pieces put together again."""
        assert self._process.stdin
        before = self._usage()[0]
        try:
            pickle.dump((2 * bounds.wall, arguments), self._process.stdin, protocol=5)
            self._process.stdin.flush()
        except OSError as error:
            raise RefusedError(say.READER_CRASHED) from error
        return assembled(lambda: self._next(bounds, before))

    def kill(self) -> None:
        """Ends the process at once and lets go of its pipes."""
        with suppress(psutil.Error):
            if self._parsing:
                self._parsing.kill()
        self._process.kill()
        with suppress(OSError):  # a request that it died of may still stand in the pipe
            if self._process.stdin:
                self._process.stdin.close()
        with suppress(subprocess.TimeoutExpired):  # it hangs in the system, on a network drive that went away
            self._process.wait(timeout=5)

    def _next(self, bounds: _Bounds, before: float) -> Any:
        """The next piece of the answer. Waiting is counted in looks, so that a computer that slept has not waited."""
        waited = 0.0
        while True:
            try:
                piece = self._answers.get(timeout=TICK)
            except queue.Empty:
                waited += TICK
                if excess := self._excess(bounds, before, waited):
                    raise RefusedError(excess) from None
            else:
                if piece is None:
                    raise RefusedError(say.READER_CRASHED)
                return piece

    def _excess(self, bounds: _Bounds, before: float, waited: float) -> Message | None:
        processor, memory = self._usage()
        if memory > bounds.memory:
            return say.READ_TOO_MUCH
        if processor - before > bounds.processor or waited > bounds.wall:
            return say.READ_TOO_LONG
        return None

    def _usage(self) -> tuple[float, int]:
        """Seconds of the processor so far, bytes resident."""
        with suppress(psutil.Error):  # it has just ended
            if self._parsing:
                times = self._parsing.cpu_times()
                return times.user + times.system, self._parsing.memory_info().rss
        return 0.0, 0


def _started(command: Sequence[str]) -> _Worker:
    """A worker that can take a file; `BangfuError` where none starts, because then no file is to blame."""
    with suppress(OSError):
        worker = _Worker(command)
        if worker.ready():
            return worker
        worker.kill()
    raise BangfuError(f"读取表格的程序启动不了（{command[0]}），请重新安装 bangfu_excel")


def _collect(stream: IO[bytes], answers: queue.SimpleQueue[Any]) -> None:
    """Passes on what the worker sends; None when it has ended, if need be in the middle of an answer."""
    with stream:
        try:
            while True:
                answers.put(pickle.load(stream))  # noqa: S301 - from the process that we started
        except Exception:
            answers.put(None)
