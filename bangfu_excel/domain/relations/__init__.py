"""Rules across rows and tables, in the order in which they are printed."""

from __future__ import annotations

from bangfu_excel.core.rule import Relation
from bangfu_excel.domain.relations import (
    coverage,
    duties,
    families,
    funds,
    helpers,
    identity,
    jobs,
    kin,
    measures,
    pairings,
    patterns,
    registered,
    visits,
    work,
)

RELATIONS: tuple[Relation, ...] = (
    *identity.RELATIONS,
    *families.RELATIONS,
    *kin.RELATIONS,
    *coverage.RELATIONS,
    *pairings.RELATIONS,
    *patterns.RELATIONS,
    *duties.RELATIONS,
    *helpers.RELATIONS,
    *visits.RELATIONS,
    *measures.RELATIONS,
    *funds.RELATIONS,
    *work.RELATIONS,
    *jobs.RELATIONS,
    *registered.RELATIONS,
)
"""Every relation. They see submitted rows (`_region` ≥ 0) and registered ones (`_region` -1); only the former are told."""

__all__ = ["RELATIONS"]
