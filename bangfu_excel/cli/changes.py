"""`bangfu changes`: what changed between two days or batches."""

from __future__ import annotations

from typing import Annotated

import typer

from bangfu_excel.cli import options
from bangfu_excel.core.registry_folder import registry_folder

_From = Annotated[
    str | None,
    typer.Option("--from", metavar="YYYY-MM-DD|BATCH", help="从哪一天（当天结束时）或哪一批以后；不写时从建库起"),
]
_To = Annotated[
    str | None,
    typer.Option("--to", metavar="YYYY-MM-DD|BATCH", help="到哪一天（当天结束时）或哪一批为止；不写时到现在"),
]
_Masked = Annotated[bool, typer.Option("--masked", help="遮住姓名和号码，给外单位看时用")]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("changes", help="变更台账：两个时点之间新增、变更、减少了什么，谁换了帮扶人。")(changes)


def changes(
    out: options.Out,
    since: _From = None,
    until: _To = None,
    registry: options.RegistryDir = None,
    profile: options.Profile = None,
    masked: _Masked = False,
) -> None:
    """Write what changed between two moments."""
    from bangfu_excel import pipeline

    done = pipeline.changes(
        registry_folder(registry, profile), out, since=since, until=until, profile=profile, masked=masked
    )
    totals = done.counts.drop(columns="乡镇").sum()
    told = "，".join(f"{name}{int(number)}" for name, number in totals.items() if number)
    typer.echo(f"{told or '没有变化'}；结果在 {done.path}")
