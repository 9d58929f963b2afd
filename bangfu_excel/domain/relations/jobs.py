"""A member's work against what was registered of it before: off until a county wants it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.finding import Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import BEFORE, Given, Relation, relation
from bangfu_excel.domain.identity import citizen_number
from bangfu_excel.domain.relations.groups import nothing

_MEMBERS = f"member{BEFORE}"
_PERIOD = ("work_started_on", "work_ended_on")


@relation(
    "EL25b", "务工在上次结束以前开始", on="member", by="id_number", severity=Severity.WARNING, enabled=False,
    reads={"member": ("id_number", *_PERIOD), _MEMBERS: ("id_number", *_PERIOD)}, at=("work_started_on", "id_number"),
    says="第{row}行“{label}”填的是“{value}”，早于此前登记的上一次务工结束时间{ended}", suggests="请核对；上一次填错的，说明一下即可",
    basis="DOMAIN EL25", subject=Subject.LIVELIHOOD,
)  # fmt: skip
def started_before_the_last_ended(tables: Mapping[str, pd.DataFrame], given: Given) -> pd.DataFrame:
    """Another period of work than is registered of that person, that starts before the registered one has ended."""
    members, before = tables["member"], tables[_MEMBERS]
    now = members[(members["_region"] >= 0) & members["work_started_on"].notna()]
    then = before[before["work_ended_on"].notna()]
    then = then.assign(_person=citizen_number(then["id_number"])).dropna(subset="_person")
    if now.empty or then.empty:
        return nothing()
    last = then.drop_duplicates("_person", keep="last").set_index("_person")[list(_PERIOD)]
    registered = last.reindex(citizen_number(now["id_number"])).set_axis(now.index)
    another = now["work_started_on"] != registered["work_started_on"]
    broken = another & (now["work_started_on"] < registered["work_ended_on"])
    return pd.DataFrame({"ended": registered.loc[broken, "work_ended_on"]})


RELATIONS: tuple[Relation, ...] = (started_before_the_last_ended,)
