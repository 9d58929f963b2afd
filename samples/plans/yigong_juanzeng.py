"""Volunteers, each for one child in need, and a day of gifts: what an association, two schools and telephones send."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from books import Expectations, XlsxFile, write_csv, write_xls
from people import citizen

AS_OF = dt.date(2024, 9, 30)

ASSOCIATION = "云岭县义工联合会"
SCHOOLS = {"三年级1班": "青石镇中心小学", "五年级2班": "青石镇中心小学"}

CHILDREN = (  # name, gender, birth, sequence, class, village, guardian, relation, occupation, telephone, health, age
    ("蒙小龙", "男", "20150308", 301, "三年级1班", "白岩村", "蒙德福", "爷爷", "务农", "13890500001", "健康", 66),
    ("韦小兰", "女", "20150922", 302, "三年级1班", "白岩村", "韦国安", "伯父", "务农", "13890500002", "健康", 51),
    ("覃志文", "男", "20141117", 303, "三年级1班", "石坎村", "黄秀英", "外婆", "务农", "13890500003", "患病", 63),
    ("农嘉欣", "女", "20130214", 304, "五年级2班", "石坎村", "农国强", "父亲", "零工", "13890500004", "残疾", 44),
    ("陆子豪", "男", "20121205", 305, "五年级2班", "白岩村", "陆春梅", "姑姑", "开店", "13890500005", "健康", 39),
)

VOLUNTEERS = (  # name, telephone, group, leads
    ("欧阳晴", "13990400001", "第一组", "是"),
    ("卢建华", "13990400002", "第一组", "否"),
    ("甘雨", "13990400003", "第一组", "否"),
    ("庞海生", "13990400004", "第二组", "是"),
    ("莫丽娟", "13990400005", "第二组", "否"),
    ("岑思远", "13990400006", "第二组", "否"),
)


def make(folder: Path) -> None:
    """Write `inbox/` and `expected.csv` under `folder`."""
    inbox, expect = folder / "inbox", Expectations()
    _volunteers(inbox, expect)
    _children(inbox, expect)
    _pairs(inbox, expect)
    _gifts(inbox, expect)
    _after_the_day(inbox, expect)
    expect.write(folder / "expected.csv")


def _volunteers(inbox: Path, expect: Expectations) -> None:
    """The volunteers' own list, exported from a telephone."""
    name = "义工联合会/义工报名导出.csv"
    rows: list[list[object]] = [["姓名", "人员类别", "手机号", "组别", "组长", "所在单位"]]
    rows += [[who, "义工", phone, group, leads, ASSOCIATION] for who, phone, group, leads in VOLUNTEERS]
    rows[3][2] = "139904000033"
    expect.add(name, "", "C4", "ID16")
    rows[6][2] = ""
    expect.add(name, "", "C7", "PV06")
    expect.add(name, "", "B2", "NV07")
    write_csv(inbox / name, rows, "utf-8-sig")


def _children(inbox: Path, expect: Expectations) -> None:
    """A sheet a class; the school stands in the title, the class is the sheet's name."""
    name = "青石镇中心小学/特困儿童花名册.xlsx"
    file = XlsxFile(inbox, name)
    header = (
        "序号", "姓名", "性别", "身份证号", "儿童类别", "村", "家庭住址", "父亲姓名", "监护人", "与监护人关系", "监护人职业", "监护人住址",
        "监护人电话", "监护人健康状况", "监护人年龄", "备注",
    )  # fmt: skip
    for label in SCHOOLS:
        sheet = file.sheet(label)
        said = "填报学校：青石镇中心小学    填报时间：2024年9月5日    填表人：阮文    审核人：施敏"
        first = file.heading(sheet, f"青石镇中心小学特困儿童花名册（{label}）", said, header)
        rows: list[list[object]] = []
        for n, child in enumerate((c for c in CHILDREN if c[4] == label), 1):
            who, gender, birth, sequence, _, village, guardian, relation, occupation, phone, health, age = child
            rows.append(
                [n, who, gender, citizen(birth, sequence), "特困生", village, f"{village}{n}组", "", guardian, relation, occupation,
                 f"{village}{n}组", phone, health, age, ""]
            )  # fmt: skip
        if label == "三年级1班":
            rows[1][2] = "男"
            expect.add(name, label, f"C{first + 1}", "ID11")
            rows[2][12] = ""
            expect.add(name, label, f"M{first + 2}", "PV22")
            expect.add(name, label, f"N{first + 2}", "HH06")  # 患病: nobody can tell of what
        expect.add(name, label, "", "LY10")  # the township is in the title, the class is the sheet's name
        expect.add(name, label, f"E{first}", "NV07")  # 特困生
        expect.add(name, label, "J4" if label == "三年级1班" else "J5", "NV07")  # 爷爷, 姑姑
        file.rows(sheet, first, rows)
    file.close()


