"""Units that were written behind a quantity (3台, 2袋 面粉): values of the field that says in what it is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Finding
from bangfu_excel.core.kinds.clean import bare
from bangfu_excel.core.kinds.quantity import read_quantities
from bangfu_excel.core.kinds.units import MEASURE
from bangfu_excel.core.messages.normalise import CONVERTED, UNIT_TAKEN
from bangfu_excel.core.region import Source
from bangfu_excel.core.table import Field, Table
from bangfu_excel.normalise.wording import show


@dataclass(frozen=True)
class Measured:
    """The columns of units, where they are stated, where they stand, and all there is to say, with what was said before."""

    columns: Mapping[str, pd.Series]
    stated: Mapping[str, NDArray[np.bool_]]
    source: Source
    findings: tuple[Finding, ...]


def take_units(
    table: Table, typed: Mapping[str, Any], source: Source, numbers: NDArray[np.int64], said: Sequence[Finding]
) -> Measured:
    """The units behind the quantities of `table`, in rows that do not state one themselves. `numbers`: Excel's row numbers."""
    columns: dict[str, pd.Series] = {}
    stated: dict[str, NDArray[np.bool_]] = {}
    places = dict(source.columns)
    findings = list(said)
    for field in table.fields:
        if not field.counted_in or field.name not in typed or places[field.name].raw is None:
            continue
        written = _written(source, field, numbers, pd.Series(typed[field.name]).notna())
        given = pd.Series(typed.get(field.counted_in), written.index, dtype="str")
        taken = (written.notna() & given.isna()).to_numpy(dtype=bool)
        if not taken.any():
            continue
        columns[field.counted_in] = given.fillna(written)
        stated[field.counted_in] = columns[field.counted_in].notna().to_numpy(dtype=bool)
        places.setdefault(field.counted_in, places[field.name])
        first = int(np.flatnonzero(taken)[0])
        after = f"{show(typed[field.name][first])}，单位{written.iloc[first]}"
        findings = _with_note(findings, source, field, numbers[taken], after)
    return Measured(columns, stated, replace(source, columns=places), tuple(findings))


def _written(source: Source, field: Field, numbers: NDArray[np.int64], read: pd.Series) -> pd.Series:
    """The unit behind the quantity of each row that was read; missing where there is none."""
    raw = source.columns[field.name].raw
    assert raw is not None
    units = [_unit(value) if isinstance(value, str) else None for value in raw.values]
    codes = raw.codes[numbers - 1]
    return pd.Series([units[code] for code in codes.tolist()], read.index, dtype="str").where(read)


def _unit(text: str) -> str | None:
    """The measure word with which the unit of a quantity begins: 袋 of 2袋面粉."""
    quantities = read_quantities(bare(text))
    match = MEASURE.match(quantities[0].unit) if len(quantities) == 1 else None
    return match[0] if match else None


def _with_note(
    said: Sequence[Finding], source: Source, field: Field, numbers: NDArray[np.int64], after: str
) -> list[Finding]:
    """The findings with a note that the units were taken, in place of the one that they were dropped."""
    first, *further = (source.place(int(number), field.name) for number in numbers[: RELATED_SHOWN + 1])
    note = UNIT_TAKEN.finding(
        first, related=tuple(p.cell for p in further), count=len(numbers), cells=len(numbers), after=after
    )
    kept = [f for f in said if f.code != CONVERTED.code or f.place.field != field.name or f.count > len(numbers)]
    return [*kept, note]
