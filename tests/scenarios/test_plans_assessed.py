"""The samples of each plan, assessed over a year: what the plan asks for is counted or told as not set, and its workbook says the rest."""

import datetime as dt
import tomllib
from importlib import import_module
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import bangfu_excel as bf
from bangfu_excel.core.score_sheet import LEVEL_WORDS
from bangfu_excel.profile import load_scheme

ROOT = Path(__file__).parents[2]
PLANS = sorted(path.stem for path in (ROOT / "templates/schemes").glob("*.toml"))
SCORED = {
    "default": ["得分-乡镇", "得分-单位", "得分-帮扶人"],
    "wusong": ["得分-学校"],
    "aixin-mama": ["得分-帮扶人"],
    "xiajiceng": ["得分-帮扶小组"],
    "wenming-danwei": ["得分-单位"],
    "xuexiao-cun": ["得分-单位", "得分-学校"],
    "xuexiao-jiedui": ["得分-学校", "得分-帮扶人"],  # a headmaster goes by his school's, a teacher by his own
    "liushou-guanai": ["得分-学校", "得分-帮扶人"],
}
"""Plan with a score sheet → for whom it is written; the other plans say nothing by which somebody could be scored."""
NOTHING_YET = {("xiajiceng", "courses")}
"""Due at the end of the programme, after the samples: see `test_what_is_due_once_is_due_at_the_end_of_the_programme`."""
UNITS = ("人民医院", "供电公司", "农村信用联社", "家具厂", "市场监督管理局", "水利局")
DUE = {
    "wusong": {
        ("五送活动计划（2013-04-20）", "school"): {"石门小学", "贞河镇贞河小学"},
        ("帮扶活动工作总结（2013-05-20）", "school"): {"石门小学", "贞河镇贞河小学"},
    },
    "xuexiao-cun": {
        ("帮扶工作方案，写明责任人（2024-02-28）", "school"): {"云岭县实验中学", "云岭县第二小学"},
        ("半年工作小结（2024-06-30）", "school"): {"云岭县实验中学", "云岭县第二小学"},
    },
    "xuexiao-jiedui": {
        ("结对帮扶工作方案，送教育局备案", "school"): {
            f"云岭县{name}" for name in ("第一中学", "第二中学", "城关小学", "实验小学")
        },
    },
    "liushou-guanai": {
        ("关爱留守儿童工作计划（2013-03-10）", "school"): {"清溪镇清溪学校"},
        ("问题儿童的个别教育管理方案（2013-04-30）", "helper"): {"清溪镇清溪学校|蒲老师"},
        ("问题儿童的个别教育管理方案（2013-04-30）", "school"): {"清溪镇清溪学校"},
    },
    "wenming-danwei": {
        ("责任书（2024-01-31）", "unit"): {"云岭县水利局"},
        ("工作方案（2024-02-10）", "unit"): {"云岭县水利局"},
        ("半年工作小结（2024-06-30）", "unit"): {f"云岭县{unit}" for unit in UNITS},
        ("全年工作总结（2024-12-31）", "unit"): {f"云岭县{unit}" for unit in UNITS},
    },
}
"""Plan → paper and day, and the level that owes it → who owes it; without a day where neither the plan nor anybody says one; the
others name no day that is over, or no papers."""
SAID = (
    ("方案规定的考核方式：", "assessing", "points"),
    ("目标：", "goals"),
    ("纪律：", "discipline"),
    ("可以给予的奖励：", "assessing", "rewards"),
    ("可以给予的惩处（由轻到重）：", "assessing", "penalties"),
)
NUMBER = "云办发〔2024〕3号"
GRADES = '[[assessing.grades]]\ntitle = "合格"\nleast = 60\nbelow = 100\n\n[[assessing.grades]]\ntitle = "不合格"\nleast = 0\nbelow = 60\n'
CALENDAR = """
[calendar]
vacations = [{ title = "寒假", start = 2014-01-15, end = 2014-02-16 }]
"""


@pytest.fixture(scope="module", params=PLANS)
def plan(request):
    return request.param


