"""履职明细: what each helper was to do, what was counted of it and from which row, for his signature before it is announced."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from bangfu_excel.assess.facts import NO_UNIT
from bangfu_excel.pipeline.printed.counted import counted_pairs, dates_counted, mode_words, outcomes
from bangfu_excel.pipeline.printed.desk import Desk, day_of, said
from bangfu_excel.pipeline.printed.objections import objections_of
from bangfu_excel.write.layout import chinese_date
from bangfu_excel.write.papers.paper import write_papers
from bangfu_excel.write.papers.parts import DAY, NUMBER, Box, Head, Paper, Part, Said, Signed, Table, Value

TITLE = "履职明细"
_WIDTHS = (6, 14, 15, 10, 15, 10, 10, 12, 24, 15, 8)
_DUE = (
    Head("序号", number_format=NUMBER), Head("应访时段"), Head("户编号"), Head("户主\n（对象）"), Head("村组"), Head("应访\n次数", number_format=NUMBER),
    Head("计入\n次数", number_format=NUMBER), Head("结果"), Head("计入的走访日期和说明", 3, "left"),
)  # fmt: skip
_VISITS = (
    Head("序号", number_format=NUMBER), Head("走访日期", number_format=DAY), Head("户编号"), Head("户主\n（对象）"), Head("村组"), Head("方式"),
    Head("是否计入", 2), Head("来源文件", 1, "left"), Head("工作表"), Head("行", number_format=NUMBER),
)  # fmt: skip
_OBJECTED = (
    Head("序号", number_format=NUMBER), Head("涉及日期", number_format=DAY), Head("户编号"), Head("户主\n（对象）"), Head("异议事项"),
    Head("异议内容", 2, "left"), Head("结论", 2), Head("佐证、说明、复核人", 2, "left"),
)  # fmt: skip
_OTHERS = (
    Head("序号", number_format=NUMBER), Head("要求", 2, "left"), Head("对象", 2), Head("应办\n次数", number_format=NUMBER),
    Head("已办\n次数", number_format=NUMBER), Head("结果"), Head("时段", 3, "left"),
)  # fmt: skip


def write_own_records(desk: Desk) -> list[Path]:
    """A workbook a unit, a sheet a helper of it: windows, visits, what else was due, lines to sign."""
    records = _Records(desk)
    return [
        write_papers(
            desk.path(TITLE, unit), [records.paper(helper, unit) for helper in helpers], as_of=desk.settings.spec.as_of,
            title=f"{unit}{desk.label}{TITLE}",
        )
        for unit, helpers in records.by_unit()
    ]  # fmt: skip


class _Records:
    """The rows of all helpers, each helper's own picked by his number."""

    def __init__(self, desk: Desk) -> None:
        a = desk.figures
        self.desk, self.figures = desk, a
        self.objections = objections_of(desk)
        self.homes = desk.households.to_dict("records")
        pairs = counted_pairs(a)
        windows = a.windows.assign(dates=dates_counted(a, pairs).reindex(a.windows.index))
        visits = a.visits.assign(outcome=outcomes(a, pairs), mode_word=mode_words(a.visits))
        self.windows = _by_helper(windows, ["due_from", "household"])
        self.visits = _by_helper(visits, ["date", "record"])
        duties = a.duties[a.duties["level"] == "helper"] if len(a.duties) else pd.DataFrame({"who": []})
        numbers = pd.Index(a.helpers["key"]).get_indexer(duties["who"])
        self.duties = _by_helper(duties.assign(helper=numbers), [])

    def by_unit(self) -> Iterator[tuple[str, list[int]]]:
        """Units in order, each with its helpers of whom anything is to be said."""
        told = sorted({*self.windows, *self.visits, *self.duties} - {-1})
        keys = self.figures.helpers["key"]
        units: dict[str, list[int]] = {}
        for helper in told:
            units.setdefault(self.desk.unit_of.get(keys.iat[helper], NO_UNIT), []).append(helper)
        yield from sorted(units.items())

    def paper(self, helper: int, unit: str) -> Paper:
        desk = self.desk
        name = desk.name(self.figures.helpers["name"].iat[helper])
        return Paper(
            name=name, title=f"{desk.label}结对帮扶履职明细",
            lead=(f"帮扶人：{name}", f"单位：{unit}", f"统计期：{desk.label}", f"计到：{chinese_date(desk.day)}"),
            widths=_WIDTHS, parts=tuple(self._parts(helper)), footer=desk.footer, across=True,
        )  # fmt: skip

    def _parts(self, helper: int) -> Iterator[Part]:
        windows, visits = self._windows(helper), self._visits(helper)
        met = sum(row[7] == "达标" for row in windows)
        if self.figures.scheme.evaluated:
            told = (
                f"应走访{len(windows)}户·期，达标{met}户·期，未达标{len(windows) - met}户·期；走访记录{len(visits)}条。"
            )
            yield Said((told,))
            yield Table("应走访的和计入的", _DUE, windows, "本期没有应走访的户")
        yield Table("走访记录（每条来自哪个文件、哪一行）", _VISITS, visits, "本期没有走访记录")
        if helper in self.duties:
            yield Table("各项要求", _OTHERS, self._others(helper))
        if objected := self._objected(helper):
            yield Table("异议和复核（登记异议不改动数，补报或更正以后才变）", _OBJECTED, objected)
        yield Box("本人意见", 3)
        yield Said(
            (
                "以上明细在通报以前交本人核对。漏报的走访，请由乡镇（单位）补报；填错的，请由县办更正；有异议的，写明是哪一户、哪一天，"
                f"附佐证，于{self.desk.due}前交回。没有异议的请签名。",
            )
        )
        yield Signed(("帮扶人签名：", "日期：　　　年　　月　　日", "单位核实（盖章）：", "日期：　　　年　　月　　日"))

    def _windows(self, helper: int) -> list[tuple[Value, ...]]:
        rows = self.windows.get(helper)
        if rows is None:
            return []
        whom = [self.homes[number] for number in rows["household"]]
        found = zip(rows.to_dict("records"), whom, strict=True)
        return [
            (
                number, said(row["label"]), one["household_id"], one["head_name"], one["place"], int(row["target"]),
                int(row["count"]), "达标" if row["count"] >= row["target"] else "未达标", self._remark(row, one["key"]),
            )
            for number, (row, one) in enumerate(found, start=1)
        ]  # fmt: skip

    def _remark(self, row: Mapping[Hashable, Any], household: str) -> str:
        """The days that counted; where too few did, whether somebody else went; objections about the household's window."""
        told = [said(row["dates"])]
        if row["count"] < row["target"] and row["household_count"] >= row["target"]:
            told.append("本户已由其他帮扶人走访")
        key = self.figures.helpers["key"].iat[int(row["helper"])]
        first, last = (pd.Timestamp(row[name]).date() for name in ("due_from", "due_to"))
        told += [
            one.beside
            for one in self.objections
            if (one.helper, one.household) == (key, household) and first <= one.day <= last
        ]
        return "；".join(filter(None, told))

    def _objected(self, helper: int) -> list[tuple[Value, ...]]:
        key = self.figures.helpers["key"].iat[helper]
        own = [one for one in self.objections if one.helper == key]
        if not own:
            return []
        households = self.desk.households.set_index("key")
        return [
            (
                number, one.day, households["household_id"].get(one.household, ""), households["head_name"].get(one.household, ""),
                one.matter, one.said, one.stands, "；".join(filter(None, (one.evidence, one.how, f"{one.reviewer} {one.reviewed}"))),
            )
            for number, one in enumerate(own, start=1)
        ]  # fmt: skip

    def _visits(self, helper: int) -> list[tuple[Value, ...]]:
        rows = self.visits.get(helper)
        if rows is None:
            return []
        desk = self.desk
        found: list[tuple[Value, ...]] = []
        for number, row in enumerate(rows.to_dict("records"), start=1):
            at = int(row["household"])
            own = self.homes[at] if at >= 0 else None
            found.append(
                (
                    number, day_of(row["date"]), "" if own is None else own["household_id"],
                    desk.name(row["head_name"]) if own is None else own["head_name"],
                    said(row["village"]) if own is None else own["place"], row["mode_word"], row["outcome"],
                    said(row["file"]), said(row["sheet"]), int(row["row"]),
                )
            )  # fmt: skip
        return found

    def _others(self, helper: int) -> list[tuple[Value, ...]]:
        return [
            (
                number, said(row["title"]), self.desk.name(row["whom_name"]), int(row["target"]), int(row["count"]),
                "完成" if row["count"] >= row["target"] else "未完成", said(row["label"]),
            )
            for number, row in enumerate(self.duties[helper].to_dict("records"), start=1)
        ]  # fmt: skip


def _by_helper(rows: pd.DataFrame, order: list[str]) -> dict[int, pd.DataFrame]:
    """Helper → his rows, in order."""
    ordered = rows.sort_values(order, kind="stable") if order else rows
    return {int(helper): own for helper, own in ordered.groupby("helper", sort=False)}
