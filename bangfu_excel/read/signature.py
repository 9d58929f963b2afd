"""What a file is, by its content; its suffix is only compared with it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from bangfu_excel.read.encoding import wide_encoding


class Content(StrEnum):
    """What a file is found to be, as far as it decides who reads it. What is read has the value of `RawWorkbook.format`."""

    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    TEXT = "csv"
    HTML = "html"
    XML = "xml"  # SpreadsheetML 2003
    MHTML = "mhtml"
    ENCRYPTED = "encrypted"  # an xlsx inside an OLE2 container
    ARCHIVE = "archive"  # of several files
    RESAVE = "resave"  # holds a table, but must be saved in another format first
    SEALED = "sealed"  # by the encryption software of an office
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
    (b"\xff\xd8\xff", "图片"),
    (b"\x89PNG", "图片"),
    (b"GIF8", "图片"),
    (b"II*\0", "图片"),
    (b"MM\0*", "图片"),
    (b"RIFF", "图片、录音或视频"),
    (b"{\\rtf", "写字板（RTF）文档"),
    (b"\x00\x05\x16\x07", "苹果电脑的附属文件"),
    (b"MZ\x90\x00", "程序文件"),
    (b"\x7fELF", "程序文件"),
    (b"SQLite format 3", "数据库文件"),
    (b"\x00\x01\x00\x00Standard ", "数据库文件（Access）"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "快捷方式，不是表格本身"),
    (b"[InternetShortcut]", "网址的快捷方式"),
    (b"\x78\x9f\x3e\x22", "邮件附件包（winmail.dat）"),
    (b"ID3", "录音"),
    (b"%!PS", "印刷用的文件"),
)
_ARCHIVES = (
    (b"Rar!", "RAR压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z压缩包"),
    (b"\x1f\x8b", "GZ压缩包"),
    (b"BZh", "BZ2压缩包"),
    (b"\xfd7zXZ", "XZ压缩包"),
    (b"MSCF", "CAB压缩包"),
)
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x00\x06\x00")
_STREAMS = (  # names of OLE2 streams, as they stand in the directory
    ("EncryptedPackage", Identity(Content.ENCRYPTED)),
    ("Workbook", Identity(Content.XLS)),
    ("Book", Identity(Content.XLS)),
    ("BOOK", Identity(Content.XLS)),
    ("WORKBOOK", Identity(Content.XLS)),
    ("WordDocument", Identity(Content.FOREIGN, "Word文档或WPS文字")),
    ("PowerPoint Document", Identity(Content.FOREIGN, "PPT演示文稿")),
    ("__properties_version1.0", Identity(Content.FOREIGN, "邮件")),
)
_SUFFIXES = {  # suffix → what one may expect inside
    "xlsx": (Content.XLSX,), "xlsm": (Content.XLSX,), "xltx": (Content.XLSX,), "xltm": (Content.XLSX,),
    "xls": (Content.XLS,), "xlt": (Content.XLS,), "et": (Content.XLSX, Content.XLS), "ett": (Content.XLSX, Content.XLS),
    "csv": (Content.TEXT,), "txt": (Content.TEXT,), "tsv": (Content.TEXT,), "tab": (Content.TEXT,), "prn": (Content.TEXT,),
    "xlsb": (Content.XLSB,), "ods": (Content.ODS,), "ots": (Content.ODS,), "fods": (Content.ODS,),
    "html": (Content.HTML,), "htm": (Content.HTML,), "xml": (Content.XML,), "mht": (Content.MHTML,),
    "mhtml": (Content.MHTML,),
}  # fmt: skip
_SEALED = b"E-SafeNet"  # the commonest program that encrypts an office's files
_HEAD = 65_536
_ROOT = re.compile(r"\s*(?:<(?:\?|!)[^>]*>\s*)*<([a-z][\w:.-]*)", re.I)
_HTML_TAGS = frozenset({
    "html", "head", "body", "meta", "title", "style", "script", "link", "table", "thead", "tbody", "tr", "td", "div",
    "center", "font", "form", "span", "p", "br", "b", "h1", "h2", "h3", "base", "frameset", "caption",
})  # fmt: skip
_MAIL = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_SYLK = re.compile(r"ID;P[^\r\n]*[\r\n]+(?:[A-Z]{1,2};|E\b)")


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
    return _identify_magic(data) or _identify_text(data[:_HEAD])


def zip_names(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Names of the parts, as compared: forward slashes, lower case."""
    return tuple(name.replace("\\", "/").lower() for name in archive.namelist())


def _identify_zip(names: tuple[str, ...] | None) -> Identity:
    if names is None:
        return Identity(Content.DAMAGED)
    found = set(names)
    for part, identity in _PARTS.items():
        if part in found:
            return identity
    if "content.xml" in found and "mimetype" in found:
        return Identity(Content.ODS)  # or another OpenDocument: only its content tells
    if any(name.startswith("xl/") for name in names) or "[content_types].xml" in found:
        return Identity(Content.XLSX)
    return Identity(Content.ARCHIVE, "ZIP压缩包")


