"""The one way a workbook leaves: XlsxWriter, made to raise where it would be silent, finished by `archive.finish`."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.url import Url
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from bangfu_excel.errors import DeclarationError, OutputError
from bangfu_excel.write.archive import finish, pack
from bangfu_excel.write.names import sheet_name

__all__ = [
    "AUTHOR",
    "MAX_LINKS",
    "MAX_ROWS",
    "OUTPUT",
    "READ",
    "SUBMIT",
    "Book",
    "GuardedSheet",
    "command_of",
    "finish",
    "fitting",
]

AUTHOR = "bangfu_excel"
OUTPUT = "bangfu_excel_output"
"""Name of a custom property of every workbook that is no submission; after it, the command that takes it filled in."""
READ, SUBMIT = "read", "submit"
MAX_ROWS = 1_048_576
MAX_LINKS = 65_530
_LONGEST_LINK = 2000
_LONGEST_HEADER = 255
_TEXT_UNITS = 32_767
_CUT_MARK = "……（原文过长，见报送表）"
_CHECKED = (
    "write", "write_array_formula", "write_blank", "write_boolean", "write_column", "write_comment", "write_datetime",
    "write_dynamic_array_formula", "write_formula", "write_number", "write_rich_string", "write_row", "write_string",
    "write_url", "merge_range", "data_validation", "conditional_format", "add_table", "add_sparkline", "insert_chart",
    "insert_image", "insert_textbox", "set_row", "set_column", "set_row_pixels", "set_column_pixels", "autofilter",
    "print_area", "repeat_rows", "repeat_columns",
)  # fmt: skip


def _checked(name: str) -> Callable[..., Any]:
    method = getattr(Worksheet, name)

    def call(self: Worksheet, *args: Any, **kwargs: Any) -> Any:
        result = method(self, *args, **kwargs)
        if isinstance(result, int) and result < 0:
            raise DeclarationError(f"工作表“{self.name}”：{name}{args[:4]!r} 被 XlsxWriter 拒绝（{result}）")
        return result

    call.__name__ = name
    call.__doc__ = method.__doc__
    return call


class GuardedSheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose every refusal raises `DeclarationError` (XlsxWriter returns a number and leaves the thing out)."""

    link_count = 0

    def link(self, row: int, column: int, url: str, text: str, style: Format | None = None) -> bool:
        """Writes a linked cell. False, and the plain text, where Excel's 65,530 links a sheet are used up."""
        room = self.link_count < MAX_LINKS and len(url) < _LONGEST_LINK
        if room:
            self.link_count += 1
            self.write_url(row, column, _url(url, text), style)
        else:
            self.write_string(row, column, text, style)
        return room

    def add_links(self, first_row: int, column: int, urls: Sequence[str]) -> int:
        """Links cells that are written already, one url a row ("" for none); how many found no room."""
        left_out = 0
        for row, url in enumerate(urls, start=first_row):
            if not url:
                continue
            if self.link_count >= MAX_LINKS or len(url) >= _LONGEST_LINK:
                left_out += 1
                continue
            self.link_count += 1
            self.hlink_count += 1
            self.hyperlinks[row][column] = _url(url)
        return left_out

    def set_header(self, header: str = "", *rest: Any) -> None:
        self._fits(header)
        super().set_header(header, *rest)

    def set_footer(self, footer: str = "", *rest: Any) -> None:
        self._fits(footer)
        super().set_footer(footer, *rest)

    def _fits(self, text: str) -> None:
        if len(text) > _LONGEST_HEADER:
            raise DeclarationError(f"工作表“{self.name}”：页眉页脚超过{_LONGEST_HEADER}个字符，Excel 不接受")

    def merge_range(self, first_row: int, first_col: int, last_row: int, last_col: int, *rest: Any) -> int:
        if self.constant_memory and first_row != last_row:
            raise DeclarationError(f"工作表“{self.name}”：逐行写出时不能跨行合并（同行其他单元格会丢失）")
        if (first_row, first_col) == (last_row, last_col):  # one cell: XlsxWriter would leave it out
            return int(self.write(first_row, first_col, *rest))
        return int(_checked("merge_range")(self, first_row, first_col, last_row, last_col, *rest))


