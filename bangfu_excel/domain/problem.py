"""民情问题: one row a problem or wish, from where it was found to where it is closed."""

from __future__ import annotations

from dataclasses import replace

from bangfu_excel.core.kinds import CODE, DATE, ORGANISATION, PERSONS, PHONE, TEXT
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.table import Field, Privacy, Retention, Table
from bangfu_excel.domain import aliases, parties
from bangfu_excel.domain.problem_rules import RULES

_WHOSE = (
    *(
        replace(field, expected=False)  # a village may have a problem, too, or a unit that is inspected
        for field in parties.persons_helped(
            "反映人", "反映人姓名", "诉求人", "诉求人姓名", "信访人", "信访人姓名", "来访人", "来访人姓名", "提出人", "群众姓名",
        )
    ),
    Field(
        "phone", "反映人电话", PHONE, facet="recipient", privacy=Privacy.PHONE,
        aliases=("反映人联系电话", "反映人联系方式", "诉求人电话", "信访人电话", "来访人电话", "群众电话", "户主电话", "帮扶对象电话", "户主联系电话"),
        weak=("联系电话", "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式"), help="填写反映问题的人的11位手机号。", example="13900010001", width=14,
    ),
)  # fmt: skip
_FOUND_BY = tuple(
    replace(field, weak=()) if field.name == "helper_unit" else field  # 单位 is the one that sees to it
    for field in parties.helper("收集人", "发现人", "登记人", "民情收集人", "问题收集人", without=("责任人",))
)

