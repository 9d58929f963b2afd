"""What a declaration of a ledger makes: blocks with 小计, summaries, profiles, areas, a public version."""

import datetime as dt
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from ledger_data import EVERY_LEDGER, OCCASION, frame, ledger_rows, tables

from bangfu_excel.core.kinds import MONEY, TEXT
from bangfu_excel.core.ledger import Derived, Ledger, Seen
from bangfu_excel.core.ledger_terms import Terms
from bangfu_excel.core.period import Period
from bangfu_excel.core.table import Field, Privacy
from bangfu_excel.domain import DERIVED, TABLES
from bangfu_excel.write.ledger_rows import LedgerRows
from bangfu_excel.write.ledgers import ledger_jobs, write_ledgers

AS_OF = dt.date(2024, 6, 30)
HEADER = 3


def funds():
    """Five movements: two of 扶贫资金, one of a source nobody says, one of a source that looks like a pattern."""
    day = pd.Timestamp
    told = [
        ("2024-06-02", "收入", "财政专项资金", None, 5000.0, None),
        ("2024-06-03", "支出", "财政专项资金", "H1", 1200.5, "领*的"),
        ("2024-06-05", "支出", "社会捐赠", "H3", 300.0, ">100"),
        ("2024-06-06", "支出", None, "H2", 99.0, "2024"),
        ("2024-06-07", "支出", "社会捐赠", "H2", 20.0, "领*的"),
    ]
    return frame(
        TABLES["fund"],
        [
            {"moved_on": day(on), "direction": way, "source": source, "item": "慰问金", "amount": amount, "project": use,
             "_recipient": whom, "handler": "周会计", "receiver_id": None}
            for on, way, source, whom, amount, use in told
        ],
    )  # fmt: skip


FUND = {
    "id": "own", "title": "资金账",
    "sheets": [
        {"title": "收支", "table": "fund", "columns": ["moved_on", "direction", "source", "place", "recipient.name", "amount", "project"],
         "total": {"direction": "笔", "amount": "sum"}, "rest": False},
        {"kind": "summary", "title": "按来源", "table": "fund", "by": ["source"], "measures": [
            {"title": "笔数", "count": True}, {"title": "收入", "sum": "amount", "where": {"direction": ["收入"]}},
            {"title": "支出", "sum": "amount", "where": {"direction": ["支出"]}}, {"title": "结余", "minus": ["收入", "支出"]},
            {"title": "占比", "share": ["支出", "收入"]}]},
    ],
}  # fmt: skip


def declared(**changes):
    first = FUND["sheets"][0] | changes
    return Ledger.model_validate(FUND | {"sheets": [first, *FUND["sheets"][1:]]})


def written(tmp_path, ledger, given=None, *, values=True, area="全县", folder="", **more):
    given = {**tables(), "fund": funds()} if given is None else given
    write_ledgers([ledger], ledger_rows(given, declared=TABLES), tmp_path, OCCASION, **more)
    path = tmp_path / "台账" / folder / area / f"{ledger.title}_{area.split('/')[-1]}_2024-06_20240630.xlsx"
    return openpyxl.load_workbook(path, data_only=values)


def grid(sheet):
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(min_row=HEADER + 1, values_only=True)]


def test_blocks_stand_together_with_their_sums_and_nothing_is_counted_twice(tmp_path):
    ledger = declared(group="source")
    rows = grid(written(tmp_path, ledger)["收支"])
    assert [row[:3] for row in rows[:-1] if row[0] in ("小计", "合计")] == [
        ["小计", "财政专项资金", 2], ["小计", "社会捐赠", 2], ["小计", "未注明", 1], ["合计", 5, 6619.5],
    ]  # fmt: skip
    assert [row[-1] for row in rows if row[0] == "小计"] == [6200.5, 320.0, 99.0]
    formulas = [cell.value for row in written(tmp_path, ledger, values=False)["收支"].iter_rows() for cell in row]
    assert "=SUBTOTAL(9,I4:I11)" in formulas  # 合计 goes over 小计, which SUBTOTAL leaves out
    assert "=SUBTOTAL(9,I4:I5)" in formulas


