"""Where a run writes: checked before work starts, complete when it ends, nothing stale left behind."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bangfu_excel.errors import OutputError

RUN_FILE = "run.json"
OWN_FOLDERS = frozenset({"退回", "台账", "考核", "附件", "data"})


@dataclass(frozen=True, slots=True)
class Target:
    """The OUT folder of a run, and the files that an earlier run listed in it."""

    folder: Path
    earlier: tuple[str, ...]

    @classmethod
    def prepared(cls, out: Path, inbox: Path | None = None) -> Target:
        """OUT, found usable: not inside INBOX, writable, none of its files open elsewhere. Else `OutputError`."""
        folder = out.resolve()
        if inbox is not None:
            _keep_apart(folder, inbox.resolve(), out, inbox)
        if folder.exists() and not folder.is_dir():
            raise OutputError(f"“{out}”是一个文件，不是文件夹，请换一个位置")
        _try_writing(folder, out)
        earlier = _listed(folder)
        for name in earlier:
            if _is_open(folder / name):
                raise OutputError(f"“{name}”正在别的程序里打开着，请先关闭再运行")
        return cls(folder, earlier)

    def relative(self, paths: Iterable[Path]) -> tuple[str, ...]:
        """The paths relative to OUT, with forward slashes, in order."""
        return tuple(sorted(path.resolve().relative_to(self.folder).as_posix() for path in paths))

    def remove_stale(self, written: Iterable[str]) -> None:
        """Remove what the earlier run listed and this one did not write, and folders left empty by it."""
        for name in sorted(set(self.earlier) - set(written)):
            path = self.folder / name
            path.unlink(missing_ok=True)
            for parent in path.parents:
                if parent == self.folder or not parent.is_dir() or any(parent.iterdir()):
                    break
                parent.rmdir()


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


def _listed(folder: Path) -> tuple[str, ...]:
    path = folder / RUN_FILE
    if not path.is_file():
        return ()
    try:
        files = json.loads(path.read_text(encoding="utf-8")).get("files", [])
    except (ValueError, AttributeError):
        return ()
    inside = [str(name) for name in files if not Path(str(name)).is_absolute() and ".." not in Path(str(name)).parts]
    return tuple(name for name in inside if (folder / name).is_file())


def _is_open(path: Path) -> bool:
    """Whether Excel, WPS or LibreOffice holds the file: by its owner file, or because it cannot be opened for writing."""
    owners = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    if any((path.parent / owner).exists() for owner in owners):
        return True
    try:
        with path.open("r+b"):
            return False
    except OSError:
        return True
