"""Which rows state a record: of each unit, those of its newest batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.precedence import Conflict
from bangfu_excel.merge.state import Part, State

PART = "_part"
"""Column of stacked rows: the position of the part that a row belongs to."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Claims:
    """What the parts of a table weigh, by position: rank (of the batch: the larger, the newer), submitter, trust (0 is most)."""

    rank: Numbers
    submitter: Numbers
    trust: Numbers

    @classmethod
    def of(cls, parts: Sequence[Part], state: State, table: str) -> Claims:
        """The claims of these parts under the state's policy."""
        order = [state.precedence(part.submission, table) for part in parts]
        ranked = {place: number for number, place in enumerate(sorted(set(order)))}
        names = [part.submission.submitter for part in parts]
        numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
        listed = {name: number for number, name in enumerate(state.policy.rank)}
        return cls(
            np.array([ranked[place] for place in order], dtype=np.int64),
            np.array([numbers[name] for name in names], dtype=np.int64),
            np.array([listed.get(name, len(listed)) for name in names], dtype=np.int64),
        )


@dataclass(frozen=True)
class Statements:
    """The rows that state keys which several rows state: positions in the stack, key after key, the newest first.

    Of one batch the one that was read first comes first. group: the number of each row's key · start: where each key begins ·
    rank, trust: of each row.
    """

    at: Numbers
    group: Numbers
    start: Numbers
    rank: Numbers
    trust: Numbers

    @cached_property
    def end(self) -> Numbers:
        """Where each key ends."""
        return np.append(self.start[1:], len(self.at))

    def order(self, policy: Conflict) -> Numbers:
        """Positions in `at`, key after key, the row first whose word stands first under `policy`."""
        match policy:
            case Conflict.SOURCE:
                return np.lexsort((np.arange(len(self.at)), self.trust, self.group))
            case Conflict.FILL:
                return np.lexsort((np.arange(len(self.at)), self.rank, self.group))
        return np.arange(len(self.at))

    def claim(self, policy: Conflict) -> Numbers:
        """A number for each row: those with the same one in a key claim it equally."""
        return self.trust * (self.rank.max(initial=0) + 1) + self.rank if policy is Conflict.SOURCE else self.rank


def winners_and_statements(rows: pd.DataFrame, claims: Claims) -> tuple[Numbers, Statements]:
    """Positions of one row a key (its newest statement), in their order; and the statements of keys that have several.

    Rows without a key are one where all their values are equal. Records exploded from one row of a sheet state a key once.
    """
    part = rows[PART].to_numpy()
    codes, keys = _identities(rows)
    if keys == len(rows):
        return np.arange(len(rows)), _grouped(codes[:0], codes, part, claims)
    newest_first = np.argsort(-claims.rank[part], kind="stable")
    repeated = pd.Series(codes[newest_first]).duplicated().to_numpy()
    if not repeated.any():
        return np.arange(len(rows)), _grouped(newest_first[:0], codes, part, claims)
    several = np.zeros(codes.max() + 1, dtype=bool)
    several[codes[newest_first[repeated]]] = True
    several[keys:] = False
    found = newest_first[several[codes[newest_first]]]
    found = found[np.argsort(codes[found], kind="stable")]
    found = found[_of_newest_batch(codes[found], claims.submitter[part[found]], claims.rank[part[found]])]
    whence = rows[["_region", "_row"]].take(found).assign(code=codes[found], part=part[found])
    return np.sort(newest_first[~repeated]), _grouped(found[~whence.duplicated().to_numpy()], codes, part, claims)


def _of_newest_batch(codes: Numbers, submitter: Numbers, rank: Numbers) -> NDArray[np.bool_]:
    """Which rows (of each key the newest first) are of the newest batch in which their submitter states the key."""
    stating, pairs = pd.factorize(codes * (submitter.max(initial=0) + 1) + submitter)
    newest = np.zeros(len(pairs), dtype=np.int64)
    newest[stating[::-1]] = rank[::-1]
    return np.asarray(rank == newest[stating])


def _grouped(at: Numbers, codes: Numbers, part: Numbers, claims: Claims) -> Statements:
    """The statements at these positions, without keys that have but one."""
    group, _ = pd.factorize(codes[at])
    many = np.bincount(group, minlength=1)[group] > 1 if len(at) else np.zeros(0, dtype=bool)
    at = at[many]
    group = pd.factorize(codes[at])[0].astype(np.int64)
    start = np.flatnonzero(np.diff(group, prepend=-1))
    return Statements(at, group, start, claims.rank[part[at]], claims.trust[part[at]])


def _identities(rows: pd.DataFrame) -> tuple[Numbers, int]:
    """A number for each key, and how many there are; rows without one get a larger number for each distinct content."""
    found, keys = pd.factorize(rows["_key"])
    numbers = np.array(found, dtype=np.int64)
    keyless = np.flatnonzero(numbers < 0)
    if len(keyless):
        said = rows[[n for n in rows.columns if n == "_recipient" or not n.startswith("_")]].take(keyless)
        contents = pd.util.hash_pandas_object(said, index=False)
        numbers[keyless] = len(keys) + pd.factorize(contents)[0]
    return numbers, len(keys)
