"""A file that changes what was announced waits; 重报核对表.xlsx says what it would change, and takes the answer back."""

import datetime as dt
import shutil
import subprocess

import openpyxl
import pytest
from typer.testing import CliRunner

import bangfu_excel as bf
from bangfu_excel.cli.app import app
from bangfu_excel.cli.summary import closing_line

HOUSEHOLDS = (
    ("乡镇", "村", "户编号", "户主姓名", "户主身份证号码", "家庭人口数"),
    ("清水镇", "松树村", "QS0001", "李大山", "990101197001010018", 3),
    ("清水镇", "松树村", "QS0002", "张大山", "990101197001010026", 3),
    ("清水镇", "松树村", "QS0003", "刘大山", "990101197001010034", 3),
)  # fmt: skip
PAIRS = (
    ("户编号", "帮扶对象姓名", "帮扶责任人", "帮扶单位", "帮扶人电话"),
    *((f"QS000{n}", name, "陈明", "县水利局", "13900010001") for n, name in enumerate(("李大山", "张大山", "刘大山"), 1)),
)  # fmt: skip
VISITS = ("乡镇", "村", "户编号", "户主姓名", "走访时间", "走访人", "走访内容")
JUNE = (
    ("QS0001", "李大山", "2024-06-05", "送化肥"),
    ("QS0002", "张大山", "2024-06-06", "看望"),
    ("QS0003", "刘大山", "2024-06-07", ""),
)
WHOLE_YEAR = (
    ("QS0001", "李大山", "2024-06-15", "送化肥"),
    ("QS0003", "刘大山", "2024-06-07", "查看住房"),
    ("QS0003", "刘大山", "2024-05-09", ""),
)


def visits(rows):
    return (VISITS, *(("清水镇", "松树村", number, name, day, "陈明", said) for number, name, day, said in rows))


def sheet(path, *sheets):
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        target = book.active if number == 0 else book.create_sheet()
        for row in rows:
            target.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def run(folder, tmp_path, **options):
    return bf.run(folder, tmp_path / "out", registry=tmp_path / "库", engine="serial", **options)


@pytest.fixture
def held(tmp_path):
    """The folder of a run in which a whole-year file waits: June was announced with three visits."""
    sheet(tmp_path / "六月/户.xlsx", HOUSEHOLDS)
    sheet(tmp_path / "六月/结对.xlsx", PAIRS)
    sheet(tmp_path / "六月/走访.xlsx", visits(JUNE))
    run(tmp_path / "六月", tmp_path, period="2024-06")
    bf.Registry(tmp_path / "库").issue("2024-06")
    sheet(tmp_path / "全年/清水镇全年.xlsx", visits(WHOLE_YEAR))
    run(tmp_path / "全年", tmp_path, period="2024", as_of="2024-12-31")
    return tmp_path


def rows_of(path, name, first):
    sheet = openpyxl.load_workbook(path)[name]
    return [
        [cell for cell in row if cell not in (None, "")] for row in sheet.iter_rows(min_row=first, values_only=True)
    ]


def answer(path, text, row=4):
    book = openpyxl.load_workbook(path)
    sheet = book["汇总"]
    column = [cell.value for cell in sheet[3]].index("处理") + 1
    sheet.cell(row, column, text)
    book.save(path)
    return path


def days(folder):
    rows = bf.Registry(folder / "库").current("visit")
    return sorted(f"{number} {day:%m-%d}" for number, day in zip(rows["household_id"], rows["visited_on"], strict=True))


JUNE_DAYS = ["QS0001 06-05", "QS0002 06-06", "QS0003 06-07"]
YEAR_DAYS = ["QS0001 06-15", "QS0003 05-09", "QS0003 06-07"]


