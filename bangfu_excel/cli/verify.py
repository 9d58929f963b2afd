"""`bangfu verify`: whether the registry is whole."""

from __future__ import annotations

import typer

from bangfu_excel.cli import options
from bangfu_excel.cli.listing import listed
from bangfu_excel.core.registry_folder import registry_folder

_HEADINGS = {"severity": "程度", "place": "在哪里", "problem": "什么问题", "advice": "怎么办"}
_SEVERITIES = {"damage": "损坏", "notice": "提示"}
DAMAGED = 2


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("verify", help="核对台账库：重算每个文件的校验值和行数，损坏的逐个列出。")(verify)


def verify(registry: options.RegistryDir = None, profile: options.Profile = None) -> int:
    """List what is damaged and what was left behind; 2 where anything is damaged."""
    from bangfu_excel.merge import Registry

    found = Registry(registry_folder(registry, profile)).verify()
    if len(found.problems):
        typer.echo(listed(found.problems.replace({"severity": _SEVERITIES}).rename(columns=_HEADINGS)))
    damaged = int((found.problems["severity"] == "damage").sum())
    verdict = "完好" if found.intact else f"损坏{damaged}处"
    notices = f"，提示{len(found.problems) - damaged}处" if len(found.problems) > damaged else ""
    typer.echo(f"核对了{found.batches}批、{found.files}个文件、{found.rows}行：{verdict}{notices}")
    return 0 if found.intact else DAMAGED
