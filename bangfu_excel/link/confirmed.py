"""Whom the office said that a reference means: it is never asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.rows import Rows
from bangfu_excel.core.standing import CONFIRMED as KNOWN_AS
from bangfu_excel.core.standing import CONFIRMED_BY, submitters
from bangfu_excel.link.recipients import AMBIGUOUS, BY_NAME, CONFIRMED, NONE, Resolved


@dataclass(frozen=True)
class Confirmed:
    """Reference (as `reference_marks` writes it) → key of whom it means, or the keys of those that it does not mean."""

    references: Mapping[str, Reference]
    meant: Mapping[str, str]
    ruled_out: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, known: Mapping[str, pd.DataFrame], references: Mapping[str, Reference]) -> Confirmed:
        """What is known of confirmed references; of the same reference the last one counts."""
        frame = known.get(KNOWN_AS)
        if frame is None or frame.empty:
            return cls(references, {}, {})
        marks, keys = reference_marks(frame), frame["_key"]
        said = dict(zip(marks, zip(keys.tolist(), frame["_none_of"].fillna("").tolist(), strict=True), strict=True))
        return cls(
            references,
            {mark: key for mark, (key, _) in said.items() if isinstance(key, str)},
            {mark: frozenset(none.split("\n")) for mark, (key, none) in said.items() if not isinstance(key, str)},
        )

    def applied(
        self, rows: Rows, table: str, refs: pd.DataFrame, resolved: Resolved, there: pd.Series
    ) -> tuple[Resolved, pd.Series]:
        """`resolved` with those who were confirmed, and True for the rows of which all candidates were ruled out.

        refs, resolved: of rows of `table` · there: keys of those who can be meant. A number that is found says more than what
        was confirmed of a name. Who is not there any more is not meant, and a further candidate is asked about again.
        """
        nobody = pd.Series(np.zeros(len(refs), dtype=bool), index=refs.index)
        asked = resolved.how.isin((AMBIGUOUS, BY_NAME, NONE))
        if not (self.meant or self.ruled_out) or not asked.any():
            return resolved, nobody
        marks = reference_marks(as_confirmed(rows, table, refs[asked], self.references[table]))
        keys = marks.map(self.meant).astype("str")
        keys = keys[among(keys, there.tolist())]
        key, how = resolved.key.copy(), resolved.how.copy()
        key[keys.index], how[keys.index] = keys, CONFIRMED
        out = self._dismissed(marks.drop(keys.index), resolved)
        key[out], how[out] = None, NONE
        return Resolved(key, how, resolved.candidates), nobody.mask(nobody.index.isin(out), True)

    def _dismissed(self, marks: pd.Series, resolved: Resolved) -> list[int]:
        """The labels of those that have candidates, each of which was ruled out."""
        chosen = marks[marks.isin(list(self.ruled_out))]
        several = resolved.candidates[resolved.candidates["at"].isin(chosen.index)]
        found = several.groupby("at")["key"].agg(set).to_dict()
        one = resolved.key[chosen.index].dropna()
        found |= {label: {key} for label, key in one.items() if label not in found}
        return [label for label, keys in found.items() if keys <= self.ruled_out[chosen[label]]]


def as_confirmed(rows: Rows, table: str, refs: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """References of rows of `table` as they are confirmed: of the row's township, else of its submitter's; without a member's own number.

    So what is confirmed of a name in one township's file says nothing of another's.
    """
    townships = submitters(rows, rows[table].loc[refs.index])
    person = None if reference.owns_person else refs["person"]
    return refs.assign(township=refs["township"].fillna(townships), person=person)


def reference_marks(refs: pd.DataFrame) -> pd.Series:
    """Each reference (`CONFIRMED_BY`, as far as it has them) as one text."""
    none = pd.Series("", index=refs.index, dtype="str")
    parts = [refs[name].astype("str").fillna("") if name in refs else none for name in CONFIRMED_BY]
    return reduce(lambda left, right: left + "\n" + right, parts)
