"""References that the office has confirmed: whom it named is meant, whom it ruled out is not, and nothing else changes."""

import pandas as pd
from small_rows import HOUSEHOLDS, column, linked, sheet, told

from bangfu_excel.core.places import place_key
from bangfu_excel.core.standing import CONFIRMED, CONFIRMED_COLUMNS

NAMED = {"name": "张建国", "township": place_key("青石镇"), "village": place_key("柳溪村")}


def known(*said):
    """What the office said: the reference, the key it means (or None), the keys that it does not mean."""
    rows = [{**reference, "_key": key, "_none_of": "\n".join(none_of) or None} for reference, key, none_of in said]
    return {CONFIRMED: pd.DataFrame(rows, columns=list(CONFIRMED_COLUMNS), dtype="str")}


def visit(line, *said, header="township village head_name", households=HOUSEHOLDS):
    visits = sheet("visit", f"visited_on visitors {header}", f"2024-08-25 李明 {line}")
    rows, findings = linked(households, visits, known=known(*said))
    at = [one for one in told(findings) if one[2] == "走访记录"]
    return column(rows, "visit", "_recipient")[0], column(rows, "visit", "_link")[0], at


def test_a_name_with_two_households_means_the_confirmed_one():
    assert visit("青石镇 柳溪村 张建国")[:2] == (None, "ambiguous")
    assert visit("青石镇 柳溪村 张建国", (NAMED, "H2", ())) == ("H2", "confirmed", [])


def test_only_the_equal_reference_was_confirmed():
    key, link, findings = visit("青石镇 - 张建国", (NAMED, "H2", ()))
    assert (key, link, [code for code, *_ in findings]) == (None, "ambiguous", ["LK02"])


def test_the_name_is_compared_in_its_matching_form():
    assert visit("青石 柳溪 张建国", (NAMED, "H2", ()))[:2] == ("H2", "confirmed")


def test_the_last_thing_said_counts():
    assert visit("青石镇 柳溪村 张建国", (NAMED, "H2", ()), (NAMED, "H1", ()))[:2] == ("H1", "confirmed")


def test_a_confirmed_household_that_is_not_there_is_asked_about_again():
    assert visit("青石镇 柳溪村 张建国", (NAMED, "H9", ()))[:2] == (None, "ambiguous")


def test_a_number_says_more_than_what_was_confirmed_of_a_name():
    line, header = "H1 青石镇 柳溪村 张建国", "household_id township village head_name"
    assert visit(line, ({**NAMED, "id": "H1"}, "H2", ()), header=header)[:2] == ("H1", "exact")


def test_a_row_that_means_none_of_them_goes_back_and_says_why():
    key, link, findings = visit("青石镇 柳溪村 张建国", (NAMED, None, ("H1", "H2")))
    assert (key, link) == (None, "none")
    assert findings == [("LK07", "row", "走访记录", "E2")]


def test_a_further_household_of_that_name_is_asked_about():
    _, link, findings = visit("青石镇 柳溪村 张建国", (NAMED, None, ("H1",)))
    assert (link, [code for code, *_ in findings]) == ("ambiguous", ["LK02"])


def test_one_household_that_is_left_of_those_ruled_out_is_not_meant_either():
    one = sheet("household", "township village group household_id head_name", "青石镇 柳溪村 三组 H1 张建国")
    said = (NAMED, None, ("H1", "H2"))
    assert visit("青石镇 柳溪村 张建国", said, households=one)[1:] == ("none", [("LK07", "row", "走访记录", "E2")])
    assert visit("青石镇 柳溪村 张建国", households=one)[:2] == ("H1", "by_name")


def test_a_members_own_number_is_no_part_of_what_was_confirmed():
    members = sheet(
        "member", "township village head_name name id_number",
        "青石镇 柳溪村 张建国 张小明 990101200505123017", "青石镇 柳溪村 张建国 张小花 990101200705123026",
    )  # fmt: skip
    rows, _ = linked(HOUSEHOLDS, members, known=known((NAMED, "H2", ())))
    assert column(rows, "member", "_recipient") == ["H2", "H2"]
    assert column(rows, "member", "_link") == ["confirmed", "confirmed"]
