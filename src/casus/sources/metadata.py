"""What is known of a report besides its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from casus.errors import BadRecord

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, publisher, publication date and address of a report; None is unknown."""

    title: str | None = None
    publisher: str | None = None
    published_on: date | None = None
    url: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These values, and `other`'s where one is unknown here."""
        return Metadata(
            title=self.title or other.title,
            publisher=self.publisher or other.publisher,
            published_on=self.published_on or other.published_on,
            url=self.url or other.url,
        )


def parse_day(value: str, name: str) -> date:
    """The day that `value` gives as YYYY-MM-DD, or as an ISO 8601 date and time.

    The time and its zone are dropped: the day is the one that the publisher wrote.
    `name` says where the value stands.  Raises `BadRecord` for anything else.
    """
    text = value.strip()
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else _day_of_moment(text)
    except ValueError as error:
        message = (
            f"{name} is {_shortened(text)}, which is no date: write it as YYYY-MM-DD, such as 2020-09-23"
        )
        raise BadRecord(message) from error


def _day_of_moment(text: str) -> date:
    if not _DAY.match(text):
        raise ValueError(text)
    return datetime.fromisoformat(text).date()


def _shortened(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")
