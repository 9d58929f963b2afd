"""How large a submitted file may be before it is refused instead of read."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep one file from taking the machine down; generous for anything a township can fill in.

    rows, columns: of a sheet, as in Excel · cells: in the smallest rectangle that holds a sheet's values, because calamine
    stores that rectangle densely · unzipped: bytes of all parts of an xlsx · ratio: unzipped to zipped bytes (of parts
    over 10 MB) · entries: parts · file: bytes of the file itself · fallback: bytes of a file that a slow reader takes whole ·
    parsed: cells that Python reads one by one (web pages, XML tables, ods, xlsb, and where the fast way to Excel's is closed).
    seconds, seconds_per_mb: of processor time for a file, and for each MB that it has · patience: how often that much time
    may pass on the wall, for a file on a slow disk or a busy machine · memory: bytes of the process that parses, resident.
    """

    rows: int = 1_048_576
    columns: int = 16_384
    cells: int = 30_000_000
    unzipped: int = 600 * MB
    ratio: int = 500
    entries: int = 20_000
    file: int = 300 * MB
    fallback: int = 60 * MB
    parsed: int = 5_000_000
    seconds: int = 10
    seconds_per_mb: int = 5
    patience: int = 4
    memory: int = 1_800 * MB

    def seconds_for(self, size: int) -> int:
        """Processor seconds that a file of `size` bytes may take."""
        return self.seconds + self.seconds_per_mb * size // MB


DEFAULT = Limits()
