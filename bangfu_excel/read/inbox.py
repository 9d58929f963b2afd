"""Which files of an INBOX are submissions, those in its zips too."""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.limits import DEFAULT, Limits
from bangfu_excel.core.messages import pipeline as says
from bangfu_excel.errors import InboxError
from bangfu_excel.read.contents import Contents, Photo, is_noise, is_workbook, may_be_photo
from bangfu_excel.read.unzip import Unpacker

_LONG = 248  # characters; from here on Windows wants the \\?\ form


@contextmanager
def open_inbox(inbox: Path, limits: Limits = DEFAULT, passwords: Sequence[str] = ()) -> Iterator[Contents]:
    """The files of INBOX (a file, a folder with its subfolders, or a zip) and of the zips in it, ordered by name (NFC).

    Lock files (`~$…`), `._…` and hidden files and folders are skipped; links to folders are not followed. Zips are
    unpacked into a folder that is removed on leaving. passwords: tried on encrypted zips. Raises `InboxError` where
    there is nothing.
    """
    if not inbox.exists():
        raise InboxError(f"找不到“{inbox}”，请检查要处理的文件夹或文件的路径")
    is_file = inbox.is_file()
    listed = Contents(files=((inbox, inbox.name),)) if is_file else _sorted_out(_listed(inbox))
    with tempfile.TemporaryDirectory(prefix="bangfu-", ignore_cleanup_errors=True) as folder:
        unpacker = Unpacker(Path(folder), limits, passwords, taken=(name for _, name in listed.files))
        found = _with_zips(listed, unpacker)
        if not (found.files or found.photos or found.findings):
            raise InboxError(f"“{inbox}”里没有文件，请把乡镇报来的表格放进去再运行")
        yield Contents(
            tuple(sorted(found.files, key=lambda file: unicodedata.normalize("NFC", file[1]))),
            found.photos,
            found.findings,
        )


def _with_zips(listed: Contents, unpacker: Unpacker) -> Contents:
    """The same with the members of each zip instead of it."""
    parts = [Contents(photos=listed.photos, findings=listed.findings)]
    for path, name in listed.files:
        inside = unpacker.unpacked(path, name)
        parts.append(Contents(files=((path, name),)) if inside is None else inside)
    return Contents.joined(parts)


def _listed(root: Path) -> Contents:
    """Every file below `root` that is not noise, and a finding for every folder that cannot be entered."""
    files: list[tuple[Path, str]] = []
    findings: list[Finding] = []

    def unreadable(error: OSError) -> None:
        folder = Path(os.fsdecode(error.filename))
        if folder == root:
            raise InboxError(f"“{root}”打不开，请检查有没有读取权限") from error
        findings.append(says.FOLDER_UNREADABLE.finding(Place(_shown(folder.relative_to(root)))))

    for place, subfolders, names in os.walk(root, onerror=unreadable):
        folder = Path(place)
        subfolders[:] = sorted(name for name in subfolders if not is_noise((name,)))
        links = [name for name in subfolders if _leads_away(folder, name)]
        findings += [says.LINK_NOT_FOLLOWED.finding(Place(_shown((folder / name).relative_to(root)))) for name in links]
        subfolders[:] = [name for name in subfolders if name not in links]
        files += [
            (path, _shown(path.relative_to(root)))
            for path in (folder / name for name in names if not is_noise((name,)))
            if path.is_file() or not path.exists()  # what is gone or leads nowhere is said when it is read
        ]
    findings += [
        says.NAME_UNREADABLE.finding(Place(name)) for path, name in files if name != path.relative_to(root).as_posix()
    ]
    return Contents(
        tuple((_openable(path, str(path.absolute())), name) for path, name in files), findings=tuple(findings)
    )


def _leads_away(folder: Path, name: str) -> bool:
    """Whether the subfolder is a link or a junction: it may lead out of INBOX, or round in circles."""
    here = os.path.join(os.path.realpath(folder), name)  # noqa: PTH118 - compared as text
    return os.path.normcase(os.path.realpath(folder / name)) != os.path.normcase(here)


def _shown(relative: Path) -> str:
    """The name with forward slashes; one that is no Unicode (from a Linux share, say) as GBK, else with � in it."""
    name = relative.as_posix()
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        stored = os.fsencode(name)
        try:
            return stored.decode("gb18030")
        except UnicodeDecodeError:
            return stored.decode("utf-8", "replace")
    return name


def _openable(path: Path, absolute: str, *, windows: bool = os.name == "nt") -> Path:
    """The path in a form that Windows opens however long it is."""
    if not windows or len(absolute) < _LONG or absolute.startswith("\\\\?\\"):
        return path
    return Path(f"\\\\?\\UNC{absolute[1:]}" if absolute.startswith("\\\\") else f"\\\\?\\{absolute}")


def _sorted_out(listed: Contents) -> Contents:
    """The same with the photos apart."""
    photos = tuple(
        Photo(path, name, name.rpartition("/")[0])
        for path, name in listed.files
        if may_be_photo(name) and not is_workbook(_head(path))
    )
    apart = {photo.name for photo in photos}
    return Contents(tuple(file for file in listed.files if file[1] not in apart), photos, listed.findings)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(8)
    except OSError:
        return b""
