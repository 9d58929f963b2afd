"""Pupils, villages and schools that are helped, as sheets say it."""

import pandas as pd
from job_tables import TABLES as MAIN
from small_inbox import submit, submit_among, told

from bangfu_excel.domain import TABLES

HOUSEHOLDS = """
| 乡镇   | 村     | 户编号 | 户主姓名 | 户主身份证号码     | 家庭人口数 |
| 青石镇 | 柳溪村 | H1     | 张建国   | 990101196805123015 | 3          |
"""
LINKED = ("HH14", "LK01", "LK02", "LK05", "LK08", "LK09", "PV09b", "PV10", "PV11", "PV12", "PV00")


def meant(rows, table):
    return [None if pd.isna(key) else key for key in rows[table]["_recipient"]]


def test_a_teacher_and_the_pupils_of_a_class():
    pairings = """
    | 学生姓名 | 就读学校       | 班级        | 对象种类 | 帮扶教师 | 帮扶单位       | 结对时间      |
    | 张小军   | 青石镇中心小学 | 三年级(2)班 | 学生     | 周晓燕   | 青石镇中心小学 | 2024年3月1日  |
    | 李小红   | 青石镇中心小学 | 三年级(2)班 | 学生     | 周晓燕   | 青石镇中心小学 | 2024年3月1日  |
    """
    rows, findings = submit(户=HOUSEHOLDS, 结对=pairings)
    assert meant(rows, "pairing") == ["青石镇中心小学|3.2|张小军", "青石镇中心小学|3.2|李小红"]
    assert list(rows["pairing"]["_outcome"]) == ["accepted", "accepted"]
    assert told(findings, *LINKED) == []


def test_two_units_and_a_village():
    pairings = """
    | 乡镇   | 结对村 | 帮扶单位   | 是否牵头 | 结对时间     | 结对年限 |
    | 青石镇 | 柳溪村 | 县农业局   | 是       | 2024年3月1日 | 3        |
    | 青石镇 | 柳溪村 | 县水利局   | 否       | 2024年3月1日 | 3        |
    """
    rows, findings = submit(户=HOUSEHOLDS, 结对=pairings)
    assert meant(rows, "pairing") == ["青石|柳溪"] * 2
    assert list(rows["pairing"]["_helper"]) == ["县农业局", "县水利局"]
    assert list(rows["pairing"]["_outcome"]) == ["accepted", "accepted"]
    assert told(findings, *LINKED) == []


def test_a_school_and_a_school():
    pairings = """
    | 受援学校   | 乡镇   | 帮扶学校     | 对象种类 | 结对时间     | 联络员 |
    | 柳溪村小学 | 青石镇 | 县第一小学   | 学校     | 2024年3月1日 | 孙亮   |
    """
    rows, findings = submit(户=HOUSEHOLDS, 结对=pairings)
    assert meant(rows, "pairing") == ["柳溪村小学"]
    assert list(rows["pairing"]["_helper"]) == ["县第一小学"]
    assert told(findings, *LINKED) == []


def test_a_pairing_that_names_nobody_in_a_sheet_of_names_is_still_returned():
    pairings = """
    | 乡镇   | 村     | 帮扶对象姓名 | 帮扶责任人 | 帮扶单位 | 结对时间     |
    | 青石镇 | 柳溪村 | 张建国       | 李明       | 县农业局 | 2024年3月1日 |
    | 青石镇 | 柳溪村 |              | 王芳       | 县农业局 | 2024年3月1日 |
    | 青石镇 | 柳溪村 | 张建国       |            | 县农业局 | 2024年3月1日 |
    """
    rows, _ = submit(户=HOUSEHOLDS, 结对=pairings)
    assert list(rows["pairing"]["_outcome"]) == ["accepted", "returned", "returned"]


def test_a_visitor_of_the_unit_that_is_paired_is_no_stranger():
    pairings = """
    | 帮扶对象姓名 | 乡镇   | 村     | 帮扶单位 | 结对时间     |
    | 张建国       | 青石镇 | 柳溪村 | 县农业局 | 2024年1月1日 |
    """
    visits = """
    | 走访时间     | 户编号 | 户主姓名 | 走访人 | 走访单位 | 走访方式 | 走访内容                     |
    | 2024年2月3日 | H1     | 张建国   | 李明   | 县农业局 | 入户     | 查看住房和饮水，讲解养殖补贴 |
    | 2024年2月9日 | H1     | 张建国   | 孙亮   | 县水利局 | 入户     | 帮助联系农技员，商定培训时间 |
    """
    rows, findings = submit(户=HOUSEHOLDS, 结对=pairings, 走访=visits)
    assert list(rows["visit"]["_helper"]) == ["李明|县农业局", "孙亮|县水利局"]
    strangers = [f for f in findings if f.code == "PV10"]
    assert [f.place.row for f in strangers] == [3]
    assert "这一户结对的是县农业局" in strangers[0].message


