"""An invented county: rows of the four tables in which nothing is wrong, and single faults to plant in them."""

from __future__ import annotations

from dataclasses import dataclass

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈", "伟芳娜敏静丽强磊军洋"
_CAUSES = ("因病", "因残", "因学", "缺技术", "缺资金")


@dataclass(frozen=True)
class Column:
    """A field as a sheet may head it: alone, or (shorter) under one of the headings of its group."""

    field: str
    alone: tuple[str, ...]
    group: str = ""
    under: tuple[str, ...] = ()
    required: bool = False


GROUPS = {
    "household": ("家庭基本情况", "基本情况"),
    "person": ("家庭成员情况", "成员基本信息"),
    "recipient": ("帮扶对象", "帮扶对象信息"),
    "helper": ("帮扶责任人", "帮扶干部"),
    "visit": ("走访情况", "走访记录"),
}

COLUMNS: dict[str, tuple[Column, ...]] = {
    "household": (
        Column("household_id", ("户编号", "户码", " 户 号*"), "household", ("户编号", "户号"), True),
        Column("head_name", ("户主姓名", "户主", "户主\n姓名"), "household", ("户主姓名", "户主"), True),
        Column("village", ("村", "行政村", "所在村"), required=True),
        Column("head_id", ("户主身份证号码", "户主证件号码"), "household", ("户主身份证号",)),
        Column("member_count", ("家庭人口数", "家庭人口（人）", "1.家庭人口"), "household", ("家庭人口数", "人口数")),
        Column("labour_count", ("劳动力人数", "劳动力数")),
        Column("cause", ("致贫原因", "主要致贫原因", "致貧原因")),
        Column("net_income", ("家庭纯收入（元）", "家庭纯收入(元)")),
        Column("phone", ("户联系电话", "户主电话")),
    ),
    "member": (
        Column("household_id", ("户编号", "户码"), required=True),
        Column("name", ("姓名", "成员姓名"), "person", ("姓名",), True),
        Column("id_number", ("证件号码", "身份证号码", "公民身份号码"), "person", ("证件号码", "身份证号"), True),
        Column("relation", ("与户主关系", "与户主的关系"), "person", ("与户主关系",), True),
        Column("gender", ("性别",), "person", ("性别",)),
        Column("birth_date", ("出生日期", "出生年月日"), "person", ("出生日期",)),
    ),
    "pairing": (
        Column("household_id", ("户编号", "户码"), "recipient", ("户编号",), True),
        Column("recipient_name", ("帮扶对象姓名", "户主姓名"), "recipient", ("姓名", "户主姓名"), True),
        Column("helper_name", ("帮扶责任人", "帮扶人姓名", "帮扶干部姓名"), "helper", ("姓名",), True),
        Column("helper_unit", ("帮扶单位", "帮扶人单位"), "helper", ("单位", "工作单位")),
        Column("helper_position", ("职务",), "helper", ("职务",)),
        Column("helper_phone", ("帮扶人电话", "帮扶人联系电话"), "helper", ("联系电话", "电话")),
        Column("started_on", ("结对时间", "结对日期"), required=True),
    ),
    "visit": (
        Column("visited_on", ("走访时间", "走访日期", "入户时间"), "visit", ("走访时间", "走访日期"), True),
        Column("household_id", ("户编号", "户码"), required=True),
        Column("head_name", ("户主姓名", "走访对象"), required=True),
        Column("visitors", ("走访人", "走访人员", "走访干部"), "visit", ("走访人",), True),
        Column("content", ("走访内容", "谈话内容"), "visit", ("走访内容",)),
        Column("mode", ("走访方式",), "visit", ("走访方式",)),
    ),
}


def citizen(number: int, woman: bool = False) -> str:
    """A valid number of the invented area 990101; different for each number up to 20,000."""
    order = number // 28 % 500 * 2 + (0 if woman else 1)
    body = f"990101{1950 + number % 50}{1 + number % 12:02d}{1 + number % 28:02d}{order:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def person(number: int) -> str:
    """A name of three characters; different for each number up to 1,000."""
    return _SURNAMES[number % 10] + _GIVEN[number // 10 % 10] + _GIVEN[number // 100 % 10]


def honest_row(table: str, number: int) -> dict[str, object]:
    """The row of one household in one table: coherent with its rows in the others, nothing wrong; numbers below 1,000."""
    head, number_id, key = person(number), citizen(number), f"HH{number:05d}"
    rows: dict[str, dict[str, object]] = {
        "household": {
            "household_id": key, "head_name": head, "head_id": number_id, "village": f"{'东西南北'[number % 4]}山村",
            "member_count": 2 + number % 5, "labour_count": 1 + number % 2, "cause": _CAUSES[number % 5],
            "net_income": 20000 + number, "phone": f"138{number:08d}",
        },
        "member": {
            "household_id": key, "name": head, "id_number": number_id, "relation": "户主", "gender": "男",
            "birth_date": f"{number_id[6:10]}-{number_id[10:12]}-{number_id[12:14]}",
        },
        "pairing": {
            "household_id": key, "recipient_name": head, "helper_name": person(number + 500),
            "helper_unit": f"县{'农林水'[number % 3]}业局", "helper_position": "科员",
            "helper_phone": f"139{number:08d}", "started_on": f"2024-01-{1 + number % 28:02d}",
        },
        "visit": {
            "visited_on": f"2024-06-{1 + number % 28:02d}", "household_id": key, "head_name": head,
            "visitors": person(number + 500), "content": f"查看住房和饮水，商定{number}号技术培训。", "mode": "入户",
        },
    }  # fmt: skip
    return rows[table]


@dataclass(frozen=True)
class Fault:
    """A wrong value for one field of one table, and the code of the error that it must bring at its cell.

    against: the field of the same row that it contradicts, "" where it is wrong by itself.
    """

    table: str
    field: str
    value: object
    code: str
    against: str = ""


FAULTS = (
    Fault("household", "head_id", 990101195001011000.0, "ID23"),
    Fault("household", "head_id", "9.90101E+17", "ID23"),
    Fault("household", "head_id", "99010119500101123", "ID02"),
    Fault("household", "head_id", "990101195013011236", "ID03"),
    Fault("household", "member_count", 99, "VL01"),
    Fault("household", "labour_count", 30, "HH08", "member_count"),
    Fault("household", "cause", "因为穷", "HH06"),
    Fault("household", "phone", "1380000", "ID16"),
    Fault("household", "net_income", "挺好的", "NV22"),
    Fault("household", "head_name", "张3", "ID14"),
    Fault("member", "id_number", "99010119500101123", "ID02"),
    Fault("member", "gender", "女", "ID11", "id_number"),
    Fault("member", "birth_date", "1931-01-01", "ID12", "id_number"),
    Fault("member", "birth_date", "三月的一天", "NV26"),
    Fault("member", "relation", "不知道", "HH06"),
    Fault("pairing", "helper_phone", "139", "ID16"),
    Fault("pairing", "started_on", None, "PV07"),
    Fault("pairing", "started_on", "2024-02-30", "NV28"),
    Fault("pairing", "household_id", "HH99999", "LK01"),
    Fault("visit", "visited_on", "2024-08-01", "PV09"),
    Fault("visit", "visited_on", "2024-02-30", "NV28"),
    Fault("visit", "visitors", None, "RQ01"),
    Fault("visit", "mode", "托梦", "HH06"),
    Fault("visit", "household_id", "HH99999", "LK01"),
)
