"""Rules of 家庭成员 on work away from home and public posts: all off until a county wants them."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule, rule
from bangfu_excel.core.spans import last_day
from bangfu_excel.domain.ages import AGED_BY, between, fewest_years, most_years, years_on
from bangfu_excel.domain.jobs import WORKS_BY, has_job, stated
from bangfu_excel.domain.schooling_rules import at_school

_SUBJECT = Subject.LIVELIHOOD
_STARTED = ("work_started_on", "work_started_on__precision")
_BORN = ("id_number", "birth_date")


@rule(
    "EL20", "在校生务工", severity=Severity.WARNING, reads=("school_status", *WORKS_BY), optional=WORKS_BY, at=("school_status",), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，却填了务工情况", suggests="请核对；已经毕业的请更正在校生状况", basis="DOMAIN EL20", subject=_SUBJECT,
)  # fmt: skip
def pupil_at_work(rows: pd.DataFrame, given: Given) -> pd.Series:
    """At school and at work."""
    return at_school(rows["school_status"]) & has_job(rows)


@rule(
    "EL21", "开始务工时未满16周岁", severity=Severity.ERROR, effect=Effect.FIELD, reads=(*_STARTED, *_BORN),
    optional=("work_started_on__precision", *_BORN), at=("work_started_on", "id_number"), limits={"under": 16}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，那时本人未满{under}周岁", suggests="请核对日期和证件号码；确实未满{under}周岁务工的，请立即核实处理",
    basis="DOMAIN EL21；禁止使用童工规定", subject=_SUBJECT,
)  # fmt: skip
def too_young_to_start(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Younger at the start of the work than one may be."""
    years = years_on(rows["work_started_on"], rows["work_started_on__precision"], rows)
    return years < given.limits(too_young_to_start)["under"]


