"""What changed between two moments, a line a record or value, with its reason and its cell."""

import datetime as dt

import pytest
from invented_rows import PAIRING, VISIT, Line, batch_of

from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import Registry, merge
from bangfu_excel.merge.leaving import stated_reason

ZHANG = {"household_id": "H1", "township": "甲镇", "village": "东村", "head_name": "张三", "member_count": 3}
LI = {"household_id": "H2", "township": "甲镇", "village": "东村", "head_name": "李四", "member_count": 4}


@pytest.fixture
def registry(tmp_path):
    return Registry(tmp_path / "台账库")


def bring(registry, *lines, version="1", day="2024-06-30"):
    return merge(
        batch_of(lines, version=version, submitter="甲镇"), registry, received=dt.date.fromisoformat(day)
    ).batch_id


def home(says, row=4, file="a.xlsx", **more):
    return Line(file, row, {**says, **more})


def pair(who, helper, start, end=None, row=4, file="b.xlsx", **more):
    says = {"helper_name": helper, "started_on": start, "ended_on": end, "village": "东村", **more}
    return Line(file, row, says, PAIRING, key=f"{who}|{helper}|{start}", recipient=who, helper=helper)


def told(registry, since=None, until=None, *columns):
    lines = registry.changes(since, until)
    return lines[list(columns or ("table", "key", "kind", "field", "before", "after"))].values.tolist()


def test_what_came_changed_and_went_is_told_with_its_cell(registry):
    first = bring(registry, home(ZHANG), home(LI, 5))
    bring(
        registry,
        home(ZHANG, 9, member_count=5),
        home(LI, 10, household_id="H3", head_name="王五"),
        version="2",
        day="2024-07-31",
    )
    assert told(registry, first) == [
        ["household", "H3", "新增", "", "", ""],
        ["household", "H1", "变更", "member_count", "3", "5"],
        ["household", "H2", "减少", "", "", ""],
    ]
    where = told(registry, first, None, "key", "received", "file", "sheet", "cell")
    assert [[key, f"{day:%m-%d}", *rest] for key, day, *rest in where] == [
        ["H3", "07-31", "a.xlsx", "花名册", "A10"],
        ["H1", "07-31", "a.xlsx", "花名册", "E9"],
        ["H2", "06-30", "a.xlsx", "花名册", "A5"],
    ]


def test_days_and_batches_bound_it_alike(registry):
    first = bring(registry, home(ZHANG), day="2024-06-30")
    second = bring(registry, home(ZHANG, member_count=5), version="2", day="2024-07-31")
    changed = [["household", "H1", "变更", "member_count", "3", "5"]]
    assert told(registry, first, second) == told(registry, "2024-06-30", dt.date(2024, 7, 31)) == changed
    assert told(registry, second) == told(registry, "2024-06-30", "2024-07-30") == []
    assert told(registry, None, first) == [["household", "H1", "新增", "", "", ""]]


@pytest.mark.parametrize(("since", "until"), [("2024-07-31", "2024-06-30"), (1, 0)])
def test_the_first_moment_must_not_be_the_later_one(registry, since, until):
    ids = [bring(registry, home(ZHANG)), bring(registry, home(LI), version="2")]
    bounds = [ids[one] if isinstance(one, int) else one for one in (since, until)]
    with pytest.raises(RegistryError, match="前后两个时点对调"):
        registry.changes(*bounds)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("户主于8月病故", "死亡"),
        ("与本镇3组张三重复", "重复"),
        ("长女出嫁", "迁出"),
        ("2024年稳定脱贫", "脱贫"),
        ("脱贫后死亡", "死亡"),
        ("本人自愿放弃", "退出"),
        ("一般脱贫户", ""),
        ("尚未脱贫", ""),
        ("长期在村居住", ""),
    ],
)
def test_a_remark_gives_the_reason_that_it_states(words, reason):
    assert stated_reason(words) == reason


