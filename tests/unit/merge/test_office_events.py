"""What the office tells of households, villages and helpers: keys and values follow, nothing is added or lost by it."""

import datetime as dt

import pandas as pd
import pytest
from invented_rows import Line, batch_of

from bangfu_excel.core.masking import Disclosure, Masking
from bangfu_excel.core.table import Privacy
from bangfu_excel.domain import TABLES
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import Registry, merge

SAID_ON = dt.date(2024, 9, 5)
HOUSEHOLD, MEMBER, PAIRING, VISIT = (TABLES[name] for name in ("household", "member", "pairing", "visit"))
HEAD, WIFE = "990101196001010015", "990101196202020027"


@pytest.fixture
def registry(tmp_path):
    return Registry(tmp_path / "台账库")


def household(row, key, head="张三", village="上河村", township="清水镇", **more):
    says = {"township": township, "village": village, "head_name": head, **more}
    if "|" not in key:
        says["household_id"] = key
    return Line("花名册.xlsx", row, says, HOUSEHOLD, key=key, recipient=key)


def member(row, household, name):
    says = {"name": name, "village": "上河村", "township": "清水镇"}
    return Line("花名册.xlsx", row, says, MEMBER, sheet="成员", key=f"{household}|{name}", recipient=household)


def pairing(row, household, helper="王五|13900000001", started="2024-01-01", **more):
    name, _, phone = helper.partition("|")
    says = {"helper_name": name, "helper_phone": phone, "started_on": started, "recipient_name": "张三", **more}
    key = f"{household}|{helper}|{started}"
    return Line("花名册.xlsx", row, says, PAIRING, sheet="结对", key=key, recipient=household, helper=helper)


def visit(row, household, day="2024-08-25", helper="王五|13900000001"):
    says = {"visited_on": day, "visitors": "王五", "village": "上河村", "township": "清水镇", "head_name": "张三"}
    key = f"{household}|{day}||{helper}"
    return Line("走访.xlsx", row, says, VISIT, sheet="走访", key=key, recipient=household, helper=helper)


def send(registry, *lines, version="1", submitter="清水镇", **more):
    return merge(batch_of(lines, version=version, submitter=submitter, **more), registry)


def tell(registry, event, **said):
    record = {"event": event, "date": "2024-09-01", "basis": "清水镇政府通知", "place": "变动登记!A5", **said}
    return registry.record("event", [record], received=SAID_ON, file="更正单.xlsx")


def correct(registry, key, field, old, new, table="household", **more):
    record = {"table": table, "key": key, "field": field, "old": old, "new": new, "place": "更正单!E5", **more}
    return registry.record("correct", [record], received=SAID_ON, file="更正单.xlsx")


def row(registry, key, table="household"):
    rows = registry.current(table)
    (found,) = rows[rows["_key"] == key].to_dict("records")
    return found


def keys(registry, table="household"):
    return sorted(registry.current(table)["_key"])


def test_a_corrected_value_stands_and_undoing_it_brings_the_old_one_back(registry):
    send(registry, household(3, "H1", net_income=36000.0), household(4, "H2", net_income=5.0))
    told = correct(registry, "H1", "net_income", 36000.0, 3600.0)
    assert (row(registry, "H1")["net_income"], row(registry, "H2")["net_income"]) == (3600.0, 5.0)
    registry.undo(told)
    assert row(registry, "H1")["net_income"] == 36000.0


def test_the_old_value_sent_again_stays_corrected_and_a_third_one_stands(registry):
    send(registry, household(3, "H1", net_income=36000.0))
    correct(registry, "H1", "net_income", 36000.0, 3600.0)
    send(registry, household(3, "H1", net_income=36000.0), version="2")
    assert row(registry, "H1")["net_income"] == 3600.0
    send(registry, household(3, "H1"), version="3")
    assert row(registry, "H1")["net_income"] == 3600.0
    send(registry, household(3, "H1", net_income=4000.0), version="4")
    assert row(registry, "H1")["net_income"] == 4000.0


