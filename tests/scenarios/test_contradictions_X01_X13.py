"""What does not fit together in the twelve plans themselves, or is left open: told, counted apart or 未设定; nothing stops."""

from pathlib import Path

import pytest

import bangfu_excel as bf
from bangfu_excel.cli.scheme_words import Names, scheme_lines
from bangfu_excel.domain import CODELISTS, TABLES
from bangfu_excel.errors import ConfigError
from bangfu_excel.pipeline import ledger_titles, metric_titles
from bangfu_excel.profile import load_scheme, scheme_files

MAN = "990101196805123015"


def check(folder: Path, scheme, as_of="2013-06-30", **files):
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8-sig")
    return bf.check(folder, scheme=scheme, as_of=as_of)


def the(batch, code):
    (found,) = [f for f in batch.findings if f.code == code]
    return found


def test_X01_three_categories_are_announced_and_two_listed():
    assert load_scheme("jiedui").hints == ("方案称帮扶对象有3类，列出的是2类；以列出的为准，可以增加",)


def test_X01_a_category_that_nobody_lists_stops_nothing(tmp_path):
    homes = "户编号,户主姓名,户主身份证号,对象类别\n" + f"QS1,赵大山,{MAN},困难渔民\n"
    batch = check(tmp_path, "jiedui", 户=homes)
    assert len(batch.tables["household"]) == 1
    assert "困难渔民" in {f.place.value for f in batch.findings}


def test_X02_able_to_work_in_one_place_and_not_in_another_is_doubted_not_refused(tmp_path):
    homes = f"户编号,户主姓名,户主身份证号,劳动能力\nQS1,赵大山,{MAN},有劳动能力\n"
    people = f"户编号,姓名,身份证号码,与户主关系,劳动能力\nQS1,赵大山,{MAN},户主,无劳动力\n"
    batch = check(tmp_path, "xiajiceng", 户=homes, 人=people)
    assert str(the(batch, "HH16").severity) == "warning"
    assert batch.tables["household"]["labour_capacity"].to_list() == ["有劳动能力"]


def test_X03_a_share_is_recomputed_from_its_counts(tmp_path):
    batch = check(tmp_path, "xiajiceng", 村="乡镇,行政村,总人口,贫困人口,贫困人口比例\n青石镇,柳溪村,1468,96,8.5%\n")
    told = the(batch, "VL01")
    assert str(told.severity) == "warning" and "8.5%" in told.message
    assert "VL01" not in {
        f.code for f in check(tmp_path, "xiajiceng", 村="乡镇,行政村,总人口,贫困人口,贫困人口比例\n青石镇,柳溪村,1468,96,6.5%\n").findings
    }  # fmt: skip


def test_X04_dates_count_and_not_what_the_period_is_called():
    scheme = load_scheme("xiajiceng")
    assert (f"{scheme.start}", f"{scheme.end}", scheme.period_words) == ("2012-04-01", "2014-12-31", "三年")
    assert scheme.hints == ("方案称“三年”，实施期以起止日期为准：2012-04-01至2014-12-31",)


def test_X05_visits_to_the_village_and_to_poor_families_are_counted_apart():
    scheme = load_scheme("xiajiceng")
    (weekly,) = [c for c in scheme.cadences if c.per == "week"]
    assert (weekly.who, weekly.whom, weekly.counter) == ("group", "village", "group-village")
    (bulletin,) = [output for output in scheme.outputs if output.id == "monthly-bulletin"]
    assert (bulletin.tables, "贫困户家的次数" in bulletin.note) == (("visit",), True)


def test_X06_a_notice_later_than_its_first_phase_is_noted():
    (hint,) = load_scheme("wusong").hints
    assert hint == "通知日期2013-04-17晚于“第一阶段：摸底”的开始日期2013-04-11，按阶段日期执行"


def test_X07_life_and_activities_are_two_priorities_whatever_the_heading_says(tmp_path):
    assert {CODELISTS["priority"].label_of(word) for word in ("生活", "生活优先")} == {"生活"}
    assert {CODELISTS["priority"].label_of(word) for word in ("活动", "活动优先", "生活上优先安排")} == {"活动"}
    named = [field for measure in load_scheme("wusong").measures for field in measure.fields]
    assert {"measure.priority=生活", "measure.priority=活动"} <= set(named)


