"""Current rows with what the sheet 数据来源 of a ledger says of them."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.table import Table
from bangfu_excel.merge import Registry
from bangfu_excel.write.sources_sheet import ELSEWHERE, RECEIVED


def sourced(rows: pd.DataFrame, registry: Registry, table: Table) -> pd.DataFrame:
    """The current rows of a table with `RECEIVED` and `ELSEWHERE` (栏目：文件“工作表”单元格（怎样来的）, joined with ；)."""
    batches = registry.batches()
    days = dict(zip(batches["id"], batches["received"].dt.strftime("%Y-%m-%d"), strict=True))
    found = registry.elsewhere(table.name)
    labels = found["field"].map({field.name: field.label for field in table.fields}).fillna(found["field"])
    places = found["file"] + ("“" + found["sheet"] + "”").where(found["sheet"] != "", " ") + found["cell"]
    told = (labels + "：" + places + "（" + found["how"] + "）").groupby(found["key"]).agg("；".join)
    return rows.assign(
        **{
            RECEIVED: rows["_batch"].map(days).astype("str").fillna(""),
            ELSEWHERE: rows["_key"].map(told.to_dict()).astype("str").fillna(""),
        }
    )
