"""What can be wrong with one submission or announcement on the disk: hashes and counts computed anew, nothing repaired."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from bangfu_excel.core.rows import ADDS, Outcome
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge.journal import Entry
from bangfu_excel.merge.parquet import digest, read_arrow, to_frame
from bangfu_excel.merge.state import Registered
from bangfu_excel.merge.submission import counts_of, covered, identity_of, read_description, read_table
from bangfu_excel.merge.units import spread

DAMAGE, NOTICE = "damage", "notice"
RESTORE = "从备份恢复这个文件"
RESTORE_FOLDER = "从备份恢复整个文件夹"

Key = tuple[str, str]
"""A table and a key of it."""


class Problem(NamedTuple):
    """Something that is not as it should be, or that nobody needs: how bad, where below the registry, what, what to do."""

    severity: str
    place: str
    problem: str
    advice: str


@dataclass(frozen=True)
class Looked:
    """What was found in one folder: its problems, the files and rows that were read, and which of the keys asked for it has."""

    problems: tuple[Problem, ...]
    files: int = 0
    rows: int = 0
    keys: frozenset[Key] = field(default=frozenset())


def look_at_submission(folder: Path, claims: Sequence[Registered], asked: Collection[Key]) -> Looked:
    """A submission against what the journal's entries say of it."""
    where = f"submissions/{folder.name}"
    if not folder.is_dir():
        files = "、".join(dict.fromkeys(one.file for one in claims))
        return Looked((Problem(DAMAGE, where, f"文件“{files}”入库的证据整个不在了", RESTORE_FOLDER),))
    problems: list[Problem] = []
    description = _description(folder, problems)
    names = sorted({*description.get("rows", {}), *(table for one in claims for table in one.accepted)})
    tables = {name: rows for name in names if (rows := _table(folder, name, problems)) is not None}
    if description:
        problems += _disagreements(folder, description, tables, claims)
        if len(tables) == len(names) and not problems:
            problems += _other_identity(folder, description, tables)
    problems += _unread(folder, folder / "findings.parquet")
    return Looked(
        tuple(problems),
        files=len(tables) + 2,
        rows=sum(rows.num_rows for rows in tables.values()),
        keys=frozenset(key for name, rows in tables.items() for key in _among(rows, name, asked)),
    )


def look_at_issue(folder: Path, entry: Entry) -> Looked:
    """The rows that an announcement counted against its entry."""
    problems: list[Problem] = []
    files = rows = 0
    for name, number in entry.content["rows"].items():
        path = folder / f"{name}.parquet"
        try:
            found = read_arrow(path)
            same = (found.num_rows, digest(found)) == (number, entry.content["digests"][name])
        except _UNREADABLE:
            problems.append(_cannot_be_read(path, f"issued/{folder.name}"))
            continue
        files, rows = files + 1, rows + found.num_rows
        if not same:
            said = f"与印发时的内容不一样（印发时{number}行，现在{found.num_rows}行）"
            problems.append(Problem(DAMAGE, f"issued/{folder.name}/{path.name}", said, RESTORE))
    return Looked(tuple(problems), files, rows)


_UNREADABLE = (RegistryError, KeyError, ValueError, TypeError, NotImplementedError, pa.ArrowException, OSError)
"""What reading a Parquet file raises that is not what it was."""


def _description(folder: Path, problems: list[Problem]) -> Mapping[str, Any]:
    """What submission.json says, complete; nothing where it cannot be used, which `problems` then tells."""
    try:
        description = read_description(folder)
    except RegistryError as error:
        place = f"submissions/{folder.name}/submission.json"
        newer = "更新版本" in str(error)
        what = "是更新版本的程序写的" if newer else "缺失，或者读不出来"
        problems.append(Problem(DAMAGE, place, what, "升级程序后再查" if newer else RESTORE))
        return {}
    if not _complete(description):
        problems.append(Problem(DAMAGE, f"submissions/{folder.name}/submission.json", "内容不全", RESTORE))
        return {}
    return description


