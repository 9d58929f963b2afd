"""Lists of any length on paper, as LibreOffice prints them: every page has its heading, none holds signatures only."""

import datetime as dt
import re

import pandas as pd
import pytest
from recalculate import printed_pages

from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, write_book

LENGTHS = (17, 19, 20, 21, 22, 23, 24, 25, 26, 36, 37, 38)
WIDE = tuple(Column(f"第{number}栏内容", f"c{number}", width=18) for number in range(8))
LOOKS = {
    "窄表": {"columns": (Column("村", "village"), Column("户主", "c0", total="count"))},
    "宽表": {"columns": (Column("村", "village"), *WIDE)},
    "分组": {"columns": (Column("村", "village"), Column("户主", "c0", total="count")), "group": "village"},
}


def rows(count):
    texts = {f"c{number}": [f"内容{row + 1}" for row in range(count)] for number in range(8)}
    return pd.DataFrame({"village": [f"第{row // 7}村" for row in range(count)], **texts})


@pytest.fixture(scope="module", params=LOOKS)
def pages(request, tmp_path_factory):
    """Title of a table → the text of each of its pages."""
    folder, more = tmp_path_factory.mktemp("printed"), LOOKS[request.param]
    sheets = [Sheet(f"{n}行", f"共{n}行的表", rows=rows(n), total=True, remark="注：说明。", **more) for n in LENGTHS]
    book = write_book(folder / "表.xlsx", sheets, as_of=dt.date(2024, 6, 30))
    found, title = {}, ""
    for text in printed_pages(book, folder):
        title = next(iter(re.findall(r"共\d+行的表", text)), title)
        found.setdefault(title, []).append(text)
    return found


def test_every_table_has_its_own_pages(pages):
    assert len(pages) == len(LENGTHS)
    assert {len(texts) for texts in pages.values()} == {1, 2}


def test_every_page_has_the_headings(pages):
    assert {title for title, texts in pages.items() for text in texts if not re.search("序号 +村", text)} == set()


def test_no_page_holds_signatures_without_rows(pages):
    alone = {title for title, texts in pages.items() if len(re.findall(r"第\d村", texts[-1])) < 2}
    assert alone == set()
    assert all("填表人" in texts[-1] for texts in pages.values())
