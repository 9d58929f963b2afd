"""What the lines of a score sheet come to: score, rank and grade, each beside its Excel formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bangfu_excel.core.scheme import Assessing
from bangfu_excel.core.scoring.given import PLACES, Flags, Numbers, State, has_text
from bangfu_excel.core.scoring.lines import float64

TOTAL_COLUMNS = ("subject", "score", "rank", "grade", "vetoed", "own", "weight", "bonus", "discretion", "state")
_NEAR = 10.0**-PLACES
"""Scores that differ by no more are the same score."""


def totals(
    assessing: Assessing, lines: pd.DataFrame, subjects: Sequence[str], ranked: Sequence[bool] | None = None
) -> pd.DataFrame:
    """One row a subject, in the order of `subjects`, in columns `TOTAL_COLUMNS`.

    lines: of `score_lines` · ranked: who may be ranked (None: everybody), e.g. who has enough pairings.
    own, weight, bonus, discretion, score: Float64, not rounded (see `scores`) · rank: Int64, missing for those who are not
    ranked: those who may not be, have no score, or are vetoed · grade: "" in a trial (no `document_number`) and for those not ranked,
    but the lowest for the vetoed · state: 一票否决, 不参加排名, 没有可以计分的项目 or ""
    """
    points = lines.pivot(index="subject", columns="line", values="points").reindex(list(subjects))
    table = scores(assessing, points)
    score = table["score"].to_numpy(np.float64, na_value=np.nan)
    vetoed = table["vetoed"].to_numpy(bool)
    compared = ~np.isnan(score) & ~vetoed
    if ranked is not None:
        compared &= np.asarray(ranked, bool)
    rank = ranks(score, compared)
    table["rank"] = pd.Series(pd.array(rank, dtype="Int64"), index=table.index).mask(~compared)
    table["grade"] = pd.Series(grades(assessing, score, rank, compared, vetoed), index=table.index, dtype="str")
    unscored = np.where(np.isnan(score), State.NO_LINES, State.NOT_RANKED)
    state = np.where(vetoed, State.VETOED, np.where(compared, "", unscored))
    table["state"] = pd.Series(state, index=table.index, dtype="str")
    return table[list(TOTAL_COLUMNS)]


def scores(assessing: Assessing, points: pd.DataFrame) -> pd.DataFrame:
    """subject, own, weight, bonus, discretion, score, vetoed of the points (a row a subject, a column a line).

    score = own ÷ weight × total + bonus − discretion, at least 0: own, the points of the lines that add up to the full score,
    weight, that of those which are not 缺项 for the subject, so that the others count for more; bonus at most `bonus_most`.
    """
    found = points.reindex(columns=[one.id for one in assessing.indicators]).astype("Float64")
    known = found.to_numpy(np.float64, na_value=np.nan).T
    own = np.array([one in assessing.own for one in assessing.indicators], bool)
    weights = np.array([one.weight for one in assessing.indicators])[own]
    got = np.nansum(known[own], axis=0)
    weight = (~np.isnan(known[own]) * weights[:, None]).sum(axis=0)
    bonus, discretion, veto = (_sum(assessing, known, mode) for mode in ("bonus", "discretion", "veto"))
    if assessing.bonus_most is not None:
        bonus = np.minimum(assessing.bonus_most, bonus)
    share = np.divide(got, weight, out=np.full_like(got, np.nan), where=weight > 0)
    score = np.maximum(0.0, share * assessing.total + bonus - discretion)
    table = pd.DataFrame({"subject": points.index.astype("str")})
    for name, numbers in (
        ("own", got), ("weight", weight), ("bonus", bonus), ("discretion", discretion), ("score", score),
    ):  # fmt: skip
        table[name] = float64(numbers, table.index)
    return table.assign(vetoed=veto > 0)


def _sum(assessing: Assessing, known: Numbers, mode: str) -> Numbers:
    return np.asarray(np.nansum(known[[one.mode == mode for one in assessing.indicators]], axis=0))


@dataclass(frozen=True)
class ScoreCells:
    """The cells, or expressions over them, of one subject's score; "": there is none.

    own, weight: see `own_text` and `weight_text` · total, bonus_most: numbers of the scheme · bonus, discretion: cells or ranges.
    """

    own: str
    weight: str
    total: str
    bonus: str = ""
    bonus_most: str = ""
    discretion: str = ""


def own_text(points: str) -> str:
    """The sum of a range with the points of the lines that add up to the full score."""
    return f"SUM({points})"


def weight_text(points: str, weights: str) -> str:
    """The sum of the weights (a range of the same shape) of those lines that are not 缺项."""
    return f"SUMPRODUCT(ISNUMBER({points})*{weights})"


def score_formula(cells: ScoreCells) -> str:
    """The formula of a subject's score, as `scores` has it."""
    bonus = f"+{_most(cells)}" if cells.bonus else ""
    discretion = f"-SUM({cells.discretion})" if cells.discretion else ""
    return f'=IF({cells.weight}=0,"",MAX(0,{cells.own}/{cells.weight}*{cells.total}{bonus}{discretion}))'


