"""Titles that become names of files and sheets: words in a declaration that Windows and Excel accept as they are."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

_LONGEST_SHEET = 31
_NOT_IN_SHEETS, _NOT_IN_FILES = "[]:*?/\\", '<>:"/\\|?*'


def _sheet_title(title: str) -> str:
    units = len(title.encode("utf-16-le")) // 2
    if units > _LONGEST_SHEET:
        raise ValueError(f"有{units}个字符，Excel 的工作表名最多{_LONGEST_SHEET}个")
    return _titled(title, _NOT_IN_SHEETS)


def _file_title(title: str) -> str:
    return _titled(title, _NOT_IN_FILES)


def _titled(title: str, forbidden: str) -> str:
    if not title.strip():
        raise ValueError("不能是空的")
    if found := sorted({char for char in title if char in forbidden or char < " "}):
        raise ValueError(f"里不能有这些字符：{' '.join(found)}")
    if title[0] in "' " or title[-1] in "' ." or title.casefold() == "history":
        raise ValueError("不能作名称：开头、结尾不能是空格、单引号或句点，也不能叫 History")
    return title


SheetTitle = Annotated[str, AfterValidator(_sheet_title)]
FileTitle = Annotated[str, AfterValidator(_file_title)]
"""Title of a workbook; name of a worksheet."""
