"""A household's life in words: what was reported of it, what the office said, who helped, and the visits, in order of time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from bangfu_excel.core.masking import Masking, without_numbers
from bangfu_excel.core.names import name_key, name_keys
from bangfu_excel.core.places import place_key, place_keys
from bangfu_excel.core.table import Privacy, Retention, Table
from bangfu_excel.errors import UsageError
from bangfu_excel.merge import Registry, opened
from bangfu_excel.merge.changes import changed_fields, value_text
from bangfu_excel.merge.lives import HOUSEHOLD, RECEIVED, STANDING, SUBMITTER, every_household, stated_about
from bangfu_excel.merge.located import Cells
from bangfu_excel.merge.state import State
from bangfu_excel.merge.succeeding import CLOSED, SINCE, UNTIL, closed_by
from bangfu_excel.pipeline.life_office import Meant, office_lines
from bangfu_excel.pipeline.settings import load_settings, make_spec

_SHOWN_VISITS = 5
_CANDIDATES = 8
_STANDINGS = {"withdrawn": "（这一批已撤回）", "held": "（等待确认）", "replaced": "（同一文件后来重报过）"}
_MADE_BEFORE = "1980-01-01"


@dataclass(frozen=True)
class Line:
    """One thing that happened: the day on which it became known, what, and where it is written."""

    day: str
    text: str
    source: str


@dataclass(frozen=True, repr=False)
class Life:
    """title: who it is · lines: in order of time · visits: how many by month, then the last ones."""

    title: str
    lines: tuple[Line, ...]
    visits: tuple[str, ...]


def life(
    registry: Registry | str | Path,
    name: str,
    *,
    village: str = "",
    profile: str | Path | None = None,
    full: bool = False,
    every_visit: bool = False,
) -> Life:
    """The life of the household `name`: its 户编号, its key (of now or before), or its head's name, of then or now.

    village: where several are called so · full: identity numbers and phones unmasked · every_visit: else the last five.
    Raises `UsageError` where nobody is called so, or several are.
    """
    book = opened(registry)
    settings = load_settings(make_spec("default", profile, _MADE_BEFORE, None))
    masking = Masking(frozenset(Privacy)) if full else settings.masking
    state = book.state
    key = _found(every_household(book.submissions, state), name, village)
    return _Telling(book, state, key, settings.tables, masking).told(every_visit)


def _found(households: pd.DataFrame, name: str, village: str) -> str:
    """The key of the one household that is meant."""
    exact = (households[["_key", "_then", "household_id"]] == name).any(axis=1)
    meant = households[exact if exact.any() else name_keys(households["head_name"]) == name_key(name)]
    if village:
        meant = meant[(place_keys(meant["village"]) == place_key(village)).fillna(False)]
    keys = meant["_key"].unique().tolist()
    if not keys:
        where = f"（{village}）" if village else ""
        raise UsageError(f"台账库里没有叫“{without_numbers(name)}”的户{where}，请写户编号或户主姓名")
    if len(keys) > 1:
        last = meant.drop_duplicates("_key", keep="last").fillna("").head(_CANDIDATES)
        places = (last["township"] + last["village"]).tolist()
        shown = "；".join(f"{without_numbers(one)}（{place}）" for one, place in zip(last["_key"], places, strict=True))
        raise UsageError(f"叫“{name}”的有{len(keys)}户：{shown}，请写户编号，或加 --village 写明是哪个村的")
    return str(keys[0])


@dataclass(frozen=True)
class _Telling:
    registry: Registry
    state: State
    key: str
    tables: Mapping[str, Table]
    masking: Masking

    def told(self, every_visit: bool) -> Life:
        logs = [name for name, table in self.tables.items() if table.retention is not Retention.ROSTER]
        rosters = [name for name in self.tables if name not in logs]
        stated = {name: stated_about(self.registry.submissions, self.state, name, {self.key}) for name in rosters}
        keys = {(table, key) for table, rows in stated.items() for key in rows["_key"]}
        lines = [line for table, rows in stated.items() for line in self._roster(table, rows)]
        units = frozenset(stated[HOUSEHOLD].get("_unit", ()))
        meant = Meant(frozenset({*keys, (HOUSEHOLD, self.key)}), units)
        lines += [Line(*one) for one in office_lines(self.state, self.registry, meant, self._shown)]
        visits = [line for name in logs for line in self._visits(name, every_visit)]
        return Life(self._title(stated[HOUSEHOLD]), tuple(sorted(lines, key=lambda line: line.day)), tuple(visits))

    @cached_property
    def _cells(self) -> Cells:
        return Cells(self.registry.submissions)

    def _title(self, rows: pd.DataFrame) -> str:
        current = self._current(HOUSEHOLD, "_key")
        last = (
            (current if len(current) else rows)
            .tail(1)
            .reindex(columns=["head_name", "township", "village", "group", "household_id"])
        )
        values = last.fillna("").iloc[0] if len(last) else pd.Series("", index=last.columns)
        place = values["township"] + values["village"] + values["group"]
        number = f"，户编号{values['household_id']}" if values["household_id"] else ""
        return f"{self._shown(HOUSEHOLD, 'head_name', values['head_name'])}户，{place}{number}，{'现在册' if len(current) else '已不在册'}"

    def _current(self, table: str, column: str) -> pd.DataFrame:
        rows = self.registry.current(table)
        return rows[rows[column] == self.key] if column in rows else rows.iloc[:0]

    def _shown(self, table: str, name: str, text: str) -> str:
        field = self.tables[table][name] if table in self.tables and name in self.tables[table] else None
        shown = self.masking.shown(text, field)
        in_full = field.privacy in self.masking.full if field else Privacy.IDENTITY in self.masking.full
        return shown if in_full else without_numbers(shown)

    def _roster(self, table: str, rows: pd.DataFrame) -> Iterator[Line]:
        """Each record's first version in full, and of later ones what is different; once it is no longer listed, that."""
        current = self._current(table, "_key" if table == HOUSEHOLD else "_recipient")
        there = set(current["_key"])
        yield from self._closed(table, current)
        for key, versions in rows.groupby("_key", sort=False):
            last: pd.DataFrame | None = None
            own: dict[str, pd.DataFrame] = {}  # submitter → its last version
            for at in range(len(versions)):
                row = versions.iloc[[at]].reset_index(drop=True)
                submitter = str(row[SUBMITTER].iloc[0])
                before = own.get(submitter, last)
                changed = self._changed(table, before, row, others=submitter not in own) if before is not None else []
                if before is None or table == HOUSEHOLD or changed:
                    yield self._version(table, row, before, changed)
                if row[STANDING].iloc[0] not in ("withdrawn", "held"):
                    last = own[submitter] = row
            if last is not None and key not in there:
                gone = f"{self._who(table, last)}后来不再列入"
                yield Line(self._left(last), gone, "")

    def _closed(self, table: str, rows: pd.DataFrame) -> Iterator[Line]:
        """The pairings that ended because the next began, on the day on which that was reported."""
        received = {one.id: one.received for one in self.state.standing}
        for at in np.flatnonzero(rows[CLOSED].fillna("") != "") if CLOSED in rows else ():
            row = rows.iloc[[at]]
            submission, region, number = closed_by(row[CLOSED].iloc[0])
            place = self._cells.place({"submission": submission, "region": region, "row": number}, table, SINCE)
            text = f"{self._who(table, row)}到{self._value(table, row, UNTIL)}为止，由后任接替"
            yield Line(received[submission], text, f"{place.file} {place.sheet} {place.cell}")

    def _left(self, last: pd.DataFrame) -> str:
        """The day on which a later batch no longer listed it, or on which it was last listed."""
        days = sorted(one.received for one in self.state.standing if one.received > last[RECEIVED].iloc[0])
        return days[0] if days else str(last[RECEIVED].iloc[0])

    def _changed(self, table: str, before: pd.DataFrame, row: pd.DataFrame, *, others: bool) -> list[str]:
        """The fields that the row says differently; what it leaves blank is no change of what others said."""
        changed = changed_fields(before, row)
        return [name for name in changed if not others or self._value(table, row, name)]

    def _version(self, table: str, row: pd.DataFrame, last: pd.DataFrame | None, changed: Sequence[str]) -> Line:
        fields = [field.name for field in self.tables[table].fields if field.name in row]
        if last is None:
            said = "，".join(f"{self._label(table, n)}{text}" for n in fields if (text := self._value(table, row, n)))
            text = f"{self._who(table, row)}首次填报：{said}"
        else:
            parts = [
                f"{self._label(table, n)}由“{self._value(table, last, n)}”改为“{self._value(table, row, n)}”（{self._cell(table, row, n)}）"
                for n in changed
            ]
            text = f"{self._who(table, row)}{'，'.join(parts) or '重报，内容没有变'}"
        origin = row.iloc[0]
        sheet = f"“{origin['_sheet']}”" if origin["_sheet"] else " "
        source = f"{origin['_file']}{sheet}第{origin['_row']}行，批次{origin['_batch']}"
        return Line(str(origin[RECEIVED]), text + _STANDINGS.get(str(origin[STANDING]), ""), source)

    def _who(self, table: str, row: pd.DataFrame) -> str:
        """Which record it is; the household itself is not named again."""
        declared = self.tables[table]
        names = [text for name in declared.told_by if (text := self._value(table, row, name))]
        if table == HOUSEHOLD or not names:
            return ""
        helps = declared.told_by == (declared.helper,)
        return f"{declared.called}{'帮扶人' if helps else ''}{'、'.join(names)}，"

    def _label(self, table: str, name: str) -> str:
        return self.tables[table][name].label if name in self.tables[table] else name

    def _value(self, table: str, row: pd.DataFrame, name: str) -> str:
        if name not in row:
            return ""
        precision = row[f"{name}__precision"].iloc[0] if f"{name}__precision" in row else ""
        return self._shown(table, name, value_text(row[name].iloc[0], precision))

    def _cell(self, table: str, row: pd.DataFrame, name: str) -> str:
        origin = row.iloc[0]
        where = {"submission": origin["_submission"], "region": origin["_region"], "row": origin["_row"]}
        return self._cells.place(where, table, name).cell or f"第{origin['_row']}行"

    def _visits(self, table: str, every: bool) -> list[str]:
        dated = self.tables[table].dated_by
        rows = self._current(table, "_recipient")
        if rows.empty or dated not in rows:
            return []
        rows = rows.sort_values(dated, kind="stable")
        months = rows[dated].dt.strftime("%Y-%m").fillna("没有写明月份").value_counts(sort=False)
        unit = self.tables[table].counted[0]
        counted = "，".join(f"{month} {number}{unit}" for month, number in months.items())
        shown = rows if every else rows.tail(_SHOWN_VISITS)
        head = f"{self.tables[table].label}：共{len(rows)}{unit}（{counted}）{'' if len(shown) == len(rows) else f'，最近{len(shown)}{unit}'}"
        return [head, *(self._visit(table, shown.iloc[[at]]) for at in range(len(shown)))]

    def _visit(self, table: str, row: pd.DataFrame) -> str:
        declared = self.tables[table]
        names = dict.fromkeys((declared.dated_by, declared.helper, *declared.told_by, "mode", "content"))
        said = "　".join(text for name in names if (text := self._value(table, row, name)))
        origin = row.iloc[0]
        return f"{said}（{origin['_file']}第{origin['_row']}行，批次{origin['_batch']}）"
