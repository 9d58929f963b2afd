"""账账相符: what was announced stays; what comes, changes or goes later stands in the next announcement, row by row."""

import datetime as dt

import openpyxl
import pytest

import bangfu_excel as bf
from bangfu_excel.cli.app import run_app

HEADER = ("乡镇", "村", "组", "户编号", "户主姓名", "走访时间", "走访人", "走访方式", "走访内容", "备注")
TOWN = "清水镇"


def visit(number, day, remark="", town=TOWN):
    name = "王李张刘陈杨"[number % 6] + "大山"
    return (town, "松树村", "1组", f"{town[:1]}{number:04d}", name, day, "李明", "入户", "查看住房和饮水情况", remark)


def visits(count, month, first=1, remark=""):
    """So many visits of a month, each to a household of its own."""
    return [visit(number, f"2024-{month:02d}-{1 + number % 28:02d}", remark) for number in range(first, first + count)]


def book(path, rows, title=f"{TOWN}走访记录表"):
    made = openpyxl.Workbook()
    made.active.title = "走访"
    for row in ((title,), HEADER, *rows):
        made.active.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(path)
    return path


class County:
    """A county's inbox and registry."""

    def __init__(self, folder):
        self.folder, self.number = folder, 0
        self.registry = bf.Registry(folder / "台账库")

    def sends(self, rows, day, name="走访.xlsx", received=None):
        """A file comes in and is merged."""
        self.number += 1
        path = book(self.folder / f"{self.number}/{name}", rows)
        return bf.merge(bf.check(path, as_of=day, registry=self.registry), self.registry, received=received)

    def announced(self, period):
        return bf.assess(self.registry, period=period).announced

    def printed(self, period):
        """The assessment workbook of a period, byte for byte."""
        return bf.assess(self.registry, period=period).write(self.folder / f"{period}.xlsx").read_bytes()


@pytest.fixture
def county(tmp_path):
    return County(tmp_path)


@pytest.fixture
def june(county):
    """June is issued: 100 visits, 累计 560."""
    for month in range(1, 6):
        county.sends(visits(92, month), f"2024-{month:02d}-30" if month != 2 else "2024-02-29", f"{month}月.xlsx")
    county.sends(visits(100, 6), "2024-06-30", "6月.xlsx")
    issued = bf.issue(county.registry, period="2024-06")
    assert (issued.figures["current"], issued.figures["total"]) == (100, 560)
    return county


def july(county):
    """95 visits of July and six of June marked 补报, in one file; one visit of June is deleted by the office."""
    late = [(*row[:-1], "补报") for row in visits(6, 6, first=101)]
    county.sends([*visits(95, 7), *late], "2024-07-31", "7月.xlsx", received=dt.date(2024, 8, 2))
    wrong = county.registry.current("visit")["_key"].loc[lambda keys: keys.str.contains("2024-06")].iloc[0]
    record = {
        "table": "visit", "key": wrong, "field": "", "old": None, "new": "", "source": "电话核实", "told_by": "赵干事",
        "entered_by": "钱干事", "date": "2024-07-20", "place": "更正!B3",
    }  # fmt: skip
    county.registry.record("correct", [record], received=dt.date(2024, 7, 20), file="更正单.xlsx")
    return wrong


def figures(announced):
    return tuple(announced.figures.values())


def test_june_stays_and_july_tells_every_difference(june):
    printed = june.printed("2024-06")
    wrong = july(june)
    assert figures(june.announced("2024-06")) == (460, 100, 0, 0, 560)
    assert june.printed("2024-06") == printed
    announced = june.announced("2024-07")
    assert figures(announced) == (560, 95, 6, 1, 660)
    rows = announced.differences
    assert rows["kind"].tolist() == ["补报"] * 6 + ["核减"]
    assert set(rows["file"][:6]) == {"7月.xlsx"}
    assert rows["cell"].tolist() == [f"F{row}" for row in range(98, 104)] + ["F3"]
    assert set(rows["reason"][:6]) == {"标明是补报"}
    assert set(rows["received"][:6].dt.strftime("%Y-%m-%d")) == {"2024-08-02"}
    (gone,) = rows[6:].to_dict("records")
    assert (gone["key"], gone["file"], gone["sheet"]) == (wrong, "6月.xlsx", "走访")
    assert gone["reason"] == "县办更正删除（电话核实，赵干事）"
    assert f"{gone['received']:%Y-%m-%d}" == "2024-07-20"


