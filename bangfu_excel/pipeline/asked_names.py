"""Names that may mean several households, children or villages, as 冲突裁决.xlsx asks about them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache

import pandas as pd

from bangfu_excel.core.reference import Reference
from bangfu_excel.core.rows import Rows
from bangfu_excel.core.standing import CONFIRMED_BY, REFERENCE_COLUMNS
from bangfu_excel.link import ambiguous_references
from bangfu_excel.merge import Registry
from bangfu_excel.pipeline.record_words import house_words, key_mark, place_words, said
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.write.decision_book import NameRow

_PLACES = 3


def asked_names(rows: Rows, registry: Registry, settings: Settings) -> Iterator[NameRow]:
    """One row a distinct reference that waits, in the order in which they are first met."""
    known = cache(registry.known)
    asked = ambiguous_references(rows, known, settings.tables)
    if asked.empty:
        return
    keys = set(asked.loc[asked["beyond"].isna(), "candidates"].explode())
    homes = known().get("household")
    told = {} if homes is None else house_words(homes, keys, settings.tables["household"], settings.masking)
    parts = [asked[name].astype("str").fillna("") for name in CONFIRMED_BY]
    for _, alike in asked.groupby(parts, sort=False):
        yield _name(alike, rows, told, settings)


def _name(alike: pd.DataFrame, rows: Rows, told: Mapping[str, str], settings: Settings) -> NameRow:
    first = alike.iloc[0]
    spots = tuple(
        dict.fromkeys(
            _spot(rows, table, row, settings) for table, row in zip(alike["table"], alike["row"], strict=True)
        )
    )
    words = dict(zip(first["candidates"], first["words"], strict=True)) if first["words"] else told
    choices = {words[key]: key_mark(key) for key in first["candidates"] if key in words}
    stated = REFERENCE_COLUMNS if pd.isna(first["beyond"]) else CONFIRMED_BY
    link = {name: None if pd.isna(first[name]) else str(first[name]) for name in stated}
    township, written = _written(rows, first["table"], first["row"], settings)
    return NameRow(
        tables="、".join(dict.fromkeys(settings.tables[name].label for name in alike["table"])),
        township=township,
        written=written,
        places="\n".join(spots[:_PLACES]) + (f"\n等{len(spots)}处" if len(spots) > _PLACES else ""),
        count=len(spots),
        choices=tuple(choices),
        mark=json.dumps({"link": link, "candidates": choices}, ensure_ascii=False),
    )


def _spot(rows: Rows, table: str, row: int, settings: Settings) -> str:
    place = rows.place(table, row, _reference(table, settings).name)
    return place_words(place.file, place.sheet, place.cell)


def _written(rows: Rows, table: str, row: int, settings: Settings) -> tuple[str, str]:
    """The township that a row is of, and how it names whom it means: 张建国（柳溪村三组）, 张小军（中心小学，三年级2班）."""
    found, reference = rows[table].loc[row].to_dict(), _reference(table, settings)

    def text(name: str) -> str:
        return said(found, name, settings.tables[table], settings.masking)

    township = text("township") or rows.sources[int(found["_region"])].metadata.get("填报单位", "")
    parts = (text(reference.school), text(reference.class_name), text("village") + text(reference.group))
    where, name = "，".join(part for part in parts if part), text(reference.name) or text(reference.person)
    return township, f"{name}（{where}）" if name and where else name or where


def _reference(table: str, settings: Settings) -> Reference:
    return settings.tables[table].refers or Reference()
