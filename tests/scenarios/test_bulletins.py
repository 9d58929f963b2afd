"""通报: each group's visits of a month, what it did, best and missing; what comes after it was issued stands in the next."""

import datetime as dt
from pathlib import Path

import docx
import openpyxl
import pytest

import bangfu_excel as bf
from bangfu_excel.cli.app import run_app

PAIRINGS = ("乡镇", "村", "户编号", "户主姓名", "帮扶人姓名", "帮扶单位", "帮扶小组", "结对开始时间")
VISITS = ("乡镇", "村", "户编号", "户主姓名", "走访时间", "走访人", "帮扶小组", "走访方式", "走访内容", "备注")
HOMES = {"PA01": "岑阿根", "PA02": "卓老四", "PA03": "梅春生", "PA04": "喻长顺"}
GROUPS = {"第一小组": ("滕大山", "PA01", "PA02"), "第二小组": ("屈小河", "PA03", "PA04")}


def visit(home, day, group, content, mode="入户", remark=""):
    return ("平川镇", "平安村", home, HOMES[home], day, GROUPS[group][0], group, mode, content, remark)


def book(path, header, rows, title):
    made = openpyxl.Workbook()
    made.active.title = title
    for row in ((f"平安村{title}表",), header, *rows):
        made.active.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(path)


class County:
    """A county's inbox and registry."""

    def __init__(self, folder):
        self.folder, self.number = folder, 0
        self.registry = bf.Registry(folder / "台账库")

    def sends(self, day, visits, pairings=(), received=None):
        self.number += 1
        inbox = self.folder / str(self.number)
        book(inbox / f"{day[:7]}走访.xlsx", VISITS, visits, "走访记录")
        if pairings:
            book(inbox / "结对.xlsx", PAIRINGS, pairings, "结对")
        batch = bf.check(inbox, scheme="xiajiceng", as_of=day, registry=self.registry)
        return bf.merge(batch, self.registry, received=received)

    def bulletin(self, period, out="出", **more):
        """The lines of the Word document and the workbook of a period."""
        written = bf.bulletin(self.registry, self.folder / out, scheme="xiajiceng", period=period, **more)
        self.paper, self.book = written
        return lines(self.paper)


def lines(path):
    return [one.text for one in docx.Document(path).paragraphs if one.text]


def table(path):
    return [[cell.text for cell in row.cells] for row in docx.Document(path).tables[0].rows]


def county_of(folder):
    """Two groups of two households, and a visit in May."""
    made = County(folder)
    pairings = [
        ("平川镇", "平安村", home, HOMES[home], helper, "县林业局", group, "2012-04-01")
        for group, (helper, *homes) in GROUPS.items()
        for home in homes
    ]
    made.sends("2013-05-31", [visit("PA01", "2013-05-06", "第一小组", "送去种子两袋，讲了播种")], pairings)
    return made


JUNE = [
    visit("PA01", "2013-06-04", "第一小组", "看岑阿根家的羊舍，商定请畜牧站来讲防疫"),
    visit("PA01", "2013-06-12", "第一小组", "看岑阿根家的羊舍，商定请畜牧站来讲防疫。"),
    visit("PA02", "2013-06-12", "第一小组", "电话问了身体情况，药够用", mode="电话"),
    visit(
        "PA03",
        "2013-06-18",
        "第二小组",
        "测量危房，估算修房用料，和村里商量先修屋顶再换门窗，所需木料由林业局联系，工钱由帮扶基金解决",
    ),
]


def named_in(county):
    """The persons whose names stand in full in the document or the workbook."""
    sheets = openpyxl.load_workbook(county.book)
    cells = [str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row]
    said = "\n".join([*lines(county.paper), *cells])
    return [name for name in (*HOMES.values(), "滕大山", "屈小河", "赵干事") if name in said]


@pytest.fixture(scope="module")
def june(tmp_path_factory):
    county = county_of(tmp_path_factory.mktemp("县"))
    county.sends("2013-06-30", JUNE)
    return county


