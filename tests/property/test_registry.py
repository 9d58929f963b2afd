"""Accepted data survives (DESIGN §5, 6): whatever is imported, undone and restored, in whatever order, and killed at any moment."""

import contextlib
import datetime as dt
import errno
import hashlib
import os
import pathlib
import shutil
import tempfile
import threading

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu_excel.core.batch import Batch, FileRecord
from bangfu_excel.core.finding import Findings
from bangfu_excel.core.period import Period
from bangfu_excel.core.region import Source
from bangfu_excel.core.rows import Rows
from bangfu_excel.merge import Registry, merge, storage

EXAMPLES = int(os.environ.get("BANGFU_EXAMPLES", "12"))
ACCEPTED, RETURNED = "accepted", "returned"


def batch(files, period="2024-06"):
    """files: name → rows `(key, value, outcome)`; a file's bytes are its name alone, so other rows are another outcome."""
    names = sorted(files)
    rows = [(name, number, *row) for name in names for number, row in enumerate(files[name], 2)]
    frame = pd.DataFrame(
        {
            "household_id": pd.Series([r[2] for r in rows], dtype="str"),
            "member_count": pd.Series([r[3] for r in rows], dtype="Int64"),
            "_file": pd.Series([r[0] for r in rows], dtype="str"),
            "_sheet": pd.Series(["表"] * len(rows), dtype="str"),
            "_row": np.array([r[1] for r in rows], dtype=np.int64),
            "_region": np.array([names.index(r[0]) for r in rows], dtype=np.int32),
            "_outcome": pd.Series([r[4] for r in rows], dtype="str"),
            "_withheld": pd.Series([""] * len(rows), dtype="str"),
            "_key": pd.Series([r[2] for r in rows], dtype="str"),
        }
    )
    records = tuple(FileRecord(n, hashlib.sha256(n.encode()).hexdigest(), "xlsx", "read") for n in names)
    span = Period.parse(period)
    sources = tuple(Source(name, "表", "household", {}) for name in names)
    return Batch(Rows({"household": frame}, sources), Findings(), pd.DataFrame(), records, "default", span.end, span)


def said(registry):
    """What the registry says: key → (value, file, row), and its batches with their states."""
    rows = registry.current("household")
    if rows.empty:
        current = {}
    else:
        current = {
            k: (v, f, r)
            for k, v, f, r in zip(*(rows[c] for c in ("_key", "member_count", "_file", "_row")), strict=True)
        }
    return current, list(zip(*(registry.batches()[c] for c in ("id", "state")), strict=True))


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch):
    """No waiting for the disk: what is on it after a power cut is not what these tests are about."""
    monkeypatch.setattr(storage.os, "fsync", lambda descriptor: None)


ROWS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(1, 3), st.sampled_from([ACCEPTED, ACCEPTED, RETURNED])),
    min_size=1,
    max_size=3,
)
IMPORT = st.tuples(
    st.just("import"),
    st.dictionaries(st.sampled_from(["a.xlsx", "b.xlsx"]), ROWS, min_size=1),
    st.sampled_from(["2024-06", "2024-07"]),
)
TURN = st.tuples(st.just("turn"), st.integers(0, 5))


class Ledger:
    """The registry as one would keep it by hand: every batch with its files, looked through from the newest."""

    def __init__(self):
        self.batches = []

    def counts(self):
        found = []
        for number, one in enumerate(self.batches):
            later = [b for b in self.batches[number + 1 :] if b["active"]]
            for file in one["files"] if one["active"] else ():
                if not any(file in b["replaced"] for b in later):
                    found.append((number, file))
        return found

    def bring(self, files, period):
        wanted = [(name, period, tuple(files[name])) for name in sorted(files)]
        counting = [file for _, file in self.counts()]
        new = [file for file in wanted if file not in counting]
        old = [f for f in counting if f not in wanted and any(f[:2] == n[:2] for n in new)]
        if new:
            self.batches.append({"files": new, "replaced": old, "active": True})
        return bool(new)

    def current(self):
        """Of a key the row of the latest period, of one period the latest batch's, of one batch the first."""
        winners = {}
        for number, (name, period, rows) in self.counts():
            for place, (key, value, outcome) in enumerate(rows, 2):
                if outcome == ACCEPTED and (key not in winners or winners[key][0] < (period, number)):
                    winners[key] = ((period, number), (value, name, place))
        return {key: origin for key, (_, origin) in winners.items()}


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(st.one_of(IMPORT, IMPORT, TURN), min_size=1, max_size=7))
def test_current_is_what_keeping_it_by_hand_gives(history):
    with tempfile.TemporaryDirectory() as folder:
        registry, ledger = Registry(pathlib.Path(folder) / "台账库"), Ledger()
        for event in history:
            if event[0] == "import":
                done = merge(batch(event[1], event[2]), registry)
                assert bool(done.batch_id) == ledger.bring(*event[1:])
            elif ledger.batches:
                number = event[1] % len(ledger.batches)
                one = ledger.batches[number]
                turn = registry.undo if one["active"] else registry.restore
                turn(registry.batches()["id"][number])
                one["active"] = not one["active"]
            assert said(registry)[0] == ledger.current()


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(IMPORT, max_size=3), IMPORT)
def test_importing_twice_is_importing_once_and_undo_is_never_having_imported(history, last):
    with tempfile.TemporaryDirectory() as folder:
        registry = Registry(pathlib.Path(folder) / "台账库")
        for event in history:
            merge(batch(*event[1:]), registry)
        before = said(registry)
        done = merge(batch(*last[1:]), registry)
        after = said(registry)
        assert merge(batch(*last[1:]), registry).batch_id == ""
        assert said(registry) == after
        if done.batch_id:
            registry.undo(done.batch_id)
        assert said(registry)[0] == before[0]


