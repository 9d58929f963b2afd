"""The cells of a form's rows: what stays as it is, what is filled, what is computed."""

from __future__ import annotations

from dataclasses import dataclass

from bangfu_excel.write.forms.looks import Look
from bangfu_excel.write.forms.names import COUNT, Named
from bangfu_excel.write.forms.placeholder import AtLeast, End


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value goes, and how it is to be shown."""

    named: Named
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """What follows stands only where this has a value."""

    named: Named


Content = str | Slot | Condition | End | AtLeast
Run = tuple[str, tuple[Content, ...]]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A cell of which only the row changes: rest: what follows the row's number."""

    letters: str
    rest: str

    @property
    def blank(self) -> bool:
        return "<v>" not in self.rest and "<is>" not in self.rest


@dataclass(frozen=True, slots=True)
class Filled:
    """runs: properties and content of each run · width: of the cell, with those that it is merged with."""

    letters: str
    style: str
    runs: tuple[Run, ...]
    look: Look
    width: float

    @property
    def lone(self) -> Slot | None:
        """The slot, where nothing else is in the cell."""
        content = [piece for _, run in self.runs for piece in run]
        return content[0] if len(content) == 1 and isinstance(content[0], Slot) else None

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(piece for _, run in self.runs for piece in run if isinstance(piece, Slot))

    @property
    def repeated(self) -> tuple[str, ...]:
        """The tables whose rows it shows."""
        return tuple(dict.fromkeys(s.named.table for s in self.slots if s.named.table and s.named.name != COUNT))


@dataclass(frozen=True, slots=True)
class Formula:
    """text without =; array: the range that it fills, "" for one cell."""

    letters: str
    style: str
    text: str
    array: str = ""


Cell = Fixed | Filled | Formula


@dataclass(frozen=True, slots=True)
class Row:
    """attributes: but for its number · height: None where it is not said."""

    number: int
    attributes: str
    height: float | None
    cells: tuple[Cell, ...]
