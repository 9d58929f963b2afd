"""What rules across rows and tables promise."""

import pandas as pd
from small_tables import GIVEN, HOUSEHOLD, rows_of, typed_region

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rows import Outcome
from bangfu_excel.core.rule import relation
from bangfu_excel.validate import relate

TABLES = {"household": HOUSEHOLD}


@relation(
    "ID18", "几户一个电话", on="household", by="phone", severity=Severity.WARNING, reads={"household": ("phone", "head_name")},
    at=("phone",), says="第{row}行{head_name}的电话与{others}户相同", told="与外镇重复，请联系县办", basis="ID18", subject=Subject.IDENTITY,
)  # fmt: skip
def same_phone(tables, given):
    rows = tables["household"].dropna(subset="phone")
    found = {labels[0]: tuple(labels[1:]) for labels in rows.groupby("phone").groups.values() if len(labels) > 1}
    words = {"others": [len(rest) for rest in found.values()], "_related": list(found.values())}
    return pd.DataFrame(words, index=list(found))


def effect_relation(effect):
    @relation(
        "ID06", "重复", on="household", by="phone", severity=Severity.ERROR, effect=effect, reads={"household": ("phone",)},
        at=("phone",), says="第{row}行重复", suggests="请核对", basis="ID06", subject=Subject.IDENTITY,
    )  # fmt: skip
    def repeated(tables, given):
        return tables["household"].loc[lambda t: t["phone"].duplicated(keep=False), []]

    return repeated


@relation(
    "HH10", "没有成员的户", on="household", needs=("member",), by="_recipient", severity=Severity.ERROR,
    reads={"household": ("head_name",), "member": ()}, at=("head_name",), says="第{row}行{head_name}没有成员", suggests="请补报",
    basis="HH10", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def nobody_there(tables, given):
    households = tables["household"]
    return households.loc[~households["_recipient"].isin(tables["member"]["_recipient"]), []]


def households(phones, townships=None, **extra):
    count = len(phones)
    columns = {
        "township": townships or ["青石镇"] * count, "village": ["柳溪村"] * count,
        "head_name": [f"张{'甲乙丙丁戊'[i]}" for i in range(count)], "phone": phones,
    }  # fmt: skip
    keys = [f"K{i}" for i in range(count)]
    return rows_of(typed_region(columns), **{"_key": keys, "_recipient": keys, **extra})


def members(*recipients):
    return pd.DataFrame(
        {"_recipient": pd.Series(recipients, dtype="str"), "_key": pd.Series(recipients, dtype="str") + "|x"}
    )


def run(rows, *relations, known=None):
    tables = {**TABLES, "member": HOUSEHOLD}
    return relate(rows, tables, relations, GIVEN, known or {})


def test_a_group_is_one_finding_that_counts_the_cells_it_stands_for():
    _, findings = run(households(["1", "2", "1", "1"]), same_phone)
    assert [(f.code, f.place.cell, f.related, f.count) for f in findings] == [("ID18", "D3", ("D5", "D6"), 3)]
    assert findings[0].message == "第3行张甲的电话与2户相同"


def test_strangers_are_told_less_only_where_a_township_is_crossed():
    _, own = run(households(["1", "1"]), same_phone)
    _, foreign = run(households(["1", "1"], ["青石镇", "白水镇"]), same_phone)
    assert (own[0].told, foreign[0].told) == ("", "与外镇重复，请联系县办")


def test_returned_and_duplicate_rows_are_not_judged():
    rows = households(["1", "1", "1"]).with_outcome("household", [1], Outcome.RETURNED)
    assert [f.count for f in run(rows, same_phone)[1]] == [2]
    assert run(rows.with_outcome("household", [2], Outcome.DUPLICATE), same_phone)[1] == ()


def test_effects_are_applied_to_the_rows():
    withheld, _ = run(households(["1", "1", "2"]), effect_relation(Effect.FIELD))
    assert withheld["household"]["phone"].isna().tolist() == [True, True, False]
    assert withheld["household"]["_withheld"].tolist() == ["phone", "phone", ""]
    returned, _ = run(households(["1", "1", "2"]), effect_relation(Effect.ROW))
    assert returned["household"]["_outcome"].tolist() == ["returned", "returned", "accepted"]


def test_registered_rows_take_part_but_are_never_reported_on():
    registered = households(["8", "9", "9"])["household"].assign(_key=["A", "B", "C"], _recipient=["A", "B", "C"])
    _, findings = run(households(["8"]), same_phone, known={"household": registered})
    assert [(f.place.cell, f.related) for f in findings] == [("D3", ("a.xlsx|表!A3",))]


def test_a_submitted_household_takes_the_place_of_the_registered_one():
    registered = households(["8"])["household"]
    assert run(households(["8"]), same_phone, known={"household": registered})[1] == ()


def test_without_the_other_table_one_notice_says_what_was_not_checked():
    _, findings = run(households(["1"]), nobody_there)
    assert [(f.code, f.place.file, f.place.cell) for f in findings] == [("RQ02", "a.xlsx", "")]
    assert "没有成员的户" in findings[0].message


def test_only_villages_that_the_other_table_covers_are_judged():
    rows = households(["1", "2", "3"], ["青石镇", "青石镇", "白水镇"])
    _, findings = run(rows, nobody_there, known={"member": members("K0")})
    assert [f.message for f in findings] == ["第4行张乙没有成员"]


def test_a_returned_row_of_the_other_table_is_still_there():
    rows = households(["1"])
    returned = members("K0").assign(_outcome="returned", _region=0, _row=3)
    assert run(rows.with_frame("member", returned), nobody_there)[1] == ()


def test_a_relation_that_is_switched_off_says_nothing():
    from dataclasses import replace

    assert run(households(["1", "1"]), replace(same_phone, enabled=False))[1] == ()
