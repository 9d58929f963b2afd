"""How lines of a score sheet become points, and points a score, a rank and a grade: Python and Excel formula side by side.

In Python, over all subjects of one level at once:

    sheet = scheme.assessing.on(day)                     # what held on that day
    lines = score_lines(sheet, given, subjects)          # given: subject, line, numerator, denominator, value, manual, self_score, reason
    table = totals(sheet, lines, subjects, ranked)       # subject, score, rank, grade, vetoed, own, weight, bonus, discretion, state

In Excel, for one subject, from cells or defined names (they may hold `{row}`); every text begins with =:

    mode = SCORING_MODES[line.mode]
    mode.entered                                         # input cells that it wants: manual, reason, self_score
    mode.most_entered(line)                              # the most that may be typed in, None: no limit (least: 0)
    line.numbers                                         # the numbers it scores by: each is to have a cell, named in Cells
    mode.formula(line, Cells(value="$F5", denominator="$E5", manual="$G5", reason="$H5", weight="参数_分值_a", …))
    mode.state_formula(line, cells)                      # 缺项, 未填, 须复核 …
    score_formula(ScoreCells(own_text("$F5:$K5"), weight_text("$F5:$K5", "$F$3:$K$3"), "参数_满分", bonus="$L5", bonus_most="参数_加分至多"))
    compared_formula(score, vetoed, "$C5>=参数_参评户数") → 1 or 0; rank_formula(score, compared, all_scores, all_compared)
    total_state_formula(score, compared, vetoed)         # 一票否决, 不参加排名 …
    places_formula(quota, above, all_ranks)              # a cell a grade and level, beside the grades from the highest
    grade_formula(GradeCells(score, rank, document_number, titles, leasts, places, vetoed))

Nothing given is NaN or missing in Python, an empty cell or "" in Excel. What is typed in by hand (`manual`) stands in place of the
figure counted; of a bonus and a discretion it is points, of a self-check the check's points, of a veto 1 (in Excel also 是).
`reason` is the reason or, of a veto, the document's number. `Assessing.own` are the lines that the score is made of.
"""

from bangfu_excel.core.scoring.given import INPUTS, Cells, Given, State, has_text
from bangfu_excel.core.scoring.lines import LINE_COLUMNS, SCORING_MODES, score_lines
from bangfu_excel.core.scoring.mode import ScoringMode
from bangfu_excel.core.scoring.totals import (
    TOTAL_COLUMNS,
    GradeCells,
    ScoreCells,
    compared_formula,
    grade_formula,
    own_text,
    places,
    places_formula,
    rank_formula,
    score_formula,
    total_state_formula,
    totals,
    weight_text,
)  # fmt: skip

__all__ = [
    "INPUTS", "LINE_COLUMNS", "SCORING_MODES", "TOTAL_COLUMNS", "Cells", "Given", "GradeCells", "ScoreCells",
    "ScoringMode", "State", "compared_formula", "grade_formula", "has_text", "own_text", "places", "places_formula",
    "rank_formula", "score_formula", "score_lines", "total_state_formula", "totals", "weight_text",
]  # fmt: skip
