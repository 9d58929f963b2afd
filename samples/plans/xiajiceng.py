"""县林业局 and 平安村 in 2013: a village form with units beside its figures, four groups of two households, visits, problems, works."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from books import Expectations, XlsxFile, cell, write_csv, write_xls
from people import citizen

AS_OF = dt.date(2013, 6, 30)

_UNIT = "县林业局"
_METADATA = f"填报单位：{_UNIT}    填报时间：2013年6月27日    填表人：屈干事    审核人：滕局长"
STAFF = (  # name, gender, politics, post, phone, group
    ("滕局长", "男", "中共党员", "局长", "13920010001", "第一帮扶小组"),
    ("屈干事", "女", "中共党员", "科员", "13920010002", "第二帮扶小组"),
    ("解工", "男", "群众", "工程师", "13920010003", "第三帮扶小组"),
    ("厉会计", "女", "群众", "会计", "13920010004", "第四帮扶小组"),
)
HOMES = (  # id, group, name, birth, sequence, category, capacity, phone, cause, source, housing, demand
    ("PA01", "一组", "岑阿根", "19650301", 901, "特困户", "有劳动能力", "13820010001", "缺技术", "种植", "安全住房", "想学养羊"),
    ("PA02", "一组", "卓老四", "19400402", 903, "五保户", "无劳动能力", "13820010002", "因老", "五保金", "租房或借住", "冬天取暖"),
    ("PA03", "二组", "梅春生", "19700503", 905, "低保户", "无劳动能力", "13820010003", "因残", "低保金", "C级危房", "修房"),
    ("PA04", "二组", "喻长顺", "19680604", 907, "特困户", "有劳动能力", "13820010004", "缺资金", "务工", "安全住房", "贷款"),
    ("PA05", "三组", "鲍喜来", "19720705", 909, "双低家庭", "有劳动能力", "13820010005", "因学", "务工", "安全住房", "助学"),
)  # fmt: skip


def make(folder: Path) -> None:
    """Write `inbox/` and `expected.csv` under `folder`."""
    inbox, expect = folder / "inbox", Expectations()
    _village(inbox, expect)
    _homes(inbox, expect)
    _unit_book(inbox, expect)
    _ledgers(inbox, expect)
    _phone(inbox, expect)
    expect.write(folder / "expected.csv")


def _village(inbox: Path, expect: Expectations) -> None:
    """A form: label, figure, label, figure; some figures carry their unit, some labels do."""
    name, label = "平安村/村情概况表.xlsx", "村情"
    expect.add(name, label, "B12", "NV02")  # 万元
    expect.add(name, label, "B4", "NV02")  # 万元
    expect.add(name, label, "B6", "NV02")  # 万元
    expect.add(name, label, "B9", "NV02")  # 万元
    expect.add(name, label, "D11", "NV02")  # 万元
    expect.add(name, label, "D12", "NV02")  # 万元
    file = XlsxFile(inbox, name)
    sheet = file.sheet(label)
    sheet.set_column(0, 3, 26)
    sheet.merge_range("A1:D1", "平安村村情概况表", file.title)
    pairs = (
        ("乡镇", "平川镇", "行政村", "平安村"),
        ("距乡镇政府距离（公里）", 12, "总面积（平方公里）", 21.5),
        ("耕地面积（亩）", "3,200亩", "人均耕地（亩）", 2.5),
        ("村民小组（个）", 6, "总户数（户）", 410),
        ("总人口（人）", "1280人", "村两委成员（人）", 5),
        ("党员（人）", 36, "入党积极分子（人）", 4),
        ("贫困户（户）", 28, "贫困人口（人）", 83),
        ("贫困人口比例", "8.5%", "低保户（户）", 19),
        ("五保人数（人）", 6, "三无人员（人）", 1),
        ("人均纯收入（元）", 5700, "收入年份", "2012年"),
        ("新型合作医疗参合率", "95%", "养老保险参保率", "80%"),
        ("享受养老金人数（人）", 127, "养老金每月标准（元）", 55),
    )
    for row, pair in enumerate(pairs, start=1):
        for column, value in enumerate(pair):
            file.cell(sheet, row, column, value)
    expect.add(name, label, "B9", "VL01")  # 83 of 1,280 are 6.5 %
    file.close()


def _homes(inbox: Path, expect: Expectations) -> None:
    name = "平安村/贫困户和成员.xls"
    expect.add(name, "成员", "", "LY10")  # the place stands above the table only
    expect.add(name, "成员", "F5", "NV07")  # words of their own
    expect.add(name, "成员", "K4", "NV07")  # words of their own
    expect.add(name, "户", "", "LY10")  # the place stands above the table only
    expect.add(name, "户", "M8", "NV02")  # 万元
    metadata = "填报单位：平川镇平安村    填报时间：2013.6.20    填表人：俞文书"
    homes = [
        "户编号", "村", "组", "户主姓名", "身份证号码", "对象类别", "劳动能力", "联系电话", "致贫原因", "主要收入来源", "住房情况", "愿望", "承包地（亩）", "家庭人口数",
    ]  # fmt: skip
    rows: list[list[object]] = [
        [id, "平安村", group, head, citizen(birth, sequence), *rest, 4.5, 1 if head == "卓老四" else 2]
        for id, group, head, birth, sequence, *rest in HOMES
    ]
    rows[4][12] = "六亩"
    members = [
        "户编号",
        "户主姓名",
        "姓名",
        "身份证号码",
        "性别",
        "与户主关系",
        "劳动力状况",
        "是否低保",
        "低保类别",
        "落户时间",
        "户口性质",
        "残疾证号",
    ]
    people: list[list[object]] = [
        ["PA01", "岑阿根", "岑阿根", citizen("19650301", 901), "男", "户主", "普通劳动力", "否", "", "1965-03-01", "农业", ""],
        ["PA01", "岑阿根", "岑小娥", citizen("19990810", 912), "女", "女儿", "无劳动力", "否", "", "1999-08-10", "农业", ""],
        ["PA02", "卓老四", "卓老四", citizen("19400402", 903), "男", "户主", "丧失劳动力", "否", "", "1940-04-02", "农业", ""],
        ["PA03", "梅春生", "梅春生", citizen("19700503", 905), "男", "户主", "无劳动力", "是", "农村低保", "1970-05-03", "农业", f"{citizen('19700503', 905)}42"],
        ["PA03", "梅春生", "汪秀枝", citizen("19730606", 914), "女", "妻", "普通劳动力", "是", "农村低保", "2011-09-01", "农业", ""],
        ["PA04", "喻长顺", "喻长顺", citizen("19680604", 907), "男", "户主", "普通劳动力", "否", "", "1968-06-04", "农业", ""],
        ["PA04", "喻长顺", "喻小宝", citizen("20010909", 917), "男", "儿子", "无劳动力", "否", "", "2001-09-09", "农业", ""],
        ["PA05", "鲍喜来", "鲍喜来", citizen("19720705", 909), "男", "户主", "技能劳动力", "否", "", "1972-07-05", "农业", ""],
        ["PA05", "鲍喜来", "鲍金枝", citizen("19950101", 916), "女", "女儿", "普通劳动力", "否", "", "1995-01-01", "农业", ""],
    ]  # fmt: skip
    write_xls(inbox / name, {
        "户": [["平安村贫困户情况"], [metadata], list(homes), *rows],
        "成员": [["平安村贫困户家庭成员"], [metadata], list(members), *people],
    })  # fmt: skip
    expect.add(name, "户", cell(homes, "劳动能力", 6), "HH16")  # 汪秀枝 can work
    expect.add(name, "成员", cell(members, "落户时间", 8), "PC09")  # settled for two years only


def _unit_book(inbox: Path, expect: Expectations) -> None:
    """One workbook of the unit: itself, its staff, the groups' households, visits, problems, diaries."""
    name = "县林业局/结对共建.xlsx"
    expect.add(name, "单位", "B4", "NV07")  # words of their own
    expect.add(name, "民情日记", "B4", "NV07")  # words of their own
    file = XlsxFile(inbox, name)
    unit = (
        "单位名称",
        "单位类型",
        "隶属关系",
        "单位负责人",
        "联络员",
        "联络员电话",
        "帮扶村所在乡镇",
        "帮扶村",
        "帮扶目标",
    )
    file.table("单位", "下基层结对共建单位", _METADATA, unit, [
        [_UNIT, "机关", "县", "滕局长", "屈干事", "13920010002", "平川镇", "平安村", "建成县级文明村"],
    ])  # fmt: skip
    staff = ("姓名", "性别", "政治面貌", "职务", "手机", "帮扶小组", "所在单位", "人员类别")
    file.table("职工", f"{_UNIT}下基层职工花名册", _METADATA, staff, [[*person, _UNIT, "机关干部"] for person in STAFF])
    pairs = (
        "序号",
        "帮扶小组",
        "是否牵头",
        "帮扶干部",
        "帮扶单位",
        "职务",
        "干部电话",
        "村",
        "户编号",
        "户主姓名",
        "户主电话",
        "联络员",
        "联络员电话",
        "结对时间",
    )
    which = ((0, 0), (0, 1), (0, 2), (1, 3), (1, 4))
    rows: list[list[object]] = [
        [n, STAFF[s][5], "是", STAFF[s][0], _UNIT, STAFF[s][3], STAFF[s][4], "平安村", HOMES[h][0], HOMES[h][2], HOMES[h][7], "屈干事", "13920010002", dt.date(2012, 4, 10)]
        for n, (s, h) in enumerate(which, 1)
    ]  # fmt: skip
    rows[4][13] = dt.date(2012, 3, 10)
    file.table("结对", f"{_UNIT}帮扶小组结对户名单", _METADATA, pairs, rows)
    expect.add(name, "结对", cell(pairs, "帮扶小组", 4), "PV04")  # three households, not two
    expect.add(name, "结对", cell(pairs, "结对时间", 8), "PV07d")
    visits = (
        "走访日期",
        "村",
        "户编号",
        "户主姓名",
        "走访人员",
        "帮扶小组",
        "走访方式",
        "走访内容",
        "反映的问题",
        "意见建议",
        "是否交伙食费",
    )
    file.table("走访", f"{_UNIT}走访记录表", _METADATA, visits, [
        [dt.date(2013, 6, 4), "平安村", "PA01", "岑阿根", "滕局长", "第一帮扶小组", "入户", "看羊舍，商定请畜牧站来讲防疫", "缺草料", "早点讲课", "是"],
        [dt.date(2013, 6, 11), "平安村", "PA04", "喻长顺", "屈干事", "第二帮扶小组", "入户", "陪同去信用社问小额贷款的手续", "无", "无", "否"],
        [dt.date(2013, 6, 18), "平安村", "PA03", "梅春生", "解工", "第三帮扶小组", "入户", "测量危房，估算修房用料", "漏雨", "雨季前修好", "是"],
        [dt.date(2012, 3, 20), "平安村", "PA02", "卓老四", "滕局长", "第一帮扶小组", "入户", "送棉被一床，问吃药情况", "无", "无", ""],
    ])  # fmt: skip
    expect.add(name, "走访", cell(visits, "走访人员", 6), "PV10")
    expect.add(name, "走访", cell(visits, "走访日期", 7), "PV07d", "PV09b")
    problems = (
        "收集日期",
        "村",
        "户编号",
        "反映人",
        "民情内容",
        "问题类别",
        "收集人",
        "责任人",
        "办结期限",
        "办理情况",
        "办结日期",
        "上报单位",
    )
    file.table("民情台账", f"{_UNIT}民情台账", _METADATA, problems, [
        [dt.date(2013, 6, 4), "平安村", "PA01", "岑阿根", "缺草料", "生产发展", "滕局长", "解工", dt.date(2013, 6, 20), "已办结", dt.date(2013, 6, 18), ""],
        [dt.date(2013, 5, 18), "平安村", "PA03", "梅春生", "房子漏雨", "住房", "解工", "解工", dt.date(2013, 6, 10), "办理中", "", ""],
        [dt.date(2013, 6, 11), "平安村", "PA04", "喻长顺", "贷款要担保", "生产发展", "屈干事", "屈干事", dt.date(2013, 7, 31), "无法解决", "", ""],
        [dt.date(2013, 6, 12), "平安村", "PA05", "鲍喜来", "大学学费不够", "上学", "屈干事", "屈干事", dt.date(2013, 8, 20), "已上报", "", ""],
    ])  # fmt: skip
    expect.add(name, "民情台账", cell(problems, "办结期限", 5), "PV18")
    expect.add(name, "民情台账", cell(problems, "上报单位", 6), "PV19")
    expect.add(name, "民情台账", cell(problems, "办理情况", 7), "PV19b")
    diary = ("日记日期", "日记类型", "记录人", "所在单位", "户主姓名", "日记内容", "下一步打算")
    file.table("民情日记", f"{_UNIT}民情日记", _METADATA, diary, [
        [dt.date(2013, 6, 4), "日记", "滕局长", _UNIT, "岑阿根", "老岑说羊价好，怕瘟病", "请畜牧站"],
        [dt.date(2013, 6, 28), "工作登记", "屈干事", _UNIT, "", "整理六月走访记录", ""],
    ])  # fmt: skip
    file.close()