def _pairs(inbox: Path, expect: Expectations) -> None:
    """One volunteer a child; one child has two, one volunteer has two."""
    name, label = "义工联合会/一帮一结对表.xlsx", "结对"
    file = XlsxFile(inbox, name)
    sheet = file.sheet(label)
    said = f"填报单位：{ASSOCIATION}    填报时间：2024年9月20日    填表人：欧阳晴    审核人：庞海生"
    header = (
        "序号",
        "志愿者姓名",
        "所在单位",
        "联系电话",
        "职务",
        "就读学校",
        "班级",
        "儿童姓名",
        "结对时间",
        "帮扶期限（年）",
        "备注",
    )
    first = file.heading(sheet, "义工与特困儿童“一帮一”结对名单", said, header)
    of = {v[0]: v for v in VOLUNTEERS}
    pairs = (
        ("欧阳晴", "蒙小龙"),
        ("卢建华", "韦小兰"),
        ("庞海生", "农嘉欣"),
        ("莫丽娟", "陆子豪"),
        ("岑思远", "陆子豪"),
        ("卢建华", "覃志文"),
    )
    classes = {c[0]: c[4] for c in CHILDREN}
    rows: list[list[object]] = [
        [
            n,
            who,
            ASSOCIATION,
            of[who][1],
            "义工",
            SCHOOLS[classes[child]],
            classes[child],
            child,
            dt.date(2024, 9, 12),
            "",
            "",
        ]
        for n, (who, child) in enumerate(pairs, 1)
    ]
    expect.add(name, label, f"B{first + 1}", "PV03")  # 卢建华 has two
    expect.add(name, label, f"H{first + 3}", "PV03")  # 陆子豪 has two
    file.rows(sheet, first, rows)
    file.close()


def _gifts(inbox: Path, expect: Expectations) -> None:
    """What was counted on the eleventh and handed out on the twelfth: rough sums, a fare out of the gifts, a wrong total."""
    name = "义工联合会/捐赠物资登记.xlsx"
    file = XlsxFile(inbox, name)
    said = f"填报单位：{ASSOCIATION}    填报时间：2024年9月14日    填表人：甘雨    审核人：庞海生"

    sheet = file.sheet("接收")
    header = (
        "序号",
        "接收日期",
        "捐赠单位（个人）",
        "物品名称",
        "规格",
        "数量",
        "单位",
        "折合金额（元）",
        "资金来源",
        "清点人",
        "备注",
    )
    first = file.heading(sheet, "爱心捐赠接收登记表", said, header)
    rows: list[list[object]] = [
        [1, dt.date(2024, 9, 11), "云岭县新华书店", "图书", "", 200, "册", "约3000", "企业", "甘雨", ""],
        [2, dt.date(2024, 9, 11), "爱心市民", "书包", "", 10, "个", 800, "社会捐赠", "甘雨", ""],
        [3, dt.date(2024, 9, 11), "云岭县青年商会", "助学金", "", "", "", 5000, "社会捐赠", "岑思远", ""],
        [4, dt.date(2024, 9, 11), "匿名", "棉被", "", 5, "", 600, "", "岑思远", ""],
        [5, dt.date(2024, 9, 11), "", "棉衣", "", 6, "件", 900, "", "岑思远", "有人放在门口"],
    ]
    expect.add(name, "接收", f"H{first}", "NV08")  # 约
    expect.add(name, "接收", f"G{first + 3}", "PV20e")
    expect.add(name, "接收", f"C{first + 4}", "RQ01")  # nobody knows from whom
    expect.add(name, "接收", f"I{first}", "NV07")  # 企业, 社会捐赠
    file.rows(sheet, first, rows)

    sheet = file.sheet("发放")
    header = (
        "序号",
        "发放日期",
        "物品名称",
        "数量",
        "单位",
        "发放金额（元）",
        "领取人",
        "受赠学校",
        "领取人签字",
        "用途",
        "结存",
        "经办人",
    )
    first = file.heading(sheet, "爱心捐赠发放登记表", said, header)
    rows = [
        [1, dt.date(2024, 9, 12), "图书", 180, "册", "", "", "青石镇中心小学", "施敏", "爱心图书室", 20, "甘雨"],
        [2, dt.date(2024, 9, 10), "书包", 5, "个", "", "", "青石镇中心小学", "施敏", "上学", "", "甘雨"],
        [3, dt.date(2024, 9, 12), "助学金", "", "", 1000, "蒙小龙", "", "蒙德福", "助学", 4000, "岑思远"],
        [4, dt.date(2024, 9, 12), "助学金", "", "", 1000, "韦小兰", "", "", "助学", "", "岑思远"],
        ["合计", "", "", "", "", 2400, "", "", "", "", "", ""],
    ]
    expect.add(name, "发放", f"B{first + 1}", "PV20b")  # out before it came
    expect.add(name, "发放", f"I{first + 3}", "PV20d")
    expect.add(name, "发放", f"F{first + 4}", "PV29")  # twice 1000
    file.rows(sheet, first, rows)

    sheet = file.sheet("现金账")
    header = ("日期", "收支", "摘要", "金额", "捐赠人", "领取人", "签收", "用途", "余额", "凭证号")
    first = file.heading(sheet, "捐款现金账", said, header)
    rows = [
        [dt.date(2024, 9, 11), "收", "零散捐款", 1260, "市民捐款箱", "", "", "助学", 1260, "收字1号"],
        [dt.date(2024, 9, 11), "收", "零散捐款", 300, "", "", "", "助学", 1560, "收字2号"],
        [dt.date(2024, 9, 12), "支", "零散捐款", 460, "", "", "", "租车费", 1100, "支字1号"],
        [dt.date(2024, 9, 20), "支", "零散捐款", 600, "", "覃志文", "黄秀英", "助学", 600, "支字2号"],
    ]
    expect.add(name, "现金账", f"B{first}", "NV07")
    expect.add(name, "现金账", f"E{first + 1}", "PV20c")
    expect.add(name, "现金账", f"H{first + 2}", "FD03")  # participants pay their own fares
    expect.add(name, "现金账", f"I{first + 3}", "PV20")  # 500 are left
    file.rows(sheet, first, rows)
    file.close()


