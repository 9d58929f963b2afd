"""填表对应.xlsx: which cell of a superior's form holds what, for a clerk to write in Excel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from bangfu_excel.core.address import column_letters
from bangfu_excel.write.book import Book, GuardedSheet
from bangfu_excel.write.layout import write_notes
from bangfu_excel.write.page import Printed, set_print
from bangfu_excel.write.styles import DATE_FORMATS, TEXT_FORMAT, Styles
from bangfu_excel.write.widths import header_height

TITLE = "填表对应"
CELLS, RELATIONS, EDITIONS = "对应", "关系", "版本"
SHEET, CELL, SOURCE, FIELD, WHERE, METHOD, SINCE, REMARK = (
    "工作表", "单元格", "取自", "指标或栏目", "条件", "统计方式", "起用版本", "备注",
)  # fmt: skip
LEFT, SIGN, RIGHT = "左边", "关系", "右边"
EDITION, START, END = "版本", "起", "止"
HEADINGS = {
    CELLS: (SHEET, CELL, SOURCE, FIELD, WHERE, METHOD, SINCE, REMARK),
    RELATIONS: (LEFT, SIGN, RIGHT, REMARK),
    EDITIONS: (EDITION, START, END, REMARK),
}
SIGNS = ("=", "≥", "≤", ">", "<", "≠")

COUNT, DISTINCT, SUM, MEAN, MOST, LEAST, PER_HEAD, TAKE, EACH_ROW = (
    "计数", "去重计数", "求和", "平均", "最大", "最小", "人均", "取值", "逐行",
)  # fmt: skip
TOP, BOTTOM, UNSTATED, SHARE, PERCENT = OF_RATES = ("分子", "分母", "未填", "比例", "百分数")
OF_INDICATORS = (TAKE, TOP, BOTTOM, SHARE, PERCENT)
METHODS = (COUNT, DISTINCT, SUM, MEAN, MOST, LEAST, PER_HEAD, TAKE, EACH_ROW, *OF_RATES)
STATISTIC, INDICATOR, OCCASION = OTHER_SOURCES = ("统计指标", "考核指标", "填报信息")
"""What may stand under 取自 beside the tables."""

COUNTY, AREA, PERIOD, AS_OF, NUMBER = "县名", "填报单位", "统计期", "截止日期", "序号"
OCCASIONS = (COUNTY, AREA, PERIOD, AS_OF, NUMBER)

_LISTS = "下拉选项"
_ROWS = {CELLS: 200, RELATIONS: 60, EDITIONS: 20}
_WIDTHS = {
    SHEET: 16, CELL: 8, SOURCE: 14, FIELD: 24, WHERE: 40, METHOD: 10, SINCE: 12, REMARK: 24, LEFT: 36, SIGN: 8, RIGHT: 44,
    START: 13, END: 13,
}  # fmt: skip
_DAYS = (START, END)
_GUIDE = (
    f"一、“{CELLS}”表一行说一个格子：上级空白表的哪张{SHEET}、哪个{CELL}（合并的写左上角那一格），{SOURCE}哪张表、哪一{FIELD[3:]}，"
    f"符合什么{WHERE}，怎样统计。有公式的格子不用写，打开时自己会算。",
    f"二、{WHERE}几项之间用分号隔开，都要符合；一项里几个值用顿号隔开，有一个就算。例：乡镇=清水镇；致贫原因=因病、因残；家庭人口数≥3。"
    "可以用 = ≠ ≥ ≤ > <；“=空白”是没有填的，“≠空白”是填了的。家庭成员等表也可以用户的栏目作条件（户类型=监测户）。"
    "年龄按截止日期当天的周岁。走访、资金这类按日期登记的，没有写日期条件时只算统计期以内的。",
    f"三、{METHOD}：{COUNT}（{FIELD}空着时数记录，写了的数填了的）、{DISTINCT}、{SUM}、{MEAN}、{MOST}、{LEAST}、{PER_HEAD}（除以家庭人口数，只用于户）、"
    f"{TAKE}（符合条件的只能有一个值）、{EACH_ROW}（从这一格起往下，一条记录一行；同一张工作表里条件相同、起始行相同的各列是一张名单）。"
    f"{SOURCE}选“{STATISTIC}”的用：{'、'.join(OF_RATES)}。选“{INDICATOR}”的，{FIELD[:2]}写考核工作簿里的栏目（如 达标率），{WHERE}写是谁的"
    f"（乡镇=清水镇，或 帮扶单位=…、帮扶责任人=…，空着是全县），用{'、'.join(OF_INDICATORS)}。没有一条填了数的，格子空着，不写0。",
    f"四、“{RELATIONS}”表写格子之间应有的关系，例：左边 表1!C5，关系 =，右边 表1!D5+表1!E5；可以用 SUM(表1!C5:C9)；"
    "上期的格子写 上期!表1!C5。填之前先核对，有一处不符就不写出。",
    f"五、“{EDITIONS}”表写表式的版本和起止日期（止可以空着）；“{SINCE}”是从哪一版起要填这一格，空着就是一直要填。"
    "截止日期在旧版本期间的，新版本才有的格子是“未采集”，不填，也不参加核对。",
    "六、填好保存，运行：bangfu form 上级空白表.xlsx --mapping 这个文件 -o OUT",
)


def write_mapping_book(
    path: Path, labels: Mapping[str, Sequence[str]], sheets: Sequence[str], *, as_of: dt.date
) -> Path:
    """The blank workbook. labels: what may stand under 取自 → under 指标或栏目 · sheets: of the form, for a drop-down, if known."""
    with Book(path, as_of=as_of, title=TITLE, streaming=False, use="form --mapping") as book:
        styles = Styles(book)
        write_notes(book, TITLE, _GUIDE, styles, TITLE)
        cells = _write_form(book, CELLS, styles)
        if sheets:
            _choose(cells, CELLS, SHEET, f"={_LISTS}!$A$1:$A${len(sheets)}")
        _choose(cells, CELLS, SOURCE, f"={_LISTS}!$C$1:${column_letters(len(labels) + 1)}$1")
        _choose(cells, CELLS, FIELD, _labels_of_the_source(len(labels)), warn_only=True)
        _choose(cells, CELLS, METHOD, f"={_LISTS}!$B$1:$B${len(METHODS)}")
        _choose(cells, CELLS, SINCE, f"={EDITIONS}!$A$2:$A${_ROWS[EDITIONS] + 1}")
        _choose(_write_form(book, RELATIONS, styles), RELATIONS, SIGN, list(SIGNS))
        _write_form(book, EDITIONS, styles)
        _write_lists(book, labels, sheets)
    return path


def _write_form(book: Book, name: str, styles: Styles) -> GuardedSheet:
    sheet, headings = book.add_sheet(name), HEADINGS[name]
    widths = [float(_WIDTHS.get(heading, 16)) for heading in headings]
    end = 1 + _ROWS[name]
    sheet.set_row(0, header_height(headings, widths))
    for index, heading in enumerate(headings):
        sheet.set_column(index, index, widths[index])
        sheet.write_string(0, index, heading, styles.header())
        entry = styles.entry(DATE_FORMATS["day"] if heading in _DAYS else TEXT_FORMAT)
        for row in range(1, end):
            sheet.write_blank(row, index, None, entry)
    sheet.freeze_panes(1, 0)
    sheet.hide_gridlines(2)
    set_print(sheet, Printed(0, end, len(widths), TITLE), widths)
    return sheet


def _choose(sheet: GuardedSheet, form: str, heading: str, source: list[str] | str, *, warn_only: bool = False) -> None:
    index = HEADINGS[form].index(heading)
    rule = {
        "validate": "list", "source": source, "error_type": "warning" if warn_only else "stop",
        "error_title": "请核对", "error_message": "请从下拉框里选择",
    }  # fmt: skip
    sheet.data_validation(1, index, _ROWS[form], index, rule)


def _labels_of_the_source(sources: int) -> str:
    """The labels of what is chosen under 取自 in the same row."""
    chosen = f"${column_letters(HEADINGS[CELLS].index(SOURCE))}2"
    titles = f"{_LISTS}!$C$1:${column_letters(sources + 1)}$1"
    column = f"IFERROR(MATCH({chosen},{titles},0),1)-1"
    return f"=OFFSET({_LISTS}!$C$2,0,{column},COUNTA(OFFSET({_LISTS}!$C$2,0,{column},999,1)),1)"


def _write_lists(book: Book, labels: Mapping[str, Sequence[str]], sheets: Sequence[str]) -> None:
    target = book.add_sheet(_LISTS)
    columns = [tuple(sheets), METHODS, *((source, *group) for source, group in labels.items())]
    for index, texts in enumerate(columns):
        for row, text in enumerate(texts):
            target.write_string(row, index, text)
    target.hide()
