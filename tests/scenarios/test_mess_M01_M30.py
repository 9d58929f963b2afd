"""The index of the mess (DOMAIN §3.1): each phenomenon M01 … M30 once, as a small submission, with what must come out of it.

More of each is in test_phenomena.py, test_ugly_sheets.py and test_parse_vectors.py.
"""

import codecs
import datetime as dt
import re
import zipfile

import openpyxl
import pytest
import xlwt
from drawn_books import account, at, check, column

import bangfu_excel as bf

A, B, C = "990101196805123015", "990101197008233021", "990101199903150017"


def rows(batch, table):
    """The records of a table as they were accepted, without what the program adds."""
    return batch.tables[table]


def said(batch, code):
    """The sentence of the only finding of this code."""
    found = [f.message for f in batch.findings if f.code == code]
    assert len(found) == 1, [(f.code, f.message) for f in batch.findings]
    return found[0]


def codes(batch):
    return {f.code for f in batch.findings}


def test_m01_a_title_above_the_header_is_kept_and_names_place_and_year():
    batch = check(户="""
        | 青石镇农村扶贫开发“规划到户责任到人”工作统计表 | | |
        | 户编号 | 户主姓名 | 村 |
        | H1 | 张建国 | 柳溪村 |
    """, merges=["A1:C1"])  # fmt: skip
    assert account(batch)["title"] == 1
    assert column(batch, "household", "township") == ["青石镇"]


def test_m02_several_pairs_in_one_merged_cell():
    batch = check(户="""
        | 乡镇：青石镇；柳溪村（社区）：柳溪村；填报时间：2024年6月30日 | |
        | 户编号 | 户主姓名 |
        | H1 | 张建国 |
    """, merges=["A1:B1"])  # fmt: skip
    assert column(batch, "household", "township") == ["青石镇"]
    assert batch.files[0].metadata["填报时间"] == "2024年6月30日"


def test_m02_a_value_may_stand_in_the_next_cell_or_be_left_empty():
    batch = check(户="| 填报单位（盖章） | 青石镇 | 填表人： |\n| 户编号 | 户主姓名 | 村 |\n| H1 | 张建国 | 柳溪村 |")
    assert batch.files[0].submitter == "青石镇"
    assert "填表人未填" in said(batch, "PV28")


def test_m03_the_header_of_a_national_export_is_in_row_3():
    batch = check(户="| 监测对象信息 | |\n| 导出时间：2024-06-30 | |\n| 户编号 | 户主姓名 |\n| H1 | 张建国 |")
    assert column(batch, "household", "household_id") == ["H1"]


def test_m04_repeated_leaves_below_merged_headings():
    batch = check(户="""
        | 户编号 | 户主姓名 | 有劳动能力 |            | 无劳动能力 |            |
        |        |          | 低保（元） | 其他（元） | 低保（元） | 其他（元） |
        | H1     | 张建国   | 3          | 4          | 5          | 6          |
    """, merges=["A1:A2", "B1:B2", "C1:D1", "E1:F1"])  # fmt: skip
    assert account(batch)["header"] == 2
    words = said(batch, "LY08")
    assert "“有劳动能力/低保（元）”" in words
    assert "“无劳动能力/低保（元）”" in words


def test_m05_layout_and_marks_in_header_cells():
    batch = check(
        户="| ★户编号* | 户 主 姓 名： | （三）家庭人口数(人) | 2．家庭人均纯收入【元】 |\n| H1 | 张建国 | 3 | 5000 |"
    )
    assert column(batch, "household", "member_count") == [3]
    assert column(batch, "household", "income_per_capita") == [5000]


def test_m06_a_header_cell_that_became_a_number():
    batch = check(户=[["户编号", "户主姓名", 4.0, "家庭人口数"], ["H1", "张建国", "甲", 3]])
    assert column(batch, "household", "member_count") == [3]
    assert "“4”" in said(batch, "LY08")


