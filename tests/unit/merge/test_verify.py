"""A check of the whole registry names what is damaged, each thing, and takes nothing for damage that is none."""

import datetime as dt
import json
import shutil

import format1_writer as old
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from invented_rows import VISIT, Line, batch_of

from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import Registry, merge

DAY = dt.date(2024, 7, 1)


def home(number, village="柳溪村", **more):
    return {"household_id": f"H{number}", "township": "清水镇", "village": village, "head_name": "张三", **more}


def visit(number, day):
    says = {"household_id": f"H{number}", "visited_on": day, "visitors": "王五"}
    return Line("走访.xlsx", 3 + number, says, VISIT, sheet="走访", key=f"H{number}|{day}")


def roster(*numbers, file="户.xlsx", **about):
    return batch_of([Line(file, 3 + n, home(n)) for n in numbers], submitter="清水镇", **about)


@pytest.fixture
def registry(tmp_path):
    """A roster, its resubmission, a log of June that was announced, and a correction."""
    registry = Registry(tmp_path / "台账库")
    merge(roster(1, 2, 3), registry)
    merge(roster(1, 2, version="2", period="2024-07"), registry)
    merge(batch_of([visit(1, "2024-06-08"), visit(2, "2024-06-09")], submitter="清水镇"), registry)
    registry.issue("2024-06")
    registry.record("correct", [{"table": "household", "key": "H1", "field": "phone", "new": "1"}], received=DAY)
    return registry


def told(registry, severity="damage"):
    """Where and what, of everything that is as bad as that."""
    found = registry.verify().problems
    return found.loc[found["severity"] == severity, ["place", "problem"]].values.tolist()


def folder(registry, number=0):
    """The folder of a submission of the n-th import."""
    return registry.submissions / registry.state.imports[number].content["submissions"][0]["id"]


def rewrite(path, **changes):
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**content, **changes}, ensure_ascii=False), encoding="utf-8")


def change(path, column, value):
    """The first value of a column becomes another."""
    rows = pq.read_table(path)
    at = rows.schema.get_field_index(column)
    values = [value, *rows.column(column).to_pylist()[1:]]
    pq.write_table(rows.set_column(at, rows.schema.field(at), pa.array(values, rows.schema.field(at).type)), path)


def test_a_whole_registry_is_intact_and_says_how_much_was_checked(registry):
    found = registry.verify()
    assert (found.intact, len(found.problems)) == (True, 0)
    assert (found.batches, found.rows) == (5, 3 + 2 + 2 + 2)
    everything = [path for path in registry.path.rglob("*") if path.is_file()]
    assert found.files == len(everything)


def test_undone_batches_are_checked_too_and_an_undone_file_may_come_again(registry):
    registry.undo(registry.state.imports[1].batch)
    merge(roster(1, 2, version="2", period="2024-07"), registry, received=dt.date(2024, 8, 1))
    assert registry.verify().intact
    shutil.rmtree(folder(registry, 1))
    assert told(registry) == [[f"submissions/{folder(registry, 1).name}", "文件“户.xlsx”入库的证据整个不在了"]]


def test_a_file_that_is_not_there_or_cannot_be_read_is_named(registry):
    place = f"submissions/{folder(registry).name}"
    (folder(registry) / "household.parquet").write_bytes(b"PAR1 no more")
    (folder(registry) / "findings.parquet").unlink()
    (folder(registry, 1) / "submission.json").write_bytes(b"{")
    assert told(registry) == sorted([
        [f"{place}/findings.parquet", "不在了"],
        [f"{place}/household.parquet", "读不出来"],
        [f"submissions/{folder(registry, 1).name}/submission.json", "缺失，或者读不出来"],
    ])  # fmt: skip


@pytest.mark.parametrize("content", [b"[]", b"{}", b'{"format":2,"rows":[]}', b"\xff\xfe", b""])
def test_a_description_of_another_form_does_not_stop_the_check(registry, content):
    (folder(registry) / "submission.json").write_bytes(content)
    shutil.rmtree(registry.path / "issued")
    assert [place for place, _ in told(registry)] == [
        f"issued/{registry.state.issues[0].batch}/visit.parquet",
        f"submissions/{folder(registry).name}/submission.json",
    ]


