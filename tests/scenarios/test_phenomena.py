"""The mess of real submissions (DOMAIN §3.1), one small sheet each, and what must come out."""

import datetime as dt

import pytest
from drawn_books import account, at, check, column

A = "990101196805123015"
B = "990101197008233021"


def test_m01_a_merged_title_above_the_header_names_the_township():
    batch = check(户="| 2024年青石镇脱贫户花名册 | |\n| 户编号 | 户主姓名 |\n| H1 | 张建国 |", merges=["A1:B1"])
    assert account(batch) == {"title": 1, "header": 1, "blank": 0, "total": 0, "note": 0, "data": 1}
    assert column(batch, "household", "township") == ["青石镇"]
    assert "标题" in next(f.message for f in batch.findings if f.code == "LY10")


def test_m02_label_value_lines_are_kept_with_the_file():
    line = "| 填报单位（盖章）：青石镇    填报时间：2024年6月30日 | | 填表人： | 李明 |"
    batch = check(户=f"{line}\n| 户编号 | 户主姓名 | 村 | 家庭人口数 |\n| H1 | 张建国 | 柳溪村 | 3 |")
    assert batch.files[0].submitter == "青石镇"
    assert batch.files[0].metadata["填表人"] == "李明"
    assert "PV28" not in dict(at(batch))


@pytest.mark.parametrize("above", range(4))
def test_m03_the_header_may_stand_in_any_row(above):
    lines = ["| 青石镇脱贫户花名册 | |", "| | |", "| （2024年度） | |"][:above]
    batch = check(户="\n".join([*lines, "| 户编号 | 户主姓名 |", "| H1 | 张3 |"]))
    assert at(batch, "ID14") == [("ID14", f"B{above + 2}")]


def test_m04_leaves_of_the_same_name_are_told_apart_by_the_headings_above_them():
    batch = check(结对="""
        | 帮扶对象 |        | 帮扶责任人 |        |             | 结对时间  |
        | 户编号   | 姓名   | 姓名       | 单位   | 电话        |           |
        | H1       | 张建国 | 李明       | 农业局 | 13900020002 | 2024.1.15 |
    """, merges=["A1:B1", "C1:E1", "F1:F2"])  # fmt: skip
    assert column(batch, "pairing", "recipient_name") == ["张建国"]
    assert column(batch, "pairing", "helper_name") == ["李明"]
    assert account(batch)["header"] == 2


def test_m04_the_headings_need_not_be_merged():
    batch = check(成员="""
        | 户编号 | 家庭成员情况 |        |            |
        |        | 姓名         | 性别   | 与户主关系 |
        | H1     | 张建国       | 男     | 户主       |
    """)  # fmt: skip
    assert column(batch, "member", "household_id") == ["H1"]
    assert column(batch, "member", "name") == ["张建国"]


def test_m05_spaces_line_breaks_numbering_units_and_marks_in_headers():
    batch = check(
        户="""
        | *户　　编　　号 | 户主\\n姓名 | 1.家庭人口（人） | （二）耕地面积（亩） | 家庭纯收入（万元） | 致貧原因 |
        | H1              | 张建国     | 3                | 4.5                  | 1.2                | 因病     |
    """
    )
    assert column(batch, "household", "net_income") == [12000.0]
    assert column(batch, "household", "farmland_mu") == [4.5]
    assert column(batch, "household", "cause") == ["因病"]


def test_m10_totals_are_no_data_and_their_sums_are_checked():
    batch = check(
        户="""
        | 村     | 户编号 | 户主姓名 | 家庭人口数 |
        | 合 计  |        |          | 9          |
        | 柳溪村 | H1     | 张建国   | 3          |
        | 柳溪村 | H2     | 赵大山   | 4          |
        | 小计   |        |          | 8          |
        | 上河村 | H3     | 孙明亮   | 2          |
    """
    )
    assert account(batch)["total"] == 2
    assert account(batch)["data"] == 3
    assert at(batch, "PV29") == [("PV29", "D5")]


