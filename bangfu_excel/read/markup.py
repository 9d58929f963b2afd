"""XML element by element, for formats that we parse ourselves: expat's speed, no entity of a file's own, no recursion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import IO
from xml.parsers import expat

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import RawSheet, RawWorkbook
from bangfu_excel.read.parsing import feed
from bangfu_excel.read.refusal import RefusedError

_BLOCK = 256 * 1024


class ElementReader:
    """What to do at the start and end of elements, by local name; text is kept between `collect` and `collected`."""

    def __init__(self) -> None:
        self.starts: Mapping[str, Callable[[dict[str, str]], None]] = {}
        self.ends: Mapping[str, Callable[[], None]] = {}
        self._pieces: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; attributes by local name."""
        if act := self.starts.get(local(name)):
            act({local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        """An element ends."""
        if act := self.ends.get(local(name)):
            act()

    def text(self, text: str) -> None:
        """Text between tags."""
        if self._pieces is not None:
            self._pieces.append(text)

    def collect(self) -> None:
        """Keeps text from here on."""
        self._pieces = []

    def collected(self) -> str:
        """The text kept since `collect`; none is kept any more."""
        text = "".join(self._pieces or ())
        self._pieces = None
        return text


@contextmanager
def whole() -> Iterator[None]:
    """Where XML is parsed: `RefusedError` for a file that is damaged."""
    try:
        yield
    except expat.ExpatError as error:
        raise RefusedError(say.FILE_DAMAGED) from error


def workbook_of(
    name: str, form: str, sheets: Sequence[RawSheet], said: Sequence[Finding]
) -> tuple[RawWorkbook | None, tuple[Finding, ...]]:
    """The workbook of these sheets and what there was to say; without any sheet none, and why."""
    if sheets:
        return RawWorkbook(name, form, tuple(sheets)), tuple(said)
    return None, tuple(said) or (RefusedError(say.NO_SHEET).finding(name),)


def parse_text(text: str, reader: ElementReader) -> None:
    """Reads decoded XML, whatever encoding its declaration names. Raises `expat.ExpatError` where it is damaged."""
    parser = _parser(reader, "utf-8")
    for at in range(0, len(text), _BLOCK):
        parser.Parse(text[at : at + _BLOCK].encode("utf-8", "replace"), False)
    parser.Parse(b"", True)


def parse_stream(stream: IO[bytes], reader: ElementReader) -> None:
    """Reads XML block by block. Raises `expat.ExpatError` where it is damaged."""
    parser = _parser(reader, None)
    while block := stream.read(_BLOCK):
        feed(parser, block)
    parser.Parse(b"", True)


@lru_cache(maxsize=4096)  # a file has a few dozen names, each a million times
def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def number_of(text: str | None, otherwise: int) -> int:
    """A whole number from 0 on; `otherwise` where there is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 16 else otherwise


def _parser(reader: ElementReader, encoding: str | None) -> expat.XMLParserType:
    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    """No program that saves tables declares entities; who does so wants them to multiply or to fetch something."""
    raise RefusedError(say.FILE_DAMAGED)
