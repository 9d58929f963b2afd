"""Two schools help a village each: what they and the villages send. Culture, clean-ups, courses, deeds, and households served."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from books import Expectations, XlsxFile, write_csv, write_xls
from people import citizen

AS_OF = dt.date(2024, 6, 30)

MIDDLE, PRIMARY = "云岭县实验中学", "云岭县第二小学"
METADATA = "填报单位：{unit}    填报时间：2024年6月28日    填表人：{by}    审核人：{checked}"

TEACHERS = (  # name, post, telephone, subject, post in the leading group
    ("方志远", "校长", "13990200001", "", "组长"),
    ("梁雨晴", "副校长", "13990200002", "语文", "副组长"),
    ("钟立新", "总务主任", "13990200003", "", "成员"),
    ("贺小曼", "团委书记", "13990200004", "音乐", "成员"),
    ("姚建平", "教师", "13990200005", "体育", "成员"),
)

HOMES = (  # head, birth, sequence, group, people, labour, category
    ("冯永年", "19520311", 201, "1组", 2, 0, "空巢老人"),
    ("谭素珍", "19660820", 202, "1组", 4, 2, "困难户"),
    ("冯大有", "19730105", 203, "2组", 5, 3, "进城务工人员"),
    ("覃桂兰", "19580616", 204, "2组", 1, 0, "独居老人"),
    ("冯立本", "19691212", 205, "3组", 3, 1, "残疾人"),
)


def make(folder: Path) -> None:
    """Write `inbox/` and `expected.csv` under `folder`."""
    inbox, expect = folder / "inbox", Expectations()
    _of_middle_school(inbox, expect)
    _of_primary_school(inbox, expect)
    _village_form(inbox, expect)
    _homes(inbox, expect)
    _volunteers(inbox, expect)
    expect.add("", "", "", "AS04")  # the plan says 定期 and no number
    expect.write(folder / "expected.csv")


def _of_middle_school(inbox: Path, expect: Expectations) -> None:
    """Pairs, units, the leading group and papers, a sheet each."""
    name = "实验中学/实验中学结对帮村报表.xlsx"
    file = XlsxFile(inbox, name)
    said = METADATA.format(unit=MIDDLE, by="贺小曼", checked="梁雨晴")

    sheet = file.sheet("结对")
    header = ("序号", "帮扶学校", "乡镇", "结对村", "工作责任人", "联络员", "联络员电话", "结对时间")
    first = file.heading(sheet, "学校结对帮村一览表", said, header)
    file.rows(
        sheet,
        first,
        [
            [1, MIDDLE, "清水镇", "枫树村", "梁雨晴", "贺小曼", "13990200004", dt.date(2024, 2, 20)],
            [2, PRIMARY, "柳溪镇", "柳湾村", "苗春华", "石佳宁", "13990200012", dt.date(2024, 2, 21)],
        ],
    )

    sheet = file.sheet("单位")
    header = ("序号", "学校名称", "单位性质", "校长", "联系人", "联系电话", "帮扶村")
    first = file.heading(sheet, "帮扶单位情况表", said, header)
    file.rows(
        sheet,
        first,
        [
            [1, MIDDLE, "中学", "方志远", "贺小曼", "13990200004", "清水镇枫树村"],
            [2, PRIMARY, "小学", "苗春华", "", "13990200012", "柳溪镇柳湾村"],
        ],
    )
    expect.add(name, "单位", "C4", "NV07")  # 中学 is 中小学校
    expect.add(name, "单位", f"E{first + 1}", "UN03")
    expect.add(name, "单位", "G4", "LY53")  # 清水镇枫树村 in one cell

    sheet = file.sheet("领导组")
    header = ("序号", "姓名", "职务", "领导组职务", "任教学科", "联系电话")
    first = file.heading(sheet, "帮扶领导组名单", said, header)
    rows = [[n, *line] for n, line in enumerate(((t[0], t[1], t[4], t[3], t[2]) for t in TEACHERS), 1)]
    rows[3][5] = "1399020004"
    expect.add(name, "领导组", f"F{first + 3}", "ID16")
    expect.add(name, "领导组", "", "LY10")  # the school stands above the table only
    expect.add(name, "领导组", "D3", "LY08")
    file.rows(sheet, first, rows)

    sheet = file.sheet("材料")
    header = ("序号", "报送单位", "材料名称", "所属时期", "责任人", "应报时间", "报送时间", "报送情况")
    first = file.heading(sheet, "帮扶材料报送目录", said, header)
    file.rows(
        sheet,
        first,
        [
            [1, MIDDLE, "帮扶工作方案", "2024年", "梁雨晴", dt.date(2024, 2, 28), dt.date(2024, 2, 26), "已报"],
            [2, MIDDLE, "上半年小结", "2024年上半年", "贺小曼", dt.date(2024, 6, 30), dt.date(2024, 6, 27), "已报"],
            [3, PRIMARY, "帮扶工作方案", "2024年", "苗春华", dt.date(2024, 2, 28), "", "未报"],
            [4, PRIMARY, "上半年小结", "2024年上半年", "苗春华", dt.date(2024, 6, 30), "", "未报"],
        ],
    )
    expect.add(name, "材料", f"F{first + 2}", "DC01")
    expect.add(name, "材料", "C4", "NV41")  # 帮扶工作方案, 上半年小结
    file.close()


def _of_primary_school(inbox: Path, expect: Expectations) -> None:
    """Activities, courses, deeds and gifts, kept as teachers keep them: no 填报时间, full stops in dates, a total that is wrong."""
    name = "第二小学/二小帮村台账.xlsx"
    file = XlsxFile(inbox, name)

    sheet = file.sheet("清洁家园")
    header = ("活动时间", "活动类型", "活动主题", "活动地点", "参加人员", "参加人数", "活动内容", "照片张数")
    sheet.merge_range(0, 0, 0, len(header) - 1, "柳溪镇柳湾村“清洁家园”及文体活动记载（第二小学）", file.title)
    for column, label in enumerate(header):
        sheet.write_string(1, column, label, file.header)
    file.rows(
        sheet,
        3,
        [
            [
                "2024.3.16",
                "清洁家园",
                "春季清洁家园行动",
                "柳湾村村道",
                "教师、村民",
                36,
                "清理沟渠和房前屋后垃圾，商定保洁制度",
                4,
            ],
            ["2024.4.20", "清洁家园", "村口污水沟清理", "柳湾村二组", "石佳宁、龙海波、向梅", 2, "疏通污水沟六十米", 3],
            [
                "2024.5.26",
                "文艺演出",
                "六一文艺演出进村",
                "村文化广场",
                "全校师生代表和村民",
                150,
                "学生表演节目，送文体器材",
                8,
            ],
            ["2024.7.6", "大扫除", "暑期清洁家园行动", "柳湾村", "教师、村民", 30, "清扫村道", ""],
        ],
    )
    expect.add(name, "清洁家园", "", "LY10", "PV28")  # the village is in the title, and nobody signed
    expect.add(name, "清洁家园", "B3", "NV07")
    expect.add(name, "清洁家园", "A3", "NV03")
    expect.add(name, "清洁家园", "F4", "AC01")  # two came, three are listed
    expect.add(name, "清洁家园", "A6", "PV09")  # has not come yet

    sheet = file.sheet("培训")
    header = ("培训时间", "培训主题", "培训类别", "培训地点", "授课教师", "培训对象", "培训人数", "培训内容")
    sheet.merge_range(0, 0, 0, len(header) - 1, "柳溪镇柳湾村村民培训登记（第二小学）", file.title)
    for column, label in enumerate(header):
        sheet.write_string(1, column, label, file.header)
    file.rows(
        sheet,
        3,
        [
            [dt.date(2024, 3, 30), "民法典进村", "法律", "村部", "向梅", "村民", 42, "婚姻、继承、邻里纠纷怎样办"],
            [
                dt.date(2024, 5, 11),
                "夏季传染病预防",
                "健康",
                "村卫生室",
                "校医龙海波",
                "村民",
                35,
                "饮水、饮食卫生和防蚊",
            ],
            ["合计", "", "", "", "", "", 87, ""],
        ],
    )
    expect.add(name, "培训", "", "LY10", "PV28")
    expect.add(name, "培训", "C3", "NV07")  # 法律, 健康
    expect.add(name, "培训", "G5", "PV29")  # 42 and 35 are 77

    sheet = file.sheet("办实事")
    header = (
        "实施时间",
        "受益村",
        "措施类别",
        "实事内容",
        "发挥的优势",
        "投入金额（万元）",
        "经办人",
        "完成时间",
        "进展",
    )
    first = file.heading(
        sheet, "为柳湾村办实事台账", METADATA.format(unit=PRIMARY, by="石佳宁", checked="苗春华"), header
    )
    file.rows(
        sheet,
        first,
        [
            [
                dt.date(2024, 3, 5),
                "柳湾村",
                "环境卫生",
                "帮助建保洁制度，添置垃圾桶二十个",
                "资金、管理",
                0.24,
                "石佳宁",
                dt.date(2024, 3, 20),
                "完成",
            ],
            [
                dt.date(2024, 4, 1),
                "柳湾村",
                "文化",
                "建图书角，教师轮流值班",
                "人才",
                0.15,
                "向梅",
                dt.date(2024, 5, 1),
                "完成",
            ],
            [dt.date(2024, 6, 3), "柳湾村", "教育", "留守儿童课后辅导班", "人才、技术", 0, "龙海波", "", "进行中"],
        ],
    )
    expect.add(name, "办实事", "F4", "NV02")  # 万元
    expect.add(name, "办实事", "C5", "NV07")  # 文化, 教育
    expect.add(name, "办实事", "I4", "NV07")

    sheet = file.sheet("送图书器材")
    header = ("日期", "收支", "物品名称", "数量", "单位", "捐赠方", "受赠单位", "签收人", "结存", "经手人")
    first = file.heading(
        sheet, "送图书、器材进村登记", METADATA.format(unit=PRIMARY, by="石佳宁", checked="苗春华"), header
    )
    file.rows(
        sheet,
        first,
        [
            [dt.date(2024, 3, 1), "收入", "图书", 320, "册", "本校师生", "", "", 320, "石佳宁"],
            [dt.date(2024, 4, 2), "支出", "图书", 300, "册", "", "柳湾村村民委员会", "柳长青", 30, "石佳宁"],
            [dt.date(2024, 5, 20), "收入", "篮球", 10, "个", "云岭县体育用品店", "", "", 10, "龙海波"],
            [dt.date(2024, 5, 26), "支出", "篮球", 12, "个", "", "柳湾村村民委员会", "", "", "龙海波"],
        ],
    )
    expect.add(name, "送图书器材", f"I{first + 1}", "PV20")  # 320 less 300 is 20
    expect.add(name, "送图书器材", f"A{first + 3}", "PV20b")  # ten came in
    expect.add(name, "送图书器材", f"H{first + 3}", "PV20d")
    file.close()


def _village_form(inbox: Path, expect: Expectations) -> None:
    """Two villages in an old workbook; the units stand in the header."""
    name, label = "清水镇/村情统计.xls", "村情"
    rows: list[list[object]] = [
        ["结对村基本情况统计表"],
        ["填报单位：清水镇人民政府", "", "", "填报时间：2024年3月5日", "", "", "填表人：沈青", "", "审核人：韩梅"],
        [
            "乡镇", "村名", "总户数（户）", "总人口（人）", "贫困人口（人）", "占总人口比例", "耕地面积（亩）", "人均纯收入（万元）",
            "收入年度", "图书室", "文化广场", "宣传栏", "村支部书记", "联系电话",
        ],
        ["清水镇", "枫树村", 412, 1436, 96, "6.7%", 2870, 1.12, 2023, "有", "无", "有", "冯向东", "13890400001"],
        ["柳溪镇", "柳湾村", 355, 1180, 88, "9.5%", 2240, 0.98, 2023, "有", "有", "无", "柳长青", "13890400002"],
    ]  # fmt: skip
    expect.add(name, label, "F4", "NV02")  # per cent
    expect.add(name, label, "H4", "NV02")  # 万元
    expect.add(name, label, "F5", "VL01")  # 88 of 1180 are 7.5 %
    write_xls(inbox / name, {label: rows})


def _homes(inbox: Path, expect: Expectations) -> None:
    """Households of 枫树村 whom the volunteers look after, as the village sends them: gb18030, names with blanks."""
    name = "清水镇/枫树村志愿服务对象.csv"
    rows: list[list[object]] = [
        ["清水镇枫树村志愿服务对象户花名册"],
        ["序号", "乡镇", "村", "组", "户主姓名", "身份证号码", "对象类别", "家庭人口", "劳动力"],
    ]
    for number, (head, birth, sequence, group, people, labour, category) in enumerate(HOMES, 1):
        rows.append([number, "清水镇", "枫树村", group, head, citizen(birth, sequence), category, people, labour])
    rows[3][5] = str(rows[3][5])[:17]
    expect.add(name, "", "F4", "ID02")
    rows[5][8] = 3
    expect.add(name, "", "I6", "HH08")  # three workers in a household of one
    expect.add(name, "", "G6", "NV07")  # 独居老人
    expect.add(name, "", "", "PV28")
    rows.append(["合计", "", "", "", "", "", "", 15, 9])
    write_csv(inbox / name, rows, "gb18030")


def _volunteers(inbox: Path, expect: Expectations) -> None:
    """Volunteer teachers' visits, exported from a telephone."""
    name = "实验中学/志愿服务登记.csv"
    rows: list[list[object]] = [
        ["走访日期", "村", "户主", "走访人", "走访方式", "走访内容"],
        ["2024/3/9", "枫树村", "冯永年", "姚建平", "上门", "陪老人晒被褥，检查电线，约好每月来一次"],
        ["2024/3/9", "枫树村", "谭素珍", "贺小曼、姚建平", "上门", "了解两个孩子的作业辅导需求"],
        ["2024/4/13", "枫树村", "冯大有", "贺小曼", "视频", "与在外务工的夫妻俩视频，讲孩子转学手续"],
        ["2024/5/18", "枫树村", "冯立本", "钟立新", "上门", "走访慰问"],
        ["2024/5/18", "枫树村", "冯永连", "钟立新", "上门", "帮助清理院子里的枯枝"],
    ]
    expect.add(name, "", "A2", "NV03")
    expect.add(name, "", "E2", "NV07")
    expect.add(name, "", "F5", "PV13")
    expect.add(name, "", "C6", "HH14")  # nobody of that name
    write_csv(inbox / name, rows, "utf-8-sig")
