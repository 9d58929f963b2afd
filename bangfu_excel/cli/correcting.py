"""`bangfu merge --corrections`: what the county office corrects and has learnt."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bangfu_excel.pipeline import Corrected

Corrections = Annotated[
    Path | None,
    typer.Option(
        "--corrections",
        metavar="FILE",
        help="填好的更正单.xlsx（空白的用 bangfu template 更正单 生成）：更正数据，登记变动",
    ),
]


def correct(file: Path, registry: Path, *, profile: Path | None, received: dt.date | None) -> str:
    """Take the workbook in, and say what it brought and how to take it back."""
    from bangfu_excel import pipeline

    return _told(pipeline.correct(file, registry, profile=profile, received=received))


def _told(done: Corrected) -> str:
    """记下更正2处、变动1件（批次0003-1a2b3c、0004-…）；另有1行以前记过了；要撤回，运行 bangfu undo …"""
    numbers = {"更正{}处": done.corrections, "变动{}件": done.events}
    parts = [words.format(number) for words, number in numbers.items() if number]
    if not parts:
        return f"没有新的内容：填着的{done.known}行以前都记过了"
    line = f"记下{'、'.join(parts)}（批次{'、'.join(done.batches)}）"
    known = f"；另有{done.known}行以前记过了" if done.known else ""
    undo = "、".join(f"bangfu undo {batch}" for batch in done.batches)
    return f"{line}{known}。要撤回，运行 {undo}"
