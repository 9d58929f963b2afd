"""One row a key: where several units state a record, field by field as the county's policy and the office's decisions say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.precedence import Conflict, Policy
from bangfu_excel.merge.changes import value_text
from bangfu_excel.merge.decisions import Decision, Decisions
from bangfu_excel.merge.duplicates import compared_form
from bangfu_excel.merge.natural import placed
from bangfu_excel.merge.statements import PART, Claims, Numbers, Statements, winners_and_statements

ORIGINS = {
    "table": "str", "key": "str", "field": "str", "submission": "str", "file": "str", "sheet": "str", "row": "int64",
    "region": "int32", "cell": "str", "entry": "str",
}  # fmt: skip
"""Columns of `Resolved.origins`."""
STATED = {
    "table": "str", "key": "str", "field": "str", "text": "str", "value": "object", "precision": "str",
    "submission": "str", "file": "str", "sheet": "str", "row": "int64", "region": "int32", "stands": "bool",
}  # fmt: skip
"""Columns of `Resolved.disputes`."""
_NO_ORIGINS, _NO_DISPUTES = (
    pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in columns.items()}) for columns in (ORIGINS, STATED)
)

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Terms:
    """What settles the conflicts of a table. log: a table of which the field alone can make one ask."""

    table: str
    policy: Policy
    log: bool
    decisions: Decisions

    def conflict(self, name: str) -> Conflict:
        """The policy of a field."""
        return self.policy.conflict(self.table, name)

    def kind(self, name: str) -> str:
        """The kind of a field, where it makes two spellings one value."""
        return self.policy.kinds.get(self.table, {}).get(name, "")


@dataclass(frozen=True)
class Resolved:
    """The rows of a table, one a key, and what of them does not speak for itself.

    rows: RangeIndex; `_pending` where a field is disputed · origins: one row a value that is not of its row's own cell
    (`ORIGINS`): of another submission's row, or of the office's workbook, whose cell and entry are given then ("" else, and
    submission is "") · disputes: one row a stated value of a disputed field (`STATED`), the newest first; stands: it is the
    value that stands meanwhile · several: keys that rest on several statements · outvoted: the other rows that state
    them: key, submission, row.
    """

    rows: pd.DataFrame
    origins: pd.DataFrame
    disputes: pd.DataFrame
    several: frozenset[str]
    outvoted: pd.DataFrame


@dataclass(frozen=True)
class _Field:
    """One field of the keys that several rows state: whose value each key has, which keys are disputed, what was decided.

    chosen: position in `Statements.at`, of the key's newest row where it states the same · stated, alike: of each
    statement: does it state a value, the one that stands.
    """

    name: str
    chosen: Numbers
    disputed: Mask
    stated: Mask
    alike: Mask
    decided: dict[int, Decision] = field(default_factory=dict)


def resolved(rows: pd.DataFrame, claims: Claims, terms: Terms) -> Resolved:
    """`rows` (stacked parts, with `PART`; `_submission` …) with one row a key, in their order."""
    winners, statements = winners_and_statements(rows, claims)
    own = rows if len(winners) == len(rows) else rows.take(winners)
    own = own.drop(columns=PART).reset_index(drop=True).assign(_pending=False)
    if not len(statements.at):
        return Resolved(own, no_origins(), no_disputes(), frozenset(), _outvoted(rows, statements))
    at_row = np.searchsorted(winners, statements.at[statements.start])
    fields = list(_Settling(rows, statements, terms).fields())
    return Resolved(
        rows=_with_values(own, rows, statements, at_row, fields),
        origins=pd.concat([no_origins(), *_origins(rows, statements, terms, fields)], ignore_index=True),
        disputes=pd.concat([no_disputes(), *_disputes(rows, statements, terms, fields)], ignore_index=True),
        several=frozenset(own["_key"].take(at_row)),
        outvoted=_outvoted(rows, statements),
    )


def no_origins() -> pd.DataFrame:
    """An empty frame of `ORIGINS`."""
    return _NO_ORIGINS.copy()


def no_disputes() -> pd.DataFrame:
    """An empty frame of `STATED`."""
    return _NO_DISPUTES.copy()


@dataclass(frozen=True)
class _Settling:
    rows: pd.DataFrame
    statements: Statements
    terms: Terms

    def fields(self) -> Iterator[_Field]:
        """What becomes of each field that somebody states."""
        for name in self.rows.columns:
            if not name.startswith("_") and "__" not in name:
                stated = self.rows[name].notna().to_numpy()[self.statements.at]
                if stated.any():
                    yield self._field(name, stated)

    def _field(self, name: str, stated: Mask) -> _Field:
        st, how = self.statements, self.terms.conflict(name)
        chosen = _first(st, stated, st.order(how))
        alike = stated.copy()
        others = np.flatnonzero(stated & (chosen[st.group] != np.arange(len(stated))))
        alike[others] = self._alike(name, st.at[others], st.at[chosen[st.group[others]]])
        chosen = np.where(alike[st.start], st.start, chosen)
        claim = st.claim(how)
        equal = stated if how is Conflict.ASK else stated & (claim == claim[chosen][st.group])
        disputed = np.zeros(len(st.start), dtype=bool)
        if how is Conflict.ASK or not self.terms.log:
            disputed[st.group[equal & ~alike]] = True
        decided = self._decided(name, stated)
        disputed[list(decided)] = False
        return _Field(name, chosen, disputed, stated, alike, decided)

    def _alike(self, name: str, one: Numbers, other: Numbers) -> Mask:
        """Which of these rows state the same as those beside them (positions in the stack), as a clerk compares them."""
        same = _equal(self.rows[name], one, other)
        kind = self.terms.kind(name)
        unlike = np.flatnonzero(~same)
        if kind and len(unlike):
            ours, theirs = (compared_form(self.rows[name].take(at[unlike]), kind) for at in (one, other))
            same[unlike] = (ours.to_numpy() == theirs.to_numpy()) & ours.notna().to_numpy()
        for beside, nothing in (("precision", ""), ("approx", False)):
            column = self.rows.get(f"{name}__{beside}")
            if column is not None and column.notna().any():
                same &= _equal(column.fillna(nothing), one, other)
        return same

    def _decided(self, name: str, stated: Mask) -> dict[int, Decision]:
        """Number of a key → the decision that holds for this field of it."""
        asked = self.terms.decisions.get(name, {})
        if not asked:
            return {}
        st, kind = self.statements, self.terms.kind(name)
        keys = self.rows["_key"].take(st.at[st.start]).tolist()
        found = {}
        for number, key in enumerate(keys):
            if key in asked:
                members = np.arange(st.start[number], st.end[number])
                texts = _texts(self.rows, name, st.at[members[stated[members]]])
                holding = [decision for decision in asked[key] if decision.settles(texts, kind)]
                if len(set(texts)) > 1 and holding:
                    found[number] = holding[0]
        return found


def _first(st: Statements, stated: Mask, order: Numbers) -> Numbers:
    """Of each key the first statement in `order` that states a value; its newest row where none does."""
    places = np.where(stated[order], np.arange(len(order)), len(order))
    first = np.minimum.reduceat(places, st.start)
    return np.where(first < len(order), order[np.minimum(first, len(order) - 1)], st.start)


def _equal(column: pd.Series, one: Numbers, other: Numbers) -> Mask:
    left, right = column.array.take(one), column.array.take(other)
    return np.array(pd.Series(left == right).fillna(False), dtype=bool)


def _texts(rows: pd.DataFrame, name: str, at: Numbers) -> list[str]:
    precision = rows.get(f"{name}__precision")
    beside = precision.take(at).tolist() if precision is not None else [None] * len(at)
    return [value_text(value, said) for value, said in zip(rows[name].take(at).tolist(), beside, strict=True)]


def _with_values(
    own: pd.DataFrame, rows: pd.DataFrame, st: Statements, at_row: Numbers, fields: list[_Field]
) -> pd.DataFrame:
    """The rows with the values that others state, with what was decided, and marked where a field is disputed."""
    columns: dict[str, pd.Series] = {}
    pending = np.zeros(len(own), dtype=bool)
    for one in fields:
        pending[at_row[one.disputed]] = True
        other = np.flatnonzero(one.chosen != st.start)
        for name in (one.name, f"{one.name}__precision", f"{one.name}__approx") if len(other) else ():
            if name in rows:
                values = own[name].array.copy()
                values[at_row[other]] = rows[name].array.take(st.at[one.chosen[other]])
                columns[name] = pd.Series(values, index=own.index)
    settled = own.assign(**columns, _pending=pending)
    for one in fields:
        if one.decided:
            said = [(decision.value, decision.precision) for decision in one.decided.values()]
            settled = placed(settled, one.name, at_row[list(one.decided)].tolist(), said)
    return settled


def _origins(rows: pd.DataFrame, st: Statements, terms: Terms, fields: list[_Field]) -> Iterator[pd.DataFrame]:
    for one in fields:
        moved = one.chosen != st.start
        moved[list(one.decided)] = False
        if moved.any():
            yield _stated_at(rows, st.at[one.chosen[moved]], terms.table, one.name).assign(
                cell="", entry=""
            )[list(ORIGINS)].astype(ORIGINS)  # fmt: skip
        if one.decided:
            keys = rows["_key"].take(st.at[st.start[list(one.decided)]]).tolist()
            said = [
                (terms.table, key, one.name, "", decision.file, decision.sheet, -1, -1, decision.cell, decision.batch)
                for key, decision in zip(keys, one.decided.values(), strict=True)
            ]
            yield pd.DataFrame.from_records(said, columns=list(ORIGINS)).astype(ORIGINS)


def _disputes(rows: pd.DataFrame, st: Statements, terms: Terms, fields: list[_Field]) -> Iterator[pd.DataFrame]:
    for one in fields:
        asked = np.flatnonzero(one.stated & one.disputed[st.group])
        if not len(asked):
            continue
        at = st.at[asked]
        precision = rows.get(f"{one.name}__precision")
        yield _stated_at(rows, at, terms.table, one.name).assign(
            text=pd.Series(_texts(rows, one.name, at), dtype="str"),
            value=pd.Series(rows[one.name].take(at).tolist(), dtype="object"),
            precision="" if precision is None else precision.take(at).fillna("").to_numpy(),
            stands=one.alike[asked],
        )[list(STATED)].astype(STATED)  # fmt: skip


def _stated_at(rows: pd.DataFrame, at: Numbers, table: str, name: str) -> pd.DataFrame:
    found = rows[["_key", "_submission", "_file", "_sheet", "_row", "_region"]].take(at).reset_index(drop=True)
    return found.rename(columns=lambda column: column.removeprefix("_")).assign(table=table, field=name)


def _outvoted(rows: pd.DataFrame, st: Statements) -> pd.DataFrame:
    others = np.delete(st.at, st.start)
    found = rows[["_key", "_submission", "_row", "_region"]].take(others).reset_index(drop=True)
    return found.rename(columns=lambda column: column.removeprefix("_"))
