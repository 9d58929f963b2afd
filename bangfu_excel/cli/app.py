"""The application: its commands, its exit codes, and how an error is said in one line."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import NoReturn

import typer
from typer.exceptions import TyperException

from bangfu_excel.cli import (
    assess,
    books,
    bulletin,
    cards,
    changes,
    compare,
    form,
    headers,
    history,
    issue,
    merge,
    papers,
    registry,
    run,
    setup,
    verify,
)
from bangfu_excel.cli.wording import in_chinese
from bangfu_excel.errors import BangfuError

INTERRUPTED = 130  # what a shell expects after Ctrl-C

app = typer.Typer(
    name="bangfu",
    help="结对帮扶报表：读懂乡镇报来的表格，逐格指出问题，汇总成台账和考核工作簿。",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for _module in (
    run,
    headers,
    assess,
    papers,
    cards,
    merge,
    issue,
    bulletin,
    registry,
    history,
    changes,
    verify,
    compare,
    form,
    books,
    setup,
):
    _module.register(app)


@app.callback()
def _without_command(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run_app() -> NoReturn:
    """Parse the command line, run the command, and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a cp936 console cannot show every character of a name
    try:
        code = app(standalone_mode=False)
    except BangfuError as error:
        _leave(f"没有执行：{error}", 2)
    except TyperException as error:
        _leave(f"命令写法不对：{in_chinese(error.format_message())}（用 bangfu --help 查看用法）", 2)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as error:
        _leave(_internal(error), 3)
    if code == INTERRUPTED:
        _leave("已中断，没有留下写了一半的文件；再运行一次即可", INTERRUPTED)
    sys.exit(code if isinstance(code, int) else 0)


def _internal(error: Exception) -> str:
    if os.environ.get("BANGFU_DEBUG"):
        traceback.print_exc()
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name} 第{frame.lineno}行"
    return f"程序内部出错（{type(error).__name__}，{where}），台账库没有损坏；请把这一行告诉维护人员"


def _leave(sentence: str, code: int) -> NoReturn:
    print(" ".join(sentence.split()), file=sys.stderr)  # noqa: T201
    sys.exit(code)
