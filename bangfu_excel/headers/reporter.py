"""Whose sheet it is: the unit or school that 填报单位, the title or the sheet's name tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu_excel.core.table import Reporter

_HAN = r"[\u3400-\u9fff〇]"
_SCHOOLS = "学校|小学|中学|完小|初中|高中|职高|职中|幼儿园|教学点|学院|大学|党校"
_UNITS = (
    rf"{_SCHOOLS}|局|法院|检察院|医院|卫生院|总工会|工会|团委|妇联|残联|科协|文联|工商联|红十字会|委员会|纪委|监委|政法委|组织部|宣传部|统战部|"
    "办公室|公司|银行|支行|分行|信用社|供销社|气象站|档案馆|文化馆|图书馆|大队|支队"
)
_ENDING = re.compile(
    rf"{_HAN}{{2,}}(?:{_UNITS}|委|办|院|行|中心|站|所|厂|社|会|部|处|队|馆|集团)(?<!社区居委会)(?<!村民委员会)(?<!居民委员会)(?<!村委会)"
)
_BEGINNING = re.compile(
    rf"(?P<unit>{_HAN}{{2,18}}?(?:{_UNITS}))(?=$|[\d（(【《“〔]|关于|开展|参加|[帮结驻干党教志爱留困孤学儿走谈家请材活培座主慰资物民成周工人名初高七八九一二三四五六])"
)
_STAMP = re.compile(r"[(（](?:盖章|公章|章)[)）]$|盖章$")
_COLLECTING = re.compile(r"扶贫|脱贫|乡村振兴|帮扶|领导小组|指挥部|政府|[县市区]委$|县委办|各|有关")
_NO_UNIT = re.compile(
    r"^(?:全|本|该|我|所|城乡|农村|驻|贫困|结对|包|示范|关于|巩固|开展|乡|镇|村|挂钩|联|留守|困境|孤|志愿|爱心|教师|学生|中小|小学|中学|家长|民办|公办)"
)


def reporters(asked: Reporter, reported: str, titles: Sequence[str], sheet_name: str) -> Iterator[tuple[str, str]]:
    """(name, source) of whoever of that sort the sheet is of; the same name in two forms (县水利局, 云岭县水利局) is the longer one.

    >>> list(reporters(Reporter.UNIT, "", ["2024年云岭县水利局帮扶干部名册"], "Sheet1"))
    [('云岭县水利局', '标题')]
    """
    said = [(_STAMP.sub("", re.sub(r"\s", "", reported)), "填报单位")]
    if not (asked is Reporter.ANYBODY and said[0][0]):
        said += [
            (unit_at_start(text), source) for text, source in (*((t, "标题") for t in titles), (sheet_name, "表名"))
        ]
    found = dict[str, str]()
    for name, source in said:
        if name and (_fits(name, asked) or (asked is Reporter.ANYBODY and source == "填报单位")):
            found.setdefault(name, source)
    for name, source in found.items():
        if not any(name != other and name in other for other in found):
            yield name, source


def unit_at_start(text: str) -> str:
    """The unit that a title begins with, or that a sheet is named after; "" where there is none."""
    match = _BEGINNING.match(_LEAD.sub("", re.sub(r"\s", "", text)))
    return match["unit"] if match and not _NO_UNIT.match(match["unit"]) else ""


def _fits(name: str, asked: Reporter) -> bool:
    if _COLLECTING.search(name) or _NO_UNIT.match(name):
        return False  # who gathers the lists of others
    if asked is Reporter.SCHOOL:
        return re.search(rf"(?:{_SCHOOLS})$", name) is not None
    return _ENDING.fullmatch(name) is not None


_LEAD = re.compile(
    r"^(?:(?:19|20)\d{2}(?:年度?|[-—至]))?(?:(?:19|20)\d{2}学?年度?)?(?:\d{1,2}月份?|第?[一二三四1-4]季度|[上下]半年|秋季|春季|学期|[、.\-—])*"
)
