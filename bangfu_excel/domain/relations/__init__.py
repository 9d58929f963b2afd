"""Rules across rows and tables, in the order in which they are printed."""

from __future__ import annotations

from bangfu_excel.core.rule import Relation
from bangfu_excel.domain.relations import (
<<<<<<< HEAD
=======
    duties,
>>>>>>> ab75217 (Tell who must help by the plan and is paired with nobody, and festival visits that no festival is near)
    families,
    funds,
    identity,
    measures,
    pairings,
    patterns,
    problems,
    registered,
    visits,
<<<<<<< HEAD
    work,
=======
>>>>>>> ab75217 (Tell who must help by the plan and is paired with nobody, and festival visits that no festival is near)
)

RELATIONS: tuple[Relation, ...] = (
    *identity.RELATIONS,
    *families.RELATIONS,
    *pairings.RELATIONS,
    *patterns.RELATIONS,
    *duties.RELATIONS,
    *problems.RELATIONS,
    *visits.RELATIONS,
    *measures.RELATIONS,
    *funds.RELATIONS,
    *work.RELATIONS,
    *registered.RELATIONS,
)
"""Every relation. They see submitted rows (`_region` ≥ 0) and registered ones (`_region` -1); only the former are told."""

__all__ = ["RELATIONS"]
