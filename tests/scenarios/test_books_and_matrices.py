"""Sheets whose columns are values: cash and stock books, goods by name, √ under 满意, under 五送 and under kinds of papers."""

import sys

import pytest
from drawn_books import account, at, check, column

import bangfu_excel as bf
from bangfu_excel.cli.app import run_app


def told(batch, code):
    return [(f.place.cell, f.message) for f in batch.findings if f.code == code]


def table(batch, name, *fields):
    return sorted(zip(*(column(batch, name, field) for field in fields), strict=True), key=str)


CASH = [
    ["青石镇爱心基金收支台账"],
    ["日期", "摘要", "收入(元)", "支出(元)", "结余(元)"],
    [None, "上年结转", None, None, 1000],
    ["2024-01-05", "县农业局捐款", 5000, None, 6000],
    ["2024-01-20", "购买大米50袋", None, 3000, 3000],
    ["2024-01-23", "王强捐款", 200, 0, 3200],
    ["2024-01-25", "慰问张建国户", None, 500, 2700],
    [None, "本月合计", 5200, 3500, 2700],
    [None, "累计", 5200, 3500, 2700],
]


def test_a_cash_book_is_what_came_in_and_what_went_out():
    batch = check(现金账=CASH)
    assert table(batch, "fund", "item", "direction", "amount") == [
        ("县农业局捐款", "收入", 5000), ("慰问张建国户", "支出", 500), ("王强捐款", "收入", 200), ("购买大米50袋", "支出", 3000),
    ]  # fmt: skip
    assert column(batch, "fund", "stock") == [None] * 4
    assert at(batch) == [("PV28", "")]
    assert account(batch) == {"title": 1, "header": 1, "blank": 0, "total": 3, "note": 0, "data": 4}


def test_every_sum_says_the_cell_that_it_comes_from():
    batch = check(现金账=CASH)
    cells = {batch.rows.place("fund", i, "amount").cell: column(batch, "fund", "amount")[i] for i in range(4)}
    assert cells == {"C4": 5000, "D5": 3000, "C6": 200, "D7": 500}
    assert {batch.rows.place("fund", i, "direction").label for i in (0, 1)} == {"收入(元)", "支出(元)"}


def test_a_balance_is_doubted_where_it_first_breaks():
    lines = [list(line) for line in CASH]
    lines[5][4], lines[6][4], lines[7][4], lines[8][4] = 3100, 2600, 2600, 2600
    ((cell, message),) = told(check(现金账=lines), "PV29b")
    assert cell == "E6"
    assert message == "第6行“结余(元)”填的是“3100”，前面剩3000，加上收入、减去支出应为3200"


def test_what_was_left_before_may_count_among_the_income_or_not():
    opening = [None, "上年结转", 1000, None, 1000]
    for total in (5200, 6200):
        lines = [*CASH[:2], opening, *CASH[3:8], [None, "累计", total, 3500, 2700]]
        assert not at(check(现金账=lines), "PV29", "PV29b", "RQ01")
    lines = [*CASH[:2], opening, *CASH[3:8], [None, "累计", 5300, 3500, 2700]]
    assert at(check(现金账=lines), "PV29") == [("PV29", "C9")]


def test_sums_so_far_at_the_end_of_each_month_are_of_the_rows_above():
    february = [
        ["2024-02-03", "孙丽捐款", 100, None, 2800],
        [None, "本月合计", 100, 0, 2800],
        [None, "累计", 5300, 3500, 2800],
    ]
    assert not at(check(现金账=[*CASH, *february]), "PV29", "PV29b")
    february[2][2] = 5400
    assert at(check(现金账=[*CASH, *february]), "PV29") == [("PV29", "C12")]


def test_a_book_with_the_newest_first_and_one_without_an_opening_balance():
    assert not at(check(账=[*CASH[:2], *CASH[6:2:-1]]), "PV29b")
    assert not at(check(账=[*CASH[:2], *CASH[3:7]]), "PV29b")


