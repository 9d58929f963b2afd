"""What is done to a registry, and a disk that dies after so many acts.

Run as a program it does one thing to a registry and is gone after the n-th act: `killing.py OPERATION REGISTRY N links|none`.
"""

import contextlib
import datetime as dt
import errno
import os
import pathlib
import sys
import tempfile
import threading

import pandas as pd
from invented_rows import VISIT, Line, batch_of

from bangfu_excel.merge import Registry, merge, storage

GONE = 87
"""Exit code of a process that was killed."""
DAY = dt.date(2024, 8, 1)


def home(number, **more):
    says = {"household_id": f"H{number}", "township": "清水镇", "village": "柳溪村", "head_name": f"张{number}", **more}
    return Line("户.xlsx", 3 + number, says)


def visit(number, day, file="走访.xlsx", **more):
    says = {"household_id": f"H{number}", "visited_on": day, "visitors": "王五", **more}
    return Line(file, 3 + number, says, VISIT, sheet="走访", key=f"H{number}|{day}")


def prepared(root):
    """A roster in two versions, of which the second is undone; a log; May announced; a file that would change May and waits."""
    registry = Registry(root)
    log = [visit(1, "2024-05-08"), visit(1, "2024-06-08"), visit(2, "2024-06-09")]
    merge(batch_of([home(1), home(2), *log], submitter="清水镇"), registry)
    second = merge(batch_of([home(1, member_count=4)], version="2", submitter="清水镇"), registry)
    registry.undo(second.batch_id)
    registry.issue("2024-05")
    changed = [visit(1, "2024-05-08", "五月.xlsx", content="改了"), visit(3, "2024-05-09", "五月.xlsx")]
    merge(batch_of(changed, period="2024-05", submitter="清水镇"), registry)
    return registry


ARRIVES = batch_of(
    [home(1, member_count=5), home(3), visit(3, "2024-07-02", "七月.xlsx")], version="3", submitter="清水镇"
)
SAID = {
    "decide": {"table": "household", "key": "H1", "field": "head_name", "value": "张一", "precision": "",
               "stated": ["张1", "张一"], "place": "裁决!C5"},
    "correct": {"table": "household", "key": "H1", "field": "member_count", "old": None, "new": 3, "source": "电话",
                "told_by": "王五", "entered_by": "李四", "date": "2024-07-30", "place": "更正单!A3"},
    "event": {"event": "head", "key": "H2", "head_name": ["张2", "李梅"], "head_id": ["", ""], "date": "2024-07-03",
              "basis": "死亡证明", "reason": "死亡", "place": "户主变更!A3"},
}  # fmt: skip


def office(kind):
    return lambda registry: registry.record(kind, [SAID[kind]], received=DAY, file="县办.xlsx")


OPERATIONS = {
    "first": lambda registry: merge(ARRIVES, registry),
    "merge": lambda registry: merge(ARRIVES, registry),
    "undo": lambda registry: registry.undo(registry.batches()["id"][0]),
    "restore": lambda registry: registry.restore(registry.batches()["id"][1]),
    "issue": lambda registry: registry.issue("2024-06"),
    "confirm": lambda registry: registry.confirm([registry.state.imports[2].content["submissions"][0]["id"]]),
    "decide": office("decide"),
    "correct": office("correct"),
    "event": office("event"),
}  # fmt: skip
"""Each is done to a copy of the prepared registry, `first` to none."""


class Killed(BaseException):
    """The process is gone: nothing catches this, and nothing that runs on the way out (finally) reaches the disk."""


class Disk:
    """Counts what is done to the disk below a folder, and lets the process die right after the n-th act.

    An act makes a folder, opens, settles, links, renames or removes a file, or writes half of what is to be written.
    """

    def __init__(self, root, dies_after, die):
        self.root, self.dies_after, self.die, self.acts = str(root), dies_after, die, 0
        self.one_at_a_time = threading.RLock()

    @property
    def dead(self):
        return self.acts >= self.dies_after

    def act(self, operation, *args, **kwargs):
        with self.one_at_a_time:
            if self.dead:
                self.die()
            try:
                return operation(*args, **kwargs)
            finally:
                self.acts += 1
                if self.dead:
                    self.die()

    def counted(self, operation):
        return lambda *args, **kwargs: self.act(operation, *args, **kwargs)

    @contextlib.contextmanager
    def under(self, *, links=True):
        """While this lasts, `storage` works on this disk."""
        kept = storage.os, storage.tempfile
        methods = {name: getattr(pathlib.Path, name) for name in ("mkdir", "replace", "unlink", "open")}
        storage.os, storage.tempfile = _System(self, links), _Temporary(self)
        for name, method in methods.items():
            setattr(pathlib.Path, name, self.method(method))
        try:
            yield self
        finally:
            storage.os, storage.tempfile = kept
            for name, method in methods.items():
                setattr(pathlib.Path, name, method)

    def method(self, original):
        def counted(path, *args, **kwargs):
            reads = original.__name__ == "open" and "x" not in kwargs.get("mode", args[0] if args else "r")
            if reads or not str(path).startswith(self.root):
                return original(path, *args, **kwargs)
            result = self.act(original, path, *args, **kwargs)
            return _Handle(self, result) if original.__name__ == "open" else result

        return counted


class _Handle:
    """A file of which each half of a writing is an act, and reaches the disk."""

    def __init__(self, disk, handle):
        self.disk, self.handle = disk, handle

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.handle.close()

    def write(self, data):
        for part in (data[: len(data) // 2], data[len(data) // 2 :]):
            self.disk.act(self.write_through, part)

    def write_through(self, part):
        self.handle.write(part)
        self.handle.flush()


class _System:
    def __init__(self, disk, links):
        self.disk, self.links = disk, links

    def __getattr__(self, name):
        return getattr(os, name)

    def fdopen(self, *args):
        return _Handle(self.disk, os.fdopen(*args))

    def link(self, *args):
        return self.appears(os.link, *args)

    def rename(self, *args):
        return self.appears(os.rename, *args)

    def appears(self, operation, *args):
        if not self.links:
            raise OSError(errno.EPERM, "nothing appears in one step here")
        return self.disk.act(operation, *args)

    def fsync(self, descriptor):
        self.disk.act(int, descriptor)  # waiting for the disk changes nothing that a reader sees


class _Temporary:
    def __init__(self, disk):
        self.mkstemp = disk.counted(tempfile.mkstemp)


def said(registry):
    """What a registry says: its current rows, and its entries with their states."""
    tables = {name: registry.current(name).to_dict("list") for name in ("household", "visit")}
    values = {
        name: {c: [None if pd.isna(v) else v for v in values] for c, values in rows.items() if c != "_batch"}
        for name, rows in tables.items()
    }
    listed = registry.batches()
    return values, list(zip(listed["id"].str[5:], listed["state"], listed["kind"], strict=True))


if __name__ == "__main__":
    operation, root, number, mode = sys.argv[1:]
    with Disk(root, int(number), lambda: os._exit(GONE)).under(links=mode == "links"):
        OPERATIONS[operation](Registry(root))
