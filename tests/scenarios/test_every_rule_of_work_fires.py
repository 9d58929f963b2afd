"""Every rule of the tables beside the main job can be heard: a small inbox for each, taken through `bf.check`."""

from pathlib import Path

import pytest

import bangfu_excel as bf
from bangfu_excel.core.kinds.numbering import check_digit
from bangfu_excel.domain import TABLES

OF_WORK = (
    "helper",
    "unit",
    "child",
    "village",
    "document",
    "project",
    "inspection",
    "feedback",
    "diary",
    "leave",
    "problem",
    "activity",
    "training",
)


def number(birth: str) -> str:
    """A valid identity number of a girl who does not exist."""
    first = f"990101{birth}302"
    return first + check_digit(first)


GIRL, TEENAGER, GROWN = number("20130418"), number("20080101"), number("20060101")
CHILD = "姓名,身份证号,乡镇,村,"
XIAO = f"张小雨,{GIRL},青石镇,柳溪村,"


def child(headers, values):
    return [f"{CHILD}{headers}\n{XIAO}{values}\n"]


CASES = {
    # (table, code, first field told at) → the files of the inbox
    ("child", "ID01", "id_number"): ["姓名,身份证号,学校,班级\n张小雨,,青石镇中心小学,五（1）班\n"],
    ("child", "ID01b", "id_number"): ["姓名,身份证号,学校,班级,备注\n张小雨,,青石镇中心小学,五（1）班,未上户口\n"],
    ("child", "ID11", "gender"): child("性别,监护人", "男,张建国"),
    ("child", "ID12", "birth_date"): child("出生日期,监护人", "2013-04-19,张建国"),
    ("child", "ID12b", "age"): child("年龄,监护人", "14,张建国"),
    ("child", "PC12", "category"): [f"{CHILD}儿童类别\n张小雨,{TEENAGER},青石镇,柳溪村,留守儿童\n"],
    ("child", "PC12b", "category"): [f"{CHILD}儿童类别\n张小雨,{GROWN},青石镇,柳溪村,困境儿童\n"],
    ("child", "PC12c", "category"): child("儿童类别", "留守儿童、孤儿"),
    ("child", "PC12d", "father_alive"): child("儿童类别,父亲是否健在", "孤儿,是"),
    ("child", "PC12d", "mother_alive"): child("儿童类别,母亲是否健在", "孤儿,是"),
    ("child", "PC13", "father_work_place"): child("儿童类别,父亲务工地点,母亲务工地点", "留守儿童,,"),
    ("child", "PC13", "parent_work_place"): child("儿童类别,父母务工地点", "留守儿童,"),
    ("child", "PC13b", "guardian_age"): child("监护人,监护人年龄", "张建国,80"),
    ("child", "PC13b", "entrusted_age"): child("委托监护人,委托监护人年龄", "张小明,15"),
    ("child", "PV17", "birth_date"): [f"{CHILD}出生日期\n张小雨,,青石镇,柳溪村,\n"],
    ("child", "PV23", "stage"): child("就学情况", "辍学"),
    ("child", "PV22", "address"): child("监护人,家庭住址", "张建国,"),
    ("child", "PV22", "phone"): child("监护人,家庭联系电话", "张建国,"),
    ("child", "PV22", "parent_name"): child("家长姓名", ""),
    ("child", "PV22", "guardian_name"): child("监护人", ""),
    **{
        ("child", "PV22", f"{party}_{detail}"): child(f"{who},{who}{label}", "张建国,")
        for party, who in (("guardian", "监护人"), ("entrusted", "委托监护人"))
        for detail, label in (
            ("occupation", "职业"), ("address", "详细地址"), ("phone", "电话"), ("health", "身体状况"), ("age", "年龄"),
        )
    },
    ("helper", "ID11", "gender"): [f"帮扶人姓名,性别,身份证号,单位,职务级别\n李明,男,{GIRL},水利局,科员\n"],
    ("helper", "PV06", "phone"): ["帮扶人姓名,单位,职务级别,手机号\n李明,水利局,科员,\n"],
    ("helper", "PV06", "unit"): ["帮扶人姓名,单位,职务级别,手机号\n李明,,科员,13900020002\n"],
    ("helper", "HP01", "disqualified_on"): ["帮扶人姓名,单位,任职时间,资格取消日期\n李明,水利局,2024-03-01,2024-02-01\n"],
    ("helper", "HP02", "gender"): ["帮扶人姓名,单位,性别,帮扶人类型\n李明,水利局,男,爱心妈妈\n"],
    ("unit", "UN01", "credit_code"): ["单位名称,单位类型,统一社会信用代码\n水利局,国家机关,91350100M000100Y44\n"],
    ("unit", "UN02", "managed_by"): ["单位名称,文明单位级别,主管文明办\n水利局,省级,\n"],
    ("unit", "UN03", "liaison"): ["单位名称,文明单位级别,联络员\n水利局,省级,\n"],
    ("unit", "UN04", "phone"): ["单位名称,文明单位级别,联系电话\n水利局,省级,\n"],
    ("village", "VL01", "poverty_share"): ["乡镇,行政村,总人口,贫困人口,贫困人口比例\n青石镇,柳溪村,1468,96,8.5%\n"],
    ("village", "VL02", "farmland_per_capita"): ['乡镇,行政村,总人口,耕地面积,人均耕地\n青石镇,柳溪村,1468,"17,500亩",13.4\n'],
    ("village", "EC03", "poor_persons"): ["乡镇,行政村,总人口,贫困人口,总户数\n青石镇,柳溪村,90,96,30\n"],
    ("village", "EC03", "poor_households"): ["乡镇,行政村,总人口,贫困户数,总户数\n青石镇,柳溪村,90,31,30\n"],
    ("village", "EC03", "dibao_households"): ["乡镇,行政村,总人口,低保户数,总户数\n青石镇,柳溪村,90,31,30\n"],
    ("village", "EC03", "labour_force"): ["乡镇,行政村,总人口,劳动力,总户数\n青石镇,柳溪村,90,91,30\n"],
    ("village", "EC03", "households"): ["乡镇,行政村,总人口,党员人数,总户数\n青石镇,柳溪村,90,3,91\n"],
    ("document", "DC01", "due_on"): ["报送单位,材料种类,应报时间,报送时间\n水利局,责任书,2024-01-31,\n"],
    ("document", "DC02", "filed_on"): ["报送单位,材料种类,应报时间,报送时间\n水利局,责任书,2024-01-31,2024-07-31\n"],
    ("document", "DC03", "status"): ["报送单位,材料种类,材料状态,报送时间\n水利局,责任书,已备案,\n"],
    ("document", "DC04", "filed_on"): ["报送单位,材料种类,签订时间,报送时间\n水利局,责任书,2024-02-01,2024-01-31\n"],
    ("project", "PV25", "planned_finish"): ["村,项目名称,计划竣工时间,实际竣工时间\n柳溪村,道路硬化,2024-05-31,\n"],
    ("project", "PJ01", "paid"): ["村,项目名称,总预算,已支付\n柳溪村,道路硬化,3000,30000\n"],
    ("project", "PJ02", "status"): ["村,项目名称,项目状态,实际竣工时间\n柳溪村,道路硬化,已验收,\n"],
    ("project", "PJ03", "actual_finish"): ["村,项目名称,实际开工时间,实际竣工时间\n柳溪村,道路硬化,2024-05-31,2024-05-01\n"],
    ("project", "PJ03", "planned_finish"): ["村,项目名称,计划开工时间,计划竣工时间\n柳溪村,道路硬化,2024-08-31,2024-08-01\n"],
    ("inspection", "PV09", "inspected_on"): ["督查时间,被督查单位,发现的问题\n2024-07-16,水利局,手册没有签字\n"],
    ("inspection", "PV09d", "inspected_on"): ["督查时间,被督查单位,发现的问题\n2024年,水利局,手册没有签字\n"],
    ("inspection", "PV18", "deadline"): ["督查时间,被督查单位,发现的问题,整改期限\n2024-05-16,水利局,手册没有签字,2024-05-31\n"],
    ("inspection", "PV18b", "deadline"): ["督查时间,被督查单位,发现的问题,整改期限\n2024-05-16,水利局,手册没有签字,\n"],
    ("inspection", "PV18c", "rectified"): ["督查时间,被督查单位,发现的问题,是否整改到位,整改完成时间\n2024-05-16,水利局,手册没有签字,是,\n"],
    ("inspection", "PV18d", "rectified_on"): ["督查时间,被督查单位,发现的问题,整改完成时间\n2024-05-16,水利局,手册没有签字,2024-05-15\n"],
    ("feedback", "PV09", "asked_on"): ["征求意见时间,帮扶对象,帮扶责任人,满意程度\n2024-07-16,赵大山,李明,满意\n"],
    ("feedback", "PV09d", "asked_on"): ["征求意见时间,帮扶对象,帮扶责任人,满意程度\n2024年,赵大山,李明,满意\n"],
    ("feedback", "FB01", "opinion"): ["征求意见时间,帮扶对象,帮扶责任人,满意程度,意见\n2024-06-16,赵大山,李明,不满意,\n"],
    ("diary", "PV09", "recorded_on"): ["记录时间,记录种类,记录人,帮扶对象,记录内容\n2024-07-16,民情日记,李明,赵大山,看望\n"],
    ("diary", "PV09d", "recorded_on"): ["记录时间,记录种类,记录人,帮扶对象,记录内容\n2024年,民情日记,李明,赵大山,看望\n"],
    ("diary", "DY01", "content"): ["记录时间,记录种类,记录人,帮扶对象,记录内容\n2024-06-16,民情日记,李明,赵大山,\n"],
    **{
        ("problem", code, field): [f"发现时间,村,问题描述,{headers}\n{values}\n"]
        for code, field, headers, values in (
            ("PV07d", "found_on", "责任人", "2019-06-01,柳溪村,圈舍老旧,李明"),
            ("PV09", "found_on", "责任人", "2024-07-16,柳溪村,圈舍老旧,李明"),
            ("PV09d", "found_on", "责任人", "2024年,柳溪村,圈舍老旧,李明"),
            ("PV18", "deadline", "办结期限,办结状态", "2024-05-16,柳溪村,圈舍老旧,2024-05-31,办理中"),
            ("PV18b", "deadline", "办结期限,办结状态", "2024-05-16,柳溪村,圈舍老旧,,办理中"),
            ("PV18c", "status", "办结时间,办结状态", "2024-05-16,柳溪村,圈舍老旧,,已办结"),
            ("PV18d", "closed_on", "办结时间,办结状态", "2024-05-16,柳溪村,圈舍老旧,2024-05-15,已办结"),
            ("PV18e", "owner", "责任人,责任单位", "2024-05-16,柳溪村,圈舍老旧,,"),
            ("PV18f", "status", "办结状态,办结时间", "2024-05-16,柳溪村,圈舍老旧,,"),
            ("PV18g", "status", "办结时间,办结状态", "2024-05-16,柳溪村,圈舍老旧,2024-05-20,未启动"),
            ("PV18h", "escalated_on", "上报给谁,上报时间", "2024-05-16,柳溪村,圈舍老旧,党支部,2024-05-15"),
            ("PV18h", "revisit_on", "办结时间,回访时间", "2024-05-16,柳溪村,圈舍老旧,2024-05-20,2024-05-19"),
            ("PV19", "escalated_to", "由谁解决,办结期限,上报给谁", "2024-05-16,柳溪村,圈舍老旧,个人,2024-05-31,"),
            ("PV19b", "status", "办结状态,上报给谁", "2024-05-16,柳溪村,圈舍老旧,已上报,"),
        )
    },
    ("activity", "PV07d", "held_on"): ["活动时间,活动种类,活动名称,组织单位\n2019-06-01,座谈,家长座谈会,青石镇中心小学\n"],
    ("activity", "PV09", "held_on"): ["活动时间,活动种类,活动名称,组织单位\n2024-07-16,座谈,家长座谈会,青石镇中心小学\n"],
    ("activity", "PV09d", "held_on"): ["活动时间,活动种类,活动名称,组织单位\n2024年,座谈,家长座谈会,青石镇中心小学\n"],
    ("activity", "AC01", "participant_count"): [
        "活动时间,活动种类,活动名称,组织单位,参加人员,参加人数\n2024-06-16,座谈,家长座谈会,青石镇中心小学,李明、王芳、赵强,2\n"
    ],
    ("activity", "AC02", "ended_on"): [
        "活动时间,活动结束时间,活动种类,活动名称,组织单位\n2024-06-16,2024-06-15,座谈,家长座谈会,青石镇中心小学\n"
    ],
    ("training", "PV07d", "held_on"): ["培训时间,培训名称,举办单位,村\n2019-06-01,养羊技术,水利局,柳溪村\n"],
    ("training", "PV09", "held_on"): ["培训时间,培训名称,举办单位,村\n2024-07-16,养羊技术,水利局,柳溪村\n"],
    ("training", "PV09d", "held_on"): ["培训时间,培训名称,举办单位,村\n2024年,养羊技术,水利局,柳溪村\n"],
    ("training", "TR01", "ended_on"): ["培训时间,培训结束时间,培训名称,举办单位\n2024-06-16,2024-06-15,养羊技术,水利局\n"],
    ("leave", "LV01", "ended_on"): ["请假人,请假种类,开始时间,结束时间\n李明,请假,2024-05-16,2024-05-15\n"],
    ("leave", "LV02", "approved_by"): ["请假人,请假种类,开始时间,批准人\n李明,请假,2024-05-16,\n"],
    ("leave", "LV03", "ended_on"): ["请假人,请假种类,开始时间,结束时间\n李明,请假,2022-05-16,2024-05-15\n"],
}  # fmt: skip


