"""Findings: what is wrong or noteworthy, exactly where, and what to do."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


class Severity(StrEnum):
    """How sure we are that something is wrong."""

    ERROR = "error"
    WARNING = "warning"  # 疑点: may be true
    INFO = "info"  # 提示


class Effect(StrEnum):
    """What a finding does to its row."""

    ROW = "row"  # 退回: who, whom or when is not established
    FIELD = "field"  # 待更正: the value is withheld, the row counts
    SHEET = "sheet"
    NONE = "none"


SEVERITY_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "疑点", Severity.INFO: "提示"}
EFFECT_LABELS = {Effect.ROW: "退回", Effect.FIELD: "待更正", Effect.SHEET: "整表", Effect.NONE: ""}

_SHOWN = 20  # rows of a notebook's table

FINDING_COLUMNS = (
    "code", "severity", "effect", "file", "sheet", "cell", "row", "field", "label", "value",
    "message", "suggestion", "related", "count",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a file, a sheet, a cell. `cell` and `row` as Excel shows them; empty and 0 where it is about the whole sheet or file.

    label: the header as the submitter wrote it · value: the value as stored · table, field: canonical names.
    record: the `_row` of the row that it is about, 0 where it is about none; it differs from `row` in a form only.
    """

    file: str
    sheet: str = ""
    cell: str = ""
    row: int = 0
    table: str = ""
    field: str = ""
    label: str = ""
    value: str = dataclasses.field(default="", repr=False)  # personal: nothing of it in logs and exceptions
    record: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `related` lists other cells that it stands for, as `B7`, `表!B7` or `文件|表!B7`; `count` includes the first."""

    code: str
    severity: Severity
    effect: Effect
    place: Place
    message: str
    suggestion: str = ""
    told: str = ""  # for another township's eyes, where `message` is not
    related: tuple[str, ...] = ()
    count: int = 1

    def __repr__(self) -> str:
        """Code, weight and cell: the words may name people, and a finding is printed in notebooks and tracebacks."""
        place = self.place
        return f"Finding({self.code} {self.severity} {place.file}|{place.sheet}!{place.cell} ×{self.count})"

    @property
    def sort_key(self) -> tuple[str, str, int, int, str, str]:
        place = self.place
        letters = place.cell.rstrip("0123456789")
        return (place.file, place.sheet, place.row, len(letters), letters, self.code)


@dataclass(frozen=True, repr=False)
class Findings:
    """A sequence of findings, ordered by file, sheet, row, column and code; filters return `Findings` again."""

    items: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, *groups: Iterable[Finding]) -> Findings:
        """All findings of `groups`, in the canonical order, equal ones once."""
        return cls(tuple(sorted(dict.fromkeys(f for group in groups for f in group), key=lambda f: f.sort_key)))

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def filter(
        self,
        *,
        severity: Severity | str | None = None,
        effect: Effect | str | None = None,
        code: str | None = None,
        table: str | None = None,
        file: str | None = None,
    ) -> Findings:
        """The findings that fit every argument given."""
        return Findings(
            tuple(
                f
                for f in self.items
                if (severity is None or f.severity == severity)
                and (effect is None or f.effect == effect)
                and (code is None or f.code == code)
                and (table is None or f.place.table == table)
                and (file is None or f.place.file == file)
            )
        )

    @property
    def frame(self) -> pd.DataFrame:
        """One row a finding, columns `FINDING_COLUMNS` (text; row and count Int64, row missing where there is none)."""
        import pandas as pd  # here, so that the process that reads files starts without it

        records = [
            (
                f.code, str(f.severity), str(f.effect), f.place.file, f.place.sheet, f.place.cell,
                f.place.row or None, f.place.field, f.place.label, f.place.value,
                f.message, f.suggestion, "、".join(f.related), f.count,
            )
            for f in self.items
        ]  # fmt: skip
        frame = pd.DataFrame.from_records(records, columns=list(FINDING_COLUMNS))
        text = [name for name in FINDING_COLUMNS if name not in ("row", "count")]
        return frame.astype({**dict.fromkeys(text, "str"), "row": "Int64", "count": "Int64"})

    def __repr__(self) -> str:
        """Counts only: what a finding says may name people."""
        counted = Counter(f.severity for f in self.items)
        parts = "，".join(f"{label}{counted[severity]}" for severity, label in SEVERITY_LABELS.items())
        return f"Findings({len(self.items)}：{parts})"

    def _repr_html_(self) -> str:
        """The first findings with their places; the sentences, which may name people, are in `frame`."""
        header = "".join(
            f"<th>{name}</th>" for name in ("规则", "程度", "处理", "文件", "工作表", "单元格", "栏目", "处数")
        )
        lines = "".join(_html_row(f) for f in self.items[:_SHOWN])
        more = f"<p>……共{len(self.items)}条，全文见 .frame</p>" if len(self.items) > _SHOWN else ""
        return f"<p>{escape(repr(self))}</p><table><tr>{header}</tr>{lines}</table>{more}"


def _html_row(finding: Finding) -> str:
    place = finding.place
    cells = (
        finding.code, SEVERITY_LABELS[finding.severity], EFFECT_LABELS[finding.effect], place.file, place.sheet,
        place.cell, place.label, str(finding.count),
    )  # fmt: skip
    return "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in cells) + "</tr>"
