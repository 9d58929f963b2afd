"""Tables beside each other on one sheet: each is read for itself; a list of options beside a table is none."""

from markdown_sheet import codes, fields, match, rows, said

BESIDE = """
| 青石镇柳溪村台账 | <        | <          | < | <          | <      | <      |
| 户编号           | 户主姓名 | 家庭人口数 |   | 走访时间   | 户编号 | 走访人 |
| H1               | 张建国   | 2          |   | 2024-06-05 | H1     | 李明   |
| H2               | 赵大山   | 4          |   |            |        |        |
| 合计             |          | 6          |   |            |        |        |
"""


def test_each_of_two_tables_has_its_own_columns_and_rows():
    (left, right), _ = match(BESIDE)
    assert [left.parts[0].table, right.parts[0].table] == ["household", "visit"]
    assert fields(left) == {"household_id": "A", "head_name": "B", "member_count": "C"}
    assert fields(right) == {"visited_on": "E", "household_id": "F", "visitors": "G"}
    assert (rows(left), rows(right)) == ("THDDS", "THD")


def test_what_stands_above_holds_for_both():
    (left, right), _ = match(BESIDE)
    assert {c.field: c.value for c in right.parts[0].constants} == {"township": "青石镇", "village": "柳溪村"}
    assert left.parts[0].constants == right.parts[0].constants


def test_a_table_that_goes_on_beside_itself_is_two_regions():
    regions, findings = match("""
        | 序号 | 户编号 | 户主姓名 |  | 序号 | 户编号 | 户主姓名 |
        | 1    | H1     | 张建国   |  | 3    | H3     | 周大勇   |
        | 2    | H2     | 赵大山   |  | 4    | H4     | 孙明亮   |
    """)  # fmt: skip
    assert [region.data_rows.tolist() for region in regions] == [[1, 2], [1, 2]]
    assert not {"LY07", "LY13"} & set(codes(findings))


def test_the_headers_need_not_stand_in_the_same_row():
    regions, _ = match("""
        | 户编号 | 户主姓名 | 家庭人口数 |  |            |        |        |
        | H1     | 张建国   | 2          |  |            |        |        |
        | H2     | 赵大山   | 4          |  | 走访时间   | 户编号 | 走访人 |
        | H3     | 孙明亮   | 1          |  | 2024-06-05 | H1     | 李明   |
    """)  # fmt: skip
    assert [rows(region) for region in regions] == ["HDDD", "..HD"]


def test_a_list_of_options_beside_a_table_is_told_and_not_read():
    regions, findings = match("""
        | 户编号 | 户主姓名 | 户类型   |  | 户类型   | 是否 |
        | H1     | 张建国   | 一般农户 |  | 一般农户 | 是   |
        | H2     | 赵大山   | 低保户   |  | 低保户   | 否   |
    """)  # fmt: skip
    assert len(regions) == 1
    assert said(findings, "LY13").place.cell == "E1"


def test_columns_behind_a_gap_that_say_nobody_belong_to_no_table():
    regions, findings = match("""
        | 户编号 | 户主姓名 |  | 帮扶单位 | 帮扶人电话   |
        | H1     | 张建国   |  | 水利局   | '13900020002 |
    """)  # fmt: skip
    assert len(regions) == 1
    assert said(findings, "LY13").count == 2
