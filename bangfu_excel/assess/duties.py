"""Whom a cadence obliges, towards whom and since when, and what was done: one shape for every way of counting.

A helper owes his visits to each of his recipients, a group to each village in which it has households, a unit to its village, a
class teacher to each child of the class; a school, a class, a villager group or the whole programme owes to itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bangfu_excel.assess.facts import Facts, column, last_day
from bangfu_excel.assess.records import PUPILS, Records, Tables, folded, records_of
from bangfu_excel.assess.villages import Places, villager_group_of
from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.scheme import Cadence
from bangfu_excel.core.schools import called_schools
from bangfu_excel.core.table import Table

_KINDS = {"teacher": "教师|老师", "pupil": "学生|同学"}
LEVELS = {
    "recipient": "helper", "helper": "helper", "group-village": "group", "unit-village": "unit", "unit-recipient": "unit",
    "unit": "unit", "class": "class", "villager-group": "villager-group", "programme": "county",
}  # fmt: skip
"""Counter → whom its actors are."""


@dataclass(frozen=True)
class Duties:
    """actors, subjects: a row each, key and name (subjects also township, village); positions in them stand for them below.

    spans: actor, subject, started, ended (both days inclusive; NaT open) · acts: actor, subject, date, one a record and actor.
    """

    actors: pd.DataFrame
    subjects: pd.DataFrame
    spans: pd.DataFrame
    acts: pd.DataFrame


def duties_of(
    cadence: Cadence, facts: Facts, tables: Tables, declared: Mapping[str, Table], default_mode: str
) -> Duties:
    """The duties of a cadence, of what is registered. A table or column that is not there says nothing."""
    counter = cadence.counter or "recipient"
    records = records_of(cadence, facts, tables, declared, default_mode)
    if counter == "recipient" and cadence.who == "class-teacher":
        return _of_class_teachers(facts, tables, records)
    return _MAKERS[counter](facts, tables, records, cadence)


def _of_helpers(facts: Facts, tables: Tables, records: Records, cadence: Cadence) -> Duties:
    keys = pd.Index(facts.households["key"])
    asked = _of_kind(keys, tables, cadence.whom)
    spans = facts.pairings[asked[facts.pairings["household"].to_numpy()]]
    if cadence.who in _KINDS:
        others = _helpers_of_another_kind(tables, _KINDS[cadence.who])
        spans = spans[~facts.helpers["key"].isin(others).to_numpy()[spans["helper"].to_numpy()]]
    recipient = keys.get_indexer(column(records.rows, "_recipient"))
    at = records.people["record"].to_numpy()
    acts = pd.DataFrame(
        {
            "actor": pd.Index(facts.helpers["key"]).get_indexer(records.people["helper"]),
            "subject": recipient[at],
            "date": records.date.to_numpy()[at],
        }
    )
    return Duties(
        facts.helpers,
        _named(facts.households, tables),
        spans.rename(columns={"helper": "actor", "household": "subject"}),
        _known(acts),
    )


def _helpers_of_another_kind(tables: Tables, words: str) -> pd.Series:
    """Keys of helpers who are said to be something else; of whom nothing is said may be meant."""
    said = [
        pd.DataFrame({"key": column(rows, "_helper"), "kind": column(rows, "helper_kind")})
        for rows in (tables.get(name, pd.DataFrame()) for name in ("pairing", "helper"))
    ]
    kinds = pd.concat(said, ignore_index=True).dropna()
    return kinds["key"][~kinds["key"].isin(kinds["key"][kinds["kind"].str.contains(words)])].drop_duplicates()


def _of_kind(keys: pd.Index, tables: Tables, whom: str) -> np.ndarray:
    """Which recipients are children, villages, or households and persons: by the roster they stand in; else what is left."""
    children, villages, homes = (
        keys.isin(column(tables.get(name, pd.DataFrame()), "_key").dropna())
        for name in ("child", "village", "household")
    )
    if whom in PUPILS:
        return np.asarray(children | ~(villages | homes))
    if whom == "village":
        return np.asarray(villages | ~(children | homes))
    if whom in ("household", "person"):
        return np.asarray(~(children | villages))
    return np.ones(len(keys), dtype=bool)


def taught(tables: Tables) -> pd.DataFrame:
    """The children whose files name a class teacher, with `_teacher`, his key: school and name."""
    pupils = tables.get("child", pd.DataFrame()).reset_index(drop=True)
    pupils = pupils[column(pupils, "class_teacher").notna() & column(pupils, "_key").notna()].reset_index(drop=True)
    school = each_once(column(pupils, "school").map(called_schools(tables)), fold).fillna("")
    return pupils.assign(_teacher=school + "|" + each_once(column(pupils, "class_teacher"), fold))


def _of_class_teachers(facts: Facts, tables: Tables, records: Records) -> Duties:
    """Each child of a class teacher, whose name stands in the child's file; what he does is told by his name."""
    pupils = taught(tables)
    teacher = column(pupils, "class_teacher")
    codes, actors = pd.factorize(pupils["_teacher"])
    subjects = pd.DataFrame({"key": column(pupils, "_key"), "name": column(pupils, "name")})
    for name in ("township", "village"):
        subjects[name] = column(pupils, name)
    spans = _always(codes, np.arange(len(pupils)))
    at = records.people["record"].to_numpy()
    child = pd.Index(subjects["key"]).get_indexer(column(records.rows, "_recipient"))[at]
    own = np.where(child >= 0, np.append(codes, -1)[child], -1)
    said = each_once(records.people["name"], fold).fillna("").to_numpy()
    theirs = np.append(each_once(teacher, fold).fillna("").to_numpy(dtype=object), "")[child]
    acts = pd.DataFrame(
        {"actor": np.where(said == theirs, own, -1), "subject": child, "date": records.date.to_numpy()[at]}
    )
    names = teacher.groupby(codes).first() if len(codes) else pd.Series(dtype="str")
    return Duties(pd.DataFrame({"key": actors, "name": names.to_numpy()}, dtype="str"), subjects, spans, _known(acts))


