"""xls: calamine's values, checked by count against the records; our own reader, or
xlrd for what is older than Excel 97, where they do not agree or calamine is not to be trusted.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cached_property

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import RawSheet
from bangfu_excel.read.biff import UNICODE, XlsFacts, scan_xls
from bangfu_excel.read.biffbook import BiffBook
from bangfu_excel.read.calamine import CalamineBook, EncryptedError, EngineError, SheetEntry
from bangfu_excel.read.carried import carried
from bangfu_excel.read.crosscheck import counts_agree, disagreement
from bangfu_excel.read.limits import DEFAULT, Limits
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.sheetxml import SheetFacts
from bangfu_excel.read.workbook import Read, workbook_of
from bangfu_excel.read.xlrdbook import XlrdBook

_WORKSHEET = 0


def read_xls(data: bytes, name: str, limits: Limits = DEFAULT, careful: bool = False) -> Read:
    """Every worksheet of an xls of any age that is not encrypted (else `EncryptedError`). careful: without calamine."""
    facts = scan_xls(data)
    if facts.encrypted:
        raise EncryptedError(name)
    reader = _XlsReader(name, data, facts, limits, careful)
    sheets = tuple(reader.sheets())
    notices = carried(name, macros=facts.macros, links=facts.links, connections=facts.connections)
    return workbook_of(name, "xls", sheets, (*reader.findings, *notices))


class _XlsReader:
    """One xls on its way through the readers."""

    def __init__(self, name: str, data: bytes, facts: XlsFacts, limits: Limits, careful: bool) -> None:
        self.findings: list[Finding] = []
        self._name = name
        self._data = data
        self._limits = limits
        self._known = facts
        self._worksheets = [f for f, kind in zip(facts.sheets, facts.kinds, strict=False) if kind == _WORKSHEET]
        self._fast = None if careful or not facts.sheets else self._by_calamine()

    def sheets(self) -> Iterator[RawSheet]:
        """The worksheets that can be read; `findings` fills with what is to be said of them and of the others."""
        entries = self._entries()
        for place, entry in enumerate(entries):
            facts = self._worksheets[place] if place < len(self._worksheets) else SheetFacts()
            try:
                yield self._sheet(place, entry, facts)
            except RefusedError as refused:
                self.findings.append(refused.finding(self._name, entry.name))

    def _entries(self) -> tuple[SheetEntry, ...]:
        book = self._fast or self._own or self._xlrd
        if book is None:
            raise RefusedError(say.FILE_DAMAGED)
        if not book.sheets:
            raise RefusedError(say.NO_SHEET)
        return book.sheets

    def _by_calamine(self) -> CalamineBook | None:
        try:
            book = CalamineBook(io.BytesIO(self._data))
            return book if len(book.sheets) == len(self._worksheets) else None
        except EncryptedError:
            raise
        except EngineError:
            return None

    @cached_property
    def _own(self) -> BiffBook | None:
        if self._known.version != 8 or not self._worksheets:
            return None
        try:
            return BiffBook(self._data, self._limits)
        except EngineError:
            return None

    @cached_property
    def _xlrd(self) -> XlrdBook | None:
        try:
            return XlrdBook(self._data, self._limits)
        except EncryptedError:
            raise
        except EngineError:
            return None

    @property
    def _garbled(self) -> bool:
        """Whether calamine would take the text for encoded in another way than it is."""
        return self._known.version != 8 or self._known.codepage != UNICODE

    def _sheet(self, place: int, entry: SheetEntry, facts: SheetFacts) -> RawSheet:
        fast = self._quick(place, facts)
        if fast and not self._garbled and counts_agree(fast, facts, None):
            return fast
        slow = self._careful(place, facts)
        if slow is None and fast is None:
            raise RefusedError(say.SHEET_DAMAGED)
        if slow is None or (fast and fast.height and not slow.height):
            self.findings.append(say.SHEET_UNSURE.finding(Place(self._name, entry.name)))
            assert fast is not None
            return fast
        if facts.astray:
            place_words = Place(self._name, entry.name)
            self.findings.append(say.CELL_ASTRAY.finding(place_words, count=facts.astray, number=facts.astray))
        if fast and not self._garbled:
            self.findings += disagreement(self._name, fast, slow)
        return slow

    def _quick(self, place: int, facts: SheetFacts) -> RawSheet | None:
        if self._fast is None:
            return None
        try:
            return self._fast.read(self._fast.sheets[place], facts)
        except EngineError:
            return None

    def _careful(self, place: int, facts: SheetFacts) -> RawSheet | None:
        """By our own reader; by xlrd what is older than Excel 97 or too damaged for ours."""
        for book in (lambda: self._own, lambda: self._xlrd):
            try:
                if (opened := book()) and place < len(opened.sheets):
                    return opened.read(opened.sheets[place], facts)
            except EngineError:
                continue
        return None
