"""What a registry keeps, tells and undoes."""

import datetime as dt
import json

import numpy as np
import pandas as pd
import pytest
from invented_rows import HOUSEHOLD, VISIT, Line, batch_of

from bangfu_excel.core.rows import Rows
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import Registry, journal, merge
from bangfu_excel.merge import registry as registry_module
from bangfu_excel.merge.parquet import digest, read_arrow, stack, to_arrow, to_bytes, to_frame

ZHANG = {"household_id": "H1", "township": "甲镇", "head_name": "张三", "member_count": 3, "net_income": 5700.5}
LI = {"household_id": "H2", "township": "甲镇", "head_name": "李四", "member_count": 4}


def roster(file="甲镇/a.xlsx", *, version="", period="2024-06", **changes):
    return batch_of([Line(file, 4, {**ZHANG, **changes}), Line(file, 5, LI)], version=version, period=period)


@pytest.fixture
def registry(tmp_path):
    return Registry(tmp_path / "台账库")


def files_of(registry):
    return {p.relative_to(registry.path): p.read_bytes() for p in registry.path.rglob("*") if p.is_file()}


def test_nothing_is_created_before_the_first_batch(registry):
    assert not registry.path.exists()
    assert (registry.exists, registry.known(), len(registry.batches())) == (False, {}, 0)
    assert registry.current("household").empty
    assert not registry.path.exists()


def test_what_was_accepted_is_current_with_its_origin(registry):
    result = merge(roster(), registry)
    current = registry.current("household")
    assert current["household_id"].tolist() == ["H1", "H2"]
    assert current[["_file", "_sheet", "_row"]].iloc[1].tolist() == ["甲镇/a.xlsx", "花名册", 5]
    assert set(current["_batch"]) == {result.batch_id}
    assert (result.added, result.changed, result.unchanged) == ({"household": 2}, {"household": 0}, {"household": 0})


def test_the_same_files_again_are_a_no_op(registry):
    first = merge(roster(), registry)
    kept = files_of(registry)
    again = merge(roster(), registry, received=dt.date(2025, 1, 1))
    assert again.batch_id == ""
    assert again.unchanged == {"household": 2}
    assert [(f.code, f.place.file) for f in again.findings] == [("MG06", "甲镇/a.xlsx")]
    assert first.batch_id in next(iter(again.findings)).message
    assert files_of(registry) == kept


def test_the_same_input_gives_the_same_bytes(tmp_path):
    one, other = Registry(tmp_path / "1"), Registry(tmp_path / "2")
    merge(roster(), one)
    merge(roster(), other)
    assert files_of(one) == files_of(other)


def test_the_same_file_with_another_outcome_replaces_its_predecessor(registry):
    first = merge(batch_of([Line("a.xlsx", 4, ZHANG), Line("a.xlsx", 5, LI, outcome="returned")]), registry)
    second = merge(batch_of([Line("a.xlsx", 4, ZHANG, outcome="returned"), Line("a.xlsx", 5, LI)]), registry)
    assert registry.current("household")["household_id"].tolist() == ["H2"]
    assert (second.added, second.removed) == ({"household": 1}, {"household": 1})
    assert [f.code for f in second.findings] == ["MG07"]
    registry.undo(second.batch_id)
    assert registry.current("household")["household_id"].tolist() == ["H1"]
    assert set(registry.current("household")["_batch"]) == {first.batch_id}


def test_columns_that_only_other_files_fill_do_not_make_another_submission(registry):
    merge(roster(), registry)
    batch = roster()
    frame = batch.rows["household"].assign(
        identified_on__precision=pd.Series([None, None], dtype="str"),
        net_income__approx=pd.array([False, pd.NA], dtype="boolean"),
    )
    wider = Rows({"household": frame}, batch.rows.sources)
    assert merge(batch.__class__(**{**batch.__dict__, "rows": wider}), registry).batch_id == ""


def test_a_later_batch_wins_and_says_what_it_changed(registry):
    merge(roster(), registry)
    result = merge(roster(version="2", period="2024-07", member_count=5, net_income=None), registry)
    assert registry.current("household").set_index("household_id")["member_count"].to_dict() == {"H1": 5, "H2": 4}
    assert (result.added, result.changed, result.unchanged) == ({"household": 0}, {"household": 1}, {"household": 1})
    assert result.changes.to_dict("records") == [
        {"table": "household", "key": "H1", "field": "member_count", "old": "3", "new": "5"},
        {"table": "household", "key": "H1", "field": "net_income", "old": "5700.5", "new": ""},
    ]


def test_a_key_in_conflict_appears_once_by_the_first_path_and_is_marked(registry):
    lines = [Line("b.xlsx", 4, {**ZHANG, "member_count": 9}, pending=True), Line("a.xlsx", 7, ZHANG, pending=True)]
    result = merge(batch_of(lines), registry)
    current = registry.current("household")
    assert current[["_file", "member_count", "_pending"]].values.tolist() == [["a.xlsx", 3, True]]
    assert result.conflicts[["key", "file", "row"]].values.tolist() == [["H1", "b.xlsx", 4], ["H1", "a.xlsx", 7]]


