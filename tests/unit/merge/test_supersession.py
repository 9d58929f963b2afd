"""What a resubmission takes away, and what it leaves."""

import json

import pytest
from invented_rows import HOUSEHOLD, VISIT, Line, batch_of

from bangfu_excel.merge import Registry, merge


@pytest.fixture
def registry(tmp_path):
    return Registry(tmp_path / "台账库")


def home(number, village="柳溪村", **more):
    says = {
        "household_id": f"H{number}",
        "township": "清水镇",
        "village": village,
        "head_name": f"户主{number}",
        **more,
    }
    return Line(f"{village}.xlsx", 3 + number, says, HOUSEHOLD)


def visit(number, day, **more):
    says = {"household_id": f"H{number}", "visited_on": day, "visitors": "王五", **more}
    return Line("走访.xlsx", 3 + number, says, VISIT, sheet="走访", key=f"H{number}|{day}")


def roster(*lines, version="1", submitter="清水镇", **more):
    return batch_of(lines, version=version, submitter=submitter, **more)


def current(registry, table="household"):
    return sorted(registry.current(table)["_key"])


def test_a_later_roster_takes_the_villages_that_it_has_and_leaves_the_others(registry):
    merge(roster(home(1), home(2), home(3, "松树村")), registry)
    result = merge(roster(home(1), home(4), version="2", submitter="清水镇人民政府"), registry)
    assert current(registry) == ["H1", "H3", "H4"]
    assert (result.added, result.removed) == ({"household": 1}, {"household": 1})


def test_a_village_is_the_same_however_it_is_written(registry):
    merge(roster(home(1), home(2)), registry)
    lines = [Line("新.xlsx", 4, {"household_id": "H1", "township": "清水", "village": "柳溪村委会"})]
    merge(roster(*lines, version="2"), registry)
    assert current(registry) == ["H1"]


@pytest.mark.parametrize(
    "later", [{"submitter": "石桥镇"}, {"submitter": ""}, {"supplement": True}], ids=["another", "unknown", "补报"]
)
def test_only_the_same_submitter_takes_and_a_supplement_takes_nothing(registry, later):
    merge(roster(home(1), home(2)), registry)
    result = merge(roster(home(1, member_count=5), version="2", **later), registry)
    assert current(registry) == ["H1", "H2"]
    assert (result.changed, result.removed) == ({"household": 1}, {"household": 0})


def test_another_scheme_asks_for_another_list_of_people(registry):
    merge(roster(home(1), home(2)), registry)
    other = roster(home(1), version="2")
    merge(other.__class__(**{**other.__dict__, "scheme": "liushou-guanai"}), registry)
    assert current(registry) == ["H1", "H2"]


def test_files_of_one_batch_take_nothing_from_each_other(registry):
    lines = [home(1), Line("另一份.xlsx", 4, {"household_id": "H2", "township": "清水镇", "village": "柳溪村"})]
    merge(roster(*lines), registry)
    assert current(registry) == ["H1", "H2"]


def test_rows_without_a_village_are_neither_taken_nor_take(registry):
    def nowhere(n):
        return Line("无村.xlsx", 3 + n, {"household_id": f"H{n}"})

    merge(roster(nowhere(1), nowhere(2)), registry)
    merge(roster(nowhere(1), home(5), version="2"), registry)
    assert current(registry) == ["H1", "H2", "H5"]


def test_a_log_takes_only_its_own_months(registry):
    merge(roster(visit(1, "2024-05-08"), visit(1, "2024-06-08"), visit(2, "2024-06-09")), registry)
    result = merge(roster(visit(1, "2024-06-08"), version="2", period="2024-07"), registry)
    assert current(registry, "visit") == ["H1|2024-05-08", "H1|2024-06-08"]
    (finding,) = [f for f in result.findings if f.code == "MG10"]
    assert "少了1次走访" in finding.message


def test_a_village_of_which_every_row_was_returned_is_not_taken(registry):
    merge(roster(home(1), home(2, "松树村")), registry)
    returned = Line("松树村.xlsx", 9, home(2, "松树村").says, outcome="returned")
    merge(roster(home(1), returned, version="2"), registry)
    assert current(registry) == ["H1", "H2"]


