"""Which files of INBOX are submissions, and in what order."""

import pytest

from bangfu_excel.errors import InboxError
from bangfu_excel.read.inbox import find_files


def test_every_file_below_the_folder_is_found_by_its_relative_name_in_order(tmp_path):
    for name in ("乙镇/走访.xlsx", "乙镇/六月/户.csv", "甲镇.xls"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = find_files(tmp_path)
    assert [name for _, name in found] == sorted(["乙镇/六月/户.csv", "乙镇/走访.xlsx", "甲镇.xls"])
    assert all(path == tmp_path / name for path, name in found)


@pytest.mark.parametrize(
    "name", ["~$户.xlsx", "._户.xlsx", ".~lock.户.xlsx#", ".隐藏/户.xlsx", "Thumbs.db", "desktop.ini"]
)
def test_lock_files_and_hidden_files_are_none(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    (tmp_path / "户.xlsx").touch()
    assert [found for _, found in find_files(tmp_path)] == ["户.xlsx"]


def test_a_single_file_is_an_inbox(tmp_path):
    (tmp_path / "户.xlsx").touch()
    assert find_files(tmp_path / "户.xlsx") == ((tmp_path / "户.xlsx", "户.xlsx"),)


def test_nothing_there_and_nothing_in_it_are_said(tmp_path):
    with pytest.raises(InboxError, match="找不到"):
        find_files(tmp_path / "没有")
    (tmp_path / "~$户.xlsx").touch()
    with pytest.raises(InboxError, match="没有文件"):
        find_files(tmp_path)
