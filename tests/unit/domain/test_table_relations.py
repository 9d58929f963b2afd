"""Rules across rows and tables: for each one case that fires, and where, and one that does not."""

import datetime as dt

import pandas as pd
import pytest

from bangfu_excel.core.finding import Effect, Place, Severity
from bangfu_excel.core.period import Period
from bangfu_excel.core.rule import BEFORE, Given
from bangfu_excel.domain import RELATIONS, TABLES

REGISTERED = 1000  # labels of registered rows begin here
GIVEN = Given(dt.date(2024, 6, 30), Period.parse("2024-06"))
ONE, TWO, THREE = "990101196805123015", "990101197008233021", "990101199501053031"
MARKS = {"_file": "甲.xlsx", "_sheet": "表", "_key": None, "_recipient": None, "_helper": None, "_region": 0}


def frame(table, *records):
    """Rows of a table as the relations see them: all fields, dates with precision, origin and links."""
    fields = {f.name: f.kind.dtype for f in TABLES[table].fields}
    marks = {name: "str" for name in MARKS if name != "_region"} | {"_region": "int32"}
    dates = {f"{f.name}__precision": "str" for f in TABLES[table].fields if f.kind.dtype.startswith("datetime")}
    written = {name: "str" for r in RELATIONS for name in r.reads.get(table, ()) if name.endswith("__stated")}
    columns = {}
    for name, dtype in {**fields, **dates, **marks, **written}.items():
        default = MARKS.get(name)
        columns[name] = pd.Series([record.get(name, default) for record in records], dtype=dtype)
    made = pd.DataFrame(columns, index=pd.RangeIndex(len(records))).assign(_row=range(2, len(records) + 2))
    if table == "household":
        made["_key"] = made["_key"].fillna(made["household_id"])
        made["_recipient"] = made["_key"]
    elif "household_id" in made:
        made["_recipient"] = made["_recipient"].fillna(made["household_id"])
    if table == "pairing":
        made["_helper"] = made["_helper"].fillna(made["helper_name"])
    if table == "visit":
        made["_helper"] = made["_helper"].fillna(made["visitors"])
    return made


def relation_on(table, code):
    (found,) = [r for r in RELATIONS if r.code == code and r.on == table]
    return found


def found(table, code, given=GIVEN, **records):
    """What the relation reports; tables that are not given are empty. `household__before` is what is registered."""
    return relation_on(table, code).test(frames(**records), given)


def frames(**records):
    made = {name: frame(name, *records.get(name, ())) for name in TABLES}
    for name in TABLES:
        before = frame(name, *records.get(f"{name}{BEFORE}", ())).assign(_outcome="accepted", _region=-1)
        again = before["_key"].isin(made[name]["_key"].dropna())
        made[f"{name}{BEFORE}"] = before.assign(_again=again).set_axis(before.index + REGISTERED, axis=0)
    return made


def where(table, code, **records):
    return sorted(found(table, code, **records).index)


def person(household, name, relation="之子", **more):
    return {"household_id": household, "name": name, "relation": relation, **more}


def visit(day, household="H1", visitors="李明", **more):
    return {"visited_on": day, "household_id": household, "head_name": f"户{household}", "visitors": visitors, **more}


def pair(household="H1", helper="李明", **more):
    return {"household_id": household, "helper_name": helper, **more}


FAMILY = [
    person("H1", "张三", "户主", gender="男"),
    person("H1", "王五", "配偶", gender="女"),
    person("H1", "张小", "之子"),
]
LONG = "查看住房和饮水，讲解养殖补贴政策"
FIVE_VISITS = [visit("2024-03-05", f"H{n}", village="柳溪村") for n in range(5)]


def in_file(file, *households):
    return [{"household_id": h, "head_name": f"赵{h[1:]}", "village": "柳溪村", "_file": file} for h in households]


NUMBERED = [{"household_id": f"YL01{n:03d}", "village": "柳溪村"} for n in range(20)]
ELSEWHERE = [{"household_id": f"YL02{n:03d}", "village": "上河村"} for n in range(20)]

