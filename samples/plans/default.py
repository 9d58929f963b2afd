"""A general inbox: ten submissions of three invented townships. 清水镇 sends clean tables, 云岭乡 messy ones, 柳溪镇 wrong ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from books import Expectations, XlsxFile, write_csv, write_xls
from people import HELPERS, LIUXI, QINGSHUI, YUNLING, Household

AS_OF = dt.date(2024, 6, 30)

HOUSEHOLD_HEADER = (
    "序号",
    "村",
    "组",
    "户编号",
    "户主姓名",
    "身份证号码",
    "户类型",
    "家庭人口数",
    "劳动力人数",
    "致贫原因",
    "家庭纯收入（元）",
    "人均纯收入（元）",
    "联系电话",
    "备注",
)
MEMBER_HEADER = ("序号", "户编号", "户主姓名", "姓名", "身份证号码", "性别", "出生日期", "与户主关系", "备注")
PAIRING_HEADER = ("序号", "村", "户编号", "户主姓名", "帮扶责任人", "帮扶单位", "职务", "帮扶人电话", "结对时间")
VISIT_HEADER = ("序号", "走访时间", "村", "户编号", "户主姓名", "走访人", "走访方式", "走访内容", "存在问题")

CONTENT = {
    "QS0001": "陪同去县医院复查，帮助办理慢性病证", "QS0002": "送去轮椅，核对残疾人两项补贴到账情况", "QS0003": "联系农技站指导果树修剪，商量秋季种植",
    "QS0004": "了解高中助学金申请材料准备情况", "QS0005": "打扫庭院，检查屋顶漏雨和用电安全", "QS0006": "查看灾后房屋修缮进度，登记所缺材料",
    "YL0001": "询问手术恢复情况，讲解医疗救助政策", "YL0002": "一起测算养牛贷款，约定下周去信用社", "YL0003": "帮助更换到期的残疾证，约好上门评残",
    "YL0004": "商量大学新生路费补助，填写申请表", "YL0005": "介绍茶叶加工培训班，本人愿意参加", "YL0006": "量血压，把冬被送到家，叮嘱用火安全",
    "LX0001": "核对住院报销单据，差一张发票待补", "LX0002": "说明职业学校学费减免办法，发放宣传单", "LX0003": "修理厨房水管，记录想装扶手的愿望",
    "LX0004": "请技术员到鱼塘看水质，建议增氧", "LX0005": "登记被淹的稻田三亩，协助报保险", "LX0006": "商量入股合作社，算清分红办法",
}  # fmt: skip


def household_row(number: int, home: Household) -> list[object]:
    size = len(home.members)
    return [
        number,
        home.village,
        home.group,
        home.id,
        home.head.name,
        home.head.number,
        home.kind,
        size,
        home.labour,
        home.cause,
        home.income,
        round(home.income / size, 2),
        home.phone,
        "",
    ]


def member_rows(homes: Sequence[Household]) -> list[list[object]]:
    people = [(home, person) for home in homes for person in home.members]
    return [
        [
            number,
            home.id,
            home.head.name,
            person.name,
            person.number,
            person.gender,
            birthday(person.birth),
            person.relation,
            "",
        ]
        for number, (home, person) in enumerate(people, start=1)
    ]


def birthday(text: str) -> dt.date:
    return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))


def pairing_row(number: int, home: Household) -> list[object]:
    helper = HELPERS[home.helper]
    return [
        number,
        home.village,
        home.id,
        home.head.name,
        helper.name,
        helper.unit,
        helper.post,
        helper.phone,
        dt.date(2024, 1, 10),
    ]


def visit_row(number: int, home: Household, day: int) -> list[object]:
    return [
        number,
        dt.date(2024, 6, day),
        home.village,
        home.id,
        home.head.name,
        home.helper,
        "入户",
        CONTENT[home.id],
        "无",
    ]


def clean(inbox: Path, expect: Expectations) -> None:
    """清水镇: one workbook with all four tables and a page of instructions, and a csv of telephone calls. Nothing is wrong."""
    name = "清水镇/清水镇结对帮扶报表.xlsx"
    file = XlsxFile(inbox, name)
    metadata = "填报单位：清水镇人民政府    填报时间：2024年6月28日    填表人：沈青    审核人：韩梅"
    notes = file.sheet("填表说明")
    notes.write_string(0, 0, "填表说明")
    notes.write_string(1, 0, "1．身份证号码请先把单元格设为文本再填写。")
    notes.write_string(2, 0, "2．收入按全年填写，单位为元。")
    expect.add(name, "填表说明", "", "LY02")
    sheets = {
        "帮扶对象": (HOUSEHOLD_HEADER, [household_row(n, h) for n, h in enumerate(QINGSHUI, 1)]),
        "家庭成员": (MEMBER_HEADER, member_rows(QINGSHUI)),
        "结对帮扶": (PAIRING_HEADER, [pairing_row(n, h) for n, h in enumerate(QINGSHUI, 1)]),
        "走访记录": (VISIT_HEADER, [visit_row(n, h, 3 + 2 * n) for n, h in enumerate(QINGSHUI, 1)]),
    }
    for label, (header, rows) in sheets.items():
        sheet = file.sheet(label)
        file.rows(sheet, file.heading(sheet, f"清水镇{label}表", metadata, header), rows)
        expect.add(name, label, "", "LY10")  # the township stands in 填报单位 only
    expect.add(name, "帮扶对象", "J9", "NV07")  # 因灾 is 因自然灾害
    file.close()

    calls = [["走访日期", "村", "户编号", "户主姓名", "走访人", "走访方式", "走访内容"]]
    calls += [
        [
            "2024-06-25",
            h.village,
            h.id,
            h.head.name,
            h.helper,
            "电话",
            f"电话询问{h.head.name}家近况，{CONTENT[h.id][:6]}一事已办妥",
        ]
        for h in QINGSHUI[:3]
    ]
    write_csv(inbox / "清水镇/6月电话联系.csv", calls, "utf-8-sig")


def messy(inbox: Path, expect: Expectations) -> None:
    """云岭乡: everything can be understood, nothing is where one would look for it."""
    _three_levels(inbox, expect)
    _sheet_per_village(inbox, expect)
    _gb18030_pairings(inbox, expect)
    _visits_without_ids(inbox, expect)


def _three_levels(inbox: Path, expect: Expectations) -> None:
    name, label = "云岭乡/户情况统计（三级表头）.xlsx", "Sheet1"
    file = XlsxFile(inbox, name)
    sheet = file.sheet(label)
    merge, header = sheet.merge_range, file.header
    merge("A1:M1", "云岭乡脱贫户基本情况统计表", file.title)
    merge("A2:M2", "填报单位（盖章）：云岭乡人民政府；填报时间：2024年6月27日；填表人：段云；审核人：白帆")
    for column, text in zip(
        "ABCDEF", ("序号", "行政村", "村民\n小组", "户 码", "户主\n姓名*", "户主身份证号码*"), strict=True
    ):
        merge(f"{column}3:{column}5", text, header)
    merge("G3:K3", "家庭情况", header)
    merge("G4:H4", "人口（人）", header)
    merge("I4:J4", "收入", header)
    merge("K4:K5", "致贫原因", header)
    for column, text in zip(
        "GHIJ", ("家庭人口", "其中：劳动力", "家庭纯收入（万元）", "人均纯收入（元）"), strict=True
    ):
        sheet.write_string(f"{column}5", text, header)
    merge("L3:L5", "农户属性", header)
    merge("M3:M5", "联系方式", header)
    row = 6
    for village in ("松岭村", "竹坪村"):
        homes = [home for home in YUNLING if home.village == village]
        first = row
        row = file.rows(sheet, row, [_yunling_row(n, home) for n, home in enumerate(homes, 1)])
        file.rows(
            sheet,
            row,
            [["小 计", "", "", "", "", "", sum(len(h.members) for h in homes), sum(h.labour for h in homes)]],
        )
        row += 1
        del first
    file.rows(
        sheet,
        row,
        [["合计", "", "", "", "", "", sum(len(h.members) for h in YUNLING), sum(h.labour for h in YUNLING) + 1]],
    )
    expect.add(name, label, f"H{row}", "PV29")
    expect.add(name, label, "", "LY10")
    expect.add(name, label, "I6", "NV02")  # 万元
    expect.add(name, label, "K12", "NV07")  # 缺劳力
    sheet.write_string(row, 0, "注：收入为2023年全年数。")
    file.close()


def _yunling_row(number: int, home: Household) -> list[object]:
    size = len(home.members)
    name = home.head.name if len(home.head.name) == 3 else "　".join(home.head.name)
    causes = {"缺劳动力": "缺劳力", "缺技术": "缺技术", "因残": "因残"}
    kinds = {"一般脱贫户": "一般脱贫户", "低保脱贫户": "低保脱贫户"}
    return [
        number,
        home.village,
        home.group,
        home.id,
        name,
        home.head.number,
        size,
        home.labour,
        round(home.income / 10000, 4),
        round(home.income / size, 2),
        causes.get(home.cause, home.cause),
        kinds.get(home.kind, home.kind),
        home.phone,
    ]


def _sheet_per_village(inbox: Path, expect: Expectations) -> None:
    name = "云岭乡/家庭成员（分村）.xlsx"
    file = XlsxFile(inbox, name)
    words = {"配偶": "妻", "之子": "儿子", "之女": "女儿"}
    for village in ("松岭村", "竹坪村"):
        sheet = file.sheet(village)
        homes = [home for home in YUNLING if home.village == village]
        rows = []
        for home in homes:
            for person in home.members:
                birth = birthday(person.birth)
                written = (
                    f"{birth.year}.{birth.month}.{birth.day}"
                    if village == "松岭村"
                    else f"{birth.year}年{birth.month}月{birth.day}日"
                )
                number = person.number.replace("X", "x")
                rows.append(
                    [
                        home.id,
                        home.head.name,
                        person.name,
                        number,
                        person.gender,
                        written,
                        words.get(person.relation, person.relation),
                    ]
                )
        expect.add(name, village, "", "LY10")  # the village is the sheet's name
        expect.add(name, village, "F2", "NV03")  # 1970.10.1
        expect.add(name, village, "G3", "NV07")  # 妻
        header = ("户码", "户主姓名", "成员姓名", "公民身份号码", "性 别", "出生年月日", "与户主的关系")
        file.rows(sheet, 2, rows)
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, file.header)
    expect.add(name, "竹坪村", "D5", "NV01")  # a lower-case x
    file.close()


def _gb18030_pairings(inbox: Path, expect: Expectations) -> None:
    name = "云岭乡/结对名单.csv"
    rows: list[list[object]] = [
        ["云岭乡结对帮扶名单"],
        ["帮扶单位", "帮扶干部姓名", "帮扶人电话号码", "行政村", "户码", "贫困户姓名", "结对日期"],
    ]
    for home in YUNLING:
        helper = HELPERS[home.helper]
        rows.append([helper.unit, helper.name, helper.phone, home.village, home.id, home.head.name, "2024.1.10"])
    expect.add(name, "", "", "LY10", "PV28")
    expect.add(name, "", "G3", "NV03")
    write_csv(inbox / name, rows, "gb18030")


def _visits_without_ids(inbox: Path, expect: Expectations) -> None:
    name, label = "云岭乡/6月入户走访记录.xls", "走访"
    rows: list[list[object]] = [
        ["云岭乡6月入户走访记录"],
        ["填报单位：云岭乡", "", "填报时间：2024.6.28"],
        ["入户日期", "所在村", "村民组", "户主", "走访干部", "帮扶方式", "走访情况"],
    ]
    for number, home in enumerate(YUNLING):
        rows.append(
            [f"2024.6.{10 + number}", home.village, home.group, home.head.name, home.helper, "上门", CONTENT[home.id]]
        )
    rows.append(["6月20日", "松岭村", "", "张国庆", "何志强", "上门", "送去良种和化肥，查看长势"])
    expect.add(name, label, f"D{len(rows)}", "LK02")
    rows.append(["2024.6.21", "竹坪村", "", "杨成林、杨成武", "周文斌", "上门", "召集两家商量合伙养蜂的事"])
    expect.add(name, label, "", "LY10")
    expect.add(name, label, "A4", "NV03")
    expect.add(name, label, f"A{len(rows) - 1}", "NV05")  # 6月20日
    expect.add(name, label, "F4", "NV07")  # 上门
    write_xls(inbox / name, {label: rows})


def wrong(inbox: Path, expect: Expectations) -> None:
    """柳溪镇: what no program may guess."""
    _roster_with_helpers(inbox, expect)
    _wrong_members(inbox, expect)
    _wrong_visits(inbox, expect)
    broken = "柳溪镇/去年的表（打不开）.xlsx"
    (inbox / broken).write_bytes(b"PK\x03\x04" + bytes(200))
    expect.add(broken, "", "", "RD06")


def _roster_with_helpers(inbox: Path, expect: Expectations) -> None:
    name, label = "柳溪镇/帮扶对象花名册.xlsx", "花名册"
    file = XlsxFile(inbox, name)
    sheet = file.sheet(label)
    header = (*HOUSEHOLD_HEADER[:13], "帮扶人姓名", "帮扶人单位", "帮扶人电话", "结对时间", "备注")
    first = file.heading(
        sheet,
        "柳溪镇帮扶对象花名册",
        "填报单位：柳溪镇人民政府    填报时间：2024年6月26日    填表人：陆川    审核人：",
        header,
    )
    expect.add(name, label, "", "PV28")
    rows = []
    for number, home in enumerate(LIUXI, 1):
        helper = HELPERS[home.helper]
        rows.append(
            [*household_row(number, home)[:13], helper.name, helper.unit, helper.phone, dt.date(2024, 1, 10), ""]
        )
    rows[0][5] = float(rows[0][5])  # typed as a number: Excel kept 15 digits
    expect.add(name, label, "F4", "ID23")
    rows[1][7] = 99
    expect.add(name, label, "H5", "VL01")
    rows[2][9] = "因为穷"
    expect.add(name, label, "J6", "HH06")
    rows[3][12] = "1389030000"
    expect.add(name, label, "M7", "ID16")
    rows[4][8] = 5
    expect.add(name, label, "I8", "HH08")
    rows[5][11] = 9800
    expect.add(name, label, "L9", "EC01")
    expect.add(name, label, "", "LY10")
    expect.add(name, label, "J8", "NV07")
    expect.add(name, label, "H8", "HH07")  # one of three members stands under a number that nobody has
    file.rows(sheet, first, rows)
    sheet.write_formula("K8", "=VLOOKUP(D8,旧表!A:B,2,0)", file.number, "#REF!")
    expect.add(name, label, "K8", "NV20")
    file.close()


def _wrong_members(inbox: Path, expect: Expectations) -> None:
    name, label = "柳溪镇/家庭成员.xlsx", "成员"
    file = XlsxFile(inbox, name)
    sheet = file.sheet(label)
    first = file.heading(
        sheet,
        "柳溪镇家庭成员表",
        "填报单位：柳溪镇人民政府    填报时间：2024年6月26日    填表人：陆川    审核人：钟意",
        MEMBER_HEADER,
    )
    rows = member_rows(LIUXI)
    cells = {}
    for number, row in enumerate(rows):
        cells[str(row[3])] = (number, first + number)
    index, line = cells["许凤仙"]
    rows[index][4] = str(rows[index][4])[:17] + ("5" if str(rows[index][4])[17] != "5" else "6")
    expect.add(name, label, f"E{line}", "ID03")
    index, line = cells["柳小燕"]
    rows[index][5] = "男"
    expect.add(name, label, f"F{line}", "ID11")
    index, line = cells["彭玉珍"]
    rows[index][6] = "1976.2.30"
    expect.add(name, label, f"G{line}", "NV28")
    index, line = cells["叶秀珍"]
    rows[index][4] = ""
    rows[index][8] = "证件遗失，正在补办"
    expect.add(name, label, f"E{line}", "ID01b")
    index, line = cells["姜丽萍"]
    rows[index][7] = "户主"
    expect.add(name, label, f"H{line}", "HH02")
    index, line = cells["陶雨欣"]
    rows[index][1] = "LX0055"
    rows[index][2] = "陶永录"
    expect.add(name, label, f"B{line}", "LK01")
    expect.add(name, label, "", "LY10")
    file.rows(sheet, first, rows)
    file.close()


def _wrong_visits(inbox: Path, expect: Expectations) -> None:
    name, label = "柳溪镇/走访台账.xlsx", "走访"
    file = XlsxFile(inbox, name)
    sheet = file.sheet(label)
    first = file.heading(
        sheet,
        "柳溪镇走访台账",
        "填报单位：柳溪镇人民政府    填报时间：2024年6月30日    填表人：陆川    审核人：钟意",
        VISIT_HEADER,
    )
    rows = [visit_row(n, home, 4 + 3 * n) for n, home in enumerate(LIUXI[:5], 1)]
    rows.append(list(rows[0]))
    rows[-1][0] = 6
    expect.add(name, label, f"B{first + 5}", "MG01")
    rows.append([7, dt.date(2024, 8, 1), "桃源村", "LX0006", "范守义", "郑海涛", "入户", CONTENT["LX0006"], ""])
    expect.add(name, label, f"B{first + 6}", "PV09")
    rows.append([8, "", "桃源村", "LX0006", "范守义", "郑海涛", "入户", "量房子尺寸，准备改造厕所", ""])
    expect.add(name, label, f"B{first + 7}", "RQ01")
    rows.append([9, dt.date(2024, 6, 18), "柳湾村", "", "柳青山等5户", "吴秀兰", "集中", "在村部集中宣讲医保政策", ""])
    expect.add(name, label, f"E{first + 8}", "ID24")
    rows.append([10, dt.date(2024, 1, 5), "柳湾村", "LX0002", "柳正平", "吴秀兰", "入户", "第一次上门认门认人", ""])
    expect.add(name, label, f"B{first + 9}", "PV09b")
    expect.add(name, label, "", "LY10")
    file.rows(sheet, first, rows)
    file.close()


def make(folder: Path) -> None:
    """Write `inbox/` and `expected.csv` under `folder`."""
    inbox, expect = folder / "inbox", Expectations()
    clean(inbox, expect)
    messy(inbox, expect)
    wrong(inbox, expect)
    expect.write(folder / "expected.csv")
