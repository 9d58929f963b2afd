"""Measures, and money and goods, across rows and tables: for each relation a case that fires, and where, and one that does not."""

import pytest
from test_table_relations import GIVEN, frames

from bangfu_excel.core.finding import Effect, Place, Severity
from bangfu_excel.core.rule import Given
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.domain.relations import funds, measures

ANSWERS = (
    {"title": "思想", "causes": ("自身发展动力不足",), "family": "思想引导"},
    {"title": "救助", "causes": ("因老", "因残", "因病", "因自然灾害"), "family": "生活救助"},
    {"title": "扶持", "causes": ("缺技术", "缺资金", "缺信息"), "family": "生产扶持"},
    {"title": "无", "capacity": "无劳动能力", "family": "亲情帮扶"},
    {"title": "有", "capacity": "有劳动能力", "family": "架桥帮扶"},
)
PLAN = Scheme.model_validate({"id": "own", "title": "方案", "version": "1", "tables": ("measure",), "causes": ANSWERS})
PLANNED = Given(GIVEN.as_of, GIVEN.period, scheme=PLAN)


def home(household="H1", **more):
    return {"household_id": household, "head_name": f"户{household}", **more}


def done(category, household="H1", **more):
    return {
        "household_id": household,
        "recipient_name": f"户{household}",
        "category": category,
        "started_on": "2024-03-10",
        **more,
    }


def came(quantity, day="2024-03-01", item="棉被", **more):
    return {
        "moved_on": day,
        "direction": "收入",
        "item": item,
        "quantity": quantity,
        "unit": "床",
        "keeper": "中心小学",
        **more,
    }


def went(quantity, day="2024-03-02", item="棉被", **more):
    return {**came(quantity, day, item), "direction": "支出", **more}


def told_of_people(household="H1", **more):
    return {"household_id": household, "name": "张三", "relation": "户主", "health": "健康", **more}


PAID = {"content": "发放低保金"}
SUBSIDY = {"content": "发放残疾人两项补贴"}
CASES = [
    # relation, records, the rows reported, records of the case that does not fire
    (funds.stock_is_not_what_is_left, {"fund": [came(132), went(100, stock=30)]}, [1], {"fund": [came(132), went(100, stock=32), went(32, "2024-03-05", stock=0)]}),
    (funds.stock_is_not_what_is_left, {"fund": [went(100, stock=30), came(132)]}, [0],  # in whatever order it is told
     {"fund": [went(100, stock=30), came(132, keeper="镇中学"), came(132, item="足球"), came(132, unit="条")]}),
    (funds.stock_is_not_what_is_left, {"fund": [came(None, amount=8000.5, unit=None, item="捐款", stock=8000)]}, [0],
     {"fund": [came(None, amount=8000.5, unit=None, item="捐款", stock=8000.5), came(132, approximate=True), went(100, stock=30)]}),
    (funds.handed_out_more_than_received, {"fund": [came(132), went(100), went(33, "2024-03-03"), went(1, "2024-03-04")]}, [2],
     {"fund": [went(100), went(32), came(132, "2024-03-02"), went(50, item="足球")]}),  # of what nobody says that it came in, nothing is known
    (funds.handed_out_more_than_received, {"fund": [went(100, "2024-02-29"), came(132)]}, [0],  # handed out before it was received
     {"fund": [went(100, "2024-03-01", moved_on__precision="month"), came(132, "2024-03-20")]}),
    (measures.style_for_other_capacity, {"household": [home(labour_capacity="无劳动能力")], "measure": [done(None, style="架桥帮扶")]}, [0],
     {"household": [home(labour_capacity="无劳动能力"), home("H2"), home("H3", labour_capacity="部分劳动能力")],
      "measure": [done(None, style="亲情帮扶"), done(None, "H2", style="架桥帮扶"), done(None, "H3", style="架桥帮扶")]}),
    (measures.dibao_for_nobody, {"member": [told_of_people(dibao=False)], "measure": [done("综合保障", **PAID)]}, [0],
     {"member": [told_of_people(dibao=True), told_of_people(dibao=False), told_of_people("H2"), told_of_people("H3", dibao=False)],
      "measure": [done("综合保障", **PAID), done("综合保障", "H2", **PAID), done("综合保障", "H3", content="帮助申请低保")]}),
    (measures.subsidy_for_nobody_disabled, {"member": [told_of_people()], "measure": [done("综合保障", **SUBSIDY)]}, [0],
     {"member": [told_of_people(), told_of_people(health="残疾"), told_of_people("H2"), told_of_people("H2", health=None)],
      "measure": [done("综合保障", **SUBSIDY), done("综合保障", "H2", **SUBSIDY)]}),
    (measures.dibao_without_its_measure, {"member": [told_of_people(dibao=True)], "measure": [done("产业帮扶"), done("教育帮扶")]}, [0],
     {"member": [told_of_people(dibao=True), told_of_people("H2", dibao=False)], "measure": [done("产业帮扶"), done("综合保障"), done("产业帮扶", "H2")]}),
    (measures.risk_without_its_measure, {"household": [home(cause="因病、缺技术")], "measure": [done("技术培训"), done("产业帮扶")]}, [0],
     {"household": [home(cause="因病"), home("H2", cause="缺技术")], "measure": [done("技术培训"), done("健康帮扶"), done("教育帮扶", "H2")]}),
    (measures.cause_without_its_family, {"household": [home(cause="缺技术")], "measure": [done("走访慰问"), done("物资帮扶")]}, [0],
     {"household": [home(cause="缺技术"), home("H2", cause="因婚")], "measure": [done("走访慰问"), done("技术培训"), done("走访慰问", "H2")]}),
    (measures.cause_without_its_family, {"household": [home()], "measure": [done("技术培训", cause="因老")]}, [0],
     {"household": [home(cause="缺技术")], "measure": [done("健康帮扶", cause="因老")]}),  # what the row says counts before the roster
    (measures.able_and_only_kept, {"household": [home(labour_capacity="有劳动能力")], "measure": [done("综合保障"), done("综合保障")]}, [0],
     {"household": [home(labour_capacity="有劳动能力"), home("H2", labour_capacity="无劳动能力")],
      "measure": [done("综合保障"), done("产业帮扶"), done("综合保障", "H2")]}),
    (measures.identified_and_left_alone, {"household": [home(identified_on="2024-05-30")], "measure": [done("产业帮扶", "H2")]}, [0],
     {"household": [home(identified_on="2024-05-31"), home("H2", identified_on="2024-01-01"), home("H3", identified_on="2024-01-01", status="死亡")],
      "measure": [done("产业帮扶", "H2")]}),
    (measures.helped_and_earns_nothing, {"household": [home(wage_income=0, business_income=800)], "measure": [done("产业帮扶"), done("公益性岗位帮扶")]}, [1],
     {"household": [home(business_income=800, transfer_income=0)], "measure": [done("产业帮扶"), done("就业帮扶"), done("教育帮扶")]}),
]  # fmt: skip


