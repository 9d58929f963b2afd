"""Every rule and relation of the domain can be heard: a small inbox for each, taken through `bf.check`."""

from pathlib import Path

import pytest
from coverage_inboxes import CASES as OF_COVERAGE
from job_tables import TABLES as JOB

import bangfu_excel as bf
from bangfu_excel.core.kinds.numbering import check_digit
from bangfu_excel.domain import RELATIONS, TABLES


def number(birth: str, sequence: int) -> str:
    """A valid identity number of nobody; an odd sequence is a man's."""
    first = f"990101{birth}{sequence:03d}"
    return first + check_digit(first)


MAN, WOMAN, OTHER, OLD = (
    number("19680512", 301),
    number("19700101", 302),
    number("19720308", 113),
    number("19010101", 5),
)
WRONG = MAN[:17] + ("0" if MAN[17] != "0" else "1")
LONG = "查看住房和饮水，讲解养殖补贴政策"
HOUSEHOLD = "乡镇,村,户编号,户主姓名,户主身份证号,家庭人口\n"
MEMBER = "户编号,姓名,身份证号码,性别,与户主关系\n"
PAIRING = "户主姓名,帮扶责任人,帮扶单位,帮扶人电话,结对时间,结束时间,备注\n"
VISIT = "村,户主姓名,走访人,走访时间,走访内容\n"
HOME = HOUSEHOLD + f"青石镇,石桥村,QS1,赵大山,{MAN},2\n"
PAIRED = PAIRING + "赵大山,李明,水利局,13900020002,2024-02-01,,\n"
FAMILY = MEMBER + f"QS1,赵大山,{MAN},男,户主\nQS1,周桂花,{WOMAN},女,配偶\n"

