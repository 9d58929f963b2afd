"""Zips of submissions: their members as files in a folder of our own, within bounds, never under names that a zip dictates."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.limits import MB, Limits
from bangfu_excel.core.message import Message
from bangfu_excel.core.messages import read as say
from bangfu_excel.errors import InboxError
from bangfu_excel.read.contents import Contents, Photo, is_noise, is_workbook, may_be_photo
from bangfu_excel.read.member_names import distinct, member_names
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.signature import Content, identify, zip_names

_LEVELS = 2  # a zip, and the zips in it
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)  # of LZMA a forged header asks for gigabytes
_LARGE = 10 * MB  # below it, no ratio is suspicious
_ENTRY = 1024  # bytes of the directory that an entry may honestly take
_TAIL = 65_535 + 22 + 20 + 56  # a comment, and the ends of the directory
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_UNREADABLE = (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, struct.error)
_SHOWN = 5  # names in a finding
_TROUBLES = (say.ZIP_PASSWORD, say.ZIP_DAMAGED, say.ZIP_TOO_LARGE)


@dataclass
class _Budget:
    """What a zip and the zips in it may still take."""

    unzipped: int
    entries: int


@dataclass(frozen=True, slots=True)
class _Zip:
    """An opened zip: where it is, its name relative to INBOX, and how many levels of zips may still be opened."""

    archive: zipfile.ZipFile
    path: Path
    name: str
    budget: _Budget
    levels: int


class _LeftError(Exception):
    """A member stays packed."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.code)
        self.message = message


class _UndecodableError(Exception):
    """A member is damaged, or the password is wrong: the two look alike."""


class Unpacker:
    """Unpacks zips into `folder`, as numbered files.

    limits: for each zip with the zips in it · passwords: tried on encrypted members · taken: names that are in use.
    """

    def __init__(self, folder: Path, limits: Limits, passwords: Sequence[str], taken: Iterable[str]) -> None:
        self._folder = folder
        self._limits = limits
        self._keys = tuple(dict.fromkeys(key for password in passwords for key in _encoded(password)))
        self._taken = {name.casefold() for name in taken}
        self._count = 0

    def unpacked(self, path: Path, name: str) -> Contents | None:
        """What is in a zip, its members named `a.zip!dir/b.xlsx`; None for a file that is no zip of several files.

        What cannot be unpacked is one finding on the zip for each reason; the other members are there.
        """
        return self._unpacked(path, name, _Budget(self._limits.unzipped, self._limits.entries), _LEVELS)

    def _unpacked(self, path: Path, name: str, budget: _Budget, levels: int) -> Contents | None:
        try:
            archive = _opened(path, self._limits) if levels else None
        except RefusedError as refused:
            return Contents(findings=(refused.finding(name),))
        if archive is None:
            return None
        with archive:
            found = self._contents(_Zip(archive, path, name, budget, levels))
        return found if found != Contents() else Contents(findings=(say.ZIP_EMPTY.finding(Place(name)),))

    def _contents(self, source: _Zip) -> Contents:
        infos = source.archive.infolist()
        source.budget.entries -= len(infos)
        members = [
            (info, name)
            for info, name in zip(infos, member_names(infos), strict=True)
            if name and not is_noise(name.split("/"))
        ]
        parts: list[Contents] = []
        left: dict[str, list[str]] = {}
        for info, member in members:
            try:
                if source.budget.entries < 0:
                    raise _LeftError(say.ZIP_TOO_LARGE)
                parts.append(self._member(source, info, distinct(f"{source.name}!{member}", self._taken)))
            except _LeftError as error:
                left.setdefault(error.message.code, []).append(member)
        return Contents.joined((*parts, Contents(findings=tuple(_findings(source.name, left)))))

    def _member(self, source: _Zip, info: zipfile.ZipInfo, name: str) -> Contents:
        too_dense = info.file_size > _LARGE and info.file_size > self._limits.ratio * max(info.compress_size, 1)
        if too_dense or info.file_size > source.budget.unzipped:  # zipfile never gives more than what is declared
            raise _LeftError(say.ZIP_TOO_LARGE)
        if info.compress_type not in _METHODS:
            raise _LeftError(say.ZIP_DAMAGED)
        if may_be_photo(name):
            head, key = self._head(source.archive, info)
            if not is_workbook(head):
                inside = name[len(source.name) + 1 :].rpartition("/")[0]
                folder = f"{source.name}!{inside}" if inside else source.name
                return Contents(photos=(Photo(source.path, name, folder, info.filename, key),))
        path = self._extracted(source, info, PurePosixPath(name).suffix)
        inner = self._unpacked(path, name, source.budget, source.levels - 1)
        return Contents(files=((path, name),)) if inner is None else inner

    def _head(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[bytes, bytes | None]:
        """The first bytes of a member, and the key that decodes them; `_LeftError` where none does."""
        for key in self._keys_for(info):
            with suppress(_UndecodableError):
                return next(_chunks(archive, info, key, 8), b""), key
        raise _undecoded(info)

    def _extracted(self, source: _Zip, info: zipfile.ZipInfo, suffix: str) -> Path:
        """The member as a file; `_LeftError` where it cannot be."""
        self._count += 1
        path = self._folder / f"{self._count}{suffix[:20]}"
        for key in self._keys_for(info):
            with suppress(_UndecodableError):
                self._write(_chunks(source.archive, info, key, MB), path, source.budget)
                return path
        raise _undecoded(info)

    def _keys_for(self, info: zipfile.ZipInfo) -> tuple[bytes | None, ...]:
        return self._keys if info.flag_bits & _ENCRYPTED else (None,)

    def _write(self, chunks: Iterable[bytes], path: Path, budget: _Budget) -> None:
        """Bytes are counted as they come, whatever was declared."""
        try:
            with path.open("wb") as out:
                for chunk in chunks:
                    budget.unzipped -= len(chunk)
                    if budget.unzipped < 0:
                        raise _LeftError(say.ZIP_TOO_LARGE)
                    out.write(chunk)
        except OSError as error:
            raise InboxError("压缩包解不开：磁盘空间不够，或临时文件夹不能写，请清理后再运行") from error


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, key: bytes | None, size: int) -> Iterator[bytes]:
    """The member's bytes; `_UndecodableError` whatever is wrong with it: zipfile, zlib, bz2, struct raise their own."""
    try:
        with archive.open(info, pwd=key) as member:
            while chunk := member.read(size):
                yield chunk
    except Exception as error:
        raise _UndecodableError from error


