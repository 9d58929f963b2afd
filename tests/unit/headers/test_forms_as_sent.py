"""Forms as townships really fill them in: text that goes on for lines, units and gaps between cells, signatures, parties side by side."""

import pytest
from markdown_sheet import codes, match, one, said
from test_forms import balanced, cells, values


def test_a_text_goes_on_beside_a_label_that_is_merged_down():
    region = one(
        """
        | 走访时间 | 2024-03-05 | 走访对象 | 张三 |
        | 走访人 | 李明 | 走访方式 | 入户 |
        | 走访内容 | 1.查看住房安全。 | < | < |
        | ^ | 2.询问身体状况。 | < | < |
        | ^ | | < | < |
        | 存在问题 | 圈舍老旧 | < | < |
        """
    )
    assert values(region)["content"] == ["1.查看住房安全。\n2.询问身体状况。"]
    assert cells(region)["content"] == ["B3"]
    assert values(region)["problems"] == ["圈舍老旧"]
    assert balanced([region])


def test_a_text_goes_on_below_a_label_of_one_cell():
    region = one(
        """
        | 走访时间 | 2024-03-05 | 走访对象 | 张三 |
        | 走访人 | 李明 | 走访方式 | 入户 |
        | 走访内容 | 查看住房安全。 | | |
        | | 询问身体状况。 | | |
        | 存在问题 | 圈舍老旧 | | |
        | | 已联系 | 农技员 | |
        """
    )
    assert values(region)["content"] == ["查看住房安全。\n询问身体状况。"]
    assert values(region)["problems"] == ["圈舍老旧"]


def test_only_text_goes_on_for_lines():
    region = one(
        """
        | 户主姓名 | 张三 | 致贫原因 | 因病 |
        | 联系电话 | '13900010001 | | |
        | | （没有电话的填亲属的） | | |
        | 家庭人口 | 3 | | |
        """
    )
    assert values(region)["phone"] == ["13900010001"]


def test_units_in_cells_of_their_own():
    (region,), findings = match(
        """
        | 户主姓名 | 张三 | | 致贫原因 | 因病 | |
        | 家庭人口 | 3 | 人 | 劳动力 | | 人 |
        | 耕地面积 | 4.5 | 亩 | 住房面积 | 80 | 平方米 |
        | 工资性收入 | 2.4 | 万元 | 人均纯收入 | 元 | 9600 |
        """
    )
    found = values(region)
    assert (found["member_count"], found["labour_count"], found["house_area"]) == (["3"], [""], ["80"])
    assert (found["wage_income"], found["income_per_capita"]) == (["2.4"], ["9600"])
    assert {c.field: c.unit for c in region.parts[0].columns}["wage_income"] == "万元"
    assert "LY41" not in codes(findings)


def test_an_empty_cell_between_every_label_and_its_value():
    region = one(
        """
        | 户主姓名 | | 张三 | 家庭人口 | | 3 |
        | 联系电话 | | '13900010001 | 致贫原因 | | |
        """
    )
    assert values(region) == {"head_name": ["张三"], "member_count": ["3"], "phone": ["13900010001"], "cause": [""]}
    assert cells(region)["phone"] == ["C2"]


def test_an_unknown_label_behind_an_empty_cell_is_no_value():
    region = one(
        """
        | 户主姓名 | 张三 | 家庭人口 | 3 |
        | 联系电话 | | 民族 | 汉 |
        | 致贫原因 | | 照片 | |
        """
    )
    assert (values(region)["phone"], values(region)["cause"]) == ([""], [""])


def test_who_signs_is_not_who_the_form_is_about():
    region, findings = match(
        """
        | 户主姓名 | 张三 | 家庭人口 | 3 |
        | 联系电话 | '13900010001 | 致贫原因 | 因病 |
        | 户主（签字）：张小军 | < | 帮扶责任人签字：李明 | < |
        | 走访人签名 | 李明 | 被走访人签名： | |
        """
    )
    assert values(region[0])["head_name"] == ["张三"]
    assert [part.table for part in region[0].parts] == ["household"]
    assert "LY41" not in codes(findings)


def test_prose_and_dates_are_no_labels():
    _, findings = match(
        """
        | 结对帮扶协议书 | < | < | < |
        | 为做好结对帮扶工作，经双方协商，达成如下协议： | < | < | < |
        | 帮扶责任人 | 李明 | 户主姓名 | 张三 |
        | 结对时间 | 2024-01-15 | 天气 | 晴 |
        | 说明：本表由帮扶责任人填写，一式两份。 | < | < | < |
        | 2024年1月15日 | < | 2024年1月15日 | < |
        """
    )
    assert "“天气”" in said(findings, "LY41").message
    assert said(findings, "LY41").count == 1


