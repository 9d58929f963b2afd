"""The journal: one small file an event, in order, never rewritten. What it does not name does not exist.

An entry is a JSON object `{"format": 2, "seq": …, "kind": …, …, "sha256": …}` on one line; the checksum covers the other
members. A file that breaks off before its end was torn by a crash: it is not there, and the next entry takes the next
number. A file that is complete but does not fit its checksum was damaged: that is said, never passed over. Entries of format 1
are read as what they would say in format 2.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import format1
from bangfu_excel.merge.storage import create, make_folder

FORMAT = 2
KINDS = ("import", "confirm", "decide", "correct", "event", "issue", "withdraw", "restore")
OFFICE = ("decide", "correct", "event")
"""Kinds of what the county office itself has said: an entry lists its `records`."""

_NAME = re.compile(r"(\d{8})\.json")
_END = b"}\n"

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
class Journal:
    """The journal in `folder`; a folder that is not there is an empty journal."""

    folder: Path

    def entries(self) -> tuple[Entry, ...]:
        """All entries, oldest first. Damaged ones and kinds of a later version raise `RegistryError`."""
        found = (self._read(path) for path in self._paths())
        return tuple(entry for entry in found if entry is not None)

    def append(self, decide: Callable[[tuple[Entry, ...], int], Mapping[str, Any] | None]) -> Entry | None:
        """The entry that `decide(entries so far, its number)` asks for, committed; None if it asks for none.

        Where another writer was faster, `decide` is asked again about the journal as it then is.
        """
        while True:
            paths = self._paths()
            seq = 1 + max((_number(path) for path in paths), default=0)
            content = decide(self.entries(), seq)
            if content is None:
                return None
            entry = Entry(seq, str(content["kind"]), content)
            make_folder(self.folder)
            try:
                create(self.folder / f"{seq:08d}.json", _encode(entry))
            except FileExistsError:
                continue
            return entry

    def _paths(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return sorted(path for path in self.folder.iterdir() if _NAME.fullmatch(path.name))

    def _read(self, path: Path) -> Entry | None:
        data = path.read_bytes()
        if not data.endswith(_END):
            return None
        try:
            content = json.loads(data)
            intact = content.pop("sha256") == _checksum(content)
        except (ValueError, KeyError, AttributeError):
            intact = False
        if not intact or content.get("seq") != _number(path):
            raise RegistryError(f"台账库的日志“{path}”已损坏，请从备份恢复这个文件")
        if content.get("format") not in (1, FORMAT) or content.get("kind") not in KINDS:
            raise RegistryError(f"台账库的日志“{path}”是更新版本的程序写的，请升级后再用")
        if content["format"] == 1:
            content = format1.upgraded(content, self.folder.parent / SUBMISSIONS)
        return Entry(content["seq"], content["kind"], content)


def _number(path: Path) -> int:
    return int(path.name[:8])


def _encode(entry: Entry) -> bytes:
    content = {"format": FORMAT, **entry.content, "seq": entry.seq}
    return _dump({**content, "sha256": _checksum(content)}) + b"\n"


def _checksum(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(_dump(content)).hexdigest()


def _dump(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
