"""The province's own form, filled in by a mapping that a clerk wrote: nothing of the form is lost, and what is put in is right."""

import datetime as dt
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from provincial_form import write_form, write_mapping
from typer.testing import CliRunner

import bangfu_excel as bf
from bangfu_excel import pipeline
from bangfu_excel.cli.app import app
from bangfu_excel.errors import UsageError

HOUSEHOLDS = [
    ["乡镇", "行政村", "户编号", "户主姓名", "户主证件号码", "家庭人口数", "致贫原因", "家庭纯收入", "识别时间"],
    ["清水镇", "石桥村", "QS001", "张建国", "990101196805123015", 3, "因病", 30000, "2021-03-05"],
    ["清水镇", "石桥村", "QS002", "刘小梅", "990101198911113047", 2, "因残、缺技术", 16000, "2021-04-05"],
    ["清水镇", "河口村", "QS003", "王大山", "", 4, "缺技术", "", ""],
    ["柳溪镇", "柳溪村", "LX001", "李秀英", "990101197008233021", 1, "因学", 9000, "2022-01-10"],
]  # fmt: skip
MEMBERS = [
    ["户编号", "户主姓名", "姓名", "与户主关系", "出生日期"],
    ["QS001", "张建国", "张建国", "户主", "1964-06-30"],  # sixty on the day of the report
    ["QS001", "张建国", "张小雨", "之女", "2013-04-18"],
    ["QS002", "刘小梅", "刘小梅", "户主", "1964-07-01"],  # sixty a day later
    ["LX001", "李秀英", "李秀英", "户主", "1950-01-01"],
]
PLACES = ("清水镇", "柳溪镇")
CELLS = [
    line
    for row, place in enumerate(PLACES, start=5)
    for line in (
        ["表1", f"B{row}", "帮扶对象户", "", f"乡镇={place}", "计数"],
        ["表1", f"C{row}", "帮扶对象户", "", f"乡镇={place}；致贫原因=因病、因残", "计数"],
        ["表1", f"D{row}", "帮扶对象户", "家庭人口数", f"乡镇={place}", "求和"],
        ["表1", f"E{row}", "家庭成员", "", f"乡镇={place}；年龄≥60", "计数"],
        ["表1", f"F{row}", "帮扶对象户", "家庭纯收入", f"乡镇={place}", "人均"],
    )
]
LIST = [
    ["表2", "A4", "帮扶对象户", "序号", "户主证件号码≠空白", "逐行"],
    ["表2", "B4", "帮扶对象户", "乡镇", "户主证件号码≠空白", "逐行"],
    ["表2", "C4", "帮扶对象户", "户主姓名", "户主证件号码≠空白", "逐行"],
    ["表2", "D4", "帮扶对象户", "户主证件号码", "户主证件号码≠空白", "逐行"],
    ["表2", "E4", "帮扶对象户", "识别时间", "户主证件号码≠空白", "逐行"],
]
OCCASION = [["表1", "B2", "填报信息", "县名", "", "取值"], ["表1", "F2", "填报信息", "截止日期", "", "取值"]]
HOLDS = [["表1!B5", "≥", "表1!C5"], ["表1!B7", "=", "SUM(表1!B5:B6)"], ["表1!D5+表1!D6", "=", "表1!D7"]]
WHEN = {"as_of": "2024-06-30"}


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    book = openpyxl.Workbook()
    book.active.title = "帮扶对象户"
    members = book.create_sheet("家庭成员")
    for sheet, lines in ((book.active, HOUSEHOLDS), (members, MEMBERS)):
        for line in lines:
            sheet.append(line)
    (folder / "inbox").mkdir()
    book.save(folder / "inbox" / "花名册.xlsx")
    bf.run(folder / "inbox", folder / "out", registry=folder / "台账库", engine="serial", **WHEN)
    return folder / "台账库"


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    return write_form(tmp_path_factory.mktemp("form") / "省表.xlsx")


