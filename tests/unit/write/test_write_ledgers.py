import datetime as dt
import pickle
from dataclasses import replace

import openpyxl
import pandas as pd
from ledger_data import AS_OF, LEDGERS, OCCASION, PUBLIC, citizen, ledger_rows, tables

from bangfu_excel.core.finding import Effect, Finding, Findings, Place, Severity
from bangfu_excel.write.ledger_columns import ledger_columns
from bangfu_excel.write.ledgers import Waiting, ledger_jobs, write_job, write_ledgers

HEADER = 3
PHONE = Finding(
    "ID16", Severity.ERROR, Effect.FIELD, Place("六月.xlsx", "帮扶对象户", "Z4", 4, "household", "phone", "电话", "139"),
    "第4行“电话”填的是“139”，应为11位手机号", "请核对后重新填写",
)  # fmt: skip


def ledger(tmp_path, name, area="全县", sheet=None, *, values=False, **more):
    write_ledgers(LEDGERS, ledger_rows(more.pop("rows", tables())), tmp_path, OCCASION, **more)
    book = openpyxl.load_workbook(tmp_path / "台账" / area / f"{name}_{area}_2024-06_20240630.xlsx", data_only=values)
    return book[sheet or name]


def column(sheet, title):
    """The cells under a heading, down to 合计."""
    titles = [str(cell.value).split("\n")[0] for cell in sheet[HEADER]]
    cells = [row[titles.index(title)] for row in sheet.iter_rows(min_row=HEADER + 1)]
    ends = [row[0].value for row in sheet.iter_rows(min_row=HEADER + 1)]
    return cells[: next(i for i, end in enumerate(ends) if not isinstance(end, int))]


def texts(sheet, title):
    return [cell.value for cell in column(sheet, title)]


def test_county_and_townships_get_their_ledgers(tmp_path):
    written = write_ledgers(LEDGERS, ledger_rows(tables()), tmp_path, OCCASION)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in written) == sorted(
        f"台账/{area}/{name}_{area}_2024-06_20240630.xlsx"
        for area in ("全县", "清水镇", "石桥乡")
        for name in ("帮扶对象台账", "结对帮扶台账", "走访台账")
    )


def test_households_stand_by_township_village_and_the_number_of_the_group(tmp_path):
    sheet = ledger(tmp_path, "帮扶对象台账")
    assert texts(sheet, "户编号") == ["H1", "H3", "H2"]
    assert texts(sheet, "组") == ["2组", "10组", "1组"]


def test_a_township_sees_its_own_people_only(tmp_path):
    write_ledgers(LEDGERS, ledger_rows(tables()), tmp_path, OCCASION, waiting=Waiting(Findings.of([PHONE])))
    for path in (tmp_path / "台账" / "石桥乡").iterdir():
        for sheet in openpyxl.load_workbook(path):
            shown = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
            assert "张建国" not in shown
            assert "清水镇" not in shown
    assert texts(ledger(tmp_path, "走访台账", "石桥乡"), "走访对象") == ["王秀英"]


def test_members_stand_on_the_second_sheet_in_the_order_of_their_households(tmp_path):
    sheet = ledger(tmp_path, "帮扶对象台账", sheet="家庭成员")
    assert texts(sheet, "姓名") == ["张建国", "李桂兰", "王秀英"]
    assert texts(sheet, "户主姓名") == ["张建国", "张建国", "王秀英"]
    assert texts(sheet, "乡镇") == ["清水镇", "清水镇", "石桥乡"]


def test_numbers_that_are_names_are_text_and_dates_are_dates(tmp_path):
    sheet = ledger(tmp_path, "帮扶对象台账")
    number = column(sheet, "户主证件号码")[0]
    assert (number.value, number.data_type, number.number_format) == (citizen("19591103", "117"), "s", "@")
    days = column(sheet, "识别时间")
    assert [day.value for day in days] == [dt.datetime(2014, 3, 5), dt.datetime(2014, 3, 1), None]
    assert [day.number_format for day in days[:2]] == ["yyyy-mm-dd", "yyyy-mm"]  # the second is known to the month
    incomes = column(sheet, "家庭纯收入")
    assert [cell.number_format for cell in incomes] == ['"约"#,##0.00', "#,##0.00", "#,##0.00"]
    assert [cell.value for cell in incomes] == [8600, 21000, 5400.5]


