"""`bangfu ledger` and `bangfu assess`: outputs from what is merged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bangfu_excel.cli import options
from bangfu_excel.core.registry_folder import registry_folder

_Sources = Annotated[
    bool,
    typer.Option("--sources", help="每本台账加一张“数据来源”：每行来自哪批、哪个文件、哪张表、哪一行，哪些数另有出处"),
]

_Manual = Annotated[
    Path | None,
    typer.Option(
        "--manual",
        help="填好“加减分及一票否决”的考核工作簿：把人工评的分、加减分和否决算进去，重新生成",
        show_default=False,
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("ledger", help="从台账库写出台账。")(ledger)
    app.command("assess", help="从台账库写出考核工作簿。")(assess)


def ledger(
    out: options.Out,
    registry: options.RegistryDir = None,
    scheme: options.Scheme = "default",
    profile: options.Profile = None,
    as_of: options.AsOf = None,
    period: options.PeriodText = None,
    sources: _Sources = False,
) -> None:
    """Write the ledgers of what is registered."""
    from bangfu_excel import pipeline

    written = pipeline.ledgers(
        registry_folder(registry, profile), out, scheme=scheme, profile=profile,
        as_of=as_of, period=period, sources=sources,
    )  # fmt: skip
    typer.echo(f"写出{len(written)}本台账，在 {out}")


def assess(
    out: options.Out,
    registry: options.RegistryDir = None,
    scheme: options.Scheme = "default",
    profile: options.Profile = None,
    as_of: options.AsOf = None,
    period: options.PeriodText = None,
    manual: _Manual = None,
) -> None:
    """Write the assessment workbook of a period."""
    from bangfu_excel import pipeline

    path, kept = pipeline.assessment_book(
        registry_folder(registry, profile), out, scheme=scheme, profile=profile,
        as_of=as_of, period=period, manual=manual,
    )  # fmt: skip
    if kept is not None:
        typer.echo(
            f"原来那份里有人填过的内容，没有覆盖，已改名为“{kept.name}”；还没有算进去的，运行 bangfu assess --manual {kept}",
            err=True,
        )
    typer.echo(f"考核工作簿：{path}")
