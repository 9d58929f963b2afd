"""`bangfu init` and `bangfu template`: what a county sets up and sends out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bangfu_excel.cli import options


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("init", help="建立本县自己的设置文件夹。")(init)
    app.command("template", help="写出空白填报表，发给乡镇填。")(template)


def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="新设置文件夹的位置")]) -> None:
    """Copy the starter profile."""
    from bangfu_excel.profile import start_profile

    start_profile(folder)
    typer.echo(f"设置文件夹建好了：{folder}；改好 county.toml 后，运行时加上 --profile {folder}")


def template(
    out: options.Out,
    tables: Annotated[
        list[str] | None, typer.Argument(metavar="[TABLE]...", help="哪几张表；不写时是方案用到的全部")
    ] = None,
    scheme: options.Scheme = "default",
    profile: options.Profile = None,
) -> None:
    """Write the blank submission workbook."""
    from bangfu_excel import pipeline

    path = pipeline.template(scheme, out, tables=tables or (), profile=profile)
    typer.echo(f"空白填报表：{path}")
