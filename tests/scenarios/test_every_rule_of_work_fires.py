"""Every rule of the tables beside the main job can be heard: a small inbox for each, taken through `bf.check`."""

from pathlib import Path

import pytest

import bangfu_excel as bf
from bangfu_excel.core.kinds.numbering import check_digit
from bangfu_excel.domain import TABLES

OF_WORK = ("child",)


def number(birth: str) -> str:
    """A valid identity number of a girl who does not exist."""
    first = f"990101{birth}302"
    return first + check_digit(first)


GIRL, TEENAGER, GROWN = number("20130418"), number("20080101"), number("20060101")
CHILD = "姓名,身份证号,乡镇,村,"
XIAO = f"张小雨,{GIRL},青石镇,柳溪村,"


def child(headers, values):
    return [f"{CHILD}{headers}\n{XIAO}{values}\n"]


CASES = {
    # (table, code, first field told at) → the files of the inbox
    ("child", "ID01", "id_number"): ["姓名,身份证号,学校,班级\n张小雨,,青石镇中心小学,五（1）班\n"],
    ("child", "ID01b", "id_number"): ["姓名,身份证号,学校,班级,备注\n张小雨,,青石镇中心小学,五（1）班,未上户口\n"],
    ("child", "ID11", "gender"): child("性别,监护人", "男,张建国"),
    ("child", "ID12", "birth_date"): child("出生日期,监护人", "2013-04-19,张建国"),
    ("child", "ID12b", "age"): child("年龄,监护人", "14,张建国"),
    ("child", "PC12", "category"): [f"{CHILD}儿童类别\n张小雨,{TEENAGER},青石镇,柳溪村,留守儿童\n"],
    ("child", "PC12b", "category"): [f"{CHILD}儿童类别\n张小雨,{GROWN},青石镇,柳溪村,困境儿童\n"],
    ("child", "PC12c", "category"): child("儿童类别", "留守儿童、孤儿"),
    ("child", "PC12d", "father_alive"): child("儿童类别,父亲是否健在", "孤儿,是"),
    ("child", "PC12d", "mother_alive"): child("儿童类别,母亲是否健在", "孤儿,是"),
    ("child", "PC13", "father_work_place"): child("儿童类别,父亲务工地点,母亲务工地点", "留守儿童,,"),
    ("child", "PC13", "parent_work_place"): child("儿童类别,父母务工地点", "留守儿童,"),
    ("child", "PC13b", "guardian_age"): child("监护人,监护人年龄", "张建国,80"),
    ("child", "PC13b", "entrusted_age"): child("委托监护人,委托监护人年龄", "张小明,15"),
    ("child", "PV17", "birth_date"): [f"{CHILD}出生日期\n张小雨,,青石镇,柳溪村,\n"],
    ("child", "PV23", "stage"): child("就学情况", "辍学"),
    ("child", "PV22", "address"): child("监护人,家庭住址", "张建国,"),
    ("child", "PV22", "phone"): child("监护人,家庭联系电话", "张建国,"),
    ("child", "PV22", "parent_name"): child("家长姓名", ""),
    ("child", "PV22", "guardian_name"): child("监护人", ""),
    **{
        ("child", "PV22", f"{party}_{detail}"): child(f"{who},{who}{label}", "张建国,")
        for party, who in (("guardian", "监护人"), ("entrusted", "委托监护人"))
        for detail, label in (
            ("occupation", "职业"), ("address", "详细地址"), ("phone", "电话"), ("health", "身体状况"), ("age", "年龄"),
        )
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def scheme(tmp_path_factory) -> Path:
    """A scheme of exactly these tables, that asks for a visit on each birthday."""
    file = tmp_path_factory.mktemp("方案") / "work.toml"
    tables = ", ".join(f'"{name}"' for name in OF_WORK)
    birthday = '[[cadences]]\nid = "b"\ntitle = "生日"\nwhom = "child"\nper = "birthday"\ncounter = "recipient"\n'
    head = f'id = "work"\ntitle = "各类报表"\nversion = "1"\ntables = [{tables}]\n'
    file.write_text(head + birthday, encoding="utf-8")
    return file


@pytest.mark.parametrize(("told", "files"), CASES.items(), ids=lambda v: "-".join(v) if isinstance(v, tuple) else "")
def test_the_rule_is_heard(told, files, scheme, tmp_path: Path):
    for position, text in enumerate(files):
        (tmp_path / f"{position}.csv").write_text(text, encoding="utf-8-sig")
    findings = bf.check(tmp_path, scheme=scheme, as_of="2024-06-30").findings
    assert told in {(f.place.table, f.code, f.place.field) for f in findings}, [f.message for f in findings]


def test_no_rule_of_work_is_without_a_case():
    assert {(name, r.code, r.at[0]) for name in OF_WORK for r in TABLES[name].rules if r.enabled} == set(CASES)
