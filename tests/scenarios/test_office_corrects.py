"""The county office corrects what a township sent and says what happened: run, 更正单, run again, undo."""

import openpyxl
import pytest
from office_county import (
    BASIS,
    HEAD_2,
    HOUSEHOLDS,
    MEMBERS,
    PAIRINGS,
    PHONE,
    VISITS,
    WHO,
    WIFE_1,
    filled,
    save,
    submitted,
)

import bangfu_excel as bf

REMOVAL = {"报表": "走访记录", "户编号": "H3", "走访日期": "2024-06-05", "栏目": "整条删除", **WHO}
NEW_HEAD = {
    "变动种类": "户主变更", "日期": "2024-07-01", **BASIS, "原户编号": "H2", "现户主姓名": "李秀兰", "现户主证件号码": WIFE_1, "备注": "原户主病故",
}  # fmt: skip
VILLAGE = {"变动种类": "村合并或更名", "日期": "2024-07-02", **BASIS, "原行政村": "枫树村", "现行政村": "松树村"}


def run(folder, month, as_of):
    return bf.run(folder / month, folder / f"结果{month}", registry=folder / "台账库", as_of=as_of, engine="serial")


def row(registry, table, key):
    frame = registry.current(table)
    return frame[frame["_key"] == key].iloc[0]


def sheets(path):
    """Sheet → its rows of cells, without the title."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: [[cell.value for cell in line] for line in sheet.iter_rows(min_row=4)] for sheet in book}


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """June merged, the office's workbook taken in, and July's roster, which says the old telephone again."""
    folder = tmp_path_factory.mktemp("县")
    submitted(folder / "六月")
    run(folder, "六月", "2024-06-30")
    book = filled(folder / "县办/更正单.xlsx", [PHONE, REMOVAL], [NEW_HEAD, VILLAGE])
    done = bf.correct(book, folder / "台账库", received="2024-07-10")
    changed = [(*home[:6], home[6] + 1, home[7]) for home in HOUSEHOLDS[1:]]
    submitted(folder / "七月", [HOUSEHOLDS[0], *changed], name="清水镇7月.xlsx")
    again = run(folder, "七月", "2024-07-31")
    return folder, bf.Registry(folder / "台账库"), done, again


def test_what_is_registered_is_what_the_office_says(county):
    _, registry, done, _ = county
    assert (done.corrections, done.events) == (2, 2)
    assert row(registry, "household", "H1")[["phone", "member_count"]].tolist() == ["13900010002", 4]
    assert row(registry, "household", "H2")[["head_name", "head_id"]].tolist() == ["李秀兰", WIFE_1]
    assert sorted(registry.current("household")["village"].unique()) == ["松树村", "石桥村"]
    assert len(registry.current("visit")) == len(VISITS) - 2


def test_what_the_office_said_leads_to_the_cell_of_its_workbook(county):
    _, registry, *_ = county
    for field, cell in (("phone", ("更正单.xlsx", "更正", "L4")), ("member_count", ("清水镇7月.xlsx", "户", "G2"))):
        place = registry.provenance("household", "H1", field)
        assert (place.file, place.sheet, place.cell) == cell
    assert registry.provenance("household", "H2", "head_name").sheet == "变动"


def test_the_ledger_says_what_was_corrected(county):
    folder, *_ = county
    paths = bf.ledgers(folder / "台账库", folder / "台账", as_of="2024-07-31")
    told = [row[-1] for rows in sheets(next(p for p in paths if "帮扶对象" in p.name)).values() for row in rows]
    assert "已更正：户联系电话" in told


def test_the_township_is_told_which_of_its_cells_to_change(county):
    folder, *_ = county
    book = sheets(folder / "结果七月/回改清单.xlsx")
    assert list(book) == ["清水镇"]
    told = {(row[4], row[6]): (*row[1:4], *row[7:10]) for row in book["清水镇"] if isinstance(row[0], int)}
    assert told["帮扶对象户", "户联系电话"] == (
        "清水镇7月.xlsx", "户", "H2", "13900010001", "13900010002", "电话（村支书）",
    )  # fmt: skip
    assert told["走访记录", "整条"] == ("清水镇7月.xlsx", "走访", "A4", "有这一条", "整条删除", "电话（村支书）")


def test_the_township_is_told_to_take_the_dead_head_off_its_list_of_members(county):
    folder, *_ = county
    told = {(row[4], row[6]): (*row[1:4], *row[7:10]) for row in sheets(folder / "结果七月/回改清单.xlsx")["清水镇"]}
    assert told["家庭成员", "整条"] == ("清水镇7月.xlsx", "成员", "A5", "有这一条", "整条删除", "户主变更（核实）")


def test_once_he_is_off_the_list_the_reason_is_known_and_nothing_is_asked(county, tmp_path):
    _, registry, *_ = county
    wife = ("H2", "李秀兰", WIFE_1, "配偶", "健康")
    sheets_of = (("户", HOUSEHOLDS), ("成员", [*MEMBERS[:4], wife]), ("结对", PAIRINGS), ("走访", VISITS))
    save(tmp_path / "八月/清水镇8月.xlsx", *sheets_of)
    before = registry.batches()["id"].iloc[-1]
    batch = bf.merge(bf.check(tmp_path / "八月", as_of="2024-08-31", engine="serial"), registry).batch_id
    lines = registry.changes(before)
    gone = lines[(lines["table"] == "member") & (lines["kind"] == "减少")]
    assert gone["reason"].tolist() == ["死亡"]
    told = registry.overruled()
    members = told[told["table"] == "member"]
    assert members[["field", "said", "stands"]].to_numpy().tolist() == [["relation", "配偶", "户主"]]
    registry.undo(batch)


def test_whoever_sends_the_right_value_is_asked_nothing_more(county, tmp_path):
    _, registry, *_ = county
    right = [HOUSEHOLDS[0], (*HOUSEHOLDS[1][:7], "13900010002"), *HOUSEHOLDS[2:]]
    submitted(tmp_path / "八月", right, name="清水镇8月.xlsx")
    batch = bf.merge(bf.check(tmp_path / "八月", as_of="2024-08-31", engine="serial"), registry).batch_id
    assert "phone" not in registry.overruled()["field"].tolist()
    registry.undo(batch)
    assert "phone" in registry.overruled()["field"].tolist()


def test_an_undo_brings_everything_back(county):
    _, registry, done, _ = county
    undone = [registry.undo(batch).id for batch in done.batches]
    assert row(registry, "household", "H1")["phone"] == "13900010001"
    assert row(registry, "household", "H2")["head_id"] == HEAD_2
    assert "枫树村" in registry.current("household")["village"].tolist()
    assert len(registry.current("visit")) == len(VISITS) - 1
    assert registry.overruled().empty
    for turn in reversed(undone):
        registry.undo(turn)
    assert row(registry, "household", "H1")["phone"] == "13900010002"
