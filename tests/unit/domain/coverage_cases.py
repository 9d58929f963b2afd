"""Row rules about cover, monitored households and helpers who are helped: for each a case that fires and one that does not."""

from rule_cases import MAN, cases, with_check_digit

BOY = with_check_digit("99010120100512301")
BOTH = {"resident_medical": True, "employee_medical": True}
MONITORED = {"recipient_category": "困难户、边缘易致贫户"}
ENDED = {"removed_on": "2024-06-01", "identified_on": "2024-01-10"}

CASES = [
    *cases("member", "PC01", "resident_medical", BOTH, {**BOTH, "employee_medical": False}),
    *cases("member", "PC01b", "resident_medical", {"resident_medical": False}, {"employee_medical": True}),
    *cases("member", "PC01b", "resident_medical", {"status": "外出"}, {"resident_medical": False, "status": "死亡"}),
    *cases("member", "PC02", "resident_pension", {"id_number": MAN}, {"id_number": MAN, "employee_pension": False}),
    *cases("member", "PC02", "resident_pension", {"age": 16}, {"id_number": BOY}),
    *cases("member", "PC02", "resident_pension", {"age": 17, "school_status": "非在校生"}, {"age": 17, "school_status": "普通高中二年级"}),
    *cases("member", "PC02", "resident_pension", {"age": 70}, {"age": 70, "status": "迁出"}),
    *cases("member", "PC02", "resident_pension", {"birth_date": "1968-05-12"}, {}),
    *cases("member", "PC03", "medical_relief", {"medical_relief": True, "resident_medical": False}, {"medical_relief": True, "resident_medical": True}),
    *cases(
        "member", "PC03", "medical_relief", {"medical_relief": True, "resident_medical": False, "employee_medical": False},
        {"medical_relief": True, "resident_medical": False, "employee_medical": True},
    ),
    *cases("member", "PC04", "dibao_amount", {"dibao": True}, {"dibao": True, "dibao_amount": 400}),
    *cases("member", "PC04", "dibao_amount", {"dibao": True, "dibao_amount": 0}, {"dibao": False, "dibao_amount": 0}),
    *cases("member", "PC06", "tekun", {"tekun": True, "health": "健康", "id_number": MAN}, {"tekun": True, "health": "残疾", "id_number": MAN}),
    *cases("member", "PC06", "tekun", {"tekun": True, "health": "健康", "age": 59}, {"tekun": True, "health": "健康", "age": 60}),
    *cases(
        "member", "PC06", "tekun", {"tekun": True, "health": "健康", "age": 18, "school_status": "非在校生"},
        {"tekun": True, "health": "健康", "age": 18, "school_status": "本科一年级"},
    ),
    *cases("member", "PC07", "tekun", {"tekun": True, "work_place": "广东省东莞市"}, {"tekun": True, "work_place": "在家务农"}),
    *cases("member", "PC10", "serious_insurance", {"serious_insurance": False}, {"serious_insurance": False, "status": "注销"}),
    *cases("member", "PC11", "status", {"status": "死亡", "dibao": True}, {"status": "死亡", "dibao": False}),
    *cases("member", "PC11", "status", {"status": "死亡", "tekun": True}, {"status": "外出", "tekun": True}),
    *cases("member", "PC11", "status", {"status": "死亡", "dibao_amount": 400}, {"status": "死亡", "dibao_amount": 0}),
    *cases(
        "household", "PC08b", "safety_net", {"safety_net": False, "labour_capacity": "无劳动能力"},
        {"safety_net": False, "labour_capacity": "部分劳动能力"},
    ),
    *cases("household", "PC10", "housing", {"housing": "D级危房"}, {"housing": "安全住房"}),
    *cases("household", "PC10", "housing", {"housing": "无房"}, {"housing": "无房", "status": "迁出"}),
    *cases("household", "PC10", "safe_water", {"safe_water": False}, {"safe_water": True}),
    *cases("household", "EC04", "income_per_capita", {"income_per_capita": 3999}, {"income_per_capita": 4000}),
    *cases("household", "EC04", "income_per_capita", {"income_per_capita": 3000, "recipient_category": "困难户"}, {"income_per_capita": 3000, **MONITORED}),
    *cases("household", "EC04", "income_per_capita", {"income_per_capita": -5}, {"income_per_capita": 0.57}),
    *cases("household", "EC04", "income_per_capita", {"income_per_capita": 0}, {"income_per_capita": 3000, "income_per_capita__approx": True}),
    *cases(
        "household", "EC05", "income_per_capita", {"income_per_capita": 20_001, "identified_on": "2023-07-01", **MONITORED},
        {"income_per_capita": 20_001, "identified_on": "2023-06-30", **MONITORED},
    ),
    *cases(
        "household", "EC05", "income_per_capita", {"income_per_capita": 20_001, "identified_on": "2024-01-10", **MONITORED},
        {"income_per_capita": 20_000, "identified_on": "2024-01-10", **MONITORED},
    ),
    *cases("household", "MO01", "cause", MONITORED, {**MONITORED, "cause": "因病"}),
    *cases("household", "MO01", "cause", MONITORED, {"recipient_category": "困难户"}),
    *cases("household", "MO01", "cause", MONITORED, {**MONITORED, "other_cause": "因病"}),
    *cases("household", "MO01b", "cause", {"cause": "因病、其他"}, {"cause": "因病、其他", "remark": "债务较多"}),
    *cases("household", "MO01c", "other_cause", {"cause": "因病、因残", "other_cause": "因残"}, {"cause": "因病", "other_cause": "因残"}),
    *cases("household", "MO06", "removed_on", ENDED, {**ENDED, "removed_on": "2024-07-10"}),
    *cases("household", "MO06", "removed_on", ENDED, {**ENDED, "removed_on": "2024-01-01"}),
    *cases("household", "MO06", "removed_on", ENDED, {**ENDED, "removed_on": "2024-01-01", "removed_on__precision": "year"}),
    *cases("household", "MO06b", "removed_on", {"removed_on": "2024-06-01"}, {"removed_on": "2024-05-31"}),
    *cases("household", "MO07", "removed_on", {**ENDED, "removed_on": "2024-01-09"}, {**ENDED, "removed_on": "2024-01-10"}),
    *cases(
        "household", "MO07", "removed_on", {**ENDED, "removed_on": "2023-12-01", "removed_on__precision": "month"},
        {**ENDED, "removed_on": "2024-01-01", "removed_on__precision": "month"},
    ),
    *cases("household", "MO08", "housing", {"risk_removed": True, "housing": "C级危房"}, {"risk_removed": False, "housing": "C级危房"}),
    *cases("household", "MO08", "safe_water", {"risk_removed": True, "safe_water": False}, {"risk_removed": True, "safe_water": True}),
    *cases("household", "MO08b", "housing", {"risk_removed": True}, {"risk_removed": False}),
    *cases("household", "MO08b", "safe_water", {"risk_removed": True}, {"risk_removed": True, "safe_water": False}),
    *cases("household", "MO08b", "income_per_capita", {"risk_removed": True}, {"risk_removed": True, "income_per_capita": 9000}),
    *cases(
        "household", "MO10", "medical_own_cost", {"cause": "因残、因病", "medical_own_cost": 0},
        {"cause": "因残、因病", "medical_own_cost": 1},
    ),
    *cases("household", "MO10", "medical_own_cost", {"cause": "因病", "medical_own_cost": 0}, {"cause": "因学", "medical_own_cost": 0}),
    *cases(
        "pairing", "PV08c", "helper_name", {"helper_name": "李 明", "recipient_name": "李明"},
        {"helper_name": "李明", "recipient_name": "李明", "remark": "同名的两个人"},
    ),
    *cases("pairing", "PV08c", "helper_name", {"helper_name": "李明", "recipient_name": "李明"}, {"helper_name": "李明", "recipient_name": "赵大山"}),
]  # fmt: skip
