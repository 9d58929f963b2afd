"""What the merge stage says."""

from __future__ import annotations

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message, Subject

DUPLICATE_ROW = Message(
    code="MG01",
    title="整行重复",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="第{row}行与{kept}的内容完全相同，汇总时只计一次",
    suggests="如是重复填报，请删去多余的一行；如不是，请补填能把两行区分开的内容",
    told="第{row}行与外镇重复，请联系县办",
    basis="DESIGN §5 第1条",
    subject=Subject.MERGE,
)
DUPLICATE_SHEET = Message(
    code="MG02",
    title="大量重复行",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="从第{row}行起有{rows}行与{kept_sheet}的内容完全相同，汇总时只计一次",
    suggests="请核对是否把同一张表报了两次",
    told="从第{row}行起有{rows}行与外镇重复，请联系县办",
    basis="DESIGN §5 第1条",
    subject=Subject.MERGE,
)
CONFLICTING_ROWS = Message(
    code="MG03",
    title="同一对象填报不一致",
    severity=Severity.ERROR,
    effect=Effect.NONE,
    says="第{row}行与{other}填的是同一条“{what}”记录，但{differences}，待裁决，裁决前以先读到的一行为准",
    suggests="请核实后只保留正确的一行",
    told="第{row}行与外镇填报不一致，请联系县办",
    basis="DESIGN §6",
    subject=Subject.MERGE,
)
PARTIAL_ROWS = Message(
    code="MG04",
    title="同一对象分两处填写",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="第{row}行与{other}填的是同一条“{what}”记录，{fields}只在其中一处填写，汇总时合成一条",
    suggests="请把两处的内容合在一行填报",
    told="第{row}行与外镇重复，请联系县办",
    basis="DESIGN §6",
    subject=Subject.MERGE,
)
PARTIAL_SHEET = Message(
    code="MG05",
    title="同一批对象分两处填写",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="从第{row}行起有{rows}行与{kept_sheet}填的是同一批“{what}”记录，有些栏只在其中一处填写，汇总时各合成一条",
    suggests="请把两处的内容合在一张表填报",
    told="从第{row}行起有{rows}行与外镇重复，请联系县办",
    basis="DESIGN §6",
    subject=Subject.MERGE,
)
ALREADY_MERGED = Message(
    code="MG06",
    title="文件已入库",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="这个文件的内容此前已经入库（批次{batch}），没有变化，不再重复入库",
    suggests="",
    basis="DESIGN §6",
    subject=Subject.MERGE,
)
REPLACED = Message(
    code="MG07",
    title="文件重新入库",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="这个文件此前已经入库（批次{batch}），这次核对结果不同，以这次的为准",
    suggests="",
    basis="DESIGN §6",
    subject=Subject.MERGE,
)
FEWER_THAN_BEFORE = Message(
    code="MG10",
    title="比上次报的少",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="与上次报来的相比，这次少了{number}{unit}：{names}；已按这次报的为准",
    suggests="请核实；确实退出或迁走的请说明原因，如果这次只是补报，请在文件名或表名里写明“补报”再报",
    basis="DESIGN §6",
    subject=Subject.MERGE,
)
HELD = Message(
    code="MG11",
    title="与已通报的不一致",
    severity=Severity.ERROR,
    effect=Effect.NONE,
    says="这个文件含有已经通报的月份（{months}），与通报时相比新增{added}条、变更{changed}条、缺失{missing}条，暂未入库，等县办确认",
    suggests="请对照重报核对表逐条核实：确实要改的请县办在表里选“确认入库”再交回，报错的请更正后再报",
    basis="DESIGN §6",
    subject=Subject.MERGE,
)
SUPERSEDED_SINCE = Message(
    code="MG12",
    title="文件已入库，后来重报过",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="这个文件此前已经入库（批次{batch}），同一单位后来重报的代替了它，不再重复入库",
    suggests="要改回这个文件的内容，请先撤回后来的批次",
    basis="DESIGN §6",
    subject=Subject.MERGE,
)
SUPPLEMENT = Message(
    code="MG13",
    title="按补报入库",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="{said}，这{rows}行按补报处理：只增加，不代替以前报的",
    suggests="",
    basis="DESIGN §6",
    subject=Subject.MERGE,
)
DISPUTED = Message(
    code="MG20",
    title="与别的单位报的不一致",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="有{number}处与别的单位报的不一致，待裁决，见冲突裁决.xlsx",
    suggests="请先核对自己报的；裁决前汇总时用后报的值",
    told="有{number}处与别的单位报的不一致，待县办裁决",
    basis="DESIGN §6",
    subject=Subject.MERGE,
)
NEWER_STANDS = Message(
    code="MG21",
    title="晚到的旧数据",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="这个文件报的是{period}，同一单位已经报过{later}的，两边都有的村以{later}的为准，这个文件里的只作留存",
    suggests="如果这个文件才是最新的，请核对统计期后重新入库",
    basis="DESIGN §6",
    subject=Subject.MERGE,
)
CORRECTED_BEFORE = Message(
    code="MG30",
    title="又报了更正前的内容",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="第{row}行{many}填的还是“{written}”，县办在{day}{act}，仍按“{stands}”",
    suggests="请把本单位的底册也改过来；县办登记得不对的，请联系县办",
    basis="DESIGN §6",
    subject=Subject.MERGE,
)
REMOVED_BEFORE = Message(
    code="MG31",
    title="又报了已经删除的记录",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="第{row}行{many}又报了县办在{day}已经{stands}的记录，仍不计入",
    suggests="请在本单位的底册里也删去；确实应当保留的，请联系县办",
    basis="DESIGN §6",
    subject=Subject.MERGE,
)
OTHERWISE_THAN_CORRECTED = Message(
    code="MG32",
    title="与县办更正的不同",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="第{row}行{many}填的是“{written}”，与县办在{day}更正的“{stands}”不同，也不是更正前的内容，现按这次报的为准",
    suggests="请核实；这次报错了的请更正后再报",
    basis="DESIGN §6",
    subject=Subject.MERGE,
)
