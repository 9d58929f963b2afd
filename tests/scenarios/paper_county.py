"""An invented county of three townships, one of which reports nothing, and the papers of its June."""

import openpyxl
from office_county import HOUSEHOLDS, MEMBERS, PAIRINGS, VISITS, save

import bangfu_excel as bf

COUNTY = '[reporting]\ntownships = ["清水镇", "柳溪镇扶贫办", "石桥乡"]\n'
PROBLEMS = [
    ("户编号", "户主姓名", "发现时间", "问题描述", "办理责任人", "责任单位", "办结期限", "办结状态"),
    ("H3", "冯德福", "2024-05-06", "院墙开裂", "陈芳", "县教育局", "2024-06-10", "办理中"),
    ("H1", "张建国", "2024-06-03", "缺少饲料", "李明", "县农业农村局", "2024-07-10", "办理中"),
]
OTHERS = (
    ("户", [HOUSEHOLDS[0], ("柳溪镇", "桃源村", "1组", "L1", "范守义", "990101196608083016", 2, None)]),
    ("结对", [PAIRINGS[0], ("L1", "范守义", "郑海涛", "县林业局", "13900020009", "2024-01-10")]),
    ("走访", [VISITS[0], ("L1", "范守义", "2024-06-11", "郑海涛", "入户", "看望老人，清理院子里的杂物")]),
)


class County:
    """Its registry after June, and what `papers` writes of it."""

    def __init__(self, folder):
        self.folder, self.registry = folder, folder / "台账库"
        (folder / "县").mkdir(parents=True)
        (folder / "县/county.toml").write_text(COUNTY, encoding="utf-8")
        own = (("户", HOUSEHOLDS), ("成员", MEMBERS), ("结对", PAIRINGS), ("走访", VISITS), ("问题", PROBLEMS))
        save(folder / "六月/清水镇.xlsx", *own)
        save(folder / "六月/柳溪镇.xlsx", *OTHERS)
        self.sends("六月", "2024-06-30")

    def sends(self, inbox, day):
        """What lies in an inbox is merged."""
        given = {"registry": self.registry, "profile": self.folder / "县", "as_of": day, "engine": "serial"}
        return bf.run(self.folder / inbox, self.folder / f"结果{inbox}", **given)

    def papers(self, name="表", period="2024-06"):
        """Title and whom it is for → the workbook."""
        given = {"profile": self.folder / "县", "period": period}
        written = bf.papers(self.registry, self.folder / name, **given)
        return {"_".join(path.stem.split("_")[:2]): path for path in written}


def lines(path, sheet=0):
    """The rows of a worksheet, each the texts of its cells that hold something."""
    book = openpyxl.load_workbook(path)
    found = book.worksheets[sheet] if isinstance(sheet, int) else book[sheet]
    rows = ([shown(cell.value) for cell in row if cell.value is not None] for row in found.iter_rows())
    return [row for row in rows if row]


def shown(value):
    return f"{value:%Y-%m-%d}" if hasattr(value, "year") else str(value)


def text(path):
    """Everything that stands in a workbook."""
    book = openpyxl.load_workbook(path)
    return "\n".join(
        shown(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    )


def below(rows, heading):
    """The rows of the table under a heading, without its own headings."""
    at = next(i for i, row in enumerate(rows) if row == [heading])
    return rows[at + 2 :]


def filled(path, objections=(), nil=()):
    """A 登记簿 with these lines (heading → value) of objections, and of townships that had nothing to report."""
    book = openpyxl.load_workbook(path)
    for name, given in (("异议复核", objections), ("零报告", nil)):
        for number, line in enumerate(given):
            sheet = book[name]
            headings = [cell.value for cell in sheet[3]]
            for heading, value in line.items():
                sheet.cell(4 + number, headings.index(heading) + 1, value)
    changed = path.with_name("登记簿_已填.xlsx")
    book.save(changed)
    return changed
