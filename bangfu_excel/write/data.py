"""Data files for other programs: findings.csv, reconciliation.csv, <table>.parquet, run.json; each whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from bangfu_excel.core.batch import Batch
from bangfu_excel.write.archive import replacing, write_bytes

_ORIGIN = ("_file", "_sheet", "_row")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_BOM = "utf-8-sig"  # so that Excel opens it with the right characters


def write_data(batch: Batch, folder: Path) -> list[Path]:
    """findings.csv, reconciliation.csv and one Parquet file a table with accepted rows, below `folder`."""
    written = [
        write_csv(batch.findings.frame, folder / "findings.csv"),
        write_csv(batch.reconciliation, folder / "reconciliation.csv"),
    ]
    return written + [write_table(rows, folder / f"{name}.parquet") for name, rows in batch.tables.items()]


def write_csv(frame: pd.DataFrame, path: Path) -> Path:
    """A csv file as Excel likes it: UTF-8 with BOM, CRLF; text that Excel would take for a formula begins with '."""
    texts = {
        name: values.mask(values.str.startswith(_DANGEROUS).fillna(False), "'" + values)
        for name, values in frame.items()
        if pd.api.types.is_string_dtype(values.dtype)
    }
    with replacing(path) as beside:
        frame.assign(**texts).to_csv(beside, index=False, encoding=_BOM, lineterminator="\r\n")
    return path


def write_table(rows: pd.DataFrame, path: Path) -> Path:
    """Accepted rows with canonical names and `_file`, `_sheet`, `_row`; nothing else of the run."""
    names = [name for name in rows if not str(name).startswith("_")]
    with replacing(path) as beside:
        rows[[*names, *(name for name in _ORIGIN if name in rows)]].to_parquet(beside, index=False)
    return path


def write_json(path: Path, content: object) -> Path:
    """Readable JSON, keys in order, one line end everywhere."""
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    return write_bytes(path, (text + "\n").encode())


def write_text(path: Path, text: str) -> Path:
    """A text that Windows' editor shows rightly: UTF-8 with BOM, CRLF."""
    return write_bytes(path, text.replace("\r\n", "\n").replace("\n", "\r\n").encode(_BOM))
