"""Rows that say the same thing twice."""

from invented_rows import HOUSEHOLD, TABLES, VISIT, Line, rows_of

from bangfu_excel.merge import find_duplicates

ZHANG = {"household_id": "H1", "township": "甲镇", "head_name": "张三", "member_count": 3}
LI = {"household_id": "H2", "township": "甲镇", "head_name": "李四", "member_count": 4}


def outcomes(rows, table="household"):
    return rows[table]["_outcome"].tolist()


def test_the_first_is_kept_and_the_other_is_told_where_it_stands():
    rows, findings = find_duplicates(
        rows_of([Line("a.xlsx", 4, ZHANG), Line("a.xlsx", 5, LI), Line("a.xlsx", 6, ZHANG)]), TABLES
    )
    assert outcomes(rows) == ["accepted", "accepted", "duplicate"]
    (finding,) = findings
    assert (finding.code, finding.severity, finding.place.cell, finding.related) == ("MG01", "warning", "A6", ("A4",))
    assert finding.message == "第6行与第4行的内容完全相同，汇总时只计一次"


def test_one_finding_a_group_of_identical_rows():
    _, findings = find_duplicates(rows_of([Line("a.xlsx", row, ZHANG) for row in (4, 5, 6)]), TABLES)
    (finding,) = findings
    assert (finding.place.cell, finding.related, finding.count) == ("A5", ("A4", "A6"), 3)


def test_the_first_by_path_is_kept_wherever_it_stands_in_the_frame():
    rows, findings = find_duplicates(rows_of([Line("b.xlsx", 4, ZHANG), Line("a.xlsx", 9, ZHANG)]), TABLES)
    assert outcomes(rows) == ["duplicate", "accepted"]
    assert findings[0].place.file == "b.xlsx"
    assert findings[0].related == ("a.xlsx|花名册!A9",)


def test_another_township_is_told_no_more_than_that_it_repeats():
    lines = [Line("a.xlsx", 4, {"household_id": "H1"}), Line("b.xlsx", 4, {"household_id": "H1"})]
    assert find_duplicates(rows_of(lines), TABLES)[1][0].told == "第4行与外镇重复，请联系县办"
    own = [Line("a.xlsx", 4, ZHANG), Line("b.xlsx", 4, ZHANG)]
    assert find_duplicates(rows_of(own), TABLES)[1][0].told == ""


def test_a_value_stated_once_makes_two_rows():
    rows, findings = find_duplicates(
        rows_of([Line("a.xlsx", 4, ZHANG), Line("a.xlsx", 5, {**ZHANG, "phone": "13900000001"})]), TABLES
    )
    assert (outcomes(rows), findings) == (["accepted", "accepted"], ())


def test_precision_is_part_of_the_value():
    rows = rows_of([Line("a.xlsx", r, {**ZHANG, "identified_on": "2024-03-01"}) for r in (4, 5)])
    frame = rows["household"].copy()
    frame["identified_on__precision"] = ["month", "day"]
    assert find_duplicates(rows.with_frame("household", frame), TABLES)[1] == ()


def test_two_different_bad_values_are_not_the_same_value():
    different = [Line("a.xlsx", 4, ZHANG, bad={"phone": "139"}), Line("a.xlsx", 5, ZHANG, bad={"phone": "138"})]
    assert find_duplicates(rows_of(different), TABLES)[1] == ()
    equal = [Line("a.xlsx", 4, ZHANG, bad={"phone": "139"}), Line("a.xlsx", 5, ZHANG, bad={"phone": "139"})]
    assert len(find_duplicates(rows_of(equal), TABLES)[1]) == 1


def test_returned_rows_are_not_looked_at():
    rows, findings = find_duplicates(
        rows_of([Line("a.xlsx", 4, ZHANG, outcome="returned"), Line("a.xlsx", 5, ZHANG)]), TABLES
    )
    assert (outcomes(rows), findings) == (["returned", "accepted"], ())


def test_records_of_one_row_are_not_compared_with_each_other_but_with_those_of_another():
    says = {"visited_on": "2024-06-01", "visitors": "王五", "content": "送化肥"}

    def visit(row, recipient):
        return Line("v.xlsx", row, says, VISIT, recipient=recipient, key=recipient)

    one = [visit(4, "H1"), visit(4, "H2"), visit(4, "H1")]
    assert outcomes(find_duplicates(rows_of(one), TABLES)[0], "visit") == ["accepted"] * 3
    rows, findings = find_duplicates(rows_of([*one, visit(5, "H1"), visit(5, "H2"), visit(5, "H1")]), TABLES)
    assert outcomes(rows, "visit") == ["accepted"] * 3 + ["duplicate"] * 3
    assert [f.place.cell for f in findings] == ["A5"]


def test_a_second_table_in_the_same_columns_repeats_without_a_word():
    persons = [Line("a.xlsx", row, {**ZHANG, "phone": f"1390000000{row}"}) for row in (4, 5)]
    visits = [Line("a.xlsx", row, {"household_id": "H1", "visitors": "王五"}, VISIT) for row in (4, 5)]
    rows, findings = find_duplicates(rows_of([*persons, *visits]), TABLES)
    assert (outcomes(rows, "visit"), findings) == (["accepted", "duplicate"], ())


def test_a_sheet_sent_twice_is_one_finding():
    lines = [
        Line(file, row, {**ZHANG, "household_id": f"H{row}"}) for file in ("a.xlsx", "b.xlsx") for row in range(4, 34)
    ]
    rows, findings = find_duplicates(rows_of(lines), TABLES)
    assert outcomes(rows) == ["accepted"] * 30 + ["duplicate"] * 30
    (finding,) = findings
    assert (finding.code, finding.place.file, finding.place.cell, finding.count) == ("MG02", "b.xlsx", "A4", 30)
    assert "文件“a.xlsx”表“花名册”" in finding.message


def test_a_table_without_rows_has_no_duplicates():
    empty = rows_of([Line("a.xlsx", 4, ZHANG)])
    empty = empty.with_frame("household", empty["household"].iloc[:0])
    assert find_duplicates(empty, {"household": HOUSEHOLD})[1] == ()
