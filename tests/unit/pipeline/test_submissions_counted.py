"""What the assessment knows of submissions: who handed in how many rows, and how many errors were found in them."""

import datetime as dt

import openpyxl
import pandas as pd
import pytest
from small_inbox_files import households

import bangfu_excel as bf
from bangfu_excel.assess import assess
from bangfu_excel.core.submitters import SUBMISSION, SUBMISSION_COLUMNS, DueDay, Expected
from bangfu_excel.pipeline.announcing import basis
from bangfu_excel.pipeline.settings import load_settings, make_spec


@pytest.fixture
def merged(tmp_path):
    registry = bf.Registry(tmp_path / "库")

    def merge(name, day, **given):
        households(tmp_path / day / name, **given)
        bf.merge(bf.check(tmp_path / day, as_of=day), registry, received=dt.date.fromisoformat(day))
        return registry

    return merge


def counted(
    registry,
    as_of="2024-06-30",
    profile=None,
    wanted=("findings_per_100", "overdue_corrections"),
    who=("township", "清水镇"),
):
    settings = load_settings(make_spec("default", profile, as_of, "2024-06"))
    tables = basis(registry, settings).tables
    found = assess(
        tables, settings.scheme, settings.spec.period, settings.spec.as_of, declared=settings.tables, metrics=wanted,
        expected=settings.expected,
    ).metrics  # fmt: skip
    of_town = found[(found["level"] == who[0]) & (found["subject"] == who[1])].set_index("indicator")
    return tables[SUBMISSION], of_town["value"]


def test_every_file_with_its_rows_and_errors(merged):
    submissions, value = counted(merged("花名册.xlsx", "2024-06-10", count=10, faulty=True))
    assert tuple(submissions.columns) == SUBMISSION_COLUMNS
    assert submissions[["file", "township", "rows", "findings"]].to_numpy().tolist() == [
        ["花名册.xlsx", "清水镇", 10, 1]
    ]
    assert value["findings_per_100"] == 10
    assert value["overdue_corrections"] == 1


def test_the_days_for_correcting_are_over_or_not(merged):
    registry = merged("花名册.xlsx", "2024-06-10", count=10, faulty=True)
    assert counted(registry, "2024-06-15")[1]["overdue_corrections"] == 0
    assert counted(registry, "2024-06-16")[1]["overdue_corrections"] == 1


def test_what_came_first_is_counted_beside_what_took_its_place_and_nothing_is_left_to_correct(merged):
    merged("花名册.xlsx", "2024-06-10", count=10, faulty=True)
    submissions, value = counted(merged("花名册改.xlsx", "2024-06-12", count=10))
    assert len(submissions) == 2
    assert value["findings_per_100"] == 5
    assert value["overdue_corrections"] == 0


COUNTY = '[reporting]\ntownships = ["清水镇", "柳溪镇"]\ndue = [{ since = 2024-06-01, day = 5 }]\n'
ON_TIME = ("reports_on_time",)


@pytest.fixture
def profile(tmp_path):
    (tmp_path / "本县").mkdir()
    (tmp_path / "本县" / "county.toml").write_text(COUNTY, encoding="utf-8")
    return tmp_path / "本县"


def of_may(tmp_path, day, name="五月.xlsx", township="清水镇"):
    """The roster of May, received on a day of June."""
    registry, folder = bf.Registry(tmp_path / "库"), tmp_path / f"{township}{day}"
    households(folder / name, township=township, first=1 if township == "清水镇" else 50)
    bf.merge(bf.check(folder, period="2024-05", as_of="2024-05-31"), registry, received=dt.date.fromisoformat(day))
    return registry


def on_time(registry, profile, who, as_of="2024-06-30"):
    return counted(registry, as_of, profile, ON_TIME, who)[1].to_dict().get("reports_on_time")


@pytest.mark.parametrize(("received", "expected"), [("2024-06-05", 1.0), ("2024-06-06", 0.0)])
def test_the_reports_of_a_month_are_due_by_a_day_of_the_next(tmp_path, profile, received, expected):
    registry = of_may(tmp_path, received)
    assert on_time(registry, profile, ("township", "清水镇")) == expected
    assert on_time(registry, profile, ("township", "柳溪镇")) == 0  # it has handed in nothing
    assert on_time(registry, profile, ("county", "全县")) == expected / 2


def test_what_comes_again_later_was_still_handed_in_on_time(tmp_path, profile):
    of_may(tmp_path, "2024-06-04")
    assert on_time(of_may(tmp_path, "2024-06-20", name="五月改.xlsx"), profile, ("township", "清水镇")) == 1


def test_nothing_is_due_before_the_day_or_where_the_county_has_set_none(tmp_path, profile):
    registry = of_may(tmp_path, "2024-06-04")
    assert pd.isna(on_time(registry, profile, ("county", "全县"), as_of="2024-06-04"))
    assert pd.isna(on_time(registry, None, ("county", "全县")))


def test_a_signed_nil_report_is_a_report_of_the_day_on_which_it_came(tmp_path, profile):
    registry = of_may(tmp_path, "2024-06-05")
    said = {"township": "柳溪镇", "period": "2024-05", "scheme": "default", "reported": "2024-06-03"}
    registry.record("nil", [said], received=dt.date(2024, 6, 10))
    assert on_time(registry, profile, ("county", "全县")) == 1


def test_a_file_with_rows_of_several_townships_is_the_report_of_each(tmp_path, profile):
    path = households(tmp_path / "收" / "全县.xlsx")
    book = openpyxl.load_workbook(path)
    book.active["A4"] = "柳溪镇"
    book.save(path)
    registry = bf.Registry(tmp_path / "库")
    found = bf.check(path.parent, period="2024-05", as_of="2024-05-31")
    bf.merge(found, registry, received=dt.date(2024, 6, 5))
    assert on_time(registry, profile, ("county", "全县")) == 1


def test_a_deadline_on_the_31st_is_the_last_day_of_a_shorter_month():
    due = Expected(("清水镇",), (DueDay(dt.date(2024, 1, 1), 31), DueDay(dt.date(2024, 5, 1), 3)))
    assert due.day_for(dt.date(2024, 3, 31)) == dt.date(2024, 4, 30)
    assert due.day_for(dt.date(2024, 4, 30)) == dt.date(2024, 5, 3)
    assert due.day_for(dt.date(2023, 11, 30)) is None
