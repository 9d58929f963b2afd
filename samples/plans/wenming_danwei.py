"""Civilised units help villages: the office's roster and pairs, what two units and a township send, and the inspection at the year's end."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from books import Expectations, XlsxFile, write_csv, write_xls

AS_OF = dt.date(2024, 12, 31)

WATER, BANK, POWER, TRADE, CLINIC = (
    "云岭县水利局",
    "云岭县农村信用联社",
    "云岭县供电公司",
    "云岭县市场监督管理局",
    "云岭县人民医院",
)
OFFICE = "云岭县文明办"

UNITS = (  # unit, kind, level, affiliation, liaison, telephone, village
    (WATER, "机关", "国家级", "县直", "阮青松", "13990600001", "龙泉村"),
    (BANK, "国企", "省级", "县直", "韩立夏", "13990600002", "龙泉村"),
    (POWER, "国企", "市级", "市直", "贝晓东", "13990600003", "槐树村"),
    (TRADE, "机关", "县级", "县直", "乔雅琴", "13990600004", "槐树村"),
    (CLINIC, "事业", "县级", "县直", "池小满", "13990600005", ""),
    ("云岭县家具厂", "民企", "否", "其他", "麦大成", "13990600006", ""),
)


def make(folder: Path) -> None:
    """Write `inbox/` and `expected.csv` under `folder`."""
    inbox, expect = folder / "inbox", Expectations()
    _of_office(inbox, expect)
    _of_water_bureau(inbox, expect)
    _of_power_company(inbox, expect)
    _villages(inbox, expect)
    _inspections(inbox, expect)
    expect.add("", "", "", "AS03", "AS04")  # when it ends is not announced; 定期, without a number
    expect.write(folder / "expected.csv")


def _of_office(inbox: Path, expect: Expectations) -> None:
    """The roster of units, and the pairs under merged villages with the goal of each."""
    name = "县文明办/文明单位和结对安排.xlsx"
    file = XlsxFile(inbox, name)
    said = f"填报单位：{OFFICE}    填报时间：2024年12月10日    填表人：祝新    审核人：全胜利"

    label = "文明单位"
    sheet = file.sheet(label)
    header = (
        "序号",
        "文明单位名称",
        "单位性质",
        "文明单位等级",
        "隶属关系",
        "推荐单位",
        "联络员",
        "联络员电话",
        "结对村",
    )
    first = file.heading(sheet, "全县文明单位名册", said, header)
    rows: list[list[object]] = [
        [n, unit, kind, level, of, "" if level == "否" else OFFICE, who, phone, village]
        for n, (unit, kind, level, of, who, phone, village) in enumerate(UNITS, 1)
    ]
    rows[3][5] = ""
    expect.add(name, label, f"F{first + 3}", "UN02")
    expect.add(name, label, f"B{first + 4}", "PV02b")  # the hospital helps nobody
    expect.add(name, label, f"C{first}", "NV07")
    expect.add(name, label, f"D{first + 5}", "NV07")  # 否
    expect.add(name, label, f"E{first}", "NV07")
    file.rows(sheet, first, rows)

    label = "结对安排"
    sheet = file.sheet(label)
    header = ("帮扶村", "乡镇", "帮扶单位", "牵头", "结对形式", "工作责任人", "帮扶目标", "帮扶年限", "结对时间")
    first = file.heading(sheet, "文明单位结对帮村安排表（2024—2026年）", said, header)
    since = dt.date(2024, 1, 8)
    file.rows(
        sheet,
        first,
        [
            ["龙泉村", "青石镇", WATER, "是", "几个单位对一村", "柏长青", "省级文明卫生村", "三年", since],
            ["", "青石镇", BANK, "否", "几个单位对一村", "韩立夏", "省级文明卫生村", "三年", since],
            ["槐树村", "桃源乡", POWER, "是", "几个单位对一村", "贝晓东", "市级文明村", "三年", since],
            ["", "桃源乡", TRADE, "是", "几个单位对一村", "乔雅琴", "市级文明村", "三年", since],
        ],
    )
    sheet.merge_range(first - 1, 0, first, 0, "龙泉村", file.text)
    sheet.merge_range(first + 1, 0, first + 2, 0, "槐树村", file.text)
    expect.add(name, label, f"D{first + 2}", "PV05")  # two lead
    expect.add(name, label, f"E{first}", "NV07")
    expect.add(name, label, f"H{first}", "NV02")  # 三年
    file.close()


def _of_water_bureau(inbox: Path, expect: Expectations) -> None:
    """One unit's book: liaison list, activities, courses, measures and papers; it calls itself by its short name."""
    name = "县水利局/水利局帮扶龙泉村台账.xlsx"
    file = XlsxFile(inbox, name)
    said = "填报单位：云岭县水利局（盖章）    填报时间：2024年12月20日    填表人：阮青松    审核人：柏长青"

    sheet = file.sheet("人员")
    header = ("序号", "姓名", "职务", "职务级别", "政治面貌", "单位名称", "手机号码")
    first = file.heading(sheet, "帮扶队员联络表", said, header)
    file.rows(
        sheet,
        first,
        [
            [1, "柏长青", "局长", "乡科级正职", "中共党员", WATER, "13990600011"],
            [2, "阮青松", "办公室主任", "股级", "中共党员", WATER, "13990600001"],
            [3, "万里红", "科员", "科员级", "群众", WATER, "13990600012/13990600013"],
        ],
    )
    expect.add(name, "人员", f"D{first + 1}", "HH06")  # 股级 is no rank of the list
    expect.add(name, "人员", f"G{first + 2}", "NV12")  # two telephones

    sheet = file.sheet("清洁家园和文体活动")
    header = ("时间", "活动类别", "活动名称", "活动村", "组织单位", "参加人员", "参与人数", "开展情况", "照片数")
    first = file.heading(sheet, "帮扶活动台账", said, header)
    file.rows(
        sheet,
        first,
        [
            ["2024.3.12", "清洁行动", "植树节清洁家园", "龙泉村", WATER, "干部、村民", 40, "清沟渠、植树三百棵", 5],
            ["2024.6.28", "三下乡", "送文化下乡", "龙泉村", WATER, "县文化馆、干部、村民", 210, "演出一场，送图书", 12],
            ["2024.13.5", "清洁行动", "年末清洁家园", "龙泉村", WATER, "干部、村民", 35, "清理垃圾三车", 4],
        ],
    )
    expect.add(name, "清洁家园和文体活动", f"A{first}", "NV03")
    expect.add(name, "清洁家园和文体活动", f"B{first}", "NV07")
    expect.add(name, "清洁家园和文体活动", f"A{first + 2}", "NV28")

    sheet = file.sheet("培训")
    header = ("培训时间", "培训名称", "培训类别", "村", "授课人", "培训人数", "举办单位")
    first = file.heading(sheet, "教育培训台账", said, header)
    file.rows(
        sheet,
        first,
        [
            [dt.date(2024, 4, 18), "节水灌溉", "农业技术", "龙泉村", "万里红", 33, WATER],
            [dt.date(2024, 9, 25), "文明礼仪进农家", "文明礼仪", "龙泉村", "祝新", 41, WATER],
        ],
    )
    expect.add(name, "培训", f"C{first}", "NV07")

    sheet = file.sheet("措施")
    header = ("实施时间", "村", "措施类别", "措施内容", "数量", "计量单位", "投入金额（万元）", "完成时间", "完成情况")
    first = file.heading(sheet, "帮扶措施台账", said, header)
    file.rows(
        sheet,
        first,
        [
            [dt.date(2024, 5, 10), "龙泉村", "教育", "帮建乡村学校少年宫", 1, "间", 3.5, dt.date(2024, 8, 30), ""],
            [dt.date(2024, 9, 10), "龙泉村", "关爱", "慰问留守儿童、空巢老人", 24, "", 0.48, dt.date(2024, 9, 1), ""],
        ],
    )
    expect.add(name, "措施", f"C{first}", "NV07")
    expect.add(name, "措施", f"G{first}", "NV02")
    expect.add(name, "措施", f"F{first + 1}", "MS03")
    expect.add(name, "措施", f"H{first + 1}", "MS01")

    sheet = file.sheet("材料")
    header = ("单位", "材料类型", "时期", "责任人", "签订日期", "报送期限", "报送日期", "接收单位", "报送情况")
    first = file.heading(sheet, "帮扶材料报送台账", said, header)
    file.rows(
        sheet,
        first,
        [
            [
                "水利局",
                "责任书",
                "2024年",
                "柏长青",
                dt.date(2024, 1, 20),
                dt.date(2024, 1, 31),
                dt.date(2024, 1, 22),
                OFFICE,
                "已报",
            ],
            ["水利局", "工作方案", "2024年", "阮青松", "", dt.date(2024, 2, 10), dt.date(2024, 2, 8), OFFICE, "已报"],
            ["水利局", "半年小结", "2024年上半年", "阮青松", "", dt.date(2024, 6, 30), "", OFFICE, "已报"],
            ["水利局", "年度总结", "2024年", "阮青松", "", dt.date(2024, 12, 31), dt.date(2025, 1, 3), OFFICE, "已报"],
            ["水利局", "工作简报", "2024年第1期", "阮青松", "", "", dt.date(2024, 7, 2), OFFICE, "已报"],
        ],
    )
    expect.add(name, "材料", f"I{first + 2}", "DC03")
    expect.add(name, "材料", f"G{first + 3}", "DC02")
    file.close()


