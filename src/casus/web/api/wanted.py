"""Which events a data set is of: the filters of the pages, as programs give them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from casus.casebook.records import EventFilter, Grade
from casus.exports.about import LICENCES
from casus.model import EventType
from casus.web.api.documented import Plain

Word = Annotated[Plain, Field(max_length=200)]
Licence = Literal["CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0"]
_FILTER = TypeAdapter(EventFilter)
assert set(LICENCES) == set(Licence.__args__)  # type: ignore[attr-defined]


class Wanted(BaseModel):
    """Which events are meant; what is left out asks for nothing.  Days are inclusive."""

    model_config = ConfigDict(extra="forbid")

    since: date | None = None
    until: date | None = None
    country: Annotated[str, Field(pattern=r"^[A-Za-z]{2}$")] | None = Field(
        default=None, description="ISO 3166-1 alpha-2."
    )
    place: Word | None = None
    actor: Word | None = None
    type: EventType | None = None
    grade: Grade | None = None
    reviewed: bool | None = None

    def wanted(self) -> EventFilter:
        """The same as the casebook takes it."""
        return EventFilter(
            since=self.since,
            until=self.until,
            country=self.country,
            place=self.place or None,
            actor=self.actor or None,
            event_type=self.type,
            grade=self.grade,
            is_reviewed=self.reviewed,
        )

    def record(self) -> dict[str, Any]:
        """The same as a job keeps it: what is asked for alone."""
        record: dict[str, Any] = _FILTER.dump_python(self.wanted(), mode="json", exclude_defaults=True)
        return record
