"""A filled-in 冲突裁决.xlsx taken back: values and names into the registry, headers into the county's folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bangfu_excel.core.raw import RawSheet
from bangfu_excel.errors import UsageError
from bangfu_excel.link import others_known
from bangfu_excel.merge import Registry, opened
from bangfu_excel.merge.called_now import keys_now
from bangfu_excel.merge.confirmed import link_records
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import State
from bangfu_excel.pipeline.answers import Answered, Record, answers_on
from bangfu_excel.pipeline.confirmation import HeaderAnswers, header_answers, remember
from bangfu_excel.pipeline.decided_names import Recipients
from bangfu_excel.pipeline.decided_values import Disputes
from bangfu_excel.pipeline.handed_in import refuse, sheets_of
from bangfu_excel.pipeline.settings import Settings, load_settings, make_spec
from bangfu_excel.write import decision_book, header_book

_TITLES = (decision_book.CONFLICTS_TITLE, decision_book.NAMES_TITLE, header_book.TITLE)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a workbook decided.

    batch: id of the entry, which `Registry.undo` takes back, "" where nothing new was said · values, names: newly decided ·
    headers: told what they are, or not wanted · repeated: had been decided just so before · left: not decided yet · gone:
    about records that have since been joined to another or removed, and passed over · aliases: the file in the county's folder that the headers went to.
    """

    batch: str
    values: int
    names: int
    headers: int
    repeated: int
    left: int
    gone: int
    aliases: Path | None


def decide(
    file: str | Path,
    registry: Registry | str | Path,
    *,
    profile: str | Path | None = None,
    received: dt.date | str | None = None,
) -> Decided:
    """What the filled-in 冲突裁决.xlsx (or .ods) at `file` decides holds from now on, all of it or, where a cell is wrong, nothing.

    profile: the county's folder, needed where headers were answered · received: the day (default: today). Rows without an
    answer stay open; what was decided just so before is not said twice. `UsageError` names the cells that cannot be taken.
    """
    path = Path(file)
    book = opened(registry)
    sheets = _sheets(path)
    spec = make_spec("default", profile, received, None)
    settings = load_settings(spec)
    values, names = _answered(path.name, sheets, book, settings)
    refuse(path.name, [one.mistake for one in (*values, *names) if one.mistake], "什么也没有记")
    headers = _headers(path, sheets.get(header_book.TITLE), profile)
    new = [_new(part) for part in (values, names)]
    batch = book.record("decide", [*new[0], *new[1]], received=spec.as_of, file=path.name) if any(new) else ""
    remembered = remember(Path(profile), headers.confirmed) if profile and headers.confirmed else None
    told = (*values, *names)
    return Decided(
        batch=batch,
        values=len(new[0]),
        names=len(new[1]),
        headers=remembered.aliases + remembered.ignored if remembered else 0,
        repeated=sum(one.known for one in told),
        left=sum(one.left for one in told) + headers.left,
        gone=sum(one.gone for one in told),
        aliases=remembered.path if remembered else None,
    )


def _sheets(path: Path) -> Mapping[str, RawSheet]:
    """Title → sheet of questions."""
    titled = {str(sheet.cell(0, 0).value): sheet for sheet in sheets_of(path)}
    found = {title: titled[title] for title in _TITLES if title in titled}
    if not found:
        raise UsageError(f"“{path.name}”不是由 bangfu run 写出的{decision_book.NAME}，请核对")
    return found


def _answered(
    file: str, sheets: Mapping[str, RawSheet], registry: Registry, settings: Settings
) -> tuple[list[Answered], list[Answered]]:
    values, names = (sheets.get(title) for title in (decision_book.CONFLICTS_TITLE, decision_book.NAMES_TITLE))
    state = registry.state
    said_of_values: list[Answered] = []
    said_of_names: list[Answered] = []
    if values is not None:
        disputes = Disputes.of(registry, state, settings)
        rows = answers_on(file, values, decision_book.ADOPTED, frozenset({"table", "key", "field", "stated"}))
        said_of_values = [disputes.read(answer) for answer in rows]
    if names is not None:
        known = registry.known()
        others = others_known(known, settings.tables)
        recipients = Recipients.of(known.get("household"), others, link_records(state), _meant_now(registry, state))
        rows = answers_on(file, names, decision_book.MEANT, frozenset({"link", "candidates"}))
        said_of_names = [recipients.read(answer) for answer in rows]
    return said_of_values, said_of_names


def _meant_now(registry: Registry, state: State) -> Mapping[str, str]:
    """Household key of then → the household that is meant by it now, joined ones included."""
    if not state.steps:
        return {}
    renames = Renames.of(registry.submissions, state)
    return {key: renames.recipient(key) for key in keys_now(registry.submissions, state, "household")}


def _headers(path: Path, sheet: RawSheet | None, profile: str | Path | None) -> HeaderAnswers:
    """The headers that were answered; `UsageError` where they cannot be taken, or there is no folder to remember them in."""
    if sheet is None:
        return HeaderAnswers((), 0)
    found = header_answers(path, sheet, profile)
    if found.confirmed and profile is None:
        raise UsageError(
            f"“{path.name}”里确认了表头，请加上 --profile 写明本县设置文件夹，确认的表头要记在里面；还没有的先用 bangfu init 建立；什么也没有记"
        )
    return found


def _new(answered: Iterable[Answered]) -> list[Record]:
    return [one.record for one in answered if one.record is not None and not one.known]
