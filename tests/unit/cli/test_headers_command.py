"""`bangfu headers`: the workbook that it writes, and what it says to one that is filled in wrongly."""

from pathlib import Path

import openpyxl
import pytest

import bangfu_excel as bf

HEAD, ANSWER, CHOICE, MARK = 2, 9, 10, 11  # columns of the workbook, from 1
ROWS = [
    ("户编号", "户主姓名", "当家人名", "急联系号", "几亩地", "鞋码"),
    ("H1", "张建国", "张建国", "13900020002", 4.5, 42),
]


@pytest.fixture(autouse=True)
def county(tmp_path, monkeypatch, bangfu):
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    (tmp_path / "inbox").mkdir()
    book.save(tmp_path / "inbox/户.xlsx")
    bangfu("init", "县")


def sheet():
    return openpyxl.load_workbook("表头确认.xlsx")["表头确认表"]


def fill(**answers):
    """Fills in the workbook: header → (answer, choice)."""
    book = openpyxl.load_workbook("表头确认.xlsx")
    page = book["表头确认表"]
    for row in range(4, page.max_row + 1):
        answer, choice = answers.get(page.cell(row, HEAD).value, (None, None))
        page.cell(row, ANSWER).value, page.cell(row, CHOICE).value = answer, choice
    book.save("表头确认.xlsx")


def refusal(bangfu):
    """What is said to the filled-in workbook; nothing was remembered."""
    code, out, err = bangfu("headers", "表头确认.xlsx", "--profile", "县")
    assert (code, out) == (2, "")
    assert not Path("县/表头别名.toml").exists()
    return err


def test_the_workbook_lists_the_headers_with_drop_downs_in_the_only_cells_to_fill_in(bangfu):
    code, out, _ = bangfu("headers", "inbox")
    assert (code, out) == (
        0,
        "1个文件，有4个表头要确认：表头确认.xlsx；填好后运行 bangfu headers 表头确认.xlsx --profile 本县设置文件夹\n",
    )
    page = sheet()
    assert [page.cell(row, HEAD).value for row in range(4, 8)] == ["当家人名", "急联系号", "几亩地", "鞋码"]
    assert page.protection.sheet
    assert {cell.column for cell in page[4] if not cell.protection.locked} == {ANSWER, CHOICE}
    assert page.column_dimensions["K"].hidden
    lists = {str(v.sqref): v.formula1 for v in page.data_validations.dataValidation}
    assert lists == {"I4:I7": '"是,不是,不用"', "J4:J7": "columns_household"}
    assert page.page_setup.orientation == "landscape"
    assert page.print_title_rows == "$3:$3"


def test_examples_are_masked(bangfu):
    bangfu("headers", "inbox")
    texts = [str(cell.value) for row in sheet().iter_rows() for cell in row]
    assert "139****0002" in texts
    assert not any("13900020002" in text or "张建国" in text for text in texts)


def test_the_same_inbox_gives_the_same_workbook(bangfu, tmp_path):
    bangfu("headers", "inbox", "-o", "一.xlsx")
    bangfu("headers", "inbox", "-o", "二.xlsx")
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_a_workbook_that_may_be_filled_in_is_never_written_over(bangfu):
    bangfu("headers", "inbox")
    assert "已经存在" in bangfu("headers", "inbox")[2]
    assert "在要处理的文件夹" in bangfu("headers", "inbox", "-o", "inbox/表头确认.xlsx")[2]


def test_one_that_lies_among_the_submissions_is_no_submission(bangfu):
    bangfu("headers", "inbox")
    Path("表头确认.xlsx").rename("inbox/表头确认.xlsx")
    findings = bf.check("inbox").findings.filter(file="表头确认.xlsx")
    assert [finding.code for finding in findings] == ["RN10"]


