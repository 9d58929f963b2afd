"""References that may mean several households, children or villages: what the office is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd

from bangfu_excel.core.rows import Outcome, Rows
from bangfu_excel.core.standing import CONFIRMED_BY
from bangfu_excel.core.table import Table
from bangfu_excel.link.aims import VILLAGES
from bangfu_excel.link.beside import HOUSEHOLD
from bangfu_excel.link.confirmed import as_confirmed
from bangfu_excel.link.households import Recipients, find_recipients
from bangfu_excel.link.recipients import AMBIGUOUS, Resolved
from bangfu_excel.link.references import references_in

ASKED_COLUMNS = ("table", "row", *CONFIRMED_BY, "candidates", "words")


def ambiguous_references(
    rows: Rows, known: Callable[[], Mapping[str, pd.DataFrame]], tables: Mapping[str, Table]
) -> pd.DataFrame:
    """`ASKED_COLUMNS`, one row a linked row that was returned because whom it means is ambiguous, and still is among `known`.

    known: gives what is registered, the households of `rows` included; asked only where a row waits · row: its label in the
    frame of its table · the reference as a confirmation of it is kept · candidates: tuple of keys · words: each of them in
    words, all different; () for households.
    """
    references = references_in(tables)
    waiting = {name: frame[_waits(frame)] for name, frame in rows.frames.items() if name in references}
    waiting = {name: frame for name, frame in waiting.items() if len(frame) and name != HOUSEHOLD}
    if not waiting:
        return pd.DataFrame(columns=list(ASKED_COLUMNS))
    taken = {name: frame.assign(_outcome=Outcome.ACCEPTED).reset_index(drop=True) for name, frame in waiting.items()}
    asked = Rows(taken, rows.sources)  # as they were when they were linked: only what is unclear returned them
    found = find_recipients(asked, known(), tables)
    parts = []
    for name, frame in waiting.items():
        for refs, resolved in _met(found, name):
            unclear = as_confirmed(asked, name, refs[resolved.how == AMBIGUOUS], references[name])
            keys = resolved.candidates.groupby("at")["key"].agg(lambda keys: tuple(sorted(keys)))
            told = unclear.reindex(columns=list(CONFIRMED_BY)).assign(
                table=name, row=frame.index.take(unclear.index), candidates=keys.reindex(unclear.index)
            )
            words = [_words(found, *one) for one in zip(told["candidates"], told["beyond"], strict=True)]
            parts.append(told.assign(words=pd.Series(words, index=told.index, dtype="object"))[list(ASKED_COLUMNS)])
    return pd.concat(parts, ignore_index=True)


def others_known(known: Mapping[str, pd.DataFrame], tables: Mapping[str, Table]) -> tuple[str, ...]:
    """The keys of the children and villages among what is registered."""
    return tuple(find_recipients(Rows({}, ()), known, tables).others.keys)


def _met(found: Recipients, table: str) -> Iterator[tuple[pd.DataFrame, Resolved]]:
    yield found.refs[table], found.resolved[table]
    if table in found.beyond:
        yield found.beyond[table].refs, found.beyond[table].resolved


def _words(found: Recipients, keys: Sequence[str], beyond: object) -> tuple[str, ...]:
    if not isinstance(beyond, str):
        return ()
    called = found.others.villages.called if beyond == VILLAGES else found.others.children.called
    words = [called(key) for key in keys]
    return tuple(
        f"{text}，第{words[: at + 1].count(text)}个" if words.count(text) > 1 else text for at, text in enumerate(words)
    )


def _waits(frame: pd.DataFrame) -> pd.Series:
    return (frame["_link"] == AMBIGUOUS) & frame["_recipient"].isna() & (frame["_outcome"] == Outcome.RETURNED)
