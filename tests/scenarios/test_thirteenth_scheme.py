"""A plan, a column and a code list that nobody else has: written in TOML only, and a file goes through with them."""

from pathlib import Path

import openpyxl
import pytest
from county_of_its_own import MONTH, hand_in, settle

import bangfu_excel as bf

COUNTY = """
county = "云岭县"
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
SCHEME = """
id = "linhu"
title = "林户结对帮扶"
version = "1"
start = 2024-01-01
end = 2024-12-31
tables = ["household", "pairing", "visit"]
ledgers = ["household"]
default_pattern = "one"
[recipients]
kinds = ["户"]
[[patterns]]
id = "one"
title = "护林员帮户"
code = "一对一"
helpers = { least = 1, most = 1 }
[[records]]
title = "林地的种类和面积"
fields = ["household.forest_kind=经济林", "household.forest_mu"]
[[cadences]]
id = "quarter"
title = "每季入户"
modes = ["入户"]
per = "quarter"
"""
HOMES = "乡镇,村,户编号,户主姓名,家庭人口,林地种类,林地亩数\n青石镇,石桥村,QS1,赵大山,2,果园,12.5亩\n青石镇,石桥村,QS2,钱守田,3,竹海,2000\n"
PAIRED = "户编号,户主姓名,帮扶责任人,帮扶单位,帮扶人电话,结对时间\n" + "".join(
    f"QS1,赵大山,{name},林业局,1390002000{n},2023-12-01\n" for n, name in enumerate(("李明", "王芳"), start=2)
)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return settle(tmp_path_factory.mktemp("云岭县"), COUNTY, schemes_linhu=SCHEME)


@pytest.fixture(scope="module")
def outcome(county, tmp_path_factory):
    out = hand_in(county, tmp_path_factory.mktemp("run"), "linhu", 户=HOMES, 结对=PAIRED)
    return bf.check(out.parent / "6月", scheme="linhu", profile=county, as_of=MONTH), out


def test_the_countys_column_and_list_are_read_as_all_others(outcome):
    batch, _ = outcome
    rows = batch.tables["household"].set_index("household_id")
    assert rows.loc["QS1", ["forest_kind", "forest_mu"]].to_list() == ["经济林", 12.5]
    assert rows.loc["QS2", ["forest_kind", "forest_mu"]].isna().all()
    told = {f.place.cell: f.message for f in batch.findings if f.place.field.startswith("forest")}
    assert "“林地种类”填的是“竹海”" in told["F3"]
    assert "“林地亩数”填的是“2000”" in told["G3"]


def test_the_plan_holds_the_pairings_to_what_it_says(outcome):
    batch, _ = outcome
    told = {f.code: f.message for f in batch.findings}
    assert "赵大山由2方结对" in told["PV03"]
    assert "“结对时间”填的是“2023-12-01”，不在本方案的实施期内" in told["PV07d"]


def test_it_stands_in_the_registry_the_ledger_and_the_blank_workbook(outcome, county, tmp_path):
    _, out = outcome
    current = bf.Registry(county / "台账库").current("household")
    assert current.set_index("household_id").loc["QS1", "forest_kind"] == "经济林"
    ledger = words(next(out.rglob("帮扶对象台账*.xlsx")))
    assert {"林地种类", "经济林", "12.5"} <= ledger
    assert any(word.startswith("林地面积") for word in ledger)
    bf.template("linhu", tmp_path, profile=county)
    blank = next(tmp_path.rglob("*.xlsx"))
    assert any(word.startswith("林地面积") for word in words(blank))
    choices = [
        rule.formula1 for sheet in openpyxl.load_workbook(blank) for rule in sheet.data_validations.dataValidation
    ]
    assert '"经济林,公益林"' in choices


def words(path: Path):
    book = openpyxl.load_workbook(path)
    return {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