for _name in _CHECKED:
    if _name not in vars(GuardedSheet):
        setattr(GuardedSheet, _name, _checked(_name))


def _url(link: str, text: str = "") -> Url:
    """The link with forward slashes, as Excel itself saves it: with backslashes only Windows finds the file."""
    url = Url(link)
    url._text = text
    url._relationship_link = url._relationship_link.replace("\\", "/")
    return url


class _Packager(Packager):  # type: ignore[misc]
    """Leaves the parts of the package for `archive.pack`, which dates and orders them."""

    parts: tuple[tuple[str, Path], ...] = ()

    def _create_package(self) -> list[Any]:
        made = super()._create_package()
        self.parts = tuple((name, Path(source)) for source, name, _ in made)
        return []


class _GuardedWorkbook(Workbook):  # type: ignore[misc]
    worksheet_class = GuardedSheet

    def _get_packager(self) -> _Packager:
        self.packager = _Packager()
        return self.packager


class Book:
    """A workbook being written to `path`: it is there, whole, after the `with` block, or not at all.

        with Book(path, as_of=day) as book:
            sheet = book.add_sheet("问题清单")
            sheet.write_string(0, 0, "=1+1", book.format(bold=True))

    streaming: rows go to disk as they are written (in order, top to bottom; no table, no vertical merge) ·
    use: what becomes of it: `READ`, `SUBMIT` (a township fills it in and submits it), or the command that takes it filled
    in (`merge --decisions`). All but those to be submitted are marked, and known where they lie among submissions.
    Dates in the file are `as_of`, so that the same content gives the same bytes.
    """

    def __init__(self, path: Path, *, as_of: dt.date, title: str = "", streaming: bool = True, use: str = READ) -> None:
        self.path = path
        self.as_of = as_of
        self._title = title
        self._streaming = streaming
        self._use = use
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __enter__(self) -> Book:
        self._scratch = Path(tempfile.mkdtemp(prefix="bangfu-"))
        options = {
            "constant_memory": self._streaming, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False, "tmpdir": str(self._scratch),
        }  # fmt: skip
        self.workbook = _GuardedWorkbook(str(self._scratch / "book.xlsx"), options)
        created = dt.datetime.combine(self.as_of, dt.time())
        self.workbook.set_properties({"title": self._title, "author": AUTHOR, "created": created})
        if self._use != SUBMIT:
            self.workbook.set_custom_property(f"{OUTPUT} {'' if self._use == READ else self._use}".strip(), "1", "text")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.workbook.close()
                pack(self.workbook.packager.parts, self.path, self.as_of)
        except (OSError, XlsxFileError) as problem:  # the scratch disk is full
            raise OutputError(f"写出“{self.path}”时出错：{problem}") from problem
        finally:
            self._release()

    def _release(self) -> None:
        for sheet in self.workbook.worksheets():
            if self._streaming and not sheet.row_data_fh.closed:
                sheet.row_data_fh.close()  # Windows cannot remove an open file
        shutil.rmtree(self._scratch, ignore_errors=True)

    def add_sheet(self, name: str) -> GuardedSheet:
        """A new sheet, named `name` made safe and unique."""
        taken = [sheet.name for sheet in self.workbook.worksheets()]
        sheet: GuardedSheet = self.workbook.add_worksheet(sheet_name(name, taken))
        return sheet

    def format(self, **properties: Any) -> Format:
        """The cell format of these XlsxWriter properties; one object for equal properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]


def command_of(path: Path) -> str:
    """The command that takes the workbook at `path` filled in (`merge --decisions`); "" for any other file."""
    try:
        with zipfile.ZipFile(path) as package:
            properties = package.read("docProps/custom.xml").decode()
    except (OSError, KeyError, zipfile.BadZipFile):
        return ""
    found = re.search(f'name="{OUTPUT} ([^"]+)"', properties)
    return found[1] if found else ""


def fitting(text: str) -> str:
    """`text`, cut with a remark where it is longer than the 32,767 characters that a cell can hold."""
    if len(text) * 2 <= _TEXT_UNITS or len(text.encode("utf-16-le")) // 2 <= _TEXT_UNITS:
        return text
    return text[: _TEXT_UNITS // 2] + _CUT_MARK
