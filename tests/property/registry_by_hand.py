"""The registry as somebody would keep it by hand: lists, looked through from the beginning for every question."""

import hashlib
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from bangfu_excel.core.batch import Batch, FileRecord
from bangfu_excel.core.finding import Findings
from bangfu_excel.core.period import Period
from bangfu_excel.core.region import Source
from bangfu_excel.core.rows import Rows

TABLES = ("household", "visit")
SUBMITTERS = {
    "a1.xlsx": "清水镇",
    "a2.xlsx": "清水镇人民政府",
    "a3.xlsx": "清水镇",
    "b.xlsx": "石桥镇",
    "c.xlsx": "",
    "d.xlsx": "",
}
SUBMITTER = {name: submitter.removesuffix("人民政府") for name, submitter in SUBMITTERS.items()}
ACCEPTED = "accepted"


@dataclass(frozen=True)
class File:
    """What one file says; rows: (table, key, unit, value, outcome). Its bytes are its name alone."""

    name: str
    rows: tuple[tuple[str, str, str, int, str], ...]
    supplement: bool = False

    def accepted(self, table):
        return [row for row in self.rows if row[0] == table and row[4] == ACCEPTED]

    def covers(self, table, unit):
        return not self.supplement and unit != "" and any(row[2] == unit for row in self.accepted(table))


def batch(files, period):
    """The same as `Batch`, with the units that its rows say."""
    files = sorted(files, key=lambda one: one.name)
    frames, sources = {}, []
    for table in TABLES:
        rows = [
            (file.name, n, *row[1:], file.supplement)
            for file in files
            for n, row in enumerate(file.rows, 2)
            if row[0] == table
        ]
        if rows:
            names = list(dict.fromkeys(row[0] for row in rows))
            frames[table] = _frame(rows, {name: len(sources) + i for i, name in enumerate(names)})
            sources += [Source(name, "表", table, {}) for name in names]
    records = tuple(
        FileRecord(
            f.name, hashlib.sha256(f.name.encode()).hexdigest(), "xlsx", "read", SUBMITTERS[f.name],
        )
        for f in files
    )  # fmt: skip
    span = Period.parse(period)
    return Batch(Rows(frames, tuple(sources)), Findings(), pd.DataFrame(), records, "default", span.end, span)


def _frame(rows, region):
    columns = list(zip(*rows, strict=True))
    return pd.DataFrame(
        {
            "household_id": pd.Series(columns[2], dtype="str"),
            "village": pd.Series(columns[3], dtype="str"),
            "member_count": pd.Series(columns[4], dtype="Int64"),
            "_file": pd.Series(columns[0], dtype="str"),
            "_sheet": pd.Series(["表"] * len(rows), dtype="str"),
            "_row": np.array(columns[1], dtype=np.int64),
            "_region": np.array([region[name] for name in columns[0]], dtype=np.int32),
            "_outcome": pd.Series(columns[5], dtype="str"),
            "_adds": pd.Series(columns[6], dtype="bool"),
            "_withheld": pd.Series([""] * len(rows), dtype="str"),
            "_key": pd.Series(columns[2], dtype="str"),
            "_unit": pd.Series(columns[3], dtype="str"),
        }
    )


@dataclass
class Entry:
    """An import (files, with what each replaces and which are held), a confirmation (files) or an issue (period, keys)."""

    kind: str
    files: list = field(default_factory=list)
    period: str = ""
    replaced: dict = field(default_factory=dict)
    held: set = field(default_factory=set)
    counted: set = field(default_factory=set)
    in_force: bool = True


