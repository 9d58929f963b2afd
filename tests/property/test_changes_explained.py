"""Whatever is reported in between: the log of the changes, applied to what was known then, gives what is known now."""

import hashlib
import os
import pathlib
import tempfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu_excel.core.batch import Batch, FileRecord
from bangfu_excel.core.finding import Findings
from bangfu_excel.core.period import Period
from bangfu_excel.core.region import Source
from bangfu_excel.core.rows import Rows
from bangfu_excel.merge import Registry, merge, storage
from bangfu_excel.merge.changes import value_text

EXAMPLES = int(os.environ.get("BANGFU_EXAMPLES", "25"))
TABLES = ("household", "member", "pairing")
DAYS = [None, "2024-01-15", "2024-03-01", "2024-05-20"]
PAIRING = st.tuples(st.sampled_from("李王赵"), st.sampled_from(DAYS), st.sampled_from([None, None, "2024-06-01"]))
HOUSEHOLD = st.fixed_dictionaries(
    {
        "head_id": st.sampled_from([None, "990101196001011012", "990101197001011017"]),
        "remark": st.sampled_from([None, None, "户主死亡"]),
        "members": st.dictionaries(st.sampled_from("甲乙"), st.sampled_from([None, "9", "8"]), max_size=2),
        "pairings": st.lists(PAIRING, max_size=2, unique_by=lambda one: one[0]),
    }
)
ROSTER = st.tuples(
    st.sampled_from(["清水镇", "石桥镇"]),
    st.dictionaries(st.sampled_from(["H1", "H2", "H3"]), HOUSEHOLD, min_size=1, max_size=3),
)


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch):
    monkeypatch.setattr(storage.os, "fsync", lambda descriptor: None)


def batch(submitter, households):
    """The roster of one village of `submitter`; keys as the key ladders make them."""
    rows = {table: [] for table in TABLES}
    for home, said in households.items():
        rows["household"].append((home, home, {"head_id": said["head_id"], "remark": said["remark"]}))
        for name, number in said["members"].items():
            rows["member"].append((f"{home}|{number or name}", home, {"name": name, "id_number": number}))
        for helper, start, end in said["pairings"]:
            key = f"{home}|{helper}|{start}" if start else f"{home}|{helper}"
            values = {"helper_name": helper, "started_on": start, "ended_on": end, "_helper": helper}
            rows["pairing"].append((key, home, values))
    frames = {table: frame(table, found, submitter) for table, found in rows.items() if found}
    sources = tuple(Source(f"{submitter}.xlsx", table, table, {}) for table in TABLES)
    digest = hashlib.sha256(repr((submitter, households)).encode()).hexdigest()
    records = (FileRecord(f"{submitter}.xlsx", digest, "xlsx", "read", submitter),)
    span = Period.parse("2024-06")
    return Batch(Rows(frames, sources), Findings(), pd.DataFrame(), records, "default", span.end, span)


def frame(table, found, submitter):
    names = list(found[0][2])
    columns = {
        name: pd.Series([pd.Timestamp(values[name]) if values[name] else pd.NaT for *_, values in found])
        if name.endswith("_on")
        else pd.Series([values[name] for *_, values in found], dtype="str")
        for name in names
    }
    texts = {
        "_file": f"{submitter}.xlsx", "_sheet": table, "_outcome": "accepted", "_withheld": "", "_link": "exact",
        "_unit": f"{submitter}|甲",
    }  # fmt: skip
    origin = {name: pd.Series([text] * len(found), dtype="str") for name, text in texts.items()}
    origin |= {
        name: pd.Series([one[at] for one in found], dtype="str") for at, name in enumerate(("_key", "_recipient"))
    }
    numbers = {
        "_row": np.arange(2, len(found) + 2),
        "_region": np.full(len(found), TABLES.index(table), dtype=np.int32),
    }
    return pd.DataFrame({**columns, **origin, **numbers})


def stated(registry, moment):
    """(table, key) → (household, field → text)."""
    found = {}
    for table in TABLES:
        rows = registry.current(table, as_of=moment)
        fields = [name for name in rows.columns if not name.startswith("_")]
        values = rows[fields].to_dict("records") if len(rows) else []
        for key, home, said in zip(rows["_key"], rows["_recipient"], values, strict=True):
            found[table, key] = home, {name: text for name, value in said.items() if (text := value_text(value))}
    return found


def applied(before, log, after):
    """The state before, changed as the log says and no more.

    The values of a new record are those that it has; what went with a household that went is not told.
    """
    state = {place: (home, dict(values)) for place, (home, values) in before.items()}
    gone = {line["key"] for line in log if line["kind"] == "减少" and line["table"] == "household"}
    state = {
        place: said for place, said in state.items() if place[0] == "household" or said[0] not in gone or place in after
    }
    closed = {line["key"] for line in log if line["kind"] == "变更" and line["field"] == "ended_on"}
    for line in sorted(
        log, key=lambda line: (line["kind"] != "更换帮扶人", line["field"] != "_key", line["kind"] == "新增")
    ):
        place = line["table"], line["key"]
        match line["kind"], line["field"]:
            case "更换帮扶人", _:
                if line["former"] not in closed:
                    del state["pairing", line["former"]]
                state[place] = after[place]
            case "变更", "_key":
                state[place] = state.pop((line["table"], line["before"]))
            case "变更", field:
                values = state[place][1]
                assert values.pop(field, "") == line["before"]
                values |= {field: line["after"]} if line["after"] else {}
            case "减少", _:
                del state[place]
            case "新增", _:
                assert place not in state
                state[place] = after[place]
    return {place: values for place, (_, values) in state.items()}


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(ROSTER, min_size=1, max_size=2), st.lists(ROSTER, min_size=1, max_size=2))
def test_the_log_explains_exactly_the_difference(first, then):
    with tempfile.TemporaryDirectory() as folder:
        registry = Registry(pathlib.Path(folder) / "台账库")
        ids = [merge(batch(*roster), registry).batch_id for roster in first]
        since = next(one for one in reversed(ids) if one)
        for roster in then:
            merge(batch(*roster), registry)
        before, after = stated(registry, since), stated(registry, None)
        log = registry.changes(since).to_dict("records")
        assert applied(before, log, after) == {place: values for place, (_, values) in after.items()}
        assert all(line["cell"] and line["file"] and line["batch"] for line in log)