def test_how_to_fill_it_in_is_no_remark():
    region = one(
        """
        | 说明：本表一式两份，村、镇各存一份。 | < | < | < |
        | 户主姓名 | 张三 | 家庭人口 | 3 |
        | 联系电话 | '13900010001 | 致贫原因 | 因病 |
        | 备注：住在镇上 | < | < | < |
        """
    )
    assert values(region)["remark"] == ["住在镇上"]


CARD = """
    | 结对帮扶联系卡 | {0} | {0} | {0} |
    | 帮扶干部 | {0} | 帮扶对象 | {0} |
    | 姓名 | 李明 | 姓名 | 张三 |
    | 单位 | 县农业局 | 住址 | 柳溪村三组 |
    | 职务 | 科员 | 备注 | 独居 |
    | 电话 | '13900020001 | 电话 | '13900010001 |
    | 结对时间 | 2024-01-15 | {0} | {0} |
    """


def test_two_parties_side_by_side_are_one_record():
    for drawn in (CARD.format("<"), CARD.format("")):
        region = one(drawn)
        found = values(region)
        assert (region.parts[0].table, region.title) == ("pairing", "结对帮扶联系卡")
        assert (found["helper_name"], found["recipient_name"]) == (["李明"], ["张三"])
        assert (found["helper_phone"], found["recipient_phone"]) == (["13900020001"], ["13900010001"])
        assert (found["helper_position"], found["started_on"]) == (["科员"], ["2024-01-15"])
        assert cells(region)["recipient_phone"] == ["D6"]
        assert balanced([region])


MEASURES = """
    | 户主姓名 | 张三 | 家庭人口 | 3 | |
    | 联系电话 | '13900010001 | 帮扶责任人 | 李明 | |
    | 项目类别 | 帮扶单位 | 帮扶内容及成本 | 帮扶时间 | 户主签名 |
    | 产业 | 县农业局 | 鸡苗五十只 | 2024-04-08 | 张三 |
    """


def test_measures_inside_a_card_are_records_of_their_own():
    (card, measures), findings = match(MEASURES)
    assert values(card)["member_count"] == ["3"]
    assert measures.parts[0].table == "measure"
    found = values(measures)
    assert (found["category"], found["content"], found["started_on"]) == (["产业"], ["鸡苗五十只"], ["2024-04-08"])
    assert found["recipient_name"] == ["张三"]
    assert "LY45" not in codes(findings)


UNKNOWN = """
    | 户主姓名 | 张三 | 家庭人口 | 3 | |
    | 联系电话 | '13900010001 | 帮扶责任人 | 李明 | |
    | 良种名 | 帮扶单位 | 每亩用种 | 帮扶时间 | 户主签名 |
    | 玉米 | 县农业局 | 三斤 | 2024-04-08 | 张三 |
    """


def test_a_table_inside_of_which_little_is_known_gives_no_value_to_the_form():
    for drawn in (UNKNOWN, UNKNOWN + "| 小麦 | 县教育局 | 二十斤 | 2024-05-08 | 张三 |"):
        (region,), findings = match(drawn)
        assert values(region, 1) == {"recipient_name": ["张三"], "helper_name": ["李明"]}
        assert said(findings, "LY45").place.cell == "A3"
        assert "LY41" not in codes(findings)


def test_a_record_in_one_column_whose_title_is_a_label_elsewhere():
    region = one(
        """
        | 走访记录 |
        | 走访时间：2024年3月5日 走访地点：柳溪村 |
        | 走访对象：张三 走访人：李明、周敏 |
        | 走访内容：查看住房：屋顶漏雨；询问身体情况。 |
        | 回来后已报告镇政府。 |
        | 存在问题：屋顶漏雨 |
        """
    )
    found = values(region)
    assert found["content"] == ["查看住房：屋顶漏雨；询问身体情况。\n回来后已报告镇政府。"]
    assert (found["visited_on"], found["visitors"]) == (["2024年3月5日"], ["李明、周敏"])


def test_a_label_over_a_table_inside_heads_it():
    (card, visits), findings = match(
        """
        | 走访记录 | < | < | < |
        | 帮扶对象 | 张三 | 帮扶责任人 | 李明 |
        | 结对时间 | 2024-01-15 | 帮扶单位 | 县农业局 |
        | 联系电话 | '13900010001 | 职务 | 股长 |
        | 走访记录 | < | < | < |
        | 走访时间 | 走访方式 | 走访内容 | 备注 |
        | 2024-03-05 | 入户 | 查看住房，讲解政策 | |
        """
    )
    assert values(visits)["mode"] == ["入户"]
    assert "LY41" not in codes(findings)
    assert balanced([card, visits])


