"""A frame as plain columns on a console, where a Chinese character is two wide."""

from __future__ import annotations

import pandas as pd
from rich.cells import cell_len


def listed(frame: pd.DataFrame) -> str:
    """One line a row, columns aligned, missing values as empty."""
    header = [str(name) for name in frame.columns]
    body = [["" if pd.isna(value) else str(value) for value in row] for row in frame.itertuples(index=False)]
    widths = [max(cell_len(line[i]) for line in [header, *body]) for i in range(len(header))]
    return "\n".join(
        "  ".join(text + " " * (width - cell_len(text)) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in [header, *body]
    )
