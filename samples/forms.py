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
TOP = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
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

    def section(self, text: str) -> None:
        """A heading between two parts of a page."""
        self._line(text, Font(name="黑体", size=self.size + 1), LEFT, 28)

    def cut(self) -> None:
        """The line along which a card is cut, with as much room above as below."""
        for column in range(1, len(self.widths) + 1):
            self.sheet.cell(self.row, column).border = Border(bottom=CUT)
        self._next(9)
        self._next(9)

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
        normal = self.book._named_styles["Normal"]
        normal.font = Font(name="宋体", size=11)  # the width of a column is counted in its letters

    def sheet(
        self,
        name: str,
        widths: tuple[float, ...],
        *,
        landscape: bool = False,
        footer: str = "",
        size: float = 12,
        fitted: bool = False,
    ) -> Drawing:
        sheet = self.book.create_sheet(name)
        sheet.page_setup.paperSize = 9
        sheet.page_setup.useFirstPageNumber, sheet.page_setup.firstPageNumber = True, 1
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.sheet_properties.pageSetUpPr.fitToPage = fitted
        if fitted:
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
    """党员干部为民服务联系卡: four a page, to be cut."""
    form = FormBook("党员干部为民服务联系卡", settings(表="结对帮扶", 每页张数="4", 分册="单位"))
    card = form.sheet("联系卡", (10, 14, 10, 12, 10, 14), size=11)
    card.title("党员干部为民服务联系卡", size=16, height=34)
    card.cells(("姓名", 1), ("{{帮扶责任人}}", 1), ("单位", 1), ("{{帮扶单位}}", 3))
    card.cells(
        ("职务", 1),
        ("{{帮扶人.职务}}", 1),
        ("政治面貌", 1),
        ("{{帮扶人.政治面貌}}", 1),
        ("联系电话", 1),
        ("{{帮扶人电话}}", 1),
    )
    card.cells(
        ("联系户", 1),
        ("{{帮扶对象姓名}}", 1),
        ("住址", 1),
        ("{{对象.乡镇}}{{对象.村}}{{对象.组}}{{对象学校}}{{班级}}", 3),
    )
    card.cells(("服务内容", 1), ("{{帮扶目标}}", 5, LEFT), height=34)
    card.note("有困难、有意见、有建议，请随时打电话找我。", height=20, size=10)
    card.cut()
    return form


def cadre_card() -> FormBook:
    """干部联系卡: five a page, kept by the people."""
    form = FormBook("干部联系卡", settings(表="结对帮扶", 每页张数="5", 分册="村"))
    card = form.sheet("联系卡", (12, 21, 12, 25), size=11)
    card.title("干部联系卡", size=16, height=30)
    card.cells(("干部姓名", 1), ("{{帮扶责任人}}", 1), ("联系电话", 1), ("{{帮扶人电话}}", 1), height=22)
    card.cells(("所在单位", 1), ("{{帮扶单位}}", 1), ("职务", 1), ("{{帮扶人.职务}}", 1), height=22)
    card.cells(
        ("联系群众", 1),
        ("{{帮扶对象姓名}}", 1),
        ("联络员", 1),
        ("{{联络员}}{{如有 联络员电话}}　{{联络员电话}}{{完}}", 1),
        height=22,
    )
    card.note("公开承诺：有事随叫随到，件件有回音。", height=18, size=10)
    card.cut()
    return form


def staff_card() -> FormBook:
    """职工联系卡: six a page, kept by the household."""
    form = FormBook("职工联系卡", settings(表="结对帮扶", 每页张数="6", 分册="村"))
    card = form.sheet("联系卡", (12, 21, 12, 25), size=11)
    card.title("职工联系卡", size=15, height=28)
    card.cells(("职工姓名", 1), ("{{帮扶责任人}}", 1), ("联系电话", 1), ("{{帮扶人电话}}", 1), height=21)
    card.cells(("单位", 1), ("{{帮扶单位}}{{如有 帮扶小组}}（{{帮扶小组}}）{{完}}", 3, LEFT), height=21)
    card.cells(("结对户", 1), ("{{帮扶对象姓名}}", 1), ("结对时间", 1), ("{{结对时间}}", 1), height=21)
    card.cut()
    return form


