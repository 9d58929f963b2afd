"""What the office said of references is known from then on, in the order in which it was said, until it is undone."""

import datetime as dt

import pandas as pd
from invented_rows import Line, batch_of

import bangfu_excel as bf
from bangfu_excel.core.standing import CONFIRMED, REFERENCE_COLUMNS

DAY = dt.date(2024, 7, 1)
ZHANG = {"id": None, "person": None, "name": "张建国", "township": "青石", "village": "柳溪", "group": None}


def said(key, *none_of):
    return [{"link": ZHANG, "key": key, "none_of": list(none_of), "place": "待匹配姓名!H4"}]


HOUSEHOLD = [*REFERENCE_COLUMNS, "_key", "_none_of"]
"""What a reference to a household is known by and means: it says nothing of schools and classes."""


def known(registry):
    frame = registry.known().get(CONFIRMED)
    if frame is None:
        return []
    assert frame.drop(columns=HOUSEHOLD).isna().all(axis=None)
    return [tuple(None if pd.isna(v) else v for v in row) for row in frame[HOUSEHOLD].to_numpy()]


def test_a_confirmed_reference_is_known_until_the_decision_is_undone(tmp_path):
    registry = bf.Registry(tmp_path / "台账库")
    batch = registry.record("decide", said("H1"), received=DAY)
    assert known(registry) == [(None, None, "张建国", "青石", "柳溪", None, "H1", None)]
    registry.undo(batch)
    assert known(registry) == []


def test_what_was_ruled_out_is_kept_with_its_candidates(tmp_path):
    registry = bf.Registry(tmp_path / "台账库")
    registry.record("decide", said("H1"), received=DAY)
    registry.record("decide", said(None, "H1", "H2"), received=DAY)
    assert [row[-2:] for row in known(registry)] == [("H1", None), (None, "H1\nH2")]


def test_other_decisions_are_no_references(tmp_path):
    registry = bf.Registry(tmp_path / "台账库")
    value = {"table": "household", "key": "H1", "field": "phone", "value": "1", "stated": ["1", "2"], "place": "A1"}
    registry.record("decide", [value], received=DAY)
    other = {"kind": "correct", "batch": "0002-abcdef", "received": DAY.isoformat(), "file": "", "records": said("H1")}
    registry.journal.append(lambda entries, seq: other)
    assert known(registry) == []


def test_a_confirmed_household_is_known_by_its_number_of_now(tmp_path):
    registry = bf.Registry(tmp_path / "台账库")
    bf.merge(batch_of([Line("户.xlsx", 4, {"household_id": "H1"})]), registry)
    registry.record("decide", [*said("H1"), *said(None, "H1", "H2")], received=DAY)
    event = {
        "event": "renumber",
        "key": "H1",
        "household_id": ["H1", "N1"],
        "date": "2024-08-01",
        "basis": "文件",
        "place": "A",
    }
    registry.record("event", [event], received=DAY)
    assert [row[-2:] for row in known(registry)] == [("N1", None), (None, "N1\nH2")]
