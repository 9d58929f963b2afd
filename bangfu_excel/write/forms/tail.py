"""What stands after the rows of a worksheet, for the copies of a form that stand on it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence

from openpyxl.utils import get_column_letter

from bangfu_excel.write.forms.data import Card
from bangfu_excel.write.forms.laid_out import LaidOut, areas_of
from bangfu_excel.write.forms.placeholder import Hole, pieces_of
from bangfu_excel.write.forms.rows_moved import Moved, moved_formula
from bangfu_excel.write.forms.sheet import SheetForm
from bangfu_excel.write.forms.values import text_of
from bangfu_excel.write.package_links import attributes, tag

_REPEATED = {
    "dataValidations": "dataValidation",
    "hyperlinks": "hyperlink",
    "ignoredErrors": "ignoredError",
    "protectedRanges": "protectedRange",
}
_DROPPED = frozenset({"legacyDrawing", "customSheetViews"})
_ORDER = (
    "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
)  # fmt: skip
_AREA = re.compile(r'\b(sqref|ref)="([^"]*)"')
_INNER_AREA = re.compile(r"(<xm:sqref>)([^<]*)(</xm:sqref>)")
_FORMULA = re.compile(r"(<((?:\w+:)?(?:formula[12]?|f))>)([^<]+)(</\2>)")
_HEADER = re.compile(r"[{｛]{2}(.*?)[}｝]{2}", re.S)
_LONGEST_IN_HEADER = 60  # of 255 that Excel takes in all

SheetMoved = Callable[[str], Moved | None]


def tail_of(
    sheet: SheetForm,
    copies: Sequence[tuple[LaidOut, SheetMoved]],
    titles: Mapping[str, str],
    breaks: Sequence[int],
) -> str:
    """The elements after the rows: everything that speaks of cells said of every copy · breaks: rows after which a page ends."""
    found = []
    names = [name for name, _ in sheet.tail]
    for name, xml in _with_missing(
        sheet.tail, merges="mergeCells" in names, breaks=bool(breaks) and "rowBreaks" not in names
    ):
        if name == "mergeCells":
            areas = [area for laid, _ in copies for area in areas_of(sheet.merges, laid, get_column_letter)]
            cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
            found.append(f'<mergeCells count="{len(areas)}">{cells}</mergeCells>' if areas else "")
        elif name == "rowBreaks":
            found.append(_breaks(xml, [laid.moved for laid, _ in copies], breaks))
        elif name == "conditionalFormatting":
            found += _formats(xml, copies, titles)
        elif name in _REPEATED:
            found.append(_repeated(xml, name, copies, titles))
        elif name == "autoFilter":
            found.append(_areas(xml, copies[0][0].moved))
        elif name == "extLst":
            found.append(_extended(xml, copies, titles))
        elif name == "pageSetup":
            found.append(re.sub(r'\sr:id="[^"]*"', "", xml))
        elif name == "headerFooter":
            found.append(_header(xml, sheet, copies[0][0].card))
        elif name not in _DROPPED:
            found.append(xml)
    return "".join(found)


def _with_missing(tail: Sequence[tuple[str, str]], *, merges: bool, breaks: bool) -> list[tuple[str, str]]:
    """The elements, with one for page breaks at its place where there is none."""
    elements = list(tail)
    if breaks:
        before = _ORDER.index("rowBreaks")
        place = next((i for i, (name, _) in enumerate(elements) if name not in _ORDER[:before]), len(elements))
        elements.insert(place, ("rowBreaks", ""))
    return elements


def _breaks(xml: str, copies: Sequence[Moved], further: Sequence[int]) -> str:
    own = [int(found["id"]) for found in map(attributes, re.findall(r"<brk\b[^>]*>", xml))]
    rows = sorted({*further, *(moved.end(row) for moved in copies for row in own)})
    marks = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in rows)
    return f'<rowBreaks count="{len(rows)}" manualBreakCount="{len(rows)}">{marks}</rowBreaks>'


def _repeated(xml: str, name: str, copies: Sequence[tuple[LaidOut, SheetMoved]], titles: Mapping[str, str]) -> str:
    """A list of elements, each said of every copy."""
    item = _REPEATED[name]
    start = re.match(r"<[^>]*>", xml)
    assert start
    inner = re.findall(rf"<{item}\b[^>]*?/>|<{item}\b.*?</{item}>", xml, re.S)
    made = [text for laid, moved in copies for one in inner if (text := _moved(one, laid.moved, moved, titles))]
    values = attributes(start[0]) | ({"count": str(len(made))} if "count" in attributes(start[0]) else {})
    return tag(name, values, "".join(made)) if made else ""


def _formats(xml: str, copies: Sequence[tuple[LaidOut, SheetMoved]], titles: Mapping[str, str]) -> list[str]:
    """A conditional format for every copy; one that goes on in the extensions (by an id) once, for all of them."""
    if "x14:id" not in xml:
        return [_moved(xml, laid.moved, moved, titles) for laid, moved in copies]
    laid, moved = copies[0]
    area = re.search(r'\bsqref="([^"]*)"', xml)
    areas = " ".join(one.moved.areas(area[1]) for one, _ in copies) if area else ""
    return [re.sub(r'\bsqref="[^"]*"', f'sqref="{areas}"', _moved(xml, laid.moved, moved, titles), count=1)]


def _moved(xml: str, own: Moved, moved: SheetMoved, titles: Mapping[str, str]) -> str:
    """The element of one copy; "" where nothing is left of its cells."""
    text = _areas(xml, own)
    if re.search(r'\b(?:sqref|ref)=""', text):
        return ""
    located: SheetMoved = lambda name: moved(name) if name else own  # noqa: E731
    return _FORMULA.sub(lambda f: f"{f[1]}{_formula(f[3], located, titles)}{f[4]}", text)


def _formula(text: str, moved: SheetMoved, titles: Mapping[str, str]) -> str:
    return html.escape(moved_formula(html.unescape(text), moved, titles), quote=False)


def _areas(xml: str, moved: Moved) -> str:
    return _AREA.sub(lambda found: f'{found[1]}="{moved.areas(found[2])}"', xml)


def _extended(xml: str, copies: Sequence[tuple[LaidOut, SheetMoved]], titles: Mapping[str, str]) -> str:
    """Newer conditional formats and drop-downs: their cells are those of all copies, their formulas those of the first."""
    text = _INNER_AREA.sub(lambda f: f"{f[1]}{' '.join(laid.moved.areas(f[2]) for laid, _ in copies)}{f[3]}", xml)
    first, moved = copies[0]
    located: SheetMoved = lambda name: moved(name) if name else first.moved  # noqa: E731
    return re.sub(r"(<xm:f>)([^<]+)(</xm:f>)", lambda f: f"{f[1]}{_formula(f[2], located, titles)}{f[3]}", text)


def _header(xml: str, sheet: SheetForm, card: Card) -> str:
    """Header and footer with the values of the sheet's first card; & is doubled, or it would be a command."""

    def value(found: re.Match[str]) -> str:
        (hole,) = pieces_of(html.unescape(found[0]))
        named = sheet.in_header.get(hole.name) if isinstance(hole, Hole) else None
        text = text_of(card.one.get(named.key), hole.hint) if named and isinstance(hole, Hole) else ""
        return html.escape(text[:_LONGEST_IN_HEADER].replace("&", "&&"), quote=False)

    return _HEADER.sub(value, xml)