def test_august_goes_on_from_july(june):
    july(june)
    bf.issue(june.registry, period="2024-07")
    june.sends(visits(3, 8), "2024-08-31", "8月.xlsx")
    assert figures(june.announced("2024-08")) == (660, 3, 0, 0, 663)
    assert figures(june.announced("2024-07")) == (560, 95, 6, 1, 660)


def test_the_workbook_shows_the_equation_and_the_rows(june, tmp_path):
    july(june)
    path = bf.assess(june.registry, period="2024-07").write(tmp_path / "七月.xlsx")
    made = openpyxl.load_workbook(path, data_only=True)
    sheet = made["累计核对"]
    assert [cell.value for cell in sheet[3]] == [
        "序号", "乡镇", "上期累计", "本月", "补报", "核减", "本期累计", "库中记录", "核对",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[4]] == [1, TOWN, 560, 95, 6, 1, 660, 660, "平"]
    assert len([row for row in made["补报核减明细"].iter_rows(min_row=4, values_only=True) if row[1]]) >= 7
    before = openpyxl.load_workbook(bf.assess(june.registry, period="2024-06").write(tmp_path / "六月.xlsx"))
    assert "补报核减明细" not in before.sheetnames


def test_a_period_is_issued_once_and_not_before_it_is_over(june):
    with pytest.raises(bf.RegistryError, match="2024-06 的通报已经印发过"):
        bf.issue(june.registry, period="2024-06")
    with pytest.raises(bf.UsageError, match="2024年7月到2024-07-31才结束"):
        bf.issue(june.registry, period="2024-07", as_of="2024-07-15")
    batch = june.announced("2024-06").batch
    june.registry.undo(batch)
    assert june.announced("2024-06").batch == ""
    assert bf.issue(june.registry, period="2024-06").batch != batch


def test_a_quarter_is_announced_like_a_month(june):
    assert figures(june.announced("2024Q1")) == (0, 276, 0, 0, 276)
    bf.issue(june.registry, period="2024Q1")
    assert figures(june.announced("2024Q2")) == (276, 284, 0, 0, 560)
    assert figures(june.announced("2024")) == (0, 560, 0, 0, 560)


def test_periods_are_announced_in_their_order(june):
    with pytest.raises(
        bf.RegistryError, match=r"^2024年6月的通报已经印发（批次\d{4}-\w{6}），现在补印2024年5月，前后两期就对不上了"
    ):
        bf.issue(june.registry, period="2024-05")
    later = [june.registry.issue(period) for period in ("2024-07", "2024-08")]
    with pytest.raises(bf.RegistryError, match=r"^2024年6月、2024年7月、2024年8月的通报已经印发"):
        bf.issue(june.registry, period="2024-05")
    for batch in later:
        june.registry.undo(batch)
    assert bf.issue(june.registry, period="2024-07").skipped == ()


def test_a_gap_and_a_period_without_visits_are_pointed_out(june, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["bangfu", "issue", "--period", "2024-08", "--registry", str(june.registry.path)])
    with pytest.raises(SystemExit):
        run_app()
    said = capsys.readouterr().out
    assert "请注意：2024年7月没有印发过，那时的走访直接算进了上期累计" in said
    assert "请注意：本期一次走访也没有，请核对走访记录是不是还没有入库" in said


def test_what_was_undone_says_so(june):
    file = june.registry.batches()["id"].iloc[0]
    june.registry.undo(file)
    rows = june.announced("2024-07").differences
    assert len(rows) == 92
    assert set(rows["reason"]) == {f"报来它的批次{file}已撤回"}


def bangfu(june, monkeypatch, capsys, *words):
    monkeypatch.setattr("sys.argv", ["bangfu", *words, "--registry", str(june.registry.path)])
    with pytest.raises(SystemExit):
        run_app()
    return capsys.readouterr().out


def test_who_takes_back_what_was_announced_is_told_what_the_next_announcement_will_say(june, monkeypatch, capsys):
    file = june.registry.batches()["id"].iloc[-2]
    said = bangfu(june, monkeypatch, capsys, "undo", file)
    assert said.startswith(
        f"已撤回{file}：走访记录减少100条；其中100次走访在已经印发的通报里计过数（2024-06）：那时的数不变，下一期通报列为核减"
    )
    assert figures(june.announced("2024-07")) == (560, 0, 0, 100, 460)
    turn = said.rpartition("bangfu undo ")[2].strip()
    said = bangfu(june, monkeypatch, capsys, "undo", turn)
    assert (
        "走访记录恢复100条；其中100次走访在已经印发的通报里计过数（2024-06）：那时的数不变，下一期通报不列核减" in said
    )
    assert figures(june.announced("2024-07")) == (560, 0, 0, 0, 560)