def child_card() -> FormBook:
    """留守儿童联系卡: two a page, one for the school and one for the guardian."""
    form = FormBook("留守儿童联系卡", settings(表="儿童档案", 每页张数="2", 分册="学校"))
    card = form.sheet("联系卡", (11, 12, 11, 12, 11, 13), size=11)
    card.title("留守儿童联系卡", size=18, height=38)
    card.cells(("姓名", 1), ("{{姓名}}", 1), ("性别", 1), ("{{性别}}", 1), ("出生日期", 1), ("{{出生日期}}", 1))
    card.cells(("就读学校", 1), ("{{就读学校}}", 3), ("年级班级", 1), ("{{年级}}{{班级}}", 1))
    card.cells(("现居住地", 1), ("{{现居住地}}", 3), ("家庭电话", 1), ("{{家庭联系电话}}", 1))
    card.cells(
        ("父亲", 1),
        ("{{父亲姓名}}", 1),
        ("务工地点", 1),
        ("{{父亲务工地点}}", 1),
        ("联系电话", 1),
        ("{{父亲联系电话}}", 1),
    )
    card.cells(
        ("母亲", 1),
        ("{{母亲姓名}}", 1),
        ("务工地点", 1),
        ("{{母亲务工地点}}", 1),
        ("联系电话", 1),
        ("{{母亲联系电话}}", 1),
    )
    card.cells(
        ("监护人", 1),
        ("{{监护人姓名}}", 1),
        ("与儿童关系", 1),
        ("{{与儿童关系}}", 1),
        ("联系电话", 1),
        ("{{监护人联系电话}}", 1),
    )
    card.cells(
        ("班主任", 1),
        ("{{班主任}}", 1),
        ("帮扶人", 1),
        ("{{帮扶人.姓名}}", 1),
        ("联系电话", 1),
        ("{{帮扶人.联系电话}}", 1),
    )
    card.cells(
        ("父母每年\n回家次数", 1),
        ("{{父母每年回家次数}}", 1),
        ("是否寄宿", 1),
        ("{{是否寄宿}}", 1),
        ("学习帮手", 1),
        ("{{学习帮手}}", 1),
        height=34,
    )
    card.cells(("联系记录", 1), ("", 5), height=64)
    card.note("儿童需要帮助时，请拨打上面的电话。", height=22, size=10)
    card.cut()
    return form


def visit_form() -> FormBook:
    """走访记录表: a page a visit, signed by both sides."""
    form = FormBook("走访记录表", settings(表="走访记录", 分册="乡镇"))
    page = form.sheet("走访记录表", (13, 16, 13, 14, 13, 15), fitted=True)
    page.title("走访记录表")
    page.note("填表单位：{{帮扶人.单位}}　　　　编号：{{编号}}", height=24)
    page.cells(("走访时间", 1), ("{{走访时间}}", 2), ("走访方式", 1), ("{{走访方式}}", 2), height=30)
    page.cells(("走访人", 1), ("{{走访人}}", 2), ("所在单位", 1), ("{{帮扶人.单位}}", 2), height=30)
    page.cells(
        ("走访户", 1),
        ("{{户主姓名}}", 1),
        ("户编号", 1),
        ("{{对象.户编号}}", 1),
        ("家庭人口", 1),
        ("{{对象.家庭人口数}}", 1),
        height=30,
    )
    page.cells(
        ("住址", 1), ("{{对象.乡镇}}{{对象.村}}{{对象.组}}", 3), ("联系电话", 1), ("{{对象.户联系电话}}", 1), height=30
    )
    page.cells(
        ("户类型", 1),
        ("{{对象.户类型}}", 1),
        ("见面对象", 1),
        ("{{见面对象}}", 1),
        ("帮扶类别", 1),
        ("{{帮扶类别}}", 1),
        height=30,
    )
    page.cells(("走访内容", 1), ("{{走访内容}}", 5, TOP), height=120)
    page.cells(("反映的问题", 1), ("{{存在问题}}", 5, TOP), height=90)
    page.cells(("意见建议", 1), ("{{意见建议}}", 5, TOP), height=80)
    page.cells(("解决措施", 1), ("{{解决措施}}", 5, TOP), height=80)
    page.cells(("备注", 1), ("{{备注}}", 5, TOP), height=40)
    page.blank(12)
    page.note("走访人（签名）：　　　　　　　　　　　走访户（签名）：", height=30)
    page.note("　　　　　　　　　　　　　　　　　　　　年　　月　　日", height=24)
    return form


