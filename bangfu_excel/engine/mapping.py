"""One call for all engines: results in the order of the items, a dead worker costs one item."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, Literal, TypeVar, get_args

from bangfu_excel.errors import UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")
Engine = Literal["processes", "serial", "dask"]
ENGINES: tuple[str, ...] = get_args(Engine)
Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the name of the file just done."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """What became of one item: its result, or `died` where the worker that had it aborted (twice)."""

    index: int
    result: Result | None
    died: bool = False


def map_items(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    engine: Engine = "processes",
    jobs: int | None = None,
    scheduler: str | None = None,
) -> Iterator[Done[Result]]:
    """`function(item)` for every item, yielded as they finish; `Done.index` is the item's position.

    function and items must be picklable. An exception in `function` is raised here; a worker that aborts is not: its
    item is run once more alone, and then reported as `died`. `jobs`: processes at most (default: all cores).
    """
    workers = min(jobs or os.cpu_count() or 1, len(items))
    if engine == "dask":
        yield from _with_dask(function, items, scheduler)
    elif engine == "serial" or workers <= 1:
        for index, item in enumerate(items):
            yield Done(index, function(item))
    else:
        yield from _with_processes(function, items, workers)


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn everywhere: what holds on Windows is what is tested, and no lock of a thread is forked
    # Ctrl-C is for us alone: a process that it meets while it sends its answer would leave us waiting for the rest
    return ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_IGN),
    )


def _with_processes(function: Callable[[Item], Result], items: Sequence[Item], workers: int) -> Iterator[Done[Result]]:
    unfinished = set(range(len(items)))
    waiting = iter(range(len(items)))
    with _pool(workers) as pool:
        running: dict[Future[Result], int] = {}
        try:
            while unfinished:
                # no more than are being done: after Ctrl-C the processes would go on with what waits for them
                running |= {pool.submit(function, items[n]): n for n in islice(waiting, workers - len(running))}
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    done = Done(running.pop(future), future.result())
                    unfinished.discard(done.index)
                    yield done
        except BrokenProcessPool:
            pass
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    for index in sorted(unfinished):
        yield _alone(function, items[index], index)


def _alone(function: Callable[[Item], Result], item: Item, index: int) -> Done[Result]:
    with _pool(1) as pool:
        try:
            return Done(index, pool.submit(function, item).result())
        except BrokenProcessPool:
            return Done(index, None, died=True)


def _with_dask(
    function: Callable[[Item], Result], items: Sequence[Item], scheduler: str | None
) -> Iterator[Done[Result]]:
    distributed: Any
    try:
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise UsageError("没有安装 dask，请先执行 pip install bangfu_excel[dask]，或改用 --engine processes") from error
    with distributed.Client(scheduler) as client:
        futures = client.map(function, items, pure=False, retries=1)
        positions = {future.key: index for index, future in enumerate(futures)}
        for future in distributed.as_completed(futures):
            index = positions[future.key]
            if future.status == "error" and isinstance(future.exception(), distributed.KilledWorker):
                yield Done(index, None, died=True)
            else:
                yield Done(index, future.result())
