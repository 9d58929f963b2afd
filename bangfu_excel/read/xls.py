"""xls: calamine's values and what the scan of its records found beside them."""

from __future__ import annotations

import io

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import RawSheet
from bangfu_excel.read.biff import scan_xls
from bangfu_excel.read.calamine import CalamineBook, EncryptedError, EngineError
from bangfu_excel.read.limits import DEFAULT, Limits
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.sheetxml import SheetFacts
from bangfu_excel.read.workbook import Read, workbook_of


def read_xls(data: bytes, name: str, limits: Limits = DEFAULT, careful: bool = False) -> Read:
    """Every worksheet of an xls that is not encrypted (else `EncryptedError`)."""
    facts = dict(enumerate(scan_xls(data)))
    if not facts:
        raise RefusedError(say.FILE_DAMAGED)
    try:
        book = CalamineBook(io.BytesIO(data))
        entries = book.sheets
    except EncryptedError:
        raise
    except EngineError as error:
        raise RefusedError(say.FILE_DAMAGED) from error
    sheets: list[RawSheet] = []
    findings: list[Finding] = []
    for entry in entries:
        try:
            sheets.append(book.read(entry, facts.get(entry.index, SheetFacts())))
        except EngineError:
            findings.append(RefusedError(say.SHEET_DAMAGED).finding(name, entry.name))
    return workbook_of(name, "xls", tuple(sheets), tuple(findings))