CASES = {
    # (table, code, first field told at) → the files of the inbox
    **OF_COVERAGE,
    ("household", "ID01", "head_id"): [HOUSEHOLD + "青石镇,石桥村,QS1,赵大山,,2\n"],
    ("household", "ID01b", "head_id"): ["户编号,户主姓名,户主身份证号,备注\nQS1,赵大山,,身份证遗失\n"],
    ("household", "ID11", "head_gender"): [f"户编号,户主姓名,户主性别,户主身份证号\nQS1,赵大山,女,{MAN}\n"],
    ("household", "ID13", "head_id"): [HOUSEHOLD + f"青石镇,石桥村,QS1,赵大山,{OLD},2\n"],
    ("household", "ID17", "phone"): ["户编号,户主姓名,户联系电话\nQS1,赵大山,\n"],
    ("household", "HH08", "labour_count"): ["户编号,户主姓名,家庭人口,劳动力\nQS1,赵大山,2,3\n"],
    ("household", "EC01", "income_per_capita"): ["户编号,户主姓名,家庭人口,家庭纯收入,人均纯收入\nQS1,赵大山,2,9000,9000\n"],
    ("household", "EC02", "net_income"): [
        "户编号,户主姓名,家庭纯收入,工资性收入,生产经营性收入,生产经营性支出,财产性收入,转移性收入\nQS1,赵大山,9000,1,1,1,1,1\n"
    ],
    ("household", "EC14", "net_income"): ["户编号,户主姓名,家庭纯收入\nQS1,赵大山,1.2\n"],
    ("household", "EC14", "income_per_capita"): ["户编号,户主姓名,人均纯收入\nQS1,赵大山,1.2\n"],
    **{
        ("household", "EC13", field): [f"户编号,户主姓名,{TABLES['household'][field].label}\nQS1,赵大山,\n"]
        for field in (
            "member_count", "labour_count", "wage_income", "business_income", "business_expense", "property_income",
            "transfer_income", "net_income", "income_per_capita", "farmland_mu",
        )
    },
    ("household", "ID06", "head_id"): [
        f"乡镇,村,户主姓名,户主身份证号\n青石镇,石桥村,赵大山,{MAN}\n青石镇,石桥村,钱守田,{MAN}\n"
    ],
    ("household", "ID07", "head_id"): [HOME + f"青石镇,石桥村,QS2,钱守田,{MAN},2\n"],
    ("household", "ID08", "head_id"): [HOME + f"青石镇,石桥村,QS2,赵大山,{WRONG},2\n"],
    ("household", "HH11", "household_id"): [
        HOUSEHOLD + "".join(f"青石镇,石桥村,QS{n:04d},赵{n}大山,,2\n" for n in range(19)) + "青石镇,石桥村,QS19,钱守田,,2\n"
    ],
    ("household", "PV30b", "village"): [HOME, HOME.replace(",2\n", ",3\n")],
    ("household", "ID18", "phone"): ["户编号,户主姓名,户联系电话\nQS1,赵大山,13900010001\nQS2,钱守田,13900010001\n"],
    ("household", "HH07", "member_count"): [HOME.replace(",2\n", ",3\n"), FAMILY],
    ("household", "HH10", "head_name"): [HOME + f"青石镇,石桥村,QS2,钱守田,{OTHER},2\n", FAMILY],
    ("member", "ID01", "id_number"): [MEMBER + "QS1,赵大山,,男,户主\n"],
    ("member", "ID01b", "id_number"): ["户编号,姓名,身份证号码,与户主关系,备注\nQS1,赵大山,,户主,未上户口\n"],
    ("member", "ID26", "disability_cert"): [
        f"户编号,姓名,身份证号码,与户主关系,残疾证号\nQS1,赵大山,{MAN},户主,{OTHER}43\n"
    ],
    ("member", "ID11", "gender"): [MEMBER + f"QS1,赵大山,{MAN},女,户主\n"],
    ("member", "ID12", "birth_date"): [f"户编号,姓名,身份证号码,出生日期\nQS1,赵大山,{MAN},1968-05-13\n"],
    ("member", "ID12b", "age"): [f"户编号,姓名,身份证号码,年龄\nQS1,赵大山,{MAN},40\n"],
    ("member", "ID13", "id_number"): [MEMBER + f"QS1,赵大山,{OLD},男,户主\n"],
    ("member", "ID13", "birth_date"): ["户编号,姓名,与户主关系,出生日期\nQS1,赵大山,户主,1901-01-01\n"],
    ("member", "HH05", "relation"): [MEMBER + f"QS1,周桂花,{WOMAN},女,之子\n"],
    ("member", "ID06", "id_number"): [MEMBER + f"QS1,赵大山,{MAN},男,户主\nQS1,赵小山,{MAN},男,之子\n"],
    ("member", "ID07", "id_number"): [MEMBER + f"QS1,赵大山,{MAN},男,户主\nQS2,钱守田,{MAN},男,户主\n"],
    ("member", "ID08", "id_number"): [MEMBER + f"QS1,赵大山,{MAN},男,户主\nQS2,赵大山,{WRONG},男,户主\n"],
    ("member", "ID15", "id_number"): [MEMBER + f"QS1,赵大山,{MAN},男,户主\nQS1,赵大山,{OTHER},男,之子\n"],
    ("member", "PC09", "hukou_since"): ["户编号,姓名,与户主关系,是否享受低保,落户时间\nQS1,赵大山,户主,是,2022-05-01\n"],
    ("household", "HH16", "labour_capacity"): [
        "户编号,户主姓名,劳动能力\nQS1,赵大山,有劳动能力\n", "户编号,姓名,与户主关系,劳动能力\nQS1,赵大山,户主,无劳动力\n"
    ],
    ("member", "HH13", "name"): [
        f"户编号,姓名,身份证号码,与户主关系,状态\nQS1,赵大山,{MAN},户主,死亡\nQS2,赵大山,{MAN},户主,正常\n"
    ],
    ("member", "HH01", "relation"): [MEMBER + f"QS1,周桂花,{WOMAN},女,配偶\n"],
    ("member", "HH02", "relation"): [MEMBER + f"QS1,赵大山,{MAN},男,户主\nQS1,钱守田,{OTHER},男,户主\n"],
    ("member", "HH03", "relation"): [FAMILY + f"QS1,吴秀英,{number('19710202', 304)},女,配偶\n"],
    ("member", "HH04", "gender"): [MEMBER + f"QS1,赵大山,{MAN},男,户主\nQS1,钱守田,{OTHER},男,配偶\n"],
    ("member", "HH15", "relation"): [HOME, MEMBER + f"QS1,钱守田,{OTHER},男,户主\n"],
    ("pairing", "ID20", "helper_phone"): [
        "户主姓名,帮扶责任人,帮扶人电话,户主电话\n赵大山,李明,13900020002,13900020002\n"
    ],
    **{
        ("pairing", "PV06", field): [f"户主姓名,帮扶责任人,结对时间,{TABLES['pairing'][field].label}\n赵大山,李明,2024-01-05,\n"]
        for field in ("helper_phone", "recipient_phone", "helper_unit", "helper_position")
    },
    ("pairing", "PV07", "started_on"): [PAIRING + "赵大山,李明,水利局,13900020002,,,\n"],
    ("pairing", "PV07b", "ended_on"): [PAIRING + "赵大山,李明,水利局,13900020002,2024-02-01,2024-01-01,\n"],
    ("pairing", "PV07c", "ended_on"): [PAIRED + "赵大山,李明,水利局,13900020002,2024-05-01,,\n"],
    ("pairing", "PV33", "helper_phone"): [PAIRED + "钱守田,李明,水利局,13900020003,2024-02-01,,\n"],
    ("visit", "PV09", "visited_on"): [VISIT + f"石桥村,赵大山,李明,2024-07-05,{LONG}\n"],
    ("visit", "PV09c", "visited_on"): [VISIT + f"石桥村,赵大山,李明,2024年6月,{LONG}\n"],
    ("visit", "PV09d", "visited_on"): [VISIT + f"石桥村,赵大山,李明,2024年,{LONG}\n"],
    ("visit", "PV16", "visited_on"): [
        f"村,户主姓名,走访人,走访时间,走访类别,走访内容\n石桥村,赵大山,李明,2024-04-05,节日慰问,春节看望{LONG}\n"
    ],
    ("visit", "PV13", "content"): [VISIT + "石桥村,赵大山,李明,2024-06-05,正常\n"],
    ("visit", "PV09b", "visited_on"): [PAIRED, VISIT + f",赵大山,李明,2024-01-05,{LONG}\n"],
    ("visit", "PV10", "visitors"): [PAIRED, VISIT + f",赵大山,王芳,2024-06-05,{LONG}\n"],
    ("visit", "PV11", "visited_on"): [VISIT + f"石桥村,赵大山,李明,2024-06-05,{LONG}\n石桥村,赵大山,李明,2024-06-05,又送去化肥\n"],
    ("visit", "PV12", "visitors"): [
        VISIT + "".join(f"石桥村,赵大{name},李明,2024-06-05,第{name}户查看危房改造\n" for name in "一二三四五")
    ],
    ("visit", "PV13b", "content"): [VISIT + f"石桥村,赵大山,李明,2024-06-05,{LONG}\n石桥村,赵大山,李明,2024-05-05,{LONG}\n"],
}  # fmt: skip

