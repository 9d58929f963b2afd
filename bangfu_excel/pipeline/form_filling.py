"""The superior's own form, filled in by a mapping that a clerk wrote: checked first, then written whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bangfu_excel.core.address import cell_name
from bangfu_excel.errors import UsageError
from bangfu_excel.merge import Registry, opened
from bangfu_excel.pipeline.form_asked import Asked, sources_of
from bangfu_excel.pipeline.form_mapping import FormMapping, read_mapping
from bangfu_excel.pipeline.form_places import Listed, Place, faults, lists, no_room
from bangfu_excel.pipeline.form_relations import BROKEN, UNCHECKED, Checked, FilledForm
from bangfu_excel.pipeline.form_values import Answer, Answers, UnansweredError, undivided
from bangfu_excel.pipeline.handed_in import refuse
from bangfu_excel.pipeline.settings import Settings, load_settings, make_spec
from bangfu_excel.pipeline.target import Target
from bangfu_excel.write import form_mapping_book as book
from bangfu_excel.write.form_filled import Filled, Value, write_filled
from bangfu_excel.write.form_mapping_book import write_mapping_book
from bangfu_excel.write.form_report import write_report
from bangfu_excel.write.form_sheets import FormBook
from bangfu_excel.write.ledger_areas import COUNTY
from bangfu_excel.write.names import file_name
from bangfu_excel.write.occasion import Occasion

FOLDER = "上报"
_REPORT = "_填报说明"
_UNASKED = "这一版表式没有这一格：未采集"
_EMPTY = "没有一条填了数，空着"


@dataclass(frozen=True)
class FilledIn:
    """What came of filling a form for an area. path, report: None where cells do not stand as they are to and nothing was written.

    cells, rows: filled one by one, and of lists · blank: cells for which there was nothing · left_out: 未采集.
    """

    area: str
    path: Path | None
    report: Path | None
    cells: int
    rows: int
    blank: int
    left_out: int
    checked: tuple[Checked, ...]

    @property
    def broken(self) -> tuple[Checked, ...]:
        return tuple(one for one in self.checked if one.state == BROKEN)

    @property
    def unchecked(self) -> int:
        return sum(one.state == UNCHECKED for one in self.checked)


def mapping_book(
    path: str | Path, *, form: str | Path | None = None, profile: str | Path | None = None, as_of: dt.date | None = None
) -> Path:
    """A blank 填表对应.xlsx at `path`, with drop-downs of tables and columns, and of the form's sheets where it is given."""
    settings = load_settings(make_spec("default", profile, as_of, None))
    sheets = tuple(FormBook.opened(Path(form)).sheets) if form is not None else ()
    return write_mapping_book(Path(path), sources_of(settings), sheets, as_of=settings.spec.as_of)


def fill_form(
    form: str | Path,
    mapping: str | Path,
    registry: Registry | str | Path,
    out: str | Path,
    *,
    last: str | Path | None = None,
    accept: bool = False,
    scheme: str | Path = "default",
    profile: str | Path | None = None,
    as_of: dt.date | str | None = None,
    period: str | None = None,
) -> FilledIn:
    """The superior's workbook with what is registered in its cells, below `out`/上报, and a workbook that says from where.

    last: the form as it was filled in for the last period, which relations may name · accept: write it even where a relation
    does not hold. `UsageError` where the form or the mapping cannot be used, with the first cells at fault.
    """
    settings = load_settings(make_spec(scheme, profile, as_of, period))
    book, read, answers = _asked(Path(form), Path(mapping), registry, settings)
    before = FormBook.opened(Path(last)) if last is not None else None
    work = _Work.of(book, read, answers, Path(mapping).name)
    (done,) = _filled_in([(work, work.checked(before))], Path(form), Path(out), accept=accept)
    return done


