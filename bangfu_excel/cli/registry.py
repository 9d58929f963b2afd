"""`bangfu batches`, `bangfu undo`: the registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from bangfu_excel.cli import options
from bangfu_excel.cli.listing import listed
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
    "import": "入库", "confirm": "确认", "decide": "裁决", "correct": "更正", "event": "变动", "issue": "印发",
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
    numbers = {"恢复": undone.back, "减少": undone.gone, "改回": undone.changed}
    tables = dict.fromkeys(name for counted in numbers.values() for name in counted)
    changes = [
        labels.get(name, name)
        + "、".join(f"{verb}{counted[name]}条" for verb, counted in numbers.items() if name in counted)
        for name in tables
    ]
    files = [f"重新有效的文件：{'、'.join(undone.files)}"] if undone.files else []
    said = "；".join([*changes, *files]) or "台账的内容没有变化"
    return f"{line}：{said}。要反悔，运行 bangfu undo {undone.id}"
