"""MHTML, “单个文件网页”: a mail message that holds web pages; Excel writes one page a sheet, and a frame that names them."""

from __future__ import annotations

import email
import posixpath
import re
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from html import unescape
from urllib.parse import unquote

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import RawSheet, RawWorkbook
from bangfu_excel.read.encoding import Decoded
from bangfu_excel.read.grid import Budget
from bangfu_excel.read.html import decode_page, read_page
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.refusal import RefusedError

_SHEET = re.compile(r"<x:ExcelWorksheet>(.{0,4000}?)</x:ExcelWorksheet>", re.I | re.S)
_NAME = re.compile(r"<x:Name>([^<]*)</x:Name>", re.I)
_SOURCE = re.compile(r"""<x:WorksheetSource\s+HRef=["']([^"']*)["']""", re.I)
_HIDDEN = re.compile(r"<x:Visible>\s*Sheet(?:Very)?Hidden\s*</x:Visible>", re.I)
_HEAD = 1_000_000


def read_mhtml(data: bytes, name: str, limits: Limits) -> tuple[RawWorkbook | None, tuple[Finding, ...]]:
    """The pages as sheets, under the names that the workbook gives them; a page without a table is none."""
    if len(data) > limits.mail:
        raise RefusedError(say.FILE_TOO_LARGE)
    pages = _pages(data)
    budget = Budget(limits)
    sheets: list[RawSheet] = []
    findings: list[Finding] = []
    for page in pages:
        try:
            sheets.append(read_page(page.decoded.text, budget, page.title, page.hidden))
        except RefusedError as refused:
            if refused.message is say.FILE_TOO_LARGE:
                raise
            if refused.message is say.SHEET_TOO_LARGE:
                findings.append(refused.finding(name, page.title or ""))
    if not all(page.decoded.sure for page in pages):
        findings.append(say.ENCODING_GUESSED.finding(Place(name)))
    if not sheets and not findings:
        raise RefusedError(say.PAGE_WITHOUT_TABLE)
    return RawWorkbook(name, "mhtml", tuple(sheets)) if sheets else None, tuple(findings)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the message. title: what the workbook calls its sheet, None where nothing does."""

    decoded: Decoded
    title: str | None = None
    hidden: bool = False


def _pages(data: bytes) -> list[_Page]:
    """The pages that a workbook's frame names, in its order; without a frame, every page."""
    parts = _parts(data)
    for _, frame in parts:
        entries = _SHEET.findall(frame.text[:_HEAD])
        named = [_named(entry, dict(parts)) for entry in entries if _SOURCE.search(entry)]
        if found := [page for page in named if page]:
            return found
    return [_Page(decoded) for _, decoded in parts]


def _named(entry: str, parts: dict[str, Decoded]) -> _Page | None:
    source, name = _SOURCE.search(entry), _NAME.search(entry)
    decoded = parts.get(_file_name(source[1])) if source else None
    if decoded is None:
        return None
    return _Page(decoded, unescape(name[1]).strip() if name else None, bool(_HIDDEN.search(entry)))


def _parts(data: bytes) -> list[tuple[str, Decoded]]:
    """File name and text of each page in the message."""
    try:
        message = email.message_from_bytes(data)
        return [_part(part) for part in message.walk() if part.get_content_type() in ("text/html", "text/xhtml")]
    except (MessageError, RecursionError, ValueError, LookupError, TypeError) as error:
        raise RefusedError(say.FILE_DAMAGED) from error


def _part(part: Message) -> tuple[str, Decoded]:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    return _file_name(str(part.get("Content-Location", ""))), decode_page(content, part.get_content_charset() or "")


def _file_name(location: str) -> str:
    return posixpath.basename(unquote(unescape(location)).replace("\\", "/")).lower()
