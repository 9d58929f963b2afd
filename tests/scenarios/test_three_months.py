"""三个月的花名册: who came, changed and went from June to August, why, and where it stands."""

import datetime as dt

import pandas as pd
import pytest

import bangfu_excel as bf
from bangfu_excel.core.kinds.numbering import check_digit


def number(birth, sequence):
    first = f"990101{birth}{sequence:03d}"
    return first + check_digit(first)


NAMES = ("赵大山", "钱守田", "孙有福", "李长贵", "周小满")
IDS = {name: number(f"19{50 + at}0101", 11 + 2 * at) for at, name in enumerate(NAMES)}
SON = number("20100506", 31)
HOUSEHOLDS = "乡镇,行政村,村民组,户编号,户主姓名,户主身份证号,家庭人口数,户联系电话,状态,备注\n"
MEMBERS = "乡镇,行政村,户编号,户主姓名,姓名,身份证号,与户主关系\n"
PAIRINGS = "乡镇,行政村,户编号,帮扶对象姓名,帮扶责任人,帮扶单位,帮扶人电话,结对时间\n"
VISITS = "走访时间,乡镇,行政村,户编号,户主姓名,走访人,走访方式,走访内容\n"


def files(names, *, said=None, helpers=None, members=(), visits=""):
    """The township's roster of a month. said: name → status and remark · helpers: name → helper and day."""
    homes, persons, pairs = HOUSEHOLDS, MEMBERS, PAIRINGS
    for at, name in enumerate(NAMES, 1):
        if name in names:
            status, remark = (said or {}).get(name, ("正常", ""))
            helper, day = (helpers or {}).get(name, ("王五", "2024-01-01"))
            phone = {"孙七": "13900010007"}.get(helper, "13900010001")
            homes += f"清水镇,上河村,{at}组,QS00{at},{name},{IDS[name]},2,1380001000{at},{status},{remark}\n"
            persons += f"清水镇,上河村,QS00{at},{name},{name},{IDS[name]},户主\n"
            pairs += f"清水镇,上河村,QS00{at},{name},{helper},县农业局,{phone},{day}\n"
    for at, name, own, relation in members:
        persons += f"清水镇,上河村,QS00{at},{NAMES[at - 1]},{name},{own},{relation}\n"
    found = {"清水镇花名册.csv": homes, "清水镇成员.csv": persons, "清水镇结对.csv": pairs}
    return found | ({"清水镇走访.csv": VISITS + visits} if visits else {})


JUNE = files(NAMES, helpers={"周小满": ("王伍", "2024-01-01")})
LEAVING = {"赵大山": ("死亡", ""), "钱守田": ("正常", "2024年已脱贫"), "孙有福": ("正常", "整户迁出到县城")}
JULY = files(NAMES, said=LEAVING)
AUGUST = files(
    NAMES[3:], helpers={"李长贵": ("孙七", "2024-08-20")}, members=[(5, "周小宝", SON, "之子")],
    visits="2024-08-10,清水镇,上河村,QS004,李长贵,王五,入户,送去化肥两袋并查看住房\n",
)  # fmt: skip


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """The registry after the three months, and the result of each run."""
    folder = tmp_path_factory.mktemp("county")
    results = []
    for month, sent in (("06-30", JUNE), ("07-31", JULY), ("08-31", AUGUST)):
        inbox = folder / month
        inbox.mkdir()
        for name, text in sent.items():
            (inbox / name).write_text(text, encoding="utf-8-sig")
        results.append(
            bf.run(inbox, folder / f"结果{month}", registry=folder / "台账库", as_of=f"2024-{month}", engine="serial")
        )
    return bf.Registry(folder / "台账库"), results


def told(registry, since, until, *columns):
    lines = registry.changes(since, until)
    return lines[lines["field"] != "_key"][list(columns)].values.tolist()


def test_why_three_households_are_gone(county):
    registry, _ = county
    lines = registry.changes("2024-07-31", "2024-08-31")
    gone = lines[lines["kind"] == "减少"]
    assert dict(zip(gone["key"], gone["reason"], strict=True)) == {"QS001": "死亡", "QS002": "脱贫", "QS003": "迁出"}
    assert set(gone["table"]) == {"household"}
    assert gone[["file", "cell"]].iloc[0].tolist() == ["清水镇花名册.csv", "A2"]


def test_a_helper_who_was_replaced_and_one_whose_name_was_corrected(county):
    registry, _ = county
    kinds = ("table", "kind", "field", "before", "after")
    assert ["pairing", "变更", "helper_name", "王伍", "王五"] in told(registry, "2024-06-30", "2024-07-31", *kinds)
    assert "更换帮扶人" not in {line[1] for line in told(registry, "2024-06-30", "2024-07-31", *kinds)}
    august = told(registry, "2024-07-31", "2024-08-31", *kinds)
    assert [line[3:] for line in august if line[1] == "更换帮扶人"] == [
        ["王五（2024-01-01至2024-08-19）", "孙七（2024-08-20起）"]
    ]


