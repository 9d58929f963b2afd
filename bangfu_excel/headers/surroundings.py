"""What holds for a whole region and stands outside it: township, village and class in 填报单位, the title or the sheet's name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.region import Constant
from bangfu_excel.core.table import Field, Table
from bangfu_excel.headers.label import header_key
from bangfu_excel.headers.lexicon import HELPER, TableLexicon
from bangfu_excel.headers.metadata import FORM_LABELS
from bangfu_excel.headers.reporter import reporters
from bangfu_excel.headers.whom import Elsewhere

_CLASS = "班级"
REPORTED, SHEET = "填报单位", "表名"
IMPLIED = frozenset({REPORTED, SHEET, "标题", "文件名"})
"""Sources that tell something without saying what it is."""
_PLACE_LABELS = ("县", "乡镇", "村", "组", _CLASS)
_HAN = r"[\u3400-\u9fff〇]"
_WITHIN = r"[^\W\d镇乡村街]"  # a character of a county's name
_PLACES = re.compile(
    rf"^(?:{_HAN}{{2,8}}?(?:省|自治区))?(?:{_HAN}{{2,8}}?(?:市|自治州|盟))?"
    rf"(?P<县>{_WITHIN}{{2,8}}?(?:自治县|县|旗|市|区))?"
    rf"(?P<乡镇>{_HAN}{{1,8}}?(?:街道|镇|乡)(?!村|[镇街土风贤邻愁]))?"
    rf"(?:人民政府|政府|党委|办事处|街道办事处|党政办|扶贫办|乡村振兴办)?"
    rf"(?P<村>{_HAN}{{1,8}}?(?:村|社区)(?!工作|振兴|民小组|干部))?"
)
_LEAD = re.compile(
    r"^(?:(?:\d+|[〇零一二三四五六七八九十]+)(?:年度?|月份?|日|[、.])|第?[一二三四1-4]季度|[上下]半年|[\s\d至—\-.、()（）【】《])*"
)  # a date, never the first character of a name: 上河村, 日新镇
_NO_PLACE = re.compile(
    r"^(?:各|全|本|该|所在|所属|城乡|城镇|城区|驻|农|行政|贫困|脱贫|帮扶|结对|包|入|示范|重点|出列|非|美丽|关于|巩固|深入|开展|县|乡|镇|村|中心|挂钩|联)"
)

_NUMBERS = "一二三四五六七八九十"
_CLASSES = re.compile(
    rf"(?<![\d{_NUMBERS}年第期.])[小初高]?[{_NUMBERS}1-9](?:年级|年)?(?:[(（]\d{{1,2}}[)）]|[(（][{_NUMBERS}]{{1,2}}[)）]|[.．]?\d{{1,2}}|[{_NUMBERS}]{{1,2}})"
    r"班(?![子主次级组委期])"
)  # 三年级1班, 初二（3）班; a grade and a number, so that 第一期培训班 and 领导班子 are none


_GOING_THERE = re.compile(r"送.{0,4}下乡$|(?:三|科技|文化|卫生|科普|法律|干部|教师)下乡$|[返回家故]乡$")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field for which the surroundings name different values: (value, source) pairs."""

    field: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Around:
    """What stands around a table, and the code lists whose labels its titles may hold."""

    metadata: Mapping[str, str]
    titles: Sequence[str]
    sheet_name: str
    elsewhere: Elsewhere
    file: str
    codelists: Mapping[str, CodeList]


def places_in(text: str) -> dict[str, str]:
    """County (县), township (乡镇) and village (村) that a title, unit or sheet name begins with.

    >>> places_in("2024年清水镇石桥村帮扶对象花名册")
    {'乡镇': '清水镇', '村': '石桥村'}
    """
    match = _PLACES.match(_LEAD.sub("", re.sub(r"\s", "", text)))
    found = {name: value for name, value in (match.groupdict() if match else {}).items() if value}
    if _NO_PLACE.match(found.get("村", "")):  # 青石镇农村低保花名册
        del found["村"]
    if any(_NO_PLACE.match(value) for value in found.values()) or _GOING_THERE.search(found.get("乡镇", "")):
        return {}
    if "乡镇" not in found:  # 某某县农业局 says nothing about its rows
        found.pop("县", None)
    return found


