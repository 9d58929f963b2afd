"""A form as it lies in its workbook: settings, the sheets to be filled, and what is wrong with it, told all at once."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bangfu_excel.core.table import Table
from bangfu_excel.errors import ConfigError
from bangfu_excel.write.forms.faults import Faults
from bangfu_excel.write.forms.looks import Looks
from bangfu_excel.write.forms.names import Named, Vocabulary
from bangfu_excel.write.forms.paper import cards_a_page
from bangfu_excel.write.forms.settings import SHEET, FormSettings, settings_of
from bangfu_excel.write.forms.sheet import SheetForm, Source, read_sheet
from bangfu_excel.write.forms.strings import Runs, rich_text, shared_texts
from bangfu_excel.write.package import WORKBOOK, Package, UnusualPackage
from bangfu_excel.write.package_links import attributes
from bangfu_excel.write.package_sheet import CELL

NOTES = "说明"
SAVE_AGAIN = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再用"
_XLS = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Form:
    """A form that can be filled.

    sheets: those that every card has · kept: visible to no one, copied once as they are (lists of drop-downs) · wanted: what its
    placeholders name · order, each, only: settings by field.
    """

    path: Path
    package: Package = field(repr=False)
    settings: FormSettings
    table: str
    sheets: tuple[SheetForm, ...] = field(repr=False)
    kept: tuple[tuple[str, str], ...]
    wanted: frozenset[Named]
    order: tuple[Named, ...]
    each: Named | None
    only: tuple[tuple[Named, tuple[str, ...]], ...]

    @property
    def name(self) -> str:
        """What the form is called: its file's name."""
        return self.path.stem

    @property
    def stacked(self) -> bool:
        """Whether cards stand one below the other on a sheet."""
        return self.settings.per_page > 1


def read_form(path: Path, tables: Mapping[str, Table], used: tuple[str, ...], scheme: str) -> Form:
    """The form in a workbook, held to the tables that there are and those that the scheme collects.

    `ConfigError` names its first five mistakes with sheet and cell.
    """
    faults = Faults(path.name)
    package = _opened(path)
    try:
        form = _read(path, package, Scope(tables, used, scheme), faults)
    except UnusualPackage as error:
        raise ConfigError(f"表样“{path.name}”的内部写法不常见（{error}），没有读；{SAVE_AGAIN}") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, IndexError, RuntimeError) as error:
        raise ConfigError(f"表样“{path.name}”已损坏，读不出来；{SAVE_AGAIN}") from error
    faults.raise_any()
    return form


def _opened(path: Path) -> Package:
    try:
        source = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"打不开表样“{path}”：{error.strerror or error}") from error
    if source.startswith(_XLS):
        raise ConfigError(f"表样“{path.name}”是旧版 xls，或设有打开密码，不能用；去掉密码后，{SAVE_AGAIN}")
    if not zipfile.is_zipfile(path):
        raise ConfigError(f"表样“{path.name}”不是 xlsx 工作簿，或已损坏；{SAVE_AGAIN}")
    package = Package(source)
    if WORKBOOK not in package:
        raise ConfigError(f"表样“{path.name}”不是 xlsx 工作簿，或已损坏；{SAVE_AGAIN}")
    if "xl/vbaProject.bin" in package:
        raise ConfigError(f"表样“{path.name}”带宏，不能用；{SAVE_AGAIN}")
    return package


@dataclass(frozen=True)
class Scope:
    """What a form may speak of: declared tables, those that the scheme collects, and what the scheme is called."""

    tables: Mapping[str, Table]
    used: tuple[str, ...]
    scheme: str


