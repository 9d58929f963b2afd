"""A workbook that holds one household (一户一档): its further sheets say nothing of whom they are about."""

from drawn_books import at, check, column

A, B = "990101196805123015", "990101197003010021"

FORM = f"""
    | 农户基本情况表 |              |          |             |
    | 乡镇           | 青石镇       | 村       | 柳溪村      |
    | 户主姓名       | 李长贵       | 家庭人口 | 2           |
    | 身份证号       | {A}          | 联系电话 | 13900010001 |
    | 户类型         | 一般脱贫户   | 致贫原因 | 因病        |
"""
MEMBERS = f"""
    | 家庭成员情况 |            |      |          |
    | 姓名         | 与户主关系 | 性别 | 身份证号 |
    | 李长贵       | 户主       | 男   | {A}      |
    | 王秀兰       | 配偶       | 女   | {B}      |
"""
VISITS = """
    | 走访时间   | 走访人 | 走访方式 | 走访内容               |
    | 2024-03-05 | 李明   | 入户     | 查看住房，讲解养殖政策 |
"""
RECORD = """
    | 走访记录 |                          |          |      |
    | 走访时间 | 2024-04-05               | 走访方式 | 入户 |
    | 走访人   | 李明                     | 备注     |      |
    | 走访内容 | 陪同复查，帮助办理慢病证 |          |      |
"""


def test_members_and_visits_on_other_sheets_are_the_households():
    batch = check(成员=MEMBERS, 基本情况=FORM, 三月=VISITS, 四月=RECORD)
    assert column(batch, "member", "head_name") == ["李长贵", "李长贵"]
    assert column(batch, "visit", "head_name") == ["李长贵", "李长贵"]
    assert set(column(batch, "member", "_recipient")) == {A}
    assert batch.reconciliation["data"].tolist() == [2, 1, 1, 1]


def test_where_it_was_taken_from_is_said_and_nothing_else_asked_for():
    batch = check(基本情况=FORM, 成员=MEMBERS)
    assert at(batch) == []
    (note,) = (f for f in batch.findings if f.code == "LY10")
    assert "户主姓名“李长贵”（工作表“基本情况”）" in note.message


def test_two_households_in_a_workbook_lend_nothing():
    batch = check(甲=FORM, 乙=FORM.replace("李长贵", "赵大山").replace(A, B), 成员=MEMBERS)
    assert "member" not in batch.tables
    assert [code for code, _ in at(batch)].count("LY04") == 1


def test_a_roster_beside_the_form_lends_nothing_either():
    roster = f"| 户主姓名 | 身份证号 | 家庭人口 |\n| 赵大山 | {B} | 1 |"
    batch = check(基本情况=FORM, 花名册=roster, 成员=MEMBERS)
    assert "member" not in batch.tables


def test_persons_of_nobody_are_no_households():
    """与户主关系 makes them members, though a list of households would have all it needs."""
    batch = check(成员=MEMBERS)
    assert list(batch.tables) == []
    assert [code for code, _ in at(batch)] == ["LY04"]
