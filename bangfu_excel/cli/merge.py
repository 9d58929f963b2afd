"""`bangfu merge`: workbooks that the office has filled in, back into the registry."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bangfu_excel.cli import options
from bangfu_excel.cli.correcting import Corrections, correct
from bangfu_excel.cli.deciding import Decisions, decide
from bangfu_excel.cli.effects import effect_words
from bangfu_excel.cli.objecting import Objections, record_objections
from bangfu_excel.core.registry_folder import registry_folder
from bangfu_excel.errors import UsageError

if TYPE_CHECKING:
    from bangfu_excel.pipeline import Confirmation

_Confirm = Annotated[
    Path | None, typer.Option("--confirm", metavar="FILE", help="填好的重报核对表：确认入库的文件从此算数")
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "merge",
        help="把县办填好的工作簿交回台账库：核对重报、裁决冲突、更正数据、登记变动、异议和零报告；记进去的随时可以撤回。",
    )(merge)


def merge(
    confirm: _Confirm = None,
    decisions: Decisions = None,
    corrections: Corrections = None,
    objections: Objections = None,
    date: options.SaidOn = None,
    registry: options.RegistryDir = None,
    profile: options.Profile = None,
) -> None:
    """Carry out what a filled-in workbook says, all or nothing."""
    from bangfu_excel import pipeline

    if sum(given is not None for given in (confirm, decisions, corrections, objections)) != 1:
        raise UsageError(
            "请写明交回的是哪一张表，一次一张，例如 bangfu merge --confirm 重报核对表.xlsx、"
            "--decisions 冲突裁决.xlsx、--corrections 更正单.xlsx 或 --objections 登记簿.xlsx"
        )
    folder, day = registry_folder(registry, profile), options.said_on(date)
    if corrections is not None:
        typer.echo(correct(corrections, folder, profile=profile, received=day))
        return
    if objections is not None:
        typer.echo(record_objections(objections, folder, profile=profile, received=day))
        return
    if decisions is not None:
        typer.echo(decide(decisions, folder, profile=profile, received=day))
        return
    assert confirm is not None
    labels = {name: table.label for name, table in pipeline.tables(profile).items()}
    done = pipeline.confirm(confirm, folder, received=day)
    typer.echo(_confirmed(done, labels))


def _confirmed(done: Confirmation, labels: Mapping[str, str]) -> str:
    """已确认入库1个文件（批次0004-1a2b3c）：走访记录新增8条、减少5条、改7条；退回1个文件…"""
    parts = []
    if done.batch:
        effect = effect_words(done.effect, labels, ("新增", "减少", "改")) or "台账的内容没有变化"
        parts.append(f"已确认入库{len(done.files)}个文件（批次{done.batch}）：{effect}")
    if done.before:
        parts.append(f"{len(done.before)}个文件以前已经确认过")
    if done.refused:
        parts.append(
            f"退回{len(done.refused)}个文件，没有入库：{'、'.join(done.refused)}，请告诉报送单位按核对表的“明细”改好再报"
        )
    if done.undecided:
        parts.append(f"还有{len(done.undecided)}个文件没有选，仍在等待")
    line = "；".join(parts) or "表里没有等待确认的文件"
    return f"{line}。要反悔，运行 bangfu undo {done.batch}" if done.batch else line
