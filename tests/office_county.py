"""An invented county with pairings and visits, merged, and its office's 更正单 filled in by a clerk."""

import openpyxl

import bangfu_excel as bf
from bangfu_excel.write import correction_book

HEAD_1, WIFE_1, HEAD_2, HEAD_3 = "990101196805123015", "990101197009230228", "990101197505200175", "99010119720630031X"

HOUSEHOLDS = [
    ("乡镇", "村", "组", "户编号", "户主姓名", "户主身份证号码", "家庭人口数", "联系电话"),
    ("清水镇", "石桥村", "1组", "H1", "张建国", HEAD_1, 3, "13900010001"),
    ("清水镇", "石桥村", "2组", "H2", "王大山", HEAD_2, 2, "13900010003"),
    ("清水镇", "枫树村", "1组", "H3", "冯德福", HEAD_3, 1, "13900010004"),
    ("清水镇", "枫树村", "2组", "H4", "王大山", "990101197302251116", 2, None),
]
MEMBERS = [
    ("户编号", "姓名", "身份证号", "与户主关系", "健康状况"),
    ("H1", "张建国", HEAD_1, "户主", "健康"),
    ("H1", "周桂芳", WIFE_1, "配偶", "健康"),
    ("H1", "张小雨", "990101200906180245", "之女", "健康"),
    ("H2", "王大山", HEAD_2, "户主", "健康"),
]
PAIRINGS = [
    ("户编号", "帮扶对象姓名", "帮扶责任人", "帮扶单位", "帮扶人电话", "结对时间"),
    ("H1", "张建国", "李明", "县农业农村局", "13900020002", "2024-01-10"),
    ("H2", "王大山", "李明", "县农业农村局", "13900020002", "2024-01-10"),
    ("H3", "冯德福", "陈芳", "县教育局", "13900020003", "2024-01-10"),
]
VISITS = [
    ("户编号", "户主姓名", "走访时间", "走访人", "走访方式", "走访内容"),
    ("H1", "张建国", "2024-06-05", "李明", "入户", "了解住房和饮水，讲解养殖补贴政策"),
    ("H1", "张建国", "2024-06-20", "李明", "入户", "查看圈舍修缮进度，商量下半年务工"),
    ("H3", "冯德福", "2024-06-05", "陈芳", "入户", "核对家庭收入，讲解医保报销政策"),
]
WHO = {"依据": "电话", "告知人": "村支书", "经办人": "王芳", "日期": "2024-07-03"}
PHONE = {
    "报表": "帮扶对象户",
    "户编号": "H1",
    "栏目": "户联系电话",
    "原值": "13900010001",
    "新值": "13900010002",
    **WHO,
}
BASIS = {"依据": "核实", "经办人": "王芳"}


def save(path, *sheets):
    """A workbook of these (name, rows)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def submitted(folder, households=HOUSEHOLDS, name="清水镇.xlsx"):
    """One file of the township with all its tables."""
    sheets = (("户", households), ("成员", MEMBERS), ("结对", PAIRINGS), ("走访", VISITS))
    return save(folder / name, *sheets)


def registered(folder):
    """The registry of the county, made anew."""
    submitted(folder / "inbox")
    registry = bf.Registry(folder / "台账库")
    bf.merge(bf.check(folder / "inbox", as_of="2024-06-30", engine="serial"), registry)
    return registry


def filled(path, corrections=(), events=(), order=None):
    """A 更正单 with these lines (heading → value); `order`: of its columns in the sheet 更正."""
    blank = bf.template("default", path.parent / "空白", tables=("更正单",), as_of="2024-06-30")
    book = openpyxl.load_workbook(blank)
    for name, lines in (("更正", corrections), ("变动", events)):
        sheet = book[name]
        if order and name == "更正":
            for index, heading in enumerate(order, start=1):
                sheet.cell(correction_book.HEADER_ROW + 1, index, heading)
        headings = [cell.value for cell in sheet[correction_book.HEADER_ROW + 1]]
        for row, line in enumerate(lines, start=correction_book.HEADER_ROW + 2):
            for heading, value in line.items():
                sheet.cell(row, headings.index(heading) + 1, value)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def records(registry, kind="correct"):
    """What the entries of a kind say, without what every record has."""
    beside = {
        "line",
        "place",
        "entered_by",
        "remark",
        "basis",
        "date",
        "source",
        "told_by",
        "precision",
        "old_precision",
    }
    said = [r for entry in registry.state.office if entry.kind == kind for r in entry.content["records"]]
    return [{name: value for name, value in record.items() if name not in beside} for record in said]
