"""How many households somebody may well visit on a day is the county's to say in county.toml, and may change on a day (PV12)."""

import openpyxl
import pytest
from office_county import HOUSEHOLDS, MEMBERS, PAIRINGS, VISITS, save

import bangfu_excel as bf

COUNTY = """
[rules.PV12]
limits = { households = 2, villages = 2 }

[[rules.PV12.dated]]
since = 2024-07-01
limits = { households = 3 }
"""
PEOPLE = {"H1": "张建国", "H2": "王大山", "H3": "冯德福", "H4": "王大山"}


def on(day, *homes):
    return [(home, PEOPLE[home], day, "李明", "入户", f"{home}：查看住房和饮水") for home in homes]


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """The county's folder and its registry: 李明 visits three households on a day of June, two on another, and four on one of July."""
    folder = tmp_path_factory.mktemp("县")
    (folder / "county.toml").write_text(COUNTY, encoding="utf-8")
    visits = [VISITS[0], *on("2024-06-05", "H1", "H2", "H3"), *on("2024-06-06", "H1", "H2")]
    visits += [*on("2024-07-08", "H1", "H2", "H3"), *on("2024-07-09", "H1", "H2", "H3", "H4")]
    sheets = (("户", HOUSEHOLDS), ("成员", MEMBERS), ("结对", PAIRINGS), ("走访", visits))
    save(folder / "inbox/清水镇.xlsx", *sheets)
    given = {"profile": folder, "as_of": "2024-07-31", "engine": "serial"}
    bf.merge(bf.check(folder / "inbox", **given), bf.Registry(folder / "台账库"))
    return folder


@pytest.mark.parametrize(
    ("period", "as_of", "households", "days"),
    [
        ("2024-06", "2024-06-30", 2, ["一天走访3户"]),
        (
            "2024-06",
            "2024-07-31",
            2,
            ["一天走访3户"],
        ),  # as it held on the last day of the period, whenever it is assessed
        ("2024-07", "2024-07-31", 3, ["一天走访4户"]),
    ],
)
def test_too_many_households_on_a_day_go_by_what_the_county_held_then(
    county, tmp_path, period, as_of, households, days
):
    found = bf.assess(county / "台账库", profile=county, period=period, as_of=as_of)
    assert list(found.items.loc[found.items["metric"] == "many_a_day", "what"]) == days
    book = openpyxl.load_workbook(found.write(tmp_path / "考核.xlsx"))
    said = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert any(f"一天当面走访超过{households}户" in text for text in said)


@pytest.mark.parametrize(
    ("as_of", "told"), [("2024-06-30", "2024年6月5日一天走访了3户"), ("2024-07-31", "2024年7月9日一天走访了4户")]
)
def test_what_is_submitted_is_held_against_the_limit_of_the_day_of_the_report(county, as_of, told):
    findings = bf.check(county / "inbox", profile=county, as_of=as_of, engine="serial").findings
    (message,) = {finding.message for finding in findings if finding.code == "PV12"}
    assert told in message