def test_X08_the_third_of_a_group_may_be_anybody(tmp_path):
    (pattern,) = [p for p in load_scheme("wusong").patterns if p.id == "one-one-one"]
    assert (pattern.members, pattern.free_members) == (("教师", "学生"), 1)
    pairs = "学生姓名,学校,班级,帮扶教师,帮扶单位,帮扶人电话,结对方式,结对时间,第三方成员\n张小雨,青石小学,五（1）班,李明,青石小学,13900020002,1+1+1,2013-04-15,{}\n"
    for third in ("周小平", ""):
        batch = check(tmp_path, "wusong", 结对=pairs.format(third))
        assert not {f.code for f in batch.findings} & {"PV03", "PV04"}
        assert batch.tables["pairing"]["pattern"].to_list() == ["一加一加一"]


def test_X09_points_taken_at_discretion_need_a_reason_and_a_title_is_lost_by_veto():
    assessing = load_scheme("wenming-danwei").assessing
    assert [(i.mode, i.weight, i.reason_needed) for i in assessing.indicators if i.is_beside] == [
        ("discretion", 0, True), ("veto", 0, True),
    ]  # fmt: skip
    assert [(p.veto, p.by_hand) for p in assessing.penalties] == [(False, True), (True, True)]


OPEN = {
    "jiedui": ["定期集中培训", "遇突发事件或临时困难及时上门"],
    "aixin-mama": ["访班主任、访监护人"],
    "xuexiao-cun": ["清洁家园行动", "每年办几件实事"],
    "xuexiao-jiedui": ["领导和骨干教师定期到农村学校"],
    "liushou-guanai": ["教师定期走访临时监护人", "教师、儿童、监护人座谈会", "教师检查结对效果", "主题班会、队活动"],
    "wenming-danwei": ["清洁家园行动"],
}
"""“定期” and “几件” without a number."""


@pytest.mark.parametrize("name", scheme_files())
def test_X10_what_has_no_number_is_shown_as_unset_until_the_county_sets_it(name):
    scheme = load_scheme(name)
    left_open = [one for one in (*scheme.cadences, *scheme.goals, *scheme.records) if getattr(one, "unset", False)]
    assert {one.title for one in left_open} == set(OPEN.get(name, []))
    lines = [line.strip() for line in scheme_lines(scheme, Names(TABLES, ledger_titles(), metric_titles()))]
    assert all(any(line.startswith(f"· {one.title}　") and "未设定" in line for line in lines) for one in left_open)
    assert not {cadence.id for cadence in scheme.evaluated} & {one.id for one in left_open if hasattr(one, "id")}


def test_X11_a_plan_without_dates_says_so_or_is_refused(tmp_path):
    scheme = load_scheme("yiduiyi")
    assert (scheme.start, scheme.end, scheme.until_announced) == (None, None, True)
    file = tmp_path / "yiduiyi.toml"
    said = scheme_files()["yiduiyi"].read_text(encoding="utf-8")
    file.write_text(said.replace("until_announced = true", "until_announced = false"), encoding="utf-8")
    with pytest.raises(ConfigError, match="本方案须写明实施期，缺少start、end"):
        load_scheme(file)


def test_X12_traditional_characters_and_half_width_marks_are_read(tmp_path):
    pairs = "戶主姓名,幫扶責任人,幫扶單位,幫扶人電話,結對時間,結對方式\n趙大山,李明,水利局,１３９０００２０００２,2013-02-01,一對一\n"
    batch = check(tmp_path, "jiedui", 結對=pairs)
    row = batch.tables["pairing"].iloc[0]
    assert (row["recipient_name"], row["helper_phone"], row["pattern"]) == ("趙大山", "13900020002", "一对一")


def test_X13_spaces_in_names_and_commas_in_thousands_are_read(tmp_path):
    village = '乡镇,行政村,耕地面积,总人口,人均耕地,村负责人\n青石镇,柳溪村,"17,500亩","1,468",11.9,张 国\n'
    row = check(tmp_path, "xiajiceng", 村=village).tables["village"].iloc[0]
    assert (row["farmland_mu"], row["population"], row["leader"]) == (17500, 1468, "张国")
