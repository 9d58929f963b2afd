"""Unknown headers of an inbox, listed in a workbook for a clerk to confirm."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bangfu_excel.core.table import Table
from bangfu_excel.engine import Engine, Progress, map_items
from bangfu_excel.errors import OutputError
from bangfu_excel.headers import UnknownHeader, unknown_headers
from bangfu_excel.pipeline.checking import SMALL_INBOX, file_size
from bangfu_excel.pipeline.files import FileJob
from bangfu_excel.pipeline.own_marks import is_own_list, own_book_finding, without_notes
from bangfu_excel.pipeline.settings import Settings, load_settings, make_spec
from bangfu_excel.read import read_file
from bangfu_excel.read.inbox import open_inbox
from bangfu_excel.write.header_book import HeaderRow, write_header_book

_PLACES = 3
_EXAMPLES = 3
_SHEETS = 2000  # numbers of sheets that a cell has room for


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found: files read, unknown headers, and the workbook (None where there is nothing to confirm)."""

    files: int
    headers: int
    path: Path | None


def survey_headers(
    inbox: str | Path,
    out: str | Path,
    *,
    scheme: str | Path = "default",
    profile: str | Path | None = None,
    engine: Engine = "processes",
    jobs: int | None = None,
    progress: Progress | None = None,
    passwords: Iterable[str] = (),
) -> Survey:
    """The headers under `inbox` that no table knows, in a workbook `out` for a clerk to confirm; without any, no workbook.

    `OutputError` where `out` is there already: somebody may have filled it in.
    """
    spec = make_spec(scheme, profile, None, None)
    settings = load_settings(spec)
    path = Path(out)
    if path.exists():
        raise OutputError(f"“{path}”已经存在，可能有人填过，没有改动；请用 -o 换一个文件名，或先把它移走")
    if Path(inbox).resolve() in path.resolve().parents:
        raise OutputError(f"“{path}”在要处理的文件夹“{inbox}”里面，请用 -o 换一个位置")
    with open_inbox(Path(inbox), settings.limits, tuple(passwords)) as contents:
        work = [FileJob(spec, file, name, tuple(passwords)) for file, name in contents.files]
        small = engine == "processes" and sum(file_size(job.path) for job in work) < SMALL_INBOX
        found: dict[int, tuple[UnknownHeader, ...]] = {}
        for done in map_items(_of_file, work, engine="serial" if small else engine, jobs=jobs):
            found[done.index] = done.result or ()
            if progress:
                progress(len(found), len(work), work[done.index].name)
    unknown = [one for index in sorted(found) for one in found[index]]
    rows = header_rows(unknown, settings)
    if rows:
        write_header_book(path, rows, field_labels(settings), as_of=spec.as_of)
    return Survey(len(work), len(rows), path if rows else None)


def _of_file(job: FileJob) -> tuple[UnknownHeader, ...]:
    """The unknown headers of one file; what cannot be read has none (`check` says why)."""
    settings = load_settings(job.spec)
    raw, _ = read_file(job.path, job.name, settings.limits, job.passwords)
    tables = tuple(settings.tables.values())
    return tuple(
        unknown
        for sheet in (raw.sheets if raw and not own_book_finding(raw) else ())
        if not is_own_list(sheet)
        for unknown in unknown_headers(job.name, without_notes(sheet), tables, settings.to_match)
    )


def field_labels(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Table → the columns that a header of it may be."""
    return {name: tuple(f.label for f in table.fields) for name, table in settings.tables.items()}


def header_rows(unknown: Sequence[UnknownHeader], settings: Settings) -> list[HeaderRow]:
    """One row a table and header, in the order of the tables and of the files."""
    numbers = {place: number for number, place in enumerate(dict.fromkeys((u.file, u.sheet) for u in unknown))}
    groups: defaultdict[tuple[str, str], list[UnknownHeader]] = defaultdict(list)
    for one in unknown:
        groups[one.table, one.key].append(one)
    return [
        _row(settings.tables[name], alike, numbers)
        for name in settings.tables
        for (table, _), alike in groups.items()
        if table == name
    ]


def _row(table: Table, alike: Sequence[UnknownHeader], numbers: Mapping[tuple[str, str], int]) -> HeaderRow:
    first = alike[0]
    taken = frozenset().union(*(u.taken for u in alike))
    likely = Counter(u.likely for u in alike if u.likely and u.likely not in taken).most_common(1)
    suggested = likely[0][0] if likely else ""
    why = next((u.why for u in alike if u.likely == suggested), first.why)
    places = "\n".join(f"{u.file}{f'“{u.sheet}”' if u.sheet else ''}{u.cell}" for u in alike[:_PLACES])
    sheets = list(dict.fromkeys(numbers[u.file, u.sheet] for u in alike))[:_SHEETS]
    looks = Counter(u.look for u in alike if u.look).most_common(1)
    return HeaderRow(
        table=table.name,
        table_label=table.label,
        header=first.header,
        above=first.above,
        places=places + (f"\n等{len(alike)}处" if len(alike) > _PLACES else ""),
        count=len(alike),
        examples="\n".join(tuple(dict.fromkeys(text for u in alike for text in u.examples))[:_EXAMPLES]),
        suggested=table[suggested].label if suggested else "",
        why=why or (f"内容像{looks[0][0]}" if looks else ""),
        mark=json.dumps(
            {"table": table.name, "key": first.key, "taken": sorted(taken), "sheets": sheets}, ensure_ascii=False
        ),
    )