def test_who_is_missing_is_said_at_the_file_that_lacks_them(registry):
    merge(roster(*(home(n) for n in range(1, 9)), home(20, "松树村")), registry)
    result = merge(roster(home(1), Line("松树村.xlsx", 9, home(20, "松树村").says), version="2"), registry)
    (finding,) = [f for f in result.findings if f.code == "MG10"]
    assert (finding.severity, finding.place.file, finding.count) == ("warning", "柳溪村.xlsx", 7)
    assert "少了7户：户主2、户主3、户主4、户主5、户主6等" in finding.message
    assert "补报" in finding.suggestion


def test_a_row_that_is_sent_back_is_no_missing_household(registry):
    merge(roster(home(1), home(2)), registry)
    returned = Line("柳溪村.xlsx", 5, home(2).says, outcome="returned")
    result = merge(roster(home(1), returned, version="2"), registry)
    assert result.removed == {"household": 1}
    assert [f.code for f in result.findings] == []


def test_the_same_file_said_to_be_a_supplement_gives_back_what_it_took(registry):
    merge(roster(home(1), home(2)), registry)
    merge(roster(home(3), version="2"), registry)
    assert current(registry) == ["H3"]
    again = merge(roster(home(3), version="2", supplement=True), registry)
    assert [f.code for f in again.findings] == ["MG07"]
    assert current(registry) == ["H1", "H2", "H3"]


def test_a_file_that_was_superseded_since_is_not_imported_again(registry):
    merge(roster(home(1), home(2)), registry)
    merge(roster(home(1), version="2"), registry)
    again = merge(roster(home(1), home(2)), registry)
    assert (again.batch_id, [f.code for f in again.findings]) == ("", ["MG12"])
    assert current(registry) == ["H1"]


def test_what_nobody_needs_is_not_read(registry):
    for version in "123":
        merge(roster(home(1), version=version), registry)
    first = next(
        path.parent
        for path in registry.path.glob("submissions/*/submission.json")
        if json.loads(path.read_text(encoding="utf-8"))["sha256"] == roster(home(1)).files[0].sha256
    )
    (first / "household.parquet").unlink()
    assert current(registry) == ["H1"]


def test_checking_a_file_again_meets_what_it_would_have_met_without_it(registry):
    merge(roster(home(1), home(2)), registry)
    second = roster(home(1), version="2")
    merge(second, registry)
    known = registry.known(without={second.files[0].sha256})
    assert sorted(known["household"]["_key"]) == ["H1", "H2"]


def test_history_says_what_became_of_each_version(registry):
    merge(roster(home(1), home(2)), registry)
    second = merge(roster(home(1), version="2"), registry)
    assert registry.history("household", "H1")["state"].tolist() == ["superseded", "active"]
    assert registry.history("household", "H2")["state"].tolist() == ["superseded"]
    registry.undo(second.batch_id)
    assert registry.history("household", "H1")["state"].tolist() == ["active", "withdrawn"]


def test_a_member_without_a_village_lives_where_the_household_of_his_file_does():
    from invented_rows import PAIRING, TABLES, rows_of

    from bangfu_excel.merge import with_units

    pair = {"recipient_id": "990101199001011234", "helper_name": "王五"}
    lines = [
        home(1),
        Line("柳溪村.xlsx", 4, pair, PAIRING, recipient="H1"),
        Line("别.xlsx", 4, pair, PAIRING, recipient="H1"),
    ]
    assert with_units(rows_of(lines), TABLES)["pairing"]["_unit"].tolist() == ["清水|柳溪", ""]


def test_a_visit_of_which_only_the_year_is_known_is_of_no_month():
    from bangfu_excel.merge.units import unit_column

    frame = roster(visit(1, "2024-06-08"), visit(2, "2024-01-01")).rows["visit"]
    frame = frame.assign(visited_on__precision=["month", "year"])
    assert unit_column(frame, "visited_on").tolist() == ["2024-06", ""]
