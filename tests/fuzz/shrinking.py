"""Makes a find small: whole parts first, then ever smaller pieces of what is left."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from random import Random

from mutations import zipped

_SECONDS = 60.0  # for one find


def shrink(name: str, data: bytes, still: Callable[[bytes], bool]) -> bytes:
    """The smallest bytes found of which `still` holds."""
    end = time.monotonic() + _SECONDS
    if name.endswith((".xlsx", ".ods", ".xlsb")):
        return _package(data, still, end)
    return _pieces(data, still, end)


def _package(data: bytes, still: Callable[[bytes], bool], end: float) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(i.filename, archive.read(i)) for i in archive.infolist()]
    except Exception:  # the find is in the container itself
        return _pieces(data, still, end)

    def packed(some: list[tuple[str, bytes]]) -> bytes:
        return zipped(some, Random(0))

    if not still(packed(parts)):
        return _pieces(data, still, end)
    for i in reversed(range(len(parts))):
        fewer = parts[:i] + parts[i + 1 :]
        if time.monotonic() < end and still(packed(fewer)):
            parts = fewer
    for i, (name, content) in enumerate(parts):
        small = _pieces(content, lambda c, i=i, n=name: still(packed([*parts[:i], (n, c), *parts[i + 1 :]])), end)
        parts[i] = (name, small)
    return packed(parts)


def _pieces(data: bytes, still: Callable[[bytes], bool], end: float) -> bytes:
    """Without every piece that can be left out, from halves down to single bytes."""
    size = max(len(data) // 2, 1)
    while size and time.monotonic() < end:
        at = 0
        while at < len(data) and time.monotonic() < end:
            fewer = data[:at] + data[at + size :]
            if still(fewer):
                data = fewer
            else:
                at += size
        size //= 2
    return data
