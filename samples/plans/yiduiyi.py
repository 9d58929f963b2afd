"""Party members of a school, each for one pupil: the branch's rosters, class lists, visits, difficulties, and what the families think."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from books import Expectations, XlsxFile, write_csv, write_xls
from people import citizen

AS_OF = dt.date(2024, 6, 30)

SCHOOL = "云岭县民族中学"
BRANCH = "云岭县民族中学党支部"

MEMBERS = (  # name, gender, politics, post, telephone, kind
    ("龚正", "男", "中共党员", "校长", "13990700001", "党员"),
    ("施雅文", "女", "中共党员", "副校长", "13990700002", "党员"),
    ("康立本", "男", "中共党员", "年级主任", "13990700003", "党员"),
    ("田小荷", "女", "预备党员", "教师", "13990700004", "党员"),
    ("尤志刚", "男", "中共党员", "后勤主任", "13990700005", "党员"),
    ("倪秋水", "女", "中共党员", "教师", "13990700006", "党员"),
    ("华山", "男", "群众", "教师", "13990700007", "教师"),
    ("柯敏", "女", "共青团员", "辅导员", "13990700008", "教师"),
)

PUPILS = (  # name, gender, birth, sequence, class, village, category, parent, parent's telephone, work place, helper
    (
        "隆小军",
        "男",
        "20090412",
        501,
        "初二（3）班",
        "白岩村",
        "留守学生",
        "隆志强",
        "13890700001",
        "广东省东莞市",
        "龚正",
    ),
    ("隆小凤", "女", "20090821", 502, "初二（3）班", "白岩村", "特困生", "隆明富", "13890700002", "", "施雅文"),
    ("班文斌", "男", "20091130", 503, "初二（3）班", "石坎村", "学困生", "班永康", "13890700003", "", "康立本"),
    (
        "闭海棠",
        "女",
        "20100217",
        504,
        "初一（1）班",
        "石坎村",
        "留守儿童",
        "闭中华",
        "13890700004",
        "浙江省宁波市",
        "田小荷",
    ),
    ("潘进", "男", "20100609", 505, "初一（1）班", "青杠村", "后进生", "潘家贵", "13890700005", "", "华山"),
)


def make(folder: Path) -> None:
    """Write `inbox/` and `expected.csv` under `folder`."""
    inbox, expect = folder / "inbox", Expectations()
    _of_branch(inbox, expect)
    _classes(inbox, expect)
    _visits(inbox, expect)
    _difficulties(inbox, expect)
    _opinions(inbox, expect)
    expect.add("", "", "", "AS03")  # when the activity ends, and the summary is due, is not announced
    expect.write(folder / "expected.csv")


def _of_branch(inbox: Path, expect: Expectations) -> None:
    """All members, the matching form, leave, gatherings and the summary, a sheet each."""
    name = "党支部/党员与学生一对一.xlsx"
    file = XlsxFile(inbox, name)
    said = f"填报单位：{SCHOOL}    填报时间：2024年6月25日    填表人：倪秋水    审核人：龚正"

    label = "党员名册"
    sheet = file.sheet(label)
    header = ("序号", "姓名", "性别", "政治面貌", "职务", "所在单位", "人员类别", "手机号码")
    first = file.heading(sheet, "党员教师名册", said, header)
    rows: list[list[object]] = [[n, m[0], m[1], m[2], m[3], SCHOOL, m[5], m[4]] for n, m in enumerate(MEMBERS, 1)]
    expect.add(name, label, f"D{first + 3}", "NV07")  # 预备党员
    expect.add(name, label, f"B{first + 5}", "PV02")  # 倪秋水 has nobody; 尤志刚 is excused
    file.rows(sheet, first, rows)

    label = "对接表"
    sheet = file.sheet(label)
    header = (
        "序号", "党员干部", "所在单位", "职务", "人员类别", "联系方式", "帮扶对象姓名", "就读学校", "班级", "帮扶对象联系方式", "结对时间", "备案时间",
    )  # fmt: skip
    first = file.heading(sheet, "党员干部与帮扶对象对接表", said, header)
    of = {m[0]: m for m in MEMBERS}
    rows = [
        [
            n,
            p[10],
            SCHOOL,
            of[p[10]][3],
            of[p[10]][5],
            of[p[10]][4],
            p[0],
            SCHOOL,
            p[4],
            p[8],
            dt.date(2024, 3, 8),
            dt.date(2024, 3, 12),
        ]
        for n, p in enumerate(PUPILS, 1)
    ]
    rows[1][9] = ""
    expect.add(name, label, f"J{first + 1}", "PV06")
    rows[4][4] = "党员"
    expect.add(name, label, f"B{first + 4}", "PV34")  # 华山 is no member
    rows.append(
        [
            6,
            "龚正",
            SCHOOL,
            "校长",
            "党员",
            "13990700001",
            "闭海棠",
            SCHOOL,
            "初一（1）班",
            "13890700004",
            dt.date(2024, 3, 8),
            "",
        ]
    )
    expect.add(name, label, f"B{first}", "PV03")  # 龚正 has two
    expect.add(name, label, f"G{first + 3}", "PV03")  # 闭海棠 has two
    file.rows(sheet, first, rows)

    label = "请假"
    sheet = file.sheet(label)
    header = ("序号", "帮扶责任人", "所在单位", "请假类型", "开始时间", "结束时间", "事由", "批准人", "批准时间")
    first = file.heading(sheet, "请假、免考核登记", said, header)
    file.rows(
        sheet,
        first,
        [
            [
                1,
                "尤志刚",
                SCHOOL,
                "借调",
                dt.date(2024, 3, 1),
                dt.date(2024, 12, 31),
                "借调到县教育局",
                "龚正",
                dt.date(2024, 2, 28),
            ],
            [2, "田小荷", SCHOOL, "病假", dt.date(2024, 5, 6), dt.date(2024, 5, 20), "住院", "", ""],
            [
                3,
                "康立本",
                SCHOOL,
                "事假",
                dt.date(2024, 4, 20),
                dt.date(2024, 4, 10),
                "外出",
                "龚正",
                dt.date(2024, 4, 9),
            ],
        ],
    )
    expect.add(name, label, f"D{first}", "NV07")
    expect.add(name, label, f"H{first + 1}", "LV02")
    expect.add(name, label, f"F{first + 2}", "LV01")

    label = "集体活动"
    sheet = file.sheet(label)
    header = ("活动时间", "活动形式", "活动主题", "地点", "组织单位", "参加人员", "参加人数", "活动内容")
    first = file.heading(sheet, "支部集体活动记载", said, header)
    file.rows(
        sheet,
        first,
        [
            [
                dt.date(2024, 3, 8),
                "见面会",
                "党员与学生见面",
                "校会议室",
                BRANCH,
                "党员、学生",
                14,
                "双方见面，填对接表",
            ],
            [
                dt.date(2024, 5, 31),
                "座谈会",
                "六一座谈",
                "阶梯教室",
                BRANCH,
                "党员、学生、家长",
                20,
                "学生谈变化，家长提建议",
            ],
        ],
    )
    expect.add(name, label, f"B{first}", "NV07")

    label = "材料"
    sheet = file.sheet(label)
    header = ("单位", "材料名称", "标题", "所属时期", "负责人", "报送期限", "报送时间", "报送情况")
    first = file.heading(sheet, "活动材料目录", said, header)
    file.rows(
        sheet,
        first,
        [
            [
                SCHOOL,
                "活动方案",
                "党员与学生一对一帮扶活动方案",
                "2024年",
                "施雅文",
                dt.date(2024, 3, 10),
                dt.date(2024, 3, 6),
                "已报",
            ],
            [SCHOOL, "总结", "帮扶活动总结和长效机制", "2024年", "施雅文", dt.date(2024, 6, 25), "", "未报"],
        ],
    )
    expect.add(name, label, f"B{first}", "NV07")
    expect.add(name, label, f"F{first + 1}", "DC01")
    file.close()


def _classes(inbox: Path, expect: Expectations) -> None:
    """The class teachers' lists: an old workbook, a sheet a class, dates with full stops."""
    name = "班主任/帮扶学生花名册.xls"
    sheets: dict[str, list[list[object]]] = {}
    for label in ("初二（3）班", "初一（1）班"):
        rows: list[list[object]] = [
            [f"{SCHOOL}{label}帮扶学生花名册"],
            [f"填报学校：{SCHOOL}", "", "", "填报时间：2024.3.5", "", "填表人：班主任", "", "审核人：施雅文"],
            [
                "序号",
                "学生姓名",
                "性别",
                "出生年月日",
                "身份证号",
                "学校",
                "村",
                "家庭住址",
                "学生类别",
                "家长姓名",
                "家长电话",
                "务工地点",
                "监护人",
                "备注",
            ],
        ]
        for n, p in enumerate((p for p in PUPILS if p[4] == label), 1):
            born = f"{p[2][:4]}.{int(p[2][4:6])}.{int(p[2][6:])}"
            rows.append(
                [
                    n,
                    p[0],
                    p[1],
                    born,
                    citizen(p[2], p[3]),
                    SCHOOL,
                    p[5],
                    f"{p[5]}{n}组",
                    p[6],
                    p[7],
                    p[8],
                    p[9],
                    p[7],
                    "",
                ]
            )
        sheets[label] = rows
        expect.add(name, label, "D4", "NV03")
        expect.add(name, label, "", "LY10")  # the class is the sheet's name
    sheets["初二（3）班"][3][11] = ""
    expect.add(name, "初二（3）班", "L4", "PC13")
    expect.add(name, "初二（3）班", "I4", "NV07")  # 留守学生, 特困生
    expect.add(name, "初一（1）班", "I5", "NV07")  # 后进生
    sheets["初一（1）班"][4][3] = "2010.6.19"
    expect.add(name, "初一（1）班", "D5", "ID12")
    write_xls(inbox / name, sheets)


