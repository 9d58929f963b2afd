"""A Word document as text that a person can review: page, paragraphs with their fonts and places, tables."""

import docx
from docx.oxml.ns import qn


def document_text(path):
    """The document's text, one line a paragraph or row of a table."""
    document = docx.Document(path)
    page, core = document.sections[0], document.core_properties
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    lines = [
        f"properties {core.author} {core.title} {core.modified:%Y-%m-%d}",
        f"page {page.page_width.mm:.0f}x{page.page_height.mm:.0f} margins {' '.join(f'{one.mm:.0f}' for one in margins)}",
        f"footer {''.join(run.text or 'PAGE' for run in page.footer.paragraphs[0].runs)}",
        "",
    ]
    for element in document.element.body:
        if element.tag == qn("w:p"):
            lines.append(_paragraph(docx.text.paragraph.Paragraph(element, document)))
        elif element.tag == qn("w:tbl"):
            lines += _table(docx.table.Table(element, document))
    return "\n".join(lines) + "\n"


def _paragraph(paragraph):
    looks = dict.fromkeys(f"{_font(run)}{run.font.size.pt:g}" for run in paragraph.runs)
    place = (paragraph.alignment.name.lower(), *_indents(paragraph))
    return f"[{' '.join((*looks, *place))}] {paragraph.text}" if paragraph.text else ""


def _indents(paragraph):
    indent = paragraph._p.pPr.ind
    if indent is not None:
        for name in ("firstLineChars", "rightChars"):
            if value := indent.get(qn(f"w:{name}")):
                yield f"{name.removesuffix('Chars')}={value}"


def _font(run):
    return run._r.rPr.rFonts.get(qn("w:eastAsia"))


def _table(table):
    yield f"table widths {' '.join(f'{column.width.mm:.0f}' for column in table.columns)}"
    for row in table.rows:
        yield "  " + " | ".join(cell.text.replace("\n", "⏎") for cell in row.cells)
