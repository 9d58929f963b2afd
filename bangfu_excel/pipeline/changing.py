"""变更台账: what changed between two days or batches, and what the batch of a run changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from bangfu_excel.core.masking import Masking
from bangfu_excel.core.table import Retention
from bangfu_excel.merge import ChangeLog, Registry, opened
from bangfu_excel.merge.change_log import CAME, between, change_log
from bangfu_excel.merge.current import current_rows
from bangfu_excel.merge.journal import Entry
from bangfu_excel.merge.moments import Moment
from bangfu_excel.merge.state import state_of
from bangfu_excel.pipeline.change_words import Told
from bangfu_excel.pipeline.settings import Settings, load_settings, make_spec
from bangfu_excel.pipeline.target import Target
from bangfu_excel.write.change_book import ChangeBook, write_changes

BOOK = "变更台账.xlsx"
_NEVER = dt.date(2000, 1, 1)  # of a registry in which nothing has a day
_NOTES = (
    "新增：前一时点没有、后一时点有的户、成员、结对等。走访、措施等逐月都有新的，只在汇总里计数，不逐条列。",
    "变更：同一户（人、结对）里填写有变的栏目，原来和现在各是什么；县办更正、裁决的写明依据，来源是更正单、裁决表的单元格。",
    "减少：后一时点没有了的，原因取自最后一次填报的状态、备注，原户主取自登记的户主变更，没有写明的是“未说明”，请向乡镇核实。整户减少的，成员和结对不再另列。",
    "更换帮扶人：同一户的旧结对结束或不再填报、另有新结对的，合为一行；旧结对的结束时间没有填的，取新结对时间的前一天。",
    "变动：分户、并户、户主变更、迁村、户编号变更、村合并或更名、帮扶人调动，只列在这里，不算新增、减少。",
)


@dataclass(frozen=True)
class Changes:
    """path: of the workbook · counts: 乡镇, and how many lines of each kind."""

    path: Path
    counts: pd.DataFrame = field(compare=False, repr=False)


def changes(
    registry: Registry | str | Path,
    out: str | Path,
    *,
    since: Moment | None = None,
    until: Moment | None = None,
    profile: str | Path | None = None,
    masked: bool = False,
) -> Changes:
    """What changed between two moments, written as `out`/变更台账.xlsx.

    since, until: a day (its end) or a batch (right after it); from the beginning, until now where not given · masked: names
    and numbers as outsiders may see them. Raises `RegistryError` where a moment is neither, or the first is the later one.
    """
    book = opened(registry)
    entries = book.journal.entries()
    before, after = between(entries, since, until)
    settings = load_settings(make_spec("default", profile, _day(after), None))
    target = Target.prepared(Path(out))
    log = change_log(book.submissions, state_of(before), state_of(after))
    told = _told(log, book, after, settings, Masking(frozenset()) if masked else settings.masking)
    lead = (f"从：{since or '建库'}", f"到：{until or '现在'}")
    made = ChangeBook(target.folder / BOOK, _day(after), lead, _NOTES, told.sheets(), told.counts())
    return Changes(write_changes(made), made.counts)


def changed_by(registry: Registry, batch: str, settings: Settings, out: Path) -> ChangeBook | None:
    """变更台账 of a batch, to be written below `out`; None where it is the first, or only adds to logs (走访)."""
    entries = registry.journal.entries()
    seq = next((entry.seq for entry in entries if entry.batch == batch), 0)
    before, after = (tuple(entry for entry in entries if entry.seq < limit) for limit in (seq, seq + 1))
    was = state_of(before)
    if not seq or not was.standing:
        return None
    log = change_log(registry.submissions, was, state_of(after))
    logs = [name for name, table in settings.tables.items() if table.retention is not Retention.ROSTER]
    if ((log.lines["kind"] == CAME) & log.lines["table"].isin(logs)).all():
        return None
    told = _told(log, registry, after, settings, settings.masking)
    return ChangeBook(out / BOOK, settings.spec.as_of, (f"批次：{batch}",), _NOTES, told.sheets(), told.counts())


def _told(log: ChangeLog, registry: Registry, after: Sequence[Entry], settings: Settings, masking: Masking) -> Told:
    side = log.sides.get("household")
    homes = current_rows(registry.submissions, state_of(after), "household") if side is None else side.now
    former = [] if side is None else [side.was, side.was.assign(_key=side.was["_former"])]
    known = pd.concat([homes, *former], ignore_index=True) if former else homes
    return Told(log, known, settings.tables, masking, settings.scheme.sent_out)


def _day(entries: Sequence[Entry]) -> dt.date:
    """The last day on which something was received: the workbook is dated by it."""
    days = [str(entry.content["received"]) for entry in entries if entry.content.get("received")]
    return dt.date.fromisoformat(max(days)) if days else _NEVER
