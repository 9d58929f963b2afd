"""Options that several commands share, said once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, cast

import typer

from bangfu_excel.core.registry_folder import DEFAULT_REGISTRY
from bangfu_excel.engine import ENGINES, Engine
from bangfu_excel.errors import UsageError

Inbox = Annotated[
    Path, typer.Argument(metavar="INBOX", help="乡镇报来的文件，或装着它们的文件夹（含子文件夹）或压缩包（zip）")
]
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
Password = Annotated[
    list[str] | None, typer.Option("--password", metavar="密码", help="有打开密码的文件用它打开；有几个密码就写几次")
]
Passwords = Annotated[
    Path | None, typer.Option("--passwords", metavar="FILE", help="装着密码的文本文件，一行一个（UTF-8 或 GBK）")
]
Photos = Annotated[bool, typer.Option("--photos", help="把表里的图片和对应上的走访照片另存到 OUT/附件")]
Supplement = Annotated[
    bool,
    typer.Option(
        "--supplement", help="这些文件都是补报：只增加，不代替以前报的；文件名、表名或那一行的备注里写着“补报”的不用加"
    ),
]
Received = Annotated[
    str | None, typer.Option("--received", metavar="YYYY-MM-DD", help="收件日期；不写时取截止日期。它不是走访的日期")
]
SaidOn = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="哪一天办的；不写时是今天")]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="不显示进度")]


def said_on(text: str | None) -> dt.date:
    """The day that `--date` names, today where it names none; `UsageError` where it names none that was, or is not written so."""
    today = dt.date.today()
    try:
        day = dt.date.fromisoformat(text.strip()) if text else today
    except ValueError as error:
        raise UsageError(f"日期“{text}”写法不对，应写成 2024-06-30") from error
    if day > today:
        raise UsageError(f"日期“{text}”还没有到（今天是{today}），请核对")
    return day


def passwords(given: Sequence[str] | None, file: Path | None) -> tuple[str, ...]:
    """The passwords given and those of the file, one a line; `UsageError` where the file cannot be read."""
    lines = _lines(file) if file else []
    return tuple(dict.fromkeys(filter(None, (*(given or ()), *lines, *(line.strip() for line in lines)))))


def _lines(file: Path) -> list[str]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"打不开密码文件“{file}”") from error
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding).splitlines()
    raise UsageError(f"密码文件“{file}”读不懂，请另存为 UTF-8 编码的文本文件")


def engine(text: str) -> Engine:
    """The engine that `--engine` names; anything else raises `UsageError`."""
    if text not in ENGINES:
        raise UsageError(f"没有“{text}”这种运行方式，可以用：{'、'.join(ENGINES)}")
    return cast(Engine, text)