def test_each_group_is_told_how_often_it_went_and_with_what(june):
    text = june.bulletin("2013-06")
    assert text[:2] == ["关于2013年6月下基层", "结对共建帮扶走访情况的通报"]
    assert "2个帮扶小组共入户走访3次，走到2户；结对的4户里走到2户，占50.0%；另以电话等方式联系1次。" in text
    assert (
        "第一小组：看岑**家的羊舍，商定请畜牧站来讲防疫（6月4日，岑**）；电话问了身体情况，药够用（6月12日，卓**）。"
        in text
    )
    assert (
        "第二小组：测量危房，估算修房用料，和村里商量先修屋顶再换门窗，所需木料由林业局联系……（6月18日，梅**）。"
        in text
    )
    head, *rows = table(june.paper)
    assert head == [
        "序号",
        "帮扶小组",
        "结对\n户数",
        "入户\n次数",
        "走到\n户数",
        "上期\n次数",
        "增减",
        "进村\n天次",
        "应进\n周数",
        "做到\n周数",
    ]
    assert rows == [
        ["1", "第一小组", "2", "2", "1", "1", "+1", "2", "5", "2"],
        ["2", "第二小组", "2", "1", "1", "0", "+1", "1", "5", "1"],
        ["", "合计", "4", "3", "2", "1", "+2", "3", "10", "3"],
    ]


def test_the_two_counters_are_told_apart(june):
    """到贫困户家 by household and day, 进村 by group and week (X5)."""
    text = june.bulletin("2013-06")
    assert "按每组每周至少进村一次的要求，应进村10周（按组累计），有7周没有进村；进村共3天次。" in text
    assert "没有做到每周进村的：第一小组3周、第二小组4周。" in text


def test_best_and_missing_are_named(june):
    assert "入户走访最多的是第一小组，2次。" in june.bulletin("2013-06")
    text = june.bulletin("2013-05")
    assert "入户走访一次也没有的有1个帮扶小组：第二小组。" in text
    assert "2013年5月有3户没有走到：第一小组1户、第二小组2户。名单见附表。" in text


def test_the_month_before_is_told_on_the_first_monday(june, monkeypatch, capsys):
    words = ["bulletin", "--scheme", "xiajiceng", "--as-of", "2013-07-01", "--registry", str(june.registry.path)]
    monkeypatch.setattr("sys.argv", ["bangfu", *words, "-o", str(june.folder / "七月")])
    with pytest.raises(SystemExit) as left:
        run_app()
    assert left.value.code == 0
    (paper,) = (june.folder / "七月" / "考核").glob("*.docx")
    assert paper.name == "下基层_走访帮扶情况月通报_全县_2013-06_试算_20130701.docx"
    assert lines(paper)[-1] == "2013年7月1日"
    assert dt.date(2013, 7, 1).weekday() == 0
    assert str(paper) in capsys.readouterr().out


def test_a_plan_without_groups_is_told_by_township(june):
    paper, _ = bf.bulletin(june.registry, june.folder / "通用", period="2013-06")
    assert lines(paper)[:2] == ["关于2013年6月结对帮扶走访情况的通报", "（试算，未印发）"]
    assert "1个乡镇共入户走访3次，走到2户；结对的4户里走到2户，占50.0%；另以电话等方式联系1次。" in lines(paper)
    assert table(paper)[1][:3] == ["1", "平川镇", "4"]
    book = openpyxl.load_workbook(paper.with_suffix(".xlsx"))
    for sheet in book:
        heads = [cell.value for cell in sheet[3] if cell.value]
        assert heads.count("乡镇") == (1 if "乡镇" in heads else 0), sheet.title


def test_a_month_of_which_nobody_reported_is_no_measure(tmp_path):
    county = county_of(tmp_path)
    county.sends("2013-07-31", [visit("PA01", "2013-07-03", "第一小组", "认门")])
    told = county.bulletin("2013-07")
    assert "2013年6月没有入户走访的记录，不作比较。" in told
    assert not any("相比" in line for line in told)


def test_a_month_of_which_nothing_is_known_has_no_bulletin(june, tmp_path):
    with pytest.raises(bf.UsageError, match=r"台账库里没有2011年3月“.+”的结对和走访，没有通报可写；请核对统计期和方案"):
        june.bulletin("2011-03", out="空")
    assert not list((june.folder / "空").rglob("*.*"))