def test_m11_footers_end_the_table_and_are_kept():
    batch = check(
        户="""
        | 户编号 | 户主姓名 |
        | H1     | 张建国   |
        |        |          |
        | 填表人：李明  审核人：   填表日期：2024年6月30日 | |
        | 注：1.本表一式两份。 | |
    """
    )
    assert account(batch) == {"title": 0, "header": 1, "blank": 1, "total": 0, "note": 2, "data": 1}
    assert batch.files[0].metadata["填表人"] == "李明"


def test_m13_a_column_that_counts_the_rows_is_no_key():
    batch = check(
        户="""
        | 序号 | 编号 | 户主姓名 | 户主身份证号码     |
        | 一   | 1    | 张建国   | 990101196805123015 |
        | 1.1  | 1    | 王秀英   | 990101197008233021 |
    """
    )
    assert column(batch, "household", "household_id") == [None, None]
    assert len(set(column(batch, "household", "_key"))) == 2


def test_m14_identity_numbers_stored_as_numbers_cannot_be_recovered():
    batch = check(户=[
        ["户编号", "户主姓名", "户主身份证号码"],
        ["H1", "张建国", 990101196805123015],
        ["H2", "王秀英", "9.90101E+17"],
        ["H3", "孙明亮", f" '{A[:6]} {A[6:]} "],
        ["H4", "周大勇", "".join(chr(ord(c) + 0xFEE0) for c in B)],
    ])  # fmt: skip
    assert at(batch, "ID23") == [("ID23", "C2"), ("ID23", "C3")]
    assert column(batch, "household", "head_id") == [None, None, A, B]


def test_m15_dates_in_every_spelling_with_their_precision():
    spellings = ["2024.3.5", "2024年3月5日", "20240305", 45356, dt.datetime(2024, 3, 5), "3月5日", "2024年3月", 2024.1]
    batch = check(
        户=[["户编号", "户主姓名", "识别时间"], *([f"H{n}", "张建国", day] for n, day in enumerate(spellings))]
    )
    days = [str(day)[:10] for day in column(batch, "household", "identified_on")]
    assert days == [*["2024-03-05"] * 6, "2024-03-01", "None"]
    assert column(batch, "household", "identified_on__precision")[6] == "month"
    assert at(batch, "NV27") == [("NV27", "C9")]


def test_m16_numbers_with_units_and_words():
    written = ["5700元", "1.2万元", "17,500", "8万元左右", "—", "无", "0", "两三百"]
    batch = check(
        户=[["户编号", "户主姓名", "家庭纯收入"], *([f"H{n}", "张建国", text] for n, text in enumerate(written))]
    )
    assert column(batch, "household", "net_income") == [5700, 12000, 17500, 80000, None, None, 0, None]
    assert [f.place.cell for f in batch.findings if f.severity == "error" and f.place.field == "net_income"] == ["C9"]


def test_m17_several_values_in_one_cell():
    batch = check(户="| 户编号 | 户主姓名 | 致贫原因 |\n| H1 | 张建国 | 因病,因残/缺技术 |")
    assert column(batch, "household", "cause") == ["因病、因残、缺技术"]
    visits = "| 走访时间 | 户主姓名 | 走访人 |\n| 2024.6.5 | 张建国 | 李明，王芳 |"
    assert column(check(走访=visits), "visit", "visitors") == ["李明、王芳"]


def test_m18_names_are_matched_whatever_stands_between_their_characters():
    batch = check(
        户="| 村 | 户编号 | 户主姓名 |\n| 柳溪村 | H1 | 张三 |\n| 柳溪村 | H2 | 古丽·买买提 |",
        走访="""
        | 走访时间 | 村     | 户主姓名     | 走访人 |
        | 2024.6.5 | 柳溪村 | 张　三       | 李明   |
        | 2024.6.6 | 柳溪村 | 张三（户主） | 李明   |
        | 2024.6.7 | 柳溪村 | 古丽•买买提  | 李明   |
    """)  # fmt: skip
    keys = dict(zip(column(batch, "household", "household_id"), column(batch, "household", "_key"), strict=True))
    assert column(batch, "visit", "_recipient") == [keys["H1"], keys["H1"], keys["H2"]]


