"""`bangfu rules`, `bangfu fields`, `bangfu schemes`: the rule book, the data dictionary, the schemes."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from bangfu_excel.cli import options
from bangfu_excel.core.finding import EFFECT_LABELS, SEVERITY_LABELS


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("rules", help="规则手册：每条规则查什么、怎么算、依据是什么。")(rules)
    app.command("fields", help="数据字典：每张表有哪些栏目、怎么填、别名有哪些。")(fields)
    app.command("schemes", help="有哪些帮扶方案；写上代号，列出它的全部内容。")(schemes)


def rules(profile: options.Profile = None) -> None:
    """Print every message and rule, chapter by chapter."""
    from bangfu_excel import pipeline

    book = pipeline.rule_book(profile)
    for subject in dict.fromkeys(entry.subject for entry in book):
        typer.echo(f"\n【{subject}】")
        for entry in (e for e in book if e.subject == subject):
            weight = "·".join(w for w in (SEVERITY_LABELS[entry.severity], EFFECT_LABELS[entry.effect]) if w)
            typer.echo(
                f"{entry.code}  {entry.title}（{weight}{'' if getattr(entry, 'enabled', True) else '，默认不查'}）"
            )
            typer.echo(f"      说法：{_blanked(entry.says)}")
            if entry.suggests:
                typer.echo(f"      办法：{_blanked(entry.suggests)}")
            typer.echo(f"      依据：{entry.basis}")


def _blanked(words: str) -> str:
    """The sentence with … where a finding fills something in."""
    return re.sub(r"\{[^}]*\}", "…", words)


def fields(profile: options.Profile = None) -> None:
    """Print every table with its fields."""
    from bangfu_excel import pipeline

    for table in pipeline.tables(profile).values():
        typer.echo(f"\n【{table.label}】{table.name}  {table.help}")
        for field in table.fields:
            unit = f"（{field.unit}）" if field.unit else ""
            bounds = f"，范围{field.low:g}–{field.high:g}" if field.low is not None and field.high is not None else ""
            typer.echo(
                f"{field.label}{unit}  {field.name}  {field.kind.title}{bounds}  {field.help}  例：{field.example}"
            )
            if field.aliases or field.weak:
                typer.echo(
                    f"      也认：{'、'.join((*field.aliases, *(f'{alias}（看左右栏）' for alias in field.weak)))}"
                )


def schemes(
    scheme: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="方案的代号或文件；写了就列出它的全部内容")
    ] = None,
    profile: options.Profile = None,
) -> None:
    """Print the schemes in plain Chinese; with an ID everything that it says."""
    from bangfu_excel import pipeline
    from bangfu_excel.cli.scheme_words import Names, scheme_lines

    if scheme is not None:
        names = Names(pipeline.tables(profile), pipeline.ledger_titles(profile), pipeline.metric_titles())
        for line in scheme_lines(pipeline.scheme(scheme, profile), names):
            typer.echo(line)
        return
    for each in pipeline.schemes(profile):
        typer.echo(f"{each.id}  {each.title}  版本{each.version}")
        for cadence in each.cadences:
            typer.echo(f"      {cadence.title}{'（未设定）' if cadence.unset else ''}")
