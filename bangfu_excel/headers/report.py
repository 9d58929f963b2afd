"""What the stage says of a sheet, in a clerk's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bangfu_excel.core.address import cell_name, column_letters, row_spans
from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.message import Message
from bangfu_excel.core.messages import headers as say
from bangfu_excel.core.raw import Merge
from bangfu_excel.core.table import Table
from bangfu_excel.headers.balance import WrongBalance
from bangfu_excel.headers.block import HeaderColumn
from bangfu_excel.headers.candidates import Candidate, candidate, free_headers
from bangfu_excel.headers.choose import Choice
from bangfu_excel.headers.label import header_key
from bangfu_excel.headers.lexicon import HELPER, Lexicon
from bangfu_excel.headers.looks import Contents
from bangfu_excel.headers.metadata import FORM_LABELS
from bangfu_excel.headers.misplaced import Misplaced
from bangfu_excel.headers.phrases import either, lettered, like_table, listed, maybe
from bangfu_excel.headers.regions import Stretch
from bangfu_excel.headers.settings import HeaderSettings
from bangfu_excel.headers.totals import WrongTotal


@dataclass(frozen=True)
class Reporter:
    """Makes the findings of one sheet."""

    file: str
    sheet: str
    settings: HeaderSettings
    lexicon: Lexicon

    def at_sheet(self, table: str = "") -> Place:
        return Place(self.file, self.sheet, table=table)

    @property
    def which(self) -> str:
        """The sheet in a sentence; a csv file has but one, without a name."""
        return f"工作表“{self.sheet}”" if self.sheet else "这份表"

    def of_sheet(self, message: Message, table: str = "") -> Finding:
        """A finding on the whole sheet."""
        return message.finding(self.at_sheet(table), which=self.which)

    def at_header(self, column: HeaderColumn, table: str = "", field: str = "") -> Place:
        row = column.row + 1
        return Place(self.file, self.sheet, cell_name(row, column.index), row, table, field, column.label, column.label)

    def not_understood(self, stretch: Stretch, choices: Sequence[Choice], contents: Contents, *, only: bool) -> Finding:
        """Why a header is no table: the nearest one, what it lacks, what was found, what may be misspelt."""
        nearest = max((c for c in choices if c.weight[0]), key=_about, default=None)
        row = stretch.header.bottom + 1
        where = "" if only else f"第{row}行"
        found = [c.label for c in stretch.columns]
        first = stretch.columns[0]
        place = Place(self.file, self.sheet, cell_name(first.row + 1, first.index), first.row + 1)
        return say.NOT_UNDERSTOOD.finding(
            place,
            which=self.which,
            where=where,
            nearest=like_table(nearest, choices) + self._open_questions(stretch, nearest),
            found=f"找到的表头有：{listed(found)}",
            near_misses=self._misspelt(stretch, nearest, contents),
        )

    def no_header(self, found: Sequence[str], tables: Sequence[Table]) -> Finding:
        """A sheet full of cells without a header that any table knows."""
        labels = "、".join(table.label for table in tables)
        return say.NOT_UNDERSTOOD.finding(
            self.at_sheet(),
            which=self.which,
            where="",
            nearest=f"没有找到{labels}的表头。",
            found=f"表中有：{listed(found)}",
            near_misses="",
        )

    def several_tables(self, stretch: Stretch, equal: Sequence[Choice]) -> Finding:
        row = stretch.header.bottom + 1
        place = Place(self.file, self.sheet, cell_name(row, stretch.columns[0].index), row)
        tables = "，又像".join(f"“{c.table.label}”" for c in equal)
        headers = listed([c.label for c in stretch.columns])
        return say.SEVERAL_TABLES.finding(place, which=self.which, tables=tables, headers=headers)

    def misplaced(self, found: Misplaced) -> Finding:
        """A column of which nothing is taken, for it holds something else than its header says."""
        column = found.column
        return say.MISPLACED_COLUMN.finding(
            self.at_header(column, found.table, found.field.name),
            related=tuple(cell_name(row + 1, column.index) for row in found.rows[:RELATED_SHOWN].tolist()),
            count=len(found.rows),
            column=column_letters(column.index),
            look=found.look,
        )

    def ruined(self, choice: Choice, misplaced: Sequence[Misplaced]) -> Finding:
        """A table of which nothing can be taken, for what says who or when holds something else."""
        words = "；".join(
            f"{column_letters(m.column.index)}列表头是“{m.column.label}”，但下面填的像{m.look}" for m in misplaced
        )
        place = self.at_header(misplaced[0].column, choice.table.name)
        return say.MISPLACED_TABLE.finding(place, count=len(misplaced), which=self.which, columns=words)

    def columns(self, stretch: Stretch, choice: Choice, given: Iterable[str], contents: Contents) -> Iterator[Finding]:
        """Ambiguous, doubled, extra, missing and outlying columns. `given`: fields that have a constant."""
        by_index = {c.index: c for c in stretch.columns}
        yield from self._ambiguous(choice, by_index)
        yield from self._twice(choice, by_index)
        yield from self._extra(stretch, choice, contents)
        yield from self._missing(choice, set(given), contents)
        if stretch.outside:
            yield say.OUTSIDE_TABLE.finding(
                self.at_header(stretch.outside[0], choice.table.name),
                columns=lettered(stretch.outside),
                count=len(stretch.outside),
            )

    def _ambiguous(self, choice: Choice, by_index: Mapping[int, HeaderColumn]) -> Iterator[Finding]:
        for index, claims in sorted(choice.resolution.ambiguous.items()):
            yield say.AMBIGUOUS_COLUMN.finding(
                self.at_header(by_index[index], choice.table.name),
                candidates=either(claims),
                example=claims[0].field.label,
            )

    def _twice(self, choice: Choice, by_index: Mapping[int, HeaderColumn]) -> Iterator[Finding]:
        for claim, indices in choice.resolution.twice:
            columns = [by_index[index] for index in indices]
            yield say.SAME_FIELD_TWICE.finding(
                self.at_header(columns[0], claim.table, claim.field.name),
                related=tuple(cell_name(c.row + 1, c.index) for c in columns[1:]),
                count=len(columns),
                columns=lettered(columns),
                field_label=claim.field.label,
            )

    def _open_questions(self, stretch: Stretch, nearest: Choice | None) -> str:
        """What stands there but is not established, for a header that lacks what it needs."""
        if nearest is None:
            return ""
        by_index = {c.index: c for c in stretch.columns}
        words = [
            f"“{by_index[index].label}”分不清是{either(claims)}。"
            for index, claims in sorted(nearest.resolution.ambiguous.items())
        ]
        words += [
            f"{lettered([by_index[i] for i in indices])}都是“{claim.field.label}”，分不清以哪一列为准。"
            for claim, indices in nearest.resolution.twice
        ]
        return "".join(words)

    def _extra(self, stretch: Stretch, choice: Choice, contents: Contents) -> Iterator[Finding]:
        extra = self.unknown(stretch, choice)
        yield from self._further_helpers(stretch, choice)
        cells = [(c.row, c.index) for c in extra] + [(stretch.header.bottom, i) for i in stretch.unlabelled]
        if not cells:
            return
        found = self.candidates(extra, choice, contents)
        words = [f"{column_letters(c.index)}列“{c.label}”{maybe(c, found.get(c.index))}" for c in extra]
        words += [f"{column_letters(i)}列（没有表头）" for i in stretch.unlabelled]
        row, column = cells[0]
        place = Place(
            self.file, self.sheet, cell_name(row + 1, column), row + 1, choice.table.name,
            label=extra[0].label if extra else "", value=extra[0].label if extra else "",
        )  # fmt: skip
        related = tuple(cell_name(r + 1, c) for r, c in cells[1:])
        yield say.EXTRA_COLUMNS.finding(place, related=related, count=len(cells), columns="、".join(words))

    def unknown(self, stretch: Stretch, choice: Choice) -> list[HeaderColumn]:
        """Columns with a header that nobody knows and that the county has not put aside."""
        ignored = self.settings.ignored.get(choice.table.name, frozenset())
        return [
            c for c in extra_columns(stretch, choice)
            if not self.lexicon.names_helper(c.leaf.key) and c.full_key not in ignored
        ]  # fmt: skip

    def candidates(self, columns: Sequence[HeaderColumn], choice: Choice, contents: Contents) -> dict[int, Candidate]:
        """Column → the field that its header may be, where there is one."""
        free = free_headers(choice)
        found = {c.index: candidate(c, free, contents, self.settings.near_miss) for c in columns}
        return {index: likely for index, likely in found.items() if likely is not None}

    def _further_helpers(self, stretch: Stretch, choice: Choice) -> Iterator[Finding]:
        """Columns of helpers that are not read: a second one in the row, or two alike."""
        columns = [c for c in extra_columns(stretch, choice) if self.lexicon.names_helper(c.leaf.key)]
        if columns:
            yield say.HELPERS_UNREAD.finding(
                self.at_header(columns[0], choice.table.name),
                related=tuple(cell_name(c.row + 1, c.index) for c in columns[1:]),
                count=len(columns),
                columns=lettered(columns),
            )

    def lines_unread(self, choice: Choice, metadata: Mapping[str, str]) -> Iterator[Finding]:
        """Values above the table that are a person's or household's and are given to no row (a form, not a table)."""
        taken = {c.source for part in choice.parts for c in part.constants}
        labels = [
            label for label, value in metadata.items()
            if value and label not in FORM_LABELS and label not in taken and self._is_of_recipient(label)
        ]  # fmt: skip
        if labels:
            words = "、".join(f"“{label}”" for label in labels)
            yield say.LINES_UNREAD.finding(self.at_sheet(choice.table.name), count=len(labels), labels=words)

    def _is_of_recipient(self, label: str) -> bool:
        fields = (t.certain.get(header_key(label)) for t in self.lexicon.tables)
        return any(field is not None and field.facet not in ("", HELPER) for field in fields)

    def _missing(self, choice: Choice, given: set[str], contents: Contents) -> Iterator[Finding]:
        columns = choice.parts[0].columns
        there = given.union(choice.there, *(contents.places(c.index, choice.table[c.field]) for c in columns))
        there = there.union(*(contents.spans(c.index, choice.table[c.field]) for c in columns))
        there |= {
            name
            for group in choice.table.needs_among(choice.table.names)
            if given.intersection(group)
            for name in group
        }
        there |= choice.table.stood_for(there)
        there |= {k.field.name for claims in choice.resolution.ambiguous.values() for k in claims}
        there |= {claim.field.name for claim, _ in choice.resolution.twice}
        there |= {f.name for f in choice.table.fields if f.in_field in there}
        labels = [f.label for f in choice.table.fields if f.expected and there.isdisjoint((f.name, *f.unless))]
        if labels:
            yield say.MISSING_COLUMNS.finding(
                self.at_sheet(choice.table.name),
                count=len(labels),
                table_label=choice.table.label,
                columns="、".join(f"“{label}”" for label in labels),
            )

    def surroundings(self, choice: Choice, tables: Mapping[str, Table]) -> Iterator[Finding]:
        """What was taken from the title, 填报单位 or the sheet's name, and what these disagree on."""
        table = choice.table
        taken = dict.fromkeys(
            f"{tables[part.table][c.field].label}“{c.value}”（{c.source}）"
            for part in choice.parts
            for c in part.constants
            if c.stop is None  # a place that heads some rows is told of with these
        )
        if taken:
            place = self.at_sheet(table.name)
            yield say.TAKEN_FROM_SURROUNDINGS.finding(place, count=len(taken), values="；".join(taken))
        for differing in choice.disagreements:
            words = "、".join(f"{source}里是“{value}”" for value, source in differing.values)
            yield say.SURROUNDINGS_DIFFER.finding(
                self.at_sheet(table.name), field_label=table[differing.field].label, values=words
            )

    def left_out(self, rows: Sequence[int]) -> Iterator[Finding]:
        if rows:
            place = Place(self.file, self.sheet, cell_name(rows[0] + 1, 0), rows[0] + 1)
            related = tuple(cell_name(row + 1, 0) for row in rows[1:])
            yield say.SAMPLE_ROWS.finding(
                place, related=related, count=len(rows), rows=row_spans([row + 1 for row in rows])
            )

    def merged_numbers(
        self, stretch: Stretch, choice: Choice, left: Mapping[int, Sequence[Merge]]
    ) -> Iterator[Finding]:
        """Merged quantities, which count in their first row only; one finding a column."""
        by_index = {c.index: c for c in stretch.columns}
        for column, merges in sorted(left.items()):
            cells = tuple(cell_name(m.top + 1, column) for m in merges)
            row = merges[0].top + 1
            place = Place(self.file, self.sheet, cells[0], row, choice.table.name, label=by_index[column].label)
            yield say.MERGED_NUMBERS.finding(place, related=cells[1:], count=len(cells))

    def unsigned(self, metadata: Mapping[str, str]) -> Iterator[Finding]:
        """填报单位 and 填报时间 that are not there or empty, 填表人 and 审核人 that are there but empty."""
        words = [f"没有{label}" for label in ("填报单位", "填报时间") if label not in metadata]
        labels = ("填报单位", "填报时间", "填表人", "审核人")
        words += [f"{label}未填" for label in labels if label in metadata and not metadata[label]]
        if "填报时间" not in metadata and metadata.get("日期"):
            words.remove("没有填报时间")
        if words:
            yield say.SHEET_UNSIGNED.finding(self.at_sheet(), count=len(words), missing="、".join(words))

    def wrong_total(self, wrong: WrongTotal, table: str, field: str) -> Finding:
        row = wrong.row + 1
        place = Place(
            self.file, self.sheet, cell_name(row, wrong.column), row, table, field, wrong.label, wrong.printed
        )
        return say.TOTAL_DIFFERS.finding(place, kind=wrong.kind, computed=wrong.computed)

    def wrong_balances(self, wrong: Sequence[WrongBalance], table: str, field: str) -> Finding:
        """Where a running balance breaks for the first time; later breaks beside it."""
        first = wrong[0]
        name = cell_name(first.row + 1, first.column)
        place = Place(self.file, self.sheet, name, first.row + 1, table, field, first.label, first.printed)
        related = tuple(cell_name(w.row + 1, w.column) for w in wrong[1 : RELATED_SHOWN + 1])
        return say.BALANCE_BREAKS.finding(
            place, related=related, count=len(wrong), before=first.before, computed=first.computed
        )

    def _misspelt(self, stretch: Stretch, nearest: Choice | None, contents: Contents) -> str:
        if nearest is None:
            return ""
        columns = self.unknown(stretch, nearest)
        found = self.candidates(columns, nearest, contents)
        words = "、".join(f"“{c.label}”是不是“{found[c.index].field.label}”" for c in columns if c.index in found)
        return f"；{words}？" if words else ""


def extra_columns(stretch: Stretch, choice: Choice) -> tuple[HeaderColumn, ...]:
    """Columns with a header that are no field, no serial number and not undecided."""
    known = choice.undecided | choice.resolution.serial | choice.further | choice.spread.indices
    known |= set(choice.resolution.assigned)
    return tuple(c for c in stretch.columns if c.index not in known)


def _about(choice: Choice) -> tuple[bool, int]:
    """How much of a header is of this table, established or not."""
    return choice.shown, choice.weight[0] + len(choice.undecided)
