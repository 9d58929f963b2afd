"""What several rows and sheets say together, and what the office answers."""

from job_tables import TABLES
from small_inbox import only, submit, submit_files, told

HOUSEHOLDS = """
| 乡镇   | 村     | 户编号 | 户主姓名 | 户主身份证号码     | 家庭人口数 | 户联系电话  |
| 青石镇 | 柳溪村 | H1     | 张建国   | 990101196805123015 | 3          | 13900010001 |
| 青石镇 | 柳溪村 | H2     | 赵大山   | 990101199501053031 | 1          | 13900010001 |
"""
MEMBERS = """
| 户编号 | 姓名   | 证件号码           | 性别 | 与户主关系 |
| H1     | 张建国 | 990101196805123015 | 男   | 户主       |
| H1     | 王秀英 | 990101197008233021 | 女   | 配偶       |
"""
PAIRINGS = """
| 户编号 | 帮扶对象姓名 | 帮扶责任人 | 帮扶单位 | 帮扶人电话  | 结对时间      |
| H1     | 张建国       | 李明       | 农业局   | 13900020002 | 2024年1月15日 |
"""


def test_a_household_and_its_members():
    _, findings = submit(户=HOUSEHOLDS, 成员=MEMBERS)
    assert told(findings, "HH07", "HH10", "ID18", "HH01", "HH02", "HH03", "HH04", "HH15") == [
        ("HH07", "户", "F2"),
        ("ID18", "户", "G2"),
        ("HH10", "户", "D3"),
    ]
    assert only(findings, "HH07").message == "第2行“家庭人口数”填的是“3”，而家庭成员表里这一户有2人"
    assert only(findings, "ID18").count == 2
    assert only(findings, "ID18").message == "第2行“户联系电话”填的是“13900010001”，共有2户填了这个电话：张建国、赵大山"
    assert only(findings, "HH10").message == "从第3行起，赵大山在家庭成员表里没有一个成员"


def test_without_a_sheet_of_members_nobody_is_missed():
    _, findings = submit(户=HOUSEHOLDS)
    assert told(findings, "HH07", "HH10") == []


def test_one_number_for_two_people_of_a_household():
    _, findings = submit(成员=MEMBERS + "| H1 | 张小军 | 990101197008233021 | 女 | 女儿 |")
    assert told(findings, "ID06", "ID07", "MG03") == [("ID06", "成员", "C3"), ("ID06", "成员", "C4")]
    first = next(f for f in findings if f.code == "ID06")
    assert first.message == "第3行“证件号码”填的是“990101197008233021”，与同一户张小军的号码相同"
    assert first.related == ("C4",)


def test_one_person_in_two_townships_is_shown_to_the_county_only():
    there = """
    | 乡镇   | 村     | 户编号 | 户主姓名 | 户主身份证号码     | 家庭人口数 |
    | 白水乡 | 上河村 | G1     | 孙明亮   | 990101196805123015 | 3          |
    """
    _, findings = submit_files(青石={"户": HOUSEHOLDS}, 白水={"户": there})
    clashes = [f for f in findings if f.code == "ID07"]
    assert [(f.place.file, f.place.cell) for f in clashes] == [("白水.xlsx", "E2"), ("青石.xlsx", "E2")]
    assert "张建国" in clashes[0].message
    assert clashes[0].told == "第2行“户主身份证号码”填的是“990101196805123015”，与外镇重复，请联系县办"


def test_heads_and_spouses():
    _, findings = submit(
        成员="""
        | 户编号 | 户主姓名 | 姓名   | 证件号码           | 性别 | 与户主关系 |
        | H1     | 张建国   | 张建国 | 990101196805123015 | 男   | 户主       |
        | H1     | 张建国   | 王秀英 | 990101197008233021 | 女   | 户主       |
        | H2     | 赵大山   | 赵大山 | 990101199501053031 | 男   | 之子       |
        """
    )
    assert told(findings, "HH01", "HH02", "HH15") == [
        ("HH02", "成员", "F3"),  # the head by name is not called wrong
        ("HH01", "成员", "F4"),
    ]