def test_debit_and_credit_are_a_cash_book_too():
    batch = check(账="""
        | 日期       | 凭证号 | 摘要         | 借方 | 贷方 | 余额 |
        | 2024-01-05 | 1      | 县农业局捐款 | 5000 |      | 5000 |
        | 2024-01-20 | 2      | 购买大米     |      | 3000 | 2000 |
    """)  # fmt: skip
    assert table(batch, "fund", "direction", "amount", "voucher") == [("支出", 3000, "2"), ("收入", 5000, "1")]


def test_a_row_of_a_stock_book_may_be_both_income_and_spending():
    batch = check(物资="""
        | 日期       | 品名 | 单位 | 收入数量 | 发放数量 | 库存 | 经手人 |
        | 2024-01-05 | 大米 | 袋   | 50       |          | 50   | 李明   |
        | 2024-01-06 | 大米 | 袋   |          | 20       | 30   | 李明   |
        | 2024-01-07 | 棉被 | 床   | 10       | 4        | 6    | 李明   |
        | 2024-01-08 | 大米 | 袋   |          | 10       | 25   | 李明   |
    """)  # fmt: skip
    assert table(batch, "fund", "item", "direction", "quantity", "unit") == [
        ("大米", "支出", 10, "袋"), ("大米", "支出", 20, "袋"), ("大米", "收入", 50, "袋"), ("棉被", "支出", 4, "床"), ("棉被", "收入", 10, "床"),
    ]  # fmt: skip
    assert at(batch, "PV29b", "PV20", "PV20b") == [("PV29b", "F5")]
    assert account(batch)["data"] == int(batch.reconciliation["accepted"].sum()) == 4


def test_a_row_without_income_and_spending_says_what_is_missing():
    batch = check(账="| 日期 | 摘要 | 收入(元) | 支出(元) |\n| 2024-01-05 | 捐款 | 500 | |\n| 2024-01-06 | 购米 | | |")
    assert [cell for cell, _ in told(batch, "RQ01")] == ["C3"]
    assert "“收入(元)/支出(元)”" in told(batch, "RQ01")[0][1]


def test_what_is_no_number_is_told_at_its_own_cell():
    batch = check(账="""
        | 日期       | 摘要 | 收入(元) | 支出(元) |
        | 2024-01-05 | 捐款 | 500      |          |
        | 2024-01-06 | 购米 |          | 见发票   |
        | 2024-01-07 | 捐款 | 300      |          |
        | 2024-01-08 | 购油 |          | 1.2万元  |
        | 2024-01-09 | 购面 |          | 100      |
        | 2024-01-10 | 购盐 |          | 100      |
    """)  # fmt: skip
    assert told(batch, "NV22") == [("D3", "第3行“支出(元)”填的是“见发票”，不是一个数")]
    assert told(batch, "NV02")[0][0] == "D5"
    assert column(batch, "fund", "amount")[3] == 12000


def test_goods_by_name_are_a_record_for_each_that_somebody_got():
    batch = check(发放="""
        | 青石镇柳溪村春节慰问物资发放表 | | | | | | | |
        | 发放时间：2024年2月3日 | | | | | | | |
        | 序号 | 姓名   | 身份证号           | 米(袋) | 油(桶) | 棉被(床) | 现金(元) | 签字   |
        | 1    | 张建国 | 990101196805123015 | 1      | 2      |          | 500      | 张建国 |
        | 2    | 王秀英 | 990101197008233021 | 1      |        | 1        |          | 王秀英 |
        | 合计 |        |                    | 2      | 2      | 1        | 500      |        |
    """)  # fmt: skip
    assert table(batch, "fund", "receiver", "item", "quantity", "unit", "amount") == [
        ("张建国", "油", 2, "桶", None), ("张建国", "现金", None, None, 500), ("张建国", "米", 1, "袋", None),
        ("王秀英", "棉被", 1, "床", None), ("王秀英", "米", 1, "袋", None),
    ]  # fmt: skip
    assert not at(batch, "LY08", "PV29", "RQ01", "PV20d")
    assert account(batch)["data"] == 2


