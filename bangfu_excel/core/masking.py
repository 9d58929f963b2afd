"""Masking what leaves the office: the defaults of GB/T 35273-2020 as they are used in practice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bangfu_excel.core.kinds.clean import text_array
from bangfu_excel.core.multivalue import SEPARATOR
from bangfu_excel.core.names import COMPOUND_SURNAMES
from bangfu_excel.core.table import Field, Privacy, Table

HIDDEN = "***"
_IDENTITY = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9])")
_PHONE = re.compile(r"(?<![0-9])1[0-9]{10}(?![0-9])")


@dataclass(frozen=True)
class Masking:
    """What the office itself sees of private values in its workbooks and listings: `full` names the kinds shown in full."""

    full: frozenset[Privacy] = frozenset({Privacy.NAME})

    def shown(self, text: str, field: Field | None) -> str:
        """The value of `field` (None: of nothing that is declared) as the office may see it."""
        privacy = field.privacy if field else Privacy.NONE
        return text if privacy in self.full else mask(text, privacy)

    def told_apart(self, texts: Iterable[str], field: Field | None) -> tuple[str, ...]:
        """Several values of `field` side by side, for somebody who must choose: in full where they differ and the masks do not tell."""
        texts = tuple(texts)
        seen = tuple(self.shown(text, field) for text in texts)
        told = HIDDEN not in seen and len(set(seen)) == len(set(texts))
        return seen if told or len(set(texts)) == 1 else texts


OFFICE = Masking()
"""What applies where a county has not said otherwise."""


@dataclass(frozen=True)
class Disclosure:
    """What the office sees of the values of these tables, where only their names are at hand."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    masking: Masking = OFFICE

    def told_apart(self, texts: Iterable[str], table: str, name: str) -> tuple[str, ...]:
        """As `Masking.told_apart`; of a field that no table declares, without the numbers of persons."""
        declared = self.tables.get(table)
        if declared is None or name not in declared:
            return tuple(map(without_numbers, texts))
        return self.masking.told_apart(texts, declared[name])


OF_NO_TABLE = Disclosure()


def without_numbers(text: str) -> str:
    """`text` with every identity number and mobile telephone in it masked: for errors, logs and reprs, which quote keys."""
    text = _IDENTITY.sub(lambda found: mask(found[0], Privacy.IDENTITY), text)
    return _PHONE.sub(lambda found: mask(found[0], Privacy.PHONE), text)


def without_names(text: str, names: Iterable[str]) -> str:
    """`text` with each of these names masked where it occurs, the longest first; a name of one character is none."""
    for name in sorted({one for one in names if len(one) > 1}, key=lambda one: (-len(one), one)):
        text = text.replace(name, mask(name, Privacy.NAME))
    return text


def mask(text: str, privacy: Privacy) -> str:
    """`text` as outsiders may see it: a phone keeps 3+4 digits, an identity number 6+4, a name its surname.

    Several values joined with 、 are masked one by one; what is too short to keep its ends is hidden wholly.
    """
    if not text or privacy is Privacy.NONE:
        return text
    if privacy is Privacy.HIDDEN:
        return HIDDEN
    return SEPARATOR.join(_mask_one(part, privacy) for part in text.split(SEPARATOR))


def masked_values(values: pd.Series, privacy: Privacy) -> pd.Series:
    """A column as outsiders may see it, as text; missing values stay missing."""
    return _each_text(values, lambda text: mask(text, privacy))


def masked_words(values: pd.Series) -> pd.Series:
    """A column of running text without the numbers of persons."""
    return _each_text(values, without_numbers)


def _each_text(values: pd.Series, change: Callable[[str], str]) -> pd.Series:
    texts = text_array(values.astype("str") if values.dtype != "str" else values)
    encoded = pc.dictionary_encode(texts)
    shown = [change(text) for text in encoded.dictionary.to_pylist()]
    taken = pa.array(shown, type=pa.large_string()).take(encoded.indices)
    return pd.Series(pd.array(taken, dtype="str"), index=values.index)


def _mask_one(text: str, privacy: Privacy) -> str:
    if privacy is Privacy.NAME:
        kept = 2 if len(text) > 2 and text[:2] in COMPOUND_SURNAMES else 1
        return text[:kept] + "*" * max(len(text) - kept, 1)
    head, tail = (3, 4) if privacy is Privacy.PHONE else (6, 4)
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]