def test_two_villages_of_one_name_are_two_blocks(tmp_path):
    given = tables()
    given["household"].loc[given["household"]["household_id"] == "H2", "village"] = "柳溪村"
    ledger = Ledger.model_validate(
        {"id": "own", "title": "户账", "sheets": [
            {"title": "户", "table": "household", "columns": ["place", "recipient"], "group": "village", "total": {"head_name": "户"}}]}
    )  # fmt: skip
    rows = grid(written(tmp_path, ledger, given)["户"])
    assert [row[1] for row in rows if row[0] == "小计"] == ["清水镇柳溪村", "石桥乡柳溪村"]


def test_a_summary_counts_and_sums_by_group_in_the_order_of_the_code_list(tmp_path):
    labels = {"fund_source": ("社会捐赠", "财政专项资金")}
    book = openpyxl.load_workbook(
        write_ledgers(
            [declared()], ledger_rows({**tables(), "fund": funds()}, declared=TABLES), tmp_path, replace(OCCASION, labels=labels),
            areas=("全县",),
        )[0], data_only=True,
    )  # fmt: skip
    assert grid(book["按来源"])[:4] == [
        [1, "社会捐赠", 2, 0, 320, -320], [2, "财政专项资金", 2, 5000, 1200.5, 3799.5, 0.2401], [3, "未注明", 1, 0, 99, -99],
        ["合计", 5, 5000, 1619.5, 3380.5, 0.3239],
    ]  # fmt: skip


def test_texts_that_sumifs_would_misread_are_compared_exactly(tmp_path):
    sheets = [
        FUND["sheets"][0],
        FUND["sheets"][1] | {"by": ["project"], "measures": [{"title": "元", "sum": "amount"}]},
    ]
    book = written(tmp_path, Ledger.model_validate(FUND | {"sheets": sheets}), values=False)
    formulas = [row[-1] for row in grid(book["按来源"])[:4]]
    assert [formula[:11] for formula in formulas] == ["=SUMPRODUCT"] * 4


def test_a_township_gets_its_own_and_smaller_areas_are_asked_for(tmp_path):
    rows = ledger_rows({**tables(), "fund": funds()}, declared=TABLES)
    jobs = ledger_jobs([declared()], rows, tmp_path, OCCASION, levels=("township", "village"))
    assert sorted(job.path.relative_to(tmp_path / "台账").as_posix() for job in jobs) == [
        "清水镇/柳溪村/资金账_清水镇柳溪村_2024-06_20240630.xlsx", "清水镇/资金账_清水镇_2024-06_20240630.xlsx",
        "石桥乡/石坝村/资金账_石桥乡石坝村_2024-06_20240630.xlsx", "石桥乡/资金账_石桥乡_2024-06_20240630.xlsx",
    ]  # fmt: skip


def test_the_ledger_of_a_unit_holds_whom_its_people_help(tmp_path):
    sheet = {"title": "户", "table": "household", "columns": ["place", "recipient"]}
    ledger = Ledger.model_validate({"id": "own", "title": "户账", "sheets": [sheet]})
    book = written(tmp_path, ledger, tables(), levels=("unit",), area="云岭县农业农村局", folder="单位")
    assert [row[5] for row in grid(book["户"]) if isinstance(row[0], int)] == ["张建国"]


HELPED = {"title": "户", "table": "household", "columns": ["place", "recipient"]}


