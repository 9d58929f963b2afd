"""What a batch brings up: conflicts with what others said before, and data that are older than what stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import merge as says
from bangfu_excel.core.period import Period
from bangfu_excel.merge.state import Registered, State
from bangfu_excel.merge.submission import Submission

_FIELD = ["table", "key", "field"]


def raised(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The statements in `after` (columns of `resolving.STATED`) of fields that were not disputed between the same values before."""
    if after.empty:
        return after
    was, now = ({place: frozenset(found) for place, found in part.groupby(_FIELD)["text"]} for part in (before, after))
    asked = {place for place, texts in now.items() if was.get(place) != texts}
    return after[[place in asked for place in after[_FIELD].itertuples(index=False, name=None)]]


def counted(statements: pd.DataFrame) -> int:
    """How many fields these statements are of."""
    return len(statements[_FIELD].drop_duplicates())


def dispute_findings(statements: pd.DataFrame, submissions: Sequence[Submission]) -> Iterator[Finding]:
    """One finding for each file that contradicts what came before it. Conflicts within a run are told row by row by another rule."""
    own = {one.id: one.record.file for one in submissions}
    arrived = statements["submission"].isin(list(own))
    earlier = statements.loc[~arrived, _FIELD].drop_duplicates()
    contradicting = statements[arrived].merge(earlier, on=_FIELD)
    for submission, found in contradicting.groupby("submission", sort=False):
        number = counted(found)
        yield says.DISPUTED.finding(Place(own[str(submission)]), count=number, number=number)


def outdated_findings(submissions: Sequence[Submission], after: State) -> Iterator[Finding]:
    """One finding for each file of which rows are superseded as it comes: its unit has submitted a later period before."""
    arrived = {one.id for one in submissions}
    for one in after.standing:
        if one.id in arrived and after.taken[one.id]:
            later = _latest(one, after).label
            yield says.NEWER_STANDS.finding(Place(one.file), period=Period.parse(one.period).label, later=later)


def _latest(one: Registered, after: State) -> Period:
    """The latest period of which the unit of `one` has submitted something."""
    same = (other for other in after.standing if (other.submitter, other.scheme) == (one.submitter, one.scheme))
    return max((Period.parse(other.period) for other in same), key=lambda period: period.end)
