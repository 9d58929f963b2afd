"""回改清单.xlsx: each township finds its own cells, and nobody else's."""

import datetime as dt

import openpyxl
import pandas as pd

from bangfu_excel.write.overruled_book import write_overruled

NAMES = ("submitter", "file", "sheet", "cell", "table", "record", "field", "said", "stands", "basis")
ROWS = pd.DataFrame(
    [
        ("清水镇", "清水镇7月.xlsx", "户", "H5", "帮扶对象户", "H1 张建国 石桥村", "户联系电话", "13900010001", "13900010002", "电话"),
        ("柳溪/镇", "柳溪.xlsx", "户", "F3", "帮扶对象户", "H6 陈守义", "家庭人口数", "3", "4", "核实"),
        ("清水镇", "清水镇7月.xlsx", "走访", "A9", "走访记录", "冯德福 2024-06-05 陈芳", "", "有这一条", "整条删除", "文件"),
    ],
    columns=list(NAMES),
).astype("str").assign(date=pd.to_datetime(["2024-07-03", "2024-07-04", "2024-07-05"]).astype("datetime64[ns]"))  # fmt: skip


def written(path):
    return openpyxl.load_workbook(write_overruled(ROWS, path / "回改清单.xlsx", as_of=dt.date(2024, 7, 31)))


def test_a_township_has_a_sheet_of_its_own(tmp_path):
    book = written(tmp_path)
    assert book.sheetnames == ["清水镇", "柳溪_镇"]
    texts = [str(cell.value) for line in book["柳溪_镇"].iter_rows() for cell in line]
    assert not any("张建国" in text or "清水镇" in text for text in texts)


def test_it_says_where_the_old_value_stands_and_what_is_right(tmp_path):
    sheet = written(tmp_path)["清水镇"]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=3, max_row=5)]
    assert rows[0] == [
        "序号",
        "文件",
        "工作表",
        "单元格",
        "报表",
        "记录",
        "栏目",
        "贵单位填的",
        "县办更正为",
        "依据",
        "更正日期",
    ]
    assert rows[1][:10] == [
        1, "清水镇7月.xlsx", "户", "H5", "帮扶对象户", "H1 张建国 石桥村", "户联系电话", "13900010001", "13900010002", "电话",
    ]  # fmt: skip
    assert rows[1][10] == dt.datetime(2024, 7, 3)
    assert sheet["A2"].value == "填报单位：清水镇"
