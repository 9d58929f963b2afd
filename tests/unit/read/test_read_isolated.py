"""A file that kills, hangs or bloats its parser is one finding on that file; the next file is read as ever."""

import _thread
import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import openpyxl
import psutil
import pytest
import xlsxwriter
import xlwt

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.errors import BangfuError
from bangfu_excel.read import Limits, calamine, read_file
from bangfu_excel.read.isolate import Reader
from bangfu_excel.read.limits import MB
from bangfu_excel.read.reader import read_here

FAULTY_WORKER = '''
"""A worker that does what the file's name says; "once" in it: not when it is to be careful."""
import ctypes, os, re, sys, time
from bangfu_excel.core.raw import RawWorkbook
from bangfu_excel.read.reader import read_here
from bangfu_excel.read.worker import serve

class PanicException(BaseException):
    pass

def panic():
    raise PanicException("index out of bounds")

def spin():
    while True:
        pass

def devour():
    kept = []
    while True:
        kept.append(b"x" * 10_000_000)

def labour():
    while time.process_time() < 3:
        pass

def chatter():
    print("noise", flush=True)
    os.write(1, b"noise")
    os.write(2, b"noise")
    assert not sys.stdin.read()

FAULTS = {
    "abort": os.abort,
    "segfault": lambda: ctypes.string_at(0),
    "exit": lambda: sys.exit(0),
    "vanish": lambda: os._exit(0),
    "panic": panic,
    "raise": lambda: {}["a bug of a library"],
    "spin": spin,
    "lock": lambda: re.match("(a+)+$", "a" * 60 + "b"),  # as a parser in C or Rust: never lets go of Python's lock
    "sleep": lambda: time.sleep(600),
    "devour": devour,
    "labour": labour,
    "chatter": chatter,
}

def read(path, name, limits, passwords, careful):
    path.with_suffix(".pid").write_text(str(os.getpid()))
    fault, _, once = path.stem.partition("-")
    if fault in FAULTS and not (once and careful):
        FAULTS[fault]()
    return read_here(path, name, limits, passwords, careful)

serve(read)
'''


@pytest.fixture
def command(tmp_path):
    script = tmp_path / "faulty_worker.py"
    script.write_text(FAULTY_WORKER, encoding="utf-8")
    return [sys.executable, str(script)]


@pytest.fixture
def reader(command):
    with closing(Reader(command)) as reader:
        yield reader


@pytest.fixture
def ask(reader, tmp_path):
    def ask(stem, content="户主姓名\n赵大山\n", **limits):
        path = tmp_path / f"{stem}.csv"
        path.write_text(content, encoding="utf-8")
        return reader.read(path, f"清水镇/{path.name}", Limits(**limits), ())

    return ask


def worker_of(folder, stem):
    return int((folder / f"{stem}.pid").read_text())


def ended(pid, seconds=20):
    deadline = time.monotonic() + seconds
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not psutil.pid_exists(pid)


@pytest.mark.parametrize(
    ("fault", "limits", "code", "words"),
    [
        ("abort", {}, "RD32", "出错"),
        ("segfault", {}, "RD32", "出错"),
        ("exit", {}, "RD32", "出错"),
        ("vanish", {}, "RD32", "出错"),
        ("panic", {}, "RD32", "出错"),
        ("raise", {}, "RD32", "出错"),
        ("spin", {"seconds": 1, "patience": 600}, "RD30", "很久"),
        ("lock", {"seconds": 1, "patience": 600}, "RD30", "很久"),
        ("sleep", {"seconds": 1, "patience": 1}, "RD30", "很久"),
        ("devour", {"memory": 300 * MB}, "RD31", "内存"),
    ],
)
def test_what_kills_the_parser_is_one_finding_and_costs_no_other(ask, tmp_path, capfd, fault, limits, code, words):
    workbook, findings = ask(fault, **limits)
    assert workbook is None
    assert [(f.code, f.severity, f.effect, f.place.file) for f in findings] == [
        (code, Severity.ERROR, Effect.SHEET, f"清水镇/{fault}.csv")
    ]
    assert words in findings[0].message
    assert ".xlsx" in findings[0].suggestion
    assert ended(worker_of(tmp_path, fault))
    assert ask("next")[0].sheets[0].cell(1, 0).value == "赵大山"
    assert capfd.readouterr() == ("", "")  # nothing of it on the clerk's console


def test_a_file_that_only_the_usual_reader_dies_of_is_read_by_the_other(ask):
    workbook, findings = ask("abort-once")
    assert workbook.sheets[0].cell(1, 0).value == "赵大山"
    assert [(f.code, f.severity, f.effect) for f in findings] == [("RD33", Severity.INFO, Effect.NONE)]