def test_the_workbook_tells_every_difference_in_words(held):
    path = held / "out/重报核对表.xlsx"
    (summary,) = rows_of(path, "汇总", 4)
    assert summary[:-1] == ["清水镇全年.xlsx", "清水镇", "2024-05、2024-06", "3", "3", "1", "2", "1"]
    differences = [row[1:] for row in rows_of(path, "明细", 3)]
    assert differences == [
        ["清水镇全年.xlsx", "变更", "走访记录", "松树村", "刘大山", "2024-06-07", "陈明", "走访内容", "（空白）", "查看住房", "2024-06", "是",
         "走访.xlsx“Sheet”G4", "“Sheet”G3"],
        ["清水镇全年.xlsx", "变更", "走访记录", "松树村", "李大山", "2024-06-05", "陈明", "走访时间", "2024-06-05", "2024-06-15", "2024-06", "是",
         "走访.xlsx“Sheet”E2", "“Sheet”E2"],
        ["清水镇全年.xlsx", "缺失", "走访记录", "松树村", "张大山", "2024-06-06", "陈明", "有", "没有", "2024-06", "是", "走访.xlsx“Sheet”E3"],
        ["清水镇全年.xlsx", "新增", "走访记录", "松树村", "刘大山", "2024-05-09", "陈明", "没有", "有", "2024-05", "否", "“Sheet”E4"],
    ]  # fmt: skip
    assert days(held) == JUNE_DAYS


def test_nobody_is_told_that_rows_were_taken_that_wait(held):
    result = run(held / "全年", held, period="2024", as_of="2024-12-31")
    assert (result.counts.accepted, result.counts.waiting) == (0, 3)
    assert "1个文件，收下0行（其中待更正0行），3行等县办确认后才计入，退回0行" in closing_line(result)
    assert "（已有，这些文件以前都报过，没有新内容）" in closing_line(result)
    notice = (held / "out/退回/通知_清水镇.txt").read_text(encoding="utf-8")
    assert "3行所在的文件改动了已经通报的月份，等县办核实确认后才计入。" in notice
    assert "已收下" not in notice


def test_confirmed_it_counts_once_and_can_be_undone(held):
    path = answer(held / "out/重报核对表.xlsx", "确认入库")
    done = bf.confirm(path, held / "库")
    assert (done.files, done.effect.back, done.effect.gone, done.effect.changed) == (
        ("清水镇全年.xlsx",), {"visit": 2}, {"visit": 2}, {"visit": 1},
    )  # fmt: skip
    assert days(held) == YEAR_DAYS
    again = bf.confirm(path, held / "库")
    assert (again.batch, again.before) == ("", ("清水镇全年.xlsx",))
    bf.Registry(held / "库").undo(done.batch)
    assert days(held) == JUNE_DAYS


def test_blank_is_undecided_and_sent_back_stays_out(held):
    path = held / "out/重报核对表.xlsx"
    assert bf.confirm(path, held / "库").undecided == ("清水镇全年.xlsx",)
    done = bf.confirm(answer(path, "退回"), held / "库")
    assert (done.batch, done.refused) == ("", ("清水镇全年.xlsx",))
    assert days(held) == JUNE_DAYS


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda held, path: answer(path, "同意"), "I4填的是“同意”，应为“确认入库”或“退回”"),
        (lambda held, path: bf.Registry(held / "库").undo(bf.Registry(held / "库").batches()["id"].iloc[-1]), "I4要确认的“清水镇全年.xlsx”已经撤回"),
        (lambda held, path: shutil.rmtree(held / "库"), "没有台账库"),
        (lambda held, path: shutil.copy(held / "全年/清水镇全年.xlsx", path), "不是由 bangfu run 写出的重报核对表"),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_out_is_said_and_nothing_counts(held, spoil, said):
    path = answer(held / "out/重报核对表.xlsx", "确认入库")
    spoil(held, path)
    with pytest.raises(bf.BangfuError, match=said):
        bf.confirm(path, held / "库")


def test_of_another_registry_it_is_said(held):
    path = answer(held / "out/重报核对表.xlsx", "确认入库")
    bf.run(held / "六月", held / "别处", registry=held / "别的库", engine="serial", period="2024-06")
    with pytest.raises(bf.UsageError, match="不在这个台账库里"):
        bf.confirm(path, held / "别的库")


