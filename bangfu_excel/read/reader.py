"""One file → its sheets as stored, or the reason why not; never an exception for what is wrong with the file."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

from bangfu_excel.core.address import column_letters, row_spans
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import RawSheet
from bangfu_excel.read.formats import DAMAGE, TITLES, Read, Submitted, read_content
from bangfu_excel.read.isolate import shared_reader
from bangfu_excel.read.limits import DEFAULT, Limits
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.signature import Content, Identity, identify, suffix_fits, zip_names


def read_file(path: Path, name: str, limits: Limits = DEFAULT, passwords: tuple[str, ...] = ()) -> Read:
    """The sheets of a file as stored, recognised by content, with what is noteworthy about the file.

    None, and the finding that says why, where nothing can be read. Hidden sheets, rows and columns are read and reported;
    a damaged sheet is a finding, its neighbours are read. `name` is the path relative to INBOX, with forward slashes ·
    passwords: tried on a file that does not open without one. Parsing runs in a process of its own, within `limits`.
    """
    return shared_reader(os.getpid()).read(path, name, limits, passwords)


def read_here(
    path: Path, name: str, limits: Limits = DEFAULT, passwords: tuple[str, ...] = (), careful: bool = False
) -> Read:
    """As `read_file`, in this process and without bounds on time and memory; careful: without the usual reader."""
    try:
        return _read(path, name, limits, passwords, careful)
    except RefusedError as refused:
        return None, (refused.finding(name),)
    except FileNotFoundError:
        return None, (say.FILE_MISSING.finding(Place(name)),)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):  # the last: zipped in a way of its own
        return None, (say.FILE_DAMAGED.finding(Place(name)),)
    except OSError:  # PermissionError too: open in Excel on Windows, or a share that went away
        return None, (say.FILE_LOCKED.finding(Place(name)),)


def digest(path: Path) -> str:
    """SHA-256 of the file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read(path: Path, name: str, limits: Limits, passwords: tuple[str, ...], careful: bool) -> Read:
    if path.is_dir():
        raise RefusedError(say.NOT_A_FILE)
    size = path.stat().st_size
    if size == 0:
        raise RefusedError(say.FILE_EMPTY)
    if size > limits.file:
        raise RefusedError(say.FILE_TOO_LARGE)
    identity, data = _identify(path)
    workbook, findings = read_content(Submitted(path, data, name, limits, passwords, careful), identity)
    if workbook is None:
        return None, findings
    content = Content(workbook.format)
    return workbook, (
        *_suffix_notice(path, name, content),
        *findings,
        *(notice for sheet in workbook.sheets for notice in _hidden_notices(name, sheet)),
    )


def _identify(path: Path) -> tuple[Identity, bytes]:
    """What the file is, and its bytes where it is no zip (a zip is read part by part)."""
    with path.open("rb") as stream:
        head = stream.read(8)
        if not head.startswith(b"PK"):
            data = head + stream.read()
            return identify(data), data
    try:
        with zipfile.ZipFile(path) as archive:
            return identify(head, zip_names(archive)), b""
    except DAMAGE:
        return identify(head), b""


def _suffix_notice(path: Path, name: str, content: Content) -> tuple[Finding, ...]:
    suffix = path.suffix.lstrip(".")
    if suffix_fits(suffix, content):
        return ()
    return (say.SUFFIX_DIFFERS.finding(Place(name), suffix=suffix or "（无）", what=TITLES[content]),)


def _hidden_notices(name: str, sheet: RawSheet) -> tuple[Finding, ...]:
    place = Place(name, sheet.name)
    notices = []
    if sheet.hidden and sheet.height:
        notices.append(say.HIDDEN_SHEET.finding(place))
    if rows := sorted(sheet.hidden_rows):
        notice = say.HIDDEN_ROWS.finding(
            place, count=len(rows), number=len(rows), rows=row_spans([r + 1 for r in rows], 10)
        )
        notices.append(replace(notice, place=replace(place, row=rows[0] + 1)))
    if columns := sorted(sheet.hidden_columns):
        letters = "、".join(column_letters(column) for column in columns[:20]) + ("等" if len(columns) > 20 else "")
        notices.append(say.HIDDEN_COLUMNS.finding(place, count=len(columns), number=len(columns), columns=letters))
    return tuple(notices)
