"""What the checks of single values say, whichever stage runs them. Each bad value breaks exactly one of its kind's checks."""

from __future__ import annotations

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message, Subject

_GB = "GB 11643-1999"


def _error(
    code: str, title: str, says: str, suggests: str, basis: str, *, subject: Subject = Subject.IDENTITY
) -> Message:
    says = "第{row}行“{label}”填的是“{value}”，" + says
    return Message(code, title, Severity.ERROR, Effect.FIELD, says, suggests, basis, subject)


IDENTITY_LENGTH = _error(
    "ID02", "身份证号位数或字符不对", "应为18位，前17位是数字，末位是数字或X",
    "请对照身份证逐位核对后重填", f"DOMAIN ID02；{_GB}",
)  # fmt: skip
IDENTITY_CHECKSUM = _error(
    "ID03", "身份证号校验不通过", "末位与前面的数字对不上，有一位填错了",
    "请对照身份证逐位核对后重填", f"DOMAIN ID03；{_GB}",
)  # fmt: skip
CERTIFICATE_DIGITS = _error(
    "ID04", "残疾人证号不对", "应为18位身份证号加残疾类别（1至7）和等级（1至4）",
    "请对照残疾人证逐位核对后重填", "DOMAIN ID04；GB/T 26341-2010",
)  # fmt: skip
IDENTITY_BIRTH = _error(
    "ID05", "身份证号里的出生日期不存在", "第7至14位不是一个可能的出生日期",
    "请对照身份证逐位核对后重填", f"DOMAIN ID05；{_GB}",
)  # fmt: skip
IDENTITY_PLACEHOLDER = _error(
    "ID10", "不是真实的证件号码", "看来是占位的号码", "请填真实号码；确实没有的请留空并在备注中说明",
    "DOMAIN ID10",
)  # fmt: skip
CERTIFICATE_LENGTH = _error(
    "ID21", "残疾人证号位数不对", "残疾人证号应为20位（补发的为22位）", "请对照残疾人证逐位核对后重填",
    "DOMAIN ID21",
)  # fmt: skip
NOT_A_NAME = _error("ID14", "不像姓名", "不像一个人的姓名", "请只填姓名，不要带说明、数字或字母", "DOMAIN ID14")
NOT_A_PERSON = _error("ID27", "填的是单位", "是单位，不是人的姓名", "请填写本人的姓名，单位填在单位一栏", "本程序约定")
NAMES_MISSING = _error(
    "ID24", "没有写出每个人的姓名", "没有写出每个人的姓名", "请把每个人的姓名都写出来，用顿号分开", "本程序约定"
)
PHONE_LENGTH = _error(
    "ID16", "电话号码位数不对", "手机号码应为11位，固定电话应带区号", "请核对号码后重填", "DOMAIN ID16"
)
PHONE_PREFIX = Message(
    "ID25", "不像手机号码", Severity.WARNING, Effect.NONE,
    "第{row}行“{label}”填的是“{value}”，手机号码应以13至19开头", "请核对号码", "DOMAIN ID16", Subject.IDENTITY,
)  # fmt: skip
NOT_A_RATE = _error(
    "NV36", "不是比例", "比例应在0到1（0%到100%）之间", "请核对后更正", "本程序约定", subject=Subject.VALUE
)
NEGATIVE = _error("EC12", "出现负数", "不应为负数", "请核对后更正", "DOMAIN EC12", subject=Subject.ECONOMY)