def _ledgers(inbox: Path, expect: Expectations) -> None:
    name = "县林业局/措施资金项目.xlsx"
    expect.add(name, "培训", "C4", "NV07")  # words of their own
    expect.add(name, "材料", "C5", "NV07")  # words of their own
    expect.add(name, "活动", "B5", "NV07")  # words of their own
    file = XlsxFile(inbox, name)
    measures = (
        "实施时间",
        "户编号",
        "户主姓名",
        "措施类别",
        "帮扶方式",
        "七带",
        "帮扶资源",
        "四出",
        "帮扶措施",
        "折合金额（元）",
        "帮扶干部",
    )
    file.table("措施", f"{_UNIT}帮扶措施台账", _METADATA, measures, [
        [dt.date(2013, 4, 8), "PA01", "岑阿根", "技术培训", "架桥帮扶", "带技术、兴产业", "技术", "出点子", "联系畜牧站教养羊", 0, "滕局长"],
        [dt.date(2013, 1, 20), "PA02", "卓老四", "生活救助", "架桥帮扶", "", "资金", "出物", "送煤一吨、棉被一床", 900, "滕局长"],
        [dt.date(2013, 5, 9), "PA05", "鲍喜来", "教育帮扶", "架桥帮扶", "", "资金、政策", "出钱", "帮助申请助学贷款", 2000, "屈干事"],
    ])  # fmt: skip
    expect.add(name, "措施", cell(measures, "帮扶方式", 5), "MS05")  # nobody there can work
    fund = (
        "日期",
        "收支",
        "项目或物品",
        "资金来源",
        "捐赠单位",
        "户编号",
        "户主姓名",
        "金额（元）",
        "领取人签字",
        "资金用途",
    )
    file.table("资金", f"{_UNIT}帮扶基金收支", _METADATA, fund, [
        [dt.date(2013, 1, 10), "收入", "帮扶基金", "帮扶基金", "县林业局职工", "", "", 5000, "", ""],
        [dt.date(2013, 1, 20), "支出", "帮扶基金", "帮扶基金", "", "PA02", "卓老四", 900, "卓老四", "取暖"],
        [dt.date(2013, 5, 9), "支出", "帮扶基金", "帮扶基金", "", "PA05", "鲍喜来", 2000, "", "助学"],
        [dt.date(2013, 6, 2), "支出", "帮扶基金", "帮扶基金", "", "", "", 320, "", "下村租车费"],
    ])  # fmt: skip
    expect.add(name, "资金", cell(fund, "领取人签字", 6), "PV20d")
    expect.add(name, "资金", cell(fund, "资金用途", 7), "FD03")
    project = ("村", "项目名称", "项目种类", "计划竣工时间", "实际竣工时间", "总投资（元）", "验收情况", "合作单位")
    file.table("项目", "平安村一事一议项目", _METADATA, project, [
        ["平安村", "二组便桥", "一事一议", dt.date(2013, 4, 30), "", 48000, "在建", "村党支部、二组村民"],
        ["平安村", "活动室修缮", "公共服务", dt.date(2013, 5, 31), dt.date(2013, 5, 20), 12000, "已验收", ""],
    ])  # fmt: skip
    expect.add(name, "项目", cell(project, "计划竣工时间", 4), "PV25")
    training = ("培训日期", "培训主题", "培训类型", "期数", "村", "主办单位", "授课教师", "参加人数", "培训内容")
    file.table("培训", "平安村实用技术培训", _METADATA, training, [
        [dt.date(2012, 10, 16), "肉羊养殖", "养殖", "第一期", "平安村", _UNIT, "畜牧站甘技术员", 31, "圈舍和配种"],
        [dt.date(2013, 3, 12), "果树嫁接", "种植", "第二期", "平安村", _UNIT, "解工", 28, "嫁接和修剪"],
        [dt.date(2013, 6, 6), "肉羊防疫", "养殖", "第三期", "平安村", _UNIT, "畜牧站甘技术员", 25, "春季防疫"],
    ])  # fmt: skip
    expect.add(name, "培训", cell(training, "培训主题", 4), "PV25")  # one or two courses, says the plan
    papers = ("单位名称", "村", "材料名称", "标题", "报送日期", "报送情况", "负责人")
    file.table("材料", f"{_UNIT}材料清单", _METADATA, papers, [
        [_UNIT, "平安村", "调研报告", "平安村贫困状况调研", dt.date(2012, 6, 20), "已报", "滕局长"],
        [_UNIT, "平安村", "方案", "平安村共建帮扶方案", "", "已报", "屈干事"],
    ])  # fmt: skip
    expect.add(name, "材料", cell(papers, "报送情况", 5), "DC03")
    expect.add(name, "活动", "B4", "HH06")  # 党日活动 is none of the kinds
    events = ("开展时间", "活动类别", "活动名称", "村", "主办单位", "参与人数", "活动内容")
    file.table("活动", "平安村共建活动", _METADATA, events, [
        [dt.date(2013, 6, 28), "党日活动", "七一走访老党员", "平安村", _UNIT, 12, "看望老党员，打扫院落"],
        [dt.date(2013, 4, 20), "清洁行动", "清洁家园", "平安村", _UNIT, 40, "清运垃圾三车"],
    ])  # fmt: skip
    file.close()