@rule(
    "EL22", "有务工地点没有务工时间", severity=Severity.ERROR, effect=Effect.FIELD, reads=("work_months", "work_place"), blanks=("work_months",),
    at=("work_months", "work_place"), enabled=False,
    says="第{row}行务工地点填的是“{work_place}”，“{label}”没有填", suggests="请补填务工几个月；没有务工的，务工地点填无",
    basis="DOMAIN EL22；全国防返贫监测信息系统", subject=_SUBJECT,
)  # fmt: skip
def somewhere_for_no_time(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Where, and not how long."""
    return rows["work_months"].isna() & stated(rows["work_place"])


@rule(
    "EL22b", "有务工时间没有务工地点", severity=Severity.ERROR, effect=Effect.FIELD, reads=("work_place", "work_months"), blanks=("work_place",),
    at=("work_place", "work_months"), enabled=False,
    says="第{row}行填了务工{work_months}个月，“{label}”没有写明", suggests="请补填务工的省、市、县；没有务工的，务工时间填0",
    basis="DOMAIN EL22；全国防返贫监测信息系统", subject=_SUBJECT,
)  # fmt: skip
def sometime_and_nowhere(rows: pd.DataFrame, given: Given) -> pd.Series:
    """How long, and not where."""
    return (rows["work_months"] > 0) & ~stated(rows["work_place"])


_NO_COUNTY_IN = r"特别行政区|自治[区州]|小区|园区|开发区|社区|县外|市外|省外|区外"
_COUNTY = r"[县区旗乡镇村]|街道|市.*市|东莞|中山|儋州|嘉峪关|本地|香港|澳门|台湾|国外|境外"
"""As fine as a county, finer, or of a city or land that has no counties."""


@rule(
    "EL23", "务工地点没有写到县", severity=Severity.WARNING, reads=("work_place",), at=("work_place",), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，没有写到县", suggests="请写明省、市、县（区）", basis="DOMAIN EL23", subject=_SUBJECT,
)  # fmt: skip
def place_without_county(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A place of work that is a province or a city; of 义乌市 nothing tells that it is as much as a county."""
    place = rows["work_place"]
    return stated(place) & ~place.str.replace(_NO_COUNTY_IN, "", regex=True).str.contains(_COUNTY)


@rule(
    "EL24", "月工资偏低或偏高", severity=Severity.WARNING, reads=("monthly_wage",), at=("monthly_wage",), limits={"least": 400, "most": 30000},
    enabled=False,
    says="第{row}行“{label}”填的是“{value}”，不在{least}至{most}元之间", suggests="请核对金额和单位，填每个月的工资", basis="DOMAIN EL24", subject=_SUBJECT,
)  # fmt: skip
def unusual_wage(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Wages of a day, or of a year. Nobody who does not work has any, and 0 is no finding."""
    limits, wage = given.limits(unusual_wage), rows["monthly_wage"]
    return (wage > 0) & ((wage < limits["least"]) | (wage > limits["most"]))


_ENDED = ("work_ended_on", "work_ended_on__precision")


@rule(
    "EL25", "务工结束早于开始", severity=Severity.ERROR, effect=Effect.FIELD, reads=(*_ENDED, "work_started_on"),
    optional=("work_ended_on__precision",), at=("work_ended_on", "work_started_on"), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，早于务工开始时间{work_started_on}", suggests="请核对两个日期；两次务工的只填最近的一次",
    basis="DOMAIN EL25", subject=_SUBJECT,
)  # fmt: skip
def ended_before_it_started(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A period of work that ends before it starts: the dates of two, for a member has one row."""
    return last_day(rows["work_ended_on"], rows["work_ended_on__precision"]) < rows["work_started_on"]


@rule(
    "EL26", "填了没有务工而务工没有结束", severity=Severity.ERROR, effect=Effect.FIELD, reads=("works", "work_started_on", "work_ended_on"),
    blanks=("work_ended_on",), at=("works", "work_ended_on"), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，而从{work_started_on}开始的务工没有填结束时间", suggests="已经不务工的请补填务工结束时间，还在务工的填是",
    basis="DOMAIN EL26", subject=_SUBJECT,
)  # fmt: skip
def idle_and_still_at_work(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Not working, though the work has not ended."""
    return ~rows["works"].astype("bool") & rows["work_ended_on"].isna()


@rule(
    "EL27", "公益性岗位人员年龄偏小或偏大", severity=Severity.WARNING, reads=("post_kind", *AGED_BY), optional=AGED_BY, at=("post_kind",),
    limits={"youngest": 16, "under": 70}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，本人未满{youngest}周岁，或者已满{under}周岁", suggests="请核对出生日期和岗位", basis="DOMAIN EL27", subject=_SUBJECT,
)  # fmt: skip
def post_at_such_an_age(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A public post of somebody too young or too old for it."""
    limits = given.limits(post_at_such_an_age)
    young = (most_years(rows, given) < limits["youngest"]).fillna(False)
    old = (fewest_years(rows, given) >= limits["under"]).fillna(False)
    return stated(rows["post_kind"]) & (young | old)


@rule(
    "EL27b", "公益性岗位没有月数", severity=Severity.WARNING, reads=("post_months", "post_kind"), blanks=("post_months",),
    at=("post_months", "post_kind"), enabled=False,
    says="第{row}行公益性岗位是“{post_kind}”，“{label}”没有填", suggests="请补填本年在岗几个月", basis="DOMAIN EL27", subject=_SUBJECT,
)  # fmt: skip
def post_for_no_time(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A public post, and not for how long."""
    return stated(rows["post_kind"]) & ~(rows["post_months"] > 0).fillna(False)


@rule(
    "EL27c", "公益性岗位过多", severity=Severity.WARNING, reads=("post_kind",), at=("post_kind",), limits={"posts": 3}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，一人有{posts}个以上岗位", suggests="请核实实际在岗的岗位", basis="DOMAIN EL27", subject=_SUBJECT,
)  # fmt: skip
def many_posts(rows: pd.DataFrame, given: Given) -> pd.Series:
    """More public posts than one may hold."""
    posts = rows["post_kind"].str.count(r"[、，,；;/／+和]+\s*(?=\S)") + 1
    return posts >= given.limits(many_posts)["posts"]


_EMPLOYABLE = ("labour_ability", "education", "school_status", "post_kind", *AGED_BY)


def _employable(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Skilled or of a college, of working age, not at school and without a public post."""
    limits = given.limits(skilled_and_idle)
    able = (rows["labour_ability"] == "技能劳动力") | rows["education"].isin(("大专", "本科及以上"))
    free = ~at_school(rows["school_status"]) & ~stated(rows["post_kind"])
    return able & free & between(rows, given, limits["youngest"], limits["oldest"])


@rule(
    "EL28", "有技能或学历而没有务工", severity=Severity.WARNING, reads=("works", *_EMPLOYABLE), optional=_EMPLOYABLE, at=("works",),
    limits={"youngest": 16, "oldest": 59}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，而本人是技能劳动力，或有大专以上学历", suggests="请核实就业情况，需要就业服务的请列入帮扶措施",
    basis="DOMAIN EL28", subject=_SUBJECT,
)  # fmt: skip
def skilled_and_idle(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Could find work, and says that there is none."""
    return ~rows["works"].astype("bool") & _employable(rows, given)


_SHOWN_BY = tuple(name for name in WORKS_BY if name != "work_place")


@rule(
    "EL28", "有技能或学历而没有务工", severity=Severity.WARNING, reads=("work_place", *_SHOWN_BY, *_EMPLOYABLE), blanks=("work_place",),
    optional=(*_SHOWN_BY, *_EMPLOYABLE), at=("work_place",), limits={"youngest": 16, "oldest": 59}, enabled=False,
    says="第{row}行“{label}”没有写明在哪里务工，而本人是技能劳动力，或有大专以上学历", suggests="请核实就业情况，需要就业服务的请列入帮扶措施",
    basis="DOMAIN EL28", subject=_SUBJECT,
)  # fmt: skip
def skilled_and_nowhere(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Could find work, and nothing says that there is any; where 是否务工 is filled in, that is asked instead."""
    return rows["works"].isna() & ~has_job(rows) & _employable(rows, given)


RULES: tuple[Rule, ...] = (
    pupil_at_work,
    too_young_to_start,
    somewhere_for_no_time,
    sometime_and_nowhere,
    place_without_county,
    unusual_wage,
    ended_before_it_started,
    idle_and_still_at_work,
    post_at_such_an_age,
    post_for_no_time,
    many_posts,
    skilled_and_idle,
    skilled_and_nowhere,
)
