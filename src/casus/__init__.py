"""Casus reads reports of political violence and keeps the record of them.

>>> import casus
>>> reading = casus.read(
...     "Gunmen killed four farmers near Gwoza on Monday, police said.",
...     published="2021-03-03",
... )
>>> [event.event_type.value for event in reading.events]
['killing']
>>> toll = reading.events[0].tolls[0]
>>> toll.harm.value, toll.category.value, toll.low, toll.best, toll.high
('killed', 'civilians', 4, 4, 4)
>>> "four farmers" in reading.quote(toll.evidence[0])
True
>>> reading.events[0].when.start.isoformat()
'2021-03-01'
>>> reading.claims[0].kind.value, reading.claims[0].low
('toll', 4)
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from casus.model import Reading, Report

__all__ = ["Reading", "Report", "__version__", "read"]
__version__ = "0.1.0"


def read(
    text: str,
    published: date | str | None = None,
    *,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    actors: str | Path | None = None,
) -> Reading:
    """What Casus reads in one report: events, claims, agreements and statistics with their evidence.

    `published` is a date, or a text as YYYY-MM-DD; without it weekdays and the like stay
    unresolved, and the reading's `issues` say so.  `title` is put before the text where
    the text does not begin with it.  `actors` names a file with actors of one's own
    (`docs/actors.md`), which go before the built-in ones.  The first call loads the language pipeline, which
    takes a second or two.

    Raises `casus.errors.BadRecord` where `published` is no date, `KnowledgeError` where
    the list of actors has a fault, `PipelineError` and `GazetteerError` where these are not
    installed.
    """
    # Loaded here: spaCy takes longer than everything else together.
    from casus.reading import read_report  # noqa: PLC0415
    from casus.sources import parse_day, tidy  # noqa: PLC0415

    if isinstance(published, str):
        published = parse_day(published, "published")
    elif isinstance(published, datetime):
        published = published.date()
    report = Report.of(tidy(text), title=title, publisher=publisher, published_on=published, url=url)
    return read_report(report, actors=Path(actors) if actors is not None else None)
