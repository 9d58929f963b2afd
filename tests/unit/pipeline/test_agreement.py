"""账账相符: what was changed between two of the county's books is told, whichever book it was; what is known to part them is not."""

from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

import bangfu_excel as bf
from bangfu_excel.merge import Registry
from bangfu_excel.pipeline.agreement import agreement_job, disagreements
from bangfu_excel.pipeline.books import county_books
from bangfu_excel.pipeline.settings import load_settings, make_spec
from bangfu_excel.write.agreement_book import write_agreement
from bangfu_excel.write.layout import Sheet

HOMES = "乡镇,行政村,户编号,户主姓名,家庭人口数\n"
HOUSEHOLDS = HOMES + "清水镇,上河村,QS001,赵大山,2\n清水镇,上河村,QS002,钱守田,1\n柳溪镇,柳溪村,LX001,孙有福,3\n"
PAIRINGS = (
    "乡镇,行政村,户编号,帮扶对象姓名,帮扶责任人,帮扶单位,帮扶人电话,结对时间\n"
    "清水镇,上河村,QS001,赵大山,王五,县农业局,13900010001,2024-01-01\n"
    "清水镇,上河村,QS001,赵大山,李四,县水务局,13900010002,2024-01-01\n"
    "柳溪镇,柳溪村,LX001,孙有福,王五,县农业局,13900010001,2024-01-01\n"
)
VISITS = "走访时间,乡镇,行政村,户编号,户主姓名,走访人,走访方式,走访内容\n"
JUNE = (
    "2024-06-03,清水镇,上河村,QS001,赵大山,王五,入户,送去化肥并查看住房\n"
    "2024-06-03,清水镇,上河村,QS001,赵大山,李四,入户,查看饮水的情况\n"
    "2024-06-05,柳溪镇,柳溪村,LX001,孙有福,王五,入户,商量外出务工\n"
    "2024-05-06,柳溪镇,柳溪村,LX001,孙有福,王五,电话,问春耕的进度\n"
)
FUNDS = (
    "日期,收支方向,资金来源,资金或物资名称,金额,户编号,受助人,乡镇,行政村\n"
    "2024-06-01,收入,社会募集,爱心款,5000,,,,\n"
    "2024-06-10,支出,社会募集,助学金,1200,QS001,赵大山,清水镇,上河村\n"
)
SENT = {
    "帮扶对象花名册.csv": HOUSEHOLDS,
    "结对帮扶表.csv": PAIRINGS,
    "走访记录.csv": VISITS + JUNE,
    "资金物资台账.csv": FUNDS,
}


def run(folder, sent, name="一"):
    inbox = folder / name
    inbox.mkdir()
    for file, text in sent.items():
        (inbox / file).write_text(text, encoding="utf-8-sig")
    return bf.run(inbox, folder / f"结果{name}", registry=folder / "台账库", as_of="2024-06-30", engine="serial")


def books(folder, period="2024-06", as_of="2024-06-30", profile=None):
    registry, settings = Registry(folder / "台账库"), load_settings(make_spec("default", profile, as_of, period))
    return registry, settings, county_books(registry, settings, folder / "再")


def checked(registry, settings, made, folder):
    return agreement_job(registry, settings, made, folder / "再")


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    result = run(folder, SENT)
    return folder, result, books(folder)


def test_an_untouched_county_agrees(county):
    folder, result, made = county
    checks = checked(*made, folder).checks
    assert [check for check in checks if not check.holds] == []
    assert not [f for f in result.batch.findings if f.code == "AG01"]
    assert {"帮扶户数", "已结对户数", "本期走访户次", "本年走访记录", "各乡镇之和"} <= {check.item for check in checks}


def test_what_the_assessment_leaves_out_of_its_visits_is_said_with_its_number(county):
    folder, _, made = county
    check = next(c for c in checked(*made, folder).checks if (c.item, c.area) == ("本期走访户次", "全县"))
    assert (check.left.number, check.right.number) == (3, 2)
    assert {one.reason: one.number for one in check.known} == {
        "同一户同一天同一方式记了几条的，只计1户次": 1,
    }  # fmt: skip


