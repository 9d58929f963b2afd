"""云溪小学 helps its left-behind pupils in the summer of 2013: rosters by class, hand-in-hand pupils, gatherings, weekly notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from books import Expectations, XlsxFile, cell, write_csv, write_xls
from people import citizen

AS_OF = dt.date(2013, 7, 31)

_SCHOOL = "云溪镇云溪小学"
_METADATA = f"填报单位：{_SCHOOL}    填报时间：2013年7月10日    填表人：梁素云"
_CHILD = (
    "序号", "姓名", "性别", "出生年月", "身份证号", "家庭住址", "儿童类别", "就学情况", "父亲姓名", "父亲务工地点", "母亲姓名", "母亲务工地点",
    "监护人姓名", "与儿童关系", "监护人文化程度", "监护人联系电话", "照料方式", "父母每年回家次数", "班主任",
)  # fmt: skip
_HELPER = ("姓名", "性别", "人员类别", "所在学校", "职务", "联系电话", "任教学科")
_PAIR = (
    "序号",
    "学校",
    "班级",
    "儿童姓名",
    "儿童身份证号",
    "帮扶教师",
    "结对时间",
    "结对方式",
    "帮扶教师电话",
    "职称",
    "家庭电话",
)
_HAND = ("序号", "班级", "留守学生", "留守学生身份证号", "小伙伴姓名", "人员类别", "结对方式", "结对日期")

THIRD = (  # name, gender, birth, sequence, group, category, father, where, mother, where, guardian, relation, education, phone, care, returns
    ("许小禾", "女", "20040312", 402, "大坪村一组", "留守儿童", "许长根", "广东省东莞市", "姚春梅", "广东省东莞市", "许老田", "爷爷", "小学", "13870010001", "祖父母", 1),
    ("孟天佑", "男", "20040925", 403, "大坪村一组", "留守儿童", "孟庆生", "浙江省宁波市", "田翠兰", "本地", "田翠兰", "母亲", "初中", "13870010002", "母亲", 2),
    ("白雪儿", "女", "20040606", 404, "大坪村二组", "留守儿童", "白志坚", "福建省泉州市", "秦玉", "福建省泉州市", "秦阿婆", "外婆", "文盲", "13870010003", "外公外婆", 1),
    ("邹子轩", "男", "20031218", 405, "石岭村三组", "留守儿童", "邹建平", "江苏省苏州市", "孔秀云", "江苏省苏州市", "邹老汉", "爷爷", "小学", "13870010004", "祖父母", 2),
)  # fmt: skip
FIFTH = (
    ("贺明月", "女", "20020414", 406, "石岭村三组", "留守儿童", "贺永强", "广东省深圳市", "骆小琴", "广东省深圳市", "贺婆婆", "奶奶", "小学", "13870010005", "祖父母", 1),
    ("尹成才", "男", "19970520", 407, "石岭村一组", "留守儿童", "尹大河", "上海市", "柏红", "上海市", "尹老栓", "爷爷", "小学", "13870010006", "祖父母", 2),
    ("龙海生", "男", "20020830", 409, "大坪村二组", "留守儿童", "龙有水", "广东省广州市", "安小惠", "广东省广州市", "龙有田", "叔叔", "初中", "13870010007", "亲戚", 3),
)  # fmt: skip
TEACHERS = (
    ("梁素云", "女", "教师", _SCHOOL, "班主任", "13970010001", "语文"),
    ("方正华", "男", "教师", _SCHOOL, "班主任", "13970010002", "数学"),
    ("钟秀芹", "女", "教师", _SCHOOL, "教师", "13970010003", "音乐"),
)


def make(folder: Path) -> None:
    """Write `inbox/` and `expected.csv` under `folder`."""
    inbox, expect = folder / "inbox", Expectations()
    _children(inbox, expect)
    _teachers(inbox, expect)
    _pairings(inbox, expect)
    _gatherings(inbox, expect)
    _notes(inbox, expect)
    expect.add("", "", "", "AS03")  # the vacations are the county's to set
    expect.write(folder / "expected.csv")


def _child_row(number: int, child: Sequence[object], teacher: str) -> list[object]:
    name, gender, birth, sequence, home, category, *family = child
    day = f"{str(birth)[:4]}.{int(str(birth)[4:6])}"
    number_of = citizen(str(birth), int(str(sequence)))
    return [number, name, gender, day, number_of, home, category, "小学", *family, teacher]


def _children(inbox: Path, expect: Expectations) -> None:
    """The class stands in the sheet's name only, the birth date is known to the month."""
    name = "云溪小学/留守儿童花名册（分班）.xlsx"
    expect.add(name, "三（1）班", "", "LY10")  # the place stands above the table only
    expect.add(name, "三（1）班", "D4", "NV03")  # dates as they are said
    expect.add(name, "三（1）班", "N4", "NV07")  # words of their own
    expect.add(name, "三（1）班", "O6", "NV07")  # words of their own
    expect.add(name, "三（1）班", "Q4", "NV07")  # words of their own
    expect.add(name, "五（2）班", "", "LY10")  # the place stands above the table only
    expect.add(name, "五（2）班", "D4", "NV03")  # dates as they are said
    expect.add(name, "五（2）班", "H6", "NV07")  # words of their own
    expect.add(name, "五（2）班", "N4", "NV07")  # words of their own
    expect.add(name, "五（2）班", "Q4", "NV07")  # words of their own
    file = XlsxFile(inbox, name)
    for label, children, teacher in (("三（1）班", THIRD, "梁素云"), ("五（2）班", FIFTH, "方正华")):
        rows = [_child_row(n, child, teacher) for n, child in enumerate(children, 1)]
        if label == "三（1）班":
            rows[1][11] = ""  # the mother is at home, the father's place is there: nothing is missing
            rows[2][4] = f"{str(rows[2][4])[:17]}{'1' if str(rows[2][4])[17] != '1' else '2'}"
            expect.add(name, label, cell(_CHILD, "身份证号", 6), "ID03")
            rows[3][9] = rows[3][11] = ""
            expect.add(name, label, cell(_CHILD, "父亲务工地点", 7), "PC13")
        else:
            expect.add(name, label, cell(_CHILD, "儿童类别", 5), "PC12")  # sixteen on 20 May 2013
            rows[2][7] = "失学"
            expect.add(name, label, cell(_CHILD, "就学情况", 6), "PV23")
        file.table(label, f"{_SCHOOL}留守儿童花名册", _METADATA, _CHILD, [*rows, ["合计", f"{len(rows)}人"]])
    file.close()


