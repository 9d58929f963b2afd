"""Items out of rows: the columns that a metric does not fill say nothing, and who and where is told in one way."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.assess.facts import NO_TOWNSHIP, Facts, Ints, column
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.core.assessment import COUNTY
from bangfu_excel.core.metric import ITEM_COLUMNS, LEVELS

_TEXTS = ("what", "whom", *LEVELS, "file", "sheet")
_DTYPES = {"item": "int64", "top": "float64", "bottom": "float64", "date": "datetime64[ns]", "row": "int64"}


def items(rows: Mapping[str, object], size: int) -> pd.DataFrame:
    """Items of `size` rows, columns `ITEM_COLUMNS`: what `rows` does not give is "" or missing; the county counts where it is not said."""
    blank = dict.fromkeys(_TEXTS, "") | {
        "item": np.arange(size),
        "top": 1.0,
        "bottom": np.nan,
        "row": 0,
        "date": pd.NaT,
        "county": COUNTY,
    }
    frame = pd.DataFrame({name: rows.get(name, blank[name]) for name in ITEM_COLUMNS}, index=range(size))
    return frame.astype(dict.fromkeys(_TEXTS, "str") | _DTYPES).fillna(dict.fromkeys(_TEXTS, ""))


def nothing() -> pd.DataFrame:
    """No items."""
    return items({}, 0)


def origin(rows: pd.DataFrame) -> dict[str, object]:
    """File, sheet and row of each row of a table."""
    return {
        "file": column(rows, "_file").to_numpy(dtype=object), "sheet": column(rows, "_sheet").to_numpy(dtype=object),
        "row": column(rows, "_row", "Int64").fillna(0).to_numpy(np.int64),
    }  # fmt: skip


def places(counting: Counting, rows: pd.DataFrame) -> dict[str, object]:
    """Whom, township, village and school of each row of a table: of the recipient that it means, else as it says itself."""
    known = counting.recipients.reindex(column(rows, "_recipient"))
    found = {
        name: known[name].set_axis(rows.index).replace("", np.nan).fillna(column(rows, name)).fillna("")
        for name in ("township", "village", "school")
    }
    whom = known["name"].set_axis(rows.index).replace("", np.nan).fillna(column(rows, "recipient_name")).fillna("")
    township = found["township"].replace("", NO_TOWNSHIP)
    return {
        "whom": whom.to_numpy(), "township": township.to_numpy(), "school": found["school"].to_numpy(),
        "village": in_township(found["township"], found["village"]).to_numpy(),
    }  # fmt: skip


def of_households(facts: Facts, at: Ints) -> dict[str, NDArray[np.object_]]:
    """The same of households by their positions."""
    rows = facts.households.take(at).reset_index(drop=True)
    towns = np.array(facts.townships, dtype=object)
    village = in_township(rows["township"].fillna(""), rows["village"].fillna(""))
    return {
        "whom": rows["head_name"].fillna("").to_numpy(dtype=object), "village": village.to_numpy(dtype=object),
        "township": towns[rows["town"].to_numpy()] if len(rows) else np.zeros(0, dtype=object),
    }  # fmt: skip


def in_township(township: pd.Series, village: pd.Series) -> pd.Series:
    """A village with its township before it: two townships may have villages of one name."""
    return (township + village).where(village != "", "")
