"""The tables: names, headers, examples."""

import datetime as dt
import pickle

import pandas as pd
import pytest

from bangfu_excel.core.fold import fold
from bangfu_excel.core.kinds.base import Context
from bangfu_excel.core.raw import Cell, CellType
from bangfu_excel.domain import CODELISTS, RELATIONS, TABLES

CONTRACT = {
    "household": (
        "county township village group household_id head_name head_id household_type recipient_category member_count labour_count"
        " labour_capacity cause net_income income_per_capita main_income_source farmland_mu housing demand phone identified_on"
        " honour status remark"
    ),
    "member": (
        "household_id head_name name id_number gender birth_date relation ethnicity education school_status dropout_reason yulu"
        " health labour_ability disability_cert disability_grade dibao dibao_kind hukou_kind hukou_since phone works work_place"
        " work_months work_started_on work_ended_on employer monthly_wage plans_work post_kind post_months remark"
    ),
    "pairing": (
        "household_id recipient_name recipient_id recipient_kind township village helper_name helper_kind helper_unit"
        " helper_position helper_phone recipient_phone group pattern is_lead started_on ended_on filed_on remark"
    ),
    "visit": (
        "visited_on township village household_id head_name visitors helper_unit group kind mode target content help_category"
        " opinions problems in_name_of meal_fee_paid remark"
    ),
    "child": (
        "county township village villager_group name gender ethnicity birth_date id_number hukou_registered hukou_place address"
        " phone school stage grade class_name boards student_number health disability_kind disability_grade illness category"
        " left_behind_kind care_type is_key care_level father_name father_id father_phone father_work_place father_occupation"
        " father_alive mother_name mother_id mother_phone mother_work_place mother_occupation mother_alive parents_away"
        " return_times_per_year guardian_name guardian_relation guardian_kind guardian_phone guardian_address"
        " guardian_occupation guardian_age guardian_health guardian_education entrusted_name entrusted_relation"
        " entrusted_phone entrusted_address entrusted_occupation entrusted_age entrusted_health income_source aid"
        " dropout_reason study_helper class_teacher keeper file_made card_made updated_on remark"
    ),
    "helper": (
        "name gender id_number politics unit unit_kind affiliation position rank phone helper_kind is_first_secretary"
        " is_team_leader is_resident group school subject disqualified_on remark"
    ),
    "unit": "unit credit_code unit_kind affiliation civil_level managed_by leader liaison phone address village target remark",
    "village": (
        "township village priority_type is_removed distance_km area_km2 farmland_mu farmland_per_capita group_count households"
        " population committee_size party_members party_activists poor_households poor_persons poverty_share dibao_households"
        " wubao_households sanwu_persons income_per_capita income_year collective_income medical_rate pension_rate"
        " pension_persons pension_monthly has_library has_activity_room has_classroom has_square has_television has_sound"
        " has_broadcast has_bookshelf has_showcase has_moral_council has_villager_council has_red_white_council"
        " has_ban_council remark"
    ),
    "document": (
        "unit village kind title period_text due_on filed_on filed_with status signed_on person_in_charge content method steps"
        " staff remark"
    ),
    "project": (
        "township village title kind planned_start planned_finish actual_start actual_finish budget paid progress status"
        " contractor partners sources remark"
    ),
    "inspection": (
        "inspected_on mode inspected_unit village household_id head_name head_id inspector finding deadline rectified"
        " rectified_on remark"
    ),
    "feedback": (
        "asked_on household_id recipient_name recipient_id respondent relation helper_name helper_unit helper_phone"
        " satisfaction opinion suggestion remark"
    ),
    "diary": (
        "recorded_on kind helper_name helper_unit helper_phone household_id recipient_name recipient_id subject content study"
        " life psychology stage_result check_result next_step remark"
    ),
    "measure": (
        "started_on township village household_id recipient_name recipient_id recipient_kind school class_name category content"
        " style way resource contribution wusong priority cause goal_tag amount quantity quantity_unit ended_on helper_name"
        " helper_unit helper_phone person_in_charge duty standard result status signed remark"
    ),
    "fund": (
        "moved_on direction item source donor township village household_id receiver receiver_id receiver_unit recipient_count"
        " quantity unit unit_price amount approximate stock insurance_sum keeper handler signed project channel voucher remark"
    ),
    "problem": (
        "found_on source household_id recipient_name recipient_id phone recipient_kind school class_name description kind helper_name owner owner_unit solved_by"
        " measures deadline status closed_on escalated_to escalated_on revisit_on revisit_result satisfaction reviewer"
        " colour remark"
    ),
    "activity": (
        "held_on kind title township village villager_group place unit class_name group organiser participants"
        " participant_count recipients content result photo_count remark"
    ),
    "training": (
        "held_on ended_on title topic session form township village villager_group place unit trainer participants"
        " participants_count content result remark"
    ),
    "leave": "helper_name helper_unit helper_phone kind started_on ended_on reason approved_by approved_on remark",
}  # fmt: skip
FIELDS = [pytest.param(t, f, id=f"{t.name}.{f.name}") for t in TABLES.values() for f in t.fields]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_table_has_the_names_that_others_rely_on_in_that_order(table):
    promised = CONTRACT[table.name].split()
    assert [name for name in table.names if name in promised] == promised


