"""补报: what only adds to what was reported before. Said for the whole run, by a file's name, by a sheet's name, title or
metadata, or by a row itself (`row_marks`). However it is said, the rows have it in one column, `_adds`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bangfu_excel.core.address import row_spans
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.fold import fold
from bangfu_excel.core.messages.merge import SUPPLEMENT
from bangfu_excel.core.region import TypedRegion
from bangfu_excel.core.rows import ADDS
from bangfu_excel.pipeline.files import FileResult

_SPANS_SHOWN = 10
_WORDS = re.compile(
    r"补报|增补|补充(?=上报|报送|填报|登记|录入|名单|名册|花名册|台账|报表|记录|走访|户|人员|对象|数据|表|[()_\-.\d]|$)"
)
_OTHERWISE = re.compile(
    r"(?:不?含|包括|无|没有|不|免|漏|加)[^,。]{0,2}(?:补报|增补|补充)|(?:补报|增补|补充)(?:说明|要求|通知|办法|截止|时间|前|后|情况)"
)


def supplementary(results: Iterable[FileResult], whole_run: bool) -> tuple[tuple[FileResult, ...], tuple[Finding, ...]]:
    """The files, each with `_adds` on all rows of the sheets that only add, and what was taken for the reason.

    A sheet only adds where its name, its metadata (报表类型：补报) or the title of each of its tables says so.
    """
    done: list[FileResult] = []
    told: list[Finding] = []
    for result in results:
        sheets = tuple(dict.fromkeys(typed.source.sheet for typed in result.regions))
        adding, said = _adding(result, sheets, whole_run)
        told += _told(result, adding, said)
        regions = (_whole(typed) if typed.source.sheet in adding else typed for typed in result.regions)
        done.append(replace(result, regions=tuple(regions)))
    return tuple(done), tuple(told)


def _adding(result: FileResult, sheets: tuple[str, ...], whole_run: bool) -> tuple[tuple[str, ...], str]:
    """The sheets of which all rows only add, and where that is said."""
    if whole_run:
        return sheets, "运行时指明了是补报"
    if any(_says(part) for part in re.split(r"[/!]", result.record.file)):
        return sheets, "文件名里写着是补报"
    sheets = tuple(sheet for sheet in sheets if _sheet_says(result, sheet))
    return sheets, f"{'、'.join(f'“{sheet}”' for sheet in sheets)}的表名或表头上写着是补报"


def _whole(typed: TypedRegion) -> TypedRegion:
    return replace(typed, frame=typed.frame.assign(**{ADDS: True}))


def _told(result: FileResult, adding: Sequence[str], said: str) -> Iterator[Finding]:
    """One finding for the sheets of which all rows add, and one for each other sheet of which some do."""
    marked: dict[str, set[int]] = {}
    for typed in result.regions:
        frame, sheet = typed.frame, typed.source.sheet
        rows = frame["_row"] if sheet in adding else frame.loc[frame[ADDS], "_row"] if ADDS in frame else ()
        marked.setdefault(sheet, set()).update(int(row) for row in rows)
    file = result.record.file
    if count := sum(len(marked[sheet]) for sheet in adding):
        yield SUPPLEMENT.finding(Place(file), count=count, said=said, rows=count)
    for sheet, numbers in marked.items():
        if numbers and sheet not in adding:
            where = f"第{row_spans(sorted(numbers), _SPANS_SHOWN)}行自己写着是补报"
            place = Place(file, sheet, row=min(numbers))
            yield SUPPLEMENT.finding(place, count=len(numbers), said=where, rows=len(numbers))


def _sheet_says(result: FileResult, sheet: str) -> bool:
    titles = [extent.title for extent in result.extents if extent.sheet == sheet]
    stated = [
        text for typed in result.regions if typed.source.sheet == sheet for text in typed.source.metadata.values()
    ]
    return _says(sheet) or (bool(titles) and all(map(_says, titles))) or _alone(stated)


def _says(text: str) -> bool:
    folded = re.sub(r"\.[a-z]{2,5}$", "", fold(text))
    return bool(_WORDS.search(folded)) and not _OTHERWISE.search(folded)


def _alone(texts: Iterable[str]) -> bool:
    return any(re.fullmatch(r"(?:补报|增补|补充)(?:表|报表|名单)?", fold(text)) for text in texts)