def test_what_belonged_to_a_household_that_is_gone_is_not_told_again(registry):
    first = bring(
        registry, home(ZHANG), home(LI, 5), pair("H1", "赵强", "2024-01-15"), pair("H2", "赵强", "2024-01-15", row=5)
    )
    bring(registry, home(LI), pair("H2", "孙丽", "2024-01-10"), version="2")
    assert [(table, key, kind) for table, key, kind, *_ in told(registry, first)] == [
        ("household", "H1", "减少"),
        ("pairing", "H2|孙丽|2024-01-10", "更换帮扶人"),
    ]


def test_a_helper_who_follows_another_is_one_line_with_both_and_their_days(registry):
    first = bring(registry, home(ZHANG), pair("H1", "赵强", "2024-01-15"))
    bring(registry, pair("H1", "孙丽", "2024-08-20"), version="2")
    lines = told(registry, first, None, "key", "former", "kind", "before", "after", "cell")
    assert lines[0] == [
        "H1|孙丽|2024-08-20", "H1|赵强|2024-01-15", "更换帮扶人",
        "赵强（2024-01-15至2024-08-19）", "孙丽（2024-08-20起）", "A4",
    ]  # fmt: skip
    assert [line[2:5] for line in lines[1:]] == [["变更", "", "2024-08-19"]]


def test_a_corrected_name_is_a_change_of_the_name(registry):
    first = bring(registry, pair("H1", "赵强", "2024-01-15"))
    bring(registry, pair("H1", "赵墙", "2024-01-15"), version="2")
    assert [line[2:] for line in told(registry, first)] == [
        ["变更", "_key", "H1|赵强|2024-01-15", "H1|赵墙|2024-01-15"],
        ["变更", "helper_name", "赵强", "赵墙"],
    ]


def test_a_household_under_another_key_keeps_what_belongs_to_it(registry):
    known = {**ZHANG, "head_id": "990101196001011012"}
    first = bring(registry, home(known), pair("H1", "赵强", "2024-01-15"))
    bring(registry, home(known, household_id="H9"), pair("H9", "赵强", "2024-01-15"), version="2")
    assert told(registry, first) == [
        ["household", "H9", "变更", "_key", "H1", "H9"],
        ["household", "H9", "变更", "household_id", "H1", "H9"],
        ["pairing", "H9|赵强|2024-01-15", "变更", "_key", "H1|赵强|2024-01-15", "H9|赵强|2024-01-15"],
    ]


def test_a_visit_that_was_dated_anew_is_a_change_of_its_day(registry):
    def visit(day):
        says = {"household_id": "H1", "visited_on": day, "visitors": "赵强"}
        return Line("c.xlsx", 4, says, VISIT, key=f"H1|{day}", recipient="H1", helper="赵强")

    first = bring(registry, visit("2024-06-03"))
    bring(registry, visit("2024-06-05"), version="2")
    assert [line[2:] for line in told(registry, first)] == [
        ["变更", "_key", "H1|2024-06-03", "H1|2024-06-05"],
        ["变更", "visited_on", "2024-06-03", "2024-06-05"],
    ]


def test_an_event_is_told_as_such_and_what_it_renamed_is_neither_gone_nor_new(registry):
    first = bring(registry, home(ZHANG), home(LI, 5), pair("H1", "赵强", "2024-01-15"))
    renumber = {
        "event": "renumber", "key": "H1", "household_id": ["H1", "N1"], "date": "2024-08-01", "basis": "县系统",
        "place": "变动登记!B5",
    }  # fmt: skip
    registry.record("event", [renumber], received=dt.date(2024, 8, 2), file="更正单.xlsx")
    lines = told(registry, first, None, "table", "key", "kind", "field", "before", "after", "reason", "file", "cell")
    assert [line[2] for line in lines if line[2] in ("新增", "减少")] == []
    assert ["household", "N1", "户编号变更", "", "H1", "N1", "2024-08-01，县系统", "更正单.xlsx", "B5"] in lines
    assert ["pairing", "N1|赵强|2024-01-15", "变更", "_key", "H1|赵强|2024-01-15"] in [line[:5] for line in lines]


