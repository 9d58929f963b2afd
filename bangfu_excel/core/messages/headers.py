"""What the headers stage says."""

from __future__ import annotations

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message, Subject

EMPTY_SHEET = Message(
    "LY01", "空工作表", Severity.INFO, Effect.NONE,
    says="{which}是空的，已跳过", suggests="", basis="DOMAIN M07", subject=Subject.LAYOUT,
)  # fmt: skip

INSTRUCTIONS = Message(
    "LY02", "不是表格", Severity.INFO, Effect.NONE,
    says="{which}是说明文字，不是表格，已跳过", suggests="", basis="DOMAIN M22", subject=Subject.LAYOUT,
)  # fmt: skip

CHOICES = Message(
    "LY03", "下拉选项表", Severity.INFO, Effect.NONE,
    says="{which}是下拉选项清单，不是表格，已跳过", suggests="", basis="DOMAIN M22", subject=Subject.LAYOUT,
)  # fmt: skip

NOT_UNDERSTOOD = Message(
    "LY04", "看不懂的表格", Severity.ERROR, Effect.SHEET,
    says="{which}{where}的表头看不懂，没有读取。{nearest}{found}",
    suggests="请对照下发的模板修改表头{near_misses}",
    basis="DOMAIN M26", subject=Subject.LAYOUT,
)  # fmt: skip

SEVERAL_TABLES = Message(
    "LY05", "分不清是哪种表", Severity.ERROR, Effect.SHEET,
    says="{which}第{row}行的表头既像{tables}，分不清是哪一种，没有读取。表头有：{headers}",
    suggests="请使用下发的模板，或补上能区分的列",
    basis="本程序约定", subject=Subject.LAYOUT,
)  # fmt: skip

AMBIGUOUS_COLUMN = Message(
    "LY06", "分不清的列", Severity.WARNING, Effect.NONE,
    says="表头“{label}”分不清是{candidates}，这一列没有采用",
    suggests="请把表头写完整，例如“{example}”",
    basis="DOMAIN 1.11", subject=Subject.LAYOUT,
)  # fmt: skip

SAME_FIELD_TWICE = Message(
    "LY07", "两列是同一内容", Severity.WARNING, Effect.NONE,
    says="{columns}都是“{field_label}”，分不清以哪一列为准，这几列都没有采用",
    suggests="请只保留一列，或改写其中一列的表头",
    basis="本程序约定", subject=Subject.LAYOUT,
)  # fmt: skip

EXTRA_COLUMNS = Message(
    "LY08", "多出的列", Severity.INFO, Effect.NONE,
    says="模板里没有这些列，已保留在原表中，没有汇总：{columns}", suggests="",
    basis="DOMAIN M26", subject=Subject.LAYOUT,
)  # fmt: skip

MISSING_COLUMNS = Message(
    "LY09", "缺少的列", Severity.WARNING, Effect.NONE,
    says="按{table_label}应有而没有找到的列：{columns}", suggests="请对照下发的模板补上",
    basis="DOMAIN M26", subject=Subject.LAYOUT,
)  # fmt: skip

TAKEN_FROM_SURROUNDINGS = Message(
    "LY10", "整表共用的内容", Severity.INFO, Effect.NONE,
    says="表中没有这些列，各行都按表外所写的取用：{values}", suggests="", basis="本程序约定", subject=Subject.LAYOUT,
)  # fmt: skip

SURROUNDINGS_DIFFER = Message(
    "LY11", "表外所写不一致", Severity.WARNING, Effect.NONE,
    says="“{field_label}”在{values}，互不一致，没有取用", suggests="请改成一致，或在表中加上“{field_label}”列",
    basis="本程序约定", subject=Subject.LAYOUT,
)  # fmt: skip

SAMPLE_ROWS = Message(
    "LY12", "不是数据的行", Severity.INFO, Effect.NONE,
    says="第{rows}行是示例、栏次、类型、分节标题或只有序号的行，没有当作数据", suggests="", basis="DOMAIN M08", subject=Subject.LAYOUT,
)  # fmt: skip

OUTSIDE_TABLE = Message(
    "LY13", "表格之外的列", Severity.WARNING, Effect.NONE,
    says="表格右侧（或左侧）隔着空列另有内容，没有读取：{columns}", suggests="如果属于本表，请去掉中间的空列",
    basis="DOMAIN M07", subject=Subject.LAYOUT,
)  # fmt: skip

MERGED_NUMBERS = Message(
    "LY14", "合并的数字单元格", Severity.WARNING, Effect.NONE,
    says="“{label}”有合并的单元格，里面的数字只算在第一行", suggests="请取消合并，每行分别填写",
    basis="DOMAIN M12", subject=Subject.LAYOUT,
)  # fmt: skip

NO_DATA = Message(
    "LY15", "没有数据", Severity.INFO, Effect.NONE,
    says="{which}只有表头，没有数据行", suggests="", basis="本程序约定", subject=Subject.LAYOUT,
)  # fmt: skip

HELPERS_UNREAD = Message(
    "LY16", "没有读取的帮扶人", Severity.WARNING, Effect.NONE,
    says="{columns}填的是帮扶人，分不清是第几位，这些列没有读取",
    suggests="有几位帮扶人的，列名请用“第一责任人”“第二责任人”，或在结对帮扶表中一人一行填写",
    basis="DOMAIN 1.4", subject=Subject.LAYOUT,
)  # fmt: skip

