"""What a filled-in 冲突裁决.xlsx says of disputed values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.table import Field, Table
from bangfu_excel.merge import Registry
from bangfu_excel.merge.called_now import keys_now
from bangfu_excel.merge.natural import Natural
from bangfu_excel.merge.state import State
from bangfu_excel.pipeline.answers import Answer, Answered, Record
from bangfu_excel.pipeline.corrected_values import UnfitError, objections, value_in
from bangfu_excel.pipeline.record_words import key_mark
from bangfu_excel.pipeline.registered_rows import RegisteredRows
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.write import decision_book as book

_CHANGED = "这一处报来的值已经变了，请重新运行 bangfu run 生成一份再填"
_Where = tuple[str, str, str]
"""Table, mark of the key, field."""


@dataclass(frozen=True)
class Disputes:
    """What is disputed now, and what was decided (the last decision in force), by table, mark of the key and field.

    called: whom marks of keys mean now.
    """

    open: Mapping[_Where, pd.DataFrame]
    decided: Mapping[_Where, Record]
    called: Called
    settings: Settings

    @classmethod
    def of(cls, registry: Registry, state: State, settings: Settings) -> Disputes:
        """From what the registry disputes and the decisions in force."""
        groups = registry.disputes().groupby(["table", "key", "field"], sort=False)
        records = [one for entry in state.office if entry.kind == "decide" for one in entry.content["records"]]
        decided = {(one["table"], key_mark(one["key"]), one["field"]): one for one in records if "stated" in one}
        asked = {(t, key_mark(k), f): part for (t, k, f), part in groups}
        return cls(asked, decided, Called(registry, state, settings.tables), settings)

    def read(self, answer: Answer) -> Answered:
        """What a row decides: a record, nothing, or what is wrong with it."""
        where = self._where(answer)
        stated, asked, before = answer.mark["stated"], self.open.get(where), self.decided.get(where)
        if not answer.text:
            return Answered(left=asked is not None)
        if asked is None and before is None:
            return self._asked_no_more(answer)
        now = sorted(set(asked["text"])) if asked is not None else sorted(before["stated"]) if before else None
        if now != stated:
            return answer.wrong(_CHANGED)
        table = self.settings.tables.get(where[0])
        if table is None or where[2] not in table:
            return answer.wrong("这张报表或栏目已经没有了，请重新运行 bangfu run 生成一份再填")
        key = asked["key"].iloc[0] if asked is not None else before["key"] if before else ""
        try:
            value = self._value(answer, asked, table, table[where[2]], key)
        except UnfitError as unfit:
            return answer.wrong(f"：{unfit}")
        record = {"table": where[0], "key": key, "field": where[2], **value, "stated": stated, "place": answer.place}
        return Answered(record=record, known=before is not None and asked is None and _same(before, record))

    def _where(self, answer: Answer) -> _Where:
        """What a row asks about, under the key of now."""
        table, mark, name = (answer.mark[part] for part in ("table", "key", "field"))
        if not answer.text or (table, mark, name) in self.open or (table, mark, name) in self.decided:
            return table, mark, name
        key = self.called.key(table, mark)
        return table, mark if key is None else key_mark(key), name

    def _asked_no_more(self, answer: Answer) -> Answered:
        """Why nothing is disputed where a row asks: another registry, a record that is there no longer, other values."""
        key = self.called.key(answer.mark["table"], answer.mark["key"])
        if key is None:
            return answer.wrong("所说的记录台账库里没有：这份表不是从这个台账库来的，请核对 --registry 写得对不对")
        return Answered(gone=True) if self.called.row(answer.mark["table"], key) is None else answer.wrong(_CHANGED)

    def _value(
        self, answer: Answer, asked: pd.DataFrame | None, table: Table, field: Field, key: str
    ) -> dict[str, Natural]:
        """`value` and `precision`; `UnfitError` where the cell gives none, or one that the field's rules refuse."""
        if answer.text == book.BLANK:
            return {"value": None, "precision": ""}
        chosen = asked[asked["text"] == answer.text] if asked is not None else None
        if chosen is not None and len(chosen):
            first = chosen.iloc[0]
            return {"value": json.loads(first["value"]), "precision": str(first["precision"])}
        typed = value_in(answer.cell, field, self.settings, answer.row)
        record = self.called.row(table.name, key)
        if record is not None:
            for _, sentence in objections(table, record, {field.name: typed}, answer.row, self.settings):
                raise UnfitError(sentence)
        return {"value": typed.natural, "precision": typed.precision}


class Called:
    """Whom the marks of keys in a workbook mean: records that the registry has or had. Read where it is asked."""

    def __init__(self, registry: Registry, state: State, tables: Mapping[str, Table]) -> None:
        self._registry, self._state = registry, state
        self._rows = RegisteredRows(registry, tables)
        self._tables = tables
        self._keys: dict[str, Mapping[str, str]] = {}

    def key(self, table: str, mark: str) -> str | None:
        """The key of now; None where no batch in force ever stated it."""
        if table not in self._keys:
            now = keys_now(self._registry.submissions, self._state, table)
            self._keys[table] = {key_mark(then): key for then, key in now.items()}
        return self._keys[table].get(mark)

    def row(self, table: str, key: str) -> pd.DataFrame | None:
        """The current record, a frame of one row; None where there is none."""
        rows = self._rows.rows(table) if table in self._tables else None
        found = rows[rows["_key"] == key] if rows is not None else None
        return found.reset_index(drop=True) if found is not None and len(found) else None


def _same(before: Record, record: Record) -> bool:
    return all(before.get(name) == record[name] for name in ("value", "precision", "stated"))
