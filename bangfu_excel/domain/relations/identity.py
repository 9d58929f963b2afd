"""The same number, telephone or person on several rows."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.names import name_keys
from bangfu_excel.core.places import place_keys
from bangfu_excel.core.rule import Given, Relation, relation
from bangfu_excel.domain.identity import citizen_number
from bangfu_excel.domain.relations.groups import home, joined, listed, nothing, one_a_group, sharing

_Frames = Mapping[str, pd.DataFrame]
_TOLD = "第{row}行“{label}”填的是“{value}”，与外镇重复，请联系县办"
_ASK_COUNTY = "请对照身份证和户口簿核对，号码填错的更正，多填的删去"


def _with_names(found: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """`found` with a column `others`: the names on the related rows."""
    called = names.to_dict() if len(found) else {}
    others = [listed(called[label] for label in related) for related in found["_related"]]
    return pd.DataFrame({"others": others, "_related": found["_related"]}, index=found.index)


@relation(
    "ID06", "同一户内证件号码重复", on="member", by="id_number", severity=Severity.ERROR, effect=Effect.FIELD,
    reads={"member": ("id_number", "name", "household_id", "head_name")}, at=("id_number",),
    says="第{row}行“{label}”填的是“{value}”，与同一户{others}的号码相同", suggests=_ASK_COUNTY,
    basis="DOMAIN ID06", subject=Subject.IDENTITY, told=_TOLD,
)  # fmt: skip
def member_number_twice(tables: _Frames, given: Given) -> pd.DataFrame:
    """One number for two persons of one household (a certificate counts as the number in it).

    One person on two rows is a conflict of the rows, and the number stands.
    """
    members = tables["member"]
    number = citizen_number(members["id_number"])
    elsewhere = sharing(number, apart=home(members)).index
    return _with_names(sharing(number.drop(elsewhere), apart=name_keys(members["name"])), members["name"])


@relation(
    "ID07", "不同户证件号码相同", on="member", by="id_number", severity=Severity.ERROR, effect=Effect.FIELD,
    reads={"member": ("id_number", "name", "household_id", "head_name")}, at=("id_number",),
    says="第{row}行“{label}”填的是“{value}”，与另一户{others}的号码相同", suggests=_ASK_COUNTY,
    basis="DOMAIN ID07", subject=Subject.IDENTITY, told=_TOLD,
)  # fmt: skip
def member_number_in_two_households(tables: _Frames, given: Given) -> pd.DataFrame:
    """One number in several households, in this run or against what is registered."""
    members = tables["member"]
    return _with_names(sharing(citizen_number(members["id_number"]), apart=home(members)), members["name"])


@relation(
    "ID06", "同一证件号码填了两行", on="household", by="head_id", severity=Severity.ERROR, effect=Effect.FIELD,
    reads={"household": ("head_id", "head_name", "household_id")}, at=("head_id",),
    says="第{row}行“{label}”填的是“{value}”，与{others}一户的号码相同", suggests=_ASK_COUNTY,
    basis="DOMAIN ID06", subject=Subject.IDENTITY, told=_TOLD,
)  # fmt: skip
def head_number_twice(tables: _Frames, given: Given) -> pd.DataFrame:
    """One number for two heads, the first without 户编号. One head on two rows is a conflict of the rows, and the number stands."""
    households = tables["household"]
    number = citizen_number(households["head_id"])
    elsewhere = sharing(number, apart=households["_key"]).index
    found = sharing(number.drop(elsewhere), apart=name_keys(households["head_name"]))
    first = found["by"].map({by: label for label, by in reversed(list(found["by"].items()))})
    unnumbered = households["household_id"].isna().loc[first].to_numpy(dtype=bool)
    return _with_names(found[unnumbered], households["head_name"])


@relation(
    "ID07", "不同户户主证件号码相同", on="household", by="head_id", severity=Severity.ERROR, effect=Effect.FIELD,
    reads={"household": ("head_id", "head_name", "household_id")}, at=("head_id",),
    says="第{row}行“{label}”填的是“{value}”，与另一户{others}的号码相同", suggests=_ASK_COUNTY,
    basis="DOMAIN ID07", subject=Subject.IDENTITY, told=_TOLD,
)  # fmt: skip
def head_number_in_two_households(tables: _Frames, given: Given) -> pd.DataFrame:
    """One head's number in several households."""
    households = tables["household"]
    found = sharing(citizen_number(households["head_id"]), apart=households["_key"])
    return _with_names(found, households["head_name"])


@relation(
    "ID08", "证件号码只差末位", on="member", by="id_number", severity=Severity.WARNING,
    reads={"member": ("id_number", "id_number__stated", "name")}, at=("id_number",),
    says="第{row}行“{label}”填的是“{value}”，与{others}的号码只差末位，可能是同一人", suggests="请对照身份证核对",
    basis="DOMAIN ID08", subject=Subject.IDENTITY, told=_TOLD,
)  # fmt: skip
def numbers_differ_in_the_last(tables: _Frames, given: Given) -> pd.DataFrame:
    """A number whose last digit is wrong (it is withheld, so looked at as written) and one with the same first 17 digits."""
    members = tables["member"]
    return _differ_in_the_last(members, "id_number", members["name"])


def _differ_in_the_last(frame: pd.DataFrame, field: str, names: pd.Series) -> pd.DataFrame:
    written = frame[f"{field}__stated"].str.upper().str.replace(r"[^0-9X]", "", regex=True)
    wrong = written.where(written.str.len() == 18)
    if wrong.isna().all():
        return nothing()
    number = citizen_number(frame[field]).fillna(wrong)
    found = sharing(number.str.slice(0, 17), apart=number)
    return _with_names(found[wrong.loc[found.index].notna()], names)


