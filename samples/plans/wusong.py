"""贞河学区 in spring 2013: “1+1+1” pairings, five deliveries, six priorities, three phases, and what the district found on inspection."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from books import Expectations, XlsxFile, cell, write_csv, write_xls
from people import citizen

AS_OF = dt.date(2013, 5, 20)

_METADATA = "填报单位：贞河镇贞河小学    填报时间：2013年5月18日    填表人：简老师"
_SCHOOL, _OTHER = "贞河小学", "石门小学"
PUPILS = (  # name, birth, sequence, class, category, parent, phone, guardian, household
    ("凌小燕", "20020903", 802, "五（1）班", "留守儿童", "凌志刚", "13830010001", "凌爷爷", "ZH001"),
    ("桂小海", "20030214", 803, "四（1）班", "贫困学生", "桂有才", "13830010002", "桂有才", "ZH002"),
    ("盛夏", "20010622", 804, "六（1）班", "特殊儿童", "盛德", "13830010003", "盛德", "ZH003"),
    ("冷杉", "20021120", 805, "五（1）班", "留守儿童", "冷水清", "13830010004", "冷奶奶", ""),
)  # fmt: skip
TEACHERS = (
    ("简老师", "女", "副组长", "13930010001"),
    ("宫校长", "男", "组长", "13930010002"),
    ("柯老师", "女", "成员", "13930010003"),
)


def make(folder: Path) -> None:
    """Write `inbox/` and `expected.csv` under `folder`."""
    inbox, expect = folder / "inbox", Expectations()
    _district(inbox, expect)
    _pairs(inbox, expect)
    _families(inbox, expect)
    _deliveries(inbox, expect)
    _visits(inbox, expect)
    expect.write(folder / "expected.csv")


def _district(inbox: Path, expect: Expectations) -> None:
    """The school district: its schools, what each owes, and what was found there."""
    name = "贞河学区/学校和督查.xlsx"
    expect.add(name, "学校", "C4", "NV07")  # words of their own
    expect.add(name, "材料", "B4", "NV41")  # the kind is in the name
    file = XlsxFile(inbox, name)
    metadata = "填报单位：贞河学区    填报时间：2013年5月20日    填表人：费干事"
    units = ("序号", "学校名称", "单位类型", "校长", "联系人", "联系电话")
    file.table("学校", "贞河学区学校名册", metadata, units, [
        [1, _SCHOOL, "学校", "宫校长", "简老师", "13930010001"],
        [2, _OTHER, "学校", "郁校长", "", "13930010004"],
    ])  # fmt: skip
    expect.add(name, "学校", cell(units, "联系人", 5), "UN03")
    papers = ("学校", "材料名称", "应报时间", "报送时间", "报送状态", "送交单位", "负责人")
    file.table("材料", "贞河学区五送活动材料报送", metadata, papers, [
        [_SCHOOL, "五送活动计划", dt.date(2013, 4, 20), dt.date(2013, 4, 18), "已报", "贞河学区", "宫校长"],
        [_SCHOOL, "工作总结", dt.date(2013, 5, 20), dt.date(2013, 5, 18), "已报", "贞河学区", "宫校长"],
        [_OTHER, "五送活动计划", dt.date(2013, 4, 20), "", "未报", "贞河学区", "郁校长"],
        [_OTHER, "工作总结", dt.date(2013, 5, 20), dt.date(2013, 5, 25), "已报", "贞河学区", "郁校长"],
    ])  # fmt: skip
    expect.add(name, "材料", cell(papers, "应报时间", 6), "DC01")
    expect.add(name, "材料", cell(papers, "报送时间", 7), "DC02")
    seen = ("检查日期", "检查方式", "被查单位", "检查人员", "发现问题", "整改期限", "是否整改", "整改完成时间")
    file.table("明察暗访", "贞河学区明察暗访记录", metadata, seen, [
        [dt.date(2013, 4, 26), "暗访", _OTHER, "费干事", "没有包抓名单", dt.date(2013, 5, 6), "否", ""],
        [dt.date(2013, 5, 8), "明察", _SCHOOL, "费干事、席主任", "活动记载少两次", dt.date(2013, 5, 15), "是", dt.date(2013, 5, 7)],
        [dt.date(2013, 5, 9), "明察", _OTHER, "席主任", "未发现问题", "", "", ""],
    ])  # fmt: skip
    expect.add(name, "明察暗访", cell(seen, "整改期限", 4), "PV18")
    expect.add(name, "明察暗访", cell(seen, "整改完成时间", 5), "PV18d")
    file.close()


def _pairs(inbox: Path, expect: Expectations) -> None:
    name = "贞河小学/包抓名单.xlsx"
    expect.add(name, "学生", "", "LY10")  # the place stands above the table only
    expect.add(name, "结对", "", "LY09", "LY10")  # columns that one would expect; the place stands above the table only
    expect.add(name, "结对", "G4", "NV07")  # words of their own
    file = XlsxFile(inbox, name)
    children = (
        "学生姓名",
        "性别",
        "身份证号",
        "年级班级",
        "就读学校",
        "就学情况",
        "学生类别",
        "家庭住址",
        "家长姓名",
        "务工地点",
        "联系电话",
        "监护人",
    )
    rows: list[list[object]] = [
        [child, "男" if number % 2 else "女", citizen(birth, number), class_name, _SCHOOL, "小学", category, "贞河村", parent, "外省", phone, guardian]
        for child, birth, number, class_name, category, parent, phone, guardian, _ in PUPILS
    ]  # fmt: skip
    rows[1][1] = "女"
    expect.add(name, "学生", cell(children, "性别", 5), "ID11")
    file.table("学生", f"{_SCHOOL}包抓对象花名册", _METADATA, children, rows)
    helpers = ("教师姓名", "性别", "所在学校", "人员类别", "职务", "联系电话")
    file.table("教师", f"{_SCHOOL}五送活动领导小组", _METADATA, helpers, [
        [teacher, gender, _SCHOOL, "教师", post, phone] for teacher, gender, post, phone in TEACHERS
    ])  # fmt: skip
    pairs = (
        "序号",
        "学生姓名",
        "学生身份证号",
        "班级",
        "包抓教师",
        "第三方姓名",
        "结对方式",
        "结对时间",
        "家长电话",
        "教师电话",
    )
    paired: list[list[object]] = [
        [n, pupil[0], citizen(pupil[1], pupil[2]), pupil[3], TEACHERS[n % 3][0], third, "1+1+1", day, pupil[6], TEACHERS[n % 3][3]]
        for n, (pupil, third, day) in enumerate(
            zip(PUPILS, ("关村医", "种粮大户敖", "", "关村医"), [dt.date(2013, 4, 15), dt.date(2013, 4, 15), dt.date(2013, 4, 16), dt.date(2013, 3, 15)], strict=True), 1
        )
    ]  # fmt: skip
    expect.add(name, "结对", cell(pairs, "结对时间", 7), "PV07d")  # before the first phase
    file.table("结对", f"{_SCHOOL}“1+1+1”结对名单", _METADATA, pairs, paired)
    file.close()


def _families(inbox: Path, expect: Expectations) -> None:
    name = "贞河小学/贫困家庭档案.xls"
    expect.add(name, "家庭", "", "LY10")  # the place stands above the table only
    expect.add(name, "成员", "", "LY10")  # the place stands above the table only
    expect.add(name, "成员", "F5", "NV07")  # words of their own
    homes = [
        "户编号",
        "村",
        "组",
        "户主姓名",
        "身份证号码",
        "困难类别",
        "家庭人口",
        "劳动力",
        "致贫原因",
        "家庭年收入",
        "人均收入",
        "电话",
    ]
    home_rows: list[list[object]] = [
        [
            "ZH001",
            "贞河村",
            "二组",
            "凌志刚",
            citizen("19760707", 811),
            "困难户",
            3,
            2,
            "因学",
            24000,
            8000,
            "13830010001",
        ],
        [
            "ZH002",
            "贞河村",
            "三组",
            "桂有才",
            citizen("19720808", 813),
            "低保户",
            2,
            1,
            "因残",
            9600,
            4900,
            "13830010002",
        ],
        ["ZH003", "贞河村", "五组", "盛德", citizen("19700909", 815), "困难户", 2, 1, "缺技术", 14000, 7000, ""],
    ]
    members = ["户编号", "户主姓名", "家庭成员姓名", "身份证号码", "性别", "与户主关系", "身体状况"]
    member_rows: list[list[object]] = [
        ["ZH001", "凌志刚", "凌志刚", citizen("19760707", 811), "男", "户主", "健康"],
        ["ZH001", "凌志刚", "凌爷爷", citizen("19480303", 817), "男", "父亲", "长期慢性病"],
        ["ZH001", "凌志刚", "凌小燕", citizen("20020903", 802), "女", "女儿", "健康"],
        ["ZH002", "桂有才", "桂有才", citizen("19720808", 813), "男", "户主", "残疾"],
        ["ZH002", "桂有才", "桂小海", citizen("20030214", 803), "男", "儿子", "健康"],
        ["ZH003", "盛德", "盛德", citizen("19700909", 815), "男", "本人", "健康"],
        ["ZH003", "盛德", "盛夏", citizen("20010622", 804), "女", "户主", "残疾"],
    ]
    write_xls(inbox / name, {
        "家庭": [["贞河小学包抓学生家庭档案"], [_METADATA], list(homes), *home_rows],
        "成员": [["贞河小学包抓学生家庭成员"], [_METADATA], list(members), *member_rows],
    })  # fmt: skip
    expect.add(name, "家庭", cell(homes, "人均收入", 5), "EC01")
    expect.add(name, "家庭", cell(homes, "电话", 6), "ID17")
    expect.add(name, "成员", cell(members, "与户主关系", 10), "HH02")


def _deliveries(inbox: Path, expect: Expectations) -> None:
    """五送 and 六优先; the third priority is called life in its heading and activities in its words."""
    name = "贞河小学/五送活动记载.xlsx"
    expect.add(name, "五送", "", "LY09", "LY10")  # columns that one would expect; the place stands above the table only
    expect.add(name, "五送", "F4", "NV07")  # words of their own
    expect.add(name, "五送", "L4", "NV07")  # words of their own
    expect.add(name, "进步档案", "", "LY10")  # the place stands above the table only
    expect.add(name, "进步档案", "B5", "NV07")  # words of their own
    expect.add(name, "集中活动", "", "LY10")  # the place stands above the table only
    expect.add(name, "集中活动", "B4", "NV07")  # words of their own
    file = XlsxFile(inbox, name)
    gifts = (
        "实施日期",
        "学生姓名",
        "班级",
        "学校",
        "五送类别",
        "优先类别",
        "五送内容",
        "数量",
        "量词",
        "包抓教师",
        "完成日期",
        "措施状态",
    )
    file.table("五送", f"{_SCHOOL}五送活动记载", _METADATA, gifts, [
        [dt.date(2013, 4, 23), "凌小燕", "五（1）班", _SCHOOL, "送技能", "学习上优先", "送图书，周末辅导作文", 6, "本", "宫校长", dt.date(2013, 5, 10), "完成"],
        [dt.date(2013, 4, 27), "桂小海", "四（1）班", _SCHOOL, "送劳力", "", "帮家里插秧半天", "", "", "柯老师", "", "已完成"],
        [dt.date(2013, 5, 4), "盛夏", "六（1）班", _SCHOOL, "送健康", "生活优先", "陪去县医院配助听器", 1, "", "简老师", dt.date(2013, 5, 4), "已完成"],
        [dt.date(2013, 5, 28), "冷杉", "五（1）班", _SCHOOL, "送物资", "活动优先", "送舞蹈鞋一双", "", "", "宫校长", "", ""],
    ])  # fmt: skip
    expect.add(name, "五送", cell(gifts, "措施状态", 5), "MS04")
    expect.add(name, "五送", cell(gifts, "量词", 6), "MS03")
    expect.add(name, "五送", cell(gifts, "实施日期", 7), "PV07d", "PV09")
    diary = ("辅导日期", "记录种类", "教师姓名", "学生姓名", "班级", "学校", "辅导内容", "阶段效果")
    file.table("进步档案", f"{_SCHOOL}学生进步档案", _METADATA, diary, [
        [dt.date(2013, 5, 10), "进步档案", "宫校长", "凌小燕", "五（1）班", _SCHOOL, "作文辅导四次", "能写三百字"],
        [dt.date(2013, 5, 11), "学习计划", "柯老师", "桂小海", "四（1）班", _SCHOOL, "每天练口算", ""],
    ])  # fmt: skip
    events = ("活动日期", "活动类型", "活动名称", "学校", "组织者", "参加人数", "活动内容")
    file.table("集中活动", f"{_SCHOOL}集中活动", _METADATA, events, [
        [dt.date(2013, 5, 4), "义诊", "给学生体检", _SCHOOL, "宫校长", 64, "卫生院来校查视力和牙齿"],
        [dt.date(2013, 4, 5), "动员会", "五送动员", _SCHOOL, "宫校长", 20, "学习方案，分工"],
    ])  # fmt: skip
    expect.add(name, "集中活动", cell(events, "活动日期", 5), "PV07d")
    file.close()


def _visits(inbox: Path, expect: Expectations) -> None:
    """A teacher's phone."""
    name = "贞河小学/家访.csv"
    expect.add(name, "", "", "LY09", "PV28")  # columns that one would expect; nobody says who sends it, and when
    expect.add(name, "", "A3", "NV05")  # no year
    expect.add(name, "", "D3", "NV07")  # words of their own
    header = ("家访日期", "学生姓名", "家访教师", "家访方式", "家访情况", "存在问题")
    rows: list[list[object]] = [["贞河小学4至5月家访"], list(header)]
    rows += [
        ["4月24日", "凌小燕", "宫校长", "家访", "看了住处和学习角，和爷爷商量晚上不看电视", "光线暗"],
        ["5月6日", "冷杉", "宫校长", "打电话", "电话里问奶奶孩子按时回家没有", "无"],
        ["5月9日", "冷杉", "简老师", "家访", "雨天送孩子回家，顺便看了奶奶的药", "无"],
        ["5月", "盛夏", "简老师", "家访", "教家长给助听器换电池，约好月底复查", "无"],
    ]
    write_csv(inbox / name, rows, "gb18030")
    # 冷杉 is 宫校长's: not told at C5, because nothing here says the township and pairings are compared within a village
    expect.add(name, "", "", "LY10")  # 家访 is what the title calls them
    expect.add(name, "", cell(header, "家访日期", 6), "PV09c")
