"""The rows of one form: which hold labels and values, which head those below, where a table stands inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bangfu_excel.core.raw import Cell, CellType, cell_text
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
    parties: tuple[Token, ...] = ()
    while row <= area.bottom:
        tokens, sides = _parted(page, area, row)
        groups = tuple(key for key in (group, *sides) if key)
        row += 1
        if not tokens:
            continue
        if lists := list_columns(tokens):
            read_list(page, area, row, lists, reading)
            break
        parties = () if _across(tokens, parties) else parties
        if _is_heading(page, tokens, area):
            reading.headings.append(tokens[0].row)
            group, parties = tokens[0].header.key if tokens[0].heading else "", ()
        elif _heads_pairs(page, area, tokens):
            reading.headings.append(tokens[0].row)
            parties = tuple(tokens)
        elif is_header(page, tokens):
            inside = _inside(page, area, tokens, groups)
            reading.insides.append(inside)
            row, group, parties = inside.stop, "", ()
        elif _is_line(page, tokens) or (not reading.entries and _is_title(page, area, tokens)):
            if not reading.entries and not tokens[0].note:
                reading.titles.append(tokens[0].text)
        elif _is_signed(tokens):
            read_signature(tokens, reading)
        elif (content := _below(page, area, tokens)) is not None:
            reading.entries.append(entry_of(page, tokens[0], (content.row, content.column), content, groups))
            row = _read_on(page, area, tokens[0], content, reading)
        else:
            for keys, part in _by_party(tokens, parties):
                read_pairs(page, part, (*groups, *keys), reading)
            row = _read_on(page, area, tokens[0], tokens[-1], reading)
    return reading


def _read_on(page: Page, area: Area, label: Token, value: Token, reading: Reading) -> int:
    """The row to go on with: after further lines of the text that was read last, which are then part of it.

    They stand alone in their rows, below the first one and beside the label, or below a label of one cell with its value.
    """
    row = value.bottom + 1
    last = reading.entries[-1] if reading.entries else None
    if last is None or last.at != (value.row, value.column) or not last.filled or not page.takes_text(last.header):
        return value.row + 1
    lines: list[Token] = []
    while row <= area.bottom and (line := _line(page, area, row, label, value)) is not None:
        lines.append(line)
        row = line.bottom + 1
    if not lines:
        return value.row + 1 if value.column > label.column else row
    text = "\n".join((cell_text(last.value), *(line.text for line in lines)))
    reading.entries[-1] = replace(last, value=Cell(CellType.TEXT, text), written=text)
    reading.headings += [line.row for line in lines]
    return row


def _line(page: Page, area: Area, row: int, label: Token, value: Token) -> Token | None:
    """The cell that holds a further line of a text in this row, if one does."""
    tokens, _ = _parted(page, area, row)
    if len(tokens) != 1 or tokens[0].column != value.column or not tokens[0].is_text:
        return None
    line = tokens[0]
    named = line.known or is_inline(page, line) or line.signed or line.autograph or line.note
    if row > label.bottom and (named or (line.column == area.left and (line.section or line.heading))):
        return None
    return line


def _is_title(page: Page, area: Area, tokens: Sequence[Token]) -> bool:
    """Whether a row is one label without a value, which then names the form: 走访记录."""
    first = tokens[0]
    alone = len(tokens) == 1 and first.right >= area.right and first.is_text
    return alone and not is_inline(page, first) and _below(page, area, tokens) is None


def _is_signed(tokens: Sequence[Token]) -> bool:
    """Whether a row is to be signed, and holds nothing else."""
    return tokens[0].signed or (tokens[0].autograph and not any(t.known for t in tokens))


def _heads_pairs(page: Page, area: Area, tokens: Sequence[Token]) -> bool:
    """Whether the cells of a row head labels and values side by side: 帮扶干部 |  | 帮扶对象 |  over 姓名 | 李明 | 姓名 | 张三."""
    below = page.rows[tokens[0].bottom + 1] if tokens[0].bottom < area.bottom else ()
    if len(tokens) < 2 or not all(t.is_text and t.known and not is_inline(page, t) for t in tokens):
        return False
    parts = [part for _, part in _by_party([t for t in below if area.left <= t.column <= area.right], tokens)]
    firsts = [part[0].column if part else -1 for part in parts]
    paired = all(len(part) == 2 and part[0].known and not part[1].known for part in parts)
    return firsts == [t.column for t in tokens] and paired


def _across(tokens: Sequence[Token], parties: Sequence[Token]) -> bool:
    """Whether a cell reaches from one party's columns into another's: what it says is of neither."""
    return any(t.column < party.column <= t.right for t in tokens for party in parties)


def _by_party(tokens: Sequence[Token], parties: Sequence[Token]) -> list[tuple[tuple[str, ...], list[Token]]]:
    """The tokens of a row, parted by the headings over them, whose keys come with them; all in one part without any."""
    if not parties:
        return [((), list(tokens))]
    ends = [party.column for party in parties[1:]] + [1 << 31]
    lefts = [0, *ends[:-1]]
    return [
        ((party.header.key,), [t for t in tokens if left <= t.column < end])
        for party, left, end in zip(parties, lefts, ends, strict=True)
    ]


def _is_line(page: Page, tokens: Sequence[Token]) -> bool:
    """Whether a row is a title or a note: one cell that names nothing."""
    first = tokens[0]
    if len(tokens) == 1 and first.guidance:
        return True  # 说明 is a label as well, of a remark
    if len(tokens) > 1 or first.known or (first.is_text and is_inline(page, first)):
        return False
    return first.note or not (first.is_text and parse_pairs(first.text))


def _below(page: Page, area: Area, tokens: Sequence[Token]) -> Token | None:
    """The cell under a label that fills a row by itself: 走访内容 over a wide cell of text."""
    label, row = tokens[0], tokens[0].bottom + 1
    if len(tokens) > 1 or not label.known or label.right < area.right or row > area.bottom or is_inline(page, label):
        return None
    below = [t for t in page.rows[row] if area.left <= t.column <= area.right]
    if len(below) != 1 or below[0].column != label.column or is_inline(page, below[0]):
        return None
    return None if below[0].known or below[0].signed or below[0].autograph else below[0]


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
    return None if tall or len(starts) < 2 or _holds_lines(page, area, token) else token


def _holds_lines(page: Page, area: Area, label: Token) -> bool:
    """Whether nothing but lines of text, one a row below each other, stands beside a label that is merged down."""
    rows = range(label.row, min(label.bottom, area.bottom) + 1)
    lines = [[t for t in page.rows[row] if label.right < t.column <= area.right] for row in rows]
    said = [line for line in lines if line]
    alone = all(len(line) == 1 and line[0].column == label.right + 1 and line[0].is_text for line in said)
    return label.known and page.takes_text(label.header) and alone and not any(line[0].known for line in said)


def _is_heading(page: Page, tokens: Sequence[Token], area: Area) -> bool:
    """Whether a row only heads those below it: 一、基本情况, or 家庭成员 over the whole width or over a header."""
    (first, *others) = tokens
    if others or not first.is_text or (":" in first.text or "：" in first.text):
        return False
    wide = first.right - first.column >= max(1, (area.right - area.left) // 2)
    if (first.section and (wide or not first.known)) or (first.heading and wide):
        return True
    if not (first.heading or (wide and first.known)) or first.bottom >= area.bottom:
        return False
    below = [t for t in page.rows[first.bottom + 1] if area.left <= t.column <= area.right]
    return bool(below) and is_header(page, below)


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
    if not odd:
        return False
    if 2 * sum(t.known for t in run) <= len(run):
        return len(odd) == len(run) // 2 > 1 and _unlike_labels(page, run)
    if any(label.known and not page.takes_words(label) for label, _ in odd):
        return True
    below = page.at(max(t.bottom for t in run) + 1, run[0].column)
    if 4 * len(odd) <= len(run) or (below is not None and _alternate(run_from(page, below))):
        return False  # a line of labels and values, whatever they read like, is followed by another
    return len(run) >= 4 or (below is not None and below.right == run[0].right)


def _unlike_labels(page: Page, run: Sequence[Token]) -> bool:
    """Whether every second cell is a known header and none of the others, over cells of the same columns that are none."""
    below = page.at(max(t.bottom for t in run) + 1, run[0].column)
    under = run_from(page, below) if below is not None else []
    same = [(t.column, t.right) for t in under] == [(t.column, t.right) for t in run[: len(under)]]
    return not any(t.known for t in (*run[::2], *under)) and len(under) > 1 and same


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
