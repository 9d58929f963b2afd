"""What was due and what was met: per actor, subject and window.

A span is due in a window when it covers at least the cadence's share of it (a half by default; days on which the actor was excused
are not covered) and what it covers has ended by the reference day. Where actors followed one another within a window, so that none
of them covers that share but all together do, it is due from the last. An actor has met it with enough days of his own; what
others who were responsible then did counts for the subject (`subject_count`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.assess.duties import Duties
from bangfu_excel.assess.facts import Ints
from bangfu_excel.core.scheme import Cadence

_FAR = np.datetime64("2250-01-01", "ns")
_LONG_AGO = np.datetime64("1800-01-01", "ns")
_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Obliged:
    """rows: a row an actor, subject and window that a span touches: actor, subject, window, due_from, due_to, days, count,
    subject_count, due (what it covers is too little or not over where it is False) · credited: a row a counted act: at
    (position in `rows`), date.
    """

    rows: pd.DataFrame
    credited: pd.DataFrame

    def days_of(self, *by: pd.Series | Ints) -> Ints:
        """Of each row the days with an act by any of those that are equal in `by`."""
        group = pd.factorize(number_of(*by))[0]
        at = self.credited["at"].to_numpy()
        days = pd.DataFrame({"group": group[at], "date": self.credited["date"].to_numpy()}).drop_duplicates()
        found: Ints = np.bincount(days["group"], minlength=len(self.rows))[group] if len(group) else group
        return found


def obliged(duties: Duties, windows: pd.DataFrame, cadence: Cadence, day: dt.date, away: pd.DataFrame) -> Obliged:
    """What was due in these windows (see `assess.windows`) by `day`. away: actor, first, last of days on which actors were excused."""
    pieces = _pieces(_without(merged(duties.spans), away), windows, len(duties.subjects))
    covered = _covered(pieces)
    least = np.maximum(cadence.least_share * windows["days"].to_numpy()[covered["window"]], 1)
    enough = (covered["days"] >= least) | _taken_over(covered, pieces, least)
    covered["due"] = enough & (covered["due_to"] <= pd.Timestamp(day))
    found = Obliged(covered, _credited(duties.acts, covered, windows, len(duties.subjects), day))
    covered["count"] = np.bincount(found.credited["at"], minlength=len(covered))
    covered["subject_count"] = found.days_of(covered["subject"], covered["window"])
    return found


def merged(spans: pd.DataFrame) -> pd.DataFrame:
    """The spans of each actor and subject, those that overlap or follow one another as one; by actor, subject, start."""
    begin = spans["started"].fillna(pd.Timestamp(_LONG_AGO)).astype("datetime64[ns]")
    finish = spans["ended"].fillna(pd.Timestamp(_FAR)).astype("datetime64[ns]")
    rows = pd.DataFrame({"actor": spans["actor"], "subject": spans["subject"], "started": begin, "ended": finish})
    rows = rows[rows["started"] <= rows["ended"]]
    rows = rows.sort_values(["actor", "subject", "started", "ended"], kind="stable", ignore_index=True)
    if not rows.duplicated(["actor", "subject"]).any():
        return rows
    pair = [rows["actor"], rows["subject"]]
    until = rows["ended"].groupby(pair).cummax().groupby(pair).shift()
    block = (until.isna() | (rows["started"] > until + _DAY)).cumsum()
    found = rows.groupby(block.to_numpy(), as_index=False).agg(
        actor=("actor", "first"), subject=("subject", "first"), started=("started", "min"), ended=("ended", "max")
    )
    return found[["actor", "subject", "started", "ended"]]


def _without(spans: pd.DataFrame, away: pd.DataFrame) -> pd.DataFrame:
    """The spans but for the days on which their actors were excused."""
    if away.empty:
        return spans
    spells = merged(away.assign(subject=0, started=away["first"], ended=away["last"]))
    before = spells.groupby("actor")["ended"].shift() + _DAY
    free = pd.DataFrame(
        {"actor": spells["actor"], "free": before.fillna(pd.Timestamp(_LONG_AGO)), "until": spells["started"] - _DAY}
    )
    rest = spells.groupby("actor", as_index=False)["ended"].max()
    after = pd.DataFrame({"actor": rest["actor"], "free": rest["ended"] + _DAY, "until": pd.Timestamp(_FAR)})
    excused = spans["actor"].isin(spells["actor"])
    cut = spans[excused].merge(pd.concat([free, after], ignore_index=True), on="actor")
    cut = cut.assign(started=cut[["started", "free"]].max(axis=1), ended=cut[["ended", "until"]].min(axis=1))
    kept = cut.loc[cut["started"] <= cut["ended"], ["actor", "subject", "started", "ended"]]
    return pd.concat([spans[~excused], kept], ignore_index=True)


def _pieces(spans: pd.DataFrame, windows: pd.DataFrame, subjects: int) -> pd.DataFrame:
    """A row a span and window that it touches: key (of actor, subject and window), actor, subject, window, due_from, due_to, days."""
    row, window = _touched(spans, windows)
    first = np.maximum(
        spans["started"].to_numpy("datetime64[ns]")[row], windows["first"].to_numpy("datetime64[ns]")[window]
    )
    last = np.minimum(
        spans["ended"].to_numpy("datetime64[ns]")[row], windows["last"].to_numpy("datetime64[ns]")[window]
    )
    actor, subject = (spans[name].to_numpy(np.int64)[row] for name in ("actor", "subject"))
    found = pd.DataFrame(
        {
            "key": (actor * subjects + subject) * len(windows) + window, "actor": actor, "subject": subject,
            "window": window, "due_from": first, "due_to": last,
        }
    )  # fmt: skip
    return found.assign(days=(found["due_to"] - found["due_from"]).dt.days + 1)


def _covered(pieces: pd.DataFrame) -> pd.DataFrame:
    """A row an actor, subject and window; where there is a gap, from the first day to the last, and the days without it."""
    if pieces["key"].duplicated().any():
        names = {
            "actor": "first",
            "subject": "first",
            "window": "first",
            "due_from": "min",
            "due_to": "max",
            "days": "sum",
        }
        pieces = pieces.groupby("key", as_index=False).agg(names)
    return pieces.sort_values("key", ignore_index=True)


def _touched(spans: pd.DataFrame, windows: pd.DataFrame) -> tuple[Ints, Ints]:
    """Positions of the spans and windows that share a day; a window of its own subject only with his spans."""
    if "subject" in windows:
        of = pd.DataFrame({"subject": windows["subject"], "window": np.arange(len(windows))})
        pairs = pd.DataFrame({"subject": spans["subject"], "row": np.arange(len(spans))}).merge(of, on="subject")
        row, window = pairs["row"].to_numpy(np.int64), pairs["window"].to_numpy(np.int64)
    else:
        begin, finish = (spans[name].to_numpy("datetime64[ns]") for name in ("started", "ended"))
        first, last = (windows[name].to_numpy("datetime64[ns]") for name in ("first", "last"))
        at = [np.flatnonzero((begin <= last[n]) & (finish >= first[n])) for n in range(len(windows))]
        row = np.concatenate([*at, np.zeros(0, dtype=np.int64)])
        window = np.repeat(np.arange(len(windows)), [len(found) for found in at])
        return row, window
    inside = (spans["started"].to_numpy()[row] <= windows["last"].to_numpy()[window]) & (
        spans["ended"].to_numpy()[row] >= windows["first"].to_numpy()[window]
    )
    return row[inside], window[inside]


def _taken_over(covered: pd.DataFrame, pieces: pd.DataFrame, least: NDArray[np.float64]) -> NDArray[np.bool_]:
    """True for the last to begin of those who have a subject in turn, where only together they cover enough of the window."""
    together = _together(pieces)
    spans = covered.assign(least=least, at=np.arange(len(covered)))
    spans = spans.sort_values(["subject", "window", "due_from", "due_to", "key"], kind="stable")
    alone = spans["days"].groupby([spans["subject"], spans["window"]]).transform("max")
    last = ~spans.duplicated(["subject", "window"], keep="last")
    days = together.reindex(pd.MultiIndex.from_frame(spans[["subject", "window"]])).to_numpy()
    found = np.zeros(len(covered), dtype=bool)
    found[spans["at"].to_numpy()] = (last & (alone < spans["least"]) & (days >= spans["least"])).to_numpy()
    return found


def _together(pieces: pd.DataFrame) -> pd.Series:
    """(subject, window) → days on which anybody was responsible."""
    rows = pieces.sort_values(["subject", "window", "due_from", "due_to"], kind="stable")
    window = [rows["subject"], rows["window"]]
    until = (rows["due_to"] + _DAY).groupby(window).cummax().groupby(window).shift()
    fresh = rows["due_from"].where(until.isna() | (rows["due_from"] > until), until)
    days = ((rows["due_to"] + _DAY) - fresh).dt.days.clip(lower=0)
    return days.groupby(window).sum()


def _credited(
    acts: pd.DataFrame, covered: pd.DataFrame, windows: pd.DataFrame, subjects: int, day: dt.date
) -> pd.DataFrame:
    """The acts that count, one an actor, subject and day: at (row of `covered`), date."""
    counted = (acts["actor"] >= 0) & (acts["date"] <= pd.Timestamp(day))
    acts = acts.loc[counted, ["actor", "subject", "date"]].drop_duplicates()
    pair = acts["actor"].to_numpy(np.int64) * subjects + acts["subject"].to_numpy(np.int64)
    if _in_turn(windows):
        found = _at_windows(pair, acts["date"], covered, windows)
    else:
        owner = (covered["key"] // max(len(windows), 1)).rename("pair")
        rows = pd.DataFrame({"pair": owner, "at": np.arange(len(covered))})
        found = pd.DataFrame({"pair": pair, "date": acts["date"].to_numpy()}).merge(rows, on="pair")[["at", "date"]]
    within = covered.take(found["at"].to_numpy())
    date = found["date"].to_numpy()
    inside = (date >= within["due_from"].to_numpy()) & (date <= within["due_to"].to_numpy())
    return found[inside].reset_index(drop=True)


def _in_turn(windows: pd.DataFrame) -> bool:
    """Whether the windows are everybody's and none begins before the one before it has ended, so that a day is in one at most."""
    ends, begins = windows["last"].to_numpy()[:-1], windows["first"].to_numpy()[1:]
    return "subject" not in windows and bool((begins > ends).all())


def _at_windows(pair: Ints, date: pd.Series, covered: pd.DataFrame, windows: pd.DataFrame) -> pd.DataFrame:
    days = date.to_numpy("datetime64[ns]")
    window = np.searchsorted(windows["first"].to_numpy("datetime64[ns]"), days, side="right") - 1
    key = np.where(window >= 0, pair * len(windows) + window, -1)
    at = pd.Index(covered["key"]).get_indexer(pd.Index(key))
    return pd.DataFrame({"at": at, "date": days})[at >= 0]


def number_of(*columns: pd.Series | Ints) -> Ints:
    """One whole number for each combination of these non-negative whole numbers."""
    number = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        values = np.asarray(column, dtype=np.int64)
        number = number * (int(values.max(initial=0)) + 1) + values
    return number


def first_of(*columns: pd.Series | Ints) -> NDArray[np.bool_]:
    """True at the first row of each combination."""
    return np.asarray(~pd.Series(number_of(*columns)).duplicated(), dtype=bool)
