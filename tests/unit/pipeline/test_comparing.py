"""Lists of other departments beside a small registry: what the workbook says, cell by cell, whatever the list looks like."""

import datetime as dt
import hashlib

import openpyxl
import pytest
from compared_county import DIBAO, registered, save

import bangfu_excel as bf
from bangfu_excel.domain import CODELISTS, TABLES
from bangfu_excel.domain.department_lists import LIST_KINDS, listed_table
from bangfu_excel.headers import shared_headers


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return registered(tmp_path_factory.mktemp("county"))


@pytest.fixture
def compared(county, tmp_path):
    """Compares a list of these sheets."""

    def compare(*sheets, **how):
        return bf.compare(save(tmp_path / "名单.xlsx", *sheets), county, tmp_path / "out", **how)

    return compare


def texts(found, sheet):
    """The rows under the header, without the running number; "" where blank."""
    rows = list(openpyxl.load_workbook(found.path)[sheet].iter_rows(min_row=4, values_only=True))
    return [tuple("" if value is None else value for value in row[1:]) for row in rows if isinstance(row[0], int)]


def states(found):
    return tuple(found.counts[name] for name in ("rows", "matched", "theirs_only", "pending", "unusable"))


def test_the_workbook_of_a_dibao_list(compared):
    """15 digits, no number, two of one name, a wrong check digit, a number stored as one, titles above, a total below."""
    found = compared(("名单", DIBAO), kind="低保")
    assert openpyxl.load_workbook(found.path).sheetnames == [
        "说明", "对账", "他有我无", "我有他无", "不一致", "待核对", "不能用",
    ]  # fmt: skip
    assert texts(found, "对账")[0][1:-1] == ("名单", 8, 3, 1, 2, 2)
    assert texts(found, "他有我无") == [
        ("名单!D9", "清水镇", "石桥村", "", "赵钱孙", "990101199001010174", "农村低保", "DB005", "380", "")
    ]
    assert texts(found, "我有他无") == [
        ("清水镇", "石桥村", "1组", "张建国", "周桂芳", "990101197009230228", "是", "全县.xlsx“成员”第3行")
    ]
    assert texts(found, "不一致") == [
        ("清水镇", "石桥村", "张建国", "张建国", "990101196805123015", "证件号码", "低保类型", "农村低保", "城市低保", "两边不同",
         "全县.xlsx“成员”第2行", "名单!E5"),
        ("清水镇", "石桥村", "李有田", "李有田", "", "姓名和村", "是否享受低保", "否", "在名单上", "名单上有，我方没有标记",
         "全县.xlsx“成员”第5行", "名单!D6"),
    ]  # fmt: skip
    candidates = (
        "王大山（清水镇石桥村2组，990101197505200175，全县.xlsx“成员”第7行）\n"
        "王大山（清水镇石桥村2组，没有号码，全县.xlsx“成员”第8行）"
    )
    assert texts(found, "待核对") == [
        ("名单!D7", "清水镇", "石桥村", "", "王大山", "", "我方同村有几人同名", candidates, ""),
        ("名单!D8", "清水镇", "石桥村", "", "王大山", "990101198801010178", "我方同村有几人同名", candidates, ""),
    ]
    assert [(row[0], row[4], row[5], row[-1]) for row in texts(found, "不能用")] == [
        (
            "名单!D10",
            "吴铁牛",
            "990101196001010139",
            "证件号码不能用，按姓名和村也没有找到（号码：身份证号校验不通过）",
        ),
        (
            "名单!D11",
            "胡不归",
            "990101196001010000",
            "证件号码不能用，按姓名和村也没有找到（号码：存成了数字，末尾几位已经丢失）",
        ),
    ]


def test_the_notes_say_counts_that_balance_and_the_date_of_the_list(compared):
    found = compared(("名单", DIBAO), kind="低保")
    notes = [row[0] for row in openpyxl.load_workbook(found.path)["说明"].iter_rows(values_only=True)]
    assert notes[1] == "低保名单（民政部门）　名单：名单.xlsx　名单日期：2024年6月20日"
    assert notes[2].startswith("一、名单共8行＝对上3行＋他有我无1行＋待核对2行＋不能用2行")
    assert any(
        "共3人＝名单上有2人＋“待核对”里可能是0人＋我有他无1人。另有1人住在名单没有涉及的村" in text
        for text in notes[3:]
    )
    assert sum(found.ours_account.values()) == 4  # 张建国, 周桂芳, 冯德福, 陶永福; 赵玉梅 is dead
    assert found.notes == tuple(notes[2:])


def test_comparing_leaves_the_registry_as_it_is(county, compared):
    def bytes_of():
        return {
            path: hashlib.sha256(path.read_bytes()).hexdigest() for path in county.path.rglob("*") if path.is_file()
        }

    before = bytes_of()
    compared(("名单", DIBAO), kind="低保")
    assert bytes_of() == before


def test_the_dead_of_a_list_who_live_here_are_what_we_have_and_they_have_not(compared):
    """赵玉梅 is dead here too; 陈守义 is known as a head of household only, by the name and the place in the address."""
    rows = [
        ("死者姓名", "身份证号", "死亡日期", "户籍地址"),
        ("张建国", "990101196805123015", dt.date(2024, 5, 3), "清水镇石桥村1组"),
        ("赵玉梅", "99010119610715026X", dt.date(2023, 1, 2), "清水镇石桥村2组"),
        ("陈守义", None, "2024.3.1", "柳溪镇石桥村"),
    ]
    found = compared(("死亡", rows), kind="死亡", date="2024-06-01")
    assert states(found) == (3, 3, 0, 0, 0)
    assert [(row[4], row[6], row[7], row[8], row[9]) for row in texts(found, "我有他无")] == [
        ("陈守义", "", "全县.xlsx“户”第7行", "死亡!B4", "2024.3.1"),
        ("张建国", "正常", "全县.xlsx“成员”第2行", "死亡!B2", "2024-05-03"),
    ]
    assert texts(found, "不一致") == []
    assert openpyxl.load_workbook(found.path)["我有他无"]["A1"].value == "名单上有、我方仍在册的人"