def unit_ledgers(tmp_path, *pairs, county="云岭县", roster=()):
    """Unit → the numbers of those whom its people help, by its ledgers; pairs: recipient, unit, the day on which it ended."""
    paired = [
        {"recipient_name": whom, "helper_name": "李明", "helper_unit": unit, "_recipient": whom, "ended_on": pd.Timestamp(ended)}
        for whom, unit, ended in pairs
    ]  # fmt: skip
    given = tables() | {"pairing": frame(TABLES["pairing"], paired)}
    given["unit"] = frame(TABLES["unit"], [{"unit": name} for name in ("统计局", *roster)])
    ledger = Ledger.model_validate({"id": "own", "title": "户账", "sheets": [HELPED]})
    jobs = ledger_jobs(
        [ledger], ledger_rows(given, declared=TABLES, county=county), tmp_path, OCCASION, levels=("unit",)
    )
    return {job.area.name: sorted(job.sheets[0].rows["household_id"]) for job in jobs}


def test_a_unit_with_and_without_the_countys_name_is_one(tmp_path):
    pairs = (("H1", "水利局", None), ("H2", "云岭县水利局", None), ("H2", "县水利局", None), ("H3", "市水利局", None))
    assert unit_ledgers(tmp_path, *pairs) == {"水利局": ["H1", "H2"], "市水利局": ["H3"]}
    assert set(unit_ledgers(tmp_path, *pairs, roster=["云岭县水利局（公章）"])) == {"云岭县水利局（公章）", "市水利局"}
    assert set(unit_ledgers(tmp_path, *pairs, county="")) == {"水利局", "云岭县水利局", "县水利局", "市水利局"}


def test_a_unit_whose_people_help_no_longer_gets_no_list_of_whom_they_helped(tmp_path):
    pairs = (("H1", "水利局", "2024-05-31"), ("H2", "水利局", None), ("H3", "林业局", "2024-06-29"))
    assert unit_ledgers(tmp_path, *pairs) == {"水利局": ["H2"]}


def test_the_schemes_short_name_stands_in_front(tmp_path):
    jobs = ledger_jobs(
        [declared()], ledger_rows({"fund": funds()}, declared=TABLES), tmp_path, replace(OCCASION, short="下基层")
    )
    assert jobs[0].path.name == "下基层_资金账_全县_2024-06_20240630.xlsx"


def test_a_profile_has_a_column_a_village_and_says_which_in_its_first_rows(tmp_path):
    villages = frame(
        TABLES["village"],
        [
            {"township": "清水镇", "village": f"第{n}村", "population": 1000 + n, "_key": f"清水镇|第{n}村"}
            for n in range(5)
        ],
    )
    sheet = {"kind": "profile", "title": "村情", "table": "village", "columns": ["population"], "per_page": 3}
    ledger = Ledger.model_validate({"id": "own", "title": "村情表", "sheets": [sheet]})
    shown = written(tmp_path, ledger, {"village": villages})["村情"]
    assert grid(shown)[-1][0] == "填表人："
    assert [row[0] for row in shown.iter_rows(min_row=3, max_row=8, values_only=True)] == ["乡镇", "村", "总人口"] * 2
    assert [row[1:] for row in shown.iter_rows(min_row=4, max_row=5, values_only=True)] == [
        ("第0村", "第1村", "第2村"), (1000, 1001, 1002),
    ]  # fmt: skip
    assert [brk.id for brk in shown.row_breaks.brk] == [5]


def test_the_public_sees_no_hidden_column_no_name_and_no_number_in_a_remark(tmp_path):
    given = {**tables(), "fund": funds().assign(remark="找张某13900010009")}
    ledger = declared(columns=["moved_on", "recipient.name", "amount", "receiver_id", "remark"]).model_copy(
        update={
            "public": True,
            "sheets": declared(columns=["moved_on", "recipient.name", "amount", "remark"]).sheets[:1],
        }
    )
    write_ledgers([ledger], ledger_rows(given, declared=TABLES), tmp_path, OCCASION)
    book = openpyxl.load_workbook(tmp_path / "台账/公开/全县/资金账（公开）_全县_2024-06_20240630.xlsx")
    assert book.sheetnames == ["收支"]
    shown = " ".join(str(cell.value) for row in book["收支"].iter_rows() for cell in row)
    assert "张建国" not in shown
    assert "张**" in shown
    assert "139****0009" in shown
    assert (tmp_path / "台账/全县/资金账_全县_2024-06_20240630.xlsx").is_file()


