"""`bangfu batches`, `bangfu undo`: the registry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from bangfu_excel.cli import options
from bangfu_excel.cli.effects import effect_words
from bangfu_excel.cli.listing import listed
from bangfu_excel.core.period import Period
from bangfu_excel.core.registry_folder import registry_folder

if TYPE_CHECKING:
    from bangfu_excel.merge import Undone

_HEADINGS = {
    "id": "批次", "received": "收到", "files": "文件", "period": "统计期", "as_of": "截止日期", "state": "状态", "rows": "行数",
    "kind": "种类", "submitter": "报送单位",
}  # fmt: skip
_STATES = {
    "active": "有效", "withdrawn": "已撤回", "held": "等待确认", "replaced": "已被同一文件代替", "superseded": "已被重报代替", "closed": "已由后任接替",
    "outvoted": "与别处并存", "removed": "已由县办取消",
}  # fmt: skip
_KINDS = {
    "import": "入库", "confirm": "确认", "decide": "裁决", "correct": "更正", "event": "变动", "objection": "异议",
    "nil": "零报告", "issue": "印发",
}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("batches", help="列出入过库的各批。")(batches)
    app.command("undo", help="撤回一批；数据还在库里，随时可以恢复。")(undo)


def batches(registry: options.RegistryDir = None, profile: options.Profile = None) -> None:
    """List the batches, oldest first."""
    from bangfu_excel.merge import Registry

    frame = Registry(registry_folder(registry, profile), create=False).batches()
    frame = frame.assign(state=frame["state"].replace(_STATES), kind=frame["kind"].replace(_KINDS))
    typer.echo(listed(frame.rename(columns=_HEADINGS)) if len(frame) else "台账库里还没有入过库的批次")


def undo(
    batch: Annotated[str, typer.Argument(metavar="BATCH", help="批次号，见 bangfu batches；或上次撤回的编号")],
    registry: options.RegistryDir = None,
    profile: options.Profile = None,
    date: options.SaidOn = None,
) -> None:
    """Withdraw a batch, or take an earlier withdrawal back, and say what that brings back."""
    from bangfu_excel import pipeline
    from bangfu_excel.merge import Registry

    undone = Registry(registry_folder(registry, profile), create=False).undo(batch, received=options.said_on(date))
    typer.echo(_told(undone, {name: table.label for name, table in pipeline.tables(profile).items()}))


def _told(undone: Undone, labels: Mapping[str, str]) -> str:
    """What an undo did: 已撤回0002-1a2b3c：帮扶对象户恢复3条、减少1条；重新有效的文件：a.xlsx。"""
    line = f"已撤回{undone.batch}" if undone.withdrawn else f"已恢复{undone.batch}"
    changes = effect_words(undone, labels, ("恢复", "减少", "改回"))
    files = [f"重新有效的文件：{'、'.join(undone.files)}"] if undone.files else []
    said = "；".join(filter(None, (changes, *files, *_of_issue(undone)))) or "台账的内容没有变化"
    return f"{line}：{said}。要反悔，运行 bangfu undo {undone.id}"


def _of_issue(undone: Undone) -> Iterator[str]:
    """What becomes of the figures of an announcement that was turned."""
    if not undone.period:
        return
    label = Period.parse(undone.period).label
    if undone.withdrawn:
        yield f"{label}的通报收回了，这一期的数不再固定，从此按台账库现在的算；要重新印发，运行 bangfu issue --period {undone.period}"
    else:
        yield f"{label}的通报恢复了，这一期的数还是印发时的"