def _of_power_company(inbox: Path, expect: Expectations) -> None:
    """Visits to the village and its households, with the reporter's own columns."""
    name, label = "县供电公司/走访台账.xlsx", "走访"
    file = XlsxFile(inbox, name)
    sheet = file.sheet(label)
    said = "填报单位：云岭县供电公司    填报时间：2024年12月18日    填表人：贝晓东    审核人：景行"
    header = ("走访日期", "乡镇", "村", "走访对象", "走访人", "所在单位", "走访形式", "走访内容", "用车情况")
    first = file.heading(sheet, "结对帮村走访台账", said, header)
    file.rows(
        sheet,
        first,
        [
            [
                dt.date(2024, 3, 6),
                "桃源乡",
                "槐树村",
                "槐树村",
                "贝晓东、景行",
                POWER,
                "座谈",
                "与村两委商定三年帮扶计划",
                "公车",
            ],
            [
                dt.date(2024, 6, 18),
                "桃源乡",
                "槐树村",
                "槐树村",
                "贝晓东",
                POWER,
                "上门",
                "查看线路改造，测算路灯费用",
                "公车",
            ],
            [dt.date(2024, 10, 9), "桃源乡", "槐树村", "槐树村", "", POWER, "上门", "看望空巢老人四户", "公车"],
        ],
    )
    expect.add(name, label, "I3", "LY08")
    expect.add(name, label, f"E{first + 2}", "RQ01")  # who went?
    expect.add(name, label, f"G{first}", "NV07")
    file.close()


