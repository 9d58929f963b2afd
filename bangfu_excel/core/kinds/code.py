"""Labels of a code list. What is not on the list stays as written, so that the column's check can name it."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.kinds.base import BLANK, Context, Kind, Parsed
from bangfu_excel.core.kinds.clean import DASHES, NOTHING, SPACE, among, bare, trim
from bangfu_excel.core.messages import normalise as say
from bangfu_excel.core.raw import Cell, cell_text

_CODED = re.compile(r"[0-9０-９]{1,4}\s*[:：.．、)）]\s*(\D.*)", re.DOTALL)
_HARD = re.compile(r"[、，,；;/／\n\r|]+")
_BETWEEN = re.compile(f"[{SPACE}、，,;；/／|]+")
_SOFT = re.compile(f"[{SPACE}]+|[和及与]")
_NUMBERING = re.compile(r"^[(（]?[0-9０-９一二三四五六七八九十]{1,2}[.．、)）]\s*(?=\D)")


class _Listed(Kind):
    """A cell whose values stand in the field's code list: what one label and several have in common."""

    repeats = True

    def parse(self, cell: Cell, context: Context) -> Parsed:
        stated = trim(cell_text(cell))
        if not stated:
            return BLANK
        written = _spelt_out(stated, dict(context.legend))
        label = _label(written, context.codes)
        if label is not None:
            return Parsed(label, note=say.LABEL_UNIFIED if label != stated else None)
        if written in NOTHING:
            return Parsed(note=say.BLANK_WORD)
        parsed = self._unlisted(written, context.codes)
        return parsed if written == stated or parsed.note else replace(parsed, note=say.LABEL_UNIFIED)

    @abstractmethod
    def _unlisted(self, written: str, codes: CodeList | None) -> Parsed:
        """What a text that is no single label says."""

    def plain_texts(self, texts: pa.Array, context: Context) -> NDArray[np.bool_]:
        return among(texts, context.codes.labels) if context.codes else super().plain_texts(texts, context)


class Code(_Listed):
    """One label of the field's code list. Synonyms, 2:因病 and a number that the sheet explains become the label, noted."""

    name = "code"
    title = "选项"

    def _unlisted(self, written: str, codes: CodeList | None) -> Parsed:
        return Parsed(problem=say.SEVERAL_LABELS) if len(_known(written, codes)) > 1 else Parsed(written)


class Codes(_Listed):
    """Several labels in one cell: one text, joined with 、 in the order written. Separators 、，,；;/ line breaks, 和 及, spaces."""

    name = "codes"
    title = "选项（可多个）"

    def _unlisted(self, written: str, codes: CodeList | None) -> Parsed:
        if written in DASHES:
            return Parsed(note=say.BLANK_WORD)
        parts = _parts(written, codes)
        text = "、".join(dict.fromkeys(parts))
        if text in NOTHING:
            return Parsed(note=say.BLANK_WORD)
        if text == written or not parts:
            return Parsed(written)
        return Parsed(text, note=say.LISTED if len(parts) > 1 else say.LABEL_UNIFIED)


def _spelt_out(text: str, legend: Mapping[str, str]) -> str:
    """Numbers as the labels that the sheet declares for them: 1、3 → 因病、缺技术; other text as it is."""
    numbers = [bare(part).lstrip("0") or "0" for part in _BETWEEN.split(text) if part] if legend else []
    return "、".join(legend[n] for n in numbers) if numbers and all(n in legend for n in numbers) else text


def _label(text: str, codes: CodeList | None) -> str | None:
    """The label that `text` stands for, also behind its code: 2:因病, 1.是."""
    if codes is None:
        return None
    found = codes.label_of(text)
    if found is not None:
        return found
    coded = _CODED.fullmatch(text)
    return codes.label_of(coded[1]) if coded else None


def _parts(text: str, codes: CodeList | None) -> list[str]:
    """The parts of `text`, each as its label where it has one. 和, 及 and spaces divide only where labels stand around them."""
    parts: list[str] = []
    for written in _HARD.split(text):
        part = trim(written)
        label = _label(part, codes) or _label(_NUMBERING.sub("", part), codes)
        pieces = [piece for piece in _SOFT.split(part) if piece]
        labels = [_label(piece, codes) for piece in pieces]
        if label is not None:
            parts.append(label)
        elif len(pieces) > 1 and (codes is None or all(labels)):
            parts += [found or piece for found, piece in zip(labels, pieces, strict=True)]
        elif part:
            parts.append(part)
    return parts


def _known(text: str, codes: CodeList | None) -> list[str]:
    """The different labels that `text` names."""
    if codes is None:
        return []
    return [part for part in dict.fromkeys(_parts(text, codes)) if part in codes.labels]
