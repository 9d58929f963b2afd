"""The recipients of every table: who is found, who is to be reported, who cannot be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.rows import Rows
from bangfu_excel.core.standing import FORMER, REFERENCE_COLUMNS, WAS
from bangfu_excel.core.table import Table
from bangfu_excel.link.aims import ANY, HOUSEHOLDS, SCHOOLS, VILLAGES, wider_references, with_headings
from bangfu_excel.link.beside import HOUSEHOLD, beside_households
from bangfu_excel.link.beyond import Beyond, Others
from bangfu_excel.link.confirmed import Confirmed
from bangfu_excel.link.directory import Directory
from bangfu_excel.link.keys import household_keys, own_keys
from bangfu_excel.link.recipients import BY_NAME, EXACT, NONE, Resolved, resolve, resolve_formerly
from bangfu_excel.link.references import references_in, references_of

MEMBER, PAIRING = "member", "pairing"


@dataclass(frozen=True)
class Recipients:
    """references: of each table, the fields that say whom it means · of each table: its references, what became of them, and which rows are judged (a household must be there).

    beside: keys of the rows that stand in a household's own row; they are in none of the others · before: True for rows
    that name their household as it was called, numbered or placed before · once: who and where registered households were ·
    dismissed: True for rows of which the office said that none of the households of that name is meant · others: children, villages, schools · beyond: the rows that mean one of these;
    they are in none of the others either.
    """

    references: Mapping[str, Reference]
    refs: Mapping[str, pd.DataFrame]
    resolved: Mapping[str, Resolved]
    judged: Mapping[str, pd.Series]
    directory: Directory
    beside: Mapping[str, pd.Series]
    before: Mapping[str, pd.Series]
    once: Directory
    dismissed: Mapping[str, pd.Series]
    others: Others
    beyond: Mapping[str, Beyond]

    def linked(self, table: str, rows: pd.Index) -> dict[str, pd.Series]:
        """`_recipient` and `_link` of every row of `table`; nothing for a table whose rows mean nobody."""
        if table in self.others.own:
            return {"_recipient": self.others.own[table], "_link": pd.Series(EXACT, index=rows, dtype="str")}
        if table not in self.resolved:
            return {}
        resolved, beside = self.resolved[table], self.beside[table]
        key, how = resolved.key.reindex(rows), resolved.how.reindex(rows)
        if table in self.beyond:
            other = self.beyond[table].resolved
            key, how = key.fillna(other.key), how.fillna(other.how)
        if len(beside):
            key, how = key.fillna(beside), how.mask(rows.isin(beside.index), EXACT)
        return {"_recipient": key, "_link": how}

    def missing(self, table: str) -> pd.Series:
        """True where somebody is named whom the households of that village do not know."""
        return self._not_found(table) & self.judged[table]

    def unjudged(self, table: str) -> pd.Series:
        """True where somebody is named and there are no households to look among."""
        return self._not_found(table) & ~self.judged[table]

    def _not_found(self, table: str) -> pd.Series:
        return (self.resolved[table].how == NONE) & ~self.dismissed[table]


def find_recipients(rows: Rows, known: Mapping[str, pd.DataFrame], declared: Mapping[str, Table]) -> Recipients:
    """Whom every row of the tables that refer to somebody means. They are looked up among all rows, accepted or returned."""
    references = references_in(declared)
    registered = {name: _registered(known, references, name) for name in (HOUSEHOLD, MEMBER, PAIRING)}
    once = Directory.of(_registered(known, references, HOUSEHOLD, FORMER))
    refs: dict[str, pd.DataFrame] = {}
    met: dict[str, _Met] = {}
    if HOUSEHOLD in rows:
        refs[HOUSEHOLD] = references_of(rows[HOUSEHOLD], references[HOUSEHOLD])
        nobody = pd.Series(False, index=refs[HOUSEHOLD].index)
        own = _own(refs[HOUSEHOLD], registered[HOUSEHOLD], known.get(FORMER))
        met[HOUSEHOLD] = _Met(refs[HOUSEHOLD], own, nobody, nobody)
    beside = beside_households(rows, met[HOUSEHOLD].resolved if HOUSEHOLD in met else None)
    free = replace(rows, frames={name: frame.drop(index=beside[name].index) for name, frame in rows.frames.items()})
    tables = [name for name in references if name in free]
    refs |= {name: references_of(free[name], references[name]) for name in tables if name not in refs}
    heads = pd.concat([*(part.keyed() for part in met.values()), registered[HOUSEHOLD]], ignore_index=True)
    search = _Search(free, references, once, Confirmed.of(known, references))
    directory = Directory.of(heads)
    if MEMBER in refs:
        met[MEMBER] = search.households(MEMBER, refs[MEMBER], directory)
    directory = Directory.of(heads, _members(rows, references, beside, known, met.get(MEMBER)))
    others = Others.of(rows, known, declared, heads)
    if PAIRING in references:
        others = others.with_registered(known.get(PAIRING), references[PAIRING])
    for name in sorted((name for name in tables if name not in met), key=lambda name: name != PAIRING):
        met[name] = search.anybody(name, refs[name], directory, others)
        others = others.with_paired(met[name].beyond) if name == PAIRING else others
    met = {name: met[name] for name in tables}
    found = Recipients(
        references=references,
        refs={name: part.refs for name, part in met.items()},
        resolved={name: part.resolved for name, part in met.items()},
        judged={name: _judged(free, name, part, directory) & part.household for name, part in met.items()},
        directory=directory,
        beside=beside,
        before={name: part.before for name, part in met.items() if name != HOUSEHOLD},
        once=once,
        dismissed={name: part.dismissed for name, part in met.items()},
        others=others,
        beyond={name: part.beyond for name, part in met.items() if part.beyond is not None},
    )
    return replace(found, resolved=_with_own_keys(found, registered))


@dataclass(frozen=True)
class _Met:
    """What became of the references of a table; household: True where it may be a household that is meant."""

    refs: pd.DataFrame
    resolved: Resolved
    before: pd.Series
    dismissed: pd.Series
    beyond: Beyond | None = None
    kind: pd.Series | None = None

    @property
    def household(self) -> pd.Series:
        if self.kind is None:
            return pd.Series(True, index=self.refs.index)
        return self.kind.loc[self.refs.index].isin((ANY, HOUSEHOLDS))

    def keyed(self) -> pd.DataFrame:
        return self.refs.assign(key=self.resolved.key)

    def without(self, beyond: Beyond) -> _Met:
        """Without the rows that mean no household."""
        left = pd.Series(~self.refs.index.isin(beyond.refs.index), index=self.refs.index)
        return _Met(self.refs[left], self.resolved.only(left), self.before[left], self.dismissed[left], beyond)


@dataclass(frozen=True)
class _Search:
    """The rows that stand by themselves, and what is asked when a household is looked for."""

    rows: Rows
    references: Mapping[str, Reference]
    once: Directory
    confirmed: Confirmed

    def households(self, table: str, refs: pd.DataFrame, directory: Directory) -> _Met:
        found, before = resolve_formerly(refs, directory, self.once)
        resolved, dismissed = self.confirmed.applied(self.rows, table, refs, found, directory.heads["key"])
        return _Met(refs, resolved, before, dismissed)

    def anybody(self, table: str, refs: pd.DataFrame, directory: Directory, others: Others) -> _Met:
        frame, reference = self.rows[table], self.references[table]
        wide = with_headings(wider_references(frame, reference, refs), frame, reference, self.rows.sources)
        places = wide["aim"].isin((VILLAGES, SCHOOLS))
        met = self.households(table, refs[~places] if places.any() else refs, directory)
        beyond = others.take(wide, met.resolved, directory)
        if beyond is None:
            return replace(met, kind=wide["aim"])
        beyond = beyond.confirmed(self.confirmed, self.rows, table, others.keys)
        return replace(met.without(beyond), kind=wide["aim"])


def _own(refs: pd.DataFrame, registered: pd.DataFrame, former: pd.DataFrame | None) -> Resolved:
    keys = household_keys(refs, registered)
    if former is not None and WAS in former:
        now = former.dropna(subset=WAS).drop_duplicates(WAS).set_index(WAS)["_key"]
        keys = keys.map(now).astype("str").where(~among(keys, registered["key"].tolist())).fillna(keys).astype("str")
    how = pd.Series(EXACT, index=refs.index, dtype="str")
    how = how.mask(refs["id"].isna() & refs["person"].isna(), BY_NAME).mask(keys.isna())
    return Resolved(keys, how, pd.DataFrame({"at": pd.Series(dtype="int64"), "key": pd.Series(dtype="str")}))


def _registered(
    known: Mapping[str, pd.DataFrame], references: Mapping[str, Reference], table: str, name: str = ""
) -> pd.DataFrame:
    """The references of `table` among what is known, under `name` where it is known by another one."""
    frame = known.get(name or table)
    if frame is None or frame.empty or table not in references:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in (*REFERENCE_COLUMNS, "key")})
    key = "_key" if table == HOUSEHOLD else "_recipient"
    return references_of(frame, references[table]).assign(key=frame[key].astype("str"))


def _members(
    rows: Rows,
    references: Mapping[str, Reference],
    beside: Mapping[str, pd.Series],
    known: Mapping[str, pd.DataFrame],
    met: _Met | None,
) -> pd.DataFrame | None:
    """person, name, key of the members submitted and registered."""
    if MEMBER not in references:
        return None
    reference, parts = replace(references[MEMBER], name="name"), []
    if met is not None:
        keys = pd.concat([met.resolved.key, beside[MEMBER]]).reindex(rows[MEMBER].index)
        parts.append(_people(rows[MEMBER], reference, keys))
    if MEMBER in known and len(known[MEMBER]):
        parts.append(_people(known[MEMBER], reference, known[MEMBER]["_recipient"].astype("str")))
    return pd.concat(parts, ignore_index=True) if parts else None


def _people(frame: pd.DataFrame, reference: Reference, keys: pd.Series) -> pd.DataFrame:
    return references_of(frame, reference)[["person", "name"]].assign(key=keys)


def _judged(rows: Rows, table: str, met: _Met, directory: Directory) -> pd.Series:
    """True where the households of the row's village were submitted or are registered.

    A row that states no village is judged with its region: where one of its rows was found, or the households stand in
    the same file, the households are those that it speaks of.
    """
    refs, how = met.refs, met.resolved.how
    if table == HOUSEHOLD or refs.empty or not len(directory):
        return pd.Series(table == HOUSEHOLD, index=refs.index)
    frame = rows[table].loc[refs.index]
    covered = directory.covers(refs)
    if covered.isna().any():
        hit = (how == EXACT) | (how == BY_NAME)
        files = set(rows[HOUSEHOLD]["_file"].tolist()) if HOUSEHOLD in rows else set()
        near = frame["_region"].isin(frame.loc[hit, "_region"].unique()) | among(frame["_file"], files)
        covered = covered.fillna(near.astype("boolean"))
    return covered.astype(bool)


def _with_own_keys(found: Recipients, registered: Mapping[str, pd.DataFrame]) -> dict[str, Resolved]:
    """Rows that cannot be judged get the best key that they give themselves, the same for all who mean the same one."""
    refs = {name: found.refs[name][found.unjudged(name)] for name in found.refs}
    if MEMBER in refs:
        refs[MEMBER] = refs[MEMBER].assign(
            person=pd.Series(dtype="str")
        )  # a member's own number is not the household's
    anchors = [refs[name] for name in (PAIRING, MEMBER) if name in refs]
    resolved = dict(found.resolved)
    if not any(len(part) for part in refs.values()):
        return resolved
    none = registered[HOUSEHOLD].iloc[:0]
    named = pd.concat([*anchors, none[list(REFERENCE_COLUMNS)]], ignore_index=True)
    known = [registered[PAIRING], registered[MEMBER]]
    heads = pd.concat([named.assign(key=household_keys(named, none)), *known], ignore_index=True)
    directory = Directory.of(heads)
    for name, part in refs.items():
        if len(part):
            keys = resolve(part, directory).key.fillna(own_keys(part))
            key = resolved[name].key.fillna(keys.reindex(resolved[name].key.index).astype("str"))
            resolved[name] = replace(resolved[name], key=key)
    return resolved
