"""What validation of one region promises."""

from dataclasses import replace

import pandas as pd
import pandera.errors
import pytest
from small_tables import GIVEN, HOUSEHOLD, SETTINGS, TENURE, typed_region

from bangfu_excel.core.codelist import CodeEntry, CodeList
from bangfu_excel.core.kinds.base import Check
from bangfu_excel.core.kinds.number import Integer
from bangfu_excel.core.messages.validate import OUT_OF_BOUNDS
from bangfu_excel.validate import column_schema, validate


def told(findings):
    return [(f.code, f.place.cell, str(f.effect)) for f in findings]


def test_a_clean_region_says_nothing_and_changes_nothing():
    typed = typed_region({"head_name": ["张三", "李四"], "member_count": [3, 4], "housing": ["自有", None]})
    checked, findings = validate(typed, HOUSEHOLD, SETTINGS)
    assert findings == ()
    pd.testing.assert_frame_equal(checked.frame, typed.frame)
    assert not checked.returned.any()


def test_a_value_out_of_bounds_is_withheld_and_its_row_counts():
    typed = typed_region({"head_name": ["张三", "李四"], "member_count": [3, 99]})
    checked, findings = validate(typed, HOUSEHOLD, SETTINGS)
    assert told(findings) == [("VL01", "B4", "field")]
    assert findings[0].message == "第4行“家庭人口数”填的是“99”，应为1–30人"
    assert checked.frame["member_count"].isna().tolist() == [False, True]
    assert checked.faulty["member_count"].tolist() == [False, True]
    assert not checked.returned.any()
    assert typed.frame["member_count"].notna().all(), "the given region is not changed"


def test_the_row_is_right_where_values_are_missing_above_it():
    typed = typed_region({"head_name": ["张三", "李四", "王五"], "member_count": [None, 3, 99]})
    _, findings = validate(typed, HOUSEHOLD, SETTINGS)
    assert told(findings) == [("VL01", "B5", "field")]


def test_a_label_outside_the_code_list_names_the_choices():
    _, findings = validate(typed_region({"head_name": ["张三"], "housing": ["借住"]}), HOUSEHOLD, SETTINGS)
    assert told(findings) == [("HH06", "B3", "field")]
    assert "自有、租住" in findings[0].suggestion


def test_several_labels_in_one_cell_are_judged_one_by_one():
    _, findings = validate(typed_region({"head_name": ["张三"], "housing": ["自有、租住"]}), HOUSEHOLD, SETTINGS)
    assert findings == ()


def test_a_label_with_a_separator_in_it_is_one_label():
    settings = replace(SETTINGS, codelists={"tenure": CodeList("tenure", "住房", (CodeEntry("租、借"),))})
    _, findings = validate(typed_region({"head_name": ["张三"], "housing": ["租、借"]}), HOUSEHOLD, settings)
    assert findings == ()


def test_a_row_rule_stands_at_its_first_field_and_relates_the_others():
    typed = typed_region({"head_name": ["张三"], "member_count": [3], "labour_count": [5]})
    checked, findings = validate(typed, HOUSEHOLD, SETTINGS)
    assert told(findings) == [("HH08", "C3", "field")]
    assert findings[0].message == "第3行“劳动力数”5人多于3人"
    assert findings[0].related == ("B3",)
    assert checked.frame["labour_count"].isna().all()
    assert checked.frame["member_count"].notna().all()


def test_a_fault_in_one_cell_causes_no_second_finding():
    typed = typed_region({"head_name": ["张三"], "member_count": [99], "labour_count": [120]})
    _, findings = validate(typed, HOUSEHOLD, SETTINGS)
    assert told(findings) == [("VL01", "B3", "field")]


def test_a_rule_about_blanks_does_not_speak_of_faulty_cells():
    typed = typed_region({"head_name": ["张三", "李四"], "phone": [None, "x"]}, faulty={"phone": [1]})
    _, findings = validate(typed, HOUSEHOLD, SETTINGS)
    assert [(f.code, f.place.row) for f in findings] == [("PV06", 3)]


def test_a_rule_is_not_asked_where_its_column_was_not_submitted():
    assert validate(typed_region({"head_name": ["张三"]}), HOUSEHOLD, SETTINGS)[1] == ()