def test_text_like_a_formula_stays_text(tmp_path):
    remark = column(ledger(tmp_path, "帮扶对象台账"), "备注")[0]
    assert (remark.value, remark.data_type) == ("=1+1", "s")


def test_a_withheld_value_is_empty_shaded_and_named(tmp_path):
    sheet = ledger(tmp_path, "帮扶对象台账")
    phones = column(sheet, "户联系电话")
    assert [cell.value for cell in phones] == ["13900010001", None, "13900010002"]
    assert [cell.fill.fgColor.rgb for cell in phones] == ["00000000", "FFFFF2CC", "00000000"]
    assert texts(sheet, "数据状态") == [None, "待更正：户联系电话", "待裁决"]


def test_what_waits_for_correction_is_listed_with_place_and_reason(tmp_path):
    sheet = ledger(tmp_path, "帮扶对象台账", "清水镇", "待更正", waiting=Waiting(Findings.of([PHONE])))
    row = [cell.value for cell in sheet[HEADER + 1]]
    assert row == [
        1, "待更正", "帮扶对象户", "六月.xlsx", "帮扶对象户", "Z4", 4, "电话", "139", PHONE.message, PHONE.suggestion,
    ]  # fmt: skip
    assert ledger(tmp_path, "帮扶对象台账", "石桥乡", "待更正")["A4"].value == "无"


def test_a_value_withheld_in_an_earlier_run_is_listed_from_its_row(tmp_path):
    sheet = ledger(tmp_path, "帮扶对象台账", sheet="待更正")
    assert [cell.value for cell in sheet[HEADER + 1]][:9] == [
        1, "待更正", "帮扶对象户", "六月.xlsx", "帮扶对象户", None, 4, "户联系电话", None,
    ]  # fmt: skip


def test_a_returned_row_is_listed_with_its_township(tmp_path):
    gone = tables()["household"].iloc[[2]].assign(_row=9)
    finding = Finding(
        "RQ01", Severity.ERROR, Effect.ROW, Place("六月.xlsx", "帮扶对象户", "F9", 9, "household", "head_name", "户主"),
        "第9行没有写明是哪一户", "请补填", told="与外镇重复，请联系县办", related=("别镇.xlsx|户!B7",),
    )  # fmt: skip
    more = {"waiting": Waiting(Findings.of([finding]), {"household": gone})}
    sheet = ledger(tmp_path, "帮扶对象台账", "石桥乡", "待更正", **more)
    assert [cell.value for cell in sheet[HEADER + 1]][1:3] == ["退回", "帮扶对象户"]
    assert sheet["J4"].value == "与外镇重复，请联系县办"  # not what stands in the other township's row


def test_pairings_carry_the_household_and_what_has_no_match_says_so(tmp_path):
    sheet = ledger(tmp_path, "结对帮扶台账")
    assert texts(sheet, "帮扶对象") == ["张建国", "张建国", "王秀英", "孙某某"]
    assert texts(sheet, "户编号") == ["H1", "H1", "H2", None]
    assert texts(sheet, "是否牵头") == ["是", "否", None, None]
    assert texts(sheet, "数据状态") == [None, None, None, "待匹配"]
    assert texts(ledger(tmp_path, "帮扶对象台账"), "帮扶责任人") == ["李明、陈静", None, "李明"]


def test_only_whoever_helps_at_the_end_of_the_period_is_responsible(tmp_path):
    given = tables()
    paired = given["pairing"]
    ended = pd.Series(pd.to_datetime(["2024-06-19", None, "2024-06-30", None]), dtype=paired["ended_on"].dtype)
    begun = pd.Series(pd.to_datetime([None, "2024-06-20", None, None]), dtype=paired["started_on"].dtype)
    given["pairing"] = paired.assign(ended_on=ended, started_on=begun)
    assert texts(ledger(tmp_path, "帮扶对象台账", rows=given), "帮扶责任人") == ["陈静", None, "李明"]
    in_may = ledger_rows(given, "2024-05").of(LEDGERS[0].sheets[0])
    assert in_may["helpers"].fillna("").tolist() == ["李明", "", "李明"]


def test_visits_stand_by_date(tmp_path):
    assert texts(ledger(tmp_path, "走访台账"), "走访时间") == [dt.datetime(2024, 6, 3), dt.datetime(2024, 6, 20)]


