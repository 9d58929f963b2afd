"""The whole line: what is written, what is refused before anything is, and what a fault costs."""

import datetime as dt
import json
import os

import pandas as pd
import pytest
from small_inbox_files import hashes, households

import bangfu_excel as bf
from bangfu_excel.headers import match_headers
from bangfu_excel.pipeline import checking, files, running
from bangfu_excel.pipeline.files import read_one
from bangfu_excel.pipeline.settings import make_spec
from bangfu_excel.pipeline.target import Target

DAY = "2024-06-30"


@pytest.fixture
def inbox(tmp_path):
    households(tmp_path / "inbox/清水镇/户.xlsx")
    households(tmp_path / "inbox/柳溪镇/户.xlsx", township="柳溪镇", first=11, faulty=True)
    return tmp_path / "inbox"


def run(inbox, tmp_path, **options):
    given = {"registry": tmp_path / "台账库", "as_of": DAY, "engine": "serial"} | options
    return bf.run(inbox, tmp_path / "out", **given)


def codes(result, severity="error"):
    return [finding.code for finding in result.batch.findings.filter(severity=severity)]


def test_a_run_writes_what_it_lists_and_lists_what_it_writes(inbox, tmp_path):
    result = run(inbox, tmp_path)
    written = {
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()
    }
    assert written == set(result.files)
    assert {
        "问题清单.xlsx",
        "data/findings.csv",
        "data/household.parquet",
        "退回/柳溪镇/户.xlsx",
        "run.json",
    } <= written
    assert {name.split("/")[0] for name in written} >= {"台账", "考核", "退回", "data"}
    recorded = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
    assert (recorded["as_of"], recorded["period"], recorded["counts"]["accepted"]) == (DAY, "2024-06", 6)
    assert result.exit_code == 1


def test_a_check_merges_nothing_and_writes_no_ledger(inbox, tmp_path):
    result = run(inbox, tmp_path, until="check")
    assert not (tmp_path / "台账库").exists()
    assert {name.split("/")[0] for name in result.files} == {"退回", "data", "问题清单.xlsx", "run.json"}


def test_clean_files_need_no_correction(inbox, tmp_path):
    assert run(inbox / "清水镇", tmp_path).exit_code == 0


def test_the_same_input_gives_the_same_bytes_with_any_engine_in_any_folder_and_again(inbox, tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "SMALL_INBOX", 0)
    run(inbox, tmp_path)
    first = hashes(tmp_path / "out")
    run(inbox, tmp_path)
    assert hashes(tmp_path / "out") == first
    run(inbox, tmp_path / "elsewhere", engine="processes", jobs=2)
    assert hashes(tmp_path / "elsewhere/out") == first


def test_a_second_run_removes_what_the_first_one_wrote_and_nothing_else(inbox, tmp_path):
    run(inbox, tmp_path)
    (tmp_path / "out/退回/柳溪镇/我的笔记.txt").touch()
    households(inbox / "柳溪镇/户.xlsx", township="柳溪镇", first=11)
    result = run(inbox, tmp_path, registry=tmp_path / "另一个库")
    assert not (tmp_path / "out/退回/柳溪镇/户.xlsx").exists()
    assert (tmp_path / "out/退回/柳溪镇/我的笔记.txt").exists()
    assert set(hashes(tmp_path / "out")) == {*result.files, "退回/柳溪镇/我的笔记.txt"} - {"run.json"}


def test_a_file_that_an_earlier_list_names_outside_of_out_is_not_touched(inbox, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "precious.txt").touch()
    listed = {"files": ["../precious.txt", str(tmp_path / "precious.txt")]}
    (tmp_path / "out/run.json").write_text(json.dumps(listed), encoding="utf-8")
    run(inbox, tmp_path, until="check")
    assert (tmp_path / "precious.txt").exists()


def test_a_broken_file_is_a_finding_and_the_others_are_read(inbox, tmp_path):
    (inbox / "清水镇/坏.xlsx").write_bytes(b"PK\3\4 broken")
    result = run(inbox / "清水镇", tmp_path)
    assert [f.place.file for f in result.batch.findings.filter(effect="sheet")] == ["坏.xlsx"]
    assert (result.counts.accepted, result.exit_code) == (3, 1)
    assert "坏.xlsx" in (tmp_path / "out/退回/通知_未注明乡镇.txt").read_text(encoding="utf-8-sig")


def test_the_same_bytes_twice_are_read_once(inbox, tmp_path):
    (inbox / "清水镇/副本.xlsx").write_bytes((inbox / "清水镇/户.xlsx").read_bytes())
    result = run(inbox / "清水镇", tmp_path)
    assert codes(result, "warning") == ["PV30"]
    assert result.counts.accepted == 3
    assert not any("户.xlsx" in name or "副本" in name for name in result.files if name.startswith("退回"))


def die_on_clean(job):
    if job.name.startswith("清水镇"):
        os._exit(1)
    return read_one(job)


def test_a_worker_that_dies_costs_one_file(inbox, tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "SMALL_INBOX", 0)
    monkeypatch.setattr(checking, "read_one", die_on_clean)
    result = run(inbox, tmp_path, engine="processes", jobs=2)
    assert "RN01" in codes(result)
    assert result.batch.tables["household"]["_file"].unique().tolist() == ["柳溪镇/户.xlsx"]


