"""Which helper a row means."""

from small_rows import HOUSEHOLDS, column, linked, sheet, told

PAIRINGS = "household_id helper_name helper_phone helper_unit"
VISITS = "household_id visited_on visitors helper_unit"


def test_a_helper_is_known_by_phone_and_name_else_unit_and_name():
    rows, findings = linked(
        HOUSEHOLDS, sheet("pairing", PAIRINGS, "H1 李明 13900020002 农业局", "H2 王芳 - 教育局", "H3 陈静 - -")
    )
    assert column(rows, "pairing", "_helper") == ["李明|13900020002", "王芳|教育局", "陈静|"]
    assert findings == ()


def test_a_row_that_states_less_means_the_only_one_it_can_be():
    rows, findings = linked(
        HOUSEHOLDS,
        sheet("pairing", PAIRINGS, "H1 李明 13900020002 农业局", "H2 李明 - 农业局", "H3 李明 - -", "H4 李明 - 水利局"),
    )
    keys = column(rows, "pairing", "_helper")
    assert keys == ["李明|13900020002", "李明|13900020002", "李明|", "李明|水利局"]
    assert told(findings) == [("LK04", "none", "结对帮扶", "B4")], "two of that name: the third may be either"
    assert column(rows, "pairing", "_link") == ["exact", "exact", "ambiguous", "exact"]
    assert column(rows, "pairing", "_outcome") == ["accepted"] * 4


def test_a_visitor_is_looked_for_among_the_recipients_own_helpers_first():
    pairings = sheet("pairing", PAIRINGS, "H1 李明 13900020002 农业局", "H2 李明 13700020002 水利局")
    rows, findings = linked(
        HOUSEHOLDS, pairings, sheet("visit", VISITS, "H1 2024-03-05 李明 -", "H2 2024-03-05 李明 -")
    )
    assert column(rows, "visit", "_helper") == ["李明|13900020002", "李明|13700020002"]
    assert findings == ()


def test_elsewhere_unit_and_name_decide_and_two_namesakes_are_not_chosen_from():
    pairings = sheet("pairing", PAIRINGS, "H1 李明 13900020002 农业局", "H2 李明 13700020002 水利局")
    rows, findings = linked(
        HOUSEHOLDS, pairings, sheet("visit", VISITS, "H3 2024-03-05 李明 水利局", "H3 2024-03-06 李明 -")
    )
    assert column(rows, "visit", "_helper") == ["李明|13700020002", "李明|"]
    assert column(rows, "visit", "_link") == ["exact", "ambiguous"]
    assert told(findings) == [("LK04", "none", "走访记录", "C3")]


def test_several_visitors_are_several_helpers_in_their_order():
    pairings = sheet("pairing", PAIRINGS, "H1 李明 13900020002 农业局", "H2 王芳 - 教育局")
    rows, findings = linked(HOUSEHOLDS, pairings, sheet("visit", VISITS, "H1 2024-03-05 王芳、李明、周末 -"))
    assert column(rows, "visit", "_helper") == ["王芳|教育局、李明|13900020002、周末|"]
    assert findings == ()


def test_somebody_without_a_pairing_is_known_by_what_the_visit_states():
    rows, _ = linked(
        HOUSEHOLDS, sheet("visit", VISITS, "H1 2024-03-05 周末 县委办", "H1 2024-03-06 周末 -", "H1 2024-03-07 - -")
    )
    assert column(rows, "visit", "_helper") == ["周末|县委办", "周末|", None]


def test_registered_pairings_count():
    known = {"pairing": linked(HOUSEHOLDS, sheet("pairing", PAIRINGS, "H1 李明 13900020002 农业局"))[0]["pairing"]}
    rows, _ = linked(HOUSEHOLDS, sheet("visit", VISITS, "H1 2024-03-05 李明 -", "H2 2024-03-05 李明 -"), known=known)
    assert column(rows, "visit", "_helper") == ["李明|13900020002", "李明|13900020002"]
