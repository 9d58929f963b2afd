"""A household and its members."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.names import name_keys
from bangfu_excel.core.rule import Given, Relation, relation
from bangfu_excel.domain.identity import GONE, sex
from bangfu_excel.domain.relations.groups import home, listed, members_of, sharing

_Frames = Mapping[str, pd.DataFrame]
_WHOSE = ("relation", "name", "household_id", "head_name")
_ABLE = ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力")
_UNABLE = "无劳动能力"
_BY_BOOK = "请对照户口簿更正与户主关系"


def of_relation(members: pd.DataFrame, relation: str) -> pd.Series:
    """The households of the members with this relation to the head, on the rows of those members."""
    return home(members)[(members["relation"] == relation) & ~members["status"].isin(GONE)]


@relation(
    "HH01", "没有户主", on="member", by="_recipient", severity=Severity.ERROR,
    reads={"member": _WHOSE}, at=("relation",),
    says="第{row}行{name}所在的一户没有一人填“户主”", suggests="请把户主本人的与户主关系填为户主，户主没有列入的请补一行",
    basis="DOMAIN HH01", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def no_head(tables: _Frames, given: Given) -> pd.DataFrame:
    """A household all of whose relations are known and none is the head: told at the head's row by name, else the first."""
    members = tables["member"]
    household = home(members)
    unknown = household[members["relation"].isna()]
    settled = {*unknown.tolist(), *of_relation(members, "户主").tolist()}
    headless = household[household.notna() & ~among(household, settled)]
    at_home = members.loc[headless.index]
    named_head = (name_keys(at_home["name"]) == name_keys(at_home["head_name"])) & at_home["head_name"].notna()
    first = headless.to_frame("home").assign(late=~named_head).sort_values(["late"], kind="stable")
    return members.loc[first.index[~first["home"].duplicated()], []]


