"""What a county has that nobody else has: columns and code lists of its own, in its county.toml."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from pydantic import Field

from bangfu_excel.core import kinds
from bangfu_excel.core.codelist import CodeEntry, CodeList
from bangfu_excel.core.kinds.base import Kind
from bangfu_excel.core.scheme import Strict
from bangfu_excel.core.table import Field as TableField
from bangfu_excel.core.table import Privacy
from bangfu_excel.errors import DeclarationError
from bangfu_excel.profile.toml import did_you_mean

OwnKind = Literal["text", "integer", "number", "money", "area", "date", "yes_no", "person", "phone", "code", "codes"]
_KINDS: Mapping[OwnKind, Kind] = {
    "text": kinds.TEXT, "integer": kinds.INTEGER, "number": kinds.NUMBER, "money": kinds.MONEY, "area": kinds.AREA,
    "date": kinds.DATE, "yes_no": kinds.YES_NO, "person": kinds.PERSON, "phone": kinds.PHONE, "code": kinds.CODE,
    "codes": kinds.CODES,
}  # fmt: skip
_UNITS: Mapping[OwnKind, str] = {"money": "元", "area": "亩"}
_PRIVACY: Mapping[OwnKind, Privacy] = {"person": Privacy.NAME, "phone": Privacy.PHONE}


class OwnField(Strict):
    """A column that the county adds to a table. kind: what stands in it; of codes, `codelist` names the list."""

    label: str
    kind: OwnKind = "text"
    codelist: str = ""
    aliases: tuple[str, ...] = ()
    unit: str = ""
    low: float | None = None
    high: float | None = None
    hidden: bool = False
    help: str = ""
    example: str = ""

    def declared(self, name: str, codelists: Collection[str]) -> TableField:
        """The column `name`; `DeclarationError` where what is said of it cannot be."""
        coded = self.kind in ("code", "codes")
        if coded and self.codelist not in codelists:
            raise DeclarationError(
                f"没有“{self.codelist}”这个代码表{did_you_mean(self.codelist, codelists)}"
                if self.codelist
                else "要写明代码表（codelist）"
            )
        if self.codelist and not coded:
            raise DeclarationError("从代码表里选的，kind 要写 code（一项）或 codes（几项）")
        return TableField(
            name, self.label, _KINDS[self.kind], aliases=self.aliases, codelist=self.codelist,
            unit=self.unit or _UNITS.get(self.kind, ""), low=self.low, high=self.high,
            privacy=Privacy.HIDDEN if self.hidden else _PRIVACY.get(self.kind, Privacy.NONE),
            help=self.help or f"填写{self.label}。", example=self.example, width=max(10, 2 * len(self.label)),
        )  # fmt: skip


class OwnEntry(Strict):
    """One label of a county's own code list."""

    label: str
    synonyms: tuple[str, ...] = ()


class OwnList(Strict):
    """A code list that the county adds."""

    title: str
    entries: tuple[OwnEntry, ...] = Field(min_length=1)

    def declared(self, name: str) -> CodeList:
        """The list `name`; `DeclarationError` where a word stands for two labels."""
        entries = tuple(CodeEntry(entry.label, entry.synonyms) for entry in self.entries)
        return CodeList(name, self.title, entries, "本县自定")


def with_own(fields: Iterable[TableField], own: Iterable[TableField]) -> tuple[TableField, ...]:
    """The columns of a table and the county's own: before 备注, where it is the last."""
    every = list(fields)
    tail = [every.pop()] if every and every[-1].name == "remark" else []
    return (*every, *own, *tail)