def test_m07_what_lies_far_outside_the_table_is_told_and_not_read():
    batch = check(
        change=lambda book: book["户"].__setitem__("IV1", "FYI"),
        户="| 户码 | 户主姓名 | 家庭人口 | | | 青石镇 |\n| H1 | 张建国 | 3 | | | 清水镇 |",
        Sheet2="| |",
    )
    assert column(batch, "household", "household_id") == ["H1"]
    assert {"LY13", "LY01"} <= codes(batch)
    assert "LY04" not in codes(batch)


def test_m08_type_and_sample_rows_are_no_data():
    batch = check(户="""
        | 户编号 | 户主姓名 | 家庭人口数 |
        | C      | C        | N          |
        | 示例   | 张三     | 4          |
        | H1     | 张建国   | 3          |
    """)  # fmt: skip
    assert column(batch, "household", "household_id") == ["H1"]
    assert "第2–3行" in said(batch, "LY12")


def test_m09_a_form_of_code_item_unit_and_quantity():
    batch = check(户="""
        | 青石镇贫困户调查表 | | | |
        | 代码 | 填表项目 | 单位 | 数量 |
        |      | 一、家庭基本情况 | | |
        | 101  | 户主姓名 |  | 张建国 |
        | 102  | 户主身份证号码 | | 990101196805123015 |
        | 103  | （二）家庭人口数 | 人 | 3 |
        | 104  | 人均纯收入 | 元 | 5700 |
    """, merges=["A1:D1"])  # fmt: skip
    assert column(batch, "household", "head_name") == ["张建国"]
    assert column(batch, "household", "member_count") == [3]


def test_m09_a_form_of_labels_and_values_is_one_household():
    batch = check(户="""
        | 贫困户登记表 | | | |
        | 户主姓名 | 张建国 | 身份证号码 | 990101196805123015 |
        | 乡镇     | 青石镇 | 村         | 柳溪村             |
        | 家庭人口 | 3      | 致贫原因   | 因病               |
    """, merges=["A1:D1"])  # fmt: skip
    assert column(batch, "household", "head_name") == ["张建国"]
    assert column(batch, "household", "village") == ["柳溪村"]
    assert column(batch, "household", "cause") == ["因病"]


def test_m10_totals_stand_anywhere_and_are_checked():
    batch = check(户="| 户编号 | 户主姓名 | 家庭人口数 |\n| H1 | 张建国 | 3 |\n| | 合　计 | 4 |\n| 平均 | | 3 |")
    assert account(batch)["total"] == 2
    assert ("PV29", "C3") in at(batch, "PV29")


def test_m11_what_is_signed_below_is_kept_and_an_empty_reviewer_is_noted():
    batch = check(户="| 户编号 | 户主姓名 |\n| H1 | 张建国 |\n| 填表人：李明 审核人： | |\n| 注：1.本表由村填写。 | |")
    assert account(batch)["note"] == 2
    assert batch.files[0].metadata["填表人"] == "李明"
    assert "审核人未填" in said(batch, "PV28")


def test_m12_a_merged_household_is_filled_down_but_not_its_numbers():
    batch = check(成员="""
        | 户编号 | 户主姓名 | 姓名   | 与户主关系 | 家庭纯收入 |
        | H1     | 张建国   | 张建国 | 户主       | 9000       |
        |        |          | 王秀英 | 配偶       |            |
        | H2     | 赵大山   | 赵大山 | 户主       | 7000       |
    """, merges=["A2:A3", "B2:B3", "E2:E3"])  # fmt: skip
    assert column(batch, "member", "household_id") == ["H1", "H1", "H2"]
    assert column(batch, "member", "name") == ["张建国", "王秀英", "赵大山"]
    assert [v for v in column(batch, "household", "net_income") if v is not None] == [9000, 7000]


def test_m13_a_serial_column_is_never_a_key():
    batch = check(户="| 序号 | 户主姓名 | 户主身份证号码 |\n| 1 | 张建国 | " + A + " |\n| 1 | 王秀英 | " + B + " |")
    assert account(batch)["data"] == 2
    assert len(set(column(batch, "household", "_key"))) == 2


