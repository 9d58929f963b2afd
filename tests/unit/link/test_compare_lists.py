"""Who of a list is who of the registered: small lists in, states out; and what holds for every list."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu_excel.core.comparison import ListKind
from bangfu_excel.link import find_differences, match_list, registered_people, still_here, who_is_missing

COLUMNS = ("_person", "_name", "_township", "_village")
STATES = ("matched", "theirs_only", "pending", "unusable")
A, B = "990101197001010119", "990101197001010127"
DIBAO = ListKind("低保", "低保名单", "民政", mark="dibao", yes=frozenset({"是"}), compares=("dibao_kind",))
DEATHS = ListKind("死亡", "死亡名单", "民政", mark="status", yes=frozenset({"死亡"}), leaves=True)


def frame(*rows, **more):
    """Rows of (number, name, township, village) in matching form, as a list or as the registered."""
    made = pd.DataFrame(list(rows), columns=list(COLUMNS)).astype("str")
    shown = {
        "name": made["_name"],
        "id_number": made["_person"],
        "village": made["_village"],
        "township": made["_township"],
    }
    defaults = {"_fault": "", "_heads": False, "_household": [f"H{n}" for n in range(len(made))]}
    return made.assign(**{**shown, **defaults, **more})


def states(listed, people):
    return match_list(listed, people).state.tolist()


ZHANG = (A, "张三", "甲", "石桥")


@pytest.mark.parametrize(
    ("row", "people", "state", "how"),
    [
        (ZHANG, [ZHANG], "matched", "证件号码"),
        ((A, "张山", "乙", "枫树"), [ZHANG], "matched", "证件号码"),
        ((None, "张三", "甲", "石桥"), [ZHANG], "matched", "姓名和村"),
        ((None, "张三", None, "石桥"), [ZHANG], "matched", "姓名和村"),
        ((A, "张三", "甲", "石桥"), [(None, "张三", "甲", "石桥")], "matched", "姓名和村"),
        ((None, "张三", "乙", "石桥"), [ZHANG], "theirs_only", None),
        ((None, "张三", "甲", "枫树"), [ZHANG], "theirs_only", None),
        ((B, "张三", "甲", "石桥"), [ZHANG], "pending", None),
        ((A, "张三", "甲", "石桥"), [ZHANG, (A, "张三", "乙", "枫树")], "pending", None),
        ((None, "张三", "甲", "石桥"), [ZHANG, (B, "张三", "甲", "石桥")], "pending", None),
        ((None, "张三", "甲", None), [ZHANG], "pending", None),
        ((None, "张三", "甲", "石桥"), [(A, "张三", "甲", None)], "pending", None),
        ((B, "张三", None, None), [ZHANG], "theirs_only", None),
        ((B, "张三", None, None), [(None, "张三", "甲", "石桥")], "pending", None),
        ((None, "张三", None, None), [ZHANG], "unusable", None),
        ((None, None, "甲", "石桥"), [ZHANG], "unusable", None),
    ],
)
def test_one_row_against_the_registered(row, people, state, how):
    found = match_list(frame(row), frame(*people))
    assert found.state.tolist() == [state]
    assert (found.how[0] if how else None) == how
    assert (found.ours[0] >= 0) == (state == "matched")


def test_two_of_one_name_in_the_list_are_not_told_apart_by_name():
    nameless = (None, "张三", "甲", "石桥")
    assert states(frame(nameless, nameless), frame(ZHANG)) == ["pending", "pending"]


def test_one_person_listed_twice_is_one_person():
    unnumbered = frame((None, "张三", "甲", "石桥"))
    assert states(frame(ZHANG, ZHANG), unnumbered) == ["matched", "matched"]


def test_nobody_is_matched_by_name_who_is_another_row_by_number():
    listed = frame((A, "章三", "甲", "石桥"), (None, "张三", "甲", "石桥"))
    found = match_list(listed, frame(ZHANG))
    assert found.state.tolist() == ["matched", "pending"]
    assert found.candidates.to_dict("records") == [{"at": 1, "ours": 0}]


def test_of_a_row_whose_number_is_wrong_nobody_says_that_we_have_not_got_whom_it_means():
    listed = frame((None, "李四", "甲", "石桥"), (None, "张三", "甲", "石桥"), _fault="校验不通过")
    assert states(listed, frame(ZHANG)) == ["unusable", "matched"]


def test_every_candidate_is_named_with_the_row_that_waits():
    listed = frame((None, "张三", "甲", "石桥"))
    found = match_list(listed, frame(ZHANG, (B, "张三", "甲", "石桥"), (None, "张三", "甲", "枫树")))
    assert found.candidates["ours"].tolist() == [0, 1]


def told(listed, people, fields, kind):
    found = find_differences(listed, people, match_list(listed, people), fields, kind)
    return [tuple(row) for row in found[["field", "mine", "theirs", "sort"]].itertuples(index=False)]


def test_differences_are_told_field_by_field_and_blanks_of_the_list_are_none():
    listed = frame((A, "张山", "甲", "石桥"), gender="男", birth_date="1970-01")
    people = frame((A, "张三", "甲", "石桥"), gender=pd.Series([None], dtype="str"), birth_date="1970-01-01")
    assert told(listed, people, ("name", "village", "gender", "birth_date"), None) == [
        ("name", "张三", "张山", "两边不同"),
        ("gender", "", "男", "我方空白"),
    ]
    assert told(people, listed, ("gender",), None) == []


def test_who_is_listed_and_not_marked_is_told_once():
    listed, people = frame(ZHANG, dibao_kind="农村低保"), frame(ZHANG, dibao="否", dibao_kind="未享受")
    assert told(listed, people, ("dibao_kind",), DIBAO) == [("dibao", "否", "在名单上", "名单上有，我方没有标记")]


def test_a_list_that_says_no_itself_is_believed():
    listed, people = frame(ZHANG, dibao="否"), frame(ZHANG, dibao="是")
    assert told(listed, people, ("dibao",), DIBAO) == [("dibao", "是", "否", "名单上没有，我方有标记")]


def test_only_the_marked_of_the_villages_of_the_list_are_missing_from_it():
    listed = frame(ZHANG, (None, "王五", "甲", "石桥"))
    people = frame(
        ZHANG,
        (B, "李四", "甲", "石桥"),
        (None, "赵六", "甲", "枫树"),
        (None, "王五", "甲", "石桥"),
        (None, "王五", "甲", "石桥"),
        (None, "钱七", "甲", "石桥"),
        (None, "孙八", "甲", "石桥"),
        dibao=["是", "是", "是", "是", "是", "否", "是"],
        status=["正常", "正常", "正常", "正常", "正常", "正常", "死亡"],
    )
    ours = who_is_missing(listed, people, match_list(listed, people), DIBAO, frozenset({"死亡"}))
    parts = (ours.found, ours.waiting, ours.absent, ours.outside)
    assert [part.tolist() for part in parts] == [[0], [3, 4], [1], [2]]


@pytest.mark.parametrize(
    ("place", "missing"),
    [
        (("甲", "石桥"), ["李四"]),
        ((None, "石桥"), ["李四"]),
        (("甲", None), ["李四", "赵六"]),
        ((None, None), ["李四"]),
    ],
)
def test_the_list_covers_the_places_that_it_names_else_those_of_whom_it_found(place, missing):
    listed = frame((A, "张三", *place))
    people = frame(
        ZHANG,
        (B, "李四", "甲", "石桥"),
        (None, "赵六", "甲", "枫树"),
        (None, "王五", "乙", "石桥"),
        dibao="是",
        status="正常",
    )
    ours = who_is_missing(listed, people, match_list(listed, people), DIBAO, frozenset())
    assert people["name"][ours.absent].tolist() == missing


def test_a_village_of_which_nobody_was_found_is_any_of_its_name():
    listed, people = (
        frame((None, "孙八", None, "石桥")),
        frame(ZHANG, (B, "李四", "乙", "石桥"), dibao="是", status="正常"),
    )
    ours = who_is_missing(listed, people, match_list(listed, people), DIBAO, frozenset())
    assert ours.absent.tolist() == [0, 1]


def test_a_head_on_a_list_of_households_stands_for_the_members():
    listed = frame(ZHANG, _heads=True)
    people = frame(ZHANG, (B, "李四", "甲", "石桥"), _household=["H1", "H1"], dibao="是", status="正常")
    ours = who_is_missing(listed, people, match_list(listed, people), DIBAO, frozenset())
    assert (ours.found.tolist(), ours.absent.tolist()) == ([0, 1], [])


def test_the_listed_dead_who_are_registered_as_living_are_told():
    listed, people = (
        frame(ZHANG, (B, "李四", "甲", "石桥")),
        frame(ZHANG, (B, "李四", "甲", "石桥"), status=["正常", "死亡"]),
    )
    assert still_here(listed, people, match_list(listed, people), DEATHS).to_dict("records") == [{"at": 0, "ours": 0}]


def test_the_registered_are_the_members_and_heads_without_a_row_of_their_own():
    members = pd.DataFrame(
        {"name": ["张三", "李四"], "id_number": [A, None], "_recipient": ["H1", "H1"], "dibao": [True, None]}
    ).astype({"dibao": "boolean"})
    households = pd.DataFrame(
        {"_key": ["H1", "H2"], "village": ["石桥村", "枫树村委会"], "township": ["甲镇", "甲镇"], "head_name": ["张三", "王五"],
         "head_id": [A, None]}
    )  # fmt: skip
    origin = {"_file": "a.xlsx", "_sheet": "表", "_row": 2}
    fields = ("township", "village", "group", "name", "id_number", "head_name", "dibao")
    people = registered_people(members.assign(**origin), households.assign(**origin), fields)
    shown = people[["name", "head_name", "_township", "_village", "_household", "dibao"]]
    assert shown.astype("object").where(shown.notna(), None).to_numpy().tolist() == [
        ["张三", "张三", "甲镇", "石桥", "H1", "是"],
        ["李四", "张三", "甲镇", "石桥", "H1", None],
        ["王五", "王五", "甲镇", "枫树", "H2", None],
    ]


NUMBERS = st.sampled_from([None, A, B, "990101197001010135"])
ROWS = st.lists(
    st.tuples(NUMBERS, st.sampled_from([None, "张三", "李四"]), st.sampled_from([None, "甲", "乙"]), st.sampled_from([None, "石桥", "枫树"])),
    max_size=9,
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(ROWS, ROWS, st.data())
def test_every_row_is_in_one_place_whatever_the_order_of_the_rows(rows, registered, data):
    people = frame(*registered)
    found = match_list(frame(*rows), people)
    assert set(found.state) <= set(STATES)
    assert ((found.ours >= 0) == (found.state == "matched")).all()
    assert set(found.candidates["at"]) == set(found.state.index[found.state == "pending"])
    assert found.why.notna().tolist() == found.state.isin(["pending", "unusable"]).tolist()
    order = data.draw(st.permutations(range(len(rows))))
    turned = match_list(frame(*(rows[at] for at in order)), people)
    assert turned.state.tolist() == [found.state[at] for at in order]
    assert turned.ours.tolist() == [found.ours[at] for at in order]


@settings(max_examples=30, deadline=None)
@given(ROWS, ROWS)
def test_nobody_with_another_number_is_ever_matched(rows, registered):
    listed, people = frame(*rows), frame(*registered)
    found = match_list(listed, people)
    for at in found.state.index[found.state == "matched"]:
        theirs, ours = listed["_person"][at], people["_person"][found.ours[at]]
        assert pd.isna(theirs) or pd.isna(ours) or theirs == ours


@settings(max_examples=30, deadline=None)
@given(ROWS, ROWS, st.lists(st.booleans(), min_size=9, max_size=9))
def test_everybody_who_is_marked_is_counted_once(rows, registered, marks):
    listed = frame(*rows)
    people = frame(*registered, dibao=["是" if mark else "否" for mark in marks[: len(registered)]], status="正常")
    ours = who_is_missing(listed, people, match_list(listed, people), DIBAO, frozenset())
    counted = sorted([*ours.found, *ours.waiting, *ours.absent, *ours.outside])
    assert counted == [at for at in people.index if marks[at]]
