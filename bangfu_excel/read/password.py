"""Workbooks that open with a password: their bytes as they are without it."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from pathlib import Path

from bangfu_excel.core.messages import read as say
from bangfu_excel.read.refusal import RefusedError

DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105 - Excel's own, public: workbooks whose structure is protected
_OLE = b"\xd0\xcf\x11\xe0"


def without_password(data: bytes, passwords: Sequence[str]) -> bytes:
    """The workbook, if it opens with the password that Excel itself sets where the user set none, or with one of those given.

    Raises `RefusedError` where none fits, or one fits and what it opens is damaged.
    """
    fitted = False
    for password in dict.fromkeys((DEFAULT_PASSWORD, *passwords)):
        fits, plain = _opened(data, password)
        if plain is not None:
            return plain
        fitted = fitted or fits
    raise RefusedError(say.FILE_DAMAGED if fitted else say.PASSWORD)


def plain_bytes(path: Path, passwords: Sequence[str]) -> bytes | None:
    """The bytes of an xlsx, without its password if it has one; None where it is gone or does not open."""
    try:
        data = path.read_bytes()
        return without_password(data, passwords) if data.startswith(_OLE) else data
    except (OSError, RefusedError):
        return None


def _opened(data: bytes, password: str) -> tuple[bool, bytes | None]:
    """Whether the password fits, and what the file is without it."""
    import msoffcrypto

    fits, plain = False, io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        if office.format == "ooxml":  # of an xls, a wrong password raises in any case
            office.load_key(password=password, verify_password=True)
        else:
            office = msoffcrypto.OfficeFile(_in_whole_records(data))
            office.load_key(password=password)
        fits = True
        office.decrypt(plain)
    except Exception:  # a wrong password raises many kinds, down to struct.error and AssertionError
        return fits, None
    return True, plain.getvalue()


def _in_whole_records(data: bytes) -> io.BytesIO:
    """An xls whose stream ends where a record ends: msoffcrypto stumbles over what some programs fill it up with."""
    import olefile

    file = io.BytesIO(data)
    container = olefile.OleFileIO(file, write_mode=True)  # not closed: that would close the file
    stream = bytearray(container.openstream("Workbook").read())
    at = last = 0
    while at + 4 <= len(stream):
        last, at = at, at + 4 + struct.unpack_from("<H", stream, at + 2)[0]
    if (rest := len(stream) - at) > 0:
        struct.pack_into("<H", stream, last + 2, at - last - 4 + rest)
        container.write_stream("Workbook", bytes(stream))
    return file
