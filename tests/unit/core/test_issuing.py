"""When a bulletin is issued, which span stands before another, and names in running text."""

import datetime as dt

import pytest
from pydantic import ValidationError

from bangfu_excel.core.masking import without_names
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Output, due_words, issue_day

JUNE = dt.date(2013, 6, 30)


@pytest.mark.parametrize(
    ("due", "last", "day", "words"),
    [
        ("first-monday", JUNE, dt.date(2013, 7, 1), "期满次月第一个星期一"),
        ("first-monday", dt.date(2013, 12, 31), dt.date(2014, 1, 6), "期满次月第一个星期一"),
        ("", dt.date(2024, 1, 31), dt.date(2024, 2, 5), ""),
        ("day:5", JUNE, dt.date(2013, 7, 5), "期满次月5日"),
        ("after:3", dt.date(2013, 4, 20), dt.date(2013, 4, 23), "期满后3日"),
    ],
)
def test_the_day_of_issue(due, last, day, words):
    assert (issue_day(due, last), due_words(due)) == (day, words)


@pytest.mark.parametrize("due", ["每月第一个星期一", "day:29", "day:0", "after:0", "monday"])
def test_another_way_of_saying_when_is_refused(due):
    with pytest.raises(ValidationError, match="写法不对，可以写 first-monday"):
        Output(id="b", kind="report", per="month", due=due)


def test_a_report_is_a_bulletin_where_it_is_no_ledger_and_says_of_what():
    assert Output(id="b", kind="report", per="month").is_bulletin
    assert not Output(id="b", kind="report").is_bulletin
    assert not Output(id="b", kind="report", per="month", ledger="visit").is_bulletin
    with pytest.raises(ValidationError, match="可以写：month、quarter、half-year、year、phase"):
        Output(id="b", kind="report", per="week")


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2024-06", "2024-05"),
        ("2024-01", "2023-12"),
        ("2024Q1", "2023Q4"),
        ("2024H2", "2024H1"),
        ("2024H1", "2023H2"),
        ("2024", "2023"),
    ],
)
def test_the_period_before_is_as_long(text, before):
    assert Period.parse(text).before == Period.parse(before)


def test_names_in_running_text_are_masked_the_longest_first():
    assert without_names("看望王小明和王小明明", ["王小明", "王小明明"]) == "看望王**和王***"
    assert without_names("看王家", ["王"]) == "看王家"