def _read(path: Path, package: Package, scope: Scope, faults: Faults) -> Form:
    texts = shared_texts(package)
    sheets = dict(_sheets(package, faults))
    if SHEET not in sheets:
        raise ConfigError(
            f"表样“{path.name}”没有“{SHEET}”工作表；加一张名为“{SHEET}”的工作表，A1写“表”，B1写表名，如“帮扶对象户”"
        )
    rows = _plain_rows(package.text(sheets[SHEET][0]), texts)
    settings = settings_of(rows, lambda cell, why: faults.add(SHEET, cell, why))
    vocabulary, resolved = _resolved(settings, scope, faults)
    source = Source(package, texts, vocabulary, bool(settings.each), Looks(package.text("xl/styles.xml")), faults)
    chosen = [name for name, (_, shown) in sheets.items() if shown and name not in (SHEET, NOTES)]
    read = [read_sheet(source, sheets[name][0], name) for name in chosen]
    if not faults.said and not any(sheet.wanted for sheet in read):
        faults.add("", "", "没有一处占位符，如 {{户主姓名}}，不知道往哪里填")
    for sheet in read:
        if settings.per_page > 1:
            _refuse_crowded(sheet, settings.per_page, faults)
    kept = tuple((name, part) for name, (part, shown) in sheets.items() if not shown and name not in (SHEET, NOTES))
    wanted = frozenset(named for sheet in read for named in sheet.wanted)
    return Form(path, package, settings, vocabulary.main, tuple(read), kept, wanted, *resolved)


def _refuse_crowded(sheet: SheetForm, per_page: int, faults: Faults) -> None:
    """What cannot stand several times on a page."""
    if sheet.related.charts:
        faults.add(sheet.name, "", "一页几张的表样不能有图表，请把“每页张数”改成1，或删去图表")
    fitting = cards_a_page(sheet)
    if fitting and fitting < per_page:
        faults.add(sheet.name, "", f"“每页张数”写的是{per_page}，按行高一页只放得下{fitting}张，请改小，或把行高调低")


def _sheets(package: Package, faults: Faults) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Name → part and whether it is shown, of every worksheet."""
    for sheet in package.sheets():
        if sheet.kind != "worksheet":
            faults.add(sheet.name, "", "是图表、宏或对话框，不是普通工作表，不能照抄；请删去，或把图表放到普通工作表里")
            continue
        yield sheet.name, (sheet.part, sheet.shown)


def _plain_rows(sheet: str, texts: tuple[Runs, ...]) -> Iterator[tuple[int, str, str]]:
    """Row number, text of A, text of B."""
    cells: dict[int, dict[str, str]] = {}
    for start, content in CELL.findall(sheet):
        place = re.fullmatch(r"([A-Z]+)(\d+)", attributes(start).get("r", ""))
        if place and place[1] in "AB":
            cells.setdefault(int(place[2]), {})[place[1]] = _plain(attributes(start), content, texts)
    for number, found in sorted(cells.items()):
        yield number, found.get("A", ""), found.get("B", "")


def _plain(values: Mapping[str, str], content: str, texts: tuple[Runs, ...]) -> str:
    value = re.search(r"<v>(.*?)</v>", content, re.S)
    if values.get("t") == "s" and value:
        return "".join(text for _, text in texts[int(value[1])])
    return rich_text(content if values.get("t") == "inlineStr" else value[1] if value else "")


_Resolved = tuple[tuple[Named, ...], Named | None, tuple[tuple[Named, tuple[str, ...]], ...]]


def _resolved(settings: FormSettings, scope: Scope, faults: Faults) -> tuple[Vocabulary, _Resolved]:
    """The words of the form's table, and order, each, only as fields of it."""
    vocabulary = Vocabulary(scope.tables, scope.used[0], scope.used)
    table = vocabulary.table(settings.table)
    if settings.table and table is None:
        faults.add(SHEET, "B1", str(vocabulary.find(f"{settings.table}.x")))
    elif table is not None and table.name not in scope.used:
        faults.add(SHEET, "B1", f"方案“{scope.scheme}”不收“{table.label}”这张表，不能出这种卡")
    if table is None:
        return vocabulary, ((), None, ())
    vocabulary = Vocabulary(scope.tables, table.name, scope.used)
    found: Callable[[str], Named | None] = lambda word: _found(vocabulary, word, faults)  # noqa: E731
    order = tuple(filter(None, map(found, settings.order)))
    only = tuple((named, values) for word, values in settings.only.items() if (named := found(word)) is not None)
    return vocabulary, (order, found(settings.each) if settings.each else None, only)


def _found(vocabulary: Vocabulary, word: str, faults: Faults) -> Named | None:
    named = vocabulary.find(word)
    if isinstance(named, Named):
        return named
    faults.add(SHEET, "", named)
    return None
