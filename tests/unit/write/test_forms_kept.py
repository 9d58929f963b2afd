"""Nothing of a form is lost: pictures, shapes, charts, conditional formats, drop-downs, links, rich text, names, print settings.

The form is written by XlsxWriter, part for part as Excel saves it (shared strings, drawings, header pictures).
"""

import datetime as dt
import struct
import zipfile
import zlib

import openpyxl
import pytest
import xlsxwriter
from form_books import card, form_of

from bangfu_excel.errors import ConfigError
from bangfu_excel.write.forms import form_jobs, write_form

CARDS = [
    card("甲", own__head_name="甲", many={"member": [{"own.name": name} for name in ("一", "二", "三")]}),
    card("乙", own__head_name="乙"),
]


def picture(path):
    """A PNG of one red dot."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    )
    return str(path)


def form(folder, per_page=1):
    """A form with everything: the member's row is row 4."""
    path = folder / "卡.xlsx"
    book = xlsxwriter.Workbook(path)
    bold, dated = book.add_format({"bold": True, "font_color": "red"}), book.add_format({"num_format": "0.0"})
    sheet = book.add_worksheet("卡")
    sheet.write_rich_string("A1", "户主：", bold, "{{户主姓名}}", "同志")
    sheet.write("A3", "姓名")
    sheet.write("A4", "{{家庭成员.姓名}}")
    sheet.write_formula("B4", "=LEN(A4)", dated)
    sheet.write_formula("B6", "=SUM(B4:B4)+COUNTA(名单!$A$1:$A$2)")
    sheet.insert_image("D1", picture(folder / "章.png"))
    sheet.insert_textbox("D6", "县乡村振兴局")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": "=卡!$A$4:$A$4", "values": "=卡!$B$4:$B$4"})
    if per_page == 1:
        sheet.insert_chart("A8", chart)
    sheet.conditional_format("B4:B4", {"type": "cell", "criteria": ">", "value": "$B$6", "format": bold})
    sheet.conditional_format("B6", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("C6", {"validate": "list", "source": "=名单!$A$1:$A$2"})
    sheet.data_validation("C4", {"validate": "list", "source": ["是", "否"]})
    sheet.write_url("A7", "https://example.org/", string="办事指南")
    sheet.write_comment("A6", "给填表人的话")
    sheet.set_header("&C&G", {"image_center": picture(folder / "徽.png")})
    sheet.set_footer("&L{{户主姓名}}&R&P")
    sheet.print_area("A1:D7")
    sheet.repeat_rows(0, 2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.freeze_panes(3, 0)
    book.define_name("合计", "=卡!$B$6")
    names = book.add_worksheet("名单")
    names.write_column("A1", ["满意", "不满意"])
    names.hide()
    said = book.add_worksheet("设置")
    for row, (key, value) in enumerate([("表", "帮扶对象户"), ("每页张数", per_page)]):
        said.write_row(row, 0, [key, value])
    book.close()
    return path


def written(path):
    (job,) = form_jobs(form_of(path), CARDS, path.with_name("out.xlsx"), dt.date(2024, 6, 30))
    return write_form(job)


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_every_card_has_its_own_copy_of_what_is_drawn(tmp_path):
    source = form(tmp_path)
    before, after = parts(source), parts(written(source))
    drawings = sorted(name for name in after if name.startswith("xl/drawings/drawing"))
    assert len(drawings) == 2
    assert [after[name].count(b"<xdr:pic>") for name in drawings] == [1, 1]
    assert all("县乡村振兴局".encode() in after[name] for name in drawings)
    assert sum(name.startswith("xl/charts/chart") for name in after) == 2
    media = {name: content for name, content in after.items() if name.startswith("xl/media/")}
    assert media == {name: content for name, content in before.items() if name.startswith("xl/media/")}
    assert sum(name.startswith("xl/drawings/vmlDrawing") for name in after) == 2  # the header's picture, not the note
    assert after["xl/styles.xml"] == before["xl/styles.xml"]
    assert not any(name.startswith("xl/comments") for name in after)


def test_what_speaks_of_cells_speaks_of_them_where_they_are(tmp_path):
    book = openpyxl.load_workbook(written(form(tmp_path)), rich_text=True)
    assert book.sheetnames == ["甲", "乙", "名单"]
    assert book["名单"].sheet_state == "hidden"
    sheet = book["甲"]
    assert [run if isinstance(run, str) else run.text for run in sheet["A1"].value] == ["户主：", "甲", "同志"]
    assert [sheet[f"A{row}"].value for row in range(3, 7)] == ["姓名", "一", "二", "三"]
    assert sheet["B8"].value == "=SUM(B4:B6)+COUNTA(名单!$A$1:$A$2)"
    formats = {str(found.sqref): [rule.formula for rule in found.rules] for found in sheet.conditional_formatting}
    assert formats["B4:B6"] == [["$B$8"]]
    assert {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation} == {
        "C8": "名单!$A$1:$A$2",
        "C4:C6": '"是,否"',
    }
    assert sheet["A9"].hyperlink.target == "https://example.org/"
    assert (sheet.print_area, sheet.print_title_rows) == ("'甲'!$A$1:$D$9", "$1:$3")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.freeze_panes) == ("landscape", 8, "A4")
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("甲", "&P")
    assert sheet.defined_names["合计"].attr_text == "'甲'!$B$8"
    (image,) = sheet._images
    assert image.anchor._from.row == 0
    (chart,) = sheet._charts
    assert (chart.anchor._from.row, chart.series[0].val.numRef.f) == (9, "'甲'!$B$4:$B$6")
    assert book["乙"].defined_names["合计"].attr_text == "'乙'!$B$6"


def test_cards_on_one_sheet_have_everything_each(tmp_path):
    book = openpyxl.load_workbook(written(form(tmp_path, per_page=2)), rich_text=True)
    assert book.sheetnames == ["卡", "名单"]
    sheet = book["卡"]
    first = next(cell.row for cell in sheet["A"] if "乙" in str(cell.value))
    assert len(sheet._images) == 2
    assert sorted(image.anchor._from.row for image in sheet._images) == [0, first - 1]
    cells = {str(found.sqref) for found in sheet.conditional_formatting if found.rules[0].type == "cellIs"}
    assert cells == {"B4:B6", f"B{first + 3}"}
    assert len(sheet.data_validations.dataValidation) == 4
    ids = [
        text.split(b'"')[1]
        for text in parts(tmp_path / "out.xlsx")["xl/drawings/drawing1_1.xml"].split(b"cNvPr id=")[1:]
    ]
    assert len(ids) == len(set(ids)) == 4


def test_the_workbook_is_known_as_ours_and_says_nothing_of_who_drew_the_form(tmp_path):
    found = parts(written(form(tmp_path)))
    assert b'name="bangfu_excel_output"' in found["docProps/custom.xml"]
    assert "xl/calcChain.xml" not in found
    assert b'fullCalcOnLoad="1"' in found["xl/workbook.xml"]


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (lambda book, sheet: sheet.insert_textbox("B2", "{{户主姓名}}"), "文本框、图形里有占位符"),
        (lambda book, sheet: sheet.insert_button("B2", {"caption": "打印"}), "有控件"),
        (lambda book, sheet: sheet.insert_chart("D1", _chart(book)), "一页几张的表样不能有图表"),
        (lambda book, sheet: sheet.add_table("D1:E3"), "有“表格”"),
        (lambda book, sheet: book.add_chartsheet("图").set_chart(_chart(book)), "“图”：是图表、宏或对话框"),
    ],
)
def test_what_cannot_be_copied_is_said(tmp_path, draw, told):
    path = tmp_path / "卡.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("卡")
    sheet.write("A1", "{{户主姓名}}")
    draw(book, sheet)
    said = book.add_worksheet("设置")
    said.write_row(0, 0, ["表", "帮扶对象户"])
    said.write_row(1, 0, ["每页张数", 2])
    book.close()
    with pytest.raises(ConfigError, match=told):
        form_of(path)


def _chart(book):
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": "=卡!$A$1:$A$2"})
    return chart
