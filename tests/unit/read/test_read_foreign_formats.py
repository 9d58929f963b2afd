"""Files of others in the rarer formats, read as LibreOffice shows them; they lie beside the project, not in it."""

from pathlib import Path

import pytest

from bangfu_excel.read import read_file

FOREIGN = Path(__file__).parents[4] / "shared" / "data" / "foreign"
NUMBERS = [1.0, 2.0], [3.0, 4.0], [5.0, 6.0]
EXPECTED = {
    "043b2e-m08_01.xlsb": ("xlsb", NUMBERS, ["Visible", "Hidden", "VeryHidden"]),
    "33b414-05g_ods_renamed.xlsx": ("ods", NUMBERS, ["Visible", "Hidden", "VeryHidden", "Chart"]),
    "2fbd59-06c_html_declares_gbk_is_utf8.xls": (
        "html",
        (
            ["某镇低收入户汇总表", None, None], ["村名", "户数", None], [None, "上年", "本年"],
            ["甲村", 12.0, "000123456789012345"], ["乙村\n一组", "1,234", None],
        ),
        [""],
    ),
    "b8268b-07c_csv_utf16le_tab.xls": (
        "csv", (["村名", "户主", "户数", "备注"], ["甲村", "张某", "12", "含\t逗号\n换行"], ["乙村", "䶮某", "3", "０１２"]), [""],
    ),
    "80f39a-07a_csv_gbk_named.xls": (
        "csv", (["村名", "户主", "户数", "备注"], ["甲村", "张某", "12", "含,逗号\n换行"]), [""],
    ),
    "3a8928-07b_csv_gb18030_4byte.csv": ("csv", (["村名", "户主", "户数", "备注"],), [""]),
    "3ec311-07i_csv_nul_bytes.csv": ("csv", (["村名", "户数"], ["甲村", "1"]), [""]),
    "700035-07j_csv_cr_only.csv": ("csv", (["村名", "户数"], ["甲村", "1"], ["乙村", "2"]), [""]),
    "aa77e7-07k_csv_semicolon_ragged.csv": ("csv", (["村名", "户数", None], ["甲村", "1", "多"], ["乙村", None, None]), [""]),
}  # fmt: skip


@pytest.mark.skipif(not FOREIGN.is_dir(), reason="the folder of other people's files is not here")
@pytest.mark.parametrize("name", EXPECTED)
def test_values_are_those_that_libreoffice_shows(name):
    content, rows, sheets = EXPECTED[name]
    workbook, _ = read_file(FOREIGN / name, name)
    assert (workbook.format, [s.name for s in workbook.sheets]) == (content, sheets)
    sheet = workbook.sheets[0]
    assert [[sheet.cell(r, c).value for c in range(sheet.width)] for r in range(len(rows))] == [*map(list, rows)]