def test_a_derived_column_is_computed_coloured_and_looked_up_beside_the_recipient(tmp_path):
    size = Derived(
        "size", "户别", "household", ("member_count",), lambda rows, seen: rows["member_count"].map(lambda n: "大" if n > 2 else "小"),
        tints={"大": "good"}, privacy=Privacy.NONE,
    )  # fmt: skip
    given = tables()
    rows = LedgerRows(given, Terms(TABLES, (*DERIVED, size)), Seen(AS_OF, Period.parse("2024-06"), given))
    sheets = [
        {"title": "户", "table": "household", "columns": ["household_id", "size"], "rest": False},
        {
            "title": "走访",
            "table": "visit",
            "columns": ["visited_on", "recipient.number", "recipient.size"],
            "rest": False,
        },
    ]
    ledger = Ledger.model_validate({"id": "own", "title": "户账", "sheets": sheets})
    path = write_ledgers([ledger], rows, tmp_path, OCCASION, areas=("全县",))[0]
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book["户"]["C"][3:6]] == ["小", "大", "小"]
    assert [cell.fill.fgColor.rgb for cell in book["户"]["C"][3:6]] == ["00000000", "FFC6E0B4", "00000000"]
    assert [[cell.value for cell in row[2:4]] for row in book["走访"].iter_rows(min_row=4, max_row=5)] == [
        ["H2", "小"],
        ["H1", "小"],
    ]


@pytest.mark.parametrize(("asked", "found"), [(["支出"], 4), (["收入"], 1), (["收入", "支出"], 5)])
def test_a_sheet_holds_the_records_that_it_asks_for(tmp_path, asked, found):
    ledger = declared(where={"direction": asked}).model_copy(
        update={"sheets": declared(where={"direction": asked}).sheets[:1]}
    )
    assert sum(isinstance(row[0], int) for row in grid(written(tmp_path, ledger)["收支"])) == found


@pytest.mark.parametrize(("asked", "found"), [(["支出"], 0), (["支出", ""], 5)])
def test_a_condition_on_a_column_that_nobody_has_holds_for_none_but_those_who_ask_for_blanks(asked, found):
    rows = ledger_rows({**tables(), "fund": funds().drop(columns="direction")}, declared=TABLES)
    assert len(rows.of(declared(where={"direction": asked}).sheets[0])) == found


def test_places_may_be_asked_for_from_the_last_one_on():
    rows = ledger_rows({**tables(), "fund": funds()}, declared=TABLES)
    first, last = (rows.of(declared(sort=[way]).sheets[0])["_recipient"].fillna("") for way in ("place", "-place"))
    assert first.tolist() == ["H1", "H3", "H2", "H2", ""]
    assert last.tolist() == ["", "H2", "H2", "H3", "H1"]


def test_a_field_of_the_countys_own_is_a_column_like_any_other(tmp_path):
    own = replace(
        TABLES["fund"],
        fields=(*TABLES["fund"].fields, Field("till", "账本页码", TEXT), Field("fee", "手续费", MONEY, unit="元")),
    )
    given = {"fund": funds().assign(till="甲-3", fee=1.5)}
    ledger = declared(columns=["moved_on", "till", "fee"], total={"fee": "sum"}).model_copy(
        update={"sheets": declared(columns=["moved_on", "till", "fee"], total={"fee": "sum"}).sheets[:1]}
    )
    write_ledgers([ledger], ledger_rows(given, declared={"fund": own}), tmp_path, OCCASION, areas=("全县",))
    sheet = openpyxl.load_workbook(tmp_path / "台账/全县/资金账_全县_2024-06_20240630.xlsx", data_only=True)["收支"]
    assert grid(sheet)[0][2:] == ["甲-3", 1.5]
    assert grid(sheet)[5] == ["合计", 7.5]


