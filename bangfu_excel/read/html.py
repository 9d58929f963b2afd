"""Web pages with tables, which many systems export under the suffix .xls: all tables of a page on one sheet, one below the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import RawSheet, RawWorkbook
from bangfu_excel.read.encoding import Decoded, decode
from bangfu_excel.read.grid import Budget, Grid
from bangfu_excel.read.htmltable import BLOCK, BREAK, Attributes, HtmlTable, clean, css_formats
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.refusal import RefusedError

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{1,30})|<\?xml[^>]{0,100}encoding=["']([\w-]{1,30})""", re.I
)
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,200})</x:Name>", re.I)
_HEAD = 65_536  # where a page says what it is
_PIECE = 65_536  # fed to the parser at a time
_LONGEST = 16 * 1024 * 1024  # of what is not complete: a script, a picture in an attribute, a tag without end
_DEEPEST = 40  # tables inside tables
_TAGS_A_CELL = 8
_FEW = 50  # cells of a page that asks for a password
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_BLOCK_TAGS = frozenset({
    "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "center", "form", "section", "article", "header",
    "footer", "nav", "dl", "dt", "dd", "pre", "blockquote", "caption", "hr", "body", "fieldset", "legend", "address",
})  # fmt: skip
_MUTED = frozenset({"script", "style", "title", "noscript", "template", "option", "object", "svg", "comment"})
_TYPED = frozenset({"", "text", "number", "date", "datetime-local", "tel", "email", "month"})


def read_html(data: bytes, name: str, limits: Limits) -> tuple[RawWorkbook, tuple[Finding, ...]]:
    """The page as one sheet. Values are text but for what Excel itself marked as numbers; text outside of tables is a row.

    Raises `RefusedError` where the page holds no table: a login page, an error page, the frame of a page saved in parts.
    """
    decoded = decode_page(data)
    sheet = read_page(decoded.text, Budget(limits))
    findings = () if decoded.sure else (say.ENCODING_GUESSED.finding(Place(name)),)
    return RawWorkbook(name, "html", (sheet,)), findings


def decode_page(data: bytes, declared: str = "") -> Decoded:
    """The text of a page. declared: what the message around it says of its encoding."""
    if not declared and (told := _CHARSET.search(data[:_HEAD])):
        declared = (told[1] or told[2]).decode("ascii")
    return decode(data, declared)


def read_page(text: str, budget: Budget, name: str | None = None, hidden: bool = False) -> RawSheet:
    """The sheet of one page, called `name`, or as the page itself says."""
    cells = text.count("<td") + text.count("<TD") + text.count("<th") + text.count("<TH")
    if cells > budget.limits.parsed or text.count("<") > _TAGS_A_CELL * budget.limits.parsed:
        raise RefusedError(say.FILE_TOO_LARGE)
    page = _Page(budget)
    page.read(text)
    if not any(isinstance(block, Grid) for block in page.blocks):
        raise RefusedError(say.PAGE_WITHOUT_FOLDER if page.framed else say.PAGE_WITHOUT_TABLE)
    if page.asks_password and sum(len(line) for b in page.blocks if isinstance(b, Grid) for line in b.rows()) < _FEW:
        raise RefusedError(say.PAGE_WITHOUT_TABLE)
    told = _SHEET_NAME.search(text[:_HEAD])
    title = clean([told[1] if told else page.title]) if name is None else name
    return _stacked(page.blocks, budget).sheet(_FORBIDDEN.sub(" ", title).strip()[:31], hidden)


def _stacked(blocks: list[Grid | str], budget: Budget) -> Grid:
    """All tables and the texts around them on one grid; a blank row parts two tables."""
    whole = Grid(budget)
    at = 0
    after_table = False
    for block in blocks:
        if isinstance(block, str):
            for line in block.split("\n"):
                whole.put(at, 0, line)
                at += 1
        elif block.height:
            at += after_table
            whole.take(block, at)
            at += block.height
        after_table = not isinstance(block, str)
    return whole


