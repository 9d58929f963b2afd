"""Units that help as a whole, and what the rosters of helpers and units say of a visitor."""

import small_rows
from link_tables import EVERY
from small_rows import column, told


def sheet(*args, **kwargs):
    return small_rows.sheet(*args, tables=EVERY, **kwargs)


def linked(*regions, known=None):
    return small_rows.linked(*regions, known=known, tables=EVERY)


WHOLE = sheet("pairing", "township village helper_unit is_lead", "青石镇 柳溪村 农业局 -", "青石镇 松林村 水利局 -")
STAFF = sheet("helper", "name unit phone", "李明 农业局 13900020002", "李明 水利局 13700020002", "周末 农业局 -")
CAME = "township village recipient_name recipient_kind recorded_on author helper_unit"


def test_a_unit_is_paired_with_a_village_where_nobody_is_named():
    rows, findings = linked(WHOLE)
    assert column(rows, "pairing", "_helper") == ["农业局", "水利局"]
    assert column(rows, "pairing", "_recipient") == ["青石|柳溪", "青石|松林"]
    assert column(rows, "pairing", "_key") == ["青石|柳溪|农业局", "青石|松林|水利局"]
    assert findings == ()


def test_a_colleague_who_comes_is_himself_of_the_unit_that_is_paired():
    visits = sheet("diary", CAME, "青石镇 柳溪村 - 村 2024-03-05 李明 -", "青石镇 松林村 - 村 2024-03-06 李明 -")
    rows, findings = linked(WHOLE, STAFF, visits)
    assert column(rows, "diary", "_helper") == ["李明|13900020002", "李明|13700020002"]
    assert findings == ()


def test_where_no_unit_of_his_is_paired_two_namesakes_are_not_chosen_from():
    rows, findings = linked(WHOLE, STAFF, sheet("diary", CAME, "青石镇 石桥村 - 村 2024-03-05 李明 -"))
    assert column(rows, "diary", "_helper") == ["李明|"]
    assert told(findings) == [("LK04", "none", "谈心记录", "F2")]


def test_a_colleague_on_no_roster_is_of_the_unit_that_the_row_states():
    rows, _ = linked(WHOLE, sheet("diary", CAME, "青石镇 柳溪村 - 村 2024-03-05 赵新 农业局"))
    assert column(rows, "diary", "_helper") == ["赵新|农业局"]


def test_the_roster_of_helpers_says_who_a_pairing_means():
    pairing = sheet("pairing", "household_id helper_name helper_unit", "H1 李明 农业局", "H2 周末 -")
    rows, findings = linked(STAFF, pairing)
    assert column(rows, "pairing", "_helper") == ["李明|13900020002", "周末|农业局"]
    assert column(rows, "helper", "_helper") == ["李明|13900020002", "李明|13700020002", "周末|农业局"]
    assert [f.code for f in findings] == ["LK05"]


def test_a_roster_that_comes_later_gives_a_registered_helper_no_other_key():
    pairing = sheet("pairing", "household_id helper_name helper_unit", "H1 李明 农业局")
    known = {"pairing": linked(pairing)[0]["pairing"]}
    rows, _ = linked(STAFF, sheet("visit", "household_id visited_on visitors", "H1 2024-03-05 李明"), known=known)
    assert column(rows, "helper", "_helper") == ["李明|农业局", "李明|13700020002", "周末|农业局"]
    assert column(rows, "visit", "_helper") == ["李明|农业局"]


def test_a_unit_of_the_roster_is_the_unit_of_the_pairings():
    rows, _ = linked(WHOLE, sheet("unit", "unit", "农业局", "水利局"))
    assert column(rows, "unit", "_helper") == ["农业局", "水利局"]