def lists(made):
    """Every list that holds something, of every area: what an error may spoil."""
    return [
        (at, number)
        for at, job in enumerate(made.ledgers)
        for number, page in enumerate(job.sheets)
        if isinstance(page, Sheet) and page.name in {one.title for one in job.ledger.sheets} and len(page.rows)
    ]


def spoiled(made, at, number, change):
    job = made.ledgers[at]
    page = job.sheets[number]
    sheets = [*job.sheets]
    sheets[number] = replace(page, rows=change(page.rows.copy()))
    return replace(made, ledgers=[*made.ledgers[:at], replace(job, sheets=tuple(sheets)), *made.ledgers[at + 1 :]])


def test_a_row_that_is_lost_from_any_ledger_of_any_area_is_told(county):
    folder, _, (registry, settings, made) = county
    assert len(lists(made)) == 11
    for at, number in lists(made):
        changed = spoiled(made, at, number, lambda rows: rows.iloc[1:])
        checks = checked(registry, settings, changed, folder).checks
        assert disagreements(checks), (made.ledgers[at].path.name, made.ledgers[at].sheets[number].name)


def test_a_sum_that_is_changed_in_any_ledger_is_told(county):
    folder, _, (registry, settings, made) = county
    spoilt = 0
    for at, number in lists(made):
        page = made.ledgers[at].sheets[number]
        for name in [c.source for c in page.columns if c.total == "sum" and page.rows[c.source].notna().any()]:
            changed = spoiled(made, at, number, lambda rows, name=name: rows.assign(**{name: rows[name] + 1}))
            assert disagreements(checked(registry, settings, changed, folder).checks), (page.name, name)
            spoilt += 1
    assert spoilt >= 4


def test_an_assessment_of_other_rows_is_told_with_both_numbers(county):
    folder, _, (registry, settings, made) = county
    indicators = made.assessment.indicators.copy()
    indicators.loc[(indicators["subject"] == "清水镇") & (indicators["indicator"] == "registered"), "value"] = 5
    changed = replace(made, assessment=replace(made.assessment, indicators=indicators))
    finding = disagreements(checked(registry, settings, changed, folder).checks)[0]
    assert "“帮扶户数”不符（全县、清水镇）" in finding.message
    assert "帮扶对象台账的户数是3，走访考核“乡镇”的帮扶户数是6，说不出原因的差-3" in finding.message


def test_what_does_not_agree_stands_first_and_in_live_formulas(county, tmp_path):
    folder, _, (registry, settings, made) = county
    at = next(i for i, job in enumerate(made.ledgers) if job.ledger.id == "visit" and job.area.level == "county")
    job = checked(registry, settings, spoiled(made, at, 0, lambda rows: rows.iloc[2:]), folder)
    path = write_agreement(replace(job, path=tmp_path / "核对.xlsx"))
    rows = list(openpyxl.load_workbook(path, data_only=True).active.iter_rows(min_row=4, values_only=True))
    assert rows[0][10] == "不符"
    assert rows[0][9] == rows[0][4] - rows[0][7] - rows[0][8]
    formulas = openpyxl.load_workbook(path).active
    assert formulas["J4"].value == "=ROUND(E4-H4-I4,2)"
    assert write_agreement(replace(job, path=tmp_path / "又.xlsx")).read_bytes() == path.read_bytes()


def test_money_is_written_as_money_and_what_is_counted_as_a_number(county, tmp_path):
    folder, _, (registry, settings, made) = county
    path = write_agreement(replace(checked(registry, settings, made, folder), path=tmp_path / "核对.xlsx"))
    shown = {}
    for row in openpyxl.load_workbook(path).active.iter_rows(min_row=4):
        shown.setdefault(row[3].value, set()).update((row[4].number_format, row[9].number_format))
    assert shown["帮扶资金台账：收入金额（元）"] == shown["帮扶资金台账“按来源汇总”：收入金额之和"] == {"#,##0.00"}
    assert shown["帮扶对象台账：行数"] == {"#,##0"}


