"""儿童档案: one row a child: school, health, parents, and who looks after it."""

from __future__ import annotations

from bangfu_excel.core.kinds import (
    CODE,
    CODES,
    DATE,
    IDENTITY,
    IDENTITY_OR_CERTIFICATE,
    INTEGER,
    KEY,
    PERSON,
    PHONE,
    PLACE,
    TEXT,
    YES_NO,
)
from bangfu_excel.core.table import Companion, Field, Privacy, Reporter, Table
from bangfu_excel.domain import aliases, child_rules
from bangfu_excel.domain.statistics import children

_OF_CHILD = (
    Field(
        "county", "县", PLACE, aliases=aliases.COUNTY,
        facet="child", help="填写县（市、区、旗）的全称。", example="云岭县", width=10,
    ),
    Field(
        "township", "乡镇", PLACE, aliases=aliases.TOWNSHIP,
        facet="child", help="填写孩子居住的乡、镇或街道。", example="青石镇", width=10,
    ),
    Field(
        "village", "村", PLACE, tail="villager_group", names=("township", "village", "villager_group"), expected=True, unless=("school",),
        aliases=aliases.VILLAGE,
        facet="child", help="填写孩子居住的行政村或社区。", example="柳溪村", width=10,
    ),
    Field(
        "villager_group", "组", PLACE, aliases=aliases.GROUP, weak=("小组",),
        facet="child", help="填写孩子居住的村民小组，例如三组。", example="三组", width=8,
    ),
    Field(
        "household_id", "户编号", KEY, aliases=aliases.HOUSEHOLD_ID, weak=("编号", "编码"),
        facet="child", help="填写孩子所在户的户编号，没有的可以不填。", example="YL0302011", width=14,
    ),
    Field(
        "name", "姓名", PERSON, expected=True,
        aliases=(
            "儿童姓名", "学生姓名", "孩子姓名", "学生", "儿童", "孩子", "被监护人", "被监护人姓名", "留守儿童姓名", "留守儿童", "孤儿姓名",
            "困境儿童姓名", "留守学生姓名", "未成年人姓名",
        ),
        weak=("名字", "对象姓名"), facet="child", privacy=Privacy.NAME,
        help="填写孩子的姓名，与户口簿一致。", example="张小雨", width=10,
    ),
    Field(
        "gender", "性别", CODE, codelist="gender", aliases=("男女",), facet="child",
        help="填写男或女。", example="女", width=6,
    ),
    Field(
        "ethnicity", "民族", CODE, codelist="ethnicity", facet="child",
        help="填写民族，例如汉族。", example="汉族", width=8,
    ),
    Field(
        "birth_date", "出生日期", DATE, aliases=("出生年月", "出生时间", "出生年月日", "生日", "出生"), facet="child",
        privacy=Privacy.HIDDEN, help="填写出生年月日，例如2013-04-18；过生日走访按这一栏安排。", example="2013-04-18", width=14,
    ),
    Field(
        "age", "年龄", INTEGER, unit="岁", high=30, aliases=("周岁", "实际年龄", "年龄(周岁)"), facet="child",
        help="填写周岁，可以不填，由出生日期推算。", example="11", width=6,
    ),
    Field(
        "id_number", "证件号码", IDENTITY_OR_CERTIFICATE, expected=True,
        aliases=(
            "身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "居民身份证号", "居民身份证号码", "身份证", "证件号",
            "儿童身份证号", "儿童身份证号码", "学生身份证号", "学生身份证号码", "身份证(残疾证)号码", "身份证号码或残疾证号",
        ),
        facet="child", privacy=Privacy.IDENTITY,
        help="以文本格式填写孩子的18位公民身份号码；确实没有的留空并在备注里写明原因。", example="990101201304183021", width=22,
    ),
    Field(
        "hukou_registered", "是否登记户口", YES_NO, aliases=("是否落户", "是否上户口", "户口登记", "是否有户口"), facet="child",
        help="填写是或否。", example="是", width=8,
    ),
    Field(
        "hukou_place", "户籍所在地", TEXT, aliases=("户籍地址", "户籍地", "户口所在地", "户籍"), facet="child", privacy=Privacy.HIDDEN,
        help="填写户口簿上的地址，写到村。", example="云岭县青石镇柳溪村", width=24,
    ),
    Field(
        "address", "现居住地", TEXT, facet="child", privacy=Privacy.HIDDEN, names=("township", "village", "villager_group"),
        aliases=(
            "家庭住址", "家庭地址", "家庭详细地址", "现住址", "家庭现住址", "现居住地址", "居住地址", "住址", "儿童住址", "家庭详细住址",
        ),
        weak=("详细地址", "地址"), help="填写孩子现在住的地方，写到村民小组和门牌。", example="柳溪村三组12号", width=24,
    ),
    Field(
        "phone", "家庭联系电话", PHONE, facet="child", privacy=Privacy.PHONE,
        aliases=("家庭电话", "学生电话", "儿童联系电话", "学生联系电话", "儿童电话"),
        weak=("联系电话", "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式"),
        help="填写能联系到孩子或家里的电话。", example="13900010001", width=14,
    ),
    Field(
        "school", "就读学校", TEXT, reporter=Reporter.SCHOOL, aliases=("学校", "学校名称", "所在学校", "就读学校名称", "在读学校", "就学学校"), facet="child",
        help="填写学校的全称；没有上学的留空。", example="青石镇中心小学", width=18,
    ),
    Field(
        "stage", "就学情况", CODE, codelist="child_stage", aliases=("学段", "就读情况", "就学状况", "就学阶段", "在学情况", "入学情况"), facet="child",
        help="从下拉框里选，例如小学、初中、辍学。", example="小学", width=10,
    ),
    Field(
        "grade", "年级", TEXT, aliases=("所在年级", "就读年级"), facet="child",
        help="填写年级，例如五年级。", example="五年级", width=8,
    ),
    Field(
        "class_name", "班级", TEXT, aliases=("所在班级", "年级班级", "班别", "所在班", "年级(班级)", "就读班级"), facet="child",
        help="填写班级，例如五（1）班。", example="五（1）班", width=10,
    ),
    Field(
        "boards", "是否寄宿", YES_NO, aliases=("是否学校寄宿", "是否住宿生", "是否住校", "住校", "寄宿", "是否寄宿生", "是否在校寄宿"), facet="child",
        help="在学校住的填是。", example="否", width=8,
    ),
    Field(
        "student_number", "学籍号", KEY, aliases=("全国学籍号", "学籍编号", "学号"), facet="child", privacy=Privacy.HIDDEN,
        help="以文本格式填写全国学籍号，没有的可以不填。", example="G990101201304183021", width=22,
    ),
    Field(
        "health", "身体情况", CODES, codelist="health", facet="child", privacy=Privacy.HIDDEN,
        aliases=("身体状况", "健康状况", "健康情况", "儿童身体状况", "身体健康状况"),
        help="从下拉框里选，几种情况同时有的用顿号隔开。", example="残疾", width=10,
    ),
    Field(
        "disability_kind", "残疾类别", CODE, codelist="disability_kind", aliases=("残疾类型", "残疾种类"), facet="child",
        privacy=Privacy.HIDDEN, help="有残疾的从下拉框里选，没有的留空。", example="听力残疾", width=10,
    ),
    Field(
        "disability_grade", "残疾等级", CODE, codelist="disability_grade", aliases=("残疾级别",), facet="child",
        privacy=Privacy.HIDDEN, help="有残疾的填写一级、二级、三级或四级。", example="四级", width=8,
    ),
    Field(
        "illness", "患病类型", TEXT, aliases=("疾病类型", "患病情况", "所患疾病", "病种"), facet="child", privacy=Privacy.HIDDEN,
        help="有病的填写病名，没有的留空。", example="轻度近视", width=12,
    ),
    Field(
        "category", "儿童类别", CODES, codelist="recipient_category", facet="child",
        aliases=(
            "对象类别", "儿童类型", "困境类型", "困境儿童类型", "困境类别", "学生类别", "学生类型", "孤儿类型", "帮扶类别", "困难类型",
        ),
        weak=("类别", "类型"), help="按方案填写，例如留守儿童、孤儿、困境儿童，几类同时符合的用顿号隔开。", example="留守儿童", width=14,
    ),
    Field(
        "left_behind_kind", "留守类型", CODE, codelist="left_behind_kind", aliases=("留守情况", "留守原因", "留守类别"), facet="child",
        help="留守儿童从下拉框里选，例如父母双方外出。", example="父母双方外出", width=14,
    ),
    Field(
        "care_type", "照料方式", CODE, codelist="care_type", facet="child",
        aliases=("抚养方式", "养育方式", "照料类型", "托养方式", "抚养情况", "照料情况", "监护方式", "养育状况"),
        help="从下拉框里选，孩子平时由谁照料。", example="祖父母照料", width=12,
    ),
    Field(
        "is_key", "是否重点关爱", YES_NO, aliases=("重点关爱对象", "是否重点", "是否重点对象", "是否重点关爱对象"), facet="child",
        help="需要重点关爱的填是。", example="否", width=8,
    ),
    Field(
        "family_background", "家庭背景", TEXT, aliases=("家庭情况", "家庭基本情况", "家庭状况", "家庭背景情况"), facet="child",
        privacy=Privacy.HIDDEN, help="填写孩子的家庭情况，例如和谁一起生活、家里有什么困难。", example="与祖父母一起生活", width=20,
    ),
    Field(
        "ideology", "思想状况", TEXT, aliases=("思想情况", "思想动态", "思想品德", "思想表现", "心理状况"), facet="child",
        privacy=Privacy.HIDDEN, help="填写孩子的思想和情绪情况。", example="性格内向，愿意交流", width=20,
    ),
    Field(
        "school_result", "学业情况", TEXT, aliases=("学习成绩", "学习情况", "学业成绩", "学习状况", "成绩"), facet="child",
        privacy=Privacy.HIDDEN, help="填写孩子的学习成绩或学习情况。", example="成绩中等，数学较好", width=20,
    ),
    Field(
        "behaviour", "日常表现", TEXT, aliases=("在校表现", "平时表现", "行为表现", "日常行为表现"), facet="child",
        privacy=Privacy.HIDDEN, help="填写孩子在学校和家里的平时表现。", example="守纪律，爱劳动", width=20,
    ),
    Field(
        "care_level", "关爱级别", CODE, codelist="care_level", aliases=("关爱等级", "关注级别", "关注等级", "风险等级"), facet="child",
        help="从下拉框里选：高、中、低。", example="中", width=8,
    ),
)  # fmt: skip