def _teachers(inbox: Path, expect: Expectations) -> None:
    name, label = "云溪小学/教师与手拉手学生.xls", "教师花名册"
    expect.add(
        name, "手拉手", "", "LY09", "LY10", "PV28"
    )  # columns that one would expect; the place stands above the table only; nobody says who sends it, and when
    expect.add(name, "手拉手", "G3", "NV07")  # words of their own
    expect.add(name, label, "", "PV28")  # nobody says who sends it, and when
    hand = [
        [1, "三（1）班", "许小禾", citizen("20040312", 402), "卢静怡", "学生", "手拉手", "2013-03-04"],
        [2, "三（1）班", "孟天佑", citizen("20040925", 403), "宋家豪", "学生", "手拉手", "2013-03-04"],
        [3, "三（1）班", "邹子轩", citizen("20031218", 405), "宋家豪", "学生", "手拉手", "2013-03-04"],
        [4, "五（2）班", "贺明月", citizen("20020414", 406), "季思远", "学生", "手拉手", "2013-03-04"],
    ]
    write_xls(
        inbox / name,
        {
            label: [[f"{_SCHOOL}教师花名册"], list(_HELPER), *(list(teacher) for teacher in TEACHERS)],
            "手拉手": [[f"{_SCHOOL}留守学生手拉手结对名单"], list(_HAND), *hand],
        },
    )
    expect.add(name, "手拉手", cell(_HAND, "小伙伴姓名", 4), "PV03")  # one pupil, two of whom he is to lead by the hand


