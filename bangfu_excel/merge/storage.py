"""Two ways to put a file on disk so that a crash at any moment leaves nothing half-written in view.

Where the disk is full, read-only or gone, `RegistryError` says so; the registry is then as it was.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from bangfu_excel.errors import RegistryError

TEMPORARY = ".tmp-"
"""Names that begin so are what a crash left behind: nobody reads them."""

_READ_AND_WRITE = 0o666
_WINDOWS_TOO_LONG = 206
_REASONS = {
    errno.ENOSPC: "磁盘满了，请腾出空间再运行一次",
    errno.EACCES: "没有权限，请检查文件夹的权限、是不是只读",
    errno.EPERM: "没有权限，请检查文件夹的权限、是不是只读",
    errno.ENOTDIR: "有一个文件占了文件夹的位置，请把它移走",
    errno.EROFS: "磁盘是只读的，请换一个位置",
    errno.ENAMETOOLONG: "路径太长，请把台账库放到层次浅一些的文件夹",
}


def put(path: Path, data: bytes) -> None:
    """`path` holds exactly `data`; a reader sees the file whole or not at all. `settle` brings it onto the disk."""
    if _holds(path, data):
        return
    temporary = _written_beside(path, data)
    try:
        with _told(path):
            _replace(temporary, path, data)
    finally:
        _discard(temporary)


def create(path: Path, data: bytes) -> None:
    """`path` comes into being with `data`, or `FileExistsError`: of several writers exactly one succeeds.

    A hard link makes the complete file appear in one step; on Windows a renaming does, which there never replaces. Where the
    file system has neither (FAT, some shares) the name is taken first and filled afterwards: a reader must then be able to
    tell a torn file by its contents.
    """
    temporary = _written_beside(path, data)
    appear = os.rename if os.name == "nt" else os.link
    try:
        settle([temporary])
        with _told(path):
            try:
                appear(temporary, path)
            except FileExistsError:
                raise
            except (OSError, NotImplementedError):
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
    if path.is_dir():
        with suppress(OSError):  # Windows and some shares have no such call for folders
            _flush(path, os.O_RDONLY)
    else:
        with _told(path):
            _flush(path, os.O_RDWR)


def _flush(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> None:
    """`path` is a folder."""
    with _told(path):
        try:
            path.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise NotADirectoryError(errno.ENOTDIR, "not a folder", str(path)) from error


def _written_beside(path: Path, data: bytes) -> Path:
    with _told(path):
        descriptor, name = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as handle:
                handle.write(data)
            Path(name).chmod(path.parent.stat().st_mode & _READ_AND_WRITE)  # who may use the folder may use the file
        except OSError:
            _discard(Path(name))
            raise
    return Path(name)


def _replace(temporary: Path, path: Path, data: bytes) -> None:
    try:
        temporary.replace(path)
    except PermissionError:
        if not _holds(path, data):  # on Windows another run, which has just written the same, may hold it open
            raise


def _holds(path: Path, data: bytes) -> bool:
    return path.exists() and path.read_bytes() == data


def _create_in_place(path: Path, data: bytes) -> None:
    with path.open("xb") as handle:
        handle.write(data)
    settle([path])


def _discard(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the disk refuses becomes a sentence; that a name is taken is for the caller."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise RegistryError(f"台账库的“{path}”写不进去：{why(error)}。库里的内容没有变") from error


def why(error: OSError) -> str:
    """What the system refuses, and what to do."""
    number = errno.ENAMETOOLONG if getattr(error, "winerror", 0) == _WINDOWS_TOO_LONG else error.errno
    return _REASONS.get(number or 0, f"用不了（{error.strerror or error}），请检查权限和磁盘")
