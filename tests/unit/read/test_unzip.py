"""A zip in INBOX, or as INBOX: its members are submissions; nothing it says of itself is believed."""

import struct
import tempfile
import zipfile

import pytest
from zips import zipped

from bangfu_excel.core.limits import Limits
from bangfu_excel.read.inbox import open_inbox
from bangfu_excel.read.member_names import member_names

CSV = "户主姓名,村\n王大山,松树村\n".encode()
MEMBERS = (("清水镇/户.csv", CSV), ("清水镇/走访.csv", CSV + b"\n"))


@pytest.fixture
def sent(tmp_path):
    """Puts a zip named a.zip into an inbox and reads it: name → bytes of the members, and codes with the zip they stand at."""

    def read(data, inbox=tmp_path / "inbox", passwords=(), **limits):
        (tmp_path / "inbox").mkdir(exist_ok=True)
        (tmp_path / "inbox/a.zip").write_bytes(data)
        with open_inbox(inbox, Limits(**limits), passwords) as contents:
            members = {name: path.read_bytes() for path, name in contents.files}
            return members, [(finding.code, finding.place.file) for finding in contents.findings]

    return read


@pytest.mark.parametrize("encoding", ["flag", "utf-8", "gb18030"])
def test_members_are_named_as_their_sender_named_them(sent, encoding):
    expected = {f"a.zip!{name}": content for name, content in MEMBERS}
    assert sent(zipped(MEMBERS, encoding)) == (expected, [])


def test_gbk_that_looks_like_utf8_is_still_gbk(sent):
    assert "一".encode("gb18030").decode("utf-8")
    assert list(sent(zipped([("一.csv", CSV)], "gb18030"))[0]) == ["a.zip!一.csv"]


def test_a_backslash_parts_folders_unless_it_is_half_of_a_character(sent):
    assert "镇誠".encode("gb18030").endswith(b"\\")
    names = list(sent(zipped([("镇誠\\户.csv", CSV)], "gb18030"))[0])
    assert names == ["a.zip!镇誠/户.csv"]


def test_the_half_of_a_character_that_zipfile_on_windows_makes_a_slash_is_put_right():
    info = zipfile.ZipInfo("镇誠.csv".encode("gb18030").decode("cp437"))
    info.filename = info.filename.replace("\\", "/")
    assert member_names([info]) == ("镇誠.csv",)


def test_a_zip_is_an_inbox(sent, tmp_path):
    assert list(sent(zipped(MEMBERS), inbox=tmp_path / "inbox/a.zip")[0]) == [
        "a.zip!清水镇/户.csv",
        "a.zip!清水镇/走访.csv",
    ]


def test_the_suffix_does_not_matter(sent, tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/b.xlsx").write_bytes(zipped([("户.csv", CSV)]))
    assert "b.xlsx!户.csv" in sent(zipped(MEMBERS))[0]


def test_a_workbook_is_not_taken_apart(sent, tmp_path, handmade):
    data = handmade("户.xlsx", 户="<worksheet/>").read_bytes()
    assert sent(data) == ({"a.zip": data}, [])


def test_a_zip_in_a_zip_is_opened_and_a_third_one_is_left_to_be_refused_by_the_reader(sent):
    third = zipped([("户.csv", CSV)])
    second = zipped([("村.zip", third), ("户.csv", CSV)])
    assert sent(zipped([("镇/镇.zip", second)]))[0] == {"a.zip!镇/镇.zip!户.csv": CSV, "a.zip!镇/镇.zip!村.zip": third}


def test_no_name_leads_out_of_the_zip_or_offends_windows(sent, tmp_path):
    names = ["../../户.csv", "/etc/户.csv", "C:\\户.csv", "a/./b/户?.csv", "con.csv", "乡 . /户.csv", "..\\..\\x.csv"]
    members, findings = sent(zipped([(name, CSV) for name in names]))
    assert sorted(members) == sorted(
        f"a.zip!{name}"
        for name in ("户.csv", "etc/户.csv", "C_/户.csv", "a/b/户_.csv", "_con.csv", "乡/户.csv", "x.csv")
    )
    assert findings == []
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "inbox"]


def test_members_of_one_name_are_both_read(sent):
    members, _ = sent(zipped([("户.csv", CSV), ("户.csv", CSV + b"x"), ("户.CSV", CSV + b"y")]))
    assert members == {"a.zip!户.csv": CSV, "a.zip!户(2).csv": CSV + b"x", "a.zip!户(3).CSV": CSV + b"y"}


def test_what_systems_leave_behind_is_skipped(sent):
    noise = ["__MACOSX/._户.csv", "~$户.xlsx", "Thumbs.db", ".DS_Store", "镇/"]
    assert sent(zipped([*MEMBERS, *((name, b"") for name in noise)])) == sent(zipped(MEMBERS))


def test_photos_stay_packed_and_a_workbook_among_them_does_not(sent, tmp_path):
    photo = b"\xff\xd8\xff\xe0 picture"
    members = [
        ("照片/1.jpg", photo),
        ("照片/2.jpg", photo),
        ("封面.png", photo),
        ("户.jpg", b"\xd0\xcf\x11\xe0\xa1\xb1"),
    ]
    assert list(sent(zipped(members))[0]) == ["a.zip!户.jpg"]
    with open_inbox(tmp_path / "inbox") as contents:
        assert [(photo.path, photo.name, photo.folder) for photo in contents.photos] == [
            (tmp_path / "inbox/a.zip", "a.zip!照片/1.jpg", "a.zip!照片"),
            (tmp_path / "inbox/a.zip", "a.zip!照片/2.jpg", "a.zip!照片"),
            (tmp_path / "inbox/a.zip", "a.zip!封面.png", "a.zip"),
        ]


