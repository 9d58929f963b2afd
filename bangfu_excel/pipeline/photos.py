"""Photographs on the sheets and beside the workbooks: counted with the visit that they show, saved on request."""

from __future__ import annotations

import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np
import pandas as pd

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.limits import MB
from bangfu_excel.core.messages import pipeline as says
from bangfu_excel.core.raw import Picture
from bangfu_excel.core.rows import Rows
from bangfu_excel.core.table import Table
from bangfu_excel.link import PhotoLinks, link_photos
from bangfu_excel.read.contents import Photo
from bangfu_excel.read.formats import DAMAGE
from bangfu_excel.read.password import plain_bytes
from bangfu_excel.write.names import file_name

ATTACHMENTS = "附件"
_VISIT = "visit"
_TABLES = (_VISIT, "member", "household", "pairing")  # of the tables that share a row, the one that names the picture
_NAMING = ("village", "household_id", "head_name", "recipient_name", "name", "helper_name")
_SHOWN = 10  # names of photographs that a finding lists

Sheet = tuple[str, str]
"""File and sheet."""


@dataclass(frozen=True)
class Photos:
    """What was found: the pictures of each sheet, the photographs beside the workbooks, and the visits that these show."""

    on_sheets: Mapping[Sheet, tuple[Picture, ...]]
    beside: tuple[Photo, ...]
    links: PhotoLinks


@dataclass(frozen=True, slots=True)
class PhotoJob:
    """One photograph to save. part: its name inside the workbook or zip `source`, "" where it is a file itself.

    key: that decodes it in a zip · passwords: one of them may open the workbook.
    """

    source: Path
    part: str
    target: Path
    key: bytes | None = field(default=None, repr=False)
    passwords: tuple[str, ...] = field(default=(), repr=False)


def count_photos(
    rows: Rows, on_sheets: Mapping[Sheet, tuple[Picture, ...]], beside: tuple[Photo, ...]
) -> tuple[Rows, Photos, tuple[Finding, ...]]:
    """The rows with `photo_count` of visits filled where the township left it blank, and what was found where."""
    visits = rows.frames.get(_VISIT)
    names = tuple(photo.name for photo in beside)
    links = link_photos(visits, names) if visits is not None else PhotoLinks({}, names)
    photos = Photos(on_sheets, beside, links)
    if visits is not None and (on_sheets or links.matched):
        rows = rows.with_frame(_VISIT, _counted(visits, photos))
    findings = (*_of_sheets(rows, on_sheets), *_of_folders(photos, alone=visits is None))
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


def _of_folders(photos: Photos, *, alone: bool) -> Iterator[Finding]:
    """One line a folder. alone: there is no table of visits."""
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for photo in photos.beside:
        folders[photo.folder].append(photo.name)
    for folder, names in sorted(folders.items()):
        lost = [name.rpartition("/")[2] for name in names if name not in photos.links.matched]
        words = says.PHOTOS_ALONE if alone else says.PHOTOS_UNMATCHED if lost else says.PHOTOS_MATCHED
        shown = "、".join(lost[:_SHOWN]) + ("等" if len(lost) > _SHOWN else "")
        found = len(names) - len(lost)
        yield words.finding(Place(folder), count=len(names), number=len(names), matched=found, names=shown)


def _origins(frame: pd.DataFrame, sheets: Mapping[Sheet, object]) -> Iterator[tuple[str, str, int]]:
    """File, sheet and row of each row; none where no sheet is asked for."""
    if sheets:
        yield from zip(frame["_file"], frame["_sheet"], frame["_row"].tolist(), strict=True)


def photo_jobs(
    rows: Rows,
    photos: Photos,
    paths: Mapping[str, Path],
    tables: Mapping[str, Table],
    out: Path,
    *,
    passwords: tuple[str, ...] = (),
) -> tuple[PhotoJob, ...]:
    """Every picture of a data row and every photograph that shows a visit, to be saved below `out`/附件 under the row's name.

    paths: where each file of the inbox is · passwords: that may open them.
    """
    taken: Counter[str] = Counter()
    jobs = []
    for photo, table, position in _owned(rows, photos, paths):
        stem = _stem(rows[table].iloc[position])
        taken[f"{table}/{stem}"] += 1
        suffix = Path(photo.member or photo.path.name).suffix.lower()
        target = out / ATTACHMENTS / file_name(tables[table].label) / f"{stem}_{taken[f'{table}/{stem}']}{suffix}"
        jobs.append(PhotoJob(photo.path, photo.member, target, photo.key, passwords))
    return tuple(jobs)


def _owned(rows: Rows, photos: Photos, paths: Mapping[str, Path]) -> Iterator[tuple[Photo, str, int]]:
    """Each picture that belongs to a row, with the row's table and position."""
    owners: dict[tuple[str, str, int], tuple[str, int]] = {}
    for table in (name for name in _TABLES if name in rows):
        for position, origin in enumerate(_origins(rows[table], photos.on_sheets)):
            owners.setdefault(origin, (table, position))
    for (file, sheet), pictures in sorted(photos.on_sheets.items()):
        for picture in pictures:
            if (owner := owners.get((file, sheet, picture.row + 1))) is not None:
                yield Photo(paths[file], file, "", picture.part), *owner
    for photo in photos.beside:
        if positions := photos.links.matched.get(photo.name):
            yield photo, _VISIT, positions[0]


def _stem(row: pd.Series) -> str:
    words = [str(row[name]) for name in _NAMING if name in row and pd.notna(row[name])]
    if "visited_on" in row and pd.notna(row["visited_on"]):
        words.append(f"{row['visited_on']:%Y-%m-%d}")
    return file_name("_".join(words))


def save_photo(job: PhotoJob) -> Path:
    """The photograph, saved; one that is damaged as far as it can be read."""
    job.target.parent.mkdir(parents=True, exist_ok=True)
    with job.target.open("wb") as target:
        target.writelines(_readable(job))
    return job.target


def _readable(job: PhotoJob) -> Iterator[bytes]:
    with suppress(*DAMAGE), job.source.open("rb") if not job.part else _opened_part(job) as source:
        while chunk := source.read(MB):
            yield chunk


def _opened_part(job: PhotoJob) -> IO[bytes]:
    # a workbook with a password is no zip until it is opened with it
    whole = job.source if zipfile.is_zipfile(job.source) else io.BytesIO(plain_bytes(job.source, job.passwords) or b"")
    with zipfile.ZipFile(whole) as archive:  # its file stays open for as long as the part
        parts = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        name = job.part if job.part in archive.NameToInfo else parts[job.part.replace("\\", "/").lower()]
        return archive.open(name, pwd=job.key)
