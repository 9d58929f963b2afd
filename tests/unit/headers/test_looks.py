"""How cells look, what they cannot be, and what an unknown header may be."""

import numpy as np
import pytest
from markdown_sheet import from_grid, sheet

from bangfu_excel.core.kinds.base import Context
from bangfu_excel.core.raw import Cell, CellType
from bangfu_excel.domain import CODELISTS, TABLES
from bangfu_excel.headers import HeaderSettings, match_headers, unknown_headers
from bangfu_excel.headers.legend import legends_in, without_legend
from bangfu_excel.headers.looks import Contents, Look, agrees, contradicts, look_of, look_of_text

HOUSEHOLD = TABLES["household"]
NAMES = ["张建国", "王秀英", "孙明亮", "周大勇", "赵大山", "欧阳春"]
IDS = [f"99010119680512{n:03d}X" for n in range(6)]
SETTINGS = HeaderSettings(codelists=CODELISTS)


def codes(drawn, settings=SETTINGS):
    return [(f.code, f.place.cell) for f in match_headers("甲.xlsx", drawn, tuple(TABLES.values()), settings)[1]]


def message(drawn, code):
    findings = match_headers("甲.xlsx", drawn, tuple(TABLES.values()), SETTINGS)[1]
    return next(f.message + f.suggestion for f in findings if f.code == code)


def unknown(drawn, settings=SETTINGS):
    return unknown_headers("甲.xlsx", drawn, tuple(TABLES.values()), settings)


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("990101196805123015", Look.IDENTITY), ("'990101196805123015", Look.IDENTITY), ("990101680512301", Look.IDENTITY),
        ("99010119680512301543B1", Look.IDENTITY), ("990101196813123015", Look.NUMBER), ("13900020002", Look.PHONE),
        ("0571-88881234", Look.PHONE), ("139-0002-0002", Look.PHONE), ("12900020002", Look.NUMBER),
        ("2024.3.5", Look.DATE), ("2024年3月", Look.DATE), ("2024.1", Look.NUMBER), ("5,700元", Look.NUMBER),
        ("-3.5", Look.NUMBER), ("√", Look.YES_NO), ("张建国", Look.NAME), ("欧阳春", Look.NAME), ("古丽·买买提", Look.NAME),
        ("石桥村", Look.PLACE), ("3组", Look.PLACE), ("QS0001", Look.KEY), ("因病", Look.OTHER), ("村委会主任", Look.OTHER),
        ("二〇二四年以来一直在外地务工，家中只有老人", Look.PROSE),
    ],
)  # fmt: skip
def test_a_text_looks_like(text, look):
    assert look_of_text(text) is look


def test_a_column_looks_like_most_of_its_cells():
    assert look_of([*NAMES[:4], "不详"]) is Look.NAME
    assert look_of([*NAMES[:3], "13900020002"]) is Look.OTHER
    assert look_of(["1", "2", "3"]) is Look.SERIAL
    assert look_of(["3", "1", "3"]) is Look.NUMBER
    assert look_of([]) is Look.OTHER


def test_a_look_agrees_with_its_kind_contradicts_others_and_says_nothing_of_free_text():
    head, phone, remark = HOUSEHOLD["head_name"], HOUSEHOLD["phone"], HOUSEHOLD["remark"]
    assert agrees(Look.NAME, head)
    assert contradicts(Look.IDENTITY, phone)
    assert contradicts(Look.NAME, phone)
    assert not any(contradicts(look, remark) for look in Look)
    assert not contradicts(Look.OTHER, phone)
    assert not contradicts(Look.NUMBER, phone)  # local numbers without an area code


def test_no_look_contradicts_the_examples_of_any_field():
    wrong = [
        (table.name, field.name)
        for table in TABLES.values()
        for field in table.fields
        if contradicts(look_of_text(field.example), field)
    ]
    assert wrong == []


def test_contents_pass_over_blanks_and_words_for_nothing():
    drawn = from_grid([["户主姓名"], ["张建国"], ["无"], [""], ["王秀英"]])
    contents = Contents(drawn.columns, np.arange(1, 5))
    assert contents.texts(0) == ["张建国", "王秀英"]
    assert contents.look(0, least=3) is Look.OTHER
    assert contents.stated(0).tolist() == [1, 2, 4]


# --- values under the wrong header


def test_columns_in_each_others_place_are_one_error_each_and_give_no_value():
    rows = [[f"H{n}", name, f"1390002{n:04d}", ident] for n, (name, ident) in enumerate(zip(NAMES, IDS, strict=True))]
    drawn = from_grid([["户编号", "户主姓名", "户主身份证号码", "户联系电话"], *rows])
    regions, findings = match_headers("甲.xlsx", drawn, tuple(TABLES.values()), SETTINGS)
    wrong = [f for f in findings if f.code == "LY65"]
    assert [(f.place.cell, f.place.field, f.count) for f in wrong] == [("C1", "head_id", 6), ("D1", "phone", 6)]
    assert "C列表头是“户主身份证号码”，但下面填的像电话号码" in wrong[0].message
    assert wrong[0].related == ("C2", "C3", "C4", "C5", "C6", "C7")
    assert {c.field: c.misplaced for c in regions[0].parts[0].columns} == {
        "household_id": False, "head_name": False, "head_id": True, "phone": True,
    }  # fmt: skip