def test_tables_stand_in_the_order_of_the_work():
    order = [
        "household",
        "member",
        "pairing",
        "visit",
        "helper",
        "unit",
        "child",
        "measure",
        "fund",
        "problem",
        "village",
        "document",
        "activity",
        "project",
        "training",
        "inspection",
        "feedback",
        "diary",
        "leave",
    ]
    assert list(TABLES) == [name for name in order if name in TABLES]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_a_header_is_certain_for_one_field_only(table):
    certain = [fold(header) for field in table.fields for header in field.headers]
    weak = {fold(header) for field in table.fields for header in field.weak}
    assert sorted({header for header in certain if certain.count(header) > 1}) == []
    assert sorted(weak & set(certain)) == []


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_field_says_what_to_fill_in_and_shows_it(table, field):
    assert field.help.endswith("。")
    assert not any("a" <= char.lower() <= "z" for char in field.help.replace("C级", "").replace("D级", ""))
    assert field.example
    assert not field.codelist or field.codelist in CODELISTS
    assert field.facet in {"", *table.facets}


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_example_is_read_without_a_problem_and_passes_its_checks(table, field):
    context = Context(field, codes=CODELISTS.get(field.codelist), year=2024, as_of=dt.date(2024, 6, 30))
    parsed = field.kind.parse(Cell(CellType.TEXT, field.example), context)
    assert parsed.problem is None
    assert parsed.value is not None
    value = pd.Series([parsed.value], dtype=field.kind.dtype)
    for check in field.kind.checks(context):
        assert bool(check.passes(value).iloc[0]), check.message.title
    if field.codelist:
        assert set(str(parsed.value).split("、")) <= set(CODELISTS[field.codelist].labels)


def test_examples_of_all_tables_tell_of_one_household():
    shared = {
        ("household", "head_id"): [("member", "id_number"), ("pairing", "recipient_id"), ("visit", "head_id")],
        ("household", "head_name"): [
            ("member", "name"),
            ("member", "head_name"),
            ("pairing", "recipient_name"),
            ("visit", "head_name"),
            ("child", "guardian_name"),
            ("inspection", "head_name"),
            ("feedback", "recipient_name"),
            ("diary", "recipient_name"),
            ("measure", "recipient_name"),
            ("fund", "receiver"),
            ("problem", "recipient_name"),
        ],
        ("household", "household_id"): [(t, "household_id") for t in ("member", "pairing", "visit")],
        ("household", "township"): [(t, "township") for t in ("member", "pairing", "visit")],
        ("household", "village"): [(t, "village") for t in ("member", "pairing", "visit")],
        ("household", "group"): [("member", "group"), ("pairing", "villager_group"), ("visit", "villager_group")],
        ("household", "phone"): [("member", "phone"), ("pairing", "recipient_phone"), ("problem", "phone")],
        ("pairing", "helper_name"): [
            ("visit", "visitors"),
            ("helper", "name"),
            ("unit", "liaison"),
            ("feedback", "helper_name"),
            ("diary", "helper_name"),
            ("problem", "helper_name"),
            ("activity", "organiser"),
            ("leave", "helper_name"),
        ],
        ("pairing", "helper_unit"): [
            ("visit", "helper_unit"),
            ("helper", "unit"),
            ("unit", "unit"),
            ("document", "unit"),
            ("activity", "unit"),
            ("training", "unit"),
            ("leave", "helper_unit"),
        ],
        ("pairing", "helper_phone"): [("helper", "phone"), ("unit", "phone"), ("diary", "helper_phone")],
        ("pairing", "group"): [("visit", "group"), ("helper", "group")],
    }
    for (table, field), others in shared.items():
        assert {TABLES[t][f].example for t, f in others} == {TABLES[table][field].example}
    assert TABLES["household"]["member_count"].example == "1"


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_companions_name_fields_that_exist(table):
    for companion in table.companions:
        other = TABLES[companion.table]
        assert set(companion.triggers) <= set(other.names)
        assert set(companion.shares) <= set(other.names)
        assert set(companion.shares.values()) <= set(table.names)


def test_tables_and_relations_can_be_handed_to_another_process():
    tables, relations = pickle.loads(pickle.dumps((TABLES, RELATIONS)))
    assert [t.names for t in tables.values()] == [t.names for t in TABLES.values()]
    assert [r.test for t in tables.values() for r in t.rules if r.code == "HH05"] == [
        r.test for r in TABLES["member"].rules if r.code == "HH05"
    ]
    assert relations == RELATIONS
