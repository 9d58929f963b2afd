"""The command line as a clerk meets it: exit codes, one line for every mistake, the closing line."""

import io
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from bangfu_excel.cli import app as application
from bangfu_excel.cli.wording import in_chinese

DAY = ("--as-of", "2024-06-30")


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def inbox(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(("乡镇", "村", "组", "户编号", "户主姓名", "家庭人口数", "劳动力人数"))
    book.active.append(("清水镇", "松树村", "1组", "QS0001", "王大山", 3, 1))
    (tmp_path / "inbox").mkdir()
    book.save(tmp_path / "inbox/户.xlsx")
    return "inbox"


def test_a_run_ends_with_one_line_that_says_what_became_of_the_rows(bangfu, inbox):
    code, out, err = bangfu("run", inbox, "-o", "out", *DAY)
    assert out == "1个文件，收下1行（其中待更正0行），退回0行，重复0行；结果在 out，台账库在 台账库（新建）\n"
    assert (code, err) == (0, "")
    assert bangfu("run", inbox, "-o", "out", *DAY)[1].endswith(
        "台账库在 台账库（已有，这些文件以前都入过库，没有新内容）\n"
    )


def test_a_run_that_reads_nothing_does_not_say_that_it_was_known(bangfu, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"")
    _, out, _ = bangfu("run", "坏.xlsx", "-o", "out", *DAY)
    assert out.endswith("台账库在 台账库（新建，没有可以入库的行）\n")


def test_a_check_says_nothing_of_a_registry_and_makes_none(bangfu, inbox, tmp_path):
    code, out, _ = bangfu("check", inbox, "-o", "out", *DAY)
    assert (code, "台账库" in out, (tmp_path / "台账库").exists()) == (0, False, False)


def test_something_to_correct_is_exit_1(bangfu, inbox, tmp_path):
    (tmp_path / "inbox/坏.xlsx").write_bytes(b"")
    assert bangfu("run", inbox, "-o", "out", *DAY)[0] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "没有", "-o", "out"], "找不到“没有”"),
        (["run", "空", "-o", "out"], "“空”里没有文件"),
        (["run", "inbox", "-o", "inbox/out"], "结果不能写在要处理的文件夹里面"),
        (["run", "inbox", "-o", "out", "--scheme", "defualt"], "没有方案“defualt”，是不是“default”"),
        (["run", "inbox", "-o", "out", "--scheme", "没有.toml"], "找不到方案文件"),
        (["run", "inbox", "-o", "out", "--period", "2024-6月"], "统计期“2024-6月”写法不对"),
        (["run", "inbox", "-o", "out", "--as-of", "2024-02-30"], "截止日期“2024-02-30”写法不对"),
        (["run", "inbox", "-o", "out", "--registry", "别的"], "不是台账库"),
        (["run", "inbox", "-o", "out", "--profile", "没有"], "找不到本县配置文件夹"),
        (["run", "inbox", "-o", "out", "--engine", "spark"], "没有“spark”这种运行方式"),
        (["run", "inbox"], "缺少 -o / --out"),
        (["run", "-o", "out"], "缺少 INBOX"),
        (["run", "inbox", "-o"], "选项“-o”后面要写内容"),
        (["run", "inbox", "又一个", "-o", "out"], "多写了“又一个”"),
        (["run", "inbox", "-o", "out", "--perid", "2024"], "没有“--perid”这个选项，是不是“--period”或“--profile”"),
        (["run", "inbox", "-o", "out", "--jobs", "两个"], "--jobs 的内容不对"),
        (["chek", "inbox"], "没有“chek”这个命令，是不是“check”"),
        (["--没有"], "没有“--没有”这个选项"),
        (["batches"], "没有台账库"),
        (["ledger", "-o", "out"], "没有台账库"),
        (["assess", "-o", "out"], "没有台账库"),
        (["template", "车辆", "-o", "out"], "没有这些表：车辆"),
    ],
)
def test_a_command_that_cannot_be_is_one_chinese_line_exit_2_and_nothing_written(bangfu, inbox, tmp_path, words, said):
    (tmp_path / "空").mkdir()
    (tmp_path / "别的").mkdir()
    (tmp_path / "别的/文件.txt").touch()
    before = sorted(tmp_path.rglob("*"))
    code, out, err = bangfu(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder in which not even root may write")
def test_an_out_that_cannot_be_written_is_said(bangfu, inbox):
    code, _, err = bangfu("run", inbox, "-o", "/proc/out", *DAY)
    assert (code, "写不进去" in err) == (2, True)


def test_without_a_command_there_is_help(bangfu):
    code, out, _ = bangfu()
    assert code == 0
    assert "assess" in out
    assert all(name in out for name in ("run", "check", "ledger", "template", "batches", "undo", "history", "init"))


def test_a_bug_is_one_line_and_exit_3(bangfu, inbox, monkeypatch):
    monkeypatch.delenv("BANGFU_DEBUG")
    monkeypatch.setattr("bangfu_excel.pipeline.run", lambda *a, **k: 1 / 0)
    code, _, err = bangfu("run", inbox, "-o", "out")
    assert (code, err.count("\n")) == (3, 1)
    assert "ZeroDivisionError" in err


def test_ctrl_c_is_one_line(bangfu, inbox, monkeypatch):
    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("bangfu_excel.pipeline.run", interrupted)
    code, _, err = bangfu("run", inbox, "-o", "out")
    assert (code, err) == (application.INTERRUPTED, "已中断，没有留下写了一半的文件；再运行一次即可\n")


def test_the_registry_is_told_undone_and_explained(bangfu, inbox):
    bangfu("run", inbox, "-o", "out", *DAY)
    _, out, _ = bangfu("batches")
    head, line = out.splitlines()
    batch = line.split()[0]
    assert head.split() == ["批次", "收到", "文件", "统计期", "截止日期", "状态", "行数", "种类", "报送单位"]
    assert line.split() == [batch, "2024-06-30", "1", "2024-06", "2024-06-30", "有效", "1", "入库", "清水镇"]
    told = bangfu("history", "QS0001")[1]
    assert "王大山户" in told and "2024-06-30  首次填报" in told
    said = bangfu("history", "QS0001", "--table", "household")[1]
    assert "第1版" in said and "户主姓名：王大山" in said and "00:00:00" not in said
    assert bangfu("undo", batch)[0] == 0
    assert "已撤回" in bangfu("batches")[1]
    assert bangfu("undo", batch)[0] == 2


def test_ledgers_and_assessment_come_from_the_registry(bangfu, inbox, tmp_path):
    bangfu("run", inbox, "-o", "out", *DAY)
    assert bangfu("ledger", "-o", "again", "--period", "2024-06")[0] == 0
    assert bangfu("assess", "-o", "again", "--period", "2024-06")[0] == 0
    names = {path.name for path in (tmp_path / "again").rglob("*.xlsx")}
    assert {"帮扶对象台账_全县_2024-06_20240630.xlsx", "走访考核_全县_2024-06_试算_20240630.xlsx"} <= names


def test_books_and_templates(bangfu, tmp_path):
    assert "HH07" in bangfu("rules")[1]
    assert "家庭人口数" in bangfu("fields")[1]
    assert "default" in bangfu("schemes")[1]
    assert bangfu("template", "visit", "-o", "blank")[0] == 0
    assert len(list((tmp_path / "blank").glob("*.xlsx"))) == 1
    assert bangfu("init", "县")[0] == 0
    assert bangfu("init", "县")[0] == 2
    assert bangfu("fields", "--profile", "县")[0] == 0


def test_progress_is_for_terminals_only(inbox):
    command = [sys.executable, "-m", "bangfu_excel", "run", inbox, "-o", "out", *DAY]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def test_a_sentence_that_is_not_known_stays():
    assert in_chinese("Something new.") == "Something new."


def locked(path, password):
    """The workbook at `path`, closed with a password."""
    plain, closed = io.BytesIO(path.read_bytes()), io.BytesIO()
    OOXMLFile(plain).encrypt(password, closed)
    path.write_bytes(closed.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_password_is_given_in_the_command_or_in_a_file_and_kept_nowhere(bangfu, inbox, tmp_path, encoding):
    locked(tmp_path / "inbox/户.xlsx", "松树2024")
    (tmp_path / "密码.txt").write_text("不对的\n松树2024\n", encoding=encoding)
    assert bangfu("check", inbox, "-o", "a", *DAY, "--passwords", "密码.txt")[0] == 0
    code, out, err = bangfu("check", inbox, "-o", "b", *DAY, "--password", "不对的", "--password", "松树2024")
    assert (code, err, out.startswith("1个文件，收下1行")) == (0, "", True)
    for path in (tmp_path / "b").rglob("*"):
        assert not path.is_file() or "松树2024".encode() not in path.read_bytes()


def test_a_file_that_stays_closed_is_said_with_how_to_open_it(bangfu, inbox, tmp_path):
    locked(tmp_path / "inbox/户.xlsx", "松树2024")
    code, _, err = bangfu("check", inbox, "-o", "out", *DAY, "--password", "不对的")
    assert code == 1
    assert err == ("有1个文件因为有密码没有读；知道密码的，加上 --password 密码（或 --passwords 密码文件）再运行一次\n")


@pytest.mark.parametrize(
    ("content", "said"), [(None, "打不开密码文件“密码.txt”"), (b"\xff\xff\n", "密码文件“密码.txt”读不懂")]
)
def test_a_file_of_passwords_that_cannot_be_read_is_said(bangfu, inbox, tmp_path, content, said):
    if content is not None:
        (tmp_path / "密码.txt").write_bytes(content)
    code, _, err = bangfu("check", inbox, "-o", "out", "--passwords", "密码.txt")
    assert (code, said in err) == (2, True)