def talk_card() -> FormBook:
    """谈心记录卡: two a page."""
    form = FormBook("谈心记录卡", settings(表="日记与记录卡", 每页张数="2", 分册="学校", 只要="记录种类=谈心记录卡"))
    card = form.sheet("谈心记录卡", (12, 23, 12, 23), size=11)
    card.title("谈心记录卡", size=18, height=38)
    card.cells(("学生姓名", 1), ("{{帮扶对象姓名}}", 1), ("学校班级", 1), ("{{对象.就读学校}}{{对象.班级}}", 1))
    card.cells(("谈心教师", 1), ("{{记录人}}", 1), ("谈心时间", 1), ("{{记录时间}}", 1))
    card.cells(("主题", 1), ("{{主题}}", 3, LEFT))
    card.cells(("谈心内容", 1), ("{{记录内容}}", 3, TOP), height=84)
    card.cells(
        ("学习、生活\n和心理", 1),
        (
            "{{如有 学习情况}}学习：{{学习情况}}　{{完}}{{如有 生活情况}}生活：{{生活情况}}　{{完}}{{如有 心理状况}}心理：{{心理状况}}{{完}}",
            3,
            TOP,
        ),
        height=54,
    )
    card.cells(("效果", 1), ("{{阶段性效果}}", 3, TOP), height=34)
    card.cells(("下一步打算", 1), ("{{下一步打算}}", 3, TOP), height=34)
    card.note("教师（签名）：　　　　　　　　　学生（签名）：", height=30)
    card.cut()
    return form


def matching_form() -> FormBook:
    """党员干部与帮扶对象对接表: a list for each unit, on A4 across."""
    form = FormBook("党员干部与帮扶对象对接表", settings(表="结对帮扶", 每份="帮扶单位", 分册="单位"))
    widths = (5, 10, 6, 10, 10, 13, 10, 20, 22, 6, 13, 14, 11, 10)
    page = form.sheet("对接表", widths, landscape=True, fitted=True, size=10, footer="第 &P 页")
    page.title("党员干部与帮扶对象对接表")
    page.note("单位：{{帮扶单位}}　　　　　　　　　　截止：{{截止日期}}", height=24)
    titles = (
        "序号",
        "党员干部\n姓名",
        "性别",
        "政治面貌",
        "职务",
        "联系电话",
        "帮扶对象\n姓名",
        "证件号码",
        "所在村组（学校班级）",
        "家庭\n人口",
        "对象电话",
        "结对时间",
        "结对方式",
        "备注",
    )
    page.cells(*((title, 1) for title in titles), height=34)
    page.sheet.print_title_rows = f"1:{page.row - 1}"
    own = "结对帮扶."
    where = "".join(f"{{{{{own}{name}}}}}" for name in ("对象.乡镇", "对象.村", "对象.组", "对象学校", "班级"))
    shown = (
        "{{序号}}", f"{{{{{own}帮扶责任人}}}}", f"{{{{{own}帮扶人.性别}}}}", f"{{{{{own}帮扶人.政治面貌}}}}", f"{{{{{own}帮扶人.职务}}}}",
        f"{{{{{own}帮扶人电话}}}}", f"{{{{{own}帮扶对象姓名}}}}", f"{{{{{own}对象.证件号码}}}}", where, f"{{{{{own}对象.家庭人口数}}}}",
        f"{{{{{own}对象.户联系电话}}}}", f"{{{{{own}结对时间}}}}", f"{{{{{own}结对方式}}}}", f"{{{{{own}备注}}}}",
    )  # fmt: skip
    page.cells(*((text, 1) for text in shown), height=26)
    page.blank(8)
    page.note(
        "填表人：　　　　　　　　审核人：　　　　　　　　单位负责人（签字、盖章）：　　　　　　　　　　　年　　月　　日",
        height=28,
    )
    return form


