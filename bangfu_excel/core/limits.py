"""How large a submitted file may be before it is refused instead of read."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep one file from taking the machine down; generous for anything a township can fill in.

    rows, columns: of a sheet, as in Excel · cells: in the smallest rectangle that holds a sheet's values, because calamine
    stores that rectangle densely · unzipped: bytes of all parts of an xlsx · ratio: unzipped to zipped bytes (of parts
    over 10 MB) · entries: parts · file: bytes of the file itself · fallback: unzipped bytes that openpyxl may be asked for.
    """

    rows: int = 1_048_576
    columns: int = 16_384
    cells: int = 30_000_000
    unzipped: int = 600 * MB
    ratio: int = 500
    entries: int = 20_000
    file: int = 300 * MB
    fallback: int = 60 * MB


DEFAULT = Limits()
