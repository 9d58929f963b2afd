"""Which reader reads what, by content."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bangfu_excel.core.messages import read as say
from bangfu_excel.read.calamine import EncryptedError
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.password import without_password
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.signature import Content, Identity
from bangfu_excel.read.text import read_csv
from bangfu_excel.read.workbook import DAMAGE, Read, read_xlsx
from bangfu_excel.read.xls import read_xls

__all__ = ["DAMAGE", "TITLES", "Read", "Submitted", "read_content"]

_REFUSALS = {Content.ARCHIVE: say.ARCHIVE, Content.RESAVE: say.SAVE_ANEW, Content.FOREIGN: say.NOT_A_TABLE}
TITLES = {Content.XLSX: "Excel工作簿（xlsx）", Content.XLS: "Excel工作簿（xls）", Content.TEXT: "文本（csv）"}


@dataclass(frozen=True, slots=True)
class Submitted:
    """A file to read. data: its bytes, or b"" where it is a zip, which is read part by part · passwords: to be tried ·
    careful: the usual reader died of it, so let the other one read.
    """

    path: Path
    data: bytes
    name: str
    limits: Limits
    passwords: tuple[str, ...] = ()
    careful: bool = False


def read_content(file: Submitted, identity: Identity) -> Read:
    """The sheets of a file that was identified; `RefusedError` where it is not to be read."""
    if identity.content in _REFUSALS:
        raise RefusedError(_REFUSALS[identity.content], what=identity.words)
    reader = _READERS.get(identity.content)
    if reader is None:
        raise RefusedError(say.FILE_DAMAGED)
    return reader(file)


def _xlsx(file: Submitted) -> Read:
    # given a path, calamine and openpyxl believe its suffix; given bytes, they look at them
    fits = file.path.suffix.lower() in (".xlsx", ".xlsm")
    source = file.path if fits else io.BytesIO(file.path.read_bytes())
    return read_xlsx(source, file.name, file.limits, file.careful)


def _text(file: Submitted) -> Read:
    return read_csv(file.data, file.name, file.limits)


def _encrypted(file: Submitted) -> Read:
    return read_xlsx(io.BytesIO(without_password(file.data, file.passwords)), file.name, file.limits, file.careful)


def _xls(file: Submitted) -> Read:
    try:
        return read_xls(file.data, file.name)
    except EncryptedError:
        return _decrypted_xls(file)


def _decrypted_xls(file: Submitted) -> Read:
    try:
        return read_xls(without_password(file.data, file.passwords), file.name)
    except EncryptedError as error:
        raise RefusedError(say.PASSWORD) from error


_READERS: Mapping[Content, Callable[[Submitted], Read]] = {
    Content.XLSX: _xlsx,
    Content.XLS: _xls,
    Content.TEXT: _text,
    Content.ENCRYPTED: _encrypted,
}
