"""What was done for a household against what it lacks and what it is; most ships switched off, as the national system asks it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.finding import Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Relation, relation
from bangfu_excel.domain.codelists import CODELISTS
from bangfu_excel.domain.identity import GONE
from bangfu_excel.domain.relations.groups import listed, nothing, present

_Frames = Mapping[str, pd.DataFrame]
_CATEGORIES = CODELISTS["help_category"]
_FAMILY = {label: _CATEGORIES.attribute(label, "family") or label for label in _CATEGORIES.labels}
_ANSWERS: Mapping[str, frozenset[str]] = {
    "因病": frozenset({"健康帮扶", "社会帮扶", "综合保障"}),
    "因学": frozenset({"教育帮扶", "义务教育保障", "社会帮扶"}),
    "因残": frozenset({"综合保障", "社会帮扶"}),
    "因安全住房": frozenset({"住房安全保障", "搬迁"}),
    "因安全饮水": frozenset({"饮水安全保障"}),
}
"""Risk → the categories of the national system that answer it (DOMAIN MO03)."""
_SAFETY_NET = "综合保障"
_DIBAO = r"低保|最低生活保障"
_APPLIED = r"申请|申报|办理|评议|政策"
_FOR_DISABLED = r"残疾人?.{0,4}补贴|两项补贴"
_MADE = ("category", "recipient_name")


def _of_households(tables: _Frames) -> pd.DataFrame:
    """The measures whose household is known, with its `_cause`, `_capacity` and incomes; the cause of the row itself counts first."""
    measures, households = tables["measure"], tables["household"].drop_duplicates("_key").set_index("_key")
    rows = measures[among(measures["_recipient"], households.index.dropna().tolist())]
    at = rows["_recipient"]
    return rows.assign(
        _cause=rows["cause"].fillna(at.map(households["cause"])), _capacity=at.map(households["labour_capacity"])
    )


def _first_submitted(rows: pd.DataFrame) -> pd.DataFrame:
    """The first submitted row of each household."""
    submitted = rows[rows["_region"] >= 0]
    return submitted[~submitted["_recipient"].duplicated()]


def _unanswered(rows: pd.DataFrame, wanted: Mapping[str, frozenset[str]], form: Mapping[str, str]) -> pd.DataFrame:
    """`lacking`: at the first row of each household, the causes that none of its measures answers. form: of a category, as `wanted` has it."""
    done = rows["category"].map(form).groupby(rows["_recipient"]).agg(lambda kinds: frozenset(kinds.dropna()))
    causes = rows["_cause"].groupby(rows["_recipient"]).agg(lambda texts: "、".join(texts.dropna()))
    told = _first_submitted(rows)
    lacking = {}
    for label, home in told["_recipient"].items():
        stated = [cause for cause in dict.fromkeys(causes[home].split("、")) if cause in wanted]
        missed = [cause for cause in stated if not wanted[cause] & done[home]]
        if missed and done[home]:
            lacking[label] = listed(missed, "项")
    return pd.DataFrame({"lacking": pd.Series(lacking, dtype="str")}) if lacking else nothing()


@relation(
    "MO03", "措施与风险不对应", on="measure", by="_recipient", needs=("household",), severity=Severity.WARNING, enabled=False,
    reads={"measure": (*_MADE, "cause"), "household": ("cause", "labour_capacity")}, at=("category",),
    says="第{row}行起，这一户的原因有{lacking}，所报的措施里没有一项是对应的", suggests="请核对原因和措施类别，漏报的措施请补报",
    basis="DOMAIN MO03", subject=Subject.PAIRING,
)  # fmt: skip
def risk_without_its_measure(tables: _Frames, given: Given) -> pd.DataFrame:
    """A risk for which the national system knows measures, and none of them: told once a household."""
    return _unanswered(_of_households(tables), _ANSWERS, {label: label for label in _CATEGORIES.labels})


@relation(
    "MO11", "措施与致贫原因不一致", on="measure", by="_recipient", needs=("household",), severity=Severity.WARNING, enabled=False,
    reads={"measure": (*_MADE, "cause"), "household": ("cause", "labour_capacity")}, at=("category",),
    says="第{row}行起，这一户的原因有{lacking}，所报的措施都不属于方案为它定的一类", suggests="请按致贫原因定措施，漏报的措施请补报",
    basis="DOMAIN MO11；各帮扶方案的因户施策", subject=Subject.PAIRING,
)  # fmt: skip
def cause_without_its_family(tables: _Frames, given: Given) -> pd.DataFrame:
    """A cause for which the plan names a family of measures, and no measure of it: told once a household."""
    wanted: dict[str, frozenset[str]] = {}
    for answer in given.scheme.causes if given.scheme else ():
        for cause in answer.causes:
            wanted[cause] = wanted.get(cause, frozenset()) | {answer.family}
    return _unanswered(_of_households(tables), wanted, _FAMILY)


@relation(
    "MS05", "帮扶方式与劳动能力不一致", on="measure", by="_recipient", needs=("household",), severity=Severity.WARNING,
    reads={"measure": ("style",), "household": ("cause", "labour_capacity")}, at=("style",),
    says="第{row}行“{label}”填的是“{value}”，而这一户是{capacity}，方案定的是{family}", suggests="请核对劳动能力和帮扶方式",
    basis="结对帮扶方案：无劳动能力的亲情帮扶，有劳动能力的架桥帮扶", subject=Subject.PAIRING,
)  # fmt: skip
def style_for_other_capacity(tables: _Frames, given: Given) -> pd.DataFrame:
    """A style of help that the plan means for households of another labour capacity."""
    families = {answer.capacity: answer.family for answer in given.scheme.causes} if given.scheme else {}
    rows = _of_households(tables)
    family = rows["_capacity"].map({capacity: name for capacity, name in families.items() if capacity}).astype("str")
    wrong = rows[(rows["style"].notna() & family.notna() & (rows["style"] != family)).fillna(False).astype(bool)]
    return pd.DataFrame({"capacity": wrong["_capacity"], "family": family.loc[wrong.index]})


@relation(
    "MO09", "有劳动能力的户只有综合保障", on="measure", by="_recipient", needs=("household",), severity=Severity.WARNING, enabled=False,
    reads={"measure": _MADE, "household": ("cause", "labour_capacity")}, at=("category",),
    says="第{row}行起，这一户{capacity}，所报的措施只有{value}", suggests="请核对；有劳动能力的要有产业、就业等措施",
    basis="DOMAIN MO09", subject=Subject.PAIRING,
)  # fmt: skip
def able_and_only_kept(tables: _Frames, given: Given) -> pd.DataFrame:
    """A household able to work whose measures are all of the safety net: told once a household."""
    rows = _of_households(tables)
    rows = rows[(rows["_capacity"] == "有劳动能力") & rows["category"].notna()]
    only = (rows["category"] == _SAFETY_NET).groupby(rows["_recipient"]).all()
    told = _first_submitted(rows[among(rows["_recipient"], only.index[only].tolist())])
    return pd.DataFrame({"capacity": told["_capacity"]})


@relation(
    "MO04", "识别以后没有措施", on="household", by="_key", needs=("measure",), severity=Severity.WARNING, enabled=False,
    reads={"household": ("identified_on", "head_name"), "measure": ("category",)}, at=("identified_on", "head_name"), limits={"days": 30},
    says="第{row}行{head_name}一户{identified_on}识别，已超过{days}天，没有报一项帮扶措施", suggests="请补报措施，还没有定的尽快定",
    basis="DOMAIN MO04", subject=Subject.PAIRING,
)  # fmt: skip
def identified_and_left_alone(tables: _Frames, given: Given) -> pd.DataFrame:
    """A household identified some time ago for which nothing was done."""
    households = tables["household"]
    days = given.limits(identified_and_left_alone)["days"]
    old = households["identified_on"] < pd.Timestamp(given.as_of) - pd.Timedelta(days=days)
    here = ~households["status"].isin(GONE)
    helped = among(households["_key"], tables["measure"]["_recipient"].dropna().tolist())
    return households.loc[old.fillna(False).astype(bool) & here & ~helped, []]


@relation(
    "EC07", "有措施而收入是零", on="measure", by="_recipient", needs=("household",), severity=Severity.WARNING, enabled=False,
    reads={
        "measure": _MADE,
        "household": ("cause", "labour_capacity", "wage_income", "business_income", "transfer_income"),
    }, at=("category",),
    says="第{row}行“{label}”填的是“{value}”，而这一户的{income}是0", suggests="请核对措施和收入", basis="DOMAIN EC07", subject=Subject.ECONOMY,
)  # fmt: skip
def helped_and_earns_nothing(tables: _Frames, given: Given) -> pd.DataFrame:
    """Help to a kind of income of which the household has none."""
    rows = _of_households(tables)
    households = tables["household"].drop_duplicates("_key").set_index("_key")
    field = rows["category"].map({label: name for name, labels, _ in _INCOMES for label in labels})
    zero = pd.Series(False, index=rows.index)
    for name, _, _ in _INCOMES:
        zero |= (field == name) & (rows["_recipient"].map(households[name]) == 0).fillna(False)
    return pd.DataFrame({"income": field[zero].map({name: said for name, _, said in _INCOMES})})


_INCOMES = (
    ("wage_income", ("就业帮扶", "公益性岗位帮扶"), "工资性收入"),
    ("business_income", ("产业帮扶", "生产扶持"), "生产经营性收入"),
    ("transfer_income", (_SAFETY_NET,), "转移性收入"),
)


def _are(people: pd.DataFrame, mark: pd.Series) -> pd.Series:
    """Household → whether one of its members is so; only of households of whose members some say whether."""
    return mark[mark.notna()].astype(bool).groupby(people["_recipient"][mark.notna()]).any()


@relation(
    "PC05", "有低保措施而没有低保成员", on="measure", by="_recipient", needs=("member",), severity=Severity.WARNING,
    reads={"measure": ("content",), "member": ("dibao", "status")}, at=("content",),
    says="第{row}行“{label}”填的是“{value}”，而这一户的成员没有一人享受低保", suggests="请核对措施，以及成员表里是否享受低保一栏",
    basis="DOMAIN PC05", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def dibao_for_nobody(tables: _Frames, given: Given) -> pd.DataFrame:
    """Dibao as a measure for a household of which every member who says so has none; applying for it is none."""
    rows, people = tables["measure"], present(tables["member"])
    held = _are(people, people["dibao"])
    content = rows["content"].fillna("")
    paid = content.str.contains(_DIBAO) & ~content.str.contains(_APPLIED)
    return rows.loc[paid & among(rows["_recipient"], held.index[~held].tolist()), []]


@relation(
    "PC05b", "有残疾人补贴而没有残疾成员", on="measure", by="_recipient", needs=("member",), severity=Severity.WARNING,
    reads={"measure": ("content",), "member": ("disability_cert", "disability_grade", "health", "status")}, at=("content",),
    says="第{row}行“{label}”填的是“{value}”，而这一户的成员没有一人是残疾人", suggests="请核对措施，以及成员表里的残疾证号和健康状况",
    basis="DOMAIN PC05", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def subsidy_for_nobody_disabled(tables: _Frames, given: Given) -> pd.DataFrame:
    """A subsidy for the disabled where all members say how they are, and none is disabled."""
    rows, people = tables["measure"], present(tables["member"])
    disabled = people["disability_cert"].notna() | people["disability_grade"].notna()
    disabled |= people["health"].str.contains("残疾").fillna(False).astype(bool)
    known = people["health"].notna().groupby(people["_recipient"]).all()
    none = ~disabled.groupby(people["_recipient"]).any() & known
    paid = rows["content"].str.contains(_FOR_DISABLED).fillna(False).astype(bool)
    return rows.loc[paid & among(rows["_recipient"], none.index[none].tolist()), []]


@relation(
    "PC05c", "有低保成员而没有保障措施", on="measure", by="_recipient", needs=("member",), severity=Severity.WARNING, enabled=False,
    reads={"measure": (*_MADE, "content"), "member": ("dibao", "status")}, at=("category",),
    says="第{row}行起，这一户有成员享受低保，所报的措施里没有综合保障", suggests="请核对；措施漏报的请补报", basis="DOMAIN PC05",
    subject=Subject.HOUSEHOLD,
)  # fmt: skip
def dibao_without_its_measure(tables: _Frames, given: Given) -> pd.DataFrame:
    """A member has dibao, and of the household's measures, where their categories are stated, none says so: told once a household."""
    rows, people = tables["measure"], present(tables["member"])
    held = _are(people, people["dibao"])
    rows = rows[among(rows["_recipient"], held.index[held].tolist())]
    said = (rows["category"] == _SAFETY_NET).fillna(False) | rows["content"].str.contains(_DIBAO).fillna(False)
    whole = rows["category"].notna() & ~said.astype(bool)
    lacking = whole.groupby(rows["_recipient"]).all()
    told = _first_submitted(rows[among(rows["_recipient"], lacking.index[lacking].tolist())])
    return told[[]]


RELATIONS: tuple[Relation, ...] = (
    style_for_other_capacity,
    dibao_for_nobody,
    subsidy_for_nobody_disabled,
    dibao_without_its_measure,
    risk_without_its_measure,
    identified_and_left_alone,
    able_and_only_kept,
    cause_without_its_family,
    helped_and_earns_nothing,
)
