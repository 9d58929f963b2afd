import datetime as dt

import openpyxl
import pandas as pd
import pytest

from bangfu_excel.core.batch import RECONCILIATION_COLUMNS, Batch, FileRecord
from bangfu_excel.core.finding import Effect, Finding, Findings, Place, Severity
from bangfu_excel.core.period import Period
from bangfu_excel.core.rows import Rows
from bangfu_excel.write import book as book_module
from bangfu_excel.write.findings_book import write_findings

FINDINGS = (
    Finding("HH09", Severity.ERROR, Effect.FIELD,
            Place("清水镇/六月.xlsx", "户'表", "C7", 7, "household", "member_count", "人口", "99"),
            "第7行“人口”填的是“99”，应为1–30", "请对照户口簿更正", related=("C9", "C11"), count=3),
    Finding("EC01", Severity.WARNING, Effect.NONE,
            Place("清水镇/六月.xlsx", "户'表", "D8", 8, "household", "net_income", "收入", "=1"), "第8行收入可能有误"),
    Finding("RD01", Severity.ERROR, Effect.SHEET, Place("坏.xlsx"), "文件打不开", "请重新保存后再报"),
)  # fmt: skip
ACCOUNT = (
    ("清水镇/六月.xlsx", "户'表", 1, "read", "household", 20, 1, 2, 0, 1, 1, 15, 13, 2, 1, 1),
    ("石桥乡/a.csv", "", 1, "read", "visit", 20, 1, 2, 0, 1, 1, 15, 13, 2, 1, 0),  # one row is lost
    ("坏.xlsx", "", 0, "unreadable", "", *([0] * 11)),
)
FILES = (
    FileRecord("清水镇/六月.xlsx", "", "xlsx", "read", "清水镇", ("清水镇",)),
    FileRecord("石桥乡/a.csv", "", "csv", "read", "石桥乡"),
    FileRecord("坏.xlsx", "", "", "unreadable"),
)


@pytest.fixture
def batch():
    account = pd.DataFrame(ACCOUNT, columns=RECONCILIATION_COLUMNS)
    day, period = dt.date(2024, 6, 30), Period.parse("2024-06")
    return Batch(Rows({}, ()), Findings.of(FINDINGS), account, FILES, "default", day, period)


def opened(batch, tmp_path, *, values=False, **more):
    labels = {"household": "帮扶对象户"}
    path = write_findings(batch, tmp_path / "问题清单.xlsx", labels=labels, **more)
    return openpyxl.load_workbook(path, data_only=values)


def rows(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]


def test_every_finding_stands_with_its_cell_and_what_to_do(batch, tmp_path):
    assert rows(opened(batch, tmp_path)["问题清单"])[:3] == [
        [1, "错误", "整表", "坏.xlsx", None, None, None, None, None, "文件打不开", "请重新保存后再报", 1, None, "RD01"],
        [2, "错误", "待更正", "清水镇/六月.xlsx", "户'表", "C7", 7, "人口", "99", "第7行“人口”填的是“99”，应为1–30",
         "请对照户口簿更正", 3, "C9、C11", "HH09"],
        [3, "疑点", None, "清水镇/六月.xlsx", "户'表", "D8", 8, "收入", "=1", "第8行收入可能有误", None, 1, None, "EC01"],
    ]  # fmt: skip


def test_the_cell_links_to_the_returned_workbook(batch, tmp_path):
    sheet = opened(batch, tmp_path, returned={"清水镇/六月.xlsx": "退回/清水镇/六月.xlsx"})["问题清单"]
    link = sheet["F5"].hyperlink
    assert (link.target, link.location) == ("退回/清水镇/六月.xlsx", "'户''表'!C7")
    assert sheet["F4"].hyperlink is None
    assert opened(batch, tmp_path)["问题清单"]["F5"].hyperlink is None


def test_a_link_survives_blanks_and_signs_in_the_file_name(batch, tmp_path):
    sheet = opened(batch, tmp_path, returned={"清水镇/六月.xlsx": "退回/六月 #1 100%.xlsx"})["问题清单"]
    assert sheet["F5"].hyperlink.target == "退回/六月%20%231%20100%25.xlsx"


def test_without_room_for_links_the_list_says_so(batch, tmp_path, monkeypatch):
    monkeypatch.setattr(book_module, "MAX_LINKS", 1)
    sheet = opened(batch, tmp_path, returned={"清水镇/六月.xlsx": "退回/清水镇/六月.xlsx"})["问题清单"]
    assert sheet["F5"].hyperlink
    assert sheet["F6"].hyperlink is None
    assert "有1个单元格没有链接" in sheet["A8"].value


def test_severity_is_seen_by_its_colour(batch, tmp_path):
    sheet = opened(batch, tmp_path)["问题清单"]
    colours = [sheet.cell(row, 2).fill.fgColor.rgb for row in (5, 6)]
    assert colours == ["FFF8CBAD", "FFFFE699"]


def test_the_account_checks_itself(batch, tmp_path):
    lines = rows(opened(batch, tmp_path, values=True)["对账"])
    assert [line[-1] for line in lines[:3]] == ["平", "不平", "平"]
    assert lines[0][:9] == [1, "清水镇/六月.xlsx", "户'表", 1, "已读取", "帮扶对象户", 20, 1, 2]
    assert lines[3][6] == 40
    formula = opened(batch, tmp_path)["对账"]["R4"].value
    assert formula == '=IF(AND(G4=SUM(H4:M4),M4=N4+P4+Q4),"平","不平")'


def test_files_and_townships_are_summed_up(batch, tmp_path):
    book = opened(batch, tmp_path, values=True)
    assert rows(book["汇总"])[:4] == [
        [1, None, "坏.xlsx", 1, 0, 0, 0, 0, 0, 0, 0],
        [2, "清水镇", "清水镇/六月.xlsx", 1, 1, 0, 15, 13, 2, 1, 1],
        [3, "石桥乡", "石桥乡/a.csv", 0, 0, 0, 15, 13, 2, 1, 0],
        ["合计", None, None, 2, 1, 0, 30, 26, 4, 2, 1],
    ]
    assert [line[1:4] for line in rows(book["乡镇汇总"])[:3]] == [
        ["（未注明）", 1, 1],
        ["清水镇", 1, 1],
        ["石桥乡", 1, 0],
    ]


def test_a_run_without_findings_says_none(batch, tmp_path):
    clean = Batch(batch.rows, Findings(), batch.reconciliation, FILES, "default", batch.as_of, batch.period)
    assert opened(clean, tmp_path)["问题清单"]["A4"].value == "无"
