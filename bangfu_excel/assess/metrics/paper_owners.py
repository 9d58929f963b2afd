"""Who owes a paper of a plan, and who has handed one in."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.assess.duties import taught
from bangfu_excel.assess.facts import NO_UNIT, column
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.assess.metrics.responsible import named, units_of
from bangfu_excel.core.assessment import COUNTY
from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.scheme.work import Document
from bangfu_excel.core.schools import SCHOOLS

LEVEL_OF = {
    "helper": "helper",
    "teacher": "helper",
    "class-teacher": "helper",
    "group": "group",
    "school": "school",
    "unit": "unit",
    "office": "county",
}
"""Who hands a paper in → the level that owes it."""


def owed_by(counting: Counting, document: Document) -> pd.DataFrame:
    """A row a paper that is owed: owner (units and schools that help or are listed, groups, by name; helpers and class teachers by key),
    school ("" of others than class teachers), whom it is about, `thing`: what tells it from others of its kind.

    Of a class teacher one is wanted for each child that is a key child (重点关爱) or for whom one is registered.
    """
    if document.who == "class-teacher":
        pupils = taught(counting.tables)
        wanted = column(pupils, "is_key", "boolean").fillna(False) | pupils["_key"].isin(_children(counting, document))
        pupils = pupils[wanted.astype(bool)].drop_duplicates("_key")
        school = units_of(counting, column(pupils, "school"))
        whom = column(pupils, "name").fillna("")
        found = {"owner": pupils["_teacher"], "school": school, "whom": whom, "thing": pupils["_key"]}
        return pd.DataFrame(found).sort_values(["owner", "thing"], ignore_index=True).astype("str")
    owners = pd.Series(_owners(counting, document), dtype="str")
    return pd.DataFrame({"owner": owners, "school": "", "whom": "", "thing": owners}, dtype="str")


def handed_in_by(counting: Counting, document: Document, rows: pd.DataFrame) -> pd.Series:
    """The `thing` of each registered paper of that kind; missing where it is nobody's."""
    level = LEVEL_OF[document.who]
    if document.who == "class-teacher":
        return _children(counting, document)
    if level == "county":
        return pd.Series(COUNTY, index=rows.index, dtype="str")
    if level == "group":
        return counting.spelled("pairing", "group", each_once(column(rows, "unit"), fold))
    unit = units_of(counting, column(rows, "unit"))
    return named(counting, column(rows, "person_in_charge"), unit) if level == "helper" else unit


def papers_of(counting: Counting, kind: str) -> pd.DataFrame:
    """The registered papers of a kind, numbered from 0."""
    rows = counting.table("document")
    return rows[column(rows, "kind").eq(kind)].reset_index(drop=True)


def _owners(counting: Counting, document: Document) -> list[str]:
    level = LEVEL_OF[document.who]
    facts, pairs = counting.facts, counting.counted.pairings
    helping = pairs[pairs["active"]]
    if level == "helper":
        return sorted(facts.helpers["key"].take(helping["helper"].unique()))
    if level == "group":
        return counting.group_names
    if level == "county":
        return [COUNTY]
    units = [facts.units[number] for number in helping["unit"].unique()]
    names = pd.Series([*units, *units_of(counting, column(counting.table("unit"), "unit"))], dtype="str")
    if level == "school":
        schools = units_of(counting, column(counting.table("child"), "school"))
        names = pd.concat([names[names.str.contains(SCHOOLS)], schools], ignore_index=True)
    return sorted(set(names) - {"", NO_UNIT})


def _children(counting: Counting, document: Document) -> pd.Series:
    """The child that each paper is about, by key: the one of that name in the school that handed it in, else the only one of that name."""
    rows, pupils = papers_of(counting, document.kind), counting.table("child")
    known = pd.DataFrame(
        {
            "name": each_once(column(pupils, "name"), fold),
            "unit": units_of(counting, column(pupils, "school")),
            "key": column(pupils, "_key"),
        }
    ).dropna()
    about = pd.DataFrame(
        {"name": each_once(column(rows, "student"), fold), "unit": units_of(counting, column(rows, "unit"))}
    )
    inside = known.drop_duplicates(["name", "unit"], keep=False)
    sole = known.drop_duplicates("name", keep=False).set_index("name")["key"]
    found = about.merge(inside, how="left", on=["name", "unit"])["key"].set_axis(rows.index)
    return found.fillna(about["name"].map(sole)).astype("str")
