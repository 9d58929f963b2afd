"""A zip gives what its unpacked folder gives; a workbook with a password what it gives without one; a file that goes away costs itself."""

import io
import json
import zipfile

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from small_inbox_files import households

import bangfu_excel as bf
from bangfu_excel.pipeline import checking, files
from bangfu_excel.pipeline.checking import Work, check_files
from bangfu_excel.pipeline.files import FileJob
from bangfu_excel.pipeline.returns import return_jobs
from bangfu_excel.pipeline.settings import make_spec
from bangfu_excel.read.inbox import open_inbox

DAY = "2024-06-30"
ROSTER, WRONG = "清水镇/户.xlsx", "柳溪镇/有错的户.xlsx"


def run(inbox, out, **options):
    return bf.run(
        inbox, out, **{"registry": out / "台账库", "as_of": DAY, "engine": "serial", "until": "check"} | options
    )


@pytest.fixture
def folder(tmp_path):
    """The submissions as files."""
    households(tmp_path / "inbox" / ROSTER)
    households(tmp_path / "inbox" / WRONG, township="柳溪镇", first=11, faulty=True)
    return tmp_path / "inbox"


def zip_of(inner, members):
    """A zip of (name, content), their names in GBK without a flag, as a Chinese Windows writes them."""
    plain = [(f"{position:03d}", name, content) for position, (name, content) in enumerate(members)]
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        for stand_in, name, content in plain:
            archive.writestr(stand_in.ljust(len(name.encode("gb18030")), "x"), content)
    data = inner.read_bytes()
    for stand_in, name, _ in plain:
        stored = name.encode("gb18030")
        data = data.replace(stand_in.ljust(len(stored), "x").encode(), stored)
    inner.write_bytes(data)
    return inner


@pytest.fixture
def nested(folder, tmp_path):
    """The same submissions as one zip: a workbook, and a zip with the other one."""
    second = zip_of(tmp_path / "second.zip", [("有错的户.xlsx", (folder / WRONG).read_bytes())])
    return zip_of(
        tmp_path / "六月.zip", [(ROSTER, (folder / ROSTER).read_bytes()), ("柳溪镇/报表.zip", second.read_bytes())]
    )


NAMES = {"六月.zip!清水镇/户.xlsx": ROSTER, "六月.zip!柳溪镇/报表.zip!有错的户.xlsx": WRONG}


def without_names(result):
    """Findings and account, the file's name as in the folder."""
    frames = []
    for frame in (result.batch.findings.frame, result.batch.reconciliation):
        renamed = frame.assign(file=frame["file"].replace({f"六月/{k}": v for k, v in NAMES.items()} | NAMES))
        frames.append(renamed.sort_values(["file", "sheet"], kind="stable").to_csv(index=False))
    return frames


@pytest.mark.parametrize("is_inbox", [True, False], ids=["as INBOX", "in INBOX"])
def test_a_zip_gives_what_its_unpacked_folder_gives(folder, nested, tmp_path, is_inbox):
    if not is_inbox:
        (tmp_path / "other").mkdir()
        nested = nested.rename(tmp_path / "other/六月.zip").parent
    unpacked, zipped = run(folder, tmp_path / "a"), run(nested, tmp_path / "b")
    assert without_names(zipped) == without_names(unpacked)
    assert {finding.code for finding in zipped.batch.findings} > set()
    assert zipped.counts == unpacked.counts
    assert zipped.counts.files == 2


def test_a_member_goes_back_under_the_name_that_its_findings_bear(nested, tmp_path):
    result = run(nested, tmp_path / "out")
    (name,) = {finding.place.file for finding in result.batch.findings.filter(severity="error")}
    assert name == "六月.zip!柳溪镇/报表.zip!有错的户.xlsx"
    assert f"退回/{name}" in result.files
    sheet = openpyxl.load_workbook(tmp_path / "out/退回" / name).worksheets[0]
    assert sheet["G2"].comment is not None


def test_names_that_are_too_long_together_go_back_shortened_and_stay_apart(tmp_path):
    (tmp_path / "inbox").mkdir()
    members = [
        ("走" * 70 + end + ".xlsx", households(tmp_path / f"{end}.xlsx", first=ord(end), faulty=True)) for end in "AB"
    ]
    with zipfile.ZipFile(tmp_path / "inbox" / f"{'六' * 60}.zip", "w") as archive:
        for name, path in members:
            archive.write(path, name)
    result = run(tmp_path / "inbox", tmp_path / "out")
    returned = [name for name in result.files if name.startswith("退回/六")]
    assert len(returned) == 2
    assert all(name.endswith(".xlsx") and len(name.encode()) < 255 for name in returned)