@relation(
    "ID08", "户主证件号码只差末位", on="household", by="head_id", severity=Severity.WARNING,
    reads={"household": ("head_id", "head_id__stated", "head_name")}, at=("head_id",),
    says="第{row}行“{label}”填的是“{value}”，与{others}的号码只差末位，可能是同一人", suggests="请对照身份证核对",
    basis="DOMAIN ID08", subject=Subject.IDENTITY, told=_TOLD,
)  # fmt: skip
def head_numbers_differ_in_the_last(tables: _Frames, given: Given) -> pd.DataFrame:
    """The same for the heads of households."""
    households = tables["household"]
    return _differ_in_the_last(households, "head_id", households["head_name"])


@relation(
    "ID15", "同户同名证件号码不同", on="member", by="_recipient", severity=Severity.WARNING,
    reads={"member": ("name", "id_number", "household_id", "head_name")}, at=("id_number", "name"),
    says="第{row}行“{label}”填的是“{value}”，同一户另有一行也叫“{name}”，号码不同", suggests="请核对是否同一人，是的只留一行",
    basis="DOMAIN ID15", subject=Subject.IDENTITY,
)  # fmt: skip
def one_name_two_numbers(tables: _Frames, given: Given) -> pd.DataFrame:
    """One name twice in a household, with different numbers."""
    members = tables["member"]
    members = members[members["id_number"].notna()]
    members = members.assign(home=home(members), called=name_keys(members["name"]))
    return sharing(joined(members, "home", "called"), apart=citizen_number(members["id_number"]))[["_related"]]


@relation(
    "ID18", "多户共用一个电话", on="household", by="phone", severity=Severity.WARNING,
    reads={"household": ("phone", "head_name", "township")}, at=("phone",),
    says="第{row}行“{label}”填的是“{value}”，共有{households}户填了这个电话：{others}",
    suggests="请核对；用亲属或干部电话的请在备注说明", basis="DOMAIN ID18", subject=Subject.IDENTITY,
    told="第{row}行“{label}”填的是“{value}”，与外镇重复，请联系县办",
)  # fmt: skip
def one_phone_for_many(tables: _Frames, given: Given) -> pd.DataFrame:
    """One telephone for several households: told once a township."""
    households = tables["household"]
    found = sharing(households["phone"], apart=households["_key"])
    if found.empty:
        return nothing()
    several = households["_key"].loc[found.index].groupby(found["by"]).nunique()
    told = one_a_group(found, households, households["township"].fillna(households["_file"]))
    called = households["head_name"].loc[found.index].to_dict()
    others = [listed((called[i] for i in (label, *more)), "户") for label, more in told["_related"].items()]
    return pd.DataFrame({"households": told["by"].map(several), "others": others, "_related": told["_related"]})


@relation(
    "HH11", "户编号与其他户的写法不同", on="household", by="household_id", severity=Severity.WARNING,
    reads={"household": ("household_id", "village")}, at=("household_id",), limits={"households": 20, "share": 0.95, "sequence": 3},
    says="第{row}行“{label}”填的是“{value}”，{difference}", suggests="请对照户编号底册核对，是否少填、多填或填成了别村的编号",
    basis="DOMAIN HH11", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def number_of_another_shape(tables: _Frames, given: Given) -> pd.DataFrame:
    """A household's number that is longer or shorter than nearly all others, or begins as another village's do.

    Without the county's table of area codes, the numbers submitted and registered are the measure, where they are many
    and agree.
    """
    limits = given.limits(number_of_another_shape)
    households = tables["household"][tables["household"]["household_id"].notna()]
    number = households["household_id"]
    size = number.str.len()
    if size.empty or len(size) < limits["households"]:
        return nothing()
    usual = int(size.mode().iloc[0])
    if (size == usual).mean() < limits["share"]:
        return nothing()
    odd = size[size != usual].astype("str")
    told = "长" + odd + f"位，其他户的编号都是{usual}位"
    stem = number.str.slice(0, usual - int(limits["sequence"])).where(size == usual).dropna()
    village = households["village"].loc[stem.index].dropna()
    foreign = _of_another_village(stem.loc[village.index], village, limits)
    return pd.concat([told, "开头与" + foreign + "的户编号相同，与本村其他户不同"]).to_frame("difference")


def _of_another_village(stem: pd.Series, village: pd.Series, limits: Mapping[str, float]) -> pd.Series:
    """The village that a number begins like, of those that begin otherwise than nearly all of their own village."""
    pairs = pd.DataFrame({"place": place_keys(village), "village": village, "stem": stem})
    size = pairs.groupby("place")["stem"].transform("size")
    alike = pairs.groupby(["place", "stem"])["stem"].transform("size")
    usual = (size >= limits["households"]) & (alike >= limits["share"] * size)
    owners = pairs[usual].drop_duplicates(["place", "stem"])
    owners = owners[~owners["stem"].duplicated(keep=False)].set_index("stem")
    strange = pairs[~usual & among(pairs["place"], owners["place"].tolist())]
    return strange["stem"].map(owners["village"]).dropna().astype("str")


RELATIONS: tuple[Relation, ...] = (
    member_number_twice,
    head_number_twice,
    member_number_in_two_households,
    head_number_in_two_households,
    numbers_differ_in_the_last,
    head_numbers_differ_in_the_last,
    one_name_two_numbers,
    one_phone_for_many,
    number_of_another_shape,
)