@pytest.fixture
def fill(form, registry, tmp_path):
    def filled(cells, relations=(), editions=(), **more):
        mapping = write_mapping(tmp_path / "填表对应.xlsx", cells, relations, editions)
        return pipeline.fill_form(form, mapping, registry, tmp_path / "out", **{**WHEN, **more})

    filled.out = tmp_path / "out"
    return filled


def refused(fill, cells, relations=(), editions=()):
    with pytest.raises(UsageError) as said:
        fill(cells, relations, editions)
    assert not list(fill.out.rglob("*.xls*")), "something was written"
    return str(said.value)


def test_each_cell_holds_what_the_mapping_says(fill):
    done = fill([*CELLS, *OCCASION], HOLDS)
    sheet = openpyxl.load_workbook(done.path, data_only=True)["表1"]
    assert [[cell.value for cell in row] for row in sheet["B5:F6"]] == [[3, 2, 9, 1, 9200], [1, 0, 1, 1, 9000]]
    assert (sheet["B2"].value, sheet["F2"].value) == ("全县", dt.datetime(2024, 6, 30))
    assert [cell.value for cell in sheet["B7:E7"][0]] == [4, 2, 10, 2]  # what the formulas give, without opening it
    assert sheet["B8"].value == 0.5
    assert done.path.name == "省表_全县_2024-06_20240630.xlsx"
    assert {one.state for one in done.checked} == {"相符"}


def test_days_are_those_of_a_workbook_that_counts_them_from_1904(form, registry, tmp_path):
    """As Excel for Mac saved them for long."""
    book = openpyxl.load_workbook(form)
    book.epoch = CALENDAR_MAC_1904
    book.save(tmp_path / "省表.xlsx")
    mapping = write_mapping(tmp_path / "填表对应.xlsx", OCCASION)
    done = pipeline.fill_form(tmp_path / "省表.xlsx", mapping, registry, tmp_path / "out", **WHEN)
    assert openpyxl.load_workbook(done.path)["表1"]["F2"].value == dt.datetime(2024, 6, 30)


def test_nothing_of_the_form_is_lost(fill, form):
    """Part by part: only the cells that were filled in differ, what formulas gave, and the note to compute them anew."""
    done = fill([*CELLS, *LIST])
    with zipfile.ZipFile(form) as before, zipfile.ZipFile(done.path) as after:
        added = set(after.namelist()) - set(before.namelist())
        assert added == {"docProps/custom.xml"}
        assert set(before.namelist()) <= set(after.namelist())
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        assert changed <= {
            "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/workbook.xml",
            "[Content_Types].xml", "_rels/.rels", "docProps/core.xml",
        }  # fmt: skip
        for number in (1, 2):
            part = f"xl/worksheets/sheet{number}.xml"
            outside = [
                re.sub(r"<sheetData>.*</sheetData>|<dimension[^>]*>", "", book.read(part).decode(), flags=re.S)
                for book in (before, after)
            ]
            assert outside[0] == outside[1]
    old, new = (openpyxl.load_workbook(path) for path in (form, done.path))
    for sheet in old:
        other = new[sheet.title]
        assert sheet.merged_cells.ranges == other.merged_cells.ranges
        for row in sheet.iter_rows():
            for cell in row:
                assert other[cell.coordinate]._style == cell._style, cell.coordinate
                if cell.data_type == "f":
                    assert other[cell.coordinate].value == cell.value
        assert {str(area.sqref) for area in other.conditional_formatting} == {
            str(area.sqref) for area in sheet.conditional_formatting
        }
    assert len(new["表1"]._images) == 1
    assert (new["表1"].print_area, new["表1"].print_title_rows) == ("'表1'!$A$1:$F$12", "$3:$4")
    assert new["表3"].protection.sheet


def test_a_list_takes_a_row_a_household_and_leaves_blank_what_nobody_said(fill):
    done = fill(LIST)
    sheet = openpyxl.load_workbook(done.path)["表2"]
    rows = [[cell.value for cell in row] for row in sheet["A4:E7"]]
    assert [row[:4] for row in rows] == [
        [1, "清水镇", "张建国", "990101196805123015"],
        [2, "清水镇", "刘小梅", "990101198911113047"],
        [3, "柳溪镇", "李秀英", "990101197008233021"],
        [None] * 4,
    ]
    assert rows[0][4] == dt.datetime(2021, 3, 5)
    assert done.rows == 3
    assert sheet["A10"].value == "填表人："


