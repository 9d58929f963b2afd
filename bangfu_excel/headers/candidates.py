"""What an unknown header may be: a field whose header is spelt alike and whose values look like the column's. Only ever offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from bangfu_excel.core.mojibake import is_garbled, repaired
from bangfu_excel.core.table import Field
from bangfu_excel.headers.block import HeaderColumn
from bangfu_excel.headers.choose import Choice
from bangfu_excel.headers.label import header_key
from bangfu_excel.headers.looks import Contents, Look, agrees, contradicts

_WITH_LOOK = 40  # similarity (0–100) that is enough where the values are of the field's kind
_GAIN = 25  # by which values of the field's kind outweigh a closer spelling


@dataclass(frozen=True)
class Candidate:
    """A field that a column may be, and the reason in a clerk's words."""

    field: Field
    why: str


def free_headers(choice: Choice) -> dict[str, Field]:
    """Matching form of every header of a field without a column → the field."""
    taken = {c.field for c in choice.parts[0].columns}
    return {header_key(text): f for f in choice.table.fields if f.name not in taken for text in f.headers}


def candidate(
    column: HeaderColumn, free: Mapping[str, Field], contents: Contents, near_miss: float
) -> Candidate | None:
    """The likeliest field among `free`, None where no header is alike.

    A field that cannot hold such values is none; one that is of their very kind may be spelt less alike.
    """
    look = contents.look(column.index)
    written = header_key(repaired(column.levels[1])) or column.leaf.key
    best: tuple[float, Candidate] | None = None
    for key, declared in free.items():
        likeness = fuzz.ratio(written, key)
        fits = _fits(column.index, declared, look, contents)
        if (
            contradicts(look, declared)
            or contents.exceeds(column.index, declared)
            or likeness < (min(_WITH_LOOK, near_miss) if fits else near_miss)
        ):
            continue
        weight = likeness + _GAIN * fits
        if best is None or weight > best[0]:
            best = (weight, Candidate(declared, _why(likeness, fits, look)))
    return best[1] if best else None


def _fits(index: int, declared: Field, look: Look, contents: Contents) -> bool:
    if declared.codelist:
        return contents.holds_labels(index, declared.codelist)
    return look is not Look.YES_NO and agrees(look, declared)  # 是 and 否 are in too many columns to say which


def _why(likeness: float, fits: bool, look: Look) -> str:
    alike = "表头写法一样" if likeness == 100 else "表头写法相近"
    return f"{alike}，内容像{look}" if fits and look else f"{alike}，内容是它的选项" if fits else alike


def doubts(text: str) -> str:
    """（疑似乱码） behind a header that is garbled, with what it must have said; else nothing."""
    if not is_garbled(text):
        return ""
    likely = repaired(text)
    return f"（疑似乱码，可能原来是“{likely}”）" if likely else "（疑似乱码）"
