"""Where the templates are: the package's own copy in a wheel, else the repository's folder."""

from __future__ import annotations

from pathlib import Path

from bangfu_excel.errors import ConfigError

_KNOWN = Path("schemes") / "default.toml"


def templates() -> Path:
    """The folder that holds schemes/, county/, forms/ and submissions/; `ConfigError` where the installation lost it."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / _KNOWN).is_file():
            return folder
    raise ConfigError("安装不完整：找不到模板文件夹 templates，请重新安装 bangfu_excel")
