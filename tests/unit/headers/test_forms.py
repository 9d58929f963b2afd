"""Forms: labels beside or above their values become one record, each value at its own cell; tables inside keep their rows."""

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_sheet import codes, fields, from_grid, match, one, rows, said

from bangfu_excel.core.address import cell_name
from bangfu_excel.core.raw import Merge, cell_text
from bangfu_excel.core.region import RowKind
from bangfu_excel.domain import TABLES
from bangfu_excel.headers import HeaderSettings, match_headers


def values(region, part=0):
    """Field → the values to be read, one a record."""
    return {
        c.field: [cell_text(region.sheet.cell(int(row), c.index)) for row in region.data_rows]
        for c in region.parts[part].columns
    }


def cells(region, part=0):
    """Field → the cells where they stand."""
    return {
        c.field: [
            cell_name(at.row, at.column) for row in region.data_rows for at in (region.cells[c.index][int(row) + 1],)
        ]
        for c in region.parts[part].columns
        if c.index in region.cells
    }


def balanced(regions):
    """Whether every row of the sheet is counted by exactly one region."""
    height = regions[0].sheet.height
    counted = [0] * height
    for region in regions:
        for row, kind in enumerate(region.kinds, start=region.top):
            counted[row] += kind != RowKind.ELSEWHERE
    return counted == [1] * height


def test_several_pairs_a_row_with_values_in_merged_cells():
    region = one(
        """
        | 贫困户登记表 | < | < | < | < | < |
        | 户主姓名 | 张三 | 性别 | 男 | 身份证号 | '990101196805123015 |
        | 家庭住址 | 青石镇柳溪村三组 | < | < | 联系电话 | '13900010001 |
        | 致贫原因 | 因病 | 家庭人口 | 3 | 主要收入来源 | 务工 |
        """
    )
    assert region.parts[0].table == "household"
    assert {name: (*values(region)[name], *cells(region)[name]) for name in values(region)} == {
        "head_name": ("张三", "B2"),
        "head_gender": ("男", "D2"),
        "head_id": ("990101196805123015", "F2"),
        "address": ("青石镇柳溪村三组", "B3"),
        "phone": ("13900010001", "F3"),
        "cause": ("因病", "B4"),
        "member_count": ("3", "D4"),
        "main_income_source": ("务工", "F4"),
    }
    assert rows(region) == "TDHH"


WITH_MEMBERS = """
    | 户主姓名 | 张三 | 户编号 | YL01 | 联系电话 | '13900010001 |
    | 家庭人口 | 2 | 致贫原因 | 因病 | 住房面积 | 80 |
    | 家庭成员情况 | < | < | < | < | < |
    | 姓名 | 与户主关系 | 性别 | 身份证号 | 健康状况 | 备注 |
    | 张三 | 户主 | 男 | '990101196805123015 | 健康 | |
    | 李四 | 配偶 | 女 | '990101197003010005 | 健康 | |
    | | | | | | |
    | 帮扶责任人 | 李明 | 单位 | 县农业局 | 联系电话 | '13900020002 |
    """


def test_a_table_inside_gets_the_keys_of_its_form():
    (household, member), findings = match(WITH_MEMBERS)
    assert (household.parts[0].table, member.parts[0].table) == ("household", "member")
    assert values(member)["name"] == ["张三", "李四"]
    assert values(member)["household_id"] == ["YL01", "YL01"]
    assert cells(member) == {"household_id": ["D1", "D1"], "head_name": ["B1", "B1"]}
    assert member.parts[0].lent == {"household_id", "head_name"}
    assert balanced([household, member])
    assert codes(findings) == ["LY46"]


def test_a_helper_in_the_form_is_a_pairing_of_its_household():
    (household, _), _ = match(WITH_MEMBERS)
    assert [part.table for part in household.parts] == ["household", "pairing"]
    assert values(household, 1)["helper_phone"] == ["13900020002"]
    assert cells(household, 1)["helper_unit"] == ["D8"]
    assert values(household)["phone"] == ["13900010001"]


def test_a_heading_at_the_left_of_the_table_inside():
    (household, member), _ = match(
        """
        | 户主姓名 | 张三 | < | 致贫原因 | 因病 |
        | 家庭人口 | 2 | < | 联系电话 | '13900010001 |
        | 家庭成员 | 姓名 | 与户主关系 | 性别 | 身份证号 |
        | ^ | 张三 | 户主 | 男 | '990101196805123015 |
        | ^ | 李四 | 配偶 | 女 | '990101197003010005 |
        """
    )
    assert {field: letter for field, letter in fields(member).items() if field != "head_name"} == {
        "name": "B", "relation": "C", "gender": "D", "id_number": "E",
    }  # fmt: skip
    assert values(member)["name"] == ["张三", "李四"]
    assert balanced([household, member])