def test_persons_are_masked_unless_the_county_shows_them(june, tmp_path):
    june.bulletin("2013-06")
    assert named_in(june) == []
    own = tmp_path / "本县"
    own.mkdir()
    (own / "county.toml").write_text(
        'county = "平川县"\n[bulletin]\noffice = "平川县帮扶办"\ncode = "平帮办"\nshow = ["name"]\n', encoding="utf-8"
    )
    text = june.bulletin("2013-06", profile=own)
    assert "看岑阿根家的羊舍，商定请畜牧站来讲防疫（6月4日，岑阿根）" in "".join(text)
    assert text[:3] == ["关于平川县2013年6月下基层", "结对共建帮扶走访情况的通报", "平帮办〔2013〕　　号"]
    assert text[-2:] == ["平川县帮扶办", "2013年7月1日"]
    assert june.paper.name == "下基层_走访帮扶情况月通报_平川县_2013-06_试算_20130630.docx"


def test_the_same_call_gives_the_same_bytes(june):
    june.bulletin("2013-06", out="一")
    first = [path.read_bytes() for path in (june.paper, june.book)]
    june.bulletin("2013-06", out="二")
    assert [path.read_bytes() for path in (june.paper, june.book)] == first


def test_a_half_year_is_told_beside_the_one_before(june):
    text = june.bulletin("2013H1")
    assert june.paper.name == "下基层_走访帮扶工作半年小结_全县_2013H1_试算_20130630.docx"
    assert "".join(text[:2]) == "2013年上半年下基层结对共建帮扶走访工作小结"
    assert "2个帮扶小组共入户走访4次，走到2户；结对的4户里走到2户，占50.0%；另以电话等方式联系1次。" in text
    june.bulletin("2013", as_of="2013-12-31")
    assert june.paper.name == "下基层_走访帮扶工作年度总结_全县_2013_试算_20131231.docx"
    assert lines(june.paper)[0] == "2013年下基层结对共建帮扶走访工作总结"
    text = june.bulletin("2013H2", as_of="2013-12-31")
    assert "2个帮扶小组都没有入户走访，结对的有4户。" in text
    assert "与2013年上半年相比，入户走访减少4次，走到的帮扶户减少2户。" in text


def test_each_phase_of_a_plan_has_its_bulletin(tmp_path):
    pairings = [
        ("贞河小学", "盛小松", "冷老师", "贞河小学", "2013-04-11"),
        ("贞河小学", "冷小竹", "水老师", "贞河小学", "2013-04-11"),
    ]
    visits = [
        ("盛小松", "2013-04-15", "冷老师", "贞河小学", "家访", "看了住处"),
        ("冷小竹", "2013-05-02", "水老师", "贞河小学", "家访", "看了作业"),
    ]
    inbox = tmp_path / "收件"
    book(inbox / "结对.xlsx", ("学校", "学生姓名", "帮扶人姓名", "帮扶单位", "结对开始时间"), pairings, "结对")
    book(
        inbox / "走访.xlsx", ("学生姓名", "走访时间", "走访人", "走访单位", "走访方式", "走访内容"), visits, "走访记录"
    )
    bf.run(inbox, tmp_path / "出", scheme="wusong", registry=tmp_path / "库", as_of="2013-05-20", engine="serial")
    written = {path.name for path in (tmp_path / "出" / "考核").glob("*阶段*.docx")}
    assert written == {
        "五送_走访阶段通报_全县_第二阶段（集中活动）_试算_20130520.docx",
        "五送_走访阶段通报_全县_第三阶段（总结）_试算_20130520.docx",
    }
    paper, _ = bf.bulletin(tmp_path / "库", tmp_path / "另", scheme="wusong", phase="第二阶段", as_of="2013-05-20")
    text = lines(paper)
    assert "现将“1+1+1”结对帮扶暨五送活动第二阶段（集中活动）走访情况通报如下：" in text
    assert any(line.startswith("与第一阶段（摸底）相比，") for line in text)
    with pytest.raises(
        bf.UsageError, match="没有“第四”这个阶段；有：第一阶段：摸底、第二阶段：集中活动、第三阶段：总结"
    ):
        bf.bulletin(tmp_path / "库", tmp_path / "另", scheme="wusong", phase="第四")


