"""Bytes become text, or an error that says what to do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.errors import NotText
from casus.sources.decoding import decode, tidy

SENTENCE = "The governor’s spokesman, José Ibáñez, said “nobody was hurt”."


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"],
)
def test_text_in_a_known_encoding_comes_out_the_same(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding), "report.txt") == SENTENCE


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf16_follows_its_byte_order_mark(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert decode(mark + SENTENCE.encode(encoding), "report.txt") == SENTENCE


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        # Files of other programs: what to do with them first.
        (b"%PDF-1.7 and so on", "pdftotext"),
        (b"PK\x03\x04 a document", "save it as plain text"),
        (b"\xd0\xcf\x11\xe0 a document", "save it as plain text"),
        (b"{\\rtf1 text}", "save it as plain text"),
        (b"\x89PNG\r\n", "have its text recognised"),
        (b"\xff\xd8\xff\xe0", "have its text recognised"),
        (b"\x1f\x8b\x08", "unpack it"),
        # Anything else that is no text: how to convert it.
        (b"\x7fELF\x00\x00\x01", "iconv"),
        (b"text\x01with a control character", "iconv"),
        ("Вертолёт обстрелял колонну".encode("koi8-r") + b"\x81\x8d", "iconv"),
        (b"\xff\xfe\x00", "iconv"),
        # A byte that Windows-1252 leaves undefined.
        (b"caf\xe9 \x81", "iconv"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(data: bytes, advice: str) -> None:
    with pytest.raises(NotText) as refusal:
        decode(data, "report.txt")
    message = str(refusal.value)
    assert message.startswith("report.txt: ")
    assert advice in message
    assert "\n" not in message


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data, "report.txt")
    except NotText as refusal:
        text = str(refusal).replace("\n", "\ud800")
    text.encode("utf-8")  # text and message alike can be written


@pytest.mark.parametrize(
    ("untidy", "tidied"),
    [
        ("\ufeff one\r\ntwo\rthree \n\n", "one\ntwo\nthree"),
        ("half a pair: \ud83d", "half a pair: \ufffd"),
        (" \n\t", ""),
    ],
)
def test_tidy_text_has_plain_line_ends_and_no_blank_ends(untidy: str, tidied: str) -> None:
    assert tidy(untidy) == tidied
