"""Placeholders as they are written become what they name; what names nothing is told with its cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from bangfu_excel.write.forms.cells import Condition, Content, Run, Slot
from bangfu_excel.write.forms.faults import Faults
from bangfu_excel.write.forms.names import COUNT, Named, Source, Vocabulary
from bangfu_excel.write.forms.placeholder import AtLeast, End, Hole, If, Piece, leftover, pieces_of
from bangfu_excel.write.forms.values import is_hint

_HOLE = "占位符"


@dataclass
class Reader:
    """Reads the cells of one sheet; `wanted` grows with what they name."""

    sheet: str
    vocabulary: Vocabulary
    each: bool
    faults: Faults
    wanted: set[Named] = field(default_factory=set)

    def filled(self, runs: tuple[tuple[str, tuple[Piece, ...]], ...], cell: str) -> tuple[Run, ...]:
        """The runs of the cell with slots for placeholders; one that names nothing is left out."""
        plain = "".join(piece for _, pieces in runs for piece in pieces if isinstance(piece, str))
        if braces := leftover(plain):
            self.faults.add(self.sheet, cell, f"“{braces}”没有成对，占位符要写成 {{{{户主姓名}}}}")
        read = ((properties, tuple(self._content(piece, cell) for piece in pieces)) for properties, pieces in runs)
        return tuple((properties, tuple(c for c in content if c is not None)) for properties, content in read)

    def in_header(self, text: str) -> dict[str, Named]:
        """What the placeholders of the page's header and footer name, by how they are written."""
        holes = [piece for piece in pieces_of(text) if isinstance(piece, Hole)]
        read = {piece.name: self._slot(piece, "页眉页脚") for piece in holes}
        return {name: slot.named for name, slot in read.items() if slot is not None}

    def _content(self, piece: Piece, cell: str) -> Content | None:
        if isinstance(piece, str | End | AtLeast):
            return piece
        return self._condition(piece, cell) if isinstance(piece, If) else self._slot(piece, cell)

    def _slot(self, hole: Hole, cell: str) -> Slot | None:
        named = self._named(hole.name, cell)
        if named is None:
            return None
        if hole.hint and not ((named.is_date or named.is_number) and is_hint(hole.hint, date=named.is_date)):
            self.faults.add(
                self.sheet,
                cell,
                f"{_HOLE}“{hole.name}|{hole.hint}”竖线后面的格式不对，日期写如 yyyy年m月d日，数字写如 0.00",
            )
        return Slot(named, hole.hint)

    def _condition(self, written: If, cell: str) -> Condition | None:
        if isinstance(found := self.vocabulary.find(written.name), Named):
            self.wanted.add(found)
            return Condition(found)
        if (table := self.vocabulary.find_table(written.name)) is None:
            self.faults.add(self.sheet, cell, f"{_HOLE}“如有 {written.name}”{found}")
            return None
        if reason := self.vocabulary.no_rows(table, each=self.each):
            self.faults.add(self.sheet, cell, reason)
        named = Named(Source.COMMON, COUNT, table)
        self.wanted.add(named)
        return Condition(named)

    def _named(self, written: str, cell: str) -> Named | None:
        found = self.vocabulary.find(written)
        if isinstance(found, Named) and found.table:
            found = self.vocabulary.no_rows(found.table, each=self.each) or found
        if isinstance(found, str):
            self.faults.add(self.sheet, cell, f"{_HOLE}“{written}”填不出来：{found}")
            return None
        self.wanted.add(found)
        return found
