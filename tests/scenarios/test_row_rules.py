"""What a township's sheet says, and what the office answers: rules within one row."""

from small_inbox import only, submit, told

from bangfu_excel.core.finding import Effect


def test_members_whose_columns_contradict_their_number():
    _, findings = submit(
        成员="""
        | 户编号 | 姓名   | 证件号码           | 性别 | 出生日期      | 与户主关系 | 备注                 |
        | H1     | 张建国 | 990101196805123015 | 女   | 1968年5月12日 | 户主       |                      |
        | H1     | 王秀英 | 990101197008233021 | 女   | 1970年8月24日 | 妻         |                      |
        | H1     | 张小军 |                    | 男   | 2024年3月     | 长子       | 新生儿，还没有上户口 |
        | H1     | 张小红 |                    | 女   | 2010年1月1日  | 儿子       |                      |
        """
    )
    assert told(findings, "ID11", "ID12", "ID01", "ID01b", "HH05") == [
        ("ID11", "成员", "D2"),
        ("ID12", "成员", "E3"),
        ("ID01b", "成员", "C4"),
        ("ID01", "成员", "C5"),
        ("HH05", "成员", "F5"),
    ]
    assert only(findings, "ID11").message == "第2行“性别”填的是“女”，与证件号码第17位表示的性别不符"
    assert only(findings, "ID01b").message == "第4行“证件号码”没有填，备注说明是“新生儿，还没有上户口”"


def test_a_household_that_does_not_add_up():
    rows, findings = submit(
        户="""
        | 乡镇   | 村     | 户编号 | 户主姓名 | 户主身份证号码     | 家庭人口数 | 劳动力人数 | 家庭纯收入（元） | 人均纯收入（元） | 户联系电话  |
        | 青石镇 | 柳溪村 | H1     | 张建国   | 990101196805123015 | 3          | 4          | 9000             | 5700             | 13900010001 |
        | 青石镇 | 柳溪村 | H2     | 赵大山   | 990101197008233021 | 2          | 1          | 12000            | 6000             | 13900010002 |
        """
    )
    assert told(findings, "HH08", "EC01") == [("HH08", "户", "G2"), ("EC01", "户", "I2")]
    assert only(findings, "HH08").message == "第2行“劳动力人数”填的是“4”，多于家庭人口数3人"
    assert only(findings, "EC01").effect is Effect.NONE
    assert list(rows["household"]["_outcome"]) == ["accepted", "accepted"]
    assert list(rows["household"]["_withheld"]) == ["labour_count", ""]


def test_blank_amounts_are_one_finding_and_never_become_nothing():
    rows, findings = submit(
        户="""
        | 户编号 | 户主姓名 | 户主身份证号码     | 家庭人口数 | 耕地面积（亩） |
        | H1     | 张建国   | 990101196805123015 | 3          | 0              |
        | H2     | 赵大山   | 990101197008233021 | 2          |                |
        | H3     | 钱有田   | 990101199501053031 | 2          |                |
        """
    )
    blank = only(findings, "EC13")
    assert (blank.place.cell, blank.related, blank.count) == ("E3", ("E4",), 2)
    assert rows["household"]["farmland_mu"].isna().tolist() == [False, True, True]


def test_only_a_visit_that_has_not_happened_is_sent_back():
    rows, findings = submit(
        走访="""
        | 走访时间      | 村     | 户主姓名 | 走访人 | 走访内容                       |
        | 2024年7月1日  | 柳溪村 | 张建国   | 李明   | 查看住房和饮水，讲解养殖补贴   |
        | 2024年6月30日 | 柳溪村 | 张建国   | 李明   | 正常                           |
        | 2024年6月3日  | 柳溪村 | 张建国   | 李明   | 帮助联系农技员，商定培训时间   |
        """
    )
    assert told(findings, "PV09", "PV13") == [("PV09", "走访", "A2"), ("PV13", "走访", "E3")]
    assert list(rows["visit"]["_outcome"]) == ["returned", "accepted", "accepted"]
    assert only(findings, "PV13").message == "第3行“走访内容”填的是“正常”，看不出做了什么"


def test_a_pairing_without_telephone_counts_and_one_that_ends_too_soon_is_to_be_corrected():
    rows, findings = submit(
        结对="""
        | 村     | 帮扶对象姓名 | 帮扶责任人 | 帮扶单位 | 帮扶人电话  | 结对时间      | 结束时间      |
        | 柳溪村 | 张建国       | 李明       | 农业局   |             | 2024年1月15日 |               |
        | 柳溪村 | 赵大山       | 王芳       | 教育局   | 13900020003 | 2024年3月1日  | 2024年2月1日  |
        | 柳溪村 | 钱有田       | 王芳       | 教育局   | 13900020003 |               |               |
        """
    )
    assert told(findings, "PV06", "PV07", "PV07b") == [
        ("PV06", "结对", "E2"),
        ("PV07b", "结对", "G3"),
        ("PV07", "结对", "F4"),
    ]
    assert list(rows["pairing"]["_outcome"]) == ["accepted"] * 3
    assert only(findings, "PV07b").message == "第3行“结束时间”填的是“2024年2月1日”，早于结对时间2024年3月1日"
