"""A process that does things to a registry when others do: `racing.py NAME REGISTRY links|none TASK…`.

It says that it is ready by `NAME.ready` beside the registry, waits for `go` there, and says what became of each task.
"""

import sys
import time
from pathlib import Path

from invented_rows import Line, batch_of
from killing import Disk, office

from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import Registry, merge


def brought(name):
    """A file of two households that nobody else brings."""
    lines = [Line(f"{name}.xlsx", 4 + n, {"household_id": f"{name}{n}", "head_name": "张三"}) for n in (1, 2)]
    return batch_of(lines, version=name)


def done(registry, task):
    what, _, name = task.partition(":")
    if what == "bring":
        return merge(brought(name), registry).batch_id
    if what == "undo":
        return registry.undo(name).id
    if what == "issue":
        return registry.issue(name)
    return office(what)(registry)


def waited(beside, name):
    (beside / f"{name}.ready").touch()
    while not (beside / "go").exists():
        time.sleep(0.002)


if __name__ == "__main__":
    name, root, mode, *tasks = sys.argv[1:]
    with Disk(root, sys.maxsize, sys.exit).under(links=mode == "links"):
        waited(Path(root).parent, name)
        for task in tasks:
            try:
                said = done(Registry(root), task) or "nothing new"
            except RegistryError as error:
                said = str(error)
            sys.stdout.write(f"{said}\n")