def test_undo_is_as_if_it_had_never_come_and_restore_brings_it_back(registry):
    first = merge(roster(), registry)
    before = registry.current("household")
    second = merge(roster(version="2", member_count=5), registry)
    after = registry.current("household")
    registry.undo(second.batch_id)
    pd.testing.assert_frame_equal(registry.current("household"), before)
    registry.restore(second.batch_id)
    pd.testing.assert_frame_equal(registry.current("household"), after)
    assert registry.batches()["id"].tolist() == [first.batch_id, second.batch_id]


def test_an_undone_file_can_be_brought_in_again(registry):
    registry.undo(merge(roster(), registry).batch_id)
    again = merge(roster(), registry)
    assert again.added == {"household": 2}
    assert registry.batches()["state"].tolist() == ["withdrawn", "active"]


def test_undoing_what_is_not_there_is_said_in_a_sentence(registry):
    batch = merge(roster(), registry).batch_id
    with pytest.raises(RegistryError, match="没有被撤回"):
        registry.restore(batch)
    registry.undo(batch)
    with pytest.raises(RegistryError, match=f"“{batch}”已经撤回过了"):
        registry.undo(batch)
    with pytest.raises(RegistryError, match="没有批次“0009-abcdef”"):
        registry.undo("0009-abcdef")


def test_batches_lists_them_oldest_first(registry):
    batch = merge(roster(), registry, received=dt.date(2024, 7, 3)).batch_id
    listed = registry.batches()
    assert list(listed.columns) == ["id", "received", "files", "period", "as_of", "state", "rows", "kind", "submitter"]
    assert listed.iloc[0].tolist() == [
        batch,
        pd.Timestamp("2024-07-03"),
        1,
        "2024-06",
        pd.Timestamp("2024-06-30"),
        "active",
        2,
        "import",
        "",
    ]


def test_history_tells_each_version_and_what_changed(registry):
    first = merge(roster(), registry, received=dt.date(2024, 7, 1)).batch_id
    second = merge(roster(version="2", member_count=5), registry, received=dt.date(2024, 8, 1)).batch_id
    third = merge(roster(version="3", member_count=6, phone="13900000001"), registry).batch_id
    registry.undo(second)
    history = registry.history("household", "H1")
    assert history[["batch", "state", "changed", "member_count"]].values.tolist() == [
        [first, "superseded", "", 3],
        [second, "withdrawn", "member_count", 5],
        [third, "active", "member_count、phone", 6],
    ]
    assert history[["file", "sheet", "row"]].iloc[0].tolist() == ["甲镇/a.xlsx", "花名册", 4]
    with pytest.raises(RegistryError, match="编号为“H9”"):
        registry.history("household", "H9")
    with pytest.raises(RegistryError, match=r"编号为“990101\*{8}0021”"):
        registry.history("household", "990101194912310021")


def test_every_value_says_which_cell_it_came_from(registry):
    merge(roster(), registry)
    place = registry.provenance("household", "H2", "member_count")
    assert (place.file, place.sheet, place.cell, place.label) == ("甲镇/a.xlsx", "花名册", "E5", "家庭人口数")
    with pytest.raises(RegistryError, match="没有字段“不存在”"):
        registry.provenance("household", "H2", "不存在")


def test_known_holds_returned_rows_too_and_can_leave_out_files_checked_again(registry):
    batch = batch_of([Line("a.xlsx", 4, ZHANG), Line("b.xlsx", 5, LI, outcome="returned")])
    merge(batch, registry)
    known = registry.known()["household"]
    assert known[["household_id", "_outcome"]].values.tolist() == [["H1", "accepted"], ["H2", "returned"]]
    assert set(batch.rows["household"].columns) <= set(known.columns)
    assert (known["_region"] == -1).all()
    again = registry.known(without={batch.files[0].sha256})
    assert again["household"]["household_id"].tolist() == ["H2"]


def test_rows_without_a_key_are_kept_and_equal_ones_count_once(registry):
    def visits(version, period):
        lines = [Line("v.xlsx", r, {"content": c}, VISIT) for r, c in ((4, "甲"), (5, "乙"))]
        return batch_of(lines, version=version, period=period)

    merge(visits("1", "2024-06"), registry)
    merge(visits("2", "2024-07"), registry)
    assert registry.current("visit")["content"].tolist() == ["甲", "乙"]


def test_given_a_table_all_its_fields_are_there(registry):
    assert registry.current(HOUSEHOLD)["member_count"].dtype == "Int64"
    assert [n for n in registry.current(HOUSEHOLD).columns if not n.startswith("_")] == list(HOUSEHOLD.names)