def class_in(text: str) -> str:
    """The one school class that a title or a sheet's name tells; "" where it tells none or several.

    >>> class_in("青石镇中心小学三年级（2）班留守儿童花名册")
    '三年级（2）班'
    """
    found = dict.fromkeys(_CLASSES.findall(re.sub(r"\s", "", text)))
    return next(iter(found)) if len(found) == 1 else ""


def constants(
    table: TableLexicon,
    mapped: frozenset[str],
    metadata: Mapping[str, str],
    titles: Sequence[str],
    sheet_name: str,
    *,
    elsewhere: Elsewhere,
    file: str = "",
    codelists: Mapping[str, CodeList] = MappingProxyType({}),
) -> tuple[tuple[Constant, ...], tuple[Disagreement, ...]]:
    """Values of fields of `table` without a column, from the surroundings; where these differ, none."""
    said: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    around = Around(metadata, titles, sheet_name, elsewhere, file, codelists)
    found = (
        *_sources(table, around, mapped),
        *_titled(table, mapped, ((SHEET, sheet_name), *(("标题", title) for title in titles))),
    )
    for field, value, source in found:
        if field in table.table and field not in mapped and value not in (v for v, _ in said[field]):
            said[field].append((value, source))
    agreed = tuple(Constant(field, *values[0]) for field, values in said.items() if len(values) == 1)
    differing = tuple(Disagreement(field, tuple(values)) for field, values in said.items() if len(values) > 1)
    return agreed, differing


def _sources(table: TableLexicon, around: Around, mapped: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    explicit = set()
    for label, value in around.metadata.items():
        field = _row_field(table, label)
        if field and value and label not in FORM_LABELS:
            explicit.add(field)
            yield field, value, label
    for label, (value, source) in around.elsewhere.items():
        field = _row_field(table, label)
        if field and field not in explicit:
            explicit.add(field)
            yield field, value, source
    yield from (implied for implied in _implied(table, around, mapped) if implied[0] not in explicit)


def _implied(table: TableLexicon, around: Around, mapped: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """What the names of the sheet, its title and its submitter tell without saying what it is."""
    reported, titles = around.metadata.get(REPORTED, ""), [("标题", title) for title in around.titles]
    for source, text in ((REPORTED, reported), (SHEET, around.sheet_name), *titles):
        for label, value in places_in(text).items():
            yield _row_field(table, label), value, source
    classes = [(class_in(text), source) for source, text in ((SHEET, around.sheet_name), *titles)]
    yield from [(_row_field(table, _CLASS), value, source) for value, source in classes if value][:1]
    for field in table.table.fields:
        if field.reporter:
            for value, source in reporters(field.reporter, reported, around.titles, around.sheet_name):
                yield field.name, value, source
        elif field.in_title and field.codelist in around.codelists and field.in_field not in mapped:
            yield from _in_title(table.table, field, around)


def _in_title(table: Table, field: Field, around: Around) -> Iterator[tuple[str, str, str]]:
    """What the title calls the sheet; else the sheet's name, else the file's."""
    codes = around.codelists[field.codelist]
    said = ((" ".join(around.titles), "标题"), (around.sheet_name, SHEET), (PurePath(around.file).stem, "文件名"))
    found = ((codes.label_in(text, (table.label, *table.titles)), source) for text, source in said)
    yield from [(field.name, label, source) for label, source in found if label is not None][:1]


def _titled(
    table: TableLexicon, mapped: frozenset[str], texts: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """What the title says of all rows (捐赠台账: 收入), where nothing but what a title may say has a column of the same need."""
    own = table.table
    for field, values in own.titled.items():
        others = {name for group in own.needs if field in group for name in group} - set(own.titled)
        said = [(value, s) for s, text in texts for value, words in values.items() if any(w in text for w in words)]
        if len({value for value, _ in said}) == 1 and others.isdisjoint(mapped):
            yield field, *said[0]


def _row_field(table: TableLexicon, label: str) -> str:
    """The field that a line such as 帮扶责任人：李四 above a table gives to all its rows."""
    field = table.certain.get(header_key(label))
    if field is None:
        return ""
    needed = any(field.name in group for group in table.table.needs_among(table.table.names)) or bool(field.reporter)
    return field.name if needed or field.facet == HELPER or label in _PLACE_LABELS else ""
