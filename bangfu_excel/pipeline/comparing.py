"""A list of another department compared with what is registered: differences in a workbook, nothing taken over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from bangfu_excel.core.comparison import Comparison, ListKind
from bangfu_excel.domain.department_lists import COMPARED, LIST_KINDS, listed_table
from bangfu_excel.domain.identity import GONE
from bangfu_excel.errors import OutputError, UsageError
from bangfu_excel.link import find_differences, match_list, registered_people, still_here, who_is_missing
from bangfu_excel.merge import Registry, opened
from bangfu_excel.pipeline.compared import Compared
from bangfu_excel.pipeline.compared_notes import account_of_ours, notes_of
from bangfu_excel.pipeline.listed import WHO, read_list
from bangfu_excel.pipeline.settings import Settings, load_settings, make_spec
from bangfu_excel.pipeline.target import Target
from bangfu_excel.write.compare_book import write_comparison

RESULT = "比对结果.xlsx"
_ALWAYS = (*WHO, "household_id", "head_name", "disability_cert", "status", *COMPARED)


def compare(
    path: str | Path,
    registry: Registry | str | Path,
    out: str | Path,
    *,
    kind: str | None = None,
    profile: str | Path | None = None,
    date: dt.date | str | None = None,
    passwords: Iterable[str] = (),
    masked: bool = False,
) -> Comparison:
    """The list at `path` (a file, a folder or a zip, in whatever layout) compared with who is registered; writes `out`/比对结果.xlsx.

    kind: what the list is of (低保, 残疾, 学籍, 死亡), which decides whom we have and they have not · date: of the list ·
    passwords: tried on files that do not open without one · masked: names and numbers as outsiders may see them.
    The registry is only read. Raises `UsageError`, never for what the list says.
    """
    chosen = _kind(kind)
    spec = make_spec("default", profile, date, None)
    settings = load_settings(spec)
    target = Target.prepared(Path(out), Path(path))
    if target.folder / RESULT == Path(path).resolve():
        raise OutputError(f"“{path}”正是要写的结果文件，请用 -o 换一个文件夹")
    book = opened(registry)
    table = listed_table(settings.tables["member"], settings.tables["household"], chosen)
    listed = read_list(Path(path), table, settings, tuple(passwords))
    people = _registered(book, chosen, settings)
    matches = match_list(listed.rows, people)
    compared = Compared(listed, people, matches, _judging(chosen, people), settings.tables["member"], masked)
    found = _found(Path(path).name, compared, chosen, spec.as_of if date else None)
    return replace(found, path=write_comparison(found, target.folder / RESULT, as_of=spec.as_of))


def _kind(name: str | None) -> ListKind | None:
    if name is not None and name not in LIST_KINDS:
        raise UsageError(f"没有“{name}”这种名单，可以写：{'、'.join(LIST_KINDS)}")
    return LIST_KINDS[name] if name else None


def _registered(registry: Registry, kind: ListKind | None, settings: Settings) -> pd.DataFrame:
    fields = dict.fromkeys((*_ALWAYS, *_of_kind(kind)))
    rows = registry.snapshot(settings.tables[name] for name in ("member", "household"))
    return registered_people(rows["member"], rows["household"], tuple(fields))


def _of_kind(kind: ListKind | None) -> tuple[str, ...]:
    return (*([kind.mark] if kind.mark else []), *kind.compares) if kind else ()


def _judging(kind: ListKind | None, people: pd.DataFrame) -> ListKind | None:
    """The kind where we know who belongs to it: without any mark nobody can be said to lack one."""
    known = kind is not None and bool(kind.mark) and (kind.leaves or bool(people[kind.mark].notna().any()))
    return kind if known else None


def _found(name: str, compared: Compared, kind: ListKind | None, date: dt.date | None) -> Comparison:
    rows, people, matches, judged = compared.listed.rows, compared.people, compared.matches, compared.kind
    fields = tuple(dict.fromkeys((*COMPARED, *_of_kind(kind))))
    if judged is not None and judged.leaves:
        fields = tuple(field for field in fields if field != judged.mark)
    differences = find_differences(rows, people, matches, fields, judged)
    ours = None
    if judged is None:
        ours_only = compared.ours_only(())
    elif judged.leaves:
        here = still_here(rows, people, matches, judged)
        ours_only = compared.ours_only(here["ours"].tolist(), here["at"].tolist())
    else:
        ours = who_is_missing(rows, people, matches, judged, frozenset(GONE))
        ours_only = compared.ours_only(ours.absent.tolist())
    return Comparison(
        list_name=name,
        kind=kind,
        date=date,
        theirs_only=compared.theirs_only(),
        ours_only=ours_only,
        differences=compared.differences(differences),
        pending=compared.pending(),
        unusable=compared.unusable(),
        account=compared.account,
        ours_account=account_of_ours(ours),
        notes=notes_of(compared, kind, date, fields, ours),
        trouble=compared.listed.trouble,
        left_out=compared.listed.left_out,
        stated_dates=compared.listed.dates,
    )