def test_goods_under_a_heading_need_no_unit():
    batch = check(
        发放="""
        | 日期       | 户主姓名 | 慰问品 |     |      | 签字   |
        |            |          | 米     | 油  | 被子 |        |
        | 2024-02-03 | 张建国   | 1      | 2   |      | 张建国 |
        | 2024-02-03 | 王秀英   | 1      |     | 1    | 王秀英 |
    """,
        merges=["A1:A2", "B1:B2", "C1:E1", "F1:F2"],
    )  # fmt: skip
    assert table(batch, "fund", "receiver", "item", "quantity") == [
        ("张建国", "油", 2), ("张建国", "米", 1), ("王秀英", "米", 1), ("王秀英", "被子", 1),
    ]  # fmt: skip


def test_a_sum_for_the_whole_row_counts_once():
    batch = check(物资发放="""
        | 日期       | 受赠人 | 米(袋) | 油(桶) | 折合金额 | 签字   |
        | 2024-02-03 | 张建国 | 1      | 2      | 300      | 张建国 |
        | 2024-02-03 | 王秀英 | 1      | 1      | 200      | 王秀英 |
    """)  # fmt: skip
    assert sum(amount or 0 for amount in column(batch, "fund", "amount")) == 500


OPINIONS = """
    | 日期       | 户主姓名 | 帮扶人 | 满意 | 基本满意 | 不满意 | 意见   |
    | 2024-06-20 | 张建国   | 李明   | √    |          |        |        |
    | 2024-06-20 | 王秀英   | 李明   |      | √        |        | 来得少 |
    | 2024-06-21 | 周桂花   | 李明   | √    | √        |        | 尚可   |
    | 2024-06-21 | 赵大勇   | 李明   | ×    | ×        | ×      | 没见过 |
    """


def test_three_columns_to_tick_are_one_answer():
    batch = check(意见=OPINIONS)
    assert column(batch, "feedback", "satisfaction") == ["满意", "基本满意", None, None]
    ((cell, message),) = told(batch, "NV32")
    assert (cell, "多于一项" in message) == ("D4", True)
    assert account(batch)["data"] == int(batch.reconciliation["accepted"].sum()) == 4


def test_a_tick_under_one_of_the_five_is_something_done():
    batch = check(五送="""
        | 日期       | 户主姓名 | 帮扶人 | 送技能 | 送劳力 | 送物资  | 送产业 | 送健康 |
        | 2024-03-10 | 张建国   | 李明   | √      |        | 大米2袋 |        | 无     |
        | 2024-03-11 | 王秀英   | 李明   |        | √      |         |        | 体检   |
    """)  # fmt: skip
    assert table(batch, "measure", "recipient_name", "wusong", "content") == [
        ("张建国", "送技能", None), ("张建国", "送物资", "大米2袋"), ("王秀英", "送健康", "体检"), ("王秀英", "送劳力", None),
    ]  # fmt: skip


def test_papers_by_kind_are_a_record_for_each_that_was_filed():
    batch = check(材料="""
        | 材料报送情况统计表 | | | | | | |
        | 序号 | 单位         | 工作方案 | 计划 | 半年小结 | 工作总结   | 简报       |
        | 1    | 县农业农村局 | √        | √    |          |            | 2024-03-10 |
        | 2    | 县教育局     | √        | 未报 |          | 2024-01-05 |            |
    """)  # fmt: skip
    assert [(unit, kind) for unit, kind, _ in table(batch, "document", "unit", "kind", "status")] == [
        ("县农业农村局", "工作方案"), ("县农业农村局", "工作简报"), ("县农业农村局", "工作计划"), ("县教育局", "工作总结"), ("县教育局", "工作方案"),
    ]  # fmt: skip
    assert sorted(str(day)[:10] for day in column(batch, "document", "filed_on") if day) == ["2024-01-05", "2024-03-10"]