def test_visits_inside_a_card():
    (card, visits), findings = match(
        """
        | 帮扶对象 | 张三 | 帮扶责任人 | 李明 |
        | 结对时间 | 2024-01-15 | 帮扶单位 | 县农业局 |
        | 联系电话 | '13900010001 | 职务 | 股长 |
        | 走访时间 | 走访方式 | 走访内容 | 备注 |
        | 2024-03-05 | 入户 | 查看住房，讲解政策 | |
        | 2024-04-05 | 电话 | 询问就业情况 | |
        """
    )
    assert (card.parts[0].table, visits.parts[0].table) == ("pairing", "visit")
    assert values(visits)["visitors"] == ["李明", "李明"]
    assert values(visits)["head_name"] == ["张三", "张三"]
    assert "LY04" not in codes(findings)


def test_labels_above_their_values():
    region = one(
        """
        | 户主姓名 | 性别 | 身份证号 |
        | 张三 | 男 | '990101196805123015 |
        | 家庭住址 | 联系电话 | 致贫原因 |
        | 柳溪村三组 | '13900010001 | 因病 |
        | 主要收入来源 | 家庭人口 | 住房面积 |
        | 务工 | 3 | 80 |
        """
    )
    assert cells(region) == {
        "head_name": ["A2"], "head_gender": ["B2"], "head_id": ["C2"], "address": ["A4"], "phone": ["B4"],
        "cause": ["C4"], "main_income_source": ["A6"], "member_count": ["B6"], "house_area": ["C6"],
    }  # fmt: skip
    assert values(region)["main_income_source"] == ["务工"]


def test_label_and_value_in_one_cell_and_labels_with_spaces():
    region = one(
        """
        | 户主姓名：张三 | 家庭人口：3 |
        | 联 系 电 话：'13900010001 | 致贫原因： |
        | 家 庭 住 址 | 柳溪村三组 |
        """.replace("'139", "139")
    )
    assert values(region) == {
        "head_name": ["张三"], "member_count": ["3"], "phone": ["13900010001"], "cause": [""], "address": ["柳溪村三组"],
    }  # fmt: skip
    assert cells(region)["phone"] == ["A2"]
    assert cells(region)["address"] == ["B3"]


def test_ticked_boxes_are_read_and_said():
    region, findings = match(
        """
        | 户主姓名 | 张三 | 性别 | ☑男 □女 |
        | 家庭人口 | 3 | 致贫原因 | □因病 ☑因残 ☑因学 |
        | 劳动能力 | 有劳动能力（√）无劳动能力（ ） | 住房情况 | □安全住房 □无房 |
        """
    )
    found = values(region[0])
    assert found["head_gender"] == ["男"]
    assert found["cause"] == ["因残、因学"]
    assert found["labour_capacity"] == ["有劳动能力"]
    assert found["housing"] == [""]
    ticked = said(findings, "LY44")
    assert (ticked.place.cell, ticked.place.value, ticked.related) == ("D1", "☑男 □女", ("D2", "B3"))
    assert "“☑男 □女”读作“男”" in ticked.message


SURVEY = """
    | 2012年度调查 | < | < | < |
    | 代码 | 填表项目 | 单位 | 数量 |
    | | 一、家庭基本情况 | | |
    | 200 | 户主姓名 | | 张三 |
    | 201 | （一）农户属性：1.低保户2.五保户 | 代码 | 1 |
    | 202 | （二）家庭成员人数 | 人 | 4 |
    | 203 | 其中：60岁及以上人数 | 人 | 2 |
    | | 二、家庭收支情况 | | |
    | 205 | （一）工资收入 | 万元 | 2 |
    """


def test_a_coded_list():
    (region,), findings = match(SURVEY)
    assert values(region) == {
        "head_name": ["张三"], "household_type": ["低保户"], "member_count": ["4"], "wage_income": ["2"],
    }  # fmt: skip
    assert cells(region)["wage_income"] == ["D9"]
    assert {c.field: c.unit for c in region.parts[0].columns}["wage_income"] == "万元"
    assert "“其中：60岁及以上人数”" in said(findings, "LY41").message


def test_a_coded_list_by_code_where_the_county_says_so():
    household = TABLES["household"]
    known = household.with_field(
        type(household["farmland_mu"])(**{**_slots(household["farmland_mu"]), "aliases": ("203",)})
    )
    from markdown_sheet import sheet

    (region,), _ = match_headers("a.xlsx", sheet(SURVEY), (known,))
    assert values(region)["farmland_mu"] == ["2"]


def _slots(field):
    return {name: getattr(field, name) for name in field.__dataclass_fields__}


def visit(name, day):
    return f"""
    | 走访记录表 | < | < | < |
    | 走访对象 | {name} | 走访时间 | {day} |
    | 走访人 | 李明 | 走访方式 | 入户 |
    | 走访内容 | 查看住房，讲解养殖政策 | < | < |
    ---"""


