"""等次标准: from what score which grade is given, and how many of each level may have it."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.address import column_letters
from bangfu_excel.core.score_sheet import LEVEL_WORDS
from bangfu_excel.core.scoring import places as places_of
from bangfu_excel.core.scoring import places_formula
from bangfu_excel.write.assessment_data import FIRST_ROW, Look, name_columns
from bangfu_excel.write.book import Book
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, write_sheet
from bangfu_excel.write.score_places import GRADES, Places
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Styles, Tint


def write_grades(book: Book, styles: Styles, places: Places, look: Look) -> None:
    """The grades, the highest first, and the last rank of each level that may have them; nothing where there are none."""
    assessing, a = places.sheet.assessing, places.assessment
    if not assessing.grades:
        return
    rows, columns = _bands(places), list(_COLUMNS)
    for level in places.sheet.levels:
        word = LEVEL_WORDS[level]
        ranked = places.sheet.totals.loc[places.sheet.totals["level"] == level, "rank"].notna().sum()
        rows[f"at_{level}"] = list(places_of(assessing, int(ranked)))
        above = column_letters(len(columns))
        rows[f"f_{level}"] = [
            places_formula(f"$C{at}", f"{above}{at - 1}" if at > FIRST_ROW else "", f"得分{word}_名次")
            for at in range(FIRST_ROW, FIRST_ROW + len(rows))
        ]
        columns.append(
            Column(f"{word}\n末位名次", f"at_{level}", CellForm.FORMULA, "0", "center", width=12, formulas=f"f_{level}")
        )
    lead = ("考核办法文号：（未录入，试算）" if assessing.is_trial else assessing.document_number, "")
    sheet = Sheet(
        GRADES, f"{look.area}结对帮扶考核等次标准", tuple(columns), rows, lead, numbered=False, signature=(), remark=_REMARK,
        footer=f"{a.scheme.title}　{a.period.label}",
    )  # fmt: skip
    write_sheet(book, sheet, styles)
    name_columns(book, "等次", GRADES, [*_KEYS, *(LEVEL_WORDS[level] for level in places.sheet.levels)], len(rows))


def _bands(places: Places) -> pd.DataFrame:
    bands = places.sheet.assessing.bands
    return pd.DataFrame(
        {
            "title": pd.Series([band.title for band in bands], dtype="str"),
            "least": [band.least for band in bands],
            "quota": pd.array([band.quota for band in bands], dtype="Float64"),
            "tint": str(Tint.WITHHELD),
        }
    )


_KEYS = ("名称", "起", "名额")
_COLUMNS = (
    Column("等次", "title", align="center", width=14),
    Column("分数从（含）", "least", CellForm.NUMBER, "0.##", "center", width=14, tint="tint"),
    Column("名额比例", "quota", CellForm.NUMBER, "0%", "center", width=14, tint="tint"),
)
_REMARK = "分数达到而名次在名额以外的，降一个等次；并列的按名次算。录入考核办法文号（参数表）后才评定等次。"