def _identify_ole(data: bytes) -> Identity:
    for name, identity in _STREAMS:
        if (name + "\0").encode("utf-16-le") in data:
            return identity
    return Identity(Content.DAMAGED)


def _identify_magic(data: bytes) -> Identity | None:
    """What is known by certain bytes at its beginning."""
    for magic, words in _ARCHIVES:
        if data.startswith(magic):
            return Identity(Content.ARCHIVE, words)
    for magic, words in _MAGIC:
        if data.startswith(magic):
            return Identity(Content.FOREIGN, words)
    if data.startswith(_OLD_EXCEL):
        return Identity(Content.XLS)
    if _SEALED in data[:128]:
        return Identity(Content.SEALED)
    if b"%PDF-" in data[:1024]:
        return Identity(Content.FOREIGN, "PDF文件")
    if data[4:8] == b"ftyp":
        return Identity(Content.FOREIGN, "图片或视频")
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return Identity(Content.FOREIGN, "图片")
    if data[257:262] == b"ustar":
        return Identity(Content.ARCHIVE, "TAR压缩包")
    return Identity(Content.RESAVE, "数据库表（DBF）") if _is_dbf(data) else None


def _is_dbf(data: bytes) -> bool:
    """Whether the header is dBase's: kind, a date, and as many field descriptions as it says."""
    if len(data) < 66 or data[0] not in (0x02, 0x03, 0x30, 0x31, 0x83, 0x8B, 0xF5):
        return False
    header = int.from_bytes(data[8:10], "little")
    return (
        1 <= data[2] <= 12
        and 1 <= data[3] <= 31
        and 65 <= header <= len(data)
        and data[11] < 0x80
        and data[43] in b"CNDLFMGIYTB"
    )


def _identify_text(head: bytes) -> Identity:
    if not head.strip(b"\0"):
        return Identity(Content.DAMAGED)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _identify_words(head[2:].decode("utf-16-le" if head[0] == 0xFF else "utf-16-be", "replace"))
    if wide := wide_encoding(head):
        return _identify_words(head.decode(wide, "replace"))
    strange = sum(head.count(bytes([code])) for code in (*range(1, 9), *range(14, 27), *range(28, 32)))
    if strange * 50 > len(head) or head.count(b"\0") * 10 > len(head):
        return Identity(Content.FOREIGN, "不认识的文件")
    return _identify_words(head.removeprefix(b"\xef\xbb\xbf").decode("latin-1"))


def _identify_words(text: str) -> Identity:
    """What a text is by its first words; a csv where it is nothing else."""
    if _SYLK.match(text):
        return Identity(Content.RESAVE, "SYLK表格")
    if text.startswith(("TABLE\r\n0,1\r\n", "TABLE\n0,1\n")):
        return Identity(Content.RESAVE, "DIF表格")
    lowered = text[:_HEAD].lower()
    mail = _MAIL.match(lowered[:8192].replace("\r\n", "\n").lstrip())
    if mail and "mime-version:" in mail[0]:
        page = "multipart/related" in mail[0] or "text/html" in mail[0]
        return Identity(Content.MHTML) if page else Identity(Content.FOREIGN, "邮件")
    if root := _ROOT.match(_without_comments(lowered)):
        return _identify_markup(root[1], lowered)
    return Identity(Content.FOREIGN, "XML文件") if lowered.lstrip().startswith("<?xml") else Identity(Content.TEXT)


def _identify_markup(root: str, text: str) -> Identity:
    """What a text is whose first element is `root`."""
    name = root.rpartition(":")[2]
    if name in _HTML_TAGS:
        return Identity(Content.HTML)
    if name == "workbook" and "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return Identity(Content.XML)
    if root == "office:document":
        return Identity(Content.ODS)
    if name in ("worddocument", "package"):
        return Identity(Content.FOREIGN, "Word文档")
    if name == "svg":
        return Identity(Content.FOREIGN, "图片")
    return Identity(Content.FOREIGN, "XML文件") if text.lstrip().startswith("<?xml") else Identity(Content.TEXT)


def _without_comments(text: str) -> str:
    """The text from its first element on, however many comments stand before it."""
    text = text.lstrip()
    while text.startswith("<!--"):
        _, end, rest = text.partition("-->")
        if not end:
            break
        text = rest.lstrip()
    return text


_PARTS = {  # parts by which a zip is known
    "xl/workbook.bin": Identity(Content.XLSB),
    "word/document.xml": Identity(Content.FOREIGN, "Word文档"),
    "ppt/presentation.xml": Identity(Content.FOREIGN, "PPT演示文稿"),
    "visio/document.xml": Identity(Content.FOREIGN, "Visio绘图"),
    "ofd.xml": Identity(Content.FOREIGN, "OFD版式文件"),
    "index/document.iwa": Identity(Content.FOREIGN, "苹果电脑的表格或文稿"),
    "meta-inf/container.xml": Identity(Content.FOREIGN, "电子书"),
    "androidmanifest.xml": Identity(Content.FOREIGN, "手机应用"),
}
