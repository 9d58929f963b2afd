"""Workbooks that open with a password: the one that Excel sets by itself, one that was given, and the wrong one."""

import io

import olefile
import openpyxl
import pytest
from locked_books import closed_xls, closed_xlsx

from bangfu_excel.core.limits import Limits
from bangfu_excel.read.formats import Submitted
from bangfu_excel.read.password import DEFAULT_PASSWORD, plain_bytes
from bangfu_excel.read.reader import read_here

ROWS = [("户主姓名", "家庭人口数"), *((f"王大山{number}", number) for number in range(300))]


def xlsx(password):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return closed_xlsx(stream.getvalue(), password)


CLOSED = {
    "xlsx": xlsx,
    "xls, RC4": lambda password: closed_xls(ROWS, password),
    "xls, XOR": lambda password: closed_xls(ROWS, password, "xor"),
}
kinds = pytest.mark.parametrize("kind", CLOSED)


def read(tmp_path, data, *passwords):
    path = tmp_path / "户.xls"
    path.write_bytes(data)
    return read_here(path, "户.xls", passwords=passwords)


@kinds
@pytest.mark.parametrize(
    ("password", "given"), [(DEFAULT_PASSWORD, ()), ("Shan2024", ("Shan2024",)), ("Shan2024", ("2023", "Shan2024"))]
)
def test_it_opens_with_what_excel_sets_or_a_clerk_gives(tmp_path, kind, password, given):
    workbook, _ = read(tmp_path, CLOSED[kind](password), *given)
    (sheet,) = workbook.sheets
    assert (sheet.height, sheet.cell(0, 0).value, sheet.cell(300, 0).value) == (301, "户主姓名", "王大山299")
    assert sheet.cell(300, 1).value == 299


@kinds
@pytest.mark.parametrize("given", [(), ("2023",), ("", "2" * 300, "松树")])
def test_without_its_password_it_is_one_finding(tmp_path, kind, given):
    workbook, findings = read(tmp_path, CLOSED[kind]("Shan2024"), *given)
    assert (workbook, [finding.code for finding in findings]) == (None, ["RD05"])


def test_a_chinese_password_opens_what_rc4_and_excel_2010_closed(tmp_path):
    for kind in ("xlsx", "xls, RC4"):
        assert read(tmp_path, CLOSED[kind]("松树2024"), "松树2024")[0] is not None


def test_what_opens_and_is_damaged_is_not_said_to_want_a_password(tmp_path):
    file = io.BytesIO(xlsx("Shan2024"))
    container = olefile.OleFileIO(file, write_mode=True)
    package = container.openstream("EncryptedPackage").read()
    container.write_stream("EncryptedPackage", package[:-512] + bytes(512))
    workbook, findings = read(tmp_path, file.getvalue(), "2023", "Shan2024")
    assert (workbook, [finding.code for finding in findings]) == (None, ["RD06"])


def test_neither_password_nor_content_is_shown(tmp_path):
    shown = repr(Submitted(tmp_path, b"Wang Dashan", "户.xls", Limits(), ("Shan2024",)))
    assert "Shan" not in shown and "Dashan" not in shown


def test_the_bytes_to_be_marked_are_those_without_the_password(tmp_path):
    path = tmp_path / "户.xlsx"
    path.write_bytes(xlsx("Shan2024"))
    assert plain_bytes(path, ("2023", "Shan2024"))[:2] == b"PK"
    assert plain_bytes(path, ("2023",)) is None
    assert plain_bytes(tmp_path / "没有", ()) is None
    path.write_bytes(b"PK as it is")
    assert plain_bytes(path, ()) == b"PK as it is"
