"""A county has a ledger of its own, and a column of its own in another's: written in TOML only."""

from pathlib import Path

import openpyxl
import pytest
from county_of_its_own import hand_in, settle

from bangfu_excel.errors import ConfigError
from bangfu_excel.pipeline.settings import load_settings, make_spec

COUNTY = """
county = "云岭县"
[tables.problem.own.grid]
label = "网格编号"
kind = "text"
[ledgers.problem]
title = "民情民意台账"
add = ["grid"]
leave = ["escalated_to"]
"""
OWN = """
id = "grid"
title = "网格问题清单"
public = true
[[sheets]]
title = "网格问题清单"
table = "problem"
columns = ["grid", "recipient.name", "recipient.phone", "found_on", "description"]
sort = ["-found_on"]
group = "grid"
total = { description = "件" }
rest = false
[[sheets]]
kind = "summary"
title = "按网格汇总"
table = "problem"
by = ["grid"]
measures = [{ title = "件数", count = true }]
"""
HOMES = (
    "乡镇,村,户编号,户主姓名,家庭人口,联系电话\n青石镇,石桥村,QS1,赵大山,2,13900010001\n青石镇,石桥村,QS2,钱守田,3,\n"
)
FOUND = (
    "发现时间,户编号,帮扶对象姓名,问题描述,办结期限,网格编号\n2024-06-03,QS1,赵大山,屋顶漏雨,2024-06-20,甲1\n"
    "2024-06-05,QS2,钱守田,缺少化肥,2024-07-20,甲2\n2024-06-09,QS1,赵大山,孩子上学远,2024-08-20,甲1\n"
)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return settle(tmp_path_factory.mktemp("云岭县"), COUNTY, ledgers_grid=OWN)


@pytest.fixture(scope="module")
def written(county, tmp_path_factory):
    handed_in = {"帮扶对象户": HOMES, "问题台账": FOUND}
    return hand_in(county, tmp_path_factory.mktemp("run"), "xiajiceng", **handed_in) / "台账"


def rows(path: Path, sheet: str):
    cells = openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(min_row=3, values_only=True)
    return [[value for value in row if value is not None] for row in cells]


def test_the_countys_own_ledger_is_written_for_the_county_and_its_townships(written):
    for area in ("全县", "青石镇"):
        path = written / area / f"下基层_网格问题清单_{area}_2024-06_20240630.xlsx"
        listed = rows(path, "网格问题清单")
        assert [row[1] for row in listed[1:] if row[0] in (1, 2, 3)] == ["甲1", "甲1", "甲2"]
        assert [row[2] for row in listed if row[0] == "小计"] == [2, 1]
        assert "13900010001" in listed[1]  # of the household that is meant
        assert rows(path, "按网格汇总")[1:4] == [[1, "甲1", 2], [2, "甲2", 1], ["合计", 3]]


def test_anybody_may_see_the_public_one(written):
    path = written / "公开" / "全县" / "下基层_网格问题清单（公开）_全县_2024-06_20240630.xlsx"
    assert rows(path, "网格问题清单")[1][2:4] == ["赵**", "139****0001"]


def test_a_title_and_columns_of_the_programs_ledger_are_changed(written):
    heads = rows(written / "全县" / "下基层_民情民意台账_全县_2024-06_20240630.xlsx", "民情台账")[0]
    assert "网格编号" in heads
    assert "上报给谁" not in heads


@pytest.mark.parametrize(("first", "second"), [("民情台账", "民情台账"), ("问题清单A", "问题清单a")])
def test_two_ledgers_of_one_title_would_be_one_file_and_are_refused(tmp_path, first, second):
    titled = "\n".join(f'[ledgers.{name}]\ntitle = "{title}"' for name, title in (("problem", first), ("grid", second)))
    settle(
        tmp_path,
        f'county = "云岭县"\n[tables.problem.own.grid]\nlabel = "网格编号"\nkind = "text"\n{titled}\n',
        ledgers_grid=OWN,
    )
    with pytest.raises(ConfigError, match=r"两本台账（problem、grid）都叫"):
        load_settings(make_spec("xiajiceng", tmp_path, "2024-06-30", None))