def _of_groups(facts: Facts, tables: Tables, records: Records, cadence: Cadence) -> Duties:
    """Each group and village in which it has recipients. A visit is of the group that it names, else of its visitors'."""
    pairings = tables.get("pairing", pd.DataFrame()).reset_index(drop=True)
    group = folded(pairings, "group")
    of_helper = pd.Series(group.to_numpy(), index=column(pairings, "_helper")).dropna()
    of_helper = of_helper[~of_helper.index.duplicated()]
    stated = records.text("group").to_numpy(dtype=object)[records.people["record"].to_numpy()]
    theirs = records.people["helper"].map(of_helper).astype("str")
    who = pd.Series(stated, dtype="str").fillna(theirs)
    return _beside_villages(facts, tables, records, group, who)


def _of_units(facts: Facts, tables: Tables, records: Records, cadence: Cadence) -> Duties:
    """Each unit and village in which it helps. A record is of the unit that it names."""
    pairings = tables.get("pairing", pd.DataFrame()).reset_index(drop=True)
    who = pd.Series(_unit(records.rows).to_numpy(dtype=object)[records.people["record"].to_numpy()], dtype="str")
    return _beside_villages(facts, tables, records, folded(pairings, "helper_unit"), who)


def _beside_villages(
    facts: Facts, tables: Tables, records: Records, of_pairing: pd.Series, of_person: pd.Series
) -> Duties:
    pairings = tables.get("pairing", pd.DataFrame()).reset_index(drop=True)
    places = Places.of(facts, tables)
    spans = _dated(pairings).assign(actor=of_pairing, subject=places.of_rows(pairings))
    at = records.people["record"].to_numpy()
    visited = places.of_rows(records.rows).to_numpy(dtype=object)[at]
    acts = pd.DataFrame(
        {"actor": of_person, "subject": pd.Series(visited, dtype="str"), "date": records.date.to_numpy()[at]}
    )
    return _numbered(spans, acts, places.named)


def _of_pairs_of_units(facts: Facts, tables: Tables, records: Records, cadence: Cadence) -> Duties:
    """Each unit (school) and the recipient that it helps."""
    pairings = tables.get("pairing", pd.DataFrame()).reset_index(drop=True)
    spans = _dated(pairings).assign(actor=folded(pairings, "helper_unit"), subject=column(pairings, "_recipient"))
    at = records.people["record"].to_numpy()
    acts = pd.DataFrame(
        {
            "actor": _unit(records.rows).to_numpy(dtype=object)[at],
            "subject": column(records.rows, "_recipient").to_numpy(dtype=object)[at],
            "date": records.date.to_numpy()[at],
        }
    )
    named = _named(facts.households, tables).set_index("key")
    return _numbered(spans, acts.astype({"actor": "str", "subject": "str"}), named)


