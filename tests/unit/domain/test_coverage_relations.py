"""A family's ages, telephones, cover and risk, and helpers who are helped: for each a case that fires, and where, and one that does not."""

import pytest
from test_table_relations import ONE, THREE, TWO, found, pair, person, relation_on, where

HEAD = person("H1", "张三", "户主", id_number=ONE)  # born 1968
UNABLE = {"labour_ability": "无劳动力", "dibao": False}
HOME = {"household_id": "H1", "head_name": "张三"}
KNOWN = {"health": "健康", "school_status": "非在校生", "labour_ability": "普通劳动力"}
PLAN = {"kind": "工作方案", "unit": "水利局", "signed_on": "2024-03-15"}
HELPED = {"name": "李明", "id_number": ONE}


def removed(**more):
    return {**HOME, "risk_removed": True, **more}


CASES = [
    # table, code, rows, the rows reported, rows of the case that does not fire
    ("member", "HH12", {"member": [HEAD, person("H1", "张小", birth_date="1983-05-11"), person("H1", "张大", birth_date="1960-01-01")]}, [1, 2],
     {"member": [HEAD, person("H1", "张小", birth_date="1983-05-12"), person("H1", "张大", birth_date="1960-01-01", status="迁出"), person("H1", "张某", birth_date="1980-01-01", birth_date__precision="year")]}),
    ("member", "HH12", {"member": [HEAD, person("H1", "张老", "之父", birth_date="1953-05-13"), person("H1", "王老", "之岳母", birth_date="1970-01-01")]}, [1, 2],
     {"member": [HEAD, person("H1", "张老", "之父", birth_date="1953-05-12"), person("H1", "王老", "之岳母", birth_date="1960-05-12")]}),
    ("member", "HH12", {"member": [HEAD, person("H1", "王五", "配偶", birth_date="1947-05-11"), person("H1", "张孙", "之孙子", birth_date="1983-05-11")]}, [1, 2],
     {"member": [HEAD, person("H1", "王五", "配偶", birth_date="1988-05-12"), person("H1", "张孙", "之孙子", birth_date="2010-05-11")]}),
    ("member", "HH12", {"member": [HEAD, person("H1", "王小", "之儿媳", birth_date="1976-05-11")]}, [1],
     {"member": [HEAD, person("H1", "李四", "户主"), person("H1", "王小", "之儿媳", birth_date="1976-05-11"), person("H2", "张小", birth_date="1970-01-01")]}),
    ("member", "ID19", {"member": [person("H1", "张三", phone="139", work_place="广东省东莞市"), person("H1", "张小", phone="139", work_place="云岭县青石镇")]}, [0],
     {"member": [person("H1", "张三", phone="139", work_place="广东省深圳市"), person("H1", "张小", phone="139", work_place="广东省深圳市宝安区"),
                 person("H1", "王五", phone="139", work_place="在家"), person("H2", "李四", phone="139", work_place="云岭县"), person("H1", "张大", phone="138", work_place="云岭县")]}),
    ("household", "PC08", {"household": [HOME], "member": [person("H1", "张三", **UNABLE), person("H1", "张小", **UNABLE)]}, [0],
     {"household": [HOME, {"household_id": "H2"}, {"household_id": "H3", "household_type": "特困供养脱贫户"}, {"household_id": "H4"},
                    {"household_id": "H5", "recipient_category": "困难党员、五保户"}, {"household_id": "H6", "safety_net": True}],
      "member": [person("H1", "张三", **UNABLE), person("H1", "张小", labour_ability="无劳动力"), person("H2", "李四", **UNABLE),
                 person("H2", "李小", labour_ability="普通劳动力", dibao=False), person("H3", "王五", **UNABLE), person("H4", "赵六", **UNABLE, tekun=True),
                 person("H5", "钱七", **UNABLE), person("H6", "孙八", **UNABLE)]}),
    ("household", "MO02", {"household": [{**HOME, "cause": "因残、因病、因学、缺劳动力、缺技术"}], "member": [person("H1", "张三", **KNOWN)]}, [0],
     {"household": [{**HOME, "cause": "因残、因病、因学、缺劳动力"}, {"household_id": "H2", "cause": "因病"}],
      "member": [person("H1", "张三", health="残疾、长期慢性病", school_status="非在校生", labour_ability="无劳动力"),
                 person("H1", "张小", health="健康", school_status="小学", labour_ability="无劳动力"),
                 person("H2", "李四", health="健康"), person("H2", "李小")]}),
    ("household", "MO02", {"household": [{**HOME, "cause": "因务工就业不稳"}], "member": [person("H1", "张三", labour_ability="无劳动力")]}, [0],
     {"household": [{**HOME, "cause": "因务工就业不稳"}], "member": [person("H1", "张三", labour_ability="无劳动力", work_place="云岭县")]}),
    ("household", "MO05", {"household": [{**HOME, "removal_way": "帮扶消除"}]}, [0],
     {"household": [{**HOME, "removal_way": "帮扶消除"}, {"household_id": "H2", "removal_way": "自然消除"}], "measure": [{"household_id": "H1", "category": "产业帮扶"}]}),
    ("household", "MO08c", {"household": [removed()], "member": [person("H1", "张三", resident_medical=False)]}, [0],
     {"household": [removed(), {"household_id": "H2"}],
      "member": [person("H1", "张三", resident_medical=False, employee_medical=True), person("H1", "张小"), person("H2", "李四", resident_medical=False)]}),
    ("pairing", "PV08", {"pairing": [pair(helper="张小", recipient_name="张三")], "member": [HEAD, person("H1", "张小")]}, [0],
     {"pairing": [pair(helper="张小", remark="同名"), pair("H2", "张小"), pair(helper="张三", recipient_name="张三")], "member": [HEAD, person("H1", "张小")]}),
    ("helper", "PV08b", {"helper": [HELPED, {**HELPED, "id_number": TWO}], "household": [{**HOME, "head_id": ONE}], "member": [person("H1", "王五", id_number=f"{TWO}43")]}, [0, 1],
     {"helper": [{**HELPED, "id_number": THREE}, {**HELPED, "id_number": TWO}], "household": [{**HOME, "head_id": ONE}, {"household_id": "H2", "head_id": THREE, "status": "迁出"}], "member": [person("H1", "王五", id_number=TWO, status="死亡")]}),
    ("document", "PV27", {"document": [PLAN], "pairing": [pair(helper_unit="水利局", started_on="2024-02-13")]}, [0],
     {"document": [PLAN, {**PLAN, "unit": "农业局"}, {**PLAN, "kind": "半年小结", "signed_on": "2024-06-01"}, {**PLAN, "signed_on": "2024-04-01"}],
      "pairing": [pair(helper_unit="水利局", started_on="2024-02-14"), pair(helper_unit="农业局", started_on="2022-02-01")]}),
]  # fmt: skip


