"""Schemes by name and file; every slip in one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu_excel.assess.metrics import METRICS
from bangfu_excel.domain import CODELISTS, RELATIONS, TABLES
from bangfu_excel.errors import ConfigError
from bangfu_excel.profile import Known, all_schemes, load_profile, load_scheme, scheme_files, templates

GOOD = 'id = "own"\ntitle = "本县方案"\nversion = "1"\ntables = ["visit"]\n'

SHEET = """
[[assessing.indicators]]
id = "a"
title = "入户"
mode = "all-or-nothing"
weight = {one}
[[assessing.indicators]]
id = "b"
title = "措施"
mode = "all-or-nothing"
weight = {two}
[[assessing.indicators]]
id = "c"
title = "加分不计入满分"
mode = "bonus"
weight = 5
"""
BANDS = """
[[assessing.grades]]
title = "优秀"
least = 80
below = 100
[[assessing.grades]]
title = "良好"
least = 0
below = {below}
"""
CADENCE = '[[cadences]]\nid = "a"\ntitle = "b"\n{}\n'


def write(folder: Path, text: str, name: str = "own") -> Path:
    (folder / "schemes").mkdir(exist_ok=True)
    file = folder / "schemes" / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_templates_are_found_with_the_default_scheme_in_them():
    assert (templates() / "schemes" / "default.toml").is_file()
    assert (templates() / "county" / "county.toml").is_file()


def test_the_default_asks_for_one_home_visit_a_month():
    scheme = load_scheme("default")
    (cadence,) = scheme.cadences
    assert (cadence.modes, cadence.count, cadence.per, cadence.least_share) == (("入户",), 1, "month", 0.5)
    assert (scheme.default_mode, scheme.reporting.unvisited_months, scheme.reporting.rank_from_pairings) == (
        "入户",
        2,
        5,
    )


def test_a_countys_own_scheme_is_found_and_hides_the_programs(tmp_path):
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("own", "default"), "default")
    assert load_scheme("own", tmp_path).title == "本县方案"
    assert load_scheme("default", tmp_path).title == "本县方案"
    assert set(scheme_files(tmp_path)) >= {"own", "default"}


def test_a_scheme_can_be_a_file_with_a_byte_order_mark(tmp_path):
    file = tmp_path / "随便.toml"
    file.write_text("\ufeff" + GOOD, encoding="utf-8")
    assert load_scheme(file).id == "own"
    assert load_scheme(str(file)).id == "own"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("defualt", ["没有方案“defualt”", "是不是“default”"]),
        ("九九九", ["没有方案", "default"]),
        ("没有.toml", ["找不到方案文件"]),
    ],
)
def test_an_unknown_scheme_names_the_nearest_or_all(asked, said):
    with pytest.raises(ConfigError) as caught:
        load_scheme(asked)
    assert all(words in str(caught.value) for words in said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + "verson = 2\n", "“verson”不认识这一项，是不是“version”"),
        (GOOD + '[[cadences]]\nid = "a"\ntitle = "b"\npre = "month"\n', "“cadences[1].pre”不认识这一项，是不是“per”"),
        (GOOD + '[[cadences]]\nid = "a"\ntitle = "b"\nper = "fortnight"\n', "“cadences[1].per”填的是“fortnight”，应为day、3-days、week"),
        (GOOD + '[[cadences]]\nid = "a"\ntitle = "b"\nsince = 2024-07-01\nuntil = 2024-06-30\n', "晚于至（until）"),
        (GOOD + '[[cadences]]\nid = "a"\ntitle = "b"\ncount = 0\n', "“cadences[1].count”不能小于1"),
        (GOOD + '[reporting]\ncorrection_days = "五"\n', "“reporting.correction_days”应为整数"),
        (GOOD + '[reporting]\ncorection_days = 5\n', "是不是“correction_days”"),
        (GOOD + "start = 2024-12-31\nend = 2024-01-01\n", "开始日期晚于结束日期"),
        (GOOD + 'start = "去年"\n', "“start”应为日期"),
        (GOOD.replace("own", "other"), "与文件名“own”不一致"),
        (GOOD + '[[cadences]]\nid = "a"\ntitle = "b"\n[[cadences]]\nid = "a"\ntitle = "c"\n', "同一个 id"),
        (GOOD + 'needs_dates = true\n', "须写明实施期，缺少start、end"),
        (GOOD + 'needs_dates = true\nstart = 2024-01-01\n', "缺少end"),
        (GOOD + SHEET.format(one=60, two=30), "分值（indicators 的 weight）合计90，不等于满分100"),
        (GOOD + BANDS.format(below=85), "“良好”重叠：80–85分"),
        (GOOD + BANDS.format(below=75), "“良好”和“优秀”之间有空档：75–80分"),
        (GOOD + BANDS.format(below=80).replace("least = 0", "least = 1"), "要从0分起"),
        (GOOD + CADENCE.format('who = "group"\nwhom = "village"'), "“cadences[1]”没有写按什么计数（counter）"),
        (GOOD + CADENCE.format('count = 2\nunset = true'), "只留一项"),
        (GOOD + CADENCE.format('per = "festival"'), "哪些节日"),
        (GOOD + CADENCE.format('count = 2\nmost = 1'), "小于至少"),
        (GOOD + '[[assessing.indicators]]\nid = "a"\ntitle = "b"\nmode = "per-step"\nweight = 100\n', "还要写deduct、step"),
        (GOOD + '[[assessing.indicators]]\nid = "a"\ntitle = "b"\nmode = "composite"\nparts = ["c"]\nweight = 100\n', "没有这项指标"),
        (GOOD + 'default_pattern = "x"\n', "没有代号为“x”的结对方式"),
        (GOOD + '[[patterns]]\nid = "x"\ncode = "一对一"\nhelpers = { least = 2, most = 1 }\n', "“patterns[1].helpers”至多（most）小于"),
        (GOOD + 'start = 2024-02-01\n[[phases]]\ntitle = "a"\nstart = 2024-01-01\nend = 2024-03-01\n', "阶段“a”不在方案的实施期内"),
        (GOOD.replace('title = "', 'title = "入户/'), "“title”里不能有这些字符：/"),
        (GOOD + '[[outputs]]\nid = "a"\nkind = "ledger"\ntitle = "6/30 台账"\n', "“outputs[1].title”里不能有这些字符：/"),
        ('id = "own"\n', "“title”缺少这一项"),
        ("id = \n", "写法有误"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_file_key_and_reason(tmp_path, text, said):
    write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_scheme("own", tmp_path)
    assert said in str(caught.value)
    assert "own.toml" in str(caught.value)


def test_every_scheme_that_comes_with_the_program_loads():
    assert [scheme.id for scheme in all_schemes()] == list(scheme_files())


def known(folder=None):
    return Known.of(load_profile(folder, TABLES, CODELISTS, RELATIONS), METRICS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("visit", "vist"), "“tables”：没有“vist”这张表，是不是“visit”"),
        (GOOD + 'default_mode = "入沪"\n', "“走访方式”里没有“入沪”，是不是“入户”"),
        (GOOD + '[[recipients.categories]]\ncode = "留守孩童"\n', "“recipients.categories[1].code”：“帮扶对象类别”里没有“留守孩童”，是不是“留守儿童”"),
        (GOOD + '[[records]]\nfields = ["visit.contnt"]\n', "“records[1].fields”：“走访记录”表里没有“contnt”这个字段，是不是“content”"),
        (GOOD + '[[records]]\nfields = ["vsit.content"]\n', "没有“vsit”这张表"),
        (GOOD + '[[records]]\nfields = ["visit.mode=入沪"]\n', "“走访方式”里没有“入沪”"),
        (GOOD + '[[records]]\nfields = ["visit.content=入户"]\n', "不是从代码表里选的"),
        (GOOD + CADENCE.format('kinds = ["家防"]'), "“cadences[1].kinds”：“走访类别”里没有“家防”，是不是“家访”"),
        (GOOD + CADENCE.format('table = "diary"\ncounter = "recipient"\nkinds = ["家访"]'), "“记录种类”里没有“家访”"),
        (GOOD + CADENCE.format('table = "leave"\ncounter = "recipient"\nkinds = ["家访"]'), "“请假种类”里没有"),
        (GOOD + CADENCE.format('table = "training"\ncounter = "recipient"\nkinds = ["家访"]'), "“培训”表里没有“kind”这个字段"),
        (GOOD + CADENCE.format('table = "visits"\ncounter = "recipient"'), "没有“visits”这张表"),
        (GOOD + CADENCE.format('per = "festival"\nfestivals = ["春结"]'), "“节日”里没有“春结”，是不是“春节”"),
        (GOOD + '[[documents]]\nkind = "工做方案"\n', "“documents[1].kind”：“材料种类”里没有“工做方案”，是不是“工作方案”"),
        (GOOD + '[[funds]]\nsource = "扶贫资今"\n', "“funds[1].source”：“资金物资来源”里没有“扶贫资今”，是不是“扶贫资金”"),
        (GOOD + '[[helpers]]\ncivil_levels = ["县极"]\n', "“helpers[1].civil_levels”：“文明单位级别”里没有“县极”，是不是“县级”"),
        (GOOD + '[[patterns]]\nid = "x"\ncode = "一对一"\ntargets = { "省极" = "示范村" }\n', "“文明单位级别”里没有“省极”"),
        (GOOD + '[[measures]]\ncategory = "产业帮伕"\n', "“measures[1].category”：“帮扶类别”里没有"),
        (GOOD + '[[records]]\nrules = ["PV07z"]\n', "没有编号为“PV07z”的规则，是不是“PV07"),
        (GOOD + '[[targets]]\nindicator = "file_rates"\nrate = 1.0\n', "“targets[1].indicator”：没有“file_rates”这个考核指标，是不是“file_rate”"),
        (GOOD + '[[assessing.indicators]]\nid = "a"\ntitle = "办结"\nmode = "missing-item"\nweight = 100\nof = "close_rat"\n', "没有“close_rat”这个考核指标，是不是“close_rate”"),
    ],
)  # fmt: skip
def test_a_scheme_names_only_tables_fields_codes_and_rules_that_there_are(tmp_path, text, said):
    write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_scheme("own", tmp_path, known())
    assert said in str(caught.value)
    assert "own.toml" in str(caught.value)


def test_every_scheme_names_only_what_there_is():
    assert len(all_schemes(known=known())) == 13


def test_a_thirteenth_scheme_may_use_a_countys_own_label_and_a_synonym(tmp_path):
    write(tmp_path, GOOD + '[recipients]\nkinds = ["农户"]\n[[recipients.categories]]\ncode = "失独家庭"\n')
    (tmp_path / "county.toml").write_text(
        '[codelists]\nrecipient_category = [{ label = "失独家庭" }]\n', encoding="utf-8"
    )
    assert load_scheme("own", tmp_path, known(tmp_path)).recipients.categories[0].code == "失独家庭"
    with pytest.raises(ConfigError):
        load_scheme("own", tmp_path, known())


def test_a_synonym_in_a_plan_means_the_label_that_records_hold(tmp_path):
    write(tmp_path, GOOD + '[[documents]]\nkind = "简报"\n' + CADENCE.format('kinds = ["谈心"]\nmodes = ["微信"]'))
    found = load_scheme("own", tmp_path, known(tmp_path))
    assert found.documents[0].kind == "工作简报"
    assert (found.cadences[0].kinds, found.cadences[0].modes) == (("谈心谈话",), ("电话",))


def test_a_plan_that_does_not_fit_together_is_told_and_not_refused(tmp_path):
    write(
        tmp_path,
        'issued_on = 2024-01-05\nstart = 2024-01-01\nend = 2026-09-30\nperiod_words = "三年"\n' + GOOD
        + '[recipients]\nannounced = 2\n[[phases]]\ntitle = "摸底"\nstart = 2024-01-01\nend = 2024-01-31\n',
    )  # fmt: skip
    hints = load_scheme("own", tmp_path).hints
    assert [words in hint for words, hint in zip(("有2类", "2024-01-05晚于“摸底”", "三年"), hints, strict=True)] == [
        True
    ] * 3


@pytest.mark.parametrize("scheme", [scheme for scheme in all_schemes() if scheme.plan])
def test_a_scheme_takes_the_ids_of_its_own_plan_only(scheme):
    number = scheme.plan.replace("-", ".")
    assert {id.rpartition(".")[0] for id in ids_in(scheme)} == {f"S{number}"}


def ids_in(record):
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name == "checklist":
            yield from value
        for item in value if isinstance(value, tuple) else (value,):
            if hasattr(type(item), "model_fields"):
                yield from ids_in(item)
