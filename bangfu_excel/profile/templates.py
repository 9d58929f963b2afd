"""Where the templates are: the package's own copy in a wheel, else the repository's folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from bangfu_excel.errors import ConfigError, OutputError

_KNOWN = Path("schemes") / "default.toml"
_OWN = ("schemes", "ledgers", "forms")
"""Folders in which a county's own hide the program's of the same name; empty at first, so that what it has not changed stays ours."""


def templates() -> Path:
    """The folder that holds schemes/, county/, forms/ and submissions/; `ConfigError` where the installation lost it."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / _KNOWN).is_file():
            return folder
    raise ConfigError("安装不完整：找不到模板文件夹 templates，请重新安装 bangfu_excel")


def declared_files(kind: str, profile_dir: Path | None = None) -> dict[str, Path]:
    """Id → its file of what is declared in a folder (schemes, ledgers), by id; a county's file hides the program's of the same name."""
    found: dict[str, Path] = {}
    for folder in (templates(), profile_dir):
        if folder is not None:
            found |= {file.stem: file for file in (folder / kind).glob("*.toml")}
    return dict(sorted(found.items()))


def start_profile(folder: Path) -> Path:
    """`folder` with a county's starter files and its own schemes/, ledgers/ and forms/; what stands there is never overwritten.

    `OutputError` where one of the files is there already, or the folder cannot be written.
    """
    starter = templates() / "county"
    files = [file.relative_to(starter) for file in sorted(starter.rglob("*")) if file.is_file()]
    for file in files:
        if (folder / file).exists():
            raise OutputError(f"“{folder / file}”已经存在，没有改动；请换一个文件夹，或先把它移走")
    try:
        for own in _OWN:
            (folder / own).mkdir(parents=True, exist_ok=True)
        for file in files:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(starter / file, folder / file)
    except OSError as error:
        raise OutputError(f"无法建立“{folder}”：{error.strerror or error}") from error
    return folder
