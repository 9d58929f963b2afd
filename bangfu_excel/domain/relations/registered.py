"""What is submitted against what was registered before, and against other files of the same village."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.finding import Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.places import place_keys
from bangfu_excel.core.rule import BEFORE, Given, Relation, relation
from bangfu_excel.domain.identity import GONE, citizen_number
from bangfu_excel.domain.relations.groups import listed, members_of, nothing, sharing

_Frames = Mapping[str, pd.DataFrame]
_HOUSEHOLDS, _MEMBERS = f"household{BEFORE}", f"member{BEFORE}"
_REASON = "死亡|去世|病故|迁出|搬走|注销|销户|退出|脱贫|出嫁|嫁出|离婚|分户|并户|重复"
_ACCEPTED = "accepted"


@relation(
    "HH13", "已死亡、迁出或注销的人仍在册", on="member", by="id_number", severity=Severity.WARNING,
    reads={"member": ("id_number", "status", "name"), _MEMBERS: ("id_number", "status")}, at=("name",),
    says="第{row}行{name}仍按在册填报，而另有一处记录的状态是“{gone}”", suggests="请核对；确已{gone}的请在状态一栏填明，家庭人口数里不再计入",
    told="第{row}行{name}的状态与外镇记录的不同，请联系县办", basis="DOMAIN HH13", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def gone_but_listed(tables: _Frames, given: Given) -> pd.DataFrame:
    """A person listed as present whom another row, or what is registered, says to be dead, gone or struck off."""
    members, before = tables["member"], tables[_MEMBERS]
    said = pd.concat([part[part["status"].isin(GONE)] for part in (members, before)])
    said = said[~said.index.duplicated()]
    listed_still = members[(members["_region"] >= 0) & ~members["status"].isin(GONE)]
    if said.empty or listed_still.empty:
        return nothing()
    found = pd.Series(None, index=listed_still.index, dtype="object")
    for form in (_number, _key):
        there = form(said).dropna().drop_duplicates(keep="last")
        found = found.fillna(form(listed_still).map(pd.Series(there.index, index=there.to_numpy(), dtype="object")))
    label = found.dropna().astype("int64")
    return pd.DataFrame(
        {"gone": said["status"].loc[label].to_numpy(), "_related": [(int(other),) for other in label]},
        index=label.index,
    )


def _number(members: pd.DataFrame) -> pd.Series:
    return citizen_number(members["id_number"])


def _key(members: pd.DataFrame) -> pd.Series:
    return members["_key"]


@relation(
    "PV30b", "一个村报了两份", on="household", by="village", severity=Severity.WARNING,
    reads={"household": ("village", "head_name")}, at=("village", "head_name"), limits={"share": 0.5},
    says="从第{row}行起，{village}有{number}户在文件“{other}”里也报了，内容不全相同", suggests="请确认哪一份是最后的，只报一份",
    basis="DOMAIN PV30", subject=Subject.SUBMISSION,
)  # fmt: skip
def village_in_two_files(tables: _Frames, given: Given) -> pd.DataFrame:
    """Two files of this run of which one has, of a village, at least a share of the households that the other has."""
    households = tables["household"]
    own = households[(households["_region"] >= 0) & households["_key"].notna() & households["village"].notna()]
    home = _village(own) + "\n" + own["_file"].astype("str")
    shared = sharing(own["_key"], apart=own["_file"])
    if shared.empty:
        return nothing()
    size = home.groupby(home).size()
    pairs: dict[tuple[str, str], list[int]] = {}
    for label, others in shared["_related"].items():
        for other in others:
            if home[other] < home[label] and home[other].partition("\n")[0] == home[label].partition("\n")[0]:
                pairs.setdefault((home[other], home[label]), []).append(label)
    least = given.limits(village_in_two_files)["share"]
    told = {
        labels[0]: {"other": first.partition("\n")[2], "number": len(labels), "_related": tuple(labels[1:])}
        for (first, second), labels in pairs.items()
        if len(labels) >= least * min(size[first], size[second])
    }
    return pd.DataFrame.from_dict(told, orient="index") if told else nothing()


def _village(frame: pd.DataFrame) -> pd.Series:
    return place_keys(frame["township"]).fillna("") + "|" + place_keys(frame["village"]).fillna("")


@relation(
    "PV32", "上次有、这次没有的户", on="household", by="village", severity=Severity.WARNING,
    reads={"household": ("village", "head_name", "head_id"), _HOUSEHOLDS: ("village", "head_name", "status", "remark")},
    at=("village", "head_name"),
    says="从第{row}行起是{where}的户，此前登记的{who}这次没有报，也没有写明原因",
    suggests="请核对；已脱贫、死亡、迁出、退出的请在状态或备注里写明，漏报的请补报", basis="DOMAIN PV32", subject=Subject.SUBMISSION,
)  # fmt: skip
def households_missing_now(tables: _Frames, given: Given) -> pd.DataFrame:
    """Households registered in a village whose roster is submitted, that are not in it and left for no stated reason."""
    households, before = tables["household"], _still_there(tables[_HOUSEHOLDS])
    own = _whole(households)
    moved = among(citizen_number(before["head_id"]), citizen_number(own["head_id"]).dropna().tolist())
    return _missing(own, before[~moved], "head_name", "户")


@relation(
    "PV32", "上次有、这次没有的成员", on="member", by="_recipient", severity=Severity.WARNING,
    reads={"member": ("name", "id_number"), _MEMBERS: ("name", "status", "remark")}, at=("name",),
    says="从第{row}行起是{where}的家庭成员，此前登记的{who}这次没有报，也没有写明原因",
    suggests="请核对；已死亡、迁出的请在状态或备注里写明，漏报的请补报", basis="DOMAIN PV32", subject=Subject.SUBMISSION,
)  # fmt: skip
def members_missing_now(tables: _Frames, given: Given) -> pd.DataFrame:
    """Members registered in a household whose members are submitted, that are not among them: told once a village."""
    members, before = tables["member"], _still_there(tables[_MEMBERS])
    own = _whole(members)
    before = before[among(before["_recipient"], own["_recipient"].dropna().tolist())]
    moved = among(citizen_number(before["id_number"]), citizen_number(own["id_number"]).dropna().tolist())
    named = own["_recipient"] + "|" + own["name"]
    moved |= among(before["_recipient"] + "|" + before["name"], named.dropna().tolist())
    before = before[~moved]
    if before.empty:
        return nothing()
    village = own.assign(at=_village(own)).dropna(subset="_recipient").drop_duplicates("_recipient")
    at = before["_recipient"].map(village.set_index("_recipient")["at"])
    return _missing(own, before, "name", "人", at)


def _whole(rows: pd.DataFrame) -> pd.DataFrame:
    """The submitted rows, without those of sheets that only add to what was reported before."""
    own = rows[rows["_region"] >= 0]
    return own[~own["_adds"]] if "_adds" in own else own


def _still_there(before: pd.DataFrame) -> pd.DataFrame:
    """The registered rows that counted, are not submitted again and give no reason why they should not be."""
    if before.empty:
        return before
    reason = before["status"].isin(GONE) | before["remark"].str.contains(_REASON).fillna(False).astype(bool)
    return before[(before["_outcome"] == _ACCEPTED) & ~before["_again"] & ~reason]


def _missing(
    own: pd.DataFrame, before: pd.DataFrame, called: str, measure: str, at: pd.Series | None = None
) -> pd.DataFrame:
    """One row a village of `own`: at its first row, who of `before` is missing there."""
    if before.empty or own.empty:
        return nothing()
    here = _village(own)
    there = _village(before) if at is None else at
    absent = there[among(there, here.tolist())].dropna()
    groups = members_of(absent.index.to_numpy(), absent.tolist())
    first = here[~here.duplicated()]
    first = first[among(first, list(groups))]
    who = before.loc[absent.index, called].groupby(absent.to_numpy(), sort=False).agg(lambda g: listed(g, measure))
    village = own["village"].loc[first.index].fillna("本村")
    related = pd.Series([tuple(groups[name]) for name in first], index=first.index, dtype="object")
    return pd.DataFrame({"where": village, "who": first.map(who), "_related": related})


RELATIONS: tuple[Relation, ...] = (gone_but_listed, village_in_two_files, households_missing_now, members_missing_now)
