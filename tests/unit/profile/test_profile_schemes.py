"""Schemes by name and file; every slip in one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu_excel.errors import ConfigError
from bangfu_excel.profile import all_schemes, load_scheme, scheme_files, templates

GOOD = 'id = "own"\ntitle = "本县方案"\nversion = "1"\ntables = ["visit"]\n'


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
        (GOOD + '[[cadences]]\nid = "a"\ntitle = "b"\nper = "day"\n', "“cadences[1].per”填的是“day”，应为week、month"),
        (GOOD + '[[cadences]]\nid = "a"\ntitle = "b"\ncount = 0\n', "“cadences[1].count”不能小于1"),
        (GOOD + '[reporting]\ncorrection_days = "五"\n', "“reporting.correction_days”应为整数"),
        (GOOD + '[reporting]\ncorection_days = 5\n', "是不是“correction_days”"),
        (GOOD + "start = 2024-12-31\nend = 2024-01-01\n", "开始日期晚于结束日期"),
        (GOOD + 'start = "去年"\n', "“start”应为日期"),
        (GOOD.replace("own", "other"), "与文件名“own”不一致"),
        (GOOD + '[[cadences]]\nid = "a"\ntitle = "b"\n[[cadences]]\nid = "a"\ntitle = "c"\n', "同一个 id"),
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
