"""Pairings against the pattern of the plan under which they are handed in; without a plan that says one, nothing is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.finding import Severity
from bangfu_excel.core.fold import fold
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Relation, relation
from bangfu_excel.core.scheme import Bounds, Helper, Pattern
from bangfu_excel.core.spans import in_force
from bangfu_excel.domain.relations.groups import listed, nothing

_Frames = Mapping[str, pd.DataFrame]
_READS = {
    "pairing": (
        "recipient_name", "household_id", "township", "village", "helper_name", "helper_unit", "group", "pattern",
        "helper_position", "is_lead", "started_on", "ended_on",
    )
}  # fmt: skip
_ONE = Bounds(most=1)
_UNITS = ("unit", "school", "branch")


def _sides(tables: _Frames, given: Given) -> pd.DataFrame:
    """The pairings in force on the day of the report, with `_side` (who helps: person, group or unit) and `_whom`.

    `_pattern`: id of the plan's pattern that the row names, else of its default one; rows of none are left out.
    """
    pairings = tables["pairing"]
    scheme = given.scheme
    if scheme is None or not scheme.patterns or pairings.empty:
        return pairings.iloc[:0].assign(_pattern=None, _side=None, _whom=None)
    by_code = {pattern.code: pattern.id for pattern in reversed(scheme.patterns)}
    named = pairings["pattern"].map(by_code)
    named = named.mask(pairings["pattern"].isna(), scheme.default_pattern or None)
    rows = pairings.assign(_pattern=named, _whom=_whom(pairings))[named.notna() & in_force(pairings, given.as_of)]
    levels = {pattern.id: pattern.level for pattern in scheme.patterns}
    level = rows["_pattern"].map(levels)
    unit = each_once(rows["helper_unit"], fold)
    person = rows["_helper"].fillna(rows["helper_name"])
    side = person.mask(level == "group", rows["group"]).mask(level.isin(_UNITS), unit)
    return rows.assign(_side=side)


def _whom(pairings: pd.DataFrame) -> pd.Series:
    """The recipient: the one that the row was linked to, else what it says itself."""
    place = pairings["township"].fillna("") + "|" + pairings["village"].fillna("")
    named = place + "|" + pairings["recipient_name"].fillna("")
    told = pairings["recipient_name"].notna() | pairings["village"].notna()
    return pairings["_recipient"].fillna(pairings["household_id"]).fillna(named.where(told))


def _patterns(given: Given, wanted: Callable[[Pattern], bool]) -> list[Pattern]:
    return [pattern for pattern in given.scheme.patterns if wanted(pattern)] if given.scheme else []


def _beyond(rows: pd.DataFrame, by: str, of: str, called: str, bounds: Bounds) -> pd.DataFrame:
    """One row a value of `by` that has fewer or more different values of `of` than `bounds` lets it have.

    Index: its first submitted row; columns number, others (who, as listed), `_related` (its other rows).
    """
    known = rows[rows[by].notna() & rows[of].notna()]
    number = known.groupby(by)[of].nunique()
    broken = number[(number < bounds.least) | (number > (bounds.most or len(known)))]
    known = known[known[by].isin(broken.index)]
    submitted = known[known["_region"] >= 0]
    first = submitted[~submitted[by].duplicated()]
    if first.empty:
        return nothing()
    each = known.groupby(by)
    others = each[called].agg(listed)
    labels = {value: tuple(int(label) for label in group.index) for value, group in each}
    related = [tuple(o for o in labels[value] if o != label) for label, value in first[by].items()]
    return pd.DataFrame(
        {
            "number": first[by].map(number),
            "others": first[by].map(others),
            "_related": pd.Series(related, index=first.index, dtype="object"),
        }
    )


def _each(
    patterns: list[Pattern], rows: pd.DataFrame, found: Callable[[Pattern, pd.DataFrame], pd.DataFrame]
) -> pd.DataFrame:
    """What `found` says of the rows of each pattern, together."""
    parts = [found(pattern, rows[rows["_pattern"] == pattern.id]) for pattern in patterns]
    parts = [part for part in parts if len(part)]
    return pd.concat(parts) if parts else nothing()


@relation(
    "PV03", "一对一的帮扶人结对了几个对象", on="pairing", by="_helper", severity=Severity.ERROR, reads=_READS,
    at=("helper_name", "recipient_name"),
    says="第{row}行{helper}结对了{number}个对象（{others}），按本方案一方只结对一个", suggests="请核对；换了对象的请在旧的一行填结束时间",
    told="第{row}行{helper}在外镇也有结对，按本方案一方只结对一个，请联系县办",
    basis="DOMAIN PV03", subject=Subject.PAIRING,
)  # fmt: skip
def helper_of_several(tables: _Frames, given: Given) -> pd.DataFrame:
    """A helper, or a school, of several recipients where the pattern lets each have one."""

    def found(pattern: Pattern, rows: pd.DataFrame) -> pd.DataFrame:
        told = _beyond(rows, "_side", "_whom", "recipient_name", _ONE)
        called = rows["helper_name"] if pattern.level == "person" else rows["helper_unit"]
        return told.assign(helper=called.loc[told.index]) if len(told) else told

    return _each(
        _patterns(given, lambda p: p.recipients.most == 1 and p.level != "group"), _sides(tables, given), found
    )


@relation(
    "PV03", "一对一的对象有几个帮扶人", on="pairing", by="_recipient", severity=Severity.ERROR, reads=_READS,
    at=("recipient_name", "helper_name"),
    says="第{row}行{recipient}由{number}方结对（{others}），按本方案只由一方结对", suggests="请核对；换了帮扶人的请在旧的一行填结束时间",
    told="第{row}行{recipient}由{number}方结对，其中有外镇填报的，请联系县办",
    basis="DOMAIN PV03", subject=Subject.PAIRING,
)  # fmt: skip
def recipient_of_several(tables: _Frames, given: Given) -> pd.DataFrame:
    """A recipient with several helpers, or schools, where the pattern lets each have one."""

    def found(pattern: Pattern, rows: pd.DataFrame) -> pd.DataFrame:
        called = "helper_name" if pattern.level == "person" else "helper_unit"
        told = _beyond(rows, "_whom", "_side", called, _ONE)
        named = rows["recipient_name"].fillna(rows["village"]).fillna("这个对象")
        return told.assign(recipient=named.loc[told.index]) if len(told) else told

    return _each(_patterns(given, lambda p: p.helpers.most == 1), _sides(tables, given), found)


@relation(
    "PV04", "小组包户数不符", on="pairing", by="group", severity=Severity.WARNING, reads=_READS, at=("group", "recipient_name"),
    says="第{row}行“{label}”填的是“{value}”，这个小组结对了{number}户（{others}），按本方案应为{wanted}户", suggests="请核对小组名称和结对名单",
    told="第{row}行“{label}”填的是“{value}”，这个小组在外镇也有结对户，共{number}户，请联系县办",
    basis="DOMAIN PV04", subject=Subject.PAIRING,
)  # fmt: skip
def group_with_other_number(tables: _Frames, given: Given) -> pd.DataFrame:
    """A group that has more or fewer households than the pattern says."""

    def found(pattern: Pattern, rows: pd.DataFrame) -> pd.DataFrame:
        told = _beyond(rows, "_side", "_whom", "recipient_name", pattern.recipients)
        return told.assign(wanted=_wanted(pattern.recipients)) if len(told) else told

    return _each(_patterns(given, lambda p: p.level == "group"), _sides(tables, given), found)


def _wanted(bounds: Bounds) -> str:
    if bounds.most is None:
        return f"至少{bounds.least}"
    return str(bounds.most) if bounds.least == bounds.most else f"{bounds.least}至{bounds.most}"


@relation(
    "PV04", "结对户数超过职级限数", on="pairing", by="_helper", severity=Severity.WARNING, reads=_READS,
    at=("helper_name", "helper_position"),
    says="第{row}行{helper_name}结对了{number}户（{others}），按本方案这一职级最多{wanted}户", suggests="请核对职级和结对名单",
    told="第{row}行{helper_name}在外镇也有结对户，共{number}户，请联系县办",
    basis="DOMAIN PV04", subject=Subject.PAIRING,
)  # fmt: skip
def helper_over_load(tables: _Frames, given: Given) -> pd.DataFrame:
    """A helper with more recipients than his rank is to bear; the rank is read in his post."""

    def found(pattern: Pattern, rows: pd.DataFrame) -> pd.DataFrame:
        posts = (
            rows["helper_rank"].fillna(rows["helper_position"]) if "helper_rank" in rows else rows["helper_position"]
        )
        parts = []
        for rank, most in sorted(pattern.load.items(), key=lambda item: -len(item[0])):
            held = posts.str.contains(rank, regex=False).fillna(False).astype(bool)
            told = _beyond(rows[held], "_side", "_whom", "recipient_name", Bounds(most=most))
            parts.append(told.assign(wanted=most) if len(told) else told)
            posts = posts.mask(held)  # 副处级 is no 处级: the longer word goes first
        parts = [part for part in parts if len(part)]
        return pd.concat(parts) if parts else nothing()

    return _each(_patterns(given, lambda p: bool(p.load)), _sides(tables, given), found)


@relation(
    "PV04", "对象的帮扶人不够", on="pairing", by="_recipient", severity=Severity.WARNING, reads=_READS,
    at=("recipient_name", "pattern"),
    says="第{row}行{recipient_name}只有{number}个帮扶人（{others}），按本方案至少{wanted}个", suggests="请补报其余的帮扶人，或核对结对方式",
    basis="方案中的多对一结对", subject=Subject.PAIRING,
)  # fmt: skip
def recipient_with_too_few(tables: _Frames, given: Given) -> pd.DataFrame:
    """A recipient that several are to help together and that has fewer."""

    def found(pattern: Pattern, rows: pd.DataFrame) -> pd.DataFrame:
        told = _beyond(rows, "_whom", "_side", "helper_name", Bounds(least=pattern.helpers.least))
        return told.assign(wanted=pattern.helpers.least) if len(told) else told

    return _each(_patterns(given, lambda p: p.helpers.least > 1), _sides(tables, given), found)


@relation(
    "PV05", "几个单位帮一个村的牵头单位不是一个", on="pairing", by="village", severity=Severity.ERROR, reads=_READS,
    at=("is_lead", "helper_unit"),
    says="第{row}行起帮扶{village}的有{number}个单位（{others}），其中牵头的有{leads}个，应正好1个", suggests="请在其中一个单位的“{label}”填是，其余填否",
    basis="DOMAIN PV05", subject=Subject.PAIRING,
)  # fmt: skip
def village_without_one_lead(tables: _Frames, given: Given) -> pd.DataFrame:
    """A village that several units help, none or more than one of which is the lead."""
    ids = [pattern.id for pattern in _patterns(given, lambda p: p.one_lead)]
    rows = _sides(tables, given)
    rows = rows[rows["_pattern"].isin(ids)]
    told = _beyond(rows, "_whom", "_side", "helper_unit", _ONE)
    if told.empty:
        return told
    leading = rows[rows["is_lead"].fillna(False).astype(bool)]
    leads = leading.groupby("_whom")["_side"].nunique()
    told["leads"] = rows.loc[told.index, "_whom"].map(leads).fillna(0).astype("int64")
    return told[told["leads"] != 1]


@relation(
    "PV34", "帮扶人性别不合要求", on="pairing", by="_helper", severity=Severity.ERROR,
    reads={"pairing": ("helper_name", "helper_gender", "helper_kind"), "helper": ("name", "gender")}, at=("helper_name", "helper_gender"),
    says="第{row}行{helper_name}是{said}性，按本方案{who}应为{wanted}性", suggests="请核对性别，或改由符合要求的人结对",
    basis="各帮扶方案对帮扶人的要求", subject=Subject.PAIRING,
)  # fmt: skip
def helper_of_other_gender(tables: _Frames, given: Given) -> pd.DataFrame:
    """A helper whose gender, by this row or the roster of helpers, is not the one that the plan asks for."""
    return _unfit(tables, given, "gender", lambda helper: (helper.gender,) if helper.gender else ())


@relation(
    "PV34", "帮扶人政治面貌不合要求", on="pairing", by="_helper", severity=Severity.ERROR,
    reads={"pairing": ("helper_name", "helper_politics", "helper_kind"), "helper": ("name", "politics")}, at=("helper_politics", "helper_name"),
    says="第{row}行{helper_name}的政治面貌是{said}，按本方案{who}应为{wanted}", suggests="请核对政治面貌，或改由符合要求的人结对",
    basis="各帮扶方案对帮扶人的要求", subject=Subject.PAIRING,
)  # fmt: skip
def helper_of_other_politics(tables: _Frames, given: Given) -> pd.DataFrame:
    """A helper whose politics, by this row or the roster of helpers, is none of those that the plan asks for."""
    return _unfit(tables, given, "politics", lambda helper: helper.politics)


def _unfit(tables: _Frames, given: Given, field: str, wanted: Callable[[Helper], tuple[str, ...]]) -> pd.DataFrame:
    """The submitted pairings whose helper is none of what is `wanted` of his kind: said, who, wanted.

    A row that does not say the kind is held to the condition only where the plan has one kind of helper.
    """
    helpers = given.scheme.helpers if given.scheme else ()
    pairings = tables["pairing"]
    said = pairings[f"helper_{field}"]
    roster = tables.get("helper")
    if roster is not None and len(roster) and field in roster:
        known = (
            roster.dropna(subset=["_helper", field]).drop_duplicates("_helper", keep="last").set_index("_helper")[field]
        )
        said = said.fillna(pairings["_helper"].map(known).astype("str"))
    parts = []
    for helper in helpers:
        if not wanted(helper):
            continue
        asked = (pairings["helper_kind"] == helper.kind).fillna(False).astype(bool)
        if len(helpers) == 1:
            asked |= pairings["helper_kind"].isna()
        unfit = asked & (pairings["_region"] >= 0) & said.notna() & ~said.isin(wanted(helper))
        words = {"who": helper.kind or helper.title, "wanted": "、".join(wanted(helper))}
        parts.append(pd.DataFrame({"said": said[unfit]}).assign(**words))
    parts = [part for part in parts if len(part)]
    return pd.concat(parts) if parts else nothing()


RELATIONS: tuple[Relation, ...] = (
    helper_of_several,
    recipient_of_several,
    group_with_other_number,
    helper_over_load,
    recipient_with_too_few,
    village_without_one_lead,
    helper_of_other_gender,
    helper_of_other_politics,
)
