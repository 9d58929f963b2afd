"""Forms as townships send them, taken through the whole line: a workbook a household, a page of visits, a survey form."""

import datetime as dt

import openpyxl
import pytest
from drawn_forms import household, members, put_registration, registration

import bangfu_excel as bf
from bangfu_excel.core.address import cell_name

AS_OF = dt.date(2024, 6, 30)


def check(folder):
    return bf.check(folder, as_of=AS_OF, engine="serial")


def told(batch):
    """(code, file, cell) of everything that is more than a notice."""
    return [(f.code, f.place.file, f.place.cell) for f in batch.findings if f.severity != "info"]


def assert_balanced(batch):
    lines = batch.reconciliation
    kinds = ["title", "header", "blank", "total", "note", "data"]
    assert (lines["rows"] == lines[kinds].sum(axis="columns")).all()
    assert (lines["data"] == lines[["accepted", "returned", "duplicate"]].sum(axis="columns")).all()


def test_two_hundred_workbooks_of_one_household_each(tmp_path):
    for position in range(200):
        registration(position).save(tmp_path / f"{position:03d}.xlsx")
    batch = check(tmp_path)
    assert told(batch) == []
    households, people = batch.tables["household"], batch.tables["member"]
    assert households["household_id"].tolist() == [household(n)["户编号"] for n in range(200)]
    assert people["_recipient"].tolist() == [household(n)["户编号"] for n in range(200) for _ in range(2)]
    assert people["name"].tolist() == [row[0] for n in range(200) for row in members(n)]
    assert set(people["_link"]) == {"exact"}
    assert_balanced(batch)


@pytest.mark.parametrize(
    ("label", "value", "cell", "code"),
    [
        ("联系电话", "123", "F3", "ID16"),
        ("家庭人口", "九十九", "F4", "VL01"),
        ("身份证号", "99010119680512003", "B3", "ID02"),
    ],
)
def test_a_fault_in_a_form_is_told_once_at_its_cell(tmp_path, label, value, cell, code):
    registration(0, **{label: value}).save(tmp_path / "甲.xlsx")
    batch = check(tmp_path)
    assert told(batch) == [(code, "甲.xlsx", cell)]
    (finding,) = (f for f in batch.findings if f.code == code)
    assert (finding.place.label, finding.place.value, finding.place.row) == (label, value, int(cell[1:]))
    assert f"第{cell[1:]}行“{label}”填的是“{value}”" in finding.message


def test_a_fault_in_the_table_inside_is_told_at_its_cell(tmp_path):
    book = registration(0)
    book.active["C9"] = "男"
    book.save(tmp_path / "甲.xlsx")
    first = next(f for f in check(tmp_path).findings if f.severity == "error")
    assert (first.code, first.place.cell) == ("ID11", "C9")


def test_a_form_that_names_nobody_is_returned_and_told_at_the_empty_cell(tmp_path):
    registration(0, 户编号="", 户主姓名="", 身份证号="").save(tmp_path / "甲.xlsx")
    batch = check(tmp_path)
    (finding,) = (f for f in batch.findings if f.code == "RQ01")
    assert (finding.effect, finding.place.cell) == ("row", "B2")
    assert len(batch.returned["household"]) == 1


def test_the_only_key_of_a_form_is_wrong(tmp_path):
    """One root cause, one finding: the number is wrong, and so nobody is named."""
    registration(0, 户编号="", 户主姓名="", 身份证号="990101196805120099").save(tmp_path / "甲.xlsx")
    found = [(f.effect, f.place.cell) for f in check(tmp_path).findings.filter(table="household", severity="error")]
    assert found == [("row", "B3")]


def stacked(count, **changed):
    """A workbook of `count` registration forms one below another; `changed` holds for the second."""
    book, row = openpyxl.Workbook(), 1
    for position in range(count):
        row = put_registration(book.active, row, position, **(changed if position == 1 else {})) + 1
    return book


def test_forms_one_below_another_with_their_members(tmp_path):
    stacked(20, 联系电话="12").save(tmp_path / "甲.xlsx")
    batch = check(tmp_path)
    assert told(batch) == [("ID16", "甲.xlsx", "F13")]
    assert batch.tables["member"]["_recipient"].tolist() == [
        household(n)["户编号"] for n in range(20) for _ in range(2)
    ]
    assert batch.reconciliation[["table", "data"]].values.tolist() == [["household", 20], ["member", 40]]
    assert_balanced(batch)


def test_the_returned_workbook_is_marked_at_the_cell_of_the_form(tmp_path):
    (tmp_path / "in").mkdir()
    stacked(3, 联系电话="12").save(tmp_path / "in" / "甲.xlsx")
    bf.run(tmp_path / "in", tmp_path / "out", as_of=AS_OF, registry=tmp_path / "reg", engine="serial")
    page = openpyxl.load_workbook(tmp_path / "out" / "退回" / "甲.xlsx").worksheets[0]
    commented = [cell.coordinate for row in page.iter_rows() for cell in row if cell.comment]
    filled = [c.coordinate for row in page.iter_rows(max_col=6) for c in row if c.fill.fill_type]
    assert (commented, filled) == (["F13"], ["F13"])
    assert "联系电话" in page["G13"].value
    assert page["G1"].value == "错误说明"


