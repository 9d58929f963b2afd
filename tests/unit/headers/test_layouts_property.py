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
