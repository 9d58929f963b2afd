"""Names of persons that are places of the same region: what a cell that slipped by one column leaves behind."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from bangfu_excel.core.kinds.clean import among, matches, text_array
from bangfu_excel.core.messages.validate import PLACE_FOR_NAME
from bangfu_excel.core.names import PLACE_ENDING
from bangfu_excel.core.region import TypedRegion
from bangfu_excel.core.table import Table
from bangfu_excel.validate.breach import Breach

_PLACES = ("township", "village", "group", "villager_group")


def placename_breaches(typed: TypedRegion, table: Table, settled: Collection[str]) -> Iterator[Breach]:
    """The rows whose person is named like a township, village or group of the region. A recipient may be a village."""
    frame = typed.frame
    for field in table.fields:
        if (
            field.kind.name != "person"
            or field.facet == "recipient"
            or field.name in settled
            or field.name not in frame
        ):
            continue
        texts = text_array(frame[field.name])
        like = np.flatnonzero(matches(texts, PLACE_ENDING))
        if len(like):
            places = {place for name in _PLACES if name in frame for place in frame[name].dropna().unique().tolist()}
            rows = like[among(texts.take(like), places)]
            if len(rows):
                yield Breach(PLACE_FOR_NAME, (field.name,), rows, [{}] * len(rows))