def _undecoded(info: zipfile.ZipInfo) -> _LeftError:
    return _LeftError(say.ZIP_PASSWORD if info.flag_bits & _ENCRYPTED else say.ZIP_DAMAGED)


def _encoded(password: str) -> tuple[bytes, ...]:
    """The bytes that zip programs make of a password: UTF-8, or GBK on a Chinese Windows."""
    return password.encode("utf-8", "replace"), password.encode("gb18030", "replace")


def _opened(path: Path, limits: Limits) -> zipfile.ZipFile | None:
    """The zip, if it is one of several files; None where it is anything else, or damaged: that is said when it is read."""
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
            if not head.startswith(b"PK"):
                return None
            if _directory_size(stream) > limits.entries * _ENTRY:
                raise RefusedError(say.FILE_TOO_LARGE)
        archive = zipfile.ZipFile(path)
    except _UNREADABLE:
        return None
    if identify(head, zip_names(archive)).content is Content.ARCHIVE:
        return archive
    archive.close()
    return None


def unzipped_size(path: Path, limits: Limits) -> int:
    """Bytes that the parts of a zip are said to have, as far as `limits` allow; 0 for anything else."""
    try:
        with path.open("rb") as stream:
            if stream.read(2) != b"PK" or _directory_size(stream) > limits.entries * _ENTRY:
                return 0
        with zipfile.ZipFile(path) as archive:
            return min(sum(info.file_size for info in archive.infolist()), limits.unzipped)
    except _UNREADABLE:
        return 0


def _directory_size(stream: IO[bytes]) -> int:
    """Declared bytes of the directory, which zipfile reads whole; 0 where it is not found."""
    end = stream.seek(0, 2)
    stream.seek(max(0, end - _TAIL))
    tail = stream.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        return 0
    size: int = _END.unpack_from(tail, at)[5]
    if (wide := at - 20 - _END64.size) >= 0 and tail.startswith(b"PK\6\6", wide):
        size = max(size, _END64.unpack_from(tail, wide)[8])
    return size


def _findings(name: str, left: dict[str, list[str]]) -> Iterator[Finding]:
    """One for each reason, with the names of the first members."""
    for message in _TROUBLES:
        if members := left.get(message.code):
            names = "、".join(members[:_SHOWN]) + ("等" if len(members) > _SHOWN else "")
            yield message.finding(Place(name), count=len(members), number=len(members), names=names)
