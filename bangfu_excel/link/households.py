"""The recipients of every table: who is found, who is to be reported, who cannot be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.rows import Rows
from bangfu_excel.core.standing import FORMER, REFERENCE_COLUMNS, WAS
from bangfu_excel.link.confirmed import Confirmed
from bangfu_excel.link.directory import Directory
from bangfu_excel.link.keys import household_keys, own_keys
from bangfu_excel.link.recipients import BY_NAME, EXACT, NONE, Resolved, resolve, resolve_formerly
from bangfu_excel.link.references import REFERENCES, references_of

HOUSEHOLD, MEMBER, PAIRING = "household", "member", "pairing"
_HOUSEHOLD_KIND = "户"


@dataclass(frozen=True)
class Recipients:
    """Of each table: its references, what became of them, and which rows are judged (a household must be there).

    beside: keys of the rows that stand in a household's own row; they are in none of the others · before: True for rows
    that name their household as it was called, numbered or placed before · once: who and where registered households were ·
    dismissed: True for rows of which the office said that none of the households of that name is meant.
    """

    refs: Mapping[str, pd.DataFrame]
    resolved: Mapping[str, Resolved]
    judged: Mapping[str, pd.Series]
    directory: Directory
    beside: Mapping[str, pd.Series]
    before: Mapping[str, pd.Series]
    once: Directory
    dismissed: Mapping[str, pd.Series]

    def linked(self, table: str, rows: pd.Index) -> dict[str, pd.Series]:
        """`_recipient` and `_link` of every row of `table`."""
        resolved, beside = self.resolved[table], self.beside[table]
        key, how = resolved.key.reindex(rows), resolved.how.reindex(rows)
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


def find_recipients(rows: Rows, known: Mapping[str, pd.DataFrame]) -> Recipients:
    """Whom every row of the linked tables means. References are looked up among all rows, accepted or returned."""
    registered = {name: _registered(known, name) for name in REFERENCES}
    once = Directory.of(_registered(known, HOUSEHOLD, FORMER))
    confirmed = Confirmed.of(known)
    before: dict[str, pd.Series] = {}
    dismissed: dict[str, pd.Series] = {}
    refs: dict[str, pd.DataFrame] = {}
    resolved: dict[str, Resolved] = {}
    if HOUSEHOLD in rows:
        refs[HOUSEHOLD] = references_of(rows[HOUSEHOLD], REFERENCES[HOUSEHOLD])
        resolved[HOUSEHOLD] = _own(refs[HOUSEHOLD], registered[HOUSEHOLD], known.get(FORMER))
        dismissed[HOUSEHOLD] = pd.Series(False, index=refs[HOUSEHOLD].index)
    beside = _beside_households(rows, resolved.get(HOUSEHOLD))
    free = replace(rows, frames={name: frame.drop(index=beside[name].index) for name, frame in rows.frames.items()})
    tables = [name for name in REFERENCES if name in free]
    refs |= {name: references_of(free[name], REFERENCES[name]) for name in tables if name not in refs}
    heads = pd.concat([*_keyed(refs, resolved, HOUSEHOLD), registered[HOUSEHOLD]], ignore_index=True)

    def look_up(name: str, directory: Directory) -> None:
        found, before[name] = resolve_formerly(refs[name], directory, once)
        resolved[name], dismissed[name] = confirmed.applied(free, name, refs[name], found, directory)

    directory = Directory.of(heads)
    if MEMBER in refs:
        look_up(MEMBER, directory)
    directory = Directory.of(heads, _members(rows, beside, known, resolved))
    for name in tables:
        if name not in resolved:
            look_up(name, directory)
    judged = {name: _judged(free, name, refs[name], resolved[name], directory) for name in tables}
    found = Recipients(refs, resolved, judged, directory, beside, before, once, dismissed)
    return replace(found, resolved=_with_own_keys(found, registered))


def _own(refs: pd.DataFrame, registered: pd.DataFrame, former: pd.DataFrame | None) -> Resolved:
    keys = household_keys(refs, registered)
    if former is not None and WAS in former:
        now = former.dropna(subset=WAS).drop_duplicates(WAS).set_index(WAS)["_key"]
        keys = keys.map(now).astype("str").where(~among(keys, registered["key"].tolist())).fillna(keys).astype("str")
    how = pd.Series(EXACT, index=refs.index, dtype="str")
    how = how.mask(refs["id"].isna() & refs["person"].isna(), BY_NAME).mask(keys.isna())
    return Resolved(keys, how, pd.DataFrame({"at": pd.Series(dtype="int64"), "key": pd.Series(dtype="str")}))


def _registered(known: Mapping[str, pd.DataFrame], table: str, name: str = "") -> pd.DataFrame:
    """The references of `table` among what is known, under `name` where it is known by another one."""
    frame = known.get(name or table)
    if frame is None or frame.empty:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in (*REFERENCE_COLUMNS, "key")})
    key = "_key" if table == HOUSEHOLD else "_recipient"
    return references_of(frame, REFERENCES[table]).assign(key=frame[key].astype("str"))


def _keyed(refs: Mapping[str, pd.DataFrame], resolved: Mapping[str, Resolved], table: str) -> list[pd.DataFrame]:
    return [refs[table].assign(key=resolved[table].key)] if table in resolved else []


def _members(
    rows: Rows,
    beside: Mapping[str, pd.Series],
    known: Mapping[str, pd.DataFrame],
    resolved: Mapping[str, Resolved],
) -> pd.DataFrame | None:
    """person, name, key of the members submitted and registered."""
    parts = []
    if MEMBER in resolved:
        parts.append(
            _people(rows[MEMBER], pd.concat([resolved[MEMBER].key, beside[MEMBER]]).reindex(rows[MEMBER].index))
        )
    if MEMBER in known and len(known[MEMBER]):
        parts.append(_people(known[MEMBER], known[MEMBER]["_recipient"].astype("str")))
    return pd.concat(parts, ignore_index=True) if parts else None


def _people(frame: pd.DataFrame, keys: pd.Series) -> pd.DataFrame:
    return references_of(frame, replace(REFERENCES[MEMBER], name="name"))[["person", "name"]].assign(key=keys)


def _beside_households(rows: Rows, households: Resolved | None) -> dict[str, pd.Series]:
    """Table → household keys of the rows that stand in columns of a household roster.

    They mean the household of their own row, whatever it is called: nothing is looked up for them.
    """
    none = pd.Series(dtype="str")
    if households is None:
        return dict.fromkeys(rows.frames, none)
    return {name: none if name == HOUSEHOLD else _beside(rows, name, households.key) for name in rows.frames}


def _beside(rows: Rows, table: str, keys: pd.Series) -> pd.Series:
    shared = _companions(rows, table)
    if not shared:
        return pd.Series(dtype="str")
    frame, roster = rows[table], rows[HOUSEHOLD]
    homes = roster[["_region", "_row"]].assign(key=keys).drop_duplicates(["_region", "_row"])
    homes = pd.concat([homes, *(_in_blocks(homes, region, rows) for region in dict.fromkeys(shared.values()))])
    spots = pd.DataFrame({"_region": frame["_region"].map(shared), "_row": frame["_row"]}, index=frame.index)
    met = spots.dropna().astype({"_region": homes["_region"].dtype}).reset_index().merge(homes, on=["_region", "_row"])
    return met.set_index("index")["key"].dropna()


def _in_blocks(homes: pd.DataFrame, region: int, rows: Rows) -> pd.DataFrame:
    """`homes` of the rows that stand in the block of one of the region's households."""
    block = rows.sources[region].block
    keys = homes[homes["_region"] == region].set_index("_row")["key"]
    found = pd.Series(block, dtype="int64").map(keys)
    return pd.DataFrame({"_region": region, "_row": found.index.astype("int64"), "key": found.to_numpy()})


