"""One key, different values."""

from invented_rows import PAIRING, TABLES, VISIT, Line, rows_of

from bangfu_excel.merge import find_conflicts

ZHANG = {"household_id": "H1", "township": "甲镇", "head_name": "张三", "member_count": 3}


def test_both_rows_are_told_which_field_differs_and_are_pending():
    lines = [
        Line("a.xlsx", 4, ZHANG),
        Line("b.xlsx", 7, {**ZHANG, "member_count": 4}),
        Line("b.xlsx", 8, {**ZHANG, "household_id": "H2"}),
    ]
    rows, findings = find_conflicts(rows_of(lines), TABLES)
    assert rows["household"]["_pending"].tolist() == [True, True, False]
    assert [(f.code, f.severity, f.effect, f.place.file, f.place.cell) for f in findings] == [
        ("MG03", "error", "none", "a.xlsx", "E4"),
        ("MG03", "error", "none", "b.xlsx", "E7"),
    ]
    assert "“家庭人口数”本行是“3”、另一行是“4”" in findings[0].message
    assert findings[1].related == ("a.xlsx|花名册!A4",)


def test_another_township_reads_no_names():
    lines = [Line("a.xlsx", 4, ZHANG), Line("b.xlsx", 7, {**ZHANG, "township": "乙镇"})]
    _, findings = find_conflicts(rows_of(lines), TABLES)
    assert {f.told for f in findings} == {"第4行与外镇填报不一致，请联系县办", "第7行与外镇填报不一致，请联系县办"}


def test_what_one_row_leaves_blank_is_doubtful_and_not_pending():
    rows, findings = find_conflicts(
        rows_of([Line("a.xlsx", 4, ZHANG), Line("a.xlsx", 5, {**ZHANG, "phone": "13900000001"})]), TABLES
    )
    assert not rows["household"]["_pending"].any()
    assert [(f.code, f.place.cell) for f in findings] == [("MG04", "A5")]
    assert "“联系电话”只在其中一处填写" in findings[0].message


def test_a_withheld_value_contradicts_nobody():
    _, findings = find_conflicts(
        rows_of([Line("a.xlsx", 4, {**ZHANG, "phone": "13900000001"}), Line("a.xlsx", 5, ZHANG, bad={"phone": "139"})]),
        TABLES,
    )
    assert findings == ()


def test_returned_and_duplicate_rows_take_no_part():
    lines = [Line("a.xlsx", 4, ZHANG)] + [
        Line("a.xlsx", row, {**ZHANG, "member_count": 9}, outcome=outcome)
        for row, outcome in ((5, "returned"), (6, "duplicate"))
    ]
    assert find_conflicts(rows_of(lines), TABLES)[1] == ()


def test_records_of_one_row_do_not_clash():
    lines = [Line("v.xlsx", 4, {"household_id": "H1", "content": text}, VISIT, key="K") for text in ("甲", "乙")]
    assert not find_conflicts(rows_of(lines), TABLES)[0]["visit"]["_pending"].any()


def test_a_visit_told_twice_is_pending_and_left_to_the_rule_on_visits():
    lines = [
        Line("v.xlsx", row, {"household_id": "H1", "content": text}, VISIT, key="K")
        for row, text in ((4, "甲"), (5, "乙"))
    ]
    rows, findings = find_conflicts(rows_of(lines), TABLES)
    assert (rows["visit"]["_pending"].tolist(), findings) == ([True, True], ())


def test_a_key_that_is_an_identity_number_is_left_to_the_rule_on_identity_numbers():
    lines = [
        Line("a.xlsx", row, {"head_id": "990101199001011234", "head_name": name}, key="K")
        for row, name in ((4, "张三"), (5, "李四"))
    ]
    rows, findings = find_conflicts(rows_of(lines), TABLES)
    assert (rows["household"]["_pending"].tolist(), findings) == ([True, True], ())


def test_one_head_on_two_rows_is_a_conflict_of_the_rows_and_his_number_stands():
    lines = [
        Line("a.xlsx", row, {"head_id": "990101199001011234", "head_name": name, "member_count": count}, key="K")
        for row, name, count in ((4, "张三", 2), (5, "张 三", 3))
    ]
    _, findings = find_conflicts(rows_of(lines), TABLES)
    assert [f.code for f in findings] == ["MG03", "MG03"]
    assert "家庭人口数" in findings[0].message and "姓名" not in findings[0].message


def test_a_key_that_names_the_recipient_by_identity_number_is_told_here():
    says = {"recipient_id": "990101199001011234", "helper_name": "王五"}
    lines = [
        Line("p.xlsx", row, {**says, "helper_phone": phone}, PAIRING, key="K")
        for row, phone in ((4, "13900000001"), (5, "13900000002"))
    ]
    assert [f.place.cell for f in find_conflicts(rows_of(lines), TABLES)[1]] == ["C4", "C5"]


def test_a_placeholder_used_as_key_by_many_is_one_finding_a_file():
    lines = [Line("a.xlsx", row, {**ZHANG, "head_name": f"张{row}"}) for row in range(4, 14)]
    _, findings = find_conflicts(rows_of(lines), TABLES)
    assert [(f.place.cell, f.count) for f in findings] == [("C4", 10)]


def test_the_same_people_on_two_sheets_with_different_columns_are_one_finding():
    lines = [
        Line("a.xlsx", row, {"household_id": f"H{row}", **more}, sheet=sheet)
        for sheet, more in (("人口", {"member_count": 3}), ("收入", {"net_income": 5700.0}))
        for row in range(4, 34)
    ]
    _, findings = find_conflicts(rows_of(lines), TABLES)
    assert [(f.code, f.place.sheet, f.count) for f in findings] == [("MG05", "收入", 30)]