def test_m14_identity_numbers_as_numbers_are_lost_and_as_text_are_cleaned():
    batch = check(户=[["户主姓名", "户主身份证号码"], ["张建国", float(A)], ["王秀英", f"'{B} \t"]])
    assert column(batch, "household", "head_id") == [None, B]
    assert at(batch, "ID23") == [("ID23", "B2")]


def test_m15_a_date_without_year_takes_it_from_the_period_and_an_ambiguous_one_is_an_error():
    batch = check(户=[["户主姓名", "识别时间"], ["张建国", "3月5日"], ["王秀英", 2024.1], ["孙明亮", "4月11—20日"]])
    assert [str(day)[:10] for day in column(batch, "household", "identified_on")] == ["2024-03-05", "None", "None"]
    assert at(batch, "NV27", "NV29") == [("NV27", "B3"), ("NV29", "B4")]


def test_m15_a_workbook_of_the_1904_system():
    def change(book):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book["户"]["B2"] = dt.datetime(2024, 3, 5)

    batch = check(change=change, 户="| 户主姓名 | 识别时间 |\n| 张建国 | |")
    assert [str(day)[:10] for day in column(batch, "household", "identified_on")] == ["2024-03-05"]


def test_m16_a_unit_is_converted_and_nonsense_is_never_0():
    batch = check(
        户="| 户编号 | 户主姓名 | 家庭纯收入（元） |\n| H1 | 张建国 | 1.2万元 |\n| H2 | 王秀英 | 较多 |\n| H3 | 孙明亮 | / |"
    )
    assert column(batch, "household", "net_income") == [12000, None, None]
    assert at(batch, "NV22") == [("NV22", "C3")]


def test_m17_several_causes_and_several_helpers_in_one_cell():
    batch = check(
        户="| 户编号 | 户主姓名 | 致贫原因 |\n| H1 | 张建国 | 因病、因残 |",
        访="| 走访时间 | 户编号 | 走访人 |\n| 2024.6.5 | H1 | 李明\\n王芳 |",
    )
    assert column(batch, "household", "cause") == ["因病、因残"]
    assert column(batch, "visit", "visitors") == ["李明、王芳"]


def test_m18_one_person_in_several_spellings():
    batch = check(
        户="| 村 | 户编号 | 户主姓名 |\n| 柳溪村 | H1 | 古丽•买买提 |",
        访="| 村 | 户主姓名 | 走访时间 | 走访人 |\n| 柳溪村 | 古丽．买买提（户主） | 2024.6.5 | 李明 |",
    )
    assert column(batch, "visit", "_recipient") == column(batch, "household", "_key")


def test_m19_blank_is_not_no():
    batch = check(成员="| 户编号 | 姓名 | 是否低保 |\n| H1 | 张建国 | √ |\n| H1 | 王秀英 | |\n| H1 | 张小军 | 没有 |")
    assert column(batch, "member", "dibao") == [True, None, False]


@pytest.mark.parametrize("mark", ["同上", "〃", '"', "″"])
def test_m20_the_same_as_above(mark):
    batch = check(户=f"| 村 | 户编号 | 户主姓名 |\n| 柳溪村 | H1 | 张建国 |\n| {mark} | H2 | 赵大山 |")
    assert column(batch, "household", "village") == ["柳溪村", "柳溪村"]
    assert "NV06" in codes(batch)


HOUSEHOLDS = "户编号,户主姓名,家庭人口数\nH1,张建国,3\n"


def _tagged(row, cell):
    """The table with each row and each cell in a frame of markup."""
    lines = [line.split(",") for line in HOUSEHOLDS.split()]
    return "".join(row.format("".join(cell.format(value) for value in line)) for line in lines)


TABLE = _tagged("<tr>{}</tr>", "<td>{}</td>")
SPREADSHEETML = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Worksheet ss:Name="户"><Table>'
    + _tagged("<Row>{}</Row>", '<Cell><Data ss:Type="String">{}</Data></Cell>')
    + "</Table></Worksheet></Workbook>"
)


def _xlsx(path):
    book = openpyxl.Workbook()
    for line in HOUSEHOLDS.split():
        book.active.append(line.split(","))
    book.save(path)


