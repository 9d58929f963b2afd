"""`bangfu merge --objections`: objections and what came of them, and townships that had nothing to report."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bangfu_excel.pipeline import Objected

Objections = Annotated[
    Path | None,
    typer.Option(
        "--objections", metavar="FILE", help="填好的异议复核和零报告登记簿（空白的由 bangfu papers 写出）：登记异议的结论，登记零报告"
    ),
]  # fmt: skip
_UNCHANGED = "登记异议不改动数，要补报或者更正以后才变"


def record_objections(file: Path, registry: Path, *, profile: Path | None, received: dt.date | None) -> str:
    """Take the workbook in, and say what it brought and how to take it back."""
    from bangfu_excel import pipeline

    return _told(pipeline.record_objections(file, registry, profile=profile, received=received))


def _told(done: Objected) -> str:
    """记下异议2件、零报告1个（批次0003-1a2b3c、0004-…）；登记异议不改动数…；要撤回，运行 bangfu undo …"""
    numbers = {"异议{}件": done.objections, "零报告{}个": done.nil}
    parts = [words.format(number) for words, number in numbers.items() if number]
    if not parts:
        return f"没有新的内容：填着的{done.known}行以前都记过了"
    told = [f"记下{'、'.join(parts)}（批次{'、'.join(done.batches)}）"]
    told += [f"另有{done.known}行以前记过了"] if done.known else []
    told += [_UNCHANGED] if done.objections else []
    undo = "、".join(f"bangfu undo {batch}" for batch in done.batches)
    return f"{'；'.join(told)}。要撤回，运行 {undo}"