def test_a_value_that_was_changed_is_found_by_the_hash(registry):
    change(folder(registry) / "household.parquet", "head_name", "李四")
    assert told(registry) == [[f"submissions/{folder(registry).name}", "内容与编号对不上，入库以后被改动过"]]


def test_rows_that_are_lost_are_counted(registry):
    path = folder(registry) / "household.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)
    ((place, problem),) = told(registry)
    assert place == f"submissions/{folder(registry).name}/household.parquet"
    assert problem == "行数不对：收下2行，共2行；入库时收下3行，共3行"


def test_a_village_that_is_another_is_found(registry):
    change(folder(registry) / "household.parquet", "_unit", "清水|甲")
    assert [problem for _, problem in told(registry)] == ["各行所在的村或月份与日志记的不一样"]


def test_rows_must_stand_in_a_region_that_is_described(registry):
    rewrite(folder(registry) / "submission.json", regions=[])
    assert [problem for _, problem in told(registry)] == ["有的行说不出来自哪张表"]


def test_a_description_must_agree_with_the_journal(registry):
    rewrite(folder(registry) / "submission.json", period="2024-05")
    assert "写的文件、方案或统计期与日志里批次" in told(registry)[0][1]


def test_a_description_of_a_later_version_is_refused(registry):
    rewrite(folder(registry, 1) / "submission.json", format=3)
    place = f"submissions/{folder(registry, 1).name}/submission.json"
    assert told(registry) == [[place, "是更新版本的程序写的"]]
    with pytest.raises(RegistryError, match="更新版本的程序写的，请升级后再用"):
        registry.provenance("household", "H1", "head_name")


def test_announced_rows_are_compared_with_their_digest(registry):
    batch = registry.state.issues[0].batch
    path = registry.path / "issued" / batch / "visit.parquet"
    pq.write_table(pq.read_table(path).slice(0, 1), path)
    assert told(registry) == [[f"issued/{batch}/visit.parquet", "与印发时的内容不一样（印发时2行，现在1行）"]]


def test_every_damaged_entry_of_the_journal_is_listed_though_reading_stops_at_the_first(registry):
    journal = sorted((registry.path / "journal").iterdir())
    journal[0].write_bytes(journal[0].read_bytes().replace(b"2024-06", b"2024-05"))
    journal[2].write_bytes(journal[2].read_bytes()[:-30])
    journal[3].unlink()
    journal[4].write_bytes(journal[4].read_bytes().replace(b'"format":2', b'"format":3'))
    with pytest.raises(RegistryError, match="00000001"):
        registry.batches()
    assert [one for one in told(registry) if one[0].startswith("journal")] == [
        ["journal/00000001.json", "这条日志已损坏"],
        ["journal/00000004.json", "这条日志不在了"],
        ["journal/00000005.json", "这条日志已损坏"],
    ]


def test_an_entry_that_others_follow_is_missed_by_every_reader(registry):
    second = registry.path / "journal" / "00000002.json"
    whole = second.read_bytes()
    for content in (whole[:-30], b""):
        second.write_bytes(content)
        with pytest.raises(RegistryError, match=r"00000002\.json”丢失或者不完整，请从备份恢复"):
            registry.current("household")
        assert ["journal/00000002.json", "这条日志丢失或者不完整"] in told(registry)
    second.unlink()
    with pytest.raises(RegistryError, match="丢失或者不完整"):
        registry.current("household")
    assert told(registry)[0] == ["journal/00000002.json", "这条日志丢失或者不完整"]


def test_an_entry_that_breaks_off_at_the_end_is_what_a_killed_run_left(registry):
    (registry.path / "journal" / "00000006.json").write_bytes(b'{"batch":')
    assert registry.verify().intact
    assert [place for place, _ in told(registry, "notice")] == ["journal/00000006.json"]
    registry.undo(registry.state.imports[1].batch)
    assert registry.verify().intact
    assert registry.batches()["state"].tolist() == ["active", "withdrawn", "active", "active", "active"]


