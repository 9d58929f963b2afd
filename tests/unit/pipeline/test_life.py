"""A household's life in words, in order of time."""

import datetime as dt

import pytest

import bangfu_excel as bf
from bangfu_excel import pipeline
from bangfu_excel.core.kinds.numbering import check_digit
from bangfu_excel.errors import UsageError

NUMBER = "99010119600101101" + check_digit("99010119600101101")
HOUSEHOLDS = "乡镇,行政村,村民组,户编号,户主姓名,户主身份证号,家庭人口数,户联系电话\n"
BUREAU = "乡镇,行政村,户编号,户主姓名,户主身份证号,家庭人口数\n"
PAIRINGS = "乡镇,行政村,户编号,帮扶对象姓名,帮扶责任人,帮扶单位,帮扶人电话,结对时间\n"
VISITS = "走访时间,乡镇,行政村,户编号,户主姓名,走访人,走访方式,走访内容\n"
CORRECTION = {
    "table": "household", "key": "QS001", "field": "member_count", "old": 3, "new": 4, "source": "电话", "told_by": "村文书",
    "entered_by": "县办", "date": "2024-08-02", "place": "更正!C5",
}  # fmt: skip
HEAD = {
    "event": "head", "key": "QS001", "head_name": ["赵大山", "李秋菊"], "date": "2024-08-03", "basis": "户口簿", "place": "变动!B5",
}  # fmt: skip


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    folder = tmp_path_factory.mktemp("life")
    registry = bf.Registry(folder / "台账库")
    for month, size, helper in (
        ("06-30", 2, "王五,县农业局,13900010001,2024-01-01"),
        ("07-31", 3, "孙七,县农业局,13900010007,2024-07-20"),
    ):
        inbox = folder / month
        inbox.mkdir()
        home = f"清水镇,上河村,1组,QS001,赵大山,{NUMBER},{size},13800010001\n清水镇,上河村,2组,QS002,张三,,2,\n"
        visits = "".join(
            f"2024-{month[:2]}-{day:02d},清水镇,上河村,QS001,赵大山,王五,入户,查看住房{day}\n" for day in (3, 5, 8, 9)
        )
        for name, text in {
            "花名册.csv": HOUSEHOLDS + home + "清水镇,下河村,2组,QS003,张三,,2,\n",
            "结对.csv": f"{PAIRINGS}清水镇,上河村,QS001,赵大山,{helper}\n",
            "走访.csv": VISITS + visits,
        }.items():
            (inbox / f"清水镇{name}").write_text(text, encoding="utf-8-sig")
        bf.merge(bf.check(inbox, as_of=f"2024-{month}", registry=registry, engine="serial"), registry)
    registry.record("correct", [CORRECTION], received=dt.date(2024, 8, 2), file="更正单.xlsx")
    registry.record("event", [HEAD], received=dt.date(2024, 8, 6), file="更正单.xlsx")
    return registry


def texts(life):
    return [f"{line.day} {line.text}" for line in life.lines]


def test_it_is_told_in_order_of_time_with_day_and_source(registry):
    life = pipeline.life(registry, "QS001")
    said = texts(life)
    assert life.title == "李秋菊户，清水镇上河村1组，户编号QS001，现在册"
    assert [line.day for line in life.lines] == sorted(line.day for line in life.lines)
    assert said[0].startswith("2024-06-30 首次填报：") and "家庭人口数2" in said[0]
    assert life.lines[0].source.startswith("清水镇花名册.csv 第2行，批次0001-")
    assert "2024-07-31 家庭人口数由“2”改为“3”（G2）" in said
    assert "2024-07-31 结对帮扶人王五，到2024-07-19为止，由后任接替" in said
    assert "2024-08-02 县办更正：家庭人口数由“3”改为“4”（电话，村文书）" in said
    assert said[-1] == "2024-08-06 户主变更：赵大山→李秋菊（2024-08-03，户口簿）"
    assert life.lines[-1].source.startswith("更正单.xlsx 变动!B5")


def test_numbers_are_masked_unless_asked_for(registry):
    assert NUMBER not in " ".join(texts(pipeline.life(registry, "QS001")))
    assert "13800010001" not in " ".join(texts(pipeline.life(registry, "QS001")))
    full = " ".join(texts(pipeline.life(registry, "QS001", full=True)))
    assert NUMBER in full and "13800010001" in full


def test_visits_are_counted_by_month_and_the_last_five_told(registry):
    head, *shown = pipeline.life(registry, "QS001").visits
    assert head == "走访记录：共8次（2024-06 4次，2024-07 4次），最近5次"
    assert [visit[:10] for visit in shown] == ["2024-06-09", "2024-07-03", "2024-07-05", "2024-07-08", "2024-07-09"]
    assert len(pipeline.life(registry, "QS001", every_visit=True).visits) == 9


def test_a_household_is_found_by_the_name_of_its_head_of_before_and_by_its_village(registry):
    assert pipeline.life(registry, "赵大山").title == pipeline.life(registry, "QS001").title
    assert "QS003" in pipeline.life(registry, "张三", village="下河村").title
    with pytest.raises(UsageError, match="叫“张三”的有2户：QS002（清水镇上河村）；QS003（清水镇下河村）"):
        pipeline.life(registry, "张三")
    with pytest.raises(UsageError, match="没有叫“王二”的户"):
        pipeline.life(registry, "王二")


def test_what_another_unit_leaves_out_is_no_change_and_nobody_takes_back_what_another_said(tmp_path):
    registry = bf.Registry(tmp_path / "台账库")
    sent = {
        "06-30": {"清水镇户.csv": f"{HOUSEHOLDS}清水镇,上河村,1组,QS001,赵大山,{NUMBER},2,13800010001\n"},
        "07-31": {"县民政局户.csv": f"填报单位：县民政局,,,,,\n{BUREAU}清水镇,上河村,QS001,赵大山,{NUMBER},4\n"},
        "08-31": {"清水镇户.csv": f"{HOUSEHOLDS}清水镇,上河村,1组,QS001,赵大山,{NUMBER},2,13800010009\n"},
    }
    for month, files in sent.items():
        (tmp_path / month).mkdir()
        for name, text in files.items():
            (tmp_path / month / name).write_text(text, encoding="utf-8-sig")
        inbox = tmp_path / month
        bf.merge(bf.check(inbox, as_of=f"2024-{month}", registry=registry, engine="serial"), registry)
    decision = {
        "table": "household", "key": "QS001", "field": "member_count", "value": 4.0, "precision": "", "stated": ["2", "4"],
        "place": "数据冲突!M4",
    }  # fmt: skip
    registry.record("decide", [decision], received=dt.date(2024, 9, 2), file="冲突裁决.xlsx")
    assert texts(pipeline.life(registry, "QS001"))[1:] == [
        "2024-07-31 家庭人口数由“2”改为“4”（F3）",
        "2024-08-31 户联系电话由“138****0001”改为“138****0009”（H2）",
        "2024-09-02 县办裁决：家庭人口数以“4”为准",
    ]