def _visits(inbox: Path, expect: Expectations) -> None:
    """Talks and calls, exported from a telephone."""
    name = "党支部/谈心谈话记录导出.csv"
    rows: list[list[object]] = [
        ["谈话时间", "学生姓名", "谈话人", "谈话方式", "谈话内容"],
        ["2024-03-15 16:20", "隆小军", "龚正", "谈心", "了解父母在外务工情况，约好每周通一次电话"],
        ["2024-03-18 12:30", "隆小凤", "施雅文", "面谈", "了解家里困难，帮助申请助学金"],
        ["2024-04-12 17:00", "班文斌", "康立本", "谈话", "一起订数学补习计划"],
        ["2024-04-19 12:40", "闭海棠", "田小荷", "热线", "接听热线，疏导想家的情绪"],
        ["2024-02-28 12:40", "闭海棠", "田小荷", "谈心", "第一次谈心，问学习和住校情况"],
        ["2024-05-24 16:30", "班文斌", "倪秋水", "谈心", "讲月考试卷，鼓励报名运动会"],
        ["2024-05-31 15:00", "隆小凤", "施雅文", "谈心", "正常"],
    ]
    expect.add(name, "", "", "LY09")
    expect.add(name, "", "", "LY10")  # what sort of visits these are stands in the file's name
    expect.add(name, "", "A2", "NV03")  # with the hour
    expect.add(name, "", "D2", "NV07")
    expect.add(name, "", "A6", "PV09b")  # before they were paired
    expect.add(name, "", "C7", "PV10")
    expect.add(name, "", "E8", "PV13")
    write_csv(inbox / name, rows, "utf-8-sig")