@pytest.fixture(scope="module")
def registries(tmp_path_factory):
    """Plan → the registry of its samples, made when it is first asked for, and the day of the samples."""
    made = {}

    def of(plan):
        if plan not in made:
            with pytest.MonkeyPatch.context() as patch:
                patch.syspath_prepend(str(ROOT / "samples"))
                day = import_module(f"plans.{plan.replace('-', '_')}").AS_OF
            folder = tmp_path_factory.mktemp(plan) / "台账库"
            inbox = ROOT / "samples" / plan / "inbox"
            bf.merge(bf.check(inbox, scheme=plan, as_of=day, registry=folder), bf.Registry(folder))
            made[plan] = folder, day
        return made[plan]

    return of


@pytest.fixture(scope="module")
def assessed(plan, registries):
    folder, day = registries(plan)
    return bf.assess(folder, scheme=plan, period=str(day.year), as_of=day)


@pytest.fixture(scope="module")
def book(assessed, tmp_path_factory):
    return openpyxl.load_workbook(assessed.write(tmp_path_factory.mktemp("考核") / "考核.xlsx"), data_only=True)


def written(plan):
    """The plan's file, as the office reads it."""
    return tomllib.loads((ROOT / "templates/schemes" / f"{plan}.toml").read_text(encoding="utf-8"))


def counted(assessed):
    return set(assessed.due["rule"])


def untold(assessed):
    return "".join(finding.message for finding in assessed.findings if finding.code in ("AS03", "AS04"))


def papers(assessed):
    """(paper and day, level) → who owes it."""
    rows = assessed.items[assessed.items["metric"].isin(["on_time_rate", "document_rate"])]
    found = {}
    for row in rows.to_dict("records"):
        for level in ("helper", "group", "unit", "school"):
            if row[level]:
                found.setdefault((row["what"], level), set()).add(row[level])
    return found


def texts(sheet):
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def test_every_cadence_is_counted_or_told_as_not_set(plan, assessed):
    due, told = counted(assessed), untold(assessed)
    for cadence in written(plan).get("cadences", ()):
        named = f"“{cadence['title']}”" in told
        if (plan, cadence["id"]) in NOTHING_YET:
            assert (cadence["id"] in due, named) == (False, False)
        else:
            assert (cadence["id"] in due) != named, cadence["title"]
        assert named or not cadence.get("unset"), cadence["title"]
    assert due <= {cadence["id"] for cadence in written(plan).get("cadences", ())}


def test_every_metric_that_the_plan_names_is_measured(plan, assessed):
    file = written(plan)
    lines = [line["of"] for line in file.get("assessing", {}).get("indicators", ()) if "of" in line]
    named = {target["indicator"] for target in file.get("targets", ())} | set(lines)
    assert named <= set(assessed.measures)
    known = assessed.metrics[assessed.metrics["level"] == "county"]
    assert named <= set(known["indicator"])


def test_what_the_plan_says_of_assessing_stands_in_the_notes_in_its_order(plan, book):
    notes = texts(book["说明"])
    for begin, *keys in SAID:
        found = written(plan)
        for key in keys:
            found = found.get(key, {})
        expected = [f"{begin}{'；'.join(one['title'] for one in found)}。"] if found else []
        assert [text for text in notes if text.startswith(begin)] == expected


def test_every_level_of_the_plan_is_scored_on_every_line(plan, assessed, book):
    assert [name for name in book.sheetnames if name.startswith("得分-")] == SCORED.get(plan, [])
    assert bool(written(plan).get("assessing", {}).get("indicators")) == (plan in SCORED)
    for name in SCORED.get(plan, []):
        heads = {text.split("\n")[0] for text in texts(book[name])}
        assert {line["title"] for line in written(plan)["assessing"]["indicators"]} <= heads
    lines = [line["title"] for line in written(plan).get("assessing", {}).get("indicators", ())]
    said = [text for text in texts(book["说明"]) if text.startswith("考核项“")]
    assert sorted(text.split("”")[0].removeprefix("考核项“") for text in said) == sorted(lines)
    if plan in SCORED:
        scored = assessed.sheet.totals[assessed.sheet.totals["score"].notna()]
        assert set(scored["level"]) == set(assessed.sheet.levels)
        for (level, subject), _ in scored[scored["level"] != "helper"].groupby(["level", "subject"]):
            assert subject in texts(book[f"得分-{LEVEL_WORDS[level]}"])


def test_without_the_number_of_a_document_there_are_no_grades(assessed, book):
    assert assessed.scores["grade"].fillna("").eq("").all()
    assert any("试算" in text and "不评定等次" in text for text in texts(book["说明"]))


