"""`bangfu check` on sheets that say in the title, in one cell or beside it what should stand in a column of its own."""

import csv
import sys

import openpyxl
import pytest

from bangfu_excel.cli.app import run_app

BOOKS = {
    "云岭县水利局/请假.xlsx": [
        ["2024年请假登记表"],
        ["填报单位：云岭县水利局　填报时间：2024年6月20日"],
        ["请假人", "工作单位", "请假起止时间", "请假事由", "批准人"],
        ["李明", "云岭县水利局", "2024年3月15日-17日", "住院", "孙局长"],
        ["王芳", "云岭县水利局", "4.2至4.5", "出差", "孙局长"],
        ["赵强", "云岭县水利局", "5.13", "看病", "孙局长"],
        ["周敏", "云岭县水利局", 5.14, "看病", "孙局长"],
    ],
    "云岭县水利局/干部.xlsx": [
        ["云岭县水利局帮扶干部名册"], ["填报时间：2024年6月20日"],
        ["姓名", "性别", "职务", "联系电话"], ["李明", "男", "股长", "13900020001"], ["王芳", "女", "科员", "13900020002"],
    ],
    "云岭县水利局/材料.xlsx": [
        ["帮扶工作材料报送登记表"], ["填报单位：云岭县水利局　填报时间：2024年6月20日"],
        ["资料名称", "报送时间", "报送人"], ["2024年上半年工作总结", "2024-06-19", "李明"], ["帮扶责任书", "2024-01-20", "李明"],
    ],
    "青石镇中心小学/谈心.xlsx": [
        ["谈心记录卡"], ["填报单位：青石镇中心小学　填报时间：2024年6月20日"],
        ["日期", "教师", "学生姓名", "内容"], ["2024-06-16", "周晓燕", "张小雨", "问了家里的事，约好周末补课"],
    ],
    "青石镇中心小学/救助.xlsx": [
        ["2024年帮扶措施台账"], ["填报单位：青石镇中心小学　填报时间：2024年6月20日"],
        ["村", "户主姓名", "学生姓名", "措施内容", "实施时间", "措施类别", "帮扶干部", "责任人"],
        ["柳溪村", "张建国", "张小雨", "资助学费", "2024-03-10", "教育帮扶", "周晓燕", "李明"],
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    """What the command found: file, code, cell and message."""
    folder = tmp_path_factory.mktemp("收件")
    for name, rows in BOOKS.items():
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        (folder / "inbox" / name).parent.mkdir(parents=True, exist_ok=True)
        book.save(folder / "inbox" / name)
    with pytest.MonkeyPatch.context() as patch:
        words = ["check", folder / "inbox", "--as-of", "2024-06-30", "-o", folder / "out", "--engine", "serial"]
        patch.setattr(sys, "argv", ["bangfu", *map(str, words), "--no-progress"])
        with pytest.raises(SystemExit):
            run_app()
    with (folder / "out" / "data" / "findings.csv").open(encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def of(findings, file, *codes):
    return [(f["code"], f["cell"]) for f in findings if f["file"].endswith(file) and f["code"] in codes]


def test_nothing_is_returned_but_the_number_that_may_be_two_days(findings):
    errors = [(f["file"].rpartition("/")[2], f["code"], f["cell"]) for f in findings if f["severity"] == "error"]
    assert errors == [("请假.xlsx", "NV38", "C7")]


def test_spans_and_years_are_told_with_before_and_after(findings):
    assert of(findings, "请假.xlsx", "NV18", "NV19", "LY09") == [("NV18", "C4"), ("NV19", "C6")]
    (told,) = [f["message"] for f in findings if f["code"] == "NV18"]
    assert "“2024年3月15日-17日”读作“2024-03-15至2024-03-17”" in told


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("干部.xlsx", "帮扶单位“云岭县水利局”（标题）"), ("材料.xlsx", "报送单位“云岭县水利局”（填报单位）"), ("谈心.xlsx", "记录种类“谈心记录卡”（标题）"),
    ],
)  # fmt: skip
def test_what_is_taken_from_above_the_table_is_said(findings, file, words):
    (told,) = [f["message"] for f in findings if f["file"].endswith(file) and f["code"] == "LY10"]
    assert words in told


def test_a_title_says_of_which_kind_a_paper_is(findings):
    (told,) = [f["message"] for f in findings if f["code"] == "NV41"]
    assert "“2024年上半年工作总结”取作“半年小结”" in told


def test_nobody_is_asked_to_tell_apart_what_is_apart(findings):
    assert of(findings, "救助.xlsx", "LY06", "LY07", "LY08") == []
