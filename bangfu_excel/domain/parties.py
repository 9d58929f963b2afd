"""Columns that say of whom a record is and who made it, the same in every log of assistance."""

from __future__ import annotations

from dataclasses import replace

from bangfu_excel.core.kinds import (
    CODE,
    IDENTITY_OR_CERTIFICATE,
    KEY,
    KEYS,
    ORGANISATION,
    PERSON,
    PERSONS,
    PHONE,
    PLACE,
    TEXT,
)
from bangfu_excel.core.kinds.base import Kind
from bangfu_excel.core.table import Field, Privacy
from bangfu_excel.domain import aliases

RECIPIENT_HEADINGS = (
    "帮扶对象", "帮扶对象信息", "帮扶对象情况", "对象", "对象信息", "受助人", "结对对象", "学生", "学生信息", "儿童", "儿童信息", "农户", "贫困户", "户主",
)  # fmt: skip
HELPER_HEADINGS = (
    "帮扶责任人", "帮扶责任人信息", "帮扶人", "帮扶人信息", "帮扶干部", "帮扶方", "爱心妈妈", "志愿者", "帮扶教师", "党员干部", "责任人",
)  # fmt: skip
_NUMBERS = ("联系电话", "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式")

_PLACES = (
    Field(
        "township", "乡镇", PLACE, aliases=aliases.TOWNSHIP, facet="recipient",
        help="填写帮扶对象所在的乡、镇或街道。", example="青石镇", width=10,
    ),
    Field(
        "village", "村", PLACE, tail="villager_group", names=("township", "village", "villager_group"),
        aliases=(*aliases.VILLAGE, "帮扶村", "结对村", "受益村"), facet="recipient",
        help="填写帮扶对象所在的行政村或社区。", example="柳溪村", width=10,
    ),
    Field(
        "villager_group", "组", PLACE, aliases=aliases.GROUP, weak=("小组",), facet="recipient",
        help="填写帮扶对象所在的村民小组，例如三组。", example="三组", width=8,
    ),
)  # fmt: skip
_HOUSEHOLD_ID = Field(
    "household_id", "户编号", KEY, aliases=aliases.HOUSEHOLD_ID, weak=("编号", "编码"), facet="recipient",
    help="填写帮扶对象的户编号，与帮扶对象户表一致。", example="YL0302011", width=14,
)  # fmt: skip


def home() -> tuple[Field, ...]:
    """Place and household number of a recipient who is called otherwise than in `person_helped`."""
    return (*_PLACES, _HOUSEHOLD_ID)


def person_helped(*others: str) -> tuple[Field, ...]:
    """Place, household number, name and number of a recipient who may be a household or a person. others: more headers."""
    return (
        *_PLACES,
        _HOUSEHOLD_ID,
        Field(
            "recipient_name", "帮扶对象姓名", PERSON, expected=True, facet="recipient", privacy=Privacy.NAME,
            aliases=(
                "帮扶对象", "帮扶对象(户主)姓名", "户主姓名", "户主", "受助人", "受助人姓名", "结对对象", "结对对象姓名", "对象姓名", "学生姓名",
                "儿童姓名", "孩子姓名", "留守儿童姓名", "孤儿姓名", "农户姓名", "贫困户姓名", "结对学生", "结对学生姓名", "结对儿童", "结对儿童姓名", "结对孤儿", "帮扶学生", "帮扶学生姓名", "帮扶儿童", "帮扶儿童姓名", *others,
            ),
            weak=("姓名", "名字", "学生", "对象"), help="填写帮扶对象的姓名，帮扶一户的填户主。", example="张建国", width=12,
        ),
        Field(
            "recipient_id", "对象证件号码", IDENTITY_OR_CERTIFICATE, facet="recipient", privacy=Privacy.IDENTITY,
            aliases=(
                "帮扶对象身份证号", "帮扶对象身份证号码", "帮扶对象证件号码", "对象身份证号", "对象身份证号码", "户主身份证号", "户主身份证号码",
                "户主证件号码", "学生身份证号", "学生身份证号码", "受助人身份证号",
            ),
            weak=("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号码", "证件号"),
            help="同村有同名的人时，以文本格式填写18位公民身份号码。", example="990101196805123015", width=22,
        ),
    )  # fmt: skip