def test_entries_that_name_what_nobody_brought_are_contradictions(registry):
    for content in (
        {"kind": "withdraw", "batch": "0009-abcdef", "id": "x"},
        {"kind": "confirm", "batch": "0007-abcdef", "submissions": ["f" * 16]},
        {"kind": "correct", "batch": registry.state.imports[0].batch, "records": [], "received": "2024-07-01", "file": ""},
    ):  # fmt: skip
        registry.journal.append(lambda entries, seq, said=content: said)
    assert told(registry) == [
        ["journal/00000006.json", "撤回或恢复的批次“0009-abcdef”不在日志里"],
        ["journal/00000007.json", f"所说的文件“{'f' * 16}”没有哪一批入过库"],
        ["journal/00000008.json", f"批次“{registry.journal.entries()[0].batch}”在日志里不止一条"],
    ]


def test_what_the_office_says_of_nobody_is_noticed_unless_an_event_has_made_him(registry):
    said = [{"table": "household", "key": "H9", "field": "phone", "new": "1"}]  # of one whose file was undone, say
    other = {"kind": "correct", "batch": "0006-abcdef", "received": DAY.isoformat(), "file": "", "records": said}
    registry.journal.append(lambda entries, seq: other)
    assert registry.verify().intact
    (notice,) = told(registry, "notice")
    assert notice == ["journal/00000006.json", "1条裁决、更正或变动说的是库里没有的记录，没有起作用"]
    registry.record(
        "event", [{"event": "renumber", "key": "H1", "household_id": ["H1", "H9"], "date": "2024-07-01"}], received=DAY
    )
    assert told(registry, "notice") == []


def test_what_no_entry_names_is_listed_with_its_size_and_is_no_damage(registry):
    left = registry.submissions / ("0" * 16)
    shutil.copytree(folder(registry), left)
    (registry.path / "issued" / "0009-aaaaaa").mkdir()
    (registry.path / "journal" / ".tmp-abc").write_bytes(b"x" * 2000)
    (registry.path / "journal" / "00000001 (2).json").write_bytes(b"")
    (registry.path / "journal" / "Thumbs.db").write_bytes(b"")
    found = registry.verify()
    assert found.intact
    assert found.problems["place"].tolist() == [
        "issued/0009-aaaaaa", "journal/.tmp-abc", "journal/00000001 (2).json", f"submissions/{'0' * 16}",
    ]  # fmt: skip
    assert "（2KB）" in found.problems["problem"].iloc[1]
    assert found.problems["advice"].iloc[3].startswith("可以删除")
    (registry.path / "journal" / "00000002.json").write_bytes(b"{}\n")
    advice = registry.verify().problems.set_index("place")["advice"]
    assert advice[f"submissions/{'0' * 16}"].startswith("先不要删")


def test_a_registry_of_format_1_is_accepted(tmp_path):
    """The ids are those that the program of that time gave."""
    root, identity = tmp_path / "台账库", "bde675bbf7348837"
    rows = {"household": [home(1), home(2)], "visit": [{"household_id": "H1", "visited_on": dt.datetime(2024, 6, 8)}]}
    item = {**old.submission(root, identity, "户.xlsx", "清水镇", rows), "sha256": "a" * 64}
    kept = root / "submissions" / identity
    rewrite(kept / "submission.json", sha256="a" * 64)
    pq.write_table(pa.table({}), kept / "findings.parquet")
    old.imported(root, 1, "0001-aaaaaa", [item])
    old.turned(root, 2, "withdraw", "0001-aaaaaa")
    assert Registry(root).verify().problems.values.tolist() == []
    merge(roster(1), Registry(root))
    assert Registry(root).verify().intact
    (kept / "visit.parquet").write_bytes(b"")
    assert told(Registry(root)) == [[f"submissions/{identity}/visit.parquet", "读不出来"]]


def test_nothing_there_is_said_in_a_sentence(tmp_path):
    (tmp_path / "空").mkdir()
    for name in ("无", "空"):
        with pytest.raises(RegistryError, match=f"{name}”处没有台账库"):
            Registry(tmp_path / name).verify()
