"""A superior's form for each township: what is its own in every cell, and all of them or none."""

import openpyxl
import pytest
from office_county import HOUSEHOLDS, MEMBERS, PAIRINGS, VISITS, save
from provincial_form import write_form, write_mapping
from typer.testing import CliRunner

import bangfu_excel as bf
from bangfu_excel import pipeline
from bangfu_excel.cli.app import app
from bangfu_excel.errors import UsageError

WHEN = {"as_of": "2024-06-30"}
ELSEWHERE = ("柳溪镇", "柳溪村", "1组", "L1", "李秀英", "990101197008233021", 1, None)
CELLS = [
    ["表1", "B2", "填报信息", "填报单位", "", "取值"],
    ["表1", "B5", "帮扶对象户", "", "", "计数"],
    ["表1", "C5", "帮扶对象户", "家庭人口数", "", "求和"],
    ["表1", "D5", "家庭成员", "", "", "计数"],
    ["表1", "E5", "考核指标", "结对户数", "", "取值"],
    ["表2", "C4", "帮扶对象户", "户主姓名", "", "逐行"],
]


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    members = [*MEMBERS, ("L1", "李秀英", "990101197008233021", "户主", "健康")]
    sheets = (("户", [*HOUSEHOLDS, ELSEWHERE]), ("成员", members), ("结对", PAIRINGS), ("走访", VISITS))
    save(folder / "inbox" / "全县.xlsx", *sheets)
    registry = bf.Registry(folder / "台账库")
    bf.merge(bf.check(folder / "inbox", engine="serial", **WHEN), registry)
    return registry


@pytest.fixture
def fill(registry, tmp_path):
    form = write_form(tmp_path / "省表.xlsx")

    def filled(cells, relations=(), **more):
        mapping = write_mapping(tmp_path / "填表对应.xlsx", cells, relations)
        return pipeline.fill_form_by_township(form, mapping, registry, tmp_path / "out", **{**WHEN, **more})

    filled.out = tmp_path / "out"
    return filled


def row(done):
    book = openpyxl.load_workbook(done.path)
    return [book["表1"][cell].value for cell in ("B2", "B5", "C5", "D5", "E5")], book["表2"]["C4"].value


def test_each_township_has_a_workbook_of_what_is_its_own(fill):
    first, second = fill(CELLS)
    assert [done.path.name for done in (first, second)] == [
        "省表_清水镇_2024-06_20240630.xlsx", "省表_柳溪镇_2024-06_20240630.xlsx",
    ]  # fmt: skip
    assert row(first) == (["清水镇", 4, 8, 4, 3], "张建国")
    assert row(second) == (["柳溪镇", 1, 1, 1, 0], "李秀英")
    assert openpyxl.load_workbook(second.report)["各格来源"]["A2"].value == "填报单位：柳溪镇"


def test_none_is_written_where_cells_of_one_do_not_stand_as_they_are_to(fill):
    done = fill(CELLS, [["表1!B5", "≥", "4"]])
    assert [(one.area, one.path, len(one.broken)) for one in done] == [("清水镇", None, 0), ("柳溪镇", None, 1)]
    assert not list(fill.out.rglob("*.xlsx"))
    assert all(one.path.exists() for one in fill(CELLS, [["表1!B5", "≥", "4"]], accept=True))


def test_each_is_held_to_its_own_of_the_last_period(fill):
    before = fill(CELLS, as_of="2024-05-31")
    (first, second) = fill(CELLS, [["表1!C5", "=", "上期!表1!C5"]], last=before[0].path.parent)
    assert [one.state for done in (first, second) for one in done.checked] == ["相符", "相符"]
    assert [done.checked[0].right for done in (first, second)] == [8, 1]
    with pytest.raises(UsageError, match="--last 要写上期那些表所在的文件夹"):
        fill(CELLS, last=before[0].path)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["表1", "B5", "帮扶人名册", "", "", "计数"], "对应!C2：“帮扶人名册”的记录分不出乡镇"),
        (
            ["表1", "B5", "考核指标", "达标率", "乡镇=清水镇", "比例"],
            "对应!E2：一个乡镇填一份时，考核指标就是这个乡镇的",
        ),
    ],
)
def test_what_cannot_be_said_of_a_township_is_refused(fill, line, told):
    with pytest.raises(UsageError) as said:
        fill([line])
    assert told in str(said.value)
    assert not fill.out.exists()


def test_the_command_tells_of_each(registry, tmp_path):
    form, mapping = write_form(tmp_path / "省表.xlsx"), write_mapping(tmp_path / "对应.xlsx", CELLS)
    given = ["form", str(form), "--mapping", str(mapping), "--registry", str(registry.path), "--as-of", "2024-06-30"]
    said = CliRunner().invoke(app, [*given, "--by-township", "-o", str(tmp_path / "out")])
    assert [line.partition("，")[0] for line in said.output.splitlines()] == ["清水镇：填了5格", "柳溪镇：填了5格"]
