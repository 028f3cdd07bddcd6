"""One text on its way to the reader: pasted, or fetched from an address."""

from __future__ import annotations

from dataclasses import dataclass, field

from casus.errors import BadRecord
from casus.intake.readers import read_with
from casus.model import Reading
from casus.settings import Settings
from casus.sources import Metadata, SourceFailure
from casus.sources.admitting import admitted
from casus.sources.draft import Draft
from casus.sources.feeds import looks_like_feed
from casus.sources.fetching import Fetched
from casus.sources.streams import Form
from casus.sources.web import drafts_of_page


@dataclass(frozen=True, slots=True)
class Single:
    """A text, the HTML of a page, or what was fetched, and what is known of it besides.

    `metadata` goes before what the page says of itself.  Exactly one of the three is given.
    """

    origin: str
    text: str | None = None
    html: str | None = None
    fetched: Fetched | None = None
    metadata: Metadata = field(default_factory=Metadata)


@dataclass(frozen=True, slots=True)
class SingleReading:
    """The reading of one text, and why it has no event where it has none."""

    origin: str
    reading: Reading
    why_no_event: str | None


def read_single(settings: Settings, single: Single) -> SingleReading:
    """The reading of one text; raises `SourceError` where it holds no report."""
    found = admitted(_draft(settings, single), single.metadata, settings.max_report_chars)
    if isinstance(found, SourceFailure):
        raise found.error
    reading = next(read_with(settings, [found.report]))
    return SingleReading(found.origin, reading, _why_no_event(reading))


def _why_no_event(reading: Reading) -> str | None:
    if reading.events:
        return None
    # Loaded here: the reader takes long to load.
    from casus.reading.gating import relevant_stretches  # noqa: PLC0415

    if not relevant_stretches(reading.report):
        return "It has no sentence with enough words of violence, arrest, protest or agreement to read."
    if reading.agreements or reading.claims or reading.statistics:
        return "No sentence tells of an event that happened; what else was read is shown."
    return "It has words of violence, but no sentence that tells of an event that happened."


def _draft(settings: Settings, single: Single) -> Draft:
    if single.fetched is not None:
        return _of_address(single.origin, single.fetched, Form(settings.max_report_chars))
    if single.html is not None:
        # Loaded here: trafilatura takes longer to load than a text takes to read.
        from casus.sources.html import read_html  # noqa: PLC0415

        return read_html(single.html, single.origin)
    return Draft(single.origin, single.text or "")


def _of_address(origin: str, fetched: Fetched, form: Form) -> Draft:
    if looks_like_feed(fetched):
        raise BadRecord(f"{origin}: this is a feed of many reports: take it in as a feed")
    found = list(drafts_of_page(origin, fetched, form))
    if len(found) != 1:
        raise BadRecord(f"{origin}: {len(found)} reports stand there: take the address in as a whole")
    [one] = found
    if isinstance(one, SourceFailure):
        raise one.error
    return one
