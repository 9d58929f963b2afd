"""What was announced stays: files that would change it wait; and every entry can be taken back."""

import pytest
from invented_rows import HOUSEHOLD, VISIT, Line, batch_of

from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import Registry, merge
from bangfu_excel.merge.issuing import issued_rows


@pytest.fixture
def registry(tmp_path):
    return Registry(tmp_path / "台账库")


def visit(number, day, file="走访.xlsx", helper=None, **more):
    says = {"household_id": f"H{number}", "visited_on": day, "visitors": "王五", **more}
    return Line(file, 3 + number, says, VISIT, sheet="走访", key=f"H{number}|{day}", helper=helper)


def log(*lines, version="1", submitter="清水镇", **more):
    return batch_of(lines, version=version, submitter=submitter, **more)


def current(registry):
    return sorted(registry.current("visit")["_key"])


JUNE = [visit(1, "2024-06-08"), visit(2, "2024-06-09", content="送化肥")]
JUNE_KEYS = ["H1|2024-06-08", "H2|2024-06-09"]


@pytest.fixture
def issued(registry):
    merge(log(*JUNE), registry)
    registry.issue("2024-06")
    return registry


def differences(result):
    columns = ["kind", "key", "field", "old", "new", "file", "row", "old_file", "old_row"]
    rows = result.held[columns].astype(object).where(result.held[columns].notna(), None)
    return sorted(map(tuple, rows.values.tolist()))


def test_an_announcement_keeps_the_rows_that_it_counted(issued):
    (entry,) = issued.state.issues
    assert entry.content["rows"] == {"visit": 2}
    rows = issued_rows(issued.path / "issued", entry, "visit")
    assert sorted(rows["_key"]) == JUNE_KEYS
    assert issued.state.announced == {"2024-06"}
    assert issued.batches()[["kind", "period", "state", "rows"]].values.tolist() == [
        ["import", "2024-06", "active", 2],
        ["issue", "2024-06", "active", 2],
    ]


def test_a_period_is_announced_once(issued):
    with pytest.raises(RegistryError, match="已经印发过"):
        issued.issue("2024-06")
    first = issued.batches()["id"].iloc[-1]
    issued.undo(first)
    assert issued.state.announced == frozenset()
    second = issued.issue("2024-06")
    with pytest.raises(RegistryError, match=second):
        issued.restore(first)


def test_a_file_that_lacks_what_was_counted_waits_and_says_what_differs(issued):
    result = merge(log(JUNE[0], visit(3, "2024-07-02", "七月.xlsx"), version="2", period="2024-07"), issued)
    assert current(issued) == [*JUNE_KEYS, "H3|2024-07-02"]
    (finding,) = [f for f in result.findings if f.code == "MG11"]
    assert (finding.place.file, finding.severity) == ("走访.xlsx", "error")
    assert "（2024-06），与通报时相比新增0条、变更0条、缺失1条" in finding.message


def test_files_of_one_submitter_wait_together(issued):
    whole_year = [visit(1, "2024-06-08", content="改了"), visit(2, "2024-06-09", "二.xlsx", content="送化肥")]
    merge(log(*whole_year, version="2", period="2024"), issued)
    assert [one.file for one in issued.state.waiting] == ["二.xlsx", "走访.xlsx"]
    assert current(issued) == JUNE_KEYS
    assert issued.batches()["state"].tolist() == ["active", "active", "held"]


def test_a_whole_year_file_is_compared_and_counts_once_it_is_confirmed(issued):
    whole_year = [
        visit(1, "2024-06-08", "全年.xlsx", content="查看住房"),
        visit(7, "2024-06-20", "全年.xlsx"),
        visit(8, "2024-05-20", "全年.xlsx"),
    ]
    result = merge(log(*whole_year, period="2024"), issued)
    assert differences(result) == sorted([
        ("变更", "H1|2024-06-08", "content", "", "查看住房", "全年.xlsx", 4, "走访.xlsx", 4),
        ("缺失", "H2|2024-06-09", "", "", "", None, None, "走访.xlsx", 5),
        ("新增", "H7|2024-06-20", "", "", "", "全年.xlsx", 10, None, None),
        ("新增", "H8|2024-05-20", "", "", "", "全年.xlsx", 11, None, None),
    ])  # fmt: skip
    assert dict(zip(result.held["key"], result.held["announced"], strict=True))["H8|2024-05-20"] is False
    assert current(issued) == JUNE_KEYS
    (waiting,) = set(result.held["submission"])
    confirmed = issued.confirm([waiting])
    assert current(issued) == ["H1|2024-06-08", "H7|2024-06-20", "H8|2024-05-20"]
    assert issued.history("visit", "H2|2024-06-09")["state"].tolist() == ["superseded"]
    issued.undo(confirmed)
    assert current(issued) == JUNE_KEYS
    assert issued.history("visit", "H7|2024-06-20")["state"].tolist() == ["held"]


def test_a_visit_with_another_date_is_a_change_and_not_two_differences(issued):
    moved = [visit(1, "2024-06-18", helper="王五"), visit(2, "2024-06-09", content="送化肥")]
    merge(log(visit(1, "2024-06-08", helper="王五"), visit(2, "2024-06-09", content="送化肥"), version="0"), issued)
    result = merge(log(*moved, version="2"), issued)
    assert [row[:5] for row in differences(result)] == [
        ("变更", "H1|2024-06-08", "visited_on", "2024-06-08", "2024-06-18")
    ]


