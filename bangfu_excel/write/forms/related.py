"""What a sheet of a form refers to: pictures, shapes and charts are copied for every sheet; links and backgrounds are shared."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bangfu_excel.write.forms.faults import Faults
from bangfu_excel.write.forms.placeholder import is_marked
from bangfu_excel.write.forms.rows_moved import Moved, moved_formula
from bangfu_excel.write.package import Package
from bangfu_excel.write.package_links import Link

_LEFT_OUT = frozenset({"comments", "threadedComment", "printerSettings"})
_SHARED = frozenset({"image", "hyperlink"})
COPIED = frozenset({"drawing", "chart", "vmlDrawing"})
"""Kinds of parts that every sheet needs its own of."""
CONTROLS = "有控件（复选框、按钮），不能照抄，请改成“□”等文字"
_ANCHOR = re.compile(r"<((?:\w+:)?)(twoCellAnchor|oneCellAnchor|absoluteAnchor)\b.*?</\1\2>", re.S)
_FROM = re.compile(r"(<((?:\w+:)?)from>.*?<\2row>)(\d+)(</\2row>)", re.S)
_TO = re.compile(r"(<((?:\w+:)?)to>.*?<\2row>)(\d+)(</\2row>)", re.S)
_ID = re.compile(r'(<(?:\w+:)?cNvPr\b[^>]*?\bid=")(\d+)(")')
_REFERENCE = re.compile(r"(<(?:\w+:)?f>)([^<]+)(</(?:\w+:)?f>)")


@dataclass(frozen=True)
class Related:
    """links: what each sheet of the output refers to · last_row: down to which something is drawn · charts: whether there are any."""

    links: tuple[Link, ...] = ()
    last_row: int = 0
    charts: bool = False


def related_parts(package: Package, part: str, tail: Sequence[tuple[str, str]], sheet: str, faults: Faults) -> Related:
    """What the sheet refers to; what cannot be copied is told to `faults`."""
    notes = _id(dict(tail).get("legacyDrawing", ""))
    found: list[Link] = []
    for link in package.links(part):
        if link.id == notes:
            if set(re.findall(r'ObjectType="(\w+)"', package.text(link.target))) - {"Note"}:
                faults.add(sheet, "", CONTROLS)
        elif link.kind in _SHARED | COPIED:
            found.append(link)
        elif link.kind not in _LEFT_OUT:
            faults.add(sheet, "", "有不能照抄的内容（如数据透视表、嵌入的文件、表格区域），请删去或粘贴成值")
    drawn = [_inspected(package, link.target, sheet, faults) for link in found if link.kind == "drawing"]
    charts = any(
        inner.kind == "chart" for link in found if link.kind == "drawing" for inner in package.links(link.target)
    )
    return Related(tuple(found), max(drawn, default=0), charts)


def _inspected(package: Package, drawing: str, sheet: str, faults: Faults) -> int:
    """The last row that the drawing reaches; placeholders in shapes and what only one sheet can have are faults."""
    xml = package.text(drawing)
    if is_marked("".join(re.findall(r"<a:t>([^<]*)</a:t>", xml))):
        faults.add(sheet, "", "文本框、图形里有占位符，填不进去，请把占位符写在单元格里")
    for link in package.links(drawing):
        if link.kind not in _SHARED | COPIED:
            faults.add(sheet, "", "有 SmartArt 等图形，不能照抄，请另存成图片再插入")
    rows = [int(found[3]) + 1 for pattern in (_FROM, _TO) for found in pattern.finditer(xml)]
    return max(rows, default=0)


def _id(element: str) -> str:
    found = re.search(r'\br:id="([^"]+)"', element)
    return found[1] if found else ""


def moved_drawing(xml: str, copies: Sequence[Moved]) -> str:
    """The drawing with every anchor once for each copy of the form, in the rows where it stands now."""
    anchors = list(_ANCHOR.finditer(xml))
    if not anchors:
        return xml
    start, end = anchors[0].start(), anchors[-1].end()
    placed = [_moved_anchor(anchor[0], moved) for moved in copies for anchor in anchors]
    numbered = [_ID.sub(rf"\g<1>{number}\g<3>", text, count=1) for number, text in enumerate(placed, start=2)]
    return xml[:start] + "".join(numbered) + xml[end:]


def _moved_anchor(text: str, moved: Moved) -> str:
    text = _FROM.sub(lambda found: _placed(found, moved.start), text)
    return _TO.sub(lambda found: _placed(found, moved.end), text)


def _placed(found: re.Match[str], row: Callable[[int], int]) -> str:
    return f"{found[1]}{max(row(int(found[3]) + 1) - 1, 0)}{found[4]}"


def moved_chart(xml: str, moved: Callable[[str], Moved | None], titles: Mapping[str, str]) -> str:
    """The chart with its ranges where their rows have gone."""
    return _REFERENCE.sub(lambda f: f"{f[1]}{_formula(f[2], moved, titles)}{f[3]}", xml)


def _formula(text: str, moved: Callable[[str], Moved | None], titles: Mapping[str, str]) -> str:
    return html.escape(moved_formula(html.unescape(text), moved, titles), quote=False)
