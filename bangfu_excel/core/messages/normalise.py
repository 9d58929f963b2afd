"""What the normalise stage says: how a cell was read, or why it gave no value.

Notes (提示) are grouped: `cells` cells of one column, the first of them as `value` → `after`.
Codes NV01–NV19 are notes, NV20 and up are errors; ID numbers are those of the domain's rule list.
"""

from __future__ import annotations

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message, Subject

_BASIS = "DOMAIN §3"


def _note(code: str, title: str, what: str, *, basis: str = _BASIS, subject: Subject = Subject.VALUE) -> Message:
    says = f"“{{label}}”有{{cells}}处{what}，如第{{row}}行“{{value}}”读作“{{after}}”"
    return Message(code, title, Severity.INFO, Effect.NONE, says, "", basis, subject)


def _error(
    code: str, title: str, says: str, suggests: str, *, basis: str = _BASIS, subject: Subject = Subject.VALUE
) -> Message:
    return Message(code, title, Severity.ERROR, Effect.FIELD, "第{row}行“{label}”" + says, suggests, basis, subject)


REWRITTEN = _note("NV01", "写法已规范", "含有空格、全角字符、汉字数字等，已改成规范写法")
CONVERTED = _note("NV02", "单位已换算", "写有单位或量词，已换算成本表的单位")
UNIT_TAKEN = _note("NV02b", "数量后写有计量单位", "数量后写有计量单位，数量和单位已分开")
DATE_REWRITTEN = _note("NV03", "日期写法已规范", "日期写法已统一")
DATE_SERIAL = _note("NV04", "日期按表格序号读取", "日期存成了数字，已按日期序号读取")
YEAR_INFERRED = _note("NV05", "年份按统计期补上", "日期没有写年份，已按统计期补上")
SAME_AS_ABOVE = _note("NV06", "同上", "写的是“同上”一类，已取上一行的内容")
LABEL_UNIFIED = _note("NV07", "说法已统一", "用了别的说法，已统一为标准选项")
APPROXIMATE = _note("NV08", "约数", "是约数，已按所写的数读取并记为约数")
BLANK_WORD = _note("NV09", "按未填读取", "写的是“无”“—”一类，没有当作0")
CENTURY_INFERRED = _note("NV10", "两位年份", "年份只写了两位，已补足四位")
REMARK_DROPPED = _note("NV11", "姓名后的说明", "姓名后带有说明或电话，已只取姓名")
SEVERAL_PHONES = _note("NV12", "多个电话", "写了不止一个电话，已全部保留")
PER_DROPPED = _note("NV13", "按期计算的金额", "写有“每月”“每年”一类，已只取其中的数")
ANSWER_INFERRED = _note("NV14", "是否的说法", "没有直接写“是”或“否”，已按意思读取")
LISTED = _note("NV15", "多项内容", "写了几项，已逐项分开")
FROM_CERTIFICATE = _note("NV16", "残疾人证号", "填的是残疾人证号，已取前18位身份证号", subject=Subject.IDENTITY)
SPAN_SPLIT = _note("NV18", "起止日期写在一格", "把开始和结束的日期写在一起，已分开")
YEAR_OF_TITLE = _note("NV19", "年份按标题补上", "日期没有写年份，已按标题或表头写明的年份补上")
GROUP_SPLIT = _note("NV17", "村和组写在一栏", "把村和组写在一起，已分开")
KIND_FROM_WORDS = Message(
    "NV41", "种类取自标题", Severity.INFO, Effect.NONE,
    "没有“{field_label}”列，{cells}行按“{label}”的字样取用，如第{row}行“{value}”取作“{after}”", "", "DOMAIN §3", Subject.VALUE,
)  # fmt: skip
PLACES_SPLIT = _note("LY53", "乡镇、村、组写在一栏", "把乡镇、村、组写在一起，已分开")
PLACES_UNCERTAIN = Message(
    "LY54", "分不清乡镇和村", Severity.WARNING, Effect.NONE,
    "“{label}”有{cells}处分不清哪是乡镇、哪是村，如第{row}行“{value}”，已整个当作村", "请把乡镇和村分两栏填写", "DOMAIN 1.11", Subject.VALUE,
)  # fmt: skip
FIFTEEN_DIGITS = _note(
    "ID09", "15位身份证号", "是15位旧号码，已换成18位", basis="DOMAIN ID09；GB 11643-1999", subject=Subject.IDENTITY
)

