"""`bangfu cards`: cards and forms, filled for everybody."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bangfu_excel.cli import options
from bangfu_excel.core.registry_folder import registry_folder
from bangfu_excel.errors import UsageError

_Form = Annotated[
    list[str] | None,
    typer.Option(
        "--form",
        metavar="FILE|NAME",
        help="表样：工作簿，或 templates/forms 里的名称；可写几次，不写时是方案要出的全部卡表",
    ),
]


_Copy = Annotated[
    bool, typer.Option("--copy", help="不填，只把 --form 的表样复制到 OUT，供本县改样子（放在设置文件夹的 forms 里）")
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("cards", help="卡表：按 Excel 表样，给每户、每人或每个单位填好联系卡、登记表。")(cards)


def cards(
    out: options.Out,
    form: _Form = None,
    registry: options.RegistryDir = None,
    scheme: options.Scheme = "default",
    profile: options.Profile = None,
    as_of: options.AsOf = None,
    period: options.PeriodText = None,
    copy: _Copy = False,
) -> None:
    """Fill the forms, and say how many cards became of each."""
    from bangfu_excel import pipeline

    if copy:
        if not form:
            raise UsageError("要复制哪一份表样？请加上 --form 名称")
        typer.echo("、".join(str(pipeline.copy_form(name, out, profile=profile)) for name in form))
        return
    done = pipeline.cards(
        registry_folder(registry, profile),
        form or None,
        out,
        scheme=scheme,
        profile=profile,
        as_of=as_of,
        period=period,
    )
    told = "，".join(f"{name}{count}份" for name, count in done.counts.items())
    waiting = f"（有{done.waiting}处待更正，留空）" if done.waiting else ""
    typer.echo(f"{told}{waiting}，{len(done.files)}个工作簿；结果在 {Path(out) / pipeline.CARDS}")