def test_m19_yes_and_no_in_every_spelling_and_blank_is_unknown():
    said = ["是", "√", "有", "Y", "否", "×", "无", "没参加", None, "也许"]
    rows = [["H1", f"张建{last}", text] for last, text in zip("国强民生华东西南北中", said, strict=True)]
    batch = check(成员=[["户编号", "姓名", "是否享受低保"], *rows])
    assert column(batch, "member", "dibao") == [True, True, True, True, False, False, False, False, None, None]
    assert at(batch, "NV31") == [("NV31", "C11")]


def test_m20_the_same_as_above():
    batch = check(
        户="| 村 | 户编号 | 户主姓名 |\n| 柳溪村 | H1 | 张建国 |\n| 同上 | H2 | 赵大山 |\n| 〃 | H3 | 孙明亮 |"
    )
    assert column(batch, "household", "village") == ["柳溪村"] * 3
    assert at(batch, "NV06") == [("NV06", "A3")]


def test_m22_each_sheet_is_looked_at_for_itself():
    header = "| 户编号 | 户主姓名 |\n"
    batch = check(
        change=lambda book: setattr(book["上河村"], "sheet_state", "hidden"),
        柳溪村=header + "| H1 | 张建国 |",
        上河村=header + "| H2 | 赵大山 |",
        填表说明="| 一、本表由各村填写，于每月底前报镇。 |\n| 二、户主姓名与身份证一致。 |",
        Sheet3="| |",
    )
    assert column(batch, "household", "village") == ["柳溪村", "上河村"]
    assert {f.place.sheet: f.code for f in batch.findings if f.code in ("LY01", "LY02", "RD21")} == {
        "上河村": "RD21", "填表说明": "LY02", "Sheet3": "LY01",
    }  # fmt: skip
    assert batch.reconciliation["status"].tolist().count("skipped") == 2


def test_m23_error_values_and_formulas_without_result_are_no_blanks():
    batch = check(户=[["户编号", "户主姓名", "家庭人口数", "家庭纯收入"], ["H1", "张建国", "#REF!", "=1+1"]])
    assert at(batch, "NV20", "NV21") == [("NV20", "C2"), ("NV21", "D2")]


def test_m24_hidden_rows_are_read_and_reported():
    batch = check(
        change=lambda book: setattr(book["户"].row_dimensions[3], "hidden", True),
        户="| 户编号 | 户主姓名 |\n| H1 | 张建国 |\n| H2 | 张3 |",
    )
    assert at(batch, "ID14") == [("ID14", "B3")]
    assert "第3行" in next(f.message for f in batch.findings if f.code == "RD22")


def test_m26_columns_in_any_order_more_of_them_or_fewer():
    batch = check(户="| 户主姓名 | 鞋码 | 家庭人口 | 户码 |\n| 张建国 | 42 | 3 | H1 |")
    assert column(batch, "household", "household_id") == ["H1"]
    assert "“鞋码”" in next(f.message for f in batch.findings if f.code == "LY08")
    assert "“户主证件号码”" in next(f.message for f in batch.findings if f.code == "LY09")


@pytest.mark.parametrize(
    ("name", "village"),
    [("上河村", "上河村"), ("下湾村", "下湾村"), ("十里村", "十里村"), ("1.柳溪村", "柳溪村"), ("2024年上半年柳溪村", "柳溪村"),
     ("一、日新村", "日新村"), ("2024年第二季度上河村", "上河村")],
)  # fmt: skip
def test_m22_a_sheets_name_gives_the_village_whole(name, village):
    batch = check(**{name: "| 户编号 | 户主姓名 |\n| H1 | 张建国 |"})
    assert column(batch, "household", "village") == [village]


def test_m04_four_levels_merged():
    batch = check(户="""
        | 户主信息 |        |                    | 家庭情况   |            |            |
        |          |        |                    | 家庭收入   |            | 家庭人口数 |
        |          |        |                    | 其中       | 家庭纯收入 |            |
        | 户编号   | 姓名   | 身份证号           | 工资性收入 |            |            |
        | H1       | 张建国 | 990101196805123015 | 6000       | 8600       | 1          |
    """, merges=["A1:C3", "D1:F1", "D2:E2", "F2:F4", "E3:E4"])  # fmt: skip
    assert account(batch)["header"] == 4
    assert column(batch, "household", "head_name") == ["张建国"]
    assert column(batch, "household", "wage_income") == [6000]
    assert column(batch, "household", "net_income") == [8600]
    assert column(batch, "household", "member_count") == [1]


