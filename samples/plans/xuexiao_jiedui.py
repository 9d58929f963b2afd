"""Four schools of the town help four of the country: the bureau's list of pairs, and what helpers and helped send."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from books import Expectations, XlsxFile, write_csv, write_xls

AS_OF = dt.date(2024, 6, 30)

PAIRS = (  # stage, helping school, helped school, liaison, telephone, since
    ("中学", "云岭县第一中学", "柳溪镇初级中学", "邱海燕", "13990300001", dt.date(2024, 2, 26)),
    ("中学", "云岭县第二中学", "青石镇初级中学", "程国栋", "13990300002", dt.date(2024, 2, 26)),
    ("小学", "云岭县实验小学", "柳溪镇中心小学", "夏小雨", "13990300003", dt.date(2024, 2, 27)),
    ("小学", "云岭县城关小学", "桃源乡中心小学", "蓝文静", "13990300004", dt.date(2024, 2, 27)),
    ("小学", "云岭县城关小学", "青石镇中心小学", "蓝文静", "13990300004", dt.date(2024, 2, 27)),
)

TEACHERS = (  # name, gender, subject, post, telephone, teaches at
    ("夏小雨", "女", "语文", "教导主任", "13990300003", "柳溪镇中心小学"),
    ("温志强", "男", "体育", "一级教师", "13990300011", "柳溪镇中心小学"),
    ("董雪梅", "女", "音乐", "二级教师", "13990300012", "柳溪镇中心小学"),
    ("凌波", "男", "美术", "二级教师", "13990300013", "柳溪镇中心小学"),
)


def make(folder: Path) -> None:
    """Write `inbox/` and `expected.csv` under `folder`."""
    inbox, expect = folder / "inbox", Expectations()
    _of_bureau(inbox, expect)
    _of_primary_school(inbox, expect)
    _of_middle_school(inbox, expect)
    _inspections(inbox, expect)
    _at_the_schools(inbox, expect)
    expect.add("", "", "", "AS04")  # the plan says 定期 and no number
    expect.write(folder / "expected.csv")


def _of_bureau(inbox: Path, expect: Expectations) -> None:
    """The list of pairs under a merged stage, and the helping schools."""
    name, label = "教育局/城乡学校结对名单.xlsx", "结对名单"
    file = XlsxFile(inbox, name)
    said = "填报单位：云岭县教育局    填报时间：2024年3月1日    填表人：左明    审核人：尹华"
    sheet = file.sheet(label)
    header = ("学段", "帮扶学校", "受援学校", "联络员", "联络员电话", "结对时间")
    first = file.heading(sheet, "云岭县城乡学校结对帮扶名单", said, header)
    file.rows(sheet, first, [list(pair) for pair in PAIRS])
    sheet.merge_range("A4:A5", "中学", file.text)
    sheet.merge_range("A6:A8", "小学", file.text)
    expect.add(name, label, "A3", "LY08")  # the stage is no column of ours
    expect.add(name, label, "", "LY09")  # schools, and no village
    expect.add(name, label, "B7", "PV03")  # 城关小学 has two
    file.cell(sheet, 8, 0, "说明：一所城区学校帮一所农村学校，为期三年。")

    label = "帮扶学校"
    sheet = file.sheet(label)
    header = ("序号", "学校名称", "单位性质", "隶属关系", "校长", "联系人", "电话", "详细地址")
    first = file.heading(sheet, "帮扶学校基本情况", said, header)
    schools = {pair[1]: pair for pair in PAIRS}
    heads = ("林树人", "安定国", "秦素芳", "霍启明")
    rows: list[list[object]] = [
        [n, school, "城区学校", "县直", head, pair[3], pair[4], f"云岭县建设路{n}号"]
        for n, ((school, pair), head) in enumerate(zip(schools.items(), heads, strict=True), 1)
    ]
    rows[1][6] = ""
    expect.add(name, label, f"G{first + 1}", "UN04")
    expect.add(name, label, f"C{first}", "NV07")
    expect.add(name, label, f"D{first}", "NV07")
    file.rows(sheet, first, rows)
    file.close()


def _of_primary_school(inbox: Path, expect: Expectations) -> None:
    """Teachers who go to the country, activities, courses and what was given, a sheet each."""
    name = "实验小学/实验小学结对帮扶材料.xlsx"
    file = XlsxFile(inbox, name)
    said = "填报单位：云岭县实验小学    填报时间：2024年6月26日    填表人：夏小雨    审核人：秦素芳"

    sheet = file.sheet("支教教师")
    header = (
        "序号",
        "教师姓名",
        "性别",
        "所在学校",
        "任教学科",
        "职务职称",
        "手机号",
        "支教学校",
        "选派时间",
        "离任时间",
    )
    first = file.heading(sheet, "支教教师花名册", said, header)
    rows: list[list[object]] = [
        [n, t[0], t[1], "云岭县实验小学", t[2], t[3], t[4], t[5], dt.date(2024, 2, 28), ""]
        for n, t in enumerate(TEACHERS, 1)
    ]
    rows[2][9] = dt.date(2023, 7, 1)
    expect.add(name, "支教教师", f"J{first + 2}", "HP01")  # left before she came
    file.rows(sheet, first, rows)

    sheet = file.sheet("教研和交流")
    header = ("活动日期", "活动类别", "活动主题", "组织学校", "活动地点", "负责人", "参加人数", "活动内容")
    first = file.heading(sheet, "联合教研和学生交流活动", said, header)
    file.rows(
        sheet,
        first,
        [
            [
                dt.date(2024, 3, 14),
                "教研",
                "整本书阅读同课异构",
                "云岭县实验小学",
                "柳溪镇中心小学",
                "夏小雨",
                32,
                "两校各上一节，评课两小时",
            ],
            [
                dt.date(2024, 4, 18),
                "送教",
                "体育、音乐、美术送教",
                "云岭县实验小学",
                "柳溪镇中心小学",
                "温志强、董雪梅",
                120,
                "上示范课六节",
            ],
            [
                dt.date(2024, 5, 31),
                "联欢",
                "城乡手拉手联欢",
                "云岭县实验小学",
                "云岭县实验小学",
                "凌波",
                96,
                "两校学生同台表演，参观图书馆",
            ],
        ],
    )
    expect.add(name, "教研和交流", f"B{first}", "NV07")

    sheet = file.sheet("培训")
    header = (
        "开班时间",
        "结束时间",
        "培训课程",
        "培训类型",
        "授课教师",
        "参训对象",
        "参训人数",
        "培训地点",
        "主办单位",
    )
    first = file.heading(sheet, "农村教师跟班学习和培训", said, header)
    file.rows(
        sheet,
        first,
        [
            [
                dt.date(2024, 3, 25),
                dt.date(2024, 3, 29),
                "语文跟班学习",
                "教师",
                "夏小雨",
                "柳溪镇中心小学教师",
                4,
                "本校三年级",
                "云岭县实验小学",
            ],
            [
                dt.date(2024, 5, 20),
                dt.date(2024, 5, 10),
                "班主任工作培训",
                "班主任培训",
                "秦素芳",
                "柳溪镇中心小学班主任",
                9,
                "本校会议室",
                "云岭县实验小学",
            ],
        ],
    )
    expect.add(name, "培训", f"B{first + 1}", "TR01")
    expect.add(name, "培训", f"D{first}", "NV07")
    expect.add(name, "培训", "", "LY09")  # teachers, and no village

    sheet = file.sheet("支持")
    header = ("实施日期", "受援学校", "帮扶类别", "帮扶内容", "数量", "量词", "折合金额（元）", "落实人", "进展")
    first = file.heading(sheet, "开放设施、提供资料和资金情况", said, header)
    file.rows(
        sheet,
        first,
        [
            [
                dt.date(2024, 3, 14),
                "柳溪镇中心小学",
                "教育",
                "送整套课件和同步试题",
                60,
                "套",
                1800,
                "夏小雨",
                "已完成",
            ],
            [dt.date(2024, 4, 18), "柳溪镇中心小学", "教育", "赠送电子琴和画架", 15, "", "约5000", "董雪梅", "已完成"],
            [dt.date(2024, 5, 6), "柳溪镇中心小学", "资金", "补助图书室购书", "", "", 3000, "秦素芳", "进行中"],
        ],
    )
    expect.add(name, "支持", f"F{first + 1}", "MS03")
    expect.add(name, "支持", f"G{first + 1}", "NV08")  # 约
    expect.add(name, "支持", f"C{first}", "NV07")
    expect.add(name, "支持", f"I{first + 2}", "NV07")
    file.close()


def _of_middle_school(inbox: Path, expect: Expectations) -> None:
    """Papers, and the problems that the helped school has."""
    name = "第一中学/一中帮扶方案备案和问题.xlsx"
    file = XlsxFile(inbox, name)
    said = "填报单位：云岭县第一中学    填报时间：2024年6月25日    填表人：邱海燕    审核人："
    sheet = file.sheet("方案备案")
    header = (
        "学校",
        "材料名称",
        "所属时期",
        "主要内容",
        "方法",
        "实施步骤",
        "人员分工",
        "签订日期",
        "备案时间",
        "备案机关",
        "备案情况",
    )
    first = file.heading(sheet, "结对帮扶工作方案备案表", said, header)
    file.rows(
        sheet,
        first,
        [
            ["云岭县第一中学", "工作方案", "2024年", "送教、教研、学生交流", "每月一次集体备课", "三月摸底，四月起实施", "教导处牵头，六名骨干教师", dt.date(2024, 3, 4), dt.date(2024, 3, 8), "云岭县教育局", "备案"],
            ["柳溪镇初级中学", "工作方案", "2024年", "接受送教，派教师跟班", "每周一名教师跟班", "三月至六月", "各教研组", dt.date(2024, 3, 11), dt.date(2024, 3, 6), "云岭县教育局", "备案"],
            ["云岭县第二中学", "工作方案", "2024年", "", "", "", "", "", "", "云岭县教育局", "已备案"],
        ],
    )  # fmt: skip
    expect.add(name, "方案备案", f"B{first}", "NV41")
    expect.add(name, "方案备案", f"I{first + 1}", "DC04")
    expect.add(name, "方案备案", f"K{first + 2}", "DC03")
    expect.add(name, "方案备案", f"K{first}", "NV07")

    sheet = file.sheet("问题")
    header = (
        "发现时间",
        "问题来源",
        "受援学校",
        "存在的问题",
        "问题类别",
        "责任人",
        "责任单位",
        "办结期限",
        "办理情况",
        "办结时间",
    )
    first = file.heading(sheet, "结对学校问题台账", said, header)
    file.rows(
        sheet,
        first,
        [
            [
                dt.date(2024, 3, 20),
                "走访",
                "柳溪镇初级中学",
                "缺音乐、美术教师",
                "教育",
                "邱海燕",
                "云岭县第一中学",
                dt.date(2024, 4, 30),
                "已解决",
                dt.date(2024, 4, 22),
            ],
            [
                dt.date(2024, 4, 10),
                "座谈会",
                "柳溪镇初级中学",
                "实验器材老旧",
                "教育",
                "邱海燕",
                "云岭县第一中学",
                dt.date(2024, 5, 31),
                "进行中",
                "",
            ],
            [
                dt.date(2024, 5, 15),
                "走访",
                "柳溪镇初级中学",
                "跟班教师食宿不便",
                "其他",
                "",
                "",
                dt.date(2024, 7, 15),
                "进行中",
                "",
            ],
        ],
    )
    expect.add(name, "问题", f"H{first + 1}", "PV18")
    expect.add(name, "问题", f"F{first + 2}", "PV18e")
    expect.add(name, "问题", f"B{first + 1}", "NV07")
    expect.add(name, "问题", f"E{first}", "NV07")
    expect.add(name, "问题", f"I{first}", "NV07")
    for label in ("方案备案", "问题"):
        expect.add(name, label, "", "PV28")  # nobody checked it
    file.close()


def _inspections(inbox: Path, expect: Expectations) -> None:
    """The bureau's inspections, an old workbook with two lines of header."""
    name, label = "教育局/督查整改情况.xls", "督查"
    rows: list[list[object]] = [
        ["城乡学校结对帮扶督查整改情况"],
        ["督查时间", "督查方式", "被督查学校", "督查人员", "发现的问题", "整改期限", "是否整改", "整改时间"],
        [dt.date(2024, 4, 24), "实地督查", "云岭县实验小学", "左明、尹华", "支教教师考勤不全", dt.date(2024, 5, 10), "是", dt.date(2024, 5, 8)],
        [dt.date(2024, 4, 25), "实地督查", "云岭县城关小学", "左明、尹华", "只去过一次，没有方案", dt.date(2024, 5, 31), "否", ""],
        [dt.date(2024, 5, 22), "随机抽查", "云岭县第二中学", "左明", "没有发现问题", "", "", ""],
        [dt.date(2024, 5, 23), "随机抽查", "云岭县第一中学", "左明", "跟班记录只有签名没有内容", "", "否", ""],
    ]  # fmt: skip
    expect.add(name, label, "F4", "PV18")
    expect.add(name, label, "F6", "PV18b")
    expect.add(name, label, "B3", "NV07")
    expect.add(name, label, "", "PV28")
    write_xls(inbox / name, {label: rows})


def _at_the_schools(inbox: Path, expect: Expectations) -> None:
    """Who went to which school, from a telephone."""
    name = "第一中学/到校登记.csv"
    rows: list[list[object]] = [
        ["日期", "走访对象", "帮扶单位", "走访人", "走访方式", "走访内容"],
        ["2024.3.20", "柳溪镇初级中学", "云岭县第一中学", "林树人、邱海燕", "上门", "听课三节，商定每月一次集体备课"],
        ["2024.4.17", "柳溪镇初级中学", "云岭县第一中学", "邱海燕", "上门", "上示范课，查看实验室"],
        ["2024.5.15", "柳溪镇初级中学", "云岭县第一中学", "邱海燕", "上门", "检查跟班学习，与跟班教师座谈"],
        ["2024.7.15", "柳溪镇初级中学", "云岭县第一中学", "林树人", "上门", "商量下学期计划"],
    ]
    expect.add(name, "", "", "LY09")
    expect.add(name, "", "A2", "NV03")
    expect.add(name, "", "E2", "NV07")
    expect.add(name, "", "A5", "PV09")  # in July
    write_csv(inbox / name, rows, "gb18030")
