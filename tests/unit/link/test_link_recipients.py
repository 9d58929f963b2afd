"""Which household a row means."""

import pandas as pd
from small_rows import HOUSEHOLDS, column, linked, sheet, told


def visits(*lines, header="township village villager_group household_id head_name visited_on visitors"):
    return sheet("visit", header, *lines)


def test_a_household_is_known_by_number_else_identity_number_else_place_and_name():
    extra = sheet(
        "household", "township village group head_name", "青石镇 柳溪村 二组 孙 丽".replace("孙 丽", "孙丽"), name="二"
    )
    rows, findings = linked(HOUSEHOLDS, extra)
    assert column(rows, "household", "_key") == ["H1", "H2", "H3", "H4", "990101197003034019", "青石|柳溪|2|孙丽"]
    assert column(rows, "household", "_recipient") == column(rows, "household", "_key")
    assert column(rows, "household", "_link") == ["exact"] * 5 + ["by_name"]
    assert findings == ()


def test_a_household_without_number_has_the_key_of_the_one_it_equals():
    extra = sheet(
        "household", "township village group head_name head_id",
        "青石镇 柳溪村 三组 张建国 990101196805123015", "青石镇 松林村委会 第一组 王小明 -", name="二",
    )  # fmt: skip
    rows, _ = linked(HOUSEHOLDS, extra)
    assert column(rows, "household", "_key")[-2:] == ["H1", "H4"]


def test_a_visit_finds_its_household_by_number():
    rows, findings = linked(HOUSEHOLDS, visits("青石镇 柳溪村 - H2 张建国 2024-03-05 李明"))
    assert column(rows, "visit", "_recipient") == ["H2"]
    assert column(rows, "visit", "_link") == ["exact"]
    assert findings == ()


def test_without_number_the_name_within_the_village_decides():
    rows, findings = linked(
        HOUSEHOLDS, visits("- 柳溪村 - - 李秀英 2024-03-05 李明", "青石 松林 - - 王小明 2024-03-05 李明")
    )
    assert column(rows, "visit", "_recipient") == ["H3", "H4"]
    assert column(rows, "visit", "_link") == ["by_name", "by_name"]
    assert findings == ()


def test_a_group_narrows_where_both_state_it():
    rows, findings = linked(HOUSEHOLDS, visits("青石镇 柳溪村 第5村民小组 - 张建国 2024-03-05 李明"))
    assert column(rows, "visit", "_recipient") == ["H2"]
    assert findings == ()


def test_two_candidates_are_never_chosen_from_and_both_are_shown():
    helpers = sheet("pairing", "household_id helper_name", "H1 李明", "H2 王芳")
    rows, findings = linked(HOUSEHOLDS, helpers, visits("青石镇 柳溪村 - - 张建国 2024-03-05 李明"))
    assert told(findings) == [("LK02", "row", "走访记录", "E2")]
    assert "张建国（三组，4人，帮扶人李明）；张建国（五组，2人，帮扶人王芳）" in findings[0].message
    assert findings[0].told == "", "both are the township's own"
    assert column(rows, "visit", "_outcome") == ["returned"]
    assert column(rows, "visit", "_link") == ["ambiguous"]
    assert column(rows, "visit", "_recipient") == [None]


def test_a_name_that_nobody_there_has_is_returned_with_the_nearest_names():
    rows, findings = linked(HOUSEHOLDS, visits("青石镇 柳溪村 - - 李秀荣 2024-03-05 李明"))
    assert told(findings) == [("HH14", "row", "走访记录", "E2")]
    assert "李秀英（三组，3人）" in findings[0].suggestion
    assert column(rows, "visit", "_outcome") == ["returned"]


def test_the_same_unknown_name_is_said_once_for_all_its_rows():
    rows, findings = linked(HOUSEHOLDS, visits(*["青石镇 柳溪村 - - 周天 2024-03-05 李明"] * 3))
    assert [(f.code, f.count, f.related) for f in findings] == [("HH14", 3, ("E3", "E4"))]
    assert column(rows, "visit", "_outcome") == ["returned"] * 3


def test_a_number_that_nobody_submitted_is_an_error_at_the_row_that_names_it():
    rows, findings = linked(HOUSEHOLDS, visits("青石镇 柳溪村 - H9 李秀英 2024-03-05 李明"))
    assert told(findings) == [("LK01", "row", "走访记录", "D2")]
    assert "“李秀英”的户编号是H3" in findings[0].suggestion
    assert column(rows, "visit", "_recipient") == [None]


def test_a_returned_household_is_still_there_to_be_referred_to():
    region = sheet("household", "household_id head_name", "H1 张建国")
    region.returned[0] = True
    rows, findings = linked(region, visits("- - - H1 - 2024-03-05 李明"))
    assert column(rows, "visit", "_recipient") == ["H1"]
    assert column(rows, "visit", "_outcome") == ["accepted"]
    assert findings == ()


def test_a_registered_household_is_there_too():
    known = {"household": linked(HOUSEHOLDS)[0]["household"]}
    rows, findings = linked(
        visits("青石镇 柳溪村 - H3 - 2024-03-05 李明", "青石镇 柳溪村 - - 李秀英 2024-03-05 李明"), known=known
    )
    assert column(rows, "visit", "_recipient") == ["H3", "H3"]
    assert findings == ()


def test_without_any_households_nothing_is_returned_and_one_notice_is_given():
    pairings = sheet("pairing", "village household_id recipient_name helper_name", "柳溪村 H1 张建国 李明")
    rows, findings = linked(
        pairings, visits("- 柳溪村 - - 张建国 2024-03-05 李明", "- 柳溪村 - - 周天 2024-03-05 李明")
    )
    assert told(findings) == [("LK05", "none", "", "")]
    assert column(rows, "visit", "_outcome") == ["accepted", "accepted"]
    assert column(rows, "visit", "_recipient") == ["H1", "|柳溪||周天"], "the pairing knows the first"
    assert column(rows, "visit", "_link") == ["none", "none"]


