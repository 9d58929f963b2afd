"""A member's work against what was registered of it: a case that fires, and where, and one that does not."""

import pytest
from test_table_relations import ONE, TWO, found, person


def at_work(number, started, ended=None):
    return person("H1", "张三", id_number=number, work_started_on=started, work_ended_on=ended)


BEFORE = [at_work(ONE, "2024-03-02", "2024-05-20"), at_work(TWO, "2024-03-02")]
CASES = [
    # table, code, rows, the rows reported, rows of the case that does not fire
    ("member", "EL25b", {"member": [at_work(TWO, "2024-05-18"), at_work(ONE + "43", "2024-05-19")], "member__before": BEFORE}, [1],
     {"member": [at_work(ONE, "2024-05-20"), at_work(TWO, "2024-05-18")], "member__before": BEFORE}),
    ("member", "EL25b", {"member": [at_work(ONE, "2024-01-02")], "member__before": BEFORE}, [0],
     {"member": [at_work(ONE, "2024-03-02", "2024-04-20")], "member__before": BEFORE}),  # the same period, told better
]  # fmt: skip


@pytest.mark.parametrize(("table", "code", "fires", "reported", "passes"), CASES)
def test_relation_of_work_reports_these_rows_and_no_others(table, code, fires, reported, passes):
    assert sorted(found(table, code, **fires).index) == reported
    assert found(table, code, **passes).empty
