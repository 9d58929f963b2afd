"""回改清单.xlsx of a run: the cells in which townships still have what the office has corrected."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from bangfu_excel.merge import Registry
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.write import correction_book, overruled_book
from bangfu_excel.write.overruled_book import write_overruled

_NOBODY = "未注明单位"


@dataclass(frozen=True)
class OverruledJob:
    """The rows of the workbook, and where it is written."""

    rows: pd.DataFrame = field(repr=False)
    path: Path
    as_of: dt.date


def overruled_job(registry: Registry, settings: Settings, out: Path) -> OverruledJob | None:
    """回改清单.xlsx below `out`; None where every township's copy says what the office says."""
    found = registry.overruled()
    found = found[found["table"].isin(list(settings.tables))].reset_index(drop=True)
    if found.empty:
        return None
    return OverruledJob(_shown(found, settings), out / overruled_book.FILE, settings.spec.as_of)


def write_overruled_job(job: OverruledJob) -> Path:
    """The workbook of the job."""
    return write_overruled(job.rows, job.path, as_of=job.as_of)


def _shown(found: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The rows in the words of the workbook, by submitter, file and sheet."""
    tables = [settings.tables[name] for name in found["table"]]
    removed = found["field"] == ""
    labels = [
        table[name].label if name in table else "整条" for table, name in zip(tables, found["field"], strict=True)
    ]  # fmt: skip
    told_by = found["told_by"].where(found["told_by"] == "", "（" + found["told_by"] + "）")
    rows = found.assign(
        submitter=found["submitter"].mask(found["submitter"] == "", _NOBODY),
        table=pd.Series([table.label for table in tables], dtype="str"),
        field=pd.Series(labels, dtype="str"),
        said=found["said"].mask(removed, "有这一条"),
        stands=found["stands"]
        .mask(removed, correction_book.REMOVE)
        .mask(~removed & (found["stands"] == ""), correction_book.EMPTY),
        basis=found["source"] + told_by,
        date=pd.to_datetime(found["date"], format="%Y-%m-%d").astype("datetime64[ns]"),
    )
    return rows.sort_values(["submitter", "file", "sheet", "row"], kind="stable", ignore_index=True)