def test_an_event_of_the_future_is_not_told_yet(registry):
    bring(registry, home(ZHANG), day="2024-06-30")
    move = {"event": "head", "key": "H1", "head_name": ["张三", "王芳"], "date": "2024-08-03", "basis": "户口簿"}
    registry.record("event", [move], received=dt.date(2024, 7, 2))
    assert told(registry, "2024-06-30", "2024-08-02") == []
    kinds = {(kind, before, after) for _, _, kind, _, before, after in told(registry, "2024-08-02", "2024-08-03")}
    assert ("户主变更", "张三", "王芳") in kinds


def correction(field, old, new, key="H1", place="更正!C5"):
    return {
        "table": "household", "key": key, "field": field, "old": old, "new": new, "source": "电话", "told_by": "村文书",
        "entered_by": "县办", "date": "2024-07-02", "place": place,
    }  # fmt: skip


def test_a_correction_is_told_with_its_basis_and_place(registry):
    first = bring(registry, home(ZHANG), home(LI, 5))
    said = [correction("member_count", 3, 4), correction("", "", "", key="H2", place="更正!C6")]
    batch = registry.record("correct", said, received=dt.date(2024, 7, 2), file="更正单.xlsx")
    assert told(
        registry, first, None, "key", "kind", "before", "after", "reason", "batch", "file", "sheet", "cell"
    ) == [
        ["H1", "变更", "3", "4", "更正（电话，村文书）", batch, "更正单.xlsx", "更正", "C5"],
        ["H2", "减少", "", "", "更正（电话，村文书）", batch, "更正单.xlsx", "更正", "C6"],
    ]


def test_a_split_and_a_join_are_neither_gone_nor_new(registry):
    first = bring(registry, home(ZHANG), home(LI, 5))
    new = {"household_id": "H7", "head_name": "张小", "head_id": "", "township": "甲镇", "village": "东村", "group": ""}
    day = {"date": "2024-07-02", "basis": "户口簿"}
    events = [
        {"event": "split", "key": "H1", "household": new, "members": [], "place": "变动!B5", **day},
        {"event": "join", "key": "H2", "into": "H1", "place": "变动!B6", **day},
    ]
    registry.record("event", events, received=dt.date(2024, 7, 2), file="更正单.xlsx")
    assert told(registry, first, None, "key", "former", "kind", "before", "after") == [
        ["H7", "H1", "分户", "张三", "张小"],
        ["H1", "H2", "并户", "李四", "张三"],
    ]


def test_a_corrected_value_comes_from_the_cell_of_the_correction(registry):
    bring(registry, home(ZHANG))
    registry.record("correct", [correction("member_count", 3, 4)], received=dt.date(2024, 7, 2), file="更正单.xlsx")
    places = [registry.provenance("household", "H1", field) for field in ("member_count", "head_name")]
    assert [(place.file, place.sheet, place.cell) for place in places] == [
        ("更正单.xlsx", "更正", "C5"),
        ("a.xlsx", "花名册", "C4"),
    ]


def test_a_household_that_came_of_a_split_comes_from_where_the_office_says_so(registry):
    bring(registry, home(ZHANG))
    new = {"household_id": "H7", "head_name": "张小", "head_id": "", "township": "甲镇", "village": "东村", "group": ""}
    split = {"event": "split", "key": "H1", "household": new, "members": [], "date": "2024-07-02", "place": "变动!B5"}
    registry.record("event", [split], received=dt.date(2024, 7, 2), file="更正单.xlsx")
    for field in ("head_name", "net_income"):
        place = registry.provenance("household", "H7", field)
        assert (place.file, place.sheet) == ("更正单.xlsx", "变动")


def test_the_end_that_a_successor_gave_is_told_with_his_cell(registry):
    first = bring(registry, pair("H1", "赵强", "2024-01-15"))
    bring(registry, pair("H1", "孙丽", "2024-08-20", row=9), version="2")
    lines = told(registry, first, None, "kind", "field", "after", "cell")
    assert lines[1] == ["变更", "ended_on", "2024-08-19", "E9"]