def household_file() -> FormBook:
    """一户一档: the household, its members, who helps it, measures and visits."""
    form = FormBook("一户一档", settings(表="帮扶对象户", 分册="村"))
    widths = (6, 11, 10, 11, 11, 11, 11, 11, 13)
    page = form.sheet("一户一档", widths, fitted=True, size=11, footer="{{户主姓名}}　第 &P 页")
    page.title("帮扶对象一户一档")
    page.note("{{县名}}{{乡镇}}{{村}}{{组}}　　　　户编号：{{户编号}}　　　　截止：{{截止日期}}", height=24, size=10)
    page.section("一、家庭基本情况")
    page.cells(
        ("户主姓名", 2),
        ("{{户主姓名}}", 1),
        ("证件号码", 1),
        ("{{户主证件号码}}", 2),
        ("联系电话", 1),
        ("{{户联系电话}}", 2),
    )
    page.cells(
        ("户类型", 2),
        ("{{户类型}}", 1),
        ("家庭人口", 1),
        ("{{家庭人口数}}", 2),
        ("劳动力人数", 1),
        ("{{劳动力人数}}", 2),
    )
    page.cells(("对象类别", 2), ("{{对象类别}}", 4), ("识别时间", 1), ("{{识别时间}}", 2))
    page.cells(("致贫原因", 2), ("{{致贫原因}}", 4), ("劳动能力", 1), ("{{劳动能力}}", 2))
    page.cells(
        ("家庭纯收入（元）", 2),
        ("{{家庭纯收入}}", 1),
        ("人均纯收入\n（元）", 1),
        ("{{人均纯收入}}", 2),
        ("主要收入\n来源", 1),
        ("{{主要收入来源}}", 2),
        height=36,
    )
    page.cells(
        ("耕地面积（亩）", 2),
        ("{{耕地面积}}", 1),
        ("住房情况", 1),
        ("{{住房情况}}", 2),
        ("住房面积\n（m²）", 1),
        ("{{住房面积}}", 2),
        height=36,
    )
    page.cells(("家庭住址", 2), ("{{家庭住址}}", 7, LEFT))
    page.cells(("帮扶需求", 2), ("{{帮扶需求}}", 7, LEFT), height=36)
    page.section("二、家庭成员（{{家庭成员.数}}人）")
    page.cells(
        ("序号", 1),
        ("姓名", 1),
        ("与户主\n关系", 1),
        ("证件号码", 2),
        ("文化程度", 1),
        ("健康状况", 1),
        ("劳动能力", 1),
        ("务工地点", 1),
        height=32,
    )
    own = "家庭成员."
    page.cells(
        ("{{序号}}{{至少4行}}", 1),
        (f"{{{{{own}姓名}}}}", 1),
        (f"{{{{{own}与户主关系}}}}", 1),
        (f"{{{{{own}证件号码}}}}", 2),
        (f"{{{{{own}文化程度}}}}", 1),
        (f"{{{{{own}健康状况}}}}", 1),
        (f"{{{{{own}劳动能力}}}}", 1),
        (f"{{{{{own}务工地点}}}}", 1),
    )
    page.section("三、结对帮扶")
    page.cells(("序号", 1), ("帮扶人", 1), ("单位", 2), ("职务", 1), ("联系电话", 2), ("结对时间", 2))
    own = "结对帮扶."
    page.cells(
        ("{{序号}}{{至少2行}}", 1),
        (f"{{{{{own}帮扶责任人}}}}", 1),
        (f"{{{{{own}帮扶单位}}}}", 2),
        (f"{{{{{own}帮扶人.职务}}}}", 1),
        (f"{{{{{own}帮扶人电话}}}}", 2),
        (f"{{{{{own}结对时间}}}}", 2),
    )
    page.section("四、帮扶措施")
    page.cells(("序号", 1), ("实施时间", 2), ("措施类别", 1), ("内容", 3), ("资金（元）", 1), ("成效", 1))
    own = "帮扶措施."
    page.cells(
        ("{{序号}}{{至少3行}}", 1),
        (f"{{{{{own}实施时间}}}}", 2),
        (f"{{{{{own}措施类别}}}}", 1),
        (f"{{{{{own}措施内容}}}}", 3, LEFT),
        (f"{{{{{own}投入资金}}}}", 1),
        (f"{{{{{own}帮扶成效}}}}", 1, LEFT),
    )
    page.section("五、走访记录")
    page.cells(("序号", 1), ("走访时间", 2), ("走访人", 1), ("方式", 1), ("内容", 3), ("存在问题", 1))
    own = "走访记录."
    page.cells(
        ("{{序号}}{{至少4行}}", 1),
        (f"{{{{{own}走访时间}}}}", 2),
        (f"{{{{{own}走访人}}}}", 1),
        (f"{{{{{own}走访方式}}}}", 1),
        (f"{{{{{own}走访内容}}}}", 3, LEFT),
        (f"{{{{{own}存在问题}}}}", 1, LEFT),
    )
    page.cells(("{{如有 备注}}", 9))
    page.section("六、其他")
    page.cells(("{{备注}}", 9, LEFT), height=36)
    page.cells(("{{完}}", 9))
    page.blank(8)
    page.note("户主（签名）：　　　　　　　　帮扶人（签名）：　　　　　　　　村委会（盖章）：", height=30)
    return form


