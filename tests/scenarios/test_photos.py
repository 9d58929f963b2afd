"""Photographs on the sheets and beside them are counted with the visit that they show, and saved under its name."""

import zipfile

import pandas as pd
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from picture_books import png, write_book, write_wps_book
from zips import zipped

import bangfu_excel as bf

HEADER = ["走访时间", "乡镇", "村", "户编号", "户主姓名", "走访人", "走访人单位", "走访方式", "走访内容", "走访照片"]


def visit(day, number, head):
    return [
        day, "青石镇", "石桥村", number, head, "李明", "云岭县农业农村局", "入户", "查看住房和饮水，讲解养殖补贴政策。",
    ]  # fmt: skip


ROWS = [
    ["青石镇走访记录"],
    HEADER,
    visit("2024-06-05", "SQ001", "张建国"),
    visit("2024-06-06", "SQ002", "王丽"),
    visit("2024-06-07", "SQ003", "赵强"),
]


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    households = [
        ["乡镇", "村", "组", "户编号", "户主姓名", "家庭人口数"],
        *(
            ["青石镇", "石桥村", "一组", n, h, "3"]
            for n, h in (("SQ001", "张建国"), ("SQ002", "王丽"), ("SQ003", "赵强"))
        ),
    ]
    write_book(folder / "户.xlsx", households)
    return folder


def counts(batch):
    visits = batch.tables["visit"].sort_values("_row")
    return [int(count) if pd.notna(count) else None for count in visits["photo_count"]]


def said(batch, *codes):
    return [(f.code, f.place.file, f.message) for f in batch.findings if f.code in codes]


def test_pictures_are_counted_in_their_row(inbox):
    write_book(inbox / "走访.xlsx", ROWS, floating=[(2, 9, {}), (2, 9, {"y_offset": 4}), (0, 9, {})], in_cells=[(3, 9)])
    batch = bf.check(inbox, as_of="2024-06-30")
    assert counts(batch) == [2, 1, None]
    assert said(batch, "RN07") == [("RN07", "走访.xlsx", "表里有4张图片，其中3张放在数据行里，已计入所在的行")]
    assert not said(batch, "NV01")


def test_what_the_township_says_stands(inbox):
    rows = [[*row, "照片张数" if row is HEADER else ("5" if len(row) > 1 else "")] for row in ROWS[1:]]
    rows[1:] = [[*row[:-1], "", row[-1]] for row in rows[1:]]
    write_book(inbox / "走访.xlsx", rows, floating=[(1, 9, {})])
    assert counts(bf.check(inbox, as_of="2024-06-30")) == [5, 5, 5]


def test_photographs_beside_the_workbooks_find_their_visit(inbox):
    write_book(inbox / "走访.xlsx", ROWS)
    (inbox / "照片").mkdir()
    for name in ("石桥村-张建国-2024-06-05.jpg", "石桥村-张建国-2024-06-05(2).jpg", "不知道是谁.jpg"):
        (inbox / "照片" / name).write_bytes(b"\xff\xd8\xff\xe0")
    with zipfile.ZipFile(inbox / "照片包.zip", "w") as archive:
        archive.writestr("6月7日/赵强.png", png())
    batch = bf.check(inbox, as_of="2024-06-30")
    assert counts(batch) == [2, None, 1]
    assert said(batch, "RN08", "RN09") == [
        ("RN09", "照片", "这里有3张照片，2张已对应到走访记录，其余对不上：不知道是谁.jpg"),
        ("RN08", "照片包.zip!6月7日", "这里有1张照片，都已对应到走访记录"),
    ]


def test_photographs_are_saved_under_the_name_of_the_visit(inbox, tmp_path):
    write_wps_book(inbox / "走访.xlsx", ROWS, {(2, 9): "ID_1", (3, 9): "ID_2"})
    with zipfile.ZipFile(inbox / "照片.zip", "w") as archive:
        archive.writestr("石桥村_王丽_20240606.png", png(7))
    out = tmp_path / "out"
    result = bf.run(inbox, out, registry=tmp_path / "库", as_of="2024-06-30", photos=True)
    saved = sorted(path.relative_to(out).as_posix() for path in (out / "附件").rglob("*.png"))
    assert saved == [
        "附件/走访记录/石桥村_SQ001_张建国_2024-06-05_1.png",
        "附件/走访记录/石桥村_SQ002_王丽_2024-06-06_1.png",
        "附件/走访记录/石桥村_SQ002_王丽_2024-06-06_2.png",
    ]
    assert set(saved) <= set(result.files)
    assert (out / saved[2]).read_bytes() == png(7)


def test_pictures_of_a_workbook_with_a_password_are_saved(inbox, tmp_path):
    book = write_book(tmp_path / "走访.xlsx", ROWS, floating=[(2, 9, {})])
    with book.open("rb") as plain, (inbox / "走访.xlsx").open("wb") as locked:
        OOXMLFile(plain).encrypt("口令1", locked)
    out = tmp_path / "out"
    bf.run(inbox, out, registry=tmp_path / "库", as_of="2024-06-30", photos=True, passwords=["口令1"])
    assert [path.read_bytes() for path in (out / "附件").rglob("*.png")] == [png(1)]


def test_photographs_in_a_zip_with_a_password_are_saved_or_said_to_be_locked(inbox, tmp_path):
    write_book(inbox / "走访.xlsx", ROWS)
    (inbox / "照片.zip").write_bytes(zipped([("石桥村_王丽_20240606.png", png(7))], password="口令1".encode()))
    batch = bf.check(inbox, as_of="2024-06-30")
    assert said(batch, "RD36", "RN08", "RN09") == [
        ("RD36", "照片.zip", "压缩包有密码，里面的1个文件没有读取：石桥村_王丽_20240606.png")
    ]
    out = tmp_path / "out"
    bf.run(inbox, out, registry=tmp_path / "库", as_of="2024-06-30", photos=True, passwords=["别的", "口令1"])
    assert [path.read_bytes() for path in (out / "附件").rglob("*.png")] == [png(7)]


def test_a_photograph_that_is_damaged_is_saved_as_far_as_it_can_be_read(inbox, tmp_path):
    write_book(inbox / "走访.xlsx", ROWS)
    picture = png(7) + bytes(10_000) + b"end"
    with zipfile.ZipFile(inbox / "照片.zip", "w") as archive:
        archive.writestr("石桥村_王丽_20240606.png", picture)
    whole = (inbox / "照片.zip").read_bytes()
    (inbox / "照片.zip").write_bytes(whole.replace(b"\0end", b"\1end"))
    out = tmp_path / "out"
    result = bf.run(inbox, out, registry=tmp_path / "库", as_of="2024-06-30", photos=True)
    assert "附件/走访记录/石桥村_SQ002_王丽_2024-06-06_1.png" in result.files


def test_nothing_is_saved_unasked(inbox, tmp_path):
    write_book(inbox / "走访.xlsx", ROWS, floating=[(2, 9, {})])
    bf.run(inbox, tmp_path / "out", registry=tmp_path / "库", as_of="2024-06-30")
    assert not (tmp_path / "out/附件").exists()


def test_photographs_without_visits_are_one_line(inbox):
    (inbox / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    batch = bf.check(inbox, as_of="2024-06-30")
    assert [code for code, _, _ in said(batch, "RD35")] == ["RD35"]