def _xls(path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("户")
    for i, line in enumerate(HOUSEHOLDS.split()):
        for j, value in enumerate(line.split(",")):
            sheet.write(i, j, value)
    with path.open("wb") as stream:
        book.save(stream)


def _zip(path):
    inner = path.with_name("x.xlsx")
    _xlsx(inner)
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(inner, "柳溪村.xlsx")
    inner.unlink()


FILES = {
    "a.xlsx": _xlsx,
    "xlsx.xls": _xlsx,
    "a.et": _xls,
    "a.xls": _xls,
    "utf8.csv": lambda path: path.write_bytes(codecs.BOM_UTF8 + HOUSEHOLDS.encode()),
    "gbk.csv": lambda path: path.write_bytes(HOUSEHOLDS.encode("gb18030")),
    "utf16.csv": lambda path: path.write_bytes(HOUSEHOLDS.replace(",", "\t").encode("utf-16")),
    "tabs.xls": lambda path: path.write_bytes(HOUSEHOLDS.replace(",", "\t").encode("gb18030")),
    "html.xls": lambda path: path.write_bytes(
        f'<html><head><meta charset="gb2312"></head><table>{TABLE}</table></html>'.encode("gb18030")
    ),
    "xml.xls": lambda path: path.write_bytes(SPREADSHEETML.encode()),
    "a.zip": _zip,
}


@pytest.mark.parametrize("name", FILES)
def test_m21_every_format_by_its_content(tmp_path, name):
    FILES[name](tmp_path / name)
    batch = bf.check(tmp_path, as_of="2024-06-30", engine="serial")
    assert column(batch, "household", "household_id") == ["H1"]
    assert column(batch, "household", "member_count") == [3]


def test_m21_what_is_no_table_is_said(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7")
    (finding,) = bf.check(tmp_path, as_of="2024-06-30", engine="serial").findings
    assert "PDF" in finding.message


def test_m22_each_sheet_for_itself_with_its_village_from_its_name():
    batch = check(
        柳溪村="| 户编号 | 户主姓名 |\n| H1 | 张建国 |",
        填表说明="| 一、本表由各村填写，于每月底前报镇。 |\n| 二、户主姓名与身份证一致。 |",
        选项="| 因病 | 健康 |\n| 因残 | 残疾 |\n| 因学 | |",
    )
    assert column(batch, "household", "village") == ["柳溪村"]
    assert {f.place.sheet: f.code for f in batch.findings if f.code in ("LY02", "LY03")} == {
        "填表说明": "LY02", "选项": "LY03",
    }  # fmt: skip


def test_m23_error_values_are_errors_at_their_cells():
    batch = check(户=[["户编号", "户主姓名", "家庭人口数", "致贫原因"], ["H1", "张建国", "#N/A", "#REF!"]])
    assert {place for code, place in at(batch) if code == "NV20"} == {"C2", "D2"}
    assert column(batch, "household", "member_count") == [None]


def test_m23_an_external_link_is_told():
    def change(book):
        book["户"]["C2"] = "='[户.xlsx]Sheet1'!$A$1"

    batch = check(change=change, 户="| 户编号 | 户主姓名 | 家庭人口数 |\n| H1 | 张建国 | |")
    assert at(batch, "NV21") == [("NV21", "C2")]


def test_m24_hidden_rows_and_columns_are_read_and_told():
    def change(book):
        book["户"].row_dimensions[3].hidden = True
        book["户"].column_dimensions["C"].hidden = True

    batch = check(change=change, 户="| 户编号 | 户主姓名 | 村 |\n| H1 | 张建国 | 柳溪村 |\n| H2 | 赵大山 | 柳溪村 |")
    assert account(batch)["data"] == 2
    assert {"RD22", "RD23"} <= codes(batch)


def test_m25_two_tables_below_each_other():
    batch = check(表="""
        | 户编号 | 户主姓名 | 家庭人口数 |
        | H1     | 张建国   | 2          |
        |        |          |            |
        | 户编号 | 姓名     | 与户主关系 |
        | H1     | 张建国   | 户主       |
        | H1     | 王秀英   | 配偶       |
    """)  # fmt: skip
    assert column(batch, "household", "member_count") == [2]
    assert column(batch, "member", "name") == ["张建国", "王秀英"]


def test_m25_two_tables_beside_each_other():
    batch = check(表="""
        | 户编号 | 户主姓名 | 家庭人口数 | | 走访时间 | 户编号 | 走访人 |
        | H1     | 张建国   | 2          | | 2024.6.5 | H1     | 李明   |
        | H2     | 赵大山   | 1          | |          |        |        |
    """)  # fmt: skip
    assert column(batch, "household", "household_id") == ["H1", "H2"]
    assert column(batch, "visit", "visitors") == ["李明"]
    assert account(batch)["data"] in (2, 3)


def test_m26_extra_and_missing_columns_are_listed():
    batch = check(户="| 户主姓名 | 鞋码 | 户码 |\n| 张建国 | 42 | H1 |")
    assert "“鞋码”" in said(batch, "LY08")
    assert "“家庭人口数”" in said(batch, "LY09")


def test_m27_values_that_slipped_under_the_next_header():
    people = [("张建国", A), ("王秀英", B), ("李小军", C)] * 2
    batch = check(
        户=[
            ["户编号", "户主姓名", "户主身份证号码", "联系电话"],
            *([f"H{n}", i, name, "13900010001"] for n, (name, i) in enumerate(people)),
        ]
    )
    shifted = [f for f in batch.findings if f.code.startswith("LY") and f.place.row == 1 and f.severity != "info"]
    assert {f.place.cell for f in shifted} & {"B1", "C1"}, sorted(codes(batch))


def test_m28_garbled_text_is_pointed_at():
    batch = check(
        访="| 走访时间 | 户编号 | 走访人 | 走访内容 |\n| 2024.6.5 | H1 | 李明 | 泵吭露ㄆ谝噪娫 |\n| 2024.6.6 | H1 | 李明 | 讲解政策 |"
    )
    assert any("乱码" in f.message and f.place.cell == "D2" for f in batch.findings), sorted(codes(batch))


def test_m28_pinyin_behind_characters_is_tolerated_in_headers():
    batch = check(户="| 户编号 | 户主姓名 | 致貧(pín)原因 |\n| H1 | 张建国 | 因病 |")
    assert column(batch, "household", "household_id") == ["H1"]


def test_m29_a_code_with_its_label_is_taken_and_a_bare_number_is_not_guessed():
    batch = check(
        户="| 户编号 | 户主姓名 | 致贫原因 |\n| H1 | 张建国 | 1:因病 |\n| H2 | 赵大山 | 因残 |\n| H3 | 孙明亮 | 7 |"
    )
    assert column(batch, "household", "cause")[:2] == ["因病", "因残"]
    assert [cell for code, cell in at(batch) if cell == "C4"]


def test_m29_a_number_is_a_label_where_the_sheet_declares_the_list():
    batch = check(户="| 户编号 | 户主姓名 | 致贫原因（1.因病2.因残3.因学） |\n| H1 | 张建国 | 2 |\n| H2 | 赵大山 | 1 |")
    assert column(batch, "household", "cause") == ["因残", "因病"]


def test_m30_the_same_person_in_several_months_is_one_record_a_month():
    batch = check(访="""
        | 走访时间 | 户编号 | 走访人 | 走访内容     |
        | 2024.5.5 | H1     | 李明   | 讲解医保政策 |
        | 2024.6.5 | H1     | 李明   | 讲解医保政策 |
        | 2024.6.5 | H1     | 李明   | 讲解医保政策 |
    """)  # fmt: skip
    assert len(batch.tables["visit"]) == 2
    assert int(batch.reconciliation["duplicate"].sum()) == 1


def test_every_phenomenon_has_its_test():
    named = {f"m{number:02}" for number in range(1, 31)}
    assert {m[1] for name in globals() if (m := re.match(r"test_(m\d\d)_", name))} == named