DEADLY_CALAMINE = """
import os
from bangfu_excel.read import calamine
from bangfu_excel.read.worker import serve

class CalamineWorkbook:
    from_object = staticmethod(lambda source: os.abort())

calamine.CalamineWorkbook = CalamineWorkbook
serve()
"""


@pytest.mark.parametrize("suffix", ["xls", "xlsx"])
def test_a_workbook_that_calamine_dies_of_is_read_without_it(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    book, add = (xlwt.Workbook(), "add_sheet") if suffix == "xls" else (xlsxwriter.Workbook(path), "add_worksheet")
    sheet = getattr(book, add)("户")
    sheet.write(0, 0, "户主姓名")
    sheet.write(1, 1, 5700.5)
    if suffix == "xls":
        book.save(path)
    else:
        book.close()
    with closing(Reader([sys.executable, "-c", DEADLY_CALAMINE])) as reader:
        workbook, findings = reader.read(path, path.name, Limits(), ())
    assert [finding.code for finding in findings] == ["RD33"]
    assert (workbook.format, workbook.sheets[0].name) == (suffix, "户")
    assert [workbook.sheets[0].cell(at, at).value for at in (0, 1)] == ["户主姓名", 5700.5]


def test_what_the_other_reader_says_of_a_file_it_cannot_read_is_enough(ask):
    workbook, findings = ask("abort-once", content="")
    assert workbook is None
    assert [f.code for f in findings] == ["RD01"]


def test_the_first_cause_is_told_whatever_the_second_attempt_dies_of(ask, command):
    script = Path(command[1])
    script.write_text(FAULTY_WORKER.replace("FAULTS[fault]()", "os.abort() if careful else FAULTS[fault]()"))
    assert [f.code for f in ask("spin", seconds=1)[1]] == ["RD30"]


@pytest.mark.parametrize(
    ("bounds", "codes"),
    [({}, []), ({"unzipped": MB}, ["RD30"])],
    ids=["18 MB give 1 + 5 * 18 / 5 seconds", "but no more than is ever unzipped"],
)
def test_a_densely_packed_file_gets_the_time_that_its_content_takes(reader, tmp_path, bounds, codes):
    path = tmp_path / "labour.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "户主姓名"
    book.save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        for name in ("xl/a.bin", "xl/b.bin"):
            package.writestr(name, bytes(9 * MB))
    workbook, findings = reader.read(path, "a.xlsx", Limits(seconds=1, patience=600, **bounds), ())
    assert [finding.code for finding in findings] == codes
    assert (workbook is None) == bool(codes)


def test_a_page_gets_no_more_time_than_its_own_bytes_take(ask):
    _, findings = ask("labour", seconds=1, patience=600)
    assert [finding.code for finding in findings] == ["RD30"]


def test_files_after_one_another_are_read_by_one_process(ask, tmp_path):
    ask("first")
    ask("second")
    assert worker_of(tmp_path, "first") == worker_of(tmp_path, "second") != os.getpid()


def test_a_process_that_ended_meanwhile_is_replaced_without_a_word(ask, tmp_path):
    ask("first")
    gone = psutil.Process(worker_of(tmp_path, "first"))
    gone.kill()
    gone.wait(20)
    workbook, findings = ask("second")
    assert workbook.sheets
    assert findings == ()


def test_what_libraries_print_does_not_disturb_the_answer(ask):
    workbook, findings = ask("chatter")
    assert workbook.sheets[0].cell(0, 0).value == "户主姓名"
    assert findings == ()


@pytest.fixture
def at_a_terminal():
    """Ctrl-C raises: a process that was started in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("at_a_terminal")
def test_an_interrupt_ends_the_worker_and_is_passed_on(ask, tmp_path):
    threading.Thread(target=interrupt_once_there, args=(tmp_path / "lock.pid",), daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        ask("lock", seconds=600)
    assert ended(worker_of(tmp_path, "lock"))
    assert ask("next")[0].sheets


def interrupt_once_there(pid):
    """Ctrl-C while the worker is at work: not before it is, however long it takes to start."""
    while not pid.exists():
        time.sleep(0.05)
    time.sleep(0.5)
    _thread.interrupt_main()


def test_threads_may_share_a_reader(reader, tmp_path):
    def read(number):
        path = tmp_path / f"表{number}.csv"
        path.write_text(f"户主姓名\n户主{number}\n", encoding="utf-8")
        return reader.read(path, path.name, Limits(), ())[0].sheets[0].cell(1, 0).value

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, range(20))) == [f"户主{number}" for number in range(20)]


def test_a_closed_reader_leaves_no_process(reader, ask, tmp_path):
    ask("first")
    reader.close()
    assert ended(worker_of(tmp_path, "first"), seconds=1)


@pytest.mark.parametrize("command", [[sys.executable, "-c", "raise SystemExit"], ["没有这个程序"]])
def test_a_worker_that_cannot_start_is_no_fault_of_the_file(tmp_path, command):
    with closing(Reader(command)) as reader, pytest.raises(BangfuError):
        reader.read(tmp_path / "a.csv", "a.csv", Limits(), ())


ASKING = """
import os, sys, threading, time
from pathlib import Path
from bangfu_excel.read import Limits
from bangfu_excel.read.isolate import Reader
*command, path = sys.argv[1:]
reader, path = Reader(command), Path(path)
threading.Thread(target=reader.read, args=(path, path.name, Limits(seconds=1, patience=2), ()), daemon=True).start()
while not path.with_suffix(".pid").exists():
    time.sleep(0.02)
time.sleep(0.2)
os._exit(1)
"""


@pytest.mark.parametrize("state", ["idle", "spin", "lock", "sleep"])
def test_the_worker_ends_with_the_process_that_started_it(command, tmp_path, state):
    path = tmp_path / f"{state}.csv"
    path.write_text("户主姓名\n赵大山\n", encoding="utf-8")
    subprocess.run([sys.executable, "-c", ASKING, *command, str(path)], check=False, timeout=60)
    assert ended(worker_of(tmp_path, state))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_fork_reads_with_a_worker_of_its_own(tmp_path):
    path = tmp_path / "甲.csv"
    path.write_text("户主姓名\n赵大山\n", encoding="utf-8")
    before = read_file(path, "甲.csv")[0]
    if (child := os.fork()) == 0:
        try:
            os._exit(0 if read_file(path, "甲.csv")[0].sheets[0].name == before.sheets[0].name else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert read_file(path, "甲.csv")[0].sheets


UNGUARDED = """
import bangfu_excel as bf
print("ran")
batch = bf.check({inbox!r}, as_of="2024-06-30")
print(len(batch.files))
"""


@pytest.mark.parametrize("way", ["script", "console"])
def test_a_script_needs_no_guard_and_a_console_no_script(tmp_path, way):
    inbox = tmp_path / "报送"
    inbox.mkdir()
    for name in ("甲", "乙"):
        (inbox / f"{name}.csv").write_text("户编号,户主姓名\nQS1,赵大山\n", encoding="utf-8")
    script = tmp_path / "月报.py"
    script.write_text(UNGUARDED.format(inbox=str(inbox)), encoding="utf-8")
    argument, given = (str(script), None) if way == "script" else ("-", script.read_text(encoding="utf-8"))
    done = subprocess.run(
        [sys.executable, argument], input=given, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )  # fmt: skip
    assert done.stdout.split() == ["ran", "2"], done.stderr


def contents(workbook):
    return [
        (
            (
                sheet.name,
                sheet.hidden,
                sheet.hidden_rows,
                sheet.hidden_columns,
                sheet.merges,
                sheet.height,
                sheet.width,
            ),
            [sheet.cell(row, column) for row in range(sheet.height) for column in range(sheet.width)],
        )
        for sheet in workbook.sheets
    ]


@pytest.fixture
def book(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["户主姓名", "人数", "识别时间", "脱贫", "说明"])
    sheet.append(["赵大山", 3.5, dt.datetime(2024, 3, 5), True, "甲\n乙\x85丙"])
    sheet.append(["#N/A", "=1/0", None, "1", "😀"])
    sheet.merge_cells("A5:B6")
    sheet.row_dimensions[2].hidden = True
    book.create_sheet("空").sheet_state = "hidden"
    book.create_sheet("三")["C3"] = 7
    book.save(tmp_path / "账.xlsx")
    return tmp_path / "账.xlsx"


def test_the_sheets_arrive_as_they_were_read(book):
    here, there = read_here(book, "账.xlsx"), read_file(book, "账.xlsx")
    assert contents(there[0]) == contents(here[0])
    assert there[1] == here[1]


def test_the_careful_way_does_without_the_usual_reader(book, monkeypatch):
    monkeypatch.setattr(calamine, "CalamineWorkbook", None)
    workbook, _ = read_here(book, "账.xlsx", careful=True)
    assert workbook.sheets[0].cell(1, 0).value == "赵大山"
    assert [sheet.name for sheet in workbook.sheets] == ["Sheet", "空", "三"]


def test_what_is_empty_costs_nothing_on_the_way(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "户主姓名", "远处"
    book.save(tmp_path / "远.xlsx")
    before = psutil.Process().memory_info().rss
    workbook, findings = read_file(tmp_path / "远.xlsx", "远.xlsx")
    sheet = workbook.sheets[0]
    assert findings == ()
    assert (sheet.height, sheet.width) == (1_048_576, 16_384)
    assert (sheet.cell(0, 0).value, sheet.cell(1_048_575, 16_383).value) == ("户主姓名", "远处")
    assert psutil.Process().memory_info().rss - before < 100 * MB
    assert len({id(column) for column in sheet.columns}) == 3  # all empty ones are one
