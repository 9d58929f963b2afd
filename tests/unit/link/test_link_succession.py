"""A helper stays one helper when his unit is renamed, and under every name that the county has confirmed."""

import pandas as pd
import pytest
from small_rows import HOUSEHOLDS, column, sheet

from bangfu_excel.core.rows import assemble
from bangfu_excel.core.succession import HelperName, Succession
from bangfu_excel.domain import TABLES
from bangfu_excel.link import link

REFORM = Succession.of({"云岭县扶贫办": "云岭县扶贫开发局", "云岭县扶贫开发局": "云岭县乡村振兴局"})
OLD, NEW = "云岭县扶贫办", "云岭县乡村振兴局"
PAIR = "household_id recipient_name helper_name helper_unit helper_phone"
VISIT = "visited_on household_id visitors helper_unit"


def linked(*regions, known=None, succession=REFORM):
    return link(assemble(regions, TABLES), known or {}, TABLES, succession)


def test_paired_under_the_old_unit_and_visiting_under_the_new():
    pairing = sheet("pairing", PAIR, f"H1 张建国 李明 {OLD} -")
    visits = sheet(
        "visit", VISIT, f"2024-06-05 H1 李明 {NEW}", f"2024-06-06 H3 李明 {NEW}", f"2024-06-07 H3 李明 {OLD}"
    )
    rows, findings = linked(HOUSEHOLDS, pairing, visits)
    assert set(column(rows, "visit", "_helper")) == set(column(rows, "pairing", "_helper")) == {f"李明|{NEW}"}
    assert column(rows, "pairing", "helper_unit") == [OLD]  # what is written stays
    assert [f.code for f in findings] == []


def test_without_the_reform_they_are_two():
    pairing = sheet("pairing", PAIR, f"H1 张建国 李明 {OLD} -")
    rows, _ = linked(HOUSEHOLDS, pairing, sheet("visit", VISIT, f"2024-06-06 H3 李明 {NEW}"), succession=Succession())
    assert column(rows, "visit", "_helper") != column(rows, "pairing", "_helper")


def test_a_helper_keeps_the_key_under_which_he_is_registered():
    registered = pd.DataFrame(
        {"_recipient": ["H1"], "_helper": [f"李明|{OLD}"], "household_id": ["H1"], "helper_name": ["李明"], "helper_unit": [OLD]},
        dtype="str",
    )  # fmt: skip
    visits = sheet("visit", VISIT, f"2024-06-05 H1 李明 {NEW}", f"2024-06-06 H3 李明 {NEW}")
    again = sheet("pairing", PAIR, f"H2 张建国 李明 {NEW} -")
    rows, _ = linked(HOUSEHOLDS, again, visits, known={"pairing": registered})
    assert {*column(rows, "visit", "_helper"), *column(rows, "pairing", "_helper")} == {f"李明|{OLD}"}


@pytest.mark.parametrize(
    ("stated", "same"), [("李小明 水利局", True), ("李小明 教育局", False), ("王小明 水利局", False)]
)
def test_another_spelling_of_a_helper_of_one_unit(stated, same):
    aliases = [(HelperName.of("李小明", "水利局"), HelperName.of("李晓明"))]
    pairing = sheet("pairing", PAIR, "H1 张建国 李晓明 水利局 -")
    rows, _ = linked(
        HOUSEHOLDS, pairing, sheet("visit", VISIT, f"2024-06-06 H3 {stated}"), succession=Succession.of({}, aliases)
    )
    assert (column(rows, "visit", "_helper") == column(rows, "pairing", "_helper")) is same


def test_a_telephone_that_was_changed():
    aliases = [(HelperName.of("李明", phone="13900020002"), HelperName.of(phone="13900020009"))]
    pairing = sheet("pairing", PAIR, "H1 张建国 李明 水利局 13900020002", "H3 李秀英 李明 水利局 13900020009",
                    "H4 王小明 李明 水利局 13900020005")  # fmt: skip
    rows, _ = linked(HOUSEHOLDS, pairing, succession=Succession.of({}, aliases))
    assert column(rows, "pairing", "_helper") == ["李明|13900020009"] * 2 + ["李明|13900020005"]


def test_units_do_not_succeed_one_another_in_a_circle():
    with pytest.raises(ValueError, match="甲局"):
        Succession.of({"甲局": "乙局", "乙局": "甲局"})
