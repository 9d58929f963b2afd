"""What was handed in, file by file, as the assessment of submissions counts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from bangfu_excel.core.finding import Severity
from bangfu_excel.core.period import Period
from bangfu_excel.core.submitters import SUBMISSION_COLUMNS, named_in
from bangfu_excel.merge.parquet import read_arrow
from bangfu_excel.merge.state import Registered, State, registered_by
from bangfu_excel.merge.submission import read_description


def submitted(folder: Path, state: State, scheme: str) -> pd.DataFrame:
    """A row a submission under a scheme whose batch is in force, even if a later one took its place, and a signed 零报告: columns
    `SUBMISSION_COLUMNS`. A file without any township in its rows is of the one that its path names."""
    entries = [entry for entry in state.imports if entry.batch not in state.withdrawn]
    ones = {one.id: one for entry in reversed(entries) for one in registered_by(entry) if one.scheme == scheme}
    nil = [record for entry in state.office if entry.kind == "nil" for record in entry.content["records"]]
    said = {one.id: read_description(folder / one.id) for one in ones.values()}
    known = sorted({township for told in said.values() for township in told["townships"]})
    rows = [_row(folder / one.id, one, said[one.id], known) for one in ones.values()]
    rows += [_nil(record) for record in nil if record["scheme"] == scheme]
    found = pd.DataFrame(rows, columns=list(SUBMISSION_COLUMNS)).sort_values(
        ["received", "file", "id"], ignore_index=True
    )
    texts = dict.fromkeys(("id", "file", "unit", "township", "townships"), "str")
    return found.astype(
        texts
        | dict.fromkeys(("received", "period_end"), "datetime64[ns]")
        | dict.fromkeys(("rows", "findings"), "int64")
    )


def _row(folder: Path, one: Registered, said: Mapping[str, Any], known: Sequence[str]) -> tuple[object, ...]:
    rows = sum(number for counts in said["rows"].values() for number in counts.values())
    findings = read_arrow(folder / "findings.parquet", ["severity", "count"]).to_pandas()
    errors = int(findings.loc[findings["severity"] == str(Severity.ERROR), "count"].sum())
    townships = said["townships"] or [named_in(one.file, known)]
    township = townships[0] if len(townships) == 1 else ""
    dates = pd.Timestamp(one.received), pd.Timestamp(Period.parse(one.period).end)
    return (one.id, one.file, one.written, township, "、".join(townships), *dates, rows, errors)


def _nil(record: Mapping[str, Any]) -> tuple[object, ...]:
    township, period_end = record["township"], pd.Timestamp(Period.parse(record["period"]).end)
    return ("", "零报告", township, township, township, pd.Timestamp(record["reported"]), period_end, 0, 0)
