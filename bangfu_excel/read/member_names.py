"""Names of a zip's members, as their sender saw them and as any system can store them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath

_UTF8 = 0x800
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f\ud800-\udfff]')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")
_WIDE = "\u0800"  # from here on UTF-8 takes three bytes a character, which two Chinese characters in GBK hardly imitate


def member_names(infos: Sequence[zipfile.ZipInfo]) -> tuple[str, ...]:
    """The name of each member, folders and all, forward slashes, "" for a folder.

    A name without the UTF-8 flag is what its sender's system used, in China GBK, on a Mac UTF-8 all the same; zipfile
    takes it for cp437. Nothing leads out of the zip; characters that Windows cannot store are `_`.
    """
    plain = [_stored(info) for info in infos if not info.flag_bits & _UTF8]
    encoding = _encoding(b"\n".join(plain))
    return tuple(
        _clean(info.orig_filename if info.flag_bits & _UTF8 else _stored(info).decode(encoding, "replace"))
        for info in infos
    )


def distinct(name: str, taken: set[str]) -> str:
    """`name`, numbered where a file of that name (case apart) is among `taken`; adds it there."""
    path, wanted, number = PurePosixPath(name), name, 1
    while wanted.casefold() in taken:
        number += 1
        wanted = str(path.with_name(f"{path.stem}({number}){path.suffix}"))
    taken.add(wanted.casefold())
    return wanted


def _stored(info: zipfile.ZipInfo) -> bytes:
    # orig_filename: on Windows `filename` has lost the backslash that is half of a GBK character
    return info.orig_filename.encode("cp437", "replace")


def _encoding(names: bytes) -> str:
    """One for all names of a zip, since one program wrote them."""
    if names.isascii():
        return "ascii"
    for encoding in ("utf-8", "gb18030"):
        try:
            text = names.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" or max(text) >= _WIDE:
            return encoding
    return "cp437"


def _clean(name: str) -> str:
    if name.endswith(("/", "\\")):
        return ""
    parts = name.partition("\0")[0].replace("\\", "/").split("/")
    return "/".join(filter(None, (_part(part) for part in parts)))


def _part(part: str) -> str:
    clean = _FORBIDDEN.sub("_", part).strip().rstrip(". ")
    return f"_{clean}" if _DEVICE.match(clean) else clean
