import datetime as dt
import tempfile
import zipfile

import openpyxl
import pytest

from bangfu_excel.errors import DeclarationError
from bangfu_excel.write import book as book_module
from bangfu_excel.write.book import AUTHOR, Book, fitting

DAY = dt.date(2024, 6, 30)


def write(path, fill, **options):
    with Book(path, as_of=DAY, **options) as book:
        fill(book, book.add_sheet("表"))
    return openpyxl.load_workbook(path)


def test_text_that_looks_like_a_formula_a_number_or_a_link_stays_text(tmp_path):
    texts = ["=1+1", "+86", "-5", "@SUM(A1)", "007", "http://example.com"]

    def fill(_, sheet):
        for row, text in enumerate(texts):
            sheet.write(row, 0, text)

    sheet = write(tmp_path / "a.xlsx", fill)["表"]
    cells = [sheet.cell(row, 1) for row in range(1, len(texts) + 1)]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


@pytest.mark.parametrize(
    "refused",
    [
        lambda sheet: sheet.data_validation("A1:A9", {"validate": "list", "source": ["因" * 200, "果" * 200]}),
        lambda sheet: sheet.write_string(0, 0, "长" * 40_000),
        lambda sheet: sheet.write_number(1_048_576, 0, 1),
        lambda sheet: sheet.write_comment(0, 0, "长" * 40_000),
        lambda sheet: sheet.set_footer("&C" + "长" * 300),
        lambda sheet: sheet.merge_range(0, 0, 2, 0, "三行"),
        lambda sheet: (sheet.write_string(5, 0, "五"), sheet.write_string(4, 0, "四")),
    ],
    ids=["drop-down", "text", "row", "comment", "footer", "vertical merge", "row written before"],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_what_xlsxwriter_would_leave_out_silently_raises(tmp_path, refused):
    with pytest.raises(DeclarationError), Book(tmp_path / "a.xlsx", as_of=DAY) as book:
        refused(book.add_sheet("表"))
    assert list(tmp_path.iterdir()) == []


def test_a_merge_of_one_cell_is_that_cell(tmp_path):
    book = write(tmp_path / "a.xlsx", lambda _, sheet: sheet.merge_range(0, 0, 0, 0, "标题", None))
    assert book["表"]["A1"].value == "标题"


def test_sheets_get_names_that_excel_accepts(tmp_path):
    def fill(book, _):
        for name in ("一/二:三", "表", "长" * 40, "长" * 40, "'"):
            book.add_sheet(name)

    names = write(tmp_path / "a.xlsx", fill).sheetnames
    assert names == ["表", "一_二_三", "表(2)", "长" * 31, "长" * 28 + "(2)", "表(3)"]


def test_links_stop_where_excel_stops_and_say_so(tmp_path, monkeypatch):
    monkeypatch.setattr(book_module, "MAX_LINKS", 2)
    said = []

    def fill(_, sheet):
        said.extend(sheet.link(row, 0, "internal:'表'!A1", f"A{row}") for row in range(3))

    sheet = write(tmp_path / "a.xlsx", fill)["表"]
    assert said == [True, True, False]
    assert [bool(sheet.cell(row, 1).hyperlink) for row in (1, 2, 3)] == [True, True, False]
    assert sheet["A3"].value == "A2"


def test_a_failure_leaves_neither_workbook_nor_scratch_files(tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    with pytest.raises(KeyboardInterrupt), Book(tmp_path / "a.xlsx", as_of=DAY) as book:
        book.add_sheet("表").write_string(0, 0, "一")
        raise KeyboardInterrupt
    assert list(scratch.iterdir()) == []
    assert not (tmp_path / "a.xlsx").exists()


def test_properties_are_fixed_and_bytes_repeat(tmp_path):
    def fill(book, sheet):
        sheet.write_string(0, 0, "一", book.format(bold=True))

    properties = write(tmp_path / "a.xlsx", fill, title="台账").properties
    write(tmp_path / "b.xlsx", fill, title="台账")
    assert (properties.creator, properties.title, properties.modified) == (AUTHOR, "台账", dt.datetime(2024, 6, 30))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert package.testzip() is None
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    assert fitting("短") == "短"
    cut = fitting("长" * 40_000)
    assert cut.endswith("（原文过长，见报送表）")
    assert len(cut) < 32_767