def with_bands(scored, number, registries, folder):
    """The plan assessed with bands of grades and this number of the county's document."""
    text = (ROOT / "templates/schemes" / f"{scored}.toml").read_text(encoding="utf-8")
    own = folder / f"{scored}.toml"
    grades = "" if "[[assessing.grades]]" in text else f"\n{GRADES}"
    given = f'[assessing]\ndocument_number = "{number}"\n'
    own.write_text(text.replace('document_number = ""\n', "").replace("[assessing]\n", given, 1) + grades, "utf-8")
    registry, day = registries(scored)
    return bf.assess(registry, scheme=own, period=str(day.year), as_of=day)


@pytest.mark.parametrize("number", ["", " \u3000"])
@pytest.mark.parametrize("scored", SCORED)
def test_bands_give_no_grades_before_the_number_is_entered(scored, number, registries, tmp_path):
    result = with_bands(scored, number, registries, tmp_path)
    assert result.sheet.totals["rank"].notna().any()
    assert result.sheet.totals["grade"].eq("").all()
    assert result.scores["grade"].fillna("").eq("").all()
    book = openpyxl.load_workbook(result.write(tmp_path / "考核.xlsx"), data_only=True)
    for name in SCORED[scored]:
        rows = list(book[name].iter_rows(values_only=True))
        head = next(number for number, row in enumerate(rows) if "等次" in row)
        at = rows[head].index("等次")
        assert {row[at] for row in rows[head + 1 :]} <= {None, ""}
        assert any("试算" in text for text in texts(book[name]))
    assert any("试算" in text for text in texts(book["总览"]))
    assert [text for text in texts(book["说明"]) if "考核办法" in text] == [
        "本结果为试算：没有录入本县考核办法的文号（参数表）之前，不评定等次。"
    ]


@pytest.mark.parametrize("scored", SCORED)
def test_with_the_number_of_a_document_who_is_ranked_has_a_grade(scored, registries, tmp_path):
    result = with_bands(scored, NUMBER, registries, tmp_path)
    ranked = result.scores[result.scores["rank"].notna()]
    few = (
        {"unit", "helper"} if scored == "default" else set()
    )  # fewer pairings than the plan asks of those whom it ranks
    assert set(ranked["level"]) == set(result.sheet.levels) - few
    paired = result.indicators[(result.indicators["indicator"] == "paired") & (result.indicators["value"] > 0)]
    with_one = {key for key in zip(paired["level"], paired["subject"], strict=True) if key[0] not in few}
    scores = result.scores[result.scores["score"].notna()]
    assert with_one & set(zip(scores["level"], scores["subject"], strict=True)) <= set(
        zip(ranked["level"], ranked["subject"], strict=True)
    )
    assert ranked["grade"].fillna("").ne("").all()
    book = openpyxl.load_workbook(result.write(tmp_path / "考核.xlsx"), data_only=True)
    assert f"考核办法：{NUMBER}。" in texts(book["说明"])
    trial = {sheet.title for sheet in book for text in texts(sheet) if "试算" in text}
    assert trial == {"参数"}  # which says what it would be without the number
    assert NUMBER in texts(book["参数"])


