"""The catalogue of what the stages say: one file a stage. `ALL` is every message, by code; a code is used once.

The rules of the tables carry their own words and are not here; `bangfu rules` prints both.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from bangfu_excel.core.message import Message
from bangfu_excel.core.messages import (
    agreement,
    assess,
    candidates,
    headers,
    kinds,
    link,
    merge,
    normalise,
    pipeline,
    read,
    validate,
)
from bangfu_excel.errors import DeclarationError


def _collect(*modules: ModuleType) -> Mapping[str, Message]:
    found: dict[str, Message] = {}
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, Message) and found.setdefault(value.code, value) is not value:
                raise DeclarationError(f"编号{value.code}用了两次")
    return found


ALL = _collect(pipeline, read, headers, normalise, kinds, validate, link, merge, candidates, assess, agreement)
