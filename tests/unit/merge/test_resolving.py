"""Several units state one record: one row, field by field by policy; what is not settled is asked."""

import datetime as dt
import json

import pandas as pd
import pytest
from invented_rows import HOUSEHOLD, TABLES, VISIT, Line, batch_of

from bangfu_excel.core.precedence import Conflict, Policy
from bangfu_excel.merge import Registry, merge

DAY = dt.date(2024, 7, 1)
COUNTY = Policy.of(TABLES, ["云岭县民政局"])


@pytest.fixture
def registry(tmp_path):
    return Registry(tmp_path / "台账库")


def said(registry, unit, version="1", policy=COUNTY, period="2024-06", key="H1", **values):
    """One unit's statement of a household, in a batch of its own."""
    says = {"household_id": key, "township": "清水镇", "village": "柳溪村", "head_name": "赵大山", **values}
    line = Line(f"{unit}.xlsx", 4, says, HOUSEHOLD)
    return merge(batch_of([line], version=version, submitter=unit, period=period), registry, policy=policy)


def of(how, *names):
    """The county's policy with these fields of households settled so."""
    fields = {**COUNTY.conflicts["household"], **dict.fromkeys(names, how)}
    return Policy({**COUNTY.conflicts, "household": fields}, COUNTY.kinds, COUNTY.rank, COUNTY.logs)


def only(registry, table="household"):
    rows = registry.current(table)
    assert len(rows) == 1
    return rows.iloc[0]


def disputes(registry):
    found = registry.disputes()
    return found[["field", "text", "submitter", "stands"]].values.tolist()


def decided(registry, value, stated, field="member_count", place="家庭人口数!F5", **more):
    record = {"table": "household", "key": "H1", "field": field, "value": value, "precision": "", "stated": stated,
              "place": place, **more}  # fmt: skip
    return registry.record("decide", [record], received=DAY, file="冲突裁决.xlsx")


def test_what_units_state_differently_is_asked_and_the_newest_stands_meanwhile(registry):
    said(registry, "清水镇", member_count=3)
    said(registry, "云岭县民政局", member_count=4)
    row = only(registry)
    assert (row["member_count"], row["_pending"], row["_submitter"]) == (4, True, "云岭县民政局")
    assert disputes(registry) == [
        ["member_count", "4", "云岭县民政局", True],
        ["member_count", "3", "清水镇", False],
    ]


def test_a_dispute_says_which_cell_states_what(registry):
    said(registry, "清水镇", identified_on="2016-03-01")
    said(registry, "云岭县民政局", identified_on="2016-05-01")
    first = registry.disputes().iloc[1]
    assert (first["table"], first["key"], first["file"], first["sheet"], first["cell"]) == (
        "household", "H1", "清水镇.xlsx", "花名册", "G4",
    )  # fmt: skip
    assert (json.loads(first["value"]), first["received"]) == ("2016-03-01", pd.Timestamp("2024-06-30"))


def test_a_blank_states_nothing_and_is_filled_with_its_origin(registry):
    said(registry, "清水镇", phone="13900020001", member_count=3)
    said(registry, "云岭县民政局", net_income=8600)
    row = only(registry)
    assert (row["phone"], row["member_count"], row["net_income"], row["_pending"]) == ("13900020001", 3, 8600, False)
    place = registry.provenance("household", "H1", "phone")
    assert (place.file, place.sheet, place.cell, place.label) == ("清水镇.xlsx", "花名册", "H4", "联系电话")
    assert registry.provenance("household", "H1", "net_income").file == "云岭县民政局.xlsx"


def test_a_withheld_value_states_nothing(registry):
    said(registry, "清水镇", member_count=3)
    line = Line("云岭县民政局.xlsx", 4, {"household_id": "H1"}, bad={"member_count": "三四个"})
    merge(batch_of([line], submitter="云岭县民政局"), registry, policy=COUNTY)
    assert (only(registry)["member_count"], len(registry.disputes())) == (3, 0)


def test_two_spellings_are_one_value(registry):
    said(registry, "清水镇", head_name="赵 大山")
    said(registry, "云岭县民政局", village="柳溪村委会")
    assert registry.disputes().empty


def test_two_precisions_are_two_values(registry):
    for unit, precision in (("清水镇", "month"), ("云岭县民政局", "")):
        batch = batch_of(
            [Line(f"{unit}.xlsx", 4, {"household_id": "H1", "identified_on": "2016-03-01"})], submitter=unit
        )
        batch.rows.frames["household"]["identified_on__precision"] = pd.Series([precision], dtype="str")
        merge(batch, registry, policy=COUNTY)
    assert registry.disputes()["text"].tolist() == ["2016-03-01", "2016-03"]


