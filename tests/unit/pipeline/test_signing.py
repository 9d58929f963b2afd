"""What stands above a table of when it was filled in and by whom, against the period and the roster of units."""

import pytest

import bangfu_excel as bf

VISITS = "走访记录,,,,\n填报单位：{unit},,填报时间：{day},填表人：李明,\n村,户主姓名,走访人,走访时间,走访内容\n柳溪村,赵大山,李明,2024-06-05,查看住房和饮水情况\n"
UNITS = "单位名称,单位类型,推荐单位,联络员,联络员电话\n云岭县水利局,国家机关,云岭县文明办,李明,13900020002\n"
PLAN = 'id = "own"\ntitle = "方案"\nversion = "1"\ntables = ["visit", "unit"]\n'


@pytest.fixture
def said(tmp_path):
    def check(unit="云岭县水利局", day="2024年6月30日", roster=True, **given):
        (tmp_path / "收").mkdir()
        (tmp_path / "own.toml").write_text(PLAN, encoding="utf-8")
        (tmp_path / "收/走访.csv").write_text(VISITS.format(unit=unit, day=day), encoding="utf-8-sig")
        if roster:
            (tmp_path / "收/单位.csv").write_text(UNITS, encoding="utf-8-sig")
        batch = bf.check(tmp_path / "收", scheme=tmp_path / "own.toml", **({"as_of": "2024-06-30"} | given))
        return [(f.code, f.place.file, f.message) for f in batch.findings if f.code in ("PV28b", "PV28c")]

    return check


@pytest.mark.parametrize(
    "day", ["2024年6月30日", "2024-07-31", "2023.6.1", "2024年6月", "2024年", "六月三十日", "待定"]
)
def test_a_sheet_signed_about_the_period_is_nothing_to_tell(said, day):
    assert said(day=day) == []


@pytest.mark.parametrize("day", ["2024-08-01", "2023年5月30日", "2014.6.30", "2023年5月"])
def test_a_sheet_signed_long_before_or_after_is_doubted(said, day):
    assert said(day=day) == [("PV28b", "走访.csv", f"填报时间写的是“{day}”，离本次统计期2024年6月太远")]


def test_a_period_may_be_a_year(said):
    assert said(day="2024-01-05", period="2024", as_of="2024-12-31") == []


@pytest.mark.parametrize("unit", ["云岭县水利局（盖章）", "柳溪村村委会", "青石镇柳溪村", "云岭县文明办", ""])
def test_who_stands_on_the_roster_or_in_a_row_may_hand_in(said, unit):
    assert said(unit=unit) == []


def test_a_unit_that_nobody_knows_is_doubted_with_the_nearest_name(said):
    message = "填报单位“云岭县水力局”不在帮扶单位名册里，各表里也没有这个单位、学校、村或乡镇，是不是“云岭县水利局”"
    assert said(unit="云岭县水力局") == [("PV28c", "走访.csv", message)]


def test_without_a_roster_of_units_nobody_is_asked(said):
    assert said(unit="云岭县水力局", roster=False) == []
