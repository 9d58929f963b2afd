"""`bangfu headers`: unknown headers to a small workbook, and the filled-in workbook to the county's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bangfu_excel.cli import options
from bangfu_excel.cli.progress import shown_progress
from bangfu_excel.errors import UsageError

BOOK = "表头确认.xlsx"

_What = Annotated[
    Path, typer.Argument(metavar="INBOX|表头确认.xlsx", help="乡镇报来的文件或文件夹；或者填好的表头确认表")
]
_Book = Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="表头确认表写到哪个文件")]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("headers", help="列出不认识的表头请人确认；确认过的记住，下个月就认得。")(headers)


def headers(
    what: _What,
    out: _Book = Path(BOOK),
    profile: options.Profile = None,
    scheme: options.Scheme = "default",
    jobs: options.Jobs = None,
    engine: options.EngineName = "processes",
    password: options.Password = None,
    passwords: options.Passwords = None,
    no_progress: options.NoProgress = False,
) -> None:
    """List unknown headers of an inbox, or remember what was confirmed of them."""
    from bangfu_excel import pipeline

    if pipeline.is_header_book(what):
        _remember(what, profile)
        return
    with shown_progress(not no_progress) as progress:
        found = pipeline.survey_headers(
            what, out, scheme=scheme, profile=profile, engine=options.engine(engine), jobs=jobs, progress=progress,
            passwords=options.passwords(password, passwords),
        )  # fmt: skip
    if found.path is None:
        typer.echo(f"{found.files}个文件，没有要确认的表头")
        return
    again = f"bangfu headers {found.path} --profile {profile or '本县设置文件夹'}"
    typer.echo(f"{found.files}个文件，有{found.headers}个表头要确认：{found.path}；填好后运行 {again}")


def _remember(book: Path, profile: Path | None) -> None:
    from bangfu_excel import pipeline

    if profile is None:
        raise UsageError("请加上 --profile 写明本县设置文件夹，确认的表头要记在里面；还没有的先用 bangfu init 建立")
    done = pipeline.confirm_headers(book, profile)
    typer.echo(
        f"记住了{done.aliases}个表头的叫法、{done.ignored}个不用的列：{done.path}；以后加上 --profile {profile} 就认得"
    )
