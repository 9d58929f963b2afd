"""Left-behind children of 清溪学校 in 2013: a roster with the guardian's card, a contact card, talks, gifts, and key children."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from books import Expectations, XlsxFile, cell, write_csv, write_xls
from people import citizen

AS_OF = dt.date(2013, 6, 30)

_SCHOOL = "清溪学校"
_METADATA = f"填报单位：清溪镇{_SCHOOL}    填报时间：2013年6月24日    填表人：蒲老师"
_GROUPED = (  # heading over its columns; "" stands alone
    ("", ("序号", "学生姓名", "性别", "身份证号", "家庭住址", "儿童类别", "就学情况")),
    ("父亲", ("姓名", "联系电话", "务工地点")),
    ("母亲", ("姓名", "联系电话", "务工地点")),
    ("监护人", ("姓名", "与儿童关系", "职业", "住址", "联系电话", "身体状况", "年龄")),
    ("", ("学习帮手", "班主任", "档案管理人", "是否建档", "是否有联系卡", "更新时间")),
)  # fmt: skip
_LABELS = tuple(label for _, labels in _GROUPED for label in labels)
CHILDREN = (  # name, birth, sequence, home, category, stage, father, phone, where, mother, phone, where, guardian, relation, phone, age, study helper
    ("田野", "20020318", 703, "清溪村一组", "双留儿童", "小学", "田广生", "13840010001", "广东省佛山市", "麦小花", "13840010002", "广东省佛山市", "田老伯", "爷爷", "13840010003", 66, "牧晓阳"),
    ("麻雪莲", "20021109", 704, "清溪村二组", "留守儿童", "小学", "麻进财", "13840010004", "浙江省温州市", "单玉兰", "13840010005", "本地", "单玉兰", "母亲", "13840010005", 38, "牧晓阳"),
    ("苗壮", "20011225", 705, "荷塘村一组", "双留儿童", "小学", "苗得雨", "13840010006", "上海市", "左红英", "13840010007", "上海市", "苗太公", "祖父", "13840010008", 81, "桑小丽"),
    ("花小朵", "20020820", 706, "荷塘村三组", "留守儿童", "小学", "花开明", "13840010009", "北京市", "", "", "", "花大姑", "姑姑", "", 45, "桑小丽"),
    ("路远", "20010505", 707, "荷塘村三组", "双留儿童、贫困学生", "小学", "路长征", "13840010010", "新疆", "井秀珍", "13840010011", "新疆", "路阿婆", "奶奶", "13840010012", 70, ""),
)  # fmt: skip


def make(folder: Path) -> None:
    """Write `inbox/` and `expected.csv` under `folder`."""
    inbox, expect = folder / "inbox", Expectations()
    _roster(inbox, expect)
    _card(inbox, expect)
    _school_book(inbox, expect)
    _gifts(inbox, expect)
    _families(inbox, expect)
    expect.add("", "", "", "AS04")  # 定期, without a number
    expect.write(folder / "expected.csv")


def _child_row(number: int, child: Sequence[object]) -> list[object]:
    name, birth, sequence, home, category, stage, *parents, guardian, relation, phone, years, study = child
    gender = "男" if int(str(sequence)) % 2 else "女"
    return [
        number, name, gender, citizen(str(birth), int(str(sequence))), home, category, stage, *parents, guardian, relation, "务农", home, phone,
        "健康", years, study, "蒲老师", "党校长", "是", "是", dt.date(2013, 3, 1),
    ]  # fmt: skip


def _roster(inbox: Path, expect: Expectations) -> None:
    """Two rows of header with merged groups; the class stands in the title."""
    name, label = "清溪学校/五年级（1）班留守儿童档案.xlsx", "Sheet1"
    expect.add(name, label, "", "LY10")  # the place stands above the table only
    expect.add(name, label, "O5", "NV07")  # words of their own
    file = XlsxFile(inbox, name)
    sheet = file.sheet(label)
    sheet.merge_range(0, 0, 0, len(_LABELS) - 1, f"{_SCHOOL}五年级（1）班留守儿童花名册", file.title)
    sheet.merge_range(1, 0, 1, len(_LABELS) - 1, _METADATA)
    column = 0
    for group, labels in _GROUPED:
        if group:
            sheet.merge_range(2, column, 2, column + len(labels) - 1, group, file.header)
        for text in labels:
            if group:
                sheet.write_string(3, column, text, file.header)
            else:
                sheet.merge_range(2, column, 3, column, text, file.header)
            column += 1
    rows = [_child_row(number, child) for number, child in enumerate(CHILDREN, 1)]
    file.rows(sheet, 5, rows)
    expect.add(name, label, "T7", "PC13b")  # a guardian of eighty-one
    expect.add(name, label, "R8", "PV22")  # the card has no telephone of the guardian
    file.close()


def _card(inbox: Path, expect: Expectations) -> None:
    """One child on a form card: labels beside the cells, a class that is written otherwise than in the roster."""
    name, label = "清溪学校/联系卡（郎小满）.xlsx", "联系卡"
    expect.add(name, label, "D3", "NV03")  # dates as they are said
    file = XlsxFile(inbox, name)
    sheet = file.sheet(label)
    sheet.set_column(0, 3, 22)
    sheet.merge_range("A1:D1", "留守儿童联系卡", file.title)
    pairs = (
        ("学生姓名", "郎小满", "性别", "女"),
        ("身份证号", citizen("20040521", 708), "出生日期", "2004年5月21日"),
        ("就读学校", _SCHOOL, "班级", "三年级（2）班"),
        ("家庭住址", "清溪村四组", "儿童类别", "留守儿童"),
        ("父亲姓名", "郎海", "父亲电话", "13840010013"),
        ("父亲务工地点", "福建省厦门市", "母亲姓名", "舒云"),
        ("监护人姓名", "郎奶奶", "监护人电话", "13840010014"),
        ("监护人职业", "务农", "监护人住址", "清溪村四组"),
        ("监护人身体状况", "健康", "监护人年龄", 64),
    )
    for row, pair in enumerate(pairs, start=1):
        for column, value in enumerate(pair):
            file.cell(sheet, row, column, value)
    file.close()


def _school_book(inbox: Path, expect: Expectations) -> None:
    """An old workbook with a sheet for everything that the school keeps."""
    name = "清溪学校/留守儿童关爱工作.xls"
    expect.add(name, "帮扶措施", "", "LY10")  # the place stands above the table only
    expect.add(name, "帮扶措施", "A3", "NV03")  # dates as they are said
    expect.add(name, "帮扶措施", "F3", "NV07")  # words of their own
    expect.add(name, "材料", "", "LY10")  # the place stands above the table only
    expect.add(name, "材料", "E3", "NV03")  # dates as they are said
    expect.add(name, "材料", "F3", "NV03")  # dates as they are said
    expect.add(name, "活动", "", "LY10")  # the place stands above the table only
    expect.add(name, "活动", "A3", "NV03")  # dates as they are said
    expect.add(name, "活动", "B3", "NV07")  # words of their own
    expect.add(name, "结对", "", "LY09", "LY10")  # columns that one would expect; the place stands above the table only
    expect.add(name, "结对", "F6", "NV07")  # words of their own
    expect.add(name, "结对", "H3", "NV03")  # dates as they are said
    expect.add(name, "记录卡", "", "LY10")  # the place stands above the table only
    expect.add(name, "记录卡", "A3", "NV03")  # dates as they are said
    expect.add(name, "记录卡", "B3", "NV07")  # words of their own
    expect.add(name, "谈心", "", "LY09", "LY10")  # columns that one would expect; the place stands above the table only
    expect.add(name, "谈心", "A3", "NV03")  # dates as they are said
    expect.add(name, "谈心", "D3", "NV07")  # words of their own
    expect.add(name, "谈心", "E3", "NV07")  # words of their own
    heading = [_METADATA]
    teachers = ["姓名", "性别", "人员类别", "所在学校", "职务", "联系电话"]
    pairs = ["序号", "班级", "儿童姓名", "身份证号", "帮扶教师", "人员类别", "结对方式", "结对时间", "帮扶人电话"]
    pair_rows: list[list[object]] = [
        [1, "五年级（1）班", "田野", citizen("20020318", 703), "蒲老师", "教师", "师生结对", "2013.3.1", "13940010001"],
        [
            2,
            "五年级（1）班",
            "麻雪莲",
            citizen("20021109", 704),
            "党校长",
            "教师",
            "师生结对",
            "2013.3.1",
            "13940010002",
        ],
        [3, "五年级（1）班", "苗壮", citizen("20011225", 705), "蒲老师", "教师", "多对一", "2013.3.1", "13940010001"],
        [
            4,
            "五年级（1）班",
            "苗壮",
            citizen("20011225", 705),
            "牧大姐",
            "爱心人士",
            "多对一",
            "2013.3.1",
            "13940010003",
        ],
        [5, "五年级（1）班", "路远", citizen("20010505", 707), "党校长", "教师", "多对一", "2013.3.1", "13940010002"],
    ]
    expect.add(name, "结对", "C7", "PV04")  # several are to help 路远, and one does
    talks = ["谈心时间", "学生姓名", "谈话人", "走访类别", "谈话方式", "谈心内容"]
    talk_rows: list[list[object]] = [
        ["2013.6.5", "田野", "蒲老师", "谈心", "谈话", "说到爸爸暑假回家，约好一起写一封信"],
        ["2013.6.6", "麻雪莲", "党校长", "谈心", "谈话", "数学测验进步，鼓励继续帮同桌"],
        ["2013.6.7", "苗壮", "党校长", "谈心", "谈话", "问最近为什么不爱说话，想念父母"],
        ["2013.6.8", "路远", "党校长", "谈心", "谈话", "谈话"],
    ]
    expect.add(name, "谈心", "C5", "PV10")  # 党校长 is not paired with 苗壮
    expect.add(name, "谈心", "F6", "PV13")
    cards = ["记录时间", "记录种类", "记录人", "学生姓名", "班级", "内容", "阶段性效果", "检查结果"]
    card_rows: list[list[object]] = [
        ["2013.6.5", "谈话记录卡", "蒲老师", "田野", "五年级（1）班", "谈学习和家里的事", "愿意开口了", ""],
        ["2013.6.20", "进步档案", "蒲老师", "苗壮", "五年级（1）班", "语文由六十分到七十二分", "有进步", "属实"],
        ["2013.4", "学习帮扶计划", "党校长", "路远", "五年级（1）班", "每周二、四补数学", "会列方程", ""],
        ["2013.6.14", "成长日记", "蒲老师", "田野", "五年级（1）班", "第一次主动上台讲故事", "", ""],
    ]
    papers = ["学校", "材料种类", "标题", "针对学生", "应报时间", "报送时间", "报送状态", "责任人"]
    paper_rows: list[list[object]] = [
        [_SCHOOL, "工作计划", "关爱留守儿童工作计划", "", "2013.3.10", "2013.3.8", "已备案", "党校长"],
        [_SCHOOL, "个别教育管理方案", "苗壮同学个别教育管理方案", "苗壮", "2013.4.30", "", "未报", "蒲老师"],
    ]
    expect.add(name, "材料", "E4", "DC01")
    meetings = ["活动时间", "活动种类", "活动主题", "组织学校", "班级", "主持人", "参加人员", "参加人数", "主要内容"]
    meeting_rows: list[list[object]] = [
        [
            "2013.6.1",
            "班会",
            "我和爸爸妈妈通电话",
            _SCHOOL,
            "五年级（1）班",
            "蒲老师",
            "全班学生",
            42,
            "每人给家里打一个电话",
        ],
        [
            "2013.6.14",
            "家长会",
            "教师儿童监护人座谈",
            _SCHOOL,
            "五年级（1）班",
            "党校长",
            "蒲老师、田老伯、苗太公、路阿婆",
            3,
            "谈暑假安全",
        ],
    ]
    expect.add(name, "活动", "H4", "AC01")  # four are named
    measures = [
        "实施时间",
        "学生姓名",
        "学校",
        "班级",
        "措施类别",
        "优先类别",
        "帮扶措施",
        "数量",
        "计量单位",
        "帮扶教师",
    ]
    measure_rows: list[list[object]] = [
        ["2013.3.12", "田野", _SCHOOL, "五年级（1）班", "学业辅导", "学习优先", "放学后辅导应用题", "", "", "蒲老师"],
        ["2013.5.2", "路远", _SCHOOL, "五年级（1）班", "生活救助", "生活优先", "送牛奶", 24, "", "党校长"],
    ]
    expect.add(name, "帮扶措施", "I4", "MS03")
    sheets: dict[str, list[list[object]]] = {
        "教师": [heading, list(teachers), ["蒲老师", "女", "教师", _SCHOOL, "班主任", "13940010001"], ["党校长", "男", "教师", _SCHOOL, "校长", "13940010002"]],
        "结对": [heading, list(pairs), *pair_rows],
        "谈心": [heading, list(talks), *talk_rows],
        "记录卡": [heading, list(cards), *card_rows],
        "材料": [heading, list(papers), *paper_rows],
        "活动": [heading, list(meetings), *meeting_rows],
        "帮扶措施": [heading, list(measures), *measure_rows],
    }  # fmt: skip
    write_xls(inbox / name, sheets)


def _gifts(inbox: Path, expect: Expectations) -> None:
    """What came in and went out, from a volunteer's phone."""
    name = "爱心协会/捐赠台账.csv"
    expect.add(name, "", "F4", "NV08")  # 约
    expect.add(name, "", "M8", "NV02")  # 万元
    expect.add(name, "", "N8", "NV02")  # 万元
    header = (
        "日期",
        "收支",
        "物品名称",
        "数量",
        "单位",
        "金额",
        "捐赠人",
        "资金来源",
        "受赠人",
        "受赠人数",
        "库存",
        "签收人",
        "每人保额",
        "总保额",
    )
    rows: list[list[object]] = [
        ["清溪学校关爱留守儿童捐赠台账"],
        ["填报单位：爱心协会  填报时间：2013-06-20"],
        list(header),
    ]
    rows += [
        ["2013-05-20", "收入", "书包", 60, "个", "约3000", "匿名", "社会资助", "", "", 60, "", "", ""],
        ["2013-06-01", "支出", "书包", 50, "个", "", "", "社会资助", "", 50, 10, "党校长", "", ""],
        ["2013-06-02", "支出", "书包", 5, "个", "", "", "社会资助", "田野", "", 4, "田野", "", ""],
        ["2013-06-03", "收入", "牛奶", 24, "", "", "麦香食品店", "社会资助", "", "", "", "", "", ""],
        ["2013-06-10", "支出", "平安保险", "", "", "", "", "社会资助", "", 120, "", "党校长", "3万元", "300万元"],
    ]
    write_csv(inbox / name, rows, "utf-8-sig")
    expect.add(name, "", cell(header, "库存", 6), "PV20")  # five are left
    expect.add(name, "", cell(header, "单位", 7), "PV20e")
    expect.add(name, "", cell(header, "总保额", 8), "FD02")  # 360万元