def _parent(party: str, word: str, *, name: str, id_number: str, phone: str) -> tuple[Field, ...]:
    """The columns of the father or the mother. word: 父亲, 母亲; the rest are examples."""
    short = word[0]
    named = f"{word}姓名"
    return (
        Field(
            f"{party}_name", named, PERSON, aliases=(word, f"{short}姓名", short, f"{word}名字"), facet=party,
            privacy=Privacy.NAME, help=f"填写孩子{word}的姓名；已去世的填一横。", example=name, width=10,
        ),
        Field(
            f"{party}_id", f"{word}证件号码", IDENTITY, facet=party, privacy=Privacy.IDENTITY,
            aliases=(
                f"{word}身份证号", f"{word}身份证号码", f"{word}身份证", f"{short}身份证号", f"{short}身份证号码", f"{word}公民身份号码",
                f"{word}公民身份证号码", f"{short}公民身份证号码", f"{short}公民身份号码",
            ),
            help=f"以文本格式填写{word}的18位公民身份号码。", example=id_number, width=22,
        ),
        Field(
            f"{party}_phone", f"{word}联系电话", PHONE, facet=party, privacy=Privacy.PHONE,
            aliases=(f"{word}电话", f"{word}手机", f"{word}手机号", f"{word}联系方式", f"{short}联系电话", f"{short}电话", f"{short}联系方式"),
            weak=("联系电话", "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式"),
            help=f"填写{word}的11位手机号。", example=phone, width=14,
        ),
        Field(
            f"{party}_work_place", f"{word}务工地点", TEXT, facet=party,
            aliases=(
                f"{word}务工地", f"{word}务工地址", f"{word}打工地点", f"{short}务工地点", f"{word}工作地点", f"{word}务工所在地", f"{short}务工地",
                f"{word}外出务工地点", f"{word}外出务工地址", f"{word}外出务工地", f"{word}打工地", f"{word}打工地址",
            ),
            help=f"{word}外出务工的写到省、市，没有外出的填本地。", example="浙江省宁波市", width=16,
        ),
        Field(
            f"{party}_occupation", f"{word}职业", TEXT, facet=party, aliases=(f"{short}职业", f"{word}工作", f"{word}工作单位", f"{word}从事工作"),
            help=f"填写{word}做什么工作。", example="工厂工人", width=10,
        ),
        Field(
            f"{party}_alive", f"{word}是否健在", YES_NO, facet=party, privacy=Privacy.HIDDEN,
            aliases=(f"{word}健在", f"{word}在世", f"{word}是否在世", f"{short}是否健在"), help=f"{word}健在填是，已去世填否。", example="是", width=8,
        ),
    )  # fmt: skip


