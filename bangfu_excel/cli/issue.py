"""`bangfu issue`: the figures of a period are announced, and stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from bangfu_excel.cli import options
from bangfu_excel.core.registry_folder import registry_folder

if TYPE_CHECKING:
    from bangfu_excel.core.announced import Announced

Period = Annotated[str, typer.Option("--period", metavar="期间", help="印发哪一期：2024-06、2024Q2、2024H1 或 2024")]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("issue", help="印发一期通报：数从此固定，以后的增减列入下一期的补报、核减。")(issue)


def issue(
    period: Period,
    registry: options.RegistryDir = None,
    scheme: options.Scheme = "default",
    profile: options.Profile = None,
    as_of: options.AsOf = None,
) -> None:
    """Freeze the figures of a period, and say what was frozen."""
    from bangfu_excel import pipeline

    found = pipeline.issue(
        registry_folder(registry, profile), period=period, scheme=scheme, profile=profile, as_of=as_of
    )
    figures = found.figures
    differing = f"（其中补报{figures['supplement']}条、核减{figures['deduction']}条）" if found.before else ""
    typer.echo(
        f"已印发{found.period.label}的通报：本期走访记录{figures['current']}条，累计{figures['total']}条{differing}；"
        f"批次{found.batch}，要收回，运行 bangfu undo {found.batch}{''.join(_noted(found))}"
    )


def _noted(found: Announced) -> Iterator[str]:
    """What looks like an oversight: months that nobody announced, a period without a visit."""
    if found.skipped:
        months = "、".join(month.label for month in found.skipped)
        yield f"。请注意：{months}没有印发过，那时的走访直接算进了上期累计"
    if not found.figures["current"]:
        yield "。请注意：本期一次走访也没有，请核对走访记录是不是还没有入库"
