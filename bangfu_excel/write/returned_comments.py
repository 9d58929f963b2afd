"""Comments on the cells of a worksheet: existing ones are kept, ours are appended."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from bangfu_excel.write.package import Package, escaped, inserted
from bangfu_excel.write.package_links import attributes, tag
from bangfu_excel.write.package_sheet import with_legacy_drawing
from bangfu_excel.write.returned_words import lines_of

AUTHOR = "结对帮扶台账检查"
_SETTLED = "上次指出的问题，这次没有再发现。"
_COMMENT = re.compile(r"<comment\b[^>]*>.*?</comment>", re.S)
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NO_COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<authors></authors><commentList></commentList></comments>"
)
_NO_SHAPES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    "</o:shapelayout></xml>"
)
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" fillcolor="#ffffe1" o:insetmode="auto" '
    "style='position:absolute;margin-left:59.25pt;margin-top:1.5pt;width:255pt;height:{height}pt;z-index:1;visibility:hidden'>"
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    "<v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>"
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_UNITS = 44  # widths of a letter that a line of a comment holds
_LINE, _HIGHEST = 15, 320  # points


def add_comments(package: Package, part: str, texts: Mapping[str, str]) -> None:
    """The texts (cell name → text) as comments on the worksheet `part`."""
    comments = package.related(part, "comments") or _new_comments(package, part)
    text, author = _with_author(package.text(comments))
    text, new = _merged(text, author, texts)
    package.put(comments, inserted(text, "</commentList>", "".join(_comment(c, author, texts[c]) for c in new)))
    if new:
        drawing = _drawing(package, part) or _new_drawing(package, part)
        package.put(drawing, _with_shapes(package.text(drawing), {cell: texts[cell] for cell in new}))


def settle_comments(package: Package, part: str) -> None:
    """What we said in an earlier round is replaced by a word that it is settled; `add_comments` says anew what is not."""
    comments = package.related(part, "comments")
    if comments:
        text, author = _with_author(package.text(comments))
        package.put(comments, _COMMENT.sub(lambda m: _settled(m[0], author), text))


def _settled(comment: str, author: int) -> str:
    values = attributes(comment[: comment.index(">")])
    return _comment(values["ref"], author, _SETTLED) if values.get("authorId") == str(author) else comment


def _new_comments(package: Package, part: str) -> str:
    name = package.new_name("xl/comments{}.xml")
    package.put(name, _NO_COMMENTS)
    package.declare(name, _COMMENTS_TYPE)
    package.relate(part, "comments", name)
    return name


def _drawing(package: Package, part: str) -> str:
    """The part in which the worksheet's comments are drawn, "" where there is none; not that of pictures in its page header."""
    found = re.search(r"<legacyDrawing\b[^>]*>", package.text(part))
    own = attributes(found[0]).get("r:id") if found else None
    return next((link.target for link in package.links(part) if link.id == own), "")


def _new_drawing(package: Package, part: str) -> str:
    name = package.new_name("xl/drawings/vmlDrawing{}.vml")
    package.put(name, _NO_SHAPES)
    package.declare_suffix("vml", _DRAWING_TYPE)
    package.put(part, with_legacy_drawing(package.text(part), package.relate(part, "vmlDrawing", name)))
    return name


def _with_author(comments: str) -> tuple[str, int]:
    """The comments part with us among its authors, and our number."""
    comments = comments.replace("<authors/>", "<authors></authors>").replace(
        "<commentList/>", "<commentList></commentList>"
    )
    authors = [html.unescape(name) for name in re.findall(r"<author>(.*?)</author>|<author/>", comments, re.S)]
    if AUTHOR in authors:
        return comments, authors.index(AUTHOR)
    return inserted(comments, "</authors>", f"<author>{AUTHOR}</author>"), len(authors)


def _merged(comments: str, author: int, texts: Mapping[str, str]) -> tuple[str, list[str]]:
    """The part with our texts in the comments that are there, and the cells that have none yet."""
    there: set[str] = set()

    def longer(found: re.Match[str]) -> str:
        values = attributes(found[0][: found[0].index(">")])
        cell = values["ref"]
        if cell not in texts:
            return found[0]
        there.add(cell)
        if values.get("authorId") == str(author):
            return _comment(cell, author, texts[cell])
        return _appended(found[0], texts[cell])

    return _COMMENT.sub(longer, comments), [cell for cell in texts if cell not in there]


def _comment(cell: str, author: int, text: str) -> str:
    return tag("comment", {"ref": cell, "authorId": str(author)}, f"<text>{_run(text)}</text>")


def _run(text: str) -> str:
    return f'<r><t xml:space="preserve">{escaped(text)}</t></r>'


def _appended(comment: str, text: str) -> str:
    """The comment with a paragraph of ours. A plain text becomes a run first: the two do not stand together."""
    as_run = re.sub(r"<text>\s*(<t\b[^>]*>.*?</t>)", r"<text><r>\1</r>", comment, count=1, flags=re.S)
    return inserted(as_run.replace("<text/>", "<text></text>"), "</text>", _run(f"\n{text}"))


def _with_shapes(drawing: str, texts: Mapping[str, str]) -> str:
    used = [int(number) for number in re.findall(r'id="_x0000_s(\d+)"', drawing)]
    first = max([1024, *used]) + 1
    shapes = "" if 'id="_x0000_t202"' in drawing else _SHAPE_TYPE
    for number, (cell, text) in enumerate(texts.items(), start=first):
        letters, row = coordinate_from_string(cell)
        height = min(_HIGHEST, _LINE * (lines_of(text, _UNITS) + 1))
        shapes += _SHAPE.format(id=number, height=height, row=row - 1, column=column_index_from_string(letters) - 1)
    return inserted(drawing, "</xml>", shapes)