_PARENTS = (
    *_parent("father", "父亲", name="张志强", id_number="990101198506153053", phone="13900010002"),
    *_parent("mother", "母亲", name="刘小梅", id_number="990101198909113048", phone="13900010003"),
    Field(
        "parent_name", "家长姓名", PERSON, facet="parent", privacy=Privacy.NAME,
        aliases=("家长", "学生家长", "学生家长姓名", "外出务工家长", "外出务工家长姓名", "外出家长姓名"),
        help="表上只有一栏家长的，填写常联系的那位家长。", example="张志强", width=10,
    ),
    Field(
        "parent_phone", "家长联系电话", PHONE, facet="parent", privacy=Privacy.PHONE,
        aliases=("家长电话", "家长手机号", "家长联系方式", "学生家长电话", "外出务工家长电话", "家长手机"),
        weak=("联系电话", "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式"),
        help="填写这位家长的11位手机号。", example="13900010002", width=14,
    ),
    Field(
        "parent_work_place", "家长务工地点", TEXT, facet="parent",
        aliases=(
            "务工地点", "务工地址", "父母务工地点", "父母务工地", "家长务工地", "打工地点", "外出务工地点", "外出务工地址", "父母打工地点", "父母外出务工地点",
        ),
        help="家长外出务工的写到省、市。", example="浙江省宁波市", width=16,
    ),
    Field(
        "parents_away", "父母是否双方外出", YES_NO, facet="parent",
        aliases=("父母双方同时外出", "父母双方是否同时外出", "父母双方外出务工", "父母是否都外出", "父母双方外出"),
        help="父母都外出务工的填是。", example="是", width=10,
    ),
    Field(
        "other_parent_unable", "一方外出另一方无监护能力", YES_NO, facet="parent",
        aliases=("一方外出务工另一方无监护能力", "父母一方外出另一方无监护能力"),
        help="只有一方外出、在家的一方不能照看孩子的填是。", example="否", width=12,
    ),
    Field(
        "return_times_per_year", "父母每年回家次数", INTEGER, unit="次", high=365, facet="parent",
        aliases=("一年回家次数", "年回家次数", "父母一年回家次数", "每年回家次数", "回家次数"),
        help="填写外出父母一年回家几次，只填数字。", example="2", width=10,
    ),
)  # fmt: skip

