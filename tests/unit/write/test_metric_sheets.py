"""指标一览 shows every metric beside its target; 疑点 lists what looks like visiting for the record."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pandas as pd

from bangfu_excel.assess import assess
from bangfu_excel.assess.metrics import SHOWN
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.core.scheme.work import Target
from bangfu_excel.write.assessment_book import write_assessment

SCHEME = Scheme(
    id="test", title="试验方案", version="1", tables=("household", "pairing", "visit"),
    targets=(Target(title="结对率", indicator="pairing_rate", rate=0.8),),
)  # fmt: skip


def book(tmp_path, *, masked=False):
    homes = [f"户{number}" for number in range(4)]
    household = pd.DataFrame(
        {"_key": homes, "household_id": homes, "head_name": list("赵钱孙李"), "township": ["甲镇"] * 3 + ["乙镇"]}
    )
    pairing = pd.DataFrame({"_recipient": homes[:3], "_helper": "周七@局", "helper_name": "周七", "helper_unit": "局"})
    visit = pd.DataFrame({"_recipient": homes[:3], "_helper": "周七@局", "visitors": "周七", "mode": "入户"})
    said = ["了解家庭生活情况并宣传政策", "了解家庭生活情况并宣传政策", "帮助联系务工单位并送去棉被"]
    visit = visit.assign(visited_on=pd.to_datetime(["2024-06-03", "2024-06-04", "2024-06-30"]), content=said)
    visit = visit.assign(_file="走访.xlsx", _sheet="走访", _row=[3, 4, 5])
    tables = {"household": household, "pairing": pairing, "visit": visit}
    made = assess(
        tables,
        SCHEME,
        Period.parse("2024-06"),
        dt.date(2024, 6, 30),
        metrics=SHOWN,
        thresholds={"PV12": {"households": 4}},
    )
    return openpyxl.load_workbook(write_assessment(made, tmp_path / "a.xlsx", masked=masked), data_only=True)


def shown(sheet, *headings):
    at = {str(cell.value): cell.column - 1 for cell in sheet[3]}
    return [tuple(row[at[heading]] for heading in headings) for row in sheet.iter_rows(min_row=4, values_only=True)]


def test_a_rate_stands_beside_its_target_for_the_county_and_each_township(tmp_path):
    rows = shown(book(tmp_path)["指标一览"], "指标", "名称", "分子", "分母", "比率", "目标", "结果")
    assert ("结对率", "全县", 3, 4, 0.75, 0.8, "未达到") in rows
    assert ("结对率", "甲镇", 3, 3, 1, 0.8, "达到") in rows


def test_signs_are_listed_with_their_rows(tmp_path):
    rows = shown(book(tmp_path)["疑点"], "疑点", "帮扶人", "对象", "来源文件", "行")
    assert [row for row in rows if row[0] == "走访内容雷同"] == [
        ("走访内容雷同", "周七", "赵", "走访.xlsx", 3), ("走访内容雷同", "周七", "钱", "走访.xlsx", 4),
    ]  # fmt: skip


def test_outsiders_see_no_names_in_them(tmp_path):
    sheet = book(tmp_path, masked=True)["疑点"]
    assert not [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell == "周七"]


def test_the_rows_that_a_metric_counts_have_a_title_that_is_seen_whole_and_its_definition_below(tmp_path):
    sheet = book(tmp_path)["数据-结对率"]
    assert sheet["A1"].value == "结对率（计数的每一项）"
    below = [cell for row in sheet.iter_rows(min_row=5) for cell in row if str(cell.value).startswith("注：")]
    assert len(below) == 1 and "每个为一项" in below[0].value
