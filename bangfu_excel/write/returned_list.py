"""The last sheet of a returned workbook: 问题清单, every row linked to its cell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from bangfu_excel.core.finding import Effect, Finding, Severity
from bangfu_excel.write.package import escaped
from bangfu_excel.write.package_links import tag
from bangfu_excel.write.package_styles import Styles, fill, font
from bangfu_excel.write.returned_words import LIST_TITLE, height_of

_HANDLING = {Effect.ROW: "退回：更正后重报本行", Effect.FIELD: "待更正：先收下，此格请更正", Effect.SHEET: "整表未收"}
_COLUMNS = (
    ("序号", 6), ("工作表", 12), ("单元格", 8), ("栏目", 14), ("填写内容", 20), ("问题", 44),
    ("怎样更正", 32), ("处理", 14), ("其他位置", 14), ("核实说明（疑点属实的请写明原因）", 24),
)  # fmt: skip
_CELLS_NAMED = 20
_LINKS = 65_530  # more on one sheet than this, and Excel repairs the file
_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><tabColor rgb="FFC00000"/>'
    '<pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{rows}</sheetData>'
    '<autoFilter ref="A2:{last}"/>{links}<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
    "<headerFooter><oddFooter>&amp;C第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter></worksheet>"
)


@dataclass(frozen=True, slots=True)
class _Looks:
    title: int
    head: int
    body: int
    link: int


def list_sheet(findings: Sequence[Finding], styles: Styles, sheets: Collection[str], only: str) -> str:
    """The worksheet part. `only`: the sheet that findings of a csv mean."""
    looks = _Looks(
        title=styles.cell(font=font(size=12, bold=True), border="", alignment=""),
        head=styles.cell(font=font(bold=True), fill=fill("FFD9E1F2")),
        body=styles.cell(font=font()),
        link=styles.cell(font=font(color="FF0563C1", underlined=True)),
    )
    links = list(_links(findings, sheets, only))
    return _SHEET.format(
        columns="".join(_column(number, width) for number, (_, width) in enumerate(_COLUMNS, start=1)),
        rows="".join(_rows(findings, looks)),
        last=f"{get_column_letter(len(_COLUMNS))}{max(len(findings) + 2, 3)}",
        links=tag("hyperlinks", {}, "".join(links)) if links else "",
    )


def _column(number: int, width: int) -> str:
    return tag("col", {"min": str(number), "max": str(number), "width": str(width), "customWidth": "1"})


def _rows(findings: Sequence[Finding], looks: _Looks) -> Iterator[str]:
    yield _row(1, [LIST_TITLE], [looks.title], 20)
    yield _row(2, [label for label, _ in _COLUMNS], [looks.head] * len(_COLUMNS), height_of(_COLUMNS))
    widths = [width for _, width in _COLUMNS]
    look = [looks.link if label == "单元格" else looks.body for label, _ in _COLUMNS]
    for number, finding in enumerate(findings, start=1):
        texts = [str(number), *_texts(finding)]
        yield _row(number + 2, texts, look, height_of(zip(texts, widths, strict=True)))


def _row(number: int, texts: Sequence[str], looks: Sequence[int], height: float) -> str:
    cells = (
        _cell(f"{get_column_letter(column)}{number}", text, look)
        for column, (text, look) in enumerate(zip(texts, looks, strict=True), start=1)
    )
    return tag("row", {"r": str(number), "ht": f"{height:g}", "customHeight": "1"}, "".join(cells))


def _cell(name: str, text: str, look: int) -> str:
    if name.startswith("A") and text.isdigit():
        return tag("c", {"r": name, "s": str(look)}, f"<v>{text}</v>")
    if not text:
        return tag("c", {"r": name, "s": str(look)})
    content = f'<is><t xml:space="preserve">{escaped(text)}</t></is>'
    return tag("c", {"r": name, "s": str(look), "t": "inlineStr"}, content)


def _texts(finding: Finding) -> tuple[str, ...]:
    place = finding.place
    other = "疑点：请核实" if finding.severity is Severity.WARNING else "请更正"
    return (
        place.sheet, place.cell, place.label, place.value, finding.told or finding.message, finding.suggestion,
        _HANDLING.get(finding.effect, other), _others(finding), "",
    )  # fmt: skip


def _others(finding: Finding) -> str:
    """The further cells in this file, the first twenty by name."""
    own = [cell for cell in finding.related if "|" not in cell]
    if len(own) <= _CELLS_NAMED:
        return "、".join(own)
    return f"{'、'.join(own[:_CELLS_NAMED])}等{len(own)}处"


def _links(findings: Sequence[Finding], sheets: Collection[str], only: str) -> Iterator[str]:
    for row, finding in enumerate(findings[:_LINKS], start=3):
        home = finding.place.sheet or only
        if finding.place.cell and home in sheets:
            target = f"'{home.replace(chr(39), chr(39) * 2)}'!{finding.place.cell}"
            yield tag("hyperlink", {"ref": f"C{row}", "location": escaped(target)})
