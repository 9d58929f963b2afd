"""What the title, 填报单位 and the sheet's name tell of all rows: whose list it is, and what kind of record it holds."""

import pytest
from markdown_sheet import sheet

from bangfu_excel.core.table import Reporter
from bangfu_excel.domain import CODELISTS, TABLES
from bangfu_excel.headers import HeaderSettings, match_headers
from bangfu_excel.headers.reporter import reporters, unit_at_start


def read(drawing, name="Sheet1", file="甲.xlsx"):
    """Table, {field: value} that holds for all rows, and findings' codes of the one sheet drawn."""
    found, said = match_headers(file, sheet(drawing, name), tuple(TABLES.values()), HeaderSettings(codelists=CODELISTS))
    part = found[0].parts[0] if found else None
    return part and part.table, {c.field: c.value for c in part.constants} if part else {}, [f.code for f in said]


HELPERS = "| 姓名 | 性别 | 职务 | 联系电话 |\n| 李明 | 男 | 股长 | 13900020002 |\n| 王芳 | 女 | 科员 | 13900020003 |"
PUPILS = "| 姓名 | 性别 | 班级 | 监护人姓名 |\n| 张小雨 | 女 | 三年级1班 | 张建国 |\n| 王强 | 男 | 三年级1班 | 王大力 |"
ENTRIES = "| 日期 | 教师 | 学生姓名 | 内容 |\n| 2024-05-16 | 周晓燕 | 张小雨 | 谈了学习 |\n| 2024-05-17 | 周晓燕 | 王强 | 谈了家里 |"
DEEDS = "| 活动时间 | 活动名称 | 活动内容 | 参加人数 |\n| 2024-05-18 | 清洁 | 清理垃圾 | 30 |\n| 2024-05-19 | 谈心 | 座谈 | 12 |"


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("云岭县水利局帮扶干部名册", "云岭县水利局"), ("2024年云岭县水利局帮扶干部名册", "云岭县水利局"), ("县委组织部干部名册", "县委组织部"),
        ("清水镇中心小学留守儿童档案", "清水镇中心小学"), ("青石镇中心小学三年级（2）班花名册", "青石镇中心小学"), ("水利局", "水利局"),
        ("云岭县公安局交警大队帮扶干部名册", "云岭县公安局交警大队"), ("全县中小学留守儿童档案", ""), ("驻村工作队走访记录", ""),
        ("留守儿童学校花名册", ""), ("清水镇帮扶干部名册", ""), ("结对帮扶学校名单", ""), ("农村小学教师名册", ""), ("Sheet1", ""),
    ],
)  # fmt: skip
def test_the_unit_that_a_title_begins_with(title, unit):
    assert unit_at_start(title) == unit


@pytest.mark.parametrize(
    ("asked", "reported", "title", "names"),
    [
        (Reporter.UNIT, "云岭县水利局（盖章）", "", ["云岭县水利局"]),
        (Reporter.UNIT, "县水利局", "云岭县水利局帮扶干部名册", ["云岭县水利局"]),
        (Reporter.UNIT, "县教育局", "云岭县水利局帮扶干部名册", ["县教育局", "云岭县水利局"]),
        (Reporter.UNIT, "清水镇人民政府", "", []),
        (Reporter.UNIT, "清水镇", "", []),
        (Reporter.UNIT, "石桥村村民委员会", "", []),
        (Reporter.UNIT, "云岭县乡村振兴局", "", []),
        (Reporter.UNIT, "张建国", "", []),
        (Reporter.SCHOOL, "清水镇中心小学", "", ["清水镇中心小学"]),
        (Reporter.SCHOOL, "云岭县教育局", "云岭县教育局留守儿童档案", []),
        (Reporter.ANYBODY, "清水镇人民政府", "云岭县水利局材料清单", ["清水镇人民政府"]),
    ],
)  # fmt: skip
def test_who_reports(asked, reported, title, names):
    assert [name for name, _ in reporters(asked, reported, [title], "Sheet1")] == names


@pytest.mark.parametrize("above", ["| 帮扶干部名册 |\n| 填报单位：云岭县水利局 |\n", "| 云岭县水利局帮扶干部名册 |\n"])
def test_a_list_of_helpers_is_of_the_unit_that_reports_it(above):
    assert read(above + HELPERS) == ("helper", {"unit": "云岭县水利局"}, ["LY10", "PV28"])