def _after_the_day(inbox: Path, expect: Expectations) -> None:
    """The day itself, what was done afterwards and the visits, in an old workbook."""
    name = "义工联合会/活动和后续帮扶.xls"
    said = [f"填报单位：{ASSOCIATION}", "", "", "填报时间：2024.9.29", "", "填表人：甘雨", "审核人：庞海生"]
    activities: list[list[object]] = [
        ["义工活动记载"],
        said,
        ["活动时间", "活动种类", "活动名称", "活动地点", "义工组", "活动负责人", "参加人数", "活动内容"],
        ["2024.9.11", "志愿活动", "清点捐赠物品", "义工之家", "第一组", "欧阳晴", 8, "清点、登记接收的钱物"],
        [
            "2024.9.12",
            "爱心捐赠",
            "走进青石镇中心小学",
            "青石镇中心小学",
            "第一组、第二组",
            "庞海生",
            26,
            "发放钱物，孩子与义工见面结对",
        ],
    ]
    expect.add(name, "活动", "A4", "NV03")
    expect.add(name, "活动", "B4", "NV07")
    expect.add(name, "活动", "", "LY10")  # the association stands above the table only
    visits: list[list[object]] = [
        ["义工走访登记"],
        said,
        ["走访日期", "村", "学生姓名", "志愿者", "走访方式", "走访内容"],
        ["2024.9.21", "白岩村", "蒙小龙", "欧阳晴", "家访", "看作业，和爷爷商量冬衣和看牙的事"],
        ["2024.9.22", "白岩村", "韦小兰", "卢建华", "家访", "检查书桌和灯光，商量补习数学"],
        ["2024.9.22", "石坎村", "农嘉欣", "甘雨", "微信", "视频讲了两道应用题，约好周末再讲"],
        ["2024.9.28", "石坎村", "农加欣", "庞海生", "家访", "了解父亲找活的情况，带去课外书"],
    ]
    expect.add(name, "走访", "A4", "NV03")
    expect.add(name, "走访", "E4", "NV07")
    expect.add(name, "走访", "D6", "PV10")  # not her volunteer
    expect.add(name, "走访", "C7", "LK08")  # 农加欣 is no child of the roster
    measures: list[list[object]] = [
        ["后续帮扶措施"],
        said,
        ["实施时间", "受援学校", "措施类别", "措施内容", "数量", "计量单位", "投入金额（元）", "志愿者", "措施状态"],
        ["2024.9.12", "青石镇中心小学", "文化", "建爱心图书室，每学期补充图书", 180, "册", 2700, "欧阳晴", "实施中"],
        ["2024.9.28", "青石镇中心小学", "文化", "图书室添置书架", 4, "个", 0.06, "卢建华", "已完成"],
    ]
    expect.add(name, "措施", "A4", "NV03")
    expect.add(name, "措施", "C4", "NV07")
    expect.add(name, "措施", "G5", "EC14")  # 600 yuan, in ten thousands
    write_xls(inbox / name, {"活动": activities, "走访": visits, "措施": measures})
