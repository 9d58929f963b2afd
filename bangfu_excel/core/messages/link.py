"""What the link stage says."""

from __future__ import annotations

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message, Subject

NOT_FOUND = Message(
    code="HH14",
    title="找不到这一户",
    severity=Severity.ERROR,
    effect=Effect.ROW,
    says="第{row}行“{label}”填的“{name}”，在{where}帮扶对象户中没有找到",
    suggests="{nearest}请核对姓名和所在村组，或补填户编号；确是新增的户，请先报送帮扶对象户表",
    basis="DOMAIN HH14",
    subject=Subject.LINK,
)

UNKNOWN_ID = Message(
    code="LK01",
    title="户编号不存在",
    severity=Severity.ERROR,
    effect=Effect.ROW,
    says="第{row}行“{label}”填的“{number}”，在帮扶对象户中没有这个户编号",
    suggests="{hint}请核对户编号；确是新增的户，请先报送帮扶对象户表",
    basis="DOMAIN HH14",
    subject=Subject.LINK,
)

AMBIGUOUS = Message(
    code="LK02",
    title="同名的户不止一户",
    severity=Severity.ERROR,
    effect=Effect.ROW,
    says="第{row}行“{label}”填的“{name}”有{many}户，无法确定是哪一户：{candidates}",
    told="第{row}行“{label}”填的“{name}”有{many}户，其中有外镇的户，无法确定是哪一户，请联系县办",
    suggests="请补填户编号、户主证件号码或村组",
    basis="DESIGN §5 第4条",
    subject=Subject.LINK,
)

NAME_CONFLICT = Message(
    code="LK03",
    title="户编号与姓名不是同一户",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="第{row}行“{label}”填的“{name}”，而户编号“{number}”登记的户主是“{head}”",
    told="第{row}行“{label}”填的“{name}”，与户编号“{number}”登记的户主不一致，请联系县办",
    suggests="请核对户编号和姓名，改正其中填错的一项",
    basis="DOMAIN HH14",
    subject=Subject.LINK,
)

HELPER_UNCLEAR = Message(
    code="LK04",
    title="同名的帮扶人不止一位",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="第{row}行“{label}”中的“{name}”有同名的几位帮扶人，无法确定是哪一位",
    suggests="请补填帮扶人的单位或电话",
    basis="DESIGN §5 第4条",
    subject=Subject.LINK,
)

NO_HOUSEHOLDS = Message(
    code="LK05",
    title="没有帮扶对象户表可对照",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="没有收到{where}帮扶对象户表，有{many}行没有核对所填的户是否存在",
    suggests="报送帮扶对象户表后再次检查即可补上",
    basis="DESIGN §4",
    subject=Subject.LINK,
)

NONE_OF_THEM = Message(
    code="LK07",
    title="同名的户都不是",
    severity=Severity.ERROR,
    effect=Effect.ROW,
    says="第{row}行“{label}”填的“{name}”，县办核实过，登记的同名户都不是这一户",
    suggests="请核对姓名和所在村组，或补填户编号；确是新增的户，请先报送帮扶对象户表",
    basis="DESIGN §5 第4条",
    subject=Subject.LINK,
)

FORMER_NAME = Message(
    code="LK06",
    title="用了原来的户主、村组或编号",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="从第{row}行起有{many}行填的是原来的户主、村组或编号（如“{name}”），已计入现在的户（户主{head}）",
    suggests="以后请填现在的户主、村组和户编号",
    basis="DESIGN §6",
    subject=Subject.LINK,
)

RECIPIENT_NOT_FOUND = Message(
    code="LK08",
    title="名册里没有这个对象",
    severity=Severity.ERROR,
    effect=Effect.ROW,
    says="第{row}行“{label}”填的“{name}”，在{where}{roster}中没有找到",
    suggests="请核对{what}；确是新增的，请先报送{roster}",
    basis="DOMAIN HH14",
    subject=Subject.LINK,
)

RECIPIENT_AMBIGUOUS = Message(
    code="LK09",
    title="同名的对象不止一个",
    severity=Severity.ERROR,
    effect=Effect.ROW,
    says="第{row}行“{label}”填的“{name}”有{many}个，无法确定是哪一个：{candidates}",
    told="第{row}行“{label}”填的“{name}”有{many}个，无法确定是哪一个",
    suggests="请补填{what}",
    basis="DESIGN §5 第4条",
    subject=Subject.LINK,
)

RECIPIENT_DISMISSED = Message(
    code="LK10",
    title="同名的对象都不是",
    severity=Severity.ERROR,
    effect=Effect.ROW,
    says="第{row}行“{label}”填的“{name}”，县办核实过，登记的同名对象都不是",
    suggests="请核对名称，补填{what}；确是新增的，请先报送名册",
    basis="DESIGN §5 第4条",
    subject=Subject.LINK,
)