def test_a_table_that_slipped_by_a_column_is_one_error():
    rows = [["", f"H{n}", name, ident] for n, (name, ident) in enumerate(zip(NAMES, IDS, strict=True))]
    drawn = from_grid([["户编号", "户主姓名", "户主身份证号码", "户联系电话"], *rows])
    assert codes(drawn) == [("LY66", "B1")]
    assert "户主姓名”，但下面填的像编号" in message(drawn, "LY66")


def test_a_few_wrong_cells_are_no_misplaced_column():
    rows = [[f"H{n}", name, number] for n, (name, number) in enumerate(zip(NAMES, [*IDS[:4], "1", "2"], strict=True))]
    assert not any(c.startswith("LY6") for c, _ in codes(from_grid([["户编号", "户主姓名", "户联系电话"], *rows])))
    rows = [[f"H{n}", name, ident] for n, (name, ident) in enumerate(zip(NAMES[:4], IDS[:4], strict=True))]
    assert not any(c.startswith("LY6") for c, _ in codes(from_grid([["户编号", "户主姓名", "户联系电话"], *rows])))


def test_the_cells_are_told_by_what_is_stored_not_by_how_many_rows_there_are():
    rows = [[f"H{n}", NAMES[n % 6], IDS[n % 6]] for n in range(1000)]
    assert ("LY65", "C1") in codes(from_grid([["户编号", "户主姓名", "户联系电话"], *rows]))


# --- what an unknown header may be


def test_a_candidate_whose_values_contradict_is_not_offered():
    offered = from_grid([["户编号", "户主姓名", "户联系电活"], ["H1", "张建国", "13900020002"]])
    refused = from_grid([["户编号", "户主姓名", "户联系电活"], ["H1", "张建国", "990101196805123015"]])
    assert "“户联系电活”（是不是“户联系电话”？）" in message(offered, "LY08")
    assert "是不是" not in message(refused, "LY08")


def test_a_header_spelt_less_alike_is_offered_where_the_values_agree():
    drawn = [["户编号", "家庭人口数", "户主姓名", "急联系号"], ["H1", "3", "张建国", "13900020002"]]
    assert "是不是“户联系电话”" in message(from_grid(drawn), "LY08")
    drawn[1][3] = "在外务工"
    assert "是不是“户联系电话”" not in message(from_grid(drawn), "LY08")


def test_nothing_is_mapped_for_being_alike():
    regions, _ = match_headers(
        "甲.xlsx", from_grid([["户编号", "户主姓名", "户联系电活"], ["H1", "张建国", "13900020002"]]),
        tuple(TABLES.values()), SETTINGS,
    )  # fmt: skip
    assert "phone" not in {c.field for c in regions[0].parts[0].columns}


def test_an_unknown_header_comes_with_its_levels_its_examples_masked_and_what_is_taken():
    drawn = sheet("""
        | 户编号 | 家庭情况   | <          |
        | ^      | 户主姓名   | 急用号     |
        | H1     | 张建国     | '13900020002 |
    """)
    (one,) = unknown(drawn)
    assert (one.table, one.header, one.above, one.key) == ("household", "急用号", "家庭情况", "家庭情况急用号")
    assert (one.cell, one.examples, one.look) == ("C2", ("139****0002",), "电话号码")
    assert one.taken == {"household_id", "head_name"}


def test_names_and_numbers_in_examples_are_masked_also_where_the_column_is_mixed():
    rows = [["H1", "赵大山", "张建国、李明"], ["H2", "钱守田", "卡号6222020002000123456"], ["H3", "孙明亮", "在外务工"]]
    (one,) = unknown(from_grid([["户编号", "户主姓名", "杂项"], *rows]))
    assert "张**、李*" in one.examples
    assert not any("0123456" in text or "建国" in text for text in one.examples)


def test_a_header_that_the_county_put_aside_is_not_listed():
    drawn = from_grid([["户编号", "户主姓名", "鞋码"], ["H1", "张建国", "42"]])
    aside = HeaderSettings(ignored={"household": frozenset({"鞋码"})})
    assert [u.header for u in unknown(drawn)] == ["鞋码"]
    assert unknown(drawn, aside) == ()
    assert "LY08" in dict(codes(drawn))
    assert "LY08" not in dict(codes(drawn, aside))


