"""Children: who is on a roster of children, or is paired without one, and whom a row means by number, name, school, class and place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from bangfu_excel.core.columns import among, only_key
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.table import Table
from bangfu_excel.link.classes import class_keys, classes_agree, same_school, schools_agree
from bangfu_excel.link.keys import ladder_keys
from bangfu_excel.link.recipients import AMBIGUOUS, BY_NAME, EXACT, NONE, Resolved
from bangfu_excel.link.references import references_of, stated_column, unit_keys

CHILD = "child"
_OWN = Reference(id="", person="id_number", name="name", group="", kind="")
NARROWS = ("school", "class_name", "township", "village")
SAID = ("person", "name", *NARROWS)
_AGREEING = {"class_name": classes_agree, "school": schools_agree}
_SHOWN = ("_name", "_school", "_class", "_village")


@dataclass(frozen=True)
class Children:
    """entries: `SAID` in matching form, `key`, and `_SHOWN` as it is written, one row a mention · listed: True for those of a roster."""

    entries: pd.DataFrame
    listed: pd.Series

    @classmethod
    def of(cls, submitted: pd.DataFrame | None, registered: pd.DataFrame | None) -> Children:
        """The children of rosters, with their keys in `_key`; what is registered without a number gives way to who is submitted now."""
        parts = [_said(frame) for frame in (submitted, registered) if frame is not None and len(frame)]
        entries = (
            pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*SAID, "key", *_SHOWN], dtype="str")
        )
        return cls(entries, pd.Series(True, index=entries.index))

    def __len__(self) -> int:
        return len(self.entries)

    def joined(self, paired: pd.DataFrame) -> Children:
        """With children who are on no roster, as pairings name them: `SAID` and `key`."""
        if paired.empty:
            return self
        more = paired.loc[paired["key"].notna(), [*SAID, "key"]]
        more = more.assign(
            _name=more["name"], _school=more["school"], _class=more["class_name"], _village=more["village"]
        )
        entries = pd.concat([self.entries, more], ignore_index=True)
        return Children(entries, pd.Series([*self.listed, *[False] * len(more)], dtype=bool))

    @cached_property
    def by_person(self) -> pd.Series:
        """Identity number → key."""
        return only_key(self.entries, "person")

    def called(self, key: str) -> str:
        """The child in words: 张小军（中心小学，三年级2班，柳溪村）."""
        name, *parts = self.entries.loc[self.entries["key"] == key, list(_SHOWN)].iloc[0].fillna("")
        about = "，".join(part for part in parts if part)
        return f"{name}（{about}）" if about else str(name)

    def lives(self, keys: pd.Series, villages: pd.Series) -> pd.Series:
        """True where the child of a key is said to live in that village."""
        homes = (self.entries["key"] + "\n" + self.entries["village"]).dropna().tolist()
        return among(keys + "\n" + villages, homes)

    def resolve(self, asked: pd.DataFrame) -> Resolved:
        """Which child each row of `asked` (columns `SAID`) means; several candidates are never chosen from."""
        key = asked["person"].map(self.by_person).astype("str")
        named = asked[key.isna() & asked["name"].notna()]
        met = self._candidates(named)
        one = met.drop_duplicates("at", keep=False).set_index("at")["key"]
        several = met[met["at"].duplicated(keep=False)]
        how = pd.Series(NONE, index=asked.index, dtype="str").mask(key.notna(), EXACT)
        how = how.mask(asked.index.isin(several["at"]), AMBIGUOUS).mask(asked.index.isin(one.index), BY_NAME)
        how = how.mask(asked["person"].isna() & asked["name"].isna())
        return Resolved(key.fillna(one.reindex(asked.index).astype("str")), how, several)

    def _candidates(self, asked: pd.DataFrame) -> pd.DataFrame:
        """`at`, `key`: the children of that name; number, school, class, township and village narrow where both sides state them."""
        own = self.entries[among(self.entries["name"], asked["name"].tolist())]
        met = asked[list(SAID)].rename_axis("at").reset_index().merge(own, on="name", suffixes=("", "_there"))
        for name in ("person", *NARROWS):
            here, there = met[name], met[f"{name}_there"]
            agree = (here == there).fillna(False).astype(bool)
            both = here.notna() & there.notna() & ~agree
            if name in _AGREEING and both.any():
                agree[both] = _AGREEING[name](here[both], there[both])
            met = met[(here.isna() | there.isna() | agree).to_numpy(dtype=bool)]
        return met[["at", "key"]].drop_duplicates().sort_values(["at", "key"], kind="stable", ignore_index=True)

    def covers(self, asked: pd.DataFrame) -> pd.Series:
        """True where the school of a row, or the village where it states none, has a roster of children; missing where it states neither."""
        listed = self.entries[self.listed]
        schooled, placed = listed["school"].dropna().tolist(), listed["village"].dropna().tolist()
        there = [s for s in asked["school"].dropna().unique().tolist() if any(same_school(s, t) for t in set(schooled))]
        covered = among(asked["school"], there).mask(asked["school"].isna(), among(asked["village"], placed))
        return covered.astype("boolean").mask(asked["school"].isna() & asked["village"].isna())


def child_keys(frame: pd.DataFrame, table: Table, registered: pd.DataFrame | None) -> pd.Series:
    """The key of each row of a roster of children; one without number has that of its only numbered namesake of the same class or village."""
    keys = ladder_keys(frame, table)
    said = _said(frame.assign(_key=keys))
    known = [said] if registered is None or registered.empty else [said, _said(registered)]
    numbered = pd.concat(known, ignore_index=True)
    numbered = numbered[numbered["person"].notna()]
    lacking = said["person"].isna()
    for rung in (("school", "class_name", "name"), ("township", "village", "name")):
        if lacking.any():
            same = only_key(numbered.assign(rung=_rung(numbered, rung)), "rung")
            found = _rung(said, rung).where(lacking).map(same).astype("str")
            keys, lacking = keys.mask(found.notna(), found), lacking & found.isna()
    return keys


def own_child_keys(asked: pd.DataFrame) -> pd.Series:
    """The key that a row can give by itself: the child's number, else school, class and name, else place and name."""
    school = _rung(asked.assign(school=asked["school"].fillna("")), ("school", "class_name", "name"))
    school = school.fillna(
        _rung(asked.assign(class_name=asked["class_name"].fillna("")), ("school", "class_name", "name"))
    )
    placed = _rung(asked.fillna({"township": "", "village": ""}), ("township", "village", "name"))
    return asked["person"].fillna(school).fillna(placed).astype("str")


def _rung(frame: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    first, *others = (frame[name] for name in names)
    for part in others:
        first = first + "|" + part
    return first


def _said(frame: pd.DataFrame) -> pd.DataFrame:
    """`SAID`, `key` and `_SHOWN` of rows of a roster of children; index of `frame`."""
    refs = references_of(frame, _OWN)[["person", "name", "township", "village"]]
    school, class_name = stated_column(frame, "school"), stated_column(frame, "class_name")
    shown = (stated_column(frame, "name"), school, class_name, stated_column(frame, "village"))
    return refs.assign(
        school=unit_keys(school),
        class_name=class_keys(class_name, stated_column(frame, "grade")),
        key=frame["_key"].astype("str"),
        **dict(zip(_SHOWN, shown, strict=True)),
    )
