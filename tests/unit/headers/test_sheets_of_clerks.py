"""Sheets as schools, villages, units and volunteers write them: the right table, every column its field, nothing lost unsaid."""

import pytest
from markdown_sheet import sheet

from bangfu_excel.domain import CODELISTS, TABLES
from bangfu_excel.headers import HeaderSettings, match_headers


def read(drawing, name="表", waited=()):
    """Table, {column letter: field}, and findings' codes of the one sheet drawn. waited: tables that are waited for."""
    settings = HeaderSettings(codelists=CODELISTS, preferred=frozenset(waited))
    regions, findings = match_headers("甲.xlsx", sheet(drawing, name), tuple(TABLES.values()), settings)
    part = regions[0].parts[0] if regions else None
    columns = {chr(65 + c.index): c.field for c in part.columns} if part else {}
    return part and part.table, columns, [f.code for f in findings]


def test_parents_and_guardian_of_a_pupil_each_have_a_name_and_a_place_of_work():
    table, columns, _ = read(
        """
        | 学生姓名 | 性别 | 身份证号 | 父亲情况 | < | < | 母亲情况 | < | < | 现监护人情况 | < | < |
        | ^ | ^ | ^ | 姓名 | 外出务工地点 | 联系电话 | 姓名 | 外出务工地点 | 联系电话 | 姓名 | 与学生关系 | 联系电话 |
        | 张小雨 | 女 | 990101201304183021 | 张志强 | 宁波 | 13900010002 | 刘小梅 | 宁波 | 13900010003 | 张建国 | 爷爷 | 13900010001 |
        | 王强 | 男 | 990101201209053114 | 王大力 | 广州 | 13900010012 | 孙芳 | 苏州 | 13900010013 | 李秀英 | 奶奶 | 13900010011 |
        """
    )
    assert (table, list(columns.values())) == (
        "child",
        [
            "name", "gender", "id_number", "father_name", "father_work_place", "father_phone", "mother_name", "mother_work_place",
            "mother_phone", "guardian_name", "guardian_relation", "guardian_phone",
        ],
    )  # fmt: skip


def test_figures_under_a_group_of_villagers_are_not_those_of_the_village():
    table, columns, findings = read(
        """
        | 村名 | 总户数（户） | 总人口（人） | 其中：贫困人口 | < | 党员（名） |
        | ^ | ^ | ^ | 户数（户） | 人数（人） | ^ |
        | 柳溪村 | 412 | 1468 | 38 | 96 | 32 |
        | 东沟村 | 380 | 1200 | 25 | 70 | 20 |
        """
    )
    assert table == "village"
    assert columns == {
        "A": "village", "B": "households", "C": "population", "D": "poor_households", "E": "poor_persons", "F": "party_members",
    }  # fmt: skip
    assert "LY07" not in findings


def test_figures_under_a_group_that_nobody_knows_are_nobody_elses():
    table, columns, findings = read(
        """
        | 村名 | 低收入户 | < | 总人口 |
        | ^ | 户数 | 人数 | ^ |
        | 柳溪村 | 12 | 30 | 1468 |
        | 东沟村 | 9 | 22 | 1200 |
        """
    )
    assert (table, columns) == ("village", {"A": "village", "D": "population"})
    assert "LY08" in findings


def test_the_whole_under_a_heading_is_what_the_heading_says():
    table, columns, _ = read(
        """
        | 培训时间 | 培训内容 | 授课老师 | 参训人数 | < |
        | ^ | ^ | ^ | 总数 | 其中贫困户 |
        | 2024-04-10 | 养羊 | 张站长 | 60 | 25 |
        | 2024-04-11 | 种菜 | 张站长 | 50 | 20 |
        """
    )
    assert (table, columns) == ("training", {"A": "held_on", "B": "content", "C": "trainer", "D": "participants_count"})


def test_how_many_came_is_not_who_came():
    table, columns, _ = read(
        """
        | 学校 | 活动名称 | 活动时间 | 参加学生（人） | 参加家长（人） |
        | 中心小学 | 六一联欢 | 2024-06-01 | 45 | 12 |
        | 东沟小学 | 视频通话 | 2024-05-10 | 30 | 20 |
        """
    )
    assert (table, columns) == ("activity", {"A": "unit", "B": "title", "C": "held_on"})


GIVEN_OUT = """
    | 捐赠物资发放表 | | | | | | | |
    | 序号 | 姓名 | 学校 | 班级 | 书包（个） | 文具（套） | 现金（元） | 领取人签字 |
    | 1 | 张小雨 | 中心小学 | 五1班 | 1 | 1 | 200 | 张建国 |
    | 2 | 王强 | 中心小学 | 六2班 | 1 | 1 | 200 | 王大力 |
    """
DUE = """
    | 序号 | 单位 | 帮扶方案 | < | 半年小结 | < | 备注 |
    | ^ | ^ | 是否报送 | 报送时间 | 是否报送 | 报送时间 | ^ |
    | 1 | 县农业农村局 | 是 | 2024-01-25 | 是 | 2024-06-18 | |
    | 2 | 县教育局 | 是 | 2024-02-01 | 否 | | 催报 |
    """
AWAY = """
    | 序号 | 单位 | 姓名 | 请假类别 | 请假起止时间 | 天数 | 事由 | 批准人 |
    | 1 | 县教育局 | 孙丽 | 产假 | 2024年3月1日至6月30日 | 122 | 生育 | 吴文 |
    | 2 | 县教育局 | 王芳 | 事假 | 2024年5月6日至5月7日 | 2 | 家事 | 吴文 |
    """
DELIVERED = """
    | 教师 | 帮扶学生 | 送技能 | 送劳力 | 送物资 | 送产业 | 送健康 | 时间 | 备注 |
    | 王老师 | 张小雨 | 辅导数学 | 无 | 书包1个 | 无 | 无 | 4月22日 | |
    | 李老师 | 王强 | 无 | 种玉米 | 衣服2件 | 鸡苗20只 | 量血压 | 5月3日 | |
    """


@pytest.mark.parametrize(
    ("drawing", "name", "waited"),
    [(GIVEN_OUT, "发放", "child"), (DUE, "材料", "unit")],
)
def test_a_sheet_of_something_else_is_no_roster_of_the_names_in_it(drawing, name, waited):
    assert read(drawing, name, {waited}) == (None, {}, ["LY04"])


def test_a_list_of_leave_with_both_dates_in_one_column_is_one():
    table, fields, told = read(AWAY, "请假", {"helper"})
    assert (table, told) == ("leave", ["LY08"])
    assert fields["E"] == "started_on"


def test_a_column_for_each_of_the_five_is_a_list_of_what_was_done():
    table, columns, _ = read(DELIVERED, "五送", {"diary"})
    assert (table, columns["A"], columns["B"], columns["H"]) == (
        "measure",
        "helper_name",
        "recipient_name",
        "started_on",
    )


def test_what_a_signature_below_a_list_says_is_no_pupil():
    drawing = """
        | 学生姓名 | 性别 | 身份证号 | 出生年月 |
        | 张小雨 | 女 | 990101201304183021 | 2013.4 |
        | 王强 | 男 | 990101201209053114 | 2012.9 |
        | 班主任：周老师 | | | 校长：吴校长 |
        """
    (region,), _ = match_headers("甲.xlsx", sheet(drawing), tuple(TABLES.values()))
    assert region.data_rows.tolist() == [1, 2]
