"""Rows that may be one person: every pair that an obvious comparison of all with all finds, and no other."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu_excel.core.kinds.numbering import check_digit
from bangfu_excel.merge import blocks
from bangfu_excel.merge.candidates import find_candidates

STEM = "99010119680512301"
ZHANG = STEM + check_digit(STEM)


def stem_with(**places):
    """`STEM` with other digits at these places."""
    digits = list(STEM)
    for place, digit in places.items():
        digits[int(place[1:])] = digit
    return "".join(digits)


def member(key, name="张三", number=None, home=None, village="柳溪村", birth=None, phone=None, **more):
    return {
        "_key": key, "_recipient": home or key, "name": name, "id_number": number, "village": village, "township": "青石镇",
        "birth_date": birth, "phone": phone, **more,
    }  # fmt: skip


def head(key, name="张三", number=None, village="柳溪村", **more):
    return {"_key": key, "head_name": name, "head_id": number, "village": village, "township": "青石镇", **more}


def framed(records, *texts):
    columns = ["_key", "_file", "_sheet", "village", "township", "phone", *texts]
    made = pd.DataFrame({name: pd.Series([r.get(name) for r in records], dtype="str") for name in columns})
    made["birth_date"] = pd.Series(pd.to_datetime([r.get("birth_date") for r in records]), dtype="datetime64[ns]")
    made["_row"] = np.arange(2, 2 + len(records))
    made["_region"] = [r.get("_region", 0) for r in records]
    return made


def members_of(*records):
    return framed(records, "_recipient", "name", "id_number", "id_number__stated")


def heads_of(*records):
    return framed(records, "head_name", "head_id", "head_id__stated")


def reasons(members=(), heads=(), **options):
    """Keys of each pair → its reasons."""
    pairs = find_candidates(members_of(*members), heads_of(*heads), **options).pairs
    return {frozenset((p.key_a, p.key_b)): p.reasons for p in pairs.itertuples()}


def test_one_number_in_two_households():
    assert reasons([member("1", number=ZHANG), member("2", "李四", number=ZHANG + "43", village="别村")]) == {
        frozenset("12"): "same_number"
    }


def test_the_old_form_of_a_number_and_the_new_one():
    assert reasons([member("1", number=ZHANG), member("2", "李四", number=ZHANG[:6] + ZHANG[8:17])]) == {
        frozenset("12"): "same_number"
    }


def test_a_number_as_written_that_differs_in_the_last():
    wrong = STEM + ("1" if ZHANG[-1] != "1" else "2")
    assert reasons([member("1", number=ZHANG), member("2", "李四", id_number__stated=wrong)]) == {
        frozenset("12"): "check_digit"
    }


@pytest.mark.parametrize(
    ("number", "near"),
    [
        (stem_with(p13="9"), True),  # one digit
        (stem_with(p14="0", p15="3"), True),  # 30 instead of 03
        (stem_with(p9="5", p13="6"), False),
        (stem_with(p14="2", p15="1"), False),  # two others, of equal sum
    ],
)
def test_a_number_with_a_slip_counts_with_the_name_in_the_village(number, near):
    number += check_digit(number)
    found = reasons([member("1", number=ZHANG), member("2", "张 三", number=number)])
    assert [("near_number" in text) for text in found.values()] == ([True] if near else [False] * len(found))
    assert reasons([member("1", number=ZHANG), member("2", "张四", number=number)]) == {}
    assert reasons([member("1", number=ZHANG), member("2", number=number, village="上河村")]) == {}


def test_one_name_and_birth_date_in_a_village():
    one = member("1", number=ZHANG)
    assert reasons([one, member("2", birth="1968-05-12")]) == {frozenset("12"): "same_birth"}
    assert reasons([one, member("2", birth="1968-05-13")]) == {}
    assert reasons([one, member("2", birth="1968-05-12", village="上河村")]) == {}


def test_one_name_in_a_household_and_one_name_with_a_telephone():
    assert reasons([member("1", home="H"), member("2", home="H", number=ZHANG)]) == {frozenset("12"): "same_household"}
    one, other = member("1", phone="13900010001"), member("2", phone="13900010001、13900010002", village="上河村")
    assert reasons([one, other]) == {frozenset("12"): "same_phone"}
    assert reasons([one, {**other, "name": "李四"}]) == {}


def test_a_head_is_compared_unless_he_is_among_his_members():
    heads = [head("H1", number=ZHANG), head("H2", "李四")]
    assert reasons([member("H9|1", number=ZHANG, home="H9")], heads) == {frozenset(("H9|1", "H1")): "same_number"}
    assert reasons([member("H1|1", number=ZHANG, home="H1"), member("H2|1", "李四", home="H2")], heads) == {}


def test_a_member_without_village_lives_where_his_household_does():
    here = member("H1|1", "王五", home="H1", village=None, birth="1970-01-01")
    there = member("2", "王五", birth="1970-01-01")
    assert list(reasons([here, there], [head("H1")]).values()) == ["same_birth"]


def test_what_too_many_share_is_counted_and_not_compared():
    crowd = [member(str(n), birth="1900-01-01", home=f"H{n}") for n in range(30)]
    found = find_candidates(members_of(*crowd), heads_of(), cap=20)
    assert found.pairs.empty
    assert found.crowded.to_dict("records") == [{"reason": "same_birth", "blocks": 1, "rows": 30}]
    office = [member(str(n), f"张{n}", phone="13900010001") for n in range(30)]
    told = find_candidates(members_of(*office), heads_of(), cap=20).crowded
    assert told.to_dict("records") == [{"reason": "same_phone", "blocks": 1, "rows": 30}]


def test_equal_hashes_are_not_taken_for_equal_persons(monkeypatch):
    rows = [member("1", birth="1970-01-01"), member("2", birth="1970-01-02"), member("3", birth="1970-01-01")]
    monkeypatch.setattr(blocks, "_hashed", lambda parts: np.zeros(len(parts[0]), dtype=np.uint64))
    assert set(reasons(rows)) == {frozenset("13")}


def test_only_pairs_that_are_asked_about():
    rows = [
        member("1", birth="1970-01-01"),
        member("2", birth="1970-01-01", _region=-1),
        member("3", birth="1970-01-01", _region=-1),
    ]
    found = reasons(rows, asked=lambda frame: frame["_region"] >= 0)
    assert set(found) == {frozenset("12"), frozenset("13")}


DIGITS = st.sampled_from(
    [STEM, stem_with(p13="9"), stem_with(p14="0", p15="3"), stem_with(p16="2"), "99010119700101002"]
)


@st.composite
def persons(draw):
    """A person whose name, village, number … are drawn from few, so that most things meet."""
    stem = draw(DIGITS)
    right = check_digit(stem)
    return {
        "name": draw(st.sampled_from(["张三", "张 三", "李四", None])),
        "village": draw(st.sampled_from(["柳溪村", "柳溪村委会", "上河村", None])),
        "number": draw(st.sampled_from([None, stem + right, stem[:6] + stem[8:], stem + right + "43"])),
        "stated": draw(st.sampled_from([None, None, stem + ("0" if right != "0" else "1")])),
        "birth": draw(st.sampled_from([None, "1968-05-12", "1970-01-01"])),
        "phone": draw(st.sampled_from([None, "13900010001", "13900010002"])),
        "home": draw(st.sampled_from(["H1", "H2", None])),
    }


def plainly(one, other):
    """The reasons by comparing two persons."""
    a, b = (p["number"] or p["stated"] for p in (one, other))
    stem_a, stem_b = (n and ((n[:6] + "19" + n[6:]) if len(n) == 15 else n[:17]) for n in (a, b))
    names = [p["name"] and p["name"].replace(" ", "") for p in (one, other)]
    places = [p["village"] and p["village"].removesuffix("委会") for p in (one, other)]
    births = [s[6:14] if s else p["birth"] and p["birth"].replace("-", "") for s, p in ((stem_a, one), (stem_b, other))]
    found, named = [], names[0] and names[0] == names[1]
    here = named and places[0] and places[0] == places[1]
    if stem_a and stem_a == stem_b:
        old = len(a) == 15 or len(b) == 15
        found.append("same_number" if old or a[17] == b[17] else "check_digit")
    if here and stem_a and stem_b:
        apart = [i for i in range(17) if stem_a[i] != stem_b[i]]
        swapped = len(apart) == 2 and stem_a[apart[0]] == stem_b[apart[1]] and stem_a[apart[1]] == stem_b[apart[0]]
        if len(apart) == 1 or swapped:
            found.append("near_number")
    unlike = stem_a != stem_b or not stem_a
    if named and unlike and one["home"] and one["home"] == other["home"]:
        found.append("same_household")
    if here and unlike and births[0] and births[0] == births[1]:
        found.append("same_birth")
    if named and unlike and one["phone"] and one["phone"] == other["phone"]:
        found.append("same_phone")
    return "、".join(found)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(persons(), max_size=8))
def test_every_pair_that_comparing_all_with_all_finds_and_no_other(people):
    rows = [
        {**member(str(n), p["name"], p["number"], village=p["village"], birth=p["birth"], phone=p["phone"]),
         "_recipient": p["home"], "id_number__stated": p["stated"]}
        for n, p in enumerate(people)
    ]  # fmt: skip
    expected = {
        frozenset((str(i), str(j))): plainly(people[i], people[j]) for j in range(len(people)) for i in range(j)
    }
    assert reasons(rows) == {pair: text for pair, text in expected.items() if text}