def test_rows_of_a_village_without_households_are_not_judged():
    rows, findings = linked(
        HOUSEHOLDS, visits("青石镇 桃源村 - - 周天 2024-03-05 李明", "青石镇 桃源村 - P7 - 2024-03-05 李明")
    )
    assert told(findings) == [("LK05", "none", "", "")]
    assert "桃源村" in findings[0].message
    assert column(rows, "visit", "_recipient") == ["青石|桃源||周天", "P7"]


def test_a_name_beside_a_number_that_is_somebody_else_is_doubtful():
    members = sheet("member", "household_id name", "H3 王小虎")
    rows, findings = linked(
        HOUSEHOLDS,
        members,
        visits("青石镇 柳溪村 - H3 王小明 2024-03-05 李明", "青石镇 柳溪村 - H3 王小虎 2024-03-05 李明"),
    )
    assert told(findings) == [("LK03", "none", "走访记录", "E2")]
    assert "“H3”登记的户主是“李秀英”" in findings[0].message
    assert column(rows, "visit", "_recipient") == ["H3", "H3"]


def test_members_are_found_through_number_or_head_and_have_keys_of_their_own():
    members = sheet(
        "member", "village household_id head_name name id_number birth_date",
        "柳溪村 H3 - 王小虎 990101200001011237 -", "柳溪村 - 李秀英 王小凤 - 2001-02-03", "柳溪村 - 李秀英 王老三 - -",
        "柳溪村 - 赵大勇 赵大勇 990101197003034019 -", "柳溪村 - 周天 周小天 - -",
    )  # fmt: skip
    rows, findings = linked(HOUSEHOLDS, members)
    assert column(rows, "member", "_key")[:4] == [
        "H3|990101200001011237", "H3|王小凤|2001-02-03", "H3|王老三", "990101197003034019|990101197003034019",
    ]  # fmt: skip
    assert told(findings) == [("HH14", "row", "家庭成员", "C6")]


def test_a_member_can_be_named_instead_of_the_head():
    members = sheet("member", "household_id name id_number", "H3 王小虎 990101200001011237")
    pairings = sheet(
        "pairing",
        "village recipient_name recipient_id helper_name",
        "柳溪村 王小虎 - 李明",
        "柳溪村 - 990101200001011237 王芳",
    )
    rows, findings = linked(HOUSEHOLDS, members, pairings)
    assert column(rows, "pairing", "_recipient") == ["H3", "H3"]
    assert column(rows, "pairing", "_link") == ["by_name", "exact"]
    assert findings == ()


def test_helper_columns_of_a_roster_mean_the_household_of_their_own_row():
    roster = sheet("household", "village head_name", "柳溪村 张三", "柳溪村 张三", name="户")
    helpers = sheet("pairing", "village recipient_name helper_name", "柳溪村 张三 李明", "柳溪村 张三 王芳", name="户")
    rows, findings = linked(roster, helpers)
    assert column(rows, "pairing", "_outcome") == ["accepted", "accepted"]
    assert column(rows, "pairing", "_link") == ["exact", "exact"]
    assert findings == ()


def test_a_pairing_with_a_village_or_school_needs_no_household():
    pairings = sheet("pairing", "village recipient_name recipient_kind helper_name", "柳溪村 柳溪小学 学校 李明")
    rows, findings = linked(HOUSEHOLDS, pairings)
    assert findings == ()
    assert column(rows, "pairing", "_recipient") == ["柳溪小学"]


def test_several_households_in_one_row_are_one_record_each_of_the_same_row():
    rows, findings = linked(
        HOUSEHOLDS,
        visits("青石镇 柳溪村 - - 李秀英、赵大勇 2024-03-05 李明", "青石镇 柳溪村 - H1、H2 张建国 2024-03-06 李明",
               "青石镇 柳溪村 - H1、H3 张建国、李秀英 2024-03-07 李明", "青石镇 柳溪村 - H1 张建国、刘香 2024-03-08 李明"),
    )  # fmt: skip
    assert column(rows, "visit", "_recipient") == ["H3", "990101197003034019", "H1", "H2", "H1", "H3", "H1"]
    assert column(rows, "visit", "_row") == [2, 2, 3, 3, 4, 4, 5]
    assert isinstance(rows["visit"].index, pd.RangeIndex)
    assert findings == ()


def test_a_row_with_one_unknown_household_goes_back_whole():
    rows, findings = linked(HOUSEHOLDS, visits("青石镇 柳溪村 - - 李秀英、周天 2024-03-05 李明"))
    assert [f.code for f in findings] == ["HH14"]
    assert "“周天”" in findings[0].message
    assert column(rows, "visit", "_outcome") == ["returned", "returned"]


def test_candidates_in_another_township_are_not_shown_to_this_one():
    other = sheet("household", "township village household_id head_name", "白水镇 河湾村 B1 李秀英", file="b.xlsx")
    _, findings = linked(HOUSEHOLDS, other, visits("- - - - 李秀英 2024-03-05 李明"))
    assert [f.code for f in findings] == ["LK02"]
    assert "联系县办" in findings[0].told


def test_a_visit_key_is_recipient_day_mode_and_the_set_of_visitors():
    header = "household_id visited_on mode visitors"
    rows, _ = linked(HOUSEHOLDS, visits("H1 2024-03-05 入户 王芳、李明", "H1 2024-03-05 - 李明、王芳", header=header))
    assert column(rows, "visit", "_key") == ["H1|2024-03-05|入户|李明|、王芳|", "H1|2024-03-05|李明|、王芳|"]
