"""Make the forms that come with the program: templates/forms/*.xlsx, as an office would draw them in Excel.

    python samples/forms.py [FOLDER]

They are drawn here so that the same bytes come out each time; a county redesigns its own in Excel.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bangfu_excel.write.archive import finish

DRAWN = dt.date(2024, 1, 1)
THIN, CUT = Side(style="thin", color="FF000000"), Side(style="dashed", color="FF808080")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)
INCH = 1 / 2.54
"""Of a centimetre."""


@dataclass
class Drawing:
    """A sheet being drawn from the top: `row` is the next free one. widths: of its columns."""

    sheet: Worksheet
    widths: tuple[float, ...]
    row: int = 1
    size: float = 12

    def __post_init__(self) -> None:
        for number, width in enumerate(self.widths, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width

    def title(self, text: str, *, size: float = 18, height: float = 40) -> None:
        self._line(text, Font(name="黑体", size=size), CENTER, height)

    def note(
        self, text: str, *, height: float = 22, bold: bool = False, align: Alignment = LEFT, size: float = 0
    ) -> None:
        """A line without borders across all columns."""
        self._line(text, Font(name="宋体", size=size or self.size, bold=bold), align, height)

    def cells(
        self, *cells: tuple[str, int] | tuple[str, int, Alignment], height: float = 24, label: bool = True
    ) -> None:
        """A row of bordered cells: text, how many columns it takes, and how it is aligned; labels (without {{) are 黑体."""
        column = 1
        for text, span, *more in cells:
            align = more[0] if more else CENTER
            face = "黑体" if label and "{{" not in text else "宋体"
            self._cell(text, column, span, Font(name=face, size=self.size), align)
            column += span
        self._next(height)

    def blank(self, height: float) -> None:
        self._next(height)

    def dashed(self, height: float, *, text: str = "") -> None:
        """A row whose lower edge is to be cut along."""
        for column in range(1, len(self.widths) + 1):
            self.sheet.cell(self.row, column).border = Border(bottom=CUT)
        if text:
            self.sheet.cell(self.row, 1, text).font = Font(name="宋体", size=9, color="FF808080")
        self._next(height)

    def merge_down(self, column: int, first: int, last: int, text: str) -> None:
        """A label over several rows, its letters one below the other."""
        self.sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)
        cell = self.sheet.cell(first, column, text)
        cell.font, cell.alignment = (
            Font(name="黑体", size=self.size),
            Alignment(horizontal="center", vertical="center", wrap_text=True),
        )

    def _line(self, text: str, font: Font, align: Alignment, height: float) -> None:
        if len(self.widths) > 1:
            self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=len(self.widths))
        cell = self.sheet.cell(self.row, 1, text)
        cell.font, cell.alignment = font, align
        self._next(height)

    def _cell(self, text: str, column: int, span: int, font: Font, align: Alignment) -> None:
        for at in range(column, column + span):
            self.sheet.cell(self.row, at).border = BOX
        if span > 1:
            self.sheet.merge_cells(
                start_row=self.row, end_row=self.row, start_column=column, end_column=column + span - 1
            )
        cell = self.sheet.cell(self.row, column, text or None)
        cell.font, cell.alignment = font, align

    def _next(self, height: float) -> None:
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1


@dataclass
class FormBook:
    """A form's workbook. settings: rows of its sheet 设置."""

    name: str
    settings: tuple[tuple[str, str, str], ...]
    book: Workbook = field(default_factory=Workbook)

    def __post_init__(self) -> None:
        self.book.remove(self.book.active)

    def sheet(
        self,
        name: str,
        widths: tuple[float, ...],
        *,
        landscape: bool = False,
        footer: str = "",
        size: float = 12,
        one_page: bool = False,
    ) -> Drawing:
        sheet = self.book.create_sheet(name)
        sheet.page_setup.paperSize = 9
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.sheet_properties.pageSetUpPr.fitToPage = one_page
        if one_page:
            sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        margins = sheet.page_margins
        margins.left = margins.right = 1.8 * INCH
        margins.top, margins.bottom = 1.8 * INCH, 1.5 * INCH
        margins.header = margins.footer = 0.8 * INCH
        sheet.print_options.horizontalCentered = True
        sheet.sheet_view.showGridLines = False
        if footer:
            sheet.oddFooter.center.text = footer
            sheet.oddFooter.center.size = 9
        return Drawing(sheet, widths, size=size)

    def save(self, folder: Path) -> Path:
        sheet = self.book.create_sheet("设置")
        for column, width in zip("ABC", (14, 24, 64), strict=True):
            sheet.column_dimensions[column].width = width
        for number, row in enumerate(self.settings, start=1):
            for column, text in enumerate(row, start=1):
                cell = sheet.cell(number, column, text)
                cell.font = Font(
                    name="黑体" if column == 1 else "宋体", size=11, color="FF808080" if column == 3 else None
                )
                cell.alignment = LEFT
        self.book.properties.creator = "bangfu_excel"
        self.book.active = 0
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "form.xlsx"
            self.book.save(path)
            return finish(path, folder / f"{self.name}.xlsx", DRAWN)


SETTINGS = {
    "表": "填哪张表：表里每一行（或每份）出一张",
    "每页张数": "一张纸上印几张；不写或写1时，每张各占一张工作表",
    "每份": "按这一栏各出一份，同一份的记录在重复的行里",
    "分册": "按什么分工作簿：乡镇、村、学校、单位、不分",
    "只要": "只给哪些出卡，如“户类型=脱贫户、监测户”",
    "排序": "按哪几栏排，用顿号隔开；不写时按乡镇、村、组",
}


def settings(**said: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, value, SETTINGS[name]) for name, value in said.items())


def service_card() -> FormBook:
    """党员干部为民服务联系卡: four cards a page, to be cut."""
    form = FormBook("党员干部为民服务联系卡", settings(表="结对帮扶", 每页张数="4", 分册="单位"))
    card = form.sheet("联系卡", (10, 14, 10, 12, 10, 14), size=11)
    card.dashed(8)
    card.title("党员干部为民服务联系卡", size=16, height=30)
    card.cells(("姓名", 1), ("{{帮扶责任人}}", 1), ("单位", 1), ("{{帮扶单位}}", 3), height=24)
    card.cells(
        ("职务", 1),
        ("{{职务}}", 1),
        ("政治面貌", 1),
        ("{{帮扶人.政治面貌}}", 1),
        ("联系电话", 1),
        ("{{帮扶人电话}}", 1),
    )
    card.cells(("联系户", 1), ("{{帮扶对象姓名}}", 1), ("住址", 1), ("{{对象.乡镇}}{{对象.村}}{{对象.组}}", 3))
    card.cells(("服务内容", 1), ("{{帮扶目标}}", 5, LEFT), height=36)
    card.note("有困难、有意见、有建议，请随时打电话找我。", height=20, size=10)
    card.dashed(10, text="✂")
    return form


FORMS = (service_card,)


def make(folder: Path) -> None:
    """Draw all forms into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for draw in FORMS:
        draw().save(folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "templates" / "forms")
