"""The engines: the same results whatever carries them, and a dead worker costs one item."""

import math
import multiprocessing
import os
import time
from pathlib import Path

import pytest

from bangfu_excel.engine import map_items


def die_on_three(number: int) -> int:
    if number == 3:
        os._exit(1)
    return number


def fail_on_three(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def interrupted_on_zero(item: tuple[int, str]) -> None:
    number, folder = item
    (Path(folder) / str(number)).touch()
    if number == 0:
        raise KeyboardInterrupt  # as Ctrl-C does in every process of a console
    time.sleep(0.3)


def in_order(done):
    return [one.result for one in sorted(done, key=lambda one: one.index)]


@pytest.mark.parametrize("engine", ["serial", "processes", "dask"])
def test_every_engine_gives_the_same_results(engine):
    assert in_order(map_items(math.factorial, range(6), engine=engine, jobs=2)) == [1, 1, 2, 6, 24, 120]


def test_a_dead_worker_costs_its_own_item_only():
    done = sorted(map_items(die_on_three, range(6), jobs=2), key=lambda one: one.index)
    assert [one.index for one in done if one.died] == [3]
    assert [one.result for one in done if not one.died] == [0, 1, 2, 4, 5]


@pytest.mark.parametrize("engine", ["serial", "processes"])
def test_an_exception_is_a_bug_and_is_raised(engine):
    with pytest.raises(ValueError, match="three"):
        list(map_items(fail_on_three, range(6), engine=engine, jobs=2))


def test_after_an_interrupt_no_further_item_is_begun(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        list(map_items(interrupted_on_zero, [(number, str(tmp_path)) for number in range(9)], jobs=2))
    while multiprocessing.active_children():
        time.sleep(0.05)
    assert {file.name for file in tmp_path.iterdir()} <= {"0", "1"}


def test_no_items_no_workers():
    assert list(map_items(math.factorial, [], jobs=2)) == []