def test_a_correction_can_empty_a_value_and_fill_one_that_was_withheld(registry):
    line = household(3, "H1", phone="13900010001")
    bad = Line("乙.xlsx", 3, {"household_id": "H2"}, HOUSEHOLD, key="H2", recipient="H2", bad={"identified_on": "不详"})
    send(registry, line, bad)
    correct(registry, "H1", "phone", "13900010001", None)
    correct(registry, "H2", "identified_on", None, "2014-05-01", precision="month")
    assert pd.isna(row(registry, "H1")["phone"])
    found = row(registry, "H2")
    assert (found["identified_on"], found["identified_on__precision"]) == (pd.Timestamp("2014-05-01"), "month")
    assert found["_withheld"] == ""


def test_a_removed_record_stays_away_when_it_is_sent_again(registry):
    send(registry, household(3, "H1"), household(4, "H2"))
    told = correct(registry, "H2", "", "", "")
    assert keys(registry) == ["H1"]
    send(registry, household(3, "H1"), household(4, "H2"), version="2")
    assert keys(registry) == ["H1"]
    registry.undo(told)
    assert keys(registry) == ["H1", "H2"]


def test_a_new_head_is_named_wherever_the_household_is_listed(registry):
    send(registry, household(3, "H1", head_id=HEAD), pairing(3, "H1"), visit(3, "H1"))
    tell(registry, "head", key="H1", head_name=["张三", "李四妹"], head_id=[HEAD, WIFE], reason="死亡")
    found = row(registry, "H1")
    assert (found["head_name"], found["head_id"]) == ("李四妹", WIFE)
    assert registry.current("pairing")["recipient_name"].tolist() == ["李四妹"]
    assert registry.current("visit")["head_name"].tolist() == ["张三"]  # as it was on that day
    send(registry, household(3, "H1", "张 三", head_id=HEAD), version="2")
    assert row(registry, "H1")["head_name"] == "李四妹"


def test_who_is_known_by_his_head_is_followed_when_the_head_changes(registry):
    send(registry, household(3, HEAD, head_id=HEAD), member(3, HEAD, "张小明"), visit(3, HEAD))
    tell(registry, "head", key=HEAD, head_name=["张三", "李四妹"], head_id=[HEAD, WIFE])
    assert keys(registry) == [WIFE]
    assert keys(registry, "member") == [f"{WIFE}|张小明"]
    assert registry.current("visit")["_recipient"].tolist() == [WIFE]
    assert keys(registry, "visit") == [f"{WIFE}|2024-08-25||王五|13900000001"]
    result = send(registry, household(3, WIFE, "李四妹", head_id=WIFE), version="2")
    assert (result.added["household"], result.removed["household"]) == (0, 0)


def test_another_number_is_the_same_household_under_both(registry):
    send(registry, household(3, "H1"), member(3, "H1", "张小明"), pairing(3, "H1"))
    tell(registry, "renumber", key="H1", household_id=["H1", "N1"])
    assert keys(registry) == ["N1"]
    assert row(registry, "N1")["household_id"] == "N1"
    assert keys(registry, "member") == ["N1|张小明"]
    assert registry.current("pairing")["household_id"].isna().all()  # nobody stated a number there
    for version, number in (("2", "H1"), ("3", "N1")):
        result = send(registry, household(3, number), version=version)
        assert (keys(registry), result.added["household"], result.removed["household"]) == (["N1"], 0, 0)


def test_a_number_that_another_household_had_before_is_never_taken_over(registry):
    first = send(registry, household(3, "N1", "赵大山"), submitter="白水乡").batch_id
    registry.undo(first)
    send(registry, household(3, "H1"), visit(3, "H1"), version="2")
    tell(registry, "renumber", key="H1", household_id=["H1", "N1"])
    assert keys(registry) == ["N1"]
    registry.restore(first)
    assert keys(registry) == ["H1", "N1"]
    assert registry.current("visit")["_recipient"].tolist() == ["H1"]