def test_a_header_of_which_too_little_is_known_to_be_read_is_listed():
    drawn = from_grid(
        [
            ["户编号", "当家人", "证件", "急用号", "几亩地"],
            ["H1", "张建国", IDS[0], "13900020002", "4.5"],
            ["H2", "王秀英", IDS[1], "13900020003", "3"],
        ]
    )
    assert not match_headers("甲.xlsx", drawn, tuple(TABLES.values()), SETTINGS)[0]
    assert {u.header for u in unknown(drawn)} == {"当家人", "证件", "急用号", "几亩地"}


def test_lists_of_choices_and_instructions_have_no_unknown_headers():
    assert (
        unknown(from_grid([["致贫原因", "户类型", "类别"], ["因病", "低保户", "甲"], ["因残", "", ""]], "下拉选项"))
        == ()
    )


# --- garbled and annotated headers


def test_a_garbled_header_says_what_it_must_have_been():
    drawn = from_grid([["户编号", "家庭人口数", "»§Ö÷ÐÕÃû"], ["H1", "3", "张建国"]])
    assert "疑似乱码，可能原来是“户主姓名”" in message(drawn, "LY08")
    assert "是不是“户主姓名”" in message(drawn, "LY08")


def test_a_sheet_of_garbled_headers_says_so():
    headers = [text.encode().decode("gbk") for text in ("户主姓名", "联系电话", "因病致贫")]
    drawn = from_grid([headers, ["张建国", "13900020002", "是"], ["王秀英", "13900020003", "否"]])
    assert "疑似乱码，可能原来是“户主姓名”" in message(drawn, "LY04")


@pytest.mark.parametrize("header", ["户（hù）主（zhǔ）姓（xìng）名（míng）", "戶主姓名", "户hù主zhǔ姓xìng名míng"])
def test_the_reading_of_characters_and_traditional_ones_do_not_hide_a_header(header):
    regions, _ = match_headers(
        "甲.xlsx", from_grid([["户编号", header], ["H1", "张建国"]]), tuple(TABLES.values()), SETTINGS
    )
    assert [c.field for c in regions[0].parts[0].columns] == ["household_id", "head_name"]


# --- numbers that the sheet explains


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("致贫原因（1.因病 2.因残）", [("致贫原因", (("1", "因病"), ("2", "因残")))]),
        ("0：否；1：是", [("", (("0", "否"), ("1", "是")))]),
        ("①因病②因残", [("", (("1", "因病"), ("2", "因残")))]),
        ("关系：1、户主 2、配偶。原因：1、因病 2、因残", [("关系:", (("1", "户主"), ("2", "配偶"))), ("原因:", (("1", "因病"), ("2", "因残")))]),
        ("2.因残 4.因学", []),
        ("2024年3月5日前报", []),
        ("一、本表由各村填写", []),
    ],
)  # fmt: skip
def test_a_numbered_list_in_a_text(text, found):
    assert list(legends_in(text)) == found


def test_a_header_is_known_without_the_list_behind_it():
    assert without_legend("致贫原因(1.因病2.因残)") == "致贫原因"
    assert without_legend("1.家庭人口2.劳动力") == "1.家庭人口2.劳动力"
    assert without_legend("收入(1月2月)人数") == "收入(1月2月)人数"


@pytest.mark.parametrize(
    ("header", "note"),
    [("致贫原因（1.因病 2.因残 3.缺技术）", ""), ("致贫原因", "注：致贫原因：1.因病 2.因残 3.缺技术"), ("致贫原因", "填表说明：1.因病；2.因残；3.缺技术")],
)  # fmt: skip
def test_a_list_in_the_header_or_a_note_is_the_columns(header, note):
    grid = [["户编号", "户主姓名", header], ["H1", "张建国", "2"], ["H2", "王秀英", "1"], [note, "", ""]]
    regions, _ = match_headers("甲.xlsx", from_grid(grid), tuple(TABLES.values()), SETTINGS)
    cause = next(c for c in regions[0].parts[0].columns if c.field == "cause")
    assert dict(cause.legend) == {"1": "因病", "2": "因残", "3": "缺技术"}


def test_a_list_of_something_else_is_nobodys():
    grid = [["户编号", "户主姓名", "致贫原因"], ["H1", "张建国", "2"], ["注：1.苹果 2.梨", "", ""]]
    regions, _ = match_headers("甲.xlsx", from_grid(grid), tuple(TABLES.values()), SETTINGS)
    assert not any(c.legend for c in regions[0].parts[0].columns)


def test_numbers_are_read_only_as_the_sheet_explains_them():
    field = HOUSEHOLD["cause"]
    declared = Context(field, codes=CODELISTS[field.codelist], legend=(("1", "因病"), ("3", "缺技术")))
    parsed = field.kind.parse(Cell(CellType.TEXT, "1、03"), declared)
    assert (parsed.value, parsed.note.code) == ("因病、缺技术", "NV07")
    assert field.kind.parse(Cell(CellType.NUMBER, 2.0), declared).value == "2"
    assert field.kind.parse(Cell(CellType.NUMBER, 1.0), Context(field, codes=declared.codes)).value == "1"
