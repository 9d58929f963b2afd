"""What the run itself says of a file."""

from __future__ import annotations

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message, Subject

WORKER_DIED = Message(
    code="RN01",
    title="处理文件时程序中断",
    severity=Severity.ERROR,
    effect=Effect.SHEET,
    says="处理这个文件时程序意外中断，其他文件不受影响，这个文件没有读入",
    suggests="请用 Excel 或 WPS 打开后另存为 .xlsx 再报；仍不行请告诉县办",
    basis="DESIGN §3",
    subject=Subject.FILE,
)

PROGRAM_FAILED = Message(
    code="RN06",
    title="处理文件时程序出错",
    severity=Severity.ERROR,
    effect=Effect.SHEET,
    says="处理这个文件时程序出错（{where}），其他文件不受影响，这个文件没有读入",
    suggests="请用 Excel 或 WPS 打开后另存为 .xlsx 再报；仍不行请把括号里的话告诉县办",
    basis="DESIGN §1",
    subject=Subject.FILE,
)

SAME_FILE = Message(
    code="PV30",
    title="同一文件报了两次",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="与“{original}”一字不差，没有重复读入",
    suggests="请确认是不是放错了文件",
    basis="DOMAIN PV30",
    subject=Subject.SUBMISSION,
)

NOT_HANDED_IN = Message(
    code="PV30c",
    title="还没有报的乡镇",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="{period}还没有报的乡镇有{number}个：{names}",
    suggests="请催报；不用报的，请从本县设置里应报的乡镇中去掉",
    basis="DOMAIN PV30",
    subject=Subject.SUBMISSION,
)

NOT_EXPECTED = Message(
    code="PV30d",
    title="不在应报名单里的乡镇",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="{township}不在本县应报的乡镇里{hint}",
    suggests="请核对乡镇名称；没有写错的请县办补进本县设置里应报的乡镇",
    basis="DOMAIN PV30",
    subject=Subject.SUBMISSION,
)

SIGNED_ELSEWHEN = Message(
    code="PV28b",
    title="填报时间不在统计期",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="填报时间写的是“{written}”，离本次统计期{period}太远",
    suggests="请核对填报时间，并确认没有放错文件",
    basis="DOMAIN PV28",
    subject=Subject.SUBMISSION,
)

SIGNED_BY_NOBODY = Message(
    code="PV28c",
    title="填报单位不在单位名册",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="填报单位“{unit}”不在帮扶单位名册里，各表里也没有这个单位、学校、村或乡镇{hint}",
    suggests="请核对单位名称，写全称；没有写错的请补进帮扶单位名册",
    basis="DOMAIN PV28",
    subject=Subject.SUBMISSION,
)

OWN_LIST = Message(
    code="RN02",
    title="本程序写出的清单",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="这一页是本程序写出的问题清单，不是报表，已跳过",
    suggests="",
    basis="本程序约定",
    subject=Subject.FILE,
)

NOT_USED = Message(
    code="RN12",
    title="本方案不用的表",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="{which}填的是{tables}，“{scheme}”不用这种表；已照常读取、核对并保存，不进入本方案的台账和考核",
    suggests="报给别的方案的，不用处理；不该报的请撤回",
    basis="本程序约定",
    subject=Subject.FILE,
)

OWN_BOOK = Message(
    code="RN10",
    title="县办自己填的表",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="这个文件是本程序写出、由县办填写的表，不是报表，没有读入，填在里面的还没有办",
    suggests="请把它从报送文件里移走；要办理，请运行 bangfu {command} 这个文件",
    basis="本程序约定",
    subject=Subject.FILE,
)

OWN_OUTPUT = Message(
    code="RN11",
    title="本程序写出的工作簿",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="这个文件是本程序写出的台账、考核或清单，不是报表，没有读入",
    suggests="请把它从报送文件里移走；在它上面改过的内容，请填进报送表再报",
    basis="本程序约定",
    subject=Subject.FILE,
)

FOLDER_UNREADABLE = Message(
    code="RN03",
    title="文件夹打不开",
    severity=Severity.ERROR,
    effect=Effect.SHEET,
    says="这个文件夹打不开，里面的文件没有读取",
    suggests="请检查有没有读取权限、路径是不是太长，再运行一次",
    basis="本程序约定",
    subject=Subject.FILE,
)

LINK_NOT_FOLLOWED = Message(
    code="RN04",
    title="通到别处的文件夹",
    severity=Severity.ERROR,
    effect=Effect.SHEET,
    says="这个文件夹是通到别处的链接，里面的文件没有读取",
    suggests="请把那里的文件复制进来，再运行一次",
    basis="本程序约定",
    subject=Subject.FILE,
)

NAME_UNREADABLE = Message(
    code="RN05",
    title="文件名的编码不规范",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="文件名的文字编码不规范，按“{file}”处理",
    suggests="",
    basis="本程序约定",
    subject=Subject.FILE,
)

PICTURES = Message(
    code="RN07",
    title="表里有图片",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="表里有{number}张图片，其中{inside}张放在数据行里，已计入所在的行",
    suggests="",
    basis="DOMAIN M21",
    subject=Subject.FILE,
)

PHOTOS_ALONE = Message(
    code="RD35",
    title="照片",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="这里有{number}张照片，没有作为表格读取；没有走访记录可以对应",
    suggests="",
    basis="本程序约定",
    subject=Subject.FILE,
)

PHOTOS_MATCHED = Message(
    code="RN08",
    title="走访照片已对应",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="这里有{number}张照片，都已对应到走访记录",
    suggests="",
    basis="本程序约定",
    subject=Subject.FILE,
)

PHOTOS_UNMATCHED = Message(
    code="RN09",
    title="照片对不上走访记录",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="这里有{number}张照片，{matched}张已对应到走访记录，其余对不上：{names}",
    suggests="请把照片改名为“村-户主-日期”，例如“石桥村-张建国-2024-03-05.jpg”，并确认这次走访已经登记",
    basis="本程序约定",
    subject=Subject.FILE,
)

ROWS_DISAGREE = Message(
    code="LY52",
    title="同一户各行不一致",
    severity=Severity.ERROR,
    effect=Effect.FIELD,
    says="第{row}行“{label}”填的是“{value}”，而同一户的第{other_row}行填的是“{other}”",
    suggests="请核对后把同一户各行的这一栏填成一致",
    basis="DOMAIN 1.1",
    subject=Subject.HOUSEHOLD,
)

EARLIER_PERIODS = Message(
    code="LY55",
    title="一张表里有几期",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="按“{label}”列，同一户（人）填了几期，只取了最近一期，第{rows}行是较早的，没有汇总",
    suggests="请确认；今后每期单独报一张表",
    basis="DOMAIN M30",
    subject=Subject.LAYOUT,
)

ROW_SLIPPED = Message(
    code="LY67",
    title="整行错位",
    severity=Severity.ERROR,
    effect=Effect.ROW,
    says="第{row}行从“{label}”列起整行错了一格：{labels}填的像是{side}边一列的内容，这一行没有采用",
    suggests="请把这一行错位的内容逐格移回各自的列下，再重新报送这一行",
    basis="DOMAIN M27",
    subject=Subject.LAYOUT,
)