def test_an_announced_month_is_printed_as_it_was_and_the_next_tells_what_came_and_went(tmp_path):
    county = county_of(tmp_path)
    county.sends("2013-06-30", JUNE)
    batch = bf.issue(county.registry, period="2013-06", scheme="xiajiceng").batch
    county.bulletin("2013-06", out="先")
    first = [path.read_bytes() for path in (county.paper, county.book)]
    assert county.paper.name == f"下基层_走访帮扶情况月通报_全县_2013-06_印发{batch[:4]}_20130630.docx"
    assert "（试算，未印发）" not in lines(county.paper)
    late = visit("PA04", "2013-06-20", "第二小组", "问了贷款手续", remark="补报")
    july = visit("PA04", "2013-07-03", "第二小组", "陪同去信用社办贷款手续")
    county.sends("2013-07-31", [july, late], received=dt.date(2013, 8, 2))
    wrong = county.registry.current("visit")["_key"].loc[lambda keys: keys.str.contains("2013-06-12")].iloc[0]
    record = {
        "table": "visit", "key": wrong, "field": "", "old": None, "new": "", "source": "电话核实", "told_by": "赵干事",
        "entered_by": "钱干事", "date": "2013-07-20", "place": "更正!B3",
    }  # fmt: skip
    county.registry.record("correct", [record], received=dt.date(2013, 7, 20), file="更正单.xlsx")
    text = county.bulletin("2013-06", out="后", as_of="2013-08-15")
    assert [path.read_bytes() for path in (county.paper, county.book)] == first
    text = county.bulletin("2013-07")
    assert "按走访记录计，上期累计5次，本期1次，补报1次，核减1次，本期累计6次。" in text
    assert "与2013年6月相比，入户走访减少2次，走到的帮扶户减少1户。" in text  # with what was announced of June
    made = openpyxl.load_workbook(county.book, data_only=True)
    assert [row[1] for row in made["补报核减明细"].iter_rows(min_row=4, values_only=True)][:2] == ["补报", "核减"]
    assert named_in(county) == []


def test_what_a_roster_says_later_does_not_change_what_was_announced(tmp_path):
    """A member who is entered later would be masked in the text of June."""
    county = county_of(tmp_path)
    county.sends("2013-06-30", [visit("PA01", "2013-06-04", "第一小组", "和岑小妹商量上学的事")])
    bf.issue(county.registry, period="2013-06", scheme="xiajiceng")
    county.bulletin("2013-06", out="先")
    first = county.paper.read_bytes()
    inbox = county.folder / "成员"
    header = ("乡镇", "村", "户编号", "户主姓名", "姓名", "与户主关系", "性别", "证件号码")
    rows = [("平川镇", "平安村", "PA01", "岑阿根", "岑小妹", "女儿", "女", None)]
    book(inbox / "成员.xlsx", header, rows, "家庭成员")
    bf.merge(bf.check(inbox, scheme="xiajiceng", as_of="2013-07-31", registry=county.registry), county.registry)
    assert "岑小妹" in set(county.registry.current("member")["name"])
    county.bulletin("2013-06", out="后")
    assert county.paper.read_bytes() == first


def test_a_village_that_two_units_help_is_said_to_count_once_in_the_county(tmp_path):
    inbox = Path(__file__).parents[2] / "samples" / "wenming-danwei" / "inbox"
    bf.run(
        inbox, tmp_path / "出", scheme="wenming-danwei", registry=tmp_path / "库", as_of="2024-12-31", engine="serial"
    )
    words = {"scheme": "wenming-danwei", "period": "2024-12", "as_of": "2024-12-31"}
    paper, workbook = bf.bulletin(tmp_path / "库", tmp_path / "出", **words)
    said = "几个帮扶单位共同帮扶、同去走访的，各计一次；全县实际结对2个村。"
    assert f"注：{said}" in lines(paper)
    assert table(paper)[-1][:3] == ["", "合计", "4"]
    sheet = openpyxl.load_workbook(workbook)["走访情况"]
    assert any(str(row[0]).endswith(said) for row in sheet.iter_rows(values_only=True))
