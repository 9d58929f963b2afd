"""A superior's form that asks for figures of the assessment: the mapping names them as the assessment workbook does."""

import openpyxl
import pytest
from office_county import HOUSEHOLDS, PAIRINGS, VISITS, registered, save
from provincial_form import write_form, write_mapping

import bangfu_excel as bf
from bangfu_excel import pipeline
from bangfu_excel.errors import UsageError

WHEN = {"as_of": "2024-06-30"}
OFFICE = "帮扶单位=县农业农村局"


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    return registered(tmp_path_factory.mktemp("county"))


@pytest.fixture
def fill(registry, tmp_path):
    form = write_form(tmp_path / "省表.xlsx")

    def filled(*lines, relations=(), **more):
        cells = [["表1", cell, "考核指标", *line] for cell, line in zip(("B5", "C5", "D5", "E5"), lines, strict=False)]
        mapping = write_mapping(tmp_path / "填表对应.xlsx", cells, relations)
        return pipeline.fill_form(form, mapping, registry, tmp_path / "out", **{**WHEN, **more})

    filled.out = tmp_path / "out"
    return filled


def values(done, count):
    sheet = openpyxl.load_workbook(done.path)["表1"]
    return [sheet[cell].value for cell in ("B5", "C5", "D5", "E5")[:count]]


def shown(registry, level, subject, indicator):
    """What the assessment says."""
    rows = bf.assess(registry, **WHEN).indicators
    (found,) = rows[
        (rows["level"] == level) & (rows["subject"] == subject) & (rows["indicator"] == indicator)
    ].itertuples()
    return found


def test_an_indicator_is_filled_in_for_the_county_a_township_a_unit_and_a_helper(fill, registry):
    done = fill(
        ["结对户数", "", "取值"],
        ["应访户·期", "乡镇=清水镇", "取值"],
        ["达标户期", OFFICE, "取值"],
        ["达标率", "帮扶人=李明", "比例"],
    )
    assert values(done, 4) == [3, 3, 1, 0.5]
    met = shown(registry, "unit", "县农业农村局", "met")
    assert (met.value, shown(registry, "county", "全县", "paired").value) == (1, 3)


def test_a_rate_gives_its_numerator_denominator_share_or_percentage(fill):
    done = fill(*(["达标率", OFFICE, method] for method in ("分子", "分母", "取值", "百分数")))
    assert values(done, 4) == [1, 2, 0.5, 50]


def test_a_metric_that_no_score_sheet_names_is_measured_for_the_form(fill):
    done = fill(["入户率", "", "分子"], ["入户率", "乡镇=清水镇", "分母"], ["培训期数", "", "取值"])
    assert values(done, 3) == [2, 3, None]


def test_relations_hold_indicators_and_tables_to_each_other(fill):
    done = fill(["结对户数", "", "取值"], ["已结对户数", "", "取值"], relations=[["表1!B5", "=", "表1!C5"]])
    assert [one.state for one in done.checked] == ["相符"]
    report = openpyxl.load_workbook(done.report)["各格来源"]
    (line, _) = [[cell.value for cell in row] for row in report.iter_rows(min_row=4, max_row=5)]
    assert line[1:8] == ["表1", "B5", "考核指标", "结对户数", None, "取值", "3"]


def test_a_township_that_handed_nothing_in_is_blank_where_the_county_waits_for_it(fill, tmp_path):
    profile = tmp_path / "县"
    profile.mkdir()
    (profile / "county.toml").write_text('[reporting]\ntownships = ["清水镇", "柳溪镇"]\n', encoding="utf-8")
    done = fill(["结对户数", "乡镇=柳溪镇", "取值"], ["结对户数", "乡镇=清水镇", "取值"], profile=profile)
    assert (values(done, 2), done.blank) == ([None, 3], 1)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["达标数", "", "取值"], "对应!D2写的是“达标数”，是不是“达标率”"),
        (["达标率", "", "求和"], "对应!F2写的是“求和”"),
        (["结对户数", "", "比例"], "对应!F2：“结对户数”是一个数，没有比例，请写取值"),
        (["达标率", "乡镇=清河镇", "比例"], "对应!E2：考核里没有“乡镇=清河镇”"),
        (["达标率", "村=石桥村", "比例"], "对应!E2的条件里，考核指标只能写 乡镇=…、帮扶单位=…"),
        (["达标率", "乡镇≠清水镇", "比例"], "对应!E2的条件里，考核指标只能写"),
        (["达标率", "乡镇=清水镇、柳溪镇", "比例"], "对应!E2的条件里，考核指标只能写"),
    ],
)
def test_a_line_that_names_no_one_figure_is_refused_with_its_cell(fill, line, told):
    with pytest.raises(UsageError) as said:
        fill(line)
    assert told in str(said.value)
    assert not list(fill.out.rglob("*.xlsx"))


def test_helpers_of_one_name_are_told_apart_by_their_units(tmp_path):
    pairings = [*PAIRINGS, ("H4", "王大山", "李明", "县教育局", "13900020009", "2024-01-10")]
    save(tmp_path / "inbox" / "清水镇.xlsx", ("户", HOUSEHOLDS), ("结对", pairings), ("走访", VISITS))
    registry = bf.Registry(tmp_path / "台账库")
    bf.merge(bf.check(tmp_path / "inbox", engine="serial", **WHEN), registry)
    form = write_form(tmp_path / "省表.xlsx")

    def filled(where):
        mapping = write_mapping(tmp_path / "对应.xlsx", [["表1", "B5", "考核指标", "结对户数", where, "取值"]])
        return pipeline.fill_form(form, mapping, registry, tmp_path / "out", **WHEN)

    with pytest.raises(UsageError, match="对应!E2：考核里有2个“帮扶人=李明”，请写细"):
        filled("帮扶人=李明")
    assert values(filled("帮扶人=李明；帮扶单位=县教育局"), 1) == [1]


def test_the_blank_mapping_offers_the_indicators_by_name(tmp_path):
    book = openpyxl.load_workbook(pipeline.mapping_book(tmp_path / "填表对应.xlsx"))
    columns = {column[0]: column[1:] for column in book["下拉选项"].iter_cols(values_only=True)}
    assert {"结对率", "达标率", "结对户数"} <= set(columns["考核指标"])
