"""Citizen identity numbers (GB 11643-1999) and disability certificates (their number, then class and grade)."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bangfu_excel.core.kinds import numbering
from bangfu_excel.core.kinds.base import BLANK, Check, Context, Kind, Parsed
from bangfu_excel.core.kinds.clean import NOTHING, bare, matches, trim
from bangfu_excel.core.kinds.key import stored_wrongly
from bangfu_excel.core.kinds.numbering import Fault
from bangfu_excel.core.messages import kinds as check
from bangfu_excel.core.messages import normalise as say
from bangfu_excel.core.raw import Cell, cell_text

_RUN = re.compile(r"(?<!\d)\d{14,22}[Xx]?(?![\dXx])")
_LABEL = re.compile(
    r"^(?:居民|公民|残疾人?|户主)?(?:身份证件?|身份|证件|残疾人?证)?(?:号码|编号|号|证)?[:：为是]*(?=\d)|(?<=[\dXx])[。，,;；.]+$"
)
_NUMBER = re.compile(r"\d{15}|\d{17}[\dXx](?:\d{2}(?:[Bb]\d)?)?")
_PLAIN_ID = r"^[0-9]{17}[0-9X]$"
_PLAIN_CERTIFICATE = r"^[0-9]{17}[0-9X][0-9]{2}(?:B[0-9])?$"


class Identity(Kind):
    """An 18-digit citizen identity number. 15 digits are upgraded, of a valid disability certificate the first 18 are taken."""

    name = "identity"
    title = "居民身份证号码"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        read = _read(cell)
        text = read.value
        if not isinstance(text, str):
            return read
        if len(text) == 15 and text.isdigit() and numbering.birth_exists(f"19{text[6:12]}"):
            return Parsed(numbering.upgrade(text), note=say.FIFTEEN_DIGITS)
        if len(text) in (20, 22) and numbering.is_certificate(text):
            return Parsed(text[:18], note=say.FROM_CERTIFICATE)
        return read

    def plain_texts(self, texts: pa.Array, context: Context) -> NDArray[np.bool_]:
        return matches(texts, _PLAIN_ID)

    def checks(self, context: Context) -> tuple[Check, ...]:
        faults = numbering.citizen_faults(context.as_of)
        return (
            Check(check.IDENTITY_PLACEHOLDER, faults.none(Fault.PLACEHOLDER)),
            Check(check.IDENTITY_LENGTH, faults.none(Fault.LENGTH)),
            Check(check.IDENTITY_CHECKSUM, faults.none(Fault.CHECKSUM)),
            Check(check.IDENTITY_BIRTH, faults.none(Fault.BIRTH)),
        )


class Certificate(Kind):
    """A disability certificate: 18 digits of the identity number, class 1–7, grade 1–4; reissued ones end in B and a number."""

    name = "certificate"
    title = "残疾人证号码"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return _read(cell)

    def plain_texts(self, texts: pa.Array, context: Context) -> NDArray[np.bool_]:
        return matches(texts, _PLAIN_CERTIFICATE)

    def checks(self, context: Context) -> tuple[Check, ...]:
        faults = numbering.certificate_faults()
        return (
            Check(check.IDENTITY_PLACEHOLDER, faults.none(Fault.PLACEHOLDER)),
            Check(check.CERTIFICATE_LENGTH, faults.none(Fault.LENGTH)),
            Check(check.CERTIFICATE_DIGITS, faults.none(Fault.CHECKSUM)),
        )


class IdentityOrCertificate(Kind):
    """What a 证件号码 column holds: a citizen identity number (15 digits upgraded) or a disability certificate."""

    name = "identity_or_certificate"
    title = "证件号码"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        read = _read(cell)
        text = read.value
        if isinstance(text, str) and len(text) in (20, 22):
            return read
        return Identity().parse(cell, context)

    def plain_texts(self, texts: pa.Array, context: Context) -> NDArray[np.bool_]:
        return matches(texts, f"{_PLAIN_ID}|{_PLAIN_CERTIFICATE}")

    def checks(self, context: Context) -> tuple[Check, ...]:
        faults = numbering.either_faults(context.as_of)
        return (
            Check(check.IDENTITY_PLACEHOLDER, faults.none(Fault.PLACEHOLDER)),
            Check(check.IDENTITY_LENGTH, faults.none(Fault.LENGTH)),
            Check(check.IDENTITY_CHECKSUM, faults.none(Fault.CHECKSUM)),
            Check(check.IDENTITY_BIRTH, faults.none(Fault.BIRTH)),
            Check(check.CERTIFICATE_DIGITS, faults.none(Fault.CERTIFICATE)),
        )


def _read(cell: Cell) -> Parsed:
    """The number of a cell without what surrounds it, or why there is none; not yet looked at whether it is right."""
    problem = stored_wrongly(cell)
    if problem:
        return problem
    written = cell_text(cell)
    text = bare(written)
    if trim(written) in NOTHING or text in NOTHING:
        return Parsed(note=say.BLANK_WORD)
    if len(_RUN.findall(text)) > 1:
        return Parsed(problem=say.SEVERAL_IDENTITIES)
    text = _LABEL.sub("", text)
    if not text:
        return BLANK
    if not _NUMBER.fullmatch(text):
        return Parsed(text)  # the check says what is wrong with it
    text = text.upper()
    return Parsed(text, note=say.REWRITTEN if text != written else None)