def _complete(description: Mapping[str, Any]) -> bool:
    """Whether all is there that the check reads, of its type."""
    texts = all(isinstance(description.get(name), str) for name in ("id", "sha256", "scheme", "period"))
    rows = description.get("rows")
    return (
        texts
        and isinstance(rows, dict)
        and all(isinstance(counts, dict) for counts in rows.values())
        and isinstance(description.get("regions"), list)
    )


def _table(folder: Path, name: str, problems: list[Problem]) -> pa.Table | None:
    try:
        rows = read_table(folder, name)
        rows.select(["_outcome", "_key", "_region"])
    except _UNREADABLE:
        problems.append(_cannot_be_read(folder / f"{name}.parquet", f"submissions/{folder.name}"))
        return None
    return rows


def _unread(folder: Path, path: Path) -> Iterator[Problem]:
    try:
        read_arrow(path)
    except _UNREADABLE:
        yield _cannot_be_read(path, f"submissions/{folder.name}")


def _cannot_be_read(path: Path, where: str) -> Problem:
    return Problem(DAMAGE, f"{where}/{path.name}", "读不出来" if path.exists() else "不在了", RESTORE)


def _disagreements(
    folder: Path, description: Mapping[str, Any], tables: Mapping[str, pa.Table], claims: Sequence[Registered]
) -> Iterator[Problem]:
    """Where the description, the rows and the entries do not say the same."""
    where = f"submissions/{folder.name}"
    for claim in claims:
        stated = (
            description.get("id"),
            description.get("sha256"),
            description.get("scheme"),
            description.get("period"),
        )
        if stated != (claim.id, claim.sha256, claim.scheme, claim.period):
            what = f"写的文件、方案或统计期与日志里批次“{claim.batch}”的不一样"
            yield Problem(DAMAGE, f"{where}/submission.json", what, RESTORE)
    regions = len(description["regions"])
    for name, rows in tables.items():
        place = f"{where}/{name}.parquet"
        frame = to_frame(rows.select([n for n in ("_outcome", "_unit", "_region", ADDS) if n in rows.column_names]))
        accepted = frame[frame["_outcome"] == Outcome.ACCEPTED]
        written = description["rows"].get(name)
        if counts_of(frame["_outcome"]) != written or any(one.accepted.get(name) != len(accepted) for one in claims):
            noted = "、".join(sorted({str(one.accepted.get(name, 0)) for one in claims}))
            what = f"行数不对：收下{len(accepted)}行，共{len(frame)}行；入库时收下{noted}行，共{sum((written or {}).values())}行"
            yield Problem(DAMAGE, place, what, RESTORE)
        said = (spread(frame["_unit"]), covered(accepted))
        if any(one.units and (one.units.get(name), one.covers.get(name)) != said for one in claims):
            yield Problem(DAMAGE, place, "各行所在的村或月份与日志记的不一样", RESTORE)
        if not frame["_region"].between(0, regions - 1).all():
            yield Problem(DAMAGE, place, "有的行说不出来自哪张表", RESTORE_FOLDER)


def _other_identity(folder: Path, description: Mapping[str, Any], tables: Mapping[str, pa.Table]) -> Iterator[Problem]:
    about = (description["sha256"], description["scheme"], description["period"])
    if identity_of(*about, tables) != folder.name:
        what = "内容与编号对不上，入库以后被改动过"
        yield Problem(DAMAGE, f"submissions/{folder.name}", what, RESTORE_FOLDER)


def _among(rows: pa.Table, table: str, asked: Collection[Key]) -> set[Key]:
    wanted = [key for name, key in asked if name == table]
    if not wanted:
        return set()
    found = rows["_key"].filter(pc.is_in(rows["_key"], pa.array(wanted, rows["_key"].type)))
    return {(table, key) for key in found.unique().to_pylist()}
