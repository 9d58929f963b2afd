"""The text for a township's chat: right counts, plain words, a date."""

import datetime as dt
from dataclasses import replace

from bangfu_excel.write.notice import Received, notice

CLEAN = Received("清水镇", 2, {"帮扶对象户": 6, "家庭成员": 17, "走访记录": 0}, 23, 0, 0, 0, 0, (), ())


def text(received):
    return notice(received, period="2024年6月", as_of=dt.date(2024, 6, 28), correction_days=5)


def test_a_clean_report_is_thanked_for():
    assert text(CLEAN) == (
        "【清水镇】2024年6月结对帮扶报表收报情况\n收到2个文件：帮扶对象户6行、家庭成员17行。\n已收下23行。\n没有需要更正的内容，谢谢。\n"
    )


def test_everything_that_is_to_be_done_is_said_with_its_number_and_the_day():
    received = replace(CLEAN, accepted=20, withheld=4, returned=2, duplicate=1, doubts=3, marked=("清水镇/户.xlsx",))
    lines = text(received).splitlines()
    assert "已收下20行，其中4行有待更正的内容。" in lines
    assert "1行与已报的完全相同，只计一次。" in lines
    assert any(line.startswith("退回2行") for line in lines)
    assert any(line.startswith("另有3条疑点") for line in lines)
    assert lines[-2:] == ["请于2024年7月3日前在退回的表格上更正或说明后报回：", "  清水镇/户.xlsx"]


def test_a_file_that_could_not_be_read_is_named_with_its_reason():
    received = Received("柳溪镇", 1, {}, 0, 0, 0, 0, 0, ("去年.xlsx：文件已损坏。请重新保存。",), ())
    assert text(received).splitlines()[1:] == [
        "收到1个文件，没有读出数据。", "没有收下的文件或工作表，请处理后重报：", "  去年.xlsx：文件已损坏。请重新保存。",
        "请于2024年7月3日前报回。",
    ]  # fmt: skip
