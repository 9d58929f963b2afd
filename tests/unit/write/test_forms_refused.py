"""What is wrong with a form is told with sheet and cell, all at once, before anything is written."""

import datetime as dt
import zipfile

import pytest
from form_books import card, drawn, form_of

from bangfu_excel.errors import ConfigError, OutputError
from bangfu_excel.write.forms import form_jobs, write_form

MEMBERS = (("表", "家庭成员"),)
DAY = dt.date(2024, 6, 30)


@pytest.mark.parametrize(
    ("cells", "settings", "told"),
    [
        ({"B5": "{{户主姓明}}"}, None, "“卡”B5：占位符“户主姓明”填不出来：没有“户主姓明”这一栏，是不是“户主姓名”？"),
        (
            {"A1": "{{家庭成员.姓铭}}"},
            None,
            "“卡”A1：占位符“家庭成员.姓铭”填不出来：“家庭成员”表里没有“姓铭”这一栏，是不是“姓名”？",
        ),
        ({"A1": "{{家庭成圆.姓名}}"}, None, "没有“家庭成圆”这张表，是不是“家庭成员”？"),
        ({"A1": "{{项目.项目名称}}"}, None, "本方案不收“项目”这张表"),
        ({"A1": "{{村情.村}}"}, None, "“村情”的记录和“帮扶对象户”对不上，没有可重复的行"),
        ({"A1": "{{户主姓名"}, None, "“卡”A1：“{{”没有成对"),
        ({"A1": "{{户主姓名|yyyy}}"}, None, "竖线后面的格式不对"),
        ({"A1": "{{识别时间|几号}}"}, None, "竖线后面的格式不对"),
        ({"A1": "{{如有 备注}}", "A2": "{{备注}}"}, None, "“卡”第1行：“如有”没有结束，要在后面写 {{完}}"),
        ({"A1": "{{备注}}", "A2": "{{完}}"}, None, "有 {{完}}，前面没有对应的 {{如有 …}}"),
        ({"A1": "{{如有 备注}}", "A2": "{{如有 备注}}", "A3": "{{完}}"}, None, "“如有”里面不能再套“如有”"),
        ({"A1": "{{家庭成员.姓名}}", "B1": "{{走访.走访时间}}"}, None, "同一行里有几张表的记录（家庭成员、走访记录）"),
        ({"A1": "{{至少3行}}{{备注}}"}, None, "“至少几行”要写在重复的那一行里"),
        ({"A1": "没有占位符"}, None, "没有一处占位符"),
        ({"A1": "{{备注}}"}, (("表", "帮扶对像户"),), "“设置”B1：没有“帮扶对像户”这张表，是不是“帮扶对象户”？"),
        ({"A1": "{{项目名称}}"}, (("表", "项目"),), "方案“默认方案”不收“项目”这张表，不能出这种卡"),
        (
            {"A1": "{{备注}}"},
            (("每页张数", "两"), ("表", "帮扶对象户")),
            "“设置”B1：“每页张数”写的是“两”，应为1到50的整数",
        ),
        ({"A1": "{{备注}}"}, (("表", "帮扶对象户"), ("页数", "2")), "“设置”A2：没有“页数”这一项设置"),
        (
            {"A1": "{{备注}}"},
            (("表", "帮扶对象户"), ("分册", "县")),
            "“设置”B2：“分册”写的是“县”，可以写：乡镇、村、学校、单位、不分",
        ),
        ({"A1": "{{备注}}"}, (("表", "帮扶对象户"), ("只要", "脱贫户")), "应写成“栏目=值”"),
        ({"A1": "{{备注}}"}, (("表", "帮扶对象户"), ("排序", "村子")), "没有“村子”这一栏"),
        ({"A1": "{{家庭成员.姓名}}"}, MEMBERS, "“家庭成员”按行重复，要在“设置”里加一行“每份”"),
        (
            {"A1": "{{走访.走访时间}}"},
            (("表", "帮扶对象户"), ("每份", "村")),
            "只能按“帮扶对象户”的记录重复，不能重复“走访记录”",
        ),
    ],
)
def test_a_mistake_is_told_where_it_stands(tmp_path, cells, settings, told):
    path = drawn(tmp_path / "联系卡.xlsx", cells, **({"settings": settings} if settings else {}))
    with pytest.raises(ConfigError) as error:
        form_of(path)
    assert told in str(error.value)
    assert "联系卡.xlsx" in str(error.value)


def test_the_first_five_of_many_mistakes_are_told_at_once(tmp_path):
    path = drawn(tmp_path / "卡.xlsx", {f"A{row}": f"{{{{没有{row}}}}}" for row in range(1, 8)})
    with pytest.raises(ConfigError, match=r"A1.*A2.*A3.*A4.*A5.*等7处"):
        form_of(path)


def test_a_merge_that_leaves_the_repeated_rows_is_refused(tmp_path):
    def merged(book):
        book["卡"].merge_cells("A2:A4")

    path = drawn(tmp_path / "卡.xlsx", {"A2": "x", "B2": "{{家庭成员.姓名}}"}, change=merged)
    with pytest.raises(ConfigError, match="第2行至第4行：合并单元格跨出了重复的行"):
        form_of(path)


def test_a_form_without_settings_is_refused(tmp_path):
    path = drawn(tmp_path / "卡.xlsx", {"A1": "{{备注}}"}, change=lambda book: book.remove(book["设置"]))
    with pytest.raises(ConfigError, match="没有“设置”工作表"):
        form_of(path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0 an old workbook", "旧版 xls，或设有打开密码"),
        (b"name,phone", "不是 xlsx 工作簿"),
        (b"PK\x03\x04 cut", "不是 xlsx 工作簿"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path, content, told):
    path = tmp_path / "卡.xlsx"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=told):
        form_of(path)


def test_more_cards_than_a_page_takes_are_refused(tmp_path):
    def high(book):
        book["卡"].row_dimensions[1].height = 300

    path = drawn(
        tmp_path / "卡.xlsx", {"A1": "{{备注}}"}, settings=(("表", "帮扶对象户"), ("每页张数", 3)), change=high
    )
    with pytest.raises(ConfigError, match="“每页张数”写的是3，按行高一页只放得下2张"):
        form_of(path)


def test_a_workbook_with_a_damaged_part_is_refused(tmp_path):
    path = drawn(tmp_path / "卡.xlsx", {"A1": "{{备注}}"})
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            if "sheet1" not in name:
                package.writestr(name, content)
    with pytest.raises(ConfigError, match=r"已损坏|不常见"):
        form_of(path)


def test_a_list_longer_than_a_sheet_is_refused_and_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr("bangfu_excel.write.forms.laid_out.MAX_ROWS", 4)
    path = drawn(tmp_path / "卡.xlsx", {"A1": "{{户主姓名}}", "A2": "{{家庭成员.姓名}}", "A3": "完"})
    members = [{"own.name": name} for name in "甲乙丙"]
    for given, fits in ((members[:2], True), (members, False)):
        (job,) = form_jobs(form_of(path), [card("张三", many={"member": given})], tmp_path / f"{fits}.xlsx", DAY)
        if fits:
            assert write_form(job).exists()
            continue
        with pytest.raises(OutputError, match="“张三”这一份有5行，一张工作表放不下（最多4行），请在“设置”里分得细一些"):
            write_form(job)
        assert sorted(found.name for found in tmp_path.iterdir()) == ["True.xlsx", "卡.xlsx"]
