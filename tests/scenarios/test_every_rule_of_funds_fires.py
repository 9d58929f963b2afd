"""Every rule of what was done and of money and goods can be heard: a small inbox for each, taken through `bf.check`."""

from pathlib import Path

import pytest

import bangfu_excel as bf
from bangfu_excel.domain import RELATIONS, TABLES

MEASURE = "实施时间,户主姓名,村,措施类别,"
FUND = "收支时间,收支方向,资金或物资名称,"
HOUSEHOLD = "村,户编号,户主姓名,劳动能力\n柳溪村,QS1,赵大山,无劳动能力\n"
MEMBER = "村,户编号,姓名,与户主关系,健康状况,是否享受低保\n柳溪村,QS1,赵大山,户主,健康,否\n"


def done(headers, values, kind="教育帮扶", day="2024-03-10"):
    return f"{MEASURE}{headers}\n{day},赵大山,柳溪村,{kind},{values}\n"


def moved(headers, *rows):
    return f"{FUND}{headers}\n" + "".join(f"{row}\n" for row in rows)


CASES = {
    # (table, code, first field told at) → the files of the inbox
    ("measure", "PV09", "started_on"): [done("措施内容", "资助上学", day="2024-07-10")],
    ("measure", "PV09d", "started_on"): [done("措施内容", "资助上学", day="2024年")],
    ("measure", "PV07d", "started_on"): [done("措施内容", "资助上学", day="2023-12-10")],
    ("measure", "MS01", "ended_on"): [done("完成时间", "2024-03-09")],
    ("measure", "MS02", "person_in_charge"): [done("措施内容,定人", "资助上学,")],
    ("measure", "MS02", "duty"): [done("措施内容,定责", "资助上学,")],
    ("measure", "MS02", "standard"): [done("措施内容,定标准", "资助上学,")],
    ("measure", "MS03", "quantity_unit"): [done("措施内容,数量,计量单位", "送书包,2,")],
    ("measure", "MS04", "status"): [done("措施内容,措施状态,完成时间", "送书包,已完成,")],
    ("measure", "EC14", "amount"): [done("措施内容,投入资金", "送书包,1.2")],
    ("measure", "MS05", "style"): [HOUSEHOLD, done("措施内容,帮扶方式", "送书包,架桥帮扶")],
    ("measure", "PC05", "content"): [HOUSEHOLD, MEMBER, done("措施内容,帮扶方式", "发放低保金,亲情帮扶", "综合保障")],
    ("measure", "PC05b", "content"): [HOUSEHOLD, MEMBER, done("措施内容,帮扶方式", "残疾人生活补贴,亲情帮扶", "综合保障")],
    ("fund", "PV09", "moved_on"): [moved("数量,计量单位,捐赠方", "2024-07-10,收入,棉被,132,床,某公司")],
    ("fund", "PV09d", "moved_on"): [moved("数量,计量单位,捐赠方", "2024年,收入,棉被,132,床,某公司")],
    ("fund", "PV07d", "moved_on"): [moved("数量,计量单位,捐赠方", "2023-03-10,收入,棉被,132,床,某公司")],
    ("fund", "PV20c", "donor"): [moved("数量,计量单位,捐赠方", "2024-03-10,收入,棉被,132,床,")],
    ("fund", "PV20d", "signed"): [moved("数量,计量单位,受赠单位,领取签字", "2024-03-10,支出,棉被,132,床,中心小学,")],
    ("fund", "PV20e", "unit"): [moved("数量,计量单位,捐赠方", "2024-03-10,收入,棉被,132,,某公司")],
    ("fund", "PV21", "amount"): [moved("金额,其中扶贫资金,其中干部捐助", "2024-03-10,支出,资金,1200,1000,150")],
    ("fund", "PV21b", "amount"): [moved("金额,到户资金,到村资金", "2024-03-10,支出,资金,1200,1000,150")],
    ("fund", "FD01", "amount"): [moved("数量,计量单位,单价,金额", "2024-03-10,支出,棉被,132,床,100,1320")],
    ("fund", "FD02", "insurance_sum"): [moved("受赠人数,每人保额,总保额", "2024-03-10,支出,保险,134,30000,30000")],
    ("fund", "FD03", "project"): [moved("金额,用途", "2024-03-10,支出,捐款,800,活动餐费")],
    ("fund", "EC14", "amount"): [moved("金额,捐赠方", "2024-03-10,收入,捐款,8,某公司")],
    ("fund", "PV20", "stock"): [
        moved("数量,计量单位,捐赠方,结存数", "2024-03-10,收入,棉被,132,床,某公司,", "2024-03-12,支出,棉被,100,床,,30")
    ],
    ("fund", "PV20b", "moved_on"): [
        moved("数量,计量单位,捐赠方,收支单位", "2024-03-10,收入,棉被,132,床,某公司,中心小学"),
        moved("数量,计量单位,捐赠方,收支单位", "2024-03-12,支出,棉被,133,床,,中心小学"),
    ],
}  # fmt: skip
PLAN = """id = "own"
title = "本县方案"
version = "1"
tables = ["household", "member", "measure", "fund"]
start = 2024-01-01
end = 2024-12-31

[[records]]
fields = ["measure.person_in_charge", "measure.duty", "measure.standard"]

[[causes]]
capacity = "无劳动能力"
family = "亲情帮扶"
"""


