"""年末: villages are merged, heads die, helpers come and go, and in December the whole year is sent again."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

import bangfu_excel as bf
from bangfu_excel.core.kinds.numbering import check_digit


def number(birth: str, sequence: int) -> str:
    first = f"990101{birth}{sequence:03d}"
    return first + check_digit(first)


HUSBAND, WIFE, OTHER = number("19500101", 11), number("19520202", 22), number("19600303", 33)
HOUSEHOLDS = "乡镇,行政村,村民组,户主姓名,户主身份证号,家庭人口数,户联系电话\n"
PAIRINGS = "乡镇,行政村,帮扶对象姓名,对象身份证号,帮扶责任人,帮扶单位,帮扶人电话,结对时间\n"
VISITS = "走访时间,乡镇,行政村,户主姓名,走访人,走访方式,走访内容\n"
QIAN = f"清水镇,下河村,1组,钱守田,{OTHER},2,13800010002\n"
QIAN_PAIRED = f"清水镇,下河村,钱守田,{OTHER},赵六,县水利局,13900010006,2024-01-01\n"
JULY = {
    "清水镇花名册.csv": HOUSEHOLDS + f"清水镇,上河村,3组,赵大山,{HUSBAND},3,13800010001\n" + QIAN,
    "清水镇结对.csv": PAIRINGS + f"清水镇,上河村,赵大山,{HUSBAND},王五,县农业局,13900010001,2024-01-01\n" + QIAN_PAIRED,
}
SEPTEMBER = {
    "清水镇花名册.csv": HOUSEHOLDS + f"清水镇,下河村,3组,李秋菊,{WIFE},3,13800010001\n" + QIAN,
    "清水镇结对.csv": PAIRINGS + f"清水镇,下河村,李秋菊,{WIFE},孙七,县农业局,13900010007,2024-08-20\n" + QIAN_PAIRED,
}
AUGUST_VISIT = {"清水镇走访.csv": VISITS + "2024-08-25,清水镇,上河村,赵大山,孙七,入户,送去化肥两袋并查看住房\n"}


@pytest.fixture
def registry(tmp_path: Path):
    return bf.Registry(tmp_path / "台账库")


@pytest.fixture
def send(tmp_path: Path, registry):
    """The batch and the merge of some files, checked against the registry."""

    def run(files: dict[str, str], as_of: str):
        folder = tmp_path / f"批{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8-sig")
        batch = bf.check(folder, as_of=as_of, registry=registry)
        return batch, bf.merge(batch, registry)

    return run


def tell_of_the_summer(registry):
    """What the office learns: a death, a helper who leaves and one who comes, two villages that become one."""
    rows = registry.current("household")
    (key,) = rows.loc[rows["head_name"] == "赵大山", "_key"]
    helper = registry.current("pairing").set_index("helper_name")["_helper"]["王五"]
    successor = {
        "helper_name": "孙七", "helper_unit": "县农业局", "helper_position": None, "helper_phone": "13900010007",
        "started_on": "2024-08-20",
    }  # fmt: skip
    records = [
        {"event": "head", "date": "2024-08-03", "basis": "电话", "key": key, "head_name": ["赵大山", "李秋菊"], "head_id": [HUSBAND, WIFE], "reason": "死亡", "place": "变动!A5"},
        {"event": "helper", "date": "2024-08-15", "basis": "文件", "helper": helper, "ended_on": "2024-08-15", "households": [], "successor": successor, "place": "变动!A6"},
        {"event": "village", "date": "2024-09-01", "basis": "文件", "township": ["清水镇", "清水镇"], "village": ["上河村", "下河村"], "place": "变动!A7"},
    ]  # fmt: skip
    return registry.record("event", records, received=dt.date(2024, 9, 3), file="更正单.xlsx")


def codes(findings, *without):
    return sorted(f.code for f in findings if f.code not in without)


def test_a_summer_of_changes_loses_and_adds_nobody(send, registry):
    send(JULY, "2024-07-31")
    told = tell_of_the_summer(registry)
    batch, merged = send(AUGUST_VISIT, "2024-08-31")
    (row,) = registry.current("visit").to_dict("records")
    assert (row["_recipient"], row["_helper"], row["_link"]) == (WIFE, "孙七|13900010007", "by_name")
    assert "LK06" in codes(batch.findings)
    assert not [f for f in batch.findings if f.severity != "info"]

    assessment = bf.assess(registry, period="2024-08", as_of="2024-08-31")
    due = assessment.due[assessment.due["whom"] == WIFE]
    assert [(w, c, bool(m)) for w, c, m in zip(due["who"], due["count"], due["met"], strict=True)] == [
        ("孙七|13900010007", 1, True)
    ]

    batch, merged = send(SEPTEMBER, "2024-09-30")
    assert not [f.code for f in (*batch.findings, *merged.findings) if f.severity != "info"]
    for table in ("household", "pairing"):
        assert (merged.added[table], merged.removed[table]) == (0, 0), table
    former = registry.current("household").set_index("head_name")["_former_village"]
    assert former.fillna("").to_dict() == {"李秋菊": "上河村", "钱守田": ""}
    assert registry.undo(told).withdrawn


def test_ledgers_show_the_village_of_now_and_the_one_of_before(send, registry, tmp_path):
    send(JULY, "2024-07-31")
    told = tell_of_the_summer(registry)
    assert households(registry, tmp_path / "后") == [
        ["村", "原村", "组", "户主姓名"], ["下河村", None, "1组", "钱守田"], ["下河村", "上河村", "3组", "李秋菊"],
    ]  # fmt: skip
    registry.undo(told)
    assert households(registry, tmp_path / "前")[0] == ["村", "组", "户主姓名"]


def households(registry, out):
    (path,) = [p for p in bf.ledgers(registry, out, as_of="2024-09-30") if "帮扶对象" in p.name and "全县" in str(p)]
    rows = list(openpyxl.load_workbook(path).worksheets[0].values)
    head = next(n for n, row in enumerate(rows) if "户主姓名" in row)
    shown = [n for n, name in enumerate(rows[head]) if name in ("村", "原村", "组", "户主姓名")]
    return [[row[n] for n in shown] for row in rows[head:] if row[shown[0]]]


def test_the_whole_year_sent_again_is_held_and_never_counted_twice(send, registry):
    """300 rows against 297 registered: 285 the same, 7 on another day, 8 new, 5 absent."""
    people = [(f"{surname}{given}", number("19600101", n)) for n, (surname, given) in enumerate(NAMES, start=101)]
    roster = HOUSEHOLDS + "".join(
        f"清水镇,下河村,1组,{name},{identity},2,138{n:08d}\n" for n, (name, identity) in enumerate(people)
    )
    send({"清水镇花名册.csv": roster}, "2024-01-31")
    visits = [(month, name) for month in range(1, 12) for name, _ in people]
    assert len(visits) == 297
    for month in range(1, 12):
        lines = "".join(line(m, 8, name) for m, name in visits if m == month)
        end = (dt.date(2024, month + 1, 1) - dt.timedelta(days=1)).isoformat()
        send({f"清水镇{month}月走访.csv": VISITS + lines}, end)
        registry.issue(f"2024-{month:02d}")
    assert len(registry.current("visit")) == 297
    kept = visits[:285]
    redated = [line(m, 18, name) for m, name in visits[285:292]]
    new = [line(m, 20, name) for m, name in visits[:8]]
    year = VISITS + "".join([*(line(m, 8, name) for m, name in kept), *redated, *new])
    batch, merged = send({"清水镇全年走访.csv": year}, "2024-12-31")
    assert batch.tables["visit"].shape[0] == 300
    assert [f.code for f in merged.findings if f.severity == "error"] == ["MG11"]
    told = merged.held.drop_duplicates(["kind", "key"])["kind"].value_counts().to_dict()
    assert told == {"变更": 7, "新增": 8, "缺失": 5}
    assert len(registry.current("visit")) == 297
    confirmed = registry.confirm(merged.held["submission"].dropna().unique())
    assert len(registry.current("visit")) == 300
    registry.undo(confirmed)
    assert len(registry.current("visit")) == 297


def line(month: int, day: int, name: str) -> str:
    return f"2024-{month:02d}-{day:02d},清水镇,下河村,{name},孙七,入户,查看住房并送去化肥\n"


NAMES = [(surname, given) for surname in "赵钱孙李周吴郑王冯" for given in ("大山", "守田", "秋菊")]
