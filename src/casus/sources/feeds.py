"""RSS and Atom feeds: which reports they name, and what they say of each."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any
from xml.sax import SAXException

import feedparser

from casus.errors import BadRecord
from casus.sources.fetching import Fetched
from casus.sources.metadata import Metadata

FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"}
)
_FEED_START = re.compile(rb"<(rss|feed|rdf:RDF)\b", re.IGNORECASE)
_FEED_END = re.compile(rb"</(\w+:)?(rss|feed|rdf)\s*>\s*(<!--.*?-->\s*)*$", re.IGNORECASE | re.DOTALL)
_SNIFFED_BYTES = 2048
_BLOCKS = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
_UNREAD = frozenset({"script", "style"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One report that a feed names.  `text` is what the feed itself holds of it, often a summary."""

    id: str
    link: str | None
    metadata: Metadata
    text: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's entries, in its order.  `fault` says what is wrong with it, where it is cut off."""

    entries: tuple[Entry, ...]
    fault: str | None


def looks_like_feed(fetched: Fetched) -> bool:
    """Whether it is a feed and no page, by its beginning, else by its type."""
    start = fetched.data[:_SNIFFED_BYTES]
    if b"<html" in start.lower():
        return False
    return bool(_FEED_START.search(start)) or fetched.content_type in FEED_TYPES


def parse_feed(fetched: Fetched, origin: str) -> Feed:
    """The entries of a feed.  Raises `BadRecord` where there are none to be made out."""
    headers = {"content-location": fetched.url, "content-type": fetched.content_type or "application/xml"}
    if fetched.charset:
        headers["content-type"] += f"; charset={fetched.charset}"
    parsed: Any = feedparser.parse(io.BytesIO(fetched.data), response_headers=headers)
    fault = parsed.get("bozo_exception")
    told = " ".join(str(fault).split()) if fault else "it is neither RSS nor Atom"
    if not parsed.version and not parsed.entries:
        raise BadRecord(f"{origin}: no feed that can be read ({told}): check the address")
    publisher = _text(parsed.feed.get("title"))
    entries = tuple(_entry(entry, publisher) for entry in parsed.entries)
    is_cut = isinstance(fault, SAXException) and not _FEED_END.search(fetched.data)
    if is_cut and not entries:
        raise BadRecord(f"{origin}: no feed that can be read ({told}): check the address")
    return Feed(entries, told if is_cut else None)


def _entry(entry: Any, publisher: str | None) -> Entry:
    link = entry.get("link") or None
    title = _text(entry.get("title"))
    source = _text(entry.get("source", {}).get("title"))
    texts = [_text_of_html(part.get("value", "")) for part in entry.get("content", ())]
    texts.append(_text_of_html(entry.get("summary", "")))
    text = max(texts, key=len)
    known = entry.get("id") or link or hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
    return Entry(known, link, Metadata(title, source or publisher, _day(entry), link), text)


def _day(entry: Any) -> date | None:
    """The day that the entry states, as its publisher wrote it; what can't be read so, in UTC."""
    for name in ("published", "updated"):
        if name not in entry:
            continue
        for parse in (parsedate_to_datetime, datetime.fromisoformat):
            try:
                return parse(str(entry[name]).strip()).date()
            except ValueError:
                continue
        if f"{name}_parsed" in entry and (parsed := entry[f"{name}_parsed"]):
            return date(*parsed[:3])
    return None


def _text(value: Any) -> str | None:
    return _text_of_html(value) or None if isinstance(value, str) else None


def _text_of_html(value: str) -> str:
    """The words of a piece of HTML, its blocks apart."""
    if "<" not in value and "&" not in value:
        return value.strip()
    words = _Words()
    words.feed(value)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.pieces).split("\n"))
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    """Collects the text of a piece of HTML, with a blank line after each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unread: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _UNREAD:
            self._unread = tag
        elif tag == "br":
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unread:
            self._unread = None
        elif tag in _BLOCKS:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self._unread is None:
            self.pieces.append(" ".join(data.split("\n")))
