"""Which events are meant: the filters of the pages, as programs give them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from casus.casebook.records import EventFilter, Grade, Waiting
from casus.errors import CasebookError
from casus.exports.about import LICENCES
from casus.model import EventType, Harm
from casus.web.access import Person
from casus.web.api.documented import Plain
from casus.web.filters import Filters, Status

Word = Annotated[Plain, Field(max_length=200)]
Licence = Literal["CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0"]
_FILTER = TypeAdapter(EventFilter)
if set(LICENCES) != set(get_args(Licence)):
    raise TypeError("the licences of the API are not those of exports")


class Wanted(BaseModel):
    """Which events are meant; what is left out, or empty, asks for nothing.  Days are inclusive."""

    model_config = ConfigDict(extra="forbid")

    since: date | None = None
    until: date | None = None
    country: Annotated[str, Field(pattern=r"^[A-Za-z]{2}$")] | None = Field(
        default=None, description="ISO 3166-1 alpha-2."
    )
    adm1: Word | None = Field(default=None, description="The first-order unit, by its name.")
    text: Word | None = Field(default=None, description="A part of the name of a place or an actor.")
    place: Word | None = None
    actor: Word | None = None
    actor_id: Word | None = Field(default=None, description="A key of the list of actors, or a whole name.")
    type: EventType | None = None
    harm: Harm | None = None
    grade: Grade | None = None
    status: Status | None = None
    waits_for: Waiting | None = None
    assignee: Word | None = Field(default=None, description="A name, @me or @nobody.")
    geonames_id: Annotated[int, Field(ge=0, lt=10**12)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, values: Any) -> Any:
        is_form = isinstance(values, dict)
        return {name: value for name, value in values.items() if value != ""} if is_form else values

    def wanted(self, person: Person) -> EventFilter:
        """The same for the casebook; raises `CasebookError` for what can't be asked."""
        given = {name: getattr(self, name) for name in Wanted.model_fields}
        filters = Filters.of({name: str(value) for name, value in given.items() if value is not None})
        if filters.errors:
            raise CasebookError("; ".join(f"{name}: {why}" for name, why in filters.errors))
        return filters.wanted(person)

    def record(self, person: Person) -> dict[str, Any]:
        """The same as a job keeps it: what is asked for alone."""
        wanted = self.wanted(person)
        record: dict[str, Any] = _FILTER.dump_python(wanted, mode="json", exclude_defaults=True)
        return record