CASES = [
    # table, code, rows, the rows reported, rows of the case that does not fire
    ("household", "HH16", {"household": [{"household_id": "H1", "labour_capacity": "有劳动能力"}, {"household_id": "H2", "labour_capacity": "无劳动能力"}],
                           "member": [person("H1", "张三", labour_ability="丧失劳动力"), person("H2", "李四", labour_ability="普通劳动力")]}, [0, 1],
     {"household": [{"household_id": "H1", "labour_capacity": "有劳动能力"}, {"household_id": "H2", "labour_capacity": "无劳动能力"}, {"household_id": "H3", "labour_capacity": "有劳动能力"}],
      "member": [person("H1", "张三", labour_ability="普通劳动力"), person("H1", "张小"), person("H2", "李四", labour_ability="无劳动力"),
                 person("H2", "王五", labour_ability="普通劳动力", status="死亡")]}),
    ("member", "ID06", {"member": [person("H1", "张三", id_number=ONE), person("H1", "李四", id_number=ONE)]}, [0, 1],
     {"member": [person("H1", "张三", id_number=ONE), person("H2", "李四", id_number=ONE), person("H3", "王五")]}),
    ("member", "ID07", {"member": [person("H1", "张三", id_number=ONE), person("H2", "张三", id_number=ONE + "43")]}, [0, 1],
     {"member": [person("H1", "张三", id_number=ONE), person("H2", "李四", id_number=TWO)]}),
    ("household", "ID06", {"household": [{"head_id": ONE, "_key": ONE, "head_name": name} for name in ("张三", "李四")]}, [0, 1],
     {"household": [{"head_id": ONE, "_key": ONE, "head_name": name} for name in ("张三", "张 三")]}),
    ("household", "ID07", {"household": [{"household_id": "H1", "head_id": ONE}, {"household_id": "H2", "head_id": ONE}]}, [0, 1],
     {"household": [{"household_id": "H1", "head_id": ONE}, {"household_id": "H1", "head_id": ONE}]}),
    ("member", "ID08", {"member": [person("H1", "张三", id_number=ONE), person("H2", "张三", id_number__stated=f"{ONE[:6]} {ONE[6:17]}x")]}, [1],
     {"member": [person("H1", "张三", id_number=ONE), person("H2", "李四", id_number__stated=ONE)]}),
    ("household", "ID08", {"household": [{"household_id": "H1", "head_id": ONE}, {"household_id": "H2", "head_id__stated": ONE[:17] + "X"}]}, [1],
     {"household": [{"household_id": "H1", "head_id": ONE}, {"household_id": "H2", "head_id__stated": TWO[:17] + "X"}]}),
    ("household", "HH11", {"household": [*NUMBERED, {"household_id": "YL0100", "village": "柳溪村"}]}, [20],
     {"household": [*NUMBERED[:18], {"household_id": "YL0100", "village": "柳溪村"}]}),  # too few to say what is usual
    ("household", "HH11", {"household": [*NUMBERED, *ELSEWHERE, {"household_id": "YL02100", "village": "柳溪村"}]}, [40],
     {"household": [*NUMBERED, *ELSEWHERE, {"household_id": "YL03001", "village": "上河村"}]}),
    ("household", "PV30b", {"household": [*in_file("甲", "H1", "H2"), *in_file("乙", "H1", "H2", "H3")]}, [0],
     {"household": [*in_file("甲", "H1", "H2", "H3"), *in_file("乙", "H3", "H4", "H5")]}),
    ("household", "PV32", {"household": in_file("甲", "H1", "H2"), "household__before": in_file("旧", "H1", "H3")}, [0],
     {"household": in_file("甲", "H1", "H2"), "household__before": [
         *in_file("旧", "H1"), {"household_id": "G1", "village": "上河村"}, {"household_id": "H3", "village": "柳溪村", "status": "迁出"},
         {"household_id": "H4", "village": "柳溪村", "remark": "2024年5月全户搬走"}]}),
    ("member", "PV32", {"member": FAMILY[:2], "member__before": FAMILY}, [0],
     {"member": [FAMILY[0], person("H1", "王五", id_number=ONE), person("H1", "张小小", id_number=TWO)],
      "member__before": [FAMILY[1], person("H1", "张小", id_number=TWO), person("H1", "张老", status="死亡"), person("H2", "赵六")]}),
    ("member", "HH13", {"member": [person("H2", "张三", id_number=ONE), person("H3", "王五", _key="K")],
                        "member__before": [person("H1", "张三", id_number=ONE, status="死亡"), person("H3", "王五", status="迁出", _key="K")]}, [0, 1],
     {"member": [person("H2", "张三", id_number=ONE), person("H1", "张三", id_number=ONE, status="注销", _region=-1)][:1],
      "member__before": [person("H1", "张三", id_number=ONE, status="外出"), person("H1", "李四", id_number=TWO, status="死亡")]}),
    ("member", "ID15", {"member": [person("H1", "张三", id_number=ONE), person("H1", "张 三", id_number=TWO)]}, [0, 1],
     {"member": [person("H1", "张三", id_number=ONE), person("H2", "张三", id_number=TWO), person("H1", "张三", id_number=ONE)]}),
    ("household", "ID18", {"household": [{"household_id": f"H{n}", "head_name": f"户主{n}", "phone": "13900010001"} for n in range(3)]}, [0],
     {"household": [{"household_id": "H1", "phone": "13900010001"}, {"household_id": "H1", "phone": "13900010001"}]}),
    ("member", "HH01", {"member": [person("H1", "王五", "配偶"), person("H1", "张三", "之子", head_name="张三"), *FAMILY[:0]]}, [1],
     {"member": [*FAMILY, person("H2", "赵六", None), person("H2", "赵七", "配偶")]}),
    ("member", "HH02", {"member": [*FAMILY, person("H1", "张大", "户主")]}, [0, 3],
     {"member": [*FAMILY, person("H1", "张大", "户主", status="死亡"), person("H2", "赵六", "户主")]}),
    ("member", "HH03", {"member": [*FAMILY, person("H1", "马八", "配偶")]}, [1, 3],
     {"member": [*FAMILY, person("H1", "王五", "配偶")]}),
    ("member", "HH04", {"member": [person("H1", "张三", "户主", gender="男"), person("H1", "王五", "配偶", id_number=ONE)]}, [1],
     {"member": [*FAMILY, person("H2", "赵六", "户主", gender="男"), person("H2", "赵七", "配偶")]}),
    ("household", "HH07", {"household": [{"household_id": "H1", "member_count": 2}], "member": FAMILY}, [0],
     {"household": [{"household_id": "H1", "member_count": 3}, {"household_id": "H2", "member_count": 4}, {"household_id": "H3"}],
      "member": [*FAMILY, person("H1", "张老", "之父", status="死亡"), person("H3", "丁一")]}),
    ("household", "HH10", {"household": [{"household_id": f"H{n}", "head_name": f"户主{n}", "village": "柳溪村"} for n in (1, 2, 3)], "member": FAMILY}, [1],
     {"household": [{"household_id": "H1"}], "member": FAMILY}),
    ("member", "HH15", {"household": [{"household_id": "H1", "head_name": "张山"}], "member": FAMILY}, [0],
     {"household": [{"household_id": "H1", "head_name": "张　三"}], "member": [*FAMILY, person("H2", "赵六", "户主", head_name="赵六")]}),
    ("pairing", "PV07c", {"pairing": [pair(started_on="2024-05-01"), pair(started_on="2024-01-15")]}, [1],
     {"pairing": [pair(started_on="2024-05-01"), pair(started_on="2024-01-15", ended_on="2024-04-30"), pair(helper="王芳", started_on="2024-02-01")]}),
    ("pairing", "PV33", {"pairing": [pair("H1", helper_phone="13900020002", _helper="李明|13900020002", helper_unit="水利局"),
                                     pair("H2", helper_phone="13900020003", _helper="李明|13900020003", helper_unit="水利局")]}, [0],
     {"pairing": [pair("H1", helper_phone="13900020002", _helper="李明|13900020002", helper_unit="水利局"),
                  pair("H2", helper_phone="13900020003", _helper="李明|13900020003", helper_unit="水利局", remark="同名"),
                  pair("H3", helper_phone="13900020004", _helper="李明|13900020004", helper_unit="民政局"),
                  pair("H4", helper_phone="13900020002、0571-88881234", _helper="李明|13900020002", helper_unit="水利局")]}),
    ("visit", "PV09b", {"visit": [visit("2024-01-14"), visit("2024-01-15"), visit("2024-06-02")],
                        "pairing": [pair(started_on="2024-01-15", ended_on="2024-06-01")]}, [0, 2],
     {"visit": [visit("2024-01-14", visitors="赵六"), visit("2024-01-01", visited_on__precision="month")], "pairing": [pair(started_on="2024-01-15"), pair("H2")]}),
    ("visit", "PV10", {"visit": [visit("2024-03-05", visitors="赵六"), visit("2024-04-05", visitors="赵六")], "pairing": [pair(), pair(helper="王芳")]}, [0],
     {"visit": [visit("2024-03-05", visitors="赵六、李 明"), visit("2024-03-05", visitors="孙七", group="一组"), visit("2024-03-05", "H2")],
      "pairing": [pair(group="一组")]}),
    ("visit", "PV11", {"visit": [visit("2024-03-05"), visit("2024-03-05", visitors="王芳、李明")]}, [1],
     {"visit": [visit("2024-03-05"), visit("2024-03-06"), visit("2024-03-05", "H2"), visit("2024-03-05", visitors="王芳"),
                visit("2024-03-05", mode="电话"), visit("2024-04-01", visited_on__precision="month"), visit("2024-04-01", visited_on__precision="month")]}),
    ("visit", "PV12", {"visit": FIVE_VISITS}, [0],
     {"visit": [*FIVE_VISITS[:4], *(visit("2024-03-06", f"H{n}", mode="集中") for n in range(9))]}),
    ("visit", "PV12", {"visit": [visit("2024-03-05", "H1", village="柳溪村"), visit("2024-03-05", "H2", village="上河村")]}, [0],
     {"visit": [visit("2024-03-05", "H1", village="柳溪村"), visit("2024-03-06", "H2", village="上河村")]}),
    ("visit", "PV13b", {"visit": [visit("2024-03-05", content=LONG), visit("2024-04-05", content=LONG), visit("2024-05-05", content=f" {LONG}")]}, [0],
     {"visit": [visit("2024-03-05", content=LONG), visit("2024-03-05", content=LONG), visit("2024-04-05", content=LONG, mode="集中"),
                visit("2024-03-05", content="宣传政策"), visit("2024-04-05", content="宣传政策")]}),
]  # fmt: skip