def test_a_number_that_became_free_leads_to_nobody_else(registry):
    send(registry, household(3, "H1"), household(4, "H2", "赵大山"))
    registry.record(
        "event",
        [
            {"event": "renumber", "key": "H1", "household_id": ["H1", "H3"], "date": "2024-09-01"},
            {"event": "renumber", "key": "H2", "household_id": ["H2", "H4"], "date": "2024-09-01"},
        ],
        received=SAID_ON,
    )
    assert keys(registry) == ["H3", "H4"]
    tell(registry, "renumber", key="H4", household_id=["H4", "H5"])
    assert keys(registry) == ["H3", "H5"]


def test_who_moves_is_known_by_the_new_place_and_the_village_of_before(registry):
    place, now = "清水|上河|3|张三", "清水|下河|1|张三"
    send(registry, household(3, place, group="3组"), household(4, "H2", "赵大山"), visit(3, place))
    tell(registry, "move", key=place, township=["清水镇", "清水镇"], village=["上河村", "下河村"], group=["3组", "1组"])
    tell(registry, "move", key="H2", village=["上河村", "下河村"])
    found = row(registry, now)
    assert (found["village"], found["group"], found["_former_village"]) == ("下河村", "1组", "上河村")
    assert found["_unit"] == "清水|下河"
    assert row(registry, "H2")["_former_village"] == "上河村"
    assert registry.current("visit")["_recipient"].tolist() == [now]


def test_a_village_that_became_part_of_another_is_one_with_it(registry):
    place = "清水|上河||张三"
    send(registry, household(3, place), household(4, "H2", "赵大山"), household(5, "H3", "钱一", "下河村"))
    tell(registry, "village", township=["清水镇", "清水镇"], village=["上河村", "下河村"])
    assert keys(registry) == ["H2", "H3", "清水|下河||张三"]
    rows = registry.current("household")
    assert set(rows["village"]) == {"下河村"}
    assert rows.set_index("_key")["_former_village"].fillna("").to_dict() == {
        "H2": "上河村", "H3": "", "清水|下河||张三": "上河村",
    }  # fmt: skip
    lines = (household(3, "清水|下河||张三", village="下河村"), household(4, "H3", "钱一", "下河村"))
    result = send(registry, *lines, version="2", submitter="清水镇")
    assert keys(registry) == ["H3", "清水|下河||张三"]
    assert (result.added["household"], result.removed["household"]) == (0, 1)
    assert ["少了1户：赵大山" in f.message for f in result.findings if f.code == "MG10"] == [True]
    assert row(registry, "清水|下河||张三")["_former_village"] == "上河村"


def test_a_roster_of_the_other_village_takes_nothing_before_the_villages_were_one(registry):
    send(registry, household(3, "H1"), household(4, "H2", "赵大山", "下河村"))
    send(registry, household(3, "H2", "赵大山", "下河村"), version="2")
    tell(registry, "village", township=["清水镇", "清水镇"], village=["上河村", "下河村"])
    assert keys(registry) == ["H1", "H2"]


def test_namesakes_of_two_villages_that_became_one_stay_two_households(registry):
    send(registry, household(3, "清水|上河|1|张三"), household(4, "清水|下河|1|张三", village="下河村"))
    tell(registry, "village", township=["清水镇", "清水镇"], village=["上河村", "下河村"])
    assert keys(registry) == ["清水|上河|1|张三", "清水|下河|1|张三"]
    send(registry, household(3, "清水|新河|1|张三", village="新河村", head="张三丰"), version="2", submitter="白水乡")
    tell(registry, "village", township=["清水镇", "清水镇"], village=["下河村", "东河村"])
    assert keys(registry) == ["清水|上河|1|张三", "清水|东河|1|张三", "清水|新河|1|张三"]


def test_a_split_founds_a_household_and_takes_its_members_along(registry):
    send(registry, household(3, "H1"), member(3, "H1", "张小明"), member(4, "H1", "张小红"))
    new = {"household_id": "H9", "head_name": "张小明", "township": "清水镇", "village": "上河村", "group": "2组"}
    tell(registry, "split", key="H1", household=new, members=["H1|张小明"])
    assert keys(registry) == ["H1", "H9"]
    found = row(registry, "H9")
    assert (found["head_name"], found["_file"], found["_sheet"], found["_row"]) == (
        "张小明",
        "更正单.xlsx",
        "变动登记",
        5,
    )
    assert (found["_unit"], found["_submission"]) == ("清水|上河", "")
    assert keys(registry, "member") == ["H1|张小红", "H9|张小明"]
    result = send(registry, household(3, "H1"), household(4, "H9", "张小明", phone="13900010001"), version="2")
    assert (keys(registry), result.added["household"]) == (["H1", "H9"], 0)
    assert row(registry, "H9")["phone"] == "13900010001"