def told(relation, records, given=PLANNED):
    return relation.test(frames(**records), given)


@pytest.mark.parametrize(("relation", "records", "rows", "_fine"), CASES, ids=lambda v: getattr(v, "title", ""))
def test_it_fires_at_these_rows(relation, records, rows, _fine):
    assert sorted(told(relation, records).index) == rows


@pytest.mark.parametrize(("relation", "_records", "_rows", "fine"), CASES, ids=lambda v: getattr(v, "title", ""))
def test_it_does_not_fire(relation, _records, _rows, fine):
    assert list(told(relation, fine).index) == []


@pytest.mark.parametrize(("relation", "records", "_rows", "_fine"), CASES, ids=lambda v: getattr(v, "title", ""))
def test_it_says_what_it_means_in_plain_chinese(relation, records, _rows, _fine):
    hits = told(relation, records)
    words = {n: str(hits[n].iloc[0]) for n in hits.columns if not n.startswith("_")}
    reads = dict.fromkeys((*relation.reads[relation.on], *relation.at), "丙")
    place = Place("甲.xlsx", "表", "C6", 6, relation.on, relation.at[0], "甲栏", "乙")
    finding = relation.finding(place, **{**reads, **dict.fromkeys(relation.limits, "丁"), **words})
    assert not any("a" <= char.lower() <= "z" for char in finding.message + finding.suggestion)
    assert not hits.isna().any(axis=None)


@pytest.mark.parametrize("relation", [*funds.RELATIONS, *measures.RELATIONS], ids=lambda r: r.code)
def test_it_is_a_doubt_only(relation):
    assert (relation.severity, relation.effect) == (Severity.WARNING, Effect.NONE)


def test_what_the_national_system_asks_is_off_until_a_county_wants_it():
    off = {r.code for r in (*funds.RELATIONS, *measures.RELATIONS) if not r.enabled}
    assert off == {"MO03", "MO04", "MO09", "MO11", "EC07", "PC05c"}


@pytest.mark.parametrize("relation", [measures.cause_without_its_family, measures.style_for_other_capacity])
def test_without_a_plan_that_says_what_fits_nothing_is_told(relation):
    (case,) = [case for case in CASES if case[0] is relation][:1]
    assert told(relation, case[1], GIVEN).empty


def test_what_was_registered_before_counts_as_received_and_is_not_told():
    rows = [came(132, "2024-01-01", _region=-1, _file="旧.xlsx"), went(133, "2024-01-02", _region=-1), went(1)]
    assert list(told(funds.handed_out_more_than_received, {"fund": rows}).index) == [2]


def test_two_townships_that_name_no_keeper_have_two_stocks():
    rows = [came(132, keeper=None, township="青石镇"), went(100, keeper=None, township="白水乡", stock=0)]
    assert told(funds.stock_is_not_what_is_left, {"fund": rows}).empty
    assert list(told(funds.stock_is_not_what_is_left, {"fund": [{**r, "township": "青石"} for r in rows]}).index) == [1]


def test_a_list_of_gifts_and_a_list_of_those_who_got_them_need_no_direction():
    gift = {**came(132, donor="某公司"), "direction": None}
    got = {**went(100, receiver_unit="中心小学", stock=30), "direction": None}
    passed_on = {**gift, "receiver_unit": "中心小学"}
    assert list(told(funds.stock_is_not_what_is_left, {"fund": [gift, got]}).index) == [1]
    assert told(funds.stock_is_not_what_is_left, {"fund": [passed_on, got]}).empty  # nothing is known to have been kept