AGAINST_REGISTERED = {
    # what was registered before, and the files of the inbox
    ("household", "PV32", "village"): ([HOME + f"青石镇,石桥村,QS2,钱守田,{OTHER},2\n"], [HOME]),
    ("member", "PV32", "name"): ([FAMILY], [MEMBER + f"QS1,赵大山,{MAN},男,户主\n"]),
}

PATTERN = '[[patterns]]\nid = "p"\ncode = "{code}"\n{more}\n'
ONE_TO_ONE = PATTERN.format(code="一对一", more="helpers = { most = 1 }\nrecipients = { most = 1 }")
SIDES = "户主姓名,帮扶责任人,帮扶单位,帮扶人电话,结对时间,帮扶小组,职务,帮扶人性别,帮扶人政治面貌\n"
MORE = "钱守田,李明,水利局,13900020002,2024-02-01,一组,科员,男,群众\n"
UNDER_A_PLAN = {
    # what the plan says, and the files of the inbox
    ("pairing", "PV07d", "started_on"): ("", [PAIRED.replace("2024-02-01", "2023-02-01")]),
    ("visit", "PV07d", "visited_on"): ("", [VISIT + f"石桥村,赵大山,李明,2023-06-05,{LONG}\n"]),
    ("pairing", "PV03", "helper_name"): (ONE_TO_ONE, [SIDES + MORE.replace("钱守田", "赵大山") + MORE]),
    ("pairing", "PV03", "recipient_name"): (ONE_TO_ONE, [SIDES + MORE + MORE.replace("李明", "王芳").replace("20002", "20003")]),
    ("pairing", "PV04", "group"): (
        PATTERN.format(code="小组对户", more='level = "group"\nrecipients = { least = 2, most = 2 }'), [SIDES + MORE]
    ),
    ("pairing", "PV04", "helper_name"): (
        PATTERN.format(code="一对多", more="load = { '科员' = 1 }"), [SIDES + MORE.replace("钱守田", "赵大山") + MORE]
    ),
    ("pairing", "PV04", "recipient_name"): (PATTERN.format(code="多对一", more="helpers = { least = 2 }"), [SIDES + MORE]),
    ("pairing", "PV05", "is_lead"): (
        PATTERN.format(code="多单位对村", more='level = "unit"\nwhom = "village"\none_lead = true'),
        ["村,帮扶对象,帮扶责任人,帮扶单位,是否牵头\n石桥村,石桥村,李明,水利局,否\n石桥村,石桥村,王芳,农业局,否\n"],
    ),
    ("pairing", "PV34", "helper_name"): ('[[helpers]]\nkind = "爱心妈妈"\ngender = "女"\n', [SIDES + MORE]),
    ("pairing", "PV34", "helper_politics"): ('[[helpers]]\nkind = "党员"\npolitics = ["中共党员"]\n', [SIDES + MORE]),
}  # fmt: skip
PLAN = """
id = "own"
title = "本县方案"
version = "1"
tables = ["household", "member", "pairing", "visit"]
start = 2024-01-01
end = 2024-12-31
"""