def _villages(inbox: Path, expect: Expectations) -> None:
    """The villages' own figures, with the farmland a head that nobody computed again."""
    name = "桃源乡/村情概况.csv"
    rows: list[list[object]] = [
        ["结对村村情概况"],
        ["填报单位：桃源乡人民政府", "", "", "填报时间：2024年11月5日", "", "填表人：雷鸣", "", "审核人：温玉"],
        [
            "乡镇", "村名", "重点村类型", "户数", "人口", "劳动力", "耕地面积（公顷）", "人均耕地（亩）", "道德评议会", "村民议事会", "红白理事会", "禁赌禁毒会",
        ],
        ["青石镇", "龙泉村", "景区周边村", 386, "1,240", 690, 150, 1.8, "有", "有", "有", "有"],
        ["桃源乡", "槐树村", "公路沿线村", 402, "1,318", 1420, 160, 2.9, "有", "无", "有", "无"],
    ]  # fmt: skip
    expect.add(name, "", "C4", "NV07")
    expect.add(name, "", "G4", "NV02")
    expect.add(name, "", "F5", "EC03")  # more workers than people
    expect.add(name, "", "H5", "VL02")  # 2400 of 1318 are 1.82
    write_csv(inbox / name, rows, "gb18030")


def _inspections(inbox: Path, expect: Expectations) -> None:
    """The assessment team's visits before the year ends."""
    name, label = "县文明办/年终考核督查.xls", "考核"
    rows: list[list[object]] = [
        ["文明单位结对帮扶年终考核督查记录"],
        [f"填报单位：{OFFICE}", "", "", "填报时间：2024-12-25", "", "填表人：祝新", "", "审核人：全胜利"],
        [
            "督查时间",
            "督查方式",
            "被督查单位",
            "村",
            "督查人员",
            "发现的问题",
            "整改期限",
            "是否整改到位",
            "整改完成时间",
        ],
        [dt.date(2024, 12, 3), "检查", WATER, "龙泉村", "祝新、全胜利", "无", "", "", ""],
        [
            dt.date(2024, 12, 4),
            "检查",
            POWER,
            "槐树村",
            "祝新、全胜利",
            "没有半年小结",
            dt.date(2024, 12, 20),
            "是",
            dt.date(2024, 12, 12),
        ],
        [
            dt.date(2024, 12, 4),
            "检查",
            TRADE,
            "槐树村",
            "祝新、全胜利",
            "全年没有活动记录",
            dt.date(2024, 12, 20),
            "否",
            "",
        ],
        [
            dt.date(2024, 12, 5),
            "暗查",
            BANK,
            "龙泉村",
            "祝新",
            "帮扶牌匾内容没有更新",
            dt.date(2024, 12, 31),
            "是",
            dt.date(2024, 12, 1),
        ],
    ]
    expect.add(name, label, "B4", "NV07")
    expect.add(name, label, "G6", "PV18")
    expect.add(name, label, "I7", "PV18d")
    write_xls(inbox / name, {label: rows})
