"""What is registered takes part in the rules, but what the file at hand replaces is not held against it."""

from pathlib import Path

import pandas as pd
import pytest
from job_tables import TABLES
from small_inbox import GIVEN

import bangfu_excel as bf
from bangfu_excel.core.kinds.numbering import check_digit
from bangfu_excel.domain import RELATIONS
from bangfu_excel.validate import relate


def number(birth: str, sequence: int) -> str:
    first = f"990101{birth}{sequence:03d}"
    return first + check_digit(first)


MAN, OTHER, THIRD = number("19680512", 301), number("19720308", 113), number("19800101", 115)
WRONG = MAN[:17] + ("0" if MAN[17] != "0" else "1")
HOUSEHOLD = "乡镇,村,户编号,户主姓名,户主身份证号,户联系电话,状态,备注\n"
MEMBER = "户编号,姓名,身份证号码,与户主关系,状态,备注\n"
ZHAO = f"青石镇,石桥村,QS1,赵大山,{MAN},13900010001,,\n"
QIAN = f"青石镇,石桥村,QS2,钱守田,{OTHER},13900010002,,\n"
SUN = f"白水乡,上河村,BS1,孙明,{THIRD},13900010003,,\n"


@pytest.fixture
def registry(tmp_path: Path):
    return bf.Registry(tmp_path / "台账库")


@pytest.fixture
def check(tmp_path: Path, registry):
    """Findings (code, row, message) with these codes of one file, checked against the registry."""

    def run(text: str, *codes: str, merge: bool = False, name: str = "表"):
        folder = tmp_path / f"批{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        (folder / f"{name}.csv").write_text(text, encoding="utf-8-sig")
        batch = bf.check(folder, as_of="2024-06-30", registry=registry)
        if merge:
            bf.merge(batch, registry)
        return [(f.code, f.place.row, f.message) for f in batch.findings if f.code in codes]

    return run


def test_one_number_in_a_registered_household_of_another_village(check):
    check(HOUSEHOLD + ZHAO + SUN, merge=True)
    found = check(HOUSEHOLD + f"青石镇,石桥村,QS3,吴有才,{THIRD},,,\n", "ID07")
    assert [(code, row) for code, row, _ in found] == [("ID07", 2)]
    assert "孙明" in found[0][2]
    assert check(HOUSEHOLD + SUN.replace("孙明", "孙明亮"), "ID07") == []  # the same household, corrected


def test_a_number_that_differs_in_the_last_digit_from_a_registered_one(check):
    check(HOUSEHOLD + ZHAO, merge=True)
    wrong = HOUSEHOLD + f"青石镇,石桥村,QS9,赵大山,{WRONG},,,\n"
    assert [row for _, row, _ in check(wrong, "ID08", name="补报")] == [2]
    assert check(wrong, "ID08") == []  # the roster of the village anew: the household with the other number is gone
    assert check(HOUSEHOLD + f"青石镇,石桥村,QS9,赵大山,{THIRD},,,\n", "ID08") == []


def test_a_telephone_of_a_registered_household(check):
    check(HOUSEHOLD + ZHAO, merge=True)
    shared = QIAN.replace("13900010002", "13900010001")
    assert [row for _, row, _ in check(HOUSEHOLD + shared, "ID18", name="补报")] == [2]
    assert (
        check(HOUSEHOLD + shared, "ID18") == []
    )  # the roster of the village anew: he is gone, and so is his telephone
    assert check(HOUSEHOLD + QIAN, "ID18") == []
    moved = ZHAO.replace("13900010001", "13900010009") + shared
    assert check(HOUSEHOLD + moved, "ID18") == []  # the file says itself that the telephone is no longer his


def test_a_household_number_unlike_the_registered_ones(check):
    many = "".join(f"青石镇,石桥村,QS01{n:03d},赵大山,,,,\n" for n in range(30))
    there = "".join(f"青石镇,上河村,QS02{n:03d},赵大山,,,,\n" for n in range(30))
    check(HOUSEHOLD + many + there, merge=True)
    found = check(
        HOUSEHOLD + "青石镇,石桥村,QS1030,钱守田,,,,\n青石镇,石桥村,QS02031,孙明,,,,\n青石镇,石桥村,QS01031,李明,,,,\n",
        "HH11",
        name="补报",
    )
    assert [(row, words) for _, row, words in found] == [
        (2, "第2行“户编号”填的是“QS1030”，长6位，其他户的编号都是7位"),
        (3, "第3行“户编号”填的是“QS02031”，开头与上河村的户编号相同，与本村其他户不同"),
    ]


def test_somebody_who_is_registered_as_dead(check):
    check(MEMBER + f"QS1,赵大山,{MAN},户主,死亡,\n", merge=True)
    found = check(MEMBER + f"QS1,赵大山,{MAN},户主,正常,\n", "HH13")
    assert found == [("HH13", 2, "第2行赵大山仍按在册填报，而另有一处记录的状态是“死亡”")]
    assert check(MEMBER + f"QS1,赵大山,{MAN},户主,死亡,\n", "HH13") == []
    assert check(MEMBER + f"QS1,赵小山,{OTHER},之子,正常,\n", "HH13") == []