def test_an_optional_column_is_there_for_the_rule_as_missing():
    rule = replace(HOUSEHOLD.rules[1], blanks=(), optional=("phone",))
    _, findings = validate(typed_region({"head_name": ["张三"]}), replace(HOUSEHOLD, rules=(rule,)), SETTINGS)
    assert [(f.code, f.place.cell, f.place.label) for f in findings] == [("PV06", "A3", "")]


def test_a_row_rule_can_return_the_row_and_says_dates_as_people_do():
    typed = typed_region({"head_name": ["张三"], "visited_on": ["2024-07-01"]})
    checked, findings = validate(typed, HOUSEHOLD, SETTINGS)
    assert told(findings) == [("PV09", "B3", "row")]
    assert findings[0].message == "第3行日期是2024年7月1日"
    assert checked.returned.tolist() == [True]


def test_a_switched_off_rule_is_silent():
    rules = tuple(replace(rule, enabled=False) for rule in HOUSEHOLD.rules)
    typed = typed_region({"head_name": ["张三"], "member_count": [3], "labour_count": [5]})
    assert validate(typed, replace(HOUSEHOLD, rules=rules), SETTINGS)[1] == ()


def test_a_row_that_says_nobody_is_returned_and_told_what_is_needed():
    typed = typed_region({"member_count": [3, 4], "household_id": ["A1", None], "head_name": [None, None]})
    checked, findings = validate(typed, HOUSEHOLD, SETTINGS)
    assert told(findings) == [("RQ01", "B4", "row")]
    assert "“户编号”或“户主姓名”" in findings[0].message
    assert checked.returned.tolist() == [False, True]


def test_a_faulty_name_returns_the_row_with_the_finding_that_is_there_already():
    typed = typed_region({"head_name": ["某", "李四"], "member_count": [3, 99]}, faulty={"head_name": [0]})
    earlier = OUT_OF_BOUNDS.finding(typed.source.place(3, "head_name"), range="x")
    checked, findings = validate(typed, HOUSEHOLD, SETTINGS, found=(earlier,))
    assert told(findings) == [("VL01", "A3", "row"), ("VL01", "B4", "field")]
    assert checked.returned.tolist() == [True, False]


def test_the_same_warning_down_a_column_is_said_once():
    typed = typed_region({"head_name": ["张三"] * 300, "phone": [None] * 300})
    _, findings = validate(typed, HOUSEHOLD, SETTINGS)
    assert len(findings) == 1
    assert (findings[0].count, findings[0].place.cell, len(findings[0].related)) == (300, "B3", 200)
    assert "共300处" in findings[0].message


def test_errors_stay_one_a_cell_unless_the_rule_repeats():
    columns = {"head_name": ["张三"] * 30, "member_count": [3] * 30, "labour_count": [5] * 30}
    assert len(validate(typed_region(columns), HOUSEHOLD, SETTINGS)[1]) == 30
    rules = (replace(HOUSEHOLD.rules[0], repeats=5),)
    checked, findings = validate(typed_region(columns), replace(HOUSEHOLD, rules=rules), SETTINGS)
    assert [f.count for f in findings] == [30]
    assert checked.frame["labour_count"].isna().all()


def test_the_schema_is_lazy_never_coerces_and_names_its_checks_with_codes():
    schema = column_schema(HOUSEHOLD, {"tenure": TENURE}, GIVEN.as_of)
    assert not schema.coerce
    assert [check.name for check in schema.columns["member_count"].checks][-1] == "VL01"
    frame = pd.DataFrame({"member_count": pd.array([0, 31, 5, None], dtype="Int64"), "other": 1})
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        schema.validate(frame, lazy=True)
    assert caught.value.failure_cases["failure_case"].tolist() == [0, 31]


def test_a_check_that_crashes_is_a_bug_and_raises(monkeypatch):
    def crash(values):
        raise ZeroDivisionError

    monkeypatch.setattr(Integer, "checks", lambda self, context: (Check(OUT_OF_BOUNDS, crash),))
    with pytest.raises(pandera.errors.SchemaError):
        validate(typed_region({"head_name": ["张三"], "labour_count": [3]}), HOUSEHOLD, SETTINGS)
