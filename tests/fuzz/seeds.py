"""Valid files to start from, one a way of writing a table, all made here."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable, Mapping

HEADER = ("户编号", "户主姓名", "家庭人口数", "识别时间", "家庭纯收入", "是否低保", "备注")
ROWS = (
    ("H1", "张建国", 3.0, dt.datetime(2024, 3, 5), 5700.5, True, "因病"),
    ("H2", "王秀英", 4.0, dt.datetime(2023, 12, 31, 8, 30), -1.0, False, "“两委”<干部>&其他"),
    ("H3", "古丽·买买提", 1.0, None, 1e15, True, ""),
)


def seeds() -> Mapping[str, bytes]:
    """Name (its suffix says the format) → the file."""
    return {name: make() for name, make in _MAKERS.items()}


def _openpyxl() -> bytes:
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "户"
    sheet.append(["2024年青石镇脱贫户花名册"])
    sheet.merge_cells("A1:G1")
    for row in (HEADER, *ROWS):
        sheet.append(list(row))
    sheet["H2"], sheet["H3"], sheet["H4"] = "=SUM(C3:C5)", "#REF!", "=1/0"
    sheet["B3"].comment = Comment("核对", "乡镇")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["F"].hidden = True
    other = book.create_sheet("成员")
    other.sheet_state = "hidden"
    other["C5"] = "姓名"
    return _saved(book)


def _saved(book: object) -> bytes:
    stream = io.BytesIO()
    book.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def _xlsxwriter() -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("户")
        sheet.write_row(0, 0, HEADER)
        for i, row in enumerate(ROWS, start=1):
            for j, value in enumerate(row):
                sheet.write(i, j, value, day if j == 3 else None)
        sheet.write_formula(5, 2, "=SUM(C2:C4)", None, 8)
        sheet.write_formula(6, 2, "=NA()", None, "#N/A")
        sheet.write_rich_string(7, 0, "张", book.add_format({"bold": True}), "建国")
        sheet.merge_range(8, 0, 9, 3, "合并")
        sheet.data_validation(1, 5, 4, 5, {"validate": "list", "source": ["是", "否"]})
    return stream.getvalue()


def _xlwt() -> bytes:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("户")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    sheet.write_merge(0, 0, 0, 6, "青石镇脱贫户花名册")
    for i, row in enumerate((HEADER, *ROWS), start=1):
        for j, value in enumerate(row):
            sheet.write(i, j, value, day) if isinstance(value, dt.datetime) else sheet.write(i, j, value)
    sheet.write(6, 2, xlwt.Formula("SUM(C3:C5)"))
    sheet.write(7, 2, xlwt.Formula('"文"&"字"'))
    sheet.row(2).write(8, 12345.0)
    sheet.row(3).set_cell_error(8, "#REF!")
    sheet.row(3).hidden = True
    book.add_sheet("成员").write(3, 3, "姓名" * 3000)
    return _saved(book)


def _csv(encoding: str, delimiter: str) -> Callable[[], bytes]:
    lines = [HEADER, *ROWS, ('="0123"', "两\n行", 'a"b')]
    quoted = [["" if v is None else f'"{v}"'.replace('"a"b"', '"a""b"') for v in line] for line in lines]
    return lambda: "\r\n".join(delimiter.join(line) for line in quoted).encode(encoding)


def _table() -> str:
    cells = "".join(f"<td x:num rowspan=1>{v}</td>" for v in ROWS[0])
    heads = "".join(f"<th colspan='1' style=mso-number-format:'\\@'>{h}</th>" for h in HEADER)
    return f"<table border=1><tr>{heads}</tr><tr>{cells}</tr><tr><td rowspan=2>柳溪村<td colspan=3>&nbsp;&#24352;</tr></table>"


def _html() -> bytes:
    head = (
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style>td{mso-number-format:"\\@"}</style>'
    )
    return f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>{head}</head><body>{_table()}</body></html>'.encode()


def _mhtml() -> bytes:
    parts = [
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_X"\r\n\r\n------=_X\r\n'
        "Content-Location: file:///C:/甲.htm\r\nContent-Transfer-Encoding: 8bit\r\n"
        'Content-Type: text/html; charset="utf-8"\r\n\r\n',
        f"<html><body>{_table()}</body></html>",
        "\r\n------=_X--\r\n",
    ]
    return "".join(parts).encode()


def _spreadsheetml() -> bytes:
    cell = '<Cell ss:Index="{i}"><Data ss:Type="{t}">{v}</Data></Cell>'
    rows = "".join(
        "<Row>" + "".join(cell.format(i=j, t="String", v=f"值{j}") for j in range(1, 5)) + "</Row>" for _ in "123"
    )
    special = (
        '<Row ss:Index="9" ss:Hidden="1"><Cell ss:MergeAcross="2" ss:MergeDown="1"><Data ss:Type="Number">3.5</Data></Cell>'
        '<Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="户"><Table ss:ExpandedColumnCount="9"><Column ss:Index="2" ss:Hidden="1"/>{rows}{special}</Table>'
        '</Worksheet><Worksheet ss:Name="空"><Table/></Worksheet></Workbook>'
    ).encode()


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def _ods() -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    cell = '<table:table-cell office:value-type="{t}" {a}><text:p>{v}</text:p></table:table-cell>'
    rows = "".join(
        (
            "<table:table-row>", *(cell.format(t="string", a="", v=h) for h in HEADER), "</table:table-row>",
            '<table:table-row table:number-rows-repeated="2" table:visibility="collapse">',
            cell.format(t="float", a='office:value="3.5" table:number-columns-spanned="2" table:number-rows-spanned="2"', v="3.5"),
            '<table:covered-table-cell/><table:table-cell table:number-columns-repeated="3"/>',
            cell.format(t="date", a='office:date-value="2024-03-05"', v="2024-03-05"),
            cell.format(t="boolean", a='office:boolean-value="true"', v="TRUE"),
            cell.format(t="percentage", a='office:value="0.5" table:formula="of:=1/2"', v="50%"),
            "</table:table-row>", '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>',
        )
    )  # fmt: skip
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="户">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{space}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return _zipped(
        {"mimetype": kind.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    )


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of an xlsb part ([MS-XLSB] 2.1.4), of less than 128 bytes of body or more."""
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(body), b""
    while size > 127:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return number + length + bytes([size]) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _xlsb() -> bytes:
    def cell(kind: int, column: int, body: bytes) -> bytes:
        return record(kind, struct.pack("<II", column, 0) + body)

    row = struct.pack("<IIHHB", 0, 0, 300, 0, 0) + struct.pack("<III", 1, 0, 6)
    cells = (
        cell(7, 0, struct.pack("<I", 0)) + cell(6, 1, _wide("张建国")) + cell(5, 2, struct.pack("<d", 5700.5))
        + cell(2, 3, struct.pack("<I", 3 << 2 | 2)) + cell(3, 4, b"\x17") + cell(4, 5, b"\x01")
        + cell(9, 6, struct.pack("<d", 2.0) + struct.pack("<HI", 0, 3) + b"\x1e\x02\x00" + struct.pack("<I", 0))
    )  # fmt: skip
    sheet = (
        record(129) + record(148, struct.pack("<IIII", 0, 0, 0, 6)) + record(145) + record(0, row) + cells
        + record(146) + record(177, struct.pack("<I", 1)) + record(176, struct.pack("<IIII", 2, 3, 0, 1)) + record(178) + record(130)
    )  # fmt: skip
    book = (
        record(131)
        + record(143)
        + record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("户"))
        + record(144)
        + record(132)
    )
    strings = record(159, struct.pack("<II", 1, 1)) + record(19, b"\0" + _wide("户编号")) + record(160)
    main = "application/vnd.ms-excel"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"

    def relations(*targets: tuple[str, str]) -> bytes:
        found = "".join(
            f'<Relationship Id="rId{i}" Type="{office}/{t}" Target="{p}"/>' for i, (t, p) in enumerate(targets, 1)
        )
        return f'<?xml version="1.0"?><Relationships xmlns="{links}">{found}</Relationships>'.encode()

    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="bin" ContentType="{main}.sheet.binary.macroEnabled.main"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
    )
    return _zipped({
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": relations(("worksheet", "worksheets/sheet1.bin"), ("sharedStrings", "sharedStrings.bin")),
        "xl/worksheets/sheet1.bin": sheet,
        "xl/sharedStrings.bin": strings,
    })  # fmt: skip


def _encrypted() -> bytes:
    import msoffcrypto

    locked = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(_xlsxwriter())).encrypt("VelvetSweatshop", locked)
    return locked.getvalue()


_MAKERS: Mapping[str, Callable[[], bytes]] = {
    "openpyxl.xlsx": _openpyxl,
    "xlsxwriter.xlsx": _xlsxwriter,
    "xlwt.xls": _xlwt,
    "utf8.csv": _csv("utf-8-sig", ","),
    "gb.csv": _csv("gb18030", "\t"),
    "utf16.csv": _csv("utf-16", ";"),
    "web.html": _html,
    "web.mht": _mhtml,
    "excel2003.xml": _spreadsheetml,
    "calc.ods": _ods,
    "binary.xlsb": _xlsb,
    "encrypted.locked": _encrypted,
}
