"""An invented form of a province: merged headings, a picture, colours that depend on values, drop-downs, print settings."""

import io

import openpyxl
import xlsxwriter
from picture_books import png

CELLS = ["工作表", "单元格", "取自", "指标或栏目", "条件", "统计方式", "起用版本", "备注"]
RELATIONS = ["左边", "关系", "右边", "备注"]
EDITIONS = ["版本", "起", "止", "备注"]


def write_form(path):
    """表1: counts by township below a heading of two rows; 表2: a list of households; 表3: in a protected sheet."""
    book = xlsxwriter.Workbook(path)
    head = book.add_format({"bold": True, "border": 1, "align": "center", "bg_color": "#DDEBF7", "font_name": "黑体"})
    box = book.add_format({"border": 1, "num_format": "#,##0"})
    share = book.add_format({"border": 1, "num_format": "0.0%"})
    day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
    one = book.add_worksheet("表1")
    one.set_column("A:F", 14)
    one.merge_range("A1:F1", "某省帮扶情况统计表", head)
    one.write("A2", "填报单位：")
    one.write_blank("B2", None)
    one.write_blank("F2", None, day)
    one.merge_range("A3:A4", "乡镇", head)
    one.merge_range("B3:C3", "户数", head)
    one.merge_range("D3:E3", "人口", head)
    one.merge_range("F3:F4", "人均收入", head)
    for column, text in zip("BCDE", ("合计", "因病因残", "合计", "60岁以上"), strict=True):
        one.write(f"{column}4", text, head)
    for row, name in ((5, "清水镇"), (6, "柳溪镇")):
        one.write(f"A{row}", name, box)
        for column in "BCDEF":
            one.write_blank(f"{column}{row}", None, box)
    one.write("A7", "合计", head)
    for column in "BCDE":
        one.write_formula(f"{column}7", f"=SUM({column}5:{column}6)", box, 0)
    one.write_formula("F7", "=IFERROR(AVERAGE(F5:F6),0)", box, 0)
    one.write("A8", "因病因残占比", box)
    one.write_formula("B8", "=C7/B7", share, 0)
    one.merge_range("A9:F9", "注：本表由县级填报。")
    one.insert_image("E10", "印章.png", {"image_data": io.BytesIO(png(200))})
    one.conditional_format(
        "B5:B6", {"type": "cell", "criteria": ">", "value": 2, "format": book.add_format({"bg_color": "#FFC7CE"})}
    )
    one.data_validation("B5:C6", {"validate": "integer", "criteria": ">=", "value": 0})
    one.set_landscape()
    one.set_paper(8)
    one.repeat_rows(2, 3)
    one.print_area("A1:F12")
    one.set_footer("&C第 &P 页")
    one.freeze_panes(4, 1)
    two = book.add_worksheet("表2")
    two.set_column("A:E", 22)
    for column, text in enumerate(("序号", "乡镇", "户主姓名", "户主证件号码", "识别时间")):
        two.write(2, column, text, head)
    for row in range(3, 8):
        for column in range(5):
            two.write_blank(row, column, None, day if column == 4 else box)
    two.write("A10", "填表人：")
    three = book.add_worksheet("表3")
    three.protect("secret")
    three.write("A1", "留守儿童人数", head)
    three.write_blank("B1", None, book.add_format({"locked": False, "border": 1}))
    three.write_blank("C1", None, box)
    book.close()
    return path


def write_mapping(path, cells, relations=(), editions=()):
    """A 填表对应.xlsx as somebody typed it: a line is padded with blanks."""
    book = openpyxl.Workbook()
    book.active.title = "对应"
    for name, headings, lines in (("对应", CELLS, cells), ("关系", RELATIONS, relations), ("版本", EDITIONS, editions)):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        for line in (headings, *lines):
            sheet.append(list(line))
    book.save(path)
    return path
