"""Bytes of unknown encoding → text. The bytes decide; what a file declares about itself is often wrong."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
_CHINESE = re.compile(r"[\t\r\n -~\u2010-\u206f\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_BIG5 = frozenset({"big5", "big5hkscs", "cp950"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and how sure it is.

    mixed: lines in another encoding than the rest, each read in its own · sure: False where a character had to be guessed.
    """

    text: str
    mixed: int = 0
    sure: bool = True


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of `data` by byte order mark, by the pattern of NUL bytes, as strict UTF-8, Big5 or GB18030, else line by line.

    declared: what the file says its encoding is; heard only where the bytes leave it open.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            data = data[len(bom) :]
            if encoding == "utf-8":
                break  # programs append to such a file in other encodings
            return _certain(data, encoding)
    else:
        if wide := wide_encoding(data):
            return _certain(data, wide)
    for encoding in ("utf-8", *(["cp950"] if _is_big5(data, declared) else []), "gb18030"):
        try:
            return Decoded(data.decode(encoding), sure=encoding != "cp950" or bool(declared))
        except UnicodeDecodeError:
            pass
    return _by_lines(data)


def wide_encoding(data: bytes) -> str:
    """UTF-16 without a byte order mark, known by where its NUL bytes stand; "" where it is something else."""
    sample = data[: min(_SAMPLE, len(data) // 2 * 2)]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    few, many = sorted((even, odd))
    if few * 10 > many or many * 40 < len(sample) or not many:
        return ""
    encoding = "utf-16-le" if odd == many else "utf-16-be"
    text = sample.decode(encoding, "replace")
    return encoding if len(_CHINESE.findall(text)) * 10 >= len(text) * 9 else ""


def _certain(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError:
        return Decoded(data.decode(encoding, "replace"), sure=False)


def _is_big5(data: bytes, declared: str) -> bool:
    """Whether what GB18030 would also accept is Big5: many low second bytes, and no first byte of GBK's extensions."""
    try:
        if declared and codecs.lookup(declared).name in _BIG5:
            return True
    except LookupError:
        pass
    pairs = _PAIR.findall(data[:_SAMPLE])
    low = sum(pair[1] < 0xA1 for pair in pairs)
    extended = sum(pair[0] < 0xA1 or 0xC7 <= pair[0] < 0xC9 for pair in pairs)
    return len(pairs) >= 10 and low * 5 > len(pairs) and extended * 50 < len(pairs)


def _by_lines(data: bytes) -> Decoded:
    """Each line in the encoding that fits it strictly; a line that none fits, in that of the others, with marks for what is lost."""
    lines = data.splitlines(keepends=True)
    fitting = [_fitting(line) for line in lines]
    utf8, gb = fitting.count("utf-8"), fitting.count("gb18030")
    broken = fitting.count("")
    common = "utf-8" if utf8 > gb else "gb18030"
    if broken > utf8 + gb:
        common = _guessed(data) or common
    text = "".join(line.decode(encoding or common, "replace") for line, encoding in zip(lines, fitting, strict=True))
    return Decoded(text, mixed=min(utf8, gb), sure=not broken)


def _fitting(line: bytes) -> str:
    """The encoding of a line: "ascii" where it says nothing, "" where none fits."""
    if line.isascii():
        return "ascii"
    for encoding in ("utf-8", "gb18030"):
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "" if encoding == "gb18030" and _was_utf8(line, text) else encoding
    return ""


def _was_utf8(line: bytes, text: str) -> bool:
    """Whether most of a line is UTF-8 with some bytes damaged, which GB18030 would read as other characters."""
    high = sum(byte > 0x7F for byte in line)
    kept = sum(len(char.encode()) for char in line.decode("utf-8", "ignore") if not char.isascii())
    return kept * 2 > high and len(text) > 0


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:1_000_000]).best()
    return best.encoding if best else ""
