"""`bangfu history`: a household's life, or the versions of a single record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from bangfu_excel.cli import options
from bangfu_excel.core.raw import Cell, CellType, cell_text
from bangfu_excel.core.registry_folder import registry_folder

_STATES = {
    "active": "有效", "withdrawn": "已撤回", "held": "等待确认", "replaced": "已被同一文件代替", "superseded": "已被重报代替",
    "closed": "已由后任接替",
}  # fmt: skip
_Key = Annotated[str, typer.Argument(metavar="KEY", help="户编号或户主姓名；与 --table 同用时是那张表里记录的键")]
_Village = Annotated[str, typer.Option("--village", metavar="村", help="同名的有几户时，写明是哪个村的")]
_All = Annotated[bool, typer.Option("--all", help="列出全部走访；不写时只列最近五次")]
_Full = Annotated[bool, typer.Option("--full", help="证件号码和电话不遮")]
_Table = Annotated[
    str | None, typer.Option("--table", metavar="表", help="只看一条记录的各个版本：household、member、pairing、visit")
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("history", help="一户的来龙去脉：何时登记、改过什么、谁帮扶、走访过几次，各来自哪个文件。")(history)


def history(
    key: _Key,
    registry: options.RegistryDir = None,
    profile: options.Profile = None,
    village: _Village = "",
    table: _Table = None,
    every: _All = False,
    full: _Full = False,
) -> None:
    """Tell a household's life in order of time, or the versions of one record."""
    folder = registry_folder(registry, profile)
    if table is not None:
        _versions(key, folder, profile, table)
        return
    from bangfu_excel import pipeline

    told = pipeline.life(folder, key, village=village, profile=profile, full=full, every_visit=every)
    typer.echo(told.title)
    for line in told.lines:
        typer.echo(f"{line.day}  {line.text}{f'  〔{line.source}〕' if line.source else ''}")
    for number, visit in enumerate(told.visits):
        typer.echo(visit if number == 0 else f"    {visit}")


def _versions(key: str, folder: Path, profile: Path | None, table: str) -> None:
    """Show the versions of one record, the oldest first: where each came from, and what it says."""
    from bangfu_excel import pipeline
    from bangfu_excel.merge import Registry

    versions = Registry(folder, create=False).history(table, key)
    fields = pipeline.tables(profile)[table].fields
    for number, version in enumerate(versions.to_dict("records"), start=1):
        where = f"“{version['file']}”{version['sheet']}第{version['row']}行"
        typer.echo(
            f"第{number}版  批次{version['batch']}（{_STATES[version['state']]}）  收到{version['received']:%Y-%m-%d}  来自{where}"
        )
        for field in fields:
            if not pd.isna(version.get(field.name)):
                typer.echo(f"    {field.label}：{_said(version[field.name])}")


def _said(value: object) -> str:
    """A value as a person would write it: 36000, 2024-03-05, 是."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return cell_text(Cell(CellType.NUMBER, value)) if isinstance(value, float) else str(value)
