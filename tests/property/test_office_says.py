"""Whatever is sent, corrected, told and taken back, in whatever order: the registry says what a list kept by hand says."""

import datetime as dt
import os
import sys
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import Registry, merge, storage

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "merge"))
from invented_rows import HOUSEHOLD, VISIT, Line, batch_of

EXAMPLES = int(os.environ.get("BANGFU_EXAMPLES", "25"))
DAY = dt.date(2024, 9, 5)
KEYS, NAMES, INCOMES = ("A", "B", "C", "D"), ("张三", "李四", "王五"), (None, 1.0, 2.0)


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch):
    monkeypatch.setattr(storage.os, "fsync", lambda descriptor: None)


ROWS = st.dictionaries(st.sampled_from(KEYS), st.tuples(st.sampled_from(NAMES), st.sampled_from(INCOMES)), min_size=1)
KEY = st.sampled_from(KEYS)
SEND = st.tuples(st.just("send"), ROWS, st.sets(KEY))
CORRECT = st.tuples(st.just("correct"), KEY, st.sampled_from(INCOMES))
REMOVE = st.tuples(st.just("remove"), KEY)
HEAD = st.tuples(st.just("head"), KEY, st.sampled_from(NAMES))
RENUMBER = st.tuples(st.just("renumber"), KEY, KEY)
JOIN = st.tuples(st.just("join"), KEY, KEY)
TURN = st.tuples(st.just("turn"), st.integers(0, 9))
HISTORY = st.builds(
    lambda first, rest: [first, *rest],
    SEND,
    st.lists(st.one_of(SEND, CORRECT, REMOVE, HEAD, RENUMBER, JOIN, TURN, TURN), min_size=3, max_size=9),
)


class ByHand:
    """Entries as they came: [what, in force]. Every question is answered by going through them from the beginning."""

    def __init__(self):
        self.entries = []

    def standing(self):
        return [(number, what) for number, (what, in_force) in enumerate(self.entries) if in_force]

    def now(self, key, joins):
        """The key of now: a number that another household had when it was given away is not taken over."""
        raw = key
        for number, what in self.standing():
            if what[0] == "join" and joins and what[1] == key:
                key = what[2]
            if what[0] == "renumber" and what[1] == key and not self.had(what[2], number):
                key = key if self.beside(raw, what[2], number) else what[2]
        return key

    def had(self, key, before):
        stated = any(key in what[1] for number, what in self.standing() if what[0] == "send" and number < before)
        given = any(what[0] == "renumber" and what[2] == key for number, what in self.standing() if number < before)
        return stated or given

    def beside(self, old, new, number):
        """Whether the roster that counts came later and lists both: for it they are two households."""
        later = [(n, what) for n, what in self.standing() if what[0] == "send"][-1:]
        return any(n > number and {old, new} <= set(what[1]) for n, what in later)

    def last(self):
        """The last roster: one submitter and one village, so it takes the place of all others."""
        return next((what for _, what in reversed(self.standing()) if what[0] == "send"), None)

    def current(self):
        sent = self.last()
        if sent is None:
            return {}
        rows = {}
        for key, (head, income) in sent[1].items():
            rows.setdefault(self.now(key, joins=False), {"number": key, "head": head, "income": income})
        for _, what in self.standing():
            kind, key = what[0], self.now(what[1], joins=False) if what[0] != "send" else None
            if kind in ("remove", "join") and key in rows:
                rows[key]["gone"] = True
            if kind == "correct" and key in rows and rows[key]["income"] in (None, what[2]):
                rows[key]["income"] = what[3]
            if kind == "head" and key in rows and rows[key]["head"] == what[2]:
                rows[key]["head"] = what[3]
            if kind == "renumber" and key in rows and rows[key]["number"] == what[3]:
                rows[key]["number"] = what[2]
        return {key: (row["number"], row["head"], row["income"]) for key, row in rows.items() if "gone" not in row}

    def visits(self):
        """Whom the last log that says anything means now; a joined household's visit is one with the other's of that day."""
        logs = [what[2] for _, what in self.standing() if what[0] == "send" and what[2]]
        return sorted({self.now(key, joins=True) for key in logs[-1]}) if logs else []


