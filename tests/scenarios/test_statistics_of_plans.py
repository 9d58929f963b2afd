"""The figures that the plan of teachers and pupils quotes, from a school's list to the workbook."""

import datetime as dt

import openpyxl
import pytest

import bangfu_excel as bf
from bangfu_excel import pipeline
from bangfu_excel.errors import ConfigError

HEADER = [
    "乡镇",
    "村",
    "学校",
    "姓名",
    "出生日期",
    "儿童类别",
    "照料方式",
    "监护人文化程度",
    "父亲务工地点",
    "母亲务工地点",
    "父母每年回家次数",
]
CHILDREN = [
    ["清水镇", "石桥村", "清水镇小学", "张一", "2018-06-30", "留守儿童", "祖父母照料", "小学", "广东省东莞市", "广东省东莞市", 1],
    ["清水镇", "石桥村", "清水镇小学", "张二", "2018-07-01", "留守儿童", "母亲照料", "初中", "宁波", "在家", 2],
    ["清水镇", "石桥村", "清水镇小学", "张三", "2013-04-01", "留守儿童", "外祖父母照料", "文盲", "贵阳市", "本县", 3],
    ["柳溪镇", "柳溪村", "柳溪镇小学", "李四", "2012-01-01", "留守儿童", "祖父母照料", "", "", "", ""],
]  # fmt: skip
PATH = "台账/{0}/教师结对_统计_{0}_2024-06_20240630.xlsx"


def hand_in(folder, children):
    """A roster of children under HEADER, in the folder's inbox."""
    book = openpyxl.Workbook()
    book.active.title = "留守儿童"
    for line in (HEADER, *children):
        book.active.append(line)
    (folder / "inbox").mkdir()
    book.save(folder / "inbox" / "留守儿童花名册.xlsx")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("statistics")
    hand_in(folder, CHILDREN)
    (folder / "county").mkdir()
    (folder / "county" / "county.toml").write_text('county = "云岭县"\nprovince = "贵州"\n', encoding="utf-8")
    bf.run(
        folder / "inbox", folder / "out", scheme="liushou-jiaoshi", profile=folder / "county",
        registry=folder / "台账库", as_of="2024-06-30", engine="serial",
    )  # fmt: skip
    return folder / "out"


def lines(path):
    """指标, 类别 → 分母, 未填, 分子, 数值, as 统计表 shows them."""
    sheet = openpyxl.load_workbook(path, data_only=True)["统计表"]
    found, title = {}, ""
    for first, category, *numbers in sheet.iter_rows(min_row=4, max_col=6, values_only=True):
        title = first or title
        if category and isinstance(numbers[0], int | float):
            found[title, category] = tuple(numbers)
    return found


def test_the_share_stands_with_numerator_denominator_and_what_was_missing(out):
    told = lines(out / PATH.format("全县"))
    assert told["父母在外省务工", "父母有一方在外省"] == (3, 1, 2, pytest.approx(2 / 3))
    assert told["由谁照料", "隔代抚养"] == (4, 0, 3, 0.75)
    assert told["监护人文化程度", "小学及以下"] == (3, 1, 2, pytest.approx(2 / 3))
    assert told["父母每年回家次数", "不超过2次"] == (3, 1, 2, pytest.approx(2 / 3))
    assert told["父母平均回家次数", "平均每年回家"] == (3, 1, 6, 2)
    assert told["儿童年龄", "0—5周岁"][2:] == (1, 0.25)
    assert told["儿童年龄", "6—13周岁"][2:] == (3, 0.75)


def test_a_school_has_its_own_and_sees_nobody_elses(out):
    path = out / "台账/学校/柳溪镇小学/教师结对_统计_柳溪镇小学_2024-06_20240630.xlsx"
    told = lines(path)
    assert told["由谁照料", "隔代抚养"] == (1, 0, 1, 1)
    assert told["父母在外省务工", "父母有一方在外省"] == (0, 1, 0, None)
    book = openpyxl.load_workbook(path)
    texts = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not any("清水" in text or "石桥" in text for text in texts)


def test_townships_and_schools_stand_in_one_table_and_add_up_by_formula(out):
    book = openpyxl.load_workbook(out / PATH.format("全县"))
    sheet = book["由谁照料"]
    rows = {row[1].value: row for row in sheet.iter_rows() if row[0].value in ("全县", "乡镇", "学校")}
    assert list(rows) == ["云岭县", "清水镇", "柳溪镇", "清水镇小学", "柳溪镇小学"]
    first = rows["清水镇"][0].row
    assert rows["云岭县"][2].value == f"=SUM(C{first}:C{first + 1})"
    assert rows["云岭县"][5].value == f'=IF($C{first - 1}=0,"",E{first - 1}/$C{first - 1})'
    assert len(sheet._charts) == 1


def test_nothing_personal_stands_in_the_statistics(out):
    book = openpyxl.load_workbook(out / PATH.format("全县"))
    texts = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert not texts & {child[3] for child in CHILDREN}


def test_the_ledger_command_writes_the_same(out, tmp_path):
    again = pipeline.ledgers(
        out.parent / "台账库",
        tmp_path,
        scheme="liushou-jiaoshi",
        profile=out.parent / "county",
        as_of=dt.date(2024, 6, 30),
    )
    path = tmp_path / PATH.format("全县")
    assert path in again
    assert path.read_bytes() == (out / PATH.format("全县")).read_bytes()


def test_a_scheme_that_quotes_no_statistics_gets_none(out, tmp_path):
    written = pipeline.ledgers(
        out.parent / "台账库", tmp_path, scheme="default", profile=out.parent / "county", as_of=dt.date(2024, 6, 30)
    )
    assert not any("统计" in path.name for path in written)


def test_a_statistic_that_is_not_there_is_named_with_the_nearest(tmp_path):
    said = (
        'id = "own"\ntitle = "方案"\nversion = "1"\ntables = ["child"]\n'
        '[[outputs]]\nid = "a"\nkind = "statistics"\nstatistics = ["child-ages"]\n'
    )
    (tmp_path / "own.toml").write_text(said, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"outputs\[1\]\.statistics.*没有“child-ages”这个统计指标.*child-age"):
        pipeline.scheme(tmp_path / "own.toml")
    (tmp_path / "own.toml").write_text(said.replace('kind = "statistics"', 'kind = "ledger"'), encoding="utf-8")
    with pytest.raises(ConfigError, match="要写明是哪些统计指标"):
        pipeline.scheme(tmp_path / "own.toml")


def test_a_province_that_is_not_there_is_named_with_the_nearest(tmp_path):
    (tmp_path / "county.toml").write_text('province = "贵洲省"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="没有“贵洲省”这个省，是不是“贵州省”"):
        pipeline.tables(tmp_path)