def test_of_one_unit_only_its_newest_batch_speaks(registry):
    said(registry, "清水镇", member_count=3, phone="13900020001")
    said(registry, "云岭县民政局", member_count=4)
    said(registry, "清水镇", version="2", member_count=4)
    row = only(registry)
    assert (row["member_count"], row["_pending"], pd.isna(row["phone"])) == (4, False, True)


@pytest.mark.parametrize(
    ("how", "stands"),
    [(Conflict.NEWEST, 6), (Conflict.SOURCE, 4), (Conflict.FILL, 3)],
)
def test_the_policy_of_a_field_says_whose_value_stands(registry, how, stands):
    policy = of(how, "member_count")
    for unit, count in (("清水镇", 3), ("云岭县民政局", 4), ("石桥镇", 6)):
        said(registry, unit, member_count=count, policy=policy)
    row = only(registry)
    assert (row["member_count"], row["_pending"], row["_submitter"]) == (stands, False, "石桥")
    assert registry.provenance("household", "H1", "member_count").file[:2] == {6: "石桥", 4: "云岭", 3: "清水"}[stands]


@pytest.mark.parametrize("how", list(Conflict))
def test_two_values_of_one_batch_have_an_equal_claim(registry, how):
    lines = [Line(f"{unit}.xlsx", 4, {"household_id": "H1", "member_count": n}) for unit, n in (("甲", 3), ("乙", 4))]
    merge(batch_of(lines), registry, policy=of(how, "member_count"))
    assert (only(registry)["member_count"], only(registry)["_pending"]) == (4, True)  # 乙.xlsx is read before 甲.xlsx


def test_a_log_is_not_asked_unless_a_field_says_so(registry):
    def visits(content):
        says = {"household_id": "H1", "visited_on": "2024-06-05", "visitors": "王五", "content": content}
        return Line(f"{content}.xlsx", 4, says, VISIT, key="H1|2024-06-05|王五")

    merge(batch_of([visits("看望"), visits("慰问")]), registry, policy=COUNTY)
    assert (only(registry, "visit")["content"], only(registry, "visit")["_pending"]) == ("慰问", False)
    asking = Policy({"visit": {"content": Conflict.ASK}})
    merge(batch_of([visits("送药")], version="2", submitter="清水镇"), registry, policy=asking)
    assert only(registry, "visit")["_pending"]
    assert registry.disputes()["text"].tolist() == ["送药", "慰问", "看望"]


def test_two_townships_that_claim_one_household_are_one_row_and_one_dispute(registry):
    said(registry, "清水镇")
    said(registry, "石桥镇", township="石桥镇", village="松树村")
    assert only(registry)["_pending"]
    assert [line[0] for line in disputes(registry)] == ["township", "township", "village", "village"]


def test_what_was_decided_stands_and_is_not_asked_again_until_the_values_change(registry):
    said(registry, "清水镇", member_count=3, head_name="赵大山")
    said(registry, "云岭县民政局", member_count=4)
    decided(registry, 3, ["3", "4"])
    assert (only(registry)["member_count"], only(registry)["_pending"], len(registry.disputes())) == (3, False, 0)
    said(registry, "云岭县民政局", version="2", member_count=4, phone="13900020001")
    assert registry.disputes().empty
    said(registry, "清水镇", version="2", member_count=5)
    assert [line[1] for line in disputes(registry)] == ["5", "4"]


def test_a_decision_may_be_a_value_that_nobody_stated_or_none(registry):
    said(registry, "清水镇", identified_on="2016-03-01", member_count=3)
    said(registry, "云岭县民政局", identified_on="2016-05-01", member_count=4)
    dates = ["2016-03-01", "2016-05-01"]
    decided(registry, "2016-04-01", dates, field="identified_on", precision="month")
    decided(registry, None, ["3", "4"])
    row = only(registry)
    assert (row["identified_on"], row["identified_on__precision"]) == (pd.Timestamp("2016-04-01"), "month")
    assert pd.isna(row["member_count"])
    assert registry.current("household").dtypes["member_count"] == "Int64"


def test_the_latest_decision_stands_and_its_undoing_brings_back_the_one_before(registry):
    said(registry, "清水镇", member_count=3)
    said(registry, "云岭县民政局", member_count=4)
    decided(registry, 3, ["3", "4"])
    later = decided(registry, 5, ["3", "4"])
    assert only(registry)["member_count"] == 5
    undone = registry.undo(later)
    assert (only(registry)["member_count"], undone.changed, undone.kind) == (3, {"household": 1}, "decide")


def test_a_decided_value_comes_from_the_workbook(registry):
    said(registry, "清水镇", member_count=3)
    said(registry, "云岭县民政局", member_count=4)
    decided(registry, 3, ["3", "4"])
    place = registry.provenance("household", "H1", "member_count")
    assert (place.file, place.sheet, place.cell, place.row) == ("冲突裁决.xlsx", "家庭人口数", "F5", 5)


