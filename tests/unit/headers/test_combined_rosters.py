"""Rosters of persons that carry the columns of their households, and of their helpers: one region feeds all of these."""

from markdown_sheet import codes, fields, match, one, said

NATIONAL = """
| 省   | 市   | 县     | 乡     | 村     | 户编号 | 人口编号 | 姓名   | 性别 | 证件号码            | 户联系电话   | 成员联系电话 | 与户主关系 | 文化程度 | 户主姓名 | 户主证件号码        |
| 甲省 | 乙市 | 云岭县 | 青石镇 | 柳溪村 | H1     | P1       | 张建国 | 男   | '990101196805123015 | '13900010001 |              | 户主       | 小学     | 张建国   | '990101196805123015 |
| 甲省 | 乙市 | 云岭县 | 青石镇 | 柳溪村 | H1     | P2       | 王秀英 | 女   | '990101197008233021 | '13900010001 |              | 配偶       | 初中     | 张建国   | '990101196805123015 |
"""  # fmt: skip


def test_the_national_export_is_persons_and_their_households():
    region = one(NATIONAL)
    assert [part.table for part in region.parts] == ["member", "household"]
    assert fields(region)["name"] == "H"
    assert fields(region)["id_number"] == "J"
    assert fields(region, 1) == {
        "county": "C", "township": "D", "village": "E", "household_id": "F", "phone": "K", "head_name": "O", "head_id": "P",
    }  # fmt: skip


def test_nothing_that_both_tables_know_is_said_to_be_extra_or_missing():
    _, findings = match(NATIONAL)
    assert codes(findings) == ["LY08"]
    assert said(findings, "LY08").count == 3


def test_helper_columns_of_such_a_roster_are_pairings():
    region = one("""
        | 户编号 | 姓名   | 与户主关系 | 家庭人口 | 致贫原因 | 帮扶责任人 | 帮扶单位 |
        | H1     | 张建国 | 户主       | 2        | 因病     | 李明       | 农业局   |
        | H1     | 王秀英 | 配偶       |          |          |            |          |
    """)  # fmt: skip
    assert [part.table for part in region.parts] == ["member", "household", "pairing"]
    assert fields(region, 1) == {"household_id": "A", "member_count": "D", "cause": "E"}
    assert fields(region, 2) == {"household_id": "A", "helper_name": "F", "helper_unit": "G"}


def test_under_headings_of_two_parties():
    region = one("""
        | 户主信息 | <      | <                   | 家庭成员信息 | <                   | <          |
        | 户编号   | 姓名   | 身份证号            | 姓名         | 身份证号            | 与户主关系 |
        | H1       | 张建国 | '990101196805123015 | 王秀英       | '990101197008233021 | 配偶       |
    """)  # fmt: skip
    assert fields(region) == {"household_id": "A", "head_name": "B", "name": "D", "id_number": "E", "relation": "F"}
    assert fields(region, 1) == {"household_id": "A", "head_name": "B", "head_id": "C"}


def test_a_roster_of_households_is_not_taken_for_persons_by_a_second_name():
    region = one("| 户主姓名 | 姓名 | 村 | 家庭人口数 | 致贫原因 |\n| 张三 | 张三 | 柳溪村 | 3 | 因病 |")
    assert [part.table for part in region.parts] == ["household"]


def test_a_list_of_members_that_says_nothing_of_households_feeds_members_alone():
    region = one("| 户编号 | 户主姓名 | 姓名 | 与户主关系 | 联系电话 |\n| H1 | 张三 | 张三 | 户主 | '13900010001 |")
    assert [part.table for part in region.parts] == ["member"]
    assert fields(region)["phone"] == "E"
