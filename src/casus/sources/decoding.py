"""Bytes become text, or an error that says how to convert them."""

from __future__ import annotations

import codecs
import re

from casus.errors import NotText

# First bytes of files that people try to read as reports.
_KNOWN_BINARIES = (
    (b"%PDF", "a PDF", "extract its text first, for example with pdftotext"),
    (b"PK\x03\x04", "a zipped document", "save it as plain text first, or unzip it"),
    (b"\xd0\xcf\x11\xe0", "an old Word document", "save it as plain text first"),
    (b"{\\rtf", "an RTF document", "save it as plain text first"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"\x89PNG", "a picture", "have its text recognised first"),
    (b"\xff\xd8\xff", "a picture", "have its text recognised first"),
)
# Longer marks first: the UTF-32 mark begins with the UTF-16 one.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UNSOUND = re.compile(r"[\x00\ud800-\udfff]")
_CONVERT = "convert it, for example with: iconv -f ENCODING -t UTF-8 FILE"


def decode(data: bytes, origin: str) -> str:
    """The text of `data`: by its byte order mark, else UTF-8, else Windows-1252.

    Windows-1252 is tried last, as older agency files have it, and is taken only where
    no control character comes out.  Raises `NotText` for anything else.
    """
    for start, what, advice in _KNOWN_BINARIES:
        if data.startswith(start):
            raise NotText(f"{origin}: this is {what}, not text: {advice}")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, origin)
    if b"\x00" in data:
        raise NotText(f"{origin}: this is a binary file, or text in a rare encoding: {_CONVERT}")
    try:
        return _without_control(data.decode("utf-8"), origin)
    except UnicodeDecodeError:
        return _without_control(_decoded(data, "cp1252", origin), origin)


def tidy(text: str) -> str:
    """`text` with line ends as a newline, without blank ends, and sound as Unicode.

    A lone surrogate, which no encoding can write, and NUL, which no database keeps, become U+FFFD.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSOUND.sub("\ufffd", lines).strip("\ufeff \t\n\f\v")


def _decoded(data: bytes, encoding: str, origin: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = "UTF-8" if encoding == "cp1252" else encoding.upper()
        raise NotText(f"{origin}: this is not {name} text (byte {error.start}): {_CONVERT}") from error


def _without_control(text: str, origin: str) -> str:
    found = _CONTROL.search(text)
    if found is None:
        return text
    raise NotText(
        f"{origin}: character {found.start()} is the control character {ord(found.group()):#04x}, so this is "
        f"a binary file or text in another encoding: {_CONVERT}"
    )
