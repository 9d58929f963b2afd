"""`bangfu schemes ID`: everything that a plan says, in Chinese."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from bangfu_excel.cli.scheme_words import Names, scheme_lines
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.domain import TABLES
from bangfu_excel.pipeline import ledger_titles, metric_titles
from bangfu_excel.profile import all_schemes, load_scheme

NAMES = Names(TABLES, ledger_titles(), metric_titles())


def listing(name):
    return "\n".join(scheme_lines(load_scheme(name), NAMES))


def records(model, seen=None):
    """The model and every model that it is made of."""
    seen = seen if seen is not None else set()
    if model not in seen:
        seen.add(model)
        for field in model.model_fields.values():
            for inner in _models(field.annotation):
                records(inner, seen)
    return seen


def _models(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for inner in get_args(annotation) for found in _models(inner)]


@pytest.mark.parametrize("model", sorted(records(Scheme), key=lambda model: model.__name__))
def test_every_key_of_a_scheme_has_a_chinese_name(model):
    assert [name for name, field in model.model_fields.items() if field.title in (None, PydanticUndefined)] == []


@pytest.mark.parametrize("scheme", all_schemes(), ids=lambda scheme: scheme.id)
def test_a_listing_is_chinese_but_for_the_schemes_own_id_and_the_ids_of_requirements(scheme):
    text = "\n".join(scheme_lines(scheme, NAMES)).replace(f"（{scheme.id}）", "")
    assert re.findall(r"[A-Za-z_]{2,}", re.sub(r"(S\d+\.\d+\.\d+|\b[A-Z]{2}\d+[a-z]?\b)", "", text)) == []


def test_what_the_plan_leaves_open_is_said_to_be_unset():
    assert "访班主任、访监护人　帮扶人对班主任：每学期次数未设定，请本县在方案文件里写明" in listing("aixin-mama")
    assert "实施期起：未设定" in listing("yiduiyi")
    assert "考核办法文号：未设定" in listing("wenming-danwei")
    assert "每年办几件实事　数量：未设定" in listing("xuexiao-cun")


def test_bounds_cadences_and_rates_are_said_as_people_say_them():
    assert "小组包户　结对方式：小组对户；帮扶一方：小组；受助一方：户；一方帮扶的对象：正好2个" in listing("xiajiceng")
    assert "小组对村：每周至少1次（按每组每村计）" in listing("xiajiceng")
    assert "随汇总出的台账：帮扶对象台账、儿童档案、走访台账、帮扶资金台账" in listing("aixin-mama")
    assert "台账出到哪一级：县、学校" in listing("wusong")
    assert "爱心妈妈花名册　种类：表；取自：帮扶人名册；哪本台账：帮扶责任人花名册" in listing("aixin-mama")
    assert "孤儿结对率　指标：结对率；目标：100%" in listing("aixin-mama")


def test_what_does_not_fit_together_in_the_plan_is_noted():
    assert "注意：通知日期2013-04-17晚于" in listing("wusong")
    assert "注意：方案称“三年”，实施期以起止日期为准" in listing("xiajiceng")


SHEET = """
id = "own"
title = "本县方案"
version = "1"
tables = ["visit"]
[assessing]
bonus_most = 1
[[assessing.indicators]]
id = "visits"
title = "走访"
mode = "per-step"
of = "pairing_rate"
weight = 40
deduct = 0.5
step = 0.001
target = 0.95
[[assessing.indicators]]
id = "both"
title = "综合"
mode = "composite"
weight = 60
parts = ["days"]
[[assessing.indicators]]
id = "days"
title = "在岗"
mode = "minimum-count"
weight = 60
threshold = 1
missing = "full"
[[assessing.dated]]
since = 2024-01-01
basis = "会议纪要"
indicators.visits = { deduct = 1, target = 0.9 }
grades = [{ title = "好", least = 0.5, below = 100 }, { title = "差", least = 0, below = 0.5 }]
"""


def test_a_score_sheet_is_said_in_points_shares_and_titles(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(SHEET, encoding="utf-8")
    text = "\n".join(scheme_lines(load_scheme(file), NAMES))
    assert "加分合计至多：1分" in text
    assert "走访　分值：40分；每次扣分：0.5分；每一档：0.1%；目标值：95%；计分方式：按档扣分；取数指标：结对率" in text
    assert "综合　分值：60分；计分方式：几项平均；组成：在岗" in text
    assert "在岗　分值：60分；达标线：1；没有应办事项时：计满分；计分方式：达到次数得分" in text
    assert (
        "自：2024年1月1日；依据：会议纪要；指标：走访（每次扣分：1分，目标值：90%）；"
        "等次：好（分数从：0.5分，低于：100分）、差（低于：0.5分）"
    ) in text