def fill_form_by_township(
    form: str | Path,
    mapping: str | Path,
    registry: Registry | str | Path,
    out: str | Path,
    *,
    last: str | Path | None = None,
    accept: bool = False,
    scheme: str | Path = "default",
    profile: str | Path | None = None,
    as_of: dt.date | str | None = None,
    period: str | None = None,
) -> tuple[FilledIn, ...]:
    """The same workbook for each township, of what is its own: all of them, or none where cells of one do not stand as they are to.

    last: the folder in which the last period's lie.
    """
    settings = load_settings(make_spec(scheme, profile, as_of, period))
    book, read, answers = _asked(Path(form), Path(mapping), registry, settings)
    refuse(Path(mapping).name, undivided(read.cells), "没有填表")
    if last is not None and not Path(last).is_dir():
        raise UsageError(f"一个乡镇填一份时，--last 要写上期那些表所在的文件夹，“{last}”不是文件夹")
    works = []
    for township in answers.townships():
        work = _Work.of(book, read, answers.of_township(township), Path(mapping).name)
        works.append((work, work.checked(_last_of(last, Path(form), township))))
    if not works:
        raise UsageError("台账库里没有一条记录写明乡镇，不能一个乡镇填一份")
    return _filled_in(works, Path(form), Path(out), accept=accept)


def _asked(
    form: Path, mapping: Path, registry: Registry | str | Path, settings: Settings
) -> tuple[FormBook, FormMapping, Answers]:
    book = FormBook.opened(form)
    read = read_mapping(mapping, settings, tuple(book.sheets))
    return book, read, Answers.of(opened(registry), settings, read.cells)


def _last_of(folder: str | Path | None, form: Path, township: str) -> FormBook | None:
    """The township's form of the last period, the latest where there are several."""
    if folder is None:
        return None
    begins = f"{file_name(form.stem)}_{file_name(township)}_"
    found = [path for path in Path(folder).iterdir() if path.name.startswith(begins) and _REPORT not in path.stem]
    return FormBook.opened(max(found)) if found else None


def _filled_in(
    works: Sequence[tuple[_Work, tuple[Checked, ...]]], form: Path, out: Path, *, accept: bool
) -> tuple[FilledIn, ...]:
    broken = any(one.state == BROKEN for _, checked in works for one in checked)
    if broken and not accept:
        return tuple(work.told(None, None, checked) for work, checked in works)
    folder = Target.prepared(out).folder / FOLDER
    return tuple(work.written(form, folder, checked) for work, checked in works)