def pupils():
    """Three pupils of two schools, not in the order of a class list."""
    told = [("丙", "石桥小学", True), ("甲", "清水小学", None), ("乙", "石桥小学", None)]
    return frame(
        TABLES["child"], [{"name": name, "school": school, "is_key": key, "_key": name} for name, school, key in told]
    )


PUPILS = {
    "title": "名单",
    "table": "child",
    "columns": ["school", "name", "class_name"],
    "sort": ["name"],
    "rest": False,
}


def pupil_book(**more):
    return Ledger.model_validate({"id": "own", "title": "学生账", "sheets": [PUPILS, *more.get("sheets", [])]})


def test_the_ledger_of_a_school_holds_its_own_pupils_however_the_list_is_sorted(tmp_path):
    for school, names in (("石桥小学", ["丙", "乙"]), ("清水小学", ["甲"])):
        book = written(
            tmp_path, pupil_book(), {"child": pupils()}, levels=("county", "school"), area=school, folder="学校"
        )
        assert [row[2] for row in grid(book["名单"]) if isinstance(row[0], int)] == sorted(names)


def test_a_sheet_whose_condition_nobody_meets_is_left_out_and_the_ledger_with_it(tmp_path):
    files = PUPILS | {"title": "特别档案", "where": {"is_key": ["是"]}}
    nobody = PUPILS | {"title": "没有人", "where": {"is_key": ["否"]}}
    held = pupil_book(sheets=[files, nobody])
    assert written(tmp_path, held, {"child": pupils()}).sheetnames == ["名单", "特别档案", "待更正"]
    alone = Ledger.model_validate({"id": "own", "title": "无", "sheets": [nobody]})
    assert ledger_jobs([alone], ledger_rows({"child": pupils()}, declared=TABLES), tmp_path, OCCASION) == ()


def test_a_summary_leaves_out_what_its_list_does_not_show(tmp_path):
    """A column that is shown only where something is filled in, and nothing is."""
    rows = PUPILS | {"spare": ["class_name"], "columns": [*PUPILS["columns"], "is_key"]}
    measures = [{"title": "人数", "count": True}, {"title": "班", "count": True, "where": {"class_name": ["一班"]}}]
    by_class = {"kind": "summary", "title": "按班", "table": "child", "by": ["class_name"], "measures": measures}
    by_both = by_class | {"title": "按校", "by": ["school", "class_name"]}
    book = written(
        tmp_path, Ledger.model_validate({"id": "own", "title": "学生账", "sheets": [rows, by_class, by_both]}),
        {"child": pupils()},
    )  # fmt: skip
    assert book.sheetnames == ["名单", "按校", "待更正"]
    assert grid(book["按校"])[:3] == [[1, "石桥小学", 2], [2, "清水小学", 1], ["合计", 3]]


def test_a_record_of_two_classes_is_counted_in_each_of_them_once(tmp_path):
    """资源 may be several; what is not said is a class of its own, and the parts are not added up."""
    done = [{"content": "修路", "resource": said, "amount": worth} for said, worth in
            (("技术、资金", 5.0), ("资金", 2.5), ("资金、资金", 1.0), (None, 4.0))]  # fmt: skip
    listed = {"title": "措施", "table": "measure", "columns": ["content", "resource", "amount"], "rest": False}
    measures = [
        {"title": "件", "count": True},
        {"title": "钱", "sum": "amount"},
        {"title": "均", "share": ["钱", "件"]},
    ]
    summed = {"kind": "summary", "title": "按资源", "table": "measure", "by": ["resource"], "measures": measures}
    ledger = Ledger.model_validate({"id": "own", "title": "措施账", "sheets": [listed, summed]})
    rows = ledger_rows({"measure": frame(TABLES["measure"], done)}, declared=TABLES)
    summary = ledger_jobs([ledger], rows, tmp_path, OCCASION)[0].sheets[1]
    assert {group[0]: list(values.values()) for group, values in summary.counted.items()} == {
        "技术": [1, 5.0, 5.0], "资金": [3, 8.5, 8.5 / 3], "": [1, 4.0, 4.0],
    }  # fmt: skip