def test_the_roster_of_helpers_says_of_which_unit_a_visitor_is():
    staff = """
    | 帮扶人姓名 | 性别 | 帮扶单位 | 联系电话    | 职务 | 政治面貌 |
    | 李明       | 男   | 县农业局 | 13900020002 | 股长 | 中共党员 |
    """
    pairings = """
    | 帮扶对象姓名 | 乡镇   | 村     | 帮扶单位 | 结对时间     |
    | 张建国       | 青石镇 | 柳溪村 | 县农业局 | 2024年1月1日 |
    """
    visits = """
    | 走访时间     | 户编号 | 户主姓名 | 走访人 | 走访方式 | 走访内容                     |
    | 2024年2月3日 | H1     | 张建国   | 李明   | 入户     | 查看住房和饮水，讲解养殖补贴 |
    """
    tables = {**MAIN, "helper": TABLES["helper"]}
    rows, findings = submit_among(tables, 甲={"户": HOUSEHOLDS, "名册": staff, "结对": pairings, "走访": visits})
    assert list(rows["helper"]["_helper"]) == list(rows["visit"]["_helper"]) == ["李明|13900020002"]
    assert told(findings, *LINKED) == []


def test_many_pupils_on_a_day_are_not_many_households():
    pupils = "".join(f"| 学生{name} | 学生 | 青石镇 | 柳溪村 | 周晓燕 | 2024年1月1日 |\n" for name in "甲乙丙丁戊己")
    talks = "".join(
        f"| 2024年3月5日 | 青石镇 | 柳溪村 | 学生{name} | 周晓燕 | 入户 | 谈了{name}近来的学习和生活情况 |\n"
        for name in "甲乙丙丁戊己"
    )
    rows, findings = submit(
        结对="| 帮扶对象姓名 | 对象种类 | 乡镇 | 村 | 帮扶责任人 | 结对时间 |\n" + pupils,
        走访="| 走访时间 | 乡镇 | 村 | 走访对象 | 走访人 | 走访方式 | 走访内容 |\n" + talks,
    )
    assert meant(rows, "visit") == [f"青石|柳溪|学生{name}" for name in "甲乙丙丁戊己"]
    assert told(findings, *LINKED) == []


def test_a_child_of_the_roster_who_is_a_member_of_a_household_is_meant_itself():
    number = "990101201304183021"
    members = f"""
    | 户编号 | 户主姓名 | 姓名   | 证件号码           | 与户主关系 |
    | H1     | 张建国   | 张建国 | 990101196805123015 | 户主       |
    | H1     | 张建国   | 张小雨 | {number} | 之女       |
    """
    children = f"""
    | 乡镇   | 儿童姓名 | 证件号码           | 就读学校 | 班级     | 儿童类别 |
    | 青石镇 | 张小雨   | {number} | 中心小学 | 五（1）班 | 留守儿童 |
    """
    visits = """
    | 家访时间      | 学生姓名 | 家访教师 | 家访内容                     |
    | 2024年3月5日  | 张小雨   | 周晓燕   | 了解寒假作业，约好周末辅导 |
    """
    rows, _ = submit(户=HOUSEHOLDS, 成员=members, 儿童=children, 家访=visits)
    assert meant(rows, "visit") == [number]


def test_a_pupil_whom_the_roster_of_children_does_not_know_is_told_of_as_a_child():
    children = """
    | 姓名   | 就读学校       | 班级      | 监护人姓名 |
    | 张小雨 | 青石镇中心小学 | 三年级1班 | 张建国     |
    """
    visits = """
    | 学生姓名 | 走访时间  | 走访人 | 走访内容                 |
    | 张小雨   | 2024-06-05 | 李明   | 了解学习情况，送去书包   |
    | 王小强   | 2024-06-05 | 李明   | 看了住处，和奶奶商量作业 |
    """
    rows, findings = submit(儿童=children, 走访=visits)
    assert list(rows["visit"]["_outcome"]) == ["accepted", "returned"]
    assert told(findings, *LINKED) == [("LK08", "走访", "A3")]


def test_a_head_beside_a_pupil_says_whose_household_it_is_and_is_meant_where_no_pupil_is_named():
    measures = """
    | 村     | 户主姓名 | 学生姓名 | 就读学校       | 救助内容 | 救助时间   | 帮扶干部 | 责任人 |
    | 柳溪村 | 张建国   | 张小雨   | 青石镇中心小学 | 资助学费 | 2024-03-10 | 李明     | 王芳   |
    | 柳溪村 | 张建国   |          |                | 送化肥   | 2024-03-10 | 李明     | 李明   |
    """
    children = """
    | 姓名   | 就读学校       | 证件号码           |
    | 张小雨 | 青石镇中心小学 | 990101201304183021 |
    """
    rows, findings = submit(户=HOUSEHOLDS, 儿童=children, 措施=measures)
    assert meant(rows, "measure") == ["990101201304183021", "H1"]
    assert list(rows["measure"]["head_name"]) == ["张建国"] * 2
    assert list(rows["measure"]["person_in_charge"]) == ["王芳", "李明"]
    assert told(findings, *LINKED) == []
