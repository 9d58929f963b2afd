"""What the assessment knows of submissions: who handed in how many rows, and how many errors were found in them."""

import datetime as dt

import pytest
from small_inbox_files import households

import bangfu_excel as bf
from bangfu_excel.assess import assess
from bangfu_excel.core.submitters import SUBMISSION, SUBMISSION_COLUMNS
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


def counted(registry, as_of="2024-06-30"):
    settings = load_settings(make_spec("default", None, as_of, "2024-06"))
    tables = basis(registry, settings).tables
    wanted = ("findings_per_100", "overdue_corrections")
    found = assess(
        tables, settings.scheme, settings.spec.period, settings.spec.as_of, declared=settings.tables, metrics=wanted
    ).metrics
    of_town = found[(found["level"] == "township") & (found["subject"] == "清水镇")].set_index("indicator")
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
