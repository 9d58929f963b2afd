"""小计, 合计 and summaries of ledgers: what is written beside every formula is what LibreOffice makes of it."""

import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from recalculate import all_recalculated, compared, error_cells

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "write"))

from ledger_data import OCCASION, frame, ledger_rows, tables

from bangfu_excel.core.ledger import Ledger
from bangfu_excel.domain import TABLES
from bangfu_excel.write.ledgers import write_ledgers

ODD = (
    "领*的",
    ">100",
    "2024",
    "=1+1",
    "a?b",
    "~x",
    "3.50",
    "2024-06-01",
    "（1）",
    '他说"好"',
    " 前后有空格 ",
    "普通用途",
    None,
    "Abc",
)


def measures():
    """Forty: of every source and direction, with odd texts, some in two categories."""
    sources = ("财政专项资金", "社会捐赠", None)
    return frame(
        TABLES["fund"],
        [
            {"moved_on": pd.Timestamp("2024-06-01") + pd.Timedelta(days=n % 20), "direction": ("收入", "支出", None)[n % 3],
             "source": sources[n % 3 - n % 2], "item": "慰问金", "amount": None if n % 11 == 0 else 10.1 * n,
             "project": ODD[n % len(ODD)], "_recipient": f"H{n % 3 + 1}"}
            for n in range(40)
        ],
    )  # fmt: skip


def help_given():
    wusong = ("送技能、送物资", "送物资", "送健康", None, "送技能")
    return frame(
        TABLES["measure"],
        [
            {"started_on": pd.Timestamp("2024-06-01"), "wusong": wusong[n % 5], "content": f"第{n}次", "amount": 7.7 * n,
             "_recipient": f"H{n % 3 + 1}"}
            for n in range(15)
        ],
    )  # fmt: skip


def counted(title, by, *where):
    measures = [{"title": "笔", "count": True}, {"title": "元", "sum": "amount"}]
    measures += [{"title": "一半", "sum": "amount", "where": one} for one in where]
    measures += [{"title": "差", "minus": ["元", "一半"]}, {"title": "占", "share": ["一半", "元"]}] if where else []
    return {"kind": "summary", "title": title, "table": "fund", "by": by, "measures": measures}


def money(name, **more):
    columns = ["moved_on", "direction", "source", "place", "recipient", "project", "amount", "wusong"]
    first = {
        "title": "明细",
        "table": "fund",
        "columns": columns[:-1],
        "total": {"amount": "sum", "project": "项"},
        **more,
    }
    spending = {"direction": ["支出", ""]}
    sheets = [
        first, counted("按来源", ["source"], spending), counted("按用途", ["project"], spending),
        counted("按地区", ["area", "source"]), counted("按用途和地区", ["project", "recipient.village"], {"project": ["a?b", "普通用途"]}),
    ]  # fmt: skip
    return Ledger.model_validate({"id": name, "title": name, "sheets": sheets})


def wusong():
    listed = {"title": "明细", "table": "measure", "columns": ["started_on", "wusong", "amount", "recipient"], "group": "recipient.name",
              "total": {"amount": "sum"}}  # fmt: skip
    by = [{"title": "次", "count": True}, {"title": "元", "sum": "amount"},
          {"title": "送物资", "count": True, "where": {"wusong": ["送物资"]}}]  # fmt: skip
    summary = {"kind": "summary", "title": "汇总", "table": "measure", "by": ["wusong"], "measures": by}
    return Ledger.model_validate({"id": "wusong", "title": "五送", "sheets": [listed, summary]})


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledgers")
    given = {**tables(), "fund": measures(), "measure": help_given()}
    ledgers = [money("平铺"), money("分组", group="source"), money("按村分组", group="area"), wusong()]
    books = write_ledgers(ledgers, ledger_rows(given, declared=TABLES), folder, OCCASION)
    return all_recalculated(sorted(books), tmp_path_factory.mktemp("copies"))


def test_every_formula_gives_what_was_written(copies):
    results = {book.stem: compared(book, copy) for book, copy in copies.items()}
    assert {name: found for name, (_, found) in results.items() if found} == {}
    assert sum(count for count, _ in results.values()) > 900
    assert [error_cells(copy) for copy in copies.values()] == [[]] * len(copies)


def test_the_parts_of_a_summary_make_the_whole_of_its_list(copies):
    for book in copies:
        sheets = openpyxl.load_workbook(book, data_only=True)
        if "按用途" in sheets.sheetnames:
            totals = [_total(sheets[name]) for name in ("明细", "按来源", "按用途", "按地区")]
            assert totals[1:] == [totals[1]] * 3
            assert totals[1][1] == pytest.approx(totals[0][-1])


def _total(sheet):
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "合计")
    numbers = [value for value in row if isinstance(value, int | float)]
    return [pytest.approx(value) for value in numbers[:2]] if sheet.title != "明细" else numbers