def test_a_member_who_was_added(county):
    registry, _ = county
    lines = registry.changes("2024-07-31", "2024-08-31")
    new = lines[(lines["kind"] == "新增") & (lines["table"] == "member")]
    assert new[["key", "file", "cell"]].values.tolist() == [[f"QS005|{SON}", "清水镇成员.csv", "A4"]]


def test_august_is_due_from_who_was_there_and_his_visit_counts(county):
    registry, _ = county
    due = bf.assess(registry, period="2024-08", as_of="2024-08-31").due
    own = due[due["whom"] == "QS004"]
    assert own[["due_from", "due_to", "met"]].astype("str").values.tolist() == [["2024-08-01", "2024-08-19", "True"]]
    september = bf.assess(registry, period="2024-09", as_of="2024-09-30").due
    assert len(september[september["whom"] == "QS004"]) == 1


def test_each_run_after_the_first_writes_what_its_batch_changed(county):
    _, results = county
    assert ["变更台账.xlsx" in result.files for result in results] == [False, True, True]


def sheet(path, name):
    rows = pd.read_excel(path, sheet_name=name, header=2, dtype="str", engine="calamine")
    return rows[rows["序号"].str.fullmatch(r"\d+", na=False)]


def test_the_workbook_of_two_days_says_it_in_a_clerks_words(county, tmp_path):
    registry, _ = county
    done = bf.changes(registry, tmp_path, since="2024-06-30", until=dt.date(2024, 8, 31))
    names = ["说明", "汇总", "新增", "变更", "减少", "更换帮扶人", "变动"]
    assert pd.ExcelFile(done.path, engine="calamine").sheet_names == names
    gone = sheet(done.path, "减少")
    assert gone[["户主", "表", "原因", "来源"]].values.tolist() == [
        ["赵大山", "帮扶对象户", "死亡", "清水镇花名册.csv A2"],
        ["钱守田", "帮扶对象户", "脱贫", "清水镇花名册.csv A3"],
        ["孙有福", "帮扶对象户", "迁出", "清水镇花名册.csv A4"],
    ]
    assert sheet(done.path, "更换帮扶人")[["乡镇", "村", "户编号", "户主"]].values.tolist() == [
        ["清水镇", "上河村", "QS004", "李长贵"]
    ]
    changed = sheet(done.path, "变更")
    assert changed[["姓名", "栏目", "原来", "现在"]].values.tolist() == [["王五", "帮扶责任人", "王伍", "王五"]]
    assert (
        done.counts.to_dict("records")[0] | {"乡镇": "清水镇", "减少户": 3, "更换帮扶人": 1, "新增走访": 1}
        == (done.counts.to_dict("records")[0])
    )


def test_masked_nobody_is_to_be_recognised(county, tmp_path):
    registry, _ = county
    done = bf.changes(registry, tmp_path, since="2024-06-30", masked=True)
    assert sheet(done.path, "减少")["户主"].tolist() == ["赵**", "钱**", "孙**"]
    text = " ".join(
        map(
            str, pd.concat(pd.read_excel(done.path, sheet_name=None, header=None, engine="calamine")).to_numpy().ravel()
        )
    )
    assert not any(name in text for name in (*NAMES, *IDS.values(), "周小宝", "13800010001"))


def test_a_ledger_says_on_request_where_each_row_and_value_comes_from(county, tmp_path):
    registry, _ = county
    paths = {
        path.parent.name + path.name.partition("_")[0]: path for path in bf.ledgers(registry, tmp_path, sources=True)
    }
    rows = pd.read_excel(paths["清水镇结对帮扶台账"], sheet_name="数据来源", header=2, dtype="str", engine="calamine")
    assert rows["台账序号"].tolist() == ["1", "2", "3"]
    ended = rows[rows["另有出处的栏目"].notna()]
    assert ended[["户主", "收件日期", "文件", "行", "另有出处的栏目"]].values.tolist() == [
        ["李长贵", "2024-07-31", "清水镇结对.csv", "5", "结束时间：清水镇结对.csv H2（接任）"]
    ]
    plain = bf.ledgers(registry, tmp_path / "2")
    assert all("数据来源" not in pd.ExcelFile(path, engine="calamine").sheet_names for path in plain)


def test_where_nothing_changed_the_workbook_says_so(county, tmp_path):
    registry, _ = county
    done = bf.changes(registry, tmp_path, since="2024-12-31")
    assert done.counts.empty
    assert done.path.exists()
