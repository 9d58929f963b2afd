"""Options that several commands share, said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer

from bangfu_excel.engine import ENGINES, Engine
from bangfu_excel.errors import UsageError

DEFAULT_REGISTRY = "台账库"

Inbox = Annotated[Path, typer.Argument(metavar="INBOX", help="乡镇报来的文件，或装着它们的文件夹（含子文件夹）")]
Out = Annotated[Path, typer.Option("-o", "--out", metavar="OUT", help="结果写到哪个文件夹")]
Scheme = Annotated[str, typer.Option("--scheme", help="帮扶方案的代号，或方案文件（.toml）的路径")]
Profile = Annotated[Path | None, typer.Option("--profile", help="本县的设置文件夹（用 bangfu init 建立）")]
RegistryDir = Annotated[
    Path | None,
    typer.Option("--registry", help=f"台账库文件夹；不写时用设置文件夹或当前文件夹下的“{DEFAULT_REGISTRY}”"),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="截止日期；不写时取统计期末日，再不然取今天")
]
PeriodText = Annotated[
    str | None,
    typer.Option("--period", metavar="期间", help="统计期：2024-06、2024Q2、2024H1 或 2024；不写时取截止日期所在月"),
]
Jobs = Annotated[int | None, typer.Option("--jobs", min=1, help="同时用几个进程；不写时按处理器核数")]
EngineName = Annotated[str, typer.Option("--engine", help="processes、serial 或 dask")]
Scheduler = Annotated[str | None, typer.Option("--scheduler", help="dask 调度器地址，仅 --engine dask 时用")]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="不显示进度")]


def registry_folder(given: Path | None, profile: Path | None) -> Path:
    """The registry's folder: as given, else 台账库 in the profile's folder, else in the current one."""
    return given or (profile or Path()) / DEFAULT_REGISTRY


def engine(text: str) -> Engine:
    """The engine that `--engine` names; anything else raises `UsageError`."""
    if text not in ENGINES:
        raise UsageError(f"没有“{text}”这种运行方式，可以用：{'、'.join(ENGINES)}")
    return cast(Engine, text)
