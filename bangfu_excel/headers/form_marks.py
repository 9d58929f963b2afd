"""Answers that are marked rather than written: ticked boxes, and the number of an option."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bangfu_excel.core.fold import fold

_ON = "☑☒■▣√✓✔●◉◆"
_OFF = "□☐○◯◇"
_MARK = re.compile(rf"[{_ON}{_OFF}]")
_BRACKETED = re.compile(r"[(（]\s*[√✓✔]?\s*[)）]")
_OPTION = re.compile(r"([^()（）]+?)\s*[(（]\s*([√✓✔]?)\s*[)）]")
_EDGE = " \u3000\t\r\n、,，;；/。.:："
_NUMBERED = re.compile(r"(?<!\d)(\d{1,2})\s*[.．、:：)）]\s*([^\d\s.．、:：;；,，()（）][^\d;；,，()（）]*)")
_PICKED = re.compile(r"^\d{1,2}(?:\.0)?(?:[、,，;；/]\d{1,2})*$")


def ticked(text: str) -> str | None:
    """The options ticked in `text`, joined with 、; "" where none is, None where there are no boxes to tick.

    >>> ticked("☑男 □女"), ticked("是（√）否（ ）"), ticked("□是 □否"), ticked("√")
    ('男', '是', '', None)
    """
    if not _MARK.search(text) and not _BRACKETED.search(text):
        return None
    pairs = _bracketed(text) if len(_BRACKETED.findall(text)) >= 2 else _boxed(text)
    if not pairs:
        return None
    return "、".join(option for option, on in pairs if on)


def _bracketed(text: str) -> list[tuple[str, bool]]:
    return [(m[1].strip(_EDGE), bool(m[2])) for m in _OPTION.finditer(text)]


def _boxed(text: str) -> list[tuple[str, bool]]:
    """Each option with whether it is ticked; the boxes stand before the options, or all behind them."""
    marks = list(_MARK.finditer(text))
    only_ticks = not any(m[0] in _OFF for m in marks)
    parts = [part.strip(_EDGE) for part in _MARK.split(text)]
    if parts[0] and not parts[-1]:
        options = parts[:-1]
    elif not parts[0] and all(parts[1:]):
        options = parts[1:]
    else:
        options = []
    if only_ticks and len(options) == 1 and len(options[0].split()) > 1:
        return []  # √男 女: where the ticked word ends is not said
    return [(option, mark[0] in _ON) for option, mark in zip(options, marks, strict=True)] if options else []


def options_in(text: str) -> dict[str, str]:
    """The options that a label declares: `是否危房（1.是 2.否）` → {"1": "是", "2": "否"}; {} where it declares none."""
    found = {m[1]: m[2].strip(_EDGE) for m in _NUMBERED.finditer(text)}
    numbers = sorted(map(int, found))
    return found if len(found) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(found))) else {}


def without_options(text: str) -> str:
    """A label without the options that it declares."""
    first = _NUMBERED.search(text)
    return text[: first.start()].rstrip(_EDGE + "(（") if first and first.start() and options_in(text) else text


def picked(text: str, options: Mapping[str, str]) -> str | None:
    """The options whose numbers `text` gives, joined with 、; None where it gives none or one that is not declared."""
    folded = fold(text)
    if not options or not _PICKED.match(folded):
        return None
    numbers = re.split(r"[、,，;；/]", folded.removesuffix(".0"))
    return "、".join(options[n] for n in numbers) if all(n in options for n in numbers) else None
