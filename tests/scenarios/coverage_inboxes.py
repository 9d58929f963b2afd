"""Small inboxes in which the rules about cover, family ages and helpers who are helped are heard."""

from bangfu_excel.core.kinds.numbering import check_digit


def number(birth, sequence):
    first = f"990101{birth}{sequence:03d}"
    return first + check_digit(first)


MAN = number("19680512", 301)
_OF_MAN = f"QS1,赵大山,{MAN},户主"
_COLUMNS = "户编号,姓名,身份证号码,与户主关系"
_HOUSEHOLD = f"乡镇,村,户编号,户主姓名,户主身份证号,家庭人口\n青石镇,石桥村,QS1,赵大山,{MAN},1\n"


def member(columns, values):
    return [f"{_COLUMNS},{columns}\n{_OF_MAN},{values}\n"]


CASES = {
    # (table, code, first field told at) → the files of the inbox
    ("member", "PC01", "resident_medical"): member("是否参加城乡居民基本医疗保险,是否参加城镇职工基本医疗保险", "是,是"),
    ("member", "PC01b", "resident_medical"): member("是否参加新农合,是否参加职工医保", "否,"),
    ("member", "PC02", "resident_pension"): member("是否参加城乡居民基本养老保险,是否参加城镇职工基本养老保险", ","),
    ("member", "PC03", "medical_relief"): member("是否接受大病医疗救助,是否参加新农合", "是,否"),
    ("member", "PC04", "dibao_amount"): member("是否享受低保,低保金（元）", "是,0"),
    ("member", "PC06", "tekun"): member("是否特困供养人员,健康状况", "是,健康"),
    ("member", "PC07", "tekun"): member("是否特困供养人员,务工地点", "是,广东省东莞市"),
    ("member", "PC11", "status"): member("是否享受低保,状态", "是,死亡"),
    ("member", "HH12", "relation"): [f"{_COLUMNS}\n{_OF_MAN}\nQS1,赵小山,{number('19790512', 301)},之子\n"],
    ("member", "ID19", "phone"): [
        f"{_COLUMNS},联系电话,务工地点\n{_OF_MAN},13900010001,广东省东莞市\nQS1,赵小山,{number('19950512', 301)},之子,13900010001,云岭县\n"
    ],
    ("household", "PC08", "head_name"): [_HOUSEHOLD, *member("劳动能力,是否享受低保", "无劳动力,否")],
    ("household", "PC08b", "safety_net"): ["户编号,户主姓名,劳动能力,是否兜底保障户\nQS1,赵大山,无劳动能力,否\n"],
    ("pairing", "PV08", "helper_name"): [
        _HOUSEHOLD, f"{_COLUMNS}\n{_OF_MAN}\nQS1,李明,{number('19950512', 301)},之女婿\n", "户编号,户主姓名,帮扶责任人,结对时间\nQS1,赵大山,李明,2024-02-01\n",
    ],
    ("pairing", "PV08c", "helper_name"): ["户主姓名,帮扶责任人,帮扶单位,结对时间\n赵大山,赵大山,水利局,2024-02-01\n"],
}  # fmt: skip
OF_HELPERS = {
    ("helper", "PV08b", "id_number"): [_HOUSEHOLD, f"姓名,单位,职务,手机号,身份证号码,是否第一书记\n赵大山,水利局,股长,13900020002,{MAN},是\n"],
    ("document", "PV27", "kind"): [
        "户主姓名,帮扶责任人,帮扶单位,结对时间\n赵大山,李明,水利局,2024-02-01\n",
        "单位,材料种类,标题,应报时间,报送时间\n水利局,工作方案,水利局帮扶方案,2024-03-31,2024-03-05\n",
    ],
}  # fmt: skip
