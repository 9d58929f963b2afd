"""What the parsing process does: it takes a file's path from its stdin, and gives the file's sheets to its stdout."""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, Any, Literal

from bangfu_excel.read.formats import Read
from bangfu_excel.read.reader import read_here
from bangfu_excel.read.transfer import pieces

_SELDOM = (
    100_000  # rows of cells are no garbage: to look for it after every 700 would take a sixth of the time of encoding
)


def serve(read: Callable[..., Read] = read_here) -> None:
    """Answers one request after another until stdin ends; ends as a whole if `read` raises.

    A request is (seconds, arguments of `read`): who has heard nothing for so long is an orphan, and ends too. An answer is
    what `pieces` makes of it. The process id is said before the first and after each, when what it took is cleared away.
    """
    _die_quietly()
    gc.set_threshold(_SELDOM)
    questions, answers = _taken(0, "rb"), _taken(1, "wb")
    requests: SimpleQueue[tuple[float, tuple[Any, ...]]] = SimpleQueue()
    threading.Thread(target=_listen, args=(questions, requests), daemon=True).start()
    try:
        while True:
            _send(answers, iter((os.getpid(),)))
            seconds, arguments = requests.get()
            # a thread of C: `_listen` cannot end the process while a parser that hangs holds Python's lock
            faulthandler.dump_traceback_later(seconds, exit=True, file=2)
            _send(answers, pieces(read(*arguments)))
            faulthandler.cancel_dump_traceback_later()
            _clear_away()
    finally:
        os._exit(1)  # at once: an orderly end would wait for the thread that listens


def _listen(questions: IO[bytes], requests: SimpleQueue[Any]) -> None:
    """Passes requests on, even while a file is being read: when the other side has gone, nobody needs the answer."""
    try:
        while True:
            requests.put(pickle.load(questions))  # noqa: S301 - from the process that started this one
    finally:
        os._exit(0)


def _send(answers: IO[bytes], said: Iterator[object]) -> None:
    for piece in said:
        pickle.dump(piece, answers, protocol=5)
    answers.flush()


def _clear_away() -> None:
    """Gives memory back to the system, while the other side works on the answer: glibc by itself would keep most of it."""
    gc.collect()
    if sys.platform == "linux":
        import ctypes

        with suppress(AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)


def _taken(fd: int, mode: Literal["rb", "wb"]) -> IO[bytes]:
    """The pipe at `fd`, for us alone: a library that prints, or reads from the console, finds nothing there.

    On Windows this also spares libraries loaded later from waiting for the pipe, which another thread is reading.
    """
    ours = os.fdopen(os.dup(fd), mode)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, fd)
    os.close(nowhere)
    return ours


def _die_quietly() -> None:
    """No dialog when a parser crashes, and no memory with people's data left on the disk."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOGPFAULTERRORBOX)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    serve()
