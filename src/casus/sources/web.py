"""Addresses become reports: a page is one, a feed names many."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from casus.errors import BadRecord, FetchError, NotText, SourceError
from casus.sources.draft import Draft
from casus.sources.failure import SourceFailure
from casus.sources.feeds import Entry, looks_like_feed, parse_feed
from casus.sources.fetching import Fetched, Fetcher, Validators
from casus.sources.kinds import Kind
from casus.sources.marks import Mark, Past
from casus.sources.metadata import Metadata
from casus.sources.pages import PAGE_TYPES, TEXT_TYPE, page_draft, text_draft
from casus.sources.streams import Form, read_stream

_JSON_TYPES = {
    "application/json": Kind.JSON,
    "application/x-ndjson": Kind.JSON_LINES,
    "application/jsonl": Kind.JSON_LINES,
}
_SHORTEST_TEXT_CHARS = 80
Found = Draft | SourceFailure | Mark


def read_address(url: str, fetcher: Fetcher, past: Past, form: Form) -> Iterator[Found]:
    """The report at an address, or those that a feed there names and that no run has taken yet.

    Raises `SourceError`.
    """
    source = f"feed {url}"
    kept = past.recall(source)
    fetched = fetcher.fetch(url, Validators(kept.get("etag"), kept.get("modified")) if kept else None)
    if fetched is None:
        return
    if looks_like_feed(fetched):
        yield from _of_feed(url, fetched, fetcher, Mark(source, kept or {}))
    elif kept is not None:
        raise BadRecord(f"{url}: this was a feed, and is a page now: check the address")
    else:
        yield from drafts_of_page(url, fetched, form)


def drafts_of_page(url: str, fetched: Fetched, form: Form) -> Iterator[Draft | SourceFailure]:
    """The reports at an address that is no feed.  Raises `SourceError`."""
    known = Metadata(url=fetched.url)
    kind = _JSON_TYPES.get(fetched.content_type)
    if kind is not None:
        yield from read_stream(io.BytesIO(fetched.data), kind, url, form)
    elif fetched.content_type == TEXT_TYPE:
        yield text_draft(fetched.data, url, known)
    else:
        yield _page(url, fetched, known)


def _page(url: str, fetched: Fetched, known: Metadata) -> Draft:
    if fetched.content_type and fetched.content_type not in PAGE_TYPES:
        raise NotText(f"{url}: this is {fetched.content_type[:60]}, no page: save its text in a file instead")
    return page_draft(fetched.data, fetched.charset, url, known)


def _of_feed(url: str, fetched: Fetched, fetcher: Fetcher, before: Mark) -> Iterator[Found]:
    """The reports of a feed that were not taken before.

    Each is marked as taken, but one that could not be fetched and is to be tried again.  That
    the feed is done, so that it need not be sent again until it changes, is marked at the end.
    """
    feed = parse_feed(fetched, url)
    taken = [str(known) for known in before.value.get("taken", ())]
    old = set(taken)
    is_whole = feed.fault is None
    for entry in feed.entries:
        if entry.id in old:
            continue
        found = _of_entry(entry, url, fetcher)
        yield found
        if isinstance(found, SourceFailure) and isinstance(found.error, FetchError):
            is_whole = False
            continue
        old.add(entry.id)
        taken.append(entry.id)
        yield Mark(before.source, {"taken": list(taken)})
    if feed.fault is not None:
        message = f"{url}: the feed is cut off ({feed.fault}): what could be made out was taken; run again"
        yield SourceFailure(url, BadRecord(message))
    if is_whole:
        yield Mark(before.source, _done([entry.id for entry in feed.entries], fetched.validators))


def _done(ids: list[str], validators: Validators) -> Mapping[str, Any]:
    return {"taken": ids, "etag": validators.etag, "modified": validators.modified}


def _of_entry(entry: Entry, feed_url: str, fetcher: Fetcher) -> Draft | SourceFailure:
    """The report of an entry: its page's article, else what the feed itself holds of it."""
    origin = entry.link or f"{feed_url}, entry {entry.id}"
    failed: SourceError = BadRecord(f"{origin}: an entry without an address and with too little text")
    if entry.link:
        try:
            fetched = fetcher.fetch(entry.link)
            if fetched is not None:
                page = _page(origin, fetched, Metadata(url=fetched.url))
                return Draft(origin, page.text, entry.metadata.over(page.metadata), entry.id)
        except SourceError as error:
            failed = error
    if len(entry.text) < _SHORTEST_TEXT_CHARS:
        return SourceFailure(origin, failed)
    return Draft(origin, entry.text, entry.metadata, entry.id)