def test_a_list_that_finds_no_room_is_refused_with_the_number_of_rows(fill):
    lines = [["表2", "B8", *line[2:]] for line in LIST[1:2]] + [["表2", "A8", *LIST[2][2:]]]
    assert "名单有3行，从第8行起只放得下2行（“表2!A10”里已经有内容" in refused(fill, lines)


def test_what_does_not_stand_as_it_is_to_is_listed_and_nothing_is_written_without_consent(fill):
    wrong = [["表1!C7", "=", "表1!B7"], *HOLDS]
    done = fill(CELLS, wrong)
    assert done.path is None
    assert [(one.related.text, one.left, one.right) for one in done.broken] == [("表1!C7 = 表1!B7", 2, 4)]
    assert not list(fill.out.rglob("*.xlsx"))
    accepted = fill(CELLS, wrong, accept=True)
    report = openpyxl.load_workbook(accepted.report)["关系核对"]
    lines = [[cell.value for cell in row] for row in report.iter_rows(min_row=4, max_row=4)]
    assert lines[0][1:6] == ["关系!A2", "表1!C7 = 表1!B7", "2", "4", "不符"]


def test_the_last_periods_form_is_looked_at_and_what_it_did_not_ask_for_is_not_missing(fill, tmp_path):
    before = fill(CELLS, as_of="2024-05-31").path
    editions = [["2023版", "2023-01-01", "2024-05-31"], ["2024版", "2024-06-01", ""]]
    cells = [[*line, "2024版"] if line[1] == "E5" else line for line in CELLS]
    relations = [["表1!B5", "=", "上期!表1!B5"], ["表1!E5", "≥", "上期!表1!E5"]]
    assert [one.state for one in fill(CELLS, relations, last=before).checked] == ["相符", "相符"]
    done = fill(cells, relations, editions, last=before)
    assert [(one.state, one.why) for one in done.checked] == [
        ("相符", ""),
        ("没有核对", "上期!表1!E5在上期的表式里没有（未采集）"),
    ]
    alone = fill(CELLS, relations)
    assert {one.why for one in alone.checked} == {"没有给上期的表（--last）"}


def test_a_cell_that_only_a_newer_edition_asks_for_is_left_as_it_is(fill):
    editions = [["2024版", "2024-01-01", "2024-12-31"], ["2025版", dt.date(2025, 1, 1), None]]
    cells = [[*line, "2025版"] if line[1] == "E5" else line for line in CELLS]
    done = fill(cells, [["表1!E5", "≤", "表1!D5"]], editions)
    assert openpyxl.load_workbook(done.path)["表1"]["E5"].value is None
    assert (done.left_out, done.checked[0].state) == (1, "没有核对")
    report = openpyxl.load_workbook(done.report)["各格来源"]
    told = {row[2].value: row[10].value for row in report.iter_rows(min_row=4)}
    assert told["E5"] == "这一版表式没有这一格：未采集"


def test_a_sum_of_nothing_stated_stays_blank_and_of_no_row_is_nought(fill):
    done = fill(
        [
            ["表1", "B5", "帮扶对象户", "家庭纯收入", "户编号=QS003", "求和"],
            ["表1", "B6", "帮扶对象户", "家庭纯收入", "乡镇=石桥乡", "求和"],
            ["表1", "C5", "帮扶对象户", "家庭纯收入", "乡镇=清水镇", "求和"],
        ],
        [["表1!B5", "≥", "表1!B6"]],
    )
    sheet = openpyxl.load_workbook(done.path)["表1"]
    assert (sheet["B5"].value, sheet["B6"].value, sheet["C5"].value) == (None, 0, 46000)
    assert (done.blank, done.checked[0].why) == (1, "表1!B5里没有数")


