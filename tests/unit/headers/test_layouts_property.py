"""Whatever stands around a roster and in whatever order its columns are: the same mapping, the same data rows."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_sheet import from_grid, rows

from bangfu_excel.domain import TABLES
from bangfu_excel.headers import match_headers

COLUMNS = {
    "household_id": ("户编号", ("YL01", "YL02", "YL03", "YL04")),
    "head_name": ("户主姓名", ("张三", "李四", "王五", "合富贵")),
    "head_id": ("身份证号码", ("'990101196805123015", "'990101196805123023", "x", "y")),
    "village": ("行政村", ("柳溪村", "石桥村", "柳溪村", "石桥村")),
    "member_count": ("家庭人口数（人）", ("3", "4", "1", "12")),
    "cause": ("主要致贫原因", ("因病", "因学", "因残", "因病")),
    "phone": ("户联系电话", ("'13900010001", "'13900010002", "", "'13900010003")),
    "remark": ("备注", ("户主残疾", "", "外出，说明见附页", "合计两户")),
}
WRITTEN = st.sampled_from(["{}", " {} ", "{}*", "＊{}", "1.{}", "（一）{}", "{}\n", "\u3000{}"])
TITLES = st.lists(
    st.sampled_from(
        [
            ["青石镇2024年帮扶对象花名册"],
            ["附件1"],
            ["填报单位（盖章）：青石镇人民政府    填报时间：2024年6月5日"],
            ["填报单位：", "", "填报时间："],
            [],
            ["（本表一式三份）"],
            ["", "", "单位：户、人"],
        ]
    ),
    max_size=6,
)
BETWEEN = st.lists(st.sampled_from(["data", "data", "blank", "total", "header"]), max_size=6)
FOOTER = st.lists(st.sampled_from([["填表人：王五", "", "审核人："], ["注：每户一行，不得空项。"], []]), max_size=3)


@given(
    order=st.permutations(list(COLUMNS)),
    written=st.lists(WRITTEN, min_size=8, max_size=8),
    titles=TITLES,
    between=BETWEEN,
    footer=FOOTER,
    left=st.integers(0, 2),
)
def test_any_layout_gives_the_same_roster(order, written, titles, between, footer, left):
    header = [how.format(COLUMNS[name][0]) for how, name in zip(written, order, strict=True)]
    grid = [["", *line] if left else line for line in titles] + [header]
    expected = [len(grid)]
    record = 0
    for what in ["data", *between, "data"]:
        if what == "data" and record < 4:
            grid.append([COLUMNS[name][1][record] for name in order])
            expected.append(len(grid))
            record += 1
        elif what == "total":
            grid.append(["合 计" if name == order[0] else "" for name in order])
        elif what == "header":
            grid.append(header)
        else:
            grid.append([])
    data = [row - 1 for row in expected[1:]]
    grid += footer
    shifted = [[*[""] * left, *line] if line else [] for line in grid]

    regions, _ = match_headers("a.xlsx", from_grid(_trimmed(shifted)), tuple(TABLES.values()))

    assert len(regions) == 1
    region = regions[0]
    assert region.parts[0].table == "household"
    assert {c.field: c.index - left for c in region.parts[0].columns} == {name: i for i, name in enumerate(order)}
    assert region.data_rows.tolist() == data
    assert len(rows(region)) == region.sheet.height


def _trimmed(grid):
    while grid and not any(grid[-1]):
        grid = grid[:-1]
    return grid


MEMBERS = ["户编号", "户主姓名", "姓名", "与户主关系", "年龄"]
VISITS = ["走访时间", "户编号", "走访人", "走访内容"]
RELATIONS = ("户主", "配偶", "之子", "之母")


@given(
    sizes=st.lists(st.integers(1, 4), min_size=1, max_size=5),
    order=st.permutations(range(5)),
    titles=TITLES,
    repeated=st.booleans(),
)
def test_a_block_says_the_same_filled_in_its_first_row_or_in_each(sizes, order, titles, repeated):
    grid = [*titles, [MEMBERS[i] for i in order]]
    expected = []
    for household, size in enumerate(sizes):
        for person in range(size):
            keys = [f"H{household}", f"张{'建国明亮富贵大勇和平'[household]}"] if repeated or not person else ["", ""]
            line = [*keys, f"张{'甲乙丙丁'[person]}", RELATIONS[person], str(20 + person)]
            grid.append([line[i] for i in order])
            expected.append(f"H{household}")

    regions, _ = match_headers("a.xlsx", from_grid(grid), tuple(TABLES.values()))

    (region,) = regions
    index = next(c.index for c in region.parts[0].columns if c.field == "household_id")
    assert [region.sheet.cell(row, index).value for row in region.data_rows.tolist()] == expected


@given(left=st.integers(1, 5), right=st.integers(1, 5), gap=st.integers(1, 3), first=st.booleans(), titles=TITLES)
def test_two_tables_beside_each_other_are_what_each_is_alone(left, right, gap, first, titles):
    roster = [["户编号", "户主姓名", "家庭人口数"], *([f"H{n}", f"张{'甲乙丙丁戊'[n]}", "3"] for n in range(left))]
    visits = [VISITS, *([f"2024-06-0{n + 1}", "H0", "李明", "讲解医保缴费办法"] for n in range(right))]
    one, other = (roster, visits) if first else (visits, roster)
    height = max(len(one), len(other))
    grid = [*titles, *([*_line(one, n), *[""] * gap, *_line(other, n)] for n in range(height))]

    regions, _ = match_headers("a.xlsx", from_grid(_trimmed(grid)), tuple(TABLES.values()))

    assert [region.parts[0].table for region in regions] == (
        ["household", "visit"] if first else ["visit", "household"]
    )
    assert [len(region.data_rows) for region in regions] == [len(one) - 1, len(other) - 1]
    assert all(region.data_rows[0] == len(titles) + 1 for region in regions)


def _line(table, row):
    return table[row] if row < len(table) else [""] * len(table[0])
