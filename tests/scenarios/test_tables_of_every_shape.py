"""Tables as townships lay them out: titles that read like headings, slipped columns, helpers side by side, blocks of all kinds."""

import pytest
from drawn_books import account, at, check, column

A, B, C, D = "990101196805123015", "990101197008233021", "99010119551120224X", "990101195112122111"


def told(batch, code):
    return [f for f in batch.findings if f.code == code]


def test_a_title_that_is_a_groups_name_takes_no_column_from_the_table_below_it():
    batch = check(表=f"""
        | 一、帮扶对象户 |          |                    |            |
        | 户编号         | 户主姓名 | 身份证号码         | 家庭人口   |
        | H1             | 张建国   | {A}                | 1          |
        | 注：以上为6月底数据。 | |                     |            |
        |                |          |                    |            |
        | 二、家庭成员   |          |                    |            |
        | 户编号         | 姓名     | 身份证号码         | 与户主关系 |
        | H1             | 张建国   | {A}                | 户主       |
        | 说明：户主本人也要填。 | |                    |            |
        | 三、走访记录   |          |                    |            |
        | 走访时间       | 户编号   | 走访人             | 走访内容   |
        | 2024-06-05     | H1       | 李明               | 查看住房和饮水 |
    """)  # fmt: skip
    assert [batch.rows[t]["household_id"].tolist() for t in ("household", "member", "visit")] == [["H1"]] * 3
    assert batch.reconciliation["data"].tolist() == [1, 1, 1]


@pytest.mark.parametrize("merged", [["A1:D1"], []])
def test_a_group_heading_over_the_whole_table_is_a_title(merged):
    batch = check(成员=f"""
        | 家庭成员信息 |        |                    |            |
        | 户编号       | 姓名   | 身份证号           | 与户主关系 |
        | H1           | 张建国 | {A}                | 户主       |
    """, merges=merged)  # fmt: skip
    assert column(batch, "member", "household_id") == ["H1"]


def test_a_table_whose_columns_slipped_by_one_is_not_read_at_all():
    people = [("张建国", A), ("王秀英", B), ("周桂花", C), ("赵大勇", D), ("孙明亮", "990101197310062331")]
    header = ["乡镇", "村", "户主姓名", "身份证号码", "家庭人口", "家庭纯收入", "联系电话"]
    lines = [[n, "青石镇", "柳溪村", name, number, 3, 9000, "13900010001"] for n, (name, number) in enumerate(people)]
    batch = check(户=[header, *lines])
    assert at(batch, "LY66", "LY65", "ID16", "EC14") == [("LY66", "D1")]
    assert "household" not in batch.rows


def test_a_row_of_filling_hints_below_the_header_is_no_household():
    batch = check(户="""
        | 户编号     | 户主姓名     | 身份证号码     | 家庭人口 | 识别时间         |
        | 系统户编号 | 与身份证一致 | 18位，文本格式 | 填数字   | 格式：2024-01-01 |
        | H1         | 张建国       | 990101196805123015 | 2    | 2024-01-05       |
    """)  # fmt: skip
    assert column(batch, "household", "household_id") == ["H1"]
    assert at(batch, "LY12") == [("LY12", "A2")]


def test_a_household_that_says_how_it_was_filled_in_is_no_row_of_hints():
    batch = check(户="| 户编号 | 户主姓名 | 备注 |\n| H1 | 张建国 | 请核实 |\n| H2 | 王秀英 | |")
    assert column(batch, "household", "household_id") == ["H1", "H2"]


def test_a_year_is_not_taken_for_an_age_nor_one_question_for_another():
    batch = check(成员=f"""
        | 年度 | 户编号 | 户主姓名 | 姓名   | 身份证号 | 与户主关系 | 是否已务工 |
        | 2024 | H1     | 张建国   | 张建国 | {A}      | 户主       | 是         |
    """)  # fmt: skip
    assert "是不是" not in told(batch, "LY08")[0].message


def test_a_group_of_a_village_may_have_a_name_instead_of_a_number():
    batch = check(户="| 所在乡镇村组 | 户主姓名 | 身份证号码 |\n| 青石镇柳溪村大湾组 | 张建国 | 990101196805123015 |")
    places = [column(batch, "household", name) for name in ("township", "village", "group")]
    assert places == [["青石镇"], ["柳溪村"], ["大湾组"]]


_NAMESAKES = f"""
    | 村     | 组   | 户主姓名 | 家庭人口 | 致贫原因 | 姓名   | 性别 | 身份证号码 | 与户主关系 |
    | 柳溪村 | 三组 | 张建国   | 2        | 因病     | 张建国 | 男   | {A}        | 户主       |
    |        |      |          |          |          | 王秀英 | 女   | {B}        | 配偶       |
    | 柳溪村 | 三组 | 张建国   | 2        | 因残     | 张建国 | 男   | {D}        | 户主       |
    |        |      |          |          |          | 周桂花 | 女   | {C}        | 之母       |
"""