@pytest.fixture(scope="module")
def scheme(tmp_path_factory) -> Path:
    """A scheme of exactly these tables, from March 2020 on, that asks for a visit on each birthday."""
    file = tmp_path_factory.mktemp("方案") / "work.toml"
    tables = ", ".join(f'"{name}"' for name in OF_WORK)
    birthday = '[[cadences]]\nid = "b"\ntitle = "生日"\nwhom = "child"\nper = "birthday"\ncounter = "recipient"\n'
    head = f'id = "work"\ntitle = "各类报表"\nversion = "1"\nstart = 2020-03-01\ntables = [{tables}]\n'
    file.write_text(head + birthday, encoding="utf-8")
    return file


@pytest.mark.parametrize(("told", "files"), CASES.items(), ids=lambda v: "-".join(v) if isinstance(v, tuple) else "")
def test_the_rule_is_heard(told, files, scheme, tmp_path: Path):
    for position, text in enumerate(files):
        (tmp_path / f"{position}.csv").write_text(text, encoding="utf-8-sig")
    findings = bf.check(tmp_path, scheme=scheme, as_of="2024-06-30").findings
    assert told in {(f.place.table, f.code, f.place.field) for f in findings}, [f.message for f in findings]


def test_no_rule_of_work_is_without_a_case():
    assert {(name, r.code, r.at[0]) for name in OF_WORK for r in TABLES[name].rules if r.enabled} == set(CASES)


