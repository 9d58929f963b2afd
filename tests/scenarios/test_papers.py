"""What leaders, units, helpers and townships are given of a month: each what concerns them, and nobody else's people."""

import re

import pytest
from paper_county import County, below, filled, lines, text

import bangfu_excel as bf


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return County(tmp_path_factory.mktemp("县办"))


@pytest.fixture(scope="module")
def papers(county):
    return county.papers()


def test_names_carry_period_version_and_day(papers):
    assert all(re.search(r"_2024-06_0001-[0-9a-f]{6}_20240630$", path.stem) for path in papers.values())


def test_a_helper_sees_what_was_due_and_which_rows_were_counted(papers):
    rows = lines(papers["履职明细_县农业农村局"], "李明")
    assert below(rows, "应走访的和计入的")[:2] == [
        ["1", "2024年6月", "H1", "张建国", "石桥村1组", "1", "2", "达标", "6月5日、6月20日"],
        ["2", "2024年6月", "H2", "王大山", "石桥村2组", "1", "0", "未达标"],
    ]
    assert below(rows, "走访记录（每条来自哪个文件、哪一行）")[:2] == [
        ["1", "2024-06-05", "H1", "张建国", "石桥村1组", "入户", "计入", "清水镇.xlsx", "走访", "2"],
        ["2", "2024-06-20", "H1", "张建国", "石桥村1组", "入户", "计入", "清水镇.xlsx", "走访", "3"],
    ]


def test_only_units_with_something_to_do_are_told_so(papers):
    assert [name for name in papers if name.startswith("督办单")] == ["督办单_县农业农村局", "督办单_县教育局"]
    missed = below(lines(papers["督办单_县农业农村局"]), "没有达标的走访")
    assert missed[0] == ["1", "李明", "王大山", "清水镇石桥村", "2024年6月", "1", "0", "H2"]
    late = below(lines(papers["督办单_县教育局"]), "逾期没有办结的问题")
    assert late[0][4:] == ["陈芳", "2024-06-10", "20"]
    assert "院墙开裂" not in text(papers["督办单_县教育局"])


def test_a_leader_reads_three_sentences_and_who_has_not_reported(papers):
    told = [row[0] for row in lines(papers["领导参阅_全县"]) if row[0].startswith(("一、", "二、", "三、"))]
    assert told == [
        "一、本月各种方式走访4次，入户3户，走访达标率75.0%。",
        "二、3个乡镇有1个没有报送（石桥乡）；连续2个月没有入户的有1户，最多的是清水镇（1户）。",
        "三、新发现的问题1件、办结的问题0件、逾期未办结的问题1件；督办2个单位2项。",
    ]


def test_a_township_is_one_whatever_the_county_calls_it(papers):
    """The county's list says 柳溪镇扶贫办."""
    checked = [name for name in papers if name.startswith("数据核对单")]
    assert checked == ["数据核对单_柳溪镇", "数据核对单_清水镇", "数据核对单_石桥乡"]
    assert [row[1:3] for row in below(lines(papers["领导参阅_全县"]), "各乡镇")[:3]] == [
        ["清水镇", "已报"], ["石桥乡", "未报"], ["柳溪镇", "已报"],
    ]  # fmt: skip


def test_a_township_checks_its_own_rows_and_sees_nobody_elses_people(papers):
    rows = lines(papers["数据核对单_清水镇"])
    assert below(rows, "报送和收下的数据（按表上的行数）")[0] == ["帮扶对象户", "4", "4", "0", "0", "0", "0", "0"]
    figures = {row[0]: row[1] for row in below(rows, "将要通报的数")[:8]}
    assert (figures["在册帮扶户"], figures["走访（次）"], figures["走访达标率"]) == ("4", "3", "66.7%")
    assert "柳溪" not in text(papers["数据核对单_清水镇"])
    assert ["本期没有报送"] in lines(papers["数据核对单_石桥乡"])


def test_a_county_that_hides_names_hides_them_on_every_paper(county):
    folder = county.folder / "隐名县"
    folder.mkdir()
    (folder / "county.toml").write_text("[masking]\nshow = []\n", encoding="utf-8")
    for path in bf.papers(county.registry, county.folder / "隐名", profile=folder, period="2024-06"):
        assert not any(name in text(path) for name in ("张建国", "王大山", "冯德福", "范守义", "李明", "陈芳"))


def test_a_register_that_somebody_has_filled_in_is_not_written_over(county, papers):
    path = papers["异议复核和零报告登记簿_全县"]
    filled(path, [{"帮扶人": "李明"}]).replace(path)
    before = path.read_bytes()
    assert county.papers()["异议复核和零报告登记簿_全县"] == path
    assert path.read_bytes() == before
