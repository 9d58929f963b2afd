"""What a file is, by its content; its suffix is only compared with it."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from enum import StrEnum


class Content(StrEnum):
    """What a file is found to be, as far as it decides who reads it."""

    XLSX = "xlsx"
    XLS = "xls"
    ENCRYPTED = "encrypted"  # an xlsx inside an OLE2 container
    TEXT = "csv"
    ARCHIVE = "archive"  # of several files
    RESAVE = "resave"  # holds a table, but must be saved in another format first
    FOREIGN = "foreign"  # no table at all
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Identity:
    """A kind of content and, for what is not read, its name for the clerk."""

    content: Content
    words: str = ""


_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF", "PDF文件"),
    (b"\xff\xd8\xff", "图片"),
    (b"\x89PNG", "图片"),
    (b"GIF8", "图片"),
    (b"{\\rtf", "写字板（RTF）文档"),
    (b"\x00\x05\x16\x07", "苹果电脑的附属文件"),
    (b"MZ\x90\x00", "程序文件"),
    (b"SQLite format 3", "数据库文件"),
)
_ARCHIVES = (
    (b"Rar!", "RAR压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z压缩包"),
    (b"\x1f\x8b", "GZ压缩包"),
)
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x00\x06\x00")
_STREAMS = (  # names of OLE2 streams, as they stand in the directory
    ("EncryptedPackage", Identity(Content.ENCRYPTED)),
    ("Workbook", Identity(Content.XLS)),
    ("Book", Identity(Content.XLS)),
    ("BOOK", Identity(Content.XLS)),
    ("WORKBOOK", Identity(Content.XLS)),
    ("WordDocument", Identity(Content.FOREIGN, "Word文档")),
    ("PowerPoint Document", Identity(Content.FOREIGN, "PPT演示文稿")),
)
_MARKUP = (
    ("urn:schemas-microsoft-com:office:spreadsheet", "XML表格"),
    ("<html", "网页"),
    ("<!doctype html", "网页"),
    ("<table", "网页"),
    ("mime-version:", "网页"),
    ("id;p", "SYLK表格"),
)
_SUFFIXES = {  # suffix → what one may expect inside
    "xlsx": (Content.XLSX,), "xlsm": (Content.XLSX,), "xltx": (Content.XLSX,), "xls": (Content.XLS,),
    "xlt": (Content.XLS,), "et": (Content.XLSX, Content.XLS), "csv": (Content.TEXT,), "txt": (Content.TEXT,), "tsv": (Content.TEXT,),
}  # fmt: skip


def suffix_fits(suffix: str, content: Content) -> bool:
    """Whether a file with that suffix (no dot, any case) may be expected to be `content`."""
    return content in _SUFFIXES.get(suffix.lower(), ())


def identify(data: bytes, names: tuple[str, ...] | None = None) -> Identity:
    """What content `data` is: the whole file, or at least its beginning for what is no OLE2 file.

    names: of the parts, where it is a zip that could be opened.
    """
    if data.startswith(_ZIP):
        return _identify_zip(names)
    if data.startswith(_OLE):
        return _identify_ole(data)
    for magic, words in _ARCHIVES:
        if data.startswith(magic):
            return Identity(Content.ARCHIVE, words)
    for magic, words in _MAGIC:
        if data.startswith(magic):
            return Identity(Content.FOREIGN, words)
    if data.startswith(_OLD_EXCEL):
        return Identity(Content.RESAVE, "很旧的Excel格式（97以前）")
    return _identify_text(data[:65536])


def zip_names(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Names of the parts, as compared: forward slashes, lower case."""
    return tuple(name.replace("\\", "/").lower() for name in archive.namelist())


def _identify_zip(names: tuple[str, ...] | None) -> Identity:
    if names is None:
        return Identity(Content.DAMAGED)
    found = set(names)
    if "xl/workbook.bin" in found:
        return Identity(Content.RESAVE, "二进制工作簿（xlsb）")
    if "word/document.xml" in found:
        return Identity(Content.FOREIGN, "Word文档")
    if "ppt/presentation.xml" in found:
        return Identity(Content.FOREIGN, "PPT演示文稿")
    if "content.xml" in found and "mimetype" in found:
        return Identity(Content.RESAVE, "OpenDocument（ods等）文档")
    if any(name.startswith("xl/") for name in names) or "[content_types].xml" in found:
        return Identity(Content.XLSX)
    return Identity(Content.ARCHIVE, "ZIP压缩包")


def _identify_ole(data: bytes) -> Identity:
    for name, identity in _STREAMS:
        if (name + "\0").encode("utf-16-le") in data:
            return identity
    return Identity(Content.DAMAGED)


def _identify_text(head: bytes) -> Identity:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Identity(Content.TEXT)
    if not head.strip(b"\0"):
        return Identity(Content.DAMAGED)
    strange = sum(head.count(bytes([code])) for code in (*range(1, 9), *range(14, 27), *range(28, 32)))
    if strange * 50 > len(head) or head.count(b"\0") * 10 > len(head):
        return Identity(Content.FOREIGN, "不认识的文件")
    text = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").decode("latin-1").lower()
    for mark, words in _MARKUP:
        if text.startswith(mark) or (text.startswith("<") and mark in text):
            return Identity(Content.RESAVE, words)
    return Identity(Content.TEXT)
