"""`bangfu run` and `bangfu check`: the whole line, or findings and returned workbooks only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import typer

from bangfu_excel.cli import options
from bangfu_excel.cli.progress import shown_progress
from bangfu_excel.cli.summary import closing_line, kept_line
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.registry_folder import registry_folder

_LOCKED = (say.PASSWORD.code, say.ZIP_PASSWORD.code)
_HINT = "有{}个文件因为有密码没有读；知道密码的，加上 --password 密码（或 --passwords 密码文件）再运行一次"
_TO_CONFIRM = "有文件改动了已经通报的月份，还没有入库：{0}；逐条核实，选好后运行 bangfu merge --confirm {0}"
_TO_DECIDE = "有只能由县办定的（数据冲突、同名的户或不认识的表头）：{0}；填好后运行 bangfu merge --decisions {0}"


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("run", help="从头到尾：检查、退回、汇总入库，写出台账和考核。")(_command("write"))
    app.command("check", help="只检查：写出问题清单和退回的表格，不入库，不出台账。")(_command("check"))


def _command(until: Literal["check", "write"]) -> Callable[..., int]:
    """The line up to a stage; 1 where a submitter has something to correct, else 0."""

    def command(
        inbox: options.Inbox,
        out: options.Out,
        scheme: options.Scheme = "default",
        profile: options.Profile = None,
        registry: options.RegistryDir = None,
        as_of: options.AsOf = None,
        period: options.PeriodText = None,
        jobs: options.Jobs = None,
        engine: options.EngineName = "processes",
        scheduler: options.Scheduler = None,
        password: options.Password = None,
        passwords: options.Passwords = None,
        photos: options.Photos = False,
        supplement: options.Supplement = False,
        received: options.Received = None,
        no_progress: options.NoProgress = False,
    ) -> int:
        from bangfu_excel import pipeline

        with shown_progress(not no_progress) as progress:
            result = pipeline.run(
                inbox, out, scheme=scheme, profile=profile, registry=registry_folder(registry, profile),
                as_of=as_of, period=period, engine=options.engine(engine), jobs=jobs,
                scheduler=scheduler, progress=progress,
                passwords=options.passwords(password, passwords), photos=photos, supplement=supplement,
                received=received, until=until,
            )  # fmt: skip
        if locked := sum(finding.code in _LOCKED for finding in result.batch.findings):
            typer.echo(_HINT.format(locked), err=True)
        if pipeline.HELD in result.files:
            typer.echo(_TO_CONFIRM.format(result.out / pipeline.HELD), err=True)
        if pipeline.DECISIONS in result.files:
            typer.echo(_TO_DECIDE.format(result.out / pipeline.DECISIONS), err=True)
        for one in result.kept:
            typer.echo(kept_line(one, result.out), err=True)
        typer.echo(closing_line(result))
        return result.exit_code

    return command
