"""帮扶措施: one row something that was done for a household, a person, a child or a village."""

from __future__ import annotations

from bangfu_excel.core.kinds import CODE, CODES, DATE, MONEY, NUMBER, PERSON, TEXT
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.spread import Spread
from bangfu_excel.core.table import Field, Privacy, Retention, Table
from bangfu_excel.domain import aliases, measure_rules, parties
from bangfu_excel.domain.logged import dated, in_order
from bangfu_excel.domain.programme import outside_programme

_WHEN = (
    Field(
        "started_on", "实施时间", DATE, expected=True, until="ended_on",
        aliases=(
            "起止时间", "起止日期", "实施起止时间", "措施起止时间", "帮扶起止时间", "帮扶起止日期",
            "实施日期", "措施实施时间", "措施时间", "措施开始时间", "开始实施时间", "落实时间", "落实日期", "帮扶措施时间", "帮扶措施实施时间",
            "办理时间", "救助时间", "辅导时间",
        ),
        weak=("时间", "日期", "年月日", "帮扶时间", "帮扶日期", "开始时间", "开始日期"),
        help="填写开始帮扶的日期，当天办完的填当天。", example="2024-03-10", width=14,
    ),
    Field(
        "ended_on", "完成时间", DATE,
        aliases=("完成日期", "措施完成时间", "办结时间", "办结日期", "实施完成时间", "措施结束时间"), weak=("结束时间", "结束日期"),
        help="填写办完的日期，还在做的留空。", example="2024-05-20", width=14,
    ),
)  # fmt: skip

_WHAT = (
    Field(
        "category", "措施类别", CODE, codelist="help_category", expected=True,
        aliases=("帮扶类别", "帮扶措施类别", "帮扶措施类型", "措施类型", "帮扶类型", "帮扶项目类别", "项目类别", "帮扶种类", "救助类型", "救助类别", "扶持类别"),
        weak=("类别", "类型", "种类"), help="从下拉框里选，例如产业帮扶、教育帮扶。", example="产业帮扶", width=12,
    ),
    Field(
        "content", "措施内容", TEXT, expected=True,
        aliases=(
            "帮扶措施", "具体措施", "具体帮扶措施", "帮扶措施内容", "帮扶内容", "帮扶内容及成本", "帮扶内容和成本", "具体帮扶内容", "主要措施", "救助内容",
            "实施内容", "办实事内容", "实事内容", "实事", "五送内容", "辅导内容",
        ),
        weak=("内容", "具体内容", "主要内容"), help="写清楚做了什么、给了什么。", example="送仔猪2头，联系技术员指导养殖", width=28,
    ),
    Field(
        "style", "帮扶方式", CODE, codelist="help_style", aliases=("亲情帮扶或架桥帮扶", "亲情或架桥", "帮扶形式", "帮扶模式"), weak=("方式", "形式"),
        help="没有劳动能力的户用亲情帮扶，有劳动能力的用架桥帮扶。", example="架桥帮扶", width=10,
    ),
    Field(
        "way", "带动方式", CODES, codelist="help_way", aliases=("七带", "带动方法", "带法", "帮带方式", "带动类型", "帮扶途径"),
        help="从下拉框里选，例如带技术、兴产业，几种的用顿号隔开。", example="带技术、兴产业", width=14,
    ),
    Field(
        "resource", "帮扶资源", CODES, codelist="help_resource", aliases=("资源", "提供的支持", "支持种类", "支持方面", "优势", "发挥的优势"),
        help="用的是哪方面的力量，例如技术、资金，几种的用顿号隔开。", example="技术、资金", width=12,
    ),
    Field(
        "contribution", "出资出力方式", CODES, codelist="contribution", aliases=("四出", "出钱出力", "捐助方式", "贡献方式"),
        help="从出钱、出力、出物、出点子里选，几种的用顿号隔开。", example="出物、出点子", width=12,
    ),
    Field(
        "wusong", "五送", CODES, codelist="wusong", aliases=("五送类别", "五送种类", "五送项目", "五送活动", "五送类型"),
        help="属于五送的，填送技能、送劳力、送物资、送产业或送健康。", example="送产业", width=10,
    ),
    Field(
        "priority", "优先帮扶", CODES, codelist="priority", aliases=("优先", "六优先", "三优先", "六个优先", "三个优先", "优先类别", "优先种类", "优先项目"),
        help="属于优先帮扶的，填学习、生活、活动、物质、家访或产业。", example="产业", width=10,
    ),
    Field(
        "cause", "针对原因", CODES, codelist="poverty_cause",
        aliases=("致贫原因", "主要致贫原因", "针对的致贫原因", "贫困原因", "困难原因", "致困原因", "针对致贫原因", "致贫返贫原因"),
        facet="recipient", help="这项措施针对的是什么原因，几个的用顿号隔开。", example="缺技术", width=14,
    ),
    Field(
        "goal_tag", "实事目标", CODES, codelist="goal_tag", aliases=("解决的实事", "目标类别", "实事类别", "帮扶目标"),
        help="为对象办成的实事属于创业、安居还是完成学业。", example="创业", width=10,
    ),
)  # fmt: skip

