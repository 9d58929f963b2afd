"""An official document in Word (GB/T 9704): A4, 宋体 title, 仿宋 text of 28 lines' spacing, numbered headings, page numbers.

python-docx is imported where a document is written, not before.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bangfu_excel.write.archive import finish
from bangfu_excel.write.book import AUTHOR
from bangfu_excel.write.widths import text_width

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

TITLE, BODY, HEADING, LEAD, DIGITS = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "Times New Roman"
_INSTEAD = {TITLE: "宋体", BODY: "仿宋", LEAD: "楷体", HEADING: "SimHei"}
"""What stands for a font on a machine that has not got it."""
_SECOND, _THIRD, _FOURTH, _SMALL = 22.0, 16.0, 14.0, 10.5
_LINE = 28.0  # points from line to line
_LINE_OF_TABLE = 14.0
_SHORT_TABLE = 15  # rows that are kept on one page
_TITLE_WIDTH = 38  # half-widths of a line of the title
_DAY_FROM_EDGE = 4.0  # characters
_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
_TEXT_WIDTH = 156  # millimetres between the margins
_FONTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:fonts>'
)
_FONT = '<w:font w:name="{0}"><w:altName w:val="{1}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'


class Paper:
    """A document being written: paragraphs one below the other, then `save`."""

    def __init__(self, title: str) -> None:
        from docx import Document as new_document
        from docx.shared import Mm

        self.document: Document = new_document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        for name, millimetres in _MARGINS.items():
            setattr(section, name, Mm(millimetres))
        section.footer_distance = Mm(25)
        core = self.document.core_properties
        core.title, core.author, core.last_modified_by, core.comments = title, AUTHOR, AUTHOR, ""
        core.revision = 1
        self._number_pages()

    def title(self, parts: Sequence[str]) -> None:
        """方正小标宋 二号, in the middle; broken between its parts into as few lines as hold them, and those as even as can be."""
        for text in next(
            lines for lines in _broken(parts) if _longest(lines) <= _TITLE_WIDTH or len(lines) == len(parts)
        ):
            self._written(text, TITLE, _SECOND, align="center", line=36.0)

    def middle(self, text: str) -> None:
        """A line in the middle: the number of the document, 试算."""
        self._written(text, BODY, _THIRD, align="center")

    def blank(self) -> None:
        """An empty line."""
        self._written("", BODY, _THIRD)

    def line(self, text: str) -> None:
        """A line without indent: to whom it goes."""
        self._written(text, BODY, _THIRD)

    def heading(self, text: str) -> None:
        """一、…, kept with what follows."""
        self._written(text, HEADING, _THIRD, indent=True).paragraph_format.keep_with_next = True

    def body(self, text: str, lead: str = "") -> None:
        """A paragraph, which a lead in 楷体 may begin."""
        paragraph = self._written(lead, LEAD, _THIRD, indent=True, align="both")
        self._run(paragraph, text, BODY, _THIRD)

    def signed(self, text: str, day: str) -> None:
        """Who signs, over the middle of the day, which stands four characters from the right edge; never alone on a page."""
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        for _ in range(2):
            self._written("", BODY, _THIRD).paragraph_format.keep_with_next = True
        right = _DAY_FROM_EDGE + (text_width(day) - text_width(text)) / 4
        for written, end in ((text, max(right, 0.0)), (day, _DAY_FROM_EDGE)):
            paragraph = self._written(written, BODY, _THIRD, align="right")
            self._indent(paragraph, end=end)
            paragraph.paragraph_format.keep_with_next = written is text

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A table with borders, its head on every page. widths: shares of the page's width."""
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
        from docx.shared import Mm

        table = self.document.add_table(rows=0, cols=len(head), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        together = len(rows) <= _SHORT_TABLE
        shares = [Mm(_TEXT_WIDTH * width / sum(widths)) for width in widths]
        for column, share in zip(table.columns, shares, strict=True):
            column.width = share
        for number, texts in enumerate((head, *rows)):
            row = table.add_row()
            for name in ["w:cantSplit"] + ["w:tblHeader"] * (number == 0):
                self._mark(row._tr.get_or_add_trPr(), name)
            for cell, text, share in zip(row.cells, texts, shares, strict=True):
                cell.width, cell.vertical_alignment = share, WD_CELL_VERTICAL_ALIGNMENT.CENTER
                self._shape(cell.paragraphs[0], "center", _LINE_OF_TABLE, around=3.0)
                cell.paragraphs[0].paragraph_format.keep_with_next = together and number < len(rows)
                self._run(cell.paragraphs[0], text, BODY if number else HEADING, _SMALL)
        self._written("", BODY, _SMALL, line=_LINE_OF_TABLE)

    def save(self, path: Path, as_of: dt.date) -> Path:
        """The document at `path`: the same content gives the same bytes."""
        stream = io.BytesIO()
        self.document.save(stream)
        fonts = _FONTS.format("".join(_FONT.format(*pair) for pair in _INSTEAD.items()))
        return finish(stream.getvalue(), path, as_of, {"word/fontTable.xml": fonts})

    def _written(
        self, text: str, font: str, size: float, *, align: str = "left", indent: bool = False, line: float = _LINE
    ) -> Paragraph:
        paragraph = self.document.add_paragraph()
        self._shape(paragraph, align, line)
        if indent:
            self._indent(paragraph, first=2)
        if text:
            self._run(paragraph, text, font, size)
        return paragraph

    def _run(self, paragraph: Paragraph, text: str, font: str, size: float) -> Run:
        from docx.oxml.ns import qn
        from docx.shared import Pt

        run = paragraph.add_run(text)
        run.font.size, run.font.name = Pt(size), DIGITS
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), font)
        fonts.set(qn("w:hint"), "eastAsia")
        return run

    def _shape(self, paragraph: Paragraph, align: str, line: float, around: float = 0.0) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.shared import Pt

        shape = paragraph.paragraph_format
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
        shape.space_before = shape.space_after = Pt(around)
        shape.alignment = {
            "left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
            "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
        }[align]  # fmt: skip

    def _indent(self, paragraph: Paragraph, *, first: float = 0, end: float = 0) -> None:
        """Indents counted in characters, as offices do."""
        from docx.oxml.ns import qn

        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
        for name, characters in (("firstLine", first), ("end", end)):
            if characters:
                attribute = "right" if name == "end" else name
                indent.set(qn(f"w:{attribute}Chars"), str(round(100 * characters)))
                indent.set(qn(f"w:{attribute}"), str(round(20 * _THIRD * characters)))

    def _number_pages(self) -> None:
        """— 1 — under every page."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        paragraph = self.document.sections[0].footer.paragraphs[0]
        self._shape(paragraph, "center", _LINE)
        self._run(paragraph, "— ", "宋体", _FOURTH)
        run = self._run(paragraph, "", "宋体", _FOURTH)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = text
            run._r.append(element)
        self._run(paragraph, " —", "宋体", _FOURTH)

    @staticmethod
    def _mark(properties: Any, name: str) -> None:
        from docx.oxml import OxmlElement

        properties.append(OxmlElement(name))


def _broken(parts: Sequence[str]) -> Iterator[list[str]]:
    """The parts in one line, in two, …; of each number of lines the most even ones."""
    for breaks in range(len(parts)):
        ways = (
            ["".join(parts[start:end]) for start, end in pairwise((0, *at, len(parts)))]
            for at in combinations(range(1, len(parts)), breaks)
        )
        yield min(ways, key=_longest)


def _longest(lines: Sequence[str]) -> int:
    return max(map(text_width, lines))
