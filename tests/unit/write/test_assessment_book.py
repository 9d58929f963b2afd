"""What the assessment workbook is made of, and what never leaves in it."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from bangfu_excel.assess import assess
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Cadence, Scheme
from bangfu_excel.errors import OutputError
from bangfu_excel.write import assessment_book
from bangfu_excel.write.assessment_book import write_assessment

SCHEME = Scheme(
    id="test",
    title="试验方案",
    version="1",
    tables=("pairing",),
    cadences=(Cadence(id="m", title="每月入户", modes=("入户",)),),
)


@pytest.fixture
def assessment():
    homes = ["990101199001010015", "户02"]
    household = pd.DataFrame(
        {
            "_key": homes,
            "household_id": homes,
            "head_name": ["欧阳小明", "赵大"],
            "township": "甲镇",
            "cause": ["因病", "因病、因残"],
        }
    )
    pairing = pd.DataFrame(
        {
            "_recipient": homes,
            "_helper": "13800000000|钱二",
            "helper_name": "钱二",
            "helper_unit": "局",
            "township": "甲镇",
        }
    )
    visit = pd.DataFrame({"_recipient": homes[:1], "_helper": "13800000000|钱二", "visitors": "钱二"})
    visit = visit.assign(visited_on=pd.Timestamp("2024-06-03"), mode="入户", _file="a.xlsx", _sheet="走访", _row=3)
    tables = {"household": household, "pairing": pairing, "visit": visit}
    return assess(tables, SCHEME, Period.parse("2024-06"), dt.date(2024, 6, 30))


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def test_the_sheets_and_a_chart_are_there(assessment, tmp_path):
    path = write_assessment(assessment, tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(path).sheetnames == [
        "总览", "图表", "乡镇", "帮扶单位", "帮扶人", "未达标清单", "未走访户", "参数", "说明",
        "数据-结对", "数据-走访", "数据-应访", "数据-户",
    ]  # fmt: skip
    chart = parts(path)["xl/charts/chart1.xml"]
    assert '<c:barDir val="col"/>' in chart
    assert "<c:v>局</c:v>" in chart  # one township only: the units are compared


def test_the_charts_show_visits_through_the_month_what_was_missed_and_the_causes(assessment, tmp_path):
    path = write_assessment(assessment, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(path, data_only=True)["图表"]
    shown = [[cell for cell in row if cell not in (None, "")] for row in sheet.iter_rows(values_only=True)]
    assert ["上旬", dt.datetime(2024, 6, 1), dt.datetime(2024, 6, 10), 1] in shown
    assert ["下旬", dt.datetime(2024, 6, 21), dt.datetime(2024, 6, 30), 0] in shown
    assert ["甲镇", 1, 1] in shown
    assert ["因病", 2] in shown  # the first of several
    titles = [row[0] for row in shown if len(row) == 1]
    assert titles[1:] == ["走访次数变化", "各乡镇走访达标情况", "帮扶户主要致贫原因（2024年6月30日）"]


def test_derived_cells_are_formulas_with_their_values(assessment, tmp_path):
    path = write_assessment(assessment, tmp_path / "a.xlsx")
    formulas, values = openpyxl.load_workbook(path)["帮扶人"], openpyxl.load_workbook(path, data_only=True)["帮扶人"]
    shown = {str(formulas.cell(3, column).value): column for column in range(4, formulas.max_column + 1)}
    assert all(str(formulas.cell(4, column).value).startswith("=") for column in shown.values())
    read = {title.replace("\n", ""): values.cell(4, column).value for title, column in shown.items()}
    assert (read["结对户数"], read["应访户·期"], read["达标户·期"], read["达标率"]) == (2, 2, 1, 0.5)
    assert not read["达标率排名"]  # fewer than five pairings


def test_no_volatile_or_new_function_and_no_link_to_elsewhere(assessment, tmp_path):
    everything = parts(write_assessment(assessment, tmp_path / "a.xlsx"))
    formulas = " ".join(re.findall(r"<f>(.*?)</f>", " ".join(everything.values())))
    assert not re.search(r"TODAY|NOW|RAND|OFFSET|INDIRECT|XLOOKUP|FILTER|UNIQUE|LET\(|_xlfn", formulas)
    assert not [name for name in everything if "externalLink" in name]


def test_the_missed_are_listed_by_name_and_month(assessment, tmp_path):
    sheet = openpyxl.load_workbook(write_assessment(assessment, tmp_path / "a.xlsx"))["未达标清单"]
    assert [cell.value for cell in sheet[4]][4:9] == ["钱二", "户02", "赵大", 1, "2024年6月"]


def test_the_masked_version_shows_no_name_and_no_long_number(assessment, tmp_path):
    everything = " ".join(parts(write_assessment(assessment, tmp_path / "a.xlsx", masked=True)).values())
    for secret in ("欧阳小明", "赵大", "钱二", "990101199001010015", "13800000000"):
        assert secret not in everything
    assert "欧阳**" in everything


def test_keys_with_phones_are_never_written(assessment, tmp_path):
    assert "13800000000" not in " ".join(parts(write_assessment(assessment, tmp_path / "a.xlsx")).values())


def test_the_same_assessment_gives_the_same_bytes(assessment, tmp_path):
    one, two = (write_assessment(assessment, tmp_path / name).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert one == two


def test_the_list_of_unvisited_says_when_records_begin_too_late(assessment, tmp_path):
    sheet = openpyxl.load_workbook(write_assessment(assessment, tmp_path / "a.xlsx"))["未走访户"]
    line = "".join(str(cell.value or "") for cell in sheet[2])
    assert "现有走访记录自2024年6月3日起，不足所需月数，仅供参考" in line


def test_more_rows_than_a_sheet_holds_are_refused_before_anything_is_written(assessment, tmp_path, monkeypatch):
    monkeypatch.setattr(assessment_book, "MAX_ROWS", 11)
    with pytest.raises(OutputError, match="请分乡镇或缩短统计期"):
        write_assessment(assessment, tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.parametrize(
    ("kinds", "paired", "whom"),
    [((), "结对户数", "户"), (("户", "村"), "结对对象数", "对象"), (("村",), "结对村数", "对象"), (("学校",), "结对学校数", "对象"),
     (("儿童", "学生"), "结对儿童数", "对象"), (("学生",), "结对学生数", "对象")],
)  # fmt: skip
def test_a_plan_is_told_of_in_its_own_words(assessment, tmp_path, kinds, paired, whom):
    book = openpyxl.load_workbook(write_assessment(helping(assessment, *kinds), tmp_path / "考核.xlsx"))
    for name in ("乡镇", "帮扶单位", "帮扶人"):
        heads = headings(book[name])
        assert {paired, f"入户{whom}数", f"应访{whom}·期", f"达标{whom}·期"} <= set(heads)
        assert whom == "户" or not [head for head in heads if "户" in head.removeprefix("入户")]
    assert ("帮扶户数" in headings(book["乡镇"])) == (whom == "户")
    assert any(f"{whom}次：" in str(cell.value) for cell in book["说明"]["B"])


def test_what_a_plan_does_not_ask_for_has_no_sheet(assessment, tmp_path):
    plan = helping(assessment, "村").scheme.model_copy(update={"cadences": ()})
    none = assessment.windows.iloc[:0]
    book = openpyxl.load_workbook(
        write_assessment(replace(assessment, scheme=plan, windows=none), tmp_path / "考核.xlsx")
    )
    assert not {"未达标清单", "未走访户", "未走访对象", "数据-应访", "数据-户", "数据-对象"} & set(book.sheetnames)
    assert {"乡镇", "帮扶单位", "帮扶人", "数据-结对", "数据-走访"} <= set(book.sheetnames)
    assert not [head for head in headings(book["帮扶人"]) if "达标" in head or "应访" in head or "久未" in head]
    names = [str(row[0].value) for row in book["参数"].iter_rows()]
    assert not [name for name in names if "未走访" in name or "参评" in name]


def helping(assessment, *kinds):
    recipients = assessment.scheme.recipients.model_copy(update={"kinds": kinds})
    return replace(assessment, scheme=assessment.scheme.model_copy(update={"recipients": recipients}))


def headings(sheet):
    return [str(cell.value).replace("\n", "") for cell in sheet[3]]


def test_nothing_is_said_of_missed_windows_where_none_was_due(assessment, tmp_path):
    idle = replace(assessment, windows=assessment.windows[:0], missed=assessment.missed[:0])
    book = openpyxl.load_workbook(write_assessment(idle, tmp_path / "考核.xlsx"))
    cells = [cell for row in book["未达标清单"].iter_rows(values_only=True) for cell in row]
    assert "统计期内没有应走访的时段" in cells
    assert "没有未达标的时段" not in cells
