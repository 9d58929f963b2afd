"""Whether a registry is whole: everything that its journal names is there and says what it said when it came in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from bangfu_excel.errors import RegistryError
from bangfu_excel.merge.damage import (
    DAMAGE,
    NOTICE,
    RESTORE,
    Key,
    Looked,
    Problem,
    look_at_issue,
    look_at_submission,
)
from bangfu_excel.merge.journal import OFFICE, SUBMISSIONS, Entry, Fault, Journal
from bangfu_excel.merge.state import Registered, registered_by
from bangfu_excel.merge.storage import TEMPORARY

ISSUED = "issued"
_JOURNAL_FILE = re.compile(r"\d{8}\.json")
_LITTER = frozenset({"desktop.ini", "thumbs.db", ".ds_store"})
_HOUSEHOLD = "household"


@dataclass(frozen=True, repr=False)
class Verified:
    """What a check of a registry found.

    problems: one row each — severity (damage: something is lost or changed; notice: nothing is), place below the registry,
    problem, advice · batches, files, rows: how many were checked.
    """

    problems: pd.DataFrame
    batches: int
    files: int
    rows: int

    @property
    def intact(self) -> bool:
        """True where nothing is damaged."""
        return not (self.problems["severity"] == DAMAGE).any()

    def __repr__(self) -> str:
        damaged = int((self.problems["severity"] == DAMAGE).sum())
        return f"Verified({self.batches} 批，{self.files} 个文件，{self.rows} 行：损坏 {damaged} 处，提示 {len(self.problems) - damaged} 处)"


def verified(root: Path) -> Verified:
    """The registry at `root`, looked through as a whole: each file is read once, and whatever is damaged is listed."""
    if not any((root / name).is_dir() for name in ("journal", SUBMISSIONS)):
        raise RegistryError(f"“{root}”处没有台账库，请核对路径")
    journal = Journal(root / "journal")
    read = {path: journal.read(path) for path in journal.files()}
    entries = [one for one in read.values() if isinstance(one, Entry)]
    asked = _asked(entries)
    looked = [
        *(look_at_submission(root / SUBMISSIONS / i, claims, asked) for i, claims in _claims(entries).items()),
        *(look_at_issue(root / ISSUED / one.batch, one) for one in entries if one.kind == "issue"),
    ]
    in_journal = [*_journal_problems(journal, read), *_contradictions(entries)]
    problems = [
        *in_journal,
        *(problem for one in looked for problem in one.problems),
        *_unknown_keys(entries, asked, looked),
        *_left_behind(root, entries, sure=all(one.severity != DAMAGE for one in in_journal)),
    ]
    return Verified(
        pd.DataFrame(sorted(problems), columns=list(Problem._fields), dtype="str"),
        batches=sum("batch" in one.content and one.kind not in ("withdraw", "restore") for one in entries),
        files=len(read) + sum(one.files for one in looked),
        rows=sum(one.rows for one in looked),
    )


def _claims(entries: Iterable[Entry]) -> Mapping[str, list[Registered]]:
    """Submission → what each import that brought it in says of it."""
    claims: dict[str, list[Registered]] = {}
    for entry in entries:
        for one in registered_by(entry) if entry.kind == "import" else ():
            claims.setdefault(one.id, []).append(one)
    return claims


def _journal_problems(journal: Journal, read: Mapping[Path, Entry | Fault | None]) -> Iterator[Problem]:
    lost = journal.lost(list(read.values()))
    for fault in (*(one for one in read.values() if isinstance(one, Fault)), *lost):
        yield Problem(DAMAGE, f"journal/{fault.path.name}", f"这条日志{fault.what}", fault.advice)
    known = {path.name for path in read} | {fault.path.name for fault in lost}
    last = max((int(name[:8]) for name in known), default=0)
    for name in (f"{seq:08d}.json" for seq in range(1, last + 1)):
        if name not in known:
            yield Problem(DAMAGE, f"journal/{name}", "这条日志不在了", RESTORE)
    for path, one in read.items():
        if one is None and path.name not in {fault.path.name for fault in lost}:
            what = "没有写完，不算数：上次运行在写它的时候中断了"
            yield Problem(NOTICE, f"journal/{path.name}", what, "不用处理，留着即可")


def _contradictions(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Entries that name batches or submissions which none before them has brought, and batches of one name."""
    batches: set[str] = set()
    submissions: set[str] = set()
    for entry in entries:
        place = f"journal/{entry.seq:08d}.json"
        if entry.kind in ("withdraw", "restore"):
            if entry.batch not in batches:
                yield Problem(DAMAGE, place, f"撤回或恢复的批次“{entry.batch}”不在日志里", "从备份恢复 journal 文件夹")
            continue
        if entry.batch in batches:
            yield Problem(DAMAGE, place, f"批次“{entry.batch}”在日志里不止一条", "从备份恢复 journal 文件夹")
        batches.add(entry.batch)
        brought = registered_by(entry) if entry.kind == "import" else ()
        named = {i for one in brought for i in one.replaces}
        named |= set(entry.content["submissions"]) if entry.kind == "confirm" else set()
        for unknown in sorted(named - submissions):
            yield Problem(DAMAGE, place, f"所说的文件“{unknown}”没有哪一批入过库", "从备份恢复 journal 文件夹")
        submissions.update(one.id for one in brought)