class Both:
    def __init__(self, folder):
        self.registry, self.hand, self.ids = Registry(Path(folder) / "台账库"), ByHand(), []

    def happens(self, event):
        kind, *what = event
        if kind == "turn":
            self.turn(what[0])
        elif kind == "send":
            self.send(*what)
        else:
            self.tell(kind, *what)

    def send(self, rows, visited):
        version = str(len(self.ids))
        says = [
            Line("户.xlsx", 3 + n, {"household_id": key, "township": "清水镇", "village": "上河村", "head_name": head, "net_income": income})
            for n, (key, (head, income)) in enumerate(sorted(rows.items()))
        ]  # fmt: skip
        visits = [
            Line("访.xlsx", 3 + n, {"household_id": key, "visited_on": "2024-08-25"}, VISIT, key=f"{key}|2024-08-25", recipient=key)
            for n, key in enumerate(sorted(visited))
        ]  # fmt: skip
        done = merge(batch_of([*says, *visits], version=version, submitter="清水镇"), self.registry)
        self.ids.append(done.batch_id)
        self.hand.entries.append([("send", rows, visited), True])

    def tell(self, kind, key, value=None):
        rows = self.hand.current()
        record = {"event": kind, "key": key, "date": "2024-09-01", "table": "household"}
        number, head, income = rows.get(key, (None, None, None))
        known = {
            "correct": ({"field": "net_income", "old": income, "new": value}, ("correct", key, income, value)),
            "remove": ({"field": "", "old": "", "new": ""}, ("remove", key)),
            "head": ({"head_name": [head, value]}, ("head", key, head, value)),
            "renumber": ({"household_id": [number, value]}, ("renumber", key, value, number)),
            "join": ({"into": value}, ("join", key, value)),
        }[kind]
        entry = "correct" if kind in ("correct", "remove") else "event"
        try:
            told = self.registry.record(entry, [{**record, **known[0]}], received=DAY)
        except RegistryError:
            return
        if told:
            self.ids.append(told)
            self.hand.entries.append([known[1], True])

    def turn(self, number):
        if self.ids:
            entry = self.hand.entries[number % len(self.ids)]
            (self.registry.undo if entry[1] else self.registry.restore)(self.ids[number % len(self.ids)])
            entry[1] = not entry[1]


def current(registry):
    rows = registry.current(HOUSEHOLD)
    said = zip(rows["household_id"], rows["head_name"], rows["net_income"].astype("object"), strict=True)
    return {key: (n, h, None if pd.isna(i) else i) for key, (n, h, i) in zip(rows["_key"], said, strict=True)}


def visited(registry):
    return sorted(registry.current("visit")["_recipient"]) if "visit" in registry.tables else []


@settings(max_examples=EXAMPLES, deadline=None)
@given(HISTORY)
def test_it_says_what_a_list_kept_by_hand_says_and_no_two_households_become_one(history):
    with tempfile.TemporaryDirectory() as folder:
        both = Both(folder)
        for event in history:
            both.happens(event)
            assert current(both.registry) == both.hand.current()
            assert visited(both.registry) == both.hand.visits()
            assert not both.registry.current(HOUSEHOLD)["_key"].duplicated().any()


@settings(max_examples=EXAMPLES, deadline=None)
@given(HISTORY, st.one_of(CORRECT, REMOVE, HEAD, RENUMBER, JOIN))
def test_undoing_what_the_office_said_restores_everything(history, last):
    with tempfile.TemporaryDirectory() as folder:
        both = Both(folder)
        for event in history:
            both.happens(event)
        before = [both.registry.current(table) for table in (HOUSEHOLD, VISIT)]
        told = len(both.ids)
        both.happens(last)
        if len(both.ids) > told:
            after = [both.registry.current(table) for table in (HOUSEHOLD, VISIT)]
            act = both.registry.undo(both.ids[-1])
            for table, rows in zip((HOUSEHOLD, VISIT), before, strict=True):
                pd.testing.assert_frame_equal(both.registry.current(table), rows)
            both.registry.undo(act.id)
            for table, rows in zip((HOUSEHOLD, VISIT), after, strict=True):
                pd.testing.assert_frame_equal(both.registry.current(table), rows)
