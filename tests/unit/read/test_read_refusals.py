"""What is no readable table is one finding that says what it is; nothing raises."""

import hashlib
import io
import zipfile

import msoffcrypto
import openpyxl
import pytest

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message
from bangfu_excel.core.messages import read as messages
from bangfu_excel.read import Limits, calamine, digest, read_file, reader
from bangfu_excel.read.reader import read_here

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook_bytes():
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "户主姓名"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def zipped(*names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


def encrypted(password):
    plain, locked = io.BytesIO(workbook_bytes()), io.BytesIO()
    msoffcrypto.OfficeFile(plain).encrypt(password, locked)
    return locked.getvalue()


def read(tmp_path, data, name="a.xlsx", verb=read_file, **limits):
    path = tmp_path / name
    path.write_bytes(data)
    return verb(path, f"清水镇/{name}", Limits(**limits))


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "RD01", "空的"),
        (b"\0" * 5000, "RD06", "损坏"),
        (workbook_bytes()[:-900], "RD06", "损坏"),
        (OLE + b"\0" * 5000, "RD06", "损坏"),
        (OLE + b"\0" * 600 + "Workbook\0".encode("utf-16-le"), "RD06", "损坏"),
        (OLE + b"\0" * 600 + "WordDocument\0".encode("utf-16-le"), "RD07", "Word文档"),
        (zipped("[Content_Types].xml", "word/document.xml"), "RD07", "Word文档"),
        (b"%PDF-1.7 ...", "RD07", "PDF文件"),
        (b"\xff\xd8\xff\xe0....JFIF", "RD07", "图片"),
        (bytes(range(256)) * 20, "RD07", "不认识的文件"),
        (zipped("mimetype", "content.xml"), "RD06", "损坏"),
        (zipped("[Content_Types].xml", "xl/workbook.bin"), "RD06", "损坏"),
        ("<html><body>登录超时</body></html>".encode(), "RD43", "网页"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "RD06", "损坏"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00", "RD06", "损坏"),
        (zipped("清水镇.xlsx", "石桥村.xls"), "RD09", "ZIP压缩包"),
        (b"Rar!\x1a\x07\x00", "RD09", "RAR压缩包"),
        (zipped("[Content_Types].xml"), "RD06", "损坏"),
    ],
)
def test_what_it_is_is_said_once(tmp_path, data, code, words):
    workbook, findings = read(tmp_path, data)
    assert workbook is None
    assert [(f.code, f.severity, f.effect, f.place.file) for f in findings] == [
        (code, Severity.ERROR, Effect.SHEET, "清水镇/a.xlsx")
    ]
    assert words in findings[0].message


def test_a_password_is_said(tmp_path):
    workbook, findings = read(tmp_path, encrypted("990101"))
    assert workbook is None
    assert [f.code for f in findings] == ["RD05"]


def test_excels_own_default_password_is_no_password(tmp_path):
    workbook, findings = read(tmp_path, encrypted("VelvetSweatshop"))
    assert workbook.sheets[0].cell(0, 0).value == "户主姓名"
    assert findings == ()


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("a.xlsx", []),
        ("a.XLSX", []),
        ("a.xlsm", []),
        ("a.et", []),
        ("a.xls", ["RD20"]),
        ("a.csv", ["RD20"]),
        ("a", ["RD20"]),
    ],
)
def test_the_content_decides_and_a_wrong_suffix_is_noted(tmp_path, name, codes):
    workbook, findings = read(tmp_path, workbook_bytes(), name)
    assert workbook.format == "xlsx"
    assert [f.code for f in findings] == codes


def test_a_folder_and_a_missing_file(tmp_path):
    assert [f.code for f in read_file(tmp_path, "清水镇")[1]] == ["RD03"]
    assert [f.code for f in read_file(tmp_path / "a.xlsx", "a.xlsx")[1]] == ["RD04"]


def test_a_locked_file(tmp_path, monkeypatch):
    def locked(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(reader, "_identify", locked)
    assert [f.code for f in read(tmp_path, b"x", verb=read_here)[1]] == ["RD02"]


@pytest.mark.parametrize("limits", [{"file": 100}, {"entries": 2}, {"unzipped": 100}])
def test_a_file_beyond_the_limits(tmp_path, limits):
    assert [f.code for f in read(tmp_path, workbook_bytes(), **limits)[1]] == ["RD10"]


def test_a_bomb_is_not_unpacked(tmp_path, handmade):
    path = handmade(甲="<worksheet/>", extra={"xl/sharedStrings.xml": b"0" * 40_000_000})
    assert [f.code for f in read_file(path, "a.xlsx")[1]] == ["RD10"]


class PanicException(BaseException):
    """As pyo3 raises it."""


def failing(error):
    class Failing:
        @staticmethod
        def from_object(_):
            raise error

    return Failing


def test_a_panic_of_the_engine_is_survived(tmp_path, monkeypatch):
    monkeypatch.setattr(calamine, "CalamineWorkbook", failing(PanicException("index out of bounds")))
    workbook, _ = read(tmp_path, workbook_bytes(), verb=read_here)
    assert workbook.sheets[0].cell(0, 0).value == "户主姓名"  # openpyxl steps in


def test_an_interrupt_is_not_swallowed(tmp_path, monkeypatch):
    monkeypatch.setattr(calamine, "CalamineWorkbook", failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        read(tmp_path, workbook_bytes(), verb=read_here)


def test_digest_is_the_sha256_of_the_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")
    assert digest(tmp_path / "a") == hashlib.sha256(b"abc").hexdigest()


def test_no_message_shows_english_or_codes():
    said = [value for value in vars(messages).values() if isinstance(value, Message)]
    assert said
    for message in said:
        words = message.says + message.suggests
        for placeholder in message.placeholders | {"sheet"}:
            words = words.replace(f"{{{placeholder}}}", "")
        for known in (".xlsx", ".xls", ".csv", "WPS", "Excel"):
            words = words.replace(known, "")
        assert words.isascii() is False
        assert not any(char.isascii() and char.isalpha() for char in words), message.code