_GUARDIANS = (
    Field(
        "guardian_name", "监护人姓名", PERSON, expected=True, facet="guardian", privacy=Privacy.NAME,
        aliases=("监护人", "家长/监护人姓名", "实际监护人", "临时监护人", "实际监护人姓名", "临时监护人姓名", "现监护人", "家长或监护人姓名", "法定监护人", "监护人(关系)", "监护人及关系", "监护人姓名及关系", "监护人(与儿童关系)", "监护人(与学生关系)"),
        help="填写平时照看孩子的监护人的姓名。", example="张建国", width=10,
    ),
    Field(
        "guardian_relation", "与儿童关系", CODE, codelist="guardian_relation", facet="guardian",
        aliases=(
            "监护关系", "与本人关系", "与学生关系", "监护人与儿童关系", "与监护人关系", "监护人关系", "监护人与学生关系", "与孩子关系", "与儿童的关系",
            "监护人与被监护人关系", "监护人与孤儿关系", "与孤儿关系", "与被监护儿童关系", "监护人与儿童的关系", "监护人与学生的关系", "与学生的关系",
        ),
        weak=("关系", "与被监护人关系"), help="从下拉框里选，监护人是孩子的什么人。", example="祖父", width=10,
    ),
    Field(
        "guardian_kind", "监护类型", CODE, codelist="guardian_kind", facet="guardian",
        aliases=("监护情况", "监护状况", "监护能力", "监护人监护能力"), help="从下拉框里选监护的情况。", example="一般", width=12,
    ),
    Field(
        "guardian_id", "监护人证件号码", IDENTITY_OR_CERTIFICATE, facet="guardian", privacy=Privacy.IDENTITY,
        aliases=("监护人身份证号", "监护人身份证号码", "监护人身份证", "家长/监护人身份证号"),
        help="以文本格式填写监护人的18位公民身份号码。", example="990101196805123015", width=22,
    ),
    Field(
        "guardian_phone", "监护人联系电话", PHONE, facet="guardian", privacy=Privacy.PHONE,
        aliases=("监护人电话", "监护人手机", "监护人手机号", "监护人联系方式", "实际监护人联系电话", "临时监护人联系电话"),
        weak=("联系电话", "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式"),
        help="填写监护人的11位手机号。", example="13900010001", width=14,
    ),
    Field(
        "guardian_address", "监护人地址", TEXT, facet="guardian", privacy=Privacy.HIDDEN,
        aliases=("监护人详细地址", "监护人住址", "监护人家庭住址", "监护人居住地"), weak=("详细地址", "地址"),
        help="填写监护人的详细地址。", example="柳溪村三组12号", width=20,
    ),
    Field(
        "guardian_occupation", "监护人职业", TEXT, facet="guardian", weak=("职业",),
        help="填写监护人做什么工作。", example="务农", width=10,
    ),
    Field(
        "guardian_age", "监护人年龄", INTEGER, unit="岁", high=130, facet="guardian", help="填写监护人的周岁。", example="56", width=8,
    ),
    Field(
        "guardian_health", "监护人身体状况", CODES, codelist="health", facet="guardian", privacy=Privacy.HIDDEN,
        aliases=("监护人健康状况", "监护人身体情况"), help="从下拉框里选监护人的身体情况。", example="残疾", width=12,
    ),
    Field(
        "guardian_education", "监护人文化程度", CODE, codelist="education", facet="guardian", aliases=("监护人学历",), weak=("文化程度",),
        help="从下拉框里选监护人的文化程度。", example="初中", width=12,
    ),
    Field(
        "has_entrusted", "有无委托其他监护人", YES_NO, facet="entrusted",
        aliases=("是否委托监护", "有无委托监护人", "是否有委托监护人", "是否委托其他监护人"), help="父母把孩子委托给别人照看的填是。", example="是", width=10,
    ),
    Field(
        "entrusted_name", "委托监护人姓名", PERSON, facet="entrusted", privacy=Privacy.NAME,
        aliases=("委托监护人", "受委托监护人", "受委托监护人姓名", "被委托人", "被委托人姓名", "受委托人姓名"),
        help="填写受父母委托照看孩子的人的姓名。", example="张建国", width=12,
    ),
    Field(
        "entrusted_relation", "委托监护人与儿童关系", CODE, codelist="guardian_relation", facet="entrusted",
        aliases=("委托监护人与被监护人关系", "委托监护人关系", "受委托监护人与儿童关系"), weak=("与被监护人关系",),
        help="从下拉框里选，受委托的人是孩子的什么人。", example="祖父", width=12,
    ),
    Field(
        "entrusted_id", "委托监护人证件号码", IDENTITY_OR_CERTIFICATE, facet="entrusted", privacy=Privacy.IDENTITY,
        aliases=("委托监护人身份证号", "委托监护人身份证号码", "委托监护人公民身份号码", "委托监护人公民身份证号码"),
        help="以文本格式填写受委托人的18位公民身份号码。", example="990101196805123015", width=22,
    ),
    Field(
        "entrusted_phone", "委托监护人联系电话", PHONE, facet="entrusted", privacy=Privacy.PHONE,
        aliases=("委托监护人电话", "委托监护人联系方式", "受委托监护人电话"),
        weak=("联系电话", "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式"),
        help="填写受委托人的11位手机号。", example="13900010001", width=14,
    ),
    Field(
        "entrusted_address", "委托监护人居住地", TEXT, facet="entrusted", privacy=Privacy.HIDDEN,
        aliases=("委托监护人地址", "委托监护人详细地址", "委托监护人住址"), weak=("详细地址", "地址", "居住地"),
        help="填写受委托人的详细地址。", example="柳溪村三组12号", width=20,
    ),
    Field(
        "entrusted_occupation", "委托监护人职业", TEXT, facet="entrusted", weak=("职业",),
        help="填写受委托人做什么工作。", example="务农", width=10,
    ),
    Field(
        "entrusted_age", "委托监护人年龄", INTEGER, unit="岁", high=130, facet="entrusted", help="填写受委托人的周岁。", example="56", width=8,
    ),
    Field(
        "entrusted_health", "委托监护人身体状况", CODES, codelist="health", facet="entrusted", privacy=Privacy.HIDDEN,
        aliases=("委托监护人健康状况", "委托监护人身体情况"), help="从下拉框里选受委托人的身体情况。", example="残疾", width=12,
    ),
)  # fmt: skip

