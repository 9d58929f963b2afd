"""问题清单.xlsx: every finding with its cell, the account of every row, and a summary by file and township."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from bangfu_excel.core.batch import Batch, FileRecord
from bangfu_excel.core.finding import EFFECT_LABELS, SEVERITY_LABELS, Finding, Severity
from bangfu_excel.write.book import Book
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, chinese_date, write_notes, write_sheet
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Styles, Tint

_STATUS_LABELS = {"read": "已读取", "skipped": "未作为报表", "unreadable": "无法读取"}
_ESCAPED = frozenset(' %#"<>[]^`{}')  # what cannot stand in a link as it is
_CSV_SHEET = "Sheet1"  # where a csv file comes back as a workbook
_TINTS = {Severity.ERROR: Tint.ERROR, Severity.WARNING: Tint.WARNING, Severity.INFO: Tint.INFO}
_FINDINGS = (
    Column("严重\n程度", "severity", align="center", width=6, tint="_tint"),
    Column("处理", "effect", align="center", width=7.5),
    Column("文件", "file", widest=18),
    Column("工作表", "sheet", widest=9),
    Column("单元格", "cell", align="center", width=7, link="_link"),
    Column("行", "row", CellForm.NUMBER, "0", "center", width=5),
    Column("栏目", "label", widest=11),
    Column("填写内容", "value", widest=14),
    Column("问题", "message", width=40),
    Column("怎样更正", "suggestion", width=26),
    Column("处数", "count", CellForm.NUMBER, "0", "center", width=5.5, total="sum"),
    Column("其他位置", "related", width=16),
    Column("规则\n编号", "code", align="center", width=7),
)
_UNPRINTED = 3
_COUNTED = (
    ("rows", "总行数"), ("title", "标题"), ("header", "表头"), ("blank", "空行"), ("total", "合计行"), ("note", "说明行"),
    ("data", "数据行"), ("accepted", "收下"), ("withheld", "其中\n待更正"), ("returned", "退回"), ("duplicate", "重复"),
)  # fmt: skip
_CHECK = '=IF(AND(G{row}=SUM(H{row}:M{row}),M{row}=N{row}+P{row}+Q{row}),"平","不平")'
_BALANCE = (
    Column("文件", "file", widest=36),
    Column("工作表", "sheet", widest=20),
    Column("区域", "region", CellForm.NUMBER, "0", "center", width=6),
    Column("读取情况", "status", align="center", width=11),
    Column("报表", "table", align="center", widest=16),
    *(Column(title, name, CellForm.NUMBER, "0", "center", width=8, total="sum") for name, title in _COUNTED),
    Column("核对", "_check", CellForm.FORMULA, "@", "center", width=7, formula=_CHECK, tint="_tint"),
)
_SUMS = (
    ("errors", "错误"), ("doubts", "疑点"), ("hints", "提示"), ("data", "数据行"), ("accepted", "收下行"),
    ("withheld", "其中\n待更正"), ("returned", "退回行"), ("duplicate", "重复行"),
)  # fmt: skip
_SUM_COLUMNS = tuple(Column(title, name, CellForm.NUMBER, "0", "center", width=9, total="sum") for name, title in _SUMS)
_BY_FILE = (Column("乡镇", "township", widest=24), Column("文件", "file", widest=44), *_SUM_COLUMNS)
_BY_TOWNSHIP = (
    Column("乡镇", "township", widest=30),
    Column("文件数", "files", CellForm.NUMBER, "0", "center", width=9, total="sum"),
    *_SUM_COLUMNS,
)
_NOTES = (
    "一、“问题清单”列出这次检查发现的全部问题，可以按文件、处理方式、栏目筛选；点“单元格”可以打开“退回”文件夹里做了标记的原表。",
    "二、处理：“退回”是指看不出是谁、帮扶谁或什么时间，这一行要改好再报；“待更正”是指这一行已经收下并计数，只有填错的那一格暂不采用，"
    "改好后重报即可；“整表”是指整张表或整个文件没有读进来。",
    "三、“疑点”不一定是错，请核实；属实的写明原因即可。“提示”是告诉您数据按什么规则整理过，不需要更正。",
    "四、“处数”大于1的，是同一个问题在多处出现，其余位置写在“其他位置”里；“文件|工作表!单元格”表示在另一个文件中。",
    "五、“对账”说明每张表的每一行去了哪里：总行数=标题+表头+空行+合计行+说明行+数据行，数据行=收下+退回+重复。",
)


def write_findings(
    batch: Batch, path: Path, *, returned: Mapping[str, str] | None = None, labels: Mapping[str, str] | None = None
) -> Path:
    """问题清单.xlsx of a run.

    returned: submitted file → where its marked copy lies, relative to `path`'s folder · labels: table → its label.
    """
    lead = (f"统计期：{batch.period.label}", f"检查日期：{chinese_date(batch.as_of)}")
    footer = f"问题清单　{batch.period.label}"
    by_file = _by_file(batch)
    remark = "；".join(finding.message for finding in batch.findings if not finding.place.file)
    sheets = (
        Sheet(
            "问题清单",
            "报送问题清单",
            _FINDINGS,
            _finding_rows(batch, returned or {}),
            lead,
            0,
            True,
            footer=footer,
            aside=_UNPRINTED,
        ),
        Sheet("对账", "报送数据对账表", _BALANCE, _balance(batch, labels or {}), lead, 2, True, footer=footer),
        Sheet("汇总", "各文件问题汇总表", _BY_FILE, by_file, lead, 3, True, footer=footer, remark=remark),
        Sheet(
            "乡镇汇总",
            "各乡镇问题汇总表",
            _BY_TOWNSHIP,
            _by_township(by_file),
            lead,
            2,
            True,
            footer=footer,
            remark=remark,
        ),
    )
    with Book(path, as_of=batch.as_of, title="问题清单") as book:
        styles = Styles(book)
        for sheet in sheets:
            write_sheet(book, sheet, styles)
        write_notes(book, "使用说明", _NOTES, styles, footer)
    return path


def _finding_rows(batch: Batch, returned: Mapping[str, str]) -> pd.DataFrame:
    findings = batch.findings
    rows = findings.frame
    return rows.assign(
        severity=pd.Series([SEVERITY_LABELS[f.severity] for f in findings], dtype="str"),
        effect=pd.Series([EFFECT_LABELS[f.effect] for f in findings], dtype="str"),
        _tint=pd.Series([str(_TINTS[f.severity]) for f in findings], dtype="str"),
        _link=pd.Series([_link(f, returned) for f in findings], dtype="str"),
    )


def _link(finding: Finding, returned: Mapping[str, str]) -> str:
    """Where the cell of a finding can be opened: relative, so that the folder can be moved or sent."""
    place = finding.place
    if place.file not in returned or not place.cell:
        return ""
    target = "external:" + "".join(f"%{ord(c):02X}" if c in _ESCAPED else c for c in returned[place.file])
    quoted = (place.sheet or _CSV_SHEET).replace("'", "''")
    return f"{target}#'{quoted}'!{place.cell}"


def _balance(batch: Batch, labels: Mapping[str, str]) -> pd.DataFrame:
    rows = batch.reconciliation
    sums = rows[["title", "header", "blank", "total", "note", "data"]].sum(axis=1)
    even = (sums == rows["rows"]) & (rows["data"] == rows["accepted"] + rows["returned"] + rows["duplicate"])
    even = even.astype(bool)
    return rows.assign(
        status=rows["status"].map(_STATUS_LABELS).astype("str"),
        table=rows["table"].fillna("").map(lambda name: labels.get(name, name)).astype("str"),
        _check=pd.Series(np.where(even, "平", "不平"), index=rows.index, dtype="str"),
        _tint=pd.Series(np.where(even, "", str(Tint.ERROR)), index=rows.index, dtype="str"),
    )


def _by_file(batch: Batch) -> pd.DataFrame:
    """One row a submitted file, in the order of townships and files."""
    findings = pd.DataFrame(
        {
            "file": [f.place.file for f in batch.findings],
            "errors": [f.severity is Severity.ERROR for f in batch.findings],
            "doubts": [f.severity is Severity.WARNING for f in batch.findings],
            "hints": [f.severity is Severity.INFO for f in batch.findings],
        }
    )
    account = batch.reconciliation.groupby("file")[["data", "accepted", "withheld", "returned", "duplicate"]].sum()
    counted = findings.groupby("file").sum().join(account, how="outer")
    known = {township for record in batch.files for township in record.townships}
    rows = pd.DataFrame(
        {
            "township": [_sender(record, known) for record in batch.files],
            "file": [record.file for record in batch.files],
        },
        dtype="str",
    )
    joined = rows.join(counted, on="file")
    numbers = {name: joined[name].fillna(0).astype("Int64") for name, _ in _SUMS}
    return joined.assign(**numbers).sort_values(["township", "file"], kind="stable", ignore_index=True)


def _sender(record: FileRecord, known: Collection[str]) -> str:
    """The townships of the file's rows, else the one township that its path or its 填报单位 names."""
    if record.townships:
        return "、".join(record.townships)
    named = [township for township in known if township in record.file or township in record.submitter]
    return named[0] if len(named) == 1 else record.submitter


def _by_township(by_file: pd.DataFrame) -> pd.DataFrame:
    rows = by_file.assign(township=by_file["township"].replace("", "（未注明）"), files=1)
    sums = rows.groupby("township", sort=False)[["files", *(name for name, _ in _SUMS)]].sum()
    return sums.reset_index().astype({"township": "str"})
