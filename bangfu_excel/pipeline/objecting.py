"""A filled-in 登记簿 taken back: objections and what came of them, and townships that had nothing to report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bangfu_excel.core.period import Period
from bangfu_excel.core.submitters import submitter_key
from bangfu_excel.errors import UsageError
from bangfu_excel.merge import Registry, opened
from bangfu_excel.merge.recording import Record
from bangfu_excel.pipeline.handed_in import refuse
from bangfu_excel.pipeline.office_book import Form, Line, each_line, lines_of
from bangfu_excel.pipeline.office_words import day_of, one_of, required
from bangfu_excel.pipeline.registered_rows import HOUSEHOLD, Clue, RegisteredRows
from bangfu_excel.pipeline.reporting import reported
from bangfu_excel.pipeline.settings import Settings, load_settings, make_spec
from bangfu_excel.pipeline.which_record import clue_text, found
from bangfu_excel.profile.toml import did_you_mean
from bangfu_excel.write import objection_book as book

_FORMS = (
    Form(
        book.OBJECTIONS, book.HEADINGS[book.OBJECTIONS],
        (book.HELPER, book.DAY, book.MATTER, book.SAID, book.OUTCOME, book.REVIEWER, book.REVIEWED), (book.MATTER, book.OUTCOME),
    ),
    Form(
        book.NIL, book.HEADINGS[book.NIL], (*book.GIVEN, book.SIGNED_BY, book.RECEIVED, book.ENTERED_BY),
        (book.TOWNSHIP, book.SIGNED_BY),
    ),
)  # fmt: skip
_HELPERS = (("pairing", "helper_name", "helper_unit"), ("helper", "name", "unit"), ("visit", "visitors", "helper_unit"))
"""Where a helper is looked for: table, field of his name, field of his unit."""


@dataclass(frozen=True)
class Objected:
    """What a 登记簿 brought in. batches: ids of the entries, each of which can be undone · known: lines taken before."""

    batches: tuple[str, ...]
    objections: int
    nil: int
    known: int


def record_objections(
    file: str | Path,
    registry: Registry | str | Path,
    *,
    profile: str | Path | None = None,
    received: dt.date | str | None = None,
) -> Objected:
    """Take the filled-in 登记簿 into the registry: objections with their outcomes, and townships with nothing to report.

    It changes no figure: an accepted objection is shown beside what it is about until a 补报 or a correction has been made.
    All lines count or none: `UsageError` names the cells that are wrong. A line that was taken before is passed over.
    """
    path = Path(file)
    store = opened(registry)
    settings = load_settings(make_spec("default", profile, received, None))
    lines = [
        one
        for one in lines_of(path, _FORMS, book.TITLE, "空白的用 bangfu papers 生成")
        if not set(one.cells) <= set(book.GIVEN)
    ]
    if not lines:
        raise UsageError(f"“{path.name}”里一行也没有填，请在“{book.OBJECTIONS}”或“{book.NIL}”表里填好再运行")
    said = {str(record.get("line", "")) for entry in store.state.office for record in entry.content["records"]}
    new = [line for line in lines if line.digest not in said]
    registered = RegisteredRows(store, settings.tables)
    objections, wrong = each_line(_of(new, book.OBJECTIONS), lambda line: _objection(line, registered, settings))
    nil, also = each_line(_of(new, book.NIL), lambda line: _nil(line, store, settings))
    refuse(path.name, [*wrong, *also], "一行也没有记")
    taken = {"objection": objections, "nil": nil}
    batches = [
        store.record(kind, records, received=settings.spec.as_of, file=path.name) for kind, records in taken.items()
    ]
    return Objected(tuple(filter(None, batches)), len(objections), len(nil), len(lines) - len(new))


def _of(lines: Sequence[Line], form: str) -> list[Line]:
    return [line for line in lines if line.form == form]


def _objection(line: Line, registered: RegisteredRows, settings: Settings) -> Record:
    helper = _helper(line, registered, settings)
    household = _household(line, registered, settings)
    matter, outcome = one_of(line, book.MATTER, book.MATTERS), one_of(line, book.OUTCOME, book.OUTCOMES)
    day, said = day_of(line, book.DAY, settings), required(line, book.SAID)
    if outcome == book.ACCEPTED:
        required(line, book.EVIDENCE)
        if matter == book.NOT_COUNTED and not household:
            raise line.mistake(
                book.HOUSEHOLD,
                f"没有填：异议成立、要计入一次走访的，请写明是哪一户（“{book.HOUSEHOLD}”或“{book.HEAD}”）",
            )
    return {
        "helper": helper, "household": household, "date": day, "matter": matter, "said": said, "evidence": line.text(book.EVIDENCE),
        "outcome": outcome, "how": line.text(book.HOW), "reviewer": required(line, book.REVIEWER),
        "reviewed": day_of(line, book.REVIEWED, settings), "place": line.place(book.OUTCOME), "line": line.digest,
    }  # fmt: skip


def _helper(line: Line, registered: RegisteredRows, settings: Settings) -> str:
    """The key of the helper who is named, by his unit where others are called the same."""
    required(line, book.HELPER)
    keys: set[str] = set()
    for name, person, unit in _HELPERS:
        table, rows = settings.tables[name], registered.rows(name)
        fields = {book.HELPER: table[person]} | ({book.UNIT: table[unit]} if line.text(book.UNIT) else {})
        clues = [Clue(head, clue_text(line, head, field, settings), field.name) for head, field in fields.items()]
        told = rows["_helper"][registered.fitting(name, clues)].dropna()
        keys |= {str(key) for key in told if "、" not in str(key)}  # of several on a row nobody knows which
        if keys:
            break
    if not keys:
        raise line.mistake(book.HELPER, f"填的是“{line.text(book.HELPER)}”，台账库里没有这名帮扶人，请核对姓名和单位")
    if len(keys) > 1:
        raise line.mistake(book.UNIT, f"：叫“{line.text(book.HELPER)}”的帮扶人有{len(keys)}名，请写明“{book.UNIT}”")
    return keys.pop()


def _household(line: Line, registered: RegisteredRows, settings: Settings) -> str:
    """The key of the household that is named, "" where none is."""
    table = settings.tables[HOUSEHOLD]
    fields = {book.HOUSEHOLD: table["household_id"], book.HEAD: table["head_name"]}
    given = {heading: field for heading, field in fields.items() if line.text(heading)}
    if not given:
        return ""
    clues = [Clue(head, clue_text(line, head, field, settings), field.name) for head, field in given.items()]
    more = {heading: field.name for heading, field in fields.items() if heading not in given}
    at = found(line, registered, HOUSEHOLD, clues, more)
    return str(registered.rows(HOUSEHOLD)["_key"].iat[at])


def _nil(line: Line, store: Registry, settings: Settings) -> Record:
    township, scheme = required(line, book.TOWNSHIP), required(line, book.SCHEME)
    try:
        period = Period.parse(required(line, book.PERIOD)).text
    except UsageError as error:
        raise line.mistake(book.PERIOD, f"：{error}") from error
    known = {submitter_key(name): name for name in settings.townships}
    if known and submitter_key(township) not in known:
        hint = did_you_mean(township, list(known.values()))
        raise line.mistake(book.TOWNSHIP, f"填的是“{township}”，不在本县应报的乡镇里{hint}")
    if submitter_key(township) in reported(store, scheme, period):
        raise line.mistake(book.TOWNSHIP, f"：{township}{period}已经报了，不用再登记零报告")
    return {
        "township": township, "period": period, "scheme": scheme, "signed_by": required(line, book.SIGNED_BY),
        "reported": day_of(line, book.RECEIVED, settings), "entered_by": required(line, book.ENTERED_BY),
        "remark": line.text(book.REMARK), "place": line.place(book.SIGNED_BY), "line": line.digest,
    }  # fmt: skip