@pytest.mark.parametrize(("table", "code", "records", "rows", "_fine"), CASES)
def test_relation_fires_at_these_rows(table, code, records, rows, _fine):
    assert where(table, code, **records) == rows


@pytest.mark.parametrize(("table", "code", "_records", "_rows", "fine"), CASES)
def test_relation_does_not_fire(table, code, _records, _rows, fine):
    assert where(table, code, **fine) == []


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda r: f"{r.on}-{r.code}")
def test_relation_is_quiet_about_nothing(relation):
    assert relation.test(frames(), GIVEN).empty


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda r: f"{r.on}-{r.code}")
def test_relation_reads_columns_that_exist(relation):
    assert relation.on in TABLES
    assert set(relation.needs) | ({relation.related_in} - {""}) <= set(TABLES)
    for table, names in relation.reads.items():
        assert {name.split("__")[0] for name in names} <= set(TABLES[table.removesuffix(BEFORE)].names)
    assert set(relation.at) <= set(TABLES[relation.on].names)
    assert relation.by.startswith("_") or relation.by in TABLES[relation.on]


@pytest.mark.parametrize(("table", "code", "records", "rows", "_fine"), CASES)
def test_relation_gives_the_words_it_uses_and_says_them_plainly(table, code, records, rows, _fine):
    relation = relation_on(table, code)
    hits = found(table, code, **records)
    words = {n: str(hits[n].iloc[0]) for n in hits.columns if not n.startswith("_")}
    reads = dict.fromkeys((*relation.reads.get(table, ()), *relation.at), "丙")
    place = Place("甲.xlsx", "表", "C6", 6, table, relation.at[0], "甲栏", "乙")
    finding = relation.finding(place, **{**reads, **dict.fromkeys(relation.limits, "丁"), **words})
    said = finding.message + finding.suggestion + finding.told
    assert "6" in finding.message
    assert not any("a" <= char.lower() <= "z" for char in said.replace("户H", "户"))


