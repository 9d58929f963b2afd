"""资金物资: one row money or goods that came in or went out."""

from __future__ import annotations

from bangfu_excel.core.kinds import (
    CODE,
    DATE,
    IDENTITY_OR_CERTIFICATE,
    INTEGER,
    MONEY,
    NUMBER,
    ORGANISATION,
    PERSON,
    TEXT,
    YES_NO,
)
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.spread import Spread
from bangfu_excel.core.table import Field, Privacy, Retention, Table
from bangfu_excel.domain import aliases, fund_rules, parties
from bangfu_excel.domain.logged import dated
from bangfu_excel.domain.programme import outside_programme


def _sum(name: str, label: str, help_text: str, example: str, *others: str) -> Field:
    """A sum of money in yuan."""
    return Field(
        name, label, MONEY, unit="元", high=10_000_000_000, aliases=others, help=help_text, example=example, width=12
    )


_WHAT = (
    Field(
        "moved_on", "收支时间", DATE, expected=True,
        aliases=(
            "收支日期", "捐赠时间", "捐赠日期", "捐款时间", "捐款日期", "接收时间", "接收日期", "收到时间", "收到日期", "发放时间", "发放日期", "拨付时间",
            "拨付日期", "到账时间", "到账日期", "入账日期", "资助时间", "资助日期", "出入库日期", "领取时间", "领取日期", "受赠时间", "受赠日期", "支出日期",
            "支出时间", "收入日期", "收入时间", "到位时间", "募集时间", "清点日期", "清点时间",
        ),
        weak=("时间", "日期", "年月日"), help="填写钱物收到或发出的日期。", example="2024-03-10", width=14,
    ),
    Field(
        "direction", "收支方向", CODE, codelist="fund_direction", aliases=("收支", "收支类型", "收支类别", "收入或支出", "出入库", "出入库类型"),
        weak=("方向", "类型", "状态"), help="收到的填收入，发出去的填支出。", example="支出", width=8,
    ),
    Field(
        "item", "资金或物资名称", TEXT, expected=True,
        aliases=(
            "物资名称", "品名", "物品", "物品名称", "捐赠物品", "捐赠物资", "物资", "资金名称", "款物名称", "钱物名称", "资助项目", "物资品名", "慰问品",
            "捐赠内容", "捐赠物品名称", "捐赠物资名称", "发放物资", "发放物品", "受赠物品", "款物", "项目或物品",
        ),
        weak=("名称", "摘要"), help="填写钱或东西叫什么，钱填资金。", example="仔猪", width=14,
    ),
    Field("spec", "规格", TEXT, aliases=("规格型号", "型号", "物资规格"), help="填写规格或型号，没有的留空。", example="20公斤", width=10),
    Field(
        "source", "资金来源", CODE, codelist="fund_source",
        aliases=("来源", "资金物资来源", "物资来源", "来源渠道", "资金渠道", "经费来源", "款物来源", "来源类别", "资金类别"),
        help="从下拉框里选，例如扶贫资金、干部捐助、社会募集。", example="单位帮扶", width=12,
    ),
    Field(
        "donor", "捐赠方", TEXT,
        aliases=(
            "捐赠人", "捐赠单位", "捐赠者", "捐款人", "捐款单位", "资助方", "资助单位", "资助人", "捐赠人(单位)", "捐赠单位(个人)", "捐赠单位或个人", "爱心人士",
            "爱心企业", "捐助人", "捐助单位", "提供单位", "捐赠方名称", "捐赠人姓名", "出资单位", "投入单位",
        ),
        help="填写是谁给的，单位写全称，不愿留名的写匿名。", example="云岭县农业农村局", width=18,
    ),
)  # fmt: skip

_RECEIVER = (
    Field(
        "receiver", "受赠人", PERSON, facet="recipient", privacy=Privacy.NAME,
        aliases=(
            "受赠人姓名", "领取人", "领取人姓名", "受助人", "受助人姓名", "受益人", "受资助人", "受资助学生", "受助学生", "受赠学生", "受赠对象", "发放对象",
            "帮扶对象", "帮扶对象姓名", "户主姓名", "户主", "户名", "农户姓名", "贫困户姓名", "学生姓名", "儿童姓名", "领款人", "受助儿童", "资助对象", "受益对象",
        ),
        weak=("姓名", "名字", "学生", "对象"), help="填写发给了谁，发给一户的填户主；发给单位的填在受赠单位。", example="张建国", width=12,
    ),
    Field(
        "receiver_id", "受赠人证件号码", IDENTITY_OR_CERTIFICATE, facet="recipient", privacy=Privacy.IDENTITY,
        aliases=("受赠人身份证号", "受赠人身份证号码", "领取人身份证号", "领取人身份证号码", "户主身份证号", "户主身份证号码", "学生身份证号", "学生身份证号码", "受助人身份证号"),
        weak=("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号码", "证件号"),
        help="同村有同名的人时，以文本格式填写18位公民身份号码。", example="990101196805123015", width=22,
    ),
    Field(
        "receiver_unit", "受赠单位", ORGANISATION, facet="recipient",
        aliases=("接受单位", "受助单位", "受援单位", "受赠学校", "领取单位", "受益单位", "受助学校", "受赠村", "使用单位"),
        help="整体给了学校、村、班级的，填写单位名称。", example="青石镇中心小学", width=18,
    ),
    Field(
        "recipient_count", "受赠人数", INTEGER, unit="人", low=0, high=10_000_000, facet="recipient",
        aliases=("受益人数", "发放人数", "受助人数", "领取人数", "资助人数", "受益学生数", "受赠学生数", "惠及人数"),
        help="一起发给许多人的，填写多少人。", example="1", width=8,
    ),
)  # fmt: skip

