"""References that name a household as it was before: the former head, his number, the village before it was merged."""

import pandas as pd
import pytest
from small_rows import column, linked, sheet

from bangfu_excel.core.standing import FORMER
from bangfu_excel.merge.former import former_references

HEAD, WIFE = "990101196805123015", "990101197008233021"
COLUMNS = ["_key", "household_id", "head_name", "head_id", "township", "village", "group"]
BEFORE = ["H1", "H1", "张建国", HEAD, "青石镇", "柳溪村", "三组"]
BETWEEN = ["H1", "H1", "王秀英", WIFE, "青石镇", "柳溪村", "三组"]
NOW = ["H1", "YL001", "王秀英", WIFE, "青石镇", "新河村", "三组"]
OTHER = ["H2", "H2", "张建国", None, "青石镇", "新河村", "五组"]


def rows_of(*rows):
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


def known(*current):
    now = rows_of(NOW, *current)
    now = now.assign(_recipient=now["_key"], _helper=None, _file="旧.xlsx", _sheet="户", _row=2, _outcome="accepted")
    return {"household": now, FORMER: former_references(rows_of(BEFORE, BETWEEN, NOW), now)}


def visit(header, line, *current):
    rows, findings = linked(
        sheet("visit", f"visited_on visitors {header}", f"2024-08-25 李明 {line}"), known=known(*current)
    )
    return column(rows, "visit", "_recipient")[0], column(rows, "visit", "_link")[0], findings


@pytest.mark.parametrize(
    ("header", "line", "how"),
    [
        ("township village head_name", "青石镇 柳溪村 张建国", "by_name"),
        ("township village head_name", "青石镇 新河村 张建国", "by_name"),  # written after the merger
        ("township village head_name", "青石镇 柳溪村 王秀英", "by_name"),
        ("household_id", "H1", "exact"),
        ("head_id", HEAD, "exact"),
    ],
)
def test_a_visit_that_names_the_household_as_it_was(header, line, how):
    key, link, findings = visit(header, line)
    assert (key, link) == ("H1", how)
    (note,) = [f for f in findings if f.code == "LK06"]
    assert (str(note.severity), note.count) == ("info", 1)
    assert "王秀英" in note.message


def test_who_is_called_so_now_comes_first():
    key, link, findings = visit("township village head_name", "青石镇 新河村 张建国", OTHER)
    assert (key, link) == ("H2", "by_name")
    assert [f.code for f in findings] == []


def test_a_number_of_now_with_the_head_of_before_is_no_contradiction():
    key, link, findings = visit("household_id head_name", "YL001 张建国")
    assert (key, link, [f.code for f in findings if f.code == "LK03"]) == ("H1", "exact", [])


def test_somebody_who_never_was_is_still_not_found():
    key, _, findings = visit("township village head_name", "青石镇 新河村 赵大山")
    assert (key, [f.code for f in findings]) == (None, ["HH14"])


def test_two_households_of_whom_both_were_called_so_are_not_chosen_from():
    frames = known(["H3", "H3", "张小军", None, "青石镇", "新河村", "三组"])
    frames[FORMER] = pd.concat(
        [frames[FORMER], rows_of(["H3", None, "张建国", None, "青石镇", "柳溪村", None])[frames[FORMER].columns]]
    )
    rows, findings = linked(
        sheet("visit", "visited_on visitors township village head_name", "2024-08-25 李明 青石镇 柳溪村 张建国"),
        known=frames,
    )
    assert (column(rows, "visit", "_link"), [f.code for f in findings]) == (["ambiguous"], ["LK02"])


def test_rows_of_a_region_share_one_note():
    regions = sheet("visit", "visited_on visitors township village head_name", "2024-08-25 李明 青石镇 柳溪村 张建国",
                    "2024-08-26 李明 青石镇 柳溪村 王秀英")  # fmt: skip
    _, findings = linked(regions, known=known())
    assert [(f.code, f.place.cell, f.count) for f in findings] == [("LK06", "E2", 2)]


def test_what_is_current_is_not_former_and_who_is_gone_has_no_reference():
    former = former_references(rows_of(BEFORE, NOW, ["G", "G", "孙明", None, "青石镇", "柳溪村", None]), rows_of(NOW))
    said = {
        tuple(None if pd.isna(v) else v for v in row)
        for row in former.drop(columns=["_key", "group", "head_id"]).to_numpy()
    }
    assert set(former["_key"]) == {"H1"}
    assert said == {
        ("H1", None, None, None),
        (None, "张建国", "青石镇", "柳溪村"),
        (None, "张建国", "青石镇", "新河村"),
        (None, "王秀英", "青石镇", "柳溪村"),
    }


def test_a_key_that_was_renamed():
    old = [HEAD, *BEFORE[1:]]
    assert set(former_references(rows_of(old), rows_of(NOW), {HEAD: "H1"})["_key"]) == {"H1"}


def test_a_roster_that_still_has_the_key_of_before_means_the_household_of_now():
    frames = known()
    renamed = pd.DataFrame([{"_was": "H1", "_key": "YL001"}], dtype="str")
    frames["household"] = frames["household"].assign(_key="YL001", _recipient="YL001")
    frames[FORMER] = pd.concat([frames[FORMER].assign(_key="YL001"), renamed], ignore_index=True)
    roster = sheet(
        "household", "township village household_id head_name", "青石镇 柳溪村 H1 张建国", "青石镇 柳溪村 H3 孙明"
    )
    rows, _ = linked(roster, known=frames)
    assert column(rows, "household", "_key") == ["YL001", "H3"]