def test_a_snapshot_is_of_one_moment_whoever_writes_meanwhile(registry, monkeypatch):
    def both(file):
        says = {"household_id": file, "visited_on": "2024-06-08", "visitors": "王五"}
        return batch_of([Line(file, 4, {**ZHANG, "household_id": file}), Line(file, 5, says, VISIT, key=file)])

    def written_to(*args, read=registry_module.current_rows):
        rows = read(*args)
        merge(both("b.xlsx"), registry)
        return rows

    merge(both("a.xlsx"), registry)
    monkeypatch.setattr(registry_module, "current_rows", written_to)
    rows = registry.snapshot([HOUSEHOLD, VISIT])
    assert {name: frame["_file"].tolist() for name, frame in rows.items()} == {
        "household": ["a.xlsx"], "visit": ["a.xlsx"],
    }  # fmt: skip
    assert list(rows["visit"].columns)[:4] == list(VISIT.names)
    assert len(registry.batches()) == 2


def test_values_come_back_with_their_types_exactly(tmp_path):
    frame = pd.DataFrame(
        {
            "text": pd.Series(["张𠮷", None, "", " a\n"], dtype="str"),
            "whole": pd.Series([1, None, 0, 2**62], dtype="Int64"),
            "real": pd.Series([0.1, None, -0.0, 1e300], dtype="Float64"),
            "yes": pd.Series([True, None, False, True], dtype="boolean"),
            "day": pd.Series(pd.to_datetime(["2024-02-29", None, "1900-01-01", "2199-12-31"]), dtype="datetime64[ns]"),
            "empty": pd.Series([None] * 4, dtype="str"),
            "_row": np.arange(4),
            "_region": np.arange(4, dtype="int32"),
        }
    )
    path = tmp_path / "x.parquet"
    path.write_bytes(to_bytes(to_arrow(frame)))
    pd.testing.assert_frame_equal(to_frame(read_arrow(path)), frame, check_exact=True)
    assert digest(read_arrow(path)) == digest(to_arrow(frame))
    halves = to_frame(stack([to_arrow(frame.iloc[:2]), to_arrow(frame.iloc[2:].drop(columns=["day", "text"]))]))
    assert halves.dtypes.to_dict() == frame.dtypes.to_dict()
    assert digest(to_arrow(frame.assign(text=frame["text"].fillna("")))) != digest(to_arrow(frame))


def test_a_folder_with_something_else_is_no_registry(tmp_path):
    (tmp_path / "报表.xlsx").write_bytes(b"")
    with pytest.raises(RegistryError, match="不是台账库"):
        Registry(tmp_path)
    with pytest.raises(RegistryError, match="是一个文件"):
        Registry(tmp_path / "报表.xlsx")
    with pytest.raises(RegistryError, match="没有台账库"):
        Registry(tmp_path / "无", create=False)


def test_damage_is_named(registry):
    merge(roster(), registry)
    parquet = next(registry.path.glob("submissions/*/household.parquet"))
    parquet.write_bytes(b"PAR1 no more")
    with pytest.raises(RegistryError, match=r"household\.parquet"):
        registry.current("household")
    parquet.unlink()
    with pytest.raises(RegistryError, match="缺少文件"):
        registry.current("household")
    entry = next(registry.path.glob("journal/*.json"))
    entry.write_bytes(entry.read_bytes().replace(b"2024-06", b"2024-05"))
    with pytest.raises(RegistryError, match=r"00000001\.json”已损坏"):
        registry.batches()


def test_an_entry_of_a_later_version_is_refused(registry, monkeypatch):
    monkeypatch.setattr(journal, "FORMAT", 3)
    merge(roster(), registry)
    monkeypatch.undo()
    with pytest.raises(RegistryError, match="更新版本"):
        registry.batches()


def test_a_kind_of_entry_that_is_not_known_is_refused(registry):
    registry.journal.append(lambda entries, seq: {"kind": "dream", "batch": "x"})
    with pytest.raises(RegistryError, match="更新版本"):
        registry.current("household")


def test_a_registry_shows_itself_without_people(registry):
    result = merge(roster(), registry)
    for shown in (repr(registry), registry._repr_html_(), repr(result)):
        assert "张三" not in shown
    assert "household" in registry._repr_html_()
    assert result.batch_id in repr(result)


def test_a_submission_describes_its_file(registry):
    merge(roster(), registry, received=dt.date(2024, 7, 3))
    (path,) = registry.path.glob("submissions/*/submission.json")
    said = json.loads(path.read_text(encoding="utf-8"))
    assert (said["file"], said["received"], said["period"], said["scheme"]) == (
        "甲镇/a.xlsx",
        "2024-07-03",
        "2024-06",
        "default",
    )
    assert said["rows"] == {"household": {"accepted": 2}}
    assert said["regions"][0]["columns"]["household_id"] == {"column": "A", "label": "户编号"}
