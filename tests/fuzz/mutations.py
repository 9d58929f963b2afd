"""Ways of damaging a file that a reader might trip over: at random, but in the language that its parts are written in."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from random import Random

Part = tuple[str, bytes]

NUMBERS = (
    "0", "-1", "1", "2", "255", "256", "65535", "65536", "16384", "1048576", "1048577", "2147483647", "2147483648", "4294967295",
    "4294967296", "9223372036854775807", "18446744073709551616", "1e308", "1e999", "-1e999", "NaN", "inf", "0.1e-400", "٣", "²", "",
    " 3 ", "+3", "0x10", "1_000", "3e", "1.5", "9" * 400,
)  # fmt: skip
REFERENCES = (
    "A1", "A0", "XFD1048576", "XFE1", "ZZZZ1", "A1048577", "A99999999999", "$B$3", "b3", "A1:XFD1048576", "C3:A1", "1:3", "A:C", "A1:", ":",
    "A-1", "A1 B2", "甲1", "A１", "R1C1", "A1:A1:A1", "户!A1",
)  # fmt: skip
WORDS = (
    "s", "e", "b", "n", "d", "str", "inlineStr", "true", "hidden", "veryHidden", "preserve", "General", "2024-03-05", "2024-13-45T99:99:99",
    "#REF!", "#N/A", "\0", "\x0b", "\ufffe", "\ud7ff", "&#0;", "&#55296;", "&lol;", "]]>", "<!--", "张" * 40_000, "../../../etc/passwd", "rId1",
    "file:///etc/passwd", "xl/worksheets/sheet1.xml", "_x000D_", "x" * 300, "string", "float", "percentage", "Number", "DateTime", "Error",
)  # fmt: skip
DOCTYPE = b'<!DOCTYPE x [<!ENTITY lol "lol"><!ENTITY a "&lol;&lol;&lol;&lol;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
_ATTRIBUTE = re.compile(rb'([\w:]+)=("[^"]*"|\'[^\']*\')')
_TEXT = re.compile(rb">([^<]+)<")
_TAG = re.compile(rb"<[^>]*>")
_ELEMENT = re.compile(rb"<([\w:]+)(?:\s[^>]*)?>[^<]*</\1>|<[\w:]+(?:\s[^>]*)?/>")


def mutate(name: str, data: bytes, random: Random) -> bytes:
    """A damaged copy of a file; its name's suffix says what it was."""
    suffix = name.rpartition(".")[2]
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        data = _WAYS.get(suffix, bytes_at_random)(data, random)
    return data


def bytes_at_random(data: bytes, random: Random) -> bytes:
    """One to some bytes changed, put in, taken out, doubled or cut off."""
    if not data:
        return bytes([random.randrange(256)])
    start = random.randrange(len(data))
    size = min(random.choice((1, 1, 2, 4, 16, 200)), len(data) - start)
    piece = data[start : start + size]
    way = random.randrange(7)
    if way == 0:
        piece = bytes(b ^ (1 << random.randrange(8)) for b in piece)
    elif way == 1:
        piece = (
            random.choice((b"\0", b"\xff", b"\x7f", b"\x80", b'"', b"<", b"\n", b"\xef\xbb\xbf", b"\xff\xfe")) * size
        )
    elif way == 2:
        piece += random.randbytes(size)
    elif way == 3:
        piece = b""
    elif way == 4:
        piece *= random.choice((2, 3, 500))
    elif way == 5:
        return data[:start]
    else:
        piece = struct.pack("<I", random.choice((0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFE, 65536)))[:size]
    return data[:start] + piece + data[start + size :]


