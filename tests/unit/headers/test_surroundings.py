"""What stands around a table: metadata, places that hold for all rows, who filled it in."""

import pytest
from markdown_sheet import codes, match, one, said

from bangfu_excel.headers.metadata import parse_pairs
from bangfu_excel.headers.surroundings import class_in, places_in

TABLE = "| 户编号 | 户主姓名 | 家庭人口数 |\n| YL01 | 张三 | 3 |"


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("填报单位（盖章）：青石镇   填报时间：2024年6月5日", [("填报单位", "青石镇"), ("填报时间", "2024年6月5日")]),
        ("填报单位：", [("填报单位", "")]),
        ("单位（盖章）：青石镇", [("填报单位", "青石镇")]),
        ("填报单位：            填报时间：2024-06-05", [("填报单位", ""), ("填报时间", "2024-06-05")]),
        ("填 报 单 位：青石镇", [("填报单位", "青石镇")]),
        ("乡镇：青石镇；村（社区）：柳溪村；", [("乡镇", "青石镇"), ("村", "柳溪村")]),
        ("填报单位：青石镇填报时间：6月", [("填报单位", "青石镇"), ("填报时间", "6月")]),
        ("填表人: 王五\u3000\u3000审核人: ", [("填表人", "王五"), ("审核人", "")]),
        ("填表时间：2024-06-05 10:30", [("填报时间", "2024-06-05 10:30")]),
        ("统计口径：户籍", [("统计口径", "户籍")]),
        ("2024年帮扶对象花名册", []),
        ("附件1：", []),
        ("10:30", []),
    ],
)
def test_pairs_of_label_and_value(text, pairs):
    assert [tuple(pair) for pair in parse_pairs(text)] == pairs


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("青石镇人民政府", {"乡镇": "青石镇"}),
        ("云岭县青石镇柳溪村村民委员会", {"县": "云岭县", "乡镇": "青石镇", "村": "柳溪村"}),
        ("2024年清水镇石桥村帮扶对象花名册", {"乡镇": "清水镇", "村": "石桥村"}),
        ("柳溪村脱贫户花名册", {"村": "柳溪村"}),
        ("城关街道办事处", {"乡镇": "城关街道"}),
        ("青石镇农村扶贫开发工作统计表", {"乡镇": "青石镇"}),
        ("青石镇贫困村名单", {"乡镇": "青石镇"}),
        ("1.柳溪村", {"村": "柳溪村"}),
        ("云岭县农业农村局", {}),
        ("巩固拓展脱贫攻坚成果同乡村振兴有效衔接台账", {}),
        ("驻村工作队走访记录", {}),
        ("各乡镇结对帮扶情况统计表", {}),
        ("农村低保户花名册", {}),
        ("城乡居民名单", {}),
        ("Sheet1", {}),
        ("帮扶对象花名册", {}),
        ("行政村名单", {}),
        ("党校送课下乡情况统计", {}),
        ("渡下乡柳溪村花名册", {"乡镇": "渡下乡", "村": "柳溪村"}),
    ],
)
def test_places_at_the_beginning_of_a_text(text, places):
    assert places_in(text) == places


def constants(drawing: str, name: str = "Sheet1") -> set[tuple[str, str, str]]:
    return {(c.field, c.value, c.source) for c in one(drawing, name).parts[0].constants}


def test_township_and_village_from_metadata_lines():
    assert constants("| 乡镇：青石镇；村：柳溪村 |\n" + TABLE) == {
        ("township", "青石镇", "乡镇"),
        ("village", "柳溪村", "村"),
    }


def test_township_from_the_submitting_unit_title_or_sheet_name():
    assert constants("| 填报单位：青石镇人民政府 |\n" + TABLE) == {("township", "青石镇", "填报单位")}
    assert constants("| 青石镇帮扶对象花名册 |\n" + TABLE) == {("township", "青石镇", "标题")}
    assert constants(TABLE, "柳溪村") == {("village", "柳溪村", "表名")}


def test_what_was_taken_is_said_once():
    _, findings = match("| 填报单位：青石镇人民政府 |\n" + TABLE, "柳溪村")
    taken = said(findings, "LY10")
    assert "村“柳溪村”（表名）" in taken.message
    assert "乡镇“青石镇”（填报单位）" in taken.message
    assert "LY10" not in codes(match(TABLE)[1])


def test_a_column_goes_before_the_surroundings():
    drawing = "| 填报单位：青石镇人民政府 |\n| 乡镇 | 户主姓名 | 家庭人口数 |\n| 白云镇 | 张三 | 3 |"
    assert constants(drawing) == set()


