"""Blank official forms: their headers lie where a person sees them.

Each was printed (soffice → pdf → png) and looked at; rows are Excel's. The forms are not ours to copy: they are read where
they are (`../shared/data/foreign`, MANIFEST.tsv: chinese form), and this is skipped where they are not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pytest

from bangfu_excel.core.region import RowKind
from bangfu_excel.domain import TABLES
from bangfu_excel.headers import match_headers
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.locate import locate_headers
from bangfu_excel.read import read_file

FORMS = Path(__file__).parents[3] / "shared" / "data" / "foreign"
pytestmark = pytest.mark.skipif(not FORMS.is_dir(), reason=f"官方空表不在本仓库中：没有{FORMS}")


@dataclass(frozen=True)
class Sheet:
    """A sheet with a table: the rows of its headers (first, last), the row of its title, and how many columns have a label.

    maps: column letter → canonical field, where it is one of our tables · table: which.
    """

    file: str
    sheet: str
    headers: tuple[tuple[int, int], ...]
    columns: int
    title: int | None = None
    table: str = ""
    maps: dict[str, str] = field(default_factory=dict)


SHEETS = (
    Sheet("0d48bc-income.xls", "年收入级帮扶情况", ((1, 3),), 15, table="household", maps={
        "A": "household_id", "B": "head_name", "C": "net_income", "F": "wage_income", "H": "transfer_income", "J": "income_per_capita",
    }),
    Sheet("0f3938-member.xls", "人口统计", ((1, 1),), 13),
    Sheet("14fc33-report_3.xls", "fp_diqu", ((1, 1),), 17, table="pairing", maps={
        "A": "county", "C": "village", "F": "helper_unit", "G": "helper_name", "H": "helper_phone",
    }),  # of the money in it the main job knows nothing; which unit helps which village it does
    Sheet("30121c-xiaoe-month.xls", "扶贫小额贷款发放、回收情况月统计", ((1, 4),), 13),
    Sheet("3bc359-bangfu-unit.xls", "省级后方单位挂钩帮扶情况", ((1, 3),), 15),
    Sheet("4faf8b-q1_stat_2012.xls", "Sheet2", ((1, 1),), 4),
    Sheet("5c4c62-bangfu-xian.xls", "省级后方单位挂钩帮扶情况", ((1, 3),), 13),
    Sheet("6d2a32-jiangbu-hu.xls", "脱贫奔小康财政奖补到户项目实施情况", ((1, 3),), 13, table="household", maps={
        "A": "head_name", "B": "household_id",
    }),
    Sheet("882914-bangfu-xian-detail.xls", "省级后方单位挂钩帮扶情况", ((1, 3),), 13),
    Sheet("895502-report1.xls", "1", ((4, 7),), 31, title=1),
    Sheet("895502-report1.xls", "2", ((4, 6),), 30, title=1),
    Sheet("89eb1d-keypianqu.xls", "关键工程项目实施进度和扶贫资金使用情况", ((1, 2),), 11),
    Sheet("aee618-低收入农户年收入数据导入模板.xls", "Sheet1", ((1, 1),), 15, table="household", maps={
        "A": "household_id", "C": "net_income", "F": "wage_income", "H": "transfer_income", "J": "income_per_capita",
    }),  # and FYI, which says what kind of template it is, in column IV
    Sheet("b3473c-report_dang.xls", "fp_diqu", ((1, 3),), 54, table="pairing", maps={
        "A": "county", "C": "village", "F": "helper_unit", "G": "helper_name", "H": "helper_phone",
    }),  # of the villages' figures in it the main job knows nothing; which unit helps which village it does
    Sheet("b8604c-template.xls", "A 医院工作报表", ((2, 5), (13, 15), (29, 32), (39, 42)), 30, title=1),
    Sheet(
        "b8604c-template.xls", "B 广东省医院工作报表",
        ((2, 9), (19, 24), (33, 40), (51, 58), (68, 75), (85, 92), (100, 103)), 26, title=1,
    ),
    Sheet("c1891a-jiangbu.xls", "脱贫奔小康财政奖补到户项目实施情况", ((1, 3),), 12),
    *(Sheet("c1aab4-stat.xls", name, ((1, 2),), width) for name, width in zip("一二三四五", (16, 16, 16, 17, 11), strict=True)),
    Sheet("caad45-template2.xls", "同期对比1", ((3, 4),), 20),
    Sheet("caad45-template2.xls", "同期对比2", ((3, 4),), 20),
    Sheet("d7036b-villageproject.xls", "财政支持村级集体经济发展项目实施进度", ((1, 3),), 17),
    Sheet("e70779-report_12.xls", "fp_diqu", ((1, 2),), 65),
)  # fmt: skip


@lru_cache
def _sheets(file: str):
    workbook, _ = read_file(FORMS / file, file)
    return {sheet.name: sheet for sheet in workbook.sheets}


def _match(file: str, sheet: str):
    return match_headers(file, _sheets(file)[sheet], tuple(TABLES.values()))


@pytest.mark.parametrize("form", SHEETS, ids=lambda form: f"{form.file}-{form.sheet}")
def test_the_header_lies_where_a_person_sees_it(form):
    found = locate_headers(Grid(_sheets(form.file)[form.sheet]), 20)
    assert tuple((h.top + 1, h.bottom + 1) for h in found) == form.headers
    assert len(found[0].labels) == form.columns
    assert found[0].title == (form.title - 1 if form.title else None)


@pytest.mark.parametrize("form", [f for f in SHEETS if not f.table], ids=lambda form: f"{form.file}-{form.sheet}")
def test_a_table_that_is_not_ours_is_told_with_its_header(form):
    regions, findings = _match(form.file, form.sheet)
    assert regions == ()
    (finding,) = findings
    assert (finding.code, finding.place.row) == ("LY04", form.headers[0][0])
    assert finding.place.cell == f"A{form.headers[0][0]}"


@pytest.mark.parametrize("form", [f for f in SHEETS if f.table], ids=lambda form: f"{form.file}-{form.sheet}")
def test_a_table_of_ours_is_read_as_far_as_it_reaches(form):
    (region,), _ = _match(form.file, form.sheet)
    ((first, last),) = form.headers
    assert region.parts[0].table == form.table
    assert {chr(65 + c.index): c.field for c in region.parts[0].columns} == form.maps
    assert [row + 1 for row, kind in enumerate(region.kinds) if kind == RowKind.HEADER] == list(range(first, last + 1))
    assert len(region.parts[0].columns) + len(region.unmapped) == form.columns


def test_a_form_whose_labels_the_program_fills_in_is_no_table():
    """Row 1 says 地区名称 and N in every other column: there is no label that could be located."""
    regions, findings = _match("8c5981-farmerstats.xls", "农户分组汇总")
    assert (regions, [f.code for f in findings]) == ((), ["LY02"])


@pytest.mark.parametrize(
    ("file", "sheet"), [("aee618-低收入农户年收入数据导入模板.xls", "Sheet2"), ("4faf8b-q1_stat_2012.xls", "Sheet3")]
)
def test_empty_sheets_are_told_and_passed_over(file, sheet):
    assert [f.code for f in _match(file, sheet)[1]] == ["LY01"]


VERTICAL = ("4faf8b-q1_stat_2012.xls", "6a378a-q2_stat_2012.xls", "c6ccf9-q2_stat.xls", "f37680-q2.xls")
"""Forms with one item a line below 代码 | 填表项目 | 单位 | 数量 (row 3), a list of villages beside them, section titles between."""


@pytest.mark.parametrize("file", VERTICAL)
def test_the_header_of_a_form_with_an_item_a_line(file):
    found = locate_headers(Grid(_sheets(file)["Sheet1"]), 20)
    assert [(h.top + 1, h.bottom + 1, [label for _, label in h.labels][1:], h.title) for h in found] == [
        (3, 3, ["填表项目", "单位", "数量"], 0)
    ]


def test_every_blank_form_is_here():
    listed = (FORMS / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()
    forms = {line.split("\t")[0] for line in listed if line.endswith("\tchinese form")}
    assert forms == {form.file for form in SHEETS} | set(VERTICAL) | {"8c5981-farmerstats.xls"}
    assert len(forms) == 23


@pytest.mark.parametrize("file", VERTICAL)
def test_a_form_with_an_item_a_line_that_is_not_filled_in_is_told(file):
    """Nothing stands under 数量: there is no household to read."""
    regions, findings = _match(file, "Sheet1")
    assert (regions, [f.code for f in findings]) == ((), ["LY04"])
