"""A helper who is no longer listed because another came: his pairing is closed, not forgotten."""

import datetime as dt

import pandas as pd
import pytest
from invented_rows import PAIRING, Line, batch_of

from bangfu_excel.merge import Registry, merge


@pytest.fixture
def registry(tmp_path):
    return Registry(tmp_path / "台账库")


def pair(helper, started, ended=None, recipient="H1", village="东村"):
    return {"helper_name": helper, "started_on": started, "ended_on": ended, "_who": recipient, "village": village}


def bring(registry, period, *pairs, submitter="甲镇"):
    """A whole roster of one township; keys as the key ladder makes them."""
    lines = [
        Line(
            f"{submitter}{period}.xlsx", row, {name: value for name, value in one.items() if name != "_who"}, PAIRING,
            key=f"{one['_who']}|{one['helper_name']}|{one['started_on']}", recipient=one["_who"], helper=one["helper_name"],
        )
        for row, one in enumerate(pairs, 4)
    ]  # fmt: skip
    return merge(batch_of(lines, period=period, submitter=submitter), registry)


def spans(registry, as_of=None):
    rows = registry.current(PAIRING, as_of=as_of)
    days = [[None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in rows[name]] for name in ("started_on", "ended_on")]
    return sorted(zip(rows["helper_name"], *days, strict=True))


def test_the_pairing_before_ends_on_the_day_before_the_next_began(registry):
    bring(registry, "2024-07", pair("李明", "2024-01-15"))
    bring(registry, "2024-08", pair("王芳", "2024-08-20"))
    assert spans(registry) == [("李明", "2024-01-15", "2024-08-19"), ("王芳", "2024-08-20", None)]
    assert spans(registry, dt.date(2024, 7, 31)) == [("李明", "2024-01-15", None)]


def test_its_end_comes_from_the_cell_where_the_next_began_and_the_rest_from_its_own(registry):
    bring(registry, "2024-07", pair("赵强", "2023-05-01", recipient="H2"), pair("李明", "2024-01-15"))
    bring(registry, "2024-08", pair("赵强", "2023-05-01", recipient="H2"), pair("王芳", "2024-08-20"))
    end, name = (registry.provenance("pairing", "H1|李明|2024-01-15", field) for field in ("ended_on", "helper_name"))
    assert (end.file, end.sheet, end.cell, end.field) == ("甲镇2024-08.xlsx", "花名册", "E5", "started_on")
    assert (name.file, name.cell) == ("甲镇2024-07.xlsx", "B5")


@pytest.mark.parametrize(
    ("later", "why"),
    [
        ([pair("李铭", "2024-01-15")], "the same day: the name is corrected"),
        ([pair("王芳", None)], "nobody says since when"),
        ([pair("王芳", "2023-12-01")], "began earlier"),
        ([pair("王芳", "2024-08-20", recipient="H2")], "of another household"),
        ([pair("李明", "2024-01-16")], "the same helper, his day corrected"),
    ],
)
def test_it_is_forgotten_where_no_later_helper_is_stated(registry, later, why):
    bring(registry, "2024-07", pair("李明", "2024-01-15"))
    bring(registry, "2024-08", *later)
    assert [name for name, start, _ in spans(registry) if (name, start) == ("李明", "2024-01-15")] == [], why


def test_who_was_listed_beside_him_before_did_not_succeed_him(registry):
    bring(registry, "2024-07", pair("李明", "2023-01-15"), pair("王芳", "2024-02-01"))
    bring(registry, "2024-08", pair("王芳", "2024-02-01"))
    assert spans(registry) == [("王芳", "2024-02-01", None)]


def test_an_end_that_was_stated_stays_when_the_closed_row_is_left_out(registry):
    bring(registry, "2024-08", pair("李明", "2024-01-15", "2024-08-15"), pair("王芳", "2024-08-20"))
    bring(registry, "2024-09", pair("王芳", "2024-08-20"))
    assert spans(registry) == [("李明", "2024-01-15", "2024-08-15"), ("王芳", "2024-08-20", None)]
    assert registry.provenance("pairing", "H1|李明|2024-01-15", "ended_on").file == "甲镇2024-08.xlsx"


def test_without_a_start_the_next_must_have_begun_after_the_period_that_listed_him(registry):
    bring(registry, "2024-07", pair("李明", None), pair("赵强", None, recipient="H2"))
    bring(registry, "2024-08", pair("王芳", "2024-08-20"), pair("孙丽", "2024-07-20", recipient="H2"))
    assert spans(registry) == [("孙丽", "2024-07-20", None), ("李明", None, "2024-08-19"), ("王芳", "2024-08-20", None)]


def test_one_after_another_each_ends_where_the_next_began(registry):
    bring(registry, "2024-06", pair("李明", "2024-01-15"))
    bring(registry, "2024-07", pair("王芳", "2024-07-10"))
    bring(registry, "2024-08", pair("赵强", "2024-08-05"))
    expected = [
        ("李明", "2024-01-15", "2024-07-09"),
        ("王芳", "2024-07-10", "2024-08-04"),
        ("赵强", "2024-08-05", None),
    ]
    assert spans(registry) == expected
    bring(registry, "2024-09", pair("赵强", "2024-08-05"))
    assert spans(registry) == expected


def test_a_name_corrected_before_the_change_leaves_nothing_behind(registry):
    bring(registry, "2024-06", pair("李铭", "2024-01-15"))
    bring(registry, "2024-07", pair("李明", "2024-01-15"))
    bring(registry, "2024-08", pair("王芳", "2024-08-20"))
    assert spans(registry) == [("李明", "2024-01-15", "2024-08-19"), ("王芳", "2024-08-20", None)]


def test_the_newest_word_on_the_successor_counts(registry):
    bring(registry, "2024-07", pair("李明", "2024-01-15"))
    bring(registry, "2024-08", pair("王芳", "2024-08-20"))
    bring(registry, "2024-09", pair("王芳", "2024-08-25"))
    assert spans(registry) == [("李明", "2024-01-15", "2024-08-24"), ("王芳", "2024-08-25", None)]


def test_only_the_roster_that_takes_its_place_closes_it(registry):
    bring(registry, "2024-07", pair("李明", "2024-01-15"))
    bring(registry, "2024-08", pair("王芳", "2024-08-20"), submitter="乙镇")
    assert spans(registry) == [("李明", "2024-01-15", None), ("王芳", "2024-08-20", None)]


def test_undone_the_pairing_is_open_again(registry):
    bring(registry, "2024-07", pair("李明", "2024-01-15"))
    registry.undo(bring(registry, "2024-08", pair("王芳", "2024-08-20")).batch_id)
    assert spans(registry) == [("李明", "2024-01-15", None)]


def test_its_history_says_that_it_was_closed(registry):
    bring(registry, "2024-07", pair("李明", "2024-01-15"))
    bring(registry, "2024-08", pair("王芳", "2024-08-20"))
    assert registry.history("pairing", "H1|李明|2024-01-15")["state"].tolist() == ["closed"]