class Killed(BaseException):
    """The process is gone: nothing that would run afterwards (finally) reaches the disk."""


class Disk:
    """Counts what is done to the disk and dies right after the n-th act. Each half of a write is an act."""

    def __init__(self, dies_after):
        self.left = dies_after

    @property
    def dead(self):
        return self.left <= 0

    def __call__(self, operation):
        def counted(*args, **kwargs):
            if self.dead:
                raise Killed
            result = operation(*args, **kwargs)
            self.left -= 1
            if self.dead:
                raise Killed
            return result

        return counted

    def handle(self, opened):
        write = self(opened.write)

        class Handle:
            def __enter__(this):
                return this

            def __exit__(this, *_):
                opened.close()

            def write(this, data):
                write(data[: len(data) // 2])
                write(data[len(data) // 2 :])

            def __getattr__(this, name):
                return getattr(opened, name)

        return Handle()

    def under(self, patch, *, links):
        link = self(os.link) if links else no_links
        fdopen, open_ = os.fdopen, pathlib.Path.open

        def opening(path, mode="r", *args, **kwargs):
            opened = open_(path, mode, *args, **kwargs)
            return self.handle(opened) if "x" in mode else opened

        patch.setattr(storage.tempfile, "mkstemp", self(tempfile.mkstemp))
        patch.setattr(storage.os, "fdopen", lambda *args: self.handle(fdopen(*args)))
        patch.setattr(storage.os, "link", link)
        for name in ("mkdir", "replace", "unlink"):
            patch.setattr(pathlib.Path, name, self(getattr(pathlib.Path, name)))
        patch.setattr(pathlib.Path, "open", opening)


def no_links(*_):
    raise OSError(errno.EPERM, "no hard links here")


FIRST = {"a.xlsx": [("A", 1, ACCEPTED), ("B", 1, RETURNED)]}
SECOND = {"a.xlsx": [("A", 2, ACCEPTED), ("B", 1, ACCEPTED)], "b.xlsx": [("C", 3, ACCEPTED)]}


def expected(folder, *contents):
    registry = Registry(folder)
    for content in contents:
        merge(batch(content), registry)
    return said(registry)


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("start", [(), (FIRST,)], ids=["new", "existing"])
def test_killed_anywhere_it_is_as_before_or_after_and_a_second_run_completes_it(tmp_path, monkeypatch, start, links):
    before = expected(tmp_path / "before", *start)
    after = expected(tmp_path / "after", *start, SECOND)
    seen = []
    for dies_after in range(1, 1000):
        path = tmp_path / str(dies_after)
        if start:
            shutil.copytree(tmp_path / "before", path)
        disk = Disk(dies_after)
        with monkeypatch.context() as patch:
            disk.under(patch, links=links)
            with contextlib.suppress(Killed):
                merge(batch(SECOND), Registry(path))
        found = said(Registry(path))
        assert found[0] in (before[0], after[0])
        assert len(found[1]) - len(before[1]) == (found[0] == after[0])
        seen.append(found[0] == after[0])
        merge(batch(SECOND), Registry(path))
        completed = said(Registry(path))
        assert (completed[0], len(completed[1])) == (after[0], len(after[1]))
        if not disk.dead:
            break
    assert len(seen) > 10
    assert not seen[0]
    assert seen[-1]


def test_a_torn_entry_is_not_there_and_does_not_block_the_next(tmp_path):
    registry = Registry(tmp_path)
    merge(batch(FIRST), registry)
    entry = tmp_path / "journal" / "00000001.json"
    whole = entry.read_bytes()
    for length in (0, 1, len(whole) // 2, len(whole) - 1):
        entry.write_bytes(whole[:length])
        assert said(registry) == ({}, [])
    merge(batch(FIRST), registry)
    assert sorted(p.name for p in (tmp_path / "journal").iterdir()) == ["00000001.json", "00000002.json"]
    assert set(said(registry)[0]) == {"A"}


def at_once(*actions):
    """Runs the actions in threads that start together; what they raised."""
    barrier, raised = threading.Barrier(len(actions)), []

    def run(action):
        barrier.wait()
        try:
            action()
        except Exception as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_writers_at_once_all_arrive(tmp_path):
    batches = [batch({f"{n}.xlsx": [(f"K{n}", n, ACCEPTED)]}) for n in range(1, 7)]
    assert at_once(*(lambda b=b: merge(b, Registry(tmp_path), received=dt.date(2024, 7, 1)) for b in batches)) == []
    current, listed = said(Registry(tmp_path))
    assert {key: value[0] for key, value in current.items()} == {f"K{n}": n for n in range(1, 7)}
    assert len(listed) == 6


def test_the_same_batch_at_once_arrives_once_and_is_undone_once(tmp_path):
    assert at_once(*(lambda: merge(batch(FIRST), Registry(tmp_path)) for _ in range(4))) == []
    ((only, _),) = said(Registry(tmp_path))[1]
    raised = at_once(*(lambda: Registry(tmp_path).undo(only) for _ in range(4)))
    assert [str(error) for error in raised] == [f"批次“{only}”已经撤回过了，不能再撤回"] * 3
