"""What was due and met against a slow reference that a reader can check by eye: day by day, whatever the windows are."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from bangfu_excel.assess.duties import Duties
from bangfu_excel.assess.obliged import merged, obliged
from bangfu_excel.core.scheme import Cadence

FIRST = dt.date(2024, 2, 20)  # a leap day, the end of a month
SPAN = 12
DAYS = [FIRST + dt.timedelta(days=n) for n in range(SPAN)]
numbers, offsets = st.integers(0, 1), st.integers(0, SPAN - 1)
edges = st.tuples(offsets, offsets).map(sorted)
spans = st.lists(st.tuples(numbers, numbers, edges, st.booleans(), st.booleans()), max_size=7)
stretches = st.lists(st.tuples(numbers, edges), max_size=3)
acts = st.lists(st.tuples(st.integers(-1, 1), numbers, offsets), max_size=25)
windows = st.lists(st.tuples(edges, st.none() | numbers), min_size=1, max_size=4)


def frame_of_spans(rows):
    return pd.DataFrame(
        [
            (actor, subject, pd.NaT if openly else DAYS[first], pd.NaT if endless else DAYS[last])
            for actor, subject, (first, last), openly, endless in rows
        ],
        columns=["actor", "subject", "started", "ended"],
    ).astype({"actor": "int64", "subject": "int64", "started": "datetime64[ns]", "ended": "datetime64[ns]"})


def frame_of_windows(rows, own):
    found = pd.DataFrame(
        [(DAYS[first], DAYS[last], last - first + 1, f"{n}") for n, ((first, last), _) in enumerate(rows)],
        columns=["first", "last", "days", "label"],
    ).astype({"first": "datetime64[ns]", "last": "datetime64[ns]"})
    return found.assign(subject=[subject or 0 for _, subject in rows]) if own else found


def reference(rows, windows, own, acts, away, cadence, day):
    """(actor, subject, window) → (days of his own, days of anybody who was responsible), of what is due."""
    excused = {(actor, at) for actor, (first, last) in away for at in range(first, last + 1)}

    def responsible(actor, subject):
        days = set()
        for one, other, (first, last), openly, endless in rows:
            if (one, other) == (actor, subject):
                days |= set(range(0 if openly else first, (SPAN if endless else last + 1)))
        return {at for at in days if (actor, at) not in excused}

    due = {}
    for number, ((first, last), of) in enumerate(windows):
        for subject in range(3):
            if own and subject != (of or 0):
                continue
            held = {a: sorted(at for at in responsible(a, subject) if first <= at <= last) for a in range(3)}
            held = {actor: days for actor, days in held.items() if days}
            least = max(cadence.least_share * (last - first + 1), 1)
            asked = {actor for actor, days in held.items() if len(days) >= least}
            if held and not asked and len(set().union(*held.values())) >= least:
                asked = {max(held, key=lambda actor: (held[actor][0], held[actor][-1], actor))}

            def counted(actors, held=held, subject=subject):
                return {
                    at for actor, whom, at in acts
                    if actor in actors and whom == subject and held[actor][0] <= at <= held[actor][-1] and DAYS[at] <= day
                }  # fmt: skip

            for actor in asked:
                if DAYS[held[actor][-1]] <= day:
                    due[actor, subject, number] = (len(counted({actor})), len(counted(set(held))))
    return due


@given(
    spans,
    windows,
    st.booleans(),
    acts,
    stretches,
    st.sampled_from([0.5, 0.8, 1.0]),
    st.sampled_from([DAYS[-1], DAYS[8]]),
)
def test_it_equals_the_reference(rows, asked, own, done, away, share, day):
    cadence = Cadence(id="c", title="c", least_share=share)
    who = pd.DataFrame({"key": list("abc"), "name": list("abc")})
    acted = pd.DataFrame([(a, s, DAYS[at]) for a, s, at in done], columns=["actor", "subject", "date"])
    acted = acted.astype({"actor": "int64", "subject": "int64", "date": "datetime64[ns]"})
    absent = pd.DataFrame([(a, DAYS[f], DAYS[t]) for a, (f, t) in away], columns=["actor", "first", "last"])
    absent = absent.astype({"actor": "int64", "first": "datetime64[ns]", "last": "datetime64[ns]"})
    asked = sorted(asked, key=lambda one: one[0])
    found = obliged(Duties(who, who, frame_of_spans(rows), acted), frame_of_windows(asked, own), cadence, day, absent)
    due = found.rows[found.rows["due"]]
    keys = zip(due["actor"], due["subject"], due["window"], strict=True)
    counts = zip(due["count"], due["subject_count"], strict=True)
    assert dict(zip(keys, counts, strict=True)) == reference(rows, asked, own, done, away, cadence, day)


@given(spans)
def test_merged_spans_of_a_pair_never_touch_and_cover_the_same_days(rows):
    frame = frame_of_spans(rows)
    found = merged(frame)
    for pair, own in found.groupby(["actor", "subject"]):
        assert (own["started"].to_numpy()[1:] > own["ended"].to_numpy()[:-1] + pd.Timedelta(days=1).to_numpy()).all()
        theirs = frame[(frame["actor"] == pair[0]) & (frame["subject"] == pair[1])]
        for day in map(pd.Timestamp, DAYS):
            before = (~(theirs["started"] > day) & ~(theirs["ended"] < day)).any()
            assert before == ((own["started"] <= day) & (own["ended"] >= day)).any()


def test_days_between_two_spells_of_a_pair_are_not_covered_but_both_are_one_window():
    rows = [(0, 0, (0, 3), False, False), (0, 0, (8, 11), False, False)]
    who = pd.DataFrame({"key": ["a"], "name": ["a"]})
    acted = pd.DataFrame({"actor": [0], "subject": [0], "date": pd.to_datetime([DAYS[10]]).astype("datetime64[ns]")})
    nobody = pd.DataFrame({"actor": [], "first": [], "last": []})
    for share, due in ((0.6, True), (0.7, False)):
        cadence = Cadence(id="c", title="c", least_share=share)
        duties = Duties(who, who, frame_of_spans(rows), acted)
        (found,) = obliged(
            duties, frame_of_windows([((0, 11), None)], False), cadence, DAYS[-1], nobody
        ).rows.itertuples()
        assert (found.due, found.days, found.count) == (due, 8, 1)


def test_days_on_which_nobody_was_responsible_are_not_made_up_for_by_a_successor():
    rows = [(0, 0, (0, 2), False, False), (1, 0, (9, 11), False, False)]
    who = pd.DataFrame({"key": list("ab"), "name": list("ab")})
    acted = pd.DataFrame({"actor": [], "subject": [], "date": pd.to_datetime([])})
    nobody = pd.DataFrame({"actor": [], "first": [], "last": []})
    cadence = Cadence(id="c", title="c", least_share=0.8)
    found = obliged(
        Duties(who, who, frame_of_spans(rows), acted),
        frame_of_windows([((0, 11), None)], False),
        cadence,
        DAYS[-1],
        nobody,
    )
    assert not found.rows["due"].any()


def test_what_a_successor_did_after_the_reference_day_does_not_count_for_the_subject_yet():
    rows = [(0, 0, (0, 5), False, False), (1, 0, (6, 11), False, False)]
    who = pd.DataFrame({"key": list("ab"), "name": list("ab")})
    nobody = pd.DataFrame({"actor": [], "first": [], "last": []})
    window, cadence = frame_of_windows([((0, 11), None)], False), Cadence(id="c", title="c", least_share=0.5)
    for day, counted in ((DAYS[8], 1), (DAYS[9], 2)):
        acted = pd.DataFrame({"actor": [0, 1], "subject": [0, 0], "date": pd.to_datetime([DAYS[2], DAYS[9]])})
        duties = Duties(who, who, frame_of_spans(rows), acted.astype({"date": "datetime64[ns]"}))
        due = obliged(duties, window, cadence, day, nobody).rows
        assert due.loc[due["due"], ["actor", "count", "subject_count"]].to_numpy().tolist() == [[0, 1, counted]]