def opinion_form() -> FormBook:
    """征求意见表: a page a pairing, handed out to be filled in."""
    form = FormBook("征求意见表", settings(表="结对帮扶", 分册="单位"))
    page = form.sheet("征求意见表", (15, 27, 15, 27), fitted=True)
    page.title("征求意见表")
    page.note("　　为进一步做好结对帮扶工作，请您如实填写。您的意见只用于改进工作。", height=30)
    page.cells(("帮扶人", 1), ("{{帮扶责任人}}", 1), ("所在单位", 1), ("{{帮扶单位}}", 1), height=30)
    page.cells(
        ("帮扶对象", 1),
        ("{{帮扶对象姓名}}", 1),
        ("村组（班级）", 1),
        ("{{对象.乡镇}}{{对象.村}}{{对象.组}}{{对象学校}}{{班级}}", 1),
        height=30,
    )
    page.cells(("填表人姓名", 1), ("", 1), ("与帮扶对象关系", 1), ("", 1), height=30)
    page.cells(("填表人电话", 1), ("", 1), ("填表时间", 1), ("　　　年　　月　　日", 1), height=30)
    page.cells(
        ("您对帮扶工作\n是否满意", 1), ("□ 满意　　　□ 比较满意　　　□ 一般　　　□ 不满意", 3), height=44, label=False
    )
    page.cells(("帮扶人来过吗", 1), ("□ 经常来　　　□ 有时来　　　□ 没来过", 3), height=44, label=False)
    page.cells(("给您办过\n哪些实事", 1), ("", 3, TOP), height=100)
    page.cells(("对帮扶人的\n意见", 1), ("", 3, TOP), height=120)
    page.cells(("对今后工作的\n建议", 1), ("", 3, TOP), height=120)
    page.blank(12)
    page.note("填表人（签名）：", height=28)
    return form


def duty_list() -> FormBook:
    """责任书附表: the households of each helper, attached to his letter of responsibility."""
    form = FormBook("责任书附表", settings(表="结对帮扶", 每份="帮扶责任人", 分册="单位"))
    page = form.sheet("责任书附表", (6, 12, 26, 8, 12, 14, 16), fitted=True, size=11)
    page.title("结对帮扶责任书附表")
    page.note(
        "责任人：{{帮扶责任人}}　　单位：{{帮扶单位}}　　职务：{{帮扶人.职务}}　　电话：{{帮扶人电话}}", height=26
    )
    page.cells(
        ("序号", 1),
        ("帮扶对象", 1),
        ("所在村组（学校班级）", 1),
        ("家庭\n人口", 1),
        ("户类型", 1),
        ("结对时间", 1),
        ("帮扶目标", 1),
        height=34,
    )
    page.sheet.print_title_rows = f"1:{page.row - 1}"
    own = "结对帮扶."
    where = "".join(f"{{{{{own}{name}}}}}" for name in ("对象.乡镇", "对象.村", "对象.组", "对象学校", "班级"))
    page.cells(
        ("{{序号}}{{至少8行}}", 1),
        (f"{{{{{own}帮扶对象姓名}}}}", 1),
        (where, 1, LEFT),
        (f"{{{{{own}对象.家庭人口数}}}}", 1),
        (f"{{{{{own}对象.户类型}}}}", 1),
        (f"{{{{{own}结对时间}}}}", 1),
        (f"{{{{{own}帮扶目标}}}}", 1, LEFT),
        height=28,
    )
    page.cells(("合计", 2), ("{{结对帮扶.数}}户", 5, LEFT), height=26)
    page.note("　　责任要求：按规定的次数入户走访；帮助制定和落实帮扶措施；如实填写走访记录；按时报告情况。", height=44)
    page.blank(10)
    page.note("责任人（签字）：　　　　　　　　　　　单位负责人（签字）：", height=30)
    page.note("　　　　　　　　　　　　　　　　　　　　　年　　月　　日", height=26)
    return form


FORMS = (
    service_card, cadre_card, staff_card, child_card, visit_form, talk_card, matching_form, household_file, opinion_form, duty_list,
)  # fmt: skip


def make(folder: Path) -> None:
    """Draw all forms into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for draw in FORMS:
        draw().save(folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "templates" / "forms")