def xml(data: bytes, random: Random) -> bytes:
    """An attribute, a text, a tag or an element changed; nesting, entities, other encodings."""
    way = random.randrange(12)
    if way < 4:
        return _put(data, _pick(_ATTRIBUTE, data, random), lambda m: m[1] + b'="' + _word(random) + b'"')
    if way < 6:
        return _put(data, _pick(_TEXT, data, random), lambda m: b">" + _word(random) + b"<")
    if way == 6:
        return _put(data, _pick(_TAG, data, random), lambda _: b"")
    if way == 7:
        times = random.choice((2, 3, 40, 3000))
        return _put(data, _pick(_ELEMENT, data, random), lambda m: m[0] * times)
    if way == 8:
        deep = random.choice((3, 300, 20_000))
        return _put(data, _pick(_ELEMENT, data, random), lambda m: b"<x>" * deep + m[0] + b"</x>" * deep)
    if way == 9:
        tags = _TAG.findall(data) or [b""]
        return _put(data, _pick(_TAG, data, random), lambda m: m[0] + random.choice(tags))
    if way == 10:
        return random.choice((_with_entities, _in_utf16, _called_gbk))(data)
    return bytes_at_random(data, random)


def _word(random: Random) -> bytes:
    return random.choice(random.choice((NUMBERS, REFERENCES, WORDS))).encode("utf-8", "surrogatepass")


def _pick(pattern: re.Pattern[bytes], data: bytes, random: Random) -> re.Match[bytes] | None:
    found = list(pattern.finditer(data[:200_000]))
    return random.choice(found) if found else None


def _put(data: bytes, match: re.Match[bytes] | None, change: Callable[[re.Match[bytes]], bytes]) -> bytes:
    return data if match is None else data[: match.start()] + change(match) + data[match.end() :]


def _with_entities(data: bytes) -> bytes:
    end = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    return data[:end] + DOCTYPE + data[end:].replace(b">", b">&a;", 3)


def _in_utf16(data: bytes) -> bytes:
    return data.decode("utf-8", "replace").replace("UTF-8", "UTF-16").encode("utf-16")


def _called_gbk(data: bytes) -> bytes:
    return (
        data.replace(b"UTF-8", b"GBK")
        .replace(b"utf-8", b"gb2312")
        .replace(b'version="1.0"?', b'version="1.0" encoding="GBK"?')
    )


def package(data: bytes, random: Random) -> bytes:
    """A zip with a part changed, doubled, renamed, left out or exchanged; or its own bytes changed."""
    if random.random() < 0.1:
        return bytes_at_random(data, random)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(i.filename, archive.read(i)) for i in archive.infolist()]
    except Exception:  # damaged by the mutation before
        return bytes_at_random(data, random)
    if not parts:
        return bytes_at_random(data, random)
    at = random.randrange(len(parts))
    if random.random() < 0.4:  # most of what is read stands in the sheets
        at = next((i for i, (name, _) in enumerate(parts) if "sheet1" in name or "content" in name), at)
    return zipped(_parts(parts, at, random), random)


def _parts(parts: list[Part], at: int, random: Random) -> list[Part]:
    name, data = parts[at]
    way = random.randrange(20)
    if way == 0:
        return [*parts, (name, xml(data, random))]
    if way == 1:
        return [part for i, part in enumerate(parts) if i != at]
    if way == 2:
        renamed = random.choice(
            (name.upper(), name.replace("/", "\\"), "/" + name, "../" + name, name + "/", "x" * 5000)
        )
        return [*parts[:at], (renamed, data), *parts[at + 1 :]]
    if way == 3:
        return [*parts[:at], (name, random.choice(parts)[1]), *parts[at + 1 :]]
    change = records if name.endswith(".bin") else xml
    return [*parts[:at], (name, change(data, random)), *parts[at + 1 :]]


def zipped(parts: list[Part], random: Random) -> bytes:
    """The parts as a zip, stored or deflated."""
    stream = io.BytesIO()
    method = random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two parts of one name are what we want
        with zipfile.ZipFile(stream, "w", method, compresslevel=1) as archive:
            for name, data in parts:
                archive.writestr(zipfile.ZipInfo(name[:60_000] or "x"), data, method)
    return stream.getvalue()


