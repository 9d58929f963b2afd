"""A school that is written with its township before its name, and without, is one school: one folder, one line, one set of cards."""

import openpyxl
import pytest
from test_statistics_of_plans import hand_in

import bangfu_excel as bf

CHILDREN = [
    ["清溪镇", "石桥村", "清溪学校", "张一", "2015-06-30", "留守儿童", "祖父母照料", "小学", "外省", "外省", 1],
    ["清溪镇", "石桥村", "清溪镇清溪学校", "张二", "2015-07-01", "留守儿童", "母亲照料", "初中", "外省", "在家", 2],
    ["清溪镇", "石桥村", "清溪镇中心小学", "张三", "2013-04-01", "留守儿童", "祖父母照料", "文盲", "外省", "本县", 3],
    ["柳溪镇", "柳溪村", "柳溪镇中心小学", "李四", "2012-01-01", "留守儿童", "祖父母照料", "小学", "外省", "外省", 1],
]
SCHOOLS = ["柳溪镇中心小学", "清溪学校", "清溪镇中心小学"]


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("学校")
    hand_in(folder, CHILDREN)
    given = {"registry": folder / "台账库", "as_of": "2024-06-30", "engine": "serial"}
    bf.run(folder / "inbox", folder / "out", scheme="liushou-jiaoshi", **given)
    return folder / "out"


def texts(path):
    book = openpyxl.load_workbook(path, data_only=True)
    return [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]


def test_its_ledgers_and_statistics_lie_in_one_folder(out):
    assert sorted(path.name for path in (out / "台账/学校").iterdir()) == SCHOOLS


def test_its_roster_has_all_its_children_and_nobody_elses(out):
    for path in (out / "台账/学校/清溪学校").glob("*.xlsx"):
        if "统计" not in path.name:
            found = {child for child in ("张一", "张二", "张三", "李四") if child in texts(path)}
            assert found == {"张一", "张二"}, path.name


def test_it_is_one_line_of_the_countys_statistics(out):
    (path,) = (out / "台账/全县").glob("*_统计_*.xlsx")
    sheet = openpyxl.load_workbook(path)["由谁照料"]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] == "学校"]
    assert sorted(row[1] for row in rows) == SCHOOLS
    assert next(row[2] for row in rows if row[1] == "清溪学校") == 2


def test_its_cards_lie_in_one_folder(out):
    registry = out.parent / "台账库"
    bf.cards(registry, "留守儿童联系卡", out.parent / "卡", scheme="liushou-jiaoshi", as_of="2024-06-30")
    assert sorted(path.name for path in (out.parent / "卡/卡表/学校").iterdir()) == SCHOOLS


def test_it_is_one_school_of_a_bulletin_and_its_class_teacher_one_person(tmp_path):
    pupils = [("清溪镇", "清溪学校", "张一"), ("清溪镇", "清溪镇清溪学校", "张二")]
    book = openpyxl.Workbook()
    book.active.title = "留守儿童"
    book.active.append(["乡镇", "学校", "姓名", "性别", "班级", "班主任", "是否留守儿童"])
    pairs = book.create_sheet("结对帮扶")
    pairs.append(["学校", "学生姓名", "帮扶人姓名", "帮扶单位", "结对开始时间"])
    for township, school, child in pupils:
        book.active.append([township, school, child, "男", "五（1）班", "蒲老师", "是"])
        pairs.append([school, child, "许老师", school, "2024-03-01"])
    (tmp_path / "inbox").mkdir()
    book.save(tmp_path / "inbox" / "结对.xlsx")
    given = {"registry": tmp_path / "台账库", "as_of": "2024-06-30", "engine": "serial"}
    bf.run(tmp_path / "inbox", tmp_path / "out", scheme="liushou-guanai", **given)
    words = {"scheme": "liushou-guanai", "period": "2024-06", "as_of": "2024-06-30"}
    _, workbook = bf.bulletin(tmp_path / "台账库", tmp_path / "通报", **words)
    (total,) = [row for row in openpyxl.load_workbook(workbook)["走访情况"].iter_rows(values_only=True) if row[0] == 1]
    assert total[1:3] == ("清溪学校", 2)
    a = bf.assess(tmp_path / "台账库", **words)
    assert set(a.duties["who_name"]) == {"蒲老师"}
    assert a.duties["who"].nunique() == 1