class _Page(HTMLParser):
    """One page on its way to grids and texts. Nothing it names is fetched, nothing in it is run."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Grid | str] = []
        self.title = ""
        self.framed = False
        self.asks_password = False
        self._budget = budget
        self._open: list[HtmlTable] = []
        self._pieces: list[str] = []
        self._muted = ""
        self._ignored = 0  # tables deeper than anybody nests them
        self._formats: dict[str, str] = {}
        self._starts: Mapping[str, Callable[[Attributes], None]] = {
            "table": self._start_table, "tr": self._start_row, "td": self._start_cell, "th": self._start_cell,
            "col": self._start_column, "br": self._break, "input": self._input, "frame": self._frame,
            "frameset": self._frame,
        }  # fmt: skip
        self._ends: Mapping[str, Callable[[], None]] = {
            "table": self._end_table, "tr": self._end_row, "td": self._end_cell, "th": self._end_cell,
        }  # fmt: skip

    def read(self, text: str) -> None:
        """Goes through the whole text."""
        at = 0
        while at < len(text):
            piece = max(_PIECE, len(self.rawdata))  # what is not yet complete is looked at again with each piece
            self.feed(text[at : at + piece])
            at += piece
            if len(self.rawdata) > _LONGEST:
                raise RefusedError(say.FILE_DAMAGED)
        # what is left is a tag or script without end; HTMLParser.close would look at it again and again
        self.handle_data(self.rawdata.partition("<")[0])
        while self._open:
            self._end_table()
        self._flush()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if start := self._starts.get(tag):
            start(dict(attrs))
        elif tag in _MUTED:
            self._mute(tag, dict(attrs))
        elif tag in _BLOCK_TAGS:
            self._pieces.append(BLOCK)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._muted or (tag == "select" and self._muted == "option"):
            self._muted = ""
        elif end := self._ends.get(tag):
            end()
        elif tag in _BLOCK_TAGS:
            self._pieces.append(BLOCK)

    def handle_data(self, data: str) -> None:
        if not self._muted:
            self._pieces.append(data)
        elif self._muted == "title" and not self._open:
            self.title += data
        elif self._muted == "style":
            self._formats.update(css_formats(data))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Excel's `<![if …]>`; the library's own way raises on any word that it does not know."""
        return self.parse_bogus_comment(i, report)

    def _mute(self, tag: str, attributes: Attributes) -> None:
        if tag == "option" and self._muted in ("", "option"):
            self._muted = "" if "selected" in attributes else "option"
        elif not self._muted:
            self._muted = tag

    def _start_table(self, _: Attributes) -> None:
        if len(self._open) >= _DEEPEST:
            self._ignored += 1
            self._pieces.append(BLOCK)
            return
        if not self._open:
            self._flush()
        elif not self._open[-1].in_cell:
            self._pieces = []
        self._muted = ""
        self._open.append(HtmlTable(self._budget, self._pieces))
        self._pieces = []

    def _end_table(self) -> None:
        if self._ignored:
            self._ignored -= 1
            self._pieces.append(BLOCK)
        elif self._open:
            self._end_cell()
            table = self._open.pop()
            grids = table.finished()
            self._pieces = table.outer_pieces
            if self._open and self._open[-1].in_cell:
                self._open[-1].nest(grids)
            else:
                self.blocks += grids

    def _start_row(self, attributes: Attributes) -> None:
        if self._ignored:
            self._pieces.append(BLOCK)
            return
        if not self._open:
            self._start_table({})
        self._end_cell()
        self._open[-1].start_row(attributes)

    def _end_row(self) -> None:
        if self._open and not self._ignored:
            self._end_cell()
            self._open[-1].end_row()

    def _start_cell(self, attributes: Attributes) -> None:
        if self._ignored:
            self._pieces.append(" ")
            return
        if not self._open:
            self._start_table({})
        self._end_cell()
        self._keep_stray()
        self._open[-1].start_cell(attributes)

    def _end_cell(self) -> None:
        if self._open and self._open[-1].in_cell and not self._ignored:
            self._muted = ""
            self._open[-1].end_cell(self._pieces, self._formats)
            self._pieces = []

    def _keep_stray(self) -> None:
        """Text between the cells of a table (a caption, or what a careless system wrote there) goes above the table."""
        if self._pieces and (text := clean(self._pieces)) and len(self._open) == 1:
            self.blocks.append(text)
        self._pieces = []

    def _start_column(self, attributes: Attributes) -> None:
        if self._open and not self._ignored:
            self._open[-1].start_column(attributes)

    def _break(self, _: Attributes) -> None:
        self._pieces.append(BREAK)

    def _input(self, attributes: Attributes) -> None:
        kind = (attributes.get("type") or "").lower()
        self.asks_password |= kind == "password"
        if kind in _TYPED and attributes.get("value"):
            self._pieces.append(attributes["value"] or "")

    def _frame(self, _: Attributes) -> None:
        self.framed = True

    def _flush(self) -> None:
        if text := clean(self._pieces):
            self.blocks.append(text)
        self._pieces = []
