"""`bangfu bulletin`: the bulletin of a period or a phase, from what is merged."""

from __future__ import annotations

from typing import Annotated

import typer

from bangfu_excel.cli import options
from bangfu_excel.core.registry_folder import registry_folder

Period = Annotated[
    str | None,
    typer.Option(
        "--period", metavar="期间",
        help="哪一期：2024-06 出月通报，2024Q2 季度通报，2024H1 半年小结，2024 年度总结；不写时是截止日期（不写是今天）以前最近过完的一个月",
    ),
]  # fmt: skip
Phase = Annotated[str, typer.Option("--phase", metavar="阶段", help="出哪一阶段的阶段通报，写阶段的名称或开头几个字")]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("bulletin", help="从台账库写出通报（Word 和 Excel）：月通报、半年小结、年度总结、阶段通报。")(bulletin)


def bulletin(
    out: options.Out,
    registry: options.RegistryDir = None,
    scheme: options.Scheme = "default",
    profile: options.Profile = None,
    as_of: options.AsOf = None,
    period: Period = None,
    phase: Phase = "",
) -> None:
    """Write the bulletin of a period or a phase."""
    from bangfu_excel import pipeline

    paths = pipeline.bulletin(
        registry_folder(registry, profile), out, scheme=scheme, profile=profile, as_of=as_of, period=period, phase=phase
    )
    typer.echo(f"通报：{'、'.join(str(path) for path in paths)}")
