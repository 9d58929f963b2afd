"""Cards and forms of what is registered, filled into workbooks that an office designs in Excel."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from bangfu_excel.core.period import Period
from bangfu_excel.core.spans import in_force
from bangfu_excel.errors import ConfigError, OutputError
from bangfu_excel.merge import Registry, opened
from bangfu_excel.pipeline.card_making import Making, Occasion
from bangfu_excel.pipeline.card_values import Rows, Values
from bangfu_excel.pipeline.settings import Settings, load_settings, make_spec
from bangfu_excel.pipeline.target import Target, is_open
from bangfu_excel.profile import find_form
from bangfu_excel.write.archive import put, write_bytes
from bangfu_excel.write.forms import Day, Form, FormJob, Value, form_jobs, read_form, write_form
from bangfu_excel.write.ledger_areas import Area
from bangfu_excel.write.names import file_name

CARDS = "卡表"


@dataclass(frozen=True)
class Cards:
    """What was written. files: workbooks · counts: form → cards · waiting: values that wait to be corrected, and are blank."""

    files: tuple[Path, ...]
    counts: Mapping[str, int]
    waiting: int = field(default=0)


@dataclass(frozen=True)
class _Wanted:
    """A form that is to be filled; masked: as outsiders may see it."""

    form: Form
    masked: bool


def cards(
    registry: Registry | str | Path,
    form: str | Path | Sequence[str | Path] | None = None,
    out: str | Path = ".",
    *,
    scheme: str | Path = "default",
    profile: str | Path | None = None,
    as_of: dt.date | str | None = None,
    period: Period | str | None = None,
) -> Cards:
    """The cards of a form (its name or workbook; None: all forms of the scheme), below `out`/卡表, by area.

    period: of visits and other logs only those in it; else all up to `as_of`. Nothing is written where anything is wrong.
    """
    settings = load_settings(make_spec(scheme, profile, as_of, period))
    wanted = _wanted(settings, form)
    book = opened(registry)
    target = Target.prepared(Path(out))
    tables = book.snapshot(settings.used.values())
    occasion = _occasion(settings, period is not None)
    made = [(one.form, Making(one.form, _values(tables, settings, one.masked), occasion)) for one in wanted]
    by_form = {one.name: making.cards() for one, making in made}
    bases = {
        _path(settings, one, area): (one, own) for one, _ in made for area, own in by_form[one.name].items()
    }  # fmt: skip
    jobs = [job for path, (one, own) in bases.items() for job in form_jobs(one, own, path, settings.spec.as_of)]
    written = _written(jobs, target.folder)
    _remove_stale(jobs, bases, target.folder)
    counts = {name: sum(map(len, areas.values())) for name, areas in by_form.items()}
    return Cards(written, counts, sum(making.waiting for _, making in made))


def copy_form(name: str | Path, out: str | Path, *, profile: str | Path | None = None) -> Path:
    """A copy of the form in the folder `out`, to be redesigned; `OutputError` where one of that name is there already."""
    source = find_form(name, Path(profile) if profile else None)
    target = Path(out) / source.name
    if target.exists():
        raise OutputError(f"“{target}”已经存在，没有改动；请换一个文件夹，或先把它移走")
    return write_bytes(target, source.read_bytes())


def _wanted(settings: Settings, form: str | Path | Sequence[str | Path] | None) -> list[_Wanted]:
    folder = Path(settings.spec.profile) if settings.spec.profile else None
    outputs = [output for output in settings.scheme.outputs if output.form]
    masked = {output.form for output in outputs if output.masked}
    if form is None:
        names: list[str | Path] = list(dict.fromkeys(output.form for output in outputs))
        if not names:
            raise ConfigError(
                f"方案“{settings.scheme.title}”没有写明要出哪些卡和表（outputs 的 form），请用 --form 指定表样"
            )
    else:
        names = [form] if isinstance(form, str | Path) else list(form)
    used = tuple(settings.used)
    read = [read_form(find_form(name, folder), settings.tables, used, settings.scheme.title) for name in names]
    return [_Wanted(one, one.name in masked) for one in read]


def _occasion(settings: Settings, of_period: bool) -> Occasion:
    spec = settings.spec
    common: dict[str, Value] = {
        "as_of": Day(spec.as_of), "period": spec.period.label, "county": settings.county or None,
        "scheme": settings.scheme.title,
    }  # fmt: skip
    return Occasion(common, spec.as_of, spec.period if of_period else None)


def _values(tables: Mapping[str, pd.DataFrame], settings: Settings, masked: bool) -> Values:
    rows = {name: Rows(settings.tables[name], frame.reset_index(drop=True), masked) for name, frame in tables.items()}
    pairings = rows.get("pairing")
    now = in_force(pairings.frame, settings.spec.as_of) if pairings is not None else pd.Series(dtype=bool)
    return Values(rows, frozenset(now.index[now]))


def _path(settings: Settings, form: Form, area: Area) -> Path:
    """Where the workbook of an area lies, relative to OUT: in folders like those of the ledgers, and named like them."""
    spec = settings.spec
    parts = [settings.scheme.short or "", form.name, area.name, spec.period.text, f"{spec.as_of:%Y%m%d}"]
    named = "_".join(file_name(part) for part in parts if part)
    return Path(CARDS) / area.folder / f"{named}.xlsx"


def _written(jobs: Sequence[FormJob], out: Path) -> tuple[Path, ...]:
    """The workbooks in their places: all of them, or none where one cannot be written."""
    for job in jobs:
        if (out / job.path).exists() and is_open(out / job.path):
            raise OutputError(f"“{job.path}”正在别的程序里打开着，请先关闭再运行")
    out.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".~", dir=out))
    try:
        for job in jobs:
            write_form(replace(job, path=scratch / job.path))
        return tuple(put(scratch / job.path, out / job.path) for job in jobs)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _remove_stale(jobs: Sequence[FormJob], bases: Iterable[Path], out: Path) -> None:
    """Remove what an earlier run wrote of the same area and day, when its cards took more workbooks, or one instead of several."""
    written = {job.path for job in jobs}
    for base in bases:
        parts = re.compile(rf"{re.escape(base.stem)}(?:_\d+)?\.xlsx")
        there = (base.parent / path.name for path in (out / base.parent).glob("*.xlsx") if parts.fullmatch(path.name))
        for path in set(there) - written:
            (out / path).unlink(missing_ok=True)