def test_a_certificate_is_as_good_as_a_number(compared):
    rows = [
        ("姓名", "残疾证号", "残疾等级", "乡镇", "村"),
        ("周桂芳", "99010119700923022844", "四级", "清水镇", "石桥村"),
    ]
    found = compared(("名单", rows), kind="残疾")
    assert [(row[5], row[6], row[7], row[8]) for row in texts(found, "不一致")] == [
        ("证件号码", "残疾证号", "99010119700923022843", "99010119700923022844"),
        ("证件号码", "残疾等级", "三级", "四级"),
    ]


def test_a_list_of_households_stands_for_their_members(compared):
    rows = [("户主姓名", "户主身份证号", "行政村", "保障人口"), ("张建国", "990101196805123015", "石桥村", 3)]
    found = compared(("名单", rows), kind="低保")
    assert (states(found), len(found.ours_only)) == ((1, 1, 0, 0, 0), 0)


def test_pupils_are_found_by_the_names_that_schools_give_to_columns(compared):
    rows = [("学生姓名", "学籍号", "学生身份证件号", "年级"), ("张小雨", "G1", "990101200906180245", "八年级")]
    found = compared(("石桥中学", rows), kind="学籍")
    assert [(row[3], row[6], row[7], row[8]) for row in texts(found, "不一致")] == [
        ("张小雨", "在校生状况", "九年级", "八年级")
    ]


def test_every_sheet_is_read_and_every_row_counted(compared):
    header = ("姓名", "身份证号", "村")
    found = compared(
        ("石桥", [header, ("张建国", "990101196805123015", "石桥村"), ("张建国", "990101196805123015", "石桥村")]),
        ("枫树", [("枫树村名单",), header, ("冯德福", None, "枫树村"), (None, None, "枫树村"), ("合计", "2人", None)]),
        ("空表", []),
    )
    assert found.account.to_numpy().tolist() == [
        ["名单.xlsx", "石桥", 2, 2, 0, 0, 0],
        ["名单.xlsx", "枫树", 2, 1, 0, 0, 1],
        ["名单.xlsx", "空表", 0, 0, 0, 0, 0],
    ]
    assert "空表" in found.left_out[0]
    assert any("有1行的证件号码与前面某一行相同" in note for note in found.notes)


@pytest.mark.parametrize(
    "rows",
    [[], [("关于开展比对的通知",), ("请各乡镇认真比对。",)], [("姓名", "身份证号", "村")]],
    ids=["empty", "letter", "header"],
)
def test_a_list_without_a_row_says_so(compared, rows):
    found = compared(("名单", rows), kind="低保")
    assert states(found) == (0, 0, 0, 0, 0)
    assert found.notes[0] == "一、名单里没有读到一行人，没有比对。"
    assert len(found.left_out) + len(found.trouble) > 0
    assert texts(found, "他有我无") == []


def test_a_file_that_is_no_workbook_is_told_not_raised(county, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    found = bf.compare(tmp_path / "坏.xlsx", county, tmp_path / "out")
    assert states(found) == (0, 0, 0, 0, 0)
    assert found.trouble


def test_masked_nobody_can_be_recognised(compared):
    rows = [("村", "姓名", "身份证号", "备用电话号"), ("石桥村", "赵钱孙", "990101199001010174", "13911112222"),
            ("石桥村", "王大山", None, ""), ("石桥村", "吴铁牛", "990101196001010139", "")]  # fmt: skip
    found = compared(("名单", rows), kind="低保", masked=True)
    book = openpyxl.load_workbook(found.path)
    said = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    for secret in (
        "赵钱孙",
        "王大山",
        "吴铁牛",
        "张建国",
        "周桂芳",
        "990101199001010174",
        "990101197505200175",
        "990101196001010139",
        "13911112222",
    ):
        assert secret not in said
    assert "赵**" in said


def test_a_comparison_shows_counts_only(compared):
    found = compared(("名单", DIBAO), kind="低保")
    assert repr(found) == "Comparison(8行：对上3行，他有我无1行，待核对2行，不能用2行；我有他无1人，不一致2处)"
    assert "张建国" not in found._repr_html_()


def test_the_same_list_gives_the_same_bytes(compared):
    first = compared(("名单", DIBAO), kind="低保", date="2024-06-20").path.read_bytes()
    assert compared(("名单", DIBAO), kind="低保", date="2024-06-20").path.read_bytes() == first


@pytest.mark.parametrize("kind", [None, *LIST_KINDS])
def test_no_header_of_a_list_means_two_things(kind):
    assert shared_headers(listed_table(TABLES["member"], TABLES["household"], LIST_KINDS.get(kind))) == {}


@pytest.mark.parametrize("kind", LIST_KINDS.values(), ids=LIST_KINDS)
def test_a_kind_names_fields_and_values_that_there_are(kind):
    member = TABLES["member"]
    assert {kind.mark, *kind.compares, *kind.names} <= set(member.names)
    if codes := member[kind.mark].codelist:
        assert kind.yes | kind.no <= set(CODELISTS[codes].labels)
