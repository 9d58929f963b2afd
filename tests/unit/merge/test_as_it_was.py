"""The registry as it was known on a day, or stood after a batch."""

import datetime as dt

import pytest
from invented_rows import HOUSEHOLD, Line, batch_of

from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import Registry, merge

MAY, JUNE, JULY = dt.date(2024, 5, 31), dt.date(2024, 6, 30), dt.date(2024, 7, 31)


@pytest.fixture
def registry(tmp_path):
    return Registry(tmp_path / "台账库")


def roster(*households, submitter="甲镇"):
    lines = [
        Line("甲镇/a.xlsx", row, {"household_id": one, "township": "甲镇", "village": "东村", "member_count": size})
        for row, (one, size) in enumerate(households, 4)
    ]
    return batch_of(lines, version=str(households), submitter=submitter)


def sizes(registry, as_of=None):
    rows = registry.current(HOUSEHOLD, as_of=as_of)
    return dict(zip(rows["household_id"], rows["member_count"], strict=True))


def test_of_a_day_counts_what_was_received_on_it_or_before(registry):
    merge(roster(("H1", 3)), registry, received=MAY)
    merge(roster(("H1", 4), ("H2", 2)), registry, received=JULY)
    assert sizes(registry, MAY - dt.timedelta(1)) == {}
    assert sizes(registry, MAY) == sizes(registry, JUNE) == sizes(registry, "2024-07-30") == {"H1": 3}
    assert sizes(registry, "2024-07-31") == sizes(registry) == {"H1": 4, "H2": 2}


def test_of_a_batch_counts_what_stands_up_to_it_in_the_journal(registry):
    first = merge(roster(("H1", 3)), registry, received=JULY).batch_id
    second = merge(roster(("H1", 4)), registry, received=MAY).batch_id
    registry.undo(second)
    assert (sizes(registry, first), sizes(registry, second)) == ({"H1": 3}, {"H1": 4})
    assert sizes(registry) == {"H1": 3}


def test_an_undo_counts_from_its_day_and_always_where_it_has_none(registry):
    merge(roster(("H1", 3)), registry, received=MAY)
    second = merge(roster(("H1", 4)), registry, received=JUNE).batch_id
    act = registry.undo(second, received=JULY).id
    assert (sizes(registry, JUNE), sizes(registry, JULY)) == ({"H1": 4}, {"H1": 3})
    assert sizes(registry, act) == {"H1": 3}
    registry.restore(second)
    registry.undo(second)
    assert sizes(registry, JUNE) == {"H1": 3}


def test_an_event_counts_from_the_day_it_happened_and_a_correction_from_the_day_it_was_said(registry):
    merge(roster(("H1", 3)), registry, received=MAY)
    moves = [
        {"event": "move", "key": "H1", "village": [None, place], "date": day.isoformat(), "basis": "村报"}
        for day, place in ((JUNE, "上河村"), (JULY, "下河村"))
    ]
    registry.record("event", moves, received=JUNE)
    registry.record(
        "correct", [{"table": "household", "key": "H1", "field": "member_count", "old": 3, "new": 5}], received=JULY
    )
    told = [
        {entry.kind: len(entry.content["records"]) for entry in registry.state_at(day).office}
        for day in (MAY, JUNE, JULY)
    ]
    assert told == [{}, {"event": 1}, {"event": 2, "correct": 1}]


def test_a_moment_that_is_neither_day_nor_batch_is_said_in_a_sentence(registry):
    merge(roster(("H1", 3)), registry, received=MAY)
    with pytest.raises(RegistryError, match="“2024-6-31”既不是日期"):
        registry.current(HOUSEHOLD, as_of="2024-6-31")