def test_a_mistake_of_the_program_costs_one_file(inbox, tmp_path, monkeypatch):
    def stumble(file, *asked):
        if file.startswith("清水镇"):
            raise KeyError("李明")
        return match_headers(file, *asked)

    monkeypatch.delenv("BANGFU_DEBUG")
    monkeypatch.setattr(files, "match_headers", stumble)
    result = run(inbox, tmp_path)
    (finding,) = [f for f in result.batch.findings if f.code == "RN06"]
    assert finding.place.file.startswith("清水镇")
    assert "test_run.py 第" in finding.message
    assert "李明" not in finding.message
    assert result.batch.tables["household"]["_file"].unique().tolist() == ["柳溪镇/户.xlsx"]


@pytest.mark.parametrize("step", ["write_findings", "write_data", "write_job", "write_return"])
def test_an_interrupted_run_leaves_no_half_written_file(inbox, tmp_path, monkeypatch, step):
    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    run(inbox, tmp_path)
    before = hashes(tmp_path / "out")
    monkeypatch.setattr(running, step, interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(inbox, tmp_path)
    assert hashes(tmp_path / "out") == before
    monkeypatch.undo()
    run(inbox, tmp_path)
    assert hashes(tmp_path / "out") == before


def test_out_and_inbox_are_kept_apart(inbox, tmp_path):
    for out in (inbox, inbox / "结果", inbox / "清水镇"):
        with pytest.raises(bf.OutputError, match="不能写在要处理的文件夹里面"):
            bf.run(inbox, out, registry=tmp_path / "台账库")
    run(inbox, tmp_path)
    with pytest.raises(bf.OutputError, match="结果文件夹"):
        run(tmp_path / "out/退回", tmp_path)


def test_the_registry_does_not_lie_among_the_submissions(inbox, tmp_path):
    with pytest.raises(bf.UsageError, match="分开放"):
        run(inbox, tmp_path, registry=inbox / "台账库")


@pytest.mark.parametrize("owner", ["~$问题清单.xlsx", ".~lock.问题清单.xlsx#"])
def test_an_output_that_is_open_is_said_before_work_starts(inbox, tmp_path, owner, monkeypatch):
    run(inbox, tmp_path)
    (tmp_path / "out" / owner).touch()
    monkeypatch.setattr(running, "check_files", lambda *args: pytest.fail("work started"))
    with pytest.raises(bf.OutputError, match=r"“问题清单\.xlsx”正在别的程序里打开着"):
        run(inbox, tmp_path)


def test_a_file_in_the_place_of_out_is_refused(inbox, tmp_path):
    (tmp_path / "out").touch()
    with pytest.raises(bf.OutputError, match="不是文件夹"):
        run(inbox, tmp_path)


def test_looking_at_out_leaves_nothing_there(tmp_path):
    Target.prepared(tmp_path / "a/b")
    assert list(tmp_path.iterdir()) == []


def test_a_county_names_its_assessment(inbox, tmp_path):
    (tmp_path / "县").mkdir()
    (tmp_path / "县/county.toml").write_text('county = "云岭县"\n', encoding="utf-8")
    assert "考核/走访考核_云岭县_2024-06_试算_20240630.xlsx" in run(inbox, tmp_path, profile=tmp_path / "县").files


@pytest.mark.parametrize(
    ("as_of", "period", "resolved"),
    [
        ("2024-06-15", None, (dt.date(2024, 6, 15), "2024-06")),
        (None, "2024Q1", (dt.date(2024, 3, 31), "2024Q1")),
        ("2024-07-05", "2024-06", (dt.date(2024, 7, 5), "2024-06")),
    ],
)
def test_day_and_period_are_resolved_once(as_of, period, resolved):
    spec = make_spec("default", None, as_of, period)
    assert (spec.as_of, spec.period.text) == resolved


@pytest.mark.parametrize(("as_of", "period"), [("2024-6-31", None), (None, "2024-13"), ("2024-05-31", "2024-06")])
def test_a_day_or_period_that_cannot_be_is_refused(as_of, period):
    with pytest.raises(bf.UsageError):
        make_spec("default", None, as_of, period)


def test_every_file_is_in_the_text_of_one_township(inbox, tmp_path):
    households(inbox / "两镇.xlsx", first=21)
    both = pd.concat(
        [
            pd.read_excel(inbox / "两镇.xlsx"),
            pd.read_excel(inbox / "柳溪镇/户.xlsx", engine="openpyxl").assign(
                户编号=["A1", "A2", "A3"], 户主身份证号码=None, 户主姓名=["甲大山", "乙大山", "丙大山"]
            ),
        ]
    )
    both.to_excel(inbox / "两镇.xlsx", index=False)
    (inbox / "柳溪镇/坏.xlsx").write_bytes(b"")
    run(inbox, tmp_path, until="check")
    texts = {path.stem: path.read_text(encoding="utf-8-sig") for path in (tmp_path / "out/退回").glob("通知_*.txt")}
    assert set(texts) == {"通知_清水镇", "通知_柳溪镇", "通知_柳溪镇、清水镇"}
    assert "收到2个文件：帮扶对象户3行。" in texts["通知_柳溪镇"]
    assert "柳溪镇/坏.xlsx" in texts["通知_柳溪镇"]
    assert "收到1个文件：帮扶对象户6行。" in texts["通知_柳溪镇、清水镇"]


def test_a_returned_workbook_that_comes_back_uncorrected_gives_the_same_findings(inbox, tmp_path):
    first = run(inbox / "柳溪镇", tmp_path)
    again = bf.check(tmp_path / "out/退回/户.xlsx", as_of=DAY)
    told = [(f.code, f.place.cell, f.message) for f in first.batch.findings]
    assert [(f.code, f.place.cell, f.message) for f in again.findings if f.code != "RN02"] == told
    assert again.reconciliation.query("status == 'skipped'")["sheet"].tolist() == ["问题清单"]