def test_forms_one_below_another():
    days = range(1, 21)
    (region,), findings = match("".join(visit(f"张{n}", f"2024-03-{n:02d}") for n in days))
    assert region.parts[0].table == "visit"
    assert values(region)["head_name"] == [f"张{n}" for n in days]
    assert cells(region)["content"] == [f"B{5 * n - 1}" for n in days]
    assert rows(region) == ("TDHH." * 20)[: len(region.kinds)]
    assert codes(findings) == ["LY46"]


BLANK = """
    | 走访记录表 | < | < | < |
    | 走访对象 | | 走访时间 | '   年  月  日 |
    | 走访人 | | 走访方式 | □入户 □电话 |
    | 走访内容 | | < | < |
    """


def test_a_form_that_nobody_filled_in_is_no_record():
    regions, findings = match(BLANK)
    assert (regions, codes(findings)) == ((), ["LY40"])
    (region,), findings = match(visit("张三", "2024-03-01") + BLANK)
    assert values(region)["head_name"] == ["张三"]
    assert said(findings, "LY40").count == 1
    assert balanced([region])


def test_cards_side_by_side():
    region = one(
        """
        | 帮扶联系卡 | < | | 帮扶联系卡 | < |
        | 户主姓名 | 张三 | | 户主姓名 | 李四 |
        | 家庭人口 | 3 | | 家庭人口 | 2 |
        | 致贫原因 | 因病 | | 致贫原因 | 因学 |
        """
    )
    assert values(region)["head_name"] == ["张三", "李四"]
    assert cells(region)["cause"] == ["B4", "E4"]
    assert balanced([region])


def test_a_label_twice_with_different_values_is_not_chosen_between():
    (region,), findings = match(
        """
        | 户主姓名 | 张三 | 家庭人口 | 3 |
        | 致贫原因 | 因病 | 住房面积 | 80 |
        | 家庭人口 | 4 | 致贫原因 | 因病 |
        """
    )
    assert "member_count" not in values(region)
    assert values(region)["cause"] == ["因病"]
    twice = said(findings, "LY42")
    assert (twice.place.cell, twice.related) == ("C1", ("A3",))


def test_labels_that_are_no_field_are_listed_once():
    card = "| 户主姓名 | 张三 | 家庭人口 | 3 |\n| 致贫原囚 | 因病 | 开户银行 | 农行 |\n| 联系电话 | '139 | 住房面积 | 80 |\n---\n"
    (region,), findings = match(card + card)
    unread = said(findings, "LY41")
    assert "“致贫原囚”（是不是“致贫原因”？）、“开户银行”" in unread.message
    assert (unread.place.cell, unread.related) == ("A2", ("C2",))
    assert "cause" not in values(region)


def test_who_filled_it_in_is_asked_only_where_the_form_asks():
    card = "| 户主姓名 | 张三 | 家庭人口 | 3 |\n| 联系电话 | '139 | 住房面积 | 80 |\n"
    assert "PV28" not in codes(match(card)[1])
    assert "填表人未填" in said(match(card + "| 填表人： | | 审核人：王五 | |")[1], "PV28").message


def test_the_two_lines_that_say_whose_table_it_is_make_no_form():
    """乡镇, 村, 户主姓名 above a table of members hold for its rows; nothing is told of the household."""
    (region,), _ = match(
        """
        | 乡镇：青石镇 | 村：柳溪村 | 户主姓名：张三 |
        | 姓名 | 与户主关系 | 性别 |
        | 张三 | 户主 | 男 |
        | 李四 | 配偶 | 女 |
        """
    )
    assert region.parts[0].table == "member"
    assert not region.cells


def test_a_large_sheet_is_not_tried():
    few = HeaderSettings(form_rows=3)
    from markdown_sheet import sheet

    regions, findings = match_headers("a.xlsx", sheet(WITH_MEMBERS), tuple(TABLES.values()), few)
    assert not any(region.cells for region in regions)
    assert "LY40" not in codes(findings)


RECORD = {
    "head_name": ("户主姓名", ("张三", "欧阳建国", "李四")),
    "head_id": ("身份证号", ("990101196805123015", "")),
    "address": ("家庭住址", ("柳溪村三组12号", "石桥村")),
    "phone": ("联系电话", ("13900010001", "")),
    "cause": ("致贫原因", ("因病", "因残、缺技术", "")),
    "member_count": ("家庭人口", ("3", "12")),
    "main_income_source": ("主要收入来源", ("务工", "种植", "低保金")),
    "farmland_mu": ("耕地面积（亩）", ("4.5", "")),
    "house_area": ("住房面积", ("80",)),
    "household_type": ("户类型", ("低保户", "一般农户")),
    "demand": ("帮扶需求", ("想学习养殖技术", "")),
    "identified_on": ("识别时间", ("2024-01-10", "")),
}
WRITTEN = st.sampled_from(["{}", "{}：", " {}*", "{}\n", "1.{}", "spaced"])


