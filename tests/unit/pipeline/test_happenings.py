"""The sheet 变动 of 更正单.xlsx: what happened to a household, a village or a helper, as a record of its kind."""

import shutil

import pytest
from office_county import BASIS, HEAD_1, HEAD_2, PHONE, WIFE_1, filled, records, registered

import bangfu_excel as bf

DAY = "2024-09-10"


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return registered(tmp_path_factory.mktemp("县"))


@pytest.fixture
def registry(county, tmp_path):
    """The county's registry for one test alone."""
    shutil.copytree(county.path, tmp_path / "台账库")
    return bf.Registry(tmp_path / "台账库")


def told(registry, path, kind, **line):
    """The record that a line becomes."""
    event = {"变动种类": kind, "日期": "2024-08-03", **BASIS, **line}
    bf.correct(filled(path / "更正单.xlsx", events=[event]), registry, received=DAY)
    (record,) = records(registry, "event")
    return record


def refusal(registry, path, kind, **line):
    with pytest.raises(bf.UsageError) as raised:
        told(registry, path, kind, **line)
    assert registry.state.office == ()
    return str(raised.value)


def test_a_wife_succeeds_the_head_with_the_number_under_which_she_is_known(registry, tmp_path):
    record = told(registry, tmp_path, "户主变更", 原户编号="H1", 现户主姓名="周桂芳", 备注="原户主病故")
    assert record == {
        "event": "head", "key": "H1", "head_name": ["张建国", "周桂芳"], "head_id": [HEAD_1, WIFE_1], "reason": "原户主病故",
    }  # fmt: skip
    (entry,) = registry.state.office
    said = entry.content["records"][0]
    assert (said["date"], said["basis"], said["entered_by"], said["place"]) == ("2024-08-03", "核实", "王芳", "变动!A4")


def test_a_household_moves_and_what_is_not_said_stays(registry, tmp_path):
    record = told(registry, tmp_path, "迁村", 原户主姓名="冯德福", 原行政村="枫树村", 现行政村="石桥村", 现村民组="3组")
    assert record == {
        "event": "move", "key": "H3", "township": ["清水镇", None], "village": ["枫树村", "石桥村"], "group": ["1组", "3组"],
    }  # fmt: skip


def test_a_household_gets_another_number(registry, tmp_path):
    record = told(registry, tmp_path, "户编号变更", 原户主证件号码=HEAD_2, 现户编号="N2")
    assert record == {"event": "renumber", "key": "H2", "household_id": ["H2", "N2"]}


def test_a_daughter_leaves_with_a_household_of_her_own(registry, tmp_path):
    household = {"现户编号": "H9", "现户主姓名": "张小雨", "随迁/分出成员": "张小雨，周桂芳"}
    people = registry.current("member").set_index("name")["_key"]
    record = told(registry, tmp_path, "分户", 原户编号="H1", **household)
    assert record == {
        "event": "split", "key": "H1", "members": [people["张小雨"], people["周桂芳"]],
        "household": {
            "household_id": "H9", "head_name": "张小雨", "head_id": "990101200906180245", "township": "清水镇",
            "village": "石桥村", "group": "1组",
        },
    }  # fmt: skip


def test_one_household_becomes_part_of_another(registry, tmp_path):
    record = told(registry, tmp_path, "并户", 原户编号="H4", 现户编号="H2")
    assert record == {"event": "join", "key": "H4", "into": "H2"}


def test_a_village_becomes_part_of_another(registry, tmp_path):
    record = told(registry, tmp_path, "村合并或更名", 原行政村="枫树村委会", 现行政村="石桥村")
    assert record == {"event": "village", "township": ["清水镇", "清水镇"], "village": ["枫树村", "石桥村"]}


def test_a_helper_leaves_and_another_comes(registry, tmp_path):
    now = {"现帮扶人": "赵强", "现帮扶单位": "县水利局", "现帮扶人电话": 13900020009, "结对时间": "2024.8.20"}
    record = told(registry, tmp_path, "帮扶人调动", 原帮扶人="李明", **now)
    assert record == {
        "event": "helper", "helper": "李明|13900020002", "ended_on": "2024-08-03", "households": [],
        "successor": {
            "helper_name": "赵强", "helper_unit": "县水利局", "helper_position": None, "helper_phone": "13900020009",
            "started_on": "2024-08-20",
        },
    }  # fmt: skip


def test_a_helper_gives_up_one_household_only(registry, tmp_path):
    record = told(registry, tmp_path, "帮扶人调动", 原帮扶人="李明", 原户编号="H2")
    assert (record["households"], record["successor"]) == (["H2"], None)