def _difficulties(inbox: Path, expect: Expectations) -> None:
    """One or two difficulties a pair are solved personally, the rest goes to the branch."""
    name, label = "党支部/实际困难台账.xlsx", "困难"
    file = XlsxFile(inbox, name)
    sheet = file.sheet(label)
    said = f"填报单位：{SCHOOL}    填报时间：2024年6月25日    填表人：倪秋水    审核人：龚正"
    header = (
        "序号", "发现时间", "来源", "学生姓名", "就读学校", "班级", "实际困难", "困难类型", "责任人", "由谁解决", "解决期限", "办理情况", "办结时间",
        "上报支部", "上报时间",
    )  # fmt: skip
    first = file.heading(sheet, "帮扶学生实际困难台账", said, header)
    day = dt.date
    second, other = "初二（3）班", "初一（1）班"
    file.rows(
        sheet,
        first,
        [
            [1, day(2024, 3, 15), "走访", "隆小军", SCHOOL, second, "没有书桌", "学习", "龚正", "个人", day(2024, 4, 15), "已解决", day(2024, 4, 2), "", ""],
            [2, day(2024, 3, 15), "走访", "隆小军", SCHOOL, second, "想给父母打电话", "心理", "龚正", "本人", day(2024, 4, 15), "已解决", day(2024, 3, 22), "", ""],
            [3, day(2024, 4, 1), "走访", "隆小军", SCHOOL, second, "眼镜坏了", "生活", "龚正", "个人", day(2024, 5, 1), "已解决", day(2024, 4, 20), "", ""],
            [4, day(2024, 3, 18), "走访", "隆小凤", SCHOOL, second, "生活费没有着落", "生活", "施雅文", "个人", day(2024, 4, 30), "解决不了", "", "", ""],
            [5, day(2024, 4, 12), "座谈", "班文斌", SCHOOL, second, "家里没人辅导", "学习", "康立本", "个人", day(2024, 7, 31), "进行中", "", "", ""],
            [6, day(2024, 4, 12), "座谈", "班文斌", SCHOOL, second, "父亲住院要用钱", "看病", "康立本", "支部", day(2024, 7, 31), "已上报", "", "", ""],
            [7, day(2024, 4, 19), "电话", "闭海棠", SCHOOL, other, "想转到住校", "学习", "田小荷", "个人", day(2024, 5, 20), "已解决", day(2024, 4, 10), "", ""],
        ],
    )  # fmt: skip
    expect.add(name, label, f"J{first}", "PV19")  # three of his are personal
    expect.add(name, label, f"N{first + 3}", "PV19")  # beyond one person, and nobody was told
    expect.add(name, label, f"K{first + 3}", "PV18")
    expect.add(name, label, f"L{first + 5}", "PV19b")  # handed on, to nobody
    expect.add(name, label, f"M{first + 6}", "PV18d")
    expect.add(name, label, f"H{first}", "NV07")
    expect.add(name, label, f"J{first + 1}", "NV07")  # 本人
    expect.add(name, label, f"L{first}", "NV07")
    file.close()


def _opinions(inbox: Path, expect: Expectations) -> None:
    """What families think at the end, typed by the class teachers from paper."""
    name = "班主任/征求意见汇总.csv"
    rows: list[list[object]] = [
        ["党员帮扶征求意见表汇总"],
        ["征求意见时间", "学生姓名", "受访人", "与帮扶对象关系", "党员干部", "满意程度", "对帮扶人的意见", "建议"],
        ["2024年6月18日", "隆小军", "隆志强", "父亲", "龚正", "非常满意", "孩子爱说话了", "多打电话"],
        ["2024年6月18日", "隆小凤", "隆明富", "父亲", "施雅文", "满意", "来得勤", ""],
        ["2024年6月19日", "班文斌", "班永康", "父亲", "康立本", "不满意", "", ""],
        ["2024年6月19日", "闭海棠", "闭海棠", "本人", "田小荷", "还可以", "", "希望多讲题"],
    ]
    expect.add(name, "", "", "PV28")
    expect.add(name, "", "A3", "NV03")
    expect.add(name, "", "F3", "NV07")
    expect.add(name, "", "G5", "FB01")
    expect.add(name, "", "F6", "HH06")
    write_csv(inbox / name, rows, "gb18030")