def test_who_takes_an_announcement_back_is_told_that_its_figures_are_free(june, monkeypatch, capsys):
    batch = june.announced("2024-06").batch
    said = bangfu(june, monkeypatch, capsys, "undo", batch)
    assert said.startswith(
        f"已撤回{batch}：2024年6月的通报收回了，这一期的数不再固定，从此按台账库现在的算；要重新印发，运行 bangfu issue --period 2024-06"
    )
    said = bangfu(june, monkeypatch, capsys, "undo", said.rpartition("bangfu undo ")[2].strip())
    assert "2024年6月的通报恢复了，这一期的数还是印发时的" in said


def test_a_household_with_another_number_is_the_same_visits(june):
    """What the office renames was announced all the same: nothing is deducted, nothing added."""
    key = visit(1, "2024-06-02")[3]
    (june.folder / "户.csv").write_text(
        f"乡镇,村,组,户编号,户主姓名,家庭人口数\n{TOWN},松树村,1组,{key},李大山,3", encoding="utf-8-sig"
    )
    bf.merge(bf.check(june.folder / "户.csv", as_of="2024-06-30", registry=june.registry), june.registry)
    said = {"event": "renumber", "date": "2024-07-01", "basis": "县办通知", "key": key, "household_id": [key, "QS9999"]}
    june.registry.record("event", [{**said, "place": "变动!B3"}], received=dt.date(2024, 7, 1))
    assert "QS9999" in set(june.registry.current("visit")["_recipient"])
    assert figures(june.announced("2024-07")) == (560, 0, 0, 0, 560)
    batch = june.registry.batches()["id"].iloc[-1]
    told = june.registry.undo(batch)
    assert (told.back, told.gone, told.changed) == ({}, {}, {"household": 1})
    assert (told.announced.gone, told.announced.back) == (0, 0)
    again = june.registry.undo(told.id)
    assert (again.back, again.gone, again.changed) == ({}, {}, {"household": 1})


def test_the_command_says_what_was_frozen(june, monkeypatch, capsys):
    july(june)
    monkeypatch.setattr("sys.argv", ["bangfu", "issue", "--period", "2024-07", "--registry", str(june.registry.path)])
    with pytest.raises(SystemExit) as left:
        run_app()
    said = capsys.readouterr().out
    batch = june.registry.batches()["id"].iloc[-1]
    assert left.value.code == 0
    assert said == (
        "已印发2024年7月的通报：本期走访记录95条，累计660条（其中补报6条、核减1条）；"
        f"批次{batch}，要收回，运行 bangfu undo {batch}\n"
    )


def test_visits_that_a_join_makes_one_are_deducted_one_by_one(june):
    """Two households that were visited on the same day by the same helper are one now: what was counted twice counts once."""
    keys = [visit(number, "2024-06-02")[3] for number in (1, 29)]
    homes = "".join(f"{TOWN},松树村,1组,{key},{name},3\n" for key, name in zip(keys, ("李大山", "陈大山"), strict=True))
    (june.folder / "户.csv").write_text(f"乡镇,村,组,户编号,户主姓名,家庭人口数\n{homes}", encoding="utf-8-sig")
    bf.merge(bf.check(june.folder / "户.csv", as_of="2024-06-30", registry=june.registry), june.registry)
    said = {"event": "join", "date": "2024-07-01", "basis": "县办通知", "key": keys[1], "into": keys[0]}
    batch = june.registry.record("event", [{**said, "place": "变动!B3"}], received=dt.date(2024, 7, 1))
    announced = june.announced("2024-07")
    assert figures(announced) == (560, 0, 0, 6, 554)
    rows = announced.differences
    assert set(rows["reason"]) == {"两户已经并户，同一天的走访只计一次"}
    assert set(zip(rows["batch"], rows["received"].dt.strftime("%Y-%m-%d"), strict=True)) == {(batch, "2024-07-01")}
    assert figures(june.announced("2024-06")) == (460, 100, 0, 0, 560)
