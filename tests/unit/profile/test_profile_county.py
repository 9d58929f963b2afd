"""A county's file: what it changes, and what it may not say."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import fields, replace

import pytest

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.limits import DEFAULT, Limits
from bangfu_excel.core.masking import OFFICE
from bangfu_excel.core.precedence import Conflict
from bangfu_excel.core.succession import HelperName
from bangfu_excel.core.table import Privacy
from bangfu_excel.domain import CODELISTS, RELATIONS, TABLES
from bangfu_excel.errors import ConfigError, OutputError
from bangfu_excel.profile import load_profile, start_profile, templates


@pytest.fixture
def profile(tmp_path):
    def load(text: str):
        (tmp_path / "county.toml").write_text(text, encoding="utf-8")
        return load_profile(tmp_path, TABLES, CODELISTS, RELATIONS)

    return load


def rules(profile, code):
    every = [*profile.relations, *(rule for table in profile.tables.values() for rule in table.rules)]
    return [rule for rule in every if rule.code == code]


def test_without_a_folder_everything_is_as_declared():
    loaded = load_profile(None, TABLES, CODELISTS, RELATIONS)
    assert dict(loaded.tables) == dict(TABLES)
    assert dict(loaded.codelists) == dict(CODELISTS)
    assert loaded.relations == tuple(RELATIONS)
    assert loaded.thresholds["PV12"]["households"] == 4


def test_the_starter_changes_nothing_and_its_examples_are_right(profile):
    text = (templates() / "county" / "county.toml").read_text(encoding="utf-8")
    assert dict(profile(text).tables) == dict(TABLES)
    examples = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.M)
    loaded = profile(examples)
    assert loaded.tables["household"]["member_count"].high == 20
    assert loaded.codelists["visit_mode"].label_of("进村到户") == "入户"
    assert not any(rule.enabled for rule in rules(loaded, "PV06"))
    assert loaded.thresholds["PV12"]["households"] == 6
    assert loaded.policy.rank == ("云岭县民政局", "云岭县残联")


def test_a_new_label_keeps_the_old_one_as_an_alias(profile):
    field = profile('[tables.household.fields.member_count]\nlabel = "在籍人口"\n').tables["household"]["member_count"]
    assert field.label == "在籍人口"
    assert TABLES["household"]["member_count"].label in field.aliases


def test_a_code_can_be_added(profile):
    codes = profile('[[codelists.visit_mode]]\nlabel = "云走访"\nsynonyms = ["直播"]\n').codelists["visit_mode"]
    assert codes.label_of("直播") == "云走访"
    assert set(codes.labels) > set(CODELISTS["visit_mode"].labels)


def test_an_error_made_a_warning_no_longer_acts_on_its_row(profile):
    acting = next(rule for table in TABLES.values() for rule in table.rules if rule.effect is not Effect.NONE)
    changed = rules(profile(f'[rules.{acting.code}]\nseverity = "warning"\n'), acting.code)
    assert {(rule.severity, rule.effect) for rule in changed} == {(Severity.WARNING, Effect.NONE)}


def test_a_limit_reaches_the_thresholds_and_the_others_stay(profile):
    assert profile("[rules.PV12]\nlimits = { households = 7 }\n").thresholds["PV12"] == {"households": 7, "villages": 1}


DATED = """
[rules.PV12]
limits = { households = 7 }
[[rules.PV12.dated]]
since = 2025-01-01
limits = { households = 9 }
[[rules.PV12.dated]]
since = 2024-07-01
limits = { households = 8 }
"""


@pytest.mark.parametrize(
    ("day", "households"), [((2024, 6, 30), 7), ((2024, 7, 1), 8), ((2024, 12, 31), 8), ((2025, 1, 1), 9)]
)
def test_limits_that_change_on_a_day_hold_from_it_on(profile, day, households):
    thresholds = profile(DATED).thresholds_on(dt.date(*day))
    assert thresholds["PV12"] == {"households": households, "villages": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (DATED.replace("2025-01-01", "2024-07-01"), "“rules.PV12.dated”：有两段都从2024-07-01起，只能留一段"),
        (DATED.replace("households = 9", "household = 9"), "“rules.PV12.dated[1].limits.household”：没有这个限值"),
        (DATED.replace("since = 2025-01-01\n", ""), "rules.PV12.dated"),
    ],
)
def test_a_slip_in_dated_limits_is_named(profile, text, said):
    with pytest.raises(ConfigError) as caught:
        profile(text)
    assert said in str(caught.value)


def test_the_county_says_which_private_values_its_own_workbooks_show_in_full(profile):
    assert profile("").masking == OFFICE
    assert profile('[masking]\nshow = ["name", "phone"]\n').masking.full == {Privacy.NAME, Privacy.PHONE}
    assert profile("[masking]\nshow = []\n").masking.full == frozenset()


def test_the_county_names_the_townships_that_are_to_hand_in(profile):
    assert profile("").townships == ()
    assert profile('[reporting]\ntownships = ["清水镇", "柳溪镇"]\n').townships == ("清水镇", "柳溪镇")


def test_the_bounds_of_a_file_are_the_countys_where_it_sets_them(profile):
    assert profile("").limits == DEFAULT
    assert profile("[limits]\nfile = 1_000_000\n").limits == replace(DEFAULT, file=1_000_000)


def test_a_field_says_what_to_do_where_units_differ_and_the_county_whom_it_trusts(profile):
    loaded = profile(
        '[tables.household.fields.net_income]\nconflict = "source"\n[sources]\nrank = ["云岭县民政局", "清水镇人民政府"]\n'
    )
    assert loaded.policy.conflict("household", "net_income") is Conflict.SOURCE
    assert loaded.policy.rank == ("云岭县民政局", "清水")
    untouched = profile("").policy
    policies = [
        untouched.conflict(*name) for name in (("household", "net_income"), ("household", "phone"), ("visit", "mode"))
    ]
    assert policies == [Conflict.ASK, Conflict.NEWEST, Conflict.NEWEST]


def test_the_starter_explains_every_policy():
    text = (templates() / "county" / "county.toml").read_text(encoding="utf-8")
    assert [word for word in re.findall(r"^#   (\w+) ", text, flags=re.M) if word in list(Conflict)] == [
        Conflict.ASK, Conflict.NEWEST, Conflict.SOURCE, Conflict.FILL,
    ]  # fmt: skip


def test_the_starter_explains_every_bound():
    text = (templates() / "county" / "county.toml").read_text(encoding="utf-8").partition("# [limits]")[2]
    assert set(re.findall(r"^# (\w+) = ", text, flags=re.M)) == {limit.name for limit in fields(Limits)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[limits]\nrow = 5", "“limits.row”：没有这个限值，是不是“rows”"),
        ("[limits]\nrows = 0", "“limits.rows”应大于0"),
        ("[limits]\nrows = 2.5", "“limits.rows”应为整数"),
        ('[limits]\nrows = "5"', "“limits.rows”应为整数"),
        ('contry = "x"', "“contry”不认识这一项，是不是“county”"),
        ('[tables.houshold]\nlabel = "x"', "“tables.houshold”：没有这张表，是不是“household”"),
        ("[tables.household.fields.membercount]\nlow = 1", "没有这个字段，是不是“member_count”"),
        ("[tables.household.fields.member_count]\nlow = 50", "下限大于上限"),
        ("[tables.household.fields.member_count]\nlo = 5", "“tables.household.fields.member_count.lo”不认识这一项，是不是“low”"),
        ('[tables.household.fields.member_count]\naliases = ["户主姓名"]', "已经是“户主姓名”的叫法"),
        ('[tables.household.fields.net_income]\nconflict = "newst"', "“newst”这种处理办法，是不是“newest”"),
        ('[sources]\nranks = ["云岭县民政局"]', "“sources.ranks”不认识这一项，是不是“rank”"),
        ("[rules.PV120]\nenabled = false", "没有这条规则，是不是“PV"),
        ("[rules.PV12]\nlimits = { household = 1 }", "没有这个限值，是不是“households”"),
        ('[rules.PV12]\nseverity = "fatal"', "“rules.PV12.severity”填的是“fatal”"),
        ('[reporting]\ntownship = ["清水镇"]', "“reporting.township”不认识这一项，是不是“townships”"),
        ('[masking]\nshow = ["idcard"]', "“masking.show[1]”填的是“idcard”"),
        ('[[codelists.visit_mod]]\nlabel = "x"', "没有这个代码表，是不是“visit_mode”"),
        ('[[codelists.visit_mode]]\nlabel = "入户"\nsynonyms = ["电话"]', "“电话”同时属于"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_key_and_nearest_name(profile, text, said):
    with pytest.raises(ConfigError) as caught:
        profile(text)
    assert said in str(caught.value)
    assert "county.toml" in str(caught.value)


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(ConfigError, match="找不到本县配置文件夹"):
        load_profile(tmp_path / "没有", TABLES, CODELISTS, RELATIONS)


def test_the_starter_is_copied_once_and_never_overwritten(tmp_path):
    folder = start_profile(tmp_path / "某县")
    assert load_profile(folder, TABLES, CODELISTS, RELATIONS).county == ""
    assert {path.name: list(path.iterdir()) for path in folder.iterdir() if path.is_dir()} == {
        "schemes": [], "ledgers": [], "forms": [],
    }  # fmt: skip
    (folder / "county.toml").write_text('county = "某县"', encoding="utf-8")
    with pytest.raises(OutputError, match="已经存在"):
        start_profile(folder)
    assert load_profile(folder, TABLES, CODELISTS, RELATIONS).county == "某县"


def test_a_county_names_the_successors_of_its_units_and_other_spellings_of_helpers(tmp_path):
    text = """
    [units]
    successors = { "云岭县扶贫办" = "云岭县乡村振兴局" }
    [[helpers.aliases]]
    name = "李小明"
    unit = "水利局"
    is = { name = "李晓明" }
    """
    (tmp_path / "county.toml").write_text(text, encoding="utf-8")
    succession = load_profile(tmp_path, TABLES, CODELISTS, RELATIONS).succession
    assert succession.unit("云岭县扶贫办") == "云岭县乡村振兴局"
    assert succession.helper(HelperName.of("李小明", "水利局")).name == "李晓明"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[units]\nsuccesors = {}", "successors"),
        ('[[helpers.aliases]]\nname = "李明"\nis = { nam = "李晓明" }', "name"),
        ('[[helpers.aliases]]\nname = "李明"', "is"),
        ('[units]\nsuccessors = { "甲局" = "乙局", "乙局" = "甲局" }', "甲局"),
    ],
)
def test_a_slip_about_units_and_helpers_is_named(tmp_path, text, named):
    (tmp_path / "county.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=named):
        load_profile(tmp_path, TABLES, CODELISTS, RELATIONS)


OWN = """
[own_codelists.forest_kind]
title = "林地种类"
entries = [{ label = "经济林", synonyms = ["果园"] }, { label = "公益林" }]
[tables.household.own.forest_kind]
label = "林地种类"
kind = "code"
codelist = "forest_kind"
[tables.household.own.forest_mu]
label = "林地面积"
aliases = ["林地亩数"]
kind = "area"
high = 1000
"""


def test_a_county_may_have_columns_and_lists_of_its_own(profile):
    loaded = profile(OWN)
    assert loaded.codelists["forest_kind"].label_of("果园") == "经济林"
    household = loaded.tables["household"]
    assert household.names[-3:] == ("forest_kind", "forest_mu", "remark")
    assert (household["forest_mu"].unit, household["forest_mu"].high) == ("亩", 1000)
    assert [name for name in loaded.tables if loaded.tables[name] != TABLES[name]] == ["household"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OWN.replace("own.forest_mu", "own.farmland_mu"), "“tables.household.own.farmland_mu”：已经有这个字段（耕地面积）"),
        (OWN.replace("林地亩数", "耕地面积"), "“tables.household.own.forest_mu”：“耕地面积”已经是“耕地面积”的叫法"),
        (OWN.replace('"林地面积"', '"林地种类"'), "“林地种类”已经是“林地种类”的叫法"),
        (OWN.replace('codelist = "forest_kind"', 'codelist = "forest_knd"'), "own.forest_kind”：没有“forest_knd”这个代码表，是不是“forest_kind”"),
        (OWN.replace('codelist = "forest_kind"\n', ""), "要写明代码表（codelist）"),
        (OWN.replace('kind = "code"', 'kind = "text"'), "kind 要写 code（一项）或 codes（几项）"),
        (OWN.replace('kind = "area"', 'kind = "areas"'), "“tables.household.own.forest_mu.kind”填的是“areas”，应为text"),
        (OWN.replace("own.forest_mu", "own.\"林地-面积\""), "字段名不合规"),
        (OWN.replace("high = 1000", "high = 1000\nlow = 2000"), "下限大于上限"),
        (OWN.replace('"公益林"', '"果园"'), "“own_codelists.forest_kind”：代码表forest_kind：“果园”同时属于"),
        (OWN.replace("own_codelists.forest_kind", "own_codelists.gender"), "已经有这个代码表"),
        (OWN.replace('[{ label = "经济林", synonyms = ["果园"] }, { label = "公益林" }]', "[]"), "own_codelists.forest_kind.entries"),
        (OWN.replace("tables.household.own", "tables.househld.own"), "tables.househld"),
    ],
)  # fmt: skip
def test_a_slip_in_what_is_the_countys_own_is_named(profile, text, said):
    with pytest.raises(ConfigError) as caught:
        profile(text)
    assert said in str(caught.value)
    assert "county.toml" in str(caught.value)
