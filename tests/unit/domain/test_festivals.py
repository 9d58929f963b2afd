"""The dates of festivals, against a printed calendar and two libraries; and visits that are said to be for one."""

import datetime as dt
from pathlib import Path

import holidays
import pytest
from borax.calendars.lunardate import LunarDate, TermUtils
from rule_cases import GIVEN, row, rule_at

from bangfu_excel.core.rule import Given
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.domain.festivals import FESTIVALS, YEARS, days_of

LUNAR = {"春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "中秋": (8, 15), "重阳": (9, 9)}
FIXED = {
    "元旦": "01-01", "三八": "03-08", "五一": "05-01", "六一": "06-01", "七一": "07-01", "八一": "08-01", "教师节": "09-10",
    "国庆": "10-01",
}  # fmt: skip


PRINTED = Path(__file__).parent / "公历农历对照.tsv"
LENGTHS = {"大": 30, "小": 29}


def printed(month, day):
    """The day of the lunar calendar in each year that the printed table tells of, counted on from the first day of its year."""
    lines = PRINTED.read_text(encoding="utf-8").splitlines()[2:]
    for _, first, leap, months in (line.split("\t") for line in lines):
        before = month - 1 + bool(leap and int(leap) < month)
        passed = sum(LENGTHS[size] for size in months[:before])
        yield dt.date.fromisoformat(first) + dt.timedelta(days=passed + day - 1)


def dates(festival):
    return [day.date() for day in days_of(festival)]


@pytest.mark.parametrize(("festival", "day"), LUNAR.items())
def test_lunar_festivals_are_those_of_the_calendar(festival, day):
    assert dates(festival) == [LunarDate(year, *day, 0).to_solar_date() for year in YEARS]


@pytest.mark.parametrize(("festival", "day"), LUNAR.items())
def test_lunar_festivals_are_those_of_the_printed_calendar(festival, day):
    assert dates(festival) == list(printed(*day))


@pytest.mark.parametrize(("festival", "country", "word"), [
    ("春节", "CN", "春节"), ("清明", "CN", "清明节"), ("端午", "CN", "端午节"), ("中秋", "CN", "中秋节"), ("重阳", "HK", "重陽節"),
])  # fmt: skip
def test_festivals_are_those_of_the_holidays_that_governments_announced(festival, country, word):
    """A second source, kept day by day: the calendar of public holidays of mainland China and Hong Kong (library holidays)."""
    language = "zh_CN" if country == "CN" else "zh_HK"
    announced = holidays.country_holidays(country, years=list(YEARS), observed=False, language=language)
    for year, day in zip(YEARS, dates(festival), strict=True):
        days = sorted(date for date, name in announced.items() if date.year == year and word in name.split("; "))
        assert days[0] == day


def test_qingming_is_the_day_of_the_solar_term():
    assert dates("清明") == [TermUtils.day_start_from_term(year, "清明") for year in YEARS]


@pytest.mark.parametrize(("festival", "day"), FIXED.items())
def test_fixed_festivals_are_the_same_day_every_year(festival, day):
    assert [f"{date:%m-%d}" for date in dates(festival)] == [day] * len(YEARS)


def test_every_festival_is_dated_and_checked():
    assert set(FESTIVALS.labels) == {*LUNAR, *FIXED, "清明"}


def plan(*festivals):
    cadence = {"id": "f", "title": "过节", "per": "festival", "festivals": festivals}
    scheme = {"id": "own", "title": "方案", "version": "1", "tables": ("visit",), "cadences": (cadence,)}
    return Given(GIVEN.as_of, GIVEN.period, scheme=Scheme.model_validate(scheme))


ANY = Given(GIVEN.as_of, GIVEN.period)


@pytest.mark.parametrize(
    ("day", "content", "given", "told"),
    [
        ("2024-01-26", "送去年画，祝春节快乐", ANY, False),  # 15 days before 10 February
        ("2024-01-25", "送去年画，祝春节快乐", ANY, True),
        ("2024-02-25", "送去年画，祝春节快乐", ANY, False),
        ("2024-02-26", "送去年画，祝春节快乐", ANY, True),
        ("2013-02-10", "送去年画，祝春节快乐", ANY, False),
        ("2024-06-05", "春节和端午都来过", ANY, False),  # one of those named is near
        ("2024-11-20", "送去米面油", ANY, True),  # none is near
        ("2024-05-20", "送去米面油", ANY, False),
        ("2024-05-20", None, plan("春节", "中秋"), True),  # none of the plan's is near
        ("2024-09-10", None, plan("春节", "中秋节"), False),
        ("2024-05-20", None, plan("春节", "火把节"), False),  # a county's own festival, of which no date is known
        ("2031-11-20", "送去米面油", ANY, False),  # the calendar does not reach so far
        ("2009-11-20", "送去米面油", ANY, False),
    ],
)
def test_a_festival_visit_is_made_near_its_festival(day, content, given, told):
    assert heard(given, visited_on=day, content=content, kind="节日慰问") is told


def test_only_festival_visits_are_asked():
    assert heard(ANY, visited_on="2024-11-20", content="送去米面油", kind="节日慰问")
    assert not heard(ANY, visited_on="2024-11-20", content="送去米面油", kind="日常走访")


def test_a_visit_of_a_month_is_near_where_a_day_of_it_may_be():
    assert not heard(ANY, visited_on="2024-01-01", visited_on__precision="month", content="春节看望", kind="节日慰问")
    assert heard(ANY, visited_on="2024-03-01", visited_on__precision="month", content="春节看望", kind="节日慰问")


def test_a_county_may_widen_the_window():
    wide = Given(GIVEN.as_of, GIVEN.period, {"PV16": {"before": 30}})
    assert heard(ANY, visited_on="2024-01-15", content="春节看望", kind="节日慰问")
    assert not heard(wide, visited_on="2024-01-15", content="春节看望", kind="节日慰问")


def heard(given, *, visited_on__precision=None, **values):
    frame = row("visit", **values, visited_on__precision=visited_on__precision)
    return bool(rule_at("visit", "PV16", "visited_on").test(frame, given).iloc[0])
