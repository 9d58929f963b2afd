"""Which files of INBOX are submissions, and in what order; which are photos; what cannot be listed is said."""

import os
import sys

import pytest

from bangfu_excel.errors import InboxError
from bangfu_excel.read.inbox import _openable, open_inbox


def opened(inbox, **options):
    with open_inbox(inbox, **options) as contents:
        return contents


def names(inbox):
    return [name for _, name in opened(inbox).files]


def said(inbox):
    return [(finding.code, finding.place.file) for finding in opened(inbox).findings]


def test_every_file_below_the_folder_is_found_by_its_relative_name_in_order(tmp_path):
    for name in ("乙镇/走访.xlsx", "乙镇/六月/户.csv", "甲镇.xls"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = opened(tmp_path).files
    assert [name for _, name in found] == sorted(["乙镇/六月/户.csv", "乙镇/走访.xlsx", "甲镇.xls"])
    assert all(path == tmp_path / name for path, name in found)


@pytest.mark.parametrize(
    "name",
    ["~$户.xlsx", "._户.xlsx", ".~lock.户.xlsx#", ".隐藏/户.xlsx", "Thumbs.db", "desktop.ini", "__MACOSX/户.xlsx"],
)
def test_lock_files_and_hidden_files_are_none(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    (tmp_path / "户.xlsx").touch()
    assert names(tmp_path) == ["户.xlsx"]


def test_a_single_file_is_an_inbox(tmp_path):
    (tmp_path / "户.xlsx").touch()
    assert opened(tmp_path / "户.xlsx").files == ((tmp_path / "户.xlsx", "户.xlsx"),)


def test_nothing_there_and_nothing_in_it_are_said(tmp_path):
    with pytest.raises(InboxError, match="找不到"):
        opened(tmp_path / "没有")
    (tmp_path / "~$户.xlsx").touch()
    with pytest.raises(InboxError, match="没有文件"):
        opened(tmp_path)


def test_photos_stand_apart(tmp_path):
    (tmp_path / "走访照片").mkdir()
    for name in ("走访照片/松树村.jpg", "走访照片/石桥村.JPEG", "封面.png"):
        (tmp_path / name).write_bytes(b"\xff\xd8\xff\xe0 picture")
    (tmp_path / "户.csv").touch()
    contents = opened(tmp_path)
    assert [name for _, name in contents.files] == ["户.csv"]
    assert sorted((photo.name, photo.folder) for photo in contents.photos) == [
        ("封面.png", ""),
        ("走访照片/松树村.jpg", "走访照片"),
        ("走访照片/石桥村.JPEG", "走访照片"),
    ]


@pytest.mark.parametrize("head", [b"PK\3\4 workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_workbook_that_is_named_like_a_photo_is_a_submission(tmp_path, head):
    (tmp_path / "户.jpg").write_bytes(head)
    assert names(tmp_path) == ["户.jpg"]


def test_only_photos_are_something(tmp_path):
    (tmp_path / "1.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    contents = opened(tmp_path)
    assert contents.files == ()
    assert [photo.name for photo in contents.photos] == ["1.jpg"]


def test_a_link_to_a_folder_is_not_followed_and_said_so_even_if_it_leads_in_a_circle(tmp_path):
    (tmp_path / "inbox/镇").mkdir(parents=True)
    (tmp_path / "别处").mkdir()
    (tmp_path / "别处/户.csv").touch()
    (tmp_path / "inbox/镇/户.csv").touch()
    link(tmp_path / "inbox/镇/回到上面", tmp_path / "inbox")
    link(tmp_path / "inbox/别处", tmp_path / "别处")
    assert names(tmp_path / "inbox") == ["镇/户.csv"]
    assert sorted(said(tmp_path / "inbox")) == [("RN04", "别处"), ("RN04", "镇/回到上面")]


def test_an_inbox_reached_by_a_link_is_read(tmp_path):
    (tmp_path / "真的/镇").mkdir(parents=True)
    (tmp_path / "真的/镇/户.csv").touch()
    link(tmp_path / "inbox", tmp_path / "真的")
    assert names(tmp_path / "inbox") == ["镇/户.csv"]


def test_a_link_to_a_file_that_is_gone_is_left_to_the_reader_to_say(tmp_path):
    link(tmp_path / "户.xlsx", tmp_path / "没有.xlsx", folder=False)
    link(tmp_path / "圈.xlsx", tmp_path / "圈.xlsx", folder=False)
    assert names(tmp_path) == ["圈.xlsx", "户.xlsx"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a user who is refused something")
def test_a_folder_that_cannot_be_entered_is_said_and_the_others_are_read(tmp_path):
    (tmp_path / "锁").mkdir()
    (tmp_path / "户.csv").touch()
    (tmp_path / "锁").chmod(0)
    try:
        assert names(tmp_path) == ["户.csv"]
        assert said(tmp_path) == [("RN03", "锁")]
    finally:
        (tmp_path / "锁").chmod(0o700)


def test_a_refused_folder_is_said_whoever_runs_the_test(tmp_path, monkeypatch):
    def refused(place, **options):
        if str(place).endswith("锁"):
            raise PermissionError(13, "refused", place)
        return scan(place)

    scan = os.scandir
    (tmp_path / "锁").mkdir()
    (tmp_path / "户.csv").touch()
    monkeypatch.setattr(os, "scandir", refused)
    assert names(tmp_path) == ["户.csv"]
    assert said(tmp_path) == [("RN03", "锁")]
    with pytest.raises(InboxError, match="没有读取权限"):
        opened(tmp_path / "锁")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux stores names that are no Unicode")
def test_a_name_in_gbk_is_shown_as_its_sender_wrote_it(tmp_path):
    stored = os.fsencode(tmp_path) + b"/" + "清水镇户.csv".encode("gb18030")
    with open(stored, "wb"):
        pass
    ((path, name),) = opened(tmp_path).files
    assert (name, path.exists()) == ("清水镇户.csv", True)
    assert said(tmp_path) == [("RN05", "清水镇户.csv")]


def test_a_path_too_long_for_windows_is_opened_in_its_long_form(tmp_path):
    short, long = "C:\\报表\\户.xlsx", "C:\\报表\\" + "长" * 260
    share = "\\\\server\\share\\" + "长" * 260
    assert _openable(tmp_path, short, windows=True) == tmp_path
    assert str(_openable(tmp_path, long, windows=True)) == "\\\\?\\" + long
    assert str(_openable(tmp_path, share, windows=True)) == "\\\\?\\UNC\\" + share[2:]
    assert _openable(tmp_path, long, windows=False) == tmp_path


def link(place, target, *, folder=True):
    try:
        place.symlink_to(target, target_is_directory=folder)
    except OSError:
        pytest.skip("this system lets nobody make links")
