"""The last line on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from bangfu_excel.core.finding import Finding
    from bangfu_excel.pipeline import Kept, RunResult


_LONGEST = 40  # characters that the line has room for


def _is_short(finding: Finding) -> bool:
    """Of what is about no file, that which can be said in passing."""
    return not finding.place.file and len(finding.message) <= _LONGEST


def closing_line(result: RunResult) -> str:
    """How many files and rows, what became of them, and where the outputs are."""
    counts = result.counts
    waiting = f"{counts.waiting}行等县办确认后才计入，" if counts.waiting else ""
    line = (
        f"{counts.files}个文件，收下{counts.accepted}行（其中待更正{counts.withheld}行），{waiting}退回{counts.returned}行，"
        f"重复{counts.duplicate}行；结果在 {result.out}"
    )
    absent = "".join(f"；{finding.message}" for finding in result.batch.findings if _is_short(finding))
    if result.registry is None:
        return line + absent
    state = "新建" if result.registry_is_new else "已有"
    if result.merge is not None and not result.merge.batch_id:
        known = "，这些文件以前都报过，没有新内容" if counts.waiting else "，这些文件以前都入过库，没有新内容"
        state += known if counts.accepted + counts.waiting else "，没有可以入库的行"
    return f"{line}，台账库在 {result.registry}（{state}）{absent}"


def kept_line(kept: Kept, out: Path) -> str:
    """That a workbook somebody had filled in was not overwritten, where it is, and how it is handed in."""
    return (
        f"“{kept.name}”里有人填过的内容，没有覆盖，已改名为“{kept.now}”；"
        f"还没有交回的，运行 bangfu {kept.command} {out / kept.now}；已经交回的，可以删掉"
    )
