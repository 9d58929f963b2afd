"""What held on a day, and what a scheme file may not say."""

from __future__ import annotations

import datetime as dt

import pytest

from bangfu_excel.core.scheme import Assessing
from bangfu_excel.errors import ConfigError
from bangfu_excel.profile import load_scheme

HEAD = 'id = "own"\ntitle = "本县方案"\nversion = "1"\ntables = ["visit"]\n'
BASE = """
[assessing]
document_number = "某办发〔2022〕1号"
[[assessing.indicators]]
id = "visits"
title = "走访达标率"
mode = "per-step"
weight = 60
deduct = 1
step = 0.01
[[assessing.indicators]]
id = "files"
title = "建档率"
mode = "all-or-nothing"
weight = 40
[[assessing.indicators]]
id = "plus"
title = "加分"
mode = "bonus"
weight = 5
[[assessing.grades]]
title = "合格"
least = 60
below = 100
[[assessing.grades]]
title = "不合格"
least = 0
below = 60
"""
DATED = """
[[assessing.dated]]
since = 2024-01-01
basis = "某办发〔2024〕2号"
document_number = "某办发〔2024〕2号"
bonus_most = 3
indicators.visits = { weight = 100, deduct = 2 }
indicators.files = { weight = 0 }
[[assessing.dated]]
since = 2023-07-01
basis = "会议纪要"
indicators.visits.step = 0.02
grades = [{ title = "好", least = 70, below = 100 }, { title = "差", least = 0, below = 70 }]
"""
LINE = '[[assessing.indicators]]\nid = "a"\ntitle = "b"\n{}\n'


def load(tmp_path, text: str) -> Assessing:
    file = tmp_path / "own.toml"
    file.write_text(HEAD + text, encoding="utf-8")
    return load_scheme(file).assessing


def numbers(sheet: Assessing) -> tuple:
    visits, files = sheet.line("visits"), sheet.line("files")
    return visits.weight, visits.deduct, visits.step, files.weight


@pytest.mark.parametrize(
    ("day", "held", "grades", "number", "most"),
    [
        ((2023, 6, 30), (60, 1, 0.01, 40), ["合格", "不合格"], "某办发〔2022〕1号", None),
        ((2023, 7, 1), (60, 1, 0.02, 40), ["好", "差"], "某办发〔2022〕1号", None),
        ((2023, 12, 31), (60, 1, 0.02, 40), ["好", "差"], "某办发〔2022〕1号", None),
        ((2024, 1, 1), (100, 2, 0.02, 0), ["好", "差"], "某办发〔2024〕2号", 3),
    ],
)
def test_every_change_holds_from_its_day_in_order_of_days(tmp_path, day, held, grades, number, most):
    sheet = load(tmp_path, BASE + DATED).on(dt.date(*day))
    assert numbers(sheet) == held
    assert [grade.title for grade in sheet.bands] == grades
    assert (sheet.document_number, sheet.bonus_most) == (number, most)


def test_what_held_on_a_day_changes_no_more(tmp_path):
    sheet = load(tmp_path, BASE + DATED).on(dt.date(2023, 8, 1))
    assert numbers(sheet.on(dt.date(2025, 1, 1))) == (60, 1, 0.02, 40)


def test_a_sheet_without_changes_always_holds(tmp_path):
    sheet = load(tmp_path, BASE)
    assert sheet.on(dt.date(1990, 1, 1)) == sheet


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BASE + DATED.replace("{ weight = 0 }", "{ weight = 10 }"), "从2024-01-01起（dated）各项指标的分值（indicators 的 weight）合计110"),
        (BASE + DATED.replace("2023-07-01", "2024-01-01"), "有两段改变（dated）都从2024-01-01起"),
        (BASE + DATED.replace("visits.step", "visit.step"), "从2023-07-01起（dated）没有代号为“visit”的指标"),
        (BASE + DATED.replace("visits.step", "files.step"), "从2023-07-01起（dated）指标“files”：这种计分方式（all-or-nothing）用不到step"),
        (BASE + DATED.replace("least = 70,", "least = 71,"), "从2023-07-01起（dated）等次“差”和“好”之间有空档：70–71分"),
        (BASE + DATED.replace('basis = "会议纪要"\n', ""), "basis”缺少这一项"),
        (BASE + DATED.replace("bonus_most", "bonus_mots"), "“assessing.dated[1].bonus_mots”不认识这一项，是不是“bonus_most”"),
        (BASE + DATED.replace("deduct = 2", "deduct = 0"), "“assessing.dated[1].indicators.visits.deduct”应大于0"),
        (BASE + DATED.replace("deduct = 2", "deducts = 2"), "不认识这一项，是不是“deduct”"),
        (LINE.format('mode = "missing-item"'), "还要写weight"),
        (LINE.format('mode = "per-occurrence"\nweight = 100'), "还要写deduct"),
        (LINE.format('mode = "threshold"\nweight = 100'), "还要写threshold"),
        (LINE.format('mode = "minimum-count"\nweight = 100'), "还要写threshold"),
        (LINE.format('mode = "self-check"\nweight = 100'), "还要写tolerance"),
        (LINE.format('mode = "composite"\nweight = 100'), "还要写parts"),
        (LINE.format('mode = "composite"\nweight = 100\nparts = []'), "要写由哪些指标组成"),
        (LINE.format('mode = "bonus"'), "还要写weight"),
        (LINE.format('mode = "bonus"\nweight = 5\neach = 1'), "取数指标（of）和每次加分（each）都要写"),
        (LINE.format('mode = "bonus"\nweight = 5\nof = "close_rate"'), "取数指标（of）和每次加分（each）都要写"),
        (LINE.format('mode = "veto"\nof = "close_rate"'), "用不到of"),
        (LINE.format('mode = "survey"\nweight = 100\nthreshold = 0.8\nstep = 1'), "用不到step、threshold，请删去"),
        (LINE.format('mode = "minimum-count"\nweight = 100\nthreshold = 2\nat_most = true'), "用不到at_most"),
        (LINE.format('mode = "missing-item"\nweight = 100\nmissing = "skip"'), "填的是“skip”，应为rescale、full、zero"),
        (LINE.format('mode = "composite"\nweight = 100\nparts = ["c"]') + LINE.format('mode = "bonus"\nweight = 100').replace('"a"', '"c"'), "不能是加分"),
        (LINE.format('mode = "composite"\nweight = 100\nparts = ["c"]') + LINE.format('mode = "missing-item"\nweight = 60').replace('"a"', '"c"'), "平均也不到它的分值100"),
        (BASE.replace('title = "不合格"', 'title = "不合格"\nquota = 0.2').replace('title = "合格"', 'title = "合格"\nquota = 0.2'), "最低的等次“不合格”不能有名额"),
        (BASE.replace("least = 0\nbelow = 60", "least = 30\nbelow = 60\nquota = 0.5") + '[[assessing.grades]]\ntitle = "差"\nleast = 0\nbelow = 30\n', "比它高的“合格”也要有名额"),
    ],
)  # fmt: skip
def test_a_slip_is_named(tmp_path, text, said):
    with pytest.raises(ConfigError, match="own") as error:
        load(tmp_path, text)
    assert said in str(error.value)


def test_parts_of_a_composite_do_not_add_up_to_the_full_score(tmp_path):
    part = LINE.format('mode = "missing-item"\nweight = 100').replace('"a"', '"c"')
    sheet = load(tmp_path, LINE.format('mode = "composite"\nweight = 100\nparts = ["c"]') + part)
    assert [one.id for one in sheet.own] == ["a"]
