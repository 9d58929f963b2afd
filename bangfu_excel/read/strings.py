"""The shared texts of an xlsx, without what is only told how to pronounce."""

from __future__ import annotations

import re
from xml.parsers import expat

from bangfu_excel.core.messages import read as say
from bangfu_excel.read.parsing import feed
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.sheetxml import SPACE

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """`_x000D_` as the character that it stands for, as Excel shows it (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class StringsParser:
    """Feeds on sharedStrings.xml. Raises `expat.ExpatError`, and `RefusedError` beyond `most` texts."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._texts: list[str] = []
        self._pieces: list[str] = []
        self._phonetic = self._collecting = self._keep = False
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, data: bytes) -> None:
        feed(self._parser, data)

    @property
    def first(self) -> str | None:
        """The first text, once it is there."""
        return self._texts[0] if self._texts else None

    def finish(self) -> list[str]:
        """The texts in their order."""
        feed(self._parser, b"", True)
        return self._texts

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "t":
            self._collecting = not self._phonetic
            self._keep = attributes.get("xml:space") == "preserve"
        elif name == "rPh":
            self._phonetic = True
        elif name == "si":
            self._pieces.clear()

    def _text(self, text: str) -> None:
        if self._collecting:
            # Excel trims texts that are not marked as to be kept
            self._pieces.append(text if self._keep else text.strip(SPACE))

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "t":
            self._collecting = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self._texts.append(unescaped("".join(self._pieces)))
            if len(self._texts) > self._most:
                raise RefusedError(say.FILE_TOO_LARGE)
