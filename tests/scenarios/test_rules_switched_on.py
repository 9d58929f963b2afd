"""Rules that are off until a county wants them: switched on in county.toml, they are heard through `bf.check`."""

from pathlib import Path

import pytest

import bangfu_excel as bf
from bangfu_excel.core.kinds.numbering import check_digit
from bangfu_excel.domain import RELATIONS, TABLES

AS_OF = "2024-06-30"
OF_LIVELIHOOD = {(t.name, r.code, r.at[0]) for t in TABLES.values() for r in t.rules if r.code.startswith("EL")}


def number(birth: str, sequence: int = 301) -> str:
    """A valid identity number of nobody; an odd sequence is a man's."""
    first = f"990101{birth}{sequence:03d}"
    return first + check_digit(first)


BOY, LAD, MAN, OLD, KID = (
    number("20130418"),
    number("20080101"),
    number("19800512"),
    number("19500512"),
    number("20160102"),
)


def member(headers, values, of=MAN):
    return f"村,户编号,户主姓名,姓名,证件号码,与户主关系,{headers}\n柳溪村,QS1,赵大山,赵大山,{of},户主,{values}\n"


def child(headers, values, of=BOY):
    return f"姓名,身份证号,乡镇,村,监护人,{headers}\n赵小山,{of},青石镇,柳溪村,赵大山,{values}\n"


