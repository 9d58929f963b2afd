"""工作组 of 前进村 in 2016: hard-up households and Party members, help by cause, festival visits, money by source, schooling."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from books import Expectations, XlsxFile, cell, write_csv, write_xls
from people import citizen

AS_OF = dt.date(2016, 12, 31)

_METADATA = "填报单位：青林镇前进村工作组    填报时间：2016年12月28日    填表人：柳叶青"
_HOME = (
    "序号", "村", "组", "户编号", "户主姓名", "身份证号码", "对象类别", "家庭人口数", "劳动力人数", "致贫原因", "家庭纯收入（元）",
    "人均纯收入（元）", "联系电话", "村委会意见",
)  # fmt: skip
_MEMBER = ("户编号", "户主姓名", "姓名", "身份证号码", "性别", "与户主关系", "文化程度", "政治面貌")
HOMES = (  # group, id, category, labour, cause, income, phone, members (name, birth, sequence, relation)
    ("1组", "QJ001", "困难户", 2, "因病", 18000, "13850010001", (("葛长庚", "19620310", 601, "户主"), ("茅翠芬", "19640512", 602, "配偶"), ("葛小军", "19980101", 603, "之子"))),
    ("1组", "QJ002", "困难党员", 0, "因老", 7200, "13850010002", (("洪老党", "19400701", 605, "户主"), ("康桂香", "19420918", 606, "配偶"))),
    ("2组", "QJ003", "困难户", 1, "缺技术", 15000, "13850010003", (("牛得草", "19700820", 607, "户主"), ("牛小蕊", "20030915", 608, "之女"))),
    ("2组", "QJ004", "困难户", 2, "缺资金", 21000, "13850010004", (("岳建设", "19750606", 609, "户主"), ("倪素贞", "19770707", 610, "配偶"), ("岳朗朗", "20050404", 611, "之子"))),
    ("3组", "QJ005", "困难户", 1, "自身发展动力不足", 9000, "13850010005", (("庞二虎", "19680115", 613, "户主"),)),
)  # fmt: skip
TEAM = (  # name, unit, kind, post, phone, households
    ("柳叶青", "县烟草专卖局", "驻村工作队员", "科员", "13950010001", (0, 1)),
    ("邢国梁", "县烟草专卖局", "驻村工作队员", "副科长", "13950010002", (3,)),
    ("符大海", "前进村", "种养大户", "养殖场主", "13950010003", (2,)),
)  # fmt: skip


def make(folder: Path) -> None:
    """Write `inbox/` and `expected.csv` under `folder`."""
    inbox, expect = folder / "inbox", Expectations()
    _homes(inbox, expect)
    _team(inbox, expect)
    _measures(inbox, expect)
    _money(inbox, expect)
    _pupils(inbox, expect)
    expect.add("", "", "", "AS04")  # 定期, without a number
    expect.write(folder / "expected.csv")


def _homes(inbox: Path, expect: Expectations) -> None:
    name = "前进村/困难户和困难党员花名册.xlsx"
    expect.add(name, "家庭成员", "", "LY10")  # the place stands above the table only
    expect.add(name, "家庭成员", "H7", "NV07")  # words of their own
    expect.add(name, "花名册", "", "LY10")  # the place stands above the table only
    file = XlsxFile(inbox, name)
    rows: list[list[object]] = []
    members: list[list[object]] = []
    for number, (group, id, category, labour, cause, income, phone, people) in enumerate(HOMES, 1):
        head, birth, sequence, _ = people[0]
        rows.append(
            [number, "前进村", group, id, head, citizen(birth, sequence), category, len(people), labour, cause, income,
             round(income / len(people), 2), phone, "同意"]
        )  # fmt: skip
        members += [
            [id, head, person, citizen(day, number_of), "男" if number_of % 2 else "女", relation, "初中", "群众"]
            for person, day, number_of, relation in people
        ]
    rows[3][8] = 4
    expect.add(name, "花名册", cell(_HOME, "劳动力人数", 7), "HH08")
    rows[4][9] = "懒"
    expect.add(name, "花名册", cell(_HOME, "致贫原因", 8), "HH06")
    total = ["合计", "", "", "", "", "", "", 10, 8, "", 70200, "", "", ""]
    expect.add(name, "花名册", cell(_HOME, "家庭人口数", 9), "PV29")  # eleven
    file.table("花名册", "前进村困难户、困难党员花名册", _METADATA, _HOME, [*rows, total])
    members[3][7] = "党员"
    members[5][4] = "女"
    expect.add(name, "家庭成员", cell(_MEMBER, "性别", 9), "ID11")
    file.table("家庭成员", "前进村困难户家庭成员登记表", _METADATA, _MEMBER, members)
    file.close()


def _team(inbox: Path, expect: Expectations) -> None:
    name = "工作组/结对和走访.xlsx"
    expect.add(name, "结对", "", "LY10")  # the place stands above the table only
    expect.add(name, "走访", "", "LY10")  # the place stands above the table only
    file = XlsxFile(inbox, name)
    helpers = ("姓名", "帮扶单位", "人员类别", "职务", "联系电话")
    file.table("工作组成员", "前进村工作组和大户花名册", _METADATA, helpers, [list(person[:5]) for person in TEAM])
    pairs = (
        "序号",
        "村",
        "户编号",
        "户主姓名",
        "帮扶责任人",
        "帮扶单位",
        "职务",
        "帮扶人电话",
        "对象联系电话",
        "结对方式",
        "结对时间",
    )
    rows: list[list[object]] = []
    for helper, unit, kind, post, phone, which in TEAM:
        for number in which:
            home = HOMES[number]
            pattern = "大户带户" if kind == "种养大户" else "一对一"
            rows.append(
                [
                    len(rows) + 1,
                    "前进村",
                    home[1],
                    home[7][0][0],
                    helper,
                    unit,
                    post,
                    phone,
                    home[6],
                    pattern,
                    dt.date(2016, 1, 15),
                ]
            )
    rows[1][8] = TEAM[0][4]
    expect.add(name, "结对", cell(pairs, "帮扶人电话", 5), "ID20")
    rows[2][10] = ""
    expect.add(name, "结对", cell(pairs, "结对时间", 6), "PV07")
    file.table("结对", "前进村结对帮扶名单", _METADATA, pairs, rows)
    visits = ("走访时间", "村", "户编号", "户主姓名", "走访人", "走访类别", "走访方式", "以何名义", "走访内容")
    file.table("走访", "前进村走访慰问记录", _METADATA, visits, [
        [dt.date(2016, 2, 4), "前进村", "QJ001", "葛长庚", "柳叶青", "节日慰问", "入户", "工作组名义", "春节前送去米面油，问了复查的时间"],
        [dt.date(2016, 2, 4), "前进村", "QJ002", "洪老党", "柳叶青", "节日慰问", "入户", "工作组名义", "春节前看望老党员，送去慰问金三百元"],
        [dt.date(2016, 9, 14), "前进村", "QJ003", "牛得草", "符大海", "节日慰问", "入户", "个人名义", "中秋节送月饼，商量明年合养蛋鸡"],
        [dt.date(2016, 11, 3), "前进村", "QJ004", "岳建设", "邢国梁", "节日慰问", "入户", "工作组名义", "中秋节慰问，了解果园收成和贷款"],
        [dt.date(2016, 7, 22), "前进村", "QJ005", "庞二虎", "邢国梁", "突发慰问", "入户", "工作组名义", "房顶漏雨，当天送去油毡并找人修好"],
        [dt.date(2016, 8, 16), "前进村", "QJ001", "葛长庚", "符大海", "日常走访", "入户", "个人名义", "问能不能一起养蛋鸡，说好先来场里看"],
        [dt.date(2016, 7, 22), "前进村", "QJ009", "于得水", "邢国梁", "日常走访", "入户", "工作组名义", "看望于得水老人，了解用药情况"],
    ])  # fmt: skip
    expect.add(name, "走访", cell(visits, "走访时间", 7), "PV16")  # seven weeks after 中秋
    expect.add(name, "走访", cell(visits, "走访人", 9), "PV10")  # 葛长庚 is 柳叶青's
    expect.add(name, "走访", cell(visits, "户编号", 10), "LK01")
    file.close()


def _measures(inbox: Path, expect: Expectations) -> None:
    """An old workbook: the causes differ, and so do the families of help; schooling needs 定人, 定责, 定标准."""
    name, label = "工作组/帮扶措施台账.xls", "措施"
    expect.add(name, label, "", "LY10")  # the place stands above the table only
    header = (
        "序号", "实施时间", "户编号", "户主姓名", "措施类别", "具体措施", "投入金额（元）", "完成时间", "帮扶干部", "定人", "定责", "定标准", "目标类别",
    )  # fmt: skip
    rows: list[list[object]] = [["前进村帮扶措施台账"], [_METADATA], list(header)]
    rows += [
        [1, dt.date(2016, 3, 15), "QJ001", "葛长庚", "生活救助", "申请大病救助", 2000, dt.date(2016, 5, 10), "柳叶青", "", "", "", "安居"],
        [2, dt.date(2016, 4, 2), "QJ003", "牛得草", "技术培训", "联系农技站学蛋鸡养殖", 0, dt.date(2016, 3, 20), "符大海", "", "", "", "创业"],
        [3, dt.date(2016, 5, 6), "QJ004", "岳建设", "资金扶持", "小额贴息贷款种果树", 1.5, "", "邢国梁", "", "", "", "创业"],
        [4, dt.date(2016, 9, 1), "QJ003", "牛得草", "教育帮扶", "资助牛小蕊上初中", 800, "", "符大海", "符大海", "", "每学期八百元", "完成学业"],
        [5, dt.date(2016, 9, 1), "QJ004", "岳建设", "教育帮扶", "资助岳朗朗上小学", 500, "", "邢国梁", "邢国梁", "按期送到学校", "每学期五百元", "完成学业"],
    ]  # fmt: skip
    write_xls(inbox / name, {label: rows})
    expect.add(name, label, cell(header, "完成时间", 5), "MS01")
    expect.add(name, label, cell(header, "投入金额（元）", 6), "EC14")
    expect.add(name, label, cell(header, "定责", 7), "MS02")


def _money(inbox: Path, expect: Expectations) -> None:
    name = "工作组/资金培训项目.xlsx"
    expect.add(name, "培训", "", "LY10")  # the place stands above the table only
    expect.add(name, "培训", "C4", "NV07")  # words of their own
    expect.add(name, "培训", "D4", "NV07")  # words of their own
    expect.add(name, "资金台账", "", "LY10")  # the place stands above the table only
    expect.add(name, "资金台账", "F7", "NV08")  # 约
    expect.add(name, "项目", "", "LY10")  # the place stands above the table only
    expect.add(name, "典型做法", "", "LY10")  # the township stands above the table only
    expect.add(name, "项目", "F4", "NV02")  # 万元
    expect.add(name, "项目", "G4", "NV02")  # 万元
    file = XlsxFile(inbox, name)
    fund = (
        "日期",
        "收支",
        "资金名称",
        "户编号",
        "户主姓名",
        "金额（元）",
        "扶贫资金",
        "干部捐助",
        "社会募集",
        "领取人签字",
        "用途",
    )
    file.table("资金台账", "困难户帮扶资金台账", _METADATA, fund, [
        [dt.date(2016, 4, 10), "支出", "帮扶资金", "QJ001", "葛长庚", 2000, 1500, 500, 0, "葛长庚", "看病"],
        [dt.date(2016, 5, 10), "支出", "帮扶资金", "QJ004", "岳建设", 3000, 2000, 500, 300, "岳建设", "买果苗"],
        [dt.date(2016, 9, 1), "支出", "助学金", "QJ003", "牛得草", 800, 0, 0, 800, "未签", "上学"],
        [dt.date(2016, 10, 9), "支出", "慰问金", "QJ002", "洪老党", "约300", "", 300, "", "洪老党", "慰问"],
    ])  # fmt: skip
    expect.add(name, "资金台账", cell(fund, "金额（元）", 5), "PV21")  # 2,800 by source
    expect.add(name, "资金台账", cell(fund, "领取人签字", 6), "PV20d")
    training = ("培训时间", "培训名称", "培训类别", "培训形式", "村", "举办单位", "授课人", "培训人数", "培训内容")
    file.table("培训", "前进村技术培训记录", _METADATA, training, [
        [dt.date(2016, 4, 16), "蛋鸡养殖技术", "养殖技术", "集中", "前进村", "县烟草专卖局", "县畜牧站裴技术员", 26, "讲雏鸡保温和防疫"],
        [dt.date(2016, 6, 20), "果树夏剪", "种植技术", "现场", "前进村", "县烟草专卖局", "县林业站水技术员", 18, "在果园里示范夏季修剪"],
        [dt.date(2017, 2, 20), "果树春剪", "种植技术", "现场", "前进村", "县烟草专卖局", "县林业站水技术员", 20, "计划中的春季修剪"],
    ])  # fmt: skip
    expect.add(name, "培训", cell(training, "培训时间", 6), "PV09")
    project = (
        "村",
        "项目名称",
        "项目类型",
        "计划完工时间",
        "实际完工时间",
        "总投资（万元）",
        "已支付（万元）",
        "项目负责人",
    )
    file.table("项目", "前进村小项目", _METADATA, project, [
        ["前进村", "蛋鸡棚", "产业", dt.date(2016, 9, 30), dt.date(2016, 10, 8), 6.5, 6.5, "符大海"],
        ["前进村", "果园滴灌", "水利", dt.date(2016, 11, 30), "", 3.2, 4, "邢国梁"],
    ])  # fmt: skip
    expect.add(name, "项目", cell(project, "计划完工时间", 5), "PV25")
    expect.add(name, "项目", cell(project, "已支付（万元）", 5), "PJ01")
    paper = ("报送单位", "村", "材料种类", "标题", "应报时间", "报送时间", "主要内容", "责任人")
    file.table("典型做法", "结对帮扶典型做法", _METADATA, paper, [
        ["县烟草专卖局", "前进村", "典型材料", "大户带三户，蛋鸡进农家", dt.date(2016, 11, 30), dt.date(2016, 11, 24), "养殖场主教技术、赊鸡苗、包销路", "符大海"],
        ["县烟草专卖局", "前进村", "典型材料", "逢节上门，急事当天到", dt.date(2016, 11, 30), dt.date(2016, 12, 5), "逢年过节慰问，房顶漏雨当天送油毡", "柳叶青"],
    ])  # fmt: skip
    file.close()


def _pupils(inbox: Path, expect: Expectations) -> None:
    name = "工作组/教育救助学生.csv"
    expect.add(
        name, "", "", "LY09", "LY10", "PV28"
    )  # columns that one would expect; the place stands above the table only; nobody says who sends it, and when
    expect.add(name, "", "D3", "NV03")  # dates as they are said
    header = (
        "村",
        "学生姓名",
        "性别",
        "出生年月",
        "身份证号码",
        "就读学校",
        "就学情况",
        "家长",
        "家长电话",
        "学生类别",
    )
    rows: list[list[object]] = [["青林镇前进村教育救助学生名单"], list(header)]
    rows += [
        ["前进村", "牛小蕊", "女", "2003年9月", citizen("20030915", 608), "青林镇中学", "初中", "牛得草", "13850010003", "贫困学生"],
        ["前进村", "岳朗朗", "男", "2005年4月", citizen("20050404", 611), "青林镇小学", "小学", "岳建设", "1385001000", "贫困学生"],
    ]  # fmt: skip
    write_csv(inbox / name, rows, "utf-8-sig")
    expect.add(name, "", cell(header, "家长电话", 4), "ID16")