def _companions(rows: Rows, table: str) -> dict[int, int]:
    """Region of `table` → household region of the same sheet with which it shares a column."""
    regions = {name: sorted(set(rows[name]["_region"].tolist())) for name in (table, HOUSEHOLD)}
    by_sheet = {}
    for region in regions[HOUSEHOLD]:
        source = rows.sources[region]
        for column in source.columns.values():
            if column.raw is not None:
                by_sheet[source.file, source.sheet, column.index] = region
    found = {}
    for region in regions[table]:
        source = rows.sources[region]
        for column in source.columns.values():
            home = by_sheet.get((source.file, source.sheet, column.index))
            if column.raw is not None and home is not None:
                found[region] = home
    return found


def _judged(rows: Rows, table: str, refs: pd.DataFrame, resolved: Resolved, directory: Directory) -> pd.Series:
    """True where the households of the row's village were submitted or are registered, and it is a household that is meant.

    A row that states no village is judged with its region: where one of its rows was found, or the households stand in
    the same file, the households are those that it speaks of.
    """
    if table == HOUSEHOLD or refs.empty or not len(directory):
        return pd.Series(table == HOUSEHOLD, index=refs.index)
    frame = rows[table]
    covered = directory.covers(refs)
    if covered.isna().any():
        hit = (resolved.how == EXACT) | (resolved.how == BY_NAME)
        files = set(rows[HOUSEHOLD]["_file"].tolist()) if HOUSEHOLD in rows else set()
        near = frame["_region"].isin(frame.loc[hit, "_region"].unique()) | among(frame["_file"], files)
        covered = covered.fillna(near.astype("boolean"))
    judged = covered.astype(bool)
    if "recipient_kind" in frame:
        judged &= (frame["recipient_kind"].isna() | (frame["recipient_kind"] == _HOUSEHOLD_KIND)).to_numpy(dtype=bool)
    return judged


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
