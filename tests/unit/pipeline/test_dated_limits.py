"""A run holds its rows against the limits of its own day."""

import datetime as dt

import pytest

from bangfu_excel.core.period import Period
from bangfu_excel.pipeline.settings import Spec, load_settings

COUNTY = "[[rules.PV12.dated]]\nsince = 2024-07-01\nlimits = { households = 8 }\n"


@pytest.mark.parametrize(("day", "households"), [("2024-06-30", 4), ("2024-07-31", 8)])
def test_the_limit_is_that_of_the_day_of_the_report(tmp_path, day, households):
    (tmp_path / "county.toml").write_text(COUNTY, encoding="utf-8")
    settings = load_settings(Spec("default", str(tmp_path), dt.date.fromisoformat(day), Period.parse(day[:7])))
    assert settings.given.thresholds["PV12"]["households"] == households