def _pairings(inbox: Path, expect: Expectations) -> None:
    name, label = "云溪小学/教师结对.xlsx", "结对"
    expect.add(name, label, "", "LY10")  # the place stands above the table only
    file = XlsxFile(inbox, name)
    rows: list[list[object]] = []
    for number, (child, class_name, teacher) in enumerate(
        [(c, "三（1）班", TEACHERS[n % 2 * 2]) for n, c in enumerate(THIRD)]
        + [(c, "五（2）班", TEACHERS[1]) for c in FIFTH[::2]],
        1,
    ):
        rows.append(
            [number, _SCHOOL, class_name, child[0], citizen(child[2], child[3]), teacher[0], dt.date(2013, 3, 1), "师生结对", teacher[5], teacher[4], child[13]]
        )  # fmt: skip
    file.table(label, f"{_SCHOOL}教师结对帮扶留守儿童名单", _METADATA, _PAIR, rows)
    file.close()


def _gatherings(inbox: Path, expect: Expectations) -> None:
    """A teacher's phone: csv, dates as they are said."""
    name = "云溪小学/暑假三天一集中.csv"
    expect.add(name, "", "A2", "NV05")  # no year
    header = [
        "集中时间",
        "活动种类",
        "活动名称",
        "乡镇",
        "村",
        "组",
        "组织单位",
        "组织者",
        "参加学生",
        "参加人数",
        "活动内容",
    ]
    rows: list[list[object]] = [header]
    for day in (12, 15, 18, 21):
        rows.append(
            [
                f"7月{day}日",
                "集中",
                "假期集中学习",
                "云溪镇",
                "大坪村",
                "一组",
                _SCHOOL,
                "梁素云",
                "许小禾、孟天佑",
                2,
                "检查暑假作业，讲防溺水",
            ]
        )
    write_csv(inbox / name, rows, "gb18030")


def _notes(inbox: Path, expect: Expectations) -> None:
    name, label = "云溪小学/周记谈心与家访.xlsx", "周记"
    expect.add(name, label, "", "LY10")  # the place stands above the table only
    expect.add(name, label, "G3", "LY08")  # a column that no table has
    expect.add(name, "家访", "", "LY09", "LY10")  # columns that one would expect; the place stands above the table only
    expect.add(name, "家访", "D4", "NV07")  # words of their own
    file = XlsxFile(inbox, name)
    header = (
        "序号",
        "记录时间",
        "记录种类",
        "班级",
        "学生姓名",
        "谈话教师",
        "所在学校",
        "周记内容",
        "心理状况",
        "备注",
    )
    rows = [
        [
            1,
            dt.date(2013, 7, 5),
            "周记",
            "三（1）班",
            "许小禾",
            "梁素云",
            _SCHOOL,
            "想妈妈了，晚上和妈妈通了电话",
            "情绪有些低落",
            "",
        ],
        [
            2,
            dt.date(2013, 7, 12),
            "周记",
            "三（1）班",
            "许小禾",
            "梁素云",
            _SCHOOL,
            "帮爷爷喂鸡，看完一本童话书",
            "开朗",
            "",
        ],
        [3, dt.date(2013, 7, 5), "周记", "五（2）班", "贺明月", "方正华", _SCHOOL, "数学应用题还是不会做", "着急", ""],
        [4, dt.date(2013, 7, 12), "周记", "五（2）班", "贺明月", "方正华", _SCHOOL, "", "", ""],
        [5, dt.date(2013, 9, 12), "周记", "五（2）班", "龙海生", "方正华", _SCHOOL, "和叔叔去赶集", "平稳", ""],
    ]
    file.table(label, f"{_SCHOOL}周记谈心登记", _METADATA, header, rows)
    expect.add(name, label, cell(header, "周记内容", 7), "DY01")
    expect.add(name, label, cell(header, "记录时间", 8), "PV09")
    visits = ("家访时间", "学生姓名", "家访教师", "家访方式", "谈话对象", "家访内容")
    file.table(
        "家访",
        f"{_SCHOOL}暑假家访记录",
        _METADATA,
        visits,
        [
            [dt.date(2013, 7, 8), "许小禾", "梁素云", "上门", "爷爷", "了解暑假作息，提醒不要私自下河游泳"],
            [dt.date(2013, 7, 9), "贺明月", "方正华", "电话", "奶奶", "电话里说孩子帮家里做饭，作业做完一半"],
            [dt.date(2013, 7, 9), "龙海生", "方正华", "上门", "叔叔", "家访"],
        ],
    )
    expect.add(name, "家访", cell(visits, "家访内容", 6), "PV13")
    file.close()
