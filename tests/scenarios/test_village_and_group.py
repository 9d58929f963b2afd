"""村组 in one column are two fields: the village of the ledgers is the village, and visits find the household by its group."""

from small_inbox import submit

HOUSEHOLDS = """
| 乡镇   | 所在村组   | 户编号 | 户主姓名 | 家庭人口数 |
| 青石镇 | 石桥村3组  | A1     | 张三丰   | 2          |
| 青石镇 | 石桥村四组 | A2     | 张三丰   | 1          |
| 青石镇 | 石桥村     | A3     | 李四光   | 1          |
"""


def test_village_and_group_are_parted_and_noted():
    rows, findings = submit(户=HOUSEHOLDS)
    households = rows["household"]
    assert households["village"].tolist() == ["石桥村"] * 3
    assert households["group"].fillna("").tolist() == ["3组", "四组", ""]
    (note,) = [f for f in findings if f.code == "NV17"]
    assert (note.place.cell, note.related, note.count) == ("B2", ("B3",), 2)


def test_a_visit_is_told_apart_by_the_group_behind_the_village():
    visits = """
    | 走访时间      | 乡镇   | 所在村组  | 户主姓名 | 走访人 | 走访方式 | 走访内容                     |
    | 2024年3月3日  | 青石镇 | 石桥村4组 | 张三丰   | 李明   | 入户     | 查看住房和饮水，讲解养殖补贴 |
    """
    rows, _ = submit(户=HOUSEHOLDS, 走访=visits)
    assert rows["visit"]["_recipient"].tolist() == ["A2"]


def test_a_group_with_a_column_of_its_own_is_left_there():
    roster = (
        HOUSEHOLDS.replace("| 户编号 |", "| 组 | 户编号 |")
        .replace("| A1 ", "| 9组 | A1 ")
        .replace("| A2 ", "| 9组 | A2 ")
        .replace("| A3 ", "| 9组 | A3 ")
    )
    rows, findings = submit(户=roster)
    assert rows["household"]["group"].tolist() == ["9组"] * 3
    assert "NV17" not in {f.code for f in findings}


def test_a_township_before_the_village_is_parted_too_where_that_is_certain():
    rows, findings = submit(
        户="""
        | 乡镇村组         | 户编号 | 户主姓名 | 家庭人口 |
        | 青石镇柳溪村三组 | H1     | 张建国   | 2        |
        | 石镇桥村         | H2     | 赵大山   | 2        |
        | 青石镇上河村     | H3     | 孙明亮   | 2        |
    """
    )
    households = rows["household"]
    assert households["township"].fillna("").tolist() == ["青石镇", "", "青石镇"]
    assert households["village"].tolist() == ["柳溪村", "石镇桥村", "上河村"]
    assert households["group"].fillna("").tolist() == ["三组", "", ""]
    told = {f.code: (f.place.cell, f.related) for f in findings if f.code in ("LY53", "LY54")}
    assert told == {"LY53": ("A2", ("A4",)), "LY54": ("A3", ())}


def test_a_township_repeated_before_the_village_is_dropped_another_one_is_left():
    rows, _ = submit(
        户="""
        | 乡镇   | 村                | 户编号 | 户主姓名 |
        | 青石镇 | 青石镇柳溪村      | H1     | 张建国   |
        | 青石镇 | 东山镇柳溪村2组   | H2     | 赵大山   |
    """
    )
    assert rows["household"]["village"].tolist() == ["柳溪村", "东山镇柳溪村"]
    assert rows["household"]["group"].fillna("").tolist() == ["", "2组"]


def test_an_address_gives_the_places_that_have_no_column():
    rows, _ = submit(
        户="""
        | 户编号 | 户主姓名 | 家庭住址             |
        | H1     | 张建国   | 青石镇柳溪村三组12号 |
        | H2     | 赵大山   | 柳溪村三组           |
    """
    )
    households = rows["household"]
    assert households["village"].fillna("").tolist() == ["柳溪村", ""]
    assert households["township"].fillna("").tolist() == ["青石镇", ""]
    assert households["address"].tolist() == ["青石镇柳溪村三组12号", "柳溪村三组"]
