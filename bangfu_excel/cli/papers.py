"""`bangfu papers`: what leaders, units, helpers and townships get."""

from __future__ import annotations

import typer

from bangfu_excel.cli import options
from bangfu_excel.core.registry_folder import registry_folder


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("papers", help="写出要印发、送签的表：领导参阅、督办单、履职明细、数据核对单、零报告。")(papers)


def papers(
    out: options.Out,
    registry: options.RegistryDir = None,
    scheme: options.Scheme = "default",
    profile: options.Profile = None,
    as_of: options.AsOf = None,
    period: options.PeriodText = None,
) -> None:
    """Write the papers of a period."""
    from bangfu_excel import pipeline

    written = pipeline.papers(
        registry_folder(registry, profile), out, scheme=scheme, profile=profile, as_of=as_of, period=period
    )
    typer.echo(f"写出{len(written)}份，在 {out}/{pipeline.PAPERS}")
