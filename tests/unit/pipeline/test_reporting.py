"""A county that names its townships hears which of them has not handed in, and which name is none of theirs."""

import openpyxl
import pytest
from small_inbox_files import households

import bangfu_excel as bf
from bangfu_excel.cli.summary import closing_line


@pytest.fixture
def county(tmp_path):
    (tmp_path / "县").mkdir()
    text = '[reporting]\ntownships = ["清水镇", "柳溪镇", "石桥乡"]\n'
    (tmp_path / "县/county.toml").write_text(text, encoding="utf-8")
    return tmp_path


def said(batch):
    return [
        (f.code, f.place.file, f.place.cell, f.message, f.count) for f in batch.findings if f.code.startswith("PV30")
    ]


def check(county, inbox, **options):
    return bf.check(county / inbox, profile=county / "县", as_of="2024-06-30", engine="serial", **options)


def run(county, inbox, **options):
    given = {"registry": county / "库", "profile": county / "县", "as_of": "2024-06-30"} | options
    return bf.run(county / inbox, county / "out", engine="serial", **given)


def test_who_has_not_handed_in_is_told_once_and_of_no_file(county):
    households(county / "收/甲.xlsx", township="清水镇扶贫办")
    assert said(check(county, "收")) == [("PV30c", "", "", "2024年6月还没有报的乡镇有2个：柳溪镇、石桥乡", 1)]


def test_whoever_is_registered_for_the_period_has_handed_in(county):
    households(county / "一/甲.xlsx")
    households(county / "二/乙.xlsx", township="柳溪镇", first=11)
    run(county, "一")
    assert [line[3] for line in said(run(county, "二").batch)] == ["2024年6月还没有报的乡镇有1个：石桥乡"]
    later = run(county, "二", as_of="2024-07-31", registry=county / "库")
    assert [line[3] for line in said(later.batch)] == ["2024年7月还没有报的乡镇有2个：清水镇、石桥乡"]


def test_a_township_that_is_not_on_the_list_is_a_doubt_at_its_first_cell(county):
    for number, township in enumerate(("清水镇", "柳溪镇", "石桥乡")):
        households(county / f"收/{number}.xlsx", township=township, first=1 + 10 * number)
    households(county / "收/错.xlsx", township="清水真", first=41)
    (told,) = [f for f in check(county, "收").findings if f.code.startswith("PV30")]
    assert (told.code, str(told.severity), told.place.file, told.place.cell) == ("PV30d", "warning", "错.xlsx", "A2")
    assert (told.message, told.related, told.count) == ("“清水真”不在本县应报的乡镇里，是不是“清水镇”", ("A3", "A4"), 3)


def test_without_a_list_nothing_is_said(county):
    households(county / "收/甲.xlsx", township="某镇")
    assert said(bf.check(county / "收", as_of="2024-06-30", engine="serial")) == []


def test_it_stands_under_the_sums_and_in_the_closing_line(county):
    households(county / "收/甲.xlsx")
    result = run(county, "收")
    sentence = "2024年6月还没有报的乡镇有2个：柳溪镇、石桥乡"
    assert closing_line(result).endswith(f"（新建）；{sentence}")
    book = openpyxl.load_workbook(county / "out/问题清单.xlsx")
    for name in ("汇总", "乡镇汇总"):
        assert sentence in {cell.value for row in book[name] for cell in row}


def test_a_renamed_unit_takes_the_place_of_what_it_said_before(county):
    text = '[units]\nsuccessors = { "云岭县扶贫办" = "云岭县乡村振兴局" }\n'
    (county / "县/county.toml").write_text(text, encoding="utf-8")
    for folder, unit, count in (("一", "云岭县扶贫办", 3), ("二", "云岭县乡村振兴局（盖章）", 2)):
        path = households(county / folder / "户.xlsx", count=count)
        book = openpyxl.load_workbook(path)
        book.active.insert_rows(1, 2)
        book.active["A1"] = "帮扶对象户花名册"
        book.active["A2"] = f"填报单位：{unit}"
        book.save(path)
    run(county, "一")
    assert sum(run(county, "二").merge.removed.values()) == 1
