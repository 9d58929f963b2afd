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
SUBMITTER = {name: submitter.removesuffix("人民政府").removesuffix("镇") for name, submitter in SUBMITTERS.items()}
ACCEPTED = "accepted"
TRUSTED = "石桥"


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
    """An import (files, with what each replaces and which are held, under a policy), a confirmation (files), an issue (period,
    keys) or a decision (said: table, key, stated values, value).
    """

    kind: str
    files: list = field(default_factory=list)
    period: str = ""
    replaced: dict = field(default_factory=dict)
    held: set = field(default_factory=set)
    counted: set = field(default_factory=set)
    policy: str = "newest"
    said: tuple = ()
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
        statements = self.statements(table, key)
        return [
            (file.name, place, self.version(number, file, place, row, statements))
            for number, entry in enumerate(self.entries)
            if entry.kind == "import"
            for file in entry.files
            for place, row in enumerate(file.rows, 2)
            if row[:2] == (table, key) and row[4] == ACCEPTED
        ]

    def version(self, number, file, place, row, statements):
        became = self.became(number, file, row)
        if became != "active":
            return became
        places = [(n, f, p) for n, f, p, _ in statements]
        if (number, file, place) not in places:
            return "superseded"
        return "active" if (number, file, place) == places[0] else "outvoted"

    def statements(self, table, key):
        """(number, file, place, row) that state a key: of each unit those of its newest batch; newest first, then as read."""
        counting = [
            (number, file, place, row)
            for number, file in self.files("standing")
            for place, row in enumerate(file.rows, 2)
            if row[:2] == (table, key) and row[4] == ACCEPTED and self.became(number, file, row) == "active"
        ]
        newest = {}
        for number, file, _, _ in counting:
            unit = SUBMITTER[file.name]
            newest[unit] = max(newest.get(unit, number), number, key=lambda n: self.age(n, table))
        speaking = [one for one in counting if one[0] == newest[SUBMITTER[one[1].name]]]
        return sorted(speaking, key=lambda one: self.age(one[0], table), reverse=True)

    def policy(self):
        imports = [entry for entry in self.entries if entry.kind == "import" and entry.in_force]
        return imports[-1].policy if imports else "newest"

    def value(self, table, key, column):
        """Of a field (column of a row): the value that stands, and the set of values that are to be decided between."""
        statements = self.statements(table, key)
        stating = [one for one in statements if one[3][column] is not None]
        stated = {one[3][column] for one in stating}
        if not stating:
            return None, set()
        policy = self.policy() if (table, column) == ("household", 3) else "newest"

        def weight(one):
            trusted = SUBMITTER[one[1].name] == TRUSTED
            age = self.age(one[0], table)
            return {"source": (trusted, age), "fill": (), "ask": (age,), "newest": (age,)}[policy]

        if policy == "fill":
            oldest = min(self.age(one[0], table) for one in stating)
            equal = [one for one in stating if self.age(one[0], table) == oldest]
        else:
            equal = [one for one in stating if weight(one) == max(map(weight, stating))]
        rivals = stated if policy == "ask" else {one[3][column] for one in equal}
        for entry in reversed(self.entries):
            settles = entry.kind == "decide" and entry.in_force and entry.said[:3] == (table, key, stated)
            if settles and column == 3 and len(stated) > 1:
                return entry.said[3], set()
        asked = len(rivals) > 1 and (policy == "ask" or table == "household")
        return equal[0][3][column], stated if asked else set()

    def disputes(self):
        """(table, key, field) → the values that are to be decided between."""
        found = {}
        for table, key in sorted(self.current()):
            for column, name in ((3, "member_count"), (2, "village")):
                values = self.value(table, key, column)[1]
                if values:
                    found[table, key, name] = values
        return found

    def winners(self, table):
        """key → (number, file, place, row) of the row that is current: the newest, of one batch the first."""
        keys = {row[1] for _, file in self.files("standing") for row in file.rows if row[0] == table}
        found = {key: self.statements(table, key) for key in sorted(keys)}
        return {key: statements[0] for key, statements in found.items() if statements}

    def current(self):
        return {
            (table, key): (self.value(table, key, 3)[0], self.value(table, key, 2)[0], file.name, place)
            for table in TABLES
            for key, (_, file, place, _) in self.winners(table).items()
        }

    # what happens

    def bring(self, files, period, policy):
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
            self.entries[-1].policy = policy
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
            now = tuple(self.value(table, key, column)[0] for column in (2, 3))
            altered = key in said and said[key][1][2:4] != now
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

    def decide(self, table, key, value):
        said = (table, key, self.disputes()[table, key, "member_count"], value)
        again = any(e.kind == "decide" and e.in_force and e.said == said for e in self.entries)
        if not again:
            self.entries.append(Entry("decide", said=said))
        return not again