_HOW_MUCH = (
    Field(
        "amount", "投入资金", MONEY, unit="元", high=100_000_000,
        aliases=("金额", "资金", "帮扶资金", "措施金额", "资金额", "投入金额", "帮扶金额", "折合金额", "折款", "折价", "救助金额", "资助金额", "项目资金", "成本"),
        help="填写花了多少钱，东西折成钱，单位是元；没有花钱的填0。", example="1200", width=12,
    ),
    Field(
        "quantity", "数量", NUMBER, counted_in="quantity_unit", low=0, high=100_000_000, aliases=("物资数量", "件数"),
        help="送了东西的填写多少。", example="2", width=8,
    ),
    Field(
        "quantity_unit", "计量单位", TEXT, aliases=("数量单位", "单位(计量)", "量词"),
        help="填写数量的单位，例如袋、头、册。", example="头", width=8,
    ),
)  # fmt: skip

_WHO_IS_BOUND = (
    Field(
        "person_in_charge", "定人", PERSON, aliases=("具体责任人", "措施责任人", "经办人", "承办人", "定人(责任人)", "辅导教师", "资助责任人"), spare=("责任人", "责任人姓名"),
        help="填写具体由谁负责这件事；教育救助必须定到人。", example="李明", width=10,
    ),
    Field(
        "duty", "定责", TEXT, aliases=("职责", "责任内容", "定责(职责)", "责任", "具体职责"),
        help="填写负责的人要做什么。", example="负责联系仔猪和技术指导", width=20,
    ),
    Field(
        "standard", "定标准", TEXT, aliases=("标准", "帮扶标准", "资助标准", "救助标准", "定标准(资助标准)"),
        help="填写做到什么程度或资助的标准。", example="年内出栏2头", width=16,
    ),
)  # fmt: skip

_OUTCOME = (
    Field(
        "result", "帮扶成效", TEXT, aliases=("成效", "效果", "帮扶效果", "阶段效果", "阶段性效果", "实施效果", "落实情况", "完成情况", "措施成效", "落实效果"),
        help="填写有什么效果。", example="两头猪长势良好", width=20,
    ),
    Field(
        "status", "措施状态", CODE, codelist="measure_status", aliases=("实施状态", "实施情况", "措施落实情况", "是否落实", "进展"), weak=("状态", "进度"),
        help="从下拉框里选未启动、实施中、已完成、已终止。", example="已完成", width=10,
    ),
    Field(
        "signed", "对象签字", TEXT, privacy=Privacy.NAME,
        aliases=("户主签名", "户主签字", "签名", "签字", "农户签字", "帮扶对象签字", "对象签名", "确认签字", "受助人签字", "是否签字", "贫困户签字"),
        help="对象签了字的填写签字人的姓名，没有签的留空。", example="张建国", width=10,
    ),
    Field("remark", "备注", TEXT, aliases=aliases.REMARK, help="填写需要说明的情况。", example="由畜牧站供应", width=20),
)  # fmt: skip

_HEAD = Field(
    "head_name", "所在户户主", PERSON, aliases=("学生家庭户主", "所在家庭户主"), spare=("户主姓名", "户主"), facet="recipient", privacy=Privacy.NAME,
    help="帮扶的是户里的一个人（如学生）的，可以另填这一户的户主。", example="张建国", width=12,
)  # fmt: skip

FIELDS = (
    _WHEN[0], *parties.person_helped("贫困户", "困难户", "困难户姓名", "包抓对象", "包抓户", "帮扶户"), _HEAD, *parties.sort_of_recipient(), *_WHAT, *_HOW_MUCH, _WHEN[1],
    *parties.helper("实施人", "落实人", "教师姓名", "包抓教师", "包抓人"), *_WHO_IS_BOUND, *_OUTCOME,
)  # fmt: skip

MEASURE = Table(
    "measure",
    "帮扶措施",
    FIELDS,
    noun="措施",
    counted=("条",),
    told_by=("started_on", "category"),
    titles=("帮扶措施", "措施台账", "帮扶项目", "增收措施"),
    keys=(("household_id", "category", "wusong", "priority", "started_on", "content", "helper_name"),),
    needs=(
        ("started_on",),
        ("household_id", "recipient_name", "recipient_id", "head_name", "school", "village"),
        ("category", "content", "wusong", "way", "priority"),
    ),
    stand_ins=("school", "village"),
    retention=Retention.REGISTER,
    dated_by="started_on",
    refers=Reference(person="recipient_id", name="recipient_name", head="head_name"),
    helper="helper_name",
    spreads=(
        Spread(
            "wusong", text="content", number="quantity",
            headers={
                "送技能": ("送技能", "送技术", "送知识", "送培训"), "送劳力": ("送劳力", "送劳动力", "送劳务"),
                "送物资": ("送物资", "送物", "送农资", "送温暖"), "送产业": ("送产业", "送项目"), "送健康": ("送健康", "送医", "送医药", "送体检"),
            },
        ),
    ),
    facets={
        "": ("帮扶措施", "措施", "帮扶措施情况", "措施情况", "措施落实", "帮扶情况", "帮扶措施落实情况"),
        "recipient": parties.RECIPIENT_HEADINGS, "helper": parties.HELPER_HEADINGS,
    },
    rules=(
        *dated("started_on"),
        outside_programme("措施不在实施期内", "started_on"),
        in_order("MS01", "完成早于实施", later="ended_on", earlier="started_on", said="实施时间"),
        *measure_rules.RULES,
    ),
    help="为一个对象做一件事占一行。实施时间、帮扶对象、措施内容或类别必须填写；为整个村、整所学校做的，帮扶对象姓名填村名、校名。",
)  # fmt: skip