def _asked(entries: Iterable[Entry]) -> frozenset[Key]:
    """The keys of which the office has said something."""
    records = [(entry.kind, record) for entry in entries if entry.kind in OFFICE for record in entry.content["records"]]
    keys = ((record.get("table", _HOUSEHOLD if kind == "event" else ""), record.get("key")) for kind, record in records)
    return frozenset((table, key) for table, key in keys if table and isinstance(key, str))


def _unknown_keys(entries: Iterable[Entry], asked: Collection[Key], looked: Iterable[Looked]) -> Iterator[Problem]:
    """What the office said of keys that no file has and no event has given."""
    given = {
        text
        for entry in entries
        if entry.kind == "event"
        for record in entry.content["records"]
        for name, value in record.items()
        if name != "key"
        for text in _texts(value)
    }
    unknown = {(table, key) for table, key in asked if key not in given}.difference(*(one.keys for one in looked))
    if not unknown:
        return
    for entry in entries:
        about = Counter(key for _, key in _asked([entry]) & unknown)
        if about:
            what = f"{len(about)}条裁决、更正或变动说的是库里没有的记录，没有起作用"
            yield Problem(NOTICE, f"journal/{entry.seq:08d}.json", what, "用 bangfu batches 核对这一批")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner)


def _left_behind(root: Path, entries: Iterable[Entry], *, sure: bool) -> Iterator[Problem]:
    """What no entry names. sure: every entry could be read, so that nothing of it can belong to one that is damaged."""
    entries = list(entries)
    named = {SUBMISSIONS: set(_claims(entries)), ISSUED: {one.batch for one in entries if one.kind == "issue"}}
    what = "没有哪条日志提到它，是没有做完的运行留下的（{size}）"
    advice = "可以删除；如果记得入过库，先拿备份核对 journal 文件夹" if sure else "先不要删，等损坏的日志恢复了再查"
    for name, known in named.items():
        for folder in _inside(root / name):
            if folder.is_dir() and folder.name not in known:
                yield Problem(NOTICE, f"{name}/{folder.name}", what.format(size=_size(folder)), advice)
    for path in _inside(root / "journal"):
        if not _JOURNAL_FILE.fullmatch(path.name) and not path.name.startswith(TEMPORARY):
            yield Problem(NOTICE, f"journal/{path.name}", "不是台账库的日志，没有算进去", "核对是谁放的，移到别处")
    folders = [
        root / "journal",
        *(folder for name in named for folder in _inside(root / name) if folder.name in named[name]),
    ]
    for path in (path for folder in folders for path in _inside(folder) if path.name.startswith(TEMPORARY)):
        place = path.relative_to(root).as_posix()
        yield Problem(NOTICE, place, f"中断的运行留下的临时文件（{_size(path)}）", "没有别的运行时可以删除")


def _inside(folder: Path) -> list[Path]:
    """What stands in a folder, but for what the operating system puts there."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.name.lower() not in _LITTER)


def _size(path: Path) -> str:
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    size = sum(one.stat().st_size for one in files)
    return f"{size / 1_048_576:.1f}MB" if size >= 104_858 else f"{-(-size // 1024)}KB"
