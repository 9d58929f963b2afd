"""Whatever comes, goes or is corrected after an announcement: it is printed again byte for byte, and the next one accounts for it."""

import datetime as dt
import hashlib
import os
import pathlib
import tempfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bangfu_excel as bf
from bangfu_excel.core.batch import Batch, FileRecord
from bangfu_excel.core.finding import Findings
from bangfu_excel.core.period import Period
from bangfu_excel.core.region import Source
from bangfu_excel.core.rows import Rows
from bangfu_excel.merge import storage

EXAMPLES = int(os.environ.get("BANGFU_EXAMPLES", "10"))
TOWNS, DAYS = ("甲镇", "乙镇"), ("2024-05-10", "2024-06-05", "2024-06-20", "2024-07-03")


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch):
    monkeypatch.setattr(storage.os, "fsync", lambda descriptor: None)


VISIT = st.tuples(st.sampled_from("ABC"), st.sampled_from(DAYS), st.sampled_from(TOWNS), st.sampled_from([0, 0, 0, 1]))
HOME = st.tuples(st.sampled_from("ABC"), st.sampled_from(TOWNS))
FILE = st.tuples(
    st.sampled_from(TOWNS),
    st.lists(VISIT, min_size=1, max_size=5, unique_by=lambda row: row[:2]),
    st.lists(HOME, max_size=2, unique_by=lambda row: row[0]),
)
IMPORT = st.tuples(st.just("import"), FILE)
LATER = st.one_of(
    IMPORT, IMPORT, st.tuples(st.just("confirm"), st.just(0)), st.tuples(st.just("turn"), st.integers(0, 9)),
    st.tuples(st.just("remove"), st.integers(0, 9)), st.tuples(st.just("redate"), st.integers(0, 9)),
)  # fmt: skip


def frame(rows, names, region):
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    made = pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})
    return made.assign(
        _file="一.xlsx", _sheet="表", _row=np.arange(2, len(rows) + 2), _region=np.int32(region), _outcome="accepted",
        _withheld="", _key=made["household_id"], _recipient=made["household_id"],
    ).astype(dict.fromkeys(("_file", "_sheet", "_outcome", "_withheld", "_key"), "str"))  # fmt: skip


def batch(town, visits, homes):
    logged = frame([row[:3] for row in visits], ("household_id", "visited_on", "township"), 0)
    logged["_key"], logged["_unit"] = logged["household_id"] + "|" + logged["visited_on"], logged["visited_on"].str[:7]
    logged["_helper"] = pd.Series("李明|局", index=logged.index, dtype="str")
    logged["_adds"] = [bool(row[3]) for row in visits]
    logged["visited_on"] = pd.to_datetime(logged["visited_on"])
    frames = {"visit": logged}
    if homes:
        frames["household"] = frame(homes, ("household_id", "township"), 1).assign(_unit="甲|村", _adds=False)
    sources = tuple(Source("一.xlsx", "表", name, {}) for name in frames)
    sha256 = hashlib.sha256(repr((town, visits, homes)).encode()).hexdigest()
    record, span = FileRecord("一.xlsx", sha256, "xlsx", "read", town), Period.parse("2024-07")
    return Batch(Rows(frames, sources), Findings(), pd.DataFrame(), (record,), "default", span.end, span)


def happen(registry, kind, what):
    if kind == "import":
        bf.merge(batch(*what), registry)
    elif kind == "confirm" and registry.state.waiting:
        registry.confirm(one.id for one in registry.state.waiting)
    elif kind == "turn":
        listed = registry.batches().query("kind != 'issue'")
        if len(listed):
            name, state = listed[["id", "state"]].iloc[what % len(listed)]
            (registry.restore if state == "withdrawn" else registry.undo)(name)
    elif kind in ("remove", "redate"):
        rows = registry.current("visit")
        if len(rows):
            row = rows.iloc[what % len(rows)]
            said = {"table": "visit", "key": row["_key"], "source": "核实", "date": "2024-07-20", "place": "更正!B3"}
            day = f"{row['visited_on']:%Y-%m-%d}"
            said |= {"field": "", "old": None, "new": ""} if kind == "remove" else {
                "field": "visited_on", "old": day, "new": DAYS[what % len(DAYS)], "precision": "",
            }  # fmt: skip
            registry.record("correct", [said], received=dt.date(2024, 7, 20))


def printed(registry, folder, period):
    return bf.assess(registry, period=period).write(folder / "考核.xlsx").read_bytes()


def by_town(announced, name):
    return {town: n for town, n in zip(announced.balance["township"], announced.balance[name], strict=True) if n}


def account_for(registry, period):
    """The equation holds for every township, and every 补报 and 核减 is listed."""
    announced = bf.assess(registry, period=period).announced
    rows = announced.balance
    sums = rows["previous"] + rows["current"] + rows["supplement"] - rows["deduction"]
    assert (sums == rows["total"]).all()
    for kind, name in (("补报", "supplement"), ("核减", "deduction")):
        listed = announced.differences.loc[announced.differences["kind"] == kind, "township"].value_counts().to_dict()
        assert listed == by_town(announced, name)
    assert (announced.differences["reason"] != "").all()
    return announced


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(IMPORT, min_size=1, max_size=3), st.lists(LATER, min_size=1, max_size=4), st.booleans())
def test_what_was_announced_stays_and_the_next_one_accounts_for_what_differs(before, after, july):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        registry = bf.Registry(folder / "台账库")
        for event in before:
            happen(registry, *event)
        bf.issue(registry, period="2024-06")
        june, shown = account_for(registry, "2024-06"), printed(registry, folder, "2024-06")
        for event in after:
            happen(registry, *event)
        following = account_for(registry, "2024-07")
        assert by_town(following, "previous") == by_town(june, "total")
        assert following.figures["total"] == len(registry.current("visit"))
        if july:
            bf.issue(registry, period="2024-07")
            again = printed(registry, folder, "2024-07")
            happen(registry, *after[0])
            assert printed(registry, folder, "2024-07") == again
        assert printed(registry, folder, "2024-06") == shown
