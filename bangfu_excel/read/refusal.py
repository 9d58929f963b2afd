"""Why a file or a sheet is not read, on its way to becoming a finding."""

from __future__ import annotations

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.message import Message


class RefusedError(Exception):
    """The file (or, where a sheet is being read, the sheet) cannot be used; never leaves the read stage."""

    def __init__(self, message: Message, **words: str | int) -> None:
        super().__init__(message.code)
        self.message = message
        self._words = words

    def finding(self, file: str, sheet: str = "") -> Finding:
        """What to tell the submitter."""
        return self.message.finding(Place(file, sheet), related=(), count=1, **self._words)