_CARE = (
    Field(
        "income_source", "家庭经济来源", TEXT, aliases=("家庭主要经济来源", "经济来源", "家庭收入来源", "主要经济来源"),
        facet="child", help="填写家里主要靠什么收入，几项的用顿号隔开。", example="务工、种植", width=14,
    ),
    Field(
        "aid", "救助帮扶", CODES, codelist="child_aid", facet="child",
        aliases=("救助帮扶情况", "享受救助情况", "救助情况", "享受政策", "已享受救助", "享受补助情况"),
        help="从下拉框里选已经享受的救助，几项的用顿号隔开。", example="教育救助", width=14,
    ),
    Field(
        "dropout_reason", "失学或辍学原因", TEXT, facet="child",
        aliases=("辍学原因", "失学原因", "失学辍学原因", "未上学原因", "不在学原因", "未入学原因"),
        help="义务教育阶段没有上学的写明原因。", example="在校就读", width=14,
    ),
    Field(
        "study_helper", "学习帮手", PERSON, aliases=("学习小帮手", "学习帮手姓名", "帮学同学", "结对同学"), facet="school",
        privacy=Privacy.NAME, help="填写帮助孩子学习的同学，一人一名。", example="周晓明", width=10,
    ),
    Field(
        "class_teacher", "班主任", PERSON, aliases=("班主任姓名", "班主任老师"), facet="school",
        help="填写班主任的姓名。", example="陈晓燕", width=10,
    ),
    Field(
        "keeper", "档案管理人", PERSON, aliases=("建档人", "档案管理员", "学籍管理员", "档案保管人"), facet="school",
        help="填写负责保管这份档案的人。", example="孙志远", width=10,
    ),
    Field(
        "file_made", "是否建档", YES_NO, aliases=("建档情况", "是否建立档案", "是否建立专门档案", "是否有档案"), facet="school",
        help="已经建立专门档案的填是。", example="是", width=8,
    ),
    Field(
        "card_made", "是否有联系卡", YES_NO, aliases=("联系卡", "是否建立联系卡", "是否建卡", "联系卡情况"), facet="school",
        help="已经建立联系卡的填是。", example="是", width=8,
    ),
    Field(
        "updated_on", "更新时间", DATE, aliases=("更新日期", "档案更新时间", "变更时间", "最近更新时间"), facet="school",
        help="填写档案最近一次补充或变更的日期。", example="2024-09-02", width=14,
    ),
    Field(
        "remark", "备注", TEXT, aliases=aliases.REMARK,
        help="填写需要说明的情况，例如没有证件号码的原因。", example="周末由祖父接送", width=20,
    ),
)  # fmt: skip

