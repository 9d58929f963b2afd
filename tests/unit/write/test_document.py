"""An official document: how its title is broken, and that a signature never stands alone on a page."""

import pytest

from bangfu_excel.write.document import Paper

LONG = "关于2013年6月困难家庭、困难党员和留守儿童结对帮扶", "走访情况的通报"


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (["关于2013年6月", "结对帮扶", "走访情况的通报"], ["关于2013年6月结对帮扶走访情况的通报"]),
        (
            ["关于2013年5月“1+1+1”", "结对帮扶", "暨五送活动", "走访情况的通报"],
            ["关于2013年5月“1+1+1”结对帮扶", "暨五送活动走访情况的通报"],
        ),
        (
            ["关于2016年12月困难户、困难党员", "结对帮扶", "走访情况的通报"],
            ["关于2016年12月困难户、困难党员", "结对帮扶走访情况的通报"],
        ),
        (
            ["关于石门县2013年上半年农村留守儿童", "结对帮扶", "暨爱心妈妈关爱孤儿活动", "走访情况的通报"],
            ["关于石门县2013年上半年农村留守儿童", "结对帮扶暨爱心妈妈关爱孤儿活动", "走访情况的通报"],
        ),
        (LONG, list(LONG)),
    ],
)
def test_a_title_is_broken_between_its_parts_into_even_lines(parts, lines):
    paper = Paper("通报")
    paper.title(parts)
    assert [paragraph.text for paragraph in paper.document.paragraphs] == lines


def test_a_signature_takes_the_end_of_the_text_to_the_next_page():
    paper = Paper("通报")
    paper.body("现将走访情况通报如下：")
    paper.body("名单见附表。")
    paper.signed("平川县帮扶办", "2013年7月1日")
    kept = [bool(paragraph.paragraph_format.keep_with_next) for paragraph in paper.document.paragraphs]
    assert kept == [False, True, True, True, True, False]
