"""Whatever comes, in whatever order: the registry says what keeping it by hand says, and every row is accounted for."""

import datetime as dt
import json
import os
import pathlib
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registry_by_hand import SUBMITTERS, TABLES, ByHand, File, batch

from bangfu_excel.core.precedence import Conflict, Policy
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import Registry, merge, storage
from bangfu_excel.merge.natural import natural

EXAMPLES = int(os.environ.get("BANGFU_EXAMPLES", "25"))
MONTHS = ("2024-05", "2024-06")
KEYS = "ABC"
UNITS = {"household": ("清水|甲",) * 3 + ("清水|乙",) * 3 + ("",), "visit": MONTHS * 3 + ("",)}
POLICIES = {
    how: Policy({"household": {"member_count": Conflict(how)}}, rank=("石桥",), logs=("visit",)) for how in Conflict
}
NAMES = [name for name in SUBMITTERS for _ in range(3 if SUBMITTERS[name].startswith("清水") else 1)]


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch):
    monkeypatch.setattr(storage.os, "fsync", lambda descriptor: None)


def rows_of(table):
    key, value = st.sampled_from(KEYS), st.sampled_from([1, 2, 1, 2, None])
    outcome = st.sampled_from(["accepted"] * 4 + ["returned"])
    return st.tuples(st.just(table), key, st.sampled_from(UNITS[table]), value, outcome)


ROW = st.sampled_from(TABLES).flatmap(rows_of)
FILE = st.builds(
    File,
    name=st.sampled_from(NAMES),
    rows=st.lists(ROW, min_size=2, max_size=5).map(tuple),
    supplement=st.sampled_from([False, False, False, True]),
)
FILES = st.lists(FILE, min_size=1, max_size=2, unique_by=lambda file: file.name)
IMPORT = st.tuples(st.just("import"), FILES, st.sampled_from(MONTHS), st.sampled_from(["ask", *Conflict]))
DECIDE = st.tuples(st.just("decide"), st.integers(0, 5), st.sampled_from([1, 2, 3, None]))
TURN = st.tuples(st.just("turn"), st.integers(0, 9))
ISSUE = st.tuples(st.just("issue"), st.sampled_from(MONTHS))
CONFIRM = st.tuples(st.just("confirm"), st.integers(1, 3))
EVENT = st.one_of(IMPORT, IMPORT, IMPORT, TURN, CONFIRM, ISSUE, DECIDE)
HISTORY = st.builds(
    lambda first, second, rest: [first, second, *rest], IMPORT, EVENT | ISSUE, st.lists(EVENT, min_size=2, max_size=6)
)


class Both:
    """A registry on the disk and the one by hand, which are told the same."""

    def __init__(self, folder):
        self.registry, self.hand, self.ids = Registry(pathlib.Path(folder) / "台账库"), ByHand(), []

    def happens(self, event):
        kind, *what = event
        getattr(self, f"do_{kind}")(*what)
        assert len(self.ids) == len(self.hand.entries)

    def do_import(self, files, period, how):
        done = merge(batch(files, period), self.registry, policy=POLICIES[how])
        new, held = self.hand.bring(files, period, how)
        assert bool(done.batch_id) == new
        assert {f.place.file for f in done.findings if f.code == "MG11"} == {file.name for file in held}
        if new:
            self.ids.append(done.batch_id)

    def do_turn(self, number):
        if self.ids:
            entry = self.hand.entries[number % len(self.ids)]
            again = [e for e in self.hand.entries if e is not entry and e.kind == "issue" and e.in_force]
            if entry.kind == "issue" and not entry.in_force and any(e.period == entry.period for e in again):
                with pytest.raises(RegistryError, match="已经另行印发"):
                    self.registry.restore(self.ids[number % len(self.ids)])
                return
            (self.registry.undo if entry.in_force else self.registry.restore)(self.ids[number % len(self.ids)])
            entry.in_force = not entry.in_force

    def do_issue(self, period):
        if period not in self.hand.announced():
            self.ids.append(self.registry.issue(period))
            self.hand.issue(period)

    def do_decide(self, number, value):
        asked = [place for place in self.hand.disputes() if place[2] == "member_count"]
        if asked:
            table, key, field = asked[number % len(asked)]
            stated = sorted(str(one) for one in self.hand.disputes()[table, key, field])
            record = {"table": table, "key": key, "field": field, "value": value, "stated": stated}
            done = self.registry.record("decide", [record], received=dt.date(2024, 7, 1))
            assert bool(done) == self.hand.decide(table, key, value)
            self.ids += [done] if done else []

    def do_confirm(self, number):
        waiting = self.hand.files("held")[:number]
        names = {(self.hand.entries[n].period, file.name) for n, file in waiting}
        found = [one.id for one in self.registry.state.waiting if (one.period, one.file) in names]
        assert len(found) == len(waiting)
        if waiting:
            self.ids.append(self.registry.confirm(found))
            self.hand.confirm([(self.hand.entries[n].period, file) for n, file in waiting])