LINES_UNREAD = Message(
    "LY17", "表格上方的内容没有读取", Severity.WARNING, Effect.NONE,
    says="表格上方填的{labels}没有读取", suggests="请按下发的模板，把每户、每人的内容填在表格的一行里",
    basis="DOMAIN M09", subject=Subject.LAYOUT,
)  # fmt: skip

FILLED_FROM_ABOVE = Message(
    "LY50", "按上一户取用的行", Severity.INFO, Effect.NONE,
    says="第{rows}行没有写是哪一户，已按上面同一户取用{columns}", suggests="", basis="DOMAIN M12", subject=Subject.LAYOUT,
)  # fmt: skip

MISPLACED_COLUMN = Message(
    "LY65", "整列错位", Severity.ERROR, Effect.FIELD,
    says="{column}列表头是“{label}”，但下面填的像{look}，是不是整列错位？这一列没有采用",
    suggests="请核对表头和下面的内容，把错位的列改正后再报",
    basis="DOMAIN M27", subject=Subject.LAYOUT,
)  # fmt: skip

MISPLACED_TABLE = Message(
    "LY66", "表头与内容对不上", Severity.ERROR, Effect.SHEET,
    says="{which}的表头和下面的内容对不上，没有读取：{columns}，是不是整列错位？",
    suggests="请核对表头和下面的内容，把错位的列改正后再报",
    basis="DOMAIN M27", subject=Subject.LAYOUT,
)  # fmt: skip

FORMS_BLANK = Message(
    "LY40", "空白表", Severity.INFO, Effect.NONE,
    says="{which}有{forms}份表没有填写，已跳过", suggests="", basis="DOMAIN M09", subject=Subject.LAYOUT,
)  # fmt: skip

FORM_LABELS_UNREAD = Message(
    "LY41", "多出的项目", Severity.INFO, Effect.NONE,
    says="表上的这些项目没有对应的栏目，已保留在原表中，没有汇总：{labels}", suggests="", basis="DOMAIN M09、M26",
    subject=Subject.LAYOUT,
)  # fmt: skip

FORM_LABEL_TWICE = Message(
    "LY42", "同一项目填了两处", Severity.WARNING, Effect.NONE,
    says="{labels}都是“{field_label}”，填的内容不一样，分不清以哪一处为准，都没有采用", suggests="请核实后改成一致，或只填一处",
    basis="DOMAIN M09", subject=Subject.LAYOUT,
)  # fmt: skip

FORM_LABEL_AMBIGUOUS = Message(
    "LY43", "分不清的项目", Severity.WARNING, Effect.NONE,
    says="“{label}”分不清是{candidates}，填的内容没有采用", suggests="请把项目名称写完整，例如“{example}”",
    basis="DOMAIN M09、1.11", subject=Subject.LAYOUT,
)  # fmt: skip

FORM_ANSWERS_MARKED = Message(
    "LY44", "按勾选读取", Severity.INFO, Effect.NONE,
    says="{cells}处是打勾或填选项编号的，按所选的内容读取，例如“{label}”的“{value}”读作“{after}”", suggests="",
    basis="DOMAIN M09、M19、M29", subject=Subject.LAYOUT,
)  # fmt: skip

FORM_TABLE_UNREAD = Message(
    "LY45", "表内的表格没有读取", Severity.WARNING, Effect.NONE,
    says="第{row}行起的表格没有读取，表头有：{headers}", suggests="如果要汇总，请按下发的模板修改表头",
    basis="DOMAIN M09", subject=Subject.LAYOUT,
)  # fmt: skip

FORM_LABELS_MISSING = Message(
    "LY46", "缺少的项目", Severity.INFO, Effect.NONE,
    says="按{table_label}应有而表上没有的项目：{labels}", suggests="", basis="DOMAIN M26", subject=Subject.LAYOUT,
)  # fmt: skip

PLACE_FROM_ABOVE = Message(
    "LY56", "按上面取用的地名", Severity.WARNING, Effect.NONE,
    says="第{rows}行没有写“{label}”，已按上面最近写的取用", suggests="请核对；今后每行都写上“{label}”", basis="DOMAIN M12",
    subject=Subject.LAYOUT,
)  # fmt: skip

PLACE_FROM_SECTION = Message(
    "LY51", "分节标题里的地名", Severity.INFO, Effect.NONE,
    says="{places}写在单独的行里，下面各行的乡镇、村、组已按它取用", suggests="", basis="DOMAIN M12", subject=Subject.LAYOUT,
)  # fmt: skip

SHEET_UNSIGNED = Message(
    "PV28", "填报信息不全", Severity.WARNING, Effect.NONE,
    says="表头或表尾的填报信息不全：{missing}", suggests="请补填后再报",
    basis="DOMAIN PV28", subject=Subject.SUBMISSION,
)  # fmt: skip

TOTAL_DIFFERS = Message(
    "PV29", "合计与明细不符", Severity.ERROR, Effect.NONE,
    says="第{row}行{kind}的“{label}”填的是“{value}”，按明细应为{computed}", suggests="请核对明细和合计，改正错的一处",
    basis="DOMAIN PV29", subject=Subject.SUBMISSION,
)  # fmt: skip

BALANCE_BREAKS = Message(
    "PV29b", "结余与收支不符", Severity.WARNING, Effect.NONE,
    says="第{row}行“{label}”填的是“{value}”，前面剩{before}，加上收入、减去支出应为{computed}",
    suggests="请从这一行起核对收入、支出和结余，漏记的收支请补记",
    basis="DOMAIN PV20；捐赠台账", subject=Subject.SUBMISSION,
)  # fmt: skip
