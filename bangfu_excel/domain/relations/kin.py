"""The ages and telephones of one family."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.finding import Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Relation, relation
from bangfu_excel.core.spans import precision_of
from bangfu_excel.domain.identity import GONE, birth
from bangfu_excel.domain.relations.families import of_relation
from bangfu_excel.domain.relations.groups import home, joined, listed, nothing, one_a_group, sharing

_Frames = Mapping[str, pd.DataFrame]
_YOUNGER = {
    **dict.fromkeys(("之子", "之女"), "generation"), **dict.fromkeys(("之儿媳", "之女婿"), "in_law"),
    **dict.fromkeys(("之孙子", "之孙女", "之外孙子", "之外孙女"), "grandparent"),
}  # fmt: skip
_ELDER = {
    **dict.fromkeys(("之父", "之母"), "generation"), **dict.fromkeys(("之岳父", "之岳母", "之公公", "之婆婆"), "in_law"),
    **dict.fromkeys(("之祖父", "之祖母", "之外祖父", "之外祖母"), "grandparent"),
}  # fmt: skip
"""Relation to the head → the limit by which the elder of the two is to be older."""
_SPOUSE = "配偶"
_COUNTY = r"([^省市县区旗州盟\s]{2,}(?:市|县|旗|(?<![园社小景发])区))[^市县区旗]*$"


@relation(
    "HH12", "年龄与和户主的关系不符", on="member", by="_recipient", severity=Severity.WARNING,
    reads={"member": ("relation", "name", "id_number", "birth_date", "status", "household_id", "head_name")}, at=("relation",),
    limits={"generation": 15, "in_law": 8, "grandparent": 15, "spouse": 20},
    says="第{row}行{name}填的是户主{head}的“{value}”，按出生日期{apart}", suggests="请对照户口簿核对与户主关系和出生日期",
    basis="DOMAIN HH12", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def ages_are_not_of_the_relation(tables: _Frames, given: Given) -> pd.DataFrame:
    """A child hardly younger than the head, a parent hardly older, a spouse of quite another age; of households with one head."""
    members, limits = tables["member"], given.limits(ages_are_not_of_the_relation)
    born = _born(members)
    heads = of_relation(members, "户主").dropna()
    heads = heads[~heads.duplicated(keep=False)]
    kin = home(members)[members["relation"].isin([*_YOUNGER, *_ELDER, _SPOUSE]) & ~members["status"].isin(GONE)]
    head = kin.map(pd.Series(heads.index, index=heads.to_numpy())).dropna().astype("int64")
    own, of_head = born.loc[head.index], pd.Series(born.loc[head].to_numpy(), index=head.index)
    said = members["relation"].loc[head.index]
    older = _years(own, of_head).where(said.isin([*_ELDER]), _years(of_head, own))
    least = said.map({**_YOUNGER, **_ELDER}).map(limits).astype("float64")
    apart = _years(own, of_head).abs()
    strange = ((older < least) | ((said == _SPOUSE) & (apart > limits["spouse"]))).fillna(False).astype(bool)
    strange &= own.notna() & of_head.notna()
    told = strange.index[strange]
    words = [_apart(said[label], int(older[label]), int(apart[label])) for label in told]
    names = members["name"].loc[head[told]].tolist()
    related = pd.Series([(int(head[label]),) for label in told], index=told, dtype="object")
    return pd.DataFrame({"head": names, "apart": words, "_related": related}, index=told)


def _apart(relation: str, older: int, apart: int) -> str:
    if relation == _SPOUSE:
        return f"与户主相差{apart}岁"
    if relation in _ELDER:
        return f"只比户主大{older}岁" if older >= 0 else "比户主年纪小"
    return f"只比户主小{older}岁" if older >= 0 else "比户主年纪大"


def _born(members: pd.DataFrame) -> pd.Series:
    """The birth date by the number, else as stated to the day."""
    coarse = precision_of(members, "birth_date").isin(["month", "year"])
    return birth(members["id_number"]).fillna(members["birth_date"].mask(coarse))


def _years(earlier: pd.Series, later: pd.Series) -> pd.Series:
    """Full years from one birth to the other; below 0 where the second was earlier."""
    before = (later.dt.month * 100 + later.dt.day) < (earlier.dt.month * 100 + earlier.dt.day)
    return later.dt.year - earlier.dt.year - before


@relation(
    "ID19", "一家人同一个电话而在两地务工", on="member", by="phone", severity=Severity.WARNING,
    reads={"member": ("phone", "work_place", "name", "household_id", "head_name")}, at=("phone", "work_place"),
    says="第{row}行“{label}”填的是“{value}”，与同一户{others}的电话相同，而务工地点不在一个县", suggests="请填各人自己的电话，或核对务工地点",
    basis="DOMAIN ID19", subject=Subject.IDENTITY,
)  # fmt: skip
def one_phone_in_two_counties(tables: _Frames, given: Given) -> pd.DataFrame:
    """Members of one household with one telephone who work in different counties, as far as those are named: told once."""
    members = tables["member"]
    place = members["work_place"].astype("str")
    away = members[place.notna() & members["phone"].notna()]
    number = joined(away.assign(home=home(away)), "home", "phone")
    number = number.loc[sharing(number).index]
    county = place.loc[number.index].str.extract(_COUNTY, expand=False).dropna()
    found = sharing(number.loc[county.index], apart=county)
    if found.empty:
        return nothing()
    # 宝安区 is of 深圳市: a county that the other place names too is no other county
    elsewhere = [
        any(county[label] not in place[other] and county[other] not in place[label] for other in related)
        for label, related in found["_related"].items()
    ]
    told = one_a_group(found[elsewhere], members)
    others = [listed(members["name"][label] for label in related) for related in told["_related"]]
    return pd.DataFrame({"others": others, "_related": told["_related"]}, index=told.index)


RELATIONS: tuple[Relation, ...] = (ages_are_not_of_the_relation, one_phone_in_two_counties)