def test_the_registry_knows_the_cell_of_every_value_of_a_form(tmp_path):
    (tmp_path / "in").mkdir()
    stacked(3).save(tmp_path / "in" / "甲.xlsx")
    bf.run(tmp_path / "in", tmp_path / "out", as_of=AS_OF, registry=tmp_path / "reg", engine="serial")
    registry = bf.Registry(tmp_path / "reg")
    second = household(1)
    assert registry.provenance("household", second["户编号"], "cause").cell == "F15"
    assert registry.provenance("household", second["户编号"], "address").cell == "B15"
    wife = members(1)[1]
    key = f"{second['户编号']}|{wife[3]}"
    assert registry.provenance("member", key, "health").cell == "E19"
    assert registry.provenance("member", key, "household_id").cell == "B12"


def test_a_page_of_visit_records(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    for number in range(20):
        top = 5 * number + 1
        rows = [
            ["走访记录表"],
            ["走访对象", household(number)["户主姓名"], "走访时间", f"2024-05-{number + 1:02d}"],
            ["走访人", "李明", "走访方式", "☑入户 □电话" if number < 15 else "□入户 □电话"],
            ["走访内容", "查看住房和饮水情况，讲解养殖补贴政策"],
        ]
        for offset, row in enumerate(rows):
            for column, text in enumerate(row, start=1):
                page.cell(top + offset, column, text)
        page.merge_cells(start_row=top + 3, start_column=2, end_row=top + 3, end_column=4)
    page["D97"] = "2025-05-20"
    book.save(tmp_path / "走访.xlsx")
    batch = check(tmp_path)
    visits = batch.tables["visit"]
    assert visits["visited_on"].dt.day.tolist() == list(range(1, 20))
    assert visits["mode"].fillna("").tolist() == ["入户"] * 15 + [""] * 4
    assert [(f.code, f.place.cell, f.place.row) for f in batch.findings if f.effect == "row"] == [("PV09", "D97", 97)]
    assert_balanced(batch)


def test_a_blank_form_among_others_is_no_record(tmp_path):
    registration(0).save(tmp_path / "甲.xlsx")
    blank = registration(1, **dict.fromkeys(household(1), ""))
    for row in blank.active.iter_rows(min_row=8, max_col=5):
        for cell in row:
            cell.value = None
    blank.save(tmp_path / "乙.xlsx")
    batch = check(tmp_path)
    assert len(batch.rows["household"]) == 1
    assert [f.place.file for f in batch.findings if f.code == "LY40"] == ["乙.xlsx"]
    assert dict(zip(batch.reconciliation["file"], batch.reconciliation["status"], strict=True))["乙.xlsx"] == "skipped"


def test_a_survey_form_is_read_by_its_items(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["2012年度调查"], [], ["代码", "填表项目", "单位", "数量"], [None, "一、家庭基本情况"],
        [200.0, "户主姓名", None, "赵建国"], [201.0, "（一）是否危房：1.安全住房2.C级危房", "代码", 2.0],
        [202.0, "（二）家庭成员人数", "人", 4.0], [None, "二、家庭收支情况"], [205.0, "（一）工资收入", "万元", 1.2],
    ):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "调查.xlsx")
    (row,) = check(tmp_path).tables["household"].to_dict("records")
    assert (row["head_name"], row["housing"], row["member_count"], row["wage_income"]) == (
        "赵建国", "C级危房", 4, 12000.0,
    )  # fmt: skip


def test_cell_names_of_a_form_are_those_of_the_sheet_whatever_stands_above(tmp_path):
    for above in (0, 3):
        book = openpyxl.Workbook()
        put_registration(book.active, 1 + above, 0, 家庭人口="无数")
        book.save(tmp_path / f"{above}.xlsx")
    cells = [f.place.cell for f in check(tmp_path).findings if f.place.field == "member_count"]
    assert cells == [cell_name(4, 5), cell_name(7, 5)]


def test_what_is_the_same_on_every_sheet_of_forms_is_noted_once(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for position in range(30):
        put_registration(book.create_sheet(f"{position + 1}"), 1, position, 家庭人口="2人")
    book.save(tmp_path / "甲.xlsx")
    batch = check(tmp_path)
    assert len(batch.tables["household"]) == 30
    (noted,) = (f for f in batch.findings if f.code == "NV02")
    assert (noted.place.sheet, noted.place.cell, noted.count) == ("1", "F4", 30)
    assert noted.message.endswith("（共30张工作表都是这样）")
    assert noted.related[0] == "2!F4"