def _phone(inbox: Path, expect: Expectations) -> None:
    """A liaison's phone: approximate dates, groups by number, several households on a line."""
    name = "县林业局/屈干事手机记录.csv"
    expect.add(name, "", "A4", "NV05")  # no year
    expect.add(name, "", "F4", "NV07")  # words of their own
    header = ("时间", "村", "户主", "走访人", "帮扶组", "方式", "内容")
    rows: list[list[object]] = [
        ["县林业局第二小组6月进村记录"],
        ["填报单位：县林业局  填报时间：2013年6月29日"],
        list(header),
    ]
    rows += [
        ["6月25日", "平安村", "喻长顺、鲍喜来", "屈干事", "第二帮扶小组", "上门", "一起看果园，商量请解工来讲修剪"],
        ["6月中旬", "平安村", "鲍喜来", "屈干事", "第二帮扶小组", "微信", "发去助学贷款表格，说明怎么填"],
        ["6月26日", "平安村", "平老七", "屈干事", "第二帮扶小组", "上门", "路过平老七家，问了秧苗长势"],
    ]
    write_csv(inbox / name, rows, "utf-8-sig")
    expect.add(name, "", cell(header, "户主", 6), "HH14")
    expect.add(name, "", cell(header, "时间", 5), "NV26")  # the middle ten days of a month are no date