_HOW_MUCH = (
    Field(
        "quantity", "数量", NUMBER, counted_in="unit", low=0, high=100_000_000, aliases=("物资数量", "捐赠数量", "件数", "发放数量", "接收数量", "物品数量"),
        help="填写东西有多少；给钱的留空，填金额。", example="2", width=8,
    ),
    Field(
        "unit", "计量单位", TEXT, aliases=("数量单位", "单位(计量)", "量词", "物资单位"), weak=("单位",),
        help="填写数量的单位，例如台、床、袋。", example="头", width=8,
    ),
    _sum("unit_price", "单价", "填写一件值多少钱，单位是元。", "600", "单价(折价)", "每件金额", "物资单价"),
    _sum(
        "amount", "金额", "填写多少钱，东西折成钱，单位是元；只知道大概的写约多少。", "1200",
        "资金", "捐款金额", "捐赠金额", "资助金额", "发放金额", "折合金额", "折款", "折价", "总价", "总金额", "价值", "物资折价", "资金数额", "捐款", "资金金额",
        "帮扶资金", "拨付金额", "总值", "折合人民币", "合计金额", "慰问金",
    ),
    Field(
        "approximate", "是否约数", YES_NO, aliases=("约数", "是否估算", "是否概数", "金额是否约数"), help="数量或金额只是大概的填是。", example="否", width=8,
    ),
    Field(
        "stock", "结存数", NUMBER, low=0, high=10_000_000_000, aliases=("结存", "库存", "库存数量", "结余", "结余数量", "剩余数量", "结存数量", "余额", "剩余"),
        help="填写这一笔之后这种东西还剩多少，钱填还剩多少元；没有存放的留空。", example="0", width=8,
    ),
)  # fmt: skip

_SHARES = (
    _sum("poverty_fund", "其中扶贫资金", "金额里扶贫资金有多少，单位是元。", "1000", "扶贫资金", "财政专项资金", "财政资金", "财政扶贫资金"),
    _sum("cadre_fund", "其中干部捐助", "金额里干部捐助有多少，单位是元。", "200", "干部捐助", "工作组队员捐助", "干部捐款", "队员捐助", "干部职工捐款"),
    _sum("public_fund", "其中社会募集", "金额里社会募集有多少，单位是元。", "0", "社会募集", "社会募捐", "社会捐款", "社会捐助"),
    _sum("other_fund", "其中其他来源", "金额里其他来源有多少，单位是元。", "0", "其他来源", "其他资金", "单位自筹", "自筹资金"),
    _sum("to_households", "其中到户资金", "金额里给到户的有多少，单位是元。", "1200", "到户资金", "到户金额", "到户帮扶资金"),
    _sum("to_village", "其中到村资金", "金额里用到村的有多少，单位是元。", "0", "到村资金", "到村金额", "到村帮扶资金", "到村项目资金"),
)  # fmt: skip

_INSURANCE = (
    _sum("insurance_each", "每人保额", "送保险的，填写每人保多少，单位是元。", "30000", "人均保额", "每人保险金额", "单人保额", "每份保额"),
    _sum("insurance_sum", "总保额", "送保险的，填写一共保多少，单位是元。", "30000", "保险总额", "保额", "保险保额", "保险金额", "总保险金额"),
)  # fmt: skip