def test_what_others_see_of_a_number_in_two_townships_names_nobody():
    finding = relation_on("member", "ID07").finding(
        Place("甲.xlsx", "表", "C6", 6, "member", "id_number", "证件号码", ONE), others="张三"
    )
    assert "张三" in finding.message
    assert "张三" not in finding.told
    assert "与外镇重复，请联系县办" in finding.told


def test_related_rows_are_named():
    hits = found("member", "ID07", member=[person("H1", "张三", id_number=ONE), person("H2", "李四", id_number=ONE)])
    assert list(hits["_related"]) == [(1,), (0,)]
    assert list(hits["others"]) == ["李四", "张三"]


def test_registered_rows_take_part_but_are_not_reported_where_one_stands_for_many():
    registered = visit("2024-03-05", "H9", _region=-1)
    hits = found("visit", "PV12", visit=[registered, *FIVE_VISITS[:4]])
    assert list(hits.index) == [1]
    assert hits["number"].iloc[0] == 5
    (again,) = found("visit", "PV11", visit=[visit("2024-03-05"), visit("2024-03-05", _region=-1)]).index
    assert again == 0


def test_one_finding_stands_for_all_households_with_one_telephone_of_a_township():
    homes = [
        {"household_id": f"H{n}", "head_name": f"户主{n}", "phone": "13900010001", "township": "青石镇"}
        for n in range(9)
    ]
    hits = found("household", "ID18", household=[*homes, {**homes[0], "household_id": "G", "township": "白水乡"}])
    assert list(hits.index) == [0, 9]
    assert list(hits["households"]) == [10, 10]
    assert hits["others"].iloc[0] == "户主0、户主1、户主2等9户"


