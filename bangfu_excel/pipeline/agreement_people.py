"""Ledgers beside the assessment: households, those with a helper, visits of the period; and each household's members."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.assess.facts import mode_number
from bangfu_excel.core.agreement import Check, Figure, known
from bangfu_excel.core.assessment import MODES, Assessment
from bangfu_excel.core.spans import in_force
from bangfu_excel.pipeline.agreement_lists import Listed, whole
from bangfu_excel.write.assessment_data import Look
from bangfu_excel.write.assessment_levels import level_sheets
from bangfu_excel.write.ledger_areas import Area

ASSESSED = "走访考核"
_SINCE = "印发以后入库、更正的"


@dataclass(frozen=True)
class Beside:
    """The lists of the ledgers, and the assessment.

    now: the assessment of what is current, where `assessment` is what was announced; else the same.
    """

    lists: Sequence[Listed]
    assessment: Assessment
    now: Assessment

    def checks(self) -> Iterator[Check]:
        """Of the county and each township that has ledgers."""
        areas = dict.fromkeys(one.area for one in self.lists if one.area.level in ("county", "township"))
        figures, current = _figures(self.assessment), _figures(self.now)
        for area in areas:
            yield from self._of(area, _Told(figures, current, area))
            yield from self._members(area)

    def _of(self, area: Area, told: _Told) -> Iterator[Check]:
        households, pairings, visits = (whole(self.lists, name, area) for name in ("household", "pairing", "visit"))
        if households is not None:
            left = Figure(households.book, "户数", float(len(households.rows)))
            yield told.beside("帮扶户数", left, "帮扶户数", ("registered",))
            if "helpers" in households.rows:
                helped = households.rows["helpers"].fillna("").ne("")
                left = Figure(households.book, "有帮扶责任人的户数", float(helped.sum()))
                yield told.beside("已结对户数", left, "已结对户数", ("registered_paired",))
        if pairings is not None:
            yield self._paired(pairings, area, told)
        if visits is not None:
            yield self._visited(visits, told)

    def _paired(self, pairings: Listed, area: Area, told: _Told) -> Check:
        meant = set(pairings.rows.loc[in_force(pairings.rows, self.assessment.day), "_recipient"].dropna())
        homes = whole(self.lists, "household", area)
        listed = set(homes.rows["_key"]) if homes is not None else set()
        left = Figure(pairings.book, "期末结对的户（对象）数", float(len(meant)))
        return told.beside(
            "已结对户数", left, "已结对户数", ("registered_paired",), ("不在帮扶对象台账里的", len(meant - listed))
        )

    def _visited(self, visits: Listed, told: _Told) -> Check:
        """Records of the days that count; what the assessment leaves out of 户次 is said."""
        a = self.assessment
        days = visits.rows["visited_on"]
        rows = visits.rows[(days >= pd.Timestamp(a.first)) & (days <= pd.Timestamp(a.last))]
        vague = _column(rows, "visited_on__precision") == "year"
        unknown = ~vague & rows["_recipient"].isna()
        met = rows[~vague & ~unknown]
        modes = _column(met, "mode").fillna(a.scheme.default_mode).map(mode_number)
        again = pd.DataFrame({"who": met["_recipient"], "day": met["visited_on"], "mode": modes}).duplicated()
        left = Figure(visits.book, "本期走访记录数", float(len(rows)))
        return told.beside(
            "本期走访户次", left, "各方式户次之和", tuple(f"{mode}_households" for mode in MODES),
            ("没有匹配到户的", int(unknown.sum())), ("只写了年份的", int(vague.sum())),
            ("同一户同一天同一方式记了几条的，只计1户次", int(again.sum())),
        )  # fmt: skip

    def _members(self, area: Area) -> Iterator[Check]:
        """What the households say of their size beside the members listed: a difference that the list of findings tells is known."""
        households, members = whole(self.lists, "household", area), whole(self.lists, "member", area)
        if households is None or members is None or "member_count" not in households.rows or members.rows.empty:
            return
        stated = households.rows.set_index("_key")["member_count"].astype("Float64")
        listed = members.rows.groupby("_recipient").size().reindex(stated.index).astype("Float64")
        both = stated.notna() & listed.notna()
        more, less = ((stated - listed)[both].clip(lower=0).sum(), (stated - listed)[both].clip(upper=0).sum())
        elsewhere = int((~members.rows["_recipient"].isin(stated.index)).sum())
        yield Check(
            "家庭人口数与家庭成员", area.name, Figure(households.book, "家庭人口数之和", float(stated.sum())),
            Figure(members.book, "人数", float(len(members.rows))),
            known(
                ("没有报成员的户", stated[stated.notna() & listed.isna()].sum()),
                ("没有填人口数的户的成员", -listed[stated.isna()].fillna(0).sum()),
                ("人口数多于所报成员的户", more), ("人口数少于所报成员的户", less),
                ("不在帮扶对象台账里的成员", -elsewhere),
            ),
        )  # fmt: skip


@dataclass(frozen=True)
class _Told:
    """What the sheet 乡镇 of the assessment says of an area, and what it would say now."""

    figures: pd.DataFrame
    current: pd.DataFrame
    area: Area

    def beside(self, item: str, left: Figure, title: str, names: Sequence[str], *reasons: tuple[str, float]) -> Check:
        said, now = (self._sum(figures, names) for figures in (self.figures, self.current))
        right = Figure(f"{ASSESSED}“乡镇”", title, said)
        return Check(item, self.area.name, left, right, known(*reasons, (_SINCE, now - said)))

    def _sum(self, figures: pd.DataFrame, names: Sequence[str]) -> float:
        rows = figures if self.area.level == "county" else figures[figures["name"] == self.area.name]
        return float(sum(rows[name].fillna(0).sum() for name in names))


def _figures(assessment: Assessment) -> pd.DataFrame:
    """The rows of its sheet 乡镇, as the workbook gets them."""
    return next(one.rows for one in level_sheets(assessment, Look(""), ()) if one.level == "township")


def _column(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[name] if name in rows else pd.Series(pd.NA, index=rows.index, dtype="str")