@st.composite
def drawn_forms(draw):
    """A household's form in any layout: the grid, its merges, and field → (cell, value)."""
    a_row, wide = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    names = draw(st.permutations(list(RECORD)))[: draw(st.integers(a_row + 3, len(RECORD)))]
    names = [*names, *(["head_name"] if "head_name" not in names else [])]
    if not any(name in names for name in ("phone", "cause", "member_count", "house_area", "demand")):
        names.append("house_area")
    record = {name: draw(st.sampled_from(RECORD[name][1])) for name in names}
    record["head_name"] = record["head_name"] or "张三"
    inline = draw(st.booleans()) if a_row > 1 else False
    grid = [["困难家庭情况登记表"]] if draw(st.booleans()) else []
    merges, expected = [], {}
    for start in range(0, len(names), a_row):
        line: list[str] = []
        for name in names[start : start + a_row]:
            label, value = _label(draw, RECORD[name][0]), record[name]
            if inline and value:
                expected[name] = (len(grid), len(line), value)
                line += [f"{RECORD[name][0]}：{value}"]
                continue
            expected[name] = (len(grid), len(line) + 1, value)
            if wide > 1:
                merges.append(Merge(len(grid), len(line) + 1, len(grid), len(line) + wide))
            line += [label, f"'{value}" if value else "", *[""] * (wide - 1)]
        grid.append(line)
    return grid, tuple(merges), {n: (cell_name(r + 1, c), value) for n, (r, c, value) in expected.items()}


def _label(draw, label):
    how = draw(WRITTEN)
    return "\u3000".join(label) if how == "spaced" else how.format(label)


@settings(max_examples=150)
@given(drawn_forms())
def test_a_record_in_any_layout_gives_its_values_at_their_cells(drawn):
    grid, merges, expected = drawn
    regions, findings = match_headers("a.xlsx", from_grid(grid, merges=merges), tuple(TABLES.values()))
    assert len(regions) == 1, (grid, [f.message for f in findings])
    (region,) = regions
    assert region.parts[0].table == "household"
    found = {name: (cells(region)[name][0], value) for name, (value,) in values(region).items()}
    assert found == expected
    assert balanced(regions)


def test_a_label_that_may_be_several_fields_is_named():
    _, findings = match(
        """
        | 户主姓名 | 张三 | 家庭人口 | 3 |
        | 帮扶责任人 | 李明 | 姓名 | 王五 |
        | 联系电话 | '139 | 住房面积 | 80 |
        """
    )
    told = [f for f in findings if f.code in ("LY43", "LY41", "LY42")]
    assert any("“姓名”" in f.message for f in told)


def test_a_table_inside_that_is_not_understood_is_named():
    (household,), findings = match(
        """
        | 户主姓名 | 张三 | 家庭人口 | 3 |
        | 致贫原因 | 因病 | 住房面积 | 80 |
        | 结对编号 | 帮扶单位 | 结对时间 | 职务 |
        | 1 | 县农业局 | 2024-01-15 | 股长 |
        | 2 | 县水利局 | 2024-01-15 | 科员 |
        """
    )
    assert household.parts[0].table == "household"
    assert said(findings, "LY45").place.cell == "A3"
    assert balanced([household])


def test_a_header_of_which_only_every_second_column_is_known_is_no_form():
    regions, _ = match(
        "| 户码* | 年份* | 家庭总收入(元)* | 种植业(元)* | 务工(元)* | 养殖业(元)* | 家庭人均收入(元)* |"
    )
    assert not any(region.cells for region in regions)
    regions, _ = match(
        """
        | 户码 | 年份 | 家庭总收入 | 种植业 | 务工 | 养殖业 |
        | YL01 | 2024 | 9000 | 100 | 200 | 300 |
        | YL02 | 2024 | 8000 | 100 | 200 | 300 |
        """
    )
    assert [len(region.data_rows) for region in regions] == [2]
    assert not any(region.cells for region in regions)


def test_a_merged_range_that_goes_on_beyond_the_last_filled_column():
    """The sheet ends at its last value: the cells behind it in a merged range are none of it."""
    region = one(
        """
        | 户主姓名 | 张三 | | 性别 | 女 |
        | 家庭人口 | 3 | 人 | 致贫原因 | 因病 |
        | 识别时间 | 2024年1月15日 | | 人均纯收入 | 9600元 |
        """,
        merges=(Merge(0, 4, 0, 5), Merge(1, 4, 1, 5), Merge(2, 4, 2, 5)),
    )
    assert values(region)["cause"] == ["因病"]