def test_visits_against_pairings():
    visits = """
    | 走访时间      | 户编号 | 户主姓名 | 走访人 | 走访方式 | 走访内容                     |
    | 2024年1月3日  | H1     | 张建国   | 李明   | 入户     | 查看住房和饮水，讲解养殖补贴 |
    | 2024年2月3日  | H1     | 张建国   | 孙亮   | 入户     | 帮助联系农技员，商定培训时间 |
    | 2024年3月3日  | H1     | 张建国   | 李明   | 入户     | 送去种子和化肥，讲解使用方法 |
    | 2024年3月3日  | H1     | 张建国   | 李明   | 入户     | 送去种子，讲解使用方法       |
    | 2024年4月3日  | H1     | 张建国   | 李明   | 入户     | 送去种子和化肥，讲解使用方法 |
    """
    _, findings = submit(户=HOUSEHOLDS, 结对=PAIRINGS, 走访=visits)
    assert told(findings, "PV09", "PV09b", "PV10", "PV11", "PV12", "PV13", "PV13b", "MG03") == [
        ("PV09b", "走访", "A2"),
        ("PV10", "走访", "D3"),
        ("PV13b", "走访", "F4"),
        ("PV11", "走访", "A5"),
    ]
    assert only(findings, "PV09b").message == (
        "第2行“走访时间”填的是“2024年1月3日”，不在李明的结对时间内（2024年1月15日起）"
    )
    assert only(findings, "PV10").message == "第3行“走访人”填的是“孙亮”，这一户结对的是李明"
    assert only(findings, "PV11").message == "第5行李明在2024年3月3日走访张建国，同一天同一人走访同一户另有一行"
    assert only(findings, "PV11").related[-1] == "A4"
    assert only(findings, "PV13b").related == ("F6",)


def test_many_visits_on_a_day_are_one_finding_unless_all_met_in_one_place():
    homes = "| 乡镇 | 村 | 户编号 | 户主姓名 | 家庭人口数 |\n" + "\n".join(
        f"| 青石镇 | 柳溪村 | H{n} | 张{name} | 1 |" for n, name in enumerate("甲乙丙丁戊己")
    )
    visits = "| 走访时间 | 户编号 | 户主姓名 | 走访人 | 走访方式 | 村 |\n" + "\n".join(
        f"| 2024年3月{day}日 | H{n} | 张{name} | 李明 | {mode} | 柳溪村 |"
        for day, mode in ((5, "入户"), (6, "集中走访"))
        for n, name in enumerate("甲乙丙丁戊己")
    )
    _, findings = submit(户=homes, 走访=visits)
    crowded = only(findings, "PV12")
    assert (crowded.place.cell, crowded.count) == ("D2", 6)
    assert crowded.message == "第2行起，李明在2024年3月5日一天走访了6户（柳溪村）"


def test_the_examples_of_all_fields_are_one_household_without_a_finding():
    drawings = {
        table.label: "|"
        + "|".join(f.label for f in table.fields)
        + "|\n|"
        + "|".join(f.example for f in table.fields)
        + "|"
        for table in TABLES.values()
    }
    rows, findings = submit(**drawings)
    assert [(f.code, f.place.sheet, f.message) for f in findings] == []
    assert [len(rows[name]) for name in TABLES] == [1, 1, 1, 1]
    assert rows["visit"]["_recipient"].tolist() == rows["household"]["_key"].tolist()


def test_a_column_that_names_village_and_group_finds_the_village():
    pairings = """
    | 所在村组     | 帮扶对象姓名 | 帮扶责任人 | 帮扶单位 | 职务 | 帮扶人电话  | 对象联系电话 | 结对时间   |
    | 柳溪村第三组 | 张建国       | 李明       | 农业局   | 股长 | 13900020002 | 13900010001  | 2024-01-15 |
    """
    rows, findings = submit(户=HOUSEHOLDS, 结对=pairings)
    assert rows["pairing"]["_recipient"].tolist() == rows["household"]["_key"].tolist()[:1]
    assert [f for f in findings if f.place.sheet == "结对" and f.effect == "row"] == []


def test_helper_columns_in_a_roster_are_pairings_and_leave_the_households_telephone_alone():
    rows, findings = submit(
        户="""
        | 乡镇   | 村     | 户主姓名 | 性别 | 身份证号           | 家庭人口 | 联系电话    | 帮扶责任人 | 帮扶单位 | 职务 | 联系电话    |
        | 青石镇 | 柳溪村 | 张建国   | 男   | 990101196805123015 | 3        | 13900010001 | 李明       | 农业局   | 股长 | 13900020002 |
        | 青石镇 | 柳溪村 | 赵大山   | 女   | 990101199501053031 | 1        |             | 李明       | 农业局   | 股长 | 13900020002 |
        """
    )
    assert rows["household"]["phone"].dropna().tolist() == ["13900010001"]
    assert rows["pairing"]["helper_phone"].tolist() == ["13900020002", "13900020002"]
    assert told(findings, "ID11", "ID17", "PV06", "PV07") == [("ID11", "户", "D3"), ("ID17", "户", "G3")]
