"""How the rows of a form repeat or are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bangfu_excel.write.forms.cells import Cell, Condition, Content, Filled, Fixed, Row
from bangfu_excel.write.forms.faults import Faults
from bangfu_excel.write.forms.names import Named, Vocabulary
from bangfu_excel.write.forms.placeholder import AtLeast, End

_Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong together: table: for each of whose rows they repeat ("" : they stand once), at least `least` times ·
    needs: they stand only where all of these have a value.
    """

    rows: tuple[Row, ...]
    table: str = ""
    least: int = 0
    needs: tuple[Named, ...] = ()


@dataclass
class Structure:
    """Takes the rows of one sheet apart, and tells what cannot be."""

    sheet: str
    vocabulary: Vocabulary
    faults: Faults
    merges: tuple[_Area, ...]

    def parts(self, rows: tuple[Row, ...]) -> tuple[Part, ...]:
        """The rows, those that only hold a mark left out; neighbours that repeat by the same table repeat together."""
        found: list[Part] = []
        for part in self._single(rows):
            before = found[-1] if found else None
            if before and part.table and (before.table, before.needs) == (part.table, part.needs):
                found[-1] = replace(before, rows=(*before.rows, *part.rows), least=max(before.least, part.least))
            else:
                found.append(part)
        for part in found:
            if part.table:
                self._refuse_cut(part)
        return tuple(found)

    def _single(self, rows: tuple[Row, ...]) -> Iterator[Part]:
        """A part a row."""
        open_at, needs = "", tuple[Named, ...]()
        for row in rows:
            conditions, ends, least, rest = _marks(row)
            at = f"第{row.number}行"
            if len(conditions) > 1 or (conditions and needs):
                self.faults.add(self.sheet, at, "“如有”里面不能再套“如有”，请先写 {{完}}")
            if ends and not (needs or conditions):
                self.faults.add(self.sheet, at, "有 {{完}}，前面没有对应的 {{如有 …}}")
            if conditions:
                needs, open_at = tuple(conditions), at
            if not ((conditions or ends) and _is_blank(rest)):
                table = self._table(rest, at)
                if least and not table:
                    self.faults.add(self.sheet, at, "“至少几行”要写在重复的那一行里")
                yield Part((rest,), table, least, needs)
            if ends:
                needs, open_at = (), ""
        if open_at:
            self.faults.add(self.sheet, open_at, "“如有”没有结束，要在后面写 {{完}}")

    def _table(self, row: Row, at: str) -> str:
        tables = list(dict.fromkeys(t for cell in row.cells if isinstance(cell, Filled) for t in cell.repeated))
        if len(tables) > 1:
            called = "、".join(self.vocabulary.tables[name].label for name in tables)
            self.faults.add(self.sheet, at, f"同一行里有几张表的记录（{called}），不知道按哪张表重复，请分成几行")
        return tables[0] if tables else ""

    def _refuse_cut(self, part: Part) -> None:
        """A merged range may lie within the repeated rows, or begin above and reach their end at least: then it grows with them."""
        first, last = part.rows[0].number, part.rows[-1].number
        for top, _, bottom, _ in self.merges:
            inside = first <= top and bottom <= last
            grows = top < first and (bottom >= last or bottom < first)
            if bottom >= first and top <= last and not inside and not grows:
                self.faults.add(self.sheet, f"第{top}行至第{bottom}行", "合并单元格跨出了重复的行，不能照抄，请拆开")


def _marks(row: Row) -> tuple[list[Named], int, int, Row]:
    """Conditions, ends, least number of lines, and the row without these marks; what begins and ends in one cell stays."""
    conditions: list[Named] = []
    ends = least = 0
    cells: list[Cell] = []
    for cell in row.cells:
        if not isinstance(cell, Filled):
            cells.append(cell)
            continue
        content = [piece for _, run in cell.runs for piece in run]
        inline = any(isinstance(p, Condition) for p in content) and any(isinstance(p, End) for p in content)
        least = max([least, *(p.lines for p in content if isinstance(p, AtLeast))])
        if not inline:
            conditions += [p.named for p in content if isinstance(p, Condition)]
            ends += sum(isinstance(p, End) for p in content)
        dropped = AtLeast if inline else (AtLeast, Condition, End)
        cells.append(replace(cell, runs=tuple((look, _without(run, dropped)) for look, run in cell.runs)))
    return conditions, ends, least, replace(row, cells=tuple(cells))


def _without(run: tuple[Content, ...], kinds: type | tuple[type, ...]) -> tuple[Content, ...]:
    return tuple(piece for piece in run if not isinstance(piece, kinds))


def _is_blank(row: Row) -> bool:
    """Whether nothing is written in the row."""
    texts = (piece for cell in row.cells if isinstance(cell, Filled) for _, run in cell.runs for piece in run)
    written = any(not isinstance(piece, str) or piece.strip() for piece in texts)
    return not written and all(isinstance(c, Filled) or (isinstance(c, Fixed) and c.blank) for c in row.cells)
