"""Feeding expat."""

from __future__ import annotations

from xml.parsers import expat

_UNKNOWN_ENCODING = 18  # expat's XML_ERROR_UNKNOWN_ENCODING


def feed(parser: expat.XMLParserType, data: bytes, final: bool = False) -> None:
    """Parses a piece; raises `expat.ExpatError` where it is damaged or says that it is in an encoding nobody knows.

    For such an encoding expat itself raises `LookupError` or `ValueError`, which a reader must also let pass from a handler.
    """
    try:
        parser.Parse(data, final)
    except (LookupError, ValueError) as error:
        if parser.ErrorCode != _UNKNOWN_ENCODING:
            raise
        raise expat.ExpatError(str(error)) from error
