"""Where a run writes: checked before work starts, complete when it ends, nothing stale left behind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Any

from bangfu_excel.errors import OutputError
from bangfu_excel.pipeline.files import file_digest
from bangfu_excel.write.book import command_of

RUN_FILE = "run.json"
OWN_FOLDERS = frozenset({"退回", "台账", "卡表", "上报", "考核", "附件", "data"})


@dataclass(frozen=True, slots=True)
class Question:
    """A workbook for somebody to fill in, as it was written: the command that takes it back, and its SHA-256."""

    command: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A workbook `name` that somebody had filled in, and what it is called since: names relative to OUT."""

    name: str
    now: str
    command: str


@dataclass(frozen=True, slots=True)
class Target:
    """The OUT folder of a run, the files that an earlier run listed in it, and those of them to be filled in."""

    folder: Path
    earlier: tuple[str, ...]
    questions: Mapping[str, Question]

    @classmethod
    def prepared(cls, out: Path, inbox: Path | None = None) -> Target:
        """OUT, found usable: not inside INBOX, writable, none of its files open elsewhere. Else `OutputError`."""
        folder = out.resolve()
        if inbox is not None:
            _keep_apart(folder, inbox.resolve(), out, inbox)
        if folder.exists() and not folder.is_dir():
            raise OutputError(f"“{out}”是一个文件，不是文件夹，请换一个位置")
        _try_writing(folder, out)
        record = _record(folder)
        earlier = _present(folder, record.get("files"))
        for name in earlier:
            if is_open(folder / name):
                raise OutputError(f"“{name}”正在别的程序里打开着，请先关闭再运行")
        return cls(folder, earlier, _questions(folder, record.get("questions")))

    def relative(self, paths: Iterable[Path]) -> tuple[str, ...]:
        """The paths relative to OUT, with forward slashes, in order."""
        return tuple(sorted(path.resolve().relative_to(self.folder).as_posix() for path in paths))

    def asked(self, written: Iterable[str]) -> dict[str, dict[str, str]]:
        """What run.json has to say of the workbooks to be filled in, by which the next run knows that somebody did."""
        books = {name: self.folder / name for name in written if name.endswith(".xlsx")}
        commands = {name: command_of(path) for name, path in books.items()}
        return {
            name: asdict(Question(command, file_digest(books[name]))) for name, command in commands.items() if command
        }

    def keep_filled(self) -> tuple[Kept, ...]:
        """Those that somebody has filled in since they were written, each under a name that no run writes or removes."""
        changed = [name for name, one in self.questions.items() if file_digest(self.folder / name) != one.sha256]
        return tuple(Kept(name, self._set_aside(name), self.questions[name].command) for name in sorted(changed))

    def _set_aside(self, name: str) -> str:
        return set_aside(self.folder / name).relative_to(self.folder).as_posix()

    def remove_stale(self, written: Iterable[str]) -> None:
        """Remove what the earlier run listed and this one did not write, and folders left empty by it."""
        for name in sorted(set(self.earlier) - set(written)):
            path = self.folder / name
            path.unlink(missing_ok=True)
            for parent in path.parents:
                if parent == self.folder or not parent.is_dir() or any(parent.iterdir()):
                    break
                parent.rmdir()


def set_aside(path: Path) -> Path:
    """The file under a name that no run writes or removes: 走访考核_已填.xlsx. `OutputError` where that cannot be."""
    names = (path.with_stem(f"{path.stem}_已填{number if number > 1 else ''}") for number in count(1))
    free = next(other for other in names if not other.exists())
    try:
        path.rename(free)
    except OSError as error:
        raise OutputError(f"“{path.name}”里有人填过的内容，要另存又存不了，请先把它移到别处再运行") from error
    return free


def _keep_apart(folder: Path, home: Path, out: Path, inbox: Path) -> None:
    """Raises `OutputError` where outputs would be read as submissions, or written over them."""
    if folder == home or home in folder.parents:
        raise OutputError(f"结果不能写在要处理的文件夹里面：“{out}”在“{inbox}”之中，请换一个位置")
    if folder in home.parents and home.relative_to(folder).parts[0] in OWN_FOLDERS:
        raise OutputError(f"“{inbox}”是“{out}”里的结果文件夹，运行时会被改写；请把要处理的文件复制到别处再运行")


def _try_writing(folder: Path, shown: Path) -> None:
    probe_in = next(parent for parent in (folder, *folder.parents) if parent.exists())
    probe = probe_in / ".bangfu-probe"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OutputError(f"“{shown}”写不进去，请检查有没有写入权限，或换一个位置") from error


def _record(folder: Path) -> dict[str, Any]:
    """The run.json of an earlier run; empty where there is none, or none that can be read."""
    try:
        record = json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _questions(folder: Path, asked: object) -> dict[str, Question]:
    if not isinstance(asked, dict):
        return {}
    told = {name: asked[name] for name in _present(folder, list(asked)) if isinstance(asked[name], dict)}
    return {name: Question(str(one.get("command")), str(one.get("sha256"))) for name, one in told.items()}


def _present(folder: Path, names: object) -> tuple[str, ...]:
    """Those of the names that are files inside the folder."""
    listed = names if isinstance(names, list) else []
    inside = [str(name) for name in listed if not Path(str(name)).is_absolute() and ".." not in Path(str(name)).parts]
    return tuple(name for name in inside if (folder / name).is_file())


def is_open(path: Path) -> bool:
    """Whether Excel, WPS or LibreOffice holds the file: by its owner file, or because it cannot be opened for writing."""
    owners = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    if any((path.parent / owner).exists() for owner in owners):
        return True
    try:
        with path.open("r+b"):
            return False
    except OSError:
        return True
