"""How large a submitted file may be before it is refused instead of read."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep one file from taking the machine down; generous for anything a township can fill in.

    rows, columns: of a sheet, as in Excel · cells: in the smallest rectangle that holds a sheet's values, because calamine
    stores that rectangle densely · unzipped: bytes of all parts of an xlsx · ratio: unzipped to zipped bytes (of parts
    over 10 MB) · entries: parts · file: bytes of the file itself · mail: bytes of an mht ·
    parsed: cells that Python reads one by one (web pages, XML tables, ods, xlsb, and where the fast way to Excel's is closed).
    seconds, seconds_per_mb: of processor time for a file, and for each MB that it has, or each 5 MB in a zip · patience: how often that much time
    may pass on the wall, for a file on a slow disk or a busy machine · memory: bytes of the process that parses, resident.
    """

    rows: int = 1_048_576
    columns: int = 16_384
    cells: int = 30_000_000
    unzipped: int = 600 * MB
    ratio: int = 500
    entries: int = 20_000
    file: int = 300 * MB
    mail: int = 60 * MB
    parsed: int = 5_000_000
    seconds: int = 10
    seconds_per_mb: int = 5
    patience: int = 4
    memory: int = 1_800 * MB

    def seconds_for(self, size: int, unzipped: int = 0) -> int:
        """Processor seconds that a file of `size` bytes may take, which are `unzipped` bytes where it is a zip."""
        # a page of the web takes 0.6 s for each MB, the XML of an xlsx 0.15 s where it is read the slow way
        return self.seconds + self.seconds_per_mb * max(size, unzipped // 5) // MB


DEFAULT = Limits()
