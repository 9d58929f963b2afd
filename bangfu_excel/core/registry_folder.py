"""Where the registry lies."""

from __future__ import annotations

from pathlib import Path

DEFAULT_REGISTRY = "台账库"


def registry_folder(given: str | Path | None, profile: str | Path | None) -> Path:
    """The registry's folder: as given, else 台账库 in the profile's folder, else in the current one."""
    return Path(given) if given else Path(profile or "") / DEFAULT_REGISTRY
