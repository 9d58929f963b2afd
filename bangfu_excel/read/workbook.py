"""xlsx and xls: calamine's values, what the scans found beside them, and openpyxl where calamine gives up."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from xml.parsers import expat

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import CellType, RawSheet, RawWorkbook
from bangfu_excel.read.biff import scan_xls
from bangfu_excel.read.calamine import CalamineBook, EncryptedError, EngineError, SheetEntry
from bangfu_excel.read.fallback import OpenpyxlBook
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.package import Package, Source
from bangfu_excel.read.pictures import PictureBook
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.scan import Effort, OddSheetError, scan_sheet
from bangfu_excel.read.sheetxml import SheetFacts

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError)
"""What Python's zip reader raises for damaged, encrypted or exotic parts."""

Read = tuple[RawWorkbook | None, tuple[Finding, ...]]


def read_xlsx(source: Source, name: str, limits: Limits, careful: bool = False) -> Read:
    """Every worksheet that can be read, and a finding for each that cannot; None where none can. careful: without calamine."""
    with zipfile.ZipFile(source) as archive:
        package = Package(archive)
        if package.exceeds(limits):
            raise RefusedError(say.FILE_TOO_LARGE)
        package.verify()
        return _XlsxReader(source, package, limits, careful).read(name)


def read_xls(data: bytes, name: str) -> Read:
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
    return _result(name, "xls", sheets, findings)


def _result(name: str, content: str, sheets: list[RawSheet], findings: list[Finding]) -> Read:
    if sheets:
        return RawWorkbook(name, content, tuple(sheets)), tuple(findings)
    return None, tuple(findings) or (RefusedError(say.NO_SHEET).finding(name),)


def _has_values(sheet: RawSheet) -> bool:
    """Whether calamine found anything: errors and formulas come from the scan."""
    return any(((c.types >= CellType.TEXT) & (c.types <= CellType.DATE)).any() for c in sheet.columns)


class _XlsxReader:
    """One xlsx on its way through the engines."""

    def __init__(self, source: Source, package: Package, limits: Limits, careful: bool) -> None:
        self._package = package
        self._limits = limits
        self._parts: Mapping[str, str] = package.sheet_parts()
        self._fallback = OpenpyxlBook(source) if package.unzipped <= limits.fallback else None
        self._pictures = PictureBook(package)
        self._calamine: CalamineBook | None = None
        if careful:
            return
        try:
            self._calamine = CalamineBook(source)
        except EncryptedError as error:
            raise RefusedError(say.PASSWORD) from error
        except EngineError:
            pass

    def read(self, name: str) -> Read:
        sheets: list[RawSheet] = []
        findings: list[Finding] = []
        try:
            for entry in self._entries():
                try:
                    sheets.append(self._sheet(entry))
                except RefusedError as refused:
                    findings.append(refused.finding(name, entry.name))
        finally:
            if self._fallback:
                self._fallback.close()
        return _result(name, "xlsx", sheets, findings)

    def _entries(self) -> tuple[SheetEntry, ...]:
        for book in (self._calamine, self._fallback):
            try:
                if book:
                    return book.sheets
            except EngineError:
                continue
        raise RefusedError(say.FILE_DAMAGED)

    def _sheet(self, entry: SheetEntry) -> RawSheet:
        part = self._parts.get(entry.name)
        if part is None:
            raise RefusedError(say.SHEET_DAMAGED)
        facts = self._facts(part)
        if self._calamine:
            try:
                sheet = self._calamine.read(entry, facts)
                if _has_values(sheet) or not self._holds_values(part, facts):
                    return self._pictures.on(sheet, part, facts.rich)
            except EngineError:
                pass
        return self._by_openpyxl(entry, part)

    def _holds_values(self, part: str, facts: SheetFacts) -> bool:
        """Whether a sheet that calamine found empty is not (UTF-16 text, a part that stands twice under one name)."""
        return facts.rows > 0 and self._scan(part, Effort.THOROUGH).rows > 0

    def _by_openpyxl(self, entry: SheetEntry, part: str) -> RawSheet:
        if self._fallback is None:
            raise RefusedError(say.SHEET_DAMAGED)
        try:
            facts = self._scan(part, Effort.THOROUGH)
            return self._pictures.on(self._fallback.read(entry, facts), part, facts.rich)
        except EngineError as error:
            raise RefusedError(say.SHEET_DAMAGED) from error

    def _facts(self, part: str) -> SheetFacts:
        """What the scan finds, with as much effort as it takes to be sure that the sheet's box is small enough."""
        facts = None
        for effort in Effort:
            try:
                facts = self._scan(part, effort)
            except OddSheetError:
                continue
            if self._fits(facts):
                return facts
        assert facts is not None, "a thorough scan is never odd"
        raise RefusedError(say.SHEET_TOO_LARGE, last_row=facts.rows, last_column=facts.columns)

    def _fits(self, facts: SheetFacts) -> bool:
        limits = self._limits
        within = facts.rows <= limits.rows and facts.columns <= limits.columns
        return within and facts.rows * facts.columns <= limits.cells

    def _scan(self, part: str, effort: Effort) -> SheetFacts:
        try:
            with self._package.open(part) as stream:
                return scan_sheet(stream, effort)
        except (expat.ExpatError, *DAMAGE) as error:
            raise RefusedError(say.SHEET_DAMAGED) from error