FORMULA_ERROR = _error("NV20", "公式错误", "是公式错误“{value}”，读不到内容", "请修正公式，或直接填写结果")
FORMULA_UNCACHED = _error(
    "NV21", "公式没有结果", "是一个没有算出结果的公式，读不到内容", "请用表格软件打开并保存一次，或直接填写结果"
)
FORMULAS_WRONG = Message(
    "NV20b", "整栏公式错误", Severity.ERROR, Effect.FIELD,
    "“{label}”这一栏有{cells}格是公式错误（第一格是“{value}”），读不到内容", "请修正公式，或直接填写结果", _BASIS, Subject.VALUE,
)  # fmt: skip
FORMULAS_UNCACHED = Message(
    "NV21b", "整栏公式没有结果", Severity.ERROR, Effect.FIELD,
    "“{label}”这一栏有{cells}格是没有算出结果的公式，读不到内容", "请用表格软件打开并保存一次，或直接填写结果", _BASIS, Subject.VALUE,
)  # fmt: skip
NOT_A_NUMBER = _error("NV22", "不是数字", "填的是“{value}”，不是一个数", "请只填数字，没有数据的请留空")
NOT_WHOLE = _error("NV23", "不是整数", "填的是“{value}”，应为整数", "请填整数")
WRONG_UNIT = _error("NV24", "单位不符", "填的是“{value}”，单位应为“{unit}”", "请换算成“{unit}”后只填数字")
SEVERAL_NUMBERS = _error("NV25", "一格填了几个数", "填的是“{value}”，有不止一个数", "请只填这一栏要的一个数")
NOT_A_DATE = _error("NV26", "不是日期", "填的是“{value}”，不是日期", "请按“2024-03-05”的样子填写")
DATE_AMBIGUOUS = _error(
    "NV27",
    "日期有两种读法",
    "填的是“{value}”，可能是{first}，也可能是{second}",
    "请按“2024-03-05”或“2024年3月”的样子填写",
)
DATE_IMPOSSIBLE = _error("NV28", "没有这一天", "填的是“{value}”，没有这个日期", "请核对后按“2024-03-05”的样子填写")
DATE_RANGE = _error(
    "NV29", "填了几个日期", "填的是“{value}”，是一段时间或几个日期", "请只填一个日期；几次活动请分行填写"
)
DATE_WITHOUT_YEAR = _error("NV30", "日期没有年份", "填的是“{value}”，没有年份", "请写明年份，如“2024-03-05”")
DATE_AS_NUMBER = _error(
    "NV38", "日期存成了小数", "填的是“{value}”，存成了小数，3.1和3.10这样存就分不清了", "请写明年月日，如“2024-03-05”"
)
SPAN_CONTRADICTED = _error(
    "NV39",
    "结束日期前后不一致",
    "填的是“{value}”，其中的结束日期与“{other}”填的不一致",
    "请核对这两栏，开始和结束的日期分两栏填写",
)
NOT_YES_NO = _error("NV31", "不是“是”或“否”", "填的是“{value}”，看不出是还是否", "请填“是”或“否”")
SEVERAL_LABELS = _error("NV32", "多于一项", "填的是“{value}”，多于一项，这里只能选一项", "请只填最主要的一项")
NOTHING_ABOVE = _error("NV33", "“同上”无从取得", "填的是“{value}”，上一行没有可以沿用的内容", "请直接写出内容")
NO_REPEAT = _error("NV34", "不能写“同上”", "填的是“{value}”，这一栏每行都要写出来", "请直接写出内容")
WRONG_TYPE = _error(
    "NV35", "内容被表格软件改动", "存成了{stored}“{value}”，不是原来填写的内容", "请把单元格设为文本格式后重新填写"
)
SEVERAL_IDENTITIES = _error(
    "ID22", "一格填了几个证件号码", "填有不止一个证件号码", "请每格只填一个人的证件号码",
    basis="DOMAIN ID22", subject=Subject.IDENTITY,
)  # fmt: skip
SEVERAL_KEYS = _error(
    "NV37", "一格填了几个编号", "填的是“{value}”，有不止一个编号", "请每行只填一户的编号，几户分行填写"
)
PRECISION_LOST = _error(
    "ID23", "号码精度丢失", "的号码存成了数字，末尾几位已经丢失，无法恢复", "请把单元格设为文本格式，照原件重新填写",
    basis="DOMAIN ID23", subject=Subject.IDENTITY,
)  # fmt: skip
GARBLED = Message(
    "NV40", "疑似乱码", Severity.WARNING, Effect.NONE,
    "“{label}”有{cells}处疑似乱码，如第{row}行“{value}”{likely}", "请对照原件重新填写；整张表都是乱码的，请在原来的系统里另存为 Excel 工作簿再报",
    "DOMAIN M28", Subject.VALUE,
)  # fmt: skip
