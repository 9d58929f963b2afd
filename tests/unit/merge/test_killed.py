"""Killed at any moment, a registry is as before or after, says that it is whole, and a second run completes it.

200 points, spread over everything that writes to a registry, on disks where a file can appear in one step and where it
cannot. At most of them the process is not really killed: an exception that nothing catches is raised, and every later act on
the disk raises it again, so that nothing that runs on the way out changes anything. That is the same, since what a process has
handed to the system stays when it is gone, what it has not is lost (each half of a writing is handed over by itself), and no
other process reads what it kept in memory. At 25 points a process of its own is killed, to hold that to what happens.
"""

import contextlib
import json
import re
import shutil
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path

import pytest
from killing import GONE, OPERATIONS, Disk, Killed, prepared, said

from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import Registry, journal
from bangfu_excel.merge.storage import TEMPORARY

POINTS = {"first": 24, "merge": 30, "issue": 14}
FEW = 7
"""Kill points of an operation, on each of the two kinds of disk."""
REALLY = (*["merge"] * 8, *["first"] * 4, *["issue"] * 4, "undo", "undo", "undo", *OPERATIONS, "correct")[:25]
MODES = ("links", "none")


def test_the_points_are_200():
    assert sum(2 * POINTS.get(name, FEW) for name in OPERATIONS) >= 200 - len(REALLY)
    assert len(REALLY) == 25


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    root = tmp_path_factory.mktemp("prepared") / "台账库"
    prepared(root)
    return root


def copy(start, root, operation):
    if operation != "first":
        shutil.copytree(start, root)
    return Registry(root)


def evidence(registry, *parts):
    """The files below a folder of the registry, as they are; temporary ones that nobody reads left out."""
    folder = registry.path.joinpath(*parts)
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(TEMPORARY))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def events(registry):
    """What the journal says but for the numbers, which a torn entry may have moved on."""
    found = []
    for entry in registry.journal.entries():
        content = {name: value for name, value in entry.content.items() if name not in ("seq", "follows")}
        found.append(re.sub(r'"\d{4}-([0-9a-f]{6})"', r'"\1"', json.dumps(content, ensure_ascii=False, sort_keys=True)))
    return found


def require_intact(registry):
    if (registry.path / "submissions").exists():
        problems = registry.verify().problems
        assert problems[problems["severity"] == "damage"].values.tolist() == []


def require_before_or_after(registry, before, after):
    """What it was and what it is to be; true where it is so already."""
    require_intact(registry)
    found = said(registry)
    assert found in (before, after)
    return found == after


def require_completed(registry, operation, undisturbed, *, landed):
    """The operation once more: refused or idle where it had landed, and then all is as if nothing had been."""
    with contextlib.suppress(RegistryError) if landed else contextlib.nullcontext():
        OPERATIONS[operation](registry)
    require_intact(registry)
    assert said(registry) == said(undisturbed)
    assert events(registry) == events(undisturbed)
    assert evidence(registry, "submissions") == evidence(undisturbed, "submissions")
    for entry in undisturbed.state.issues:
        kept = evidence(undisturbed, "issued", entry.batch)
        assert kept in [evidence(registry, "issued", one.batch) for one in registry.state.issues]


def gone():
    raise Killed


@pytest.fixture(params=OPERATIONS)
def operation(request):
    return request.param


@pytest.fixture
def undisturbed(start, tmp_path, operation):
    """The registry after the operation, which nobody killed."""
    registry = copy(start, tmp_path / "undisturbed", operation)
    OPERATIONS[operation](registry)
    return registry


def acts_of(start, root, operation, mode):
    disk = Disk(root, sys.maxsize, gone)
    registry = copy(start, root, operation)
    with disk.under(links=mode == "links"):
        OPERATIONS[operation](registry)
    return disk.acts


def spread(number, acts):
    """So many of the acts, the first and the last among them; all where there are no more."""
    return sorted({1 + round(n * (acts - 1) / (number - 1)) for n in range(min(number, acts))})


@pytest.mark.parametrize("mode", MODES)
def test_as_before_or_after_and_completed_by_a_second_run(start, tmp_path, operation, mode, undisturbed, monkeypatch):
    monkeypatch.setattr(journal, "_MOMENTS", 1)
    before, after = said(copy(start, tmp_path / "before", operation)), said(undisturbed)
    acts = acts_of(start, tmp_path / "count", operation, mode)
    landed = []
    for number in spread(POINTS.get(operation, FEW), acts):
        root = tmp_path / str(number)
        registry = copy(start, root, operation)
        with Disk(root, number, gone).under(links=mode == "links"), pytest.raises(Killed):
            OPERATIONS[operation](registry)
        landed.append(require_before_or_after(registry, before, after))
        require_completed(registry, operation, undisturbed, landed=landed[-1])
        shutil.rmtree(root)
    assert (landed[0], landed[-1]) == (False, True)
    assert landed == sorted(landed)


def killed_processes(start, tmp_path):
    """(operation, registry) of each process that was killed; two at a time."""
    acts = {name: acts_of(start, tmp_path / f"count-{name}", name, "links") for name in OPERATIONS}
    program = Path(__file__).with_name("killing.py")
    running = []
    for index, (operation, mode) in enumerate(zip(REALLY, islice(cycle(MODES), len(REALLY)), strict=True)):
        root = tmp_path / str(index)
        copy(start, root, operation)
        number = str(1 + index * 5 % acts[operation])
        running.append((operation, root, subprocess.Popen([sys.executable, program, operation, root, number, mode])))
        if len(running) == 2:
            yield from finished(running)
            running = []
    yield from finished(running)


def finished(running):
    for operation, root, process in running:
        assert process.wait(timeout=120) == GONE
        yield operation, Registry(root)


def test_processes_that_are_really_killed_leave_the_same(start, tmp_path):
    undisturbed = {name: copy(start, tmp_path / f"whole-{name}", name) for name in OPERATIONS}
    before = {name: said(registry) for name, registry in undisturbed.items()}
    for name, registry in undisturbed.items():
        OPERATIONS[name](registry)
    landed = set()
    for operation, registry in killed_processes(start, tmp_path):
        done = require_before_or_after(registry, before[operation], said(undisturbed[operation]))
        require_completed(registry, operation, undisturbed[operation], landed=done)
        landed.add(done)
    assert landed == {True, False}