def test_totals_are_live_and_carry_their_values(tmp_path):
    formulas = [cell.value for cell in ledger(tmp_path, "帮扶对象台账")[HEADER + 4]]
    values = [cell.value for cell in ledger(tmp_path, "帮扶对象台账", values=True)[HEADER + 4]]
    assert [v for v in values if v is not None] == ["合计", 3, 6, 35000.5, 7.5]
    assert [str(f)[:10] for f in formulas if f is not None] == ["合计", "=SUBTOTAL(", *["=SUBTOTAL("] * 3]


def test_the_public_version_is_masked_and_lists_no_corrections(tmp_path):
    write_ledgers(PUBLIC, ledger_rows(tables()), tmp_path, OCCASION, waiting=Waiting(Findings.of([PHONE])))
    folder = tmp_path / "台账" / "公开" / "全县"
    households = openpyxl.load_workbook(folder / "帮扶对象台账（公开）_全县_2024-06_20240630.xlsx")["帮扶对象台账"]
    assert texts(households, "户主姓名") == ["张**", "赵**", "王**"]
    assert texts(households, "户主证件号码")[0].startswith("990101********")
    assert texts(households, "户联系电话") == ["139****0001", None, "139****0002"]
    for path in folder.iterdir():
        book = openpyxl.load_workbook(path)
        assert "待更正" not in book.sheetnames
        shown = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
        for secret in ("张建国", "王秀英", "李桂兰", "13900010001", "孙某某"):
            assert secret not in shown


def test_a_job_can_be_done_by_another_process_and_the_largest_comes_first(tmp_path):
    jobs = ledger_jobs(LEDGERS, ledger_rows(tables()), tmp_path, OCCASION)
    assert [job.size for job in jobs] == sorted((job.size for job in jobs), reverse=True)
    here = write_job(jobs[0]).read_bytes()
    assert write_job(pickle.loads(pickle.dumps(jobs[0]))).read_bytes() == here


def test_ledgers_are_made_of_the_tables_that_are_there(tmp_path):
    only = {"household": tables()["household"]}
    written = write_ledgers(LEDGERS, ledger_rows(only), tmp_path, OCCASION, areas=("全县",))
    assert [path.name for path in written] == ["帮扶对象台账_全县_2024-06_20240630.xlsx"]
    assert openpyxl.load_workbook(written[0]).sheetnames == ["帮扶对象台账", "待更正"]


def test_a_township_whose_households_are_not_known_has_a_ledger_all_the_same(tmp_path):
    known = tables()
    written = write_ledgers(
        LEDGERS, ledger_rows({**known, "household": known["household"].iloc[:0]}), tmp_path, OCCASION
    )
    assert "走访台账_石桥乡_2024-06_20240630.xlsx" in [path.name for path in written]


def test_title_line_and_footer_say_whose_when_and_which_batch(tmp_path):
    sheet = ledger(tmp_path, "走访台账", "清水镇")
    assert sheet["A1"].value == "清水镇走访台账"
    line = [cell.value for cell in sheet[2] if cell.value]
    visited = "走访日期：2024年6月20日至2024年6月20日"  # of visits the days: those before the period stand in it too
    assert line == ["填报单位：清水镇", visited, f"截止日期：2024年6月{AS_OF.day}日"]
    assert sheet.oddFooter.left.text == "结对帮扶方案　2024年6月　批次 20240630-1"
    assert next(cell.value for cell in sheet[sheet.max_row] if cell.value) == "填表人："


def test_a_column_nobody_filled_in_is_left_out_of_every_ledger():
    sheet, rows = LEDGERS[0].sheets[0], ledger_rows(tables())
    listed = rows.of(sheet)
    titles = [column.title for column in ledger_columns(sheet, rows.terms, listed)]
    assert "备注" in titles  # for the pen
    assert "住房情况" not in titles
    filled = listed.assign(housing="安全住房")
    titles = [column.title for column in ledger_columns(sheet, rows.terms, filled, level="township")]
    assert "住房情况" in titles


def test_the_county_is_named_where_its_name_is_known(tmp_path):
    named = replace(OCCASION, county="云岭县")
    path = write_ledgers(LEDGERS, ledger_rows({"visit": tables()["visit"]}), tmp_path, named, areas=("全县",))[0]
    sheet = openpyxl.load_workbook(path)["走访台账"]
    assert (sheet["A1"].value, sheet["A2"].value) == ("云岭县走访台账", "填报单位：云岭县")
