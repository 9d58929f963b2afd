"""Forms by name: a county's own workbooks first, then those that come with the program."""

from __future__ import annotations

from pathlib import Path

from bangfu_excel.errors import ConfigError
from bangfu_excel.profile.templates import templates
from bangfu_excel.profile.toml import did_you_mean

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".et"})


def form_files(profile_dir: Path | None = None) -> dict[str, Path]:
    """Name → its workbook, by name; a county's hides the program's of the same name."""
    found: dict[str, Path] = {}
    for folder in (templates(), profile_dir):
        if folder is not None:
            files = (folder / "forms").glob("*.xlsx")
            found |= {file.stem: file for file in files if not file.name.startswith(("~$", "."))}
    return dict(sorted(found.items()))


def find_form(name_or_path: str | Path, profile_dir: Path | None = None) -> Path:
    """The workbook of the form of that name, or at that path; `ConfigError` where there is none (with the nearest name)."""
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or Path(text).suffix.lower() in _WORKBOOKS:
        if not Path(text).is_file():
            raise ConfigError(f"找不到表样：{text}")
        return Path(text)
    files = form_files(profile_dir)
    if text not in files:
        raise ConfigError(f"没有表样“{text}”{did_you_mean(text, files)}")
    return files[text]