_OF_ANYBODY = frozenset((
    "county", "township", "village", "villager_group", "household_id", "name", "gender", "ethnicity", "birth_date", "age", "id_number",
    "hukou_registered", "hukou_place", "address", "phone", "health", "disability_kind", "disability_grade", "illness", "category",
    "income_source", "aid", "keeper", "file_made", "updated_on", "remark",
))  # fmt: skip

CHILD = Table(
    "child",
    "儿童档案",
    (*_OF_CHILD, *_PARENTS, *_GUARDIANS, *_CARE),
    noun="儿童",
    counted=("名", "人"),
    told_by=("name",),
    titles=("儿童", "留守学生", "孤儿", "未成年人", "学生花名册", "学生名册", "学生档案"),
    shown_by=tuple(f.name for f in (*_OF_CHILD, *_PARENTS, *_GUARDIANS, *_CARE) if f.name not in _OF_ANYBODY),
    keys=(("id_number",), ("school", "class_name", "name"), ("township", "village", "name")),
    needs=(("name", "id_number"),),
    facets={
        "child": (
            "儿童", "儿童信息", "儿童情况", "儿童基本情况", "儿童基本信息", "学生", "学生信息", "学生情况", "学生基本情况", "学生基本信息", "孩子",
            "留守儿童", "留守儿童基本情况", "留守儿童情况", "被监护人", "基本情况", "基本信息", "孤儿", "孤儿基本情况", "就学情况", "在校情况",
        ),
        "father": ("父亲", "父", "父亲情况", "父亲信息", "父亲基本情况"),
        "mother": ("母亲", "母", "母亲情况", "母亲信息", "母亲基本情况"),
        "parent": ("父母", "父母情况", "父母信息", "家长", "家长情况", "家长信息", "父母外出情况", "外出务工情况", "务工情况"),
        "guardian": ("监护人", "监护人情况", "监护人信息", "监护情况", "现监护人", "监护人基本情况", "现监护人情况", "现监护人信息", "现监护人基本情况", "实际监护人情况", "实际监护人信息", "临时监护人情况", "家庭监护人情况", "实际监护人", "临时监护人"),
        "entrusted": ("委托监护人", "委托监护人情况", "委托监护情况", "受委托监护人", "委托监护", "委托监护人信息"),
        "school": ("建档情况", "档案管理", "学校管理", "关爱情况"),
    },
    companions=(
        Companion(
            "pairing",
            triggers=("helper_name",),
            shares={
                "county": "county", "township": "township", "village": "village", "villager_group": "villager_group",
                "recipient_name": "name", "recipient_id": "id_number", "recipient_gender": "gender",
                "school": "school", "class_name": "class_name",
            },
        ),
    ),
    rules=child_rules.RULES,
    statistics=children.STATISTICS,
    help="每个孩子一行。姓名和证件号码至少填一项；同时有学校、班级或者乡镇、村的，没有证件号码也能认出是谁。",
)  # fmt: skip
