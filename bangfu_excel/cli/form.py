"""`bangfu form`: the superior's own form, filled in by a mapping; or a blank mapping to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict

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
_By = Annotated[
    bool, typer.Option("--by-township", help="一个乡镇填一份，只填本乡镇的；这时 --last 写上期那些表所在的文件夹")
]
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
    by_township: _By = False,
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
    given = blank, mapping, registry_folder(registry, profile), out
    how = _How(last=last, accept=accept, scheme=scheme, profile=profile, as_of=as_of, period=period)
    filled = pipeline.fill_form_by_township(*given, **how) if by_township else (pipeline.fill_form(*given, **how),)
    for area, one in [(done.area, one) for done in filled for one in done.broken][:_SHOWN]:
        place = f"{area + '，' if by_township else ''}{one.related.line.place('左边')}"
        typer.echo(f"不符：{one.related.text}，左边是{one.left:.10g}，右边是{one.right:.10g}（{place}）", err=True)
    if all(done.path is None for done in filled):
        broken = sum(len(done.broken) for done in filled)
        typer.echo(f"没有填表：有{broken}处关系不符；请先核对数据，核实无误的加上 --accept 再运行一次")
        return 1
    for done in filled:
        typer.echo(f"{done.area + '：' if by_township else ''}{_told(done)}")
    return 0


class _How(TypedDict):
    last: Path | None
    accept: bool
    scheme: str
    profile: Path | None
    as_of: str | None
    period: str | None


def _told(done: FilledIn) -> str:
    broken = len(done.broken)
    parts = [f"填了{done.cells}格"]
    parts += [f"名单{done.rows}行"] if done.rows else []
    parts += [f"没有数、空着的{done.blank}格"] if done.blank else []
    parts += [f"未采集的{done.left_out}格"] if done.left_out else []
    holds = len(done.checked) - broken - done.unchecked
    parts += [f"关系相符{holds}处、不符{broken}处、没有核对{done.unchecked}处"] if done.checked else []
    return f"{'，'.join(parts)}；在 {done.path}，来源见 {done.report.name if done.report else ''}"
