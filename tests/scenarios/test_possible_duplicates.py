"""Rows that may be one person are proposed to the clerk with both cells and the reasons; nothing is merged."""

from pathlib import Path

import pytest

import bangfu_excel as bf
from bangfu_excel.core.kinds.numbering import check_digit


def number(birth: str, sequence: int) -> str:
    first = f"990101{birth}{sequence:03d}"
    return first + check_digit(first)


MAN, SLIP, OTHER = number("19680512", 301), number("19680512", 310), number("19720308", 113)
HOUSEHOLD = "乡镇,村,户编号,户主姓名,户主身份证号,户联系电话\n"
MEMBER = "乡镇,村,户编号,姓名,身份证号码,与户主关系\n"


@pytest.fixture
def check(tmp_path: Path):
    """The proposals (file, cell, message, related, told) of an inbox, checked against a registry of what came before."""
    registry = bf.Registry(tmp_path / "台账库")

    def run(merge: bool = False, **files: str):
        folder = tmp_path / f"批{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for name, text in files.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8-sig")
        batch = bf.check(folder, as_of="2024-06-30", registry=registry)
        if merge:
            bf.merge(batch, registry)
        return [f for f in batch.findings if f.code in ("ID30", "ID31", "ID32")]

    return run


def test_a_slip_in_the_number_against_a_registered_household(check):
    check(merge=True, 户=HOUSEHOLD + f"青石镇,石桥村,QS1,赵大山,{MAN},\n")
    (found,) = check(补报=HOUSEHOLD + f"青石镇,石桥村,QS9,赵大山,{SLIP},\n")
    assert found.message == (
        "第2行赵大山与已入库的文件“户.csv”第2行的赵大山可能是同一人：同村同名，证件号码只差一位或有两位颠倒，同村同名，出生日期相同"
    )
    assert (found.place.cell, found.related, found.told, str(found.effect)) == ("D2", ("户.csv|!A2",), "", "none")


def test_a_roster_of_the_same_village_takes_the_place_of_the_registered_one(check):
    check(merge=True, 户=HOUSEHOLD + f"青石镇,石桥村,QS1,赵大山,{MAN},\n")
    assert check(新=HOUSEHOLD + f"青石镇,石桥村,QS9,赵大山,{SLIP},\n") == []


def test_what_the_file_at_hand_replaces_is_not_held_against_it(check):
    first = MEMBER + f"青石镇,石桥村,QS1,赵大山,{MAN},户主\n"
    check(merge=True, 成员=first)
    assert check(成员=first.replace(MAN, SLIP)) == []


def test_a_child_without_a_number_and_the_same_with_one(check):
    (found,) = check(成员=MEMBER + f"青石镇,石桥村,QS1,赵小山,,之子\n青石镇,石桥村,QS1,赵小山,{OTHER},之子\n")
    assert (found.place.cell, found.related) == ("D3", ("D2",))
    assert found.message == "第3行赵小山与第2行的赵小山可能是同一人：同一户同名"


def test_what_the_rules_on_numbers_tell_is_told_once(check):
    two = MEMBER + f"青石镇,石桥村,QS1,赵大山,{MAN},户主\n青石镇,石桥村,QS2,赵大山,{MAN},户主\n"
    assert check(成员=two) == []
    assert check(成员=two.replace(f"QS2,赵大山,{MAN}", f"QS1,赵大山,{OTHER}")) == []


def test_a_member_who_is_head_of_another_household(check):
    (found,) = check(
        户=HOUSEHOLD + f"青石镇,石桥村,QS1,赵大山,{MAN},\n青石镇,石桥村,QS2,赵铁山,,\n",
        成员=MEMBER + f"青石镇,石桥村,QS2,赵大山,{MAN},之父\n",
    )
    assert "证件号码相同" in found.message


def test_another_township_is_told_no_name(check):
    one = HOUSEHOLD + "青石镇,石桥村,QS1,赵大山,,13900010001\n"
    (found,) = check(一=one, 二=one.replace("青石镇,石桥村,QS1", "白水乡,上河村,BS1"))
    assert found.told == "第2行赵大山与外镇填报的一人可能是同一人，请联系县办"


NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def test_a_list_under_other_numbers_is_one_finding(check):
    old, new = (
        HOUSEHOLD + "".join(f"青石镇,石桥村,{mark}{n:02d},赵{name}山,,1390001{n:04d}\n" for n, name in enumerate(NAMES))
        for mark in "AB"
    )
    (found,) = check(一=old, 二=new)
    assert (found.code, found.count, len(found.related)) == ("ID31", 22, 21)
    assert found.message == "从第2行起有22人与文件“一.csv”里的人可能是同一批人：姓名和电话都相同"


def test_a_village_of_one_name_and_one_date(check):
    crowd = "".join(f"青石镇,石桥村,QS{n:03d},赵大山,1970-01-01,户主\n" for n in range(60))
    (found,) = check(成员="乡镇,村,户编号,姓名,出生日期,与户主关系\n" + crowd)
    assert (found.code, str(found.severity)) == ("ID32", "info")
    assert found.message == "有60人“同村同名，出生日期相同”，相同的太多，看不出哪些是同一人，没有逐一比对"
