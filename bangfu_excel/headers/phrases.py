"""Parts of sentences about headers."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu_excel.core.address import column_letters
from bangfu_excel.headers.block import HeaderColumn
from bangfu_excel.headers.candidates import Candidate, doubts
from bangfu_excel.headers.choose import Choice
from bangfu_excel.headers.resolve import Claim


def maybe(column: HeaderColumn, likely: Candidate | None) -> str:
    """（疑似乱码） and （是不是“…”？） behind a header that is garbled or like another."""
    doubt = doubts(column.levels[1])
    return f"{doubt}（是不是“{likely.field.label}”？）" if likely else doubt


def like_table(nearest: Choice | None, choices: Sequence[Choice]) -> str:
    """Which table a header is nearest to, and what it lacks to be one."""
    if nearest is None:
        return "不像" + "、".join(f"“{c.table.label}”" for c in choices) + "中的任何一种。"
    table = nearest.table
    groups = ["或".join(f"“{table[name].label}”" for name in group) for group in nearest.missing]
    lacking = f"，但缺少{'；缺少'.join(groups)}列" if groups else ""
    if not groups and not nearest.weight[1]:
        lacking = "，但没有一个表头只属于这种表"
    return f"最像“{table.label}”{lacking}。"


def either(claims: Sequence[Claim]) -> str:
    """The fields that a column may be: “…”还是“…”."""
    labels = list(dict.fromkeys(claim.field.label for claim in claims))
    words = "还是".join(f"“{label}”" for label in labels)
    return words if len(labels) > 1 else f"不是{words}（可能的列不止一列）"


def lettered(columns: Sequence[HeaderColumn]) -> str:
    """The columns with their letters."""
    return "、".join(f"{column_letters(c.index)}列“{c.label}”" for c in columns)


def listed(labels: Sequence[str], most: int = 20) -> str:
    """The labels in a sentence, the first of them where they are many."""
    words = "、".join(f"“{label}”{doubts(label)}" for label in labels[:most])
    return words + (f"等{len(labels)}个" if len(labels) > most else "")
