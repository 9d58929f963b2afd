"""Ledgers beside one another: the county's and its townships', two of the same records, a list and its summaries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from bangfu_excel.core.agreement import COUNTED, Check, Figure, known
from bangfu_excel.core.multivalue import SEPARATOR
from bangfu_excel.pipeline.agreement_lists import ROWS, Listed, book_name
from bangfu_excel.write.ledger_areas import SCHOOL
from bangfu_excel.write.ledger_rows import TOWNSHIP, VILLAGE, as_shown, meant
from bangfu_excel.write.ledger_summary import SummarySheet, measure_name
from bangfu_excel.write.ledgers import LedgerJob

_PARTS = {
    "county": (("township", TOWNSHIP, "乡镇"), ("school", SCHOOL, "学校")),
    "township": (("village", VILLAGE, "村"),),
}
"""Level → what its ledger is made up of, the column that says so, and its word. A record may be of several units: they are none."""
_TWICE = "一条属于几类的，各类都计"


def parts_checks(lists: Sequence[Listed]) -> Iterator[Check]:
    """The ledger of an area is that of its parts together."""
    own = [one for one in lists if not one.job.public]
    levels = {one.area.level for one in own}
    for one in own:
        for level, column, word in _PARTS.get(one.area.level, ()):
            if level in levels and column in one.rows:
                yield from _of_parts(one, [part for part in own if _is_part(part, one, level)], column, word)


def _is_part(part: Listed, one: Listed, level: str) -> bool:
    same = part.job.ledger.id == one.job.ledger.id and part.sheet.title == one.sheet.title
    return same and part.area.level == level and (level != "village" or part.area.township == one.area.name)


def _of_parts(one: Listed, parts: Sequence[Listed], column: str, word: str) -> Iterator[Check]:
    values = one.rows[column]
    nowhere = one.rows[(values.isna() | (values == "")).to_numpy(dtype=bool)]
    if len(nowhere) == len(one.rows) and not any(len(part.rows) for part in parts):  # this is not divided so
        return
    for name in (ROWS, *one.summed):
        together = sum(part.comes_to(name) for part in parts)
        figure = Figure(f"各{word}的{one.book}", f"{one.called(name)}之和", together, one.written(name))
        reasons = known((f"没有写明{word}的", one.comes_to(name, nowhere)))
        yield Check(f"各{word}之和", one.area.name, one.figure(name), figure, reasons)


def twin_checks(lists: Sequence[Listed]) -> Iterator[Check]:
    """Lists of the same records, in the county's ledgers, are as long and come to the same; so are those for the public."""
    county = [one for one in lists if one.area.level == "county"]
    first: dict[object, Listed] = {}
    for one in sorted(county, key=lambda one: one.job.public):
        beside = first.setdefault(one.subject, one)
        if beside is one:
            continue
        item = "公开版与原件" if one.job.public else "同样的记录，两处所列"
        for name in (ROWS, *(name for name in beside.summed if name in one.summed)):
            yield Check(item, one.area.name, beside.figure(name), one.figure(name))


def summary_checks(jobs: Sequence[LedgerJob], lists: Sequence[Listed]) -> Iterator[Check]:
    """The rows of a summary together are its list, and its 其中 columns together are their whole; of the county's ledgers."""
    for job in jobs:
        if job.area.level != "county" or job.public:
            continue
        own = {one.sheet.title: one for one in lists if one.job is job}
        for page in job.sheets:
            if isinstance(page, SummarySheet):
                yield from _sums(job, page, own[page.listed.name])
                yield from _divided(job, page)


def _sums(job: LedgerJob, page: SummarySheet, listed: Listed) -> Iterator[Check]:
    twice = _classes(page) - 1
    for number, measure in enumerate(page.declared.measures):
        if measure.where or measure.minus or measure.share:
            continue
        values = pd.Series(1.0, listed.rows.index) if measure.count else listed.rows[measure.sum].astype("float64")
        said = listed.called(measure.sum) if measure.sum in listed.summed else measure.title
        form = _written(page, number)
        right = Figure(listed.book, ROWS if measure.count else said, float(values.sum()), form)
        reasons = known((_TWICE, float((values * twice).sum())))
        yield Check("汇总各行之和", job.area.name, _figure(job, page, number), right, reasons)


def _figure(job: LedgerJob, page: SummarySheet, number: int) -> Figure:
    total = sum(values[measure_name(number)] for values in page.counted.values())
    title = page.declared.measures[number].title
    return Figure(book_name(job, page.name), f"{title}之和", total, _written(page, number))


def _written(page: SummarySheet, number: int) -> str:
    """The number format of a measure that counts or sums: that of the column which it sums."""
    summed = page.declared.measures[number].sum
    return next((column.number_format for column in page.listed.columns if column.source == summed), COUNTED)


def _classes(page: SummarySheet) -> pd.Series:
    """In how many rows of the summary each record stands."""
    found = pd.Series(1, index=page.listed.rows.index)
    for name in page.several:
        found *= as_shown(page.listed.rows[name]).str.count(SEPARATOR) + 1
    return found


def _divided(job: LedgerJob, page: SummarySheet) -> Iterator[Check]:
    """Where several columns count the records by what stands in one field, they and the records of neither are all."""
    measures = page.declared.measures
    all_of = next((at for at, one in enumerate(measures) if one.count and not one.where), None)
    asked: dict[str, list[int]] = {}
    for at, one in enumerate(measures):
        if one.count and len(one.where) == 1:
            asked.setdefault(next(iter(one.where)), []).append(at)
    for name, found in asked.items():
        labels = [label for at in found for label in measures[at].where[name]]
        values = page.listed.rows[name]
        several = as_shown(values).str.contains(SEPARATOR).any()
        if all_of is None or len(found) < 2 or len(set(labels)) < len(labels) or several:
            continue
        title = next(column.title for column in page.listed.columns if column.source == name).replace("\n", "")
        parts = [_figure(job, page, at) for at in found]
        said = "＋".join(measures[at].title for at in found)
        left = Figure(parts[0].book, said, sum(one.number for one in parts))
        others = float(_classes(page)[~meant(values, tuple(labels))].sum())
        reasons = known((f"“{title}”是别的或没有填的", -others))
        yield Check("各项之和", job.area.name, left, _figure(job, page, all_of), reasons)
