"""How format 1 wrote a registry, frozen: do not change it when the format changes."""

import hashlib
import json

import pyarrow as pa
import pyarrow.parquet as pq

TEXT, DAY, WHOLE = pa.large_string(), pa.timestamp("ns"), pa.int64()
_DTYPES = {TEXT: "str", DAY: "datetime64[ns]", WHOLE: "int64", pa.int32(): "int32", pa.bool_(): "bool"}
_ORIGIN = {
    "_file": TEXT, "_sheet": TEXT, "_row": WHOLE, "_region": pa.int32(), "_outcome": TEXT, "_withheld": TEXT, "_key": TEXT,
    "_recipient": TEXT, "_helper": TEXT, "_link": TEXT, "_pending": pa.bool_(),
}  # fmt: skip
_FIELDS = {
    "household": {"household_id": TEXT, "township": TEXT, "village": TEXT, "head_name": TEXT},
    "visit": {"household_id": TEXT, "visited_on": DAY, "visited_on__precision": TEXT, "visitors": TEXT},
}


def submission(root, identity, file, submitter, tables):
    """The folder of a submission; tables: name → rows of field values, all accepted. What the entry says of it."""
    folder = root / "submissions" / identity
    folder.mkdir(parents=True)
    for table, rows in tables.items():
        columns = {name: [row.get(name) for row in rows] for name in _FIELDS[table]}
        keys = [
            f"{r['household_id']}|{r['visited_on']:%Y-%m-%d}" if table == "visit" else r["household_id"] for r in rows
        ]
        columns |= {
            "_file": [file] * len(rows), "_sheet": ["表"] * len(rows), "_row": list(range(2, len(rows) + 2)),
            "_region": [0] * len(rows), "_outcome": ["accepted"] * len(rows), "_withheld": [""] * len(rows), "_key": keys,
            "_recipient": [r["household_id"] for r in rows], "_helper": [None] * len(rows), "_link": ["exact"] * len(rows),
            "_pending": [False] * len(rows),
        }  # fmt: skip
        types = {**_FIELDS[table], **_ORIGIN}
        schema = pa.schema([pa.field(n, t, metadata={b"dtype": _DTYPES[t].encode()}) for n, t in types.items()])
        pq.write_table(pa.table(columns, schema=schema), folder / f"{table}.parquet")
    description = {
        "format": 1, "id": identity, "file": file, "sha256": identity * 4, "file_format": "xlsx", "submitter": submitter,
        "townships": [submitter], "metadata": {}, "received": "2024-06-30", "scheme": "default", "period": "2024-06",
        "as_of": "2024-06-30", "rows": {name: {"accepted": len(rows)} for name, rows in tables.items()},
        "regions": [{"sheet": "表", "table": name, "hidden": False, "metadata": {}, "columns": {}} for name in tables],
    }  # fmt: skip
    (folder / "submission.json").write_text(json.dumps(description, ensure_ascii=False), encoding="utf-8")
    accepted = {name: len(rows) for name, rows in tables.items()}
    return {"id": identity, "file": file, "sha256": identity * 4, "accepted": accepted}


def imported(root, seq, batch, items, replaces=()):
    """The journal entry of an import."""
    _entry(root, seq, {
        "kind": "import", "batch": batch, "received": "2024-06-30", "scheme": "default", "period": "2024-06",
        "as_of": "2024-06-30", "submissions": items, "replaces": list(replaces),
    })  # fmt: skip


def turned(root, seq, kind, batch):
    """The journal entry of a withdrawal or restoration."""
    _entry(root, seq, {"kind": kind, "batch": batch})


def _entry(root, seq, content):
    said = {"format": 1, **content, "seq": seq}
    checksum = hashlib.sha256(_dump(said)).hexdigest()
    (root / "journal").mkdir(parents=True, exist_ok=True)
    (root / "journal" / f"{seq:08d}.json").write_bytes(_dump({**said, "sha256": checksum}) + b"\n")


def _dump(content):
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
