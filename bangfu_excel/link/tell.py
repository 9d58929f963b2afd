"""The findings of the link stage. Rows of a region that name the same household wrongly share one finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.message import Message
from bangfu_excel.core.messages import link as says
from bangfu_excel.core.places import place_key
from bangfu_excel.core.rows import Rows
from bangfu_excel.core.standing import REFERENCE_COLUMNS
from bangfu_excel.link.beside import HOUSEHOLD
from bangfu_excel.link.describe import Household, describe, told_apart
from bangfu_excel.link.households import Recipients
from bangfu_excel.link.nearest import nearest_keys
from bangfu_excel.link.recipients import AMBIGUOUS, candidates_by_name
from bangfu_excel.link.telling import Case, tell_at

_CANDIDATES_SHOWN = 5


@dataclass(frozen=True)
class Told:
    """Findings, and the rows that they return: table → labels."""

    findings: tuple[Finding, ...]
    returned: Mapping[str, tuple[int, ...]]


class _Teller:
    """What is looked up while telling: the rows, who was found, and households in words."""

    def __init__(self, rows: Rows, known: Mapping[str, pd.DataFrame], found: Recipients) -> None:
        self.rows, self.found = rows, found
        self._texts: dict[tuple[str, str], list[str]] = {}
        self._townships: dict[str, set[str]] = {}
        tables = [name for name in found.refs if name != HOUSEHOLD]
        self.missing = {name: found.refs[name][found.missing(name)] for name in tables}
        self.ambiguous = {name: found.refs[name][found.resolved[name].how == AMBIGUOUS] for name in tables}
        self.conflicting = {name: found.refs[name][_conflicts(found, name)] for name in tables}
        self.dismissed = {name: found.refs[name][found.dismissed[name]] for name in tables}
        unfound = [part[part["id"].isna()] for part in self.missing.values()]
        self.near = nearest_keys(pd.concat(unfound), found.directory) if unfound else {}
        self.hints = {name: _by_label(candidates_by_name(part[part["id"].notna() & part["name"].notna()], found.directory))
                      for name, part in self.missing.items()}  # fmt: skip
        self.candidates = {name: _by_label(found.resolved[name].candidates) for name in tables}
        self.keys = {name: found.resolved[name].key.to_frame("key") for name in tables}
        self.households = describe(self._mentioned(), rows, known)

    def _mentioned(self) -> Iterator[str]:
        for keys in self.near.values():
            yield from keys
        for by_label in (*self.hints.values(), *self.candidates.values()):
            for keys in by_label.values():
                yield from keys
        for name, part in self.conflicting.items():
            yield from self.found.resolved[name].key[part.index].unique()

    def all(self) -> Told:
        findings: list[Finding] = []
        returned: dict[str, tuple[int, ...]] = {}
        for name in self.missing:
            findings += [self._tell_missing(case) for case in self._cases(name, self.missing[name])]
            findings += [self._tell_ambiguous(case) for case in self._cases(name, self.ambiguous[name])]
            findings += [self._tell_conflict(case) for case in self._cases(name, self.conflicting[name])]
            findings += [self._tell_dismissed(case) for case in self._cases(name, self.dismissed[name])]
            returned[name] = tuple(
                label for part in (self.missing, self.ambiguous, self.dismissed) for label in part[name].index
            )
        return Told(tuple(findings), returned)

    def _cases(self, table: str, refs: pd.DataFrame) -> Iterator[Case]:
        groups: dict[tuple[object, ...], list[int]] = {}
        parts = [
            name for name in REFERENCE_COLUMNS if not (name == "person" and self.found.references[table].owns_person)
        ]
        columns = [refs[name].fillna("").tolist() for name in parts]
        regions = self.rows[table]["_region"].loc[refs.index].tolist()
        for label, *values in zip(refs.index.tolist(), regions, *columns, strict=True):
            groups.setdefault(tuple(values), []).append(label)
        for labels in groups.values():
            yield Case(table, tuple(labels))

    def _tell_missing(self, case: Case) -> Finding:
        if self._said(case, self.found.references[case.table].id):
            keys = self.hints[case.table].get(case.labels[0], ())
            found = [self.households[key] for key in keys if key in self.households]
            found = [household for household in found if not self._is_foreign(case, household)]
            hint = "；".join(f"“{h.head}”的户编号是{h.number}" for h in found if h.number)
            return self._finding(
                says.UNKNOWN_ID, case, self.found.references[case.table].id,
                number=self._said(case, self.found.references[case.table].id), hint=f"{hint}。" if hint else "",
            )  # fmt: skip
        township, village, name = (self._reference(case, part) for part in ("township", "village", "name"))
        alike = self.near.get((township, village, name), ())
        found = [self.households[key] for key in alike if key in self.households]
        near = [household.text for household in found if not self._is_foreign(case, household)]
        return self._finding(
            says.NOT_FOUND, case, self._naming(case),
            where=self._said(case, "village"), nearest=f"名字相近的有：{'、'.join(near)}。" if near else "",
        )  # fmt: skip

    def _tell_ambiguous(self, case: Case) -> Finding:
        keys = self.candidates[case.table][case.labels[0]]
        found = [self.households[key] for key in keys if key in self.households]
        shown = "；".join(told_apart(found)[:_CANDIDATES_SHOWN])
        finding = self._finding(says.AMBIGUOUS, case, self._naming(case), many=len(keys), candidates=shown)
        mixed = len({household.township for household in found}) > 1
        abroad = mixed or any(self._is_foreign(case, household) for household in found)
        return finding if abroad else replace(finding, told="")

    def _tell_conflict(self, case: Case) -> Finding:
        reference = self.found.references[case.table]
        key = self._text(f"{case.table} keys", "key", self.keys[case.table])[case.labels[0]]
        household = self.households.get(key)
        finding = self._finding(
            says.NAME_CONFLICT, case, reference.name,
            number=self._said(case, reference.id), head=household.head if household else "",
        )  # fmt: skip
        abroad = household is not None and self._is_foreign(case, household)
        return finding if abroad else replace(finding, told="")

    def _tell_dismissed(self, case: Case) -> Finding:
        return self._finding(says.NONE_OF_THEM, case, self._naming(case))

    def _is_foreign(self, case: Case, household: Household) -> bool:
        """Whether the household is of another township than the row, or than its file where the row names none."""
        own = {self._reference(case, "township")} - {""} or self._townships_of(
            self.rows.place(case.table, case.labels[0]).file
        )
        return bool(own) and household.township not in ("", *own)

    def _townships_of(self, file: str) -> set[str]:
        """The townships (in matching form) that the rows of a file name, in whatever table."""
        if file not in self._townships:
            frames = [frame for frame in self.rows.frames.values() if "township" in frame]
            named = (frame.loc[frame["_file"] == file, "township"].dropna().unique().tolist() for frame in frames)
            self._townships[file] = {place_key(text) for texts in named for text in texts}
        return self._townships[file]

    def _naming(self, case: Case) -> str:
        """The field that names the household: the name, else the identity number."""
        reference = self.found.references[case.table]
        return reference.name if self._said(case, reference.name) else reference.person

    def _said(self, case: Case, field: str) -> str:
        return self._text(case.table, field, self.rows[case.table])[case.labels[0]]

    def _reference(self, case: Case, part: str) -> str:
        return self._text(f"{case.table} refs", part, self.found.refs[case.table])[case.labels[0]]

    def _text(self, source: str, field: str, frame: pd.DataFrame) -> list[str]:
        """A column as texts by label, "" where missing; made once, since one look into a frame costs more than all this.

        Rows that stand in a household's own row have no reference: labels are not positions there.
        """
        if (source, field) not in self._texts:
            labels = self.rows[source.partition(" ")[0]].index
            column = frame[field].astype("str").reindex(labels).fillna("") if field in frame else None
            self._texts[source, field] = [""] * len(labels) if column is None else column.tolist()
        return self._texts[source, field]

    def _finding(self, message: Message, case: Case, field: str, **words: object) -> Finding:
        return tell_at(self.rows, case, field, message, {"name": self._said(case, field), **words})


def tell_recipients(rows: Rows, known: Mapping[str, pd.DataFrame], found: Recipients) -> Told:
    """What is to be said of households that are not found, not certain, or named otherwise than they are."""
    return _Teller(rows, known, found).all()


def tell_unjudged(rows: Rows, found: Recipients) -> Iterator[Finding]:
    """One notice that there are no households to look among; rows about villages, schools … need none."""
    regions: list[int] = []
    villages: dict[str, None] = {}
    for name in found.refs:
        unjudged = found.unjudged(name)
        frame = rows[name].loc[unjudged.index[unjudged]]
        kind = found.references[name].kind
        if kind in frame:
            frame = frame[(frame[kind].isna() | (frame[kind] == "户")).to_numpy(dtype=bool)]
        regions += frame["_region"].tolist()
        if "village" in frame:
            villages.update(dict.fromkeys(sorted(frame["village"].dropna().unique())))
    if regions:
        where = "、".join(villages) + "的" if villages and len(found.directory) else ""
        place = Place(rows.sources[min(regions)].file, table=HOUSEHOLD)
        yield says.NO_HOUSEHOLDS.finding(place, where=where, many=len(regions))


def tell_former(rows: Rows, found: Recipients) -> Iterator[Finding]:
    """One notice for each region some of whose rows name their household as it was called or placed before."""
    for table, before in found.before.items():
        labels = before.index[before]
        for _, part in rows[table].loc[labels].groupby("_region", sort=True):
            case, reference = Case(table, tuple(part.index.tolist())), found.references[table]
            first = part.index[0]
            key = found.resolved[table].key[first]
            field = next(
                (f for f in (reference.name, reference.id, reference.person) if f in part and part[f].notna().iloc[0]),
                "",
            )
            said = "" if not field else str(part[field].iloc[0])
            head = found.directory.head_of.get(key, "")
            yield tell_at(rows, case, field, says.FORMER_NAME, {"name": said, "head": head, "many": len(part)})


def tell_helpers(rows: Rows, table: str, field: str, unclear: pd.Series) -> Iterator[Finding]:
    """One warning for each region and name that may be several helpers; `unclear`: the names, "" where all are certain."""
    cases: dict[tuple[int, str], list[int]] = {}
    doubtful = unclear[unclear != ""]
    regions = rows[table]["_region"].loc[doubtful.index]
    for label, region, name in zip(doubtful.index.tolist(), regions, doubtful, strict=True):
        cases.setdefault((region, name), []).append(label)
    for (_, name), labels in cases.items():
        yield tell_at(rows, Case(table, tuple(labels)), field, says.HELPER_UNCLEAR, {"name": name})


def _conflicts(found: Recipients, table: str) -> pd.Series:
    """True where the household found by its number has nobody of the name that stands beside it."""
    refs, resolved = found.refs[table], found.resolved[table]
    asked = refs["id"].notna() & resolved.key.notna() & refs["name"].notna() & ~found.unjudged(table)
    conflicts = pd.Series(np.zeros(len(refs), dtype=bool), index=refs.index)
    if not asked.any():
        return conflicts
    conflicts[asked] = ~found.directory.knows(resolved.key[asked], refs["name"][asked])
    if conflicts.any() and len(found.once):
        conflicts[conflicts] = ~found.once.knows(resolved.key[conflicts], refs["name"][conflicts])
    return conflicts


def _by_label(candidates: pd.DataFrame) -> dict[int, tuple[str, ...]]:
    grouped: dict[int, list[str]] = {}
    for at, key in zip(candidates["at"].tolist(), candidates["key"].tolist(), strict=True):
        grouped.setdefault(at, []).append(key)
    return {at: tuple(sorted(keys)) for at, keys in grouped.items()}