CASES = {
    # (table, code, first field told at) → the file
    ("member", "EL01", "education"): member("文化程度,在校生状况", "小学,七年级", BOY),
    ("member", "EL01b", "education"): member("文化程度,在校生状况", ",非在校生"),
    ("member", "EL02", "school_status"): member("健康状况,在校生状况", "健康,学前教育", KID),
    ("member", "EL03", "school_status"): member("在校生状况", "本科一年级", LAD),
    ("member", "EL04", "school_status"): member("在校生状况", "高一", BOY),
    ("member", "EL05", "school_status"): member("在校生状况", "小学"),
    ("member", "EL06", "education"): member("文化程度,在校生状况", "高中,小学", BOY),
    ("member", "EL07", "education"): member("文化程度", "小学", LAD),
    ("member", "EL08", "dropout_reason"): member("在校生状况,失学或辍学原因", "非在校生,", BOY),
    ("member", "EL09", "dropout_reason"): member("健康状况,义务教育阶段未上学原因", "健康,因病", BOY),
    ("member", "EL10", "school_status"): member("健康状况,在校生状况", "健康,非在校生", BOY),
    ("member", "EL11", "labour_ability"): member("劳动能力", "普通劳动力", BOY),
    ("member", "EL12", "labour_ability"): member("劳动技能", "普通劳动力", OLD),
    ("member", "EL13", "labour_ability"): member("劳动能力,健康状况", "无劳动力,健康"),
    ("member", "EL14", "labour_ability"): member("劳动能力,在校生状况", "普通劳动力,高一", LAD),
    ("member", "EL15", "health"): member("健康状况,残疾证号", "残疾,"),
    ("member", "EL15b", "health"): member("健康状况,残疾证号", f"健康,{MAN}43"),
    ("member", "EL16", "labour_ability"): member("劳动能力,残疾证号", f"普通劳动力,{MAN}41"),
    ("member", "EL17", "labour_ability"): member("劳动能力,健康状况", "普通劳动力,患有大病"),
    ("member", "EL18", "health"): member("健康状况", "健康、残疾"),
    ("member", "EL19", "labour_ability"): member("劳动能力,务工所在地", "无劳动力,云岭县"),
    ("member", "EL20", "school_status"): member("在校生状况,是否已务工", "高一,是", LAD),
    ("member", "EL21", "work_started_on"): member("务工开始时间", "2023-12-30", LAD),
    ("member", "EL22", "work_months"): member("务工所在地,务工时间（月）", "云岭县,"),
    ("member", "EL22b", "work_place"): member("务工所在地,务工时间（月）", ",3个月"),
    ("member", "EL23", "work_place"): member("务工地点", "浙江省宁波市"),
    ("member", "EL24", "monthly_wage"): member("务工月收入", "4万元"),
    ("member", "EL25", "work_ended_on"): member("务工开始时间,务工结束时间", "2024-03-02,2024-03-01"),
    ("member", "EL26", "works"): member("是否务工,务工开始时间,务工结束时间", "否,2024-03-02,"),
    ("member", "EL27", "post_kind"): member("公益性岗位类型", "护林员", OLD),
    ("member", "EL27b", "post_months"): member("公益性岗位类型,公益性岗位(月数)", "护林员,"),
    ("member", "EL27c", "post_kind"): member("公益性岗位类型", "护林员、保洁员、护路员"),
    ("member", "EL28", "works"): member("是否务工,劳动技能", "否,技能劳动力"),
    ("member", "EL28", "work_place"): member("务工所在地,劳动技能", "无,技能劳动力"),
    ("member", "EL29", "yulu"): member("在校生状况,是否享受雨露计划", "中职一年级,否", LAD),
    ("member", "EL29b", "yulu"): member("在校生状况,雨露计划", "高一,是", LAD),
    ("child", "EL02", "stage"): child("身体状况,就学情况", "健康,幼儿园", KID),
    ("child", "EL03", "stage"): child("就学情况", "高中"),
    ("child", "EL04", "stage"): child("就学情况", "高中"),
    ("child", "EL05", "stage"): child("就学情况", "小学", number("20200102")),
    ("child", "EL08", "dropout_reason"): child("就学情况,辍学原因", "辍学,"),
    ("child", "EL09", "dropout_reason"): child("身体状况,就学情况,辍学原因", "健康,辍学,因病"),
    ("child", "EL10", "stage"): child("身体状况,就学情况", "健康,辍学"),
    ("child", "EL15", "health"): child("身体状况,残疾类别", "残疾,"),
    ("child", "EL15b", "health"): child("身体状况,残疾类别", "健康,听力残疾"),
    ("child", "EL18", "health"): child("身体状况", "健康、残疾"),
}  # fmt: skip


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> Path:
    """The settings of a county that wants all of them."""
    folder = tmp_path_factory.mktemp("本县")
    codes = sorted({code for _, code, _ in OF_LIVELIHOOD} | {r.code for r in RELATIONS if r.code.startswith("EL")})
    (folder / "county.toml").write_text(
        "".join(f"[rules.{code}]\nenabled = true\n" for code in codes), encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize(("told", "text"), CASES.items(), ids=lambda v: "-".join(v) if isinstance(v, tuple) else "")
def test_the_rule_is_heard_where_a_county_wants_it(told, text, county, tmp_path: Path):
    (tmp_path / "名册.csv").write_text(text, encoding="utf-8-sig")
    findings = bf.check(tmp_path, as_of=AS_OF, profile=county).findings
    assert told in {(f.place.table, f.code, f.place.field) for f in findings}, [f.message for f in findings]


def test_no_rule_that_is_off_is_without_a_case():
    assert set(CASES) == OF_LIVELIHOOD


def test_it_is_not_heard_where_no_county_wants_it(tmp_path: Path):
    for position, text in enumerate(CASES.values()):
        (tmp_path / f"{position}.csv").write_text(text, encoding="utf-8-sig")
    assert [f.code for f in bf.check(tmp_path, as_of=AS_OF).findings if f.code.startswith("EL")] == []


@pytest.mark.parametrize("name", ["member", "child"])
def test_the_examples_of_a_table_break_none_of_them(name, county, tmp_path: Path):
    fields = TABLES[name].fields
    text = "\n".join(",".join(getattr(field, part) for field in fields) for part in ("label", "example"))
    (tmp_path / "名册.csv").write_text(text, encoding="utf-8-sig")
    batch = bf.check(tmp_path, as_of=AS_OF, profile=county)
    assert len(batch.rows[name]) == 1
    assert [f.message for f in batch.findings if f.code.startswith("EL")] == []


def test_a_clerk_reads_what_contradicts_what_and_the_value_waits(county, tmp_path: Path):
    (tmp_path / "名册.csv").write_text(CASES["member", "EL19", "labour_ability"], encoding="utf-8-sig")
    batch = bf.check(tmp_path, as_of=AS_OF, profile=county)
    (told,) = [f for f in batch.findings if f.code == "EL19"]
    assert (told.place.cell, told.message) == ("G2", "第2行“劳动能力”填的是“无劳动力”，却填了务工或者计划务工")
    assert batch.rows["member"]["labour_ability"].isna().all()


def test_work_that_starts_before_the_registered_one_has_ended_is_heard(county, tmp_path: Path):
    registry = bf.Registry(tmp_path / "台账库")
    for month, period in ((5, "2024-03-02,2024-05-20"), (6, "2024-05-18,")):
        inbox = tmp_path / f"{month}月"
        inbox.mkdir()
        (inbox / "名册.csv").write_text(member("务工开始时间,务工结束时间", period), encoding="utf-8-sig")
        batch = bf.check(inbox, as_of=f"2024-0{month}-30", profile=county, registry=registry)
        told = [f.message for f in batch.findings if f.code == "EL25b"]
        bf.merge(batch, registry)
    assert told == ["第2行“务工开始时间”填的是“2024-05-18”，早于此前登记的上一次务工结束时间2024年5月20日"]
