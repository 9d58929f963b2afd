"""Schemes by name or file: a county's own first, then those that come with the program."""

from __future__ import annotations

from pathlib import Path

from bangfu_excel.core.scheme import Scheme
from bangfu_excel.errors import ConfigError
from bangfu_excel.profile.known import Known
from bangfu_excel.profile.templates import declared_files
from bangfu_excel.profile.toml import complain, did_you_mean, load_model


def scheme_files(profile_dir: Path | None = None) -> dict[str, Path]:
    """Scheme id → its file, by id; a county's file hides the program's of the same name."""
    return declared_files("schemes", profile_dir)


def load_scheme(id_or_path: str | Path, profile_dir: Path | None = None, known: Known | None = None) -> Scheme:
    """The scheme of that id, or in that file; with `known`, held to the tables, code lists and rules that there are, with the labels of
    code lists in place of synonyms.

    `ConfigError` where there is none (with the nearest id), or where the file says something that cannot be.
    """
    file = _file_of(id_or_path, profile_dir)
    scheme = load_model(Scheme, file)
    if known is not None:
        known.refuse_unknown(scheme, file)
        scheme = known.in_labels(scheme)
    if file in scheme_files(profile_dir).values() and scheme.id != file.stem:
        raise complain(file, "id", f"写的是“{scheme.id}”，与文件名“{file.stem}”不一致")
    return scheme


def all_schemes(profile_dir: Path | None = None, known: Known | None = None) -> tuple[Scheme, ...]:
    """Every scheme that can be named, by id."""
    return tuple(load_scheme(name, profile_dir, known) for name in scheme_files(profile_dir))


def _file_of(id_or_path: str | Path, profile_dir: Path | None) -> Path:
    text = str(id_or_path)
    if isinstance(id_or_path, Path) or text.lower().endswith(".toml"):
        file = Path(id_or_path)
        if not file.is_file():
            raise ConfigError(f"找不到方案文件：{file}")
        return file
    files = scheme_files(profile_dir)
    if text not in files:
        hint = did_you_mean(text, files)
        listed = f"（现有方案：{'、'.join(files)}）" if "是不是" in hint else ""
        raise ConfigError(f"没有方案“{text}”{hint}{listed}")
    return files[text]
