"""What a finding says: one record of code, weight and words, whoever finds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from bangfu_excel.core.finding import Effect, Finding, Place, Severity
from bangfu_excel.errors import DeclarationError

PLACE_WORDS = frozenset({"file", "sheet", "cell", "row", "label", "value"})
"""Placeholders that the finding's place always fills."""


class Subject(StrEnum):
    """The chapter of the rule book that a message stands in."""

    FILE = "文件与表格"
    LAYOUT = "表头与版式"
    VALUE = "填写格式"
    IDENTITY = "身份信息"
    HOUSEHOLD = "家庭结构"
    LIVELIHOOD = "就学、健康与务工"
    ECONOMY = "收入与经济"
    PAIRING = "结对与走访"
    CHILD = "儿童"
    VILLAGE = "村情"
    WORK = "单位与工作材料"
    LINK = "对象与帮扶人匹配"
    MERGE = "重复与冲突"
    SUBMISSION = "报送"


@dataclass(frozen=True)
class Message:
    """One thing that can be said of submitted data.

    says, suggests: sentences for a township clerk, with `{placeholders}`; `PLACE_WORDS` are always there.
    told: what another township may read instead, where `says` would show people who are not its own.
    basis: where the rule comes from (DOMAIN id, standard, 本程序约定).
    """

    code: str
    title: str
    severity: Severity
    effect: Effect
    says: str
    suggests: str
    basis: str
    subject: Subject
    told: str = ""

    def __post_init__(self) -> None:
        if not (self.code and self.title and self.says and self.basis):
            raise DeclarationError(f"规则{self.code or self.title}缺少编号、名称、说明或依据")
        if self.effect in (Effect.ROW, Effect.FIELD) and self.severity is not Severity.ERROR:
            raise DeclarationError(f"规则{self.code}：只有错误才能退回或待更正")
        if self.severity is Severity.ERROR and not self.suggests:
            raise DeclarationError(f"规则{self.code}是错误，必须说明怎样更正")

    @property
    def placeholders(self) -> frozenset[str]:
        """Names that must be given beside the place."""
        named = {
            name
            for words in (self.says, self.suggests, self.told)
            for _, name, _, _ in Formatter().parse(words)
            if name
        }
        return frozenset(named - PLACE_WORDS)

    def finding(self, place: Place, *, related: tuple[str, ...] = (), count: int = 1, **words: object) -> Finding:
        """The finding of this message at `place`; a missing placeholder raises `KeyError`."""
        filled = {
            "file": place.file, "sheet": place.sheet, "cell": place.cell, "row": place.row,
            "label": place.label, "value": place.value, **words,
        }  # fmt: skip
        return Finding(
            code=self.code, severity=self.severity, effect=self.effect, place=place,
            message=self.says.format_map(filled), suggestion=self.suggests.format_map(filled),
            told=self.told.format_map(filled), related=related, count=count,
        )  # fmt: skip