@relation(
    "HH02", "一户有几个户主", on="member", by="_recipient", severity=Severity.ERROR, effect=Effect.FIELD,
    reads={"member": _WHOSE}, at=("relation",),
    says="第{row}行{name}填的是“户主”，同一户另有{others}也填了“户主”", suggests=_BY_BOOK,
    basis="DOMAIN HH02", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def several_heads(tables: _Frames, given: Given) -> pd.DataFrame:
    """More than one head in a household; where one of them is the head by name, told at the others only."""
    members = tables["member"]
    found = _several(members, "户主")
    named = members.loc[found.index, ["name", "head_name"]].apply(name_keys)
    true_head = named["name"].eq(named["head_name"]).fillna(False) & found["_related"].notna()
    rightful = home(members).loc[found.index][true_head.to_numpy(dtype=bool)]
    return found.drop(index=rightful.index[~rightful.duplicated(keep=False)])


@relation(
    "HH03", "一户有几个配偶", on="member", by="_recipient", severity=Severity.ERROR, effect=Effect.FIELD,
    reads={"member": _WHOSE}, at=("relation",),
    says="第{row}行{name}填的是“{value}”（户主的配偶），同一户另有{others}也填了配偶", suggests=_BY_BOOK,
    basis="DOMAIN HH03", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def several_spouses(tables: _Frames, given: Given) -> pd.DataFrame:
    """More than one spouse of the head."""
    return _several(tables["member"], "配偶")


def _several(members: pd.DataFrame, relation: str) -> pd.DataFrame:
    found = sharing(of_relation(members, relation), apart=_person(members))
    called = members["name"].loc[found.index].to_dict()
    others = [listed(called[label] for label in related) for related in found["_related"]]
    return found[["_related"]].assign(others=others)


def _person(members: pd.DataFrame) -> pd.Series:
    """Who a row is about: two rows of one person are a duplicate and told as such."""
    return members["id_number"].fillna(name_keys(members["name"]))


@relation(
    "HH04", "户主与配偶性别相同", on="member", by="_recipient", severity=Severity.ERROR, effect=Effect.FIELD,
    reads={"member": (*_WHOSE, "gender", "id_number")}, at=("gender",),
    says="第{row}行{name}是户主的配偶，性别与户主{head}相同，都是{sex}", suggests="请对照户口簿更正性别或与户主关系",
    basis="DOMAIN HH04", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def spouses_of_one_sex(tables: _Frames, given: Given) -> pd.DataFrame:
    """Head and spouse of one sex, where there is one of each."""
    members = tables["member"]
    gender = members["gender"].fillna(sex(members["id_number"]))
    heads, spouses = of_relation(members, "户主").dropna(), of_relation(members, "配偶").dropna()
    heads, spouses = heads[~heads.duplicated(keep=False)], spouses[~spouses.duplicated(keep=False)]
    head_of = pd.Series(heads.index, index=heads.to_numpy())
    spouses = spouses[among(spouses, heads.tolist())]
    head = spouses.map(head_of)
    same = gender.loc[spouses.index].to_numpy() == gender.loc[head].to_numpy()
    same &= gender.loc[spouses.index].notna().to_numpy()
    head = head[same]
    return pd.DataFrame(
        {
            "head": members["name"].loc[head].to_numpy(),
            "sex": gender.loc[head].to_numpy(),
            "_related": [(h,) for h in head],
        },
        index=head.index,
    )


@relation(
    "HH07", "人口数与成员行数不符", on="household", by="_key", needs=("member",), related_in="member",
    severity=Severity.WARNING, reads={"household": ("member_count",), "member": ("status", "name")}, at=("member_count",),
    says="第{row}行“{label}”填的是“{value}”，而家庭成员表里这一户有{rows}人", suggests="请核对人口数，或补齐、删去成员",
    basis="DOMAIN HH07", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def count_differs_from_members(tables: _Frames, given: Given) -> pd.DataFrame:
    """Another number of members than rows of members (those who died or left not counted), where there are any."""
    households, members = tables["household"], tables["member"]
    counted = members["_recipient"][~members["status"].isin(GONE)].dropna()
    rows = households["_key"].map(counted.value_counts())
    differs = (rows != households["member_count"]).fillna(False) & rows.notna() & households["member_count"].notna()
    told = households[differs.astype(bool)]
    listing = counted[among(counted, told["_key"].tolist())]
    labels = members_of(listing.index.to_numpy(), listing.tolist())
    related = pd.Series([tuple(labels.get(key, ())) for key in told["_key"]], index=told.index, dtype="object")
    return pd.DataFrame({"rows": rows.loc[told.index].astype("Int64"), "_related": related})


@relation(
    "HH10", "没有家庭成员", on="household", by="_key", needs=("member",), severity=Severity.ERROR,
    reads={"household": ("head_name", "village"), "member": ("household_id",)}, at=("head_name",),
    says="从第{row}行起，{households}在家庭成员表里没有一个成员", suggests="请补报这些户的家庭成员，户主本人也要占一行",
    basis="DOMAIN HH10", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def household_without_members(tables: _Frames, given: Given) -> pd.DataFrame:
    """Households without a member where the village's members were submitted: told once a sheet and village."""
    households, members = tables["household"], tables["member"]
    submitted = households[households["_key"].notna() & (households["_region"] >= 0)]
    empty = submitted[~among(submitted["_key"], members["_recipient"].tolist())]
    by = empty["_file"] + "|" + empty["_sheet"] + "|" + empty["village"].fillna("")
    names = empty["head_name"].fillna(empty["_key"]).groupby(by, sort=False).agg(lambda group: listed(group, "户"))
    found = list(members_of(empty.index.to_numpy(), by.tolist()).values())
    related = [tuple(labels[1:]) for labels in found]
    index = pd.Index([labels[0] for labels in found], dtype="int64")
    named = names.to_numpy()
    return pd.DataFrame({"households": named, "_related": pd.Series(related, index=index, dtype="object")}, index=index)


@relation(
    "HH15", "户主姓名不一致", on="member", by="_recipient", severity=Severity.ERROR, effect=Effect.FIELD,
    reads={"member": _WHOSE, "household": ("head_name",)}, at=("relation", "name"),
    says="第{row}行{name}的与户主关系填的是“{value}”，而这一户的户主是{head}", suggests="请对照户口簿更正户主姓名或与户主关系",
    basis="DOMAIN HH15", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def head_of_another_name(tables: _Frames, given: Given) -> pd.DataFrame:
    """The one member who is the head is not called like the head of the household."""
    members, households = tables["member"], tables["household"]
    named = households.dropna(subset=["_key", "head_name"]).drop_duplicates("_key").set_index("_key")["head_name"]
    heads = of_relation(members, "户主").dropna()
    heads = heads[~heads.duplicated(keep=False)]
    own = members["head_name"].loc[heads.index]
    head = members["_recipient"].loc[heads.index].map(named).astype("str").fillna(own)
    other = head.notna() & (name_keys(head) != name_keys(members["name"].loc[heads.index]))
    return head[other].to_frame("head")


@relation(
    "HH16", "整户劳动能力与成员不符", on="household", by="_recipient", needs=("member",), severity=Severity.WARNING,
    reads={"household": ("labour_capacity", "head_name"), "member": ("labour_ability", "status", "name")}, at=("labour_capacity",),
    says="第{row}行“{label}”填的是“{value}”，而家庭成员的劳动能力是：{abilities}", suggests="请对照成员的劳动能力核对，按户帮扶的办法由它决定",
    basis="DOMAIN §6.6 X2", subject=Subject.HOUSEHOLD, related_in="member",
)  # fmt: skip
def capacity_is_not_the_members(tables: _Frames, given: Given) -> pd.DataFrame:
    """A household said to be able to work none of whose members is, or the reverse; only where all abilities are known."""
    households, members = tables["household"], tables["member"]
    members = members[~members["status"].isin(GONE)]
    ability = members["labour_ability"]
    each = ability.groupby(home(members))
    known = each.count() == each.size()
    able = ability.isin(_ABLE).groupby(home(members)).any()
    said = households[(households["_region"] >= 0) & households["labour_capacity"].notna()]
    of = said["_recipient"]
    judged = of.map(known).fillna(False).astype(bool)
    broken = judged & (of.map(able).fillna(False).astype(bool) == (said["labour_capacity"] == _UNABLE))
    labels = {whom: tuple(int(label) for label in rows.index) for whom, rows in each}
    related = pd.Series([labels[whom] for whom in of[broken]], index=of.index[broken], dtype="object")
    return pd.DataFrame({"abilities": of[broken].map(each.agg(listed)), "_related": related})


RELATIONS: tuple[Relation, ...] = (
    no_head,
    several_heads,
    several_spouses,
    spouses_of_one_sex,
    count_differs_from_members,
    household_without_members,
    head_of_another_name,
    capacity_is_not_the_members,
)
