"""The county office corrects what a township sent and says what happened: run, 更正单, run again, undo."""

import openpyxl
import pytest
from office_county import BASIS, PHONE, VISITS, WHO, WIFE_1, filled, submitted

import bangfu_excel as bf

REMOVAL = {"报表": "走访记录", "户编号": "H3", "走访日期": "2024-06-05", "栏目": "整条删除", **WHO}
NEW_HEAD = {
    "变动种类": "户主变更", "日期": "2024-07-01", **BASIS, "原户编号": "H2", "现户主姓名": "李秀兰", "现户主证件号码": WIFE_1, "备注": "原户主病故",
}  # fmt: skip
VILLAGE = {"变动种类": "村合并或更名", "日期": "2024-07-02", **BASIS, "原行政村": "枫树村", "现行政村": "松树村"}


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """June merged, the office's workbook taken in, and the same rosters sent again in July."""
    folder = tmp_path_factory.mktemp("县")
    submitted(folder / "六月")
    bf.run(folder / "六月", folder / "结果", registry=folder / "台账库", as_of="2024-06-30", engine="serial")
    book = filled(folder / "县办/更正单.xlsx", [PHONE, REMOVAL], [NEW_HEAD, VILLAGE])
    done = bf.correct(book, folder / "台账库", received="2024-07-10")
    return folder, bf.Registry(folder / "台账库"), done


def row(registry, table, key):
    frame = registry.current(table)
    return frame[frame["_key"] == key].iloc[0]


def test_what_is_registered_is_what_the_office_says(county):
    _, registry, done = county
    assert (done.corrections, done.events) == (2, 2)
    assert row(registry, "household", "H1")["phone"] == "13900010002"
    assert row(registry, "household", "H2")[["head_name", "head_id"]].tolist() == ["李秀兰", WIFE_1]
    assert sorted(registry.current("household")["village"].unique()) == ["松树村", "石桥村"]
    assert len(registry.current("visit")) == len(VISITS) - 2


def test_the_ledger_says_what_was_corrected(county):
    folder, _, _ = county
    paths = bf.ledgers(folder / "台账库", folder / "台账", as_of="2024-07-31")
    county_book = next(path for path in paths if "帮扶对象" in path.name)
    assert "已更正：户联系电话" in {
        cell.value for sheet in openpyxl.load_workbook(county_book) for line in sheet for cell in line
    }