def test_a_protected_sheet_is_filled_where_it_may_be(fill):
    counted = ["帮扶对象户", "", "", "计数"]
    done = fill([["表3", "B1", *counted]])
    assert openpyxl.load_workbook(done.path)["表3"]["B1"].value == 4
    assert "“表3!C1”设了保护，不能填" in refused(fill_again(fill), [["表3", "C1", *counted]])


def fill_again(fill):
    for path in fill.out.rglob("*.xlsx"):
        path.unlink()
    return fill


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["表1", "C3", "帮扶对象户", "", "", "计数"], "对应!B2：“表1!C3”在合并单元格B3:C3里，请写它的第一格B3"),
        (["表1", "B7", "帮扶对象户", "", "", "计数"], "对应!B2：“表1!B7”里有公式"),
        (["表1", "A5", "帮扶对象户", "", "", "计数"], "对应!B2：“表1!A5”里已经有内容"),
        (["表l", "B5", "帮扶对象户", "", "", "计数"], "对应!A2：上级的表里没有“表l”这张工作表，是不是“表"),
        (["表1", "五行", "帮扶对象户", "", "", "计数"], "对应!B2写的是“五行”，要写成 C5 这样的一个格子"),
        (["表1", "B5", "帮扶对像户", "", "", "计数"], "对应!C2：没有“帮扶对像户”这张表，是不是“帮扶对象户”"),
        (["表1", "B5", "帮扶对象户", "家庭人口树", "", "求和"], "对应!D2：“帮扶对象户”里没有“家庭人口树”这一栏，是不是“家庭人口数”"),
        (["表1", "B5", "帮扶对象户", "", "", "求和"], "对应!D2没有写求和的是哪一栏"),
        (["表1", "B5", "帮扶对象户", "致贫原因", "", "求和"], "对应!F2：“致贫原因”不是数，不能求和"),
        (["表1", "B5", "帮扶对象户", "", "", "合计数"], "对应!F2写的是“合计数”"),
        (["表1", "B5", "帮扶对象户", "", "乡镇清水镇", "计数"], "对应!E2的条件“乡镇清水镇”看不懂"),
        (["表1", "B5", "帮扶对象户", "", "致贫原因=因懒", "计数"], "对应!E2的条件里“致贫原因”没有“因懒”这一项"),
        (["表1", "B5", "帮扶对象户", "", "乡真=清水镇", "计数"], "对应!E2的条件里没有“乡真”这一栏，是不是“乡镇”"),
        (["表1", "B5", "帮扶对象户", "", "家庭人口数≥三", "计数"], "对应!E2的条件里“家庭人口数”要写数"),
        (["表1", "B5", "帮扶对象户", "户主姓名", "乡镇=清水镇", "取值"], "对应!F2：符合条件的3条记录里有3个不同的值"),
        (["表1", "B5", "统计指标", "由谁照料：隔代", "", "比例"], "对应!D2写的是“由谁照料：隔代”，是不是“由谁照料：隔代抚养”"),
        (["表1", "B5", "帮扶对象户", "", "", "计数", "2024版"], "对应!G2：“版本”表里没有“2024版”这一版"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_mapping_is_named_with_its_cell_and_nothing_is_written(fill, line, told):
    assert told in refused(fill, [line])


def test_all_mistakes_are_told_at_once_five_of_them_by_name(fill):
    lines = [["表9", f"B{row}", "帮扶对象户", "", "", "计数"] for row in range(5, 12)]
    said = refused(fill, lines, [["表1!B5", "大于", "表1!C5"]])
    assert said.count("没有“表9”这张工作表") == 5
    assert "等8处" in said


@pytest.mark.parametrize(
    ("relation", "told"),
    [
        (["表1!B5", "大于", "1"], "关系!B2写的是“大于”"),
        (["表1!B5+", "=", "1"], "关系!A2“表1!B5+”写法不对：没有写完"),
        (["B5", "=", "1"], "关系!A2的“B5”没有写是哪张工作表的"),
        (["表7!B5", "=", "1"], "关系!A2：上级的表里没有“表7”这张工作表"),
        (["表1!B5", "=", "求和(表1!C5)"], "关系!C2“求和(表1!C5)”写法不对：不认识“求和( )”"),
    ],
)
def test_a_mistake_in_a_relation_is_named_with_its_cell(fill, relation, told):
    assert told in refused(fill, CELLS, [relation])


def test_a_cell_that_is_mapped_twice_is_told(fill):
    assert "对应!B3：“表1!B5”在第2行已经写过一次" in refused(fill, [CELLS[0], CELLS[0]])


def test_the_same_again_gives_the_same_bytes_and_the_workbook_is_known_as_ours(fill, registry, tmp_path):
    first = fill(CELLS).path
    content = first.read_bytes()
    assert fill(CELLS).path.read_bytes() == content
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "省表.xlsx").write_bytes(content)
    batch = bf.check(tmp_path / "inbox", **WHEN)
    assert {finding.code for finding in batch.findings} == {"RN11"}


