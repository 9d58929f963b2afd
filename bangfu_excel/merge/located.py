"""The cells of registered values: their submissions say which column of which region a field stood in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from bangfu_excel.core.finding import Place
from bangfu_excel.merge.submission import read_description


@dataclass(frozen=True)
class Cells:
    """Where values stand, of the submissions in `folder`; each is read once."""

    folder: Path
    _read: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def place(self, row: Mapping[str, Any], table: str, name: str) -> Place:
        """The cell of field `name` in a row (submission, region, row); where the field had no column, its row with no label."""
        submission, region, number = str(row["submission"]), int(row["region"]), int(row["row"])
        if submission not in self._read:
            self._read[submission] = read_description(self.folder / submission)
        description = self._read[submission]
        stood = description["regions"][region]
        column = stood["columns"].get(name, {"column": "", "label": ""})
        cell = f"{column['column']}{number}" if column["column"] else ""
        cell = column.get("cells", {}).get(str(number), cell)
        shown = row_of(cell) or number
        return Place(description["file"], stood["sheet"], cell, shown, table, name, column["label"], record=number)


def row_of(cell: str) -> int:
    """The row of a cell such as C5; 0 where it names none."""
    number = cell.lstrip(ascii_uppercase)
    return int(number) if number.isdigit() else 0