@pytest.mark.parametrize("blank", [0, 1])
def test_m04_levels_of_a_csv_where_nothing_can_be_merged(blank):
    middle = "|          |        |                    |            |        |            |            |\n" * blank
    batch = check(户=f"""
        | 户主信息 |        |                    |            | 帮扶责任人 |            |            |
        {middle.strip() or "|          |        |                    | 家庭收入   |            |            |            |"}
        | 户编号   | 姓名   | 身份证号           | 家庭纯收入 | 姓名       | 单位       | 电话       |
        | H1       | 张建国 | 990101196805123015 | 8600       | 李明       | 农业局     | 13900020002 |
    """)  # fmt: skip
    assert column(batch, "household", "head_name") == ["张建国"]
    assert column(batch, "pairing", "helper_name") == ["李明"]
    assert column(batch, "household", "net_income") == [8600]


def test_m04_a_leaf_that_stands_there_four_times_is_named_with_its_heading():
    batch = check(户="""
        | 户编号 | 户主姓名 | 产业帮扶 |      | 就业帮扶 |      | 危房改造 |      | 教育资助 |      |
        |        |          | 户数     | 金额 | 户数     | 金额 | 户数     | 金额 | 户数     | 金额 |
        | H1     | 张建国   | 1        | 100  | 1        | 200  | 0        | 0    | 1        | 5    |
    """, merges=["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:H1", "I1:J1"])  # fmt: skip
    said = next(f.message for f in batch.findings if f.code == "LY08")
    assert all(f"“{group}/金额”" in said for group in ("产业帮扶", "就业帮扶", "危房改造", "教育资助"))
    assert account(batch)["header"] == 2


def test_m06_a_header_cell_that_is_a_number():
    batch = check(户=[["户编号", "户主姓名", 4.0, "家庭人口数"], ["H1", "张建国", "x", 2]])
    assert column(batch, "household", "member_count") == [2]
    assert "“4”" in next(f.message for f in batch.findings if f.code == "LY08")


def test_m07_a_marker_far_right_and_a_list_beside_the_table_are_no_columns_of_it():
    marked = [["户编号", "户主姓名", *[None] * 253, "FFI"], ["H1", "张建国"]]
    batch = check(户=marked)
    assert column(batch, "household", "head_name") == ["张建国"]
    assert not {f.code for f in batch.findings} & {"LY08", "LY13"}
    listed = "| 户编号 | 户主姓名 | 户类型 | | 户类型 |\n| H1 | 张建国 | 一般农户 | | 一般农户 |\n| | | | | 低保户 |"
    assert at(check(户=listed), "LY13") == [("LY13", "E1")]


@pytest.mark.parametrize(
    "line",
    ["| C | C | N | D |", "| | | N | |", "| 文本 | 文本 | 数字 | 日期 |", "| 例：H0 | 张某某 | 3 | 2024-01-10 |", "| 示例 | 张某某 | 3 | |",
     "| 1 | 2 | 3 | 4 |"],
)  # fmt: skip
def test_m08_rows_of_types_numbers_and_samples_are_no_data(line):
    batch = check(户=f"| 户编号 | 户主姓名 | 家庭人口数 | 识别时间 |\n{line}\n| H1 | 张建国 | 2 | 2024-01-10 |")
    assert (account(batch)["note"], account(batch)["data"]) == (1, 1)
    assert at(batch, "LY12") == [("LY12", "A2")]


def test_m12_a_household_written_in_its_first_row_only():
    batch = check(成员="""
        | 户编号 | 户主姓名 | 姓名   | 与户主关系 | 性别 | 身份证号           |
        | H1     | 张建国   | 张建国 | 户主       | 男   | 990101196805123015 |
        |        |          | 王秀英 | 配偶       | 女   | 990101197008233021 |
    """)  # fmt: skip
    assert column(batch, "member", "household_id") == ["H1", "H1"]
    assert at(batch, "LY50", "RQ01") == [("LY50", "A3")]


