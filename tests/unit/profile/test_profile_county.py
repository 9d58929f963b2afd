"""A county's file: what it changes, and what it may not say."""

from __future__ import annotations

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
