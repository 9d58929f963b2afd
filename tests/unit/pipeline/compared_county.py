"""An invented county of six households, merged, and lists of other departments in the layouts in which they come."""

import openpyxl

import bangfu_excel as bf

HOUSEHOLDS = [
    ("乡镇", "村", "组", "户编号", "户主姓名", "户主身份证号码", "家庭人口数", "联系电话"),
    ("清水镇", "石桥村", "1组", "H1", "张建国", None, 3, "13900010001"),
    ("清水镇", "石桥村", "2组", "H2", "李有田", None, 2, "13900010002"),
    ("清水镇", "石桥村", "2组", "H3", "王大山", None, 2, "13900010003"),
    ("清水镇", "枫树村", "1组", "H4", "冯德福", None, 1, "13900010004"),
    ("柳溪镇", "桃源村", "1组", "H5", "陶永福", None, 1, "13900010005"),
    ("柳溪镇", "石桥村", "1组", "H6", "陈守义", None, 1, "13900010006"),
]
MEMBERS = [
    ("户编号", "姓名", "身份证号", "与户主关系", "是否享受低保", "低保类型", "残疾证号", "残疾等级", "在校生状况", "状态"),
    ("H1", "张建国", "990101196805123015", "户主", "是", "农村低保", None, None, "非在校生", "正常"),
    ("H1", "周桂芳", "990101197009230228", "配偶", "是", "农村低保", "99010119700923022843", "三级", "非在校生", "正常"),
    ("H1", "张小雨", "990101200906180245", "之女", "否", None, None, None, "九年级", "正常"),
    ("H2", "李有田", None, "户主", "否", None, None, None, "非在校生", "正常"),
    ("H2", "赵玉梅", "99010119610715026X", "配偶", "是", "农村低保", None, None, "非在校生", "死亡"),
    ("H3", "王大山", "990101197505200175", "户主", "否", None, None, None, "非在校生", "正常"),
    ("H3", "王大山", None, "之子", "否", None, None, None, "小学", "正常"),
    ("H4", "冯德福", "99010119720630031X", "户主", "是", "农村低保", None, None, "非在校生", "正常"),
    ("H5", "陶永福", "990101197302251116", "户主", "是", "农村低保", None, None, "非在校生", "正常"),
]  # fmt: skip
"""H6 has no row of a member: its head is known from the household alone."""

DIBAO = [
    ("附件2",),
    ("清水镇2024年6月农村低保保障名单",),
    ("填报单位：清水镇民政所", None, None, None, "填报时间：2024年6月20日"),
    ("序号", "行政村", "低保对象姓名", "身份证号码", "保障类型", "低保证号", "月保障金额（元）"),
    (1, "石桥村", "张建国", "990101680512301", "城市低保", "DB001", 450),
    (2, "石桥村", "李有田", None, "农村低保", "DB002", 380),
    (3, "石桥村", "王大山", None, "农村低保", "DB003", 380),
    (4, "石桥村", "王大山", "990101198801010178", "农村低保", "DB004", 380),
    (5, "石桥村", "赵钱孙", "990101199001010174", "农村低保", "DB005", 380),
    (6, "石桥村", "吴铁牛", "990101196001010139", "农村低保", "DB006", 380),
    (7, None, "胡不归", 990101196001010000, "农村低保", "DB007", 380),
    (8, "枫树村", "冯德福", "990101197206300310", "农村低保", "DB008", 420),
    ("合计", None, None, None, None, None, 3190),
]  # fmt: skip
"""15 digits; no number; two of one name, one with another number; unknown; wrong check digit; a number stored as one."""


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


def registered(folder):
    """The registry of the county, made anew."""
    save(folder / "inbox/全县.xlsx", ("户", HOUSEHOLDS), ("成员", MEMBERS))
    registry = bf.Registry(folder / "台账库")
    bf.merge(bf.check(folder / "inbox", as_of="2024-06-30", engine="serial"), registry)
    return registry
