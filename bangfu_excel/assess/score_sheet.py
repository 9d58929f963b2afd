"""A plan's score sheet applied to figures and to what was typed in by hand: points, scores, ranks and grades of each level."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from bangfu_excel.assess.metrics import METRICS
from bangfu_excel.core.scheme import Assessing
from bangfu_excel.core.score_sheet import ScoreSheet, at_level, levels_of
from bangfu_excel.core.scoring import LINE_COLUMNS, TOTAL_COLUMNS, score_lines, totals

_FIGURES = ("numerator", "denominator", "value")


def score_sheet(
    assessing: Assessing,
    figures: pd.DataFrame,
    entered: pd.DataFrame,
    may_rank: Mapping[str, pd.Series],
    absent: Collection[str] = (),
) -> ScoreSheet:
    """What every line of the sheet gives every subject of its levels.

    assessing: as it held on the day · figures: level, subject, indicator, numerator, denominator, value of the metrics that lines
    name · entered: `core.score_sheet.ENTERED_COLUMNS`, at most one row a level, subject and line · may_rank: level →
    whether a subject (index) has enough to be ranked; of a level that is not named everybody has · absent: ids of the metrics of whose
    tables nothing was ever handed in. A subject of which
    nothing is known, counted or typed in, has no row.
    """
    levels = levels_of(assessing)
    lines, sums = [], []
    for level in levels:
        given = _given(assessing, level, figures[figures["level"] == level], entered[entered["level"] == level])
        unknown = [line.id for line in assessing.indicators if line.of in absent]
        given = given.assign(absent=given["line"].isin(unknown))
        subjects = list(given["subject"].drop_duplicates())
        found = score_lines(at_level(assessing, level, METRICS), given, subjects)
        asked = may_rank.get(level)
        ranked = pd.Series(True, index=subjects) if asked is None else asked.reindex(subjects, fill_value=False)
        lines.append(found.assign(level=level))
        sums.append(totals(assessing, found, subjects, ranked.tolist()).assign(level=level))
    return ScoreSheet(
        assessing, levels,
        pd.concat(lines, ignore_index=True)[["level", *LINE_COLUMNS]],
        pd.concat(sums, ignore_index=True)[["level", *TOTAL_COLUMNS]],
    )  # fmt: skip


def _with_what_is_not_counted(
    assessing: Assessing, level: str, given: pd.DataFrame, subjects: list[str]
) -> pd.DataFrame:
    """Lines whose metric has no figure for a subject: there is nothing due of it (缺项), not something left out."""
    every = [(subject, line.id) for line in assessing.indicators if line.of for subject in subjects]
    whole = pd.MultiIndex.from_tuples(every, names=["subject", "line"]).union(
        pd.MultiIndex.from_frame(given[["subject", "line"]]), sort=False
    )
    rows = given.set_index(["subject", "line"]).reindex(whole).reset_index()
    counted = rows["line"].isin([line.id for line in assessing.indicators if line.of])
    nothing = counted & rows["denominator"].isna() & rows["numerator"].isna()
    at_this_level = rows["line"].isin(
        [line.id for line in assessing.indicators if line.of and level in METRICS[line.of].levels]
    )
    return rows.assign(
        numerator=rows["numerator"].mask(nothing & at_this_level, 0.0),
        denominator=rows["denominator"].mask(nothing, 0.0),
    )


def _given(assessing: Assessing, level: str, figures: pd.DataFrame, entered: pd.DataFrame) -> pd.DataFrame:
    """A row a line and subject: what was counted, what was typed in. Subjects in the order of the figures."""
    counted = [
        figures.loc[figures["indicator"] == line.of, ["subject", *_FIGURES]].assign(line=line.id)
        for line in assessing.indicators
        if line.of
    ]
    empty = figures.iloc[:0][["subject", *_FIGURES]].assign(line=pd.Series(dtype="str"))
    rows = pd.concat([empty, *counted], ignore_index=True)
    own = entered.drop(columns="level")
    known = set(rows.loc[rows["value"].notna(), "subject"]) | set(own["subject"])
    order = [name for name in dict.fromkeys([*rows["subject"], *own["subject"]]) if name in known]
    given = rows.merge(own, how="outer", on=["subject", "line"], sort=False)
    given = given[given["subject"].isin(known)]
    given = _with_what_is_not_counted(assessing, level, given, order)
    position = pd.Series(range(len(order)), index=order)
    return given.assign(_at=given["subject"].map(position)).sort_values("_at", kind="stable").drop(columns="_at")