@pytest.mark.parametrize("merged", [["C2:C3", "D2:D3", "C4:C5", "A2:A5"], []])
def test_two_heads_of_one_name_in_one_group_keep_their_own_people(merged):
    batch = check(
        成员=_NAMESAKES,
        走访="| 走访时间 | 村 | 户主姓名 | 走访人 |\n| 2024-06-05 | 柳溪村 | 王秀英 | 李明 |",
        merges=merged,
    )
    assert column(batch, "household", "cause") == ["因病", "因残"]
    assert column(batch, "member", "_recipient") == [A, A, D, D]
    assert column(batch, "visit", "_recipient") == [A]
    assert not at(batch, "LK02", "HH07", "LY52")


def test_two_helpers_in_the_rows_of_one_merged_household_are_two_pairings():
    batch = check(成员=f"""
        | 户主姓名 | 户主证件号码 | 家庭人口 | 姓名   | 身份证号码 | 与户主关系 | 帮扶责任人 | 帮扶单位 |
        | 张建国   | {A}          | 2        | 张建国 | {A}        | 户主       | 李明       | 农业局   |
        |          |              |          | 王秀英 | {B}        | 配偶       | 王芳       | 教育局   |
    """, merges=["A2:A3", "B2:B3", "C2:C3"])  # fmt: skip
    assert column(batch, "pairing", "helper_name") == ["李明", "王芳"]
    assert column(batch, "pairing", "_recipient") == [A, A]


def test_a_second_helper_beside_the_first_is_a_pairing_with_his_own_unit_and_telephone():
    batch = check(户=f"""
        | 村     | 户主姓名 | 身份证号码 | 人口 | 第一责任人 | 单位   | 联系电话    | 第二责任人 | 单位   | 联系电话    | 备注 |
        | 柳溪村 | 张建国   | {A}        | 1    | 李明       | 农业局 | 13900020001 | 王芳       | 教育局 | 13900020002 | 无   |
        | 柳溪村 | 王秀英   | {B}        | 1    | 李明       | 农业局 | 13900020001 |            |        |             |      |
    """)  # fmt: skip
    assert column(batch, "pairing", "helper_name") == ["李明", "李明", "王芳"]
    assert column(batch, "pairing", "helper_unit") == ["农业局", "农业局", "教育局"]
    assert column(batch, "pairing", "helper_phone") == ["13900020001", "13900020001", "13900020002"]
    assert column(batch, "pairing", "_recipient") == [A, B, A]
    assert not at(batch, "LY06", "LY07", "LY16", "MG01", "MG03")


def test_two_helpers_under_headings_of_four_levels():
    batch = check(户=f"""
        | 户主信息 |          | 家庭情况   |          | 帮扶责任人 |             |            |             |
        | 姓名     | 身份证号 | 收入（元） |          | 第一责任人 |             | 第二责任人 |             |
        |          |          | 家庭纯收入 | 其中     | 姓名       | 电话        | 姓名       | 电话        |
        |          |          |            | 工资性收入 |          |             |            |             |
        | 张建国   | {A}      | 9000       | 6000     | 李明       | 13900020001 | 王芳       | 13900020002 |
    """, merges=["A1:B1", "A2:A4", "B2:B4", "C1:D1", "C2:D2", "C3:C4", "E1:H1", "E2:F2", "G2:H2",
                 "E3:E4", "F3:F4", "G3:G4", "H3:H4"])  # fmt: skip
    assert column(batch, "pairing", "helper_phone") == ["13900020001", "13900020002"]
    assert column(batch, "household", "wage_income") == [6000]


def test_a_second_helper_in_a_list_of_pairings_shares_what_the_row_says_of_the_household():
    batch = check(对接=f"""
        | 帮扶单位 | 帮扶责任人 | 第二责任人 | 帮扶对象姓名 | 对象证件号码 | 结对时间  |
        | 农业局   | 李明       | 王芳       | 张建国       | {A}          | 2024-13-5 |
        | 农业局   | 李明       |            | 王秀英       | {B}          | 2024-01-5 |
    """)  # fmt: skip
    assert column(batch, "pairing", "helper_name") == ["李明", "李明", "王芳"]
    assert column(batch, "pairing", "recipient_name") == ["张建国", "王秀英", "张建国"]
    assert [f.place.cell for f in batch.findings if f.severity == "error"] == ["F2"]
    assert batch.reconciliation["data"].tolist() == [2]
    assert batch.reconciliation["accepted"].tolist() == [2]


def test_a_village_written_in_its_first_row_only_holds_for_the_rows_below_and_is_doubted():
    batch = check(户=f"""
        | 村     | 户主姓名 | 身份证号码 |
        | 柳溪村 | 张建国   | {A}        |
        |        | 王秀英   | {B}        |
        |        | 周桂花   | {C}        |
        | 小计   | 3户      |            |
        |        | 赵大勇   | {D}        |
    """)  # fmt: skip
    assert column(batch, "household", "village") == ["柳溪村", "柳溪村", "柳溪村", None]
    assert at(batch, "LY56") == [("LY56", "A3")]
    assert told(batch, "LY56")[0].related == ("A4",)


