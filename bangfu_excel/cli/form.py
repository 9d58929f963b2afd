"""`bangfu form`: the superior's own form, filled in by a mapping; or a blank mapping to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bangfu_excel.cli import options
from bangfu_excel.core.registry_folder import registry_folder
from bangfu_excel.errors import UsageError

if TYPE_CHECKING:
    from bangfu_excel.pipeline import FilledIn

_SHOWN = 20  # relations that do not hold

_Form = Annotated[Path | None, typer.Argument(metavar="[FORM]", help="上级发的空白表（xlsx）")]
_Mapping = Annotated[
    Path | None, typer.Option("--mapping", metavar="FILE", help="填好的填表对应.xlsx：哪个格子填什么、格子之间什么关系")
]
_Out = Annotated[
    Path | None, typer.Option("-o", "--out", metavar="OUT", help="填好的表写到哪个文件夹（在它的“上报”下）")
]
_Last = Annotated[Path | None, typer.Option("--last", metavar="FILE", help="上期填好的表，关系里写着“上期!”的拿它核对")]
_Accept = Annotated[bool, typer.Option("--accept", help="关系不符也照写（先核实清楚；不符的列在填报说明里）")]
_Blank = Annotated[
    Path | None, typer.Option("--blank-mapping", metavar="FILE", help="生成一份空白的填表对应.xlsx，写到这里，不填表")
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("form", help="把台账库里的数填进上级发的空白表，表样原封不动。")(form)


def form(
    blank: _Form = None,
    mapping: _Mapping = None,
    out: _Out = None,
    last: _Last = None,
    accept: _Accept = False,
    blank_mapping: _Blank = None,
    registry: options.RegistryDir = None,
    scheme: options.Scheme = "default",
    profile: options.Profile = None,
    as_of: options.AsOf = None,
    period: options.PeriodText = None,
) -> int:
    """Fill in a form, or write a blank mapping."""
    from bangfu_excel import pipeline

    if blank_mapping is not None:
        if blank_mapping.exists():
            raise UsageError(f"“{blank_mapping}”已经存在，没有改动；请换一个名字，或先把它移走")
        typer.echo(f"写好空白的填表对应：{pipeline.mapping_book(blank_mapping, form=blank, profile=profile)}")
        return 0
    if blank is None or mapping is None or out is None:
        raise UsageError(
            "要写明上级的空白表、--mapping 填表对应.xlsx 和 -o OUT；还没有对应表的，用 --blank-mapping 生成"
        )
    done = pipeline.fill_form(
        blank, mapping, registry_folder(registry, profile), out, last=last, accept=accept, scheme=scheme,
        profile=profile, as_of=as_of, period=period,
    )  # fmt: skip
    for one in done.broken[:_SHOWN]:
        place = one.related.line.place("左边")
        typer.echo(f"不符：{one.related.text}，左边是{one.left:.10g}，右边是{one.right:.10g}（{place}）", err=True)
    typer.echo(_told(done))
    return int(done.path is None)


def _told(done: FilledIn) -> str:
    broken = len(done.broken)
    if done.path is None:
        return f"没有填表：有{broken}处关系不符；请先核对数据，核实无误的加上 --accept 再运行一次"
    parts = [f"填了{done.cells}格"]
    parts += [f"名单{done.rows}行"] if done.rows else []
    parts += [f"没有数、空着的{done.blank}格"] if done.blank else []
    parts += [f"未采集的{done.left_out}格"] if done.left_out else []
    holds = len(done.checked) - broken - done.unchecked
    parts += [f"关系相符{holds}处、不符{broken}处、没有核对{done.unchecked}处"] if done.checked else []
    return f"{'，'.join(parts)}；在 {done.path}，来源见 {done.report.name if done.report else ''}"