def test_a_list_longer_than_a_sheet_goes_on_and_its_summary_counts_both(tmp_path, monkeypatch):
    monkeypatch.setattr("bangfu_excel.write.layout.MAX_ROWS", 10)
    monkeypatch.setattr("bangfu_excel.write.stream.MAX_ROWS", 10)
    book = written(tmp_path, declared(), values=False)
    assert book.sheetnames[:3] == ["收支", "收支(2)", "按来源"]
    assert "COUNTIFS('收支'!$D$4:$D$6,$B4)+COUNTIFS('收支(2)'!$D$4:$D$5,$B4)" in grid(book["按来源"])[0][2]


def test_groups_stand_in_the_order_of_their_numbers_in_digits_or_in_chinese(tmp_path):
    classes = ("第三小组", "第十小组", "第二小组", "10班", "9班", "王一鸣组", "十十组", None)
    rows = frame(TABLES["child"], [{"name": "甲", "class_name": one, "_key": str(one)} for one in classes])
    ledger = Ledger.model_validate({"id": "own", "title": "学生账", "sheets": [PUPILS | {"sort": ["class_name"]}]})
    listed = written(tmp_path, ledger, {"child": rows})["名单"]
    shown = [row[3] for row in listed.iter_rows(min_row=HEADER + 1, values_only=True) if isinstance(row[0], int)]
    assert shown == ["9班", "10班", "十十组", "王一鸣组", "第二小组", "第三小组", "第十小组", None]


def test_villagers_groups_stand_in_the_order_of_their_numbers(tmp_path):
    groups = ("十组", "二组", "3组", "坳上组")
    rows = frame(
        TABLES["household"], [{"village": "石桥村", "group": one, "head_name": one, "_key": one} for one in groups]
    )
    sheet = {"title": "户", "table": "household", "columns": ["village", "group", "head_name"], "rest": False}
    book = written(
        tmp_path, Ledger.model_validate({"id": "own", "title": "户账", "sheets": [sheet]}), {"household": rows}
    )
    assert [row[2] for row in grid(book["户"]) if isinstance(row[0], int)] == ["二组", "3组", "十组", "坳上组"]


def test_groups_of_which_there_is_nothing_to_sum_are_left_out_and_different_things_are_not_added_up(tmp_path):
    day = pd.Timestamp("2024-06-02")
    told = [("书包", "个", 5.0, None), ("图书", "册", 30.0, 90.0), ("捐款", None, None, 100.0)]
    rows = frame(
        TABLES["fund"],
        [
            {"moved_on": day, "item": item, "unit": unit, "quantity": many, "amount": much}
            for item, unit, many, much in told
        ],
    )
    listed = {"title": "收支", "table": "fund", "columns": ["item", "unit", "quantity", "amount"], "rest": False}
    measures = [{"title": "数量", "sum": "quantity", "total": False}, {"title": "件数多的", "share": ["数量", "数量"]}]
    goods = {"kind": "summary", "title": "物资", "table": "fund", "by": ["item"], "measures": measures}
    book = written(
        tmp_path, Ledger.model_validate({"id": "own", "title": "捐赠", "sheets": [listed, goods]}), {"fund": rows}
    )
    assert grid(book["物资"])[:3] == [[1, "书包", 5, 1], [2, "图书", 30, 1], ["合计", 1]]


def test_a_deed_is_what_was_done_for_the_village_and_what_reached_one_household_stands_apart():
    deed, apart = EVERY_LEDGER["deed"].sheets
    done = [
        {"village": "柳溪村", "content": "修路", "amount": 900.0},
        {"recipient_name": "张建国", "content": "送仔猪"},
    ]
    rows = ledger_rows({**tables(), "measure": frame(TABLES["measure"], done)}, declared=TABLES)
    assert [rows.of(sheet)["content"].tolist() for sheet in (deed, apart)] == [["修路"], ["送仔猪"]]