def persons_helped(*others: str) -> tuple[Field, ...]:
    """The same where one cell may name several of them: the table has to say that it `explodes`. others: more headers."""
    several = {"household_id": (KEYS, "几户的用顿号隔开。"), "recipient_name": (PERSONS, "几个人的用顿号隔开。")}
    return tuple(
        _of_several(field, *several[field.name]) if field.name in several else field for field in person_helped(*others)
    )


def _of_several(field: Field, kind: Kind, how: str) -> Field:
    return replace(field, kind=kind, help=f"{field.help.removesuffix('。')}，{how}")


def sort_of_recipient() -> tuple[Field, ...]:
    """What sort of recipient it is, and school and class of a pupil."""
    return (
        Field(
            "recipient_kind", "对象种类", CODE, codelist="recipient_kind", facet="recipient",
            aliases=("帮扶对象种类", "结对对象种类", "受助对象种类"),
            help="帮扶的是户、个人、儿童、村还是学校，从下拉框里选。", example="户", width=8,
        ),
        Field(
            "school", "对象学校", ORGANISATION, facet="recipient",
            aliases=("就读学校", "所读学校", "学生学校", "学生所在学校", "学生就读学校", "受援学校", "受帮扶学校", "被帮扶学校"), weak=("学校",),
            help="帮扶对象是学生的填写就读学校的全称。", example="青石镇中心小学", width=16,
        ),
        Field(
            "class_name", "班级", TEXT, facet="recipient",
            aliases=("年级班级", "所在班级", "学生班级", "就读班级", "年级(班级)"),
            help="帮扶对象是学生的填写年级和班级，例如三年级(2)班。", example="三年级(2)班", width=12,
        ),
    )  # fmt: skip


def household_looked_at() -> tuple[Field, ...]:
    """Place, number and head of a household that a record is about."""
    return (
        *_PLACES,
        _HOUSEHOLD_ID,
        Field(
            "head_name", "户主姓名", PERSON, facet="recipient", privacy=Privacy.NAME,
            aliases=("户主", "户名", "农户姓名", "贫困户姓名", "抽查户", "抽查户主", "抽查农户", "入户户主", "帮扶对象", "帮扶对象姓名"),
            weak=("姓名", "名字"), help="抽查到户的填写户主姓名。", example="张建国", width=12,
        ),
        Field(
            "head_id", "户主证件号码", IDENTITY_OR_CERTIFICATE, facet="recipient", privacy=Privacy.IDENTITY,
            aliases=("户主身份证号", "户主身份证号码", "户主身份证", "对象证件号码", "对象身份证号"), weak=("身份证号", "身份证号码", "身份证"),
            help="同村有同名户主时，以文本格式填写18位公民身份号码。", example="990101196805123015", width=22,
        ),
    )  # fmt: skip


def helper(*others: str, label: str = "帮扶责任人", without: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """Name, unit and telephone of the helper. others: more headers of the name; without: those that mean something else here."""
    named = (
        "帮扶责任人", "帮扶责任人姓名", "帮扶人", "帮扶人姓名", "帮扶干部", "帮扶干部姓名", "结对干部", "结对帮扶人", "帮扶教师", "爱心妈妈", "志愿者",
        "代理家长", "党员干部", "党员干部姓名", "责任人", "帮扶党员", "帮扶党员姓名", "结对党员", "结对党员姓名", "党员姓名", "帮扶志愿者", "结对教师", *others,
    )  # fmt: skip
    return (
        Field(
            "helper_name", label, PERSON, facet="helper", aliases=tuple(text for text in named if text not in (label, *without)),
            weak=("党员", "教师", "老师"),
            help="填写帮扶责任人的姓名。", example="李明", width=12,
        ),
        Field(
            "helper_unit", "帮扶单位", ORGANISATION, facet="helper",
            aliases=("帮扶单位名称", "帮扶人单位", "帮扶责任人单位", "所在单位", "工作单位", "单位名称", "派出单位", "帮扶学校"), weak=("单位",),
            help="填写帮扶责任人所在单位的全称。", example="云岭县农业农村局", width=20,
        ),
        Field(
            "helper_phone", "帮扶人电话", PHONE, facet="helper", privacy=Privacy.PHONE,
            aliases=("帮扶人联系电话", "帮扶责任人电话", "帮扶责任人联系电话", "帮扶干部电话", "帮扶人联系方式"), weak=_NUMBERS,
            help="填写帮扶责任人的11位手机号。", example="13900020002", width=14,
        ),
    )  # fmt: skip
