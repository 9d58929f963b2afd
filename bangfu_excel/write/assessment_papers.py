"""未报材料: which papers that the plan asks for are not there, or came late, and who owes them."""

from __future__ import annotations

from bangfu_excel.core.assessment import COUNTY, LATE, MISSING, Assessment
from bangfu_excel.core.score_sheet import LEVEL_WORDS
from bangfu_excel.write.assessment_data import Look
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet
from bangfu_excel.write.stream import CellForm

_UNSAID = "方案没有写由谁报"


def paper_sheets(a: Assessment, look: Look, lead: tuple[str, ...]) -> tuple[Sheet, ...]:
    """The sheet; none where nothing was due."""
    if a.papers.empty:
        return ()
    rows = a.papers[a.papers["state"].isin([MISSING, LATE])].sort_values(
        ["state", "due_on"], kind="stable", ascending=[False, True]
    )
    personal = rows["level"] == "helper"
    names = rows["owner"].mask(personal, look.names(rows["owner"].map(a.names).astype("str")))
    about = look.names(rows["whom"])
    rows = rows.assign(
        title=rows["title"] + ("（" + about + "）").where(rows["whom"] != "", ""),
        word=rows["level"].map(LEVEL_WORDS | {"county": COUNTY, "": ""}).astype("str"),
        name=names.mask(rows["level"] == "", _UNSAID),
        unit=rows["unit"].where(personal, ""),
        row=rows["row"].where(rows["row"] > 0).astype("Int64"),
        days=(rows["filed_on"] - rows["due_on"]).dt.days.astype("Int64"),
    )  # fmt: skip
    return (
        Sheet(
            "未报材料", f"{look.area}{a.period.label}未报、迟报的材料", _COLUMNS, rows, lead,
            remark="注：方案要求的材料和“材料报送”表上写了应报时间的材料，统计期内到期的，和此前一年内到期、到统计期开始还没有报的；方案没有实施期、材料也没有期限的，截止日没有报就列上，期限空着。以“材料报送”表上登记的为准。",
            footer=f"{a.scheme.title}　{a.period.label}", empty="到期的材料都按时报了",
        ),
    )  # fmt: skip


def _day(title: str, source: str) -> Column:
    return Column(title, source, CellForm.DATE, "yyyy-mm-dd", "center", width=12)


_COLUMNS = (
    Column("材料", "title", widest=36), Column("由谁报", "word", align="center", widest=12), Column("名称\n（姓名）", "name", align="center", widest=24),
    Column("所在单位", "unit", align="center", widest=24), _day("期限", "due_on"), Column("情况", "state", align="center", width=8),
    _day("报送时间", "filed_on"), Column("迟报\n天数", "days", CellForm.NUMBER, "0", "center", width=8),
    Column("来源文件", "file", widest=24), Column("工作表", "sheet", widest=16), Column("行", "row", CellForm.NUMBER, "0", "center", width=6),
)  # fmt: skip
