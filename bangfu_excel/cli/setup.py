"""`bangfu init` and `bangfu template`: what a county sets up and sends out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bangfu_excel.cli import options


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("init", help="建立本县自己的设置文件夹。")(init)
    app.command("template", help="写出空白填报表，发给乡镇填；或者县办自己用的空白更正单。")(template)


def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="新设置文件夹的位置")]) -> None:
    """Copy the starter profile."""
    from bangfu_excel.profile import start_profile

    start_profile(folder)
    typer.echo(f"设置文件夹建好了：{folder}；改好 county.toml 后，运行时加上 --profile {folder}")


def template(
    out: options.Out,
    tables: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TABLE]...",
            help="哪几张表；不写时是方案发给乡镇填的那几张；写“更正单”时是县办更正数据、登记变动的表",
        ),
    ] = None,
    scheme: options.Scheme = "default",
    profile: options.Profile = None,
) -> None:
    """Write the blank submission workbook, or the office's own for corrections."""
    from bangfu_excel import pipeline

    path = pipeline.template(scheme, out, tables=tables or (), profile=profile)
    own = tuple(tables or ()) == (pipeline.CORRECTIONS,)
    typer.echo(f"空白更正单：{path}；填好后运行 bangfu merge --corrections {path}" if own else f"空白填报表：{path}")