def test_a_zip_gives_the_same_bytes_with_processes(nested, tmp_path, monkeypatch):
    first = run(nested, tmp_path / "a", until="write")
    monkeypatch.setattr(checking, "SMALL_INBOX", 0)
    second = run(nested, tmp_path / "b", until="write", engine="processes", jobs=2)
    assert second.files == first.files
    for name in first.files:
        assert name == "run.json" or (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_a_zip_of_which_something_stays_packed_is_in_the_account(folder, tmp_path):
    with zipfile.ZipFile(folder / "附.zip", "w") as archive:
        archive.writestr("a.csv", "户主姓名\n")
        archive.writestr("b.csv", b"broken")
    data = (folder / "附.zip").read_bytes()
    (folder / "附.zip").write_bytes(data.replace(b"broken", b"BROKEN", 1))
    result = run(folder, tmp_path / "out")
    account = result.batch.reconciliation.set_index("file")
    assert account.loc["附.zip", "status"] == "unreadable"
    assert [record.file for record in result.batch.files] == [WRONG, ROSTER, "附.zip", "附.zip!a.csv"]
    assert "RD37" in [finding.code for finding in result.batch.findings]


def test_only_photos_are_a_run_without_rows(tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/1.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    result = run(tmp_path / "inbox", tmp_path / "out", until="write")
    assert (len(result.batch.findings), result.counts.files, result.exit_code) == (1, 0, 0)


def close(path, password):
    plain, sealed = io.BytesIO(path.read_bytes()), io.BytesIO()
    OOXMLFile(plain).encrypt(password, sealed)
    path.write_bytes(sealed.getvalue())


@pytest.mark.parametrize(("password", "given"), [("VelvetSweatshop", ()), ("松树2024", ("不对", "松树2024"))])
def test_a_workbook_with_a_password_is_read_and_goes_back_without_it(folder, tmp_path, password, given):
    plain = run(folder, tmp_path / "a")
    close(folder / WRONG, password)
    sealed = run(folder, tmp_path / "b", passwords=given)
    assert without_names(sealed) == without_names(plain)
    assert sealed.files == plain.files
    returned = "退回/" + WRONG
    assert (tmp_path / "a" / returned).read_bytes() == (tmp_path / "b" / returned).read_bytes()


def test_the_wrong_password_is_one_finding(folder, close_and_check):
    findings = close_and_check(folder / WRONG, "松树2024", ["不对"])
    assert [(f.code, f.place.file) for f in findings.filter(effect="sheet")] == [("RD05", WRONG)]


@pytest.fixture
def close_and_check(folder):
    def check(path, password, given):
        close(path, password)
        return bf.check(folder, as_of=DAY, engine="serial", passwords=given).findings

    return check


def test_a_password_is_shown_and_kept_nowhere(folder, tmp_path):
    close(folder / WRONG, "松树2024")
    result = run(folder, tmp_path / "out", passwords=["松树2024"], until="write")
    spec, path = make_spec("default", None, DAY, None), folder / WRONG
    secret = ("松树2024",)
    work = Work(engine="serial", passwords=secret)
    with open_inbox(folder) as contents:
        checked = check_files(contents, spec, None, work)
    assert checked.passwords == secret
    shown = [FileJob(spec, path, WRONG, secret), work, checked, return_jobs(checked, tmp_path), result]
    assert not any("松树2024" in repr(one) for one in shown)
    assert "松树2024" not in json.dumps(
        json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8")), ensure_ascii=False
    )


def test_a_countys_bounds_reach_the_reader(folder, tmp_path):
    (tmp_path / "县").mkdir()
    (tmp_path / "县/county.toml").write_text("[limits]\nfile = 100\n", encoding="utf-8")
    findings = bf.check(folder, as_of=DAY, engine="serial", profile=tmp_path / "县").findings
    assert [finding.code for finding in findings] == ["RD10", "RD10"]


def test_a_file_that_goes_away_before_it_is_read_is_a_finding(folder, tmp_path, monkeypatch):
    listed = files.load_settings

    def and_then_gone(spec):
        (folder / WRONG).unlink(missing_ok=True)
        return listed(spec)

    monkeypatch.setattr(files, "load_settings", and_then_gone)
    result = run(folder, tmp_path / "out")
    assert [(f.code, f.place.file) for f in result.batch.findings.filter(effect="sheet")] == [("RD04", WRONG)]
    assert result.counts.accepted == 3


def test_a_file_that_goes_away_before_it_is_marked_is_said_in_one_sentence(folder, tmp_path, monkeypatch):

    def and_then_gone(checked, out):
        (folder / WRONG).unlink(missing_ok=True)
        return return_jobs(checked, out)

    monkeypatch.setattr("bangfu_excel.pipeline.running.return_jobs", and_then_gone)
    with pytest.raises(bf.InboxError, match="移走或改名"):
        run(folder, tmp_path / "out")
