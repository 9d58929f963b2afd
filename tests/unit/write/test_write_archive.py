import datetime as dt
import io
import time
import zipfile

import openpyxl
import pytest

from bangfu_excel.errors import OutputError
from bangfu_excel.write import archive
from bangfu_excel.write.archive import finish, replacing, write_bytes

DAY = dt.date(2024, 6, 30)


def saved_by_openpyxl():
    book = openpyxl.Workbook()
    book.active["A1"] = "清水镇"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_two_savings_of_equal_content_become_equal_bytes(tmp_path):
    first = saved_by_openpyxl()
    time.sleep(2.1)  # a zip's clock counts in twos
    second = saved_by_openpyxl()
    assert first != second
    assert finish(first, tmp_path / "a.xlsx", DAY).read_bytes() == finish(second, tmp_path / "b.xlsx", DAY).read_bytes()


def test_a_finished_workbook_is_whole_dated_and_still_the_same(tmp_path):
    target = finish(saved_by_openpyxl(), tmp_path / "表" / "a.xlsx", DAY)
    with zipfile.ZipFile(target) as package:
        assert package.testzip() is None
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
    book = openpyxl.load_workbook(target)
    assert book.active["A1"].value == "清水镇"
    assert book.properties.modified == dt.datetime(2024, 6, 30)
    assert book.properties.created == dt.datetime(2024, 6, 30)


@pytest.mark.parametrize("interruption", [ValueError, KeyboardInterrupt])
def test_what_is_interrupted_leaves_the_old_file_and_no_half_one(tmp_path, interruption):
    target = write_bytes(tmp_path / "a.xlsx", b"old")
    with pytest.raises(interruption), replacing(target) as beside:
        beside.write_bytes(b"half")
        raise interruption
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_file_open_elsewhere_is_said_in_a_sentence(tmp_path, monkeypatch):
    def locked(self, target):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(archive.Path, "replace", locked)
    with pytest.raises(OutputError, match="正被其他程序打开"):
        write_bytes(tmp_path / "a.xlsx", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path):
    (tmp_path / "a").write_text("a file")
    with pytest.raises(OutputError, match="无法写入"):
        write_bytes(tmp_path / "a" / "b.xlsx", b"new")
