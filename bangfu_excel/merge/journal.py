"""The journal: one small file an event, in order, never rewritten. What it does not name does not exist.

An entry is a JSON object `{"format": 2, "seq": …, "follows": …, "kind": …, …, "sha256": …}` on one line; the checksum covers
the other members. A file that breaks off before its end was torn by a crash: it is not there, and the next entry takes the next
number. A file that is complete but does not fit its checksum was damaged, and one that was whole when the next was written
(which `follows` it) was lost: that is said, never passed over. Entries of format 1 are read as what they would say in format 2.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import format1
from bangfu_excel.merge.storage import create, make_folder, why

FORMAT = 2
OFFICE = ("decide", "correct", "event", "objection", "nil")
"""Kinds of what the county office itself has said: an entry lists its `records`."""
KINDS = ("import", "confirm", *OFFICE, "issue", "withdraw", "restore")

_NAME = re.compile(r"(\d{8})\.json")
_END = b"}\n"
_MOMENT, _MOMENTS = 0.05, 40
"""How long an entry that breaks off is given to be finished, by a writer that could not make it appear in one step."""

SUBMISSIONS = "submissions"
"""The folder beside the journal that holds what imports name."""


@dataclass(frozen=True)
class Entry:
    """One event: its number (the precedence), what kind it is, and what it says."""

    seq: int
    kind: str
    content: Mapping[str, Any]

    @property
    def batch(self) -> str:
        return str(self.content["batch"])


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file of the journal, and what to do."""

    path: Path
    what: str
    advice: str

    @property
    def error(self) -> RegistryError:
        """The fault as a sentence."""
        return RegistryError(f"台账库的日志“{self.path}”{self.what}，请{self.advice}")


@dataclass(frozen=True)
class Journal:
    """The journal in `folder`; a folder that is not there is an empty journal."""

    folder: Path

    def entries(self) -> tuple[Entry, ...]:
        """All entries, oldest first. Damaged and lost ones and those of a later version raise `RegistryError`."""
        read = [self.read(path) for path in self.files()]
        for fault in (*(one for one in read if isinstance(one, Fault)), *self.lost(read)):
            raise fault.error
        return tuple(one for one in read if isinstance(one, Entry))

    def append(self, decide: Callable[[tuple[Entry, ...], int], Mapping[str, Any] | None]) -> Entry | None:
        """The entry that `decide(entries so far, its number)` asks for, committed; None if it asks for none.

        Where another writer was faster, `decide` is asked again about the journal as it then is.
        """
        while True:
            seq = self._next_number()
            entries = self.entries()
            content = decide(entries, seq)
            if content is None:
                return None
            follows = entries[-1].seq if entries else 0
            entry = Entry(seq, str(content["kind"]), {**content, "follows": follows})
            make_folder(self.folder)
            try:
                create(self.folder / _name(seq), _encode(entry))
            except FileExistsError:
                continue
            return entry

    def files(self) -> list[Path]:
        """The files of the entries, torn ones included, oldest first."""
        try:
            return sorted(path for path in self.folder.iterdir() if _NAME.fullmatch(path.name))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise RegistryError(f"台账库的日志“{self.folder}”打不开：{why(error)}") from error

    def read(self, path: Path) -> Entry | Fault | None:
        """The entry in a file; what is wrong with it; None where it breaks off."""
        try:
            data = path.read_bytes()
        except OSError:
            return Fault(path, "读不出来", "检查磁盘和权限，或从备份恢复这个文件")
        if not data.endswith(_END):
            return None
        try:
            content = json.loads(data)
            intact = content.pop("sha256") == _checksum(content)
        except (ValueError, KeyError, AttributeError, TypeError):
            intact = False
        if not intact or content.get("seq") != _number(path):
            return Fault(path, "已损坏", "从备份恢复这个文件")
        if content.get("format") not in (1, FORMAT) or content.get("kind") not in KINDS:
            return Fault(path, "是更新版本的程序写的", "升级后再用")
        if content["format"] == 1:
            content = format1.upgraded(content, self.folder.parent / SUBMISSIONS)
        return Entry(content["seq"], content["kind"], content)

    def lost(self, read: Sequence[Entry | Fault | None]) -> list[Fault]:
        """Entries that others follow and that are not there, of what was `read` from all files."""
        entries = [one for one in read if isinstance(one, Entry)]
        there = {0, *(entry.seq for entry in entries), *(_number(one.path) for one in read if isinstance(one, Fault))}
        missed = {entry.content.get("follows", 0) for entry in entries} - there
        paths = [self.folder / _name(seq) for seq in sorted(missed)]
        return [Fault(path, "丢失或者不完整", "从备份恢复这个文件") for path in paths]

    def _next_number(self) -> int:
        """One more than the last; a last entry that breaks off may be another's who is still writing."""
        for _ in range(_MOMENTS):
            files = self.files()
            if not files or self.read(files[-1]) is not None:
                break
            time.sleep(_MOMENT)
        return 1 + max((_number(path) for path in files), default=0)


def _number(path: Path) -> int:
    return int(path.name[:8])


def _name(seq: int) -> str:
    return f"{seq:08d}.json"


def _encode(entry: Entry) -> bytes:
    content = {"format": FORMAT, **entry.content, "seq": entry.seq}
    return _dump({**content, "sha256": _checksum(content)}) + b"\n"


def _checksum(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(_dump(content)).hexdigest()


def _dump(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
