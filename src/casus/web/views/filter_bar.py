"""What a filter can be set to, and what it is set to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casus.casebook.browsing.records import Facets
from casus.casebook.records import Grade, Waiting
from casus.model import EventType, Harm
from casus.web.access import Person
from casus.web.filters import ME, NOBODY, Filters, Status, query_of
from casus.web.rendering import Shown, words

_LABELS = {
    "since": "from",
    "until": "until",
    "country": "country",
    "adm1": "unit",
    "text": "names",
    "actor": "actor",
    "place": "place",
    "type": "type",
    "harm": "harm",
    "grade": "grade",
    "status": "status",
    "waits_for": "waits as",
    "assignee": "assigned to",
    "actor_id": "actor",
    "geonames_id": "place no.",
}
_WAITING = {
    Waiting.CHANGED: "new evidence",
    Waiting.CONTESTED: "contested",
    Waiting.LOW_SCORE: "unsure",
    Waiting.NEW: "new",
}


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose, with how many events have it where that is known."""

    value: str
    label: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the filter that is set, and the address without it."""

    label: str
    value: str
    href: str


@dataclass(frozen=True, slots=True)
class FilterBar:
    """A form that filters a page; `keep` is what else its address says.  `options` are by field."""

    path: str
    filters: Filters
    options: Mapping[str, tuple[Option, ...]]
    chips: tuple[Chip, ...]
    keep: tuple[tuple[str, str], ...]
    clear_href: str

    @property
    def is_more_open(self) -> bool:
        """Whether one of the fields that are not shown at first is set."""
        return any(self.filters.field_value(name) for name in MORE)


MORE = ("adm1", "harm", "grade", "actor", "place", "assignee")


def filter_bar(
    path: str,
    filters: Filters,
    facets: Facets,
    *,
    person: Person,
    shown: Shown,
    keep: Mapping[str, object] | None = None,
) -> FilterBar:
    """The form for a page, with what there is to choose."""
    keep = keep or {}
    return FilterBar(
        path,
        filters,
        _options(filters, facets, person, shown),
        tuple(_chips(path, filters, person, shown, keep)),
        tuple((name, str(value)) for name, values in keep.items() for value in _each(values)),
        path + query_of(keep),
    )


def _each(values: object) -> Iterable[object]:
    return values if isinstance(values, tuple) else () if values in (None, "", False) else (values,)


def _options(filters: Filters, facets: Facets, person: Person, shown: Shown) -> dict[str, tuple[Option, ...]]:
    types, grades = dict(facets.types), dict(facets.grades)
    countries = [Option(code, shown.country(code), count) for code, count in facets.countries]
    people = [Option(name, name, count) for name, count in facets.assignees if name != person.name]
    found: dict[str, list[Option]] = {
        "country": sorted(countries, key=lambda one: one.label.casefold()),
        "adm1": sorted(
            (Option(name, name, n) for name, n in facets.units), key=lambda one: one.label.casefold()
        ),
        "type": [Option(one, words(one), types.get(one, 0)) for one in EventType],
        "harm": [Option(one, words(one)) for one in Harm],
        "grade": [Option(one, words(one), grades.get(one, 0)) for one in Grade],
        "status": [Option(one, words(one)) for one in Status],
        "assignee": [Option(ME, "me"), Option(NOBODY, "nobody"), *people],
    }
    return {name: _with_set(tuple(some), filters, name, shown) for name, some in found.items()}


def _with_set(options: tuple[Option, ...], filters: Filters, name: str, shown: Shown) -> tuple[Option, ...]:
    """The options, with what is set among them even where no event has it."""
    value = filters.values().get(name, "")
    if not value or any(one.value == value for one in options):
        return options
    return (*options, Option(value, shown.country(value) if name == "country" else value, 0))


def _chips(
    path: str, filters: Filters, person: Person, shown: Shown, keep: Mapping[str, object]
) -> Iterable[Chip]:
    for name, value in filters.values().items():
        without: dict[str, object] = {name: None}
        if name == "country":
            without["adm1"] = None
        yield Chip(
            _LABELS[name], _said(filters, name, value, person, shown), path + filters.query(**keep, **without)
        )


def _said(filters: Filters, name: str, value: str, person: Person, shown: Shown) -> str:
    if name in ("since", "until"):
        return shown.day(filters.since if name == "since" else filters.until)
    if name == "country":
        return shown.country(value)
    if name == "waits_for":
        return _WAITING[Waiting(value)]
    if name == "assignee":
        return {ME: person.name, NOBODY: "nobody"}.get(value, value)
    return words(value) if name in ("type", "harm", "grade", "status") else value