@pytest.mark.parametrize("passwords", [["松树2024"], ["不对", "松树2024"]])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_password_opens_it_whichever_way_its_letters_were_written(sent, passwords, encoding):
    data = zipped(MEMBERS, password="松树2024".encode(encoding))
    assert sent(data, passwords=passwords) == sent(zipped(MEMBERS))


def test_zip_crypto_of_the_test_is_what_zipfile_opens(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped(MEMBERS, password=b"x1"))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.read(archive.infolist()[1], pwd=b"x1") == MEMBERS[1][1]


@pytest.mark.parametrize("passwords", [[], ["不对"], [f"{number}" for number in range(600)]])
def test_without_the_password_it_is_one_finding(sent, passwords):
    assert sent(zipped(MEMBERS, password=b"x1"), passwords=passwords) == ({}, [("RD36", "a.zip")])


def changed(data, offset, pack, value):
    """The bytes with a field of the first member changed, in its header and in the directory (`offset` as in the header)."""
    data = bytearray(data)
    struct.pack_into(pack, data, offset, value)
    struct.pack_into(pack, data, data.find(b"PK\1\2") + offset + 2, value)
    return bytes(data)


@pytest.mark.parametrize(
    ("offset", "pack", "value"),
    [(14, "<L", 1), (8, "<H", 99), (8, "<H", 9), (8, "<H", 8), (8, "<H", 14), (22, "<L", 7), (18, "<L", 5)],
    ids=["checksum", "aes", "deflate64", "not deflated at all", "lzma", "size", "packed size"],
)
def test_a_member_that_cannot_be_unpacked_costs_no_other(sent, offset, pack, value):
    members, findings = sent(changed(zipped(MEMBERS), offset, pack, value))
    assert (list(members), findings) == (["a.zip!清水镇/走访.csv"], [("RD37", "a.zip")])


def test_a_way_of_packing_that_could_ask_for_gigabytes_is_refused(sent, tmp_path):
    with zipfile.ZipFile(tmp_path / "lzma.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("户.csv", CSV)
    assert sent((tmp_path / "lzma.zip").read_bytes()) == ({}, [("RD37", "a.zip")])


def test_several_are_one_finding_that_names_them(tmp_path):
    data = zipped([(f"{number}.csv", CSV) for number in range(9)], password=b"x1")
    (tmp_path / "a.zip").write_bytes(data)
    with open_inbox(tmp_path) as contents:
        (finding,) = contents.findings
    assert finding.message == "压缩包有密码，里面的9个文件没有读取：0.csv、1.csv、2.csv、3.csv、4.csv等"
    assert finding.count == 9


def test_an_empty_zip_is_said(sent):
    assert sent(zipped([])) == ({}, [("RD38", "a.zip")])
    assert sent(zipped([("Thumbs.db", b""), ("镇/", b"")])) == ({}, [("RD38", "a.zip")])


def test_a_damaged_zip_is_left_to_the_reader(sent):
    data = zipped(MEMBERS)[:-30]
    assert sent(data) == ({"a.zip": data}, [])


def test_what_is_too_large_is_said_and_what_fits_is_read(sent):
    members = [("a.csv", b"1" * 100), ("b.csv", b"2" * 200), ("c.csv", b"3" * 50)]
    read, findings = sent(zipped(members), unzipped=160)
    assert (list(read), findings) == (["a.zip!a.csv", "a.zip!c.csv"], [("RD39", "a.zip")])


def test_the_zips_in_a_zip_share_its_bounds(sent):
    inner = zipped([("a.csv", b"1" * 100)])
    read, findings = sent(zipped([("1.zip", inner), ("2.zip", inner)]), unzipped=2 * len(inner) + 150)
    assert (list(read), findings) == (["a.zip!1.zip!a.csv"], [("RD39", "a.zip!2.zip")])


def test_a_bomb_does_not_go_off(sent, tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("户.csv", bytes(20_000_000))
        archive.writestr("人.csv", CSV)
    read, findings = sent((tmp_path / "bomb.zip").read_bytes(), ratio=100)
    assert (list(read), findings) == (["a.zip!人.csv"], [("RD39", "a.zip")])


def test_too_many_members_are_not_unpacked(sent):
    assert sent(zipped(MEMBERS), entries=1) == ({}, [("RD39", "a.zip")])


def test_a_directory_larger_than_its_entries_deserve_is_not_even_listed(sent, monkeypatch):
    data = zipped([(f"{number:01000}.csv", b"") for number in range(9)])
    monkeypatch.setattr(zipfile, "ZipFile", lambda *args: pytest.fail("it was listed"))
    assert sent(data, entries=8) == ({}, [("RD10", "a.zip")])


def test_what_was_unpacked_is_gone_in_the_end_even_after_an_interrupt(tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "a.zip").write_bytes(zipped(MEMBERS))
    with pytest.raises(KeyboardInterrupt), open_inbox(tmp_path / "a.zip") as contents:
        paths = [path for path, _ in contents.files]
        assert all(path.is_file() for path in paths)
        assert {path.parent.parent for path in paths} == {tmp_path / "temporary"}
        raise KeyboardInterrupt
    assert list((tmp_path / "temporary").iterdir()) == []