def test_the_ledger_command_writes_it_too(county, tmp_path):
    folder, _, _ = county
    written = bf.ledgers(folder / "台账库", tmp_path, as_of="2024-06-30")
    assert tmp_path.resolve() / "台账" / "核对.xlsx" in [path.resolve() for path in written]


def test_a_pairing_that_ended_in_the_month_is_in_force_on_its_last_day_in_every_book(tmp_path):
    """Ledger and assessment once took “2024年6月” for its first day and its last."""
    pairings = PAIRINGS.replace("结对时间", "结对时间,结束时间").replace("2024-01-01", "2024-01-01,2024年6月")
    run(tmp_path, {**SENT, "结对帮扶表.csv": pairings})
    checks = [check for check in checked(*books(tmp_path), tmp_path).checks if check.item == "已结对户数"]
    assert {(check.left.number, check.right.number) for check in checks if check.area == "全县"} == {(2, 2)}
    assert all(check.holds for check in checks)


def test_what_a_countys_ledgers_do_not_show_is_checked_all_the_same(tmp_path):
    pairings = PAIRINGS.replace("结对时间", "结对时间,结束时间").replace("2024-01-01\n柳", "2024-01-01,\n柳")
    run(tmp_path, {**SENT, "结对帮扶表.csv": pairings.removesuffix("\n") + ",2024-05-31\n"})
    left_out = (
        '[ledgers.visit]\nleave = ["visited_on", "mode"]\n[ledgers.pairing]\nleave = ["started_on", "ended_on"]\n'
    )
    (tmp_path / "county.toml").write_text(left_out, encoding="utf-8")
    checks = checked(*books(tmp_path, profile=tmp_path), tmp_path).checks
    assert {check.right.number for check in checks if (check.item, check.area) == ("已结对户数", "全县")} == {1}
    assert {"本期走访户次", "本年走访记录"} <= {check.item for check in checks}
    assert [check for check in checks if not check.holds] == []


LATE = VISITS + "2024-06-20,清水镇,上河村,QS001,赵大山,王五,电话,问孩子的学习\n"


@pytest.fixture(scope="module")
def announced(tmp_path_factory):
    """June is announced, then a visit of June comes as 补报."""
    folder = tmp_path_factory.mktemp("announced")
    run(folder, SENT)
    bf.issue(folder / "台账库", period="2024-06", as_of="2024-06-30")
    run(folder, {"走访记录（补报）.csv": LATE}, "二")
    return folder


def test_what_came_after_the_announcement_is_a_known_difference(announced):
    checks = checked(*books(announced), announced).checks
    assert [check for check in checks if not check.holds] == []
    visited = next(c for c in checks if (c.item, c.area) == ("本期走访户次", "清水镇"))
    assert ("印发以后入库、更正的", 1) in [(one.reason, one.number) for one in visited.known]


def test_this_month_opens_with_what_the_last_one_closed_with(announced):
    registry, settings, made = books(announced, "2024-07", "2024-07-31")
    checks = checked(registry, settings, made, announced).checks
    opening = [check for check in checks if check.item == "上期累计与上期期末"]
    assert next((c.area, c.left.number, c.right.number) for c in opening) == ("全县", 4, 4)
    assert all(check.holds for check in checks)
    told = made.assessment.announced
    balance = told.balance.assign(previous=told.balance["previous"] + pd.array([1] * len(told.balance), dtype="Int64"))
    changed = replace(made, assessment=replace(made.assessment, announced=replace(told, balance=balance)))
    items = [f.message for f in disagreements(checked(registry, settings, changed, announced).checks)]
    assert any("上期累计与上期期末" in text for text in items)
    assert any("“本期累计”" in text for text in items)