def test_corrections_and_events_of_a_workbook_are_two_entries(registry, tmp_path):
    event = {"变动种类": "户主变更", "日期": "2024-08-03", **BASIS, "原户编号": "H1", "现户主姓名": "周桂芳"}
    done = bf.correct(filled(tmp_path / "更正单.xlsx", [PHONE], [event]), registry, received=DAY)
    assert (done.corrections, done.events, len(done.batches)) == (1, 1, 2)
    assert [entry.kind for entry in registry.state.office] == ["correct", "event"]


def test_a_mistake_in_one_sheet_holds_the_other_back(registry, tmp_path):
    event = {"变动种类": "户主变更", "日期": "2024-08-03", **BASIS, "原户编号": "H1"}
    with pytest.raises(bf.UsageError, match="变动!N4没有填：请填“现户主姓名”"):
        bf.correct(filled(tmp_path / "更正单.xlsx", [PHONE], [event]), registry, received=DAY)
    assert registry.state.office == ()


REFUSED = {
    "unknown kind": (("搬家", {}), "变动!A4填的是“搬家”，请从下拉框里选：户主变更、迁村"),
    "no household": (("迁村", {"现行政村": "石桥村"}), "变动!G4没有填：请在“原”下面写清是哪一户"),
    "unknown household": (("迁村", {"原户编号": "H8", "现行政村": "石桥村"}), "变动!G4在台账库的帮扶对象户里找不到"),
    "two households": (("迁村", {"原户主姓名": "王大山", "现行政村": "石桥村"}), "请再填“原行政村”或“原户编号”或“原户主证件号码”"),
    "moved nowhere": (("迁村", {"原户编号": "H1"}), "变动!K4没有填：请写明迁到哪里"),
    "same head": (("户主变更", {"原户编号": "H1", "现户主姓名": "张 建国", "现户主证件号码": HEAD_1}), "变动!N4和原来的户主是同一个姓名"),
    "head of no number": (("户主变更", {"原户编号": "H1", "现户主姓名": "张大"}), "变动!O4没有填，这户的家庭成员里也查不到"),
    "wrong number": (
        ("户主变更", {"原户编号": "H1", "现户主姓名": "周桂芳", "现户主证件号码": WIFE_1[:17] + "1"}), "变动!O4：第4行“户主证件号码”",
    ),
    "number in use": (("户编号变更", {"原户编号": "H1", "现户编号": "H2"}), "变动!M4已经是台账库里另一户的编号"),
    "member unknown": (
        ("分户", {"原户编号": "H1", "现户主姓名": "张小雨", "随迁/分出成员": "张三丰"}), "变动!P4里的“张三丰”在这户的家庭成员里找不到",
    ),
    "nobody leaves": (("分户", {"原户编号": "H1", "现户主姓名": "张小雨"}), "变动!P4没有填：请写明分出去的是哪些人"),
    "members elsewhere": (("迁村", {"原户编号": "H1", "现行政村": "石桥村", "随迁/分出成员": "张小雨"}), "变动!P4只在分户时填"),
    "into itself": (("并户", {"原户编号": "H1", "现户主姓名": "张建国"}), "和原来的是同一户"),
    "unknown village": (("村合并或更名", {"原行政村": "桃源村", "现行政村": "石桥村"}), "变动!E4在台账库的帮扶对象户里没有"),
    "unknown helper": (("帮扶人调动", {"原帮扶人": "钱多"}), "变动!Q4在台账库里没有正在进行的结对"),
    "successor since when": (("帮扶人调动", {"原帮扶人": "李明", "现帮扶人": "赵强"}), "没有填：请填“结对时间”"),
    "not his household": (("帮扶人调动", {"原帮扶人": "李明", "原户编号": "H3"}), "这一户没有和这位帮扶人结对"),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "said"), REFUSED.values(), ids=REFUSED)
def test_a_mistake_is_named_with_its_cell_and_what_to_do(registry, tmp_path, wrong, said):
    kind, line = wrong
    assert said in refusal(registry, tmp_path, kind, **line)


def test_where_the_registry_refuses_the_events_the_corrections_are_taken_back(registry, tmp_path, monkeypatch):
    plain = bf.Registry.record

    def record(self, kind, *given, **named):
        if kind == "event":
            raise bf.RegistryError("变动!A4：不行")
        return plain(self, kind, *given, **named)

    monkeypatch.setattr(bf.Registry, "record", record)
    event = {"变动种类": "户主变更", "日期": "2024-08-03", **BASIS, "原户编号": "H1", "现户主姓名": "周桂芳"}
    with pytest.raises(bf.UsageError, match="一处也没有记：变动!A4：不行"):
        bf.correct(filled(tmp_path / "更正单.xlsx", [PHONE], [event]), registry, received=DAY)
    assert registry.state.office == ()
