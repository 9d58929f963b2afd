"""What INBOX holds, or a zip in it: submissions, photos, and what could not be listed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bangfu_excel.core.finding import Finding

_NOISE = ("~$", "._", ".")  # lock files, the side files of macOS, hidden ones
_NOISE_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_PHOTO = re.compile(r"(?i)\.(jpe?g|png|bmp|gif|heic|webp)$")
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # somebody renamed a workbook


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture beside the workbooks. name: relative to INBOX · folder: where it lies, "" for INBOX itself.

    path: the picture, or the zip that holds it as `member`: photos are not unpacked · key: that decodes the member.
    """

    path: Path
    name: str
    folder: str
    member: str = ""
    key: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Contents:
    """files: (path, name relative to INBOX with forward slashes) of every file that may be a submission · photos: apart.

    findings: what there is to say of folders, zips and names; one with effect SHEET stands for something not read.
    """

    files: tuple[tuple[Path, str], ...] = ()
    photos: tuple[Photo, ...] = ()
    findings: tuple[Finding, ...] = ()

    @classmethod
    def joined(cls, parts: Iterable[Contents]) -> Contents:
        """All that the parts hold, in their order."""
        parts = tuple(parts)
        return cls(
            tuple(file for part in parts for file in part.files),
            tuple(photo for part in parts for photo in part.photos),
            tuple(finding for part in parts for finding in part.findings),
        )


def is_noise(parts: Sequence[str]) -> bool:
    """Whether a path (its folders and its name) is nobody's submission: lock files, hidden files, what systems leave behind."""
    return any(part.startswith(_NOISE) or part.lower() in _NOISE_NAMES for part in parts)


def may_be_photo(name: str) -> bool:
    """Whether the name is a picture's; its first bytes are to be looked at."""
    return _PHOTO.search(name) is not None


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins with `head` is no picture, whatever its name says."""
    return head.startswith(_WORKBOOK)
