"""`bangfu compare`: a list of another department beside the registry."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bangfu_excel.cli import options
from bangfu_excel.core.registry_folder import registry_folder

_List = Annotated[Path, typer.Argument(metavar="LIST", help="别的部门给的名单：一个文件、文件夹或压缩包，什么版式都行")]
_Kind = Annotated[
    str | None, typer.Option("--kind", metavar="种类", help="什么名单：低保、残疾、学籍、死亡；不写时不列“我有他无”")
]
_Date = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="名单是哪一天的")]
_Masked = Annotated[bool, typer.Option("--masked", help="遮住姓名和号码，给外单位看时用")]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("compare", help="拿民政、残联等部门的名单和台账库比对，只列差别，不改数据。")(compare)


def compare(
    listed: _List,
    out: options.Out,
    kind: _Kind = None,
    registry: options.RegistryDir = None,
    profile: options.Profile = None,
    date: _Date = None,
    masked: _Masked = False,
    password: options.Password = None,
    passwords: options.Passwords = None,
) -> int:
    """Compare a list with what is registered."""
    from bangfu_excel import pipeline

    found = pipeline.compare(
        listed, registry_folder(registry, profile), out, kind=kind, profile=profile, date=date, masked=masked,
        passwords=options.passwords(password, passwords),
    )  # fmt: skip
    counts = found.counts
    for sentence in (*found.trouble, *(() if counts["rows"] else found.left_out)):
        typer.echo(f"没有读进来或有疑问：{sentence}", err=True)
    typer.echo(
        f"名单{counts['rows']}行：对上{counts['matched']}行，他有我无{counts['theirs_only']}行，待核对{counts['pending']}行，"
        f"不能用{counts['unusable']}行；我有他无{len(found.ours_only)}人，不一致{len(found.differences)}处；结果在 {found.path}"
    )
    return int(bool(found.trouble) or not counts["rows"])