def test_a_township_gathers_the_helpers_of_others():
    table, given, codes = read("| 填报单位：清水镇人民政府 |\n" + HELPERS, "帮扶干部名册")
    assert (table, given, codes[:1]) == ("helper", {}, ["LY09"])


def test_a_column_of_its_own_is_what_counts():
    drawing = "| 填报单位：云岭县水利局 |\n| 姓名 | 单位 | 联系电话 |\n| 李明 | 县农业局 | 13900020002 |\n| 王芳 | | 13900020003 |"
    assert read(drawing, "帮扶干部名册")[:2] == ("helper", {})


@pytest.mark.parametrize(
    "above",
    [
        "| 清水镇中心小学留守儿童档案 |\n",
        "| 留守儿童档案 |\n| 填报学校：清水镇中心小学 |\n",
        "| 留守儿童档案 |\n| 学校：清水镇中心小学 |\n",
    ],
)
def test_a_list_of_pupils_is_of_the_school_that_reports_it(above):
    table, given, _ = read(above + PUPILS)
    assert (table, given["school"]) == ("child", "清水镇中心小学")


def test_only_a_title_makes_a_list_that_lacks_its_unit_one_of_activities():
    assert read("| 2024年帮扶活动台账 |\n| 填报单位：云岭县水利局 |\n" + DEEDS)[:2] == (
        "activity",
        {"unit": "云岭县水利局"},
    )
    assert read("| 填报单位：云岭县水利局 |\n" + DEEDS)[0] is None


@pytest.mark.parametrize(
    ("title", "name", "file", "kind"),
    [
        ("谈心记录卡", "Sheet1", "甲.xlsx", "谈心记录卡"), ("五年级周记", "Sheet1", "甲.xlsx", "周记"),
        ("教师关爱留守儿童成长日记", "Sheet1", "甲.xlsx", "成长日记"), ("志愿者工作情况登记表", "Sheet1", "甲.xlsx", "工作情况登记"),
        ("", "民情日记", "甲.xlsx", "民情日记"), ("", "Sheet1", "清水镇/民情日记.xlsx", "民情日记"), ("谈心记录卡", "民情日记", "甲.xlsx", "谈心记录卡"),
        ("教师日记", "Sheet1", "甲.xlsx", None), ("民情日记和成长日记", "Sheet1", "甲.xlsx", None), ("日记与记录卡", "Sheet1", "甲.xlsx", None),
        ("走访记录卡", "Sheet1", "甲.xlsx", None),
    ],
)  # fmt: skip
def test_the_title_says_what_kind_of_entries_these_are(title, name, file, kind):
    above = f"| {title} |\n" if title else ""
    table, given, _ = read(above + ENTRIES, name, file)
    assert (table, given.get("kind")) == ("diary", kind)


@pytest.mark.parametrize(
    ("codelist", "title", "label"),
    [
        ("activity_kind", "青石镇中心小学主题班会记录", "主题班会"), ("activity_kind", "座谈会记录", "座谈"), ("activity_kind", "县委宣传部活动台账", None),
        ("activity_kind", "志愿服务队活动台账", None), ("activity_kind", "主题班会和座谈会记录", None), ("visit_kind", "2024年春节慰问走访记录", "节日慰问"),
        ("visit_kind", "走访记录", None), ("visit_kind", "家访慰问记录", None), ("document_kind", "2024年上半年工作总结", "半年小结"),
        ("document_kind", "2024年工作总结", "工作总结"), ("document_kind", "云岭县农业农村局结对帮扶工作方案", "工作方案"), ("document_kind", "花名册", None),
        ("document_kind", "工作方案和年度总结", None), ("document_kind", "其他", None),
    ],
)  # fmt: skip
def test_the_one_label_in_a_title(codelist, title, label):
    assert CODELISTS[codelist].label_in(title, ("走访",)) == label


def test_a_list_of_documents_with_titles_has_no_kind_of_its_own():
    drawing = "| 工作方案报送登记 |\n| 报送单位 | 资料名称 | 报送时间 |\n| 县水利局 | 2024年工作计划 | 2024-01-20 |\n| 县教育局 | 调研报告 | 2024-01-20 |"
    assert read(drawing)[:2] == ("document", {})