_PAPERS = (
    Field(
        "keeper", "收支单位", ORGANISATION, aliases=("经手单位", "管理单位", "接收单位", "保管单位", "发放单位", "募集单位", "账户单位", "组织单位"),
        help="填写钱物由哪个单位收、发和保管。", example="青石镇人民政府", width=18,
    ),
    Field("handler", "经办人", PERSON, aliases=("经手人", "经办人姓名", "发放人", "接收人", "保管员", "清点人", "承办人"), help="填写经手的人。", example="李明", width=10),
    Field(
        "signed", "领取签字", TEXT, privacy=Privacy.NAME,
        aliases=("领取人签字", "领取人签名", "签字", "签名", "签收", "签收人", "受赠人签字", "领款人签字", "是否签字", "户主签字", "户主签名", "受赠方签字", "收款人签字"),
        help="领取的人签了字的填写签字人的姓名，没有签的留空。", example="张建国", width=10,
    ),
    Field(
        "project", "用途", TEXT, aliases=("资金用途", "使用方向", "用于项目", "帮扶项目", "捐赠项目", "活动名称", "捐赠活动", "用途说明", "资助用途", "项目名称"), weak=("项目",),
        help="填写用在什么上、是哪次活动。", example="发展养殖", width=16,
    ),
    Field(
        "channel", "发放方式", TEXT, aliases=("支付方式", "拨付方式", "到户方式", "资金到户方式", "发放形式", "捐赠方式", "付款方式"),
        help="填写现金、打卡、转账还是实物。", example="实物", width=10,
    ),
    Field("voucher", "凭证号", TEXT, aliases=("凭证编号", "票据号", "收据号", "流水号", "凭证", "收据编号", "单据号", "票号"), help="填写收据或凭证的编号。", example="收字第12号", width=12),
    Field("remark", "备注", TEXT, aliases=aliases.REMARK, help="填写需要说明的情况。", example="由畜牧站供应", width=20),
)  # fmt: skip

FIELDS = (
    *_WHAT, *parties.home(), *_RECEIVER[:2], *parties.sort_of_recipient(), *_RECEIVER[2:], *_HOW_MUCH, *_SHARES, *_INSURANCE, *_PAPERS,
)  # fmt: skip

FUND = Table(
    "fund",
    "资金物资",
    FIELDS,
    noun="资金物资",
    counted=("笔",),
    told_by=("moved_on", "item"),
    titles=("资金物资", "物资", "捐赠", "捐款", "资金台账", "资金使用"),
    keys=(  # one rung, with gaps: what two gifts of a day have in common is no key
        (
            "direction", "moved_on", "item", "spec", "donor", "source", "keeper", "household_id", "receiver_unit", "quantity", "amount",
            "voucher",
        ),
    ),
    needs=(
        ("moved_on",),
        ("item", "amount", "insurance_sum", *(field.name for field in _SHARES)),
        ("direction", "donor", "source", "receiver", "receiver_id", "household_id", "receiver_unit", "recipient_count"),
    ),
    retention=Retention.LOG,
    dated_by="moved_on",
    refers=Reference(person="receiver_id", name="receiver"),
    unclear={"direction": "是收入还是支出、是谁给的、给了谁", "item": "是什么钱物"},
    titled={
        "direction": {
            "收入": (
                "捐赠台账", "捐款台账", "捐赠登记", "捐款登记", "捐赠统计", "捐款统计", "捐赠明细", "捐款明细", "捐赠名单", "捐款名单", "接收登记", "接收台账", "受赠台账",
                "收入台账", "收入明细", "入库台账", "入库登记", "募集",
            ),
            "支出": (
                "发放表", "发放台账", "发放登记", "发放明细", "发放名单", "发放花名册", "支出台账", "支出明细", "使用台账", "使用明细", "使用情况", "拨付", "出库台账",
                "出库登记", "领取表", "领取登记",
            ),
        },
        "source": {
            "扶贫资金": ("财政专项", "财政资金", "财政扶贫", "专项扶贫资金", "衔接资金", "乡村振兴资金"), "企业捐赠": ("企业捐赠", "企业捐款"),
            "干部捐助": ("干部捐款", "干部捐助", "党员捐款"), "社会募集": ("社会募集", "社会捐款", "社会捐助"),
        },
    },
    spreads=(
        Spread(
            "direction", number="quantity", money="amount", unit="unit", balance="stock",
            headers={
                "收入": (
                    "收入", "收入金额", "收入数量", "收方", "收方金额", "捐入", "捐入金额", "捐入数量", "捐入款", "借方", "借方金额", "入库", "入库数量", "接收",
                    "接收数量", "接收金额", "收到", "收到数量", "收到金额", "收到捐款", "捐款收入", "捐赠收入", "捐赠数量", "捐赠金额", "捐款金额", "收入资金", "进库数量",
                ),
                "支出": (
                    "支出", "支出金额", "支出数量", "付方", "付方金额", "贷方", "贷方金额", "出库", "出库数量", "发放", "发放数量", "发放金额", "发出", "发出数量",
                    "支出资金", "使用金额", "拨付金额", "捐出", "捐出金额", "领取数量", "付出", "付出金额",
                ),
            },
        ),
        Spread("item", free=True, number="quantity", money="amount", unit="unit"),
    ),
    facets={
        "": ("资金", "物资", "资金物资", "捐赠情况", "资金情况", "物资情况", "收支情况", "款物", "捐赠物资", "其中", "资金来源"),
        "recipient": (*parties.RECIPIENT_HEADINGS, "受赠人", "受赠方", "领取人", "受助对象", "发放对象", "受益人"),
    },
    rules=(*dated("moved_on"), outside_programme("收支不在实施期内", "moved_on"), *fund_rules.RULES),
    help="收到或发出一笔钱、一种东西占一行。收支时间、名称或金额、是谁给的或给了谁必须填写。",
)  # fmt: skip
