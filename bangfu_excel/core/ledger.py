"""What a ledger (台账) is: the typed model of one file under templates/ledgers/, and the columns that are computed for it.

A column is named by

- a field of the sheet's table (`found_on`);
- `recipient.<field>`: of the household, child, village or unit that the row means (`recipient.head_name`), the row's own
  statement of it where nobody was found; `recipient.number` and `recipient.name` are what it is called by, whoever it is;
- `place` (township, village, group) and `recipient` (number, name), which stand for several columns, of the recipient where the
  table means one, else its own;
- a derived column of the table (`Derived.name`), or `recipient.<derived column>`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd
from pydantic import Field, model_validator

from bangfu_excel.core.file_names import FileTitle, SheetTitle
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme.element import Strict
from bangfu_excel.core.table import Privacy

RECIPIENTS = ("household", "child", "village", "unit")
"""Tables whose rows can be meant by others: `recipient.…` is looked up in them, in this order."""
PLACE, RECIPIENT, AREA = "place", "recipient", "area"
"""Words that stand for several columns; and, in `by` and `group`, for the next smaller area: township, village, group."""


@dataclass(frozen=True)
class Seen:
    """What a derived column may look at beside the rows: the day, the period, and the accepted rows of every table."""

    as_of: dt.date
    period: Period
    tables: Mapping[str, pd.DataFrame]

    @property
    def day(self) -> dt.date:
        """The day for which ledgers and assessment say who helps whom: the end of the period, as far as it is known."""
        return min(self.period.end, self.as_of)


@dataclass(frozen=True)
class Derived:
    """A column of a table that nobody fills in: computed from the columns `reads`, left out where one of them is not there.

    of: the rows of the table → the values, on the same index; text, numbers, dates or yes/no say how they look ·
    tints: value → fill of its cell (good, warning, error, info) · privacy: what the public sees of it · unit, width: as of a field.
    """

    name: str
    title: str
    table: str
    reads: tuple[str, ...]
    of: Callable[[pd.DataFrame, Seen], pd.Series]
    unit: str = ""
    width: int = 10
    number_format: str = ""
    privacy: Privacy = Privacy.NONE
    tints: Mapping[str, str] = field(default_factory=dict)


Values = Mapping[str, tuple[str, ...]]
"""Column → the values that are meant; "" is a blank cell, of several values in a cell one suffices."""


class Measure(Strict):
    """A column of a summary: how many records, the sum of a column, or one measure less (or divided by) another.

    where: only the records with these values · total: whether a sum of all groups means anything (of numbers of different things
    it does not).
    """

    title: str = Field(title="名称")
    count: bool = Field(default=False, title="笔数")
    sum: str = Field(default="", title="合计的栏目")
    minus: tuple[str, ...] = Field(default=(), title="前一项减后一项")
    share: tuple[str, ...] = Field(default=(), title="前一项占后一项")
    where: Values = Field(default_factory=dict, title="条件")
    total: bool = Field(default=True, title="各组合计")

    @model_validator(mode="after")
    def _one_way(self) -> Measure:
        if sum(map(bool, (self.count, self.sum, self.minus, self.share))) != 1:
            raise ValueError("要写明怎样算：count、sum、minus、share 四选一")
        if (self.minus or self.share) and self.where:
            raise ValueError("由另外两项算出的（minus、share）不能再写条件（where）")
        if any(pair and len(pair) != 2 for pair in (self.minus, self.share)):
            raise ValueError("minus、share 各写两项的名称")
        return self


class LedgerSheet(Strict):
    """One sheet of a ledger.

    kind: a list has a row a record, a summary a row a group of the records of a list before it, a profile a column a record ·
    title: of the sheet; heading: over the table · where: which records · columns: in their order · headings: column → what it is
    called here · spare: of `columns`, those shown only where something is filled in · hidden: never shown · rest: fields that are
    named nowhere are shown where something is filled in · sort: columns, `-` before one for the latest first (official order of
    places, after the table's date, where nothing is said) · group: column whose values make blocks with 小计 ·
    total: column → 户, 件 … (how many are filled in) or `sum` · frozen: the last column kept in sight · dated: what the days of
    the records are called in the line under the title · of: title of the list that is summed up (the first of this table) ·
    by, measures: of a summary · per_page: of a profile, records side by side on a printed page.
    """

    kind: Literal["list", "summary", "profile"] = Field(default="list", title="种类")
    title: SheetTitle = Field(title="名称")
    heading: str = Field(default="", title="表头上的标题")
    table: str = Field(title="取自")
    where: Values = Field(default_factory=dict, title="条件")
    columns: tuple[str, ...] = Field(default=(), title="栏目")
    headings: Mapping[str, str] = Field(default_factory=dict, title="栏目的叫法")
    spare: tuple[str, ...] = Field(default=(), title="有内容才列的栏目")
    hidden: tuple[str, ...] = Field(default=(), title="不列的栏目")
    rest: bool = Field(default=True, title="其余有内容的栏目也列")
    sort: tuple[str, ...] = Field(default=(), title="排序")
    group: str = Field(default="", title="分组小计")
    total: Mapping[str, str] = Field(default_factory=dict, title="合计")
    frozen: str = Field(default="", title="冻结到")
    dated: str = Field(default="", title="日期的叫法")
    of: str = Field(default="", title="汇总哪张清单")
    by: tuple[str, ...] = Field(default=(), title="按什么汇总")
    measures: tuple[Measure, ...] = Field(default=(), title="汇总什么")
    per_page: int = Field(default=4, ge=1, le=8, title="每页几列")

    @model_validator(mode="after")
    def _of_its_kind(self) -> LedgerSheet:
        listed = ("group", "total", "frozen", "dated")
        foreign = {
            "list": ("of", "by", "measures", "per_page"),
            "summary": ("where", "columns", "spare", "hidden", "rest", "sort", *listed, "per_page"),
            "profile": ("of", "by", "measures", *listed),
        }[self.kind]
        if found := [name for name in foreign if name in self.model_fields_set]:
            raise ValueError(f"这种工作表（{self.kind}）不能写{'、'.join(found)}")
        needed = ("by", "measures") if self.kind == "summary" else ("columns",)
        if missing := [name for name in needed if not getattr(self, name)]:
            raise ValueError(f"缺少{'、'.join(missing)}")
        return self


class Ledger(Strict):
    """One workbook, written for each area.

    public: a second one is written, in which what the public must not see is masked or left out · paper: auto is A4, and A3 where
    A4 would be too small to read · remark: a line under every table · signature: who signs under it.
    """

    id: str = Field(title="代号")
    title: FileTitle = Field(title="名称")
    sheets: tuple[LedgerSheet, ...] = Field(min_length=1, title="工作表")
    public: bool = Field(default=False, title="另出公开版")
    paper: Literal["auto", "A4", "A3"] = Field(default="auto", title="纸张")
    remark: str = Field(default="", title="表下的说明")
    signature: tuple[str, ...] | None = Field(default=None, title="落款")
    checklist: tuple[str, ...] = Field(default=(), title="要求编号")

    @model_validator(mode="after")
    def _fits(self) -> Ledger:
        titles = [sheet.title.casefold() for sheet in self.sheets]
        if len(set(titles)) < len(titles):
            raise ValueError("有两张工作表（sheets）同名")
        for position, sheet in enumerate(self.sheets):
            if sheet.kind == "summary" and self.summed(position) is None:
                wanted = f"“{sheet.of}”" if sheet.of else f"取自 {sheet.table} 的"
                raise ValueError(f"“{sheet.title}”要放在被汇总的清单后面，前面没有{wanted}清单")
        return self

    def summed(self, position: int) -> LedgerSheet | None:
        """The list that the summary at `position` sums up."""
        wanted = self.sheets[position]
        return next(
            (
                sheet
                for sheet in self.sheets[:position]
                if sheet.kind == "list" and sheet.table == wanted.table and wanted.of in ("", sheet.title)
            ),
            None,
        )

    def of_tables(self, tables: Collection[str]) -> Ledger | None:
        """This ledger with the sheets of these tables only; None where its first sheet is none of them."""
        if self.sheets[0].table not in tables:
            return None
        return self.model_copy(update={"sheets": tuple(sheet for sheet in self.sheets if sheet.table in tables)})
