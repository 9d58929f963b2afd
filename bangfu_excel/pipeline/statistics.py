"""The statistics that a scheme quotes, of what is registered: for the county and each township."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.scheme import AreaLevel
from bangfu_excel.core.schools import called_schools
from bangfu_excel.core.statistic import Shares, Statistic
from bangfu_excel.merge import Registry
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.write.ledger_areas import Area
from bangfu_excel.write.ledgers import FOLDER
from bangfu_excel.write.occasion import Occasion
from bangfu_excel.write.statistics_book import StatisticsJob
from bangfu_excel.write.statistics_sheet import Figure

_TITLE, _HOME = "统计", "household"
_UNSAID = "未注明"
_LEVELS = {"county": "全县", "township": "乡镇", "village": "村", "school": "学校", "class_name": "班级"}
_DIVIDED = {
    "county": ("township", "school"), "township": ("village", "school"), "village": ("village",), "school": ("class_name",),
}  # fmt: skip
"""What the areas of a level are divided by: the first divides everybody, the others are shown where anybody names them."""


def statistics_jobs(
    registry: Registry, current: Mapping[str, pd.DataFrame], settings: Settings, out: Path, occasion: Occasion
) -> tuple[StatisticsJob, ...]:
    """A workbook for each area of the scheme's levels, below `out`/台账; none where it quotes none or nobody is there.

    current: the rows of the scheme's tables; of others that a statistic needs they are asked of the registry.
    """
    wanted = _wanted(settings)
    others = [settings.tables[name] for name in (*wanted, _HOME) if name not in current] if wanted else []
    rows = _placed({**current, **registry.snapshot(others)}, tuple(wanted), called_schools(current))
    county = _Quoted(wanted, rows, settings, occasion)
    jobs = (county.job(area, out) for area in dict.fromkeys(_areas(settings.scheme.levels, rows.values())))
    return tuple(job for job in jobs if job.figures)


def _areas(levels: Sequence[AreaLevel], frames: Collection[pd.DataFrame]) -> Iterator[Area]:
    """The areas of these levels in which anybody is, in the order in which they first appear; of units there are none."""
    for level in levels:
        if level == "county":
            yield Area()
        for rows in (frame for frame in frames if level in frame and level in _DIVIDED):
            named = rows[rows[level].notna() & (rows[level] != _UNSAID)].drop_duplicates(["township", level])
            for township, name in zip(named["township"], named[level], strict=True):
                yield Area(level, name, township if level == "village" else "")


def _wanted(settings: Settings) -> dict[str, list[Statistic]]:
    """Table → statistics, as the scheme names them."""
    named = list(dict.fromkeys(key for output in settings.scheme.outputs for key in output.statistics))
    tables = ((name, [one for one in table.statistics if one.id in named]) for name, table in settings.tables.items())
    return {name: sorted(found, key=lambda one: named.index(one.id)) for name, found in tables if found}


def _placed(
    frames: Mapping[str, pd.DataFrame], names: Sequence[str], schools: Mapping[str, str]
) -> Mapping[str, pd.DataFrame]:
    """The rows of these tables; township and village of their household, where they have none of their own. schools: what each is called."""
    if not names:
        return {}
    homes = frames[_HOME].drop_duplicates("_key").set_index("_key")
    return {name: _at_home(frames[name], homes, schools) for name in names if len(frames[name])}


def _at_home(rows: pd.DataFrame, homes: pd.DataFrame, schools: Mapping[str, str]) -> pd.DataFrame:
    household = rows["_recipient"] if "_recipient" in rows else pd.Series(None, index=rows.index, dtype="str")
    places = {
        name: rows[name].fillna(household.map(homes[name]).astype("str")).fillna(_UNSAID)
        for name in ("township", "village")
    }
    taught = {"school": each_once(rows["school"], lambda name: schools.get(name, name))} if "school" in rows else {}
    return rows.assign(**places, **taught)


@dataclass(frozen=True)
class _Quoted:
    """What every area's workbook is made of. wanted, rows: by table."""

    wanted: Mapping[str, Sequence[Statistic]]
    rows: Mapping[str, pd.DataFrame]
    settings: Settings
    occasion: Occasion

    def job(self, area: Area, out: Path) -> StatisticsJob:
        own = {name: _of_area(rows, area) for name, rows in self.rows.items()}
        figures = tuple(
            self._figure(statistic, own[name], area)
            for name, found in self.wanted.items()
            for statistic in found
            if name in own and len(own[name])
        )
        path = out / FOLDER / area.folder / self.occasion.file(_TITLE, area.name)
        return StatisticsJob(path, area.name, self.occasion, figures)

    def _figure(self, statistic: Statistic, rows: pd.DataFrame, area: Area) -> Figure:
        absent = {name: pd.Series(None, index=rows.index, dtype="str") for name in statistic.reads if name not in rows}
        asked = rows.assign(**absent)
        parts = [_tallied(statistic, asked, level, self.settings) for level in _parts(asked, area.level)]
        counted = pd.concat(parts, ignore_index=True).rename(columns={"group": "area"})
        labels = statistic.labels(self.settings.codelists)
        if isinstance(statistic, Shares) and statistic.codelist:  # a long list: those that nobody states are left out
            occurring = set(counted.loc[counted["numerator"] > 0, "category"])
            labels = tuple(label for label in labels if label in occurring) or labels
        whole = (_LEVELS[area.level], self.occasion.shown(area.name))
        shown = counted[counted["category"].isin(labels)]
        return Figure(statistic.title, statistic.note, statistic.unit, labels, whole, shown)


def _of_area(rows: pd.DataFrame, area: Area) -> pd.DataFrame:
    """The rows of an area; none of a table that does not say of which area they are."""
    if area.level == "county":
        return rows
    if area.level not in rows:
        return rows.head(0)
    own = rows[area.level] == area.name
    return rows[own & (rows["township"] == area.township)] if area.level == "village" else rows[own]


def _parts(rows: pd.DataFrame, level: str) -> Iterator[str]:
    first, *others = _DIVIDED[level]
    yield first
    yield from (name for name in others if name in rows and rows[name].notna().any())


def _tallied(statistic: Statistic, rows: pd.DataFrame, level: str, settings: Settings) -> pd.DataFrame:
    groups = rows[level].fillna(_UNSAID)
    tally = statistic.tally(rows, groups, settings.given, settings.codelists)
    return tally.assign(level=_LEVELS[level])