def current(registry):
    found = {}
    for table in TABLES:
        rows = registry.current(table)
        if len(rows):
            said = zip(*(rows[c] for c in ("member_count", "village", "_file", "_row")), strict=True)
            found |= {(table, key): tuple(map(natural, one)) for key, one in zip(rows["_key"], said, strict=True)}
    return found


def disputes(registry):
    found = registry.disputes().groupby(["table", "key", "field"])["value"]
    return {place: {json.loads(value) for value in values} for place, values in found}


def versions(registry, table, key):
    try:
        found = registry.history(table, key)
    except RegistryError:
        return []
    found = found[found["batch"].isin([entry.batch for entry in registry.state.imports])]
    return list(zip(found["file"], found["row"], found["state"], strict=True))


@settings(max_examples=EXAMPLES, deadline=None)
@given(HISTORY)
def test_it_says_what_keeping_it_by_hand_says_and_every_row_is_accounted_for(history):
    with tempfile.TemporaryDirectory() as folder:
        both = Both(folder)
        for event in history:
            both.happens(event)
            assert current(both.registry) == both.hand.current()
            assert disputes(both.registry) == both.hand.disputes()
        for table in TABLES:
            for key in KEYS:
                found = versions(both.registry, table, key)
                assert sorted(found) == sorted(both.hand.versions(table, key))
                in_force = any(state == "active" for *_, state in found)
                assert in_force == ((table, key) in current(both.registry))


@settings(max_examples=EXAMPLES, deadline=None)
@given(HISTORY, IMPORT)
def test_twice_is_once_and_undone_is_never(history, last):
    with tempfile.TemporaryDirectory() as folder:
        both = Both(folder)
        for event in history:
            both.happens(event)
        before = current(both.registry)
        done = merge(batch(*last[1:3]), both.registry)
        after = current(both.registry)
        assert merge(batch(*last[1:3]), both.registry).batch_id == ""
        assert current(both.registry) == after
        if done.batch_id:
            undone = both.registry.undo(done.batch_id)
            assert current(both.registry) == before
            both.registry.undo(undone.id)
            assert current(both.registry) == after


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(IMPORT, min_size=1, max_size=4))
def test_what_a_batch_says_it_changed_is_what_changed(history):
    with tempfile.TemporaryDirectory() as folder:
        registry = Registry(pathlib.Path(folder) / "台账库")
        for event in history:
            before = current(registry)
            done = merge(batch(*event[1:3]), registry)
            after = current(registry)
            for table in done.added:
                was, now = ({k: v for k, v in said.items() if k[0] == table} for said in (before, after))
                assert done.added[table] == len(now.keys() - was.keys())
                assert done.removed[table] == len(was.keys() - now.keys())
                both = was.keys() & now.keys()
                assert done.changed[table] == sum(was[k][:2] != now[k][:2] for k in both)
