"""DOMAIN §3.2 and M14–M20, line by line: what a cell holds, and what is read, noted or refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from bangfu_excel.core import kinds
from bangfu_excel.core.codelist import CodeEntry, CodeList
from bangfu_excel.core.kinds.base import Context, Kind, Parsed
from bangfu_excel.core.kinds.quantity import read_quantities
from bangfu_excel.core.kinds.written_date import read_range
from bangfu_excel.core.raw import Cell, CellType
from bangfu_excel.core.table import Field

CAUSES = CodeList(
    "cause",
    "致贫原因",
    (
        CodeEntry("因病"),
        CodeEntry("因残"),
        CodeEntry("缺劳动力", ("缺劳力", "因缺劳动力")),
        CodeEntry("其他", ("其它",)),
    ),
)
RELATIONS = CodeList("relation", "与户主关系", (CodeEntry("户主", ("本人",)), CodeEntry("配偶", ("妻", "夫"))))
_TYPES = {str: CellType.TEXT, float: CellType.NUMBER, int: CellType.NUMBER, bool: CellType.BOOLEAN}


@dataclass(frozen=True)
class Read:
    """What must come of a cell: value, note's code, precision, approx; or the problem's code."""

    value: object = None
    note: str = ""
    precision: str = ""
    approx: bool = False
    problem: str = ""


def parse(
    kind: Kind,
    value: object,
    *,
    unit: str = "",
    header: str = "",
    year: int | None = 2024,
    codes: CodeList | None = None,
) -> Parsed:
    cell = Cell(_TYPES.get(type(value), CellType.DATE), value)
    return kind.parse(cell, Context(Field("f", "栏", kind, unit=unit), unit=header, codes=codes, year=year))


def read(parsed: Parsed) -> Read:
    value = parsed.value.date() if isinstance(parsed.value, dt.datetime) else parsed.value
    return Read(
        value,
        parsed.note.code if parsed.note else "",
        parsed.precision,
        parsed.approx,
        parsed.problem.code if parsed.problem else "",
    )


def day(text: str, note: str = "", precision: str = "") -> Read:
    return Read(dt.date.fromisoformat(text), note, precision)


MISSING = Read(None, "NV09")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("5700元", Read(5700.0, "NV02")),
        ("5,700元", Read(5700.0, "NV02")),
        ("５７００", Read(5700.0, "NV01")),
        ("5700", Read(5700.0)),
        ("1.2万元", Read(12000.0, "NV02")),
        ("1.1万元", Read(11000.0, "NV02")),
        ("3500余万元", Read(35_000_000.0, "NV08", approx=True)),
        ("8万元左右", Read(80_000.0, "NV08", approx=True)),
        ("约8万", Read(80_000.0, "NV08", approx=True)),
        ("2000万", Read(20_000_000.0, "NV02")),
        ("55元/月", Read(55.0, "NV13")),
        ("每月55元", Read(55.0, "NV13")),
        ("一千二百元", Read(1200.0, "NV02")),
        ("两万", Read(20_000.0, "NV01")),
        ("0.00", Read(0.0)),
        (0.0, Read(0.0)),
        ("-300", Read(-300.0)),
        ("—", MISSING),
        ("/", MISSING),
        ("\\", MISSING),
        ("无", MISSING),
        ("未", MISSING),
        ("  ", Read()),
        ("很多", Read(problem="NV22")),
        ("12,34", Read(problem="NV25")),
        ("17,500亩", Read(problem="NV24")),
        (True, Read(problem="NV35")),
        (dt.datetime(2024, 3, 5), Read(problem="NV35")),
    ],
)
def test_money_in_yuan(written: object, expected: Read) -> None:
    assert read(parse(kinds.MONEY, written)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [(1.2, 12000.0), ("1.2", 12000.0), ("1.2万元", 12000.0), ("3500元", 3500.0), ("1.2万", 12000.0)],
)
def test_money_under_a_header_in_ten_thousands(written: object, expected: float) -> None:
    assert read(parse(kinds.MONEY, written, header="万元")) == Read(expected, "NV02")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("17,500亩", 17500.0),
        ("13.4亩", 13.4),
        ("20平方公里", 30000.0),
        ("2公顷", 30.0),
        ("1000平方米", 1.5),
        ("3分地", 0.3),
    ],
)
def test_areas_in_mu(written: str, expected: float) -> None:
    assert read(parse(kinds.AREA, written, unit="亩")) == Read(expected, "NV02")


def test_area_in_the_unit_of_its_field() -> None:
    assert read(parse(kinds.AREA, "120㎡", unit="平方米")) == Read(120.0, "NV02")
    assert read(parse(kinds.AREA, 1.0, unit="平方米", header="公顷")) == Read(10000.0, "NV02")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("4人", Read(4, "NV02")),
        ("1,468人", Read(1468, "NV02")),
        ("约30人", Read(30, "NV08", approx=True)),
        ("４", Read(4, "NV01")),
        ("三", Read(3, "NV01")),
        (3.0, Read(3)),
        ("3.0", Read(3)),
        (3.5, Read(problem="NV23")),
        ("452户,1,468人", Read(1468, "NV02")),
        ("2,3", Read(problem="NV25")),
        ("5公斤", Read(problem="NV24")),
        ("无", MISSING),
    ],
)
def test_counts_of_persons(written: object, expected: Read) -> None:
    assert read(parse(kinds.INTEGER, written, unit="人")) == expected


def test_two_quantities_are_told_apart_at_their_units() -> None:
    households, persons = read_quantities("452户,1,468人")
    assert (households.value, households.unit, persons.value, persons.unit) == (452, "户", 1468, "人")
    assert [(q.value, q.unit) for q in read_quantities("20平方公里")] == [(20, "平方公里")]
    assert [(q.value, q.unit, q.per) for q in read_quantities("55元/月")] == [(55, "元", "月")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("95%", Read(0.95, "NV02")), (0.95, Read(0.95)), ("0.95", Read(0.95)), ("九成", Read(0.9, "NV02")),
        ("九成五", Read(0.95, "NV02")), ("百分之九十五", Read(0.95, "NV02")), ("高", Read(problem="NV22")), ("—", MISSING),
    ],
)  # fmt: skip
def test_rates(written: object, expected: Read) -> None:
    assert read(parse(kinds.RATE, written)) == expected


def test_rate_under_a_header_in_percent() -> None:
    assert read(parse(kinds.RATE, 95.0, header="%")) == Read(0.95, "NV02")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-03-05", day("2024-03-05")),
        ("2024.3.5", day("2024-03-05", "NV03")),
        ("2024-3-5", day("2024-03-05", "NV03")),
        ("2024/3/5", day("2024-03-05", "NV03")),
        ("2024年3月5日", day("2024-03-05", "NV03")),
        ("2024年3月5日（星期二）", day("2024-03-05", "NV03")),
        ("2024-03-05 14:30", day("2024-03-05", "NV03")),
        ("20240305", day("2024-03-05", "NV03")),
        (20240305.0, day("2024-03-05", "NV03")),
        (45356.0, day("2024-03-05", "NV04")),
        ("45356", day("2024-03-05", "NV04")),
        (dt.datetime(2024, 3, 5), day("2024-03-05")),
        (dt.datetime(2024, 3, 5, 14, 30), day("2024-03-05", "NV03")),
        ("二〇二四年三月五日", day("2024-03-05", "NV03")),
        ("二零二四年十二月二十一日", day("2024-12-21", "NV03")),
        ("2024.3", day("2024-03-01", "NV03", "month")),
        ("2024.10", day("2024-10-01", "NV03", "month")),
        ("2024年3月", day("2024-03-01", "NV03", "month")),
        ("202403", day("2024-03-01", "NV03", "month")),
        (202403.0, day("2024-03-01", "NV03", "month")),
        (2024.11, day("2024-11-01", "NV03", "month")),
        ("2012年4月", day("2012-04-01", "NV03", "month")),
        ("2014年底", day("2014-12-01", "NV03", "month")),
        ("2024年9月底", day("2024-09-01", "NV03", "month")),
        ("2024年", day("2024-01-01", "NV03", "year")),
        (2024.0, day("2024-01-01", "NV03", "year")),
        (2024.1, Read(problem="NV27")),
        ("3/5/2024", Read(problem="NV27")),
        ("3月5日", day("2024-03-05", "NV05")),
        ("三月五日", day("2024-03-05", "NV05")),
        ("99年3月", day("1999-03-01", "NV10", "month")),
        ("24.3.5", day("2024-03-05", "NV10")),
        ("3.5", Read(problem="NV30")),
        ("2024/6/12 9:30", day("2024-06-12", "NV03")),
        ("2024-06-12 09:30:00", day("2024-06-12", "NV03")),
        ("2024/6/129:30", Read(problem="NV26")),
        ("2024。6。8", day("2024-06-08", "NV03")),
        ("2024，6，9", day("2024-06-09", "NV03")),
        ("70.1", day("1970-01-01", "NV10", "month")),
        ("02.3", Read(problem="NV30")),
        ("2024-02-30", Read(problem="NV28")),
        ("2024年13月1日", Read(problem="NV28")),
        (20241301.0, Read(problem="NV28")),
        ("4月11—20日", Read(problem="NV29")),
        ("2012年4月-2014年底", Read(problem="NV29")),
        ("2024年3月5日、3月8日", Read(problem="NV29")),
        ("春节前", Read(problem="NV26")),
        (12.0, Read(problem="NV26")),
        (dt.time(3, 5), Read(problem="NV26")),
        ("—", MISSING),
        ("", Read()),
    ],
)  # fmt: skip
def test_dates(written: object, expected: Read) -> None:
    assert read(parse(kinds.DATE, written)) == expected


def test_a_date_without_year_needs_a_period() -> None:
    assert read(parse(kinds.DATE, "3月5日", year=None)).problem == "NV30"


def test_month_and_day_with_a_dot_need_the_year_of_a_title() -> None:
    assert read(parse(kinds.DATE, "3.13")).problem == "NV30"
    assert read(parse(kinds.DATE, 3.13)).problem == "NV38"


def test_both_readings_of_an_ambiguous_date_are_named() -> None:
    assert parse(kinds.DATE, 2024.1).words == {"first": "2024年1月", "second": "2024年10月"}


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("4月11—20日", "2024-04-11", "2024-04-20"),
        ("2012年4月-2014年底", "2012-04-01", "2014-12-31"),
        ("2024.3.5-3.8", "2024-03-05", "2024-03-08"),
        ("2024年3月至5月", "2024-03-01", "2024-05-31"),
        ("2024年3月15日-17日", "2024-03-15", "2024-03-17"),
        ("2024.3.5-7", "2024-03-05", "2024-03-07"),
        ("2024.3-5", "2024-03-01", "2024-05-31"),
        ("2024.3.15至2024.4.2", "2024-03-15", "2024-04-02"),
        ("自2024年12月28日起至2025年1月3日止（共7天）", "2024-12-28", "2025-01-03"),
    ],
)
def test_spans(written: str, first: str, last: str) -> None:
    assert read_range(written, 2024) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "written", ["3.15-3.17", "2024年3月15日-4月", "2024年3月17日-15日", "12月28日-1月3日", "2024年3月15日起"]
)
def test_what_is_no_span_for_certain_is_none(written: str) -> None:
    assert read_range(written, 2024) is None


GOOD = "11010519491231002X"  # the sample printed in GB 11643-1999


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (GOOD, Read(GOOD)),
        ("11010519491231002x", Read(GOOD, "NV01")),
        ("'" + GOOD, Read(GOOD, "NV01")),
        (f'="{GOOD}"', Read(GOOD, "NV01")),
        ("110105 19491231 002X", Read(GOOD, "NV01")),
        (GOOD + "\t", Read(GOOD, "NV01")),
        ("１１０１０５１９４９１２３１００２Ｘ", Read(GOOD, "NV01")),
        ("身份证号：" + GOOD, Read(GOOD, "NV01")),
        ("110105491231002", Read(GOOD, "ID09")),
        (110105491231002.0, Read(GOOD, "ID09")),
        (GOOD + "43", Read(GOOD, "NV16")),
        ("1.10105E+17", Read(problem="ID23")),
        (110105194912310000.0, Read(problem="ID23")),
        (110105194912310020.0, Read(problem="ID23")),
        (1101051949123100.0, Read(problem="ID23")),
        (f"身份证:{GOOD}，身份证:{GOOD}", Read(problem="ID22")),
        ("1101051949", Read("1101051949")),
        (1101051949.0, Read("1101051949")),
        ("正在补办", Read("正在补办")),
        ("无", MISSING),
        (dt.datetime(1949, 12, 31), Read(problem="NV35")),
    ],
)
def test_identity_numbers(written: object, expected: Read) -> None:
    assert read(parse(kinds.IDENTITY, written)) == expected


@pytest.mark.parametrize("number", [GOOD, GOOD + "43", GOOD + "43B1"])
def test_a_column_of_either_number_keeps_both(number: str) -> None:
    assert read(parse(kinds.IDENTITY_OR_CERTIFICATE, number)) == Read(number)
    assert read(parse(kinds.IDENTITY_OR_CERTIFICATE, number.lower() + " ")).value == number


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("张三", Read("张三")), ("张三 ", Read("张三")), ("张 三", Read("张三", "NV01")), ("张　三", Read("张三", "NV01")),
        ("张三（户主）", Read("张三", "NV11")), ("买买提•艾力", Read("买买提·艾力", "NV01")), ("买买提．艾力", Read("买买提·艾力", "NV01")),
        ("張三", Read("張三")), ("—", MISSING), ("张三、李四", Read("张三、李四")), ("无", Read("无")),
    ],
)  # fmt: skip
def test_one_name(written: str, expected: Read) -> None:
    assert read(parse(kinds.PERSON, written)) == expected


@pytest.mark.parametrize(
    ("written", "names", "note"),
    [
        ("张三、李四", "张三、李四", ""), ("张三，李四；王五/赵六", "张三、李四、王五、赵六", "NV15"), ("张三\n李四", "张三、李四", "NV15"),
        ("张三 李四", "张三、李四", "NV15"), ("张三和李四", "张三、李四", "NV15"), ("张 三", "张三", "NV01"), ("王 小 明", "王小明", "NV01"),
        ("张 三 李小明", "张三、李小明", "NV15"), ("李和平", "李和平", ""), ("和志强 李四", "和志强、李四", "NV15"),
        ("张三（组长）、李四", "张三、李四", "NV11"),
        ("张三13900020002、李四 139-0002-0003", "张三、李四", "NV11"), ("李四 电话：13900020003", "李四", "NV11"), ("张 三 李 四", "张 三 李 四", ""), ("张三等5户", "张三等5户", ""),
    ],
)  # fmt: skip
def test_several_names(written: str, names: str, note: str) -> None:
    assert read(parse(kinds.PERSONS, written)) == Read(names, note)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("13800138000", Read("13800138000")), (13800138000.0, Read("13800138000")), ("138 0013 8000", Read("13800138000", "NV01")),
        ("138-0013-8000", Read("13800138000", "NV01")), ("+86 13800138000", Read("13800138000", "NV01")),
        ("13800138000.0", Read("13800138000", "NV01")), ("8613800138000", Read("13800138000", "NV01")), ("１３８００１３８０００", Read("13800138000", "NV01")),
        ("0571-88881234", Read("0571-88881234")), ("（0571）88881234", Read("0571-88881234", "NV01")), ("88881234", Read("88881234")),
        ("13800138000/13900139000", Read("13800138000、13900139000", "NV12")),
        ("13800138000 13900139000", Read("13800138000、13900139000", "NV12")), ("无", MISSING), ("1.38E+10", Read(problem="ID23")),
    ],
)  # fmt: skip
def test_phones(written: object, expected: Read) -> None:
    assert read(parse(kinds.PHONE, written)) == expected


@pytest.mark.parametrize("written", ["是", "√", "✓", "有", True])
def test_plain_yes(written: object) -> None:
    assert read(parse(kinds.YES_NO, written)) == Read(True)


@pytest.mark.parametrize("written", ["否", "×", "✗", "无", "没有", False])
def test_plain_no(written: object) -> None:
    assert read(parse(kinds.YES_NO, written)) == Read(False)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Y", True), ("1", True), (1.0, True), ("●", True), ("已参加", True), ("参加", True), ("1.是", True),
        ("N", False), (0.0, False), ("没参加", False), ("未参加", False), ("2.否", False), ("未整改", False), ("已整改", True), ("尚未办结", False),
    ],
)  # fmt: skip
def test_yes_and_no_in_other_words_are_noted(written: object, expected: bool) -> None:
    assert read(parse(kinds.YES_NO, written)) == Read(expected, "NV14")


@pytest.mark.parametrize("written", ["○", "看情况", 2.0])
def test_an_unclear_answer_is_an_error(written: object) -> None:
    assert read(parse(kinds.YES_NO, written)) == Read(problem="NV31")


def test_a_blank_answer_stays_unknown() -> None:
    assert read(parse(kinds.YES_NO, " ")) == Read()
    assert read(parse(kinds.YES_NO, "—")) == MISSING


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("因病", Read("因病")), ("缺劳力", Read("缺劳动力", "NV07")), ("其它", Read("其他", "NV07")), ("2:因病", Read("因病", "NV07")),
        ("2：因病", Read("因病", "NV07")), ("1.因残", Read("因残", "NV07")), ("2", Read("2")), (2.0, Read("2")), ("因懒", Read("因懒")),
        ("因病、因残", Read(problem="NV32")), ("因病 因残", Read(problem="NV32")), ("因病和因残", Read(problem="NV32")), ("—", MISSING), ("无", MISSING),
    ],
)  # fmt: skip
def test_one_label(written: object, expected: Read) -> None:
    assert read(parse(kinds.CODE, written, codes=CAUSES)) == expected


def test_everyday_relations_become_the_standard_ones() -> None:
    assert read(parse(kinds.CODE, "妻", codes=RELATIONS)) == Read("配偶", "NV07")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("因病、因残", Read("因病、因残")), ("因病,缺劳力", Read("因病、缺劳动力", "NV15")), ("因病/因残；其它", Read("因病、因残、其他", "NV15")),
        ("因病和因残", Read("因病、因残", "NV15")), ("因病 因残", Read("因病、因残", "NV15")), ("1.因病\n2.因残", Read("因病、因残", "NV15")),
        ("因病、因懒", Read("因病、因懒")), ("缺劳力", Read("缺劳动力", "NV07")),
    ],
)  # fmt: skip
def test_several_labels(written: str, expected: Read) -> None:
    assert read(parse(kinds.CODES, written, codes=CAUSES)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("GH0001", Read("GH0001")), ("GH 0001", Read("GH0001", "NV01")), ("ＧＨ０１", Read("GH01", "NV01")), ("0012", Read("0012")),
        (3301060001.0, Read("3301060001")), (123456789012345.0, Read("123456789012345")), (1234567890123456.0, Read(problem="ID23")),
        ("1.23E+15", Read(problem="ID23")), ("—", MISSING),
    ],
)  # fmt: skip
def test_keys(written: object, expected: Read) -> None:
    assert read(parse(kinds.KEY, written)) == expected


def test_text_and_places_as_written() -> None:
    assert read(parse(kinds.TEXT, " 无 ")) == Read("无")
    assert read(parse(kinds.TEXT, "第一行\n第二行")) == Read("第一行\n第二行")
    assert read(parse(kinds.TEXT, "/")) == MISSING
    assert read(parse(kinds.PLACE, "石桥 村")) == Read("石桥村", "NV01")
    assert read(parse(kinds.PLACE, "３组")) == Read("3组", "NV01")
    assert read(parse(kinds.PLACE, 3.0)) == Read("3")
    assert read(parse(kinds.ORGANISATION, "县教育局（本级）")) == Read("县教育局（本级）")
