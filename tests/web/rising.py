"""A casebook of a rise: twenty attacks in half a year, thirty-four in the next, and who says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from analysis.rising import AFTER, BEFORE, STEADY, attacks
from casebook.telling import Story, reading_of
from casus.casebook.book import Casebook
from casus.model import Change, Evidence, Reading, Statistic

RAIDERS = "Imran Saleh"
SAID = f"The mayor said that attacks by {RAIDERS} had grown by 70 percent since July."
TYPED = f"attacks by {RAIDERS} up 70 percent since 2020-07-01"
UNTIL = "2020-12-29"


def make_rising(path: Path) -> None:
    """Make the casebook."""
    stories = (*attacks(BEFORE, RAIDERS), *attacks(AFTER, RAIDERS), *STEADY)
    with Casebook.open(f"sqlite:///{path}") as book:
        book.ingest((f"{number}.txt", reading_of(story)) for number, story in enumerate(stories))
        book.ingest([("figures.txt", _figures())])


def _figures() -> Reading:
    reading = reading_of(Story("Coast Herald", date(2020, 12, 29), (), head=f"Rain fell. {SAID}"))
    start = reading.report.text.index(SAID)
    told = Statistic(
        f"attacks by {RAIDERS}",
        Change.UP,
        70.0,
        None,
        "2020-07-01",
        "the mayor",
        Evidence(start, start + len(SAID), "statistic.change"),
    )
    return replace(reading, statistics=(told,))
