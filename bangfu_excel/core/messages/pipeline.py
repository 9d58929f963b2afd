"""What the run itself says of a file."""

from __future__ import annotations

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message, Subject

WORKER_DIED = Message(
    code="RN01",
    title="处理文件时程序中断",
    severity=Severity.ERROR,
    effect=Effect.SHEET,
    says="处理这个文件时程序意外中断，其他文件不受影响，这个文件没有读入",
    suggests="请用 Excel 或 WPS 打开后另存为 .xlsx 再报；仍不行请告诉县办",
    basis="DESIGN §3",
    subject=Subject.FILE,
)

SAME_FILE = Message(
    code="PV30",
    title="同一文件报了两次",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="与“{original}”一字不差，没有重复读入",
    suggests="请确认是不是放错了文件",
    basis="DOMAIN PV30",
    subject=Subject.SUBMISSION,
)

OWN_LIST = Message(
    code="RN02",
    title="退回时附上的问题清单",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="这一页是上次退回时附上的问题清单，不是报表，已跳过",
    suggests="",
    basis="本程序约定",
    subject=Subject.FILE,
)