def test_a_join_ends_one_household_and_all_that_was_its_own_follows(registry):
    send(registry, household(3, "H1"), household(4, "H2", "赵大山"), member(3, "H1", "张小明"), visit(3, "H1"))
    told = tell(registry, "join", key="H1", into="H2")
    assert keys(registry) == ["H2"]
    assert row(registry, "H2")["head_name"] == "赵大山"
    assert keys(registry, "member") == ["H2|张小明"]
    assert registry.current("visit")["_recipient"].tolist() == ["H2"]
    registry.undo(told)
    assert keys(registry) == ["H1", "H2"]
    assert keys(registry, "member") == ["H1|张小明"]


SUCCESSOR = {
    "helper_name": "孙七", "helper_unit": "县水利局", "helper_phone": "13900000007", "helper_position": "科员",
    "started_on": "2024-08-20",
}  # fmt: skip


def pairings(registry):
    rows = registry.current("pairing")
    days = [rows[name].dt.strftime("%m-%d").fillna("") for name in ("started_on", "ended_on")]
    return sorted(zip(rows["_recipient"], rows["_helper"], *days, strict=True))


def test_when_a_helper_leaves_his_pairings_end_and_his_successor_has_them(registry):
    other = pairing(5, "H3", "赵六|13900000006")
    send(registry, pairing(3, "H1"), pairing(4, "H2", ended_on="2024-06-30"), other)
    tell(registry, "helper", helper="王五|13900000001", ended_on="2024-08-15", households=[], successor=SUCCESSOR)
    assert pairings(registry) == [
        ("H1", "孙七|13900000007", "08-20", ""),
        ("H1", "王五|13900000001", "01-01", "08-15"),
        ("H2", "王五|13900000001", "01-01", "06-30"),
        ("H3", "赵六|13900000006", "01-01", ""),
    ]
    new = row(registry, "H1|孙七|13900000007|2024-08-20", "pairing")
    assert (new["recipient_name"], new["helper_unit"], new["_file"]) == ("张三", "县水利局", "更正单.xlsx")
    submitted = pairing(4, "H1", "孙七|13900000007", "2024-08-21")
    send(registry, pairing(3, "H1"), submitted, version="2")
    assert [p[2:] for p in pairings(registry) if p[:2] == ("H1", "孙七|13900000007")] == [("08-21", "")]


def test_a_helper_may_leave_some_households_only(registry):
    send(registry, pairing(3, "H1"), pairing(4, "H2"))
    tell(registry, "helper", helper="王五|13900000001", ended_on="2024-08-15", households=["H2"], successor=None)
    assert [(p[0], p[3]) for p in pairings(registry)] == [("H1", ""), ("H2", "08-15")]


def test_a_correction_follows_the_household_when_its_key_changes(registry):
    send(registry, household(3, "H1", net_income=36000.0))
    correct(registry, "H1", "net_income", 36000.0, 3600.0)
    tell(registry, "renumber", key="H1", household_id=["H1", "N1"])
    assert row(registry, "N1")["net_income"] == 3600.0


def refused(registry, event, match, **said):
    before = registry.state
    with pytest.raises(RegistryError, match=match):
        tell(registry, event, **said)
    assert registry.state.office == before.office


