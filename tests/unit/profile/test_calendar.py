"""The county's own terms, vacations and festivals, and what it may not say of them."""

from __future__ import annotations

import datetime as dt

import pytest

from bangfu_excel.errors import ConfigError
from bangfu_excel.pipeline.settings import load_settings, make_spec

TERM = 'terms = [{ title = "春季学期", start = 2024-02-26, end = 2024-07-05 }]'


def settings(folder, text: str):
    (folder / "county.toml").write_text(text, encoding="utf-8")
    return load_settings(make_spec("default", folder, "2024-06-30", None))


def test_terms_vacations_and_own_festivals_stand_beside_the_dated_ones(tmp_path):
    calendar = settings(
        tmp_path,
        f"""[[codelists.festival]]
label = "三月三"
[calendar]
{TERM}
vacations = [{{ title = "暑假", start = 2024-07-06, end = 2024-08-31 }}]
[calendar.festivals]
"三月三" = [2025-03-31, 2024-04-11]
""",
    ).calendar
    assert [(span.title, span.first, span.last) for span in calendar.terms] == [
        ("春季学期", dt.date(2024, 2, 26), dt.date(2024, 7, 5))
    ]
    assert calendar.vacations[0].title == "暑假"
    assert calendar.festivals["三月三"] == (dt.date(2024, 4, 11), dt.date(2025, 3, 31))
    assert dt.date(2024, 2, 10) in calendar.festivals["春节"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('[calendar]\nterms = [{ title = "春季", start = 2024-07-05, end = 2024-02-26 }]', ("calendar.terms", "早于")),
        (
            '[calendar]\nvacations = [{ title = "甲", start = 2024-07-05, end = 2024-08-26 }, { title = "乙", start = 2024-08-26, end = 2024-08-31 }]',
            ("calendar.vacations", "甲", "乙", "重叠"),
        ),
        ('[calendar.festivals]\n"三月三" = [2024-04-11]', ("calendar.festivals", "三月三")),
        ("[calendar]\nholidays = []", ("calendar.holidays",)),
    ],
)
def test_what_cannot_be_is_refused_with_file_key_and_reason(tmp_path, said, words):
    with pytest.raises(ConfigError) as refused:
        settings(tmp_path, said)
    assert all(word in str(refused.value) for word in ("county.toml", *words))