def test_history_says_of_each_statement_and_decision_what_became_of_it(registry):
    said(registry, "清水镇", member_count=3, village="")
    said(registry, "清水镇", version="2", member_count=3, village="柳溪村")
    said(registry, "云岭县民政局", member_count=4)
    first = decided(registry, 3, ["3", "4"])
    decided(registry, 4, ["3", "4"], place="家庭人口数!F6")
    registry.undo(first)
    found = registry.history("household", "H1")
    assert found[["state", "file", "row", "changed"]].values.tolist() == [
        ["superseded", "清水镇.xlsx", 4, ""],
        ["outvoted", "清水镇.xlsx", 4, "village"],
        ["active", "云岭县民政局.xlsx", 4, "member_count"],
        ["withdrawn", "冲突裁决.xlsx", 5, "member_count"],
        ["active", "冲突裁决.xlsx", 6, "member_count"],
    ]
    assert found["member_count"].tolist()[:3] == [3, 3, 4]
    assert found["member_count"].isna().tolist()[3:] == [True, True]


def test_a_decision_is_for_spellings_too(registry):
    said(registry, "清水镇", village="柳溪村")
    said(registry, "石桥镇", village="松树村")
    decided(registry, "松树村", ["松树村", "柳溪村"], field="village")
    said(registry, "清水镇", version="2", village="柳溪村委会")
    assert (only(registry)["village"], len(registry.disputes())) == ("松树村", 0)


def test_an_older_roster_that_comes_late_supersedes_and_outranks_nothing_of_its_unit(registry):
    def roster(*homes, **more):
        lines = [Line("花名册.xlsx", 4 + n, {"household_id": key, "township": "清水镇", "village": village, "member_count": count})
                 for n, (key, village, count) in enumerate(homes)]  # fmt: skip
        return merge(batch_of(lines, submitter="清水镇", **more), registry, policy=COUNTY)

    roster(("H1", "柳溪村", 4), ("H2", "柳溪村", 2), ("H3", "柳溪村", 2), period="2024-06", version="1")
    late = roster(("H1", "柳溪村", 3), ("H3", "松树村", 1), ("H4", "松树村", 1), period="2024-05", version="2")
    assert (late.added, late.changed, late.removed) == ({"household": 1}, {"household": 0}, {"household": 0})
    found = registry.current("household").set_index("_key")["member_count"]
    assert found.to_dict() == {"H1": 4, "H2": 2, "H3": 2, "H4": 1}
    assert [(f.place.file, f.message) for f in late.findings if f.code == "MG21"] == [
        ("花名册.xlsx", "这个文件报的是2024年5月，同一单位已经报过2024年6月的，两边都有的村以2024年6月的为准，这个文件里的只作留存")
    ]  # fmt: skip


def test_a_file_is_told_once_how_often_it_contradicts_others(registry):
    said(registry, "清水镇", member_count=3, net_income=8000)
    first = said(registry, "云岭县民政局", member_count=4, net_income=9000)
    told = [(f.place.file, f.message, f.count) for f in first.findings if f.code == "MG20"]
    assert told == [("云岭县民政局.xlsx", "有2处与别的单位报的不一致，待裁决，见冲突裁决.xlsx", 2)]
    assert first.disputed == {"household": 2}
    same = said(registry, "云岭县民政局", version="2", member_count=4, net_income=9000, phone="13900020001")
    assert (same.disputed, [f for f in same.findings if f.code == "MG20"]) == ({"household": 0}, [])
    other = said(registry, "云岭县民政局", version="3", member_count=5, net_income=9000)
    assert other.disputed == {"household": 1}


def test_what_contradicts_itself_within_a_run_is_disputed_and_told_by_its_rows(registry):
    lines = [Line(f"{unit}.xlsx", 4, {"household_id": "H1", "member_count": n}) for unit, n in (("甲", 3), ("乙", 4))]
    done = merge(batch_of(lines), registry, policy=COUNTY)
    assert (done.disputed, [f.code for f in done.findings]) == ({"household": 1}, [])


def test_the_policy_is_the_registrys_until_another_run_says_otherwise(registry):
    said(registry, "清水镇", member_count=3)
    batch = said(registry, "云岭县民政局", member_count=4, policy=None).batch_id
    assert only(registry)["_pending"]
    last = said(registry, "石桥镇", member_count=4, policy=Policy()).batch_id
    assert not only(registry)["_pending"]
    registry.undo(last)
    assert only(registry)["_pending"]
    assert registry.state.policy == COUNTY
    registry.undo(batch)
    assert not only(registry)["_pending"]