class ByHand:
    def __init__(self):
        self.entries = []

    # what became of a file that an import brought

    def waits(self, entry, file):
        confirmed = any(e.kind == "confirm" and e.in_force and (entry.period, file) in e.files for e in self.entries)
        return file in entry.held and not confirmed

    def fate(self, number, file):
        """withdrawn, replaced, held or standing."""
        entry = self.entries[number]
        if not entry.in_force:
            return "withdrawn"
        waits = self.waits(entry, file)
        for later in self.entries[number + 1 :]:
            if later.kind == "import" and later.in_force:
                for other in later.files:
                    takes_place = (entry.period, file) in [(later.period, other), *later.replaced[other]]
                    if takes_place and (waits or not self.waits(later, other)):
                        return "replaced"
        return "held" if waits else "standing"

    def files(self, *fates):
        return [
            (number, file)
            for number, entry in enumerate(self.entries)
            if entry.kind == "import"
            for file in entry.files
            if self.fate(number, file) in fates
        ]

    # what became of a row

    def became(self, number, file, row):
        fate = self.fate(number, file)
        if fate != "standing":
            return fate
        mine = SUBMITTER[file.name]
        for later, other in self.files("standing"):
            newer = self.age(later, row[0]) > self.age(number, row[0])
            if newer and mine != "" and SUBMITTER[other.name] == mine and other.covers(row[0], row[2]):
                return "superseded"
        return "active"

    def age(self, number, table):
        """The larger, the newer: a roster of an older period is older than one of a later period that came before it."""
        return (self.entries[number].period if table == "household" else "", number)

    def versions(self, table, key):
        """(file, row, state) of every accepted row of a key, oldest first."""
        return [
            (file.name, place, self.became(number, file, row))
            for number, entry in enumerate(self.entries)
            if entry.kind == "import"
            for file in entry.files
            for place, row in enumerate(file.rows, 2)
            if row[:2] == (table, key) and row[4] == ACCEPTED
        ]

    def winners(self, table):
        """key → (number, file, place, row) of the row that is current: the newest batch's, of one batch the first."""
        found = {}
        for number, file in self.files("standing"):
            for place, row in enumerate(file.rows, 2):
                counts = row[0] == table and row[4] == ACCEPTED and self.became(number, file, row) == "active"
                if counts and (row[1] not in found or self.age(found[row[1]][0], table) < self.age(number, table)):
                    found[row[1]] = (number, file, place, row)
        return found

    def current(self):
        return {
            (table, key): (row[3], row[2], file.name, place)
            for table in TABLES
            for key, (_, file, place, row) in self.winners(table).items()
        }

    # what happens

    def bring(self, files, period):
        files = sorted(files, key=lambda one: one.name)
        known = [(self.entries[n].period, file) for n, file in self.files("standing", "held")]
        new = [file for file in files if (period, file) not in known]
        waiting = [file for n, file in self.files("held") if self.entries[n].period == period]
        confirmed = [f for e in self.entries if e.kind == "confirm" and e.in_force for f in e.files]
        asked = [f for f in files if f in waiting or (f in new and (period, f) not in confirmed)]
        held = self.disputed(asked)
        if new:
            wanted = [(period, file) for file in files]
            former = [pair for pair in known if pair[0] == period and pair not in wanted]
            replaced = {file: [pair for pair in former if pair[1].name == file.name] for file in new}
            self.entries.append(Entry("import", new, period, replaced, {file for file in new if file in held}))
        return bool(new), held

    def disputed(self, asked):
        """The files that must wait."""
        held = set()
        for submitter in {SUBMITTER[file.name] for file in asked}:
            group = [file for file in asked if SUBMITTER[file.name] == submitter]
            for table in TABLES:
                held |= self._disputed(submitter, group, table)
        return held

    def _disputed(self, submitter, group, table):
        said = {}
        for file in group:
            for row in file.accepted(table):
                said.setdefault(row[1], (file, row))
        held, units = set(), set()
        for key, (_, file, _, row) in self.winners(table).items():
            own = submitter != "" and SUBMITTER[file.name] == submitter
            lost = key not in said and own and any(other.covers(table, row[2]) for other in group)
            altered = key in said and said[key][1][2:4] != row[2:4]
            if (lost or altered) and row[2] in self.announced() and (table, key) in self.counted():
                units.add(row[2])
                if altered:
                    held.add(said[key][0])
        while True:
            more = {file for file in group if any(file.covers(table, unit) for unit in units)}
            wider = units | {row[2] for file in more for row in file.accepted(table) if file.covers(table, row[2])}
            if wider == units:
                return held | more
            units = wider

    def announced(self):
        return {e.period for e in self.entries if e.kind == "issue" and e.in_force}

    def counted(self):
        return set().union(*(e.counted for e in self.entries if e.kind == "issue" and e.in_force))

    def issue(self, period):
        counted = {pair for pair, said in self.current().items() if said[1] == period}
        self.entries.append(Entry("issue", period=period, counted=counted))

    def confirm(self, pairs):
        self.entries.append(Entry("confirm", files=list(pairs)))
