"""What only the county office can decide, gathered for 冲突裁决.xlsx: disputed values, names with several households, unknown headers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.merge import Registry
from bangfu_excel.merge.changes import value_text
from bangfu_excel.pipeline.asked_names import asked_names
from bangfu_excel.pipeline.checking import Checked
from bangfu_excel.pipeline.headers import field_labels, header_rows
from bangfu_excel.pipeline.record_words import key_mark, place_words, record_words
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.write.decision_book import NAME as DECISIONS
from bangfu_excel.write.decision_book import ConflictRow, SourceCell, Undecided, write_decisions

__all__ = ["DECISIONS", "DecisionJob", "decision_jobs", "undecided", "write_decision_job"]

_NOBODY_KNOWN = "未写明"


@dataclass(frozen=True)
class DecisionJob:
    """A workbook to be written."""

    undecided: Undecided
    path: Path
    as_of: dt.date


def decision_jobs(registry: Registry, checked: Checked, out: Path) -> list[DecisionJob]:
    """The workbook of what is to be decided after a run, none where nothing is."""
    found = undecided(registry, checked)
    return [DecisionJob(found, out / DECISIONS, checked.batch.as_of)] if len(found) else []


def write_decision_job(job: DecisionJob) -> Path:
    """The workbook, written."""
    return write_decisions(job.undecided, job.path, as_of=job.as_of)


def undecided(registry: Registry, checked: Checked) -> Undecided:
    """All that is to be decided: the disputes of the registry, the names and headers of this run."""
    settings = checked.settings
    return Undecided(
        conflicts=tuple(_conflicts(registry.disputes(), registry, settings)),
        names=tuple(asked_names(checked.batch.rows, registry, settings)),
        headers=tuple(header_rows(checked.unknown, settings)),
        labels=field_labels(settings),
    )


def _conflicts(disputes: pd.DataFrame, registry: Registry, settings: Settings) -> Iterator[ConflictRow]:
    """One row a disputed field, in the order of the tables, their records and fields."""
    chosen = disputes[among(disputes["table"], settings.tables)]
    for name, table in settings.tables.items():
        own = chosen[chosen["table"] == name]
        if own.empty:
            continue
        order = {field.name: position for position, field in enumerate(table.fields)}
        own = own.assign(_at=own["field"].map(order)).sort_values(["key", "_at"], kind="stable")
        current = registry.current(name)
        told = record_words(current[among(current["_key"], own["key"].tolist())], table, settings.masking)
        for (key, field), stated in own.groupby(["key", "field"], sort=False):
            yield _conflict(stated, table.label, told.get(str(key), ""), table[str(field)].label)


def _conflict(stated: pd.DataFrame, table: str, record: str, field: str) -> ConflictRow:
    """The values side by side, different ones first."""
    repeated = stated["text"].duplicated().to_numpy()
    ordered = pd.concat([stated[~repeated], stated[repeated]])
    first = ordered.iloc[0]
    texts = tuple(dict.fromkeys(ordered["text"].tolist()))
    mark = {"table": first["table"], "key": key_mark(first["key"]), "field": first["field"], "stated": sorted(texts)}
    return ConflictRow(
        table=table,
        record=record,
        field=field,
        sources=tuple(_source(one) for one in ordered.to_dict("records")),
        stands="、".join(dict.fromkeys(stated.loc[stated["stands"], "text"].tolist())),
        choices=texts,
        mark=json.dumps(mark, ensure_ascii=False),
    )


def _source(stated: Mapping[str, object]) -> SourceCell:
    place = place_words(str(stated["file"]), str(stated["sheet"]), str(stated["cell"]))
    return SourceCell(
        str(stated["text"]), str(stated["submitter"]) or _NOBODY_KNOWN, place, value_text(stated["received"])
    )