def test_a_file_that_meanwhile_says_something_else_is_not_confirmed(held):
    stranger = ("QS0009", "王大山", "2024-06-20", "")
    sheet(held / "再报/全年.xlsx", visits([*WHOLE_YEAR, stranger]))
    run(held / "再报", held, period="2024", as_of="2024-12-31")
    path = shutil.copy(held / "out/重报核对表.xlsx", held / "旧表.xlsx")
    newcomer = ("清水镇", "松树村", "QS0009", "王大山", "990101197001010093", 3)
    sheet(held / "再报/户.xlsx", (*HOUSEHOLDS, newcomer))
    run(held / "再报", held, period="2024", as_of="2024-12-31")
    with pytest.raises(bf.UsageError, match=r"I4要确认的“全年\.xlsx”后来又报过，已由新的代替"):
        bf.confirm(answer(path, "确认入库"), held / "库")
    assert days(held) == JUNE_DAYS


def test_the_command_says_what_it_did(held):
    path = answer(held / "out/重报核对表.xlsx", "确认入库")
    said = CliRunner().invoke(app, ["merge", "--confirm", str(path), "--registry", str(held / "库")]).output
    assert "已确认入库1个文件（批次" in said
    assert "走访记录新增2条、减少2条、改1条" in said
    assert "bangfu undo" in said


@pytest.mark.parametrize("again", ["全年", "六月"], ids=["overwrites", "removes"])
def test_filled_in_and_not_handed_in_it_outlives_the_next_run_that(held, again):
    filled = answer(held / "out/重报核对表.xlsx", "确认入库").read_bytes()
    result = run(held / again, held, period="2024", as_of="2024-12-31")
    assert [(one.name, one.now, one.command) for one in result.kept] == [
        ("重报核对表.xlsx", "重报核对表_已填.xlsx", "merge --confirm")
    ]
    assert (held / "out/重报核对表_已填.xlsx").read_bytes() == filled
    assert (held / "out/重报核对表.xlsx").exists() == (again == "全年")
    assert bf.confirm(held / "out/重报核对表_已填.xlsx", held / "库").files == ("清水镇全年.xlsx",)


def test_the_command_says_where_the_filled_workbook_is_and_how_it_is_handed_in(held):
    answer(held / "out/重报核对表.xlsx", "确认入库")
    words = [
        "run",
        held / "全年",
        "-o",
        held / "out",
        "--registry",
        held / "库",
        "--period",
        "2024",
        "--as-of",
        "2024-12-31",
    ]
    said = CliRunner().invoke(app, [*map(str, words), "--engine", "serial"])
    kept = held / "out/重报核对表_已填.xlsx"
    assert f"“重报核对表.xlsx”里有人填过的内容，没有覆盖，已改名为“{kept.name}”" in said.stderr
    assert f"bangfu merge --confirm {kept}" in said.stderr
    assert said.stdout.count("\n") == 1


def test_the_command_says_that_a_file_waits_and_what_to_do(held):
    words = [
        "run",
        held / "全年",
        "-o",
        held / "out",
        "--registry",
        held / "库",
        "--as-of",
        "2024-12-31",
        "--engine",
        "serial",
    ]
    said = CliRunner().invoke(app, [*map(str, words), "--period", "2024"])
    assert f"还没有入库：{held / 'out/重报核对表.xlsx'}" in said.stderr
    assert f"bangfu merge --confirm {held / 'out/重报核对表.xlsx'}" in said.stderr


def test_without_a_file_that_waits_there_is_no_workbook(held):
    run(held / "六月", held, period="2024-06")
    assert not (held / "out/重报核对表.xlsx").exists()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_saved_by_libreoffice_it_is_read_as_well(held):
    path = answer(held / "out/重报核对表.xlsx", "确认入库")
    target = held / "另存"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(held / 'lo').as_uri()}", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", target, path], check=True, capture_output=True,
    )  # fmt: skip
    assert bf.confirm(target / path.name, held / "库", received=dt.date(2025, 1, 6)).files == ("清水镇全年.xlsx",)
    assert days(held) == YEAR_DAYS