@pytest.mark.parametrize(
    "villages", [["柳溪村", "上河村", "", "下湾村", "大湾村"], ["柳溪村", "柳溪村", "", "上河村", ""]]
)
def test_a_village_that_was_forgotten_is_not_guessed(villages):
    names = ["张建国", "王秀英", "周桂花", "赵大勇", "孙明亮"]
    batch = check(
        户=[["村", "户主姓名"], *([place or None, name] for place, name in zip(villages, names, strict=True))]
    )
    assert column(batch, "household", "village") == [place or None for place in villages]


def test_a_header_that_begins_anew_beside_itself_is_a_second_table():
    batch = check(户=f"""
        | 青石镇脱贫户花名册 | |   |      |          |   |
        | 序号 | 户主姓名 | 身份证号码 | 序号 | 户主姓名 | 身份证号码 |
        | 1    | 张建国   | {A}        | 3    | 周桂花   | {C}        |
        | 2    | 王秀英   | {B}        | 4    | 赵3      | {D}        |
    """, merges=["A1:F1"])  # fmt: skip
    assert sorted(column(batch, "household", "head_id")) == sorted([A, B, C, D])
    assert column(batch, "household", "township") == ["青石镇"] * 4
    assert at(batch, "ID14") == [("ID14", "E4")]


def test_a_row_of_sums_without_a_word_is_a_total():
    lines = [["张建国", A, 3, 9000], ["王秀英", B, 2, 8000], [None, None, 5, 17000], ["周桂花", C, 1, 700]]
    batch = check(户=[["户主姓名", "身份证号码", "家庭人口", "家庭纯收入"], *lines, [None, None, 6, 17700]])
    assert account(batch)["total"] == 2
    assert not at(batch, "RQ01", "PV29")


def test_numbers_without_a_name_that_are_no_sums_are_a_row_that_lacks_its_name():
    batch = check(户=[["户主姓名", "家庭人口"], ["张建国", 3], ["王秀英", 2], [None, 4]])
    assert at(batch, "RQ01") == [("RQ01", "A4")]


def test_a_roster_of_persons_with_columns_of_households_and_helpers_is_one_of_persons():
    batch = check(花名册=f"""
        | 序号 | 村     | 组  | 户主姓名 | 家庭人口 | 致贫原因 | 户联系电话  | 姓名   | 性别 | 身份证号码 | 与户主关系 | 第一责任人 | 单位   | 电话        |
        | 1    | 柳溪村 | 2组 | 张建国   | 2        | 因病     | 13900010001 | 张建国 | 男   | {A}        | 户主       | 李明       | 农业局 | 13900020001 |
        |      |        |     |          |          |          |             | 王秀英 | 女   | {B}        | 配偶       |            |        |             |
    """)  # fmt: skip
    assert column(batch, "member", "id_number") == [A, B]
    assert column(batch, "household", "head_id") == [A]
    assert column(batch, "pairing", "_recipient") == [A]


@pytest.mark.parametrize("gap", ["|  |  |  |\n", ""])
def test_the_same_header_below_another_villages_title_is_that_villages_table(gap):
    batch = check(花名册=f"""
        | 青石镇柳溪村脱贫户花名册 | | |
        | 序号 | 户主姓名 | 家庭人口 |
        | 1    | 张建国   | 3        |
        | 合计 |          | 3        |
        {gap}| 青石镇上河村脱贫户花名册 | | |
        | 序号 | 户主姓名 | 家庭人口 |
        | 1    | 王秀英   | 2        |
        | 合计 |          | 2        |
    """)  # fmt: skip
    assert column(batch, "household", "village") == ["柳溪村", "上河村"]
    assert account(batch)["total"] == 2
    assert not at(batch, "PV29", "LY12")


def test_the_first_of_three_counted_helpers_keeps_his_telephone():
    batch = check(结对=f"""
        | 村     | 户主姓名 | 户主身份证号 | 帮扶人1 | 帮扶人1电话 | 帮扶人2 | 帮扶人2电话 | 帮扶人3 | 帮扶人3电话 |
        | 柳溪村 | 张建国   | {A}          | 李明    | 13900020001 | 王芳    | 13900020002 | 赵强    | 13900020003 |
    """)  # fmt: skip
    assert column(batch, "pairing", "helper_phone") == ["13900020001", "13900020002", "13900020003"]


def test_a_sheet_of_heads_names_alone_is_not_taken_for_options():
    batch = check(柳溪村="| 户主姓名 |\n| 张建国 |\n| 王秀英 |\n| 周桂花 |")
    assert [(f.code, f.severity) for f in batch.findings] == [("LY04", "error")]