FIELDS = (
    Field(
        "found_on", "发现时间", DATE, expected=True,
        aliases=(
            "发现日期", "反映时间", "反映日期", "提出时间", "提出日期", "接件时间", "受理时间", "受理日期", "来访时间", "接访时间", "诉求时间",
            "问题发现时间", "问题收集时间", "收集时间", "收集日期", "民情收集时间",
        ),
        weak=("时间", "日期", "登记时间", "登记日期"), help="填写发现问题或群众反映的日期。", example="2024-03-05", width=14,
    ),
    Field(
        "source", "问题来源", CODE, codelist="problem_source",
        aliases=("诉求来源", "反映渠道", "反映途径", "反映方式", "收集渠道", "收集方式", "发现途径", "发现方式", "发现渠道", "信访类型", "民情来源"),
        weak=("来源",), help="从下拉框里选，例如走访、座谈、督查。", example="走访", width=10,
    ),
    *_WHOSE,
    *parties.sort_of_recipient(),
    Field(
        "description", "问题描述", TEXT, expected=True, privacy=Privacy.HIDDEN,
        aliases=(
            "存在问题", "存在的问题", "问题", "反映的问题", "反映问题", "反映内容", "反映情况", "反映事项", "群众诉求", "诉求", "诉求内容", "诉求事项",
            "主要问题", "困难和问题", "存在的困难和问题", "存在的问题和困难", "存在困难和问题", "困难问题", "需要解决的困难", "需要解决的困难和问题", "需要解决的问题", "主要困难", "实际困难", "发现的问题",
            "发现问题", "问题和诉求", "问题诉求", "诉求建议", "问题内容", "问题事项", "问题清单", "具体问题", "民情内容", "民情描述", "民情事项", "信访内容", "信访事项",
        ),
        weak=("内容", "情况", "事项"), help="写清楚是什么问题或诉求，一个问题占一行。", example="圈舍老旧，冬季保暖差", width=32,
    ),
    Field(
        "kind", "问题类别", CODE, codelist="problem_kind",
        aliases=("问题类型", "问题种类", "问题分类", "诉求类别", "诉求类型", "民情类别", "民情类型", "事项类别", "困难类型"),
        weak=("类别", "类型", "种类", "分类"), help="从下拉框里选，例如住房、饮水、生产发展。", example="生产发展", width=10,
    ),
    *_FOUND_BY,
    Field(
        "owner", "办理责任人", PERSONS, expected=True,
        aliases=("责任人", "由谁负责", "负责人", "办理人", "承办人", "整改责任人", "问题责任人", "具体责任人", "经办人", "包办领导", "包案领导"),
        help="填写由谁负责办理，几个人的用顿号隔开。", example="李明", width=12,
    ),
    Field(
        "owner_unit", "责任单位", ORGANISATION, weak=("单位",),
        aliases=("承办单位", "办理单位", "整改单位", "牵头单位", "责任部门", "承办部门", "办理部门", "整改责任单位", "问题责任单位"),
        help="填写负责办理的单位。", example="云岭县农业农村局", width=20,
    ),
    Field(
        "solved_by", "由谁解决", CODE, codelist="problem_solver",
        aliases=("解决方式", "解决主体", "解决层级", "办理层级", "解决途径", "解决渠道"),
        help="帮扶人以个人名义解决的选个人，报支部统筹的选支部。", example="个人", width=10,
    ),
    Field(
        "measures", "解决措施", TEXT, privacy=Privacy.HIDDEN,
        aliases=(
            "整改措施", "帮扶措施", "解决情况", "处理情况", "落实情况", "如何解决", "帮助解决情况", "解决落实情况", "解决办法", "解决方案", "解决方法", "处理意见", "处理措施",
            "化解措施", "办理措施", "办理过程", "办理意见", "工作措施", "电子台账与解决方案",
        ),
        help="填写怎样解决。", example="联系农技员指导改造圈舍", width=28,
    ),
    Field(
        "deadline", "办结期限", DATE, expected=True,
        aliases=(
            "完成时限", "办结时限", "整改期限", "整改时限", "整改完成时限", "办理期限", "办理时限", "解决期限", "解决时限", "何时解决", "限期",
            "限办时间", "计划完成时间", "计划办结时间", "要求办结时间", "拟解决时间", "完成期限",
        ),
        help="填写应在哪一天以前办结。", example="2024-04-30", width=14,
    ),
    Field(
        "status", "办结状态", CODE, codelist="problem_status", expected=True,
        aliases=(
            "办理情况", "办理结果", "完成情况", "处理状态", "处理结果", "进度", "销号情况", "办理状态", "办理进度", "办理进展", "解决状态", "整改进度",
            "整改状态", "整改进展", "销号状态", "是否办结", "是否解决", "是否销号", "办结情况", "进展情况",
        ),
        weak=("状态", "结果"), help="从下拉框里选未启动、办理中、已办结、已上报、无法解决。", example="已办结", width=10,
    ),
    Field(
        "closed_on", "办结时间", DATE,
        aliases=("办结日期", "销号时间", "销号日期", "解决时间", "解决日期", "完成时间", "完成日期", "办理完成时间", "整改完成时间", "实际完成时间",
                 "实际办结时间", "验收时间", "办理时间"),
        help="填写办结的日期，没有办结的留空。", example="2024-04-20", width=14,
    ),
    Field(
        "escalated_to", "上报给谁", ORGANISATION,
        aliases=("上报单位", "上报对象", "上报支部", "报给谁", "提交单位", "转办单位", "交办单位", "移交单位", "上报部门", "汇报支部"),
        help="自己解决不了的，填写报给了哪个支部或单位，没有上报的留空。", example="云岭县农业农村局党支部", width=20,
    ),
    Field(
        "escalated_on", "上报时间", DATE, aliases=("上报日期", "转办时间", "转办日期", "移交时间", "提交时间", "汇报时间", "交办时间"),
        help="填写上报的日期，没有上报的留空。", example="2024-03-20", width=14,
    ),
    Field(
        "revisit_on", "回访时间", DATE, aliases=("回访日期", "复访时间", "办结回访时间"), help="办结后回访的，填写回访的日期。", example="2024-05-10", width=14,
    ),
    Field(
        "revisit_result", "回访情况", TEXT, privacy=Privacy.HIDDEN, aliases=("回访结果", "回访记录", "回访意见", "复访情况", "回访内容"),
        help="填写回访时了解到的情况。", example="圈舍已改好", width=20,
    ),
    Field(
        "satisfaction", "满意程度", CODE, codelist="satisfaction",
        aliases=("满意度", "群众满意度", "是否满意", "满意情况", "回访满意度", "群众是否满意", "诉求人满意度", "评价"),
        help="从下拉框里选满意、基本满意、不满意。", example="满意", width=10,
    ),
    Field(
        "reviewer", "复核人", PERSONS, aliases=("验收人", "核查人", "复查人", "销号人", "复核人员", "验收人员"),
        help="填写办结后核实的人。", example="王海波", width=10,
    ),
    Field(
        "colour", "颜色", CODE, codelist="problem_colour", aliases=("预警颜色", "红黄绿", "红黄绿灯", "亮灯情况", "亮灯", "标识颜色", "颜色标识"),
        help="按本地规定标红、黄、绿的填写颜色。", example="绿", width=6,
    ),
    Field("remark", "备注", TEXT, aliases=aliases.REMARK, help="填写需要说明的情况。", example="邻居也有同样的问题", width=20),
)  # fmt: skip

PROBLEM = Table(
    "problem",
    "民情问题",
    FIELDS,
    noun="问题",
    counted=("个",),
    told_by=("found_on", "kind"),
    titles=("民情", "问题台账", "问题清单"),
    keys=(
        ("household_id", "found_on", "description"), ("owner_unit", "found_on", "description"),
        ("helper_name", "found_on", "description"), ("owner", "found_on", "description"), ("found_on", "description"),
    ),
    needs=(
        ("found_on",), ("description",),
        ("household_id", "recipient_name", "recipient_id", "village", "school", "owner_unit", "owner", "helper_name", "helper_unit"),
    ),
    retention=Retention.REGISTER,
    dated_by="found_on",
    refers=Reference(person="recipient_id", name="recipient_name"),
    helper="helper_name",
    explodes=True,
    facets={
        "recipient": (*parties.RECIPIENT_HEADINGS, "反映人", "诉求人"),
        "helper": tuple(text for text in parties.HELPER_HEADINGS if text != "责任人"),
        "": ("问题", "问题情况", "诉求情况", "办理情况", "整改情况", "回访", "回访情况"),
    },
    rules=RULES,
    help="一个问题占一行，从发现记到办结；解决不了的写明上报给谁。",
)  # fmt: skip
