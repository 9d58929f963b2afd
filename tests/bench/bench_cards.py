"""2,000 cards of a household with members, helpers, measures and visits: python tests/bench/bench_cards.py [cards]

What must hold: 2,000 cards of 一户一档 (a sheet each) in at most 60 s, from the registry to the workbooks; the same number of
联系卡, four a page, likewise.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from bangfu_excel.domain import TABLES
from bangfu_excel.pipeline.card_making import Making, Occasion
from bangfu_excel.pipeline.card_values import Rows, Values
from bangfu_excel.profile import form_files
from bangfu_excel.write.forms import Day, form_jobs, read_form, write_form

AS_OF = dt.date(2024, 6, 30)
EACH = {"household": 1, "member": 4, "pairing": 1, "measure": 3, "visit": 6}
"""Rows of a household."""


def frame(table: str, households: int) -> pd.DataFrame:
    """Rows as the registry has them, every field with its example."""
    declared, count = TABLES[table], households * EACH[table]
    columns = {}
    for field in declared.fields:
        texts = pd.Series([field.example or None] * count)
        kind = field.kind.dtype
        columns[field.name] = (
            pd.to_datetime(texts, errors="coerce") if kind.startswith("datetime")
            else pd.to_numeric(texts, errors="coerce").astype("Float64") if kind in ("Int64", "Float64")
            else texts.astype("str") if kind == "str" else pd.Series([True] * count, dtype="boolean")
        )  # fmt: skip
    keys = [f"H{number // EACH[table]}" for number in range(count)]
    villages = [f"村{number // EACH[table] // 100}村" for number in range(count)]
    rows = pd.DataFrame(columns).assign(village=villages, ended_on=pd.NaT)
    return rows.assign(_key=keys, _recipient=keys, _helper=keys, _withheld="")


def main(households: int) -> None:
    tables = {name: Rows(TABLES[name], frame(name, households)) for name in EACH}
    values = Values(tables, frozenset(range(households)))
    common = {"as_of": Day(AS_OF), "period": "2024年6月", "county": "云岭县", "scheme": "方案"}
    for name in ("一户一档", "党员干部为民服务联系卡"):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            form = read_form(form_files()[name], TABLES, tuple(TABLES), "方案")
            cards = Making(form, values, Occasion(common, AS_OF, None)).cards()
            made = time.perf_counter()
            paths = [
                write_form(job)
                for area, own in cards.items()
                for job in form_jobs(form, own, Path(folder) / f"{area.name}.xlsx", AS_OF)
            ]
            done = time.perf_counter()
            size = sum(path.stat().st_size for path in paths) / 1e6
        count = sum(map(len, cards.values()))
        print(f"{name} {count}张 {len(paths)}个工作簿 {size:.1f}MB：取数{made - started:.1f}s，写出{done - made:.1f}s")
        assert done - started <= 60 * max(count, 2000) / 2000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