def _most(cells: ScoreCells) -> str:
    return f"MIN({cells.bonus_most},SUM({cells.bonus}))" if cells.bonus_most else f"SUM({cells.bonus})"


def ranks(score: Numbers, compared: Flags) -> np.ndarray:
    """1 and how many of those compared have a higher score (1, 2, 2, 4); 0 for those not compared."""
    known = np.sort(score[compared])
    higher = len(known) - np.searchsorted(known, score + _NEAR, side="right")
    return np.where(compared, 1 + higher, 0)


def compared_formula(score: str, vetoed: str = "", allowed: str = "") -> str:
    """1 for a subject that is ranked, else 0. vetoed: its cell with 1 or 0 · allowed: a condition, e.g. $C5>=参数_参评户数."""
    conditions = [f"ISNUMBER({score})", *([f"{vetoed}<>1"] if vetoed else []), *([allowed] if allowed else [])]
    return f"=IF(AND({','.join(conditions)}),1,0)"


def rank_formula(score: str, compared: str, all_scores: str, all_compared: str) -> str:
    """The formula of a subject's rank, from its cells and those of its whole level."""
    return f'=IF({compared}=1,1+SUMPRODUCT(({all_compared}=1)*({all_scores}>{score}+1E-{PLACES})),"")'


def total_state_formula(score: str, compared: str, vetoed: str = "") -> str:
    """The formula of what is said of a subject's score, from its cells: 一票否决, 不参加排名 or nothing."""
    text = f'IF({compared}=1,"",IF(ISNUMBER({score}),"{State.NOT_RANKED}","{State.NO_LINES}"))'
    return f'=IF({vetoed}=1,"{State.VETOED}",{text})' if vetoed else f"={text}"


def places(assessing: Assessing, count: int) -> tuple[int, ...]:
    """Of each grade, from the highest, the last rank that may have it, where `count` subjects are ranked.

    A quota is a share of those ranked, rounded down, and adds to the places of the grades above. Who has the points but not the
    rank falls to the next lower grade. Of those who tie at the border all keep it whose rank is still within: two on rank 2 of
    two places keep it both, two on rank 3 neither.
    """
    found: list[int] = []
    for band in assessing.bands:
        above = found[-1] if found else 0
        found.append(
            count if band.quota is None else min(count, above + int(np.floor(np.round(band.quota * count, PLACES))))
        )
    return tuple(found)


def places_formula(quota: str, above: str, all_ranks: str) -> str:
    """The formula of one of `places`: quota, a cell with the share, empty for as many as reach it; above: the cell of the grade above, "" none."""
    sum_above = f"N({above})+" if above else ""
    return f"=IF(ISNUMBER({quota}),MIN(COUNT({all_ranks}),{sum_above}INT(ROUND({quota}*COUNT({all_ranks}),{PLACES}))),COUNT({all_ranks}))"


def grades(assessing: Assessing, score: Numbers, rank: np.ndarray, compared: Flags, vetoed: Flags) -> np.ndarray:
    """The title of each one's grade: the band its score is in, or the one that its rank leaves it, whichever is lower.

    Bands are half-open: a score on the border of two has the higher. Scores are compared to nine places, and not rounded before: 89.99
    is not 90.
    """
    bands = assessing.bands
    if assessing.is_trial or not bands:
        return np.full(len(score), "", dtype=object)
    by_score = (np.array([band.least for band in bands])[:, None] > np.nan_to_num(score) + _NEAR).sum(axis=0)
    by_rank = (np.array(places(assessing, int(compared.sum())))[:, None] < rank).sum(axis=0)
    lowest = len(bands) - 1
    number = np.where(vetoed, lowest, np.minimum(np.maximum(by_score, by_rank), lowest))
    titles = np.array([band.title for band in bands], dtype=object)
    return np.where(compared | vetoed, titles[number], "")


@dataclass(frozen=True)
class GradeCells:
    """The cells of a subject's grade, and the table of the grades: upright ranges, the highest grade first.

    titles, leasts, places: the grades' names, from what score, and the last rank that may have them (`places_formula`; "": no quotas).
    """

    score: str
    rank: str
    document_number: str
    titles: str
    leasts: str
    places: str = ""
    vetoed: str = ""


def grade_formula(cells: GradeCells) -> str:
    """The formula of a subject's grade, as `grades` has it."""
    number = f"1+SUMPRODUCT(--({cells.leasts}>{cells.score}+1E-{PLACES}))"
    if cells.places:
        number = f"MAX({number},1+SUMPRODUCT(--({cells.places}<{cells.rank})))"
    text = f'IF(ISNUMBER({cells.rank}),INDEX({cells.titles},MIN(ROWS({cells.titles}),{number})),"")'
    if cells.vetoed:
        text = f"IF({cells.vetoed}=1,INDEX({cells.titles},ROWS({cells.titles})),{text})"
    return f'=IF({has_text(cells.document_number)},{text},"")'