def test_papers_by_kind_need_no_column_of_numbers():
    batch = check(材料="""
        | 2024年上半年材料报送情况 | | | |
        | 报送单位     | 工作方案 | 半年小结 | 调研报告 |
        | 县农业农村局 | √        | √        |          |
        | 县教育局     | √        |          | √        |
    """)  # fmt: skip
    assert [(unit, kind) for unit, kind, _ in table(batch, "document", "unit", "kind", "status")] == [
        ("县农业农村局", "半年小结"), ("县农业农村局", "工作方案"), ("县教育局", "工作方案"), ("县教育局", "调研报告"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "drawing",
    [
        "| 日期 | 物资名称 | 数量 | 单位 | 金额 | 受赠人 | 签字 |\n| 2024-02-03 | 大米 | 2 | 袋 | 300 | 张建国 | 张建国 |",
        "| 捐赠时间 | 捐赠单位 | 捐赠金额 | 资金用途 |\n| 2024-02-03 | 县农业局 | 300 | 助学 |",
    ],
)
def test_a_plain_list_is_read_row_by_row(drawing):
    batch = check(物资发放=drawing)
    assert len(batch.rows["fund"]) == 1
    assert column(batch, "fund", "amount") == [300]


def test_a_title_may_say_which_way_it_went_and_where_it_came_from():
    given = check(捐赠台账="""
        | 日期       | 物资名称 | 数量 | 单位 | 资金来源 |
        | 2024-01-05 | 大米     | 50   | 袋   |          |
        | 2024-01-06 | 棉被     | 10   | 床   | 企业捐赠 |
    """)  # fmt: skip
    assert column(given, "fund", "direction") == ["收入", "收入"]
    assert not at(given, "RQ01")
    spent = check(资金="""
        | 2024年县财政专项资金使用台账 | | |
        | 日期       | 项目 | 金额(元) |
        | 2024-01-05 | 修路 | 50000    |
    """)  # fmt: skip
    assert table(spent, "fund", "direction", "source", "project", "amount", "item") == [
        ("支出", "扶贫资金", "修路", 50000, None)
    ]


def test_a_title_that_says_both_or_a_list_of_givers_says_nothing_of_the_way():
    both = "| 捐赠台账及发放表 | | |\n| 日期 | 物资名称 | 资金来源 |\n| 2024-01-05 | 大米 | 企业捐赠 |"
    givers = "| 捐赠台账 | | |\n| 日期 | 物资名称 | 捐赠人 |\n| 2024-01-05 | 大米 | 某公司 |"
    assert [column(check(表=drawing), "fund", "direction") for drawing in (both, givers)] == [[None], [None]]


def test_a_row_that_goes_back_says_what_is_not_known_of_it():
    batch = check(
        资金="| 日期 | 项目名称 | 金额(元) | 资金来源 |\n| 2024-01-05 | 修路 | 50000 | |\n| 2024-01-06 | 水渠 | 100 | 财政 |"
    )
    assert told(batch, "RQ01") == [("D2", "第2行没有填写“资金来源”，这一行是收入还是支出、是谁给的、给了谁无法确定")]


def test_what_was_registered_of_a_cash_book_knows_its_cells(tmp_path):
    (tmp_path / "inbox").mkdir()
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in line) for line in CASH)
    (tmp_path / "inbox" / "账.csv").write_text(text, encoding="utf-8")
    command = ["run", tmp_path / "inbox", "--as-of", "2024-06-30", "--engine", "serial", "--no-progress"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            sys, "argv", ["bangfu", *map(str, [*command, "-o", tmp_path / "out", "--registry", tmp_path / "库"])]
        )
        with pytest.raises(SystemExit) as left:
            run_app()
    assert left.value.code == 0
    registry = bf.Registry(tmp_path / "库")
    current = registry.current("fund")
    cells = {registry.provenance("fund", key, "amount").cell for key in current["_key"]}
    assert (cells, current["amount"].sum()) == ({"C4", "D5", "C6", "D7"}, 8700)
