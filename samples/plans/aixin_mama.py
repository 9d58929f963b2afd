"""女干部 of 柏树镇 and its orphans in 2014: a roster with living parents, a man among the mothers, one mother with two children."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from books import Expectations, XlsxFile, cell, write_csv, write_xls
from people import citizen

AS_OF = dt.date(2014, 6, 30)

_TOWN = "柏树镇"
_METADATA = f"填报单位：{_TOWN}妇联    填报时间：2014年6月26日    填表人：谭巧云    审核人：冉红"
_ORPHAN = (
    "序号", "村", "组", "姓名", "性别", "出生日期", "身份证号", "儿童类别", "父亲是否健在", "母亲是否健在", "就读学校", "就学情况",
    "监护人姓名", "与儿童关系", "监护人联系电话", "养育状况", "家庭情况", "思想状况", "学习成绩", "日常表现", "备注",
)  # fmt: skip
_MOTHER = ["序号", "姓名", "性别", "工作单位", "职务", "联系电话", "人员类别", "取消资格时间"]
_PAIR = ("爱心妈妈", "爱心妈妈单位", "爱心妈妈电话", "孤儿姓名", "村", "结对时间", "结对方式")

ORPHANS = (  # village, group, name, gender, birth, sequence, guardian, relation, phone
    ("柏树村", "一组", "江小鱼", "女", "20030601", 502, "江大爷", "爷爷", "13860010001"),
    ("柏树村", "三组", "韦一鸣", "男", "20050918", 503, "韦奶奶", "奶奶", "13860010002"),
    ("双河村", "一组", "祝青青", "女", "20020210", 504, "祝大伯", "伯父", "13860010003"),
    ("双河村", "二组", "阮小松", "男", "20011105", 505, "阮大姑", "姑姑", "13860010004"),
    ("云顶村", "二组", "童欣怡", "女", "20060707", 506, "童外公", "外公", "13860010005"),
    ("云顶村", "四组", "詹立群", "男", "19951230", 507, "詹二叔", "叔叔", "13860010006"),
)  # fmt: skip
MOTHERS = (  # name, gender, unit, post, phone
    ("谭巧云", "女", "柏树镇妇联", "主席", "13960010001"),
    ("冉红", "女", "柏树镇人民政府", "副镇长", "13960010002"),
    ("汤丽娟", "女", "柏树镇卫生院", "护士长", "13960010003"),
    ("米文秀", "女", "柏树镇中心小学", "教师", ""),
    ("戚爱民", "男", "柏树镇财政所", "会计", "13960010005"),
    ("樊淑英", "女", "柏树镇计生办", "干事", "13960010006"),
)  # fmt: skip


def make(folder: Path) -> None:
    """Write `inbox/` and `expected.csv` under `folder`."""
    inbox, expect = folder / "inbox", Expectations()
    _orphans(inbox, expect)
    _mothers(inbox, expect)
    _pairings(inbox, expect)
    _contacts(inbox, expect)
    _fund(inbox, expect)
    expect.add("", "", "", "AS03", "AS04")  # the vacations are the county's to set; 访班主任, without a number
    expect.write(folder / "expected.csv")


def _orphans(inbox: Path, expect: Expectations) -> None:
    name, label = "柏树镇民政办/孤儿花名册.xlsx", "孤儿"
    expect.add(name, label, "", "LY10")  # the place stands above the table only
    expect.add(name, label, "N4", "NV07")  # words of their own
    expect.add(name, label, "P4", "NV07")  # words of their own
    expect.add(name, "监护人家庭", "", "LY10")  # the place stands above the table only
    expect.add(name, "监护人家庭", "H5", "NV07")  # words of their own
    file = XlsxFile(inbox, name)
    rows: list[list[object]] = []
    for number, (village, group, child, gender, birth, sequence, guardian, relation, phone) in enumerate(ORPHANS, 1):
        day = dt.date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
        rows.append(
            [number, village, group, child, gender, day, citizen(birth, sequence), "孤儿", "否", "否", "柏树镇中心小学", "小学",
             guardian, relation, phone, "亲属", "随亲属生活", "性格内向", "中等", "守纪律", ""]
        )  # fmt: skip
    rows[1][7] = "孤儿、留守儿童"
    expect.add(name, label, cell(_ORPHAN, "儿童类别", 5), "PC12c")
    rows[2][9] = "是"
    expect.add(name, label, cell(_ORPHAN, "母亲是否健在", 6), "PC12d")
    rows[3][5], rows[3][6], rows[3][20] = "", "", "户口正在补办"
    expect.add(name, label, cell(_ORPHAN, "出生日期", 7), "PV17")  # nobody knows when to visit on the birthday
    expect.add(name, label, cell(_ORPHAN, "身份证号", 7), "ID01b")
    expect.add(name, label, cell(_ORPHAN, "儿童类别", 9), "PC12b")  # eighteen since 30 December 2013
    file.table(
        label, f"{_TOWN}孤儿花名册", f"填报单位：{_TOWN}民政办    填报时间：2014.6.20    填表人：段小琴", _ORPHAN, rows
    )
    _guardians(file, name, expect)
    file.close()


def _guardians(file: XlsxFile, name: str, expect: Expectations) -> None:
    """The households in which two of the children live: one merged block a household."""
    label = "监护人家庭"
    header = ("户编号", "村", "组", "户主姓名", "家庭人口数", "家庭成员姓名", "成员身份证号", "与户主关系")
    sheet = file.sheet(label)
    file.heading(
        sheet, f"{_TOWN}孤儿监护人家庭情况", f"填报单位：{_TOWN}民政办    填报时间：2014.6.20    填表人：段小琴", header
    )
    homes = (
        ("BS001", "柏树村", "一组", "江大爷", (("江大爷", "19480315", 511, "户主"), ("江小鱼", "20030601", 502, "孙女"))),
        ("BS002", "双河村", "一组", "祝大伯", (("祝大伯", "19650421", 513, "户主"), ("祝大娘", "19670802", 514, "妻子"), ("祝青青", "20020210", 504, "侄女"))),
    )  # fmt: skip
    row = 4
    for id, village, group, head, people in homes:
        for column, value in enumerate((id, village, group, head)):
            sheet.merge_range(row - 1, column, row + len(people) - 2, column, value, file.text)
        sheet.merge_range(row - 1, 4, row + len(people) - 2, 4, len(people) + (id == "BS001"), file.number)
        for offset, (person, birth, sequence, relation) in enumerate(people):
            for column, value in enumerate((person, citizen(birth, sequence), relation), start=5):
                file.cell(sheet, row - 1 + offset, column, value)
        row += len(people)
    expect.add(name, label, "E4", "HH07")  # three are counted, two are listed


def _mothers(inbox: Path, expect: Expectations) -> None:
    name, label = "柏树镇妇联/爱心妈妈花名册.xls", "花名册"
    rows: list[list[object]] = [[f"{_TOWN}爱心妈妈花名册"], [_METADATA], _MOTHER]
    rows += [[number, *mother, "爱心妈妈", ""] for number, mother in enumerate(MOTHERS, 1)]
    rows[-1][-1] = dt.date(2014, 5, 10)  # 樊淑英 is no love mother any more
    write_xls(inbox / name, {label: rows})
    expect.add(name, label, cell(_MOTHER, "联系电话", 7), "PV06")
    expect.add(name, label, cell(_MOTHER, "性别", 8), "HP02")


def _pairings(inbox: Path, expect: Expectations) -> None:
    name = "柏树镇妇联/结对名单.csv"
    expect.add(name, "", "", "LY10")  # the place stands above the table only
    expect.add(name, "", "C7", "PV06")  # 米文秀, as in the roster
    expect.add(name, "", "F4", "NV03")  # dates as they are said
    pairs = [(MOTHERS[0], 0), (MOTHERS[1], 1), (MOTHERS[1], 2), (MOTHERS[3], 3), (MOTHERS[4], 4), (MOTHERS[5], 5)]
    rows: list[list[object]] = [[f"{_TOWN}爱心妈妈与孤儿结对名单"], [_METADATA], list(_PAIR)]
    for mother, number in pairs:
        village, _, child, *_ = ORPHANS[number]
        rows.append([mother[0], mother[2], mother[4], child, village, "2014年1月6日", "一对一"])
    write_csv(inbox / name, rows, "gb18030")
    expect.add(name, "", cell(_PAIR, "爱心妈妈", 5), "PV03")  # 冉红 has two children
    expect.add(name, "", cell(_PAIR, "爱心妈妈", 8), "PV34")  # 戚爱民 is a man


def _contacts(inbox: Path, expect: Expectations) -> None:
    name = "柏树镇妇联/爱心妈妈活动日志.xlsx"
    expect.add(name, "活动日志", "", "LY10")  # the place stands above the table only
    expect.add(name, "活动日志", "A6", "NV03")  # dates as they are said
    expect.add(name, "活动日志", "B4", "NV07")  # words of their own
    expect.add(name, "联系记录", "", "LY10")  # the place stands above the table only
    expect.add(name, "联系记录", "F5", "NV07")  # words of their own
    file = XlsxFile(inbox, name)
    visits = ("联系时间", "村", "孤儿姓名", "爱心妈妈", "走访类别", "联系方式(方法)", "谈话对象", "联系内容")
    file.table("联系记录", f"{_TOWN}爱心妈妈联系记录", _METADATA, visits, [
        [dt.date(2014, 6, 1), "柏树村", "江小鱼", "谭巧云", "节日慰问", "入户", "孩子", "六一节送去书包和裙子，一起包饺子"],
        [dt.date(2014, 6, 12), "柏树村", "江小鱼", "谭巧云", "日常走访", "打电话", "监护人", "问爷爷的风湿，约好周末陪去卫生院"],
        [dt.date(2014, 4, 20), "双河村", "祝青青", "冉红", "节日慰问", "入户", "孩子", "六一节提前看望，送去一套文具"],
        [dt.date(2014, 6, 3), "柏树村", "韦一鸣", "冉红", "日常走访", "视频", "孩子", "在视频里听孩子背课文，讲作息时间"],
        [dt.date(2014, 6, 15), "云顶村", "童欣怡", "戚爱民", "日常走访", "入户", "外公", "看望"],
        [dt.date(2014, 6, 18), "双河村", "阮小松", "汤丽娟", "日常走访", "见面", "孩子", "到学校见孩子，量身高体重，查视力"],
    ])  # fmt: skip
    expect.add(name, "联系记录", cell(visits, "联系时间", 6), "PV16")  # six weeks before the day
    expect.add(name, "联系记录", cell(visits, "联系内容", 8), "PV13")
    expect.add(name, "联系记录", cell(visits, "爱心妈妈", 9), "PV10")  # 阮小松 is paired with another
    diary = ("记录日期", "记录种类", "爱心妈妈", "孤儿姓名", "学习", "生活", "心理", "下一步打算")
    file.table("活动日志", f"{_TOWN}爱心妈妈活动日志", _METADATA, diary, [
        [dt.date(2014, 6, 1), "爱心妈妈日志", "谭巧云", "江小鱼", "语文进步", "吃住安稳", "开朗", "暑假接来小住"],
        [dt.date(2014, 6, 3), "爱心妈妈日志", "冉红", "韦一鸣", "数学吃力", "早睡早起", "平稳", "请老师补课"],
        ["2014年", "爱心妈妈日志", "冉红", "祝青青", "成绩好", "帮伯母做饭", "懂事", ""],
    ])  # fmt: skip
    expect.add(name, "活动日志", cell(diary, "记录日期", 6), "PV09d")
    file.close()


def _fund(inbox: Path, expect: Expectations) -> None:
    name, label = "柏树镇妇联/爱心妈妈基金收支.xlsx", "基金"
    expect.add(name, label, "", "LY10")  # the place stands above the table only
    expect.add(name, label, "H8", "PV20")  # less than nothing is left
    file = XlsxFile(inbox, name)
    header = (
        "日期",
        "收支",
        "款物名称",
        "资金来源",
        "捐赠人",
        "受赠人",
        "金额（元）",
        "余额",
        "领取人签字",
        "用途",
        "经办人",
    )
    file.table(label, f"{_TOWN}爱心妈妈基金收支明细", _METADATA, header, [
        [dt.date(2014, 3, 8), "收入", "爱心款", "爱心妈妈基金", "谭巧云", "", 600, 600, "", "", "段小琴"],
        [dt.date(2014, 3, 10), "收入", "爱心款", "", "", "", 400, 1000, "", "", "段小琴"],
        [dt.date(2014, 6, 1), "支出", "爱心款", "爱心妈妈基金", "", "江小鱼", 500, 500, "江小鱼", "六一慰问", "段小琴"],
        [dt.date(2014, 6, 2), "支出", "爱心款", "爱心妈妈基金", "", "韦一鸣", 300, 300, "", "六一慰问", "段小琴"],
        [dt.date(2014, 6, 9), "支出", "爱心款", "爱心妈妈基金", "", "童欣怡", 400, 0, "童外公", "学习用品", "段小琴"],
        ["合计", "", "", "", "", "", 2200, "", "", "", ""],
    ])  # fmt: skip
    expect.add(name, label, cell(header, "捐赠人", 5), "PV20c")
    expect.add(name, label, cell(header, "余额", 7), "PV20")
    expect.add(name, label, cell(header, "领取人签字", 7), "PV20d")
    expect.add(name, label, cell(header, "日期", 8), "PV20b")  # 1,200 of 1,000
    file.close()