def test_two_namesakes_whom_nothing_links_are_not_one_helper():
    far = [visit("2024-03-05", "G1", village="上河村", _file="乙.xlsx"), visit("2024-03-05", "H1", village="柳溪村")]
    visits = frame("visit", *far).assign(_helper=pd.Series([None, None], dtype="str"))
    assert relation_on("visit", "PV12").test({"visit": visits}, GIVEN).empty


def test_visits_of_whom_nothing_links_the_visitors_are_still_compared():
    visits = frame("visit", visit("2024-03-05"), visit("2024-03-05"))
    visits = visits.assign(_helper=pd.Series([None, None], dtype="str"))
    nobody = {
        **{name: frame(name) for name in TABLES},
        "visit": visits,
        "pairing": frame("pairing", pair(helper="赵六")),
    }
    reported = {r.code: list(r.test(nobody, GIVEN).index) for r in RELATIONS if r.on == "visit"}
    assert reported == {"PV09b": [], "PV10": [0], "PV11": [1], "PV12": [], "PV13b": []}


def test_a_telephone_call_is_no_visit_too_many():
    assert where("visit", "PV12", visit=[{**v, "mode": "电话"} for v in FIVE_VISITS]) == []


def test_the_county_may_allow_more_visits_a_day():
    lenient = Given(GIVEN.as_of, GIVEN.period, {"PV12": {"households": 6}})
    assert found("visit", "PV12", lenient, visit=FIVE_VISITS).empty


def test_an_open_pairing_says_only_its_start():
    hits = found("visit", "PV09b", visit=[visit("2024-01-14")], pairing=[pair(started_on="2024-01-15")])
    assert list(hits["span"]) == ["2024年1月15日起"]


@pytest.mark.parametrize("code", ["HH07", "PV09b", "PV10", "PV12", "PV13b", "ID08", "ID15", "ID18"])
def test_what_may_be_true_is_doubted_only(code):
    assert {(r.severity, r.effect) for r in RELATIONS if r.code == code} == {(Severity.WARNING, Effect.NONE)}


def test_no_relation_returns_a_row():
    assert all(r.effect is not Effect.ROW for r in RELATIONS)


def test_one_row_about_two_households_is_not_the_same_words_twice():
    twice = frame(
        "visit",
        visit("2024-03-05", "H1", content="召集两家商量合伙养蜂的事"),
        visit("2024-03-05", "H2", content="召集两家商量合伙养蜂的事"),
    )
    relation = next(r for r in RELATIONS if r.code == "PV13b")
    assert len(relation.test({"visit": twice}, GIVEN)) == 1
    assert relation.test({"visit": twice.assign(_row=2)}, GIVEN).empty