def test_surroundings_that_differ_are_said_and_not_used():
    regions, findings = match("| 白云镇帮扶对象花名册 |\n| 填报单位：青石镇人民政府 |\n" + TABLE)
    assert regions[0].parts[0].constants == ()
    assert "填报单位里是“青石镇”、标题里是“白云镇”" in said(findings, "LY11").message


def test_what_a_line_says_plainly_goes_before_what_a_title_implies():
    assert constants("| 白云镇帮扶对象花名册 |\n| 乡镇：青石镇 |\n" + TABLE) == {("township", "青石镇", "乡镇")}


def test_the_footer_is_metadata_too():
    region = one("| 花名册 |\n" + TABLE + "\n| 填表人：王五 | | 审核人：赵六 |")
    assert region.metadata == {"填表人": "王五", "审核人": "赵六"}


def test_a_label_whose_value_stands_in_the_next_cell():
    region = one("| 填报单位（盖章） | 青石镇人民政府 | 填报时间： | 2024年6月 |\n" + TABLE)
    assert region.metadata == {"填报单位": "青石镇人民政府", "填报时间": "2024年6月"}


def test_who_filled_it_in_is_asked_for_once_a_sheet():
    _, findings = match("| 花名册 |\n| 填报单位：     填报时间：2024年6月 |\n" + TABLE + "\n| 填表人： 审核人：赵六 |")
    unsigned = said(findings, "PV28")
    assert unsigned.message.endswith("：填报单位未填、填表人未填")
    assert (unsigned.severity, unsigned.effect, unsigned.count) == ("warning", "none", 2)


def test_a_sheet_that_is_signed_or_has_no_title_is_not_asked():
    assert "PV28" not in codes(match("| 花名册 |\n| 填报单位：青石镇   填报时间：2024年6月 |\n" + TABLE)[1])
    assert "PV28" not in codes(match(TABLE)[1])


def test_a_title_alone_lacks_unit_and_time():
    assert said(match("| 花名册 |\n" + TABLE)[1], "PV28").message.endswith("没有填报单位、没有填报时间")


MONEY = "| 户主姓名 | 村 | 家庭纯收入 | 转移性收入（元） | 耕地面积 |\n| 张三 | 柳溪村 | 1.2 | 300 | 2 |"


def units(drawing: str) -> dict[str, str]:
    return {c.field: c.unit for c in one(drawing).parts[0].columns if c.unit}


def test_a_unit_above_the_table_holds_for_columns_without_their_own():
    assert units("| 花名册 |\n| （单位：万元、亩） |\n" + MONEY) == {
        "net_income": "万元",
        "transfer_income": "元",
        "farmland_mu": "亩",
    }


def test_an_office_above_the_table_is_no_unit():
    assert units("| 花名册 |\n| 单位：青石镇人民政府 |\n" + MONEY) == {"transfer_income": "元"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("三年级1班", "三年级1班"),
        ("初二（3）班", "初二（3）班"),
        ("三（2）班", "三（2）班"),
        ("3.2班", "3.2班"),
        ("青石镇中心小学三年级二班留守儿童花名册", "三年级二班"),
        ("一年级1班、一年级2班学生名册", ""),
        ("2024年第1期培训班学员名册", ""),
        ("领导班子名单", ""),
        ("柳溪村", ""),
    ],
)
def test_a_class_is_told_by_its_grade_and_number(text, told):
    assert class_in(text) == told


PUPILS = "| 学生姓名 | 证件号码 | 监护人姓名 |\n| 张小雨 | 990101201304183021 | 张大山 |"


def test_the_class_of_a_roster_is_its_sheets_name_or_stands_in_the_title():
    assert ("class_name", "三年级1班", "表名") in constants(PUPILS, "三年级1班")
    assert ("class_name", "三（1）班", "标题") in constants("| 中心小学三（1）班留守儿童花名册 |\n" + PUPILS)


def test_a_class_that_is_written_in_two_ways_is_taken_as_the_sheet_is_called():
    told = constants("| 中心小学三（1）班留守儿童花名册 |\n" + PUPILS, "三年级1班")
    assert [value for field, value, _ in told if field == "class_name"] == ["三年级1班"]


def test_no_class_goes_before_its_column():
    drawing = "| 学生姓名 | 班级 | 证件号码 | 监护人姓名 |\n| 张小雨 | 三（2）班 | 990101201304183021 | 张大山 |"
    assert not any(field == "class_name" for field, _, _ in constants(drawing, "三年级1班"))