def test_without_an_unknown_header_there_is_no_workbook(bangfu, tmp_path):
    (tmp_path / "inbox/户.xlsx").unlink()
    (tmp_path / "inbox/户.csv").write_text("户编号,户主姓名\nH1,张建国\n", encoding="utf-8")
    assert bangfu("headers", "inbox")[1] == "1个文件，没有要确认的表头\n"
    assert not (tmp_path / "表头确认.xlsx").exists()


def test_answers_are_remembered_in_the_countys_folder(bangfu, tmp_path):
    bangfu("headers", "inbox")
    fill(急联系号=("是", None), 几亩地=("不是", "耕地面积"), 鞋码=("不用", None))
    code, out, _ = bangfu("headers", "表头确认.xlsx", "--profile", "县")
    assert (code, out.startswith("记住了2个表头的叫法、1个不用的列")) == (0, True)
    written = (tmp_path / "县/表头别名.toml").read_text(encoding="utf-8")
    assert 'farmland_mu = ["几亩地"]' in written
    assert 'phone = ["急联系号"]' in written
    assert 'ignored = ["鞋码"]' in written
    assert bangfu("headers", "inbox", "--profile", "县", "-o", "再.xlsx")[1].startswith("1个文件，有1个表头")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "还没有确认任何一个表头"),
        ({"鞋码": ("不是", None)}, "还没有确认任何一个表头"),
        ({"鞋码": ("是", None)}, "I7选了“是”，但没有建议的栏目"),
        ({"鞋码": ("对", None)}, "I7填的是“对”，应为“是”“不是”或“不用”"),
        ({"鞋码": ("不用", "耕地面积")}, "J7选了“耕地面积”，同一行又选了“不用”"),
        ({"鞋码": (None, "耕地面只")}, "J7填的是“耕地面只”，帮扶对象户没有这个栏目，是不是“耕地面积”"),
        ({"当家人名": (None, "户主姓名")}, "它所在的表里已经有“户主姓名”一列"),
        ({"几亩地": (None, "耕地面积"), "鞋码": (None, "耕地面积")}, "第6行“几亩地”和第7行“鞋码”在同一张表里，不能都当作“耕地面积”"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_named_with_its_cell_and_nothing_is_remembered(bangfu, answers, said):
    bangfu("headers", "inbox")
    fill(**answers)
    assert said in refusal(bangfu)


def test_all_wrong_answers_are_named_at_once(bangfu):
    bangfu("headers", "inbox")
    fill(鞋码=("对", None), 几亩地=("错", None))
    assert refusal(bangfu).count("I") == 2


def test_one_header_cannot_be_two_columns(bangfu):
    bangfu("headers", "inbox")
    book = openpyxl.load_workbook("表头确认.xlsx")
    page = book["表头确认表"]
    page.append([page.cell(7, column).value for column in range(1, 12)])
    page["J7"], page["J8"] = "耕地面积", "备注"
    book.save("表头确认.xlsx")
    assert "第8行和第7行是同一个表头“鞋码”" in refusal(bangfu)


def test_a_workbook_that_was_tampered_with_is_refused(bangfu):
    bangfu("headers", "inbox")
    book = openpyxl.load_workbook("表头确认.xlsx")
    book["表头确认表"]["K5"] = "改"
    book.save("表头确认.xlsx")
    assert "第5行被改动了" in refusal(bangfu)


def test_a_filled_in_workbook_needs_the_countys_folder(bangfu):
    bangfu("headers", "inbox")
    assert "--profile" in bangfu("headers", "表头确认.xlsx")[2]
    assert "bangfu init 无" in bangfu("headers", "表头确认.xlsx", "--profile", "无")[2]


def test_it_is_known_by_its_content_not_by_its_name(bangfu, tmp_path):
    bangfu("headers", "inbox")
    fill(鞋码=("不用", None))
    (tmp_path / "表头确认.xlsx").rename(tmp_path / "张三填好的.xlsx")
    assert bangfu("headers", "张三填好的.xlsx", "--profile", "县")[0] == 0
