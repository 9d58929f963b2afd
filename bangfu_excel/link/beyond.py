"""Recipients that are no households: children, villages, schools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.rows import Rows
from bangfu_excel.core.table import Table
from bangfu_excel.link.aims import ANY, CHILDREN, SCHOOLS, VILLAGES, wider_references
from bangfu_excel.link.children import CHILD, Children, child_keys, own_child_keys
from bangfu_excel.link.confirmed import Confirmed
from bangfu_excel.link.directory import Directory
from bangfu_excel.link.keys import ladder_keys
from bangfu_excel.link.recipients import AMBIGUOUS, BY_NAME, EXACT, NONE, Resolved
from bangfu_excel.link.references import references_of
from bangfu_excel.link.villages import VILLAGE, Villages, resolve_schools


@dataclass(frozen=True)
class Beyond:
    """Rows of a table that mean no household: what they say (`wider_references`, and `beyond`: whether a child or a village, missing
    for a school), what became of it, whether a roster judges it, and True where the office ruled out all who could be meant.
    """

    refs: pd.DataFrame
    resolved: Resolved
    judged: pd.Series
    dismissed: pd.Series = field(default_factory=lambda: pd.Series(dtype=bool))

    @property
    def missing(self) -> pd.Series:
        """True where somebody is named whom the roster does not know."""
        return (self.resolved.how == NONE) & self.judged & ~self.dismissed

    @property
    def unclear(self) -> pd.Series:
        """True where several could be meant."""
        return self.resolved.how == AMBIGUOUS

    def confirmed(self, said: Confirmed, rows: Rows, table: str, there: pd.Series) -> Beyond:
        """With those whom the office said to be meant; there: keys of all who can be."""
        resolved, dismissed = said.applied(rows, table, self.refs, self.resolved, there)
        return replace(self, resolved=resolved, dismissed=dismissed)


@dataclass(frozen=True)
class Others:
    """The children, villages and schools of a run and of what is registered. own: table → key of each row of their rosters."""

    children: Children
    villages: Villages
    own: Mapping[str, pd.Series]

    @classmethod
    def of(
        cls, rows: Rows, known: Mapping[str, pd.DataFrame], tables: Mapping[str, Table], homes: pd.DataFrame
    ) -> Others:
        """homes: the places of households, in matching form."""
        own: dict[str, pd.Series] = {}
        submitted = rows.frames.get(CHILD)
        if submitted is not None:
            own[CHILD] = child_keys(submitted, tables[CHILD], known.get(CHILD))
            submitted = submitted.assign(_key=own[CHILD])
        if VILLAGE in rows:
            own[VILLAGE] = ladder_keys(rows[VILLAGE], tables[VILLAGE])
        villages = Villages.of((rows.frames.get(VILLAGE), known.get(VILLAGE)), (homes,))
        return cls(Children.of(submitted, known.get(CHILD)), villages, own)

    def with_registered(self, pairings: pd.DataFrame | None, reference: Reference) -> Others:
        """With the children whom registered pairings name and no roster does."""
        if pairings is None or pairings.empty:
            return self
        wide = wider_references(pairings, reference, references_of(pairings, reference))
        wide = wide[wide["aim"] == CHILDREN].assign(key=pairings["_recipient"].astype("str"))
        alone = wide[self.children.resolve(wide).how == NONE]
        return replace(self, children=self.children.joined(alone))

    def with_paired(self, paired: Beyond | None) -> Others:
        """With the children among these rows who are on no roster."""
        if paired is None:
            return self
        key, how = paired.resolved.key, paired.resolved.how
        alone = (paired.refs["aim"] == CHILDREN) & (how == NONE) & key.notna()
        return replace(self, children=self.children.joined(paired.refs.assign(key=key)[alone]))

    @property
    def keys(self) -> pd.Series:
        """Of all children and villages."""
        return pd.concat([self.children.entries["key"], self.villages.keys], ignore_index=True)

    def take(self, wide: pd.DataFrame, found: Resolved, directory: Directory) -> Beyond | None:
        """Of the rows `wide` those that mean no household; None where all may. found: the households of those that name somebody."""
        parts = [
            self._villages(wide[wide["aim"] == VILLAGES]),
            self._schools(wide[wide["aim"] == SCHOOLS]),
            self._pupils(wide[wide["aim"] == CHILDREN], found),
            self._anybody(wide[(wide["aim"] == ANY) & wide["id"].isna()], found, directory),
        ]
        there = [part for part in parts if part is not None and len(part.refs)]
        return _together(there) if there else None

    def _villages(self, asked: pd.DataFrame) -> Beyond | None:
        return Beyond(asked, *self.villages.resolve(asked)) if len(asked) else None

    def _schools(self, asked: pd.DataFrame) -> Beyond | None:
        return Beyond(asked, resolve_schools(asked), pd.Series(False, index=asked.index)) if len(asked) else None

    def _pupils(self, asked: pd.DataFrame, found: Resolved) -> Beyond | None:
        """Children: of a roster of children first, else the household whose member they are, else by what the row says itself."""
        if asked.empty:
            return None
        child = self.children.resolve(asked)
        at_home = found.how.reindex(asked.index)
        taken = child.how.notna() & ((child.how != NONE) | at_home.isna() | (at_home == NONE))
        asked, child = asked[taken], child.only(taken)
        covered = self.children.covers(asked)
        near = covered.fillna((child.how != NONE).any()).astype(bool)
        own = own_child_keys(asked).where((child.how == NONE) & ~near)
        return Beyond(asked, replace(child, key=child.key.fillna(own)), near)

    def _anybody(self, asked: pd.DataFrame, found: Resolved, directory: Directory) -> Beyond | None:
        """Children among those of whom it is not said what they are: whom no household knows, and members of households.

        A member is the child of that number, or of that name in that village or with the number of one of that household.
        """
        if asked.empty or not len(self.children):
            return None
        child = self.children.resolve(asked)
        hit = child.how.isin((EXACT, BY_NAME, AMBIGUOUS))
        asked, child = asked[hit], child.only(hit)
        how, key = found.how.loc[asked.index], found.key.loc[asked.index]
        member = how.isin((EXACT, BY_NAME)) & ~_is_head(asked, key, directory)
        lives_there = self.children.lives(child.key, asked["village"])
        belongs = (child.key.map(directory.by_person).astype("str") == key).fillna(False).astype(bool)
        same = (child.how == EXACT) | ((child.how == BY_NAME) & (lives_there | belongs))
        taken = (how == NONE) | (member & same)
        return Beyond(asked[taken], child.only(taken), pd.Series(False, index=asked.index[taken]))


def _is_head(asked: pd.DataFrame, keys: pd.Series, directory: Directory) -> pd.Series:
    """True where the row names the head of its household."""
    by_number = among(asked["person"], directory.heads["person"].dropna().tolist())
    return by_number.where(asked["name"].isna(), asked["name"] == keys.map(directory.head_of)).astype(bool)


def _together(parts: list[Beyond]) -> Beyond:
    resolved = Resolved(
        pd.concat([part.resolved.key for part in parts]),
        pd.concat([part.resolved.how for part in parts]),
        pd.concat([part.resolved.candidates for part in parts], ignore_index=True),
    )
    refs = pd.concat([part.refs for part in parts])
    meant = refs["aim"].mask(refs["aim"] != VILLAGES, CHILDREN).mask(refs["aim"] == SCHOOLS)
    return Beyond(refs.assign(beyond=meant), resolved, pd.concat([part.judged for part in parts]))
