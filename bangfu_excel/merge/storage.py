"""Two ways to put a file on disk so that a crash at any moment leaves nothing half-written in view."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from bangfu_excel.errors import RegistryError

TEMPORARY = ".tmp-"
"""Names that begin so are what a crash left behind: nobody reads them."""


def put(path: Path, data: bytes) -> None:
    """`path` holds exactly `data`, on the disk; a reader sees the file whole or not at all."""
    if path.exists() and path.read_bytes() == data:
        return
    temporary = _written_beside(path, data)
    try:
        temporary.replace(path)
    finally:
        _discard(temporary)
    _settle(path.parent)


def create(path: Path, data: bytes) -> None:
    """`path` comes into being with `data`, or `FileExistsError`: of several writers exactly one succeeds.

    A hard link makes the complete file appear in one step. Where the file system has none (FAT, some shares) the name
    is taken first and filled afterwards: a reader must then be able to tell a torn file by its contents.
    """
    temporary = _written_beside(path, data)
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except (OSError, AttributeError, NotImplementedError):
        _create_in_place(path, data)
    finally:
        _discard(temporary)
    _settle(path.parent)


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
        handle.flush()
        os.fsync(handle.fileno())
    return Path(name)


def _create_in_place(path: Path, data: bytes) -> None:
    with path.open("xb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _discard(temporary: Path) -> None:
    temporary.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """The folder's own entries on disk; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