def test_the_same_rows_again_and_more_of_them_do_not_wait(issued):
    result = merge(log(*JUNE, visit(5, "2024-06-30"), version="2"), issued)
    assert result.held.empty
    assert current(issued) == [*JUNE_KEYS, "H5|2024-06-30"]


def test_what_adds_waits_only_where_it_changes_what_was_counted(issued):
    assert merge(log(visit(5, "2024-06-30"), version="2", supplement=True), issued).held.empty
    result = merge(log(visit(1, "2024-06-08", "改.xlsx", content="改了"), submitter=""), issued)
    assert [row[:2] for row in differences(result)] == [("变更", "H1|2024-06-08")]
    assert current(issued) == [*JUNE_KEYS, "H5|2024-06-30"]


def test_months_that_were_not_announced_do_not_wait(issued):
    july = [visit(1, "2024-07-08"), visit(2, "2024-07-09")]
    merge(log(*july, version="2", period="2024-07"), issued)
    assert merge(log(july[0], version="3", period="2024-07"), issued).held.empty


def test_a_file_that_waits_is_told_again_and_not_imported_again(issued):
    first = merge(log(JUNE[0], version="2"), issued)
    again = merge(log(JUNE[0], version="2"), issued)
    assert (again.batch_id, [f.code for f in again.findings]) == ("", ["MG11"])
    assert differences(again) == differences(first)
    issued.confirm(set(first.held["submission"]))
    confirmed = merge(log(JUNE[0], version="2"), issued)
    assert [f.code for f in confirmed.findings] == ["MG06"]


def test_what_was_confirmed_is_what_a_later_file_is_compared_with(issued):
    issued.confirm(set(merge(log(JUNE[0], version="2"), issued).held["submission"]))
    assert merge(log(JUNE[0], visit(9, "2024-06-21"), version="3"), issued).held.empty


def test_only_what_waits_can_be_confirmed(issued):
    with pytest.raises(RegistryError, match="没有等待确认的文件“0123”"):
        issued.confirm(["0123"])
    with pytest.raises(RegistryError):
        issued.confirm([])


def test_undo_says_what_it_brings_back_and_can_be_undone(registry):
    def home(number, **more):
        return Line(
            "柳溪村.xlsx", number, {"household_id": f"H{number}", "township": "清水镇", "village": "柳溪村", **more}
        )

    merge(log(home(1), home(2)), registry)
    second = merge(log(home(1, member_count=4), home(3), version="2"), registry).batch_id
    undone = registry.undo(second)
    assert (undone.batch, undone.kind, undone.withdrawn) == (second, "import", True)
    assert (undone.back, undone.gone, undone.changed) == ({"household": 1}, {"household": 1}, {"household": 1})
    assert undone.files == ("柳溪村.xlsx",)
    again = registry.undo(undone.id)
    assert (again.batch, again.withdrawn, again.back) == (second, False, {"household": 1})
    assert sorted(registry.current("household")["_key"]) == ["H1", "H3"]
    registry.undo(again.id)
    assert sorted(registry.current("household")["_key"]) == ["H1", "H2"]
    with pytest.raises(RegistryError, match="已经撤回过了"):
        registry.undo(again.id)
    assert HOUSEHOLD.name in undone.back


def test_files_that_share_a_month_with_one_that_waits_wait_with_it(issued):
    merge(log(visit(1, "2024-07-08"), visit(2, "2024-07-09"), version="七月", period="2024-07"), issued)
    both_months = [visit(1, "2024-06-08", "一村.xlsx"), visit(1, "2024-07-08", "一村.xlsx")]
    merge(log(*both_months, visit(2, "2024-07-09", "二村.xlsx"), version="2", period="2024-07"), issued)
    assert [one.file for one in issued.state.waiting] == ["一村.xlsx", "二村.xlsx"]
    assert current(issued) == ["H1|2024-06-08", "H1|2024-07-08", "H2|2024-06-09", "H2|2024-07-09"]


def test_a_row_that_came_after_the_announcement_was_not_counted_and_may_go(issued):
    merge(log(visit(5, "2024-06-30"), version="2", supplement=True), issued)
    result = merge(log(*JUNE, version="3"), issued)
    assert result.held.empty
    assert current(issued) == JUNE_KEYS
    assert [(f.code, f.count) for f in result.findings] == [("MG10", 1)]


def test_of_files_that_need_not_wait_nothing_is_listed(issued):
    july = log(visit(1, "2024-07-08", "七月.xlsx"), visit(1, "2024-06-08", "六月.xlsx"), version="2", period="2024-07")
    result = merge(july, issued)
    assert [one.file for one in issued.state.waiting] == ["六月.xlsx"]
    assert differences(result) == [("缺失", "H2|2024-06-09", "", "", "", None, None, "走访.xlsx", 5)]
    assert [finding.message for finding in result.findings if "新增" in finding.message] == [
        "这个文件含有已经通报的月份（2024-06），与通报时相比新增0条、变更0条、缺失1条，暂未入库，等县办确认"
    ]
