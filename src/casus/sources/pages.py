"""What an address or an archive gave, as a draft: the article of a page, or a plain text."""

from __future__ import annotations

import codecs
from urllib.parse import urlsplit

from casus.sources.decoding import decode
from casus.sources.draft import Draft
from casus.sources.html import read_html
from casus.sources.metadata import Metadata

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
TEXT_TYPE = "text/plain"


def page_draft(data: bytes, charset: str | None, origin: str, known: Metadata) -> Draft:
    """The article of a page; what the page says of itself goes before what is `known`.

    A publication date after the day that is known can't be right, and is not taken.
    Raises `NoArticle`.
    """
    draft = read_html(_text_of(data, charset), origin)
    said = draft.metadata
    if said.published_on and known.published_on and said.published_on > known.published_on:
        said = Metadata(said.title, said.publisher, None, said.url)
    return Draft(origin, draft.text, said.over(known))


def text_draft(data: bytes, origin: str, known: Metadata) -> Draft:
    """A plain text; its host stands for the publisher.  Raises `NotText`."""
    host = urlsplit(known.url or "").hostname
    return Draft(origin, decode(data, origin), known.over(Metadata(publisher=host)))


def _text_of(data: bytes, charset: str | None) -> bytes | str:
    """The page in the encoding that the server states; bytes where it states none that is known."""
    if not charset:
        return data
    try:
        codecs.lookup(charset)
        return data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return data
