"""Which reader reads what, by content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bangfu_excel.core.messages import read as say
from bangfu_excel.read.calamine import EncryptedError
from bangfu_excel.read.html import read_html
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.mhtml import read_mhtml
from bangfu_excel.read.ods import read_fods, read_ods
from bangfu_excel.read.password import without_password
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.signature import Content, Identity, identify, zip_names
from bangfu_excel.read.spreadsheetml import read_spreadsheetml
from bangfu_excel.read.text import read_csv
from bangfu_excel.read.workbook import DAMAGE, Read, read_xlsx
from bangfu_excel.read.xls import read_xls
from bangfu_excel.read.xlsb import read_xlsb

__all__ = ["DAMAGE", "TITLES", "Read", "Submitted", "read_content"]

_REFUSALS = {
    Content.ARCHIVE: say.ARCHIVE,
    Content.RESAVE: say.SAVE_ANEW,
    Content.FOREIGN: say.NOT_A_TABLE,
    Content.SEALED: say.SEALED,
    Content.DAMAGED: say.FILE_DAMAGED,
}
TITLES = {
    Content.XLSX: "Excel工作簿（xlsx）", Content.XLS: "Excel工作簿（xls）", Content.XLSB: "Excel二进制工作簿（xlsb）",
    Content.ODS: "OpenDocument表格（ods）", Content.TEXT: "文本（csv）", Content.HTML: "网页表格（html）",
    Content.XML: "XML表格（xml）", Content.MHTML: "单个文件网页（mht）",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Submitted:
    """A file to read. data: its bytes, or b"" where it is a zip, which is read part by part · passwords: to be tried ·
    careful: the usual reader died of it, so let the other one read.
    """

    path: Path
    data: bytes = field(repr=False)
    name: str
    limits: Limits
    passwords: tuple[str, ...] = field(default=(), repr=False)
    careful: bool = False


def read_content(file: Submitted, identity: Identity) -> Read:
    """The sheets of a file that was identified; `RefusedError` where it is not to be read."""
    if identity.content in _REFUSALS:
        raise RefusedError(_REFUSALS[identity.content], what=identity.words)
    return _READERS[identity.content](file)


def _xlsx(file: Submitted) -> Read:
    # given a path, calamine believes its suffix; given bytes, it looks at them
    fits = file.path.suffix.lower() in (".xlsx", ".xlsm")
    source = file.path if fits else io.BytesIO(file.path.read_bytes())
    return read_xlsx(source, file.name, file.limits, file.careful)


def _text(file: Submitted) -> Read:
    return read_csv(file.data, file.name, file.limits)


def _html(file: Submitted) -> Read:
    return read_html(file.data, file.name, file.limits)


def _xml(file: Submitted) -> Read:
    return read_spreadsheetml(file.data, file.name, file.limits)


def _mhtml(file: Submitted) -> Read:
    return read_mhtml(file.data, file.name, file.limits)


def _ods(file: Submitted) -> Read:
    if file.data:
        return read_fods(file.data, file.name, file.limits)
    return read_ods(file.path, file.name, file.limits)


def _xlsb(file: Submitted) -> Read:
    return read_xlsb(file.path, file.name, file.limits)


def _encrypted(file: Submitted) -> Read:
    plain = io.BytesIO(without_password(file.data, file.passwords))
    with zipfile.ZipFile(plain) as archive:
        content = identify(plain.getvalue()[:8], zip_names(archive)).content
    if content is Content.XLSB:
        return read_xlsb(plain, file.name, file.limits)
    return read_xlsx(plain, file.name, file.limits, file.careful)


def _xls(file: Submitted) -> Read:
    try:
        return read_xls(file.data, file.name, file.limits, file.careful)
    except EncryptedError:
        return _decrypted_xls(file)


def _decrypted_xls(file: Submitted) -> Read:
    try:
        return read_xls(without_password(file.data, file.passwords), file.name, file.limits, file.careful)
    except EncryptedError as error:
        raise RefusedError(say.PASSWORD) from error


_READERS: Mapping[Content, Callable[[Submitted], Read]] = {
    Content.XLSX: _xlsx,
    Content.XLS: _xls,
    Content.TEXT: _text,
    Content.ENCRYPTED: _encrypted,
    Content.XLSB: _xlsb,
    Content.ODS: _ods,
    Content.HTML: _html,
    Content.XML: _xml,
    Content.MHTML: _mhtml,
}