def _families(inbox: Path, expect: Expectations) -> None:
    name = "荷塘村/贫困留守儿童家庭.xlsx"
    expect.add(name, "成员", "", "LY10")  # the place stands above the table only
    expect.add(name, "成员", "F6", "NV07")  # words of their own
    expect.add(name, "户", "", "LY10")  # the place stands above the table only
    file = XlsxFile(inbox, name)
    meta = "填报单位：清溪镇荷塘村    填报时间：2013年6月18日    填表人：车文书"
    homes = (
        "户编号",
        "村",
        "组",
        "户主姓名",
        "户主身份证号",
        "对象类别",
        "家庭人口数",
        "劳动力人数",
        "联系电话",
        "帮扶需求",
    )
    file.table("户", "荷塘村贫困留守儿童家庭", meta, homes, [
        ["HT001", "荷塘村", "三组", "路长征", citizen("19750101", 711), "困难户", 4, 2, "13840010010", "希望给孩子补课"],
        ["HT002", "荷塘村", "一组", "苗得雨", citizen("19740202", 713), "困难户", 4, 2, "13840010006", "盼望周末有人陪伴"],
    ])  # fmt: skip
    members = ("户编号", "户主姓名", "姓名", "身份证号", "性别", "与户主关系", "就学情况")
    file.table("成员", "荷塘村贫困留守儿童家庭成员", meta, members, [
        ["HT001", "路长征", "路长征", citizen("19750101", 711), "男", "户主", ""],
        ["HT001", "路长征", "井秀珍", citizen("19760303", 712), "女", "配偶", ""],
        ["HT001", "路长征", "路阿婆", citizen("19430404", 714), "女", "母亲", ""],
        ["HT001", "路长征", "路远", citizen("20010505", 707), "男", "儿子", "小学"],
        ["HT002", "苗得雨", "苗得雨", citizen("19740202", 713), "男", "户主", ""],
        ["HT002", "苗得雨", "左红英", citizen("19750909", 716), "女", "配偶", ""],
        ["HT002", "苗得雨", "苗壮", citizen("20011225", 705), "女", "儿子", "小学"],
    ])  # fmt: skip
    expect.add(name, "户", cell(homes, "家庭人口数", 5), "HH07")  # three are listed
    expect.add(name, "成员", cell(members, "性别", 10), "ID11")
    file.close()
