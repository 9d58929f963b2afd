"""What a filled-in 冲突裁决.xlsx says of disputed values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.table import Field
from bangfu_excel.merge.natural import Natural
from bangfu_excel.pipeline.answers import Answer, Answered, Record
from bangfu_excel.pipeline.corrected_values import UnfitError, value_in
from bangfu_excel.pipeline.record_words import key_mark
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.write import decision_book as book

_Where = tuple[str, str, str]
"""Table, mark of the key, field."""


@dataclass(frozen=True)
class Disputes:
    """What is disputed now, and what was decided (the last decision in force), by table, mark of the key and field."""

    open: Mapping[_Where, pd.DataFrame]
    decided: Mapping[_Where, Record]
    settings: Settings

    @classmethod
    def of(cls, disputes: pd.DataFrame, records: Iterator[Record], settings: Settings) -> Disputes:
        """From `Registry.disputes()` and the decisions in force, oldest first."""
        groups = disputes.groupby(["table", "key", "field"], sort=False)
        decided = {(one["table"], key_mark(one["key"]), one["field"]): one for one in records if "stated" in one}
        return cls({(t, key_mark(k), f): part for (t, k, f), part in groups}, decided, settings)

    def read(self, answer: Answer) -> Answered:
        """What a row decides: a record, nothing, or what is wrong with it."""
        where = (answer.mark["table"], answer.mark["key"], answer.mark["field"])
        stated, asked, before = answer.mark["stated"], self.open.get(where), self.decided.get(where)
        if not answer.text:
            return Answered(left=asked is not None)
        now = sorted(set(asked["text"])) if asked is not None else sorted(before["stated"]) if before else None
        if now != stated:
            return answer.wrong("这一处报来的值已经变了，请重新运行 bangfu run 生成一份再填")
        table = self.settings.tables.get(where[0])
        if table is None or where[2] not in table:
            return answer.wrong("这张报表或栏目已经没有了，请重新运行 bangfu run 生成一份再填")
        try:
            value = self._value(answer, asked, table[where[2]])
        except UnfitError as unfit:
            return answer.wrong(f"：{unfit}")
        key = asked["key"].iloc[0] if asked is not None else before["key"] if before else ""
        record = {"table": where[0], "key": key, "field": where[2], **value, "stated": stated, "place": answer.place}
        return Answered(record=record, known=before is not None and asked is None and _same(before, record))

    def _value(self, answer: Answer, asked: pd.DataFrame | None, field: Field) -> dict[str, Natural]:
        """`value` and `precision`; `UnfitError` where the cell gives none."""
        if answer.text == book.BLANK:
            return {"value": None, "precision": ""}
        chosen = asked[asked["text"] == answer.text] if asked is not None else None
        if chosen is not None and len(chosen):
            first = chosen.iloc[0]
            return {"value": json.loads(first["value"]), "precision": str(first["precision"])}
        typed = value_in(answer.cell, field, self.settings, answer.row)
        return {"value": typed.natural, "precision": typed.precision}


def _same(before: Record, record: Record) -> bool:
    return all(before.get(name) == record[name] for name in ("value", "precision", "stated"))