UNDER_A_PLAN = {
    # (table, code, first field told at) → what the plan says, and the file
    ("problem", "PV19", "solved_by"): (
        '[[records]]\ntitle = "选一两项由个人解决"\nfields = ["problem.solved_by"]\n',
        "发现时间,村,帮扶对象,问题描述,由谁解决\n"
        + "".join(f"2024-05-1{n},柳溪村,张建国,困难{n},个人\n" for n in range(3)),
    ),
    ("training", "PV25", "title"): (
        '[[cadences]]\nid = "c"\ntitle = "培训"\ntable = "training"\nwho = "unit"\nwhom = "village"\nmost = 2\n'
        'per = "programme"\ncounter = "programme"\n',
        "培训时间,村,培训名称,举办单位\n" + "".join(f"2024-05-1{n},柳溪村,养羊技术,水利局\n" for n in range(3)),
    ),
}


@pytest.mark.parametrize(
    ("told", "said", "text"), [(told, *given) for told, given in UNDER_A_PLAN.items()], ids=["problem", "training"]
)
def test_the_rule_is_heard_under_a_plan_that_asks_for_it(told, said, text, scheme, tmp_path: Path):
    own = tmp_path / "own.toml"
    own.write_text(scheme.read_text(encoding="utf-8").replace('"work"', '"own"') + said, encoding="utf-8")
    (tmp_path / "6月").mkdir()
    (tmp_path / "6月" / "0.csv").write_text(text, encoding="utf-8-sig")
    asked, unasked = (bf.check(tmp_path / "6月", scheme=plan, as_of="2024-06-30").findings for plan in (own, scheme))
    assert told in {(f.place.table, f.code, f.place.field) for f in asked}, [f.message for f in asked]
    assert told not in {(f.place.table, f.code, f.place.field) for f in unasked}
