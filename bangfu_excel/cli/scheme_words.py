"""Everything that a scheme says, in plain Chinese: one walk over the model, so that nothing it holds is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pydantic import BaseModel

from bangfu_excel.core.scheme import Cadence, DatedAssessing, Reporting, Scheme, due_words
from bangfu_excel.core.table import Table

UNSET = "未设定"
WORDS: Mapping[str, str] = {
    "person": "个人", "group": "小组", "unit": "单位", "school": "学校", "branch": "支部", "household": "户", "child": "儿童",
    "village": "村", "helper": "帮扶人", "teacher": "教师", "class-teacher": "班主任", "pupil": "学生", "office": "工作组",
    "guardian": "监护人", "public": "群众", "day": "天", "3-days": "三天", "week": "周", "half-month": "半月", "month": "月",
    "quarter": "季度", "half-year": "半年", "year": "年", "term": "学期", "vacation": "假期", "festival": "节日",
    "birthday": "生日", "event": "事件", "programme": "实施期", "phase": "阶段", "recipient": "每个对象", "group-village": "每组每村",
    "unit-village": "每个单位每村", "unit-recipient": "每个单位每个对象", "villager-group": "每个村民组", "class": "每个班级",
    "ledger": "台账", "card": "卡片", "form": "表", "report": "报告", "statistics": "统计", "file": "档案",
    "all-or-nothing": "不达标不得分", "per-occurrence": "按次扣分", "per-step": "按档扣分", "threshold": "达线得分",
    "minimum-count": "达到次数得分", "missing-item": "缺项折算", "composite": "几项平均", "survey": "测评比例",
    "bonus": "加分", "self-check": "自评与核查", "veto": "一票否决", "discretion": "酌情", "headmaster": "校长",
    "township": "乡镇", "county": "县", "rescale": "按缺项折算", "full": "计满分", "zero": "计零分",
}  # fmt: skip
"""What the words of a file are called in a listing."""

_SILENT = frozenset({"checklist", "id", "title", "unset", "version", "plan", "default_pattern"})
_POINTS = frozenset({"weight", "deduct", "each", "total", "bonus_most", "below"})
_OF_CADENCE = frozenset({"who", "whom", "count", "most", "per", "counter"})  # said in one sentence
_SHOWN_AT_DEFAULT = frozenset({"start", "end", "whom", "document_number", *Reporting.model_fields})


@dataclass(frozen=True)
class Names:
    """What a scheme names by its id: tables, and the titles of ledgers, metrics, and lines of its own score sheet."""

    tables: Mapping[str, Table]
    ledgers: Mapping[str, str]
    metrics: Mapping[str, str]
    lines: Mapping[str, str] = field(default_factory=dict)


def scheme_lines(scheme: Scheme, names: Names) -> Iterator[str]:
    """The lines to print: sections, their elements, what is 未设定, and what does not fit together in the plan itself."""
    plan = f"  对应方案{scheme.plan}" if scheme.plan else ""
    yield f"{scheme.title}（{scheme.id}）  版本{scheme.version}{plan}"
    lines = {line.id: line.title for line in scheme.assessing.indicators}
    yield from _section(scheme, replace(names, lines=lines), 1)
    if default := [pattern.title for pattern in scheme.patterns if pattern.id == scheme.default_pattern]:
        yield f"  没有写结对方式的按：{default[0]}"
    for hint in scheme.hints:
        yield f"注意：{hint}"


def _section(record: BaseModel, names: Names, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for name, key in type(record).model_fields.items():
        value = getattr(record, name)
        if name in _SILENT or not _is_said(record, name, value):
            continue
        label = str(key.title)
        if isinstance(value, BaseModel) and not _is_flat(value):
            yield f"{indent}【{label}】"
            yield from _section(value, names, depth + 1)
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            yield f"{indent}【{label}】"
            for item in value:
                yield f"{indent}  · {_element(item, names)}"
        else:
            yield f"{indent}{label}：{_said(_labelled(record, name, value, names), names)}"


def _element(item: BaseModel, names: Names) -> str:
    """One element on one line: its name, then everything else that it says, then the ids that it implements."""
    title = str(getattr(item, "title", "") or getattr(item, "code", "") or getattr(item, "source", ""))
    parts = (
        [_cadence(item)] if isinstance(item, Cadence) else [f"数量：{UNSET}"] if getattr(item, "unset", False) else []
    )
    parts += _parts(item, names)
    ids = getattr(item, "checklist", ())
    if ids:
        parts.append(f"要求编号：{'、'.join(ids)}")
    return f"{title}　{'；'.join(parts)}" if title and parts else title or "；".join(parts)


def _parts(item: BaseModel, names: Names) -> list[str]:
    silent = _SILENT | _OF_CADENCE if isinstance(item, Cadence) else _SILENT
    return [
        f"{key.title}：{_said(_labelled(item, name, getattr(item, name), names), names)}"
        for name, key in type(item).model_fields.items()
        if name not in silent and _is_said(item, name, getattr(item, name))
    ]


def _cadence(cadence: Cadence) -> str:
    """小组对村：每周至少1次（按每组每村计）"""
    counter = f"（按{WORDS[cadence.counter]}计）" if cadence.counter else ""
    often = f"每{WORDS[cadence.per]}" if cadence.per != "programme" else "实施期内"
    if cadence.unset:
        times = f"次数{UNSET}，请本县在方案文件里写明"
    else:
        times = f"至少{cadence.count}次" if cadence.most is None else f"{cadence.count}至{cadence.most}次"
    return f"{WORDS[cadence.who]}对{WORDS[cadence.whom]}：{often}{times}{counter}"


def _is_said(record: BaseModel, name: str, value: object) -> bool:
    """Whether a field is worth a word: it was given, or nobody who reads the listing should have to guess it."""
    if name in _SHOWN_AT_DEFAULT and not isinstance(record, DatedAssessing):
        return True
    return name in record.model_fields_set and value not in ("", (), {}, None, False)


def _said(value: object, names: Names) -> str:
    if value is None or value == "":
        return UNSET
    if value is True:
        return "是"
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, BaseModel):
        return (
            _bounds(value) if _is_flat(value) else f"{getattr(value, 'title', '')}（{'，'.join(_parts(value, names))}）"
        )
    if isinstance(value, Mapping):
        return "、".join(f"{names.lines.get(key, f'{key} ')}{_said(item, names)}" for key, item in value.items())
    if isinstance(value, tuple):
        return "、".join(_said(item, names) for item in value)
    if isinstance(value, float):
        return f"{round(value * 100, 9):g}%" if value <= 1 else f"{value:g}"
    return _word(str(value), names)


def _labelled(record: BaseModel, name: str, value: object, names: Names) -> object:
    """The labels of the tables, or titles of the ledgers or lines, that a value names, else the value; a table has the name of
    something else in other places. A number of points is no share.
    """
    if isinstance(value, float) and (name in _POINTS or (name == "least" and hasattr(record, "below"))):
        return f"{value:g}分"
    if name == "threshold" and getattr(record, "mode", "") == "minimum-count":
        return f"{value:g}"
    if name == "parts" and isinstance(value, tuple):
        return tuple(names.lines[line] for line in value)
    if name in ("tables", "blank") and isinstance(value, tuple):
        return tuple(names.tables[table].label for table in value)
    if name == "ledgers" and isinstance(value, tuple):
        return tuple(names.ledgers[ledger] for ledger in value)
    if name == "statistics" and isinstance(value, tuple):
        titles = {statistic.id: statistic.title for table in names.tables.values() for statistic in table.statistics}
        return tuple(titles[one] for one in value)
    if isinstance(value, str) and name == "due":
        return due_words(value)
    if isinstance(value, str) and name in ("table", "ledger"):
        return names.tables[value].label if name == "table" else names.ledgers[value]
    return value


def _word(word: str, names: Names) -> str:
    """A field by its label, a word of the file's own in Chinese, anything else as it stands."""
    place, _, label = word.partition("=")
    table, _, name = place.partition(".")
    if table in names.tables and name in names.tables[table]:
        return f"{names.tables[table].label}“{names.tables[table][name].label}”{f'（{label}）' if label else ''}"
    return names.metrics.get(word) or WORDS.get(word, word)


def _is_flat(record: BaseModel) -> bool:
    return set(type(record).model_fields) == {"least", "most"}


def _bounds(record: BaseModel) -> str:
    least, most = getattr(record, "least", 0), getattr(record, "most", None)
    if least == most:
        return f"正好{least}个"
    return f"至少{least}个" if most is None else f"{least}–{most}个"