@dataclass(frozen=True)
class _Work:
    """A form about to be filled in. single: cell → what goes there · listed: lists of rows."""

    form: FormBook
    mapping: FormMapping
    answers: Answers
    single: Mapping[Place, tuple[Asked, Answer]]
    listed: tuple[Listed, ...]
    left_out: tuple[Asked, ...]

    @classmethod
    def of(cls, form: FormBook, mapping: FormMapping, answers: Answers, name: str) -> _Work:
        """`UsageError` where a cell cannot be filled in, or has no one value."""
        day = answers.settings.spec.as_of
        asked = [cell for cell in mapping.cells if mapping.asked_on(cell, day)]
        refuse(name, faults(asked, form), "没有填表")
        listed = lists(asked, answers)
        taken = {(cell.sheet, cell.row, cell.column): cell for cell in asked}
        refuse(name, no_room(listed, taken, form), "没有填表")
        single, mistakes = _answered([cell for cell in asked if cell.method != book.EACH_ROW], answers)
        refuse(name, mistakes, "没有填表")
        left_out = tuple(cell for cell in mapping.cells if not mapping.asked_on(cell, day))
        return cls(form, mapping, answers, single, listed, left_out)

    @property
    def settings(self) -> Settings:
        return self.answers.settings

    def values(self) -> dict[Place, Value]:
        found = {place: answer.value for place, (_, answer) in self.single.items() if answer.value is not None}
        for one in self.listed:
            found |= {(one.cells[0].sheet, *place): value for place, value in one.values(self.answers)}
        return found

    def filled(self, last: FormBook | None) -> FilledForm:
        left_out = frozenset((cell.sheet, cell.row, cell.column) for cell in self.left_out)
        before = self.settings.spec.period.start - dt.timedelta(days=1)
        return FilledForm(self.form, self.values(), self.mapping, left_out, last, before)

    def checked(self, last: FormBook | None) -> tuple[Checked, ...]:
        filled = self.filled(last)
        return tuple(filled.check(one) for one in self.mapping.relations)

    def written(self, source: Path, folder: Path, checked: tuple[Checked, ...]) -> FilledIn:
        spec = self.settings.spec
        township = self.answers.township
        area = file_name(township or self.settings.county or COUNTY)
        stem = f"{file_name(source.stem)}_{area}_{spec.period.text}_{spec.as_of:%Y%m%d}"
        path = folder / f"{stem}{source.suffix.lower()}"
        write_filled(self.form, self._by_sheet(), path, spec.as_of)
        occasion = Occasion(self.settings.scheme.title, spec.period, spec.as_of, county=self.settings.county)
        report = write_report(
            folder / f"{stem}{_REPORT}.xlsx", list(self._lines()), [_relation_line(one) for one in checked],
            title=source.stem, lead=occasion.lead(township or COUNTY), as_of=spec.as_of,
        )  # fmt: skip
        return self.told(path, report, checked)

    def told(self, path: Path | None, report: Path | None, checked: tuple[Checked, ...]) -> FilledIn:
        said = [answer.value is not None for _, answer in self.single.values()]
        rows = sum(len(one.rows) for one in self.listed)
        return FilledIn(
            self.answers.township or COUNTY,
            path,
            report,
            sum(said),
            rows,
            len(said) - sum(said),
            len(self.left_out),
            checked,
        )

    def _by_sheet(self) -> dict[str, Filled]:
        values, results = self.values(), self.filled(None).results()
        like = {
            (cell.sheet, cell.row + at, cell.column): (cell.row, cell.column)
            for one in self.listed
            for cell in one.cells
            for at in range(1, len(one.rows))
        }
        return {
            name: Filled(
                {place[1:]: value for place, value in values.items() if place[0] == name},
                {place[1:]: first for place, first in like.items() if place[0] == name},
                results[name],
            )
            for name in self.form.sheets
        }

    def _lines(self) -> Iterator[tuple[object, ...]]:
        for cell, answer in self.single.values():
            yield self._line(cell, self._shown(cell, answer.value), answer.rows, answer.missing, "")
        for one in self.listed:
            for cell in one.cells:
                missing = int(self.answers.column(cell.field, one.rows).isna().sum()) if cell.field else 0
                yield self._line(cell, f"{len(one.rows)}行", len(one.rows), missing, "")
        for cell in self.left_out:
            yield self._line(cell, "", 0, 0, _UNASKED)

    def _line(self, cell: Asked, value: str, rows: int, missing: int, remark: str) -> tuple[object, ...]:
        source = cell.table.label if cell.table and cell.statistic is None else cell.source
        said = remark or ("" if value else _EMPTY)
        name = cell_name(cell.row, cell.column - 1)
        return (cell.sheet, name, source, cell.label, cell.where_text, cell.method, value, rows, missing, said)

    def _shown(self, cell: Asked, value: Value | None) -> str:
        if value is None:
            return ""
        text = f"{value:.10g}" if isinstance(value, float) else str(value)
        return self.settings.masking.shown(text, cell.field) if cell.method == book.TAKE else text


def _answered(cells: Sequence[Asked], answers: Answers) -> tuple[dict[Place, tuple[Asked, Answer]], list[str]]:
    found, mistakes = {}, []
    for cell in cells:
        try:
            found[cell.sheet, cell.row, cell.column] = (cell, answers.answer(cell))
        except UnansweredError as error:
            mistakes.append(f"{cell.line.place(error.heading)}{error}")
    return found, mistakes


def _relation_line(one: Checked) -> tuple[object, ...]:
    left, right = ("" if side is None else f"{side:.10g}" for side in (one.left, one.right))
    return (one.related.line.place(book.LEFT), one.related.text, left, right, one.state, one.why)