def test_each_helper_of_a_form_is_a_pairing_of_its_own():
    region = one(
        """
        | 户主姓名 | 张三 | 家庭人口 | 3 |
        | 联系电话 | '13900010001 | 致贫原因 | 因病 |
        | 帮扶责任人 | 李明 | 联系电话 | '13900020001 |
        | 帮扶责任人 | 周敏 | 联系电话 | '13900020002 |
        | 帮扶责任人 | | 联系电话 | |
        """
    )
    assert [part.table for part in region.parts] == ["household", "pairing", "pairing"]
    assert values(region)["phone"] == ["13900010001"]
    helpers = [(values(region, part)["helper_name"], values(region, part)["helper_phone"]) for part in (1, 2)]
    assert helpers == [(["李明"], ["13900020001"]), (["周敏"], ["13900020002"])]
    assert cells(region, 2)["helper_phone"] == ["D4"]


def test_telephones_of_which_nobody_says_whose_are_told_of_once():
    _, findings = match(
        """
        | 帮扶对象 | 张小雨 | 帮扶教师 | 周敏 |
        | 结对时间 | 2024-03-01 | 职务 | 教师 |
        | 联系电话 | '13900010005 | 联系电话 | '13900010006 |
        """
    )
    told = said(findings, "LY43")
    assert (told.place.cell, told.related, told.count) == ("A3", ("C3",), 2)


def test_the_telephone_of_another_person_is_not_taken():
    """A guardian's number stands beside the guardian; the child's and the helper's stay theirs."""
    (card,), findings = match(
        """
        | 帮扶对象 | 张小雨 | 身份证号 | '990101201208090263 |
        | 父亲姓名 | 张强 | 联系电话 | '13900010005 |
        | 监护人 | 张大山 | 身份证号 | '990101196805123015 |
        | 帮扶教师 | 周敏 | 联系电话 | '13900020002 |
        | 结对时间 | 2024-03-01 | 备注 | 内向 |
        """
    )
    assert values(card)["helper_phone"] == ["13900020002"]
    assert values(card)["recipient_id"] == ["990101201208090263"]
    assert "recipient_phone" not in values(card)
    assert "“父亲姓名”、“联系电话”、“监护人”、“身份证号”" in said(findings, "LY41").message


def test_places_that_the_address_or_the_form_gives_are_not_missing():
    _, findings = match(
        """
        | 户主姓名 | 张三 | 户主证件号码 | '990101196805123015 |
        | 家庭住址 | 青石镇柳溪村三组 | 家庭人口 | 1 |
        | 联系电话 | '13900010001 | 致贫原因 | 因病 |
        | 走访时间 | 走访人 | 走访内容 | 备注 |
        | 2024-03-05 | 李明 | 查看住房，讲解政策 | |
        | 2024-04-05 | 李明 | 询问就业情况 | |
        """
    )
    assert codes(findings) == []


@pytest.mark.parametrize(
    "drawing",
    [
        "| 户主姓名 | 家庭人口 |\n| 张三 | 3 |",
        "| 户主姓名 | 联系电话 |\n| 张三 | '13900010001 |\n| 李四 | '13900010002 |",
        "| 户主姓名 | 户类型 | 致贫原因 | 主要收入来源 |\n| 张三 | 低保户 | 因病 | 务工 |",
        "| 走访时间 | 走访对象 | 走访人 | 走访内容 |\n| 2024-03-05 | 张三 | 李明 | 查看住房 |\n| | | | 送化肥 |",
        "| 帮扶干部 | < | 帮扶对象 | < |\n| 姓名 | 电话 | 姓名 | 电话 |\n| 李明 | '13900020001 | 张三 | '13900010001 |",
        "| 乡镇 | 青石镇 | 村 | 柳溪村 |\n| 户主姓名 | 家庭人口 | 联系电话 | 致贫原因 |\n| 张三 | 3 | '13900010001 | 因病 |",
        "| 户主姓名 | 家庭人口 | 联系电话 | 致贫原因 |\n| 张三 | 3 | '13900010001 | 因病 |\n| 户主签字： | | 审核人： | 李明 |",
    ],
)
def test_a_small_table_is_no_form(drawing):
    assert not one(drawing).cells
