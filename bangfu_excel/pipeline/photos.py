"""Photographs on the sheets and beside the workbooks: counted with the visit that they show, saved on request."""

from __future__ import annotations

import shutil
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import pipeline as says
from bangfu_excel.core.raw import Picture
from bangfu_excel.core.rows import Rows
from bangfu_excel.core.table import Table
from bangfu_excel.link import PhotoLinks, link_photos
from bangfu_excel.write.names import file_name

ATTACHMENTS = "附件"
TOP_FOLDER = "（收件文件夹）"
_VISIT = "visit"
_TABLES = (_VISIT, "member", "household", "pairing")  # of the tables that share a row, the one that names the picture
_NAMING = ("village", "household_id", "head_name", "recipient_name", "name", "helper_name")
_SHOWN = 10  # names of photographs that a finding lists

Sheet = tuple[str, str]
"""File and sheet."""


@dataclass(frozen=True)
class Photos:
    """What was found: the pictures of each sheet, the photographs beside the workbooks, and the visits that these show.

    folder: photograph's name, relative to INBOX → where it is.
    """

    on_sheets: Mapping[Sheet, tuple[Picture, ...]]
    beside: Mapping[str, Path]
    links: PhotoLinks


@dataclass(frozen=True, slots=True)
class PhotoJob:
    """One photograph to save. part: its name inside the workbook `source`, "" where it is a file itself."""

    source: Path
    part: str
    target: Path


def count_photos(
    rows: Rows, on_sheets: Mapping[Sheet, tuple[Picture, ...]], beside: Mapping[str, Path]
) -> tuple[Rows, Photos, tuple[Finding, ...]]:
    """The rows with `photo_count` of visits filled where the township left it blank, and what was found where.

    beside: photographs in the inbox, by their name relative to it.
    """
    visits = rows.frames.get(_VISIT)
    links = link_photos(visits, sorted(beside)) if visits is not None else PhotoLinks({}, tuple(sorted(beside)))
    photos = Photos(on_sheets, beside, links)
    if visits is not None and (on_sheets or links.matched):
        rows = rows.with_frame(_VISIT, _counted(visits, photos))
    findings = (*_of_sheets(rows, on_sheets), *_of_folders(links))
    return rows, photos, findings


def _counted(visits: pd.DataFrame, photos: Photos) -> pd.DataFrame:
    counts = Counter((*sheet, picture.row + 1) for sheet, pictures in photos.on_sheets.items() for picture in pictures)
    origins = zip(visits["_file"], visits["_sheet"], visits["_row"], strict=True)
    found = np.fromiter((counts[origin] for origin in origins), dtype=np.int64, count=len(visits))
    for positions in photos.links.matched.values():
        found[list(positions)] += 1
    stated = visits["photo_count"]
    return visits.assign(photo_count=stated.mask(stated.isna() & (found > 0), pd.Series(found, index=visits.index)))


def _of_sheets(rows: Rows, on_sheets: Mapping[Sheet, tuple[Picture, ...]]) -> Iterator[Finding]:
    data_rows = {origin for frame in rows.frames.values() for origin in _origins(frame, on_sheets)}
    for (file, sheet), pictures in on_sheets.items():
        inside = sum((file, sheet, picture.row + 1) in data_rows for picture in pictures)
        yield says.PICTURES.finding(Place(file, sheet), number=len(pictures), inside=inside)


def _of_folders(links: PhotoLinks) -> Iterator[Finding]:
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for name in (*links.matched, *links.unmatched):
        folders[_folder(name)].append(name)
    unmatched = set(links.unmatched)
    for folder, names in sorted(folders.items()):
        lost = [name.rpartition("/")[2] for name in names if name in unmatched]
        words = says.PHOTOS_UNMATCHED if lost else says.PHOTOS_MATCHED
        shown = "、".join(lost[:_SHOWN]) + ("等" if len(lost) > _SHOWN else "")
        yield words.finding(
            Place(folder), count=len(names), number=len(names), matched=len(names) - len(lost), names=shown
        )


def _folder(name: str) -> str:
    """The folder or zip that a photograph stands in."""
    folder, _, last = name.rpartition("/")
    return folder or last.rpartition("!")[0] or TOP_FOLDER


def _origins(frame: pd.DataFrame, sheets: Mapping[Sheet, object]) -> Iterator[tuple[str, str, int]]:
    """File, sheet and row of each row; none where no sheet is asked for."""
    if sheets:
        yield from zip(frame["_file"], frame["_sheet"], frame["_row"].tolist(), strict=True)


def photo_jobs(
    rows: Rows, photos: Photos, paths: Mapping[str, Path], tables: Mapping[str, Table], out: Path
) -> tuple[PhotoJob, ...]:
    """Every picture of a data row and every photograph that shows a visit, to be saved below `out`/附件 under the row's name.

    paths: where each file of the inbox is.
    """
    taken: Counter[str] = Counter()
    jobs = []
    for source, part, table, position in _owned(rows, photos, paths):
        frame = rows[table]
        stem = _stem(frame.iloc[position])
        taken[f"{table}/{stem}"] += 1
        suffix = Path(part or source.name).suffix.lower()
        name = f"{stem}_{taken[f'{table}/{stem}']}{suffix}"
        jobs.append(PhotoJob(source, part, out / ATTACHMENTS / file_name(tables[table].label) / name))
    return tuple(jobs)


def _owned(rows: Rows, photos: Photos, paths: Mapping[str, Path]) -> Iterator[tuple[Path, str, str, int]]:
    """Source, part, table and position of the row of each picture that belongs to one."""
    owners: dict[tuple[str, str, int], tuple[str, int]] = {}
    for table in (name for name in _TABLES if name in rows):
        for position, origin in enumerate(_origins(rows[table], photos.on_sheets)):
            owners.setdefault(origin, (table, position))
    for (file, sheet), pictures in sorted(photos.on_sheets.items()):
        for picture in pictures:
            if (owner := owners.get((file, sheet, picture.row + 1))) is not None:
                yield paths[file], picture.part, *owner
    for name, positions in sorted(photos.links.matched.items()):
        yield photos.beside[name], "", _VISIT, positions[0]


def _stem(row: pd.Series) -> str:
    words = [str(row[name]) for name in _NAMING if name in row and pd.notna(row[name])]
    if "visited_on" in row and pd.notna(row["visited_on"]):
        words.append(f"{row['visited_on']:%Y-%m-%d}")
    return file_name("_".join(words))


def save_photo(job: PhotoJob) -> Path:
    """The photograph, saved."""
    job.target.parent.mkdir(parents=True, exist_ok=True)
    if not job.part:
        shutil.copyfile(job.source, job.target)
        return job.target
    with zipfile.ZipFile(job.source) as archive, job.target.open("wb") as target:
        parts = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        with archive.open(parts[job.part.lower()]) as source:
            shutil.copyfileobj(source, target)
    return job.target