def test_m12_a_merged_household_reaches_no_further_than_its_merged_cells():
    batch = check(成员="""
        | 户编号 | 姓名   | 与户主关系 | 家庭人口 |
        | H1     | 张建国 | 户主       | 2        |
        |        | 王秀英 | 配偶       |          |
        |        | 李大妈 | 之母       |          |
    """, merges=["A2:A3", "D2:D3"])  # fmt: skip
    assert column(batch, "member", "household_id") == ["H1", "H1", None]
    assert column(batch, "household", "member_count") == [2]
    assert at(batch, "RQ01", "LY14") == [("RQ01", "A4")]


def test_m25_two_tables_beside_each_other():
    batch = check(表="""
        | 户编号 | 户主姓名 | | 走访时间   | 户编号 | 走访人 | 走访内容 |
        | H1     | 张建国   | | 2024-06-05 | H1     | 李明   | 讲解医保缴费办法 |
        | H2     | 张3      | |            |        |        |  |
    """)  # fmt: skip
    assert at(batch, "ID14") == [("ID14", "B3")]
    assert column(batch, "visit", "_recipient") == ["H1"]
    assert batch.reconciliation[["table", "rows", "data", "accepted"]].values.tolist() == [
        ["household", 3, 2, 2], ["visit", 2, 1, 1],
    ]  # fmt: skip


def test_m25_two_tables_one_directly_below_the_other():
    batch = check(表="""
        | 户编号     | 户主姓名 | 家庭人口数 |
        | H1         | 张建国   | 1          |
        | 走访时间   | 户编号   | 走访人     |
        | 2024-06-05 | H1       | 李明       |
    """)  # fmt: skip
    assert column(batch, "household", "household_id") == ["H1"]
    assert column(batch, "visit", "household_id") == ["H1"]


@pytest.mark.parametrize("name", ["Sheet1 (10)", "一", "二"])
def test_m22_a_name_of_a_sheet_that_is_no_place_gives_none(name):
    batch = check(**{name: "| 户编号 | 户主姓名 |\n| H1 | 张建国 |"})
    assert column(batch, "household", "village") == [None]


@pytest.mark.parametrize("months", [("2024年4月", "2024年5月"), ("202404", "202405"), ("4月", "5月"), (4.0, 5.0)])
def test_m30_of_a_person_told_in_several_months_the_latest_is_taken(months):
    first, second = months
    batch = check(务工=[
        ["户编号", "户主姓名", "姓名", "与户主关系", "月份", "务工地点"],
        ["H1", "张建国", "张建国", "户主", second, "云岭县"],
        ["H1", "张建国", "张建国", "户主", first, "邻县"],
        ["H2", "赵大山", "赵大山", "户主", first, "云岭县"],
    ])  # fmt: skip
    assert column(batch, "member", "work_place") == ["云岭县", "云岭县"]
    assert at(batch, "LY55", "MG01", "MG03") == [("LY55", "E3")]
    assert account(batch)["note"] == 1


def test_m30_a_year_that_repeats_nobody_is_a_column_like_others():
    batch = check(户="| 年度 | 户编号 | 户主姓名 |\n| 2023 | H1 | 张建国 |\n| 2024 | H2 | 赵大山 |")
    assert account(batch)["data"] == 2
    assert not at(batch, "LY55")


def test_m30_a_log_keeps_all_its_months():
    batch = check(走访="""
        | 月份 | 走访时间   | 户编号 | 户主姓名 | 走访人 | 走访内容         |
        | 4月  | 2024-04-05 | H1     | 张建国   | 李明   | 讲解医保缴费办法 |
        | 5月  | 2024-05-05 | H1     | 张建国   | 李明   | 查看住房和饮水   |
    """)  # fmt: skip
    assert len(column(batch, "visit", "visited_on")) == 2
    assert not at(batch, "LY55")
