"""The whole run beside the script that a user would write: python tests/bench/bench_run.py [workbooks] [rows]

Ten workbooks of 20,000 rows and 30 columns. The script reads with pandas and openpyxl, checks with one pandera schema,
drops duplicates, and writes the same county and township ledgers with to_excel. Ratio within one run.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from rosters import write_roster

import bangfu_excel as bf


def script(inbox: Path, out: Path) -> int:
    """What a user would write."""
    frames = [
        pd.read_excel(path, engine="openpyxl", header=1, dtype={"户主身份证号码": str, "联系电话": str})
        for path in sorted(inbox.glob("*.xlsx"))
    ]
    schema = pa.DataFrameSchema(
        {
            "户编号": pa.Column(str),
            "户主姓名": pa.Column(str, pa.Check.str_length(2, 20)),
            "户主身份证号码": pa.Column(str, pa.Check.str_matches(r"^\d{17}[\dX]$")),
            "家庭人口数": pa.Column(int, pa.Check.in_range(1, 30)),
            "劳动力人数": pa.Column(int, pa.Check.ge(0)),
            "联系电话": pa.Column(str, pa.Check.str_matches(r"^1\d{10}$")),
        }
    )
    data = pd.concat(frames, ignore_index=True)
    try:
        schema.validate(data, lazy=True)
    except pa.errors.SchemaErrors as error:
        data = data.drop(index=error.failure_cases["index"].dropna().unique())
    data = data.drop_duplicates()
    out.mkdir(parents=True)
    helpers = data[["乡镇", "村", "户编号", "户主姓名", "帮扶责任人", "帮扶单位", "帮扶人电话"]]
    for area, part in [("全县", data), *data.groupby("乡镇")]:
        part.to_excel(out / f"帮扶对象台账_{area}.xlsx", index=False)
        helpers.loc[part.index].to_excel(out / f"结对帮扶台账_{area}.xlsx", index=False)
    return len(data)


def main(workbooks: int, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder) / "inbox"
        inbox.mkdir()
        for number in range(workbooks):
            write_roster(
                inbox / f"{number:02d}.xlsx", number * count, count, f"第{number + 1}镇", faulty_share=0.01, extra=10
            )
        started = time.perf_counter()
        result = bf.run(inbox, Path(folder) / "out", registry=Path(folder) / "台账库", as_of="2024-06-30")
        ours = time.perf_counter() - started
        started = time.perf_counter()
        script(inbox, Path(folder) / "script")
        theirs = time.perf_counter() - started
        print(f"{workbooks} workbooks × {count} rows × 30 columns: {result.counts.accepted} rows accepted")
        print(f"bf.run {ours:7.1f} s\nscript {theirs:7.1f} s\nscript / bf.run {theirs / ours:.2f}")


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:3])) if len(sys.argv) > 2 else main(10, 20_000)