@pytest.mark.parametrize(("table", "code", "records", "rows", "_fine"), CASES)
def test_what_contradicts_is_told_at_these_rows(table, code, records, rows, _fine):
    assert where(table, code, **records) == rows


@pytest.mark.parametrize(("table", "code", "_records", "_rows", "fine"), CASES)
def test_what_may_well_be_is_not_told(table, code, _records, _rows, fine):
    assert where(table, code, **fine) == []


@pytest.mark.parametrize(("table", "code", "records", "_rows", "_fine"), CASES)
def test_the_words_that_a_sentence_needs_are_given_and_plain(table, code, records, _rows, _fine):
    relation, hits = relation_on(table, code), found(table, code, **records)
    given = {*hits.columns, *relation.reads[table], *relation.at, *relation.limits, "row", "label", "value"}
    assert {name.split("}")[0] for name in relation.says.split("{")[1:]} <= given
    assert not any("a" <= char.lower() <= "z" for char in "".join(hits.astype(str).to_numpy().ravel()))


def test_how_far_apart_they_are_is_said():
    _, (_, _, children, *_), (_, _, parents, *_), (_, _, spouse, *_) = None, *CASES[:3]
    said = [list(found("member", "HH12", **records)["apart"]) for records in (children, parents, spouse)]
    assert said == [
        ["只比户主小14岁", "比户主年纪大"], ["只比户主大14岁", "比户主年纪小"], ["与户主相差21岁", "只比户主小14岁"],
    ]  # fmt: skip


def test_each_risk_that_no_member_knows_of_is_named():
    assert list(found("household", "MO02", **CASES[6][2])["lacking"]) == ["因残、因病、因学等4人"]
