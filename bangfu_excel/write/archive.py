"""Files leave here: written beside their target and renamed when complete, workbooks with the same bytes for the same input."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bangfu_excel.errors import OutputError

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
_END = struct.Struct("<4s4H2LH")
_DOS_DATE = (1 << 5) | 1  # 1980-01-01, the earliest that a zip can say
_LIMIT = 0xFFFFFFFF
_CHUNK = 1 << 20
_LEVEL = 3
_CORE = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_FIRST = ("[Content_Types].xml", "_rels/.rels", "docProps/app.xml", _CORE, "xl/workbook.xml")


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path beside `target` to write to; it becomes `target` when the block ends well, and is gone when it does not.

    Raises `OutputError` where the folder cannot be written or the target is open in another program.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".~", suffix=".tmp", dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise OutputError(
            f"无法写入“{target}”：{error.strerror or error}，请检查文件夹是否存在、是否有写权限"
        ) from error
    beside = Path(name)
    try:
        yield beside
        beside.chmod(0o644)
        _rename(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def _rename(beside: Path, target: Path) -> None:
    try:
        beside.replace(target)
    except PermissionError as error:  # Windows refuses while Excel or WPS has the file open
        raise OutputError(f"无法写入“{target}”：文件正被其他程序打开，请关闭后重试") from error


def put(source: Path, target: Path) -> Path:
    """`source` becomes `target`, in a folder that is made where it is not there."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _rename(source, target)
    except OSError as error:
        raise OutputError(f"无法写入“{target}”：{error.strerror or error}，请检查有没有写权限") from error
    return target


def write_bytes(target: Path, content: bytes) -> Path:
    """`target` holding exactly `content`, whole or not at all."""
    with replacing(target) as beside:
        beside.write_bytes(content)
    return target


def finish(source: Path | bytes, target: Path, as_of: dt.date, parts: Mapping[str, str] | None = None) -> Path:
    """`target`: the workbook `source` (a path, or its bytes) with fixed zip times, order and attributes, dated `as_of`.

    Whoever wrote it (XlsxWriter, openpyxl), equal content gives equal bytes. Compressed parts are copied as they are.
    parts: texts that replace parts of the package, or are new in it.
    """
    stream: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    with stream, replacing(target) as beside, beside.open("wb") as out:
        _rewrite(stream, out, as_of, parts or {})
    return target


def pack(parts: Iterable[tuple[str, Path | bytes]], target: Path, as_of: dt.date) -> Path:
    """`target`: the workbook of these parts (name in the package, its file or content), packed as `finish` leaves it.

    Packed lightly: for half the time of zlib's default the file grows by 8 %.
    """
    with replacing(target) as beside, beside.open("wb") as out:
        ordered = sorted(parts, key=lambda part: _rank(part[0]))
        central = [_append(out, _packed(name, path, as_of)) for name, path in ordered]
        _close(out, central)
    return target


@dataclass(frozen=True, slots=True)
class _Member:
    name: bytes
    method: int
    crc: int
    packed: bytes
    size: int


def _rewrite(stream: BinaryIO, out: BinaryIO, as_of: dt.date, parts: Mapping[str, str]) -> None:
    central: list[bytes] = []
    with zipfile.ZipFile(stream) as package:
        infos = {info.filename: info for info in package.infolist() if not info.is_dir()}
        for name in sorted({*infos, *parts}, key=_rank):
            if name in parts:
                member = _squeezed(name, [parts[name].encode()])
            elif name == _CORE:
                member = _squeezed(_CORE, [_dated(package.read(name), as_of)])
            else:
                member = _copied(stream, infos[name])
            central.append(_append(out, member))
    _close(out, central)


def _close(out: BinaryIO, central: Sequence[bytes]) -> None:
    start = out.tell()
    directory = b"".join(central)
    out.write(directory)
    out.write(_END.pack(b"PK\5\6", 0, 0, len(central), len(central), len(directory), start, 0))


def _rank(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)


def _copied(stream: BinaryIO, info: zipfile.ZipInfo) -> _Member:
    stream.seek(info.header_offset)
    header = _LOCAL.unpack(stream.read(_LOCAL.size))
    stream.seek(header[-2] + header[-1], os.SEEK_CUR)  # name and extra field
    packed = stream.read(info.compress_size)
    return _Member(info.filename.encode(), info.compress_type, info.CRC, packed, info.file_size)


def _dated(core: bytes, as_of: dt.date) -> bytes:
    return _STAMP.sub(rb"\g<1>" + f"{as_of:%Y-%m-%d}T00:00:00Z".encode() + rb"\g<2>", core)


def _packed(name: str, source: Path | bytes, as_of: dt.date) -> _Member:
    if name == _CORE:
        return _squeezed(name, [_dated(source if isinstance(source, bytes) else source.read_bytes(), as_of)])
    if isinstance(source, bytes):
        return _squeezed(name, [source])
    with source.open("rb") as stream:
        return _squeezed(name, iter(lambda: stream.read(_CHUNK), b""))


def _squeezed(name: str, chunks: Iterable[bytes]) -> _Member:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed, crc, size = [], 0, 0
    for chunk in chunks:
        packed.append(packer.compress(chunk))
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
    return _Member(name.encode(), zipfile.ZIP_DEFLATED, crc, b"".join([*packed, packer.flush()]), size)


def _append(out: BinaryIO, member: _Member) -> bytes:
    """Writes one member and returns its line of the central directory."""
    offset = out.tell()
    if max(offset, len(member.packed), member.size) > _LIMIT:
        raise OutputError("工作簿超过4GB，无法写出，请按乡镇或按时间分开汇总")
    flags = 0x800  # names are UTF-8
    sizes = (member.crc, len(member.packed), member.size)
    out.write(_LOCAL.pack(b"PK\3\4", 20, flags, member.method, 0, _DOS_DATE, *sizes, len(member.name), 0))
    out.write(member.name)
    out.write(member.packed)
    fixed = (b"PK\1\2", 20, 0, 20, 0, flags, member.method, 0, _DOS_DATE)
    return _CENTRAL.pack(*fixed, *sizes, len(member.name), 0, 0, 0, 0, 0, offset) + member.name
