"""A frame as plain columns on a console, where a Chinese character is two wide."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from rich.cells import cell_len


def _text(value: object) -> str:
    if pd.isna(value):
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, dt.datetime) else str(value)


def listed(frame: pd.DataFrame) -> str:
    """One line a row, columns aligned, missing values as empty."""
    header = [str(name) for name in frame.columns]
    body = [[_text(value) for value in row] for row in frame.itertuples(index=False)]
    widths = [max(cell_len(line[i]) for line in [header, *body]) for i in range(len(header))]
    return "\n".join(
        "  ".join(text + " " * (width - cell_len(text)) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in [header, *body]
    )