def test_what_cannot_be_is_refused_as_a_whole(registry):
    lines = (household(3, "H1"), household(4, "H2", "赵大山"), member(3, "H1", "张小明"), pairing(3, "H1"))
    send(registry, *lines)
    refused(registry, "head", "^变动登记!A5：户主变更所指的户不在台账库里", key="H7", head_name=["张三", "李四妹"])
    refused(registry, "head", "没有写明哪一天", key="H1", head_name=["张三", "李四妹"], date="")
    refused(registry, "head", "和台账库里现在的不一样", key="H1", head_name=["孙三", "李四妹"])
    refused(registry, "head", "没有写明现在是什么", key="H1", head_name=["张三", None])
    refused(registry, "join", "一户不能并入自己", key="H1", into="H1")
    refused(registry, "join", "要并入的户不在台账库里", key="H1", into="H7")
    refused(registry, "renumber", "已经是另一户的", key="H1", household_id=["H1", "H2"])
    refused(registry, "split", "已经在台账库里", key="H1", household={"household_id": "H2"}, members=[])
    refused(registry, "split", "不在台账库的", key="H1", household={"household_id": "H9"}, members=["H1|张小红"])
    refused(registry, "village", "没有原来那个村的户", township=["清水镇", "清水镇"], village=["东河村", "下河村"])
    refused(registry, "helper", "没有这位帮扶人", helper="赵六|1", ended_on="2024-08-15", households=[])
    refused(
        registry, "helper", "没有和这位帮扶人结对", helper="王五|13900000001", ended_on="2024-08-15", households=["H2"]
    )
    refused(registry, "moved", "看不出是哪一种变动", key="H1")
    tell(registry, "renumber", key="H1", household_id=["H1", "N1"])
    refused(registry, "renumber", "绕成了圈", key="N1", household_id=["N1", "H1"])
    refused(registry, "renumber", "不在台账库里", key="H1", household_id=["H1", "N2"])
    with pytest.raises(RegistryError, match=r"^更正单!E5：原值和台账库里现在的不一样"):
        correct(registry, "N1", "net_income", 1.0, 2.0)
    with pytest.raises(RegistryError, match=r"这条记录不在台账库里"):
        correct(registry, "H1", "", "", "")


def test_events_of_one_workbook_build_on_each_other(registry):
    send(registry, household(3, "H1"), household(4, "H2", "赵大山"))
    first = {"event": "renumber", "date": "2024-09-01", "key": "H1", "household_id": ["H1", "N1"]}
    second = {"event": "join", "date": "2024-09-02", "key": "N1", "into": "H2"}
    with pytest.raises(RegistryError, match="第1条：并户所指的户不在台账库里"):
        registry.record("event", [second, first], received=SAID_ON)
    assert registry.record("event", [first, second], received=SAID_ON)
    assert registry.record("event", [first, second], received=SAID_ON) == ""
    assert keys(registry) == ["H2"]


def warned(result):
    return sorted((f.code, f.place.cell or f.place.row, f.message) for f in result.findings if f.code.startswith("MG3"))


def test_who_sends_the_old_value_again_is_told_at_its_cell(registry):
    send(registry, household(3, "H1", net_income=36000.0), household(4, "H2"), household(5, "H3", net_income=8.0))
    correct(registry, "H1", "net_income", 36000.0, 3600.0)
    correct(registry, "H3", "net_income", 8.0, 8000.0)
    correct(registry, "H2", "", "", "")
    lines = (household(3, "H1", net_income=36000.0), household(4, "H2"), household(5, "H3", net_income=9.0))
    result = send(registry, *lines, version="2")
    assert [(code, message) for code, _, message in warned(result)] == [
        ("MG30", "第3行填的还是“36000”，县办在2024-09-05更正过，仍按“3600”"),
        ("MG31", "第4行又报了县办在2024-09-05已经删除的记录，仍不计入"),
        ("MG32", "第5行填的是“9”，与县办在2024-09-05更正的“8000”不同，也不是更正前的内容，现按这次报的为准"),
    ]
    right = (household(3, "H1", net_income=3600.0), household(5, "H3", net_income=8000.0))
    assert warned(send(registry, *right, version="3")) == []


def test_a_late_roster_of_the_old_village_is_told_once(registry):
    lines = [household(n, f"H{n}", f"张{n}") for n in range(3, 9)]
    send(registry, *lines)
    tell(registry, "village", township=["清水镇", "清水镇"], village=["上河村", "下河村"])
    (told,) = warned(send(registry, *lines, version="2"))
    assert told[2] == "第3行等6处填的还是“上河村”，县办在2024-09-05登记了“村合并或更名”，仍按“下河村”"


