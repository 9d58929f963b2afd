"""A Party school and a bureau help a village each: courses, three rooms and a square, families that are honoured."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from books import Expectations, XlsxFile, write_csv, write_xls
from people import citizen

AS_OF = dt.date(2024, 6, 30)

SCHOOL, BUREAU = "中共云岭县委党校", "云岭县文化广电局"
METADATA = "填报单位：{unit}    填报时间：2024年6月27日    填表人：申家明    审核人：向晚秋"

FAMILIES = (  # head, birth, sequence, group, people, honour
    ("石长河", "19700520", 401, "1组", 4, "五好家庭"),
    ("孟庆余", "19660118", 403, "1组", 3, "文明家庭"),
    ("石玉兰", "19740909", 404, "2组", 5, "五好家庭"),
    ("邬志宏", "19811230", 405, "3组", 4, "文明家庭"),
)


def make(folder: Path) -> None:
    """Write `inbox/` and `expected.csv` under `folder`."""
    inbox, expect = folder / "inbox", Expectations()
    _of_school(inbox, expect)
    _courses(inbox, expect)
    _village_form(inbox, expect)
    _families(inbox, expect)
    _visits(inbox, expect)
    expect.write(folder / "expected.csv")


def _of_school(inbox: Path, expect: Expectations) -> None:
    """Pairs, units, people and papers, as a unit hands them in: merged cells, several sheets, a page of instructions."""
    name = "县委党校/党校结对帮村材料.xlsx"
    file = XlsxFile(inbox, name)
    said = METADATA.format(unit=SCHOOL)
    notes = file.sheet("说明")
    notes.write_string(0, 0, "填表说明")
    notes.write_string(1, 0, "1．单位写全称。2．时间写到日。")
    expect.add(name, "说明", "", "LY02")

    sheet = file.sheet("结对")
    header = (
        "序号",
        "帮扶单位",
        "结对村",
        "乡镇",
        "第一责任领导",
        "直接责任人",
        "联络员",
        "联络员电话",
        "结对时间",
        "备注",
    )
    first = file.heading(sheet, "单位结对帮村一览表", said, header)
    file.rows(
        sheet,
        first,
        [
            [1, SCHOOL, "石桥村", "清水镇", "向晚秋", "申家明", "丁未", "13990500001", dt.date(2024, 1, 15), ""],
            [2, BUREAU, "松岭村", "云岭乡", "郝建军", "闵捷", "闵捷", "13990500011", dt.date(2024, 4, 20), ""],
        ],
    )

    sheet = file.sheet("单位和人员")
    header = ("序号", "单位名称", "单位类型", "负责人", "联络员", "联络员电话", "帮扶村", "备注")
    first = file.heading(sheet, "帮扶单位情况", said, header)
    row = file.rows(
        sheet,
        first,
        [
            [1, SCHOOL, "党校", "向晚秋", "丁未", "13990500001", "石桥村", ""],
            [2, BUREAU, "机关", "郝建军", "闵捷", "", "松岭村", ""],
        ],
    )
    expect.add(name, "单位和人员", f"C{first}", "NV07")
    expect.add(name, "单位和人员", f"F{first + 1}", "UN04")
    row += 1
    sheet.merge_range(row - 1, 0, row - 1, 6, "帮扶工作队员名单", file.title)
    for column, label in enumerate(("序号", "姓名", "所在单位", "性别", "职务", "政治面貌", "联系电话")):
        sheet.write_string(row, column, label, file.header)
    file.rows(
        sheet,
        row + 2,
        [
            [1, "向晚秋", SCHOOL, "女", "常务副校长", "党员", "13990500002"],
            [2, "申家明", SCHOOL, "男", "副校长", "党员", "13990500003"],
            [3, "丁未", SCHOOL, "男", "办公室主任", "党员", "13990500001"],
            [4, "闵捷", BUREAU, "女", "副局长", "群众", "1399050001"],
        ],
    )
    expect.add(name, "单位和人员", f"F{row + 2}", "NV07")
    expect.add(name, "单位和人员", f"G{row + 5}", "ID16")

    sheet = file.sheet("活动和措施")
    header = ("开展时间", "活动形式", "活动主题", "村", "主办单位", "参加人数", "活动内容")
    first = file.heading(sheet, "帮扶活动登记", said, header)
    row = file.rows(
        sheet,
        first,
        [
            [dt.date(2024, 2, 2), "送文化", "写春联送祝福", "石桥村", SCHOOL, 80, "写春联二百副"],
            [dt.date(2024, 4, 26), "评选", "五好家庭、文明家庭评选", "石桥村", SCHOOL, 46, "村民代表投票，公示七天"],
            [dt.date(2024, 5, 17), "宣讲", "乡风文明宣讲", "石桥村", SCHOOL, "约60", "讲村规民约和红白事新规"],
        ],
    )
    expect.add(name, "活动和措施", f"B{first}", "NV07")
    expect.add(name, "活动和措施", f"F{first + 2}", "NV08")
    row += 1
    header = ("实施时间", "受益村", "措施类别", "措施内容", "投入金额（元）", "具体责任人", "措施状态", "完成时间")
    for column, label in enumerate(header):
        sheet.write_string(row - 1, column, label, file.header)
    file.rows(
        sheet,
        row + 1,
        [
            [
                dt.date(2024, 3, 8),
                "石桥村",
                "阵地建设",
                "装修多功能教室，添桌椅三十套",
                18000,
                "申家明",
                "已完成",
                dt.date(2024, 4, 30),
            ],
            [dt.date(2024, 5, 6), "石桥村", "文化", "配广播和音响一套", 6500, "丁未", "已完成", ""],
        ],
    )
    expect.add(name, "活动和措施", f"C{row + 1}", "NV07")
    expect.add(name, "活动和措施", f"G{row + 2}", "MS04")

    sheet = file.sheet("材料")
    header = ("报送单位", "材料种类", "标题", "所属年度", "责任人", "签订时间", "应报时间", "报送时间", "完成情况")
    first = file.heading(sheet, "帮扶材料目录", said, header)
    file.rows(
        sheet,
        first,
        [
            [
                SCHOOL,
                "方案",
                "党校结对帮扶石桥村工作方案",
                "2024年",
                "申家明",
                "",
                dt.date(2024, 1, 31),
                dt.date(2024, 1, 29),
                "已报",
            ],
            [
                SCHOOL,
                "责任书",
                "帮扶责任书",
                "2024年",
                "向晚秋",
                dt.date(2024, 1, 22),
                dt.date(2024, 1, 31),
                dt.date(2024, 1, 29),
                "已报",
            ],
            [BUREAU, "方案", "文广局结对帮扶松岭村工作方案", "2024年", "闵捷", "", dt.date(2024, 1, 31), "", ""],
        ],
    )
    expect.add(name, "材料", f"B{first}", "NV07")
    expect.add(name, "材料", f"G{first + 2}", "DC01")
    file.close()


def _courses(inbox: Path, expect: Expectations) -> None:
    """The courses, an old workbook: several topics in a cell, 同上 under the village, a total that is wrong."""
    name, label = "县委党校/培训台账.xls", "培训"
    rows: list[list[object]] = [
        ["党校结对帮村培训台账"],
        [f"填报单位：{SCHOOL}", "", "", "填报时间：2024.6.27", "", "填表人：丁未", "", "审核人：申家明"],
        [
            "序号",
            "培训时间",
            "结束时间",
            "培训村",
            "培训题目",
            "培训内容类别",
            "培训方式",
            "主讲人",
            "参训人数",
            "主办单位",
        ],
        [1, "2024.2.26", "2024.2.27", "石桥村", "春季果树管理", "种植技术", "田间指导", "县农技站卫老师", 38, SCHOOL],
        [2, "2024.3.21", "", "同上", "村规民约与民法典", "法律、道德", "讲座", "申家明", 52, SCHOOL],
        [3, "2024.4.24", "2024.4.20", "同上", "老年人保健", "健康知识", "讲座", "县医院孟医生", 45, SCHOOL],
        [4, "2024.5.29", "", "同上", "红白事新办", "乡风文明", "讲座", "向晚秋", 60, SCHOOL],
        [5, "2024年", "", "同上", "电商直播", "技能培训", "集中", "丁未", 20, SCHOOL],
        ["合计", "", "", "", "", "", "", "", 225, ""],
    ]
    expect.add(name, label, "B4", "NV03")
    expect.add(name, label, "C4", "NV03")
    expect.add(name, label, "D5", "NV06")  # 同上
    expect.add(name, label, "F4", "NV07")
    expect.add(name, label, "F5", "NV15")  # two topics
    expect.add(name, label, "G4", "NV07")
    expect.add(name, label, "C6", "TR01")
    expect.add(name, label, "F7", "HH06")  # 乡风文明 is no topic of the plan
    expect.add(name, label, "B8", "PV09d")  # which day of 2024?
    expect.add(name, label, "I9", "PV29")  # 215
    write_xls(inbox / name, {label: rows})


def _village_form(inbox: Path, expect: Expectations) -> None:
    """Two villages under three levels of header; yes and no in every way there is."""
    name, label = "文明办/村级阵地建设统计.xlsx", "阵地"
    file = XlsxFile(inbox, name)
    sheet = file.sheet(label)
    merge, header = sheet.merge_range, file.header
    merge("A1:P1", "结对村“三室一场、四有一建”及自治组织情况", file.title)
    merge("A2:P2", "填报单位：清水镇人民政府    填报时间：2024年6月20日    填表人：沈青    审核人：")
    for column, text in zip("ABC", ("乡镇", "村名", "总人口\n（人）"), strict=True):
        merge(f"{column}3:{column}4", text, header)
    merge("D3:G3", "三室一场", header)
    merge("H3:L3", "四有一建", header)
    merge("M3:P3", "自治组织", header)
    labels = ("图书室", "活动室", "多功能教室", "文体活动广场", "有电视", "有音响", "有广播", "有科技书架", "建有宣传橱窗",
              "村规民约", "道德评议会", "红白理事会", "村民议事会")  # fmt: skip
    for column, text in zip("DEFGHIJKLMNOP", labels, strict=True):
        sheet.write_string(f"{column}4", text, header)
    file.rows(
        sheet,
        5,
        [
            ["清水镇", "石桥村", 1320, "有", "有", "√", "有", "有", "有", "√", "有", "√", "有", "有", "有", "无"],
            ["云岭乡", "松岭村", 980, "有", "无", "无", "在建", "有", "无", "有", "无", "无", "有", "无", "无", "无"],
        ],
    )
    expect.add(name, label, "", "PV28")  # nobody checked it
    expect.add(name, label, "G6", "NV31")  # 在建 is neither yes nor no
    file.close()


def _families(inbox: Path, expect: Expectations) -> None:
    """The families that were honoured, as the village typed them."""
    name = "石桥村/五好家庭文明家庭名册.csv"
    rows: list[list[object]] = [
        ["石桥村五好家庭、文明家庭名册"],
        ["填报单位：石桥村村民委员会", "", "填报时间：2024-05-06", "", "填表人：石小雨", "", "审核人：石长青"],
        ["序号", "乡镇", "村", "组", "户主", "身份证号", "家庭人口", "获得荣誉"],
    ]
    for n, (head, birth, sequence, group, people, honour) in enumerate(FAMILIES, 1):
        rows.append([n, "清水镇", "石桥村", group, head, citizen(birth, sequence), people, honour])
    number = str(rows[5][5])
    rows[5][5] = number[:17] + ("1" if number[17] != "1" else "2")
    expect.add(name, "", "F6", "ID03")
    rows[6][4] = "邬志宏、邬志远"
    expect.add(name, "", "E7", "ID14")
    write_csv(inbox / name, rows, "gb18030")


def _visits(inbox: Path, expect: Expectations) -> None:
    """Visits of the school's people to families, from a telephone."""
    name = "县委党校/走访登记.csv"
    rows: list[list[object]] = [
        ["走访时间", "村", "走访户", "走访人", "走访方式", "走访情况"],
        ["2024-03-13", "石桥村", "石长河", "丁未", "入户", "商量庭院绿化，登记愿意参加评选"],
        ["2024-03-13", "石桥村", "孟庆余", "丁未", "入户", "商量庭院绿化，登记愿意参加评选"],
        ["2024-04-10", "石桥村", "石玉兰", "申家明", "入户", "了解小饭桌经营，讲食品安全"],
        ["2024-04-10", "石桥村", "石玉兰", "申家明", "入户", "讲解食品安全和经营许可"],
        ["2024-06-31", "石桥村", "石长河", "向晚秋", "入户", "看望老人，听对宣讲的意见"],
    ]
    expect.add(name, "", "F2", "PV13b")  # the same words for two
    expect.add(name, "", "A5", "PV11")
    expect.add(name, "", "A6", "NV28")
    write_csv(inbox / name, rows, "utf-8-sig")