def test_points_are_taken_off_with_a_reason_and_a_title_is_lost_with_the_number_of_a_document(registries, tmp_path):
    """S003.5.22, S003.5.23: what people decide is typed in, counts with what it rests on, and nothing gives it by itself."""
    folder, day = registries("wenming-danwei")
    before = with_bands("wenming-danwei", NUMBER, registries, tmp_path)
    path = before.write(tmp_path / "考核.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["加减分及一票否决"]
    heads = {str(cell.value).replace("\n", ""): cell.column for cell in sheet[3]}
    rows = {sheet.cell(row, 2).value: row for row in range(4, sheet.max_row + 1)}
    idle, absent = "云岭县农村信用联社", "云岭县水利局"
    idleness, absence = "工作消极的酌情扣分", "不参加或不落实任务的一票否决"
    typed = {
        (idle, f"{idleness}扣分"): 5, (idle, f"{idleness}理由"): "两次例会缺席",
        (absent, f"{absence}否决填1"): 1, (absent, f"{absence}文号"): NUMBER,
    }  # fmt: skip
    for (name, head), value in typed.items():
        sheet.cell(rows[name], heads[head]).value = value
    book.save(path)
    asked = {"scheme": tmp_path / "wenming-danwei.toml", "period": str(day.year), "as_of": day}
    after = bf.assess(folder, manual=path, **asked).sheet.totals.set_index("subject")
    was = before.sheet.totals.set_index("subject")
    assert after.loc[idle, "discretion"] == 5
    assert after.loc[idle, "score"] == was.loc[idle, "score"] - 5
    assert (after.loc[absent, "grade"], after.loc[absent, "state"]) == ("不合格", "一票否决")
    assert pd.isna(after.loc[absent, "rank"])
    assert (was.loc[absent, "grade"], was.loc[absent, "rank"], was.loc[idle, "rank"]) == ("合格", 1, 2)
    assert after.loc[idle, "rank"] == 1  # who follows moves up
    assert not was["vetoed"].any()


def test_papers_are_due_by_their_days_from_those_who_owe_them(plan, assessed):
    assert papers(assessed) == DUE.get(plan, {})


def test_what_is_due_once_is_due_at_the_end_of_the_programme(registries):
    folder, _ = registries("xiajiceng")
    result = bf.assess(folder, scheme="xiajiceng", period="2014", as_of=dt.date(2014, 12, 31))
    assert "courses" in counted(result)
    due = papers(result)
    groups = due.pop(("每组一份调研报告（2014-12-31）", "group"))
    assert groups == set(result.sheet.totals["subject"])
    assert set(due) == {
        ("依据调研定的共建帮扶工作方案（2014-12-31）", "unit"),
        ("工作简报、信息通报（2014-12-31）", "unit"),
    }


def handed_in(result):
    """(whose or about whom, by when, what became of it)"""
    rows = result.papers
    return [(row.title, row.owner, row.whom, f"{row.due_on:%Y-%m-%d}", row.state) for row in rows.itertuples()]


def test_a_class_teacher_is_asked_for_the_education_plan_of_each_problem_child(registries, tmp_path):
    """S003.1.26: who owes it, for whom, by when, and that it is not there; S003.1.08: the school's work plan is."""
    folder, day = registries("liushou-guanai")
    result = bf.assess(folder, scheme="liushou-guanai", period=str(day.year), as_of=day)
    teacher = "清溪镇清溪学校|蒲老师"
    assert handed_in(result) == [
        ("关爱留守儿童工作计划", "清溪镇清溪学校", "", "2013-03-10", "按时"),
        ("问题儿童的个别教育管理方案", teacher, "苗壮", "2013-04-30", "未报"),
    ]
    lines = result.sheet.lines.set_index(["subject", "line"])["points"]
    assert (lines[teacher, "papers"], lines["清溪镇清溪学校", "papers"]) == (0, 5)
    book = openpyxl.load_workbook(result.write(tmp_path / "考核.xlsx"))
    assert "问题儿童的个别教育管理方案（苗壮）" in texts(book["未报材料"])


def test_the_summary_of_experience_is_due_when_the_activity_ends(registries, tmp_path):
    """S003.6.14: until somebody has set the end nobody knows by when, and that is told."""
    folder, day = registries("yiduiyi")
    assert "“经验总结和长效机制”，还没有设定方案的起止日期" in untold(bf.assess(folder, scheme="yiduiyi", as_of=day))
    text = (ROOT / "templates/schemes/yiduiyi.toml").read_text(encoding="utf-8")
    own = tmp_path / "yiduiyi.toml"
    own.write_text(text.replace("until_announced = true", "start = 2024-03-01\nend = 2024-06-25\n#"), encoding="utf-8")
    result = bf.assess(folder, scheme=own, period="2024", as_of="2024-06-30")
    assert untold(result) == ""
    assert ("经验总结和长效机制", "云岭县民族中学", "", "2024-06-25", "未报") in handed_in(result)


def test_what_a_plan_asks_in_vacations_is_counted_once_they_are_known(registries, tmp_path):
    folder, day = registries("aixin-mama")
    (tmp_path / "county.toml").write_text(CALENDAR, encoding="utf-8")
    result = bf.assess(folder, scheme="aixin-mama", profile=tmp_path, period=str(day.year), as_of=day)
    assert "vacation" in counted(result)
    assert "寒暑假上门看望或接到家中小住" not in untold(result)


def test_every_plan_is_assessed():
    assert len(PLANS) == 13
    assert set(SCORED) | set(DUE) <= set(PLANS)
    assert {plan for plan in PLANS if load_scheme(plan).assessing.indicators} == set(SCORED)