def _alone(keys: Callable[[pd.DataFrame], pd.Series], sources: tuple[str, ...]) -> Callable[..., Duties]:
    """Everybody who stands in one of the `sources` owes to himself."""

    def make(facts: Facts, tables: Tables, records: Records, cadence: Cadence) -> Duties:
        known = [keys(tables[name].reset_index(drop=True)) for name in sources if name in tables]
        distinct = pd.concat(known, ignore_index=True).dropna().drop_duplicates() if known else pd.Series(dtype="str")
        spans = _always(distinct, distinct)
        own = keys(records.rows)
        acts = pd.DataFrame({"actor": own, "subject": own, "date": records.date})
        return _numbered(spans, acts, pd.DataFrame(index=pd.Index(distinct, name="key")))

    return make


def _each_helper(facts: Facts, tables: Tables, records: Records, cadence: Cadence) -> Duties:
    spans = facts.pairings.assign(actor=facts.pairings["helper"], subject=facts.pairings["helper"])
    own = pd.Index(facts.helpers["key"]).get_indexer(records.people["helper"])
    acts = pd.DataFrame(
        {"actor": own, "subject": own, "date": records.date.to_numpy()[records.people["record"].to_numpy()]}
    )
    subjects = facts.helpers.assign(township=np.nan, village=np.nan)[["key", "name", "township", "village"]]
    return Duties(facts.helpers, subjects, spans, _known(acts))


def _programme(facts: Facts, tables: Tables, records: Records, cadence: Cadence) -> Duties:
    acts = pd.DataFrame({"actor": 0, "subject": 0, "date": records.date})
    one = pd.DataFrame({"key": [""], "name": ["全县"], "township": [None], "village": [None]}).astype("str")
    return Duties(one, one, _always(np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)), acts)


def _unit(rows: pd.DataFrame) -> pd.Series:
    return folded(rows, "unit").fillna(folded(rows, "helper_unit")).fillna(folded(rows, "school"))


def _class(rows: pd.DataFrame) -> pd.Series:
    return _unit(rows) + "|" + folded(rows, "class_name")


def _dated(pairings: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {"started": column(pairings, "started_on", "datetime64[ns]"), "ended": last_day(pairings, "ended_on")}
    )


def _always(actors: object, subjects: object) -> pd.DataFrame:
    spans = pd.DataFrame({"actor": actors, "subject": subjects})
    never = pd.Series(pd.NaT, index=spans.index, dtype="datetime64[ns]")
    return spans.assign(started=never, ended=never).reset_index(drop=True)


def _numbered(spans: pd.DataFrame, acts: pd.DataFrame, named: pd.DataFrame) -> Duties:
    """Duties of spans and acts whose actors and subjects are keys. named: by key of a subject its name, township, village."""
    spans = spans[spans["actor"].notna() & spans["subject"].notna()].reset_index(drop=True)
    actors, subjects = (pd.Index(spans[name].drop_duplicates()).sort_values() for name in ("actor", "subject"))
    described = named.reindex(subjects).reindex(columns=["name", "township", "village"]).reset_index(names="key")
    described["name"] = described["name"].astype("str").fillna(described["key"].astype("str"))
    numbers = {"actor": actors, "subject": subjects}
    spans, acts = (
        rows.assign(**{n: index.get_indexer(rows[n]) for n, index in numbers.items()}) for rows in (spans, acts)
    )
    return Duties(pd.DataFrame({"key": actors, "name": actors}, dtype="str"), described, spans, _known(acts))


def _named(households: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Key, name, township and village of every recipient: as pairings and records call him, else as his own roster does."""
    rows = households.rename(columns={"head_name": "name"})[["key", "name", "township", "village"]]
    for roster, name in (("child", "name"), ("village", "village")):
        own = tables.get(roster, pd.DataFrame())
        said = pd.DataFrame({"key": column(own, "_key"), "name": column(own, name)})
        said = said.assign(township=column(own, "township"), village=column(own, "village"))
        said = (
            said[said["key"].notna()]
            .drop_duplicates("key")
            .set_index("key")
            .reindex(rows["key"])
            .reset_index(drop=True)
        )
        rows = rows.fillna(said)
    return rows


def _known(acts: pd.DataFrame) -> pd.DataFrame:
    return acts[(acts["subject"] >= 0) & acts["date"].notna()].reset_index(drop=True)


_MAKERS: Mapping[str, Callable[[Facts, Tables, Records, Cadence], Duties]] = {
    "recipient": _of_helpers,
    "helper": _each_helper,
    "group-village": _of_groups,
    "unit-village": _of_units,
    "unit-recipient": _of_pairs_of_units,
    "unit": _alone(_unit, ("child", "unit", "helper", "pairing")),
    "class": _alone(_class, ("child",)),
    "villager-group": _alone(villager_group_of, ("child",)),
    "programme": _programme,
}