def records(data: bytes, random: Random) -> bytes:
    """The records of an xlsb part, with one changed."""
    found, at = [], 0
    while at < len(data):
        start = at
        at += 2 if data[at] & 0x80 else 1
        size = shift = 0
        while at < len(data) and shift < 28:
            size |= (data[at] & 0x7F) << shift
            shift, at = shift + 7, at + 1
            if not data[at - 1] & 0x80:
                break
        found.append((data[start:at], data[at : at + size]))
        at += size
    return b"".join(head + body for head, body in _changed(found, random))


def _changed(found: list[tuple[bytes, bytes]], random: Random) -> list[tuple[bytes, bytes]]:
    if not found:
        return [(random.randbytes(4), b"")]
    at = random.randrange(len(found))
    head, body = found[at]
    way = random.randrange(8)
    new = [(head, body)]
    if way < 4:
        new = [(head, bytes_at_random(body, random))]
        if random.random() < 0.7:  # with its true length, so that what follows is still understood
            new = [(_sized(head, len(new[0][1])), new[0][1])]
    elif way == 4:
        new = [(bytes_at_random(head, random), body)]
    elif way == 5:
        new = []
    elif way == 6:
        new *= random.choice((2, 50))
    else:
        new = [random.choice(found), (head, body)]
    return [*found[:at], *new, *found[at + 1 :]]


def _sized(head: bytes, size: int) -> bytes:
    if len(head) == 4:  # BIFF
        return head[:2] + struct.pack("<H", size & 0xFFFF)
    kind = head[: 2 if head[0] & 0x80 else 1]
    return kind + (bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7 & 0x7F]))


def xls(data: bytes, random: Random) -> bytes:
    """An OLE2 file with a record of its Workbook stream changed, or with its sectors damaged."""
    import olefile
    from xlwt.CompoundDoc import XlsDoc

    if random.random() < 0.25:
        return bytes_at_random(data, random)
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            stream = ole.openstream("Workbook").read()
    except Exception:  # damaged by the mutation before
        return bytes_at_random(data, random)
    target = io.BytesIO()
    XlsDoc().save(target, biff(stream, random))
    return target.getvalue()


def biff(stream: bytes, random: Random) -> bytes:
    """The records of a Workbook stream, with one changed."""
    found, at = [], 0
    while at + 4 <= len(stream):
        size = struct.unpack_from("<H", stream, at + 2)[0]
        found.append((stream[at : at + 4], stream[at + 4 : at + 4 + size]))
        at += 4 + size
    return b"".join(head + body for head, body in _changed(found, random))


def text(data: bytes, random: Random) -> bytes:
    """Bytes at random, with the characters that mean something in a csv."""
    if random.random() < 0.6:
        return bytes_at_random(data, random)
    at = random.randrange(len(data) + 1)
    pieces = (
        b'"',
        b",",
        b"\t",
        b";",
        b"\r",
        b"\n",
        b"\0",
        b"\xef\xbb\xbf",
        b"sep=|\r\n",
        b"\xfe\xff",
        b'=""',
        b"\x80",
        b"\x1a",
        b"," * 20_000,
    )
    return data[:at] + random.choice(pieces) + data[at:]


def markup(data: bytes, random: Random) -> bytes:
    """Html or XML in one file."""
    return xml(data, random) if random.random() < 0.8 else text(data, random)


def encrypted(data: bytes, random: Random) -> bytes:
    """An encrypted package with its container damaged: decrypting is slow, so seldom more."""
    return bytes_at_random(data, random)


_WAYS: dict[str, Callable[[bytes, Random], bytes]] = {
    "xlsx": package, "ods": package, "xlsb": package, "xls": xls, "csv": text, "html": markup, "mht": markup, "xml": markup,
    "locked": encrypted,
}  # fmt: skip
