"""Places in reports: found, put in their units, and located.

`resolve_places` takes a report's text and gives all its places, resolved together;
`resolve_name` looks one name up.  Both use the gazetteer at its default place.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from casus.model import PlaceCandidate
from casus.resolving.gazetteer import Gazetteer
from casus.resolving.places.passage import Span
from casus.resolving.places.records import PlaceKind, PlaceMention, PlaceRelation
from casus.resolving.places.resolver import PlaceResolver

__all__ = [
    "PlaceKind",
    "PlaceMention",
    "PlaceRelation",
    "PlaceResolver",
    "default_resolver",
    "resolve_name",
    "resolve_places",
]


@lru_cache(maxsize=1)
def default_resolver() -> PlaceResolver:
    """The resolver on the gazetteer at its default place; raises GazetteerError where there is none."""
    return PlaceResolver(Gazetteer.open())


def resolve_places(
    text: str,
    *,
    publisher: str | None = None,
    blocked: Sequence[Span] = (),
    extra: Sequence[Span] = (),
    actor_countries: Sequence[str] = (),
) -> tuple[PlaceMention, ...]:
    """The place mentions of a report; see `PlaceResolver.resolve`."""
    return default_resolver().resolve(
        text, publisher=publisher, blocked=blocked, extra=extra, actor_countries=actor_countries
    )


def resolve_name(
    name: str, *, country_code: str | None = None, adm1: str | None = None
) -> tuple[PlaceCandidate, ...]:
    """What a name may mean; see `PlaceResolver.candidates`."""
    return default_resolver().candidates(name, country_code=country_code, adm1=adm1)