@pytest.mark.parametrize(
    ("told", "said", "files"),
    [(told, *given) for told, given in UNDER_A_PLAN.items()],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_the_rule_is_heard_under_a_plan_that_asks_for_it(told, said, files, tmp_path: Path):
    default = 'default_pattern = "p"\n' if "[[patterns]]" in said else ""
    (tmp_path / "own.toml").write_text(PLAN + default + said, encoding="utf-8")
    findings = bf.check(inbox(tmp_path / "6月", files), as_of="2024-06-30", scheme=tmp_path / "own.toml").findings
    assert told in heard(findings), [f.message for f in findings]
    assert told not in heard(bf.check(tmp_path / "6月", as_of="2024-06-30").findings)


@pytest.mark.parametrize(
    ("told", "files"), CASES.items(), ids=lambda value: "-".join(value) if isinstance(value, tuple) else ""
)
def test_the_rule_is_heard(told, files, tmp_path: Path):
    findings = bf.check(inbox(tmp_path, files), as_of="2024-06-30").findings
    assert told in heard(findings), [f.message for f in findings]


@pytest.mark.parametrize(
    ("told", "before", "files"),
    [(told, *files) for told, files in AGAINST_REGISTERED.items()],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_the_rule_is_heard_against_the_registry(told, before, files, tmp_path: Path):
    registry = bf.Registry(tmp_path / "台账库")
    bf.merge(bf.check(inbox(tmp_path / "5月", before), as_of="2024-05-31"), registry)
    findings = bf.check(inbox(tmp_path / "6月", files), as_of="2024-06-30", registry=registry).findings
    assert told in heard(findings), [f.message for f in findings]


def inbox(folder: Path, files):
    folder.mkdir(exist_ok=True)
    for position, text in enumerate(files):
        (folder / f"{position}.csv").write_text(text, encoding="utf-8-sig")
    return folder


def heard(findings):
    return {(f.place.table, f.code, f.place.field) for f in findings}


def test_no_rule_is_without_a_case():
    declared = {(t.name, r.code, r.at[0]) for t in JOB.values() for r in t.rules if r.enabled}
    declared |= {(r.on, r.code, r.at[0]) for r in RELATIONS if r.enabled and r.on in JOB}
    assert declared == {*CASES, *AGAINST_REGISTERED, *UNDER_A_PLAN}
