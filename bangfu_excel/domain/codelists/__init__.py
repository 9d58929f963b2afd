"""The code lists of this folder, one TOML file a list, as `CodeList`s."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from bangfu_excel.core.codelist import CodeEntry, CodeList
from bangfu_excel.errors import DeclarationError

_LIST_KEYS = frozenset({"title", "source", "entries"})
_ENTRY_KEYS = frozenset({"label", "synonyms", "code", "attributes"})


def read_codelist(name: str, text: str) -> CodeList:
    """The code list `name` that the TOML in `text` declares; a key that is not known raises `DeclarationError`."""
    data = tomllib.loads(text)
    _refuse_unknown(name, data, _LIST_KEYS)
    entries = tuple(_entry(name, entry) for entry in data["entries"])
    return CodeList(name, data["title"], entries, data["source"])


def _entry(name: str, data: Mapping[str, Any]) -> CodeEntry:
    _refuse_unknown(name, data, _ENTRY_KEYS)
    return CodeEntry(
        label=data["label"],
        synonyms=tuple(data.get("synonyms", ())),
        code=data.get("code", ""),
        attributes=dict(data.get("attributes", {})),
    )


def _refuse_unknown(name: str, data: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        raise DeclarationError(f"代码表{name}里有不认识的项：{'、'.join(unknown)}")


def _load() -> Mapping[str, CodeList]:
    found = sorted((item for item in files(__name__).iterdir() if item.name.endswith(".toml")), key=lambda i: i.name)
    lists = (read_codelist(item.name.removesuffix(".toml"), item.read_text(encoding="utf-8")) for item in found)
    return {codelist.name: codelist for codelist in lists}


CODELISTS = _load()
"""List name → code list."""
