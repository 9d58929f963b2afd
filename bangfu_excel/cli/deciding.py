"""`bangfu merge --decisions`: what the county office has decided."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bangfu_excel.pipeline import Decided

Decisions = Annotated[
    Path | None,
    typer.Option("--decisions", metavar="FILE", help="填好的冲突裁决.xlsx：哪个值算数，姓名是哪一户，表头是什么"),
]


def decide(file: Path, registry: Path, *, profile: Path | None, received: dt.date | None) -> str:
    """Take the workbook in, and say what it decided and how to take it back."""
    from bangfu_excel import pipeline

    return _told(pipeline.decide(file, registry, profile=profile, received=received), profile)


def _told(done: Decided, profile: Path | None) -> str:
    """What was decided, what is left, and how to take it back."""
    numbers = {
        "裁决了{}处数据": done.values,
        "确认了{}个姓名": done.names,
        "记住了{}个表头": done.headers,
    }
    parts = [words.format(number) for words, number in numbers.items() if number]
    if not parts:
        parts = ["没有新的裁决，填好的以前都记过了" if done.repeated else "没有填任何一处，什么也没有记"]
    elif done.repeated:
        parts.append(f"另有{done.repeated}处以前记过了")
    sentences = ["，".join(parts) + (f"；还有{done.left}处没有填" if done.left else "；都填完了")]
    if done.gone:
        sentences.append(f"有{done.gone}处问的记录后来已经并入别的户或删去，没有记，不用再裁决")
    if done.batch:
        sentences.append(f"批次{done.batch}，要反悔，运行 bangfu undo {done.batch}")
    if done.aliases:
        sentences.append(f"表头记在 {done.aliases}，以后加上 --profile {profile} 就认得")
    if done.names or done.headers:
        sentences.append("对原来的文件夹再运行一次 bangfu run，等着的行就会计入")
    return "；".join(sentences)