def test_what_several_cells_say_differently_is_told_of_each(registry):
    lines = [household(n, f"H{n}", f"张{n}", net_income=1000.0 * n) for n in range(3, 8)]
    send(registry, *lines)
    for n in range(3, 8):
        correct(registry, f"H{n}", "net_income", 1000.0 * n, 100.0 * n)
    told = warned(send(registry, *lines, version="2"))
    assert [message for _, _, message in told] == [
        f"第{n}行填的还是“{n}000”，县办在2024-09-05更正过，仍按“{n}00”" for n in range(3, 8)
    ]


def test_an_announced_row_that_the_office_corrected_is_not_held_when_the_old_one_comes_again(registry):
    send(registry, household(3, "H1"))
    log = [visit(3, "H1"), visit(4, "H2")]
    send(registry, *log, period="2024-08")
    registry.issue("2024-08")
    correct(registry, log[0].key, "content", None, "送化肥", table="visit")
    tell(registry, "renumber", key="H1", household_id=["H1", "N1"])
    result = send(registry, *log, visit(5, "H3"), version="2", period="2024-08")
    assert [f.code for f in result.findings if f.code == "MG11"] == []
    assert result.held.empty


def test_a_value_of_the_office_comes_from_its_workbook(registry):
    send(registry, household(3, "H1", net_income=36000.0, head_id=HEAD), pairing(3, "H1"))
    correct(registry, "H1", "net_income", 36000.0, 3600.0)
    tell(registry, "head", key="H1", head_name=["张三", "李四妹"], head_id=[HEAD, WIFE])
    tell(registry, "helper", helper="王五|13900000001", ended_on="2024-08-15", households=[], successor=SUCCESSOR)

    def told(field, table="household", key="H1"):
        place = registry.provenance(table, key, field)
        return place.file, place.sheet, place.cell

    assert told("net_income") == ("更正单.xlsx", "更正单", "E5")
    assert told("head_name") == ("更正单.xlsx", "变动登记", "A5")
    assert told("village")[0] == "花名册.xlsx"
    new = "H1|孙七|13900000007|2024-08-20"
    assert told("helper_unit", "pairing", new) == ("更正单.xlsx", "变动登记", "A5")
    assert told("filed_on", "pairing", new) == ("更正单.xlsx", "变动登记", "")
    old = "H1|王五|13900000001|2024-01-01"
    assert told("ended_on", "pairing", old) == ("更正单.xlsx", "变动登记", "A5")
    assert told("started_on", "pairing", old)[0] == "花名册.xlsx"


def test_undoing_an_event_says_what_it_changes(registry):
    send(registry, household(3, "H1"), household(4, "H2", "赵大山"))
    told = tell(registry, "join", key="H1", into="H2")
    undone = registry.undo(told)
    assert (undone.kind, undone.back, undone.gone) == ("event", {"household": 1}, {})
    again = registry.undo(undone.id)
    assert (again.back, again.gone) == ({}, {"household": 1})
    assert keys(registry) == ["H2"]


@pytest.mark.parametrize(
    ("disclosed", "shown"),
    [
        ({}, "第3行填的还是“990101********0015”，县办在2024-09-05更正过，仍按“990101********0027”"),
        ({"disclosed": Disclosure({"household": HOUSEHOLD})}, "第3行填的还是“990101********0015”，县办在2024-09-05更正过，仍按“990101********0027”"),
        ({"disclosed": Disclosure({"household": HOUSEHOLD}, Masking(frozenset({Privacy.IDENTITY})))}, f"第3行填的还是“{HEAD}”，县办在2024-09-05更正过，仍按“{WIFE}”"),
    ],
)  # fmt: skip
def test_numbers_of_persons_are_shown_as_the_county_wants(registry, disclosed, shown):
    send(registry, household(3, "H1", head_id=HEAD))
    correct(registry, "H1", "head_id", HEAD, WIFE)
    again = batch_of([household(3, "H1", head_id=HEAD)], version="2", submitter="清水镇")
    assert [message for _, _, message in warned(merge(again, registry, **disclosed))] == [shown]
