"""加减分及一票否决: what is typed in by hand, a row a subject, for the program to read back and for the formulas at once."""

from __future__ import annotations

import json

import pandas as pd

from bangfu_excel.core.score_sheet import LEVEL_WORDS, subject_mark
from bangfu_excel.write.assessment_data import Look
from bangfu_excel.write.book import Book
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, write_sheet
from bangfu_excel.write.question_sheet import MARK
from bangfu_excel.write.score_places import ENTRIES, Entry, Places
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Styles, Tint

_GUIDE = "只填黄色格：分数填数字，一票否决填1，并写明理由或文号。各表随填随算；填好后可用 bangfu assess --manual 本文件 重新生成"


def write_entries(book: Book, styles: Styles, places: Places, look: Look) -> None:
    """The sheet; nothing where no line asks for anything."""
    if not places.entries:
        return
    a = places.assessment
    rows = _rows(places, look)
    columns = (
        Column("级别", "word", align="center", width=9), Column("名称", "name", width=28), Column("帮扶单位", "unit", width=24),
        *(_entry_column(number, entry) for number, entry in enumerate(places.entries)),
        Column(MARK, "mark", width=20, wrap=False),
    )  # fmt: skip
    title = f"{look.area}{a.period.label}结对帮扶考核加减分及一票否决"
    write_sheet(
        book,
        Sheet(
            ENTRIES,
            title,
            columns,
            rows,
            (_GUIDE, ""),
            frozen=3,
            numbered=False,
            signature=(),
            footer=f"{a.scheme.title}　{a.period.label}",
        ),
        styles,
    )
    sheet = book.workbook.get_worksheet_by_name(ENTRIES)
    last = len(columns) - 1
    sheet.set_column(last, last, 20, None, {"hidden": True})
    for number, entry in enumerate(places.entries):
        _limit(sheet, number + 3, entry, places)


def _entry_column(number: int, entry: Entry) -> Column:
    source = f"entry{number}"
    if entry.input == "reason":
        return Column(entry.heading, source, width=22, tint="tint")
    return Column(entry.heading, source, CellForm.NUMBER, "General", "center", width=11, tint="tint")


def _rows(places: Places, look: Look) -> pd.DataFrame:
    a = places.assessment
    units = {key: a.units[number] for key, number in zip(a.helpers["key"], a.helpers["unit"], strict=True)}
    who = list(places.entry_rows)
    names = [a.names.get(name, name) if level == "helper" else name for level, name in who]
    persons = pd.Series([level == "helper" for level, _ in who], dtype=bool)
    shown = pd.Series(names, dtype="str").mask(persons, look.names(pd.Series(names, dtype="str")))
    marks = [
        json.dumps([level, subject_mark(level, subject), name, a.period.label], ensure_ascii=False)
        for (level, subject), name in zip(who, shown, strict=True)
    ]
    rows = pd.DataFrame(
        {
            "word": pd.Series([LEVEL_WORDS[level] for level, _ in who], dtype="str"),
            "name": shown,
            "unit": pd.Series([units.get(name, "") if level == "helper" else "" for level, name in who], dtype="str"),
            "mark": pd.Series(marks, dtype="str"),
            "tint": pd.Series(str(Tint.WITHHELD), index=range(len(who)), dtype="str"),
        }
    )
    lines = places.sheet.lines.set_index(["level", "subject", "line"])
    for number, entry in enumerate(places.entries):
        at = pd.MultiIndex.from_tuples([(*one, entry.line.id) for one in who], names=lines.index.names)
        rows[f"entry{number}"] = lines[entry.input].reindex(at).reset_index(drop=True)
    return rows


def _limit(sheet: object, column: int, entry: Entry, places: Places) -> None:
    """What Excel refuses to take into the cells of an entry."""
    if entry.input == "reason" or not places.entry_rows:
        return
    rows = list(places.entry_rows.values())
    sheet.data_validation(  # type: ignore[attr-defined]
        rows[0] - 1, column, rows[-1] - 1, column,
        {
            "validate": "decimal", "error_title": "请核对", "error_message": f"请填{entry.range}",
            **({"criteria": ">=", "value": 0} if entry.most is None else {"criteria": "between", "minimum": 0, "maximum": entry.most}),
        },
    )  # fmt: skip
