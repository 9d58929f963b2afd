"""What each township is told: a short text from the account of its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bangfu_excel.core.batch import FileRecord
from bangfu_excel.core.finding import Effect, Finding, Severity
from bangfu_excel.core.submitters import named_in
from bangfu_excel.pipeline.checking import Checked
from bangfu_excel.pipeline.resubmitted import waiting_files
from bangfu_excel.pipeline.returns import ReturnJob
from bangfu_excel.write.notice import Received, notice

NOBODY = "未注明乡镇"


def notices(checked: Checked, jobs: Sequence[ReturnJob]) -> dict[str, str]:
    """Township → the text to paste into its chat. Every file is in exactly one text."""
    batch, days = checked.batch, checked.settings.scheme.reporting.correction_days
    return {
        sender: notice(
            _received(sender, files, checked, jobs), period=batch.period.label, as_of=batch.as_of, correction_days=days
        )
        for sender, files in sorted(senders(batch.files).items())
    }


def senders(records: Iterable[FileRecord]) -> dict[str, list[str]]:
    """Sender → its files. A file that names several townships has them all as one sender: its rows are not told apart."""
    records = tuple(records)
    known = {township for record in records for township in record.townships}
    found: dict[str, list[str]] = {}
    for record in records:
        found.setdefault(_sender(record, known), []).append(record.file)
    return found


def _sender(record: FileRecord, known: Iterable[str]) -> str:
    """The townships of its rows, else the one that its path or its 填报单位 names, else its 填报单位."""
    if record.townships:
        return "、".join(record.townships)
    return named_in(f"{record.file} {record.submitter}", known) or record.submitter or NOBODY


def _received(sender: str, files: Sequence[str], checked: Checked, jobs: Sequence[ReturnJob]) -> Received:
    account = checked.batch.reconciliation
    read = account[account["file"].isin(files) & (account["status"] == "read")]
    by_table: Mapping[str, int] = read.groupby("table")["data"].sum().to_dict()
    taken = read[~read["file"].isin(waiting_files(checked.batch.findings))]
    findings = [finding for finding in checked.batch.findings if finding.place.file in files]
    return Received(
        township=sender,
        files=len(files),
        rows={
            table.label: int(by_table.get(name, 0))
            for name, table in checked.settings.tables.items()
            if name in by_table or name in checked.settings.scheme.sent_out
        },
        accepted=int(taken["accepted"].sum()),
        withheld=int(taken["withheld"].sum()),
        waiting=int(read["accepted"].sum() - taken["accepted"].sum()),
        returned=int(read["returned"].sum()),
        duplicate=int(read["duplicate"].sum()),
        doubts=sum(finding.severity is Severity.WARNING for finding in findings),
        unused=tuple(_unused(finding) for finding in findings if finding.effect is Effect.SHEET),
        marked=tuple(sorted(job.place for job in jobs if job.name in files)),
    )


def _unused(finding: Finding) -> str:
    place = finding.place
    where = f"{place.file}“{place.sheet}”" if place.sheet else place.file
    suggestion = f"。{finding.suggestion}" if finding.suggestion else ""
    return f"{where}：{finding.told or finding.message}{suggestion}。"
