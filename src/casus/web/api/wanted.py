"""Which events a data set is of: the filter of events, as a form or a job gives it."""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import ConfigDict, TypeAdapter, model_validator

from casus.casebook.records import EventFilter
from casus.exports.about import LICENCES
from casus.web.access import Person
from casus.web.api.queries import EventQuery

Licence = Literal["CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0"]
_FILTER = TypeAdapter(EventFilter)
if set(LICENCES) != set(get_args(Licence)):
    raise TypeError("the licences of the API are not those of exports")


class Wanted(EventQuery):
    """Which events are meant; what is left out, or empty, asks for nothing.  Days are inclusive."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, values: Any) -> Any:
        is_form = isinstance(values, dict)
        return {name: value for name, value in values.items() if value != ""} if is_form else values

    def record(self, person: Person) -> dict[str, Any]:
        """The same as a job keeps it: what is asked for alone."""
        wanted = self.wanted(person)
        record: dict[str, Any] = _FILTER.dump_python(wanted, mode="json", exclude_defaults=True)
        return record
