"""xlsx: calamine's values, checked by count against the XML; our own reader where they do not agree or calamine gives up."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from xml.parsers import expat

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import RawSheet, RawWorkbook
from bangfu_excel.read.calamine import CalamineBook, EngineError, SheetEntry
from bangfu_excel.read.carried import carried_by
from bangfu_excel.read.crosscheck import (
    counts_agree,
    difference_is_harmless,
    disagreement,
    holds_negative_moment,
    holds_times,
    oddities,
    texts_agree,
)  # fmt: skip
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.package import Package, SheetPart, Source
from bangfu_excel.read.pictures import PictureBook
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.scan import Effort, OddSheetError, scan_sheet
from bangfu_excel.read.sheetxml import SheetFacts
from bangfu_excel.read.xmlbook import Reading, XmlBook

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError)
"""What Python's zip reader raises for damaged, encrypted or exotic parts."""

Read = tuple[RawWorkbook | None, tuple[Finding, ...]]

_NO_CELLS = frozenset({"chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet", "module"})


def read_xlsx(source: Source, name: str, limits: Limits, careful: bool = False) -> Read:
    """Every worksheet that can be read, and a finding for each that cannot; None where none can. careful: without calamine."""
    with zipfile.ZipFile(source) as archive:
        package = Package(archive)
        if package.exceeds(limits):
            raise RefusedError(say.FILE_TOO_LARGE)
        if not package.workbook:
            raise RefusedError(say.FILE_DAMAGED)
        package.verify()
        reader = _XlsxReader(name, source, package, limits, careful)
        sheets = tuple(reader.sheets())
        findings = (*reader.findings, *carried_by(name, package))
        if package.repeats:
            findings = (*findings, say.PART_REPEATED.finding(Place(name)))
        workbook, said = workbook_of(name, "xlsx", sheets, findings)
        return replace(workbook, properties=package.properties) if workbook else None, said


def workbook_of(name: str, content: str, sheets: tuple[RawSheet, ...], findings: tuple[Finding, ...]) -> Read:
    """What was read; where no sheet was, the findings, and one that says so if none does."""
    if sheets:
        return RawWorkbook(name, content, sheets), findings
    said = any(finding.effect == "sheet" for finding in findings)
    return None, findings if said else (*findings, RefusedError(say.NO_SHEET).finding(name))


class _XlsxReader:
    """One xlsx on its way through the readers."""

    def __init__(self, name: str, source: Source, package: Package, limits: Limits, careful: bool) -> None:
        self.findings: list[Finding] = []
        self._name = name
        self._package = package
        self._limits = limits
        self._pictures = PictureBook(package)
        self._xml = XmlBook(package, limits)
        self._calamine = None if careful else self._opened(source)

    def sheets(self) -> Iterator[RawSheet]:
        """The worksheets that can be read; `findings` fills with what is to be said of them and of the others."""
        taken: set[str] = set()
        for part in self._package.sheets:
            if part.kind in _NO_CELLS:
                continue
            name = _free_name(part.name, taken)
            taken.add(name.casefold())
            try:
                sheet = self._sheet(part, repeated=name != part.name)
            except RefusedError as refused:
                self.findings.append(refused.finding(self._name, name))
                continue
            if name != part.name:
                self.findings.append(say.SHEET_RENAMED.finding(Place(self._name, name), name=part.name))
            yield replace(sheet, name=name)

    def _opened(self, source: Source) -> CalamineBook | None:
        """calamine, if it finds the sheets that the workbook names."""
        try:
            book = CalamineBook(source)
            return book if book.names == tuple(part.name for part in self._package.sheets) else None
        except EngineError:
            return None

    def _sheet(self, part: SheetPart, *, repeated: bool) -> RawSheet:
        if not part.part:
            raise RefusedError(say.SHEET_DAMAGED)
        if self._calamine is None or repeated:
            sheet, rich = self._by_xml(part)
        else:
            sheet, rich = self._fast(self._calamine, part)
        return self._pictures.on(sheet, part.part, rich)

    def _fast(self, calamine: CalamineBook, part: SheetPart) -> tuple[RawSheet, dict[tuple[int, int], int]]:
        """What calamine reads, if the sheet is small enough for it and nothing is missing."""
        facts = self._facts(part.part)
        if facts is None:
            return self._by_xml(part)
        try:
            sheet = calamine.read(SheetEntry(part.place, part.name, part.hidden), facts)
        except EngineError:
            return self._by_xml(part)
        if self._agree(sheet, facts, part.part):
            return sheet, facts.rich
        return self._by_xml(part, sheet, usable=texts_agree(sheet, facts, self._xml.first_string))

    def _agree(self, sheet: RawSheet, facts: SheetFacts, part: str) -> bool:
        try:
            if counts_agree(sheet, facts, self._xml.first_string):
                return not holds_times(sheet) or not self._turns_negative(facts, part)
            if facts.parsed:
                return False
            with self._package.open(part) as stream:
                return difference_is_harmless(stream, sheet, self._xml.strings)
        except (RefusedError, *DAMAGE):
            return False

    def _turns_negative(self, facts: SheetFacts, part: str) -> bool:
        """Whether a time may be a negative number."""
        if facts.parsed:
            return True
        with self._package.open(part) as stream:
            return holds_negative_moment(stream, self._xml.styles)

    def _by_xml(
        self, part: SheetPart, fast: RawSheet | None = None, *, usable: bool = False
    ) -> tuple[RawSheet, dict[tuple[int, int], int]]:
        """What our own reader reads; where it cannot, what calamine read (`fast`) if that is usable, with a warning."""
        try:
            reading = self._read(part)
        except RefusedError:
            if fast is None or not fast.height or not usable:
                raise
            self.findings.append(say.SHEET_UNSURE.finding(Place(self._name, part.name)))
            return fast, {}
        self.findings += oddities(self._name, reading)
        if fast:
            self.findings += disagreement(self._name, fast, reading.sheet, {*reading.lost, *reading.repeated})
        return reading.sheet, reading.facts.rich

    def _read(self, part: SheetPart) -> Reading:
        try:
            return self._xml.read(part)
        except DAMAGE as error:
            raise RefusedError(say.SHEET_DAMAGED) from error

    def _facts(self, part: str) -> SheetFacts | None:
        """What the scan finds, with as much effort as it takes to be sure that calamine has room for the sheet; else None."""
        for effort in Effort:
            try:
                facts = self._scan(part, effort)
            except OddSheetError:
                continue
            if self._fits(facts):
                return facts
        return None

    def _fits(self, facts: SheetFacts) -> bool:
        limits = self._limits
        within = facts.rows <= limits.rows and facts.columns <= limits.columns
        # calamine takes a cell whose address is none at its word, and makes room up to there
        return within and facts.rows * facts.columns <= limits.cells and not facts.astray

    def _scan(self, part: str, effort: Effort) -> SheetFacts:
        try:
            with self._package.open(part) as stream:
                return scan_sheet(stream, effort)
        except (expat.ExpatError, *DAMAGE) as error:
            raise OddSheetError(part) from error


def _free_name(name: str, taken: set[str]) -> str:
    """`name`, or with a number where an earlier sheet has it: Excel tells capital letters from small ones no more than this."""
    number, free = 2, name
    while free.casefold() in taken:
        number, free = number + 1, f"{name} ({number})"
    return free
