"""Which files of an INBOX are submissions."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from bangfu_excel.errors import InboxError

_NOISE = ("~$", "._", ".~")


def find_files(inbox: Path) -> tuple[tuple[Path, str], ...]:
    """(path, name relative to INBOX with forward slashes) of every file that may be a submission, ordered by name (NFC).

    Lock files (`~$…`), `._…` and hidden files and folders are skipped. Raises `InboxError` when there is nothing.
    """
    if not inbox.exists():
        raise InboxError(f"找不到“{inbox}”，请检查要处理的文件夹或文件的路径")
    if inbox.is_file():
        return ((inbox, inbox.name),)
    found = [
        (path, path.relative_to(inbox).as_posix())
        for path in inbox.rglob("*")
        if not _is_noise(path.relative_to(inbox)) and path.is_file()
    ]
    if not found:
        raise InboxError(f"“{inbox}”里没有文件，请把乡镇报来的表格放进去再运行")
    return tuple(sorted(found, key=lambda item: unicodedata.normalize("NFC", item[1])))


def _is_noise(relative: Path) -> bool:
    return any(part.startswith((".", *_NOISE)) for part in relative.parts) or relative.name in (
        "Thumbs.db",
        "desktop.ini",
    )
