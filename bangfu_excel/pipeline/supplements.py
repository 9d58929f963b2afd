"""补报: what only adds to what was reported before. Said for the whole run, by a file's name, or by a sheet's name, title or metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bangfu_excel.core.batch import FileRecord
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.fold import fold
from bangfu_excel.core.messages.merge import SUPPLEMENT
from bangfu_excel.pipeline.files import FileResult

_WORDS = re.compile(
    r"补报|增补|补充(?=上报|报送|填报|登记|录入|名单|名册|花名册|台账|报表|记录|走访|户|人员|对象|数据|表|[()_\-.\d]|$)"
)
_OTHERWISE = re.compile(
    r"(?:不?含|包括|无|没有|不|免|漏|加)[^,。]{0,2}(?:补报|增补|补充)|(?:补报|增补|补充)(?:说明|要求|通知|办法|截止|时间|前|后|情况)"
)


def supplementary(result: FileResult, whole_run: bool) -> tuple[FileRecord, tuple[Finding, ...]]:
    """The file's record with the sheets that only add, and what was taken for the reason, if there is any.

    A sheet only adds where its name, its metadata (报表类型：补报) or the title of each of its tables says so; never for a value.
    """
    record, sheets = result.record, tuple(dict.fromkeys(typed.source.sheet for typed in result.regions))
    if not sheets:
        return record, ()
    if whole_run:
        said = "运行时指明了是补报"
    elif any(_says(part) for part in re.split(r"[/!]", record.file)):
        said = "文件名里写着是补报"
    else:
        sheets = tuple(sheet for sheet in sheets if _sheet_says(result, sheet))
        said = f"{'、'.join(f'“{sheet}”' for sheet in sheets)}的表名或表头上写着是补报"
    if not sheets:
        return record, ()
    return replace(record, supplement=sheets), (SUPPLEMENT.finding(Place(record.file), said=said),)


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