def test_a_form_that_cannot_be_used_is_refused_in_words(tmp_path, registry):
    mapping = write_mapping(tmp_path / "填表对应.xlsx", CELLS)
    made = {
        "没有.xlsx": (None, "找不到文件"),
        "旧表.xls": (b"\xd0\xcf\x11\xe0", "不是 xlsx 文件，请用 Excel 或 WPS 打开，另存为 xlsx"),
        "密码.xlsx": (b"\xd0\xcf\x11\xe0" + bytes(600), "有打开密码"),
        "坏了.xlsx": (b"PK\3\4 nothing", "可能已经损坏"),
    }
    for name, (content, told) in made.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(UsageError, match=told):
            pipeline.fill_form(tmp_path / name, mapping, registry, tmp_path / "out", **WHEN)
    assert not (tmp_path / "out").exists()


def test_nothing_is_said_of_what_only_excel_knows(tmp_path, registry, recwarn):
    """Newer colour bars: they stay, and the library that looks at the form does not talk of losing them."""
    path = tmp_path / "省表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("表1").conditional_format("B5", {"type": "data_bar", "data_bar_2010": True})
    mapping = write_mapping(tmp_path / "填表对应.xlsx", CELLS[:1])
    done = pipeline.fill_form(path, mapping, registry, tmp_path / "out", **WHEN)
    assert [str(one.message) for one in recwarn] == []
    with zipfile.ZipFile(done.path) as book:
        assert b"x14:dataBar" in book.read("xl/worksheets/sheet1.xml")


def test_the_blank_mapping_is_one_that_can_be_filled_in(tmp_path, form, registry):
    path = pipeline.mapping_book(tmp_path / "填表对应.xlsx", form=form, as_of=dt.date(2024, 6, 30))
    with pytest.raises(UsageError, match="一行也没有填"):
        pipeline.fill_form(form, path, registry, tmp_path / "out", **WHEN)
    book = openpyxl.load_workbook(path)
    for at, value in enumerate(CELLS[0], start=1):
        book["对应"].cell(2, at).value = value
    book.save(path)
    assert pipeline.fill_form(form, path, registry, tmp_path / "out", **WHEN).cells == 1


def test_the_command_says_what_it_did_and_what_does_not_hold(form, registry, tmp_path):
    mapping = write_mapping(tmp_path / "对应.xlsx", CELLS, [["表1!C7", "=", "表1!B7"]])
    given = [
        "form",
        str(form),
        "--mapping",
        str(mapping),
        "--registry",
        str(registry),
        "-o",
        str(tmp_path / "out"),
        "--as-of",
        "2024-06-30",
    ]
    done = CliRunner().invoke(app, given)
    assert "不符：表1!C7 = 表1!B7，左边是2，右边是4（关系!A2）" in done.output
    assert "没有填表：有1处关系不符" in done.output
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").rglob("*.xlsx"))
    written = CliRunner().invoke(app, [*given, "--accept"])
    assert "填了10格，关系相符0处、不符1处" in written.output
    blank = CliRunner().invoke(app, ["form", "--blank-mapping", str(tmp_path / "空白.xlsx")])
    assert "写好空白的填表对应" in blank.output
