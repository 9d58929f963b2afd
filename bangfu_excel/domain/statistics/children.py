"""Statistics of 儿童档案: what plans say of left-behind children (方案4 二)."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.rule import Given
from bangfu_excel.core.statistic import Average, Shares, Statistic
from bangfu_excel.domain.ages import AGED_BY
from bangfu_excel.domain.codelists import CODELISTS
from bangfu_excel.domain.statistics.categories import age_groups, only, pick
from bangfu_excel.domain.statistics.provinces import in_other_province

_WHO = ("category", "left_behind_kind", "parents_away")
_ASKED = "只统计留守儿童：儿童类别写明是别的、又没有填留守类型和父母外出的不算；没有填类别的算。"
_OUT, _IN = "父母有一方在外省", "父母都不在外省"
_FEW, _MORE = "不超过2次", "3次及以上"
_GRAND, _PARENT, _KIN, _OTHER, _ALONE = "隔代抚养", "父母照料", "其他亲属", "亲属以外的人或机构", "无人照料"
_CARE = dict.fromkeys(CODELISTS["care_type"].labels, _OTHER) | {
    "父母照料": _PARENT, "父亲照料": _PARENT, "母亲照料": _PARENT, "其他亲属照料": _KIN, "无人照料": _ALONE,
    **{one: _GRAND for one in CODELISTS["care_type"].labels if CODELISTS["care_type"].attribute(one, "grandparents") == "是"},
}  # fmt: skip
_RELATION = dict.fromkeys(CODELISTS["guardian_relation"].labels, _OTHER) | {
    **dict.fromkeys(("父亲", "母亲", "继父或养父", "继母或养母"), _PARENT),
    **dict.fromkeys(("祖父", "祖母", "祖父母", "外祖父", "外祖母", "外祖父母"), _GRAND),
    **dict.fromkeys(("兄弟姐妹", "伯叔姑舅姨", "其他亲属"), _KIN),
}
_ENTRUSTED = "受托人照料"
_LOW, _MIDDLE, _HIGH, _COLLEGE = "小学及以下", "初中", "高中或中专", "大专及以上"
_EDUCATION = {
    "文盲或半文盲": _LOW, "学前教育": _LOW, "小学": _LOW, "初中": _MIDDLE, "高中": _HIGH, "大专": _COLLEGE, "本科及以上": _COLLEGE,
}  # fmt: skip
_AGES = ((0, 5, "0—5周岁"), (6, 13, "6—13周岁"), (14, 16, "14—16周岁"), (17, 200, "17周岁及以上"))


def left_behind(rows: pd.DataFrame) -> pd.Series:
    """Every row that is not said to be of another category of children."""
    stated = rows["category"].notna()
    named = rows["category"].str.contains("留守儿童|双留儿童").fillna(False).astype(bool)
    away = rows["left_behind_kind"].notna() | rows["parents_away"].fillna(False).astype(bool)
    return ~stated | named | away


def _province(rows: pd.DataFrame, given: Given) -> pd.Series:
    """One parent elsewhere is enough; both must be known to be in the province, or the only place that the form asks for."""
    places = {who: in_other_province(rows[f"{who}_work_place"], given) for who in ("father", "mother", "parent")}
    out = pd.DataFrame(places).eq(True).fillna(False).any(axis=1)
    here = {who: places[who].eq(False).fillna(False) for who in ("father", "mother")}
    gone = {who: rows[f"{who}_alive"].eq(False).fillna(False).astype(bool) for who in here}
    both = (here["father"] | gone["father"]) & (here["mother"] | gone["mother"]) & ~(gone["father"] & gone["mother"])
    unsaid = rows["father_work_place"].isna() & rows["mother_work_place"].isna()
    home = both | (places["parent"].eq(False).fillna(False) & unsaid)
    return only(left_behind(rows), pick(rows.index, ((out, _OUT), (home, _IN))))


def _care(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Who looks after the child: as stated, of an entrusted one by his relation, else by the guardian's relation."""
    entrusted = rows["entrusted_relation"].map(_RELATION).where(rows["care_type"] == _ENTRUSTED)
    stated = entrusted.fillna(rows["care_type"].map(_CARE))
    return only(left_behind(rows), stated.fillna(rows["guardian_relation"].map(_RELATION)).astype("str"))


def _education(rows: pd.DataFrame, given: Given) -> pd.Series:
    return only(left_behind(rows), rows["guardian_education"].map(_EDUCATION).astype("str"))


def _returns(rows: pd.DataFrame, given: Given) -> pd.Series:
    times = rows["return_times_per_year"]
    return only(left_behind(rows), pick(rows.index, ((times <= 2, _FEW), (times > 2, _MORE))))


def _times(rows: pd.DataFrame, given: Given) -> pd.Series:
    return rows["return_times_per_year"]


def _each(rows: pd.DataFrame, given: Given) -> pd.Series:
    return left_behind(rows).astype("Int64")


def _ages(rows: pd.DataFrame, given: Given) -> pd.Series:
    return age_groups(rows, given, _AGES)


STATISTICS: tuple[Statistic, ...] = (
    Shares(
        "child-out-of-province", "父母在外省务工",
        (*_WHO, *(f"{who}_work_place" for who in ("father", "mother", "parent")), "father_alive", "mother_alive"),
        f"{_ASKED}按父亲、母亲、家长的务工地点：有一方在外省就算；两方（或表上只有一栏的那一方）都在省内、在家才算不在外省。"
        "只写了一方又在省内的，另一方不知道，算未填。认得省名和地级市名；要先在本县设置里写明本县所在的省（province），没有写明的，写着省名、市名的都算未填。",
        "人", of=_province, categories=(_OUT, _IN),
    ),
    Shares(
        "child-raised-by", "由谁照料", (*_WHO, "care_type", "entrusted_relation", "guardian_relation"),
        f"{_ASKED}先看照料方式，委托他人的看受托人是孩子的什么人；没有填照料方式的看监护人是孩子的什么人。祖父母、外祖父母照料的是隔代抚养。",
        "人", of=_care, categories=(_GRAND, _PARENT, _KIN, _OTHER, _ALONE),
    ),
    Shares(
        "guardian-education", "监护人文化程度", (*_WHO, "guardian_education"),
        f"{_ASKED}文盲、半文盲、学前、小学都在“小学及以下”里。", "人",
        of=_education, categories=(_LOW, _MIDDLE, _HIGH, _COLLEGE),
    ),
    Shares(
        "parents-return", "父母每年回家次数", (*_WHO, "return_times_per_year"),
        f"{_ASKED}一次也不回的在“不超过2次”里；没有填次数的不当作没有回过。", "人", of=_returns, categories=(_FEW, _MORE),
    ),
    Average(
        "parents-return-mean", "父母平均回家次数", (*_WHO, "return_times_per_year"),
        f"{_ASKED}次数之和除以填了次数的人数。", "次", "次/年", number=_times, weight=_each, category="平均每年回家",
    ),
    Shares(
        "child-age", "儿童年龄", AGED_BY,
        "截止日期当天的周岁，过生日当天算长一岁；按证件号码，没有的按出生日期，再没有的按填的年龄。出生只写到年、月而分不清在哪一段的算未填。",
        "人", of=_ages, categories=tuple(name for *_, name in _AGES),
    ),
)  # fmt: skip
