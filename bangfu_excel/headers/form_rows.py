"""The rows of one form: which hold labels and values, which head those below, where a table stands inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bangfu_excel.headers.form_cells import Page, Token
from bangfu_excel.headers.form_entries import (
    Area,
    Inside,
    Reading,
    entry_of,
    is_inline,
    read_pairs,
    read_signature,
    run_from,
)
from bangfu_excel.headers.form_list import list_columns, read_list
from bangfu_excel.headers.metadata import canonical_label, parse_pairs


def read_rows(page: Page, area: Area) -> Reading:
    """The labels, tables and titles of the form that stands in `area`."""
    reading, group, row = Reading(), "", area.top
    while row <= area.bottom:
        tokens, sides = _parted(page, area, row)
        groups = tuple(key for key in (group, *sides) if key)
        row += 1
        if not tokens:
            continue
        if lists := list_columns(tokens):
            read_list(page, area, row, lists, reading)
            break
        if _is_heading(page, tokens, area):
            reading.headings.append(tokens[0].row)
            group = tokens[0].header.key if tokens[0].heading else ""
        elif is_header(page, tokens):
            inside = _inside(page, area, tokens, groups)
            reading.insides.append(inside)
            row, group = inside.stop, ""
        elif _is_line(page, tokens):
            if not reading.entries:
                reading.titles.append(tokens[0].text)
        elif tokens[0].signed:
            read_signature(tokens, reading)
        elif (content := _below(page, area, tokens)) is not None:
            reading.entries.append(entry_of(page, tokens[0], (content.row, content.column), content, groups))
            row = content.bottom + 1
        else:
            read_pairs(page, tokens, groups, reading)
    return reading


def _is_line(page: Page, tokens: Sequence[Token]) -> bool:
    """Whether a row is a title or a note: one cell that names nothing."""
    first = tokens[0]
    if len(tokens) > 1 or first.known or (first.is_text and is_inline(page, first)):
        return False
    return first.note or not (first.is_text and parse_pairs(first.text))


def _below(page: Page, area: Area, tokens: Sequence[Token]) -> Token | None:
    """The cell under a label that fills a row by itself: 走访内容 over a wide cell of text."""
    label, row = tokens[0], tokens[0].bottom + 1
    if len(tokens) > 1 or not label.known or label.right < area.right or row > area.bottom or is_inline(page, label):
        return None
    below = [t for t in page.rows[row] if area.left <= t.column <= area.right]
    lone = len(below) == 1 and below[0].column == label.column and not below[0].known and not below[0].signed
    return below[0] if lone else None


def _parted(page: Page, area: Area, row: int) -> tuple[list[Token], list[str]]:
    """The tokens of a row without headings that are merged down at its left, and the keys of those headings."""
    sides: list[str] = []
    column = area.left
    while (heading := _side(page, area, row, column)) is not None:
        sides.append(heading.header.key)
        column = heading.right + 1
    return [t for t in page.rows[row] if column <= t.column <= area.right], sides


def _side(page: Page, area: Area, row: int, column: int) -> Token | None:
    """The heading merged down over several rows that begins in `column`, right of which shorter cells stand."""
    token = page.at(row, column)
    if token is None or token.bottom == token.row or not token.is_text or token.right >= area.right:
        return None
    below = range(token.row, min(token.bottom, area.bottom) + 1)
    starts = {t.row for r in below for t in page.rows[r] if t.column > token.right}
    beside = page.at(token.row, token.right + 1)
    tall = beside is not None and beside.bottom >= token.bottom and not beside.heading and not beside.known
    return None if tall or len(starts) < 2 else token


def _is_heading(page: Page, tokens: Sequence[Token], area: Area) -> bool:
    """Whether a row only heads those below it: 一、基本情况, or 家庭成员 over the whole width or over a header."""
    (first, *others) = tokens
    if others or not first.is_text or (":" in first.text or "：" in first.text):
        return False
    wide = first.right - first.column >= max(1, (area.right - area.left) // 2)
    if first.section and (wide or not first.known):
        return True
    if not first.heading:
        return False
    below = (
        [t for t in page.rows[first.bottom + 1] if area.left <= t.column <= area.right]
        if first.bottom < area.bottom
        else []
    )
    return wide or (bool(below) and is_header(page, below))


def is_header(page: Page, tokens: Sequence[Token]) -> bool:
    """Whether the cells of a row are headers side by side rather than labels beside their values."""
    return any(_heads(page, run) for run in _runs(page, tokens))


def _runs(page: Page, tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of a row, parted where an empty cell stands between two."""
    run: list[Token] = []
    for token in tokens:
        if run and token.column != run[-1].right + 1:
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _heads(page: Page, run: Sequence[Token]) -> bool:
    if len(run) < 2 or not all(t.is_text for t in run) or any(":" in t.text or "：" in t.text for t in run):
        return False
    odd = [(label, value) for label, value in zip(run[::2], run[1::2], strict=False) if value.known]
    if not odd or 2 * sum(t.known for t in run) <= len(run):
        return False
    if any(label.known and not page.takes_words(label) for label, _ in odd):
        return True
    below = page.at(max(t.bottom for t in run) + 1, run[0].column)
    if 4 * len(odd) <= len(run) or (below is not None and _alternate(run_from(page, below))):
        return False  # a line of labels and values, whatever they read like, is followed by another
    return len(run) >= 4 or (below is not None and below.right == run[0].right)


def _alternate(run: Sequence[Token]) -> bool:
    """Whether most of every second cell from the first on are labels."""
    labels = run[::2]
    return 2 * sum(t.known for t in labels) > len(labels)


def _inside(page: Page, area: Area, tokens: Sequence[Token], groups: tuple[str, ...]) -> Inside:
    header = Inside(tuple(tokens), groups, ())
    rows: list[int] = []
    for row in range(header.bottom + 1, area.bottom + 1):
        below, _ = _parted(page, area, row)
        if below and not _is_data(page, area, header, below):
            break
        if below:
            rows.append(row)
    return replace(header, rows=tuple(rows))


def _is_data(page: Page, area: Area, header: Inside, tokens: Sequence[Token]) -> bool:
    """Whether a row below a header goes on with its table: cells under those of the header, the first of them no label."""
    first = tokens[0]
    if first.signed or first.section or _is_heading(page, tokens, area) or is_inline(page, first):
        return False
    spans = [sum(1 for h in header.tokens if t.column <= h.column <= t.right) for t in tokens]
    if any(span > 1 for span in spans) or not any(spans):
        return False
    if first.known or canonical_label(first.text):
        above = next((h for h in header.tokens if h.column <= first.column <= h.right), None)
        worded = above is not None and page.takes_words(above)
        return worded and sum(t.known for t in tokens[::2]) < 2 and len(tokens) > 2
    return not is_header(page, tokens)
