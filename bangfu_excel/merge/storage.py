"""Two ways to put a file on disk so that a crash at any moment leaves nothing half-written in view."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bangfu_excel.errors import RegistryError

TEMPORARY = ".tmp-"
"""Names that begin so are what a crash left behind: nobody reads them."""


def put(path: Path, data: bytes) -> None:
    """`path` holds exactly `data`; a reader sees the file whole or not at all. `settle` brings it onto the disk."""
    if path.exists() and path.read_bytes() == data:
        return
    temporary = _written_beside(path, data)
    try:
        temporary.replace(path)
    finally:
        _discard(temporary)


def create(path: Path, data: bytes) -> None:
    """`path` comes into being with `data`, or `FileExistsError`: of several writers exactly one succeeds.

    A hard link makes the complete file appear in one step. Where the file system has none (FAT, some shares) the name
    is taken first and filled afterwards: a reader must then be able to tell a torn file by its contents.
    """
    temporary = _written_beside(path, data)
    settle([temporary])
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except (OSError, AttributeError, NotImplementedError):
        _create_in_place(path, data)
    finally:
        _discard(temporary)
    settle([path.parent])


def settle(paths: Sequence[Path]) -> None:
    """These files and folders are on the disk, should the power fail now; several at once, since each is mere waiting."""
    with ThreadPoolExecutor(max_workers=8) as pool:
        for _ in pool.map(_sync, paths):
            pass


def _sync(path: Path) -> None:
    folder = path.is_dir()
    if folder and os.name == "nt":
        return  # Windows has no such call for folders, and needs none
    descriptor = os.open(path, os.O_RDONLY if folder else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> None:
    """`path` is a folder; where that cannot be, a sentence that says so."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RegistryError(f"台账库的文件夹“{path}”建不了：{error.strerror}，请检查权限和磁盘") from error


def _written_beside(path: Path, data: bytes) -> Path:
    try:
        descriptor, name = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
    except OSError as error:
        raise RegistryError(f"台账库的文件夹“{path.parent}”写不进去：{error.strerror}，请检查权限和磁盘") from error
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(data)
    return Path(name)


def _create_in_place(path: Path, data: bytes) -> None:
    with path.open("xb") as handle:
        handle.write(data)
    settle([path])


def _discard(temporary: Path) -> None:
    temporary.unlink(missing_ok=True)
