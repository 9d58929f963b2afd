"""培训: one row a course, or a lesson on the spot."""

from __future__ import annotations

from bangfu_excel.core.kinds import CODE, CODES, DATE, INTEGER, ORGANISATION, PLACE, TEXT
from bangfu_excel.core.table import Field, Privacy, Reporter, Retention, Table
from bangfu_excel.domain import aliases
from bangfu_excel.domain.logged import dated, in_order
from bangfu_excel.domain.programme import outside_programme

FIELDS = (
    Field(
        "held_on", "培训时间", DATE, expected=True, until="ended_on",
        aliases=("培训起止时间", "培训起止日期", "起止时间", "起止日期", "培训时段", "培训日期", "开班时间", "开班日期", "培训开始时间", "培训开始日期", "授课时间", "授课日期", "讲课时间", "讲座时间", "宣讲时间", "培训开展时间"),
        weak=("时间", "日期", "开始时间", "举办时间"), help="填写培训第一天的日期。", example="2024-04-16", width=14,
    ),
    Field(
        "ended_on", "培训结束时间", DATE, aliases=("结束时间", "结束日期", "培训结束日期", "结业时间", "结班时间"), help="办了几天的填写最后一天，只有一天的可以不填。",
        example="2024-04-17", width=14,
    ),
    Field(
        "title", "培训名称", TEXT, expected=True,
        aliases=("培训主题", "培训班名称", "培训项目", "课程名称", "培训课程", "课程", "培训题目", "讲座题目", "讲座主题", "授课题目", "讲课题目", "讲座名称", "宣讲题目", "讲课主题"), weak=("主题", "名称", "题目"),
        help="填写培训的名称或主题。", example="肉羊养殖技术培训", width=22,
    ),
    Field(
        "topic", "培训类别", CODES, codelist="training_topic", expected=True, aliases=("培训种类", "培训类型", "培训内容类别", "培训工种", "主题类别"),
        weak=("种类", "类型", "类别"), help="从下拉框里选，几类的用顿号隔开。", example="实用技术", width=14,
    ),
    Field("session", "期次", TEXT, aliases=("期数", "第几期", "培训期次", "培训期数", "班次", "培训班次"), help="办了几期的填写这是第几期。", example="第一期", width=8),
    Field(
        "form", "培训形式", CODE, codelist="training_form", aliases=("培训方式", "授课方式", "授课形式"), weak=("形式", "方式"),
        help="从下拉框里选集中培训、上门指导、现场指导等。", example="集中培训", width=12,
    ),
    Field("township", "乡镇", PLACE, aliases=aliases.TOWNSHIP, help="填写培训所在的乡、镇或街道。", example="青石镇", width=10),
    Field(
        "village", "村", PLACE, tail="villager_group", names=("township", "village", "villager_group"), expected=True,
        aliases=(*aliases.VILLAGE, "培训村", "帮扶村", "结对村"), help="填写为哪个行政村或社区办的。", example="柳溪村", width=10,
    ),
    Field("villager_group", "组", PLACE, aliases=aliases.GROUP, weak=("小组",), help="为一个村民小组办的填写组名。", example="三组", width=8),
    Field("place", "培训地点", TEXT, aliases=("地点", "授课地点", "举办地点", "培训场所", "开班地点"), help="填写在哪里培训。", example="村活动室", width=16),
    Field(
        "unit", "举办单位", ORGANISATION, expected=True, reporter=Reporter.UNIT,
        aliases=("主办单位", "承办单位", "组织单位", "培训单位", "帮扶单位", "开展单位", "培训机构", "单位名称", "举办学校", "牵头单位"), weak=("单位",),
        help="填写举办培训的单位。", example="云岭县农业农村局", width=20,
    ),
    Field(
        "trainer", "授课人", TEXT,
        aliases=("授课教师", "授课老师", "授课人员", "授课专家", "讲师", "主讲人", "主讲", "培训教师", "培训老师", "培训师", "培训人", "技术人员", "技术员", "指导老师", "专家", "宣讲人", "授课老师姓名"),
        help="填写谁来讲课或指导。", example="县农技站张技术员", width=16,
    ),
    Field(
        "participants", "培训对象", TEXT, privacy=Privacy.HIDDEN,
        aliases=("参训人员", "参加人员", "受训人员", "参加培训人员", "学员", "参训对象", "参训学员", "受训对象"), weak=("对象",),
        help="填写哪些人参加，例如养殖户、村干部。", example="养殖户和村组干部", width=20,
    ),
    Field(
        "participants_count", "培训人数", INTEGER, unit="人", low=0, high=100_000,
        aliases=("参训人数", "参加人数", "参加培训人数", "受训人数", "培训人次", "参训人次", "到会人数", "学员人数", "听课人数", "听讲人数", "参训总人数"), weak=("人数",),
        help="填写实际参加的人数。", example="42", width=10,
    ),
    Field(
        "content", "培训内容", TEXT, aliases=("授课内容", "主要内容", "具体内容", "讲课内容", "培训情况", "讲座内容", "宣讲内容", "主要培训内容"), weak=("内容", "情况"),
        help="写清楚讲了什么。", example="讲解圈舍保暖、配方喂养和防疫。", width=30,
    ),
    Field("result", "培训效果", TEXT, aliases=("效果", "培训成效", "成效", "培训结果", "考核结果"), help="填写培训的效果。", example="三十户掌握了配方喂养", width=22),
    Field("remark", "备注", TEXT, aliases=aliases.REMARK, help="填写需要说明的情况。", example="发放资料四十份", width=20),
)  # fmt: skip

TRAINING = Table(
    "training",
    "培训",
    FIELDS,
    noun="培训",
    counted=("期", "次"),
    told_by=("held_on", "title"),
    titles=("培训",),
    keys=(("unit", "township", "village", "villager_group", "held_on", "title", "topic", "session"),),
    needs=(("held_on",), ("title", "topic", "content"), ("unit", "village", "villager_group", "place", "trainer")),
    retention=Retention.LOG,
    dated_by="held_on",
    facets={"": ("培训", "培训情况", "培训信息", "参训人员", "举办单位", "授课人")},
    rules=(
        outside_programme("培训时间不在实施期内", "held_on"),
        *dated("held_on"),
        in_order("TR01", "培训结束早于开始", later="ended_on", earlier="held_on", said="培训时间"),
    ),
    help="办一期培训占一行，上门指导的一次占一行。",
)  # fmt: skip