@pytest.fixture(scope="module")
def scheme(tmp_path_factory) -> Path:
    """A scheme of these tables that says how help with schooling is fixed and which style is for whom."""
    file = tmp_path_factory.mktemp("方案") / "own.toml"
    file.write_text(PLAN, encoding="utf-8")
    return file


@pytest.mark.parametrize(("told", "files"), CASES.items(), ids=lambda v: "-".join(v) if isinstance(v, tuple) else "")
def test_the_rule_is_heard(told, files, scheme, tmp_path: Path):
    for position, text in enumerate(files):
        (tmp_path / f"{position}.csv").write_text(text, encoding="utf-8-sig")
    findings = bf.check(tmp_path, scheme=scheme, as_of="2024-06-30").findings
    assert told in {(f.place.table, f.code, f.place.field) for f in findings}, [f.message for f in findings]


def test_no_rule_of_funds_is_without_a_case():
    declared = {(name, r.code, r.at[0]) for name in ("measure", "fund") for r in TABLES[name].rules if r.enabled}
    declared |= {(r.on, r.code, r.at[0]) for r in RELATIONS if r.enabled and r.on in ("measure", "fund")}
    assert declared == set(CASES)


def test_what_one_unit_receives_in_march_and_hands_out_in_june_is_one_account(scheme, tmp_path: Path):
    """The inbox of June is held against what was registered in March."""
    registry = bf.Registry(tmp_path / "台账库")
    came, went = tmp_path / "3月", tmp_path / "6月"
    columns = "数量,计量单位,捐赠方,收支单位,结存数"
    for folder, row in (
        (came, "2024-03-10,收入,棉被,132,床,某公司,中心小学,132"),
        (went, "2024-06-12,支出,棉被,100,床,,中心小学,30"),
    ):
        folder.mkdir()
        (folder / "资金物资.csv").write_text(moved(columns, row), encoding="utf-8-sig")
    bf.merge(bf.check(came, scheme=scheme, as_of="2024-03-31"), registry)
    findings = bf.check(went, scheme=scheme, as_of="2024-06-30", registry=registry).findings
    (told,) = [f for f in findings if f.code == "PV20"]
    assert "收到132、发出100，应剩32" in told.message


def test_two_gifts_of_a_day_are_two_records_whoever_is_on_a_roster(scheme, tmp_path: Path):
    rows = [
        "2024-03-10,支出,书包,1,个,张小雨,",
        "2024-03-10,支出,书包,1,个,李小明,",
        "2024-03-10,收入,书包,2,个,,某公司",
        "2024-03-10,收入,书包,3,个,,某公司",
    ]
    (tmp_path / "资金物资.csv").write_text(moved("数量,计量单位,受赠人,捐赠方", *rows), encoding="utf-8-sig")
    batch = bf.check(tmp_path, scheme=scheme, as_of="2024-06-30")
    assert batch.rows["fund"]["_key"].nunique() == 4


def test_what_was_done_for_a_whole_village_names_the_village(scheme, tmp_path: Path):
    text = MEASURE + "措施内容\n2024-03-10,柳溪村,柳溪村,环境卫生,清理垃圾\n2024-03-10,,柳溪村,环境卫生,清理垃圾\n"
    (tmp_path / "帮扶措施.csv").write_text(text, encoding="utf-8-sig")
    measures = bf.check(tmp_path, scheme=scheme, as_of="2024-06-30").rows["measure"]
    assert measures["_recipient"].fillna("").tolist() == ["|柳溪", ""]
    assert measures["_outcome"].tolist() == [
        "accepted",
        "returned",
    ]  # who is meant is not guessed where a name should stand


def test_a_county_may_switch_on_what_the_national_system_asks(scheme, tmp_path: Path):
    inbox, county = tmp_path / "6月", tmp_path / "本县"
    inbox.mkdir()
    county.mkdir()
    (inbox / "户.csv").write_text("村,户编号,户主姓名,致贫原因\n柳溪村,QS1,赵大山,因病\n", encoding="utf-8-sig")
    (inbox / "措施.csv").write_text(done("措施内容", "办培训班", "技术培训"), encoding="utf-8-sig")
    (county / "county.toml").write_text("[rules.MO03]\nenabled = true\n", encoding="utf-8")
    off, on = (
        {f.code for f in bf.check(inbox, scheme=scheme, as_of="2024-06-30", **more).findings}
        for more in ({}, {"profile": county})
    )
    assert "MO03" not in off
    assert "MO03" in on