def test_households_that_were_there_last_time(check):
    check(HOUSEHOLD + ZHAO + QIAN + SUN, merge=True)
    found = check(HOUSEHOLD + ZHAO, "PV32")
    assert found == [("PV32", 2, "从第2行起是石桥村的户，此前登记的钱守田这次没有报，也没有写明原因")]
    assert check(HOUSEHOLD + ZHAO + QIAN, "PV32") == []
    assert check(HOUSEHOLD + ZHAO + QIAN.replace("QS2", "QS22"), "PV32") == []  # numbered anew


def test_households_without_numbers_of_their_heads(check):
    both = "青石镇,石桥村,QS1,赵大山,,,,\n青石镇,石桥村,QS2,钱守田,,,,\n"
    check(HOUSEHOLD + both, merge=True)
    assert check(HOUSEHOLD + both, "PV32") == []
    assert [row for _, row, _ in check(HOUSEHOLD + both[: len(both) // 2], "PV32")] == [2]


def test_households_that_left_for_a_reason(check):
    check(HOUSEHOLD + ZHAO + QIAN.replace(",,\n", ",迁出,\n"), merge=True)
    assert check(HOUSEHOLD + ZHAO, "PV32") == []


def test_members_that_were_there_last_time(check):
    both = MEMBER + f"QS1,赵大山,{MAN},户主,,\nQS1,赵小山,{OTHER},之子,,\n"
    check(HOUSEHOLD + ZHAO, merge=True)
    check(both, merge=True)
    found = check(MEMBER + f"QS1,赵大山,{MAN},户主,,\n", "PV32")
    assert [words for *_, words in found] == ["从第2行起是本村的家庭成员，此前登记的赵小山这次没有报，也没有写明原因"]
    assert check(both, "PV32") == []
    assert check(both.replace("之子,,", "之子,,外出"), "PV32") == []


def test_what_only_adds_misses_nobody_and_takes_nobodys_place(check, tmp_path, registry):
    check(HOUSEHOLD + ZHAO + QIAN, merge=True)
    check(MEMBER + f"QS1,赵大山,{MAN},户主,,\nQS1,赵小山,{OTHER},之子,,\n", merge=True)
    added = MEMBER + f"QS1,赵小山,{THIRD},之子,,\n"
    assert [code for code, *_ in check(added, "PV32", "ID15")] == ["PV32"]
    (tmp_path / "补报.csv").write_text(added, encoding="utf-8-sig")
    findings = bf.check(tmp_path / "补报.csv", as_of="2024-06-30", registry=registry).findings
    assert [f.code for f in findings if f.code in ("PV32", "ID15")] == ["ID15"]


def member_rows(submitter, *people):
    fields = {f.name: pd.Series([None] * len(people), dtype=f.kind.dtype) for f in TABLES["member"].fields}
    frame = pd.DataFrame(fields)
    for name in ("household_id", "name", "id_number"):
        frame[name] = pd.Series([person[name] for person in people], dtype="str")
    frame["_recipient"], frame["_outcome"], frame["_withheld"] = frame["household_id"], "accepted", ""
    frame["_key"] = frame["household_id"] + "|" + frame["id_number"].fillna(frame["name"])
    return frame.assign(_file="旧.xlsx", _sheet="表", _row=range(2, len(people) + 2), _submitter=submitter)


@pytest.mark.parametrize(("submitter", "heard"), [("民政局", ["ID15"]), ("青石镇政府", []), ("", [])])
def test_one_name_with_two_numbers_counts_where_another_unit_registered_it(submitter, heard, tmp_path: Path):
    """What the same unit said before is replaced by the household as it submits it now."""
    (tmp_path / "表.csv").write_text(
        f"填报单位：青石镇,,,\n户编号,姓名,身份证号码,与户主关系\nQS1,赵大山,{MAN},户主\n", encoding="utf-8-sig"
    )
    batch = bf.check(tmp_path, as_of="2024-06-30")
    known = {"member": member_rows(submitter, {"household_id": "QS1", "name": "赵大山", "id_number": OTHER})}
    _, findings = relate(batch.rows, TABLES, RELATIONS, GIVEN, known)
    assert [f.code for f in findings if f.code == "ID15"] == heard


def test_a_village_in_two_files_of_one_run(tmp_path: Path):
    (tmp_path / "一.csv").write_text(HOUSEHOLD + ZHAO + QIAN, encoding="utf-8-sig")
    (tmp_path / "二.csv").write_text(
        HOUSEHOLD + ZHAO.replace("0001,", "0005,") + QIAN.replace("0002,", "0006,"), encoding="utf-8-sig"
    )
    (tmp_path / "补.csv").write_text(HOUSEHOLD + f"青石镇,石桥村,QS3,吴有才,{THIRD},,,\n", encoding="utf-8-sig")
    findings = [f for f in bf.check(tmp_path, as_of="2024-06-30").findings if f.code == "PV30b"]
    assert [(f.place.file, f.message) for f in findings] == [
        ("二.csv", "从第2行起，石桥村有2户在文件“一.csv”里也报了，内容不全相同")
    ]
