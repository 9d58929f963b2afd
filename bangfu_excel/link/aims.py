"""What sort of recipient each row means: a household, somebody, a child, a village or a school."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.places import place_keys
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.region import Source
from bangfu_excel.core.rows import Outcome
from bangfu_excel.link.classes import class_keys
from bangfu_excel.link.references import stated_column, stated_name, unit_keys

HOUSEHOLDS, PERSONS, CHILDREN, VILLAGES, SCHOOLS, ANY = "household", "person", "child", "village", "school", "any"
_BY_KIND = {
    "户": HOUSEHOLDS, "个人": PERSONS, "党员": PERSONS, "儿童": CHILDREN, "学生": CHILDREN, "村": VILLAGES, "学校": SCHOOLS,
}  # fmt: skip
_MAYBE_VILLAGE = "village?"  # a person may be called so, too
_SCHOOL = re.compile(r".{2,}(?:学校|[小中大]学|[初高]中|学院|幼儿园)")
_CHILDS, _OF_CHILDS = re.compile("学生|儿童|孩子|孤儿"), re.compile("家长|监护|户主|父|母")
_VILLAGE = re.compile(r".{2,}(?:村民委员会|村委会|居委会|社区)")


def wider_references(frame: pd.DataFrame, reference: Reference, refs: pd.DataFrame) -> pd.DataFrame:
    """`refs` with `aim`, `school` and `class_name` of each row, `place` and `unit`: its name as one of a village or of a school has it, where it means one.

    The kind that is stated decides; without one, whoever has a class is a child, and a place without any name is itself
    meant. Rows that were returned before (they lack a name that they should have) mean no village.
    """
    written = stated_name(frame, reference)
    school = unit_keys(stated_column(frame, reference.school))
    class_name = class_keys(stated_column(frame, reference.class_name), stated_column(frame, "grade"))
    kind = stated_column(frame, reference.kind).map(_BY_KIND).astype("str")
    nameless = refs[["id", "person", "name"]].isna().all(axis=1)
    aim = pd.Series(ANY, index=frame.index, dtype="str")
    if not nameless.all():
        looks = each_once(written, _looks_like).fillna(ANY)
        aim = looks.mask(
            (looks == _MAYBE_VILLAGE) & (place_keys(written.where(looks == _MAYBE_VILLAGE)) == refs["village"]),
            VILLAGES,
        )
        aim = aim.mask(aim == _MAYBE_VILLAGE, ANY)
        aim = aim.mask(refs["id"].notna() | refs["person"].notna(), ANY)
    pupil = school.notna() | class_name.notna()
    aim = aim.mask(pupil & ~nameless & (aim == ANY), CHILDREN).mask(nameless & school.notna(), SCHOOLS)
    taken = (frame["_outcome"] != Outcome.RETURNED) if "_outcome" in frame else np.ones(len(frame), dtype=bool)
    aim = aim.mask(nameless & school.isna() & refs["village"].notna() & taken, VILLAGES)
    aim = kind.fillna(aim)
    place, unit = place_keys(written.where(aim == VILLAGES)), unit_keys(written.where(aim == SCHOOLS))
    return refs.assign(aim=aim, school=school, class_name=class_name, place=place, unit=unit)


def headed_as_child(label: str) -> bool:
    """Whether the header over a name says that it is a child's: 学生姓名, but not 学生家长姓名."""
    return _CHILDS.search(label) is not None and _OF_CHILDS.search(label) is None


def with_headings(
    wide: pd.DataFrame, frame: pd.DataFrame, reference: Reference, sources: Sequence[Source]
) -> pd.DataFrame:
    """`wide` where whoever stands in a column of pupils or children is one, as far as the row says nothing else."""
    headed = [
        region for region in frame["_region"].unique().tolist()
        if (column := sources[region].columns.get(reference.name)) is not None and headed_as_child(column.label)
    ]  # fmt: skip
    if not headed:
        return wide
    named = frame["_region"].isin(headed) & stated_column(frame, reference.name).notna()
    return wide.assign(aim=wide["aim"].mask(named & (wide["aim"] == ANY) & wide["id"].isna(), CHILDREN))


def _looks_like(name: str) -> str:
    if len(name) > 2 and name.endswith("村"):
        return _MAYBE_VILLAGE
    return SCHOOLS if _SCHOOL.fullmatch(name) else VILLAGES if _VILLAGE.fullmatch(name) else ANY
