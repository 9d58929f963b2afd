"""What the validate stage says beside the rules of the tables."""

from __future__ import annotations

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message, Subject

OUT_OF_BOUNDS = Message(
    code="VL01",
    title="数值超出合理范围",
    severity=Severity.ERROR,
    effect=Effect.FIELD,
    says="第{row}行“{label}”填的是“{value}”，应为{range}",
    suggests="请核对原始资料后更正；注意单位和小数点",
    basis="本程序约定",
    subject=Subject.VALUE,
)

NOT_IN_LIST = Message(
    code="HH06",
    title="不在可选项之中",
    severity=Severity.ERROR,
    effect=Effect.FIELD,
    says="第{row}行“{label}”填的是“{value}”，不是可选项",
    suggests="请改为以下之一：{options}",
    basis="DOMAIN HH06",
    subject=Subject.VALUE,
)

NEEDED_MISSING = Message(
    code="RQ01",
    title="缺少必须填写的内容",
    severity=Severity.ERROR,
    effect=Effect.ROW,
    says="第{row}行没有填写{needed}，这一行{unclear}无法确定",
    suggests="请补填{needed}后重新报送这一行",
    basis="本程序约定",
    subject=Subject.VALUE,
)

PLACE_FOR_NAME = Message(
    code="ID28",
    title="姓名栏填的是地名",
    severity=Severity.ERROR,
    effect=Effect.FIELD,
    says="第{row}行“{label}”填的是“{value}”，是本表里的地名，不是人的姓名",
    suggests="请填写本人的姓名；如果这一行错了一格，请逐格移回各自的列下",
    basis="DOMAIN ID14",
    subject=Subject.VALUE,
)

NOT_CHECKED = Message(
    code="RQ02",
    title="缺少对照的表，部分核对未做",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="没有收到{needed}，以下核对没有做：{titles}",
    suggests="报送{needed}后再次检查即可补上",
    basis="本程序约定",
    subject=Subject.SUBMISSION,
)
